// Find a place by name: the incident's own, in any script and spelling the reports use; with a server the gazetteer's.
// The combobox pattern of the ARIA Authoring Practices: focus stays in the field, arrows walk the list.
(function () {
  "use strict";
  const { say, sayMany, listed } = window.geomapWords;
  const geomap = window.geomap;
  const field = document.getElementById("find");
  const list = document.getElementById("found");
  const said = document.getElementById("find-said");
  if (!field) return;
  const also = JSON.parse(document.getElementById("ledgerdata").textContent).also;
  const MOST = 8;
  const PAUSE_MS = 250; // the gazetteer is asked when typing rests
  let options = [];
  let active = -1;
  let asked = null;
  let pause = 0;

  // Letters without marks or case, so that "Orel" finds Орёл's other spelling and "Chisinau" Chişinău.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’'ʹ`-]/g, "").trim();
  }

  const own = geomap.data.entries.filter((entry) => entry.lonlat && entry.name).map((entry) => ({
    entry, names: [entry.name, entry.native, ...(also[entry.id] || [])].filter(Boolean).map(fold),
  }));

  function fit(names, wanted) {
    if (names.some((name) => name === wanted)) return 3;
    if (names.some((name) => name.startsWith(wanted))) return 2;
    return names.some((name) => name.split(/[\s,]+/).some((word) => word.startsWith(wanted))) ? 1 : 0;
  }

  function inIncident(wanted) {
    const seen = new Set();
    return own.map(({ entry, names }) => ({ entry, score: fit(names, wanted) })).filter(({ score }) => score)
      .sort((a, b) => b.score - a.score)
      .filter(({ entry }) => { // one of a name and spot: the site before its mention
        const same = `${entry.name} ${entry.lonlat.map((degrees) => degrees.toFixed(1))}`;
        return !seen.has(same) && seen.add(same);
      })
      .slice(0, MOST)
      .map(({ entry }) => ({ name: entry.name, native: entry.native, note: entry.label, choose: () => chooseEntry(entry) }));
  }

  function chooseEntry(entry) {
    if (geomap.crowd?.has(entry.id) || geomap.listOf?.(entry.id) || document.querySelector(`details.entry[data-entry="${CSS.escape(entry.id)}"]`)) {
      geomap.pick(entry.id, { from: "search" });
      return;
    }
    geomap.pin({ lonlat: entry.lonlat, name: entry.name, from: field, said: say("%(name)s: named in the reports", { name: entry.name }) });
  }

  async function inGazetteer(words) {
    asked?.abort();
    asked = new AbortController();
    try {
      const response = await fetch(`${field.dataset.places}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (!response.ok) return { places: [], failed: true };
      return await response.json();
    } catch (error) {
      return error.name === "AbortError" ? null : { places: [], failed: true };
    }
  }

  function found(place) {
    const within = listed([place.kind, place.within]);
    return { name: place.name, native: place.native, note: within, beyond: true,
      choose: () => geomap.pin({ lonlat: [place.lon, place.lat], name: place.name, from: field, said: say("%(name)s: from the gazetteer; no report names it here", { name: place.name }) }) };
  }

  // --- the list ---------------------------------------------------------------------------------------------------
  function item(option, index) {
    const node = document.createElement("li");
    node.id = `found-${index}`;
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    node.classList.toggle("beyond", Boolean(option.beyond));
    for (const [text, kind] of [[option.name, "name"], [option.native, "native"], [option.note, "note"]]) {
      if (!text) continue;
      const part = document.createElement("bdi");
      part.className = kind;
      part.textContent = text;
      node.append(part, " ");
    }
    node.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    node.addEventListener("click", () => choose(index));
    return node;
  }

  function offer(given, note = "") {
    options = given;
    walk(-1);
    list.replaceChildren(...options.map(item));
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(options.length > 0));
    const number = options.length ? sayMany("%(num)s place", "%(num)s places", options.length) : say("No place of that name");
    said.textContent = field.value.trim() ? `${number}${note}` : "";
    field.classList.toggle("none", Boolean(field.value.trim()) && !options.length);
  }

  function walk(to) {
    active = options.length ? ((to + 1 + options.length + 1) % (options.length + 1)) - 1 : -1;
    [...list.children].forEach((node, index) => node.setAttribute("aria-selected", String(index === active)));
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `found-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    clearTimeout(pause);
    asked?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    walk(-1);
  }

  function choose(index) {
    const option = options[index];
    if (!option) return;
    field.value = option.name;
    close();
    option.choose();
  }

  function search() {
    clearTimeout(pause);
    const words = field.value.trim();
    const near = fold(words) ? inIncident(fold(words)) : [];
    offer(near);
    if (!field.dataset.places || words.length < 2) return;
    pause = setTimeout(async () => {
      const answer = await inGazetteer(words);
      if (!answer || field.value.trim() !== words) return;
      const known = new Set(near.map((option) => option.name));
      const beyond = answer.places.filter((place) => !known.has(place.name) || near.every((option) => option.name !== place.name))
        .map(found);
      offer([...near, ...beyond], answer.failed ? `; ${say("the gazetteer cannot be asked now")}` : "");
    }, PAUSE_MS);
  }

  field.addEventListener("input", search);
  field.addEventListener("focus", () => { if (field.value.trim() && list.hidden) field.select(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search();
      walk(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(Math.max(0, active));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) { field.value = ""; offer([]); } else close();
    }
  });
})();
