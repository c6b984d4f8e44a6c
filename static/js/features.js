// What is drawn can be reached and picked: by pointer, and by keyboard as the button that it is.
(function () {
  "use strict";
  const { say, listed } = window.geomapWords;
  const geomap = window.geomap;
  const { map, layers } = geomap;
  const drawn = new Map(); // entry id -> Leaflet layers
  const marked = {}; // class -> entry ids
  let picked = null;

  function element(layer) {
    return layer.getElement ? layer.getElement() : null;
  }

  function describe(entry) {
    const parts = [entry.label, entry.name];
    if (entry.layer === "distance") parts.push(say("quoted %(what)s", { what: entry.quoted_text }));
    if (entry.layer !== "mentioned") parts.push(entry.status_text);
    if (entry.disputed) parts.push(say("disputed"));
    return listed(parts);
  }

  function dress(layer) {
    const node = element(layer);
    const entry = geomap.entry(layer.feature.properties.entry);
    if (!node || !entry) return;
    const region = node.classList.contains("region");
    node.dataset.entry = entry.id;
    node.classList.toggle("picked", entry.id === picked);
    node.classList.toggle("filtered", Boolean(entry.filtered));
    Object.entries(marked).forEach(([name, ids]) => node.classList.toggle(name, ids.has(entry.id)));
    if (region) { // its symbol speaks for it
      node.setAttribute("aria-hidden", "true");
      return;
    }
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", describe(entry));
  }

  function each(visit) {
    Object.entries(layers).forEach(([name, group]) => { if (name !== "osm") group.eachLayer((layer) => { if (layer.feature) visit(layer, name); }); });
  }

  each((layer) => {
    const id = layer.feature.properties.entry;
    drawn.set(id, [...(drawn.get(id) || []), layer]);
    layer.on("click", (event) => {
      if (geomap.measuring) return;
      L.DomEvent.stopPropagation(event);
      geomap.pick(id, { from: "map" });
    });
    layer.on("add", () => dress(layer));
    dress(layer);
  });

  map.getContainer().addEventListener("keydown", (event) => {
    const node = event.target.closest("path[data-entry], .leaflet-marker-icon[data-entry]");
    if (!node || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    geomap.pick(node.dataset.entry, { from: "keyboard" });
  }, true);

  // What the keyboard comes to is shown: Leaflet sees to symbols, not to lines.
  map.getContainer().addEventListener("focusin", (event) => {
    const where = event.target.matches("path[data-entry]") ? bounds(event.target.dataset.entry) : null;
    if (where?.isValid() && !map.getBounds().intersects(where)) map.panTo(where.getCenter(), { animate: false });
  });

  const reachable = (id) => drawn.has(id) || Boolean(geomap.crowd?.has(id));

  geomap.pick = (id, { from = "", fly = true } = {}) => {
    if (picked === id && from === "map") from = "again";
    picked = id && reachable(id) ? id : null;
    each(dress);
    document.dispatchEvent(new CustomEvent("geomap:pick", { detail: { id, from, fly } }));
  };

  // Takes entries off the map, and puts back those that are not named.
  geomap.hide = (ids) => {
    geomap.data.entries.forEach((entry) => { entry.filtered = ids.has(entry.id); });
    each(dress);
    geomap.crowd?.redraw();
    geomap.relabel();
  };
  // Gives entries a class on the map, and takes it from all others.
  geomap.mark = (name, ids) => {
    marked[name] = ids;
    each(dress);
  };

  function bounds(id) {
    const all = L.latLngBounds([]);
    if (geomap.crowd?.has(id)) return all.extend([...geomap.entry(id).lonlat].reverse());
    (drawn.get(id) || []).forEach((layer) => all.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng()));
    return all;
  }

  // Fly to an entry; a point alone gets its surroundings with it.
  geomap.fly = (id) => {
    const entry = geomap.entry(id);
    if (!entry || !reachable(id)) return;
    geomap.show(entry.layer, true);
    const where = bounds(id);
    const quoted = entry.layer === "distance" ? geomap.quotedBounds?.() : null;
    if (quoted?.isValid()) where.extend(quoted);
    const options = { ...geomap.room(), maxZoom: 10 };
    if (geomap.still()) map.fitBounds(where, { ...options, animate: false });
    else map.flyToBounds(where, { ...options, duration: 0.7 });
  };
  geomap.focus = (id) => { element((drawn.get(id) || [])[0])?.focus(); };
})();
