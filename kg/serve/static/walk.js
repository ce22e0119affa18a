// Walking from name to name: a map that grows where one opens it, and the card of what is chosen. What a name is the subject of stands to
// its right at first, what is said of it to its left; further on everything grows outwards. Names never overlap: each has a line of its own.
import { $, ask, make, prefix, say, thousands } from "./common.js";
import { Camera } from "./camera.js";
import { layout } from "./tree.js";

const box = $("picture"), card = $("card"), SVG = "http://www.w3.org/2000/svg";
const shapes = JSON.parse(box.dataset.shapes);
const narrow = matchMedia("(max-width: 860px)"); // room for one side only
const still = matchMedia("(prefers-reduced-motion: reduce)");
const svg = draw("svg", { role: "tree", "aria-label": say("walk_label") }), world = draw("g", {});
const lines = draw("g", { class: "lines" }), names = draw("g", { class: "names" });
let root = null, chosen = null, number = 0;

svg.append(world);
world.append(lines, names);
box.append(svg);
const camera = new Camera(svg, world, still);

/** An SVG element. */
function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// --- the map: places (a name at a place; the same name may stand at several), each with groups of places once it is opened -----------
function place(thing, parent = null, side = 0) {
  number += 1;
  return { id: `place-${number}`, thing, parent, side, groups: null, open: false, planned: Boolean(thing.planned) };
}
function* all(from = root) {
  if (!from) return;
  yield from;
  if (from.open) for (const group of from.groups) for (const child of group.places) yield* all(child);
}
const where = (iri) => [...all()].find((one) => one.thing.iri === iri);
/** The first place of each name is the one that opens; the others lead there. */
const firsts = () => { const found = new Map(); for (const one of all()) if (!found.has(one.thing.iri)) found.set(one.thing.iri, one); return found; };

async function open(at) {
  if (!at.groups) {
    const told = await (await ask(`${prefix}/api/relations?${new URLSearchParams({ iri: at.thing.iri })}`)).json();
    const up = at.parent?.parent?.thing.iri ?? at.parent?.place?.thing.iri;
    at.groups = told.groups.map((group) => grouped(at, group)).filter((group) => group.places.length || group.more > 0);
    if (up) for (const group of at.groups) group.places = group.places.filter((one) => one.thing.iri !== up || group.places.length > 1);
    at.groups = at.groups.filter((group) => group.places.length || group.more > 0);
  }
  at.open = true;
}
function grouped(at, told) {
  const side = at.side || (told.outward || narrow.matches ? 1 : -1);
  const group = { place: at, key: told.key, label: told.label, side, count: told.count, places: [], more: 0 };
  fill(group, told.things);
  return group;
}
function fill(group, things) {
  group.places.push(...things.map((thing) => place(thing, group, group.side)));
  group.more = group.count - group.places.length;
}
async function more(group) {
  const told = await (await ask(`${prefix}/api/relations?${new URLSearchParams({ iri: group.place.thing.iri, relation: group.key, from: group.places.length })}`)).json();
  if (told.groups.length) fill(group, told.groups[0].things);
  else group.more = 0;
}

// --- drawing it ------------------------------------------------------------------------------------------------------------------
const NAME = 16, LABEL = 12.5;
const pen = document.createElement("canvas").getContext("2d");
function width(text, size, weight = 400) {
  pen.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}
const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

