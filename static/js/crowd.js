// Very many places mentioned: read from columns (geomap.render.crowd) and drawn as dots on one canvas, where an element
// each would be slow. Runs before core.js, which takes the entries and the layer from here.
(function () {
  "use strict";
  const { say } = window.geomapWords;
  const RADIUS = 3;
  const REACH = 8; // how near a pointer must come: half of what the eye takes for a dot's own place

  function unfold(columns) {
    return columns.number.map((number, i) => ({
      id: number === 1 ? "mentioned" : `mentioned-${number}`, layer: "mentioned", label: say("Mentioned"), status: "reported", speakers: [],
      name: columns.name[i], native: columns.native[i], lonlat: [columns.lonlat[2 * i], columns.lonlat[2 * i + 1]],
      kind: columns.kinds[columns.kind[i]], within: columns.withins[columns.within[i]], outlets: columns.outletses[columns.outlets[i]],
    }));
  }

  // One dot as a picture: copying it is far quicker than filling a circle ten thousand times.
  function stamp() {
    const canvas = document.createElement("canvas");
    canvas.width = 4 * RADIUS; // for the screens that Leaflet draws at double size
    canvas.height = 4 * RADIUS;
    const context = canvas.getContext("2d");
    context.globalAlpha = 0.8;
    context.fillStyle = window.geomap.colour("--mentioned");
    context.arc(2 * RADIUS, 2 * RADIUS, 2 * RADIUS, 0, 2 * Math.PI);
    context.fill();
    return canvas;
  }

  // One path of Leaflet's canvas renderer that holds all dots: positions are worked out once for each zoom.
  const Dots = L.Path.extend({
    initialize(entries, options) {
      L.setOptions(this, options);
      this.entries = entries;
      this.bounds = L.latLngBounds(entries.map(({ lonlat }) => [lonlat[1], lonlat[0]]));
      this.near = null;
    },

    getBounds() { return this.bounds; },

    _project() {
      this.flat ??= this.entries.map(({ lonlat }) => this._map.project([lonlat[1], lonlat[0]], 0));
      const scale = this._map.getZoomScale(this._map.getZoom(), 0);
      const origin = this._map.getPixelOrigin();
      this.points = this.flat.map(({ x, y }) => L.point(x * scale - origin.x, y * scale - origin.y));
    },

    _update() {
      this._pxBounds = this._renderer._bounds; // wherever the canvas is, there may be dots
    },

    // What the renderer calls to have a path drawn. A pixel that has its dot needs no second one.
    _updatePath() {
      const { _ctx: context, _bounds: seen, _drawing: drawing } = this._renderer;
      if (!drawing) return;
      const drawn = new Set();
      const dot = stamp();
      this.points.forEach(({ x, y }, i) => {
        const cell = Math.round(x) * 65536 + Math.round(y);
        if (x < seen.min.x || y < seen.min.y || x > seen.max.x || y > seen.max.y) return;
        if (this.entries[i].filtered || drawn.has(cell)) return;
        drawn.add(cell);
        context.drawImage(dot, Math.round(x) - RADIUS, Math.round(y) - RADIUS, 2 * RADIUS, 2 * RADIUS);
      });
      const picked = this.entries.findIndex((entry) => entry.id === this.picked);
      if (picked >= 0) {
        context.lineWidth = 2.5;
        context.strokeStyle = window.geomap.colour("--ink");
        context.beginPath();
        context.arc(this.points[picked].x, this.points[picked].y, 2 * RADIUS, 0, 2 * Math.PI);
        context.stroke();
      }
    },

    // Remembers the dot that is nearest, for the click that follows.
    _containsPoint(at) {
      let best = REACH;
      this.near = null;
      this.points.forEach((point, i) => {
        if (this.entries[i].filtered || Math.abs(point.x - at.x) > best || Math.abs(point.y - at.y) > best) return;
        const far = point.distanceTo(at);
        if (far <= best) [best, this.near] = [far, this.entries[i]];
      });
      return Boolean(this.near);
    },
  });

  window.geomap.unfoldCrowd = (columns) => {
    const { map } = window.geomap;
    const entries = unfold(columns);
    map.createPane("crowd").style.zIndex = 405; // a canvas would keep the pointer from regions and lines under it
    const renderer = L.canvas({ pane: "crowd", padding: 0.3 });
    const dots = new Dots(entries, { renderer, pane: "crowd", interactive: true, bubblingMouseEvents: false });
    dots.on("click", () => { if (!window.geomap.measuring && dots.near) window.geomap.pick(dots.near.id, { from: "map" }); });
    const again = () => { if (map.hasLayer(dots)) dots.redraw(); };
    document.addEventListener("geomap:theme", again);
    document.addEventListener("geomap:pick", (event) => { dots.picked = event.detail.id; again(); });
    const ids = new Set(entries.map(({ id }) => id));
    return { entries, layer: L.featureGroup([dots]), has: (id) => ids.has(id), redraw: again };
  };
})();
