// Moving over a picture: drag, wheel, two fingers, and by program.

const NEAREST = 2, FARTHEST = 0.12, READABLE = 0.68;

export class Camera {
  /** `world` is the group in `svg` that moves; `still` a media query for readers who want no motion. */
  constructor(svg, world, still) {
    Object.assign(this, { svg, world, still, x: 0, y: 0, scale: 1, fingers: new Map(), moved: false });
    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => { this.fingers.set(event.pointerId, event); this.moved = false; });
    svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    // The click that ends a drag chooses nothing.
    svg.addEventListener("click", (event) => { if (this.moved) { event.stopPropagation(); this.moved = false; } }, { capture: true });
  }
  set(x, y, scale, glide = false) {
    Object.assign(this, { x, y, scale });
    this.world.classList.toggle("gliding", glide && !this.still.matches);
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
  zoom(factor, x, y) {
    const scale = Math.min(NEAREST, Math.max(FARTHEST, this.scale * factor)), by = scale / this.scale;
    this.set(x - (x - this.x) * by, y - (y - this.y) * by, scale);
  }
  drag(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const others = [...this.fingers.values()].filter((one) => one.pointerId !== event.pointerId);
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    if (!this.moved && Math.hypot(dx, dy) < 4) return;
    if (!this.moved) this.svg.setPointerCapture(event.pointerId);
    this.moved = true;
    if (others.length === 1) {
      const box = this.svg.getBoundingClientRect(), other = others[0], apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (apart(before) > 10) this.zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
    } else this.set(this.x + dx, this.y + dy, this.scale);
    this.fingers.set(event.pointerId, event);
  }
  /** Show all of a box (graph units); `readable`: its whole width at least, from 0,0 on, and not smaller than can be read. */
  fit(box, readable = false) {
    const room = this.svg.getBoundingClientRect(), margin = 28, wide = (room.width - 2 * margin) / box.width, tall = (room.height - 2 * margin) / box.height;
    if (!readable || Math.min(wide, tall) >= READABLE) {
      const scale = Math.max(FARTHEST, Math.min(wide, tall, 1.1));
      this.set(room.width / 2 - (box.x + box.width / 2) * scale, room.height / 2 - (box.y + box.height / 2) * scale, scale, true);
      return;
    }
    const scale = Math.max(READABLE, Math.min(wide, 0.9)), across = box.width * scale;
    this.set(across <= room.width - 2 * margin + 1 ? room.width / 2 - (box.x + box.width / 2) * scale : margin - Math.max(box.x, -room.width / 3 / scale) * scale, room.height / 2, scale, true);
  }
  /** Move as little as shows all of these boxes (on the screen); the first of them in any case. */
  reveal(boxes) {
    if (!boxes.length) return;
    const room = this.svg.getBoundingClientRect(), margin = 24;
    const side = (low, high, from, to, first) => {
      if (high - low > to - from) return first < from ? from - first : first > to - 40 ? to - 40 - first : 0;
      return low < from ? from - low : high > to ? to - high : 0;
    };
    const min = (name) => Math.min(...boxes.map((box) => box[name])), max = (name) => Math.max(...boxes.map((box) => box[name]));
    const dx = side(min("left"), max("right"), room.left + margin, room.right - margin, boxes[0].left);
    const dy = side(min("top"), max("bottom"), room.top + margin, room.bottom - margin, boxes[0].top);
    if (dx || dy) this.set(this.x + dx, this.y + dy, this.scale, true);
  }
}
