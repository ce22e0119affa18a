// The graph as a table, for who cannot see it or would rather read: every entity that is shown, by class, with its facts in words.

const LIST_ROWS = 400; // so many rows at once

function list(found) {
  const box = $("list");
  box.hidden = !state.list;
  $("graph").hidden = state.list;
  if (box.hidden) { box.replaceChildren(); return; }
  const order = [...kg.rank].filter((node) => found.nodes[node]).sort((a, b) => kg.sort[a] - kg.sort[b]);
  const table = make("table", {}, make("caption", {}, say("list-caption", { count: number(order.length) }))), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const key of ["name", "class", "facts", "figures", "relations"]) head.append(make("th", { scope: "col" }, say(key)));
  const add = (from) => {
    for (const node of order.slice(from, from + LIST_ROWS)) body.append(listRow(node, found));
    if (order.length <= from + LIST_ROWS) return;
    const row = body.insertRow(), cell = row.insertCell();
    cell.colSpan = 5;
    cell.append(button(say("more", { count: order.length - from - LIST_ROWS }), () => { row.remove(); add(from + LIST_ROWS); }, { class: "plain" }));
  };
  add(0);
  box.setAttribute("aria-label", say("list"));
  box.replaceChildren(table);
}
function listRow(node, found) {
  const row = make("tr", {}), facts = kg.factsOf[node].filter((fact) => found.allowed.facts[fact]), groups = new Map();
  for (const fact of facts) {
    const inverse = kg.facts.s[fact] !== node, key = relation(kg.facts.p[fact], inverse), other = inverse ? kg.facts.s[fact] : kg.facts.o[fact];
    if (!groups.has(key)) groups.set(key, new Set());
    groups.get(key).add(other);
  }
  const told = [...groups].flatMap(([key, others]) => [make("span", { class: "key" }, key), chinese("span", {}, [...others].slice(0, 3).map((other) => kg.names[other]).join("、") + (others.size > 3 ? ` … ${others.size}` : ""))]);
  if (state.chosen?.node === node) row.className = "chosen";
  row.append(make("th", { scope: "row" }, link(node)), make("td", {}, sign(kg.sort[node]), ` ${term(kg.kind(node))}`), make("td", { class: "value" }, facts.length || ""), make("td", { class: "value" }, kg.figuresOf[node].length || ""), make("td", { class: "told" }, told));
  return row;
}
