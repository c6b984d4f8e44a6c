// What a reader has done to the page, kept in the address so that a link shows the same thing:
//   #crash-site&view=50.87,37.34,9.5&outlet=Northern+Wire&until=2024-01-24T11:00
// The first word is what is picked. Each other part of the page says for itself what it keeps and takes back.
(function () {
  "use strict";
  const { say } = window.geomapWords;
  const geomap = window.geomap;
  const parts = new Map();
  let taking = false; // while the page is put as an address says
  let ready = false;
  let picked = "";
  let moved = false; // whether the map shows something else than it opened with

  // `part.get()` gives the values to keep, none where it stands as it opened; `part.set(values)` takes them back, and
  // passes over what it does not know.
  geomap.keep = (name, part) => parts.set(name, part);

  function fragment() {
    const query = new URLSearchParams();
    parts.forEach((part, name) => part.get().forEach((value) => query.append(name, value)));
    const rest = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return [picked, rest].filter(Boolean).join("&");
  }

  // Keeps the state as it is now: as a step to come back to, or in place of the last one.
  geomap.changed = ({ step = false } = {}) => {
    if (taking || !ready) return;
    const now = fragment();
    if (now === location.hash.slice(1)) return;
    try {
      history[step ? "pushState" : "replaceState"](null, "", now ? `#${now}` : location.pathname + location.search);
    } catch { /* a sandboxed frame has no address of its own */ }
  };

  function read() {
    const [first, ...rest] = location.hash.slice(1).split("&");
    const bare = !first.includes("=");
    let id = "";
    try { id = bare ? decodeURIComponent(first) : ""; } catch { /* not one of ours */ }
    return { id, query: new URLSearchParams(bare ? rest.join("&") : location.hash.slice(1)) };
  }

  function known({ id, query }) {
    return geomap.pickable(id) || [...parts.keys()].some((name) => query.has(name));
  }

  // Puts the page as the address says. As it opens, what the address leaves out stays as it is.
  function take({ opening }) {
    const asked = read();
    if (opening ? !known(asked) : location.hash.length > 1 && !known(asked)) return;
    taking = true;
    parts.forEach((part, name) => {
      if (!opening || asked.query.has(name)) part.set(asked.query.getAll(name));
    });
    const viewed = asked.query.has("view");
    if (geomap.pickable(asked.id)) geomap.pick(asked.id, { from: "address", fly: opening && !viewed });
    else if (!opening) geomap.pick(null, { from: "address" });
    taking = false;
    moved = viewed;
  }

  document.addEventListener("geomap:pick", (event) => {
    picked = event.detail.id || "";
    geomap.changed({ step: Boolean(picked) });
  });

  // --- the parts that belong to the map itself ---------------------------------------------------------------------
  const { map, layers } = geomap;
  geomap.seen = () => {
    const { lat, lng } = map.getCenter().wrap();
    return [lat.toFixed(5), lng.toFixed(5), map.getZoom()].map(Number).join(",");
  };
  let view = geomap.seen(); // what the map was last moved to: each time it is only resized, it is off by up to half a pixel
  let moving = false;

  geomap.keep("view", {
    get: () => (moved ? [view] : []),
    set([value]) {
      const [lat, lon, zoom] = (value || "").split(",").map((part) => (part ? Number(part) : NaN));
      const real = [lat, lon, zoom].every(Number.isFinite) && Math.abs(lat) <= 90 && Math.abs(lon) <= 360;
      if (real) map.setView([lat, lon], Math.min(Math.max(zoom, map.getMinZoom()), map.getMaxZoom()), { animate: false });
      else geomap.fit(geomap.data.view.event, { animate: false });
    },
  });
  map.on("movestart", () => {
    moving = true;
    if (ready) moved = true;
  });
  map.on("moveend", () => {
    if (!moving) return;
    moving = false;
    view = geomap.seen();
    geomap.changed();
  });

  const shown = () => Object.keys(layers).filter(geomap.shown);
  const opened = shown().join();
  geomap.keep("layers", {
    get: () => (shown().join() === opened ? [] : [shown().join() || "none"]),
    set([value]) {
      const wanted = (value ?? opened).split(",");
      if (value && value !== "none" && !wanted.some((name) => layers[name])) return;
      Object.keys(layers).forEach((name) => geomap.show(name, wanted.includes(name)));
    },
  });
  document.addEventListener("geomap:layers", () => geomap.changed());

  geomap.keep("units", {
    get: () => (window.geomapUnits.units === "km" ? [] : [window.geomapUnits.units]),
    set: ([value]) => window.geomapUnits.use(value),
  });
  document.addEventListener("geomap:units", () => geomap.changed());

  // --- the address itself -------------------------------------------------------------------------------------------
  document.addEventListener("DOMContentLoaded", () => {
    take({ opening: true });
    ready = true;
  });
  window.addEventListener("popstate", () => take({ opening: false }));

  document.getElementById("copy-link")?.addEventListener("click", async () => {
    const said = document.getElementById("copied");
    said.textContent = (await geomap.copy(location.href)) ? say("Link copied") : say("Copy it from the address: %(address)s", { address: location.href });
    document.getElementById("copy-link").classList.add("done");
  });
})();
