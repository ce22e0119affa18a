"use strict";
// What the reader does: choose, filter, search, read as a list, change the language, follow an address.

/** The sign of a class as vis-network draws it. */
function sign(index) {
  const paths = {
    dot: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0", square: "M-5.5-5.5h11v11h-11z", diamond: "M0-6.5L6.5 0L0 6.5L-6.5 0z",
    triangle: "M0-6.5L7 6H-7z", triangleDown: "M0 6.5L7-6H-7z", hexagon: "M-7 0L-3.5-6H3.5L7 0L3.5 6H-3.5z",
    star: "M0-7L2-2L7-2L3 1.4L4.6 6.6L0 3.4L-4.6 6.6L-3 1.4L-7-2L-2-2z",
  };
  const [fill, shape, hollow] = all.styles[index];
  return drawing("-8 -8 16 16", paths[shape], hollow ? { fill: "none", stroke: fill, "stroke-width": 2.2 } : { fill });
}
function drawing(box, path, attributes) {
  const name = "http://www.w3.org/2000/svg", svg = document.createElementNS(name, "svg"), line = document.createElementNS(name, "path");
  const [, , wide, high] = box.split(" ");
  for (const [key, value] of Object.entries({ width: wide, height: high, viewBox: box, "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries({ d: path, ...attributes })) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

/** Show an entity ({entity}), a line ({edge}) or, with null, the overview. `kept`: the address is there already. */
function choose(what, { move = true, kept = false } = {}) {
  chosen = what;
  emphasize();
  network.unselectAll();
  if (what?.entity !== undefined && shownNode(what.entity)) network.selectNodes([what.entity], false);
  tell();
  if (move && what !== null && $("list").hidden) show(concerned(), { duration: still.matches ? 0 : 350, easingFunction: "easeInOutQuad" });
  if (!kept) history.pushState(null, "", what?.entity === undefined ? "#" : addressOf(what.entity));
  $("card").scrollTop = 0;
  if (what !== null) $("card").focus({ preventScroll: true });
}
const still = matchMedia("(prefers-reduced-motion: reduce)");
function tell() {
  if (chosen === null) overview();
  else if (chosen.edge !== undefined) edgeCard(chosen.edge);
  else entityCard(chosen.entity);
}
function follow() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("e");
  const number = asked ? entities.findIndex((entity) => entity.id === asked) : -1;
  const named = number < 0 && asked ? rank.find((one) => callings(one).includes(asked)) ?? -1 : number;
  choose(named < 0 ? null : { entity: named }, { kept: true });
}
addEventListener("popstate", follow);

function legend() {
  const box = $("legend");
  box.replaceChildren();
  const section = (key, name) => { const part = make("div", null, name); box.append(make("h2", say(key)), part); return part; };
  const filter = (part, set, key, label, count, mark) => {
    const button = make("button");
    button.type = "button"; button.dataset.key = typeof key === "number" ? classes[key] : key; button.setAttribute("aria-pressed", String(!set.has(key)));
    if (mark) button.append(mark);
    button.append(make("span", label), make("span", count, "count"));
    button.addEventListener("click", () => {
      if (!set.delete(key)) set.add(key);
      button.setAttribute("aria-pressed", String(!set.has(key)));
      nodeView.refresh(); edgeView.refresh(); list(); emphasize();
    });
    part.append(button);
  };
  const ofClass = section("classes", "classes");
  classes.forEach((name, index) => {
    const count = entities.filter((entity) => entity.class === index).length;
    if (count) filter(ofClass, hidden.classes, index, term(name), count, sign(index));
  });
  const ofRelation = section("relations", "relations");
  for (const name of [...new Set(facts.map((fact) => fact.p))].sort()) filter(ofRelation, hidden.relations, name, term(name), facts.filter((fact) => fact.p === name).length);
  const ofStatus = section("statuses", "statuses");
  for (const name of ["done", "planned"]) {
    const count = facts.filter((fact) => fact.planned === (name === "planned")).length, edge = all.lines[name];
    const line = drawing("0 0 22 8", "M0 4H22", { stroke: edge, "stroke-width": 2, "stroke-dasharray": name === "planned" ? "5 3.5" : "none" });
    if (count) filter(ofStatus, hidden.statuses, name, term(name), count, line);
  }
}
function list() {
  if ($("list").hidden) return;
  const table = make("table"), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const key of ["name", "class", "facts", "figures", "names"]) { const cell = make("th", say(key)); cell.scope = "col"; head.append(cell); }
  const order = [...rank].sort((a, b) => entities[a].class - entities[b].class);
  for (const number of order.filter(shownNode)) {
    const row = body.insertRow(), entity = entities[number], kind = make("td"), name = make("th");
    name.scope = "row"; name.append(link(number)); row.append(name);
    kind.append(sign(entity.class), ` ${term(entity.kind || classes[entity.class])}`); row.append(kind);
    for (const count of [factsOf[number].length, figuresOf[number].length]) row.append(make("td", count || "", "figure"));
    row.append(chinese("td", entity.alt.join("；")));
  }
  $("list").replaceChildren(table);
}

function search(text) {
  const box = $("found"), wanted = text.normalize("NFKC").trim().toLowerCase();
  const place = (number) => Math.min(...callings(number).map((name) => { const at = name.normalize("NFKC").toLowerCase().indexOf(wanted); return at < 0 ? 1e9 : at && at + name.length; }));
  const hits = wanted ? rank.map((number) => [place(number), number]).filter(([at]) => at < 1e9).sort((a, b) => Math.min(a[0], 1) - Math.min(b[0], 1)).slice(0, 12) : [];
  box.replaceChildren();
  hits.forEach(([, number], position) => {
    const item = chinese("li", entities[number].name);
    item.id = `found${position}`; item.dataset.number = number; item.setAttribute("role", "option"); item.prepend(sign(entities[number].class));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(number); });
    box.append(item);
  });
  if (wanted && !hits.length) box.append(make("li", say("none"), "none"));
  point(0);
  box.hidden = !wanted;
  $("search").setAttribute("aria-expanded", String(!box.hidden));
}
const options = () => [...$("found").querySelectorAll("[role=option]")];
function point(position) {
  options().forEach((item, number) => item.setAttribute("aria-selected", String(number === position)));
  if (options()[position]) { $("search").setAttribute("aria-activedescendant", `found${position}`); options()[position].scrollIntoView({ block: "nearest" }); }
  else $("search").removeAttribute("aria-activedescendant");
}
function close() { $("found").hidden = true; $("search").setAttribute("aria-expanded", "false"); }
function pick(number) { close(); choose({ entity: number }); }
$("search").addEventListener("input", (event) => search(event.target.value));
$("search").addEventListener("blur", close);
$("search").addEventListener("keydown", (event) => {
  const items = options(), at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (items.length) point((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (items[at]) pick(Number(items[at].dataset.number));
  } else if (event.key === "Escape") { event.target.value = ""; search(""); }
});
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== $("search") && chosen !== null) choose(null); });

