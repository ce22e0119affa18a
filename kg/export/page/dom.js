// Small things for making elements. Text from documents only ever goes in as text.

const $ = (id) => document.getElementById(id);

/** An element: `set` gives properties, attributes with a hyphen or of `role`, and listeners (onclick); nulls among `kids` are left out. */
function make(tag, set, ...kids) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(set ?? {})) {
    if (value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role" || key === "for") node.setAttribute(key, String(value));
    else if (key === "class") node.className = value;
    else node[key] = value;
  }
  node.append(...kids.flat().filter((kid) => kid !== null && kid !== undefined).map((kid) => (typeof kid === "number" ? String(kid) : kid)));
  return node;
}
/** An element with words of the documents, which are Chinese whatever the language of the page. */
const chinese = (tag, set, ...kids) => make(tag, { lang: "zh-Hans", ...set }, ...kids);
const button = (label, onclick, set) => make("button", { type: "button", onclick, ...set }, label);

function drawing(width, height, parts) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const attributes of parts) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    svg.append(path);
  }
  return svg;
}
const ICONS = {
  filter: "M2 4h12M4.5 8h7M7 12h2", take: "M8 2v8M4.8 7L8 10.2 11.2 7M3 13.5h10", list: "M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.5M2 8h.5M2 12h.5",
  undo: "M6 3L2.8 6.2 6 9.4M3 6.2h6.2a3.6 3.6 0 0 1 0 7.2H6.5", theme: "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12", help: "M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2v.3",
  close: "M4 4l8 8M12 4l-8 8", book: "M8 4.2C6.4 3 4.4 2.8 2.2 3v9.6c2.2-.2 4.2 0 5.8 1.2 1.6-1.2 3.6-1.4 5.8-1.2V3C11.6 2.8 9.6 3 8 4.2zM8 4.2v9.6",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10", near: "M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM8 2v2M8 12v2M2 8h2M12 8h2",
  path: "M3.5 11.5a1.5 1.5 0 1 0 0 .1zM15.5 4.5a1.5 1.5 0 1 0 0 .1zM4 10c1-5 7-2 8.5-4.6", pin: "M6 2.5h4l-.4 4 1.9 2.3h-7l1.9-2.3zM8 8.8V14", hide: "M2 8c2-3.2 4-4.4 6-4.4S12 4.8 14 8c-2 3.2-4 4.4-6 4.4S4 11.2 2 8zM3 13L13 3",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3", next: "M6 3.5L10.5 8 6 12.5",
};
const icon = (name) => drawing(16, 16, [{ d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.4, "stroke-linecap": "round", "stroke-linejoin": "round" }]);

/** The sign of a class, as on the picture. */
function sign(sort) {
  const { shape, hollow } = kg.styles[sort], path = outline(shape, 7, 7, 5.4);
  const svg = drawing(14, 14, [hollow ? { d: path, fill: "none", stroke: "currentColor", "stroke-width": 2 } : { d: path, fill: "currentColor" }]);
  svg.classList.add("sign", `sort${sort}`);
  return svg;
}

/** Put a text on the clipboard, and say that it is there. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no permission, or no clipboard for a page opened from a file
    const area = make("textarea", { value: text, "aria-hidden": "true", class: "away" });
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  tell(say("copied"));
}
function download(name, type, parts) {
  const url = URL.createObjectURL(new Blob(parts, { type })), a = make("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
/** Say something to who cannot see the picture change; others see it for a moment at the foot, unless it is plain to be seen (`quiet`). */
function tell(text, { quiet = false } = {}) {
  const told = $("told");
  told.textContent = "";
  told.classList.remove("seen");
  requestAnimationFrame(() => { told.textContent = text; told.classList.toggle("seen", !quiet); });
}
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
