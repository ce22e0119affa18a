// The picture as vis-network draws it: what pyvis ships. For small and middle graphs. See view.js for what a view must be able to do.

const FAR_LABELS = 46, NEAR_LABELS = 300, FAR = 0.62; // so many names where the scale is below FAR, and where it is not
const CROWD = 30; // more chosen lines than this are drawn as fine as the others
const SOLID = 150; // so many of the nodes in view, the most important ones, have no other's name over them

function makeVisView(box, graph, on) {
  const { nodes, edges, communities, styles } = graph;
  let theme = { sorts: [] }, shownNodes = new Uint8Array(nodes.count).fill(1), shownEdges = new Uint8Array(edges.count).fill(1), places = null;
  let picked = { nodes: [], edges: [], near: null, names: new Map() }, hovered = null, written = [], insets = { top: 0, right: 0, bottom: 0, left: 0 };
  const pins = new Map(), widths = new Map(), chosenNodes = new Set(), chosenEdges = new Set();
  const all = (count) => Array.from({ length: count }, (_, id) => id);
  const place = (node) => pins.get(node) ?? (places ? { x: places.x[node], y: places.y[node] } : { x: nodes.x[node], y: nodes.y[node] });
  const sizeOf = (node) => places?.size[node] ?? nodes.size[node];
  const isNear = (node) => picked.near === null || picked.near[node] === 1 || pins.has(node);

  const nodeSet = new vis.DataSet(all(nodes.count).map((id) => ({ id, x: nodes.x[id], y: nodes.y[id], size: nodes.size[id], shape: styles[nodes.sort[id]].shape })));
  const edgeSet = new vis.DataSet(all(edges.count).map((id) => ({ id, from: edges.from[id], to: edges.to[id], dashes: edges.planned[id] ? [6, 5] : false })));
  const nodeView = new vis.DataView(nodeSet, { filter: ({ id }) => shownNodes[id] === 1 });
  const edgeView = new vis.DataView(edgeSet, { filter: ({ id, from, to }) => shownEdges[id] === 1 && shownNodes[from] === 1 && shownNodes[to] === 1 });
  const network = new vis.Network(box, { nodes: nodeView, edges: edgeView }, { ...kg.options, autoResize: false });

  network.canvas.frame.tabIndex = -1; // the box itself takes the focus

  function nodeLook(id) {
    const colour = theme.sorts[nodes.sort[id]], background = styles[nodes.sort[id]].hollow ? theme.paper : colour, strong = chosenNodes.has(id);
    const now = { background, border: strong ? theme.ink : colour };
    return {
      id, ...place(id), size: sizeOf(id) * (strong ? 1.3 : 1), color: { ...now, highlight: now, hover: { background, border: theme.ink } }, opacity: isNear(id) ? 1 : 0.16,
      borderWidth: strong ? 3 : pins.has(id) ? 4 : styles[nodes.sort[id]].hollow ? 2.5 : 1,
    };
  }
  function edgeLook(id) {
    const strong = chosenEdges.has(id), planned = edges.planned[id] === 1, colour = planned ? theme.planned : strong && !crowded() ? theme.strong : theme.line;
    const opacity = strong ? 1 : picked.near ? 0.12 : places ? 0.9 : 0.75;
    return { id, width: strong && !crowded() ? 2 : 1.3, color: { color: colour, highlight: colour, hover: theme.ink, opacity } };
  }
  const crowded = () => chosenEdges.size > CROWD;
  const look = () => { nodeSet.update(all(nodes.count).map(nodeLook)); edgeSet.update(all(edges.count).map(edgeLook)); };

  // Discs of the communities, below all else, where the places are the overview's.
  network.on("beforeDrawing", (canvas) => {
    if (places) return;
    canvas.fillStyle = theme.disc;
    for (const [number, disc] of communities.entries()) {
      if (disc.count < 3 || !discShown(number)) continue;
      canvas.beginPath();
      canvas.arc(disc.x, disc.y, disc.radius, 0, 2 * Math.PI);
      canvas.fill();
    }
  });
  const members = communities.map(() => []);
  nodes.community.forEach((number, node) => { if (number >= 0) members[number].push(node); });
  const discShown = (number) => members[number].some((node) => shownNodes[node]);

  network.on("afterDrawing", (canvas) => {
    const ratio = network.canvas.frame.canvas.width / box.clientWidth;
    canvas.save();
    canvas.setTransform(ratio, 0, 0, ratio, 0, 0);
    const names = nodeLabels(canvas);
    written = [...names, ...edgeLabels(canvas, names)];
    paintLabels(canvas, written, theme, (label) => label.node !== undefined && !isNear(label.node));
    canvas.restore();
  });
  const measurer = (canvas) => (text, size, weight) => {
    const key = `${weight} ${size}px ${SANS}`;
    if (!widths.has(key + text)) { canvas.font = key; widths.set(key + text, canvas.measureText(text).width); }
    return widths.get(key + text);
  };
  function nodeLabels(canvas) {
    const { scale } = view.camera(), width = box.clientWidth, height = box.clientHeight;
    const hubs = hubsOf(communities, places);
    const inView = [];
    for (const node of nodes.rank) {
      if (!shownNodes[node]) continue;
      const { x, y } = view.at(node), radius = sizeOf(node) * scale;
      if (x > -radius && y > -radius && x < width + radius && y < height + radius) inView.push({ node, x, y, radius });
    }
    const names = namesOf(inView, { nodes, places, picked, pins, hubs, far: scale < FAR, strong: (node) => chosenNodes.has(node) || node === hovered?.node });
    return ofCommunities(placeLabels({ names, solid: inView.slice(0, SOLID), width, height, measure: measurer(canvas), insets, most: scale >= (places ? 0.5 : FAR) ? NEAR_LABELS : FAR_LABELS }), hubs);
  }
  function edgeLabels(canvas, others) {
    const named = new Map(picked.names), names = [];
    if (hovered?.edge !== undefined) named.set(hovered.edge, on.name(hovered.edge));
    for (const [edge, text] of named) {
      const drawn = network.body.edges[edge];
      if (drawn?.connected && edgeView.get(edge)) names.push({ edge, text, ...network.canvasToDOM(drawn.edgeType.getPoint(0.5)) });
    }
    return placeLineNames(names, others, { width: box.clientWidth, insets, measure: measurer(canvas) });
  }

  let settling = 0, resting = [], pending = null;
  const rest = () => { clearTimeout(settling); settling = setTimeout(() => { on.moved(view.camera()); for (const done of resting.splice(0)) done(); }, 120); };
  const glide = (wanted) => (wanted && !still() ? { duration: 350, easingFunction: "easeInOutQuad" } : false);

  network.on("click", ({ nodes: [node], edges: [edge], event }) => {
    if (node !== undefined) on.node(node, event.srcEvent);
    else if (edge !== undefined) on.edge(edge);
    else on.nothing();
    network.unselectAll();
  });
  for (const [event, key, value] of [["hoverNode", "node", true], ["blurNode", "node", false], ["hoverEdge", "edge", true], ["blurEdge", "edge", false]]) {
    network.on(event, (what) => {
      hovered = value ? { [key]: what[key] } : null;
      box.style.cursor = value ? "pointer" : "";
      on.hover(hovered);
      network.redraw();
    });
  }
  network.on("dragEnd", ({ nodes: [node] }) => {
    network.unselectAll();
    if (node === undefined) return rest();
    const { x, y } = network.getPositions([node])[node];
    on.dropped(node, x, y);
  });
  network.on("zoom", rest);
  network.on("animationFinished", rest);
  const watcher = new ResizeObserver(() => {
    if (!box.clientWidth || !box.clientHeight) return;
    network.setSize(`${box.clientWidth}px`, `${box.clientHeight}px`);
    network.redraw();
    if (pending) view.fit(...pending); // it was asked for while the box was not to be seen
  });
  watcher.observe(box);

  const view = {
    network,
    show(nodeFlags, edgeFlags) { shownNodes = nodeFlags; shownEdges = edgeFlags; nodeView.refresh(); edgeView.refresh(); },
    place(next) {
      const curve = next?.curve ?? null;
      if (curve !== (places?.curve ?? null)) {
        const smooth = curve === "horizontal" ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } : kg.options.edges.smooth;
        network.setOptions({ edges: { smooth } });
      }
      places = next;
      look();
    },
    choose(next) {
      picked = next;
      for (const [set, list] of [[chosenNodes, next.nodes], [chosenEdges, next.edges]]) { set.clear(); for (const number of list) set.add(number); }
      look();
    },
    pin(node, at) {
      if (at) pins.set(node, at);
      else pins.delete(node);
      nodeSet.update(nodeLook(node));
    },
    inset(next) { insets = next; },
    fit(list, { glide: wanted = false, nearest = 1 } = {}) {
      const shown = [...(list ?? nodes.rank)].filter((node) => shownNodes[node]);
      pending = box.clientWidth ? null : [list, { glide: wanted, nearest }];
      if (!shown.length || pending) return rest();
      const size = { width: box.clientWidth, height: box.clientHeight };
      view.setCamera(fitting(shown.map((node) => ({ ...place(node), size: sizeOf(node), side: places?.side[node] ?? 0, name: nodes.label[node] })), { ...size, insets, nearest }), { glide: wanted });
    },
    camera() { const { x, y } = network.getViewPosition(); return { x, y, scale: network.getScale() }; },
    setCamera({ x, y, scale }, { glide: wanted = false } = {}) {
      const animation = glide(wanted);
      network.moveTo({ position: { x, y }, scale, animation });
      if (!animation) rest();
    },
    at(node) { return network.canvasToDOM(place(node)); },
    theme(next) { theme = next; look(); },
    labels: () => written,
    rested: () => new Promise((done) => { resting.push(done); rest(); }),
    destroy() { watcher.disconnect(); network.destroy(); },
  };
  network.setSize(`${box.clientWidth}px`, `${box.clientHeight}px`);
  return view;
}
