// The page of distance checks: a row and its line on the map pick each other.
(function () {
  "use strict";
  const geomap = window.geomap;

  document.addEventListener("geomap:pick", (event) => {
    const { id, from } = event.detail;
    document.querySelectorAll("[data-row]").forEach((row) => row.classList.toggle("picked", row.dataset.row === id));
    const link = document.querySelector(`[data-show="${CSS.escape(id || "")}"]`);
    if (link && from !== "table") {
      link.focus({ preventScroll: true });
      link.closest("[data-row]").scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block: "nearest" });
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    if (!link) return;
    event.preventDefault();
    geomap.pick(link.dataset.show, { from: "table" });
    geomap.fly(link.dataset.show);
    geomap.map.getContainer().scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block: "nearest" });
  });
})();
