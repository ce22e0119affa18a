"use strict";
// What the page knows, and its picture: pyvis's nodes, edges and options, drawn by the vis-network that pyvis ships.
// Everything that comes from documents is set as text or drawn on the canvas, never taken as markup.

const all = JSON.parse(document.getElementById("data").textContent);
const { entities, facts, figures, quotes, sources, classes } = all.graph;
const FONT = '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei","Hiragino Sans GB",sans-serif';
const FIRST_LABELS = 40, NEAR_LABELS = 400; // so many labels at a distance, and near
const LABEL_ROOM = 9000; // a label at a distance has so many square pixels of the picture
const LARGE = 12; // no label lies over one of the so many best-connected entities in view
const MANY = 24; // of more relations than this at one entity, the lines are thin and only the one pointed at is labelled

let lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
let chosen = null; // {entity} or {edge}, by number
const say = (key) => all.words[lang][key] ?? key;
const term = (key) => all.words[lang].terms[key] ?? key;
const $ = (id) => document.getElementById(id);

const factsOf = entities.map(() => []);
facts.forEach((fact, number) => { factsOf[fact.s].push(number); if (fact.o !== fact.s) factsOf[fact.o].push(number); });
const figuresOf = entities.map(() => []);
figures.forEach((figure, number) => figuresOf[figure.about].push(number));
const rank = entities.map((_, number) => number).sort((a, b) => factsOf[b].length - factsOf[a].length || a - b);
const hidden = { classes: new Set(), relations: new Set(), statuses: new Set() };

