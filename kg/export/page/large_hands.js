// What fingers, mouse and wheel do to a large picture: move it, zoom it, point at it, choose in it, carry a node.

const LARGE_SLIP = 4; // CSS pixels that a press may move and still be a click
const LARGE_HOLD = 5; // CSS pixels: nodes of a smaller radius are not carried by a drag that begins on them

/** `doing`: {camera(), zoom(factor, x, y), pan(dx, dy), end(), pick(x, y), radius(node), hover(x, y), leave(), click(x, y, event), carry(node, x, y), drop(node, x, y)}, all in CSS pixels of `box`. */
function largeHands(box, doing) {
  const fingers = new Map();
  let press = null; // {x, y, node}: where the first finger came down, and the node that it holds
  const place = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const spread = () => {
    const [one, two] = [...fingers.values()];
    return { far: Math.hypot(one.x - two.x, one.y - two.y), x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
  };
  const on = {
    pointerdown(event) {
      if (event.button !== 0) return;
      box.setPointerCapture(event.pointerId);
      const at = place(event);
      fingers.set(event.pointerId, at);
      const node = doing.pick(at.x, at.y);
      press = fingers.size === 1 ? { ...at, node: node >= 0 && doing.radius(node) >= LARGE_HOLD ? node : -1, moved: false } : { ...at, node: -1, moved: true };
    },
    pointermove(event) {
      const at = place(event), before = fingers.get(event.pointerId);
      if (!before) return event.pointerType === "touch" ? undefined : doing.hover(at.x, at.y);
      if (!press.moved && Math.hypot(at.x - press.x, at.y - press.y) <= LARGE_SLIP) return undefined;
      press.moved = true;
      const was = fingers.size === 2 ? spread() : null;
      fingers.set(event.pointerId, at);
      if (was) {
        const now = spread();
        doing.pan(now.x - was.x, now.y - was.y);
        doing.zoom(now.far / Math.max(1, was.far), now.x, now.y);
      } else if (press.node >= 0) doing.carry(press.node, at.x, at.y);
      else doing.pan(at.x - before.x, at.y - before.y);
      return undefined;
    },
    pointerup(event) {
      if (!fingers.delete(event.pointerId)) return;
      const at = place(event);
      if (press.moved && press.node >= 0) doing.drop(press.node, at.x, at.y);
      else if (press.moved) doing.end();
      else doing.click(at.x, at.y, event);
      if (!fingers.size) press = null;
    },
    pointercancel(event) { if (fingers.delete(event.pointerId)) doing.end(); },
    pointerleave() { if (!fingers.size) doing.leave(); },
    wheel(event) {
      event.preventDefault();
      const { x, y } = place(event), lines = event.deltaMode === 1 ? 24 : 1, pinch = event.ctrlKey ? 6 : 1;
      doing.zoom(Math.exp(Math.max(-0.5, Math.min(0.5, -event.deltaY * lines * pinch * 0.0016))), x, y);
    },
  };
  for (const [name, listener] of Object.entries(on)) box.addEventListener(name, listener, { passive: false });
  box.style.touchAction = "none";
  return () => { for (const [name, listener] of Object.entries(on)) box.removeEventListener(name, listener); };
}
