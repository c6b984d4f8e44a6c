// The ledger beside the map: picking an entry opens it and moves the map; picking on the map opens its entry.
// The address keeps what is picked (#crash-site), so that a link shows the same thing.
(function () {
  "use strict";
  const geomap = window.geomap;
  const ledger = document.getElementById("ledger");
  const entryOf = (id) => (id ? document.querySelector(`details.entry[data-entry="${CSS.escape(id)}"]`) : null);
  let quiet = false; // while we open and close entries ourselves

  function remember(id) {
    try { history.replaceState(null, "", id ? `#${id}` : location.pathname + location.search); } catch { /* sandboxed */ }
  }

  function scrollTo(node) {
    node.scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block: "start" });
  }

  function open(id, { focus = false } = {}) {
    const target = entryOf(id);
    quiet = true;
    document.querySelectorAll("details.entry[open]").forEach((each) => { if (each !== target) each.open = false; });
    if (target) target.open = true;
    setTimeout(() => { quiet = false; }, 0); // toggle events come after this turn
    if (!target) return;
    for (let outer = target.parentElement.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    geomap.uncover?.();
    scrollTo(target);
    if (focus) target.querySelector("summary").focus({ preventScroll: true });
  }

  document.addEventListener("geomap:pick", (event) => {
    const { id, from } = event.detail;
    remember(id);
    if (from === "map" || from === "keyboard" || from === "again") open(id, { focus: from === "keyboard" });
    else geomap.fly(id);
  });

  ledger.addEventListener("toggle", (event) => {
    const entry = event.target;
    if (quiet || !entry.matches("details.entry")) return;
    if (entry.open) {
      quiet = true;
      document.querySelectorAll("details.entry[open]").forEach((each) => { if (each !== entry) each.open = false; });
      setTimeout(() => { quiet = false; }, 0);
      geomap.pick(entry.dataset.entry, { from: "ledger" });
    } else if (!document.querySelector("details.entry[open]")) geomap.pick(null);
  }, true);

  // A toponym in a report, or "show on the map": opens the entry and flies there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pick]");
    if (link) {
      event.preventDefault();
      geomap.pick(link.dataset.pick, { from: "link" });
      open(link.dataset.pick);
      return;
    }
    const sentence = event.target.closest("[data-read]");
    if (sentence) {
      event.preventDefault();
      read(sentence.dataset.read);
    }
  });

  // "Read in the report": opens the report at the claim's words and marks them.
  function read(key) {
    const marks = [...ledger.querySelectorAll("mark[data-claims]")].filter((each) => each.dataset.claims.split(" ").includes(key));
    ledger.querySelectorAll("mark.here").forEach((each) => each.classList.remove("here"));
    if (!marks.length) return;
    for (let outer = marks[0].closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    marks.forEach((each) => each.classList.add("here"));
    marks[0].setAttribute("tabindex", "-1");
    marks[0].focus({ preventScroll: true });
    marks[0].scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block: "center" });
  }

  document.addEventListener("keydown", (event) => {
    const entry = event.target.closest?.("details.entry");
    if (event.key !== "Escape" || geomap.measuring || !entry) return;
    geomap.focus(entry.dataset.entry);
  });

  function fromAddress() {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (!geomap.entry(id)) return;
    geomap.pick(id, { from: "link" });
    open(id);
  }
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
