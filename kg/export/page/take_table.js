// The selection as CSV, for a spreadsheet: with a byte order mark, so that Chinese comes in right, and nothing that a cell would calculate.

/** A cell: quoted where it must be; what a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value) {
  const text = String(value).replace(/^(?=[\s"']*[=+\-@\t\r|%])/, (none, at) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? "" : "'"));
  return /[",\r\n;]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function csv({ facts, figures }) {
  const head = ["row", "subject", "property", "object", "value", "unit", "status", "period", "basis", "role", "quote", "cite", "subject-iri", "object-iri"].map((name) => say(`csv-${name}`));
  const found = (list, number) => [term(list.planned[number] ? "planned" : "done"), list.period[number], term(kg.bases[list.basis[number]])];
  const quote = (list, number) => [list.quotes[number].map(kg.quote).join(" "), [...new Set(list.quotes[number].map((one) => kg.sources[kg.quotes.source[one]].cite))].join(" ")];
  const lines = [
    head,
    ...facts.map((fact) => [say("fact"), kg.names[kg.facts.s[fact]], term(kg.properties[kg.facts.p[fact]]), kg.names[kg.facts.o[fact]], "", "", ...found(kg.facts, fact), kg.facts.role(fact), ...quote(kg.facts, fact), kg.iri(kg.facts.s[fact]), kg.iri(kg.facts.o[fact])]),
    ...figures.map((figure) => [say("figure"), kg.names[kg.figures.about[figure]], kg.figures.indicator[figure], kg.figures.written[figure], kg.figures.value[figure], kg.figures.unit[figure], ...found(kg.figures, figure), "", ...quote(kg.figures, figure), kg.iri(kg.figures.about[figure]), ""]),
  ];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
