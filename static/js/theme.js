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
