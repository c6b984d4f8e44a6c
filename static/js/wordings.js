// What a region stands on: each claim can be taken out of it, and the region follows. Where the claims that count
// cannot all hold, the heaviest that can are kept, as the reports were first put together.
(function () {
  "use strict";
  const { say, sayMany, coordinates } = window.geomapWords;
  const geomap = window.geomap;
  const source = document.getElementById("wordings");
  if (!source || !window.polyclip || !window.geodesic) return;
  const here = source.textContent.trim();
  let sites = {};
  const off = new Set(); // the claims that a reader has taken out, also those that are not on the page yet
  const wgs84 = window.geodesic.Geodesic.WGS84;
  const MOST_TRIES = 300; // intersections tried before the best so far is taken
  const ON_EDGE = 0.002; // degrees: nearer than this, an edge is the wording's own
  const outline = L.layerGroup().addTo(geomap.map);
  const polygons = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

  // --- which wordings hold together -----------------------------------------------------------------------------
  function together(wordings) {
    const order = [...wordings].sort((a, b) => b.weight - a.weight || a.uncertainty_m - b.uncertainty_m);
    let best = { weight: -1, kept: [], shape: [] };
    let tries = 0;
    const rest = order.map((_, i) => order.slice(i).reduce((sum, each) => sum + each.weight, 0));
    (function extend(i, kept, shape, weight) {
      if (weight > best.weight) best = { weight, kept, shape };
      if (i === order.length || weight + rest[i] <= best.weight || tries > MOST_TRIES) return;
      tries += 1;
      const own = polygons(order[i].geometry);
      const met = kept.length ? window.polyclip.intersection(shape, own) : own;
      if (met.length) extend(i + 1, [...kept, order[i]], met, weight + order[i].weight);
      extend(i + 1, kept, shape, weight);
    })(0, [], [], 0);
    return best;
  }

  function inside([x, y], shape) {
    return shape.some((polygon) => polygon.reduce((within, ring) => ring.slice(1).reduce((is, [x1, y1], i) => {
      const [x0, y0] = ring[i];
      return (y0 > y) !== (y1 > y) && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) ? !is : is;
    }, within), false));
  }

  function area(ring) {
    return ring.slice(1).reduce((sum, [x1, y1], i) => sum + ring[i][0] * y1 - x1 * ring[i][1], 0) / 2;
  }

  function middle(shape) {
    const ring = shape.map((polygon) => polygon[0]).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
    const a = area(ring) * 6;
    const sum = ring.slice(1).reduce(([x, y], [x1, y1], i) => {
      const [x0, y0] = ring[i];
      const cross = x0 * y1 - x1 * y0;
      return [x + (x0 + x1) * cross, y + (y0 + y1) * cross];
    }, [0, 0]);
    const centre = [sum[0] / a, sum[1] / a];
    return inside(centre, shape) ? centre : ring[0];
  }

  function point(found) {
    const sharpest = [...found.kept].sort((a, b) => a.uncertainty_m - b.uncertainty_m)[0];
    return inside(sharpest.best, found.shape) ? sharpest.best : middle(found.shape);
  }

  function reach(best, shape) {
    return Math.max(...shape.flatMap((polygon) => polygon[0]).map(([lon, lat]) => wgs84.Inverse(best[1], best[0], lat, lon).s12));
  }

  const claimsOf = (id) => [...new Set(sites[id].flatMap((wording) => wording.claims))];

  function tick(node) {
    node.querySelectorAll("[data-counts]").forEach((box) => { box.checked = !off.has(box.dataset.counts); });
  }

  let coming = null;
  function start() {
    if (here) return { then: (act) => act() }; // at once, as when nothing is fetched
    coming ??= fetch(geomap.partAddress("wordings")).then((answer) => answer.json()).then(begin);
    return coming;
  }

  // --- what the page shows ----------------------------------------------------------------------------------------
  const entryOf = (id) => document.querySelector(`details.entry[data-entry="${CSS.escape(id)}"]`);

  function drawn(id) {
    const found = {};
    geomap.layers[geomap.entry(id)?.layer]?.eachLayer((layer) => {
      if (layer.feature.id === id) found.marker = layer;
      if (layer.feature.id === `${id}.region`) found.region = layer;
    });
    return found;
  }

  function tell(id, found, best, counted, all) {
    const line = entryOf(id)?.querySelector("[data-region]");
    if (!line) return;
    line.replaceChildren();
    line.hidden = false;
    if (!found.kept.length) {
      line.textContent = say("No claim that counts says where: there is nothing to draw.");
      return;
    }
    const km = reach(best, found.shape) / 1000;
    const length = document.createElement("data");
    length.className = "km";
    length.value = String(km);
    length.textContent = window.geomapUnits.length(km);
    const left = counted.length - found.kept.length;
    const said = { on: all.on, position: coordinates(best), length: "\u0000" };
    const [before, after] = sayMany("With %(on)s of %(num)s claim counted: within %(length)s of %(position)s.",
      "With %(on)s of %(num)s claims counted: within %(length)s of %(position)s.", all.of, said).split("\u0000");
    const apart = left ? ` ${sayMany("%(num)s of the wordings cannot hold with the rest.", "%(num)s of the wordings cannot hold with the rest.", left)}` : "";
    line.append(before, length, after + apart);
  }

  function mark(id, found) {
    const keys = new Set(found.kept.flatMap((each) => each.claims));
    entryOf(id)?.querySelectorAll("[data-left]").forEach((line) => {
      line.hidden = off.has(line.dataset.left) || keys.has(line.dataset.left);
    });
    entryOf(id)?.querySelectorAll("[data-counts]").forEach((box) => {
      box.closest(".claim").classList.toggle("off", !box.checked);
    });
  }

  function redraw(id) {
    const all = claimsOf(id);
    const on = new Set(all.filter((key) => !off.has(key) && geomap.passes(key)));
    const counted = sites[id].filter((wording) => wording.claims.some((key) => on.has(key)));
    const whole = on.size === all.length;
    const { marker, region } = drawn(id);
    const found = whole ? { kept: [], shape: [] } : together(counted);
    const best = whole ? first[id].best : found.kept.length ? point(found) : null;
    if (region) region.setLatLngs(whole ? first[id].shape : L.GeoJSON.coordsToLatLngs(found.shape, 2));
    if (marker?.getElement()) marker.getElement().hidden = !best;
    if (best && marker) marker.setLatLng([best[1], best[0]]);
    Object.assign(geomap.entry(id), { lonlat: best || undefined, ...(whole ? first[id].named : { name: say("Where the rest meet"), native: "" }) });
    const again = entryOf(id)?.querySelector("[data-again]");
    if (again) again.hidden = !all.some((key) => off.has(key));
    if (whole) restore(id);
    else {
      tell(id, found, best, counted, { on: on.size, of: all.length });
      mark(id, found);
    }
    document.dispatchEvent(new CustomEvent("geomap:layers", { detail: { name: geomap.entry(id).layer, on: true } }));
  }

  // --- as the page opened -------------------------------------------------------------------------------------------
  const first = {};

  function note(id) {
    entryOf(id)?.querySelectorAll("[data-left]:not([data-noted])").forEach((line) => {
      line.dataset.noted = "";
      if (!line.hidden) first[id].left.add(line.dataset.left);
    });
  }

  function begin(found) {
    sites = found;
    Object.keys(sites).forEach((id) => {
      first[id] = {
        best: geomap.entry(id).lonlat,
        named: { name: geomap.entry(id).name, native: geomap.entry(id).native },
        shape: drawn(id).region?.getLatLngs(),
        left: new Set(),
      };
      note(id);
    });
  }

  function restore(id) {
    const entry = entryOf(id);
    if (!entry) return;
    entry.querySelector("[data-region]").hidden = true;
    entry.querySelectorAll("[data-left]").forEach((line) => { line.hidden = !first[id].left.has(line.dataset.left); });
    entry.querySelectorAll(".claim.off").forEach((claim) => claim.classList.remove("off"));
  }

  // --- one wording's own region, and the edges it drew ---------------------------------------------------------------
  function segments(shape) {
    return shape.flat().flatMap((ring) => ring.slice(1).map((end, i) => [ring[i], end]));
  }

  function near([x, y], [[x0, y0], [x1, y1]]) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const at = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - x0 - at * dx, y - y0 - at * dy) < ON_EDGE;
  }

  function show(id, key) {
    outline.clearLayers();
    document.querySelectorAll("[data-outline][aria-pressed=true]").forEach((each) => each.setAttribute("aria-pressed", "false"));
    const wording = key && sites[id].find((each) => each.claims.includes(key));
    if (!wording) return;
    const own = polygons(wording.geometry);
    const options = { interactive: false, pane: "lines" };
    const ring = L.polygon(L.GeoJSON.coordsToLatLngs(own, 2), { ...options, className: "wording" }).addTo(outline);
    const mine = segments(own);
    const region = drawn(id).region?.toGeoJSON().geometry;
    segments(region ? polygons(region) : []).forEach(([a, b]) => {
      const half = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      if (!mine.some((segment) => near(half, segment))) return;
      L.polyline([[a[1], a[0]], [b[1], b[0]]], { ...options, className: "wording-edge" }).addTo(outline);
    });
    const where = ring.getBounds();
    geomap.fit([where.getWest(), where.getSouth(), where.getEast(), where.getNorth()]);
  }

  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-counts]");
    const entry = box?.closest("details.entry");
    if (!entry) return;
    off[box.checked ? "delete" : "add"](box.dataset.counts);
    start().then(() => {
      redraw(entry.dataset.entry);
      geomap.changed?.();
    });
  });
  document.addEventListener("geomap:filter", () => start().then(() => Object.keys(sites).forEach(redraw)));

  // The address keeps which claims were switched off, by the number in their keys.
  const number = (key) => key.replace("claim-", "");
  geomap.keep?.("off", {
    get: () => (off.size ? [[...off].map(number).join(",")] : []),
    set([value]) {
      const wanted = (value || "").split(",").filter(Boolean).map((each) => `claim-${each}`);
      if (!wanted.length && !off.size) return;
      start().then(() => {
        off.clear();
        const known = new Set(Object.keys(sites).flatMap(claimsOf));
        wanted.filter((key) => known.has(key)).forEach((key) => off.add(key));
        tick(document);
        Object.keys(sites).forEach(redraw);
      });
    },
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-outline]");
    if (button) {
      const on = button.getAttribute("aria-pressed") !== "true";
      start().then(() => show(button.closest("details.entry").dataset.entry, on ? button.dataset.outline : null));
      button.setAttribute("aria-pressed", String(on));
    }
    const again = event.target.closest("[data-again]");
    if (again) {
      const id = again.dataset.again;
      claimsOf(id).forEach((key) => off.delete(key));
      tick(entryOf(id));
      redraw(id);
      geomap.changed?.();
      entryOf(id).querySelector("summary").focus();
    }
  });
  document.addEventListener("geomap:pick", () => show(null, null));

  // On an abridged page (parts.js) the wordings come when they are first wanted, and boxes with their claims.
  if (here) begin(JSON.parse(here));
  document.addEventListener("geomap:part", ({ detail: { node } }) => {
    const id = node.closest("details.entry")?.dataset.entry;
    tick(node);
    if (!first[id]) return;
    note(id);
    if (claimsOf(id).some((key) => off.has(key) || !geomap.passes(key))) redraw(id);
  });
})();
