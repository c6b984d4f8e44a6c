// In somebody's page: tell it how tall we like to be, in the two shapes that publishers listen for.
(function () {
  "use strict";
  const { say, listed, rtl } = window.geomapWords;
  const geomap = window.geomap;
  const query = new URLSearchParams(location.search);
  const note = document.getElementById("picked");

  // A map fills what it gets; what it asks for follows from its width alone, so that the answer never feeds on itself.
  function height() {
    return Math.round(Math.min(640, Math.max(360, window.innerWidth * 0.66)));
  }

  function send() {
    if (window.parent === window) return;
    window.parent.postMessage({ sentinel: "amp", type: "embed-size", height: height() }, "*");
    window.parent.postMessage(["pym", query.get("childId") || "geomap", "height", height()].join("xPYMx"), "*");
  }

  // The card of a place that is one of very many (crowd.js): the page brings none of theirs.
  function written(entry) {
    const card = document.createElement("div");
    card.dataset.card = entry.id;
    for (const [kind, text] of [["role", entry.label], ["name", [entry.name, entry.native].filter(Boolean).join(" ")],
      ["where", say("Named in %(outlets)s; no part of the incident.", { outlets: listed(entry.outlets) })]]) {
      const line = document.createElement("p");
      line.className = kind;
      line.textContent = text;
      card.append(line);
    }
    note.append(card);
  }

  document.addEventListener("geomap:pick", (event) => {
    const entry = geomap.entry(event.detail.id);
    if (geomap.crowd?.has(event.detail.id) && !note.querySelector(`[data-card="${entry.id}"]`)) written(entry);
    note.hidden = !entry;
    document.querySelectorAll("[data-card]").forEach((card) => { card.hidden = card.dataset.card !== event.detail.id; });
    if (entry?.lonlat) { // not behind its own card
      const card = note.getBoundingClientRect();
      const beside = card.width < window.innerWidth / 2;
      geomap.map.panInside([entry.lonlat[1], entry.lonlat[0]], { animate: !geomap.still(),
        paddingTopLeft: [beside && rtl ? card.width + 30 : 60, 100],
        paddingBottomRight: beside ? [rtl ? 60 : card.width + 30, 30] : [30, card.height + 40] });
    }
    if (entry && event.detail.from === "keyboard") note.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) geomap.pick(null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || note.hidden) return;
    const open = document.querySelector("[data-card]:not([hidden])");
    geomap.pick(null);
    if (open) geomap.focus(open.dataset.card);
  });
  // For those who measure: the incident is on the screen, and the map can be moved.
  requestAnimationFrame(() => setTimeout(() => performance.mark("geomap:drawn")));
  window.addEventListener("resize", send);
  window.addEventListener("load", send);
  send();
})();
