// On a phone the ledger is a sheet over the map: low, half or full, by its handle (tap or drag) or by a pick.
(function () {
  "use strict";
  const { say } = window.geomapWords;
  const geomap = window.geomap;
  const sheet = document.getElementById("ledger");
  const handle = document.getElementById("sheet-handle");
  if (!sheet || !handle) return;
  const narrow = matchMedia("(max-width: 760px)");
  const STOPS = ["low", "half", "full"];
  let drag = null;

  function set(stop) {
    sheet.dataset.sheet = stop;
    handle.setAttribute("aria-expanded", String(stop !== "low"));
    handle.querySelector(".handle-text").textContent = stop === "full" ? say("Show the map") : say("Show the ledger");
  }

  geomap.uncover = () => { if (narrow.matches && sheet.dataset.sheet !== "half") set("half"); };
  geomap.cover = () => { if (narrow.matches && sheet.dataset.sheet === "full") set("half"); };
  const beside = geomap.room;
  geomap.room = () => {
    if (!narrow.matches) return beside();
    const covered = { low: 0.22, half: 0.52, full: 0.52 }[sheet.dataset.sheet] * window.innerHeight;
    return { paddingTopLeft: [24, 64], paddingBottomRight: [24, Math.round(covered) + 16] };
  };

  handle.addEventListener("click", () => {
    if (drag?.moved) return;
    set({ low: "half", half: "full", full: "low" }[sheet.dataset.sheet]);
  });
  handle.addEventListener("pointerdown", (event) => {
    drag = { y: event.clientY, top: sheet.getBoundingClientRect().top - sheet.offsetParent.getBoundingClientRect().top, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!drag || !handle.hasPointerCapture(event.pointerId)) return;
    const shift = event.clientY - drag.y;
    if (Math.abs(shift) > 5) drag.moved = true;
    if (drag.moved) sheet.style.transform = `translateY(${Math.max(0, drag.top + shift)}px)`;
  });
  function drop(event) {
    if (!drag?.moved) return;
    const share = (drag.top + event.clientY - drag.y) / sheet.offsetHeight;
    sheet.style.transform = "";
    set(share < 0.3 ? "full" : share < 0.65 ? "half" : "low");
    setTimeout(() => { drag = null; }, 0); // the click that follows is part of the drag
  }
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", drop);

  function settle() {
    set(narrow.matches ? "low" : "full");
    document.querySelectorAll("details.legend").forEach((each) => { each.open = !narrow.matches; });
    if (narrow.matches && location.hash.length < 2) geomap.fit(geomap.data.view.event, { animate: false });
  }
  narrow.addEventListener("change", settle);
  settle();
})();
