// Our own basemap: land, water, borders and regions on one canvas below everything else, coloured by the style sheet.
(function () {
  "use strict";
  const { map } = window.geomap;
  const source = document.getElementById("basemap");
  const data = source ? JSON.parse(source.textContent) : {};
  const pane = map.createPane("basemap");
  pane.style.zIndex = 200;
  pane.style.pointerEvents = "none";
  const renderer = L.canvas({ pane: "basemap", padding: 0.4 });

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // kind -> how it is drawn; drawn in this order
  const STYLES = {
    world: () => ({ fill: true, fillOpacity: 1, fillColor: colour("--land"), stroke: false }),
    land: () => ({ fill: true, fillOpacity: 1, fillColor: colour("--land"), stroke: true, weight: 0.75,
      color: colour("--coast"), opacity: 1 }),
    lakes: () => ({ fill: true, fillOpacity: 1, fillColor: colour("--water"), stroke: true, weight: 0.5,
      color: colour("--coast") }),
    rivers: () => ({ fill: false, weight: 0.9, color: colour("--river"), opacity: 1 }),
    regions: () => ({ fill: false, weight: 0.8, color: colour("--region"), opacity: 1, dashArray: "5 3" }),
    borders: () => ({ fill: false, weight: 1.6, color: colour("--border"), opacity: 1 }),
  };

  const layers = Object.keys(STYLES).filter((kind) => data[kind]).map((kind) => ({
    kind,
    layer: L.geoJSON(data[kind], { pane: "basemap", renderer, interactive: false, smoothFactor: 0.6, style: STYLES[kind] })
      .addTo(map),
  }));

  document.addEventListener("geomap:theme", () => {
    layers.forEach(({ kind, layer }) => layer.setStyle(STYLES[kind]()));
  });
  window.geomap.basemap = data;
  window.geomap.colour = colour;
})();
