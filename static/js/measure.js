// The measure tool: click points, or drop them at the map's centre with Enter; each leg is a geodesic on WGS84.
(function () {
  "use strict";
  const { say, sayMany, locale } = window.geomapWords;
  const geomap = window.geomap;
  const { map } = geomap;
  const button = document.querySelector("[data-tool=measure]");
  const output = document.getElementById("measured");
  if (!button || !output || !window.geodesic) return;
  const wgs84 = window.geodesic.Geodesic.WGS84;
  const KM_PER_MILE = 1.609344;
  const STEP_KM = 25; // a vertex this often keeps a geodesic smooth on the map
  const drawing = L.layerGroup().addTo(map);
  let points = [];
  geomap.measuring = false;

  function leg(a, b) {
    const g = wgs84.Inverse(a.lat, a.lng, b.lat, b.lng);
    return { km: g.s12 / 1000, azimuth: (g.azi1 + 360) % 360 };
  }

  function path(a, b) {
    const line = wgs84.InverseLine(a.lat, a.lng, b.lat, b.lng);
    const steps = Math.max(1, Math.ceil(line.s13 / 1000 / STEP_KM));
    return Array.from({ length: steps + 1 }, (_, i) => {
      const p = line.Position((line.s13 * i) / steps, window.geodesic.Geodesic.STANDARD | window.geodesic.Geodesic.LONG_UNROLL);
      return [p.lat2, p.lon2];
    });
  }

  function both(km) {
    const one = (value) => value.toLocaleString(locale, { minimumFractionDigits: value < 100 ? 2 : 1, maximumFractionDigits: value < 100 ? 2 : 1, useGrouping: false });
    return say("%(km)s km (%(mi)s mi)", { km: one(km), mi: one(km / KM_PER_MILE) });
  }

  function report() {
    const legs = points.slice(1).map((point, i) => leg(points[i], point));
    const total = legs.reduce((sum, each) => sum + each.km, 0);
    const last = legs[legs.length - 1];
    if (!points.length) output.textContent = say("Click the map, or press Enter to drop a point at its centre. Esc ends.");
    else if (!last) output.textContent = say("Now the second point.");
    else {
      const azimuth = last.azimuth.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
      const one = say("%(length)s, azimuth %(azimuth)s°.", { length: both(last.km), azimuth });
      const all = sayMany("In all %(length)s over %(num)s leg.", "In all %(length)s over %(num)s legs.", legs.length, { length: both(total) });
      output.textContent = legs.length > 1 ? `${one} ${all}` : one;
    }
  }

  function draw() {
    drawing.clearLayers();
    points.slice(1).forEach((point, i) => {
      L.polyline(path(points[i], point), { className: "measure-line", interactive: false, pane: "lines" }).addTo(drawing);
    });
    points.forEach((point) => {
      L.circleMarker(point, { radius: 4, className: "measure-dot", interactive: false, pane: "dots" }).addTo(drawing);
    });
    report();
  }

  function drop(latlng) {
    points.push(latlng.wrap ? latlng : L.latLng(latlng));
    draw();
  }

  function toggle(on) {
    geomap.measuring = on;
    button.setAttribute("aria-pressed", String(on));
    map.getContainer().classList.toggle("measuring", on);
    output.hidden = !on;
    points = [];
    draw();
    if (on) map.getContainer().focus({ preventScroll: true });
  }

  button.addEventListener("click", () => toggle(!geomap.measuring));
  map.on("click", (event) => { if (geomap.measuring) drop(event.latlng); });
  document.addEventListener("click", (event) => { // a symbol keeps its clicks from the map; a line does not
    if (geomap.measuring && event.target.closest(".leaflet-marker-icon[data-entry]")) {
      drop(map.mouseEventToLatLng(event));
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    if (!geomap.measuring) return;
    if (event.key === "Escape") { toggle(false); button.focus(); }
    if (event.key === "Enter" && event.target === map.getContainer()) { event.preventDefault(); drop(map.getCenter()); }
    if (event.key === "Backspace" && points.length && event.target === map.getContainer()) { points.pop(); draw(); }
  });
})();