const dark = matchMedia("(prefers-color-scheme: dark)");
let theme = {}; // the colours of the style sheet, for the canvas
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  theme = Object.fromEntries(["paper", "ink", "strong"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
readTheme();

const shownNode = (number) => !hidden.classes.has(entities[number].class);
const shownFact = (number) => !hidden.relations.has(facts[number].p) && !hidden.statuses.has(facts[number].planned ? "planned" : "done");
const shownEdge = (edge) => edge.facts.some(shownFact) && shownNode(edge.from) && shownNode(edge.to);

function nodeColors(number) {
  const [fill, , hollow] = all.styles[entities[number].class], background = hollow ? theme.paper : fill, strong = { background, border: theme.ink };
  return { background, border: fill, highlight: strong, hover: strong };
}
const nodes = new vis.DataSet(all.nodes.map((node) => ({ ...node, color: nodeColors(node.id) })));
const edges = new vis.DataSet(all.edges);
const nodeView = new vis.DataView(nodes, { filter: (node) => shownNode(node.id) });
const edgeView = new vis.DataView(edges, { filter: shownEdge });
const network = new vis.Network($("graph"), { nodes: nodeView, edges: edgeView }, all.options);

/** The numbers of the nodes that what is chosen concerns; null where nothing is. */
function concerned() {
  if (chosen === null) return null;
  if (chosen.edge !== undefined) return new Set([all.edges[chosen.edge].from, all.edges[chosen.edge].to]);
  return new Set([chosen.entity, ...factsOf[chosen.entity].flatMap((number) => [facts[number].s, facts[number].o])]);
}
const isMine = (edge) => chosen !== null && (chosen.edge === undefined ? edge.from === chosen.entity || edge.to === chosen.entity : edge.id === chosen.edge);
const edgeLabel = (edge) => [...new Set(edge.facts.filter(shownFact).map((number) => term(facts[number].p)))].join(" · ");

/** Let what is chosen stand out, with the names of its relations on their lines. */
function emphasize() {
  const near = concerned(), mine = all.edges.filter(isMine), many = mine.length > MANY;
  const font = { size: 12, face: FONT, color: theme.ink, strokeWidth: 4, strokeColor: theme.paper };
  nodes.update(all.nodes.map((node) => ({ id: node.id, color: nodeColors(node.id), opacity: !near || near.has(node.id) ? 1 : 0.15 })));
  edges.update(all.edges.map((edge) => {
    const own = isMine(edge), planned = Boolean(edge.dashes);
    const shade = planned ? edge.color.color : own ? theme.strong : edge.color.color;
    return {
      id: edge.id, font, label: own && !many ? edgeLabel(edge) : undefined, width: own ? (many ? 2 : 2.6) : 2,
      color: { color: shade, highlight: shade, hover: theme.ink, opacity: own ? (many ? 0.6 : 1) : near ? 0.07 : 0.6 },
    };
  }));
}
network.on("hoverEdge", ({ edge }) => edges.update({ id: edge, label: edgeLabel(all.edges[edge]) }));
network.on("blurEdge", ({ edge }) => {
  const own = isMine(all.edges[edge]) && all.edges.filter(isMine).length <= MANY;
  edges.update({ id: edge, label: own ? edgeLabel(all.edges[edge]) : undefined });
});

// Labels: at a distance those of the best connected, near ones all; drawn here, so that none lies over another or over a larger node.
network.on("afterDrawing", (canvas) => {
  const scale = network.getScale(), view = network.getViewPosition(), size = 13 / scale, near = concerned();
  const halfX = $("graph").clientWidth / scale / 2, halfY = $("graph").clientHeight / scale / 2;
  const inView = rank.filter((number) => {
    const node = all.nodes[number];
    return shownNode(number) && Math.abs(node.x - view.x) < halfX + 60 && Math.abs(node.y - view.y) < halfY + 20;
  });
  const order = near ? [...inView.filter((number) => near.has(number)), ...inView.filter((number) => !near.has(number))] : inView;
  if (chosen?.entity !== undefined && shownNode(chosen.entity)) order.unshift(order.splice(order.indexOf(chosen.entity), 1)[0] ?? chosen.entity);
  const far = Math.min(FIRST_LABELS, Math.ceil($("graph").clientWidth * $("graph").clientHeight / LABEL_ROOM));
  const most = scale < 0.7 ? far : NEAR_LABELS, boxes = [];
  for (const number of inView.slice(0, LARGE)) {
    const node = all.nodes[number], half = node.size * 0.8;
    boxes.push([node.x - half, node.y - half, node.x + half, node.y + half, number]);
  }
  const drawn = [];
  canvas.textAlign = "center"; canvas.textBaseline = "top"; canvas.lineJoin = "round"; canvas.lineWidth = 3.5 / scale;
  canvas.strokeStyle = theme.paper; canvas.fillStyle = theme.ink;
  for (const number of order) {
    if (drawn.length >= most) break;
    const node = all.nodes[number], main = number === chosen?.entity, own = main ? size * 1.25 : size;
    const name = entities[number].name, text = name.length > 14 && !main ? `${name.slice(0, 13)}…` : name;
    canvas.font = `${main ? 700 : 500} ${own}px ${FONT}`;
    const wide = canvas.measureText(text).width / 2, top = node.y + node.size + 2 / scale;
    const box = [node.x - wide, top, node.x + wide, top + own * 1.2, -1];
    const covered = boxes.some((other) => other[4] !== number && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    const cut = box[0] < view.x - halfX || box[2] > view.x + halfX;
    if ((covered || cut) && !main) continue;
    boxes.push(box);
    drawn.push(number);
    canvas.globalAlpha = near && !near.has(number) ? 0.25 : 1;
    canvas.strokeText(text, node.x, top);
    canvas.fillText(text, node.x, top);
    canvas.globalAlpha = 1;
  }
  window.yishiLabels = drawn;
});

/** Move the view so that these nodes fill it, but never nearer than life size. */
function show(numbers, animation) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const number of numbers) {
    const { x, y, size } = all.nodes[number];
    box.left = Math.min(box.left, x - size); box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size); box.bottom = Math.max(box.bottom, y + size);
  }
  if (box.left === Infinity) return;
  const wide = $("graph").clientWidth, high = $("graph").clientHeight; // beside and below the nodes there is room for their labels
  const roomX = wide - Math.min(170, wide / 4), roomY = high - Math.min(90, high / 4);
  const scale = Math.min(1, roomX / (box.right - box.left), roomY / (box.bottom - box.top));
  network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale, animation });
}
