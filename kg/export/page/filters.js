// What is shown and what is not: by class in the legend, by everything else in the panel, each value with how many there would be.

/** How many facts (entities, for classes) each value of a facet has, under all other filters. */
function counts(facet) {
  const { nodes, facts } = allowed(facet), found = new Map(), add = (value) => found.set(value, (found.get(value) ?? 0) + 1);
  if (facet === "class") nodes.forEach((on, node) => { if (on) add(kg.sort[node]); });
  const value = { property: (fact) => kg.facts.p[fact], status: (fact) => kg.facts.planned[fact], source: (fact) => kg.facts.source[fact] }[facet];
  if (value) facts.forEach((on, fact) => { if (on) add(value(fact)); });
  return found;
}
/** A button that switches a value off and on; with the shift key, all others. */
function facetButton(facet, value, label, count, mark) {
  const on = !state.off[facet].has(value);
  const act = (event) => {
    const values = valuesOf[facet]().map((_, at) => at), only = new Set(values.filter((other) => other !== value));
    const alone = state.off[facet].size === only.size && on;
    go({ off: { ...state.off, [facet]: event.shiftKey ? (alone ? new Set() : only) : toggled(state.off[facet], value) } }, { stay: true });
    tell(say("showing", shownCounts()), { quiet: true });
  };
  const made = button([mark, label, make("span", { class: "count" }, number(count ?? 0))].filter(Boolean), act, { "aria-pressed": String(on), title: say("facet-hint") });
  made.dataset.value = valuesOf[facet]()[value];
  return made;
}
function legend() {
  const found = counts("class"), box = $("legend");
  box.setAttribute("aria-label", say("class"));
  keepFocus(box, () => box.replaceChildren(...kg.classes.flatMap((name, sort) => (kg.sort.includes(sort) ? [facetButton("class", sort, term(name), found.get(sort), sign(sort))] : []))));
}
function filterPanel() {
  const box = $("filters");
  if (box.hidden) return;
  box.setAttribute("aria-label", say("filters"));
  const group = (facet, title, buttons) => (buttons.length ? section(title, 0, make("div", { role: "group", "aria-label": title }, buttons)) : null);
  const property = counts("property"), status = counts("status"), source = counts("source"), used = new Set(kg.facts.p);
  const parts = [
    group("status", say("status"), STATUSES.map((name, value) => facetButton("status", value, term(name), status.get(value), drawing(20, 8, [{ d: "M0 4H20", class: name, "stroke-width": 2, "stroke-dasharray": value ? "4 3" : "none" }])))),
    group("property", say("property"), kg.properties.flatMap((name, value) => (used.has(value) ? [facetButton("property", value, term(name), property.get(value))] : []))),
    periodGroup(),
    kg.sources.length > 1 && kg.sources.length <= 40 ? group("source", say("source"), kg.sources.map((one, value) => facetButton("source", value, chinese("span", { class: "clip" }, one.title), source.get(value)))) : null,
    kg.sources.length > 40 ? button(say("papers"), choosePaper, { class: "plain" }) : null,
    state.hidden.size ? section(say("hidden"), state.hidden.size, make("div", { role: "group" }, [...state.hidden].map((node) => button([sign(kg.sort[node]), chinese("span", { class: "clip" }, kg.names[node]), icon("close")], () => hideNode(node), { "aria-label": say("unhide", { name: kg.names[node] }) })))) : null,
  ].filter(Boolean);
  const close = button(icon("close"), () => go({ filters: false }, { step: false, stay: true }), { class: "small close", "aria-label": say("close") });
  keepFocus(box, () => box.replaceChildren(close, make("h2", {}, say("filters")), ...parts, button(say("reset"), resetFilters, { class: "plain", disabled: !filtered() })));
}
/** Make the buttons of a box anew, and leave the focus on the one that had it. */
function keepFocus(box, change) {
  const held = box.contains(document.activeElement) ? [...box.querySelectorAll("button")].indexOf(document.activeElement) : -1, top = box.scrollTop;
  change();
  box.scrollTop = top;
  if (held >= 0) box.querySelectorAll("button")[held]?.focus();
}
const filtered = () => FACETS.some((facet) => state.off[facet].size) || state.years !== null || !state.undated || state.hidden.size > 0;
const resetFilters = () => go({ off: START().off, years: null, undated: true, hidden: new Set() });
function hideNode(node) {
  const hidden = toggled(state.hidden, node), gone = hidden.has(node);
  go({ hidden, ...(gone && state.chosen?.node === node ? { chosen: null } : {}), ...(gone && state.scene === "near" && state.centre === node ? { scene: "whole" } : {}), pins: gone ? withoutPin(node) : state.pins }, { stay: true });
  tell(say(gone ? "was-hidden" : "is-back", { name: kg.names[node] }));
}
function withoutPin(node) { const pins = new Map(state.pins); pins.delete(node); return pins; }
function pinNode(node, at = null) {
  const pins = withoutPin(node), drop = at ?? (state.pins.has(node) ? null : placeOf(node));
  if (drop) pins.set(node, drop);
  go({ pins }, { stay: true });
  tell(say(drop ? "was-pinned" : "was-unpinned", { name: kg.names[node] }));
}
