// Walking from name to name: a picture of what was looked at so far, and the card of what is chosen.
import { $, ask, make, prefix, say, thousands } from "./common.js";

const box = $("picture"), card = $("card"), styles = JSON.parse(box.dataset.styles);
const things = new Map(); // IRI → {iri, name, sort, ties}
const opened = new Set(); // IRIs whose neighbours were asked for
const left = new Map(); // IRI → how many of its neighbours are not drawn
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const nodes = new vis.DataSet(), edges = new vis.DataSet();
let chosen = null, turn = 0;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const options = {
  autoResize: true,
  physics: { enabled: false, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -90, centralGravity: 0.006, springLength: 130, springConstant: 0.05, avoidOverlap: 0.6 }, stabilization: false },
  interaction: { hover: true, multiselect: false, keyboard: { enabled: false }, tooltipDelay: 150 },
  nodes: { borderWidth: 1, borderWidthSelected: 3, font: { size: 15, face: css("--sans"), strokeWidth: 4 } },
  edges: { smooth: { enabled: true, type: "continuous", roundness: 0.25 }, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, width: 1.4, selectionWidth: 1.2, hoverWidth: 0.6, font: { size: 12, face: css("--sans"), strokeWidth: 4 } },
  layout: { improvedLayout: false, randomSeed: 7 },
};
const network = new vis.Network(box, { nodes, edges }, options);

function look(one) {
  const style = styles[one.sort], ink = css("--ink"), paper = css("--paper");
  return {
    id: one.iri, label: one.name.length > 18 ? `${one.name.slice(0, 17)}…` : one.name, title: one.name, shape: style.shape,
    size: Math.min(30, 9 + 2.6 * Math.sqrt(one.ties)), borderWidth: style.hollow ? 2.5 : 1,
    color: { background: style.hollow ? paper : style.color, border: style.color, highlight: { background: style.hollow ? paper : style.color, border: ink }, hover: { background: style.hollow ? paper : style.color, border: ink } },
    font: { color: ink, strokeColor: paper },
  };
}
function line(one) {
  const color = one.planned ? css("--planned") : "#9AA5B1";
  return {
    id: `${one.from} ${one.to}`, from: one.from, to: one.to, told: one.label, dashes: one.planned ? [6, 5] : false,
    color: { color, highlight: color, hover: color }, font: { color: css("--soft"), strokeColor: css("--paper") },
  };
}
/** Lines of what is chosen say what they are. */
function tell() {
  edges.update(edges.get().map((one) => ({ id: one.id, label: chosen && (one.from === chosen || one.to === chosen) ? one.told : undefined })));
}
/** Find places for new nodes: those that stand already keep theirs, so that what was seen stays where it was seen. */
function settle(fresh, around) {
  const old = nodes.getIds().filter((id) => !fresh.includes(id));
  const at = around && old.includes(around) ? network.getPosition(around) : { x: 0, y: 0 };
  const middle = old.length ? old.map((id) => network.getPosition(id)).reduce((sum, p) => ({ x: sum.x + p.x / old.length, y: sum.y + p.y / old.length }), { x: 0, y: 0 }) : at;
  const away = Math.atan2(at.y - middle.y, at.x - middle.x), share = old.length > 1 ? Math.PI * 1.2 : Math.PI * 2;
  fresh.filter((id) => id !== around).forEach((id, number, all) => {
    const angle = away - share / 2 + share * (number + 0.5) / all.length, far = 170 + (number % 3) * 46;
    nodes.update({ id, x: at.x + far * Math.cos(angle), y: at.y + far * Math.sin(angle) });
  });
  nodes.update(old.map((id) => ({ id, fixed: true })));
  network.setOptions({ physics: { enabled: true } });
  network.stabilize(180);
  network.once("stabilized", () => rest(old));
  network.stopSimulation();
  rest(old);
}
function rest(old) {
  network.setOptions({ physics: { enabled: false } });
  nodes.update(old.map((id) => ({ id, fixed: false })));
  network.fit({ animation: still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" }, maxZoomLevel: 1.15 });
}

async function expand(iri) {
  const mine = ++turn;
  try {
    const answer = await ask(`${prefix}/api/neighbourhood`, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ iri, known: nodes.getIds() }),
    });
    const found = await answer.json();
    if (mine !== turn) return;
    const fresh = found.nodes.filter((one) => !nodes.get(one.iri));
    fresh.forEach((one) => things.set(one.iri, one));
    nodes.add(fresh.map(look));
    edges.update(found.edges.filter((one) => nodes.get(one.from) && nodes.get(one.to)).map(line));
    opened.add(iri);
    left.set(iri, found.more);
    if (fresh.length) settle(fresh.map((one) => one.iri), iri);
    $("empty").hidden = true;
  } catch (error) {
    card.replaceChildren(make("p", { class: "soft", role: "alert" }, error.message));
  }
}
async function choose(iri, push = true) {
  chosen = iri;
  tell();
  if (nodes.get(iri)) network.selectNodes([iri]);
  try {
    const answer = await ask(`${prefix}/card?${new URLSearchParams({ iri })}`);
    if (chosen !== iri) return;
    card.innerHTML = await answer.text(); // made by our own server, everything in it escaped; the page's policy lets nothing in it run
    card.scrollTop = 0;
  } catch (error) {
    card.replaceChildren(make("p", { class: "soft", role: "alert" }, error.message));
    return;
  }
  dress(iri);
  if (push) history.pushState({ iri }, "", `?${new URLSearchParams({ iri })}`);
}
/** What the card's buttons and links do here. */
function dress(iri) {
  const button = card.querySelector('[data-do="expand"]');
  const ready = () => {
    button.disabled = opened.has(iri);
    if (opened.has(iri)) button.textContent = say("expanded");
    card.querySelector(".left")?.remove();
    if (left.get(iri)) button.closest("p").after(make("p", { class: "soft left" }, `${say("walk_more", { n: thousands(left.get(iri)) })}，`, make("a", { href: card.querySelector("h2.name a").href }, say("walk_more_link"))));
  };
  button.addEventListener("click", async () => { await expand(iri); await choose(iri, false); });
  card.querySelector('[data-do="hide"]').addEventListener("click", () => {
    nodes.remove(iri);
    edges.remove(edges.get({ filter: (one) => one.from === iri || one.to === iri }).map((one) => one.id));
    opened.delete(iri);
    chosen = null;
    card.replaceChildren(make("p", { class: "soft" }, say("walk_hint")));
  });
  card.querySelectorAll("a.thing[data-iri]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.dataset.iri);
  }));
  ready();
}
/** Choose a name; one that is not in the picture yet comes into it with what it is connected to. */
async function go(iri, push = true) {
  if (!nodes.get(iri)) await expand(iri);
  await choose(iri, push);
}

