// A large picture as it is when the view rests: what is in view, as finely as it can be seen. Runs in a worker, else in the page itself.

const LARGE_SMALL = 3; // device pixels: nodes of no larger radius are dots, whatever their shape
const LARGE_LEAST = 1.15, LARGE_TINY = 0.7, LARGE_APART = 34; // CSS pixels: the smallest radius of a node, and however far out; graph units that leave room between two
const LARGE_FEW = 2600; // so many lines in view are each drawn clearly, with arrows and dashes; of more, the longer the fainter
const LARGE_FAINT = 0.07; // of lines that would be fainter, a sample is drawn with this strength
const LARGE_MANY = 40; // of more lines that stand out, each is finer
const LARGE_ENDS = [0.14, 0.6, 0.75]; // how opaque a line is, of few, by how many of its ends are in view
const LARGE_FADED = 0.16, LARGE_THIN = 0.12; // how much of a node and of a line is left where others stand out

/** `canvas`: makes an empty canvas of a size. The rest of the state comes by `set`: what view.js calls show, place, choose, pin and theme give. */
function largePainter({ nodes, edges, communities, styles }, canvas) {
  const raster = largeRaster(), page = canvas(8, 8), pen = page.getContext("2d", { alpha: false }), tint = canvas(1, 1).getContext("2d", { willReadFrequently: true });
  const members = new Uint32Array(communities.length), widths = new Map(), xs = new Float32Array(nodes.count), ys = new Float32Array(nodes.count);
  const now = { nodes: new Uint8Array(nodes.count), edges: new Uint8Array(edges.count), places: null, picked: { nodes: [], edges: [], near: null, names: new Map() }, pins: new Map(), theme: null };
  let at = largePlaces(nodes, null, now.pins), colour = null, strong = { nodes: new Set(), edges: new Set() };

  const rgb = (css) => {
    tint.fillStyle = css;
    tint.fillRect(0, 0, 1, 1);
    return [...tint.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  function set(change) {
    Object.assign(now, change);
    if (change.places !== undefined || change.pins) at = largePlaces(nodes, now.places, now.pins);
    if (change.picked) strong = { nodes: new Set(now.picked.nodes), edges: new Set(now.picked.edges) };
    if (change.theme) colour = { ...Object.fromEntries(["paper", "line", "planned", "disc"].map((name) => [name, rgb(now.theme[name])])), sorts: now.theme.sorts.map(rgb) };
    if (change.nodes) {
      members.fill(0);
      for (let node = 0; node < nodes.count; node++) if (now.nodes[node] && nodes.community[node] >= 0) members[nodes.community[node]]++;
    }
  }
  const isNear = (node) => now.picked.near === null || now.picked.near[node] === 1 || now.pins.has(node);

  /** The picture of `camera` for a box of `width` × `height` CSS pixels with `margin` around it, `ratio` device pixels each; `bare`: no names. */
  function paint({ camera, width, height, ratio, insets, margin = 0, bare = false }) {
    const wide = Math.round((width + 2 * margin) * ratio), high = Math.round((height + 2 * margin) * ratio), scale = camera.scale * ratio;
    const screen = { scale, wide, high, ratio, x: (x) => (x - camera.x) * scale + wide / 2, y: (y) => (y - camera.y) * scale + high / 2 };
    raster.begin(wide, high, colour.paper);
    if (!now.places) discs(screen);
    const seen = inView(screen, camera), drawn = lines(screen);
    const large = dots(screen, seen);
    [page.width, page.height] = [wide, high];
    pen.putImageData(raster.pixels(), 0, 0);
    strongLines(screen);
    if (drawn.near) arrows(screen);
    for (const node of large) sign(screen, node);
    const labels = bare ? [] : largeLabels({ camera, width, height, insets, seen, nodes, now, at, communities, strong, edges, measure });
    return { page, labels, near: drawn.near, counts: { nodes: seen.length, lines: drawn.count, of: drawn.of } };
  }
  function discs({ x, y, scale }) {
    communities.forEach((disc, number) => { if (disc.count >= 3 && members[number]) raster.dot(x(disc.x), y(disc.y), disc.radius * scale, colour.disc, 1); });
  }
  /** The nodes that are to be seen, the most important first. Works out where all nodes are on the screen. */
  function inView({ scale, wide, high }, camera) {
    const found = [], midX = wide / 2 - camera.x * scale, midY = high / 2 - camera.y * scale;
    for (let place = 0; place < nodes.count; place++) {
      const node = nodes.rank[place], left = at.x[node] * scale + midX, top = at.y[node] * scale + midY, room = at.size[node] * scale + 2;
      xs[node] = left; ys[node] = top;
      if (now.nodes[node] && left > -room && top > -room && left < wide + room && top < high + room) found.push(node);
    }
    return found;
  }
  /** All lines but those that stand out, as ink: {count, of, near}: drawn, in view, and whether they are so few that all are equal. */
  function lines({ ratio, wide, high }) {
    const within = (node) => (xs[node] >= 0 && ys[node] >= 0 && xs[node] <= wide && ys[node] <= high ? 1 : 0);
    const found = [], fades = now.picked.near === null ? 1 : LARGE_THIN / 0.75, bent = now.places?.curve === "horizontal";
    const meets = (from, to) => (bent ? Math.max(xs[from], xs[to]) > 0 && Math.min(xs[from], xs[to]) < wide && Math.max(ys[from], ys[to]) > 0 && Math.min(ys[from], ys[to]) < high : raster.crosses(xs[from], ys[from], xs[to], ys[to]));
    for (let edge = 0; edge < edges.count; edge++) {
      const from = edges.from[edge], to = edges.to[edge];
      if (now.edges[edge] && now.nodes[from] && now.nodes[to] && !strong.edges.has(edge) && meets(from, to)) found.push(edge);
    }
    const near = found.length <= LARGE_FEW, dash = near ? [6 * ratio, 5 * ratio] : null;
    let count = 0;
    for (const edge of found) {
      const from = edges.from[edge], to = edges.to[edge], long = Math.hypot(xs[to] - xs[from], ys[to] - ys[from]) / ratio, planned = edges.planned[edge] === 1;
      const ends = near ? within(from) + within(to) : 0, alpha = near ? LARGE_ENDS[ends] : largeStrength(edge, long);
      if (alpha === 0) continue;
      const weight = largeInk(alpha * fades), way = bent ? largeWay(xs, ys, from, to, true) : null;
      count++;
      if (!bent) { raster.line(xs[from], ys[from], xs[to], ys[to], ratio, weight, planned, planned && ends ? dash : null, 0); continue; }
      for (let part = 0, along = 0; part + 3 < way.length; part += 2) {
        raster.line(way[part], way[part + 1], way[part + 2], way[part + 3], ratio, weight, planned, planned ? dash : null, along);
        along += Math.hypot(way[part + 2] - way[part], way[part + 3] - way[part + 1]);
      }
    }
    raster.lay([colour.line, colour.planned]);
    return { count, of: found.length, near };
  }
  /** Small nodes as dots, those that fade first; the others are given back, the most important last. */
  function dots({ scale, ratio }, seen) {
    const large = [], least = ratio * Math.max(LARGE_TINY, Math.min(LARGE_LEAST, (LARGE_APART * scale) / ratio));
    for (const faded of now.picked.near === null ? [false] : [true, false]) {
      for (let place = seen.length - 1; place >= 0; place--) {
        const node = seen[place], radius = Math.max(at.size[node] * scale, now.picked.near && !faded ? 2.4 * ratio : least);
        if (now.picked.near !== null && isNear(node) === faded) continue;
        if (radius > LARGE_SMALL || strong.nodes.has(node) || now.pins.has(node)) large.push(node);
        else raster.dot(xs[node], ys[node], radius, colour.sorts[nodes.sort[node]], faded ? LARGE_FADED : 1);
      }
    }
    return large;
  }
  /** A node as its class is drawn. */
  function sign({ scale, ratio }, node) {
    const radius = Math.max(at.size[node] * scale, (strong.nodes.has(node) ? 4 : 2.4) * ratio), { shape, hollow } = styles[nodes.sort[node]];
    const own = now.theme.sorts[nodes.sort[node]], chosen = strong.nodes.has(node), thick = chosen ? 3 : now.pins.has(node) ? 4 : hollow ? 2.5 : 1;
    pen.globalAlpha = isNear(node) ? 1 : LARGE_FADED;
    pen.beginPath();
    if (shape === "dot") pen.arc(xs[node], ys[node], radius, 0, 2 * Math.PI);
    else for (const [dx, dy] of CORNERS[shape]) pen.lineTo(xs[node] + dx * radius, ys[node] + dy * radius);
    pen.closePath();
    pen.fillStyle = hollow ? now.theme.paper : own;
    pen.strokeStyle = chosen ? now.theme.ink : own;
    pen.lineWidth = Math.max(ratio, thick * Math.min(scale, ratio * 1.2));
    pen.fill();
    pen.stroke();
    pen.globalAlpha = 1;
  }
  function strongLines({ ratio }) {
    const many = strong.edges.size > LARGE_MANY;
    pen.lineWidth = (many ? 1 : 1.8) * ratio;
    pen.globalAlpha = many ? 0.55 : 1;
    for (const edge of strong.edges) {
      if (!now.edges[edge] || !now.nodes[edges.from[edge]] || !now.nodes[edges.to[edge]]) continue;
      const way = largeWay(xs, ys, edges.from[edge], edges.to[edge], now.places?.curve === "horizontal");
      pen.strokeStyle = edges.planned[edge] ? now.theme.planned : now.theme.strong;
      pen.setLineDash(edges.planned[edge] ? [6 * ratio, 5 * ratio] : []);
      pen.beginPath();
      for (let part = 0; part < way.length; part += 2) pen.lineTo(way[part], way[part + 1]);
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }
  /** Arrows at the ends of the lines, where there is room for them. */
  function arrows({ scale, ratio, wide, high }) {
    const size = 9 * Math.min(scale, ratio);
    if (size < 3.5 * ratio) return;
    for (let edge = 0; edge < edges.count; edge++) {
      const from = edges.from[edge], to = edges.to[edge];
      if (!now.edges[edge] || from === to || !now.nodes[from] || !now.nodes[to]) continue;
      const left = xs[to], top = ys[to];
      if (left < 0 || top < 0 || left > wide || top > high) continue;
      const way = largeWay(xs, ys, from, to, now.places?.curve === "horizontal"), end = way.length, dx = left - way[end - 4], dy = top - way[end - 3], long = Math.hypot(dx, dy) || 1;
      const [ux, uy] = [dx / long, dy / long], radius = at.size[to] * scale + ratio, tip = [left - ux * radius, top - uy * radius];
      const own = strong.edges.has(edge);
      pen.globalAlpha = own ? 1 : now.picked.near ? LARGE_THIN : 0.75;
      pen.fillStyle = edges.planned[edge] ? now.theme.planned : own ? now.theme.strong : now.theme.line;
      pen.beginPath();
      pen.moveTo(tip[0], tip[1]);
      pen.lineTo(tip[0] - ux * size - uy * size * 0.4, tip[1] - uy * size + ux * size * 0.4);
      pen.lineTo(tip[0] - ux * size + uy * size * 0.4, tip[1] - uy * size - ux * size * 0.4);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }
  function measure(text, size, weight) {
    const key = `${weight} ${size}px ${SANS}`;
    if (!widths.has(key + text)) { pen.font = key; widths.set(key + text, pen.measureText(text).width); }
    return widths.get(key + text);
  }
  return { set, paint, theme: () => now.theme, faded: (label) => label.node !== undefined && !isNear(label.node) };
}
/** How opaque one of many lines is, so many CSS pixels long: the longer the fainter; of those too faint to see 0 for most, in place of them more for the others. */
function largeStrength(edge, long) {
  const alpha = Math.min(0.5, 9 / long);
  return alpha >= LARGE_FAINT ? alpha : ((edge * 2654435761) >>> 0) / 4294967296 <= Math.max(0.02, alpha) / LARGE_FAINT ? LARGE_FAINT : 0;
}
/** Where the nodes stand and how large they are: in the places of a scene, else of the overview, and those that are pinned where they were put. */
function largePlaces(nodes, places, pins) {
  const { size } = places ?? nodes, x = Float32Array.from((places ?? nodes).x), y = Float32Array.from((places ?? nodes).y);
  for (const [node, place] of pins) { x[node] = place.x; y[node] = place.y; }
  return { x, y, size };
}
/** The way of a line between two nodes whose places are in xs and ys: x, y, x, y …; a straight one, or (`bent`) one that leaves and arrives sideways. */
function largeWay(xs, ys, from, to, bent) {
  const x0 = xs[from], y0 = ys[from], x1 = xs[to], y1 = ys[to];
  if (!bent) return [x0, y0, x1, y1];
  const beside = Math.abs(x1 - x0) < Math.abs(y1 - y0) / 5; // one above the other: it swings out
  const way = [], middle = beside ? Math.min(x0, x1) - Math.abs(y1 - y0) / 6 : (x0 + x1) / 2;
  const steps = Math.max(8, Math.min(40, Math.round(Math.hypot(x1 - x0, y1 - y0) / 24)));
  for (let step = 0; step <= steps; step++) {
    const t = step / steps, s = 1 - t;
    way.push(s * s * s * x0 + 3 * s * t * middle + t * t * t * x1, s * s * (1 + 2 * t) * y0 + t * t * (3 - 2 * t) * y1);
  }
  return way;
}
