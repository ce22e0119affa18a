// What a reader takes along: a picture, a table, triples, a query, a citation, a link.

/** What is selected: what is chosen and its facts, else the way that was asked for, else all that is shown. */
function selection() {
  const { chosen } = state, found = picture, pass = (fact) => found.allowed.facts[fact] === 1;
  let facts, nodes, figures;
  if (chosen?.node !== undefined) {
    facts = kg.factsOf[chosen.node].filter(pass);
    figures = kg.figuresOf[chosen.node];
    nodes = new Set([chosen.node, ...facts.flatMap((fact) => [kg.facts.s[fact], kg.facts.o[fact]])]);
  } else if (chosen?.edge !== undefined) {
    facts = kg.edges.facts[chosen.edge].filter(pass);
    figures = [];
    nodes = new Set([kg.edges.from[chosen.edge], kg.edges.to[chosen.edge]]);
  } else {
    nodes = new Set();
    found.nodes.forEach((on, node) => { if (on) nodes.add(node); });
    facts = [];
    for (let edge = 0; edge < kg.edges.count; edge++) if (found.edges[edge] && nodes.has(kg.edges.from[edge]) && nodes.has(kg.edges.to[edge])) facts.push(...kg.edges.facts[edge].filter(pass));
    facts.sort((a, b) => a - b);
    figures = [...nodes].flatMap((node) => kg.figuresOf[node]);
  }
  return { nodes: [...nodes].sort((a, b) => a - b), facts, figures };
}
function selectionName() {
  const { chosen } = state;
  if (chosen?.node !== undefined) return kg.names[chosen.node];
  if (chosen?.edge !== undefined) return `${kg.names[kg.edges.from[chosen.edge]]}-${kg.names[kg.edges.to[chosen.edge]]}`;
  return document.title;
}
/** A file's name of letters and figures, whatever a document calls its things. */
const fileName = (ending) => `${selectionName().normalize("NFC").replace(/[^\p{L}\p{N}-]+/gu, "_").replace(/^_+|_+$/g, "").slice(0, 50) || "yishi"}.${ending}`;

function takeAlong() {
  const selected = selection(), query = sparql(selected), area = make("textarea", { value: query, readOnly: true, rows: 9, spellcheck: false, "aria-label": "SPARQL" });
  const cited = [...new Set([...selected.facts.map((fact) => kg.facts.source[fact]), ...selected.figures.map((figure) => kg.figures.source[figure])])].sort((a, b) => a - b);
  const save = (label, hint, act, key) => { const made = button([make("strong", {}, label), make("span", {}, hint)], act); made.dataset.take = key; return made; };
  const failed = (error) => tell(error.message);
  sheet(say("take"), [
    make("p", { class: "quiet" }, say("selection"), " ", chinese("strong", {}, clipped(selectionName(), 40)), ` · ${say("selected", { entities: number(selected.nodes.length), facts: number(selected.facts.length), figures: number(selected.figures.length) })}`),
    make("div", { class: "takes" },
      save("PNG", say("take-png"), () => (view.png ? view.png(2) : pngOf(svg(), 2)).then((blob) => download(fileName("png"), "image/png", [blob]), failed), "png"),
      save("SVG", say("take-svg"), () => download(fileName("svg"), "image/svg+xml", [svg()]), "svg"),
      save("CSV", say("take-csv"), () => download(fileName("csv"), "text/csv;charset=utf-8", [csv(selected)]), "csv"),
      save("Turtle", say("take-ttl"), () => download(fileName("ttl"), "text/turtle;charset=utf-8", [turtle(selected)]), "ttl"),
      save(say("take-facts"), say("take-facts-hint"), () => copy([...selected.facts.map(factCitation), ...selected.figures.map(figureCitation)].join("\n\n")), "facts"),
      save(say("take-link"), say("take-link-hint"), () => copy(location.href), "link")),
    make("h3", {}, "SPARQL", button([icon("copy"), say("copy")], () => copy(query), { class: "plain" })), area,
    cited.length ? make("h3", {}, say("citation"), button([icon("copy"), say("copy")], () => copy(cited.map((source) => kg.sources[source].cite).join("\n")), { class: "plain" })) : null,
    make("ul", { class: "cites" }, cited.slice(0, 8).map((source) => chinese("li", {}, kg.sources[source].cite))),
  ]);
}
