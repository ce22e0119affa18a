// The names on a large picture: few far out, all of them near. See labels.js for where they find room.

const LARGE_FAR = 0.45, LARGE_ROOM = 21000, LARGE_MOST = 320; // below this scale one name for so many square pixels, else so many at the most
const LARGE_TRIED = 1600, LARGE_SOLID = 150, LARGE_DOT = 3; // so many names are tried; so many of the most important nodes, where they are more than dots of so many pixels, keep free of other's names

/** The labels of a picture, in CSS pixels of the box: what labels() in view.js gives. `seen`: the nodes in view, the most important first. */
function largeLabels({ camera, width, height, insets, seen, nodes, edges, now, at, communities, strong, measure }) {
  const { scale } = camera, { places, picked, pins } = now, far = scale < LARGE_FAR, hubs = hubsOf(communities, places);
  const spot = (node) => ({ node, x: (at.x[node] - camera.x) * scale + width / 2, y: (at.y[node] - camera.y) * scale + height / 2, radius: Math.max(1.5, at.size[node] * scale) });
  const tried = seen.filter((node, order) => order < LARGE_TRIED || hubs.has(node) || picked.near?.[node] || pins.has(node));
  const names = namesOf(tried.map(spot), { nodes, places, picked, pins, hubs, far, strong: (node) => strong.nodes.has(node) }).slice(0, LARGE_TRIED);
  const solid = seen.slice(0, LARGE_SOLID).map(spot).filter(({ radius }) => radius >= LARGE_DOT);
  const most = far && !places ? Math.max(24, Math.round((width * height) / LARGE_ROOM)) : LARGE_MOST;
  const labels = ofCommunities(placeLabels({ names, solid, width, height, measure, insets, most }), hubs), said = [];
  for (const [edge, text] of picked.names) {
    const from = spot(edges.from[edge]), to = spot(edges.to[edge]);
    if (now.edges[edge] && now.nodes[from.node] && now.nodes[to.node]) said.push({ edge, text, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  }
  return [...labels, ...placeLineNames(said, labels, { width, insets, measure })];
}
/** All labels in a sheet of their own, side by side in rows; each label then knows its place there: they are moved one by one while the view moves. */
function largeSheet(labels, theme, ratio, faded, canvas) {
  const gap = 3, wide = 1600, placed = [];
  let x = 0, y = 0, tall = 0;
  for (const label of labels) {
    const width = Math.ceil(label.width) + 2 * gap, height = Math.ceil(label.height) + 2 * gap;
    if (x + width > wide) { x = 0; y += tall; tall = 0; }
    placed.push({ ...label, x: x + gap, y: y + gap });
    label.sheet = [x, y, width, height].map((value) => value * ratio);
    label.gap = gap;
    x += width; tall = Math.max(tall, height);
  }
  const sheet = canvas(Math.ceil(wide * ratio), Math.max(1, Math.ceil((y + tall) * ratio))), pen = sheet.getContext("2d");
  pen.scale(ratio, ratio);
  paintLabels(pen, placed, theme, faded);
  return sheet;
}
