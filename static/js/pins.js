// A hollow pin for a place that is no part of the incident: a candidate that was rejected, or one found by name. It
// says what it is, and leads back to where it was asked for.
(function () {
  "use strict";
  const { say } = window.geomapWords;
  const geomap = window.geomap;
  const { map } = geomap;
  const card = document.getElementById("pinned");
  if (!card) return;
  const CLOSE = 9; // the zoom at which a single place is shown
  const FAR = 4; // and where the basemap has no more than coasts and borders
  let pin = null;
  let back = null;

  function gone() {
    pin?.remove();
    pin = null;
    card.hidden = true;
    geomap.data.pin = null;
    geomap.relabel();
  }

  function home() {
    const origin = back;
    geomap.uncover?.();
    for (let outer = origin?.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    origin?.focus();
    origin?.scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block: "center" });
  }

  // Whether the basemap is drawn in full there: round the incident.
  function detailed(at) {
    const [west, south, east, north] = geomap.data.view.whole || [0, 0, 0, 0];
    return L.latLngBounds([[south, west], [north, east]]).pad(0.5).contains(at);
  }

  // `from` is the element that the way back leads to; `said` is what the card says.
  geomap.pin = ({ lonlat: [lon, lat], name, said, from }) => {
    gone();
    back = from;
    const icon = L.divIcon({ className: "feature pin point", iconSize: [28, 28], iconAnchor: [14, 14] });
    pin = L.marker([lat, lon], { icon, keyboard: true, alt: name }).addTo(map).on("click", home);
    pin.getElement().setAttribute("aria-label", say("%(name)s: back to where it was found", { name }));
    pin.getElement().setAttribute("role", "button");
    card.querySelector(".said").textContent = said;
    card.hidden = false;
    geomap.data.pin = { name, lonlat: [lon, lat] };
    geomap.relabel();
    geomap.cover?.();
    const zoom = detailed([lat, lon]) ? Math.max(map.getZoom(), CLOSE) : FAR;
    if (geomap.still()) map.setView([lat, lon], zoom, { animate: false });
    else map.flyTo([lat, lon], zoom, { duration: 0.7 });
  };

  map.getContainer().addEventListener("keydown", (event) => {
    if (event.target !== pin?.getElement() || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    home();
  });
  card.addEventListener("click", (event) => {
    if (event.target.closest("[data-pin-back]")) home();
    if (event.target.closest("[data-pin-gone]")) { const origin = back; gone(); origin?.focus({ preventScroll: true }); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin]");
    if (!button) return;
    const { lon, lat, name } = button.dataset;
    const words = button.closest(".lost").querySelector("q").textContent;
    geomap.pin({ lonlat: [Number(lon), Number(lat)], name, from: button, said: say("%(name)s: rejected for “%(words)s”", { name, words }) });
  });
})();
