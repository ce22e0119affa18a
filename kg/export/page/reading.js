// The source beside the graph: an article in which every name is underlined in the colour of its class.

const AT_ONCE = 60000; // UTF-16 units: a longer text gets its underlines paragraph by paragraph, as they come near
const MARGIN = "1500px 0px";
let paper = null; // what is on the page of the source that is open: {number, paragraphs: [{start, end, node, filled}], marks}
let watching = null;

/** Names and quoted sentences of a source, as stretches of its text, outer ones first. */
function stretchesOf(number) {
  const { mentions } = kg.sources[number], found = [];
  for (let at = 0; at < mentions.length; at += 3) found.push({ start: mentions[at], end: mentions[at + 1], node: mentions[at + 2] });
  const lead = kg.sources[number].leads;
  for (let at = 0; at < lead.length; at += 2) found.push({ start: lead[at], end: lead[at + 1], lead: true });
  kg.quotes.source.forEach((source, quote) => { if (source === number && kg.quotes.from[quote] < kg.quotes.to[quote]) found.push({ start: kg.quotes.from[quote], end: kg.quotes.to[quote], quote }); });
  const order = (one) => (one.quote !== undefined ? 0 : one.lead ? 1 : 2);
  return found.sort((a, b) => a.start - b.start || b.end - a.end || order(a) - order(b));
}
/** Open a source in the reading pane. */
function openPaper(number) {
  const source = kg.sources[number], article = $("article"), same = paper?.number === number, place = $("text").scrollTop;
  if (same && paper.lang === state.lang) return;
  watching?.disconnect();
  article.replaceChildren();
  paper = null;
  if (!source) return;
  const stretches = stretchesOf(number);
  paper = { number, lang: state.lang, paragraphs: [], stretches };
  if (!source.paragraphs.some(([, , kind]) => kind === "title")) article.append(chinese("h2", { class: "title" }, source.title));
  if (!kg.whole) article.append(make("p", { class: "note", lang: LANGUAGES[state.lang] }, say("excerpts", { size: megabytes(kg.budget) }), make("code", {}, "kg serve --graph output")));
  let from = 0;
  for (const [start, end, kind] of source.paragraphs) {
    const tag = { title: "h2", h1: "h3", h2: "h4", h3: "h5" }[kind] ?? "p";
    while (from < stretches.length && stretches[from].end <= start && stretches[from].start < start) from++;
    const part = { start, end, first: from, filled: false, node: make(tag, { class: kind === "p" ? null : kind }, source.text.slice(start, end)) };
    paper.paragraphs.push(part);
    article.append(part.node);
  }
  if (source.text.length <= AT_ONCE) paper.paragraphs.forEach(fill);
  else {
    const parts = new Map(paper.paragraphs.map((part) => [part.node, part]));
    watching = new IntersectionObserver((seen) => { for (const { target, isIntersecting } of seen) if (isIntersecting) { fill(parts.get(target)); watching.unobserve(target); } }, { root: $("text"), rootMargin: MARGIN });
    for (const part of paper.paragraphs) watching.observe(part.node);
  }
  article.firstElementChild?.querySelector(".name")?.setAttribute("tabindex", "0");
  $("text").scrollTop = same ? place : 0;
  light();
}
const megabytes = (bytes) => `${bytes / 1e6} MB`;
addEventListener("beforeprint", () => paper?.paragraphs.forEach(fill));

/** Put the names and sentences of a paragraph into it. Stretches nest; where two cross, the later one is cut at the end of the earlier. */
function fill(part) {
  if (part.filled) return;
  part.filled = true;
  const text = kg.sources[paper.number].text, open = [{ node: part.node, end: part.end }];
  part.node.replaceChildren();
  let at = part.start;
  const write = (to) => { if (to > at) { open.at(-1).node.append(text.slice(at, to)); at = to; } };
  const close = (until) => { while (open.length > 1 && open.at(-1).end <= until) { write(open.at(-1).end); open.pop(); } };
  for (let next = part.first; next < paper.stretches.length && paper.stretches[next].start < part.end; next++) {
    const one = paper.stretches[next], start = Math.max(one.start, part.start);
    if (one.end <= part.start) continue;
    close(start);
    write(start);
    const end = Math.min(one.end, open.at(-1).end), node = stretch(one);
    open.at(-1).node.append(node);
    open.push({ node, end });
  }
  close(part.end);
  write(part.end);
  deepen(part.node);
  lightIn(part.node);
}
function stretch({ node, quote, lead }) {
  if (lead) return make("b", { class: "lead" });
  if (quote !== undefined) { const span = make("span", { class: "said" }); span.dataset.quote = quote; return span; }
  const span = make("span", { class: `name sort${kg.sort[node]}`, role: "link", tabIndex: -1, title: term(kg.kind(node)) });
  span.dataset.node = node;
  return span;
}
/** Names that hold names are underlined below them. */
function deepen(node) {
  let depth = 0;
  for (const child of node.children) depth = Math.max(depth, deepen(child));
  if (!node.classList.contains("name")) return depth;
  node.classList.add(`over${Math.min(3, depth)}`);
  return depth + 1;
}

