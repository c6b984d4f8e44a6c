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
    small_regions: line("--region", 0.6, "3 3"),
    regions: line("--region", 0.9, "5 3"),
    borders: line("--border", 1.5),
  };

  // From which zoom level on subdivisions are drawn: on a map of the world they would be a smudge.
  const LEAST = { regions: 4.5, small_regions: 6.5 };

  let layers = [];

  function thin() {
    const zoom = map.getZoom();
    layers.filter(({ kind }) => kind in LEAST).forEach(({ kind, layer }) => layer.setStyle({ stroke: zoom >= LEAST[kind] }));
  }

  // A PMTiles file in place of our own: vector tiles by protomaps-leaflet, pictures by pmtiles, loaded only now.
  const { tiles } = window.geomap;
  let drawn = null;

  function dark() {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function pictures() {
    const archive = new window.pmtiles.PMTiles(new URL(tiles.dataset.url, location.href).href);
    return L.GridLayer.extend({
      createTile({ x, y, z }, done) {
        const canvas = L.DomUtil.create("canvas");
        archive.getZxy(z, x, y).then(async (found) => {
          if (found) {
            const picture = await createImageBitmap(new Blob([found.data]));
            canvas.width = picture.width;
            canvas.height = picture.height;
            canvas.getContext("2d").drawImage(picture, 0, 0);
          }
          done(null, canvas);
        }).catch((error) => done(error, canvas));
        return canvas;
      },
    });
  }

  function tiled() {
    drawn?.remove();
    const { kind, url, least, most } = tiles.dataset;
    const options = { pane: "basemap", attribution: "" };
    if (kind === "raster") {
      drawn = new (pictures())({ ...options, minNativeZoom: Number(least), maxNativeZoom: Number(most) });
    } else {
      drawn = window.protomapsL.leafletLayer({ ...options, url: new URL(url, location.href).href, flavor: dark() ? "dark" : "light",
        lang: document.documentElement.lang, maxDataZoom: Number(most) });
    }
    drawn.addTo(map);
  }

  function load() {
    window.geomap.basemap = {};
    const script = document.createElement("script");
    script.src = tiles.dataset.script;
    script.addEventListener("load", tiled);
    document.head.append(script);
    document.addEventListener("geomap:theme", () => { if (drawn && tiles.dataset.kind === "vector") tiled(); });
  }

  function draw() {
    if (tiles) {
      load();
      return;
    }
    const source = document.getElementById("basemap");
    const data = source ? JSON.parse(source.textContent) : {};
    layers = Object.keys(STYLES).filter((kind) => data[kind]).map((kind) => ({
      kind,
      layer: L.geoJSON(data[kind], { pane: "basemap", renderer, interactive: false, smoothFactor: 0.6, style: STYLES[kind] })
        .addTo(map),
    }));
    thin();
    window.geomap.basemap = data;
  }

  document.addEventListener("geomap:theme", () => {
    layers.forEach(({ kind, layer }) => layer.setStyle(STYLES[kind]()));
    thin();
  });
  map.on("zoomend", thin);
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