network.on("click", ({ nodes: [iri], edges: [edge] }) => { if (iri) choose(iri); else if (edge) choose(edges.get(edge).from === chosen ? edges.get(edge).to : edges.get(edge).from); });
network.on("doubleClick", async ({ nodes: [iri] }) => { if (iri && !opened.has(iri)) { await expand(iri); await choose(iri, false); } });
$("fit").addEventListener("click", () => network.fit({ animation: !still.matches, maxZoomLevel: 1.15 }));
$("over").addEventListener("click", () => {
  const iri = chosen ?? box.dataset.start;
  nodes.clear(); edges.clear(); things.clear(); opened.clear(); left.clear();
  if (iri) go(iri);
});
document.addEventListener("found", (event) => { event.preventDefault(); go(event.detail.iri); });
addEventListener("popstate", (event) => { const iri = event.state?.iri ?? new URLSearchParams(location.search).get("iri"); if (iri) go(iri, false); });
dark.addEventListener("change", () => { nodes.update([...things.values()].filter((one) => nodes.get(one.iri)).map(look)); edges.update(edges.get().map((one) => line({ ...one, label: one.told, planned: Boolean(one.dashes) }))); tell(); });

window.walk = { network, nodes, edges, go };
if (box.dataset.start) {
  history.replaceState({ iri: box.dataset.start }, "");
  go(box.dataset.start, false);
} else $("empty").hidden = false;
