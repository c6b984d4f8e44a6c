// Copies text: the field that a button names (data-copy), or what another script gives.
(function () {
  "use strict";
  const { say } = window.geomapWords;

  // The way of pages without a secure address, which have no clipboard: through a field of the page.
  function byHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byHand(text);
    }
  }

  if (window.geomap) window.geomap.copy = copy;
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      if (await copy(field.value)) button.textContent = say("Copied");
    });
  });
})();
