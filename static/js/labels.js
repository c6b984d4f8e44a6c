// Names on the map: drawn on one canvas, the incident's first, then places by rank, never one over another.
(function () {
  "use strict";
  const { say, listed, lang, rtl } = window.geomapWords;
  const geomap = window.geomap;
  const { map } = geomap;
  const SANS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", system-ui, sans-serif';
  const canvas = L.DomUtil.create("canvas", "labels");
  canvas.setAttribute("aria-hidden", "true");
  const pane = map.createPane("labels");
  pane.style.zIndex = 590; // over lines and regions, under the symbols
  pane.style.pointerEvents = "none";
  pane.appendChild(canvas);

  const CELL = 48; // px: about a label high and half a label wide
  const LARGE = 2.6; // countries of a rank below this are large on any map
  const MOST = 250; // names of places only mentioned that are tried at once: more find no room on any screen

  // The boxes that are taken, by the cells of a grid, so that ten thousand of them cost a label no more than ten.
  function takenField(boxes) {
    const grid = new Map();
    const cells = function* ({ x0, y0, x1, y1 }) {
      for (let x = Math.floor(x0 / CELL); x <= x1 / CELL; x += 1) {
        for (let y = Math.floor(y0 / CELL); y <= y1 / CELL; y += 1) yield x * 4096 + y;
      }
    };
    const take = (box) => {
      for (const cell of cells(box)) {
        if (grid.has(cell)) grid.get(cell).push(box); else grid.set(cell, [box]);
      }
    };
    const apart = (box, t) => box.x1 < t.x0 || box.x0 > t.x1 || box.y1 < t.y0 || box.y0 > t.y1;
    const clear = (box) => {
      for (const cell of cells(box)) if (grid.get(cell)?.some((t) => !apart(box, t))) return false;
      return true;
    };
    boxes.forEach(take);
    return { take, clear };
  }

  // Where a label may stand round its point, best first: [anchor x, anchor y] of the box in units of its own size.
  const SPOTS = [[0, -0.5, 1, 0], [-1, -0.5, -1, 0], [-0.5, -1, 0, -1], [-0.5, 0, 0, 1], [0, -1, 0.7, -0.7], [0, 0, 0.7, 0.7],
    [-1, -1, -0.7, -0.7], [-1, 0, -0.7, 0.7], [-0.25, -1, 0, -1.2], [-0.25, 0, 0, 1.2], [-0.75, -1, 0, -1.2], [-0.75, 0, 0, 1.2]];
  const CROSSED = 3; // what it costs a spot that a line runs through it, in places down the list of spots
  // How much of a label is written, and what it costs to leave some out: all of it, without the native name, or no
  // more than its first line; what is only claimed always says so.
  const FORMS = [{ tails: true, lines: 9, cost: 0 }, { tails: false, lines: 9, cost: 4 }, { tails: false, lines: 1, cost: 16 }];
  const ALONG = [0.5, 0.38, 0.62, 0.26, 0.74]; // where along a line its label may stand

  // Round the middle of a country or a region, so that a town there leaves its name some room above or below.
  const CENTRED = [[-0.5, -0.5, 0, 0], [-0.5, -1, 0, 0], [-0.5, 0, 0, 0], [-0.35, -0.5, 0, 0], [-0.65, -0.5, 0, 0],
    [-0.5, -1.5, 0, 0], [-0.5, 0.5, 0, 0]];

  const onMap = (entry) => entry.lonlat && geomap.shown(entry.layer) && !entry.filtered;

  // What is drawn within the screen; of places only mentioned, no more than there may be room to name.
  function named(seen) {
    const shown = geomap.data.entries.filter((e) => onMap(e) && !e.hidden && seen.contains([e.lonlat[1], e.lonlat[0]]));
    const minor = shown.filter((e) => e.layer === "mentioned");
    return [...shown.filter((e) => e.layer !== "mentioned"), ...minor.slice(0, MOST)];
  }

  function entryLabels() {
    return named(map.getBounds().pad(0.1)).map((entry) => {
      const main = entry.layer !== "mentioned";
      const sure = entry.status === "reported" || entry.status === "confirmed" ? "" : entry.status_text;
      const lines = [{ text: entry.name, tail: entry.native ? ` ${entry.native}` : "",
        font: `${main ? 650 : 500} ${main ? 13.5 : 12}px ${SANS}` }];
      if (main) lines.push({ text: listed([entry.label, sure]), tail: "", font: `400 12px ${SANS}` });
      if (sure && entry.layer === "launch-area" && entry.speakers?.length) { // an accusation never stands without its author
        lines.push({ text: say("by %(speakers)s", { speakers: listed(entry.speakers) }), tail: "", font: `400 12px ${SANS}` });
      }
      return { at: L.latLng(entry.lonlat[1], entry.lonlat[0]), lines, whole: Boolean(sure), colour: main ? `--${entry.layer}-ink` : "--label-strong",
        gap: main ? 13 : 8, must: main };
    });
  }

  function measured(entry) {
    return say("measured %(what)s", { what: entry.quoted_km ? window.geomapUnits.length(entry.measured_km) : `${entry.azimuth}°` });
  }

  const quoted = (entry) => say("quoted %(what)s", { what: entry.quoted_text });

  function distanceLabels() {
    if (!geomap.shown("distance")) return [];
    const labels = [];
    geomap.layers.distance.eachLayer((layer) => {
      if (layer instanceof L.Polygon) return; // a region: its line is labelled
      const entry = geomap.entry(layer.feature.properties.entry);
      if (entry.filtered) return;
      const points = layer.getLatLngs().flat();
      labels.push({
        along: ALONG.map((share) => between(points, share)), colour: "--distance-ink", gap: 6, must: true,
        lines: geomap.quotedEnds?.has(entry.id) ? [{ text: measured(entry), tail: "", font: `600 12px ${SANS}` }]
          : [{ text: quoted(entry), tail: "", font: `600 12px ${SANS}` }, { text: measured(entry), tail: "", font: `400 12px ${SANS}` }],
      });
    });
    return labels;
  }

  // Where a distance would end as it is quoted (quoted.js draws it for the one that is picked).
  function quotedLabels() {
    return [...(geomap.quotedEnds || [])].map(([id, at]) => ({
      at, gap: 8, must: true, colour: "--distance-ink",
      lines: [{ text: quoted(geomap.entry(id)), tail: "", font: `600 12px ${SANS}` }],
    }));
  }

  function between(points, share) {
    const at = share * (points.length - 1);
    const [a, b] = [points[Math.floor(at)], points[Math.ceil(at)]];
    const part = at - Math.floor(at);
    return L.latLng(a.lat + (b.lat - a.lat) * part, a.lng + (b.lng - a.lng) * part);
  }

  // The places a distance runs between, where nothing else names them.
  function endLabels() {
    if (!geomap.shown("distance")) return [];
    const taken = new Set(geomap.data.entries.filter(onMap).map((e) => e.name));
    const ends = new Map(geomap.data.entries.filter((e) => !e.filtered).flatMap((e) => e.ends || []).map((end) => [end.name, end]));
    return [...ends.values()].filter((end) => !taken.has(end.name)).map((end) => ({
      at: L.latLng(end.lonlat[1], end.lonlat[0]), gap: 6, dot: true, must: true, strong: true, colour: "--label-strong",
      lines: [{ text: end.name, tail: "", font: `600 12.5px ${SANS}` }],
    }));
  }

  function placeLabels() {
    const places = (geomap.basemap?.places || { features: [] }).features;
    const own = new Set(geomap.data.entries.filter(onMap).map((e) => e.name));
    if (geomap.shown("distance")) geomap.data.entries.forEach((e) => (e.ends || []).forEach((end) => own.add(end.name)));
    const zoom = map.getZoom();
    return places.filter(({ properties: p }) => !own.has(p.name) && p.rank <= zoom)
      .sort((a, b) => a.properties.rank - b.properties.rank)
      .map(({ geometry, properties: p }) => ({
        at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]), gap: 5, dot: true, must: false, colour: "--label", major: p.capital || p.rank <= 4,
        lines: [{ text: p.name, tail: p.native && p.native !== p.name && zoom >= 9.5 ? ` ${p.native}` : "",
          font: `${p.capital || p.rank <= 4 ? 600 : 400} 12px ${SANS}` }],
      }));
  }

  // A name set across an area: its letters apart, but for scripts that join them; a long one on two lines.
  function areaLabel({ geometry, properties: p }, text, options, spacing) {
    const half = text.length > 18 ? text.indexOf(" ", text.length / 3) : -1;
    const lines = half > 0 ? [text.slice(0, half), text.slice(half + 1)] : [text];
    return { along: [geometry.coordinates, ...(p.also || [])].map(([lon, lat]) => L.latLng(lat, lon)), gap: 0, spots: CENTRED,
      must: false, spacing: /\p{Script=Arabic}/u.test(text) ? 0 : spacing, colour: options.colour,
      lines: lines.map((line) => ({ text: line, tail: "", font: `${options.font} ${SANS}` })) };
  }

  function countryLabels() {
    const countries = (geomap.basemap?.countries || { features: [] }).features;
    const zoom = map.getZoom();
    return countries.filter(({ properties: p }) => p.rank <= zoom + 0.75).map((each) => {
      const large = each.properties.rank < LARGE ? `600 ${zoom < 3 ? 11 : 12}px` : `500 ${zoom < 3 ? 10 : 11}px`;
      return areaLabel(each, each.properties.name.toLocaleUpperCase(lang), { colour: "--label", font: large }, 2);
    });
  }

  function regionLabels() {
    const regions = (geomap.basemap?.region_names || { features: [] }).features;
    const own = new Set(geomap.data.entries.filter((e) => onMap(e) && !e.hidden).map((e) => e.name.toLowerCase()));
    const zoom = map.getZoom();
    const named = ({ name, english }) => [name, english || name].some((each) => own.has(each.toLowerCase()));
    return regions.filter(({ properties: p }) => p.rank <= zoom && !named(p))
      .map((each) => areaLabel(each, each.properties.name, { colour: "--label-region", font: "400 11px" }, 1.2));
  }

  // What a reader asked to see: a candidate, or a place found by name.
  function pinLabel() {
    const { pin } = geomap.data;
    if (!pin) return [];
    return [{ at: L.latLng(pin.lonlat[1], pin.lonlat[0]), gap: 12, must: true, colour: "--label-strong",
      lines: [{ text: pin.name, tail: "", font: `650 13.5px ${SANS}` }] }];
  }

  const widths = new Map(); // font and text -> px: measuring is what a label costs most

  function widthOf(context, font, text) {
    const key = `${context.letterSpacing} ${font} ${text}`;
    if (!widths.has(key)) {
      context.font = font;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  }

  function size(context, label, form) {
    let width = 0;
    context.letterSpacing = `${label.spacing || 0}px`;
    const lines = label.lines.slice(0, form.lines);
    for (const line of lines) {
      line.width = widthOf(context, line.font, line.text);
      const tail = line.tail && form.tails ? widthOf(context, line.font.replace(/^\d+/, "400"), line.tail) : 0;
      width = Math.max(width, line.width + tail);
    }
    return { width: width + 4, height: 15 * lines.length + 2 };
  }

  // Whether the straight line from a to b passes through a box (Liang and Barsky's clipping).
  function crosses([a, b], box) {
    let [from, to] = [0, 1];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    for (const [p, q] of [[-dx, a.x - box.x0], [dx, box.x1 - a.x], [-dy, a.y - box.y0], [dy, box.y1 - a.y]]) {
      if (p === 0 && q < 0) return false;
      if (p < 0) from = Math.max(from, q / p);
      if (p > 0) to = Math.min(to, q / p);
    }
    return from < to;
  }

  function* spots(label, box, extent) {
    const anchors = label.along || [label.at];
    for (const [turn, anchor] of anchors.entries()) {
      const point = map.latLngToContainerPoint(anchor);
      for (const [rank, [ax, ay, gx, gy]] of (label.spots || SPOTS).entries()) {
        const x0 = point.x + ax * box.width + gx * label.gap;
        const y0 = point.y + ay * box.height + gy * label.gap;
        const spot = { x0, y0, x1: x0 + box.width, y1: y0 + box.height, cost: rank + turn, fromRight: rtl && ax !== 0 };
        if (x0 > 2 && y0 > 2 && spot.x1 < extent.x - 2 && spot.y1 < extent.y - 2) yield spot;
      }
    }
  }

  // The best free spot: early in the list, off the lines, with the native name where there is room for it.
  function place(context, label, field) {
    let best = null;
    for (const form of !label.must ? [FORMS[0]] : label.whole ? FORMS.slice(0, 2) : FORMS) {
      for (const spot of spots(label, size(context, label, form), field.extent)) {
        spot.cost += form.cost;
        if ((best && spot.cost >= best.cost) || !field.clear(spot)) continue;
        spot.cost += CROSSED * field.lines.filter((line) => crosses(line, spot)).length;
        if (!best || spot.cost < best.cost) best = { ...spot, form };
      }
    }
    return best;
  }

  // The routes and distances that are drawn, as straight pieces on the screen.
  function drawnLines() {
    return ["route", "distance"].filter(geomap.shown).flatMap((name) => geomap.layers[name].getLayers())
      .filter((layer) => !(layer instanceof L.Polygon) && layer.getLatLngs && !geomap.entry(layer.feature.properties.entry).filtered)
      .flatMap((layer) => {
        const points = layer.getLatLngs().flat().map((at) => map.latLngToContainerPoint(at));
        return points.slice(1).map((end, i) => [points[i], end]);
      });
  }

  // Where a line is written from: an area's name in the middle of its box. What is read right to left begins at the right
  // edge of its box, unless its point is at the left; its native name stands left of it.
  function startOf(context, label, spot, line, tail) {
    if (label.spots) return (spot.x0 + spot.x1 - line.width) / 2;
    if (spot.fromRight) return spot.x1 - 2 - line.width;
    return spot.x0 + 2 + (rtl ? tailWidth(context, line, tail) : 0);
  }

  const tailWidth = (context, line, tail) => (tail ? widthOf(context, line.font.replace(/^\d+/, "400"), tail) : 0);

  function write(context, label, spot, colours) {
    context.letterSpacing = `${label.spacing || 0}px`;
    label.lines.slice(0, spot.form.lines).forEach((line, index) => {
      const tail = spot.form.tails ? line.tail : "";
      const x = startOf(context, label, spot, line, tail);
      const y = spot.y0 + 15 * index + 8.5;
      context.lineWidth = 3.5;
      context.strokeStyle = colours.halo;
      context.font = line.font;
      context.strokeText(line.text, x, y);
      context.fillStyle = colours.of(label.colour);
      context.fillText(line.text, x, y);
      if (!tail) return;
      const beside = rtl ? x - tailWidth(context, line, tail) : x + line.width;
      context.font = line.font.replace(/^\d+/, "400");
      context.strokeText(tail, beside, y);
      context.fillStyle = colours.of("--label");
      context.fillText(tail, beside, y);
    });
  }

  // What the labels must not cover: the controls and panels that lie over the map.
  function furniture() {
    const origin = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("[data-over-map], .leaflet-control")].map((each) => {
      const r = each.getBoundingClientRect();
      return { x0: r.left - origin.left, y0: r.top - origin.top, x1: r.right - origin.left, y1: r.bottom - origin.top };
    });
  }

  function draw() {
    const extent = map.getSize();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = extent.x * ratio; // which clears it; clearRect would be printed as a white sheet over the map
    canvas.height = extent.y * ratio;
    canvas.style.width = `${extent.x}px`;
    canvas.style.height = `${extent.y}px`;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.direction = rtl ? "rtl" : "ltr"; // where commas and brackets go
    const known = {};
    const colours = { halo: geomap.colour("--halo"), of: (name) => (known[name] ??= geomap.colour(name)) };
    const entries = [...pinLabel(), ...entryLabels()];
    const lines = [...endLabels(), ...quotedLabels(), ...distanceLabels()];
    const field = { extent, lines: drawnLines(), ...takenField(furniture()) };
    for (const label of entries) {
      const p = map.latLngToContainerPoint(label.at);
      const r = label.gap - 3;
      field.take({ x0: p.x - r, y0: p.y - r, x1: p.x + r, y1: p.y + r });
    }
    geomap.written = []; // what there was room for, in the order in which it was placed
    const places = placeLabels();
    places.filter((each) => each.major).forEach((each) => takeDot(field, map.latLngToContainerPoint(each.at)));
    for (const label of [...entries.filter((l) => l.must), ...lines, ...entries.filter((l) => !l.must), ...countryLabels(), ...places, ...regionLabels()]) {
      const point = map.latLngToContainerPoint(label.at || label.along[0]);
      const away = point.x < -80 || point.y < -40 || point.x > extent.x + 80 || point.y > extent.y + 40;
      if (away && !label.spots) continue;
      const spot = place(context, label, field);
      if (!spot) continue;
      field.take(spot);
      geomap.written.push(label.lines.slice(0, spot.form.lines).map((line) => line.text).join(" "));
      if (label.dot) dot(context, label, point, colours, field);
      write(context, label, spot, colours);
    }
  }

  function dot(context, label, point, colours, field) {
    context.fillStyle = colours.of(label.colour);
    context.beginPath();
    context.arc(point.x, point.y, label.strong ? 3 : 1.8, 0, 2 * Math.PI);
    context.fill();
    takeDot(field, point);
  }

  // A country's name keeps off the dots of its large towns, which come after it.
  function takeDot(field, { x, y }) {
    field.take({ x0: x - 2, y0: y - 2, x1: x + 2, y1: y + 2 });
  }

  let queued = 0;
  function redraw() {
    cancelAnimationFrame(queued);
    queued = requestAnimationFrame(draw);
  }

  geomap.relabel = redraw;
  map.on("moveend zoomend resize viewreset", redraw);
  document.addEventListener("geomap:print", draw);
  map.on("zoomstart", () => { canvas.hidden = true; });
  map.on("zoomend", () => { canvas.hidden = false; });
  ["geomap:theme", "geomap:units", "geomap:layers"].forEach((name) => document.addEventListener(name, redraw));
  document.querySelectorAll("details.legend").forEach((each) => each.addEventListener("toggle", redraw));
  if (geomap.basemap) redraw();
})();
