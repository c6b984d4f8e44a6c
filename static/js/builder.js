// "Put this map in your page": the choices become the frame's address, its code and what it looks like.
(function () {
  "use strict";
  const { say } = window.geomapWords;
  const geomap = window.geomap;
  const form = document.getElementById("builder");
  const preview = document.getElementById("preview");
  const toggle = document.getElementById("preview-toggle");
  const HEIGHT = 480; // until the frame has said how tall it wants to be
  const REST_MS = 400; // the preview follows when choosing rests
  let pause = 0;

  const picked = (name) => form.querySelector(`[name=${name}]:checked`).value;

  function address() {
    const url = new URL(form.dataset.embed);
    if (picked("opening")) {
      const { lat, lng } = geomap.map.getCenter().wrap();
      [["lat", lat.toFixed(5)], ["lon", lng.toFixed(5)], ["zoom", geomap.map.getZoom()]].forEach(([name, value]) => url.searchParams.set(name, Number(value)));
    }
    const layers = [...form.querySelectorAll("[name=layer]")];
    if (layers.some((box) => box.checked !== box.defaultChecked)) {
      url.searchParams.set("layers", layers.filter((box) => box.checked).map((box) => box.value).join(","));
    }
    for (const [name, value] of [["lang", form.elements.lang.value === "en" ? "" : form.elements.lang.value], ["theme", form.elements.theme.value], ["units", form.elements.units.value], ["rev", picked("rev")]]) {
      if (value) url.searchParams.set(name, value);
    }
    return url.href.replaceAll("%2C", ",");
  }

  function within(field) {
    return Math.round(Math.min(Number(field.max), Math.max(Number(field.min), Number(field.value) || Number(field.defaultValue))));
  }

  function size() {
    const { width, height } = form.elements;
    const chosen = picked("size");
    if (!chosen) return ["100%", HEIGHT];
    return chosen === "own" ? [within(width), within(height)] : chosen.split("x").map(Number);
  }

  // The same frame for the code and for the preview, built as an element: no word of a report is pasted into markup.
  function frame() {
    const made = document.createElement("iframe");
    const [width, height] = size();
    for (const [name, value] of [["src", address()], ["title", form.elements.lang.selectedOptions[0].dataset.title], ["width", width], ["height", height], ["loading", "lazy"],
      ["sandbox", "allow-scripts allow-popups"], ["referrerpolicy", "no-referrer"], ["allowfullscreen", ""]]) made.setAttribute(name, value);
    return made;
  }

  function show() {
    if (preview.hidden) return;
    const old = preview.querySelector("iframe");
    const made = frame();
    const same = old && ["src", "title", "width", "height"].every((name) => old.getAttribute(name) === made.getAttribute(name));
    if (!same) preview.replaceChildren(made);
  }

  function write() {
    const link = address();
    document.getElementById("embed-code").value = frame().outerHTML.replace(' allowfullscreen=""', " allowfullscreen");
    document.getElementById("embed-link").value = link;
    const oembed = new URL(form.dataset.oembed);
    oembed.searchParams.set("url", link);
    document.getElementById("embed-oembed").value = oembed.href;
    document.querySelectorAll("#embed [data-copy]").forEach((button) => { button.textContent = say("Copy"); });
    clearTimeout(pause);
    pause = setTimeout(show, REST_MS);
  }

  form.addEventListener("change", write);
  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  ["width", "height"].forEach((name) => form.elements[name].addEventListener("input", () => {
    form.querySelector("[name=size][value=own]").checked = true;
  }));
  geomap.map.on("moveend", () => { if (picked("opening")) write(); });
  window.addEventListener("message", (event) => { // a frame as wide as its place is as tall as it asks to be
    const made = preview.querySelector("iframe");
    if (made && event.source === made.contentWindow && event.data?.type === "embed-size" && !picked("size")) {
      made.style.height = `${Number(event.data.height) || HEIGHT}px`;
    }
  });
  toggle.addEventListener("click", () => {
    preview.hidden = !preview.hidden;
    toggle.setAttribute("aria-expanded", String(!preview.hidden));
    toggle.textContent = preview.hidden ? say("Show how it looks") : say("Hide the preview");
    if (preview.hidden) preview.replaceChildren(); else show();
  });
  form.reset(); // a browser that reloads keeps old choices; the code is of what is shown
  write();
})();
