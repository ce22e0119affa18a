// Everything by the keyboard, and the sheet that tells how.

const KEYS = [
  ["/", "key-search", () => { $("search").focus(); $("search").select(); }], ["g", "key-graph", () => { go({ list: false, ...paneOf("graph") }, { step: false, stay: true }); $("graph").focus(); }],
  ["t", "key-text", () => { go({ text: true, ...paneOf("text") }, { step: false, stay: true }); $("article").focus(); }], ["l", "key-list", () => toggleList()],
  ["f", "key-filters", () => toggleFilters()], ["s", "key-story", () => go({ scene: "story", chosen: null })], ["w", "key-whole", () => go({ scene: "whole" })],
  ["1", "key-steps", () => aroundChosen(1)], ["2", null, () => aroundChosen(2)], ["3", null, () => aroundChosen(3)], ["p", "key-pin", () => withChosen(pinNode)], ["h", "key-hide", () => withChosen(hideNode)],
  ["d", "key-path", () => withChosen(startPath)], ["e", "key-take", () => takeAlong()], ["u", "key-undo", () => undo()], ["0", "key-fit", () => fitAll()], ["+", "key-zoom", () => zoom(1.3)], ["-", null, () => zoom(1 / 1.3)], ["?", "key-help", () => help()],
];
const withChosen = (act) => { if (state.chosen?.node !== undefined) act(state.chosen.node); else tell(say("choose-first")); };
const aroundChosen = (steps) => withChosen((node) => go({ scene: "near", centre: node, steps }));
const zoom = (by) => { const camera = view.camera(); view.setCamera({ ...camera, scale: camera.scale * by }, { glide: true }); };

function keys() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input, textarea")) { event.preventDefault(); undo(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { escape(); return; }
    if (event.target === $("graph") && graphKey(event)) { event.preventDefault(); return; }
    if (event.target.closest?.("[role=separator]")) return;
    const key = KEYS.find(([name]) => name === event.key || (name === "+" && event.key === "="));
    if (key) { event.preventDefault(); key[2](); }
  });
}
/** One thing less: the way that is being asked for, then what is chosen, then the scene. */
function escape() {
  if (waiting >= 0) stopPath();
  else if (state.filters) go({ filters: false }, { step: false, stay: true });
  else if (state.chosen) go({ chosen: null }, { stay: true });
  else if (state.scene === "near" || state.scene === "path") go({ scene: "story", path: null });
}
/** Arrows go to the next node that way: one that a line leads to if there is one. Enter opens what is chosen. */
function graphKey(event) {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key], chosen = state.chosen?.node;
  if (event.key === "Enter" && chosen !== undefined) { $("card").focus(); return true; }
  if (!way) return false;
  if (event.shiftKey) { const camera = view.camera(); view.setCamera({ ...camera, x: camera.x + (way[0] * 120) / camera.scale, y: camera.y + (way[1] * 120) / camera.scale }); return true; }
  const shown = [...kg.rank].filter((node) => picture.nodes[node]);
  const next = chosen === undefined || !picture.nodes[chosen] ? shown[0] : nextTo(chosen, way, [...neighbours(chosen, picture.nodes, picture.edges)]) ?? nextTo(chosen, way, shown);
  if (next !== undefined) pick(next, { from: "keys" });
  return true;
}
function nextTo(node, [dx, dy], among) {
  const from = placeOf(node);
  let best, cost = Infinity;
  for (const other of among) {
    const to = placeOf(other), along = (to.x - from.x) * dx + (to.y - from.y) * dy, across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (other !== node && along > 1 && across < 2 * along && along + 2 * across < cost) { best = other; cost = along + 2 * across; }
  }
  return best;
}
function help() {
  const names = { 1: "1 2 3", "+": "+ −" };
  const list = make("dl", { class: "keys" }, KEYS.filter(([, label]) => label).map(([name, label]) => make("div", {}, make("dt", {}, make("kbd", {}, names[name] ?? name)), make("dd", {}, say(label)))));
  list.append(...[["← → ↑ ↓", "key-arrows"], ["Enter", "key-enter"], ["Esc", "key-escape"]].map(([name, label]) => make("div", {}, make("dt", {}, make("kbd", {}, name)), make("dd", {}, say(label)))));
  sheet(say("help"), [make("p", {}, say("help-text")), list, make("p", { class: "quiet" }, say("about-page", { version: kg.version }))]);
}
