// Facts and figures as a card shows them: under the sentence that says them, with what is planned, carried over or from a table told apart.

const FIRST_ROWS = 24; // so many rows of one kind, before a button that shows the others

function link(node) {
  return chinese("a", { href: `#${new URLSearchParams({ e: idOf(node) })}`, class: "to", onclick: (event) => { event.preventDefault(); pick(node, { from: "card" }); } }, kg.names[node]);
}
/** A sentence with the names in it marked; pressed, it shows itself in its text. */
function quoted(quote, names) {
  const text = kg.quote(quote), source = kg.sources[kg.quotes.source[quote]], found = [...new Set(names)].filter((name) => name && text.includes(name)).sort((a, b) => b.length - a.length);
  const line = chinese("q", {});
  let at = 0;
  while (at < text.length) {
    let next = text.length, name = "";
    for (const one of found) { const where = text.indexOf(one, at); if (where >= 0 && where < next) { next = where; name = one; } }
    line.append(text.slice(at, next));
    if (name) line.append(make("mark", {}, name));
    at = next + name.length;
  }
  const block = make("blockquote", {}, button(line, () => showQuote(quote), { class: "quote", title: say("show-in-text") }));
  if (kg.sources.length > 1) block.append(chinese("cite", {}, source.title, source.date ? `（${source.date}）` : ""));
  return block;
}
/** How a fact or figure is told: nothing for what is stated as done. */
function tags(found, number) {
  const list = [];
  if (found.planned[number]) list.push(make("span", { class: "tag planned" }, term("planned")));
  const basis = kg.bases[found.basis[number]];
  if (basis !== "stated") list.push(make("span", { class: `tag ${basis}`, title: say(`basis-${basis}`) }, term(basis)));
  if (found.period[number]) list.push(make("span", { class: "tag when" }, when(found.period[number])));
  return list;
}
const roleTag = (fact) => (kg.facts.role(fact) ? [chinese("span", { class: "tag" }, kg.facts.role(fact))] : []);
/** The sentences of a fact or figure, and what is carried over from before. */
function evidence(found, number, names) {
  const said = found.quotes[number].map((quote) => quoted(quote, names));
  if (found.context[number] >= 0) said.push(make("p", { class: "context" }, make("span", {}, `${say("context")} `), quoted(found.context[number], [])));
  return said;
}
const copyButton = (found, numbers) => button(icon("copy"), () => copy(numbers.map(found === kg.facts ? factCitation : figureCitation).join("\n\n")), { class: "small copy", "aria-label": say("copy-fact"), title: say("copy-fact") });

/** Facts that one sentence says of several others stand together above it. */
function factClusters(facts, from) {
  const clusters = new Map();
  for (const fact of facts) {
    const { quotes, planned, basis, period, context } = kg.facts, key = JSON.stringify([quotes[fact], planned[fact], basis[fact], period[fact], context[fact], kg.facts.role(fact)]);
    if (!clusters.has(key)) clusters.set(key, []);
    clusters.get(key).push(fact);
  }
  return [...clusters.values()].map((members) => () => {
    const ends = members.map((fact) => make("span", { class: "end" }, link(kg.facts.s[fact] === from ? kg.facts.o[fact] : kg.facts.s[fact])));
    const names = members.flatMap((fact) => [...kg.callings(kg.facts.s[fact]), ...kg.callings(kg.facts.o[fact])]);
    return make("div", { class: kg.facts.planned[members[0]] ? "fact planned" : "fact" }, make("div", { class: "ends" }, ends, tags(kg.facts, members[0]), roleTag(members[0]), copyButton(kg.facts, members)), evidence(kg.facts, members[0], names));
  });
}
/** Rows that are made when they are asked for: an entity with thousands of facts opens as fast as another. */
function rows(makers) {
  const shown = makers.slice(0, FIRST_ROWS).map((row) => row()), rest = makers.slice(FIRST_ROWS);
  if (!rest.length) return shown;
  const more = button(say("more", { count: rest.length }), () => more.replaceWith(...rest.map((row) => row())), { class: "plain" });
  return [...shown, more];
}
function figureTable(figures, names) {
  const table = make("table", { class: "figures" }), body = table.createTBody();
  for (const figure of figures) {
    const row = body.insertRow(), said = body.insertRow(), cell = said.insertCell();
    said.hidden = true;
    cell.colSpan = 3;
    const open = chinese("button", { type: "button", class: "indicator", "aria-expanded": "false" }, kg.figures.indicator[figure]);
    open.addEventListener("click", () => {
      if (!cell.children.length) cell.append(make("div", { class: "ends" }, tags(kg.figures, figure), copyButton(kg.figures, [figure])), ...evidence(kg.figures, figure, [kg.figures.written[figure], ...names]));
      said.hidden = !said.hidden;
      open.setAttribute("aria-expanded", String(!said.hidden));
    });
    row.append(make("th", { scope: "row" }, open), chinese("td", { class: "value" }, kg.figures.written[figure]), make("td", { class: "when" }, when(kg.figures.period[figure]), kg.figures.planned[figure] ? make("span", { class: "tag planned" }, term("planned")) : null));
  }
  return table;
}
