// The map that Folium's script made (window.geomap = {map, layers}): what it shows, which layers, which view.
(function () {
  "use strict";
  const { say, rtl, lang, locale } = window.geomapWords;
  const geomap = window.geomap;
  const { map, layers } = geomap;
  geomap.data = JSON.parse(document.getElementById("mapdata").textContent);
  const crowd = geomap.data.crowd ? geomap.unfoldCrowd?.(geomap.data.crowd) : null; // crowd.js, where places are very many
  if (crowd) {
    geomap.data.entries.push(...crowd.entries);
    layers.mentioned = crowd.layer;
  }
  geomap.crowd = crowd;
  geomap.colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const entries = new Map(geomap.data.entries.map((entry) => [entry.id, entry]));
  geomap.entry = (id) => entries.get(id);
  geomap.shown = (name) => Boolean(layers[name]) && map.hasLayer(layers[name]);
  geomap.passes = () => true; // whether a claim is to be counted (filters.js)
  geomap.pickable = (id) => entries.has(id);
  geomap.still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  map.setMinZoom(2).setMaxZoom(15);
  geomap.tiles = document.querySelector("meta[name=geomap-tiles]"); // a basemap of the site's own (basemap.js)
  const escaped = Object.assign(document.createElement("span"), { textContent: geomap.tiles?.content || say("the site's own") }).innerHTML;
  const ground = geomap.tiles ? escaped : '<a href="https://www.naturalearthdata.com/">Natural Earth</a>';
  // The map itself is not mirrored; what lies over it is, and so its own controls change sides.
  const [start, end] = rtl ? ["right", "left"] : ["left", "right"];
  map.zoomControl.setPosition(`top${start}`);
  for (const [way, words] of [["In", say("Zoom in")], ["Out", say("Zoom out")]]) {
    const button = map.zoomControl[`_zoom${way}Button`];
    button.title = words;
    button.setAttribute("aria-label", words);
  }
  L.control.attribution({ prefix: false, position: `bottom${end}` }).addTo(map).addAttribution(
    say("Places: %(geonames)s (CC BY 4.0). Basemap: %(basemap)s. Map: %(leaflet)s", { basemap: ground,
      geonames: '<a href="https://www.geonames.org/">GeoNames</a>', leaflet: '<a href="https://leafletjs.com/">Leaflet</a>' }));

  // --- layers: one checkbox each -------------------------------------------------------------------------------
  const boxes = [...document.querySelectorAll("[data-layer]")];

  geomap.show = (name, on) => {
    if (!layers[name] || geomap.shown(name) === on) return;
    if (on) layers[name].addTo(map); else layers[name].remove();
    boxes.filter((box) => box.dataset.layer === name).forEach((box) => { box.checked = on; });
    document.dispatchEvent(new CustomEvent("geomap:layers", { detail: { name, on } }));
  };
  boxes.forEach((box) => {
    box.checked = geomap.shown(box.dataset.layer);
    box.addEventListener("change", () => geomap.show(box.dataset.layer, box.checked));
  });

  // --- views: the event, the whole route, or the one in the address -----------------------------------------------
  const padding = { padding: [28, 28] };
  geomap.fit = (bounds, options = {}) => {
    if (!bounds) return;
    const [west, south, east, north] = bounds;
    map.fitBounds([[south, west], [north, east]], { ...padding, ...geomap.room(), animate: !geomap.still(), ...options });
  };
  // What lies over the map takes its share of it: the open legend here, the sheet on a phone (sheet.js).
  geomap.room = () => {
    const size = map.getSize();
    const legend = document.querySelector("details.legend[open]")?.getBoundingClientRect();
    const beside = legend && legend.height > size.y / 3 && legend.width < size.x / 3;
    const aside = beside ? legend.width + 24 : 28;
    return { paddingTopLeft: [rtl ? 28 : aside, 56], paddingBottomRight: [rtl ? aside : 28, 40] };
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) geomap.fit(geomap.data.view[button.dataset.view]);
  });

  const only = document.querySelector("[data-only]")?.dataset.only.split(" ");
  if (only) {
    Object.keys(layers).forEach((name) => geomap.show(name, only.includes(name)));
    const shown = L.featureGroup(only.filter((name) => layers[name]).map((name) => layers[name])).getBounds();
    if (shown.isValid()) geomap.data.view.event = [shown.getWest(), shown.getSouth(), shown.getEast(), shown.getNorth()];
  }

  const query = new URLSearchParams(location.search);
  const numbers = ["lat", "lon", "zoom"].map((name) => (query.get(name) ? Number(query.get(name)) : NaN));
  if (numbers.every(Number.isFinite) && Math.abs(numbers[0]) <= 90 && Math.abs(numbers[1]) <= 360) map.setView([numbers[0], numbers[1]], numbers[2], { animate: false });
  else geomap.fit(geomap.data.view.event, { animate: false });
  if (query.get("layers") !== null) {
    const wanted = query.get("layers").split(",").filter((name) => layers[name]);
    if (wanted.length || !query.get("layers")) Object.keys(layers).forEach((name) => geomap.show(name, wanted.includes(name)));
  }

  // --- scale bar -----------------------------------------------------------------------------------------------
  let scale = null;
  const UNITS = { m: "meter", km: "kilometer", ft: "foot", mi: "mile" };
  function scaled(line, text, ratio) { // Leaflet's own, which knows no language
    const [number, unit] = text.split(" ");
    line.style.width = `${Math.round(this.options.maxWidth * ratio)}px`;
    line.textContent = lang === "en" ? text : new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[unit] }).format(number);
  }
  function drawScale() {
    if (scale) scale.remove();
    const miles = window.geomapUnits.units === "mi";
    scale = L.control.scale({ metric: !miles, imperial: miles, maxWidth: 110, position: `bottom${end}` });
    scale._updateScale = scaled;
    scale.addTo(map);
  }
  document.addEventListener("geomap:units", drawScale);
  drawScale();

  new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
})();
