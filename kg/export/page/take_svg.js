// What is seen as SVG: the same for every view, from the graph, what is shown of it, and the names as they are written on the screen.

function svg() {
  const theme = colours(), { width, height } = box(), { scale } = view.camera(), { edges, nodes } = kg.graph, out = [];
  const text = (value) => String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu, "\ufffd").replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const at = (node) => { const { x, y } = view.at(node); return { x, y, radius: Math.max(0.7, (picture.places?.size[node] ?? nodes.size[node]) * scale) }; }, n = (value) => Number(value.toFixed(1));
  const seen = (spot) => spot.x > -200 && spot.y > -200 && spot.x < width + 200 && spot.y < height + 200, near = picture.near;
  if (!picture.places) {
    for (const { hub, x, y, radius, count } of kg.graph.communities) {
      const middle = view.at(hub), spot = { x: middle.x + (x - nodes.x[hub]) * scale, y: middle.y + (y - nodes.y[hub]) * scale };
      if (count >= 3 && !state.pins.has(hub)) out.push(`<circle cx="${n(spot.x)}" cy="${n(spot.y)}" r="${n(radius * scale)}" fill="${theme.disc}"/>`);
    }
  }
  for (let edge = 0; edge < edges.count; edge++) {
    if (!picture.edges[edge] || !picture.nodes[edges.from[edge]] || !picture.nodes[edges.to[edge]]) continue;
    const a = at(edges.from[edge]), b = at(edges.to[edge]), strong = picture.strong.has(edge);
    if (!seen(a) && !seen(b)) continue;
    const strength = strong ? null : view.strength?.(edge, Math.hypot(b.x - a.x, b.y - a.y)) ?? null; // of one of many lines: 0 where it is not drawn
    if (strength === 0) continue;
    const colour = edges.planned[edge] ? theme.planned : strong ? theme.strong : theme.line, opacity = (strength ?? 1) * (near && !strong ? 0.12 : 1), faint = opacity < 1 ? ` stroke-opacity="${opacity.toFixed(2)}"` : "";
    out.push(`<path d="${curve(a, b, n)}" fill="none" stroke="${colour}" stroke-width="${n((strong ? 2 : 1.2) * Math.max(0.5, Math.min(1, scale)))}"${edges.planned[edge] ? ' stroke-dasharray="6 5"' : ""}${faint}/>`);
  }
  for (const node of [...nodes.rank].reverse()) {
    const spot = at(node), { shape, hollow } = kg.styles[kg.sort[node]], colour = theme.sorts[kg.sort[node]];
    if (!picture.nodes[node] || !seen(spot)) continue;
    const faint = near && !near[node] && !state.pins.has(node) ? ' opacity="0.16"' : "";
    out.push(`<path d="${outline(shape, spot.x, spot.y, spot.radius)}" fill="${hollow ? theme.paper : colour}" stroke="${state.chosen?.node === node ? theme.ink : colour}" stroke-width="${hollow ? 2 : 1}"${faint}><title>${text(kg.names[node])}</title></path>`);
  }
  for (const label of view.labels()) {
    out.push(`<text x="${n(label.x)}" y="${n(label.y + label.height * 0.76)}" font-size="${label.size}" font-weight="${label.weight}" fill="${label.edge === undefined ? theme.ink : theme.soft}" stroke="${theme.paper}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">${text(label.text)}</text>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${SANS}'><title>${text(document.title)}</title><rect width="100%" height="100%" fill="${theme.paper}"/>${out.join("\n")}</svg>\n`;
}
/** The picture for paper: drawn, not painted, so that it is as sharp as the paper. */
function drawForPaper() {
  const parsed = new DOMParser().parseFromString(svg(), "image/svg+xml");
  $("drawn").replaceChildren(document.importNode(parsed.documentElement, true));
}
function curve(a, b, n) {
  if (picture.places?.curve === "horizontal") {
    const out = 0.5 * Math.abs(b.x - a.x) * (b.x > a.x ? 1 : -1);
    return `M${n(a.x)} ${n(a.y)}C${n(a.x + out)} ${n(a.y)} ${n(b.x - out)} ${n(b.y)} ${n(b.x)} ${n(b.y)}`;
  }
  const via = bend(a, b);
  return `M${n(a.x)} ${n(a.y)}Q${n(via.x)} ${n(via.y)} ${n(b.x)} ${n(b.y)}`;
}
/** An SVG as PNG, `scale` pixels a CSS pixel. */
function pngOf(drawn, scale) {
  return new Promise((done, failed) => {
    const image = new Image(), url = URL.createObjectURL(new Blob([drawn], { type: "image/svg+xml" }));
    image.onerror = () => { URL.revokeObjectURL(url); failed(new Error("the picture could not be drawn")); };
    image.onload = () => {
      const canvas = make("canvas", { width: image.width * scale, height: image.height * scale });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("the picture is too large"))), "image/png");
    };
    image.src = url;
  });
}
