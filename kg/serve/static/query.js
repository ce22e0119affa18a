// Asking in SPARQL: an editor with colours and completion over a plain text field, and the answer as a table.
import { $, ask, make, prefix, say, thousands } from "./common.js";

const text = $("query"), coloured = $("coloured"), list = $("completions"), answer = $("answer"), box = $("editing");
const prefixes = JSON.parse(box.dataset.prefixes), terms = JSON.parse(box.dataset.terms), base = box.dataset.base;
const examples = JSON.parse(box.dataset.examples), picker = $("examples");
const KEYWORDS = "SELECT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES DISTINCT REDUCED FROM NAMED PREFIX BASE ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC AS IN NOT EXISTS COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI IF COALESCE REGEX CONTAINS STRSTARTS STRENDS STRLEN STRBEFORE STRAFTER SUBSTR CONCAT REPLACE UCASE LCASE ABS ROUND CEIL FLOOR YEAR MONTH DAY ISIRI ISLITERAL ISBLANK SAMETERM UNDEF".split(" ");
const TOKEN = /(?<note>#[^\n]*)|(?<text>"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)(?:@[\w-]+)?|(?<iri><[^<>"{}|^`\\\s]*>)|(?<variable>[?$][\w\u0080-\uffff]*)|(?<name>[A-Za-z][\w-]*:[\w\u0080-\uffff.%-]*)|(?<word>\b[A-Za-z_]+\b)/g;
const SHOWN = 1000; // rows that are put into the page
const KEPT = "yishi-query";
let running = null, matches = [], marked = 0, from = 0;

// --- colours -------------------------------------------------------------------------------------------------------------------
function colour() {
  const value = text.value, out = document.createDocumentFragment();
  let at = 0;
  for (const match of value.matchAll(TOKEN)) {
    out.append(value.slice(at, match.index));
    const { note, text: string, iri, variable, name, word } = match.groups;
    const known = word && KEYWORDS.includes(word.toUpperCase());
    const kind = note ? "w-note" : string ? "w-text" : iri ? "w-name" : variable ? "w-var" : name ? "w-name" : known ? "w-word" : word === "a" ? "w-word" : "";
    out.append(kind ? make("span", { class: kind }, match[0]) : match[0]);
    at = match.index + match[0].length;
  }
  out.append(`${value.slice(at)}\n`);
  coloured.replaceChildren(out);
  scroll();
}
function scroll() { coloured.scrollTop = text.scrollTop; coloured.scrollLeft = text.scrollLeft; }

// --- completion ----------------------------------------------------------------------------------------------------------------
/** What can stand for the word before the caret: the graph's terms (by name or by label, Chinese too), variables, prefixes, keywords. */
function completions(asked) {
  const before = text.value.slice(0, text.selectionStart);
  const word = /[?$:\w\u4e00-\u9fff-]*$/.exec(before)[0];
  from = before.length - word.length;
  if (!word && !asked) return [];
  const small = word.toLowerCase();
  if (/^[?$]/.test(word)) {
    const names = new Set([...text.value.matchAll(/[?$]([\w\u0080-\uffff]+)/g)].map((match) => `?${match[1]}`));
    names.delete(word.replace("$", "?"));
    return [...names].filter((name) => name.toLowerCase().startsWith(small.replace("$", "?"))).map((name) => ({ name, label: "" }));
  }
  const found = terms.filter((one) => one.name.toLowerCase().startsWith(small) || (small && (one.name.split(":")[1].toLowerCase().startsWith(small) || one.label.toLowerCase().includes(small))));
  const spaces = Object.keys(prefixes).map((name) => ({ name: `${name}:`, label: prefixes[name] })).filter((one) => one.name.startsWith(small));
  const words = small.length > 1 ? KEYWORDS.filter((one) => one.toLowerCase().startsWith(small) && one.toLowerCase() !== small).map((name) => ({ name, label: "" })) : [];
  return [...found, ...words, ...(word.includes(":") ? [] : spaces)].filter((one) => one.name !== word).slice(0, 60);
}
function suggest(asked = false) {
  matches = completions(asked);
  if (!matches.length) { close(); return; }
  list.replaceChildren(...matches.map((one, number) => {
    const item = make("li", { role: "option", id: `completion-${number}`, "aria-selected": String(number === 0) }, one.name, one.label ? make("span", { class: "called" }, one.label) : null);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
    return item;
  }));
  marked = 0;
  place();
  list.hidden = false;
  text.setAttribute("aria-activedescendant", "completion-0");
}
/** Under the caret: where that is, the coloured copy of the text tells. */
function place() {
  const probe = make("span", {}, "\u200b"), copy = coloured.cloneNode(false);
  copy.append(text.value.slice(0, from), probe);
  copy.style.visibility = "hidden";
  coloured.parentElement.append(copy);
  const at = { left: probe.offsetLeft - text.scrollLeft, top: probe.offsetTop + probe.offsetHeight - text.scrollTop };
  copy.remove();
  const room = coloured.parentElement.getBoundingClientRect();
  list.style.position = "fixed";
  list.style.left = `${Math.max(8, Math.min(room.left + at.left, innerWidth - 330))}px`;
  list.style.top = `${room.top + at.top}px`;
}
function close() { list.hidden = true; text.removeAttribute("aria-activedescendant"); }
function mark(number) {
  marked = (number + matches.length) % matches.length;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === marked)));
  list.children[marked].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", `completion-${marked}`);
}
function take(one) {
  close();
  insert(one.name, from);
}
/** Typed as if by hand, so that undo works. */
function insert(what, start = text.selectionStart) {
  text.setSelectionRange(start, text.selectionEnd);
  if (!document.execCommand("insertText", false, what)) text.setRangeText(what, start, text.selectionEnd, "end");
  colour();
}
text.addEventListener("input", () => { colour(); keep(); suggest(); });
text.addEventListener("scroll", scroll);
text.addEventListener("blur", close);
text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); close(); run(); }
  else if (event.ctrlKey && event.key === " ") { event.preventDefault(); suggest(true); }
  else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); mark(marked + (event.key === "ArrowDown" ? 1 : -1)); }
  else if (!list.hidden && (event.key === "Tab" || event.key === "Enter")) { event.preventDefault(); take(matches[marked]); }
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const before = text.value.slice(0, text.selectionStart), row = before.slice(before.lastIndexOf("\n") + 1);
    insert(`\n${/^\s*/.exec(row)[0]}${/[{(]\s*$/.test(row) ? "  " : ""}`);
  }
});

