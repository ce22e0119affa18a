// The picture of a large graph. While it moves, a picture painted before is moved and scaled, with its names beside their nodes at their own
// size; when it rests, what is seen is painted anew (large_paint.js) in a worker. See view.js for what a view must be able to do.

const LARGE_MARGIN = 0.18; // of the shorter side of the box is painted beyond its rim, for the next move
const LARGE_REST = 90; // milliseconds without a move after which the view rests
const LARGE_IDLE = 400; // milliseconds without anything to do
const LARGE_GLIDE = 350; // milliseconds that a flight takes
const LARGE_NEAREST = 4, LARGE_SHARP = 2; // the largest scale; at most so many device pixels a CSS pixel

function makeLargeView(box, graph, on) {
  const { nodes, edges, communities } = graph, canvas = box.appendChild(document.createElement("canvas")), pen = canvas.getContext("2d", { alpha: false });
  canvas.style.display = "block";
  const state = { nodes: new Uint8Array(nodes.count).fill(1), edges: new Uint8Array(edges.count).fill(1), places: null, picked: { nodes: [], edges: [], near: null, names: new Map() }, pins: new Map(), theme: null };
  const largest = nodes.size.reduce((most, size) => Math.max(most, size), 1);
  let camera = { x: 0, y: 0, scale: 1 }, insets = { top: 0, right: 0, bottom: 0, left: 0 }, size = { width: 0, height: 0 }, ratio = 1, farthest = 0.001;
  let at = largePlaces(nodes, null, state.pins), around = largeGrid(at, state.nodes, nodes.count);
  let version = 0, painting = null, picture = null, ground = null, hovered = null, carried = null, written = [], frame = 0, resting = 0, idle = 0, flight = null, pending = null, ended = false;
  let waiting = []; // who waits for rest

  const screen = (x, y) => ({ x: (x - camera.x) * camera.scale + size.width / 2, y: (y - camera.y) * camera.scale + size.height / 2 });
  const bent = () => state.places?.curve === "horizontal";
  const world = (x, y) => ({ x: (x - size.width / 2) / camera.scale + camera.x, y: (y - size.height / 2) / camera.scale + camera.y });
  const same = (one, two) => one.x === two.x && one.y === two.y && one.scale === two.scale;
  const isTrue = () => picture !== null && picture.version === version && same(picture.camera, camera) && picture.width === size.width && picture.height === size.height && picture.ratio === ratio;

  const painter = largeElsewhere(({ painted, pictures, blob }) => {
    if (ended) return;
    if (blob) return blobs.shift()(blob);
    painting = null;
    const done = { ...painted, image: pictures[0], sheet: pictures[1] };
    if (painted.ground) { ground?.image.close(); ground = done; }
    else { picture?.image.close(); picture?.sheet.close(); picture = done; }
    return draw(); // and then ask for what is wanted next
  });
  const blobs = [];
  painter.send({ graph });

  /** After a frame: ask for the true picture of what is seen now, where it is not there; while the view moves, only where what is painted will not do. */
  function next() {
    if (painting || !state.theme || !size.width) return;
    const wanted = { ...size, ratio, insets, version };
    if (!isTrue() && (!moving() || stale())) painting = { ...wanted, camera: { ...camera }, margin: Math.round(LARGE_MARGIN * Math.min(size.width, size.height)) };
    if (painting) painter.send({ paint: painting });
    else settle();
    clearTimeout(idle);
    if (!painting && (ground?.version !== version || ground.width !== size.width)) idle = setTimeout(below, LARGE_IDLE, wanted);
  }
  /** Nobody does anything: a picture of the whole graph, without names, to lie below when the view moves out of what is painted. */
  function below(wanted) {
    if (painting || moving() || wanted.version !== version) return;
    painting = { ...wanted, camera: whole(), margin: 0, ground: true, bare: true, ratio: Math.min(1.5, ratio) };
    painter.send({ paint: painting });
  }
  const moving = () => flight !== null || resting !== 0;
  /** Whether what is painted no longer will do even while the view moves: it has moved out of it or is far too coarse. */
  function stale() {
    if (!picture || picture.version !== version) return true;
    const grown = camera.scale / picture.camera.scale, { x, y } = screen(picture.camera.x, picture.camera.y);
    const halfX = (picture.width / 2 + picture.margin) * grown, halfY = (picture.height / 2 + picture.margin) * grown;
    return grown > 1.9 || grown < 0.6 || x - halfX > 0 || y - halfY > 0 || x + halfX < size.width || y + halfY < size.height;
  }
  function settle() {
    if (!isTrue() || moving()) return;
    for (const done of waiting.splice(0)) done();
  }

  function draw() {
    if (!frame) frame = requestAnimationFrame(show);
  }
  function show(time) {
    frame = 0;
    if (ended || !size.width || !state.theme) return;
    if (flight) fly(time);
    const now = { pen, camera, ratio, size, at, nodes, edges, state, screen, sharp: isTrue() };
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = state.theme.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    for (const layer of [ground, picture]) if (layer) largeLay(layer, now);
    if (picture) written = largeMoved(picture, now);
    if (carried) largeMark({ node: carried.node }, carried, true, now);
    else if (hovered) largeMark(hovered, null, !written.some(({ node, edge }) => (node ?? -1) === (hovered.node ?? -1) && edge === hovered.edge), { ...now, name: on.name });
    next();
  }
  /** The camera is elsewhere now. `at once`: the view rests there, nobody is moving it. */
  function move(to, atOnce = false) {
    camera = { x: to.x, y: to.y, scale: Math.min(LARGE_NEAREST, Math.max(farthest, to.scale)) };
    clearTimeout(resting);
    resting = flight ? 0 : setTimeout(rest, atOnce ? 0 : LARGE_REST);
    draw();
  }
  function rest() {
    clearTimeout(resting);
    resting = 0;
    on.moved({ ...camera });
    draw();
  }
  function fly(time) {
    flight.begun ??= time;
    const part = Math.min(1, (time - flight.begun) / LARGE_GLIDE), eased = part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2, { from, to } = flight;
    const scale = from.scale * (to.scale / from.scale) ** eased, away = to.scale === from.scale ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
    if (part === 1) flight = null;
    move(part === 1 ? to : { x: from.x + (to.x - from.x) * away, y: from.y + (to.y - from.y) * away, scale }, part === 1);
    if (flight) draw();
  }
  const tell = (change, places = false) => {
    Object.assign(state, change);
    if (places) at = largePlaces(nodes, state.places, state.pins);
    if (places || change.nodes) around = largeGrid(at, state.nodes, nodes.count);
    version++;
    painter.send({ set: change });
    draw(); // and there ask for a new picture: more changes may come until then
  };
  /** The camera that shows these nodes (null: all that is shown), as far as they are shown; where none is, the camera stays. */
  function shows(list, nearest, free) {
    const shown = [...(list ?? nodes.rank)].filter((node) => state.nodes[node]);
    const room = (node) => ({ x: at.x[node], y: at.y[node], size: at.size[node], side: state.places?.side[node] ?? 0, name: nodes.label[node] });
    return shown.length ? fitting(shown.map(room), { ...size, insets: free, nearest }) : camera;
  }
  const whole = () => shows(null, 1, { top: 0, right: 0, bottom: 0, left: 0 });

  const pickNode = (x, y) => largeNodeAt(world(x, y), { scale: camera.scale, around, at, size: at.size, largest });
  function pick(x, y) {
    const node = pickNode(x, y);
    if (node >= 0) return { node };
    const strong = new Set(state.picked.edges), { near } = state.picked;
    const counts = (edge, from, to) => state.edges[edge] && state.nodes[from] && state.nodes[to] && (strong.has(edge) || (picture?.near && (!near || (near[from] && near[to]))));
    const edge = largeEdgeAt(world(x, y), { scale: camera.scale, at, edges, bent: bent(), counts });
    return edge >= 0 ? { edge } : null;
  }
  const release = largeHands(box, {
    pan(dx, dy) { flight = null; move({ x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale, scale: camera.scale }); },
    zoom(factor, x, y) {
      flight = null;
      const fixed = world(x, y), scale = Math.min(LARGE_NEAREST, Math.max(farthest, camera.scale * factor));
      move({ x: fixed.x - (x - size.width / 2) / scale, y: fixed.y - (y - size.height / 2) / scale, scale });
    },
    end: () => move(camera, true),
    pick: pickNode,
    radius: (node) => at.size[node] * camera.scale,
    hover(x, y) {
      const found = moving() ? null : pick(x, y);
      if (found?.node === hovered?.node && found?.edge === hovered?.edge) return;
      hovered = found;
      box.style.cursor = found ? "pointer" : "";
      on.hover(hovered);
      draw();
    },
    leave() { if (hovered) { hovered = null; on.hover(null); draw(); } },
    click(x, y, event) {
      const found = pick(x, y);
      if (found?.node !== undefined) on.node(found.node, event);
      else if (found) on.edge(found.edge);
      else on.nothing();
    },
    carry(node, x, y) { carried = { node, x, y }; draw(); },
    drop(node, x, y) { carried = null; const to = world(x, y); on.dropped(node, to.x, to.y); draw(); },
  });
  function resize() {
    if (!box.clientWidth || !box.clientHeight) return;
    size = { width: box.clientWidth, height: box.clientHeight };
    ratio = Math.min(LARGE_SHARP, devicePixelRatio || 1);
    [canvas.width, canvas.height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    [canvas.style.width, canvas.style.height] = [`${size.width}px`, `${size.height}px`];
    farthest = whole().scale * 0.4;
    if (pending) view.fit(...pending); // it was asked for while the box was not to be seen
    draw();
  }
  const watcher = new ResizeObserver(resize);

  const view = {
    show(shownNodes, shownEdges) { tell({ nodes: shownNodes, edges: shownEdges }); },
    place(places) { if (places !== state.places) tell({ places }, true); },
    choose(picked) { tell({ picked }); },
    pin(node, place) {
      const pins = new Map(state.pins);
      if (place) pins.set(node, { x: place.x, y: place.y });
      else pins.delete(node);
      tell({ pins }, true);
    },
    inset(next) {
      if (!["top", "right", "bottom", "left"].some((side) => next[side] !== insets[side])) return;
      insets = next;
      version++;
      draw();
    },
    fit(list, { glide = false, nearest = 1 } = {}) {
      pending = box.clientWidth ? null : [list, { glide, nearest }];
      if (!pending) view.setCamera(shows(list, nearest, insets), { glide });
    },
    camera: () => ({ ...camera }),
    setCamera(to, { glide = false } = {}) {
      flight = null;
      if (glide && !still() && picture) { flight = { from: { ...camera }, to: { ...to } }; move(camera); }
      else move(to, true);
    },
    at: (node) => screen(at.x[node], at.y[node]),
    theme(theme) { tell({ theme }); },
    labels: () => written,
    png: (scale) => new Promise((done) => { blobs.push(done); painter.send({ blob: { ...size, insets, camera: { ...camera }, ratio: scale } }); }),
    rested: () => new Promise((done) => { if (!box.clientWidth) return done(); waiting.push(done); return draw(); }), // who is not seen rests
    strength: (edge, long) => (picture?.near ?? true ? null : largeStrength(edge, long)), // of a line, where there are many: for the SVG
    counts: () => ({ ...picture?.counts, took: picture?.took }),
    destroy() { ended = true; watcher.disconnect(); release(); cancelAnimationFrame(frame); clearTimeout(resting); clearTimeout(idle); painter.end(); canvas.remove(); },
  };
  watcher.observe(box);
  tell({ ...state, theme: undefined });
  resize();
  return view;
}