/** What lights up: names of the nodes and the sentences (quotes) of what is chosen. */
function lit() {
  const chosen = state.chosen, nodes = new Set(), quotes = new Set();
  if (chosen?.node !== undefined) nodes.add(chosen.node);
  if (chosen?.edge !== undefined) {
    nodes.add(kg.edges.from[chosen.edge]).add(kg.edges.to[chosen.edge]);
    for (const fact of kg.edges.facts[chosen.edge]) for (const quote of kg.facts.quotes[fact]) quotes.add(quote);
  }
  if (!chosen && state.scene === "path") for (const edge of picture.strong) for (const fact of kg.edges.facts[edge]) for (const quote of kg.facts.quotes[fact]) quotes.add(quote);
  if (shownQuote >= 0) quotes.add(shownQuote);
  return { nodes, quotes };
}
let shownQuote = -1; // a sentence that was asked for in the card

function light() { lightIn($("article")); }
function lightIn(root) {
  const { nodes, quotes } = lit();
  for (const name of root.querySelectorAll(".name.lit, .said.lit")) name.classList.remove("lit");
  for (const name of root.querySelectorAll(".name")) if (nodes.has(Number(name.dataset.node))) name.classList.add("lit");
  for (const said of root.querySelectorAll(".said")) if (quotes.has(Number(said.dataset.quote))) said.classList.add("lit");
}
/** Bring the first place of what is chosen into view, in the source that is open if it is there, else in the first that has it. */
function showPlace() {
  const { nodes, quotes } = lit(), has = (number) => placeIn(number, nodes, quotes) >= 0;
  let number = state.paper;
  if (!has(number)) number = kg.sources.findIndex((_, other) => has(other));
  if (number < 0) return;
  if (number !== state.paper) go({ paper: number }, { step: false });
  scrollToPlace(placeIn(number, nodes, quotes));
}
function placeIn(number, nodes, quotes) {
  if (!kg.sources[number]) return -1;
  for (const quote of quotes) if (kg.quotes.source[quote] === number && kg.quotes.from[quote] < kg.quotes.to[quote]) return kg.quotes.from[quote];
  if (quotes.size) return -1;
  const { mentions } = kg.sources[number];
  for (let at = 0; at < mentions.length; at += 3) if (nodes.has(mentions[at + 2])) return mentions[at];
  return -1;
}
function scrollToPlace(place) {
  const part = paper.paragraphs.find(({ start, end }) => start <= place && place < end);
  if (!part) return;
  fill(part);
  const first = part.node.querySelector(".said.lit") ?? part.node.querySelector(".name.lit") ?? part.node, pane = $("text");
  const top = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight / 3;
  pane.scrollTo({ top, behavior: still() || Math.abs(top - pane.scrollTop) > 2 * pane.clientHeight ? "auto" : "smooth" }); // far away: at once
}
/** Show a sentence in the text. */
function showQuote(quote) {
  shownQuote = quote;
  const number = kg.quotes.source[quote];
  go({ text: true, ...paneOf("text"), ...(number === state.paper ? {} : { paper: number }) }, { step: false, stay: true });
  light();
  scrollToPlace(kg.quotes.from[quote]);
}

/** Keys in the text: arrows go from name to name, Enter chooses. */
function readingKeys() {
  const article = $("article");
  article.addEventListener("click", (event) => {
    const name = event.target.closest(".name");
    if (name && !String(getSelection())) pick(Number(name.dataset.node), { from: "text" });
  });
  article.addEventListener("keydown", (event) => {
    const name = event.target.closest(".name"), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (name && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pick(Number(name.dataset.node), { from: "text" }); return; }
    if (!step) return;
    const all = [...article.querySelectorAll(".name")], next = all[name ? all.indexOf(name) + step : 0];
    if (!next) return;
    event.preventDefault();
    for (const one of article.querySelectorAll('.name[tabindex="0"]')) one.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