// --- named queries -------------------------------------------------------------------------------------------------------------
/** The example that is in the editor as it stands: only then its parameters can be given. */
const example = () => examples.find((one) => one.name === picker.value && one.query === text.value);
function parameters() {
  const one = example();
  $("parameters").replaceChildren(...(one?.parameters ?? []).map((parameter) => {
    const input = make("input", { id: `parameter-${parameter.name}`, "data-parameter": parameter.name, placeholder: parameter.optional ? say("optional") : null, autocomplete: "off", list: parameter.type === "entity" ? `names-${parameter.name}` : null, inputmode: parameter.type === "year" ? "numeric" : null });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) run(); });
    const names = make("datalist", { id: `names-${parameter.name}` });
    if (parameter.type === "entity") input.addEventListener("input", async () => {
      const hits = input.value.trim() ? await (await ask(`${prefix}/api/search?${new URLSearchParams({ q: input.value, limit: 8 })}`)).json().catch(() => []) : [];
      names.replaceChildren(...hits.map((hit) => make("option", { value: hit.name }, hit.called)));
    });
    return make("label", { class: "parameter" }, parameter.about, " ", input, names);
  }));
}
const given = () => Object.fromEntries([...$("parameters").querySelectorAll("input")].map((input) => [input.dataset.parameter, input.value.trim()]).filter(([, value]) => value));
/** What it is and what it takes stands around the editor: the query itself is what one looks at. */
function skipHead() {
  const head = /^(?:#[^\n]*\n|\s*\n)*/.exec(text.value)[0].split("\n").length - 1;
  text.scrollTop = head * parseFloat(getComputedStyle(text).lineHeight);
}
function pick(name) {
  const one = examples.find((other) => other.name === name);
  picker.value = name;
  if (one) {
    text.focus();
    text.select();
    insert(one.query, 0);
    text.setSelectionRange(0, 0);
    skipHead();
  }
  close();
  parameters();
  const needed = one?.parameters.find((parameter) => !parameter.optional);
  if (needed) $(`parameter-${needed.name}`).focus();
  else if (one) run();
}

// --- asking --------------------------------------------------------------------------------------------------------------------
async function run() {
  running?.abort();
  const mine = running = new AbortController(), started = performance.now(), one = example(), values = given();
  $("run").disabled = true;
  $("cancel").hidden = false;
  answer.replaceChildren(make("p", { class: "told" }, say("running")));
  try {
    const response = one && one.parameters.length
      ? await ask(named(one, values), { signal: mine.signal, headers: { Accept: "application/sparql-results+json" } })
      : await ask(`${prefix}/sparql`, {
        method: "POST", signal: mine.signal, body: text.value,
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      });
    const took = () => ((performance.now() - started) / 1000).toFixed(2);
    if (response.headers.get("content-type").includes("json")) table(await response.json(), took(), one, values);
    else turtle(await response.text(), took());
  } catch (error) {
    if (error.name === "AbortError") answer.replaceChildren();
    else wrong(error.message);
  }
  if (mine === running) { running = null; $("run").disabled = false; $("cancel").hidden = true; }
}
const named = (one, values, more = {}) => `${prefix}/api/named/${one.name}?${new URLSearchParams({ ...values, ...more })}`;
/** What is wrong, and where: the caret goes there. */
function wrong(message) {
  answer.replaceChildren(make("p", { class: "wrong", lang: "en", role: "alert" }, message));
  const at = /line (\d+), column (\d+)/.exec(message);
  if (!at) return;
  const rows = text.value.split("\n"), row = Math.min(Number(at[1]), rows.length);
  const start = rows.slice(0, row - 1).reduce((sum, one) => sum + one.length + 1, 0) + [...rows[row - 1]].slice(0, Number(at[2]) - 1).join("").length;
  text.focus();
  text.setSelectionRange(start, start);
}
function told(line, forms, one, values) {
  const address = (format) => (one?.parameters.length ? named(one, values, { format }) : `${prefix}/sparql?${new URLSearchParams({ query: text.value, format })}`);
  const links = forms.map(([form, name]) => make("a", { href: address(form), download: `${one?.name ?? "query"}.${form}` }, name));
  return make("p", { class: "told" }, make("span", {}, line), make("span", {}, `${say("download")} `, ...links.flatMap((link, at) => (at ? [" · ", link] : [link]))));
}
function table(found, took, one, values) {
  if (found.boolean !== undefined) { answer.replaceChildren(make("p", { class: "verdict" }, say(found.boolean ? "yes_answer" : "no_answer"))); return; }
  // What was given is the same in every row.
  const names = found.head.vars.filter((name) => !one?.parameters.some((parameter) => parameter.name === name)), rows = found.results.bindings;
  const line = told(say("rows", { n: thousands(rows.length), t: took }), [["csv", "CSV"], ["json", "JSON"], ["xml", "XML"], ["tsv", "TSV"]], one, values);
  if (rows.length > SHOWN) line.append(make("span", {}, say("first_rows", { n: thousands(SHOWN) })));
  if (!rows.length) { answer.replaceChildren(make("p", { class: "told" }, say("no_rows"))); return; }
  const whole = make("table", {}, make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, one?.columns[name] ?? name)))));
  const body = make("tbody");
  for (const row of rows.slice(0, SHOWN)) body.append(make("tr", {}, ...names.map((name) => cell(row[name]))));
  whole.append(body);
  answer.replaceChildren(line, whole);
}
function cell(term) {
  if (!term) return make("td");
  if (term.type === "uri") {
    // A word of the ontology is what it is called; all else leads on.
    const word = terms.find((one) => one.label && one.name === short(term.value));
    if (word) return make("td", { title: term.value }, word.label, make("span", { class: "kind" }, ` ${word.name}`));
    return make("td", {}, make("a", { href: address(term.value), title: term.value }, short(term.value)));
  }
  const kind = term.datatype ? short(term.datatype) : "";
  const number = /^xsd:(integer|decimal|double|float|int|long)$/.test(kind);
  const shown = make("td", { class: number ? "number" : null, lang: term["xml:lang"] ?? null }, term.value);
  if (kind && !number && kind !== "xsd:string") shown.append(make("span", { class: "kind" }, ` ${kind}`));
  return shown;
}
/** A thing's page; addresses elsewhere too are only looked up here: no request leaves this machine. */
function address(iri) {
  const path = iri.startsWith(base) && !/[#?]/.test(iri) ? `/id/${iri.slice(base.length).split("/").map((part) => encodeURIComponent(decode(part))).join("/")}` : `/id?${new URLSearchParams({ iri })}`;
  return prefix + path;
}
function decode(part) { try { return decodeURIComponent(part); } catch { return part; } }
function short(iri) {
  for (const [name, space] of Object.entries(prefixes)) if (iri.startsWith(space) && /^[\w-]*$/.test(iri.slice(space.length))) return `${name}:${iri.slice(space.length)}`;
  return base && iri.startsWith(base) ? decode(iri.slice(base.length)) : iri;
}
function turtle(data, took) {
  const count = (data.match(/[.;,]\s*$/gm) ?? []).length;
  const line = told(say("triples", { n: thousands(count), t: took }), [["ttl", "Turtle"], ["jsonld", "JSON-LD"], ["rdf", "RDF/XML"], ["nt", "N-Triples"]]);
  answer.replaceChildren(line, make("pre", { lang: "zh-Hans" }, data.length > 400000 ? `${data.slice(0, 400000)}…` : data));
}

// --- around it -----------------------------------------------------------------------------------------------------------------
function keep() { try { localStorage.setItem(KEPT, text.value); } catch { /* the browser keeps nothing: then nothing is kept */ } }
function kept() { try { return localStorage.getItem(KEPT); } catch { return null; } }
$("run").addEventListener("click", run);
$("cancel").addEventListener("click", () => running?.abort());
$("link").addEventListener("click", async () => {
  const address = `${location.origin}${prefix}/query?${new URLSearchParams({ query: text.value })}`;
  history.replaceState(null, "", address);
  await navigator.clipboard.writeText(address);
  $("link").textContent = say("copied");
  setTimeout(() => { $("link").textContent = say("copy_link"); }, 1500);
});
picker.addEventListener("change", () => pick(picker.value));
text.addEventListener("input", () => { if (picker.value && !example()) { picker.value = ""; parameters(); } });
if (text.value) run();
else if (kept()) text.value = kept();
else { text.value = examples.find((one) => !one.parameters.some((parameter) => !parameter.optional))?.query ?? ""; picker.value = examples.find((one) => one.query === text.value)?.name ?? ""; }
if (!picker.value) picker.value = examples.find((one) => one.query === text.value)?.name ?? "";
parameters();
colour();
skipHead();
