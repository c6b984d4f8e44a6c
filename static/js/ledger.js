// The ledger beside the map: picking an entry opens it and moves the map; picking on the map opens its entry. What is
// picked may also be one claim, which is shown among the words of its entry.
(function () {
  "use strict";
  const geomap = window.geomap;
  const ledger = document.getElementById("ledger");
  const entryOf = (id) => (id ? ledger.querySelector(`details.entry[data-entry="${CSS.escape(id)}"]`) : null);
  const claimOf = (id) => (id ? ledger.querySelector(`.claim[data-claim="${CSS.escape(id)}"]`) : null);
  const ours = new Set(); // entries that we opened or closed ourselves, until their event has come

  const isEntry = geomap.pickable;
  geomap.pickable = (id) => isEntry(id) || Boolean(claimOf(id)) || Boolean(id && geomap.knows?.(id));

  function scrollTo(node, block = "start") {
    node.scrollIntoView({ behavior: geomap.still() ? "auto" : "smooth", block });
  }

  function turn(entry, open) {
    if (entry.open === open) return;
    ours.add(entry);
    entry.open = open;
  }

  function alone(target) {
    ledger.querySelectorAll("details.entry[open]").forEach((each) => { if (each !== target) turn(each, false); });
  }

  function open(id, { focus = false } = {}) {
    if (!entryOf(id) && geomap.listOf?.(id)) {
      alone(null);
      geomap.bringRow(id).then(() => { if (entryOf(id)) open(id, { focus }); });
      return;
    }
    const target = entryOf(id) || geomap.list?.(id); // of a crowd, rows are written when they are wanted (listed.js)
    alone(target);
    if (!target) return;
    if (target.hidden) geomap.unfilter?.();
    turn(target, true);
    unfold(target.parentElement);
    geomap.uncover?.();
    scrollTo(target);
    if (focus) target.querySelector("summary").focus({ preventScroll: true });
  }

  function unfold(node) {
    for (let outer = node.closest("details"); outer; outer = outer.parentElement.closest("details")) turn(outer, true);
  }

  // One claim: its entry is shown on the map, and its words are marked where they stand.
  function openClaim(key, { fly = true, focus = false } = {}) {
    const claim = claimOf(key);
    if (!claim) {
      geomap.bringClaim(key).then(() => { if (claimOf(key)) openClaim(key, { fly, focus }); });
      return;
    }
    if (claim.hidden) geomap.unfilter?.();
    const entry = claim.closest("details.entry");
    alone(entry);
    unfold(claim);
    geomap.uncover?.();
    claim.classList.add("here");
    scrollTo(claim, "center");
    if (focus) {
      claim.setAttribute("tabindex", "-1");
      claim.focus({ preventScroll: true });
    }
    if (fly && entry) geomap.fly(entry.dataset.entry);
  }

  document.addEventListener("geomap:pick", (event) => {
    const { id, from, fly } = event.detail;
    ledger.querySelectorAll(".claim.here").forEach((each) => each.classList.remove("here"));
    if (!isEntry(id) && (claimOf(id) || (id && geomap.knows?.(id)))) {
      openClaim(id, { fly, focus: from === "link" });
      return;
    }
    if (from !== "ledger") open(id, { focus: from === "keyboard" });
    if (fly && !["map", "keyboard", "again"].includes(from)) geomap.fly(id);
  });

  ledger.addEventListener("toggle", (event) => {
    const entry = event.target;
    if (ours.delete(entry) || !entry.matches("details.entry")) return;
    if (entry.open) {
      alone(entry);
      geomap.pick(entry.dataset.entry, { from: "ledger" });
    } else if (!ledger.querySelector("details.entry[open]")) geomap.pick(null, { from: "ledger" });
  }, true);

  // A toponym in a report, a cell of a table, an entry of the contents: whatever leads to a place on this page. The
  // address stays what the state of the page makes it.
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const sentence = event.target.closest("[data-read]");
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const id = link.dataset.pick || decodeURIComponent(link.hash.slice(1));
    if (sentence) read(sentence.dataset.read);
    else if (geomap.pickable(id)) geomap.pick(id, { from: "link" });
    else if (document.getElementById(id) || !geomap.listOf?.(id)) goTo(document.getElementById(id));
    else geomap.bringRow(id).then(() => goTo(document.getElementById(id)));
  });

  function goTo(section) {
    if (!section) return;
    if (!section.matches("a, button, summary, [tabindex]")) section.setAttribute("tabindex", "-1");
    section.focus({ preventScroll: true });
    scrollTo(section);
  }

  // "Read in the report": opens the report at the claim's words and marks them.
  function read(key, brought = false) {
    const marks = [...ledger.querySelectorAll("mark[data-claims]")].filter((each) => each.dataset.claims.split(" ").includes(key));
    ledger.querySelectorAll("mark.here").forEach((each) => each.classList.remove("here"));
    if (!marks.length) {
      if (!brought) geomap.bringReport?.(key).then(() => read(key, true));
      return;
    }
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
})();
