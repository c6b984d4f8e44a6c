// On paper: the map as it is seen, in the light colours, and under it every claim that the filters let through, in one
// table, with the address that shows the same again.
(function () {
  "use strict";
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
    const holder = claim.closest("details.entry, details.fact, .conflict");
    const entry = geomap.entry(holder?.dataset.entry);
    if (entry) return entry.layer === "distance" ? `Distance: ${entry.name}` : `${entry.label}: ${entry.name}`;
    const heading = holder?.querySelector("h3, summary .role");
    return heading ? [heading.textContent, holder.querySelector(".value")?.textContent].filter(Boolean).join(": ") : "";
  }

  function table() {
    const made = document.createElement("table");
    made.className = "printed-claims";
    const head = made.createTHead().insertRow();
    ["About", "In the report's words", "Who says so, and how sure"].forEach((text) => { cell(head, text, "th").scope = "col"; });
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

  function line(words) {
    const node = document.createElement("p");
    node.className = "printed-line";
    node.textContent = words;
    return node;
  }

  function write() {
    sheet = document.createElement("section");
    sheet.className = "printed";
    sheet.setAttribute("aria-label", "For print");
    const heading = document.createElement("h2");
    const shown = document.getElementById("claims-shown")?.textContent;
    heading.textContent = shown ? `What the reports claim: ${shown}` : "What the reports claim";
    const link = location.protocol.startsWith("http") ? location.href : "";
    sheet.append(heading, table());
    if (link) sheet.append(line(`This map as it stands here: ${link}`));
    document.querySelector("main").append(sheet);
  }

  function start() {
    if (sheet) return;
    before = { theme: root.dataset.theme, bounds: map.getBounds() };
    root.dataset.theme = "light";
    write();
    root.classList.add("printing");
    map.invalidateSize({ pan: false });
    map.fitBounds(before.bounds, { animate: false });
    document.dispatchEvent(new CustomEvent("geomap:theme"));
    document.dispatchEvent(new CustomEvent("geomap:print")); // what is drawn on canvas is drawn at once
  }

  function end() {
    if (!sheet) return;
    sheet.remove();
    sheet = null;
    root.classList.remove("printing");
    if (before.theme) root.dataset.theme = before.theme; else delete root.dataset.theme;
    map.invalidateSize({ pan: false });
    map.fitBounds(before.bounds, { animate: false });
    document.dispatchEvent(new CustomEvent("geomap:theme"));
  }

  window.addEventListener("beforeprint", start);
  window.addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? start() : end()));
})();
