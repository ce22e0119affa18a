// A query for the selection, ready for `kg query`, `kg serve` or any other SPARQL endpoint that has the graph: it gives the facts that are selected.

const MANY = 4; // more statements than this are asked for by what they are about, where that says the same

function sparql(selected) {
  const where = [
    "?statement a rdf:Statement ;", "    rdf:subject ?s ; rdf:predicate ?property ; rdf:object ?o ;", "    kg:status ?status ; kg:evidence ?evidence .", "?evidence kg:quote ?quote .",
    "?s skos:prefLabel ?subject .", "?o skos:prefLabel ?object .",
  ];
  const terms = (list) => list.join(" ");
  const { chosen } = state, about = aboutWhat(selected);
  if (about) {
    where.push(...about, ...filterLines());
  } else where.push(`VALUES ?statement { ${terms(selected.facts.map((fact) => iriTerm(kg.facts.key(fact))))} }`);
  const heading = chosen?.node !== undefined ? kg.names[chosen.node] : chosen?.edge !== undefined ? `${kg.names[kg.edges.from[chosen.edge]]} → ${kg.names[kg.edges.to[chosen.edge]]}` : say("view");
  const comment = heading.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
  return `# ${comment}\n${PREFIXES("PREFIX").join("\n")}\n\nSELECT DISTINCT ?statement ?subject ?property ?object ?status ?quote WHERE {\n  ${where.join("\n  ")}\n}\nORDER BY ?subject ?property ?object ?status\n`;
}
/** What the selection is about as patterns, where they say just that; null where only the list of its statements does. */
function aboutWhat({ nodes }) {
  const { chosen } = state, byNode = state.off.class.size > 0 || state.hidden.size > 0;
  if (byNode) return null;
  if (chosen?.node !== undefined) {
    const iri = iriTerm(kg.iri(chosen.node));
    return [`{ ?statement rdf:subject ${iri} } UNION { ?statement rdf:object ${iri} }`];
  }
  if (chosen?.edge !== undefined) return [`?statement rdf:subject ${iriTerm(kg.iri(kg.edges.from[chosen.edge]))} ; rdf:object ${iriTerm(kg.iri(kg.edges.to[chosen.edge]))} .`];
  return state.scene === "whole" && nodes.length >= MANY ? [] : null;
}
function filterLines() {
  const lines = [], on = (facet) => valuesOf[facet]().map((name, at) => [name, at]).filter(([, at]) => !state.off[facet].has(at));
  if (state.off.property.size) lines.push(`VALUES ?property { ${on("property").map(([name]) => kgTerm(name)).join(" ")} }`);
  if (state.off.status.size) lines.push(`VALUES ?status { ${on("status").map(([name]) => `kg:${name}`).join(" ")} }`);
  if (state.off.source.size) lines.push("?evidence kg:source ?source .", `VALUES ?source { ${on("source").map(([, at]) => iriTerm(sourceIri(at))).join(" ")} }`);
  if (state.years || !state.undated) {
    lines.push("OPTIONAL { ?statement kg:period ?at }", "OPTIONAL { ?statement kg:from ?from ; kg:to ?to }");
    lines.push("BIND(xsd:integer(SUBSTR(STR(COALESCE(?at, ?from)), 1, 4)) AS ?first)", "BIND(xsd:integer(SUBSTR(STR(COALESCE(?at, ?to)), 1, 4)) AS ?last)");
    const span = state.years ? `?first <= ${state.years[1]} && ?last >= ${state.years[0]}` : "true";
    lines.push(state.undated ? `FILTER(!BOUND(?first) || (${span}))` : `FILTER(BOUND(?first) && ${span})`);
  }
  return lines;
}
