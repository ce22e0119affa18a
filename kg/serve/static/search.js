// Finding a name: as one types, by arrow keys and Enter, on every page.
import { $, ask, make, prefix, say } from "./common.js";

const input = $("search"), list = $("found");
let hits = [], chosen = -1, turn = 0, wait;

const pick = (hit) => {
  close();
  // A page that shows things without leaving it takes the choice itself.
  if (document.dispatchEvent(new CustomEvent("found", { detail: hit, cancelable: true }))) location.href = hit.address;
  else input.value = "";
};
function close() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
function mark(number) {
  chosen = number;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
  const item = list.children[number];
  if (item) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
}
function show() {
  list.replaceChildren(...hits.map((hit, number) => {
    const item = make("li", { role: "option", id: `found-${number}`, lang: "zh-Hans", "aria-selected": "false" }, sign(hit.class), hit.name,
      hit.called === hit.name ? null : make("span", { class: "called" }, hit.called));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(hit); });
    return item;
  }));
  if (!hits.length) list.append(make("li", { class: "soft" }, say("none")));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  chosen = -1;
}
/** The colour of a class; its shape stands on the page that opens. */
function sign(sort) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), dot = document.createElementNS(svg.namespaceURI, "circle");
  svg.setAttribute("class", `sign ${sort}`);
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("aria-hidden", "true");
  dot.setAttribute("r", "4.5");
  svg.append(dot);
  return svg;
}
async function look() {
  const mine = ++turn, text = input.value.trim();
  if (!text) { hits = []; close(); return; }
  try {
    const found = await (await ask(`${prefix}/api/search?${new URLSearchParams({ q: text })}`)).json();
    if (mine !== turn) return;
    hits = found;
    show();
  } catch (error) {
    if (mine !== turn) return;
    list.replaceChildren(make("li", { class: "soft" }, error.message));
    list.hidden = false;
  }
}
input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 80); });
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // the reader is choosing characters
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (list.hidden || !hits.length) return;
    event.preventDefault();
    mark((chosen + (event.key === "ArrowDown" ? 1 : hits.length - (chosen < 0 ? 0 : 1))) % hits.length);
  } else if (event.key === "Escape") close();
  else if (event.key === "Enter" && !list.hidden && hits.length) { event.preventDefault(); pick(hits[Math.max(chosen, 0)]); }
});
input.addEventListener("blur", () => setTimeout(close, 120));
input.addEventListener("focus", () => { if (input.value.trim() && hits.length) show(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); input.focus(); }
});
