// Where the nodes of a small scene stand: columns to both sides of what it is about, or a row. Places are in graph units.

const LARGEST = 9, HUB = 22; // the largest radius of a node in a scene, and of one that it is about
const PITCH = 30, COLUMN = 250, BULGE = 46; // between rows; between columns; how far the middle row stands out
const NAMES = 185; // what names at the side of a column take

/** Empty places for all nodes. */
const emptyPlaces = (curve) => ({ x: new Float32Array(kg.count), y: new Float32Array(kg.count), side: new Int8Array(kg.count), size: kg.graph.nodes.size.map((size) => Math.min(size * 0.6, LARGEST)), hubs: new Set(), curve });
function put(places, node, x, y, side) {
  places.x[node] = x; places.y[node] = y; places.side[node] = side;
}
/** How far from the middle the first columns stand: no further than lets the names at their sides be read. */
const firstColumn = ({ width }) => Math.min(230, Math.max(44, width / 2 - NAMES - BULGE));
/** How many rows columns have, so that the layers of both sides are seen as large as they can be in the pane. */
function rowsFor(left, right, { width, height }) {
  const first = firstColumn({ width }), wide = (layers, rows) => first + COLUMN * layers.reduce((sum, layer) => sum + Math.ceil(layer.length / rows), -1);
  const scale = (rows) => Math.min((width - 240) / (wide(left, rows) + wide(right, rows)), (height - 60) / (rows * PITCH));
  let best = 8;
  for (let rows = 9; rows <= 80; rows++) if (scale(rows) > scale(best)) best = rows;
  return best;
}
/** Blocks one below the other, each a hub with lists of nodes by distance to its left and right: {hub, left: [[…], …], right: [[…], …]}. */
function columns(blocks, rows, pane) {
  const places = emptyPlaces("horizontal"), first = firstColumn(pane);
  let top = 0;
  for (const { hub, left, right } of blocks) {
    const high = Math.max(2, ...[...left, ...right].map((list) => Math.min(rows, list.length))) * PITCH;
    put(places, hub, 0, top + high / 2, 0);
    places.size[hub] = HUB;
    places.hubs.add(hub);
    for (const [side, layers] of [[-1, left], [1, right]]) {
      let from = first;
      for (const layer of layers) {
        const wide = Math.ceil(layer.length / rows), each = Math.ceil(layer.length / Math.max(1, wide));
        layer.forEach((node, place) => {
          const column = Math.floor(place / each), row = place % each, here = Math.min(each, layer.length - column * each);
          const level = here > 1 ? (2 * row) / (here - 1) - 1 : 0; // -1 at the top, 1 at the foot
          const out = from + column * COLUMN + BULGE * (1 - level * level) * Math.min(1, here / 8);
          put(places, node, side * out, top + high / 2 + (row - (here - 1) / 2) * PITCH, side);
        });
        from += Math.max(1, wide) * COLUMN;
      }
    }
    top += high + 2.5 * PITCH;
  }
  return places;
}
/** A way as a row (or, where the picture is higher than wide, as a column). */
function row(way, upright) {
  const places = emptyPlaces("");
  for (const node of way) places.size[node] = HUB / 2;
  way.forEach((node, place) => (upright ? put(places, node, 0, place * 110, 1) : put(places, node, place * 240, 0, 0)));
  return places;
}
