// Ways through the graph, over the lines that are shown.

/** How many steps each node is from `centre` (-1: more than `most`, or no way), over flagged lines between flagged nodes. */
function distances(centre, most, nodes, edges) {
  const found = new Int16Array(kg.count).fill(-1);
  found[centre] = 0;
  let edge = [centre];
  for (let step = 1; step <= most && edge.length; step++) {
    const next = [];
    for (const node of edge) {
      for (const other of neighbours(node, nodes, edges)) if (found[other] < 0) { found[other] = step; next.push(other); }
    }
    edge = next;
  }
  return found;
}
/** The nodes of a shortest way from one node to another, both included; null where there is none. */
function shortest(from, to, nodes, edges) {
  if (!(from in kg.names && to in kg.names)) return null;
  const back = new Int32Array(kg.count).fill(-1);
  back[from] = from;
  let rim = [from];
  while (rim.length && back[to] < 0) {
    const next = [];
    for (const node of rim) for (const other of neighbours(node, nodes, edges)) if (back[other] < 0) { back[other] = node; next.push(other); }
    rim = next;
  }
  if (back[to] < 0) return null;
  const way = [to];
  while (way[0] !== from) way.unshift(back[way[0]]);
  return way;
}
/** The lines that join a node with the one behind it on a way, in either direction. */
function linesOn(way, edges) {
  return way.slice(1).map((node, place) => [kg.edgeOf(way[place], node), kg.edgeOf(node, way[place])].filter((edge) => edge >= 0 && edges[edge]));
}
function* neighbours(node, nodes, edges) {
  for (const edge of kg.edgesOf[node]) {
    if (!edges[edge]) continue;
    const other = kg.edges.from[edge] === node ? kg.edges.to[edge] : kg.edges.from[edge];
    if (nodes[other]) yield other;
  }
}
