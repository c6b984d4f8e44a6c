// The rows of a crowd (crowd.js) that the page leaves out: one is written when it is picked, all when a reader asks.
(function () {
  "use strict";
  const { say, sayMany, listed, coordinates } = window.geomapWords;
  const geomap = window.geomap;
  const more = document.getElementById("unlisted");
  const AT_ONCE = 500; // rows written between two pictures
  const written = new Set([...document.querySelectorAll("#also-mentioned details.entry")].map((row) => row.dataset.entry));

  function part(parent, tag, kind, text = "") {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    node.textContent = text;
    parent.append(node);
    return node;
  }

  // As the macro "mentioned" of _ledger.html writes it.
  function row(entry) {
    const made = document.createElement("details");
    made.className = "entry mention";
    made.id = entry.id;
    made.dataset.entry = entry.id;
    made.dataset.outlets = JSON.stringify(entry.outlets);
    made.hidden = Boolean(geomap.lacks?.(entry.outlets));
    const summary = part(made, "summary");
    summary.append(document.querySelector("#also-mentioned .swatch").cloneNode(true));
    const name = part(part(summary, "span", "what"), "span", "name");
    part(name, "bdi", "", entry.name);
    if (entry.native) {
      name.append(" ");
      part(name, "bdi", "native", entry.native);
    }
    part(summary, "span", "count", sayMany("%(num)s report", "%(num)s reports", entry.outlets.length));
    const what = listed([entry.kind, entry.within]) || say("Place");
    const where = part(part(made, "div", "detail"), "p", "where", `${what[0].toUpperCase()}${what.slice(1)}; `);
    part(where, "span", "coordinates", coordinates(entry.lonlat));
    where.append(`. ${say("Named in %(outlets)s; no part of the incident.", { outlets: listed(entry.outlets) })}`);
    written.add(entry.id);
    return made;
  }

  function left() {
    return geomap.crowd.entries.filter((entry) => !written.has(entry.id));
  }

  // The row of an entry, which may be new.
  geomap.list = (id) => {
    if (!geomap.crowd.has(id) || written.has(id)) return null;
    const made = row(geomap.entry(id));
    more.before(made);
    return made;
  };

  function listAll() {
    const next = left().slice(0, AT_ONCE);
    more.before(...next.map(row));
    more.hidden = !left().length;
    if (!more.hidden) requestAnimationFrame(listAll);
  }

  more.querySelector("[data-list-all]").addEventListener("click", () => {
    const first = left()[0];
    listAll();
    document.querySelector(`details.entry[data-entry="${first?.id}"] summary`)?.focus();
  });
})();
