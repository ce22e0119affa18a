// The frame: what stands in the header, how wide the text is, which pane a telephone shows, sheets, light and dark.

function tools() {
  const tool = (name, label, act, set) => button([icon(name), make("span", { class: "word" }, say(label))], act, { title: say(label), "aria-label": say(label), ...set });
  const next = { "": dark() ? "light" : "dark", light: "dark", dark: "light" }[state.theme];
  keepFocus($("tools"), () => $("tools").replaceChildren(
    tool("book", "reading", () => go({ text: !state.text }, { step: false, stay: true }), { class: "wide icon", "aria-pressed": String(state.text) }),
    tool("filter", "filters", toggleFilters, { class: filtered() ? "marked" : null, "aria-pressed": String(state.filters) }),
    tool("list", "list", toggleList, { class: "wide", "aria-pressed": String(state.list) }), tool("take", "take", takeAlong),
    tool("undo", "undo", undo, { class: "icon", disabled: !canUndo() }), tool("theme", "theme", () => go({ theme: next }, { step: false, stay: true }), { class: "icon" }), tool("help", "help", help, { class: "icon wide" }),
    button(state.lang === "zh" ? "EN" : "中文", () => go({ lang: state.lang === "zh" ? "en" : "zh" }, { step: false, stay: true }), { class: "lang", lang: state.lang === "zh" ? "en" : "zh-Hans", "aria-label": state.lang === "zh" ? "English" : "中文" })));
}
const dark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const toggleFilters = () => go({ filters: !state.filters }, { step: false, stay: true });
const toggleList = () => { go({ list: !state.list, ...paneOf(state.list ? "graph" : "list") }, { step: false, stay: true }); if (state.list) $("list").focus(); else $("graph").focus(); };

/** The line above the picture: which scene, what of it is shown. */
function sceneBar(found) {
  const on = (scene) => String(state.scene === scene), { nodes, facts } = shownCounts(found);
  const parts = [make("div", { class: "scenes", role: "group", "aria-label": say("scene") }, button(say("story"), () => go({ scene: "story" }), { "aria-pressed": on("story") }), button(say("whole"), () => go({ scene: "whole" }), { "aria-pressed": on("whole") }))];
  const chip = (...kids) => make("span", { class: "chip" }, ...kids), away = (act, label) => button(icon("close"), act, { class: "small", "aria-label": label, title: label });
  if (state.scene === "near") parts.push(chip(icon("near"), chinese("span", { class: "clip" }, kg.names[state.centre]), say("steps", { count: state.steps }), away(() => go({ scene: "whole" }), say("close"))));
  if (state.scene === "path") parts.push(chip(icon("path"), chinese("span", { class: "clip" }, state.path.map((node) => clipped(kg.names[node], 12)).join(" ⇢ ")), away(() => go({ scene: "story", path: null }), say("close"))));
  if (waiting >= 0) parts.push(make("span", { class: "chip asking" }, icon("path"), say("path-ask", { name: clipped(kg.names[waiting], 16) }), away(stopPath, say("close"))));
  const count = button([`${number(nodes)} ${say("entities")} · ${number(facts)} ${say("facts")}`], () => go({ about: !state.about, chosen: null }, { step: false, stay: true }), { class: "counts", "aria-pressed": String(state.about && !state.chosen), title: say("overview") });
  if (filtered()) parts.push(make("span", { class: "chip asking" }, say("filtered"), away(resetFilters, say("reset"))));
  const shape = button(icon("fit"), fitAll, { class: "small", "aria-label": say("key-fit"), title: say("key-fit") });
  keepFocus($("scene"), () => $("scene").replaceChildren(...parts, make("span", { class: "space" }), count, shape));
}
function tabs() {
  const tab = (pane, label, name) => button([icon(name), say(label)], () => go({ pane, list: pane === "list" }, { step: false, stay: true }), { "aria-pressed": String(state.pane === pane) });
  keepFocus($("tabs"), () => $("tabs").replaceChildren(tab("graph", "graph", "near"), tab("text", "reading", "book"), tab("list", "list", "list")));
}

/** Open the sheet over the page. */
function sheet(title, parts) {
  const box = $("sheet");
  box.setAttribute("aria-label", title);
  box.replaceChildren(button(icon("close"), closeSheet, { class: "small close", "aria-label": say("close") }), make("h2", {}, title), ...parts.filter(Boolean));
  if (!box.open) box.showModal();
}
const closeSheet = () => $("sheet").close();

/** The bar between text and picture: dragged, or moved with the arrow keys. */
function divider() {
  const bar = $("divider"), main = document.querySelector("main"), set = (width) => {
    const wide = Math.round(Math.min(Math.max(width, 260), main.clientWidth - 360));
    document.documentElement.style.setProperty("--text", `${wide}px`);
    bar.setAttribute("aria-valuenow", String(wide));
  };
  bar.addEventListener("pointerdown", (event) => { event.preventDefault(); bar.setPointerCapture(event.pointerId); });
  bar.addEventListener("pointermove", (event) => { if (bar.hasPointerCapture(event.pointerId)) set(event.clientX - main.getBoundingClientRect().left); });
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -24, ArrowRight: 24 }[event.key];
    if (by) { event.preventDefault(); event.stopPropagation(); set($("text").getBoundingClientRect().width + by); }
  });
}
