// Claims by outlet, speaker, role and status: what does not pass is hidden in the ledger and on the map, and a region
// stands on what is left (wordings.js).
(function () {
  "use strict";
  const { say, sayMany } = window.geomapWords;
  const geomap = window.geomap;
  const panel = document.getElementById("filter-panel");
  const { claims: each, told } = JSON.parse(document.getElementById("ledgerdata").textContent);
  const claims = new Map(told ? told.keys.map((number, i) => [`claim-${number}`, told.options[i]]) : Object.entries(each));
  if (!panel) return;
  const ledger = document.getElementById("ledger");
  const toggle = document.getElementById("filter-toggle");
  const clear = document.getElementById("filter-clear");
  const chips = document.getElementById("filter-chips");
  const facets = [...panel.querySelectorAll("[data-facet]")].map((set) => ({
    id: set.dataset.facet, boxes: [...set.querySelectorAll("input")],
  }));
  let passing = new Set(claims.keys());
  geomap.passes = (key) => passing.has(key);

  const chosen = (facet) => facet.boxes.filter((box) => box.checked);
  const all = () => facets.flatMap(chosen);

  function sift() {
    const wanted = facets.map((facet) => new Set(chosen(facet).map((box) => facet.boxes.indexOf(box))));
    passing = new Set([...claims].filter(([, options]) => options.every((option, i) => !wanted[i].size || wanted[i].has(option)))
      .map(([key]) => key));
  }

  // Hides what holds claims none of which pass.
  function thin(holder) {
    const mine = [...holder.querySelectorAll(".claim[data-claim]")].map((claim) => claim.dataset.claim).concat(geomap.unread(holder));
    if (mine.length) holder.hidden = !mine.some((key) => passing.has(key));
  }

  function outlets() {
    const facet = facets.find((each) => each.id === "outlet");
    return facet && chosen(facet).length ? new Set(chosen(facet).map((box) => box.value)) : null;
  }

  function hideByOutlet() {
    const wanted = outlets();
    const lacks = (names) => Boolean(wanted) && !names.some((name) => wanted.has(name));
    geomap.lacks = lacks;
    document.querySelectorAll("[data-outlet]").forEach((each) => { each.hidden = lacks([each.dataset.outlet]); });
    document.querySelectorAll("[data-outlets]").forEach((each) => { each.hidden = lacks(JSON.parse(each.dataset.outlets)); });
  }

  function hideSections() {
    ledger.querySelectorAll("section[id]").forEach((section) => {
      const held = section.querySelectorAll("details.entry, .conflict, details.fact, [data-moment]");
      const unwritten = section.contains(document.getElementById("unlisted")) && geomap.crowd.entries.some((entry) => !geomap.lacks(entry.outlets));
      section.hidden = held.length > 0 && !unwritten && !geomap.unlisted?.(section) && [...held].every((each) => each.hidden);
      const link = ledger.querySelector(`.sections a[href="#${section.id}"]`);
      if (link) link.hidden = section.hidden;
    });
  }

  function tell() {
    const on = all();
    document.getElementById("claims-shown").textContent = on.length
      ? sayMany("%(shown)s of %(num)s claim", "%(shown)s of %(num)s claims", claims.size, { shown: passing.size })
      : sayMany("%(num)s claim", "%(num)s claims", claims.size);
    document.getElementById("nothing-left").hidden = passing.size > 0;
    clear.hidden = !on.length;
    chips.replaceChildren(...on.map((box) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      const name = document.createElement("bdi");
      name.textContent = box.parentElement.querySelector("bdi").textContent;
      chip.append(name);
      chip.setAttribute("aria-label", say("Remove the filter %(name)s", { name: name.textContent }));
      chip.addEventListener("click", () => { box.checked = false; apply({ step: true }); toggle.focus(); });
      return chip;
    }));
  }

  function apply({ step = false } = {}) {
    sift();
    ledger.querySelectorAll(".claim[data-claim]").forEach((claim) => { claim.hidden = !passing.has(claim.dataset.claim); });
    ledger.querySelectorAll("details.rest, details.entry, details.fact, .side, [data-moment]").forEach(thin);
    ledger.querySelectorAll(".conflict").forEach((each) => {
      each.hidden = [...each.querySelectorAll(".side")].every((side) => side.hidden);
    });
    hideByOutlet();
    hideSections();
    tell();
    const hidden = [...ledger.querySelectorAll("details.entry[hidden]")].map((each) => each.dataset.entry);
    const unlisted = geomap.crowd ? geomap.crowd.entries.filter((entry) => geomap.lacks(entry.outlets)).map((entry) => entry.id) : [];
    geomap.hide(new Set([...hidden, ...unlisted, ...(geomap.emptied?.(geomap.passes) || [])]));
    geomap.changed({ step }); // before others follow: what they change belongs to this step
    document.dispatchEvent(new CustomEvent("geomap:filter"));
  }

  document.addEventListener("geomap:part", () => { if (all().length) apply(); });
  geomap.unfilter = () => {
    if (!all().length) return;
    all().forEach((box) => { box.checked = false; });
    apply();
  };

  facets.forEach((facet) => geomap.keep(facet.id, {
    get: () => chosen(facet).map((box) => box.value),
    set(values) {
      const turned = facet.boxes.filter((box) => box.checked !== values.includes(box.value));
      turned.forEach((box) => { box.checked = !box.checked; });
      if (turned.length) apply(); // going back sets every facet, and most stay as they are
    },
  }));
  panel.addEventListener("change", () => apply({ step: true }));
  clear.addEventListener("click", () => {
    all().forEach((box) => { box.checked = false; });
    apply({ step: true });
    toggle.focus();
  });

  function open(on) {
    panel.hidden = !on;
    toggle.setAttribute("aria-expanded", String(on));
  }
  toggle.addEventListener("click", () => open(panel.hidden));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    toggle.focus();
  });
  all().forEach((box) => { box.checked = false; }); // a browser that reloads keeps them; the address says what counts
  tell();
})();
