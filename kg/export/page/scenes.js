// What is shown: which nodes, lines and facts the filters let through, which of them the scene is about, and where they stand.

const STORY_SIDE = 20, STORY_BODIES = 4; // so many nodes on each side of the story, and so many bodies that it is told of

/** Flags of what the filters let through, scene or no scene. `without`: a facet that is not asked (for its counts). */
function allowed(without = "") {
  const { off, years, undated } = state, facts = new Uint8Array(kg.facts.count), nodes = new Uint8Array(kg.count);
  const no = (facet, value) => facet !== without && off[facet].has(value), narrow = without !== "years" && years !== null;
  const asked = ["property", "status", "source"].some((facet) => facet !== without && off[facet].size) || narrow || (without !== "years" && !undated);
  for (let node = 0; node < kg.count; node++) {
    nodes[node] = no("class", kg.sort[node]) || state.hidden.has(node) || (off.source.size && without !== "source" && kg.mentions(node).length && kg.mentions(node).every(([source]) => off.source.has(source))) ? 0 : 1;
  }
  for (let fact = 0; fact < kg.facts.count; fact++) {
    const span = kg.facts.years[fact];
    const inTime = span ? !narrow || (span[0] <= years[1] && span[1] >= years[0]) : undated || without === "years";
    const on = inTime && !no("property", kg.facts.p[fact]) && !no("status", kg.facts.planned[fact]) && !no("source", kg.facts.source[fact]);
    facts[fact] = on && nodes[kg.facts.s[fact]] && nodes[kg.facts.o[fact]] ? 1 : 0;
  }
  if (asked) for (let node = 0; node < kg.count; node++) if (nodes[node] && !kg.factsOf[node].some((fact) => facts[fact])) nodes[node] = 0;
  for (const node of state.pins.keys()) nodes[node] = 1;
  return { nodes, facts, edges: edgeFlags(facts) };
}
function edgeFlags(facts) {
  const edges = new Uint8Array(kg.edges.count);
  for (let edge = 0; edge < kg.edges.count; edge++) edges[edge] = kg.edges.facts[edge].some((fact) => facts[fact]) ? 1 : 0;
  return edges;
}

/** What the picture shows now: flags of nodes and lines, places (null: the overview's), whether the way asked for was found. */
function scene(pane) {
  const passed = allowed();
  if (state.scene === "whole") return { ...passed, allowed: passed, places: null, way: null };
  const one = { story: () => story(passed, pane), near: () => near(passed, pane), path: () => path(passed, pane) }[state.scene]();
  const nodes = new Uint8Array(kg.count);
  for (const node of one.nodes) nodes[node] = 1;
  for (const node of state.pins.keys()) nodes[node] = 1;
  return { nodes, edges: one.edges ?? passed.edges, facts: passed.facts, allowed: passed, places: one.places, way: one.way ?? null };
}

/** The bodies whose documents these are (else the best connected), each with its platforms to the left and its programs to the right. */
function storyBlocks() {
  const bodies = kg.bodies.length ? kg.bodies.slice(0, STORY_BODIES) : [...kg.rank.slice(0, 1)];
  const taken = new Set(bodies), each = Math.max(3, Math.floor(STORY_SIDE / bodies.length));
  return bodies.map((hub) => {
    const others = [...new Set(kg.factsOf[hub].flatMap((fact) => [kg.facts.s[fact], kg.facts.o[fact]]))].filter((node) => !taken.has(node));
    const best = others.sort((a, b) => kg.factsOf[b].length + kg.figuresOf[b].length - kg.factsOf[a].length - kg.figuresOf[a].length || a - b);
    const ofClass = (name) => best.filter((node) => kg.classes[kg.sort[node]] === name).slice(0, each);
    let left = ofClass("Platform"), right = ofClass("Program");
    if (left.length + right.length < 4) { // a body without platforms and programs is told by whatever it has to do with
      const some = best.slice(0, 2 * each);
      [left, right] = [some.filter((_, place) => place % 2), some.filter((_, place) => !(place % 2))];
    }
    for (const node of [...left, ...right]) taken.add(node);
    return { hub, left, right };
  });
}
let storyFound = null;
const storyOf = () => (storyFound ??= storyBlocks());
const storyNodes = () => new Set(storyOf().flatMap(({ hub, left, right }) => [hub, ...left, ...right]));
function story(passed, pane) {
  const keep = (list) => list.filter((node) => passed.nodes[node]);
  const blocks = storyOf().map(({ hub, left, right }) => ({ hub, left: [keep(left)], right: [keep(right)] }));
  const hubs = blocks.filter(({ hub }) => passed.nodes[hub]).map(({ hub }) => hub);
  return { nodes: [...hubs, ...blocks.flatMap(({ left, right }) => [...left[0], ...right[0]])], places: columns(blocks, STORY_SIDE, pane) };
}

/** What is at most so many steps from the centre: whom it is told of by to the left, what it is told to do to the right, further ones further out. */
function near(passed, pane) {
  const { centre, steps } = state, nodes = passed.nodes.slice();
  nodes[centre] = 1;
  const far = distances(centre, steps, nodes, passed.edges), layers = Array.from({ length: steps + 1 }, () => []);
  far.forEach((step, node) => { if (step >= 0) layers[step].push(node); });
  const kind = (node) => { // first those that point to the centre, then by property, class and importance
    const edge = kg.edgeOf(centre, node), facts = kg.edges.facts[edge >= 0 ? edge : kg.edgeOf(node, centre)];
    return (edge >= 0 ? 100 : 0) + kg.facts.p[facts[0]];
  };
  const places = new Map(kg.rank.length > 0 ? [...kg.rank].map((node, place) => [node, place]) : []);
  const first = (layers[1] ?? []).map((node) => [kind(node), kg.sort[node], places.get(node), node]).sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map((entry) => entry[3]);
  const half = Math.ceil(first.length / 2), side = new Int8Array(kg.count), order = new Map();
  first.forEach((node, place) => { side[node] = place < half ? -1 : 1; order.set(node, place); });
  const left = [first.slice(0, half)], right = [first.slice(half)];
  for (let step = 2; step <= steps; step++) {
    const hung = layers[step].map((node) => [[...neighbours(node, nodes, passed.edges)].filter((other) => far[other] === step - 1).sort((a, b) => order.get(a) - order.get(b))[0], node]);
    hung.sort((a, b) => order.get(a[0]) - order.get(b[0]) || a[1] - b[1]).forEach(([parent, node], place) => { side[node] = side[parent]; order.set(node, place); });
    left.push(hung.filter(([, node]) => side[node] < 0).map(([, node]) => node));
    right.push(hung.filter(([, node]) => side[node] > 0).map(([, node]) => node));
  }
  return { nodes: layers.flat(), places: columns([{ hub: centre, left, right }], rowsFor(left, right, pane), pane) };
}

function path(passed, pane) {
  const nodes = passed.nodes.slice(), [from, to] = state.path;
  nodes[from] = nodes[to] = 1;
  const way = shortest(from, to, nodes, passed.edges), edges = new Uint8Array(kg.edges.count);
  if (way) for (const edge of linesOn(way, passed.edges).flat()) edges[edge] = 1;
  return { nodes: way ?? [from, to], edges, places: row(way ?? [from, to], pane.width < pane.height), way: way ?? [] };
}