$("whole").addEventListener("click", () => { if ($("graph").hidden) asList(false); if (chosen !== null) choose(null); whole(); });
$("aslist").addEventListener("click", () => asList($("list").hidden));
$("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en"; texts(); tell(); emphasize(); });
function asList(wanted) {
  $("list").hidden = !wanted; $("graph").hidden = wanted;
  texts();
  if (wanted) $("list").focus();
  else { network.setSize("100%", "100%"); network.redraw(); if (chosen !== null) show(concerned(), false); }
}
function whole() { show(entities.map((_, number) => number), false); }
function texts() {
  const labels = { whole: say("whole"), aslist: say($("list").hidden ? "aslist" : "asgraph"), lang: lang === "zh" ? "English" : "中文" };
  for (const [id, text] of Object.entries(labels)) $(id).textContent = text;
  $("lang").lang = lang === "zh" ? "en" : "zh-Hans";
  $("search").placeholder = say("search");
  $("search").setAttribute("aria-label", say("search")); $("graph").setAttribute("aria-label", say("graph")); $("legend").setAttribute("aria-label", say("classes"));
  $("aslist").setAttribute("aria-pressed", String(!$("list").hidden));
  legend(); list();
}
network.on("click", (event) => {
  if (event.nodes.length) choose({ entity: event.nodes[0] }, { move: false });
  else if (event.edges.length) choose({ edge: event.edges[0] }, { move: false });
  else if (chosen !== null) choose(null);
});
dark.addEventListener("change", () => { readTheme(); emphasize(); });

texts();
whole();
follow();
window.yishi = { all, network, choose };
