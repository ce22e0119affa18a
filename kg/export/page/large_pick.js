// What is under the pointer in a large picture: nodes by a grid of cells, lines by their distance where they can be told apart.

const LARGE_CELL = 240, LARGE_REACH = 6, LARGE_LINE = 5; // graph units; CSS pixels around a node and beside a line that still count

/** Finds nodes by place. `at`: {x, y}; `shown`: flags. */
function largeGrid(at, shown, count) {
  const cells = new Map(), key = (column, line) => column * 1000003 + line;
  for (let node = 0; node < count; node++) {
    if (!shown[node]) continue;
    const cell = key(Math.floor(at.x[node] / LARGE_CELL), Math.floor(at.y[node] / LARGE_CELL));
    if (cells.has(cell)) cells.get(cell).push(node);
    else cells.set(cell, [node]);
  }
  /** The nodes that stand at most `reach` graph units from a point, and some near them. */
  return function * around(x, y, reach) {
    const to = Math.floor((x + reach) / LARGE_CELL), bottom = Math.floor((y + reach) / LARGE_CELL);
    for (let column = Math.floor((x - reach) / LARGE_CELL); column <= to; column++) {
      for (let line = Math.floor((y - reach) / LARGE_CELL); line <= bottom; line++) yield * cells.get(key(column, line)) ?? [];
    }
  };
}
/** The node at a point of the graph, -1 where there is none: the nearest to it of those whose sign it touches or nearly touches. */
function largeNodeAt({ x, y }, { scale, around, at, size, largest }) {
  let best = -1, least = Infinity;
  for (const node of around(x, y, largest + LARGE_REACH / scale)) {
    const far = (Math.hypot(at.x[node] - x, at.y[node] - y) - size[node]) * scale;
    if (far <= LARGE_REACH && far < least) { best = node; least = far; }
  }
  return best;
}
/** The line at a point of the graph, -1 where there is none, of those that `counts` lets through. */
function largeEdgeAt({ x, y }, { scale, at, edges, bent, counts }) {
  let best = -1, least = LARGE_LINE / scale;
  for (let edge = 0; edge < edges.count; edge++) {
    const from = edges.from[edge], to = edges.to[edge], reach = LARGE_LINE / scale;
    if (Math.min(at.x[from], at.x[to]) > x + reach || Math.max(at.x[from], at.x[to]) < x - reach || Math.min(at.y[from], at.y[to]) > y + reach || Math.max(at.y[from], at.y[to]) < y - reach) continue;
    if (!counts(edge, from, to)) continue;
    const way = largeWay(at.x, at.y, from, to, bent);
    for (let part = 0; part + 3 < way.length; part += 2) {
      const x0 = way[part] - x, y0 = way[part + 1] - y, dx = way[part + 2] - way[part], dy = way[part + 3] - way[part + 1];
      const along = Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / (dx * dx + dy * dy || 1))), far = Math.hypot(x0 + along * dx, y0 + along * dy);
      if (far < least) { best = edge; least = far; }
    }
  }
  return best;
}