function show() {
  const heads = firsts();
  const { names: placed, labels, links } = layout(root, {
    name: (one) => 30 + width(short(one.thing.name, 20), NAME, one === root ? 600 : 400) + 24,
    label: (group) => width(labelled(group), LABEL) + 26,
    more: (group) => width(say("walk_more_short", { n: thousands(group.more) }), LABEL) + 24,
  });
  lines.replaceChildren(...links.map((link) => draw("path", { d: curve(link), class: link.planned ? "planned" : null })));
  names.replaceChildren(...labels.map(({ group, x, y }) => draw("text", { class: "relation", x, y: y + 4, "text-anchor": "middle" }, labelled(group))), ...placed.map((one) => (one.group ? rest(one) : name(one, heads))));
}
const labelled = (group) => (group.count > 1 ? `${group.label} ${thousands(group.count)}` : group.label);
function curve({ from, to }) {
  const middle = (from.x + to.x) / 2;
  return `M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
}
function name({ place: one, x, y, level }, heads) {
  const left = one.side < 0, again = heads.get(one.thing.iri) !== one, isRoot = one === root;
  const text = short(one.thing.name, 20), wide = width(text, NAME, isRoot ? 600 : 400);
  const start = isRoot ? -(wide + 22) / 2 : left ? -(wide + 30) : 8;
  const item = draw("g", {
    class: ["name", isRoot && "root", one.thing.iri === chosen && !again && "chosen", again && "again", one.planned && "planned"].filter(Boolean).join(" "),
    transform: `translate(${x},${y})`, id: one.id, role: "treeitem", "aria-level": level + 1, "aria-selected": String(one.thing.iri === chosen && !again), "aria-expanded": again || !one.thing.facts ? null : String(one.open), tabindex: (chosen ? one.thing.iri === chosen && !again : isRoot) ? 0 : -1, "data-iri": one.thing.iri,
  });
  item.append(draw("title", {}, one.thing.name), draw("rect", { x: start - 6, y: -15, width: wide + 34, height: 30, rx: 15 }));
  item.append(draw("g", { transform: `translate(${start + 9},0)`, class: `sign ${one.thing.class}${shapes[one.thing.class]?.hollow ? " hollow" : ""}` }, shape(one.thing.class)));
  item.append(draw("text", { x: start + 21, y: 5.5, lang: "zh-Hans" }, text));
  if (!again && one.thing.facts > (isRoot ? 0 : 1)) {
    const at = left ? start - 17 : start + wide + 40;
    const knob = draw("g", { class: "knob", transform: `translate(${isRoot ? start + wide + 40 : at},0)` }, draw("circle", { r: 8 }), draw("path", { d: one.open ? "M-3.5,0h7" : "M-3.5,0h7M0,-3.5v7" }));
    knob.addEventListener("click", (event) => { event.stopPropagation(); toggle(one); });
    if (!isRoot) item.append(knob);
  }
  item.addEventListener("click", (event) => { if (event.detail < 2) go(one.thing.iri); });
  item.addEventListener("dblclick", () => toggle(heads.get(one.thing.iri)));
  return item;
}
function rest({ group, x, y }) {
  const text = say("walk_more_short", { n: thousands(group.more) }), wide = width(text, LABEL), left = group.side < 0;
  const item = draw("g", { class: "more", transform: `translate(${x},${y})`, role: "button", tabindex: -1, "aria-label": text },
    draw("rect", { x: left ? -wide - 24 : 4, y: -12, width: wide + 20, height: 24, rx: 12 }), draw("text", { x: left ? -wide - 14 : 14, y: 4.5 }, text));
  item.addEventListener("click", async () => { await guarded(() => more(group)); show(); });
  return item;
}
function shape(sort) {
  const points = shapes[sort]?.points;
  return points ? draw("polygon", { points }) : draw("circle", { r: 5 });
}

// --- walking ---------------------------------------------------------------------------------------------------------------------
async function guarded(what) {
  try { await what(); return true; } catch (error) {
    card.replaceChildren(make("p", { class: "soft", role: "alert" }, error.message));
    return false;
  }
}
async function toggle(one) {
  if (!one.open && !(await guarded(() => open(one)))) return;
  else if (one.open && one.drawn) one.open = false;
  one.drawn = one.open;
  show();
  reveal(one);
}
/** Bring a name and what was opened beside it into view; nothing moves that need not. */
function reveal(one, whole = false) {
  const parts = [one, ...(one.open ? one.groups.flatMap((group) => group.places) : [])].map((p) => $(p.id)).filter(Boolean);
  camera.reveal(parts.map((part) => part.getBoundingClientRect()), whole);
}
async function start(iri) {
  const found = await (await ask(`${prefix}/api/relations?${new URLSearchParams({ iri })}`)).json();
  root = place(found.thing);
  root.groups = found.groups.map((group) => grouped(root, group));
  root.open = root.drawn = true;
  $("empty").hidden = true;
}
/** Choose a name. One that is not on the map begins a new one. */
async function go(iri, push = true) {
  const fresh = !where(iri);
  if (fresh && !(await guarded(() => start(iri)))) return;
  chosen = iri;
  show();
  if (fresh) camera.fit(names.getBBox(), true);
  else reveal({ ...where(iri), open: false });
  if (push) history.pushState({ iri }, "", `?${new URLSearchParams({ iri })}`);
  await guarded(async () => {
    const answer = await (await ask(`${prefix}/card?${new URLSearchParams({ iri })}`)).text();
    if (chosen !== iri) return;
    card.innerHTML = answer; // made by our own server, everything in it escaped; the page's policy lets nothing in it run
    card.scrollTop = 0;
    dress(iri);
  });
}
/** What the card's buttons and links do here. */
function dress(iri) {
  card.querySelector('[data-do="expand"]')?.addEventListener("click", () => toggle(where(iri)));
  card.querySelector('[data-do="begin"]')?.addEventListener("click", async () => { if (await guarded(() => start(iri))) { show(); camera.fit(names.getBBox(), true); } });
  card.querySelectorAll("a.thing[data-iri]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const there = where(link.dataset.iri);
    if (there) go(link.dataset.iri);
    else step(iri, link.dataset.iri);
  }));
}
/** From the card to a name that is not drawn: it comes onto the map beside the name whose card it was. */
async function step(from, to) {
  const at = where(from);
  if (at && (await guarded(() => open(at)))) {
    at.drawn = true;
    for (const group of at.groups) {
      while (group.more > 0 && !group.places.some((one) => one.thing.iri === to) && group.places.length < 200) if (!(await guarded(() => more(group)))) return;
      if (group.places.some((one) => one.thing.iri === to)) break;
    }
  }
  await go(to);
}
svg.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-iri]"), one = item && [...all()].find((p) => p.id === item.id);
  if (!one) return;
  const shown = [...all()].filter((p) => p.side === one.side || p === root || one === root), at = shown.indexOf(one);
  const outward = one.side < 0 ? "ArrowLeft" : "ArrowRight", inward = one.side < 0 ? "ArrowRight" : "ArrowLeft";
  const focus = (target) => { if (!target) return; names.querySelectorAll("[tabindex='0']").forEach((n) => n.setAttribute("tabindex", -1)); const node = $(target.id); node.setAttribute("tabindex", 0); node.focus(); camera.reveal([node.getBoundingClientRect()]); };
  const side = (which) => one.groups?.find((group) => group.side === which)?.places[0];
  const acts = {
    Enter: () => go(one.thing.iri), " ": () => toggle(firsts().get(one.thing.iri)).then(() => focus(one)),
    ArrowDown: () => focus(shown[at + 1]), ArrowUp: () => focus(shown[at - 1]),
    [outward]: () => (one === root ? focus(side(1)) : one.open ? focus(one.groups[0]?.places[0]) : toggle(one).then(() => focus(one))),
    [inward]: () => (one === root ? focus(side(-1)) : focus(one.parent.place)),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
$("fit").addEventListener("click", () => camera.fit(names.getBBox()));
$("over").addEventListener("click", async () => { const iri = chosen ?? box.dataset.start; if (iri && (await guarded(() => start(iri)))) { show(); camera.fit(names.getBBox(), true); } });
document.addEventListener("found", (event) => { event.preventDefault(); go(event.detail.iri); });
addEventListener("popstate", (event) => { const iri = event.state?.iri ?? new URLSearchParams(location.search).get("iri"); if (iri) go(iri, false); });

if (box.dataset.start) {
  history.replaceState({ iri: box.dataset.start }, "");
  document.fonts.ready.then(() => go(box.dataset.start, false));
} else $("empty").hidden = false;
