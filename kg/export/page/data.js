// What the page knows. The only place that reads the page's data: whoever serves the page with other data changes nothing but this.

const kg = load(JSON.parse($("data").textContent));

/** The data as the page works with it: columns, with entities, facts, figures, lines, quotes and sources spoken of by number. */
function load(data) {
  const { entities, facts, figures, quotes, sources, places, words } = data;
  const count = entities.id.length, total = facts.s.length;
  const listed = (value) => (Array.isArray(value) ? value : [value]);
  const factsOf = Array.from({ length: count }, () => []), figuresOf = Array.from({ length: count }, () => []);
  const edges = lines(facts, total);
  for (let fact = 0; fact < total; fact++) {
    factsOf[facts.s[fact]].push(fact);
    if (facts.o[fact] !== facts.s[fact]) factsOf[facts.o[fact]].push(fact);
  }
  figures.about.forEach((about, number) => figuresOf[about].push(number));
  const edgesOf = Array.from({ length: count }, () => []);
  for (let edge = 0; edge < edges.count; edge++) {
    edgesOf[edges.from[edge]].push(edge);
    if (edges.from[edge] !== edges.to[edge]) edgesOf[edges.to[edge]].push(edge);
  }
  const weight = (node) => factsOf[node].length + figuresOf[node].length / 4;
  const rank = Uint32Array.from(Array.from({ length: count }, (_, node) => node).sort((a, b) => weight(b) - weight(a) || a - b));
  const community = new Int32Array(count).fill(-1);
  const communities = places.discs.map(([hub, x, y, radius, ...members], number) => {
    for (const node of members) community[node] = number;
    return { hub, x, y, radius, count: members.length };
  });
  return {
    ...data, count, edges, edgesOf, factsOf, figuresOf, rank, names: entities.name, sort: entities.sort, unresolved: new Set(entities.unresolved),
    facts: {
      ...facts, count: total, quotes: facts.quotes.map(listed), key: hashed(facts.key, "statement", data.base), period: facts.period.map((n) => words[n]),
      years: facts.period.map((n) => years(words[n])), rule: facts.rule.map((n) => words[n]), role: (fact) => facts.role[fact] ?? "",
      source: facts.quotes.map((said) => quotes.source[listed(said)[0]]),
    },
    figures: {
      ...figures, count: figures.about.length, quotes: figures.quotes.map(listed), key: hashed(figures.key, "measure", data.base),
      ...Object.fromEntries(["indicator", "indicatorKey", "unit", "bound", "kind", "period", "rule"].map((name) => [name, figures[name].map((n) => words[n])])),
      source: figures.quotes.map((said) => quotes.source[listed(said)[0]]),
    },
    alt: (node) => entities.alt[node] ?? [],
    callings: (node) => [entities.name[node], ...(entities.alt[node] ?? [])],
    kind: (node) => words[entities.kind[node] ?? 0] || data.classes[entities.sort[node]],
    also: (node) => entities.also[node] ?? [],
    code: (node) => entities.code[node]?.[0] ?? "",
    seen: (node) => entities.seen[node] ?? [],
    iri: (node) => data.base + (entities.iri[node] ?? entities.id[node]),
    mentions: (node) => pairs(entities.mentions[node]),
    numberOf: byName(entities, rank),
    edgeOf: (from, to) => edges.at.get(pairKey(from, to)) ?? -1,
    quote: (quote) => sources[quotes.source[quote]].text.slice(quotes.from[quote], quotes.to[quote]),
    exact: (quote) => exact(quotes, quote, sources[quotes.source[quote]].text.slice(quotes.from[quote], quotes.to[quote])),
    graph: {
      nodes: {
        count, x: Float32Array.from(places.x), y: Float32Array.from(places.y), size: Float32Array.from(places.size),
        sort: Uint8Array.from(entities.sort), label: entities.name, community, rank,
      },
      edges, communities, styles: data.styles,
    },
  };
}

function pairKey(from, to) { return from * 0x1000000 + to; }
/** Pairs of entities with at least one fact, in one direction, sorted; `facts` of each; `at`: the key of a pair → its number. */
function lines(facts, total) {
  const found = new Map();
  for (let fact = 0; fact < total; fact++) {
    const key = pairKey(facts.s[fact], facts.o[fact]);
    if (found.has(key)) found.get(key).push(fact);
    else found.set(key, [fact]);
  }
  const order = [...found.keys()].sort((a, b) => a - b), all = order.map((key) => found.get(key));
  return {
    count: order.length, facts: all, at: new Map(order.map((key, edge) => [key, edge])), from: Uint32Array.from(order, (key) => Math.floor(key / 0x1000000)), to: Uint32Array.from(order, (key) => key % 0x1000000),
    planned: Uint8Array.from(all, (members) => (members.every((fact) => facts.planned[fact]) ? 1 : 0)),
  };
}
function hashed(text, family, base) { return (number) => `${base}${family}/${text.slice(16 * number, 16 * number + 16)}`; }
function years(period) { return period ? [Number(period.slice(0, 4)), Number((period.split("/")[1] ?? period).slice(0, 4))] : null; }
function pairs(list) {
  const found = [];
  for (let at = 0; at < list.length; at += 2) found.push([list[at], list[at + 1]]);
  return found;
}
/** Finds an entity by its id, its IRI below the base, or one of its names; -1 where there is none. */
function byName(entities, rank) {
  let ids = null;
  return (asked) => {
    ids ??= new Map(entities.id.map((id, number) => [id, number]));
    return ids.get(asked) ?? rank.find((node) => entities.name[node] === asked || entities.alt[node]?.includes(asked)) ?? -1;
  };
}
/** What the source says at a quote, line breaks and all. */
function exact(quotes, quote, shown) {
  const change = quotes.exact[quote];
  if (change === 0) return shown;
  if (typeof change === "string") return change;
  const [put, ...places] = change, chars = [...shown];
  for (const place of places.reverse()) chars.splice(place, 0, put);
  return chars.join("");
}
