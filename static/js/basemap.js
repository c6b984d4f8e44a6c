// Our own basemap: land, water, borders and regions on one canvas below everything else, coloured by the style sheet.
(function () {
  "use strict";
  const { map, colour } = window.geomap;
  const pane = map.createPane("basemap");
  pane.style.zIndex = 200;
  pane.style.pointerEvents = "none";
  const renderer = L.canvas({ pane: "basemap", padding: 0.4 });

  // kind -> how it is drawn; drawn in this order
  const area = (fill) => () => ({ fill: true, fillOpacity: 1, fillColor: colour(fill), stroke: true, weight: 0.5, color: colour(fill) });
  const line = (stroke, weight, dashArray = null) => () => ({ fill: false, opacity: 1, color: colour(stroke), weight, dashArray });
  const STYLES = {
    world: area("--land"),
    world_borders: line("--border", 1),
    land: area("--land"),
    lakes: area("--water"),
    rivers: line("--river", 1),
    coast: line("--coast", 0.8),
    regions: line("--region", 0.9, "5 3"),
    borders: line("--border", 1.5),
  };

  let layers = [];

  function draw() {
    const source = document.getElementById("basemap");
    const data = source ? JSON.parse(source.textContent) : {};
    layers = Object.keys(STYLES).filter((kind) => data[kind]).map((kind) => ({
      kind,
      layer: L.geoJSON(data[kind], { pane: "basemap", renderer, interactive: false, smoothFactor: 0.6, style: STYLES[kind] })
        .addTo(map),
    }));
    window.geomap.basemap = data;
  }

  document.addEventListener("geomap:theme", () => {
    layers.forEach(({ kind, layer }) => layer.setStyle(STYLES[kind]()));
  });
  // A canvas waits for the next frame, and a printer does not: this is Leaflet 1.9's own way to draw, called by hand.
  document.addEventListener("geomap:print", () => renderer._redraw());

  // A frame brings its land last (embed.html): what happened is painted first, and the names come with the land.
  window.geomap.basemap = null;
  if (document.getElementById("basemap")) draw();
  else {
    document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => {
      draw();
      window.geomap.relabel();
    })));
  }
})();
