// Who paints large pictures when asked to: the same in a worker and, where there can be none, in the page.

/** Takes {graph}, {set}, {paint} and {blob} and answers through `say`. */
function largeService(say) {
  const canvas = (width, height) => {
    if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
    return Object.assign(document.createElement("canvas"), { width, height });
  };
  const image = (page) => (page.transferToImageBitmap ? Promise.resolve(page.transferToImageBitmap()) : createImageBitmap(page));
  let painter = null;
  return async ({ graph, set, paint, blob }) => {
    if (graph) painter = largePainter(graph, canvas);
    else if (set) painter.set(set);
    else if (paint) {
      const begun = performance.now(), done = painter.paint(paint), sheet = largeSheet(done.labels, painter.theme(), paint.ratio, painter.faded, canvas);
      const pictures = [await image(done.page), await image(sheet)];
      say({ painted: { ...paint, labels: done.labels, near: done.near, counts: done.counts, took: performance.now() - begun }, pictures }, pictures);
    } else if (blob) {
      const { page, labels } = painter.paint(blob), pen = page.getContext("2d");
      pen.save();
      pen.scale(blob.ratio, blob.ratio);
      paintLabels(pen, labels, painter.theme(), painter.faded);
      pen.restore();
      say({ blob: await (page.convertToBlob ? page.convertToBlob({ type: "image/png" }) : new Promise((done) => page.toBlob(done))) }, []);
    }
  };
}
