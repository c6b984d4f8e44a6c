// What an abridged page (geomap.render.abridged) leaves out is fetched when it is opened: it comes as the server would have
// written it into the page. An index tells which claims are where, so that filters and addresses know of all of them.
(function () {
  "use strict";
  const geomap = window.geomap;
  const ledger = document.getElementById("ledger");
  const { told, held } = JSON.parse(document.getElementById("ledgerdata").textContent);
  const keys = (told?.keys || []).map((number) => `claim-${number}`);
  const coming = new Map(); // parts that are on their way

  // The claims in what is not there yet of an element.
  geomap.unread = (node) => {
    if (!held) return [];
    const parts = [...node.querySelectorAll("[data-part^='claims/']")];
    return parts.flatMap((part) => (held.claims[part.dataset.part.slice(7)] || []).map((number) => keys[number]));
  };
  if (!held) return;

  const unit = (key) => keys.indexOf(key);
  const partNode = (name) => ledger.querySelector(`[data-part="${CSS.escape(name)}"]`);
  geomap.partAddress = (name) => ledger.dataset.parts.replace("PART", name.split("/").map(encodeURIComponent).join("/"));

  function put(node, text) {
    const made = new DOMParser().parseFromString(text, "text/html");
    node.removeAttribute("data-part");
    node.removeAttribute("aria-busy");
    node.replaceChildren(...made.body.childNodes);
    window.geomapUnits.renew(node);
    document.dispatchEvent(new CustomEvent("geomap:part", { detail: { node } }));
  }

  function load(node) {
    const name = node?.dataset.part;
    if (!name) return Promise.resolve();
    if (!coming.has(name)) {
      node.setAttribute("aria-busy", "true");
      coming.set(name, fetch(geomap.partAddress(name))
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
        .then((text) => put(node, text))
        .catch(() => node.removeAttribute("aria-busy")) // its link to the text stays, and it may be opened again
        .finally(() => coming.delete(name)));
    }
    return coming.get(name);
  }

  ledger.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    [...target.querySelectorAll("[data-part]")].filter((part) => part.closest("details") === target).forEach(load);
  }, true);

  // The rows that a list leaves out, if this is one of them.
  geomap.listOf = (row) => Object.keys(held.lists).find((name) => held.lists[name].includes(row));
  geomap.bringRow = async (row) => {
    const list = geomap.listOf(row);
    if (list) await load(partNode(`list/${list}`));
  };
  geomap.unlisted = (section) => Boolean(section.querySelector("[data-part^='list/']"));

  const holderOf = (number) => Object.keys(held.claims).find((name) => held.claims[name].includes(number));
  geomap.knows = (key) => unit(key) >= 0;
  geomap.bringClaim = async (key) => {
    const holder = holderOf(unit(key));
    if (!holder) return;
    await geomap.bringRow(holder);
    await load(partNode(`claims/${holder}`));
  };
  geomap.bringReport = async (key) => {
    const report = `report-${held.reports[unit(key)]}`;
    await geomap.bringRow(report);
    await load(partNode(`report/${report}`));
  };

  const asked = location.hash.slice(1);
  if (/^report-\d+$/.test(asked)) geomap.bringRow(asked).then(() => document.getElementById(asked)?.scrollIntoView());

  // Entries of the map all of whose claims a filter takes out, also those that are in no list yet.
  geomap.emptied = (passes) => Object.keys(held.claims)
    .filter((name) => held.claims[name].length && !held.claims[name].some((number) => passes(keys[number])));
})();
