// Where it all comes together: the state is shown, and what the reader does to the picture changes it.

let view = null;
let picture = null; // what is shown: flags of nodes, lines and facts, places, what stands out
let pane = null; // what the scene was arranged for: it stays as it is while cards come and go
let waiting = -1; // the node from which a way is asked for
let measured = { width: innerWidth, height: 0.7 * innerHeight };
/** The size of the picture; while it is not to be seen (another pane, paper), the one it had. */
function box() {
  const { clientWidth: width, clientHeight: height } = $("graph");
  if (width && height) measured = { width, height };
  return measured;
}
const free = () => ({ width: box().width - coveredRight() - coveredLeft(), height: box().height }); // what nothing lies over

/** Show the state. `before`: the one that was shown. `stay`: the picture does not move of itself. `back`: it goes to where the
    state has it. */
function render(before, { stay = false, back = false } = {}) {
  frame(before);
  const moved = picture === null || ["scene", "centre", "steps", "path"].some((key) => String(state[key]) !== String(before[key]));
  $("filters").hidden = !state.filters;
  $("card").hidden = !state.chosen && state.scene !== "path" && !state.about;
  const found = scene(moved ? (pane = free()) : pane);
  picture = { ...found, ...emphasis(found) };
  legend(); filterPanel(); timeline(); sceneBar(found); papers(); list(found); card(found); tools(); tabs();
  openPaper(state.paper);
  if (view) show(before, { moved, stay, back });
  if (before.chosen !== state.chosen || moved) {
    shownQuote = -1;
    light();
    if (before.chosen !== state.chosen && state.chosen) showPlace();
    announce();
  }
}
/** The picture as the state wants it. */
function show(before, { moved, stay, back }) {
  for (const node of new Set([...before.pins.keys(), ...state.pins.keys()])) if (before.pins.get(node) !== state.pins.get(node) || moved) view.pin(node, state.pins.get(node) ?? null);
  view.show(picture.nodes, picture.edges);
  view.place(picture.places);
  view.choose({ nodes: picture.picked, edges: [...picture.strong], near: picture.near, names: picture.named });
  view.inset({ top: 0, left: coveredLeft(), bottom: 0, right: coveredRight() });
  if (back && state.camera) view.setCamera(state.camera);
  else if (moved || back) view.fit(state.scene === "whole" && state.chosen ? around() : null, { nearest: 1.15 });
  else if (!state.chosen && (before.filters !== state.filters || before.about !== state.about)) fitAll();
  else if (!stay && state.chosen && before.chosen !== state.chosen) {
    if (state.scene === "whole") view.fit(around(), { glide: true });
    else reveal(picture.picked.length ? picture.picked : [...concerned()]);
  }
}
/** What stands out: what is chosen, the lines at it with their names, and what it has to do with. */
function emphasis(found) {
  const { chosen } = state, picked = [], strong = new Set(), named = new Map();
  let near = null;
  if (chosen?.node !== undefined) {
    picked.push(chosen.node);
    for (const edge of kg.edgesOf[chosen.node]) if (found.edges[edge]) strong.add(edge);
  } else if (chosen?.edge !== undefined) strong.add(chosen.edge);
  if (chosen) {
    near = new Uint8Array(kg.count);
    for (const node of picked) near[node] = 1;
    if (state.scene === "near" && chosen.node === state.centre) near.fill(1);
    for (const edge of strong) { near[kg.edges.from[edge]] = 1; near[kg.edges.to[edge]] = 1; }
  }
  const shown = [...strong].filter((edge) => found.nodes[kg.edges.from[edge]] && found.nodes[kg.edges.to[edge]]);
  if (shown.length <= 14) for (const edge of shown) named.set(edge, lineName(edge));
  if (found.way) for (const edge of linesOn(found.way, found.edges).flat()) { strong.add(edge); named.set(edge, lineName(edge)); }
  return { picked, strong, near, named };
}
const lineName = (edge) => [...new Set(kg.edges.facts[edge].filter((fact) => picture === null || picture.facts[fact]).map((fact) => relation(kg.facts.p[fact], false)))].join(" · ");
/** Move the picture just so far that these nodes are seen. */
function reveal(nodes) {
  const { width, height } = box(), right = width - coveredRight() - 60, camera = view.camera(), spots = nodes.map((node) => view.at(node));
  const over = Math.max(0, Math.max(...spots.map(({ x }) => x)) - right), under = Math.max(0, 60 - Math.min(...spots.map(({ x }) => x)) + over) - over;
  const below = Math.max(0, Math.max(...spots.map(({ y }) => y)) - height + 40), above = Math.max(0, 30 - Math.min(...spots.map(({ y }) => y)));
  if (over || under || below || above) view.setCamera({ ...camera, x: camera.x + (over - under) / camera.scale, y: camera.y + (below - above) / camera.scale }, { glide: true });
}
/** The nodes that what is chosen concerns, as far as they are shown. */
function concerned() {
  const nodes = new Set(picture.picked);
  for (const edge of picture.strong) nodes.add(kg.edges.from[edge]).add(kg.edges.to[edge]);
  return nodes;
}
/** Of these, what stands near it: who flies to an entity wants to see where it is, not all that it has to do with. */
function around() {
  const all = [...concerned()], [node] = picture.picked, { community } = kg.graph.nodes;
  const close = all.filter((other) => community[other] >= 0 && community[other] === community[node]);
  return close.length > 1 ? close : all;
}
const placeOf = (node) => state.pins.get(node) ?? (picture.places ? { x: picture.places.x[node], y: picture.places.y[node] } : { x: kg.graph.nodes.x[node], y: kg.graph.nodes.y[node] });
const coveredRight = () => { const { hidden, offsetWidth, offsetLeft } = $("card"); return hidden || narrow() || offsetLeft === 0 ? 0 : offsetWidth + 12; };
const coveredLeft = () => ($("filters").hidden || narrow() ? 0 : $("filters").offsetWidth + 12);
const fitAll = () => view.fit(null, { glide: true, nearest: 1.15 });
function shownCounts(found = picture) {
  let nodes = 0, facts = 0;
  for (const on of found.nodes) nodes += on;
  for (let edge = 0; edge < kg.edges.count; edge++) if (found.edges[edge] && found.nodes[kg.edges.from[edge]] && found.nodes[kg.edges.to[edge]]) for (const fact of kg.edges.facts[edge]) facts += found.facts[fact];
  return { nodes, facts };
}
/** What the frame is: language, colours, which pane. */
function frame(before) {
  const root = document.documentElement;
  root.lang = LANGUAGES[state.lang];
  root.dataset.theme = state.theme;
  document.body.classList.toggle("unread", !state.text);
  document.body.dataset.pane = state.pane;
  const words = { search: ["placeholder", "find"], skip: ["textContent", "skip"] };
  for (const [id, [property, key]] of Object.entries(words)) $(id)[property] = say(key);
  for (const [id, key] of [["search", "find"], ["graph", "graph-label"], ["text", "reading"], ["article", "reading"], ["divider", "divider"], ["tools", "tools"], ["found", "find"]]) $(id).setAttribute("aria-label", say(key));
  if (!kg.sources.length || kg.sources.length > 1) $("title").textContent = document.title = say("title");
  if (view && before.theme !== state.theme) view.theme(colours());
}
function announce() {
  const { chosen } = state;
  if (chosen?.node !== undefined) tell(say("chosen-node", { name: kg.names[chosen.node], class: term(kg.kind(chosen.node)), facts: kg.factsOf[chosen.node].length }), { quiet: true });
  else if (chosen?.edge !== undefined) tell(kg.edges.facts[chosen.edge].map(factText).join("; "), { quiet: true });
}
/** Choose an entity. From the text, a search or a card the picture flies to it, and one that the scene does not have brings the whole graph. */
function pick(node, { from }) {
  if (waiting >= 0 && waiting !== node && from === "graph") return findPath(waiting, node);
  const inScene = picture.nodes[node] === 1, change = { chosen: { node }, ...(from === "text" ? paneOf("graph") : {}) };
  if (!inScene && (state.scene !== "whole" || state.list)) change.scene = state.list ? state.scene : "whole";
  go(change, { stay: from === "graph" || from === "keys" });
  if (from === "search" || from === "card") $("card").focus({ preventScroll: true });
}
function startPath(node) { waiting = waiting === node ? -1 : node; render(state, { stay: true }); tell(say("path-ask", { name: kg.names[node] })); }
function stopPath() { waiting = -1; render(state, { stay: true }); }
function findPath(from, to) {
  waiting = -1;
  go({ scene: "path", path: [from, to], chosen: null });
  tell(picture.way?.length ? say("path-steps", { count: picture.way.length - 1 }) : say("no-path"));
}

