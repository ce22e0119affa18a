// The selection as Turtle, in the graph's own terms: every triple of it is also in graph.ttl.

const NAMESPACES = {
  kg: "https://w3id.org/yishi/ontology#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#", dcterms: "http://purl.org/dc/terms/", org: "http://www.w3.org/ns/org#",
};
const PREFIXES = (mark) => Object.entries(NAMESPACES).map(([name, address]) => `${mark} ${name}: <${address}>`);
const unseen = (char) => { const code = char.codePointAt(0); return code < 0x10000 ? `\\u${code.toString(16).toUpperCase().padStart(4, "0")}` : `\\U${code.toString(16).toUpperCase().padStart(8, "0")}`; };
const HIDDEN = /[\u0000-\u001f"\\\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu;
const SHORT = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (text, after = "") => `"${text.replace(HIDDEN, (char) => SHORT[char] ?? unseen(char))}"${after}`;
const iriTerm = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, unseen)}>`;
const kgTerm = (name) => (name.includes("://") ? iriTerm(name) : `kg:${name}`); // a term of the ontology, or one of the user's own
const time = (text) => literal(text, `^^xsd:${{ 4: "gYear", 7: "gYearMonth", 10: "date" }[text.length]}`);
const figureOf = (text) => literal(text, `^^xsd:${text.includes(".") ? "decimal" : "integer"}`);
const sourceIri = (source) => `${kg.base}source/${kg.sources[source].sha}`;
const spanIri = (quote) => `${sourceIri(kg.quotes.source[quote])}#offset_${kg.quotes.start[quote]}_${kg.quotes.end[quote]}`;

function turtle({ nodes, facts, figures }) {
  const quotes = new Set(), blocks = [];
  const block = (iri, pairs) => blocks.push(`${iriTerm(iri)}\n    ${pairs.map(([predicate, ...objects]) => `${predicate} ${objects.join(", ")}`).join(" ;\n    ")} .`);
  const found = (list, number) => {
    const [start, end] = list.period[number].split("/"), cited = list.quotes[number];
    for (const quote of [...cited, list.context[number]]) if (quote >= 0) quotes.add(quote);
    return [
      ["kg:status", `kg:${STATUSES[list.planned[number]]}`], ...(end ? [["kg:from", time(start)], ["kg:to", time(end)]] : start ? [["kg:period", time(start)]] : []),
      ["kg:basis", `kg:${kg.bases[list.basis[number]]}`], ["kg:rule", literal(list.rule[number])], ["kg:evidence", ...cited.map((quote) => iriTerm(spanIri(quote)))],
      ...(list.context[number] >= 0 ? [["kg:context", iriTerm(spanIri(list.context[number]))]] : []),
    ];
  };
  const plain = new Map(); // what is done is also said plainly: subject → {predicate → objects}
  for (const fact of facts) {
    if (kg.facts.planned[fact]) continue;
    const subject = kg.facts.s[fact], predicate = kgTerm(kg.properties[kg.facts.p[fact]]);
    if (!plain.has(subject)) plain.set(subject, new Map());
    if (!plain.get(subject).has(predicate)) plain.get(subject).set(predicate, new Set());
    plain.get(subject).get(predicate).add(iriTerm(kg.iri(kg.facts.o[fact])));
  }
  for (const node of nodes) block(kg.iri(node), [...entityPairs(node), ...[...(plain.get(node) ?? [])].map(([predicate, objects]) => [predicate, ...objects])]);
  for (const fact of facts) {
    const member = kg.properties[kg.facts.p[fact]] === "worksFor", [subject, object] = [kg.facts.s[fact], kg.facts.o[fact]].map((node) => iriTerm(kg.iri(node)));
    block(kg.facts.key(fact), [
      ["a", "rdf:Statement", ...(member ? ["org:Membership"] : [])], ["rdf:subject", subject], ["rdf:predicate", kgTerm(kg.properties[kg.facts.p[fact]])], ["rdf:object", object],
      ...(member ? [["org:member", subject], ["org:organization", object]] : []), ...(kg.facts.role(fact) ? [["kg:role", literal(kg.facts.role(fact), "@zh")]] : []), ...found(kg.facts, fact),
    ]);
  }
  for (const figure of figures) block(kg.figures.key(figure), [...figurePairs(figure), ...found(kg.figures, figure)]);
  for (const quote of quotes) {
    block(spanIri(quote), [["a", "kg:Span"], ["kg:source", iriTerm(sourceIri(kg.quotes.source[quote]))], ["kg:start", figureOf(String(kg.quotes.start[quote]))], ["kg:end", figureOf(String(kg.quotes.end[quote]))], ["kg:quote", literal(kg.exact(quote))]]);
  }
  for (const source of new Set([...quotes].map((quote) => kg.quotes.source[quote]))) block(sourceIri(source), sourcePairs(source));
  return `${PREFIXES("@prefix").map((line) => `${line} .`).join("\n")}\n\n${blocks.join("\n\n")}\n`;
}
function entityPairs(node) {
  const kind = kg.kind(node), classes = [kg.sort[node], ...kg.also(node)].map((sort) => kg.classes[sort]), [code, year] = kg.entities.code[node] ?? [];
  return [
    ["a", ...new Set([...classes, kind])].map((name, at) => (at ? kgTerm(name) : name)), ["skos:prefLabel", literal(kg.names[node], "@zh")],
    ...(kg.alt(node).length ? [["skos:altLabel", ...kg.alt(node).map((name) => literal(name, "@zh"))]] : []), ...(kg.unresolved.has(node) ? [["kg:resolution", "kg:unresolved"]] : []),
    ...(code ? [["kg:divisionCode", literal(code)]] : []), ...(code && year ? [["kg:divisionYear", time(year)]] : []),
  ];
}
function figurePairs(figure) {
  const limits = kg.figures.range[figure] ?? ["", ""];
  return [
    ["a", "kg:Measure"], ["kg:about", iriTerm(kg.iri(kg.figures.about[figure]))], ["kg:indicator", literal(kg.figures.indicator[figure], "@zh")],
    ["kg:indicatorKey", literal(kg.figures.indicatorKey[figure], "@zh")], ["kg:value", figureOf(kg.figures.value[figure])],
    ...["kg:min", "kg:max"].flatMap((predicate, at) => (limits[at] ? [[predicate, figureOf(limits[at])]] : [])), ["kg:unit", literal(kg.figures.unit[figure])],
    ["kg:asWritten", literal(kg.figures.written[figure])], ["kg:bound", `kg:${kg.figures.bound[figure]}`], ["kg:kind", `kg:${kg.figures.kind[figure]}`],
  ];
}
function sourcePairs(source) {
  const { file, type, known, issued } = kg.sources[source];
  return [["a", "kg:Source"], ["kg:fileName", literal(file)], ["dcterms:format", literal(type)], ...(known ? [["dcterms:title", literal(known, "@zh")]] : []), ...(issued ? [["dcterms:issued", time(issued)]] : [])];
}
