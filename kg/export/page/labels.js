// Which names are written, and where: the more important first, each beside its node where there is room, none over another.

const CELL = 64;
const APART = 5; // CSS pixels between two names on one line
const GAP = 4; // CSS pixels between a node and its name

/** Boxes on the screen that are taken, found by place. */
class Taken {
  constructor() { this.cells = new Map(); }
  * near(box) {
    for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.width) / CELL); x++) {
      for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.height) / CELL); y++) yield x * 100003 + y;
    }
  }
  free(box, own) {
    for (const key of this.near(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.node !== own && box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height) return false;
      }
    }
    return true;
  }
  take(box) {
    for (const key of this.near(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
}
/** The labels that fit, in CSS pixels: {node, text, x, y, width, height, size, weight}.
    names: in order of importance {node, x, y, radius, side, text, size, weight, over}; solid: nodes that no name may lie over (but one that says `over`, where there
    is no other room); width, height: of the box; insets: of it that something lies over; measure: (text, size, weight) → CSS pixels; most: so many at the most. */
function placeLabels({ names, solid, width, height, insets, measure, most }) {
  const taken = new Taken(), nodes = new Taken(), found = [];
  for (const { node, x, y, radius } of solid) nodes.take({ node, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
  for (const name of names) {
    if (found.length >= most) break;
    const room = name.side > 0 ? width - insets.right - 2 - name.x - name.radius - GAP : name.side < 0 ? name.x - name.radius - GAP - insets.left - 2 : Infinity;
    const text = fitted(name, room, measure), wide = measure(text, name.size, name.weight), high = name.size * 1.3;
    const boxes = spots(name, wide, high).map((spot) => ({ ...spot, width: wide, height: high }))
      .filter((box) => box.x >= insets.left + 2 && box.y >= insets.top + 2 && box.x + wide <= width - insets.right - 2 && box.y + high <= height - insets.bottom - 2 && taken.free(box, name.node));
    const spot = boxes.find((box) => nodes.free(box, name.node)) ?? (name.over ? boxes[0] : undefined);
    if (!spot) continue;
    taken.take({ ...spot, x: spot.x - APART, width: wide + 2 * APART, node: -1 });
    found.push({ ...spot, node: name.node, text, size: name.size, weight: name.weight });
  }
  return found;
}
/** A name cut to the room that it has at the side of its node, where there is room for a few characters. */
function fitted({ text, size, weight }, room, measure) {
  if (measure(text, size, weight) <= room || room < 4.5 * size) return text;
  let end = Math.floor(room / size);
  while (end < text.length && measure(`${text.slice(0, end + 1)}…`, size, weight) <= room) end++;
  while (end > 1 && measure(`${text.slice(0, end)}…`, size, weight) > room) end--;
  return `${text.slice(0, end)}…`;
}
/** Where a name can stand, the best place first: beside the node where the scene says which side, else below, above, right, left. */
function spots({ x, y, radius, side }, wide, high) {
  const gap = GAP, right = { x: x + radius + gap, y: y - high / 2 }, left = { x: x - radius - gap - wide, y: y - high / 2 };
  const below = { x: x - wide / 2, y: y + radius + 2 }, above = { x: x - wide / 2, y: y - radius - 2 - high };
  if (side > 0) return [right];
  if (side < 0) return [left];
  return [below, right, left, above];
}
/** Write labels on a canvas whose units are CSS pixels. */
function paintLabels(canvas, labels, theme, faded) {
  canvas.textBaseline = "middle"; canvas.lineJoin = "round"; canvas.lineWidth = 3.5; canvas.textAlign = "left";
  canvas.strokeStyle = theme.paper;
  for (const label of labels) {
    canvas.globalAlpha = faded?.(label) ? 0.3 : 1;
    canvas.font = `${label.weight} ${label.size}px ${SANS}`;
    canvas.fillStyle = label.edge !== undefined ? theme.soft : theme.ink;
    canvas.strokeText(label.text, label.x, label.y + label.height / 2);
    canvas.fillText(label.text, label.x, label.y + label.height / 2);
  }
  canvas.globalAlpha = 1;
}
/** Whose names come before others': a community's or, in a scene, what it is about. Node → number of its community (undefined in a scene). */
function hubsOf(communities, places) {
  return new Map(places ? [...places.hubs].map((hub) => [hub, undefined]) : communities.flatMap(({ hub, count }, number) => (count >= 3 ? [[hub, number]] : [])));
}
/** Names as placeLabels wants them, in order of importance. inView: {node, x, y, radius}, the most important first; far: so far out that hubs stand for
    all the others; strong: whether a node is chosen or pointed at. What is faded on the overview has no name, but hubs, which tell where one is. */
function namesOf(inView, { nodes, places, picked, pins, hubs, far, strong }) {
  const first = (node) => (strong(node) ? 0 : pins.has(node) ? 1 : picked.near ? (picked.near[node] ? 2 : 5) : hubs.has(node) ? 3 : 4);
  const told = inView.map((spot, order) => ({ spot, order, first: first(spot.node) })).filter(({ spot, first: importance }) => importance < 5 || places || hubs.has(spot.node));
  told.sort((a, b) => a.first - b.first || a.order - b.order);
  return told.map(({ spot, first: importance }) => {
    const { node } = spot, chosen = importance === 0, bold = chosen || (hubs.has(node) && !picked.near && (places !== null || far));
    return { ...spot, side: places && !pins.has(node) ? places.side[node] : 0, text: clipped(nodes.label[node], chosen ? 30 : 15), size: chosen ? 14 : bold ? 13.5 : 12.5, weight: bold ? 600 : 400, over: importance <= 3 };
  });
}
/** The labels of hubs with the community that they name. */
const ofCommunities = (labels, hubs) => labels.map((label) => (hubs.get(label.node) === undefined ? label : { ...label, community: hubs.get(label.node) }));
/** What lines say, {edge, text, x, y} with the middle of each, where no other label is. */
function placeLineNames(names, labels, { width, insets, measure }) {
  const found = [];
  for (const { edge, text, x, y } of names) {
    const wide = measure(text, 11.5, 400), label = { edge, text, x: x - wide / 2, y: y - 7.5, width: wide, height: 15, size: 11.5, weight: 400 };
    const clear = (other) => label.x > other.x + other.width || other.x > label.x + wide || label.y > other.y + other.height || other.y > label.y + 15;
    if (label.x > insets.left && label.x + wide < width - insets.right && found.every(clear) && labels.every(clear)) found.push(label);
  }
  return found;
}
/** The camera that shows these nodes, {x, y, size, side, name} in graph units, in the box between its insets with room for their names; at most `nearest`. */
function fitting(shown, { width, height, insets, nearest }) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity, before = 14, behind = 14;
  for (const { x, y, size, side, name } of shown) {
    const long = Math.min(15, name.length) * 12.5 + 10;
    left = Math.min(left, x - size); right = Math.max(right, x + size);
    top = Math.min(top, y - size); bottom = Math.max(bottom, y + size);
    if (side <= 0) before = Math.max(before, side ? long : long / 3);
    if (side >= 0) behind = Math.max(behind, side ? long : long / 3);
  }
  const wide = Math.max(60, width - insets.left - insets.right), high = Math.max(60, height - insets.top - insets.bottom), pad = Math.min(1, (wide * 0.55) / (before + behind));
  before *= pad; behind *= pad;
  const scale = Math.min(nearest, (wide - before - behind) / Math.max(1, right - left), (high - 56) / Math.max(1, bottom - top));
  const middle = { x: insets.left + before + (wide - before - behind) / 2, y: insets.top + (high - 24) / 2 };
  return { x: (left + right) / 2 - (middle.x - width / 2) / scale, y: (top + bottom) / 2 - (middle.y - height / 2) / scale, scale };
}
