// What the reader looks at. It stands in the page's address, so that a link opens it again, and each change is a step of the browser's
// history, so that going back undoes it.

const FACETS = ["class", "property", "status", "source"]; // what can be switched off by value
const STATUSES = ["done", "planned"];

/** scene: story, whole, near (`centre`, `steps`), path (`path`: two nodes). chosen: {node}, {edge} or null. off: values switched off, by
    facet. years: [first, last] or null. hidden: nodes. pins: node → place. paper: the source that is open. */
const START = () => ({
  scene: "story", chosen: null, centre: -1, steps: 1, path: null, off: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])), years: null,
  undated: true, hidden: new Set(), pins: new Map(), paper: 0, list: false, filters: false, about: false, text: true, pane: "graph", theme: "", camera: null,
  lang: document.documentElement.lang.startsWith("en") ? "en" : "zh",
});
let state = START();

/** Change the state by `change` and show it. `step`: it can be undone; `stay`: the picture does not move. */
function go(change, { step = true, stay = false } = {}) {
  const before = state;
  state = { ...state, ...change };
  if (step) state.camera = stay ? before.camera : null;
  const depth = history.state?.depth ?? 0, address = `#${written(state)}`;
  if (step) history.pushState({ depth: depth + 1 }, "", address);
  else history.replaceState({ depth }, "", address);
  render(before, { stay });
}
const canUndo = () => (history.state?.depth ?? 0) > 0;
const undo = () => { if (canUndo()) history.back(); };

/** A set with one member more or less. */
function toggled(set, value, on = !set.has(value)) {
  const next = new Set(set);
  if (on) next.add(value);
  else next.delete(value);
  return next;
}
const idOf = (node) => kg.entities.id[node];
const valuesOf = { class: () => kg.classes, property: () => kg.properties, status: () => STATUSES, source: () => kg.sources.map(({ sha }) => sha.slice(0, 12)) };

/** The state as the fragment of an address. */
function written(from) {
  const to = new URLSearchParams(), put = (key, value) => { if (value !== null && value !== undefined && value !== "") to.append(key, value); };
  if (from.scene !== "story") put("view", from.scene);
  if (from.chosen?.node !== undefined) put("e", idOf(from.chosen.node));
  if (from.chosen?.edge !== undefined) for (const end of ["from", "to"]) put(end, idOf(kg.edges[end][from.chosen.edge]));
  if (from.scene === "near") { put("centre", idOf(from.centre)); put("steps", from.steps); }
  if (from.path) for (const end of from.path) put("path", idOf(end));
  for (const facet of FACETS) for (const value of from.off[facet]) put(`no-${facet}`, valuesOf[facet]()[value]);
  if (from.years) put("years", from.years.join("-"));
  if (!from.undated) put("undated", "no");
  for (const node of from.hidden) put("hide", idOf(node));
  for (const [node, { x, y }] of from.pins) put("pin", `${Math.round(x)},${Math.round(y)},${idOf(node)}`);
  if (from.paper) put("text", valuesOf.source()[from.paper]);
  for (const key of ["list", "about"]) if (from[key]) put(key, "yes");
  if (!from.text) put("reading", "no");
  if (from.pane !== "graph") put("pane", from.pane);
  if (from.lang !== START().lang) put("lang", from.lang);
  put("theme", from.theme);
  if (from.camera) put("at", [from.camera.x.toFixed(1), from.camera.y.toFixed(1), from.camera.scale.toFixed(4)].join(","));
  return to.toString();
}
/** The state that a fragment tells; what it says that is not in this graph is passed over. */
function read(fragment) {
  const from = new URLSearchParams(fragment), to = START(), node = (id) => (id === null ? -1 : kg.numberOf(id));
  const first = node(from.get("e")), edge = from.has("from") ? kg.edgeOf(node(from.get("from")), node(from.get("to"))) : -1;
  if (first >= 0) to.chosen = { node: first };
  else if (edge >= 0) to.chosen = { edge };
  to.centre = node(from.get("centre"));
  to.steps = Math.min(3, Math.max(1, Number.parseInt(from.get("steps"), 10) || 1));
  const ends = from.getAll("path").map(node).filter((end) => end >= 0);
  if (ends.length === 2) to.path = ends;
  const scene = from.get("view");
  if (scene === "whole" || (scene === "near" && to.centre >= 0) || (scene === "path" && to.path)) to.scene = scene;
  for (const facet of FACETS) for (const value of from.getAll(`no-${facet}`)) { const at = valuesOf[facet]().indexOf(value); if (at >= 0) to.off[facet].add(at); }
  const span = /^(\d{4})-(\d{4})$/.exec(from.get("years") ?? "");
  if (span) to.years = [Number(span[1]), Number(span[2])];
  to.undated = from.get("undated") !== "no";
  to.hidden = new Set(from.getAll("hide").map(node).filter((hidden) => hidden >= 0));
  for (const pin of from.getAll("pin")) {
    const [x, y, ...id] = pin.split(","), pinned = node(id.join(","));
    if (pinned >= 0 && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) to.pins.set(pinned, { x: Number(x), y: Number(y) });
  }
  to.paper = Math.max(0, valuesOf.source().indexOf(from.get("text")));
  for (const key of ["list", "about"]) to[key] = from.get(key) === "yes";
  to.text = from.get("reading") !== "no";
  if (["text", "list"].includes(from.get("pane"))) to.pane = from.get("pane");
  if (from.get("lang") in LANGUAGES) to.lang = from.get("lang");
  if (["light", "dark"].includes(from.get("theme"))) to.theme = from.get("theme");
  const at = (from.get("at") ?? "").split(",").map(Number);
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) to.camera = { x: at[0], y: at[1], scale: at[2] };
  // An address that names an entity the story does not have opens on the whole graph.
  if (!scene && to.chosen && !storyNodes().has(to.chosen.node)) to.scene = "whole";
  return to;
}
/** Show what the address says. */
function follow() {
  const before = state;
  state = read(location.hash.slice(1));
  render(before, { back: true });
}
