// The card over the picture: what an entity, a line or a way is, and every sentence that says so.

const CONNECTED = 10; // so many of the best connected on the overview

/** Show the card of what is chosen. */
function card(found) {
  const box = $("card"), { chosen } = state;
  const parts = chosen?.node !== undefined ? entityCard(chosen.node, found) : chosen?.edge !== undefined ? edgeCard(chosen.edge) : state.scene === "path" ? pathCard(found) : overviewCard();
  box.dataset.of = chosen?.node !== undefined ? "node" : chosen?.edge !== undefined ? "edge" : state.scene === "path" ? "path" : "about";
  box.setAttribute("aria-label", say("card"));
  const close = button(icon("close"), () => go(chosen ? { chosen: null } : state.scene === "path" ? { scene: "story", path: null } : { about: false }, { stay: Boolean(chosen) }), { class: "small close", "aria-label": say("close"), title: say("close") });
  box.replaceChildren(close, ...parts);
}
const section = (title, count, ...kids) => make("section", {}, make("h3", {}, title, count ? make("span", { class: "count" }, count) : null), ...kids);

function entityCard(node, found) {
  const own = kg.factsOf[node], groups = new Map(), names = kg.callings(node), figures = kg.figuresOf[node];
  for (const fact of own) {
    const inverse = kg.facts.s[fact] !== node, key = relation(kg.facts.p[fact], inverse);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  const parts = [chinese("h2", {}, kg.names[node]), kindLine(node), deeds(node)];
  if (!found.nodes[node] && state.scene !== "story") parts.push(make("p", { class: "note" }, say("not-shown"), " ", button(say("reset"), resetFilters, { class: "plain" })));
  if (kg.alt(node).length) parts.push(section(say("names"), 0, chinese("p", { class: "names" }, kg.alt(node).join("；"))));
  if (figures.length) parts.push(section(say("figures"), figures.length, figureTable(figures, names)));
  for (const [key, facts] of groups) parts.push(section(key, facts.length > 1 ? facts.length : 0, rows(factClusters(facts, node))));
  const places = kg.mentions(node);
  if (kg.sources.length > 1 && places.length) parts.push(section(say("sources"), places.length, make("ul", { class: "plain" }, places.map(([source, count]) => make("li", {}, paperLink(source), make("span", { class: "count" }, `${count}×`))))));
  return parts;
}
const paperLink = (source) => chinese("a", { href: "#", onclick: (event) => { event.preventDefault(); go({ paper: source, text: true, ...paneOf("text") }, { step: false, stay: true }); showPlace(); } }, kg.sources[source].title);

function kindLine(node) {
  const line = make("p", { class: "kind" }, sign(kg.sort[node]), make("span", {}, [kg.kind(node), ...kg.also(node).map((sort) => kg.classes[sort])].map(term).join(" · ")));
  const within = kg.properties.indexOf("inDistrict"), districts = [...new Set(kg.factsOf[node].filter((fact) => kg.facts.s[fact] === node && kg.facts.p[fact] === within).map((fact) => kg.facts.o[fact]))];
  for (const district of districts) line.append(make("span", {}, link(district)));
  if (kg.code(node)) line.append(make("span", {}, `${say("code")} ${kg.code(node)}`));
  if (kg.mentions(node).length) line.append(make("span", {}, say("mentions", { count: kg.mentions(node).reduce((sum, [, count]) => sum + count, 0) })));
  if (kg.seen(node).length) line.append(make("span", {}, say("seen", { years: [...new Set(kg.seen(node))].join("–") })));
  if (kg.unresolved.has(node)) line.append(make("span", { class: "tag planned" }, say("unresolved")));
  return line;
}
/** What can be done with an entity: its neighbourhood, ways from it, keep it, hide it. */
function deeds(node) {
  const near = state.scene === "near" && state.centre === node, pinned = state.pins.has(node);
  const steps = make("span", { class: "steps", role: "group", "aria-label": say("neighbourhood") }, make("span", {}, icon("near"), say("neighbourhood")));
  for (const step of [1, 2, 3]) steps.append(button(String(step), () => go(near && state.steps === step ? { scene: "whole" } : { scene: "near", centre: node, steps: step }), { "aria-pressed": String(near && state.steps === step), "aria-label": say("steps", { count: step }) }));
  const deed = (name, label, act, set) => button([icon(name), say(label)], act, set);
  return make("div", { class: "deeds" }, steps,
    waiting >= 0 && waiting !== node ? deed("path", "path-here", () => findPath(waiting, node)) : deed("path", "path-from", () => startPath(node), { "aria-pressed": String(waiting === node) }),
    deed("pin", pinned ? "unpin" : "pin", () => pinNode(node), { "aria-pressed": String(pinned) }), deed("hide", "hide", () => hideNode(node)));
}
function edgeCard(edge) {
  const { from, to, facts } = kg.edges, ends = [from[edge], to[edge]], names = ends.flatMap(kg.callings);
  const title = make("h2", { class: "line" }, link(ends[0]), make("span", { class: "arrow", "aria-hidden": "true" }, "→"), link(ends[1]));
  return [title, ...facts[edge].map((fact) => factOnLine(fact, names))];
}
const factOnLine = (fact, names) => make("div", { class: kg.facts.planned[fact] ? "fact planned" : "fact" }, make("div", { class: "ends" }, make("strong", {}, relation(kg.facts.p[fact], false)), tags(kg.facts, fact), roleTag(fact), copyButton(kg.facts, [fact])), evidence(kg.facts, fact, names));

function pathCard(found) {
  const [from, to] = state.path, way = found.way ?? [], parts = [make("h2", { class: "line" }, link(from), make("span", { class: "arrow", "aria-hidden": "true" }, "⇢"), link(to))];
  if (!way.length) return [...parts, make("p", { class: "note" }, say("no-path"))];
  parts.push(make("p", { class: "kind" }, say("path-steps", { count: way.length - 1 })));
  linesOn(way, found.edges).forEach((edges, place) => {
    parts.push(make("p", { class: "stop" }, sign(kg.sort[way[place]]), link(way[place])));
    for (const edge of edges) for (const fact of kg.edges.facts[edge]) {
      if (!found.facts[fact]) continue;
      const row = factOnLine(fact, [...kg.callings(way[place]), ...kg.callings(way[place + 1])]);
      row.querySelector("strong").prepend(kg.edges.from[edge] === way[place] ? "↓ " : "↑ ");
      parts.push(row);
    }
  });
  parts.push(make("p", { class: "stop" }, sign(kg.sort[to]), link(to)));
  return parts;
}
function overviewCard() {
  const counts = [[kg.count, "entities"], [kg.facts.count, "facts"], [kg.figures.count, "figures"]];
  const parts = [make("h2", {}, say("overview")), make("p", { class: "kind" }, counts.map(([count, key]) => make("span", {}, `${number(count)} ${say(key)}`))), make("p", { class: "hint" }, say("hint"))];
  parts.push(section(say("connected"), 0, make("ol", { class: "ranked" }, [...kg.rank].slice(0, CONNECTED).map((node) => make("li", {}, sign(kg.sort[node]), link(node), make("span", { class: "count" }, kg.factsOf[node].length))))));
  if (kg.sources.length > 1) parts.push(section(say("sources"), kg.sources.length, make("ul", { class: "plain" }, rows(kg.sources.map((source, at) => () => make("li", {}, paperLink(at), make("span", { class: "count" }, source.date)))))));
  return parts;
}
