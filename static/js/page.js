// Light or dark: as the system has it, or as the reader chose. Runs in the head, so that nothing flashes.
(function () {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  root.classList.add("js");

  function stored() {
    try { return localStorage.getItem("geomap-theme"); } catch { return null; } // a sandboxed frame has no storage
  }

  function keep(theme) {
    try { localStorage.setItem("geomap-theme", theme); } catch { /* as above */ }
  }

  function current() {
    return root.dataset.theme || (system.matches ? "dark" : "light");
  }

  function announce() {
    document.querySelectorAll("[data-toggle=theme]").forEach((button) => {
      button.setAttribute("aria-pressed", String(current() === "dark"));
    });
    document.dispatchEvent(new CustomEvent("geomap:theme"));
  }

  const wanted = new URLSearchParams(location.search).get("theme") || stored();
  if (wanted === "dark" || wanted === "light") root.dataset.theme = wanted;
  system.addEventListener("change", announce);
  document.addEventListener("DOMContentLoaded", announce);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-toggle=theme]")) return;
    root.dataset.theme = current() === "dark" ? "light" : "dark";
    keep(root.dataset.theme);
    announce();
  });
})();

// Kilometres or miles, wherever a measured length stands: <data class="km" value="61.7">61.7 km</data>.
(function () {
  "use strict";
  const KM_PER_MILE = 1.609344;
  const state = { units: "km" };
  const format = new Intl.NumberFormat("en-GB"); // made once: each use of toLocaleString makes its own

  function length(km, units = state.units) {
    const value = units === "mi" ? km / KM_PER_MILE : km;
    const digits = value < 1 ? 2 : value < 1000 ? 1 : 0;
    return `${format.format(Number(value.toFixed(digits)))} ${units}`;
  }

  function renew(root) {
    root.querySelectorAll("data.km").forEach((each) => { each.textContent = length(Number(each.value)); });
  }

  function apply(units) {
    state.units = units === "mi" ? "mi" : "km";
    renew(document);
    document.querySelectorAll("[name=units]").forEach((radio) => { radio.checked = radio.value === state.units; });
    try { localStorage.setItem("geomap-units", state.units); } catch { /* a sandboxed frame has no storage */ }
    document.dispatchEvent(new CustomEvent("geomap:units"));
  }

  function initial() {
    const asked = new URLSearchParams(location.search).get("units");
    try { return asked || localStorage.getItem("geomap-units") || "km"; } catch { return asked || "km"; }
  }

  document.addEventListener("change", (event) => {
    if (event.target.name === "units") apply(event.target.value);
  });
  document.addEventListener("DOMContentLoaded", () => apply(initial()));
  window.geomapUnits = { length, renew, use: apply, get units() { return state.units; } };
})();
