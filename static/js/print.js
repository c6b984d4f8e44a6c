// On paper: the map as it is seen, in the light colours, and under it every claim that the filters let through, in one
// table, with the address that shows the same again.
(function () {
  "use strict";
  const { say, sayMany } = window.geomapWords;
  const geomap = window.geomap;
  const { map } = geomap;
  const root = document.documentElement;
  let sheet = null;
  let before = null;

  function cell(row, text, tag = "td") {
    const node = document.createElement(tag);
    node.textContent = text;
    node.dir = "auto";
    row.append(node);
    return node;
  }

  // What a claim is about: the heading of where the ledger lists it.
  function about(claim) {
    const holder = claim.closest("details.entry, details.fact, .side, [data-moment]");
    const entry = geomap.entry(holder?.dataset.entry);
    if (entry) return [entry.layer === "distance" ? say("Distance") : entry.label, entry.name].filter(Boolean).join(": ");
    const heading = holder?.closest(".conflict")?.querySelector("h3") || holder?.querySelector("summary .role");
    return [heading?.textContent || say("Time"), holder?.querySelector(".value")?.textContent].filter(Boolean).join(": ");
  }

  function table() {
    const made = document.createElement("table");
    made.className = "printed-claims";
    const head = made.createTHead().insertRow();
    [say("About"), say("In the report's words"), say("Who says so, and how sure")].forEach((text) => { cell(head, text, "th").scope = "col"; });
    const body = made.createTBody();
    const seen = new Set();
    document.querySelectorAll("#ledger .claim[data-claim]:not([hidden])").forEach((claim) => {
      if (seen.has(claim.dataset.claim)) return;
      seen.add(claim.dataset.claim);
      const row = body.insertRow();
      cell(row, about(claim));
      cell(row, claim.querySelector("mark").textContent);
      cell(row, claim.querySelector(".source").textContent.replace(/\s+/g, " ").trim());
    });
    return made;
  }

  function written(kind, name, words) {
    const node = document.createElement(kind);
    node.className = name;
    node.textContent = words;
    return node;
  }

  function write() {
    const head = document.createElement("header");
    head.className = "printed";
    const lead = document.querySelector(".lead");
    [[".kicker", "p"], ["h1", "h1"], [".standfirst", "p"]].forEach(([part, kind]) => {
      const found = lead.querySelector(part);
      if (found) head.append(written(kind, found.className, found.textContent));
    });
    const section = document.createElement("section");
    section.className = "printed";
    const shown = document.getElementById("claims-shown")?.textContent;
    section.append(written("h2", "", shown ? say("What the reports claim: %(shown)s", { shown }) : say("What the reports claim")), table());
    document.querySelector("main").prepend(head);
    lead.after(section);
    sheet = [head, section];
    const ledger = document.getElementById("ledger");
    const there = new Set([...ledger.querySelectorAll(".claim[data-claim]")].map((claim) => claim.dataset.claim));
    const more = new Set(geomap.unread(ledger).filter((key) => geomap.passes(key) && !there.has(key))).size;
    const twin = document.querySelector("#ledger [data-part] a[href]");
    if (more && twin) sheet.push(written("p", "printed printed-line", sayMany("%(num)s more claim is in the text version: %(address)s",
      "%(num)s more claims are in the text version: %(address)s", more, { address: twin.href })));
    if (sheet[2]) section.after(sheet[2]);
    if (!location.protocol.startsWith("http")) return;
    sheet.push(written("p", "printed printed-line", say("This map as it stands here: %(address)s", { address: location.href })));
    document.querySelector(".credits").before(sheet.at(-1));
  }

  function start() {
    if (sheet) return;
    const legend = document.querySelector("details.legend");
    before = { theme: root.dataset.theme, bounds: map.getBounds(), legend: legend?.open };
    root.dataset.theme = "light";
    if (legend) legend.open = true;
    write();
    root.classList.add("printing"); // gives the map the size that it has on paper
    resize();
    document.dispatchEvent(new CustomEvent("geomap:print")); // what is drawn on canvas is drawn at once
  }

  function end() {
    if (!sheet) return;
    sheet.forEach((part) => part.remove());
    sheet = null;
    root.classList.remove("printing");
    if (before.theme) root.dataset.theme = before.theme; else delete root.dataset.theme;
    const legend = document.querySelector("details.legend");
    if (legend) legend.open = before.legend;
    resize();
  }

  function resize() {
    map.invalidateSize({ pan: false });
    map.fitBounds(before.bounds, { animate: false });
    document.dispatchEvent(new CustomEvent("geomap:theme"));
  }

  window.addEventListener("beforeprint", start);
  window.addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? start() : end()));
})();
