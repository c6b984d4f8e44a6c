// Steps an incident through what was known when: a stop of the slider is a page of its own, opened with the same map
// view and the same entry, for the address keeps both behind its "#".
(function () {
  "use strict";
  const slider = document.getElementById("asof-range");
  const links = document.querySelectorAll("[data-asof-link]");
  const PAUSE_MS = 350; // several presses of an arrow key are one step
  const FOCUS = "geomap-asof";
  const stops = [...document.querySelectorAll("#asof-stops option")];
  let waiting = 0;

  function fragment() {
    const kept = location.hash.slice(1);
    if (!window.geomap?.seen || /(^|&)view=/.test(kept)) return kept;
    return [kept, `view=${window.geomap.seen()}`].filter(Boolean).join("&");
  }

  function go(url) {
    location.assign(`${url}#${fragment()}`);
  }

  links.forEach((link) => link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href);
  }));

  if (!slider) return;
  const said = document.getElementById("asof-said");
  const opened = slider.value;

  slider.addEventListener("input", () => {
    const stop = stops[Number(slider.value)];
    said.textContent = stop.label;
    slider.setAttribute("aria-valuetext", stop.label);
    clearTimeout(waiting);
  });
  slider.addEventListener("change", () => {
    clearTimeout(waiting);
    if (slider.value === opened) return;
    waiting = setTimeout(() => {
      try { sessionStorage.setItem(FOCUS, "1"); } catch { /* a sandboxed frame has no storage */ }
      go(stops[Number(slider.value)].dataset.url);
    }, PAUSE_MS);
  });
  // Coming back to a page that the browser kept: it shows what it is about.
  window.addEventListener("pageshow", () => {
    slider.value = opened;
    slider.dispatchEvent(new Event("input"));
  });
  try {
    if (sessionStorage.getItem(FOCUS)) slider.focus({ preventScroll: true });
    sessionStorage.removeItem(FOCUS);
  } catch { /* as above */ }
})();
