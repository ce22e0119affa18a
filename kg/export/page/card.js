"use strict";
// The cards beside the picture: what an entity or a line is, and every sentence that says so.

const AT_FIRST = 30; // so many relations of one kind are shown before a button that shows the others

function make(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined && text !== null) node.textContent = text;
  if (className) node.className = className;
  return node;
}
/** An element with text of the documents, which is Chinese whatever the language of the page. */
function chinese(tag, text, className) {
  const node = make(tag, text, className);
  node.lang = "zh-Hans";
  return node;
}
const addressOf = (number) => `#${new URLSearchParams({ e: entities[number].id })}`;
function link(number) {
  const a = chinese("a", entities[number].name);
  a.href = addressOf(number);
  a.addEventListener("click", (event) => { event.preventDefault(); choose({ entity: number }); });
  return a;
}
const callings = (number) => [entities[number].name, ...entities[number].alt];

/** A quoted sentence with the names in it marked, and the document it stands in where there are several. */
function quoted(number, names) {
  const [text, source] = quotes[number], block = chinese("blockquote");
  const found = [...new Set(names)].filter((name) => name && text.includes(name)).sort((a, b) => b.length - a.length);
  let at = 0;
  while (at < text.length) {
    let next = text.length, name = "";
    for (const one of found) { const where = text.indexOf(one, at); if (where >= 0 && where < next) { next = where; name = one; } }
    block.append(text.slice(at, next));
    if (name) block.append(make("mark", name));
    at = next + name.length;
  }
  if (sources.length > 1) block.append(make("cite", sources[source].title + (sources[source].date ? `（${sources[source].date}）` : "")));
  return block;
}
function tags(where, said) {
  if (said.planned) where.append(make("span", term("planned"), "tag planned"));
  if (said.basis !== "stated") where.append(make("span", term(said.basis), "tag"));
  if (said.period) where.append(make("span", said.period, "tag"));
  if (said.role) where.append(chinese("span", said.role, "tag"));
}
function evidence(where, said, names) {
  said.quotes.forEach((number) => where.append(quoted(number, names)));
  if (said.context >= 0) {
    const line = make("p", null, "context");
    line.append(make("span", `${say("context")} `), chinese("q", quotes[said.context][0]));
    where.append(line);
  }
}
function factRow(number, from) {
  const fact = facts[number], row = make("div", null, "fact");
  row.append(link(fact.s === from ? fact.o : fact.s));
  tags(row, fact);
  evidence(row, fact, [...callings(fact.s), ...callings(fact.o)]);
  return row;
}
/** Rows made when they are asked for: an entity with thousands of relations opens as fast as another. */
function rows(where, numbers, row) {
  numbers.slice(0, AT_FIRST).forEach((number) => where.append(row(number)));
  if (numbers.length <= AT_FIRST) return;
  const button = make("button", `${say("more")} ${numbers.length - AT_FIRST}`, "plain");
  button.type = "button";
  button.addEventListener("click", () => button.replaceWith(...numbers.slice(AT_FIRST).map(row)));
  where.append(button);
}

function figureTable(numbers, names) {
  const table = make("table"), body = table.createTBody();
  for (const number of numbers) {
    const figure = figures[number], row = body.insertRow(), said = body.insertRow();
    const button = chinese("button", figure.indicator, "indicator");
    button.type = "button"; button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => { said.hidden = !said.hidden; button.setAttribute("aria-expanded", String(!said.hidden)); });
    row.insertCell().append(button);
    const cell = row.insertCell();
    cell.className = "figure"; cell.lang = "zh-Hans"; cell.textContent = figure.written;
    const when = row.insertCell();
    when.className = "when"; when.textContent = figure.period;
    if (figure.planned) when.append(make("span", term("planned"), "tag planned"));
    const wide = said.insertCell();
    wide.colSpan = 3; said.hidden = true;
    evidence(wide, figure, [figure.written, ...names]);
  }
  return table;
}
function kindLine(number) {
  const entity = entities[number], line = make("div", null, "sort"), named = [entity.kind || classes[entity.class], ...entity.also.map((index) => classes[index])];
  line.append(sign(entity.class), make("span", named.map(term).join(" · ")));
  if (entity.code) line.append(make("span", `${say("code")} ${entity.code}`, "tag"));
  line.append(make("span", `${say("mentions")} ${entity.mentions}`, "tag"));
  if (!entity.resolved) line.append(make("span", say("unresolved"), "tag planned"));
  const places = [...new Set(factsOf[number].filter((n) => facts[n].s === number && facts[n].p === "inDistrict").map((n) => facts[n].o))];
  places.forEach((place) => line.append(" · ", link(place)));
  return line;
}
function entityCard(number) {
  const entity = entities[number], box = $("card"), groups = new Map();
  box.replaceChildren(chinese("h2", entity.name), kindLine(number));
  if (entity.alt.length) box.append(make("h3", say("names")), chinese("div", entity.alt.join("；")));
  if (figuresOf[number].length) box.append(make("h3", say("figures")), figureTable(figuresOf[number], callings(number)));
  for (const fact of factsOf[number]) {
    const key = facts[fact].s === number ? term(facts[fact].p) : say("inverse")[facts[fact].p] ?? term(facts[fact].p);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  for (const [key, members] of groups) {
    const title = make("h3", key);
    if (members.length > 1) title.append(make("span", members.length, "count"));
    box.append(title);
    rows(box, members, (fact) => factRow(fact, number));
  }
}
function edgeCard(number) {
  const edge = all.edges[number], box = $("card"), ends = [edge.from, edge.to];
  const title = make("h2", null, "ends");
  title.append(link(edge.from), make("span", " → "), link(edge.to));
  box.replaceChildren(title, make("div", say("relation"), "sort"));
  for (const fact of edge.facts) {
    const row = make("div", null, "fact selected");
    row.append(make("strong", term(facts[fact].p)));
    tags(row, facts[fact]);
    evidence(row, facts[fact], ends.flatMap(callings));
    box.append(row);
  }
}
function overview() {
  const box = $("card"), counts = [[entities, "entities"], [facts, "facts"], [figures, "figures"]];
  box.replaceChildren(make("h2", say("overview")), make("div", counts.map(([list, key]) => `${list.length} ${say(key)}`).join(" · "), "sort"));
  box.append(make("p", say("hint")), make("h3", say("connected")));
  for (const number of rank.slice(0, 12)) {
    const row = make("div", null, "fact");
    row.append(link(number), make("span", `${term(classes[entities[number].class])} · ${factsOf[number].length}`, "tag"));
    box.append(row);
  }
  if (sources.length > 1) {
    box.append(make("h3", say("documents")));
    rows(box, sources, (source) => chinese("div", source.title + (source.date ? `（${source.date}）` : "")));
  }
}
