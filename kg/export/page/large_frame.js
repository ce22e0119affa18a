// One frame of a large picture: what was painted before, where it belongs now. `now` is what view_large.js knows at this moment.

/** A painted picture where it belongs now. One that is not scaled keeps its pixels. */
function largeLay({ image, camera: from, ratio: fine }, { pen, camera, ratio, screen }) {
  const grown = (camera.scale / from.scale) * (ratio / fine), { x, y } = screen(from.x, from.y), { width, height } = pen.canvas;
  const wide = image.width * grown, high = image.height * grown, left = x * ratio - wide / 2, top = y * ratio - high / 2;
  if (left > width || top > height || left + wide < 0 || top + high < 0) return;
  if (grown === 1) pen.drawImage(image, Math.round(left), Math.round(top));
  else pen.drawImage(image, left, top, wide, high);
}
/** The painted names beside their nodes, at their own size; those that would now lie over a more important one wait for the next picture.
    Gives what is written within the view. */
function largeMoved(picture, now) {
  const { pen, ratio, size, state } = now, taken = new Taken(), shrunk = now.camera.scale < picture.camera.scale, written = [];
  for (const label of picture.labels) {
    const box = largeBeside(label, picture, now), [left, top, width, height] = label.sheet;
    if (box.x > size.width || box.y > size.height || box.x + box.width < 0 || box.y + box.height < 0 || (label.node !== undefined && !state.nodes[label.node])) continue;
    if (!now.sharp && shrunk) {
      if (!taken.free(box, null)) continue;
      taken.take({ ...box, node: -1 });
    }
    pen.drawImage(picture.sheet, left, top, width, height, Math.round((box.x - label.gap) * ratio), Math.round((box.y - label.gap) * ratio), width, height);
    written.push(box);
  }
  return written;
}
/** Where a painted name goes now: as far from the rim of its node, on the same side. One on a line stays on its place. */
function largeBeside(label, { camera: from, width, height }, { camera, at, nodes, screen }) {
  const { node } = label, anchor = node === undefined ? { x: from.x + (label.x - width / 2) / from.scale, y: from.y + (label.y - height / 2) / from.scale } : { x: at.x[node], y: at.y[node] };
  const after = screen(anchor.x, anchor.y), before = { x: (anchor.x - from.x) * from.scale + width / 2, y: (anchor.y - from.y) * from.scale + height / 2 };
  const rim = node === undefined ? 0 : at.size[node] * (camera.scale - from.scale), across = label.x > before.x ? 1 : label.x + label.width < before.x ? -1 : 0, down = across ? 0 : Math.sign(label.y - before.y);
  return { ...label, x: after.x + (label.x - before.x) + across * rim, y: after.y + (label.y - before.y) + down * rim };
}
/** Show what the pointer is at, a node or a line, or the node that it carries to `place`; `named`: with its name. */
function largeMark({ node, edge }, place, named, now) {
  const { pen, ratio, camera, at, nodes, edges, state, screen } = now;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.strokeStyle = state.theme.ink;
  pen.lineWidth = 1.8;
  pen.beginPath();
  if (node !== undefined) {
    const { x, y } = place ?? screen(at.x[node], at.y[node]), radius = Math.max(2, at.size[node] * camera.scale);
    pen.arc(x, y, radius + 2.5, 0, 2 * Math.PI);
    pen.stroke();
    if (named) largeCaption(clipped(nodes.label[node], 30), x, y + radius + 4, now);
    return;
  }
  const from = edges.from[edge], to = edges.to[edge], way = largeWay(at.x, at.y, from, to, state.places?.curve === "horizontal");
  for (let part = 0; part < way.length; part += 2) { const { x, y } = screen(way[part], way[part + 1]); pen.lineTo(x, y); }
  pen.stroke();
  const middle = screen((at.x[from] + at.x[to]) / 2, (at.y[from] + at.y[to]) / 2);
  if (named) largeCaption(now.name?.(edge) ?? "", middle.x, middle.y - 8, now);
}
function largeCaption(text, middle, top, { pen, size, state }) {
  pen.font = `600 13px ${SANS}`;
  const width = pen.measureText(text).width, x = Math.max(4, Math.min(size.width - width - 4, middle - width / 2));
  pen.fillStyle = state.theme.paper;
  pen.fillRect(x - 4, top - 1, width + 8, 19);
  paintLabels(pen, [{ text, x, y: top, width, height: 17, size: 13, weight: 600 }], state.theme);
}
