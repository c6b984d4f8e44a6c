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

// What scripts say, in the language of the page: English in the scripts themselves, other languages by the messages that
// the page brings for its own scripts (geomap.web.languages).
(function () {
  "use strict";
  const { lang, dir } = document.documentElement;
  const rules = new Intl.PluralRules(lang);
  let messages = null;

  function known(message) {
    messages ??= JSON.parse(document.getElementById("messages")?.textContent || "{}");
    return messages[message];
  }

  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
  const say = (message, values = {}) => filled(known(message) || message, values);
  const sayMany = (one, many, number, values = {}) => {
    const form = rules.select(number);
    const forms = known(one);
    return filled(forms ? forms[form] || forms.other : form === "one" ? one : many, { num: number, ...values });
  };
  const locale = lang === "en" ? "en-GB" : `${lang}-u-nu-latn`; // digits as the server writes them
  const listed = (items) => items.filter(Boolean).join(lang === "ar" ? "، " : ", ");
  const coordinates = ([lon, lat]) => {
    const degrees = (value) => Math.abs(value).toLocaleString(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    return listed([lat < 0 ? say("%(degrees)s° S", { degrees: degrees(lat) }) : say("%(degrees)s° N", { degrees: degrees(lat) }),
      lon < 0 ? say("%(degrees)s° W", { degrees: degrees(lon) }) : say("%(degrees)s° E", { degrees: degrees(lon) })]);
  };
  window.geomapWords = { say, sayMany, listed, coordinates, locale, lang, rtl: dir === "rtl" };
})();

// Kilometres or miles, wherever a measured length stands: <data class="km" value="61.7">61.7 km</data>.
(function () {
  "use strict";
  const KM_PER_MILE = 1.609344;
  const state = { units: "km" };
  const { lang, locale } = window.geomapWords;
  const LONG = ["uk", "ru", "de", "ar"]; // whose readers know the mile by its name (geomap.tongue)
  const formats = new Map(); // made once: each use of toLocaleString makes its own

  // A number with its unit, by the rules of the page's language.
  function quantity(value, units) {
    const digits = value < 1 ? 2 : value < 1000 ? 1 : 0;
    const key = `${units} ${digits}`;
    if (!formats.has(key)) {
      const unitDisplay = units === "mi" && LONG.includes(lang) ? "long" : "short";
      formats.set(key, new Intl.NumberFormat(locale, { style: "unit", unit: units === "mi" ? "mile" : "kilometer", unitDisplay,
        maximumFractionDigits: digits, useGrouping: "always" }));
    }
    return formats.get(key).format(value);
  }

  const length = (km, units = state.units) => quantity(units === "mi" ? km / KM_PER_MILE : km, units);

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