const narrow = () => innerWidth <= 820;
const paneOf = (pane) => (narrow() ? { pane, list: pane === "list" } : {}); // a telephone shows one pane at a time
/** The reader has moved the picture: the address follows, and it is no step to undo. */
const cameraMoved = (camera) => { state.camera = camera; history.replaceState({ depth: history.state?.depth ?? 0 }, "", `#${written(state)}`); };
function start() {
  history.replaceState({ depth: history.state?.depth ?? 0 }, "", location.hash || "#");
  const before = START();
  state = read(location.hash.slice(1));
  render(before, {});
  let begun = false;
  view = (kg.large ? makeLargeView : makeVisView)($("graph"), kg.graph, {
    node: (node) => pick(node, { from: "graph" }), edge: (edge) => go({ chosen: { edge } }, { stay: true }),
    nothing: () => { if (state.chosen) go({ chosen: null }, { stay: true }); }, hover: () => {}, name: lineName, dropped: (node, x, y) => pinNode(node, { x, y }), moved: (camera) => { if (begun) cameraMoved(camera); },
  });
  view.theme(colours());
  show(before, { moved: true, back: true });
  begun = true;
  keys(); searching(); readingKeys(); divider();
  addEventListener("popstate", follow);
  addEventListener("beforeprint", drawForPaper);
  matchMedia("print").addEventListener("change", ({ matches }) => { if (matches) drawForPaper(); });
  $("skip").addEventListener("click", (event) => { event.preventDefault(); if (!state.list) toggleList(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { view.theme(colours()); tools(); });
  document.documentElement.dataset.ready = "yes";
  window.yishi = { ready: performance.now(), kg, view, get state() { return state; }, get picture() { return picture; }, go, pick, find, svg, csv, turtle, sparql, selection };
}
start();
