// A fact as a reader quotes it: what it says, the sentence that says it, and the source after GB/T 7714.

function said(found, number) {
  const notes = [term(found.planned[number] ? "planned" : "done"), when(found.period[number]), found === kg.facts ? kg.facts.role(number) : ""].filter(Boolean).join(state.lang === "zh" ? "，" : ", ");
  return state.lang === "zh" ? `（${notes}）` : ` (${notes})`;
}
function backed(text, found, number) {
  const quotes = found.quotes[number].map((quote) => `“${kg.quote(quote)}”`), cites = [...new Set(found.quotes[number].map((quote) => kg.sources[kg.quotes.source[quote]].cite))];
  return `${text}\n${quotes.join("\n")}\n——${cites.join(" ")}`;
}
const factText = (fact) => [kg.names[kg.facts.s[fact]], relation(kg.facts.p[fact], false), kg.names[kg.facts.o[fact]]].join(" ");
const factCitation = (fact) => backed(factText(fact) + said(kg.facts, fact), kg.facts, fact);
const figureCitation = (figure) => backed(`${kg.names[kg.figures.about[figure]]} ${kg.figures.indicator[figure]} ${kg.figures.written[figure]}${said(kg.figures, figure)}`, kg.figures, figure);
