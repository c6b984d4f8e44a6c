// A quoted distance as it was said, beside the line as measured: from the same place, as far and in the direction
// that the report gives. Drawn for the distance that is picked, or for all where the page asks (data-quoted="all").
(function () {
  "use strict";
  const geomap = window.geomap;
  if (!window.geodesic) return;
  const wgs84 = window.geodesic.Geodesic.WGS84;
  const all = document.querySelector("[data-quoted=all]") !== null;
  const drawing = L.layerGroup().addTo(geomap.map);
  geomap.quotedEnds = new Map(); // entry id -> where its line would end
  const STEP_M = 25000; // a vertex this often keeps a geodesic smooth on the map

  function ghost(entry) {
    if (!entry?.ends || entry.ends.length < 2 || !entry.quoted_km) return;
    const [lon, lat] = entry.ends[0].lonlat;
    const line = wgs84.DirectLine(lat, lon, entry.bearing ?? entry.azimuth, entry.quoted_km * 1000);
    const steps = Math.max(1, Math.ceil(line.s13 / STEP_M));
    const points = Array.from({ length: steps + 1 }, (_, i) => {
      const p = line.Position((line.s13 * i) / steps, window.geodesic.Geodesic.STANDARD | window.geodesic.Geodesic.LONG_UNROLL);
      return [p.lat2, p.lon2];
    });
    const options = { interactive: false, className: "ghost" };
    geomap.quotedEnds.set(entry.id, L.latLng(points[steps]));
    L.polyline(points, { ...options, pane: "lines" }).addTo(drawing);
    L.circleMarker(points[steps], { ...options, radius: 4, className: "ghost-end", pane: "dots" }).addTo(drawing);
  }

  function draw(id) {
    drawing.clearLayers();
    geomap.quotedEnds.clear();
    geomap.relabel?.();
    if (!geomap.shown("distance")) return;
    const entries = geomap.data.entries.filter((e) => e.layer === "distance" && (all || e.id === id));
    entries.forEach(ghost);
  }

  geomap.quotedBounds = () => L.featureGroup(drawing.getLayers()).getBounds();
  let last = null;
  document.addEventListener("geomap:pick", (event) => { last = event.detail.id; draw(last); });
  document.addEventListener("geomap:layers", () => draw(last));
  draw(null);
})();
