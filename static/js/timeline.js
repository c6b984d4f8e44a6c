// The times that reports quote, stepped through: what is said to have happened by then stands out, what comes later
// fades, in the list and on the map.
(function () {
  "use strict";
  const { say, sayMany } = window.geomapWords;
  const geomap = window.geomap;
  const slider = document.getElementById("until");
  if (!slider) return;
  const said = document.getElementById("until-said");
  const rows = [...document.querySelectorAll("[data-moment]")];
  const stops = [...new Set(rows.map((row) => row.dataset.moment))];
  const last = stops.length - 1;
  let touched = false;

  const step = (row) => stops.indexOf(row.dataset.moment);
  const words = (row) => row.querySelector(".value").textContent;

  function tell(at) {
    const now = rows.filter((row) => step(row) === at);
    const what = [...new Set(now.map(words))].reduce((one, other) => (one ? say("%(one)s or %(other)s", { one, other }) : other), "");
    said.textContent = touched ? what : sayMany("all %(num)s time", "all %(num)s times", rows.length);
    slider.setAttribute("aria-valuetext", now.map((row) => `${words(row)}: ${row.querySelector(".who").textContent}`).join("; "));
  }

  // An entry is as early as the first time that is told of it.
  function firsts() {
    const found = new Map();
    rows.forEach((row) => row.dataset.with.split(" ").filter(Boolean).forEach((id) => {
      found.set(id, Math.min(step(row), found.get(id) ?? last));
    }));
    return found;
  }

  function show() {
    const at = Number(slider.value);
    rows.forEach((row) => {
      row.classList.toggle("now", touched && step(row) === at);
      row.classList.toggle("later", touched && step(row) > at);
    });
    const early = firsts();
    const now = new Set(rows.filter((row) => step(row) === at).flatMap((row) => row.dataset.with.split(" ")));
    geomap.mark("now", touched ? now : new Set());
    geomap.mark("later", new Set(touched ? [...early].filter(([, first]) => first > at).map(([id]) => id) : []));
    tell(at);
  }

  slider.max = String(last);
  slider.value = slider.max;
  slider.addEventListener("input", () => { touched = true; show(); geomap.changed(); });
  geomap.keep("until", {
    get: () => (touched ? [stops[Number(slider.value)]] : []),
    set([value]) {
      touched = stops.includes(value);
      slider.value = String(touched ? stops.indexOf(value) : last);
      show();
    },
  });
  show();
})();
