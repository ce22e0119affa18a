"use strict";
// The page: everything that comes from documents is set as text, never as markup.
(() => {
  const all = JSON.parse(document.getElementById("data").textContent);
  const { entities, facts, figures, quotes, classes } = all.graph;
  const words = all.words;
  let lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const say = (key) => words[lang][key] ?? key;
  const $ = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const ofEntity = entities.map(() => []);
  facts.forEach((fact, number) => { ofEntity[fact.s].push(number); if (fact.o !== fact.s) ofEntity[fact.o].push(number); });
  const hiddenClasses = new Set(), hiddenRelations = new Set();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const ink = () => (dark.matches ? "#e6e4df" : "#22262b");

  // the network: pyvis's nodes, edges and options, drawn by the vis-network it ships
  const nodes = new vis.DataSet(all.nodes.map((node) => ({ ...node, font: { ...node.font, color: ink(), strokeColor: dark.matches ? "#16191d" : "#fbfaf7" } })));
  const edges = new vis.DataSet(all.edges);
  const shownNode = (node) => !hiddenClasses.has(entities[node.id].class);
  const shownEdge = (edge) => !hiddenRelations.has(facts[edge.facts[0]].p) && !hiddenClasses.has(entities[edge.from].class) && !hiddenClasses.has(entities[edge.to].class);
  const nodeView = new vis.DataView(nodes, { filter: shownNode }), edgeView = new vis.DataView(edges, { filter: shownEdge });
  const network = new vis.Network($("graph"), { nodes: nodeView, edges: edgeView }, all.options);
  dark.addEventListener("change", () => nodes.update(all.nodes.map((node) => ({ id: node.id, font: { ...node.font, color: ink() } }))));

  const edgeOf = new Map();
  all.edges.forEach((edge) => edge.facts.forEach((number) => edgeOf.set(number, edge.id)));

  // Labels: at a distance only those of the best connected, near ones all; drawn by us so that none lies over another.
  const rank = entities.map((_, number) => number).sort((a, b) => ofEntity[b].length - ofEntity[a].length || a - b);
  let chosen = null;
  network.on("afterDrawing", (canvas) => {
    const scale = network.getScale(), boxes = [], size = 13 / scale;
    const positions = all.nodes;
    const near = chosen === null ? null : new Set([chosen, ...ofEntity[chosen].flatMap((n) => [facts[n].s, facts[n].o])]);
    canvas.textAlign = "center"; canvas.textBaseline = "top"; canvas.lineJoin = "round";
    const most = scale < 0.75 ? 45 : 400;
    const order = near ? [...near, ...rank.filter((n) => !near.has(n))] : rank;
    const view = network.getViewPosition(), halfX = $("graph").clientWidth / scale / 2 + 80, halfY = $("graph").clientHeight / scale / 2 + 40;
    for (const number of order) {
      const node = positions[number];
      if (!shownNode(node) || Math.abs(node.x - view.x) > halfX || Math.abs(node.y - view.y) > halfY) continue;
      const important = number === chosen, own = important ? size * 1.25 : size;
      canvas.font = `${important ? 700 : 500} ${own}px "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif`;
      const name = entities[number].name, text = name.length > 16 && !important ? name.slice(0, 15) + "…" : name;
      const wide = canvas.measureText(text).width, top = node.y + node.size + 2 / scale;
      const box = [node.x - wide / 2, top, node.x + wide / 2, top + own * 1.15];
      if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      if (boxes.length >= most) break;
      boxes.push(box);
      canvas.globalAlpha = near && !near.has(number) ? 0.25 : 1;
      canvas.lineWidth = 3 / scale; canvas.strokeStyle = dark.matches ? "#16191d" : "#fbfaf7"; canvas.strokeText(text, node.x, top);
      canvas.fillStyle = ink(); canvas.fillText(text, node.x, top);
      canvas.globalAlpha = 1;
    }
    window.yishiLabels = boxes.length;
  });

  const address = () => { history.replaceState(null, "", chosen === null ? "#" : `#${new URLSearchParams({ e: entities[chosen].name })}`); };
  function emphasize() {
    const near = chosen === null ? null : new Set([chosen, ...ofEntity[chosen].flatMap((n) => [facts[n].s, facts[n].o])]);
    nodes.update(all.nodes.map((node) => ({ id: node.id, opacity: !near || near.has(node.id) ? 1 : 0.2 })));
    edges.update(all.edges.map((edge) => {
      const mine = near && (edge.from === chosen || edge.to === chosen);
      return { id: edge.id, label: mine ? edge.facts.map((n) => say(facts[n].p)).filter((w, i, a) => a.indexOf(w) === i).join(" · ") : undefined,
        color: { ...edge.color, color: mine && !edge.dashes ? (dark.matches ? "#c3cad3" : "#55606c") : edge.color.color, opacity: mine ? 1 : near ? 0.08 : 0.75 }, width: mine ? 2.4 : 1.5, font: { size: 11, color: ink(), strokeWidth: 3, strokeColor: dark.matches ? "#16191d" : "#fbfaf7" } };
    }));
  }
  function choose(number, fly = true, selected = -1) {
    chosen = number;
    emphasize();
    if (number === null) { network.unselectAll(); overview(); } else {
      network.selectNodes([number], false);
      if (fly) network.focus(number, { scale: Math.max(0.75, network.getScale()), animation: { duration: 350 } });
      card(number, selected);
    }
    address();
  }
  const link = (number) => {
    const a = make("a", entities[number].name);
    a.href = "#"; a.addEventListener("click", (event) => { event.preventDefault(); choose(number); });
    return a;
  };
  const quoted = (number, names) => {
    const block = make("blockquote"), text = quotes[number];
    const found = [...new Set(names)].filter((name) => name && text.includes(name)).sort((a, b) => b.length - a.length);
    if (!found.length) { block.textContent = text; return block; }
    let at = 0;
    while (at < text.length) {
      let next = -1, name = "";
      for (const one of found) { const where = text.indexOf(one, at); if (where >= 0 && (next < 0 || where < next)) { next = where; name = one; } }
      if (next < 0) { block.append(text.slice(at)); break; }
      block.append(text.slice(at, next), make("mark", name));
      at = next + name.length;
    }
    return block;
  };
  const callings = (number) => [entities[number].name, ...entities[number].alt];
  const tags = (where, fact) => {
    if (fact.planned) where.append(make("span", say("planned"), "tag planned"));
    if (fact.basis !== "stated") where.append(make("span", say(fact.basis), "tag"));
    if (fact.period) where.append(make("span", fact.period, "tag"));
    if (fact.role) where.append(make("span", fact.role, "tag"));
  };
  function card(number, selected) {
    const entity = entities[number], box = $("card");
    box.replaceChildren(make("h2", entity.name));
    const sort = make("div", say(entity.kind || classes[entity.class]), "sort");
    if (entity.code) sort.append(make("span", `${say("code")} ${entity.code}`, "tag"));
    if (!entity.resolved) sort.append(make("span", say("unresolved"), "tag planned"));
    box.append(sort);
    if (entity.alt.length) { box.append(make("h3", say("names"))); box.append(make("div", entity.alt.join("；"))); }
    const counted = figures.filter((figure) => figure.about === number);
    if (counted.length) {
      box.append(make("h3", say("figures")));
      const table = make("table");
      for (const figure of counted) {
        const row = table.insertRow();
        row.insertCell().textContent = figure.indicator;
        const cell = row.insertCell();
        cell.className = "figure"; cell.textContent = figure.written; cell.title = figure.quotes.map((q) => quotes[q]).join("\n");
        if (figure.planned) cell.append(make("span", say("planned"), "tag planned"));
        row.insertCell().textContent = figure.period;
      }
      box.append(table);
    }
    const groups = new Map();
    for (const n of ofEntity[number]) {
      const out = facts[n].s === number, key = (out ? "" : "~") + facts[n].p;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(n);
    }
    for (const [key, members] of groups) {
      box.append(make("h3", key.startsWith("~") ? `${say("inverse")}${say(key.slice(1))}` : say(key)));
      for (const n of members) {
        const fact = facts[n], row = make("div", null, n === selected ? "fact selected" : "fact");
        row.append(link(fact.s === number ? fact.o : fact.s));
        tags(row, fact);
        fact.quotes.forEach((q) => row.append(quoted(q, [...callings(fact.s), ...callings(fact.o)])));
        if (n === selected) setTimeout(() => row.scrollIntoView({ block: "center" }), 0);
        box.append(row);
      }
    }
    box.scrollTop = 0;
    box.focus({ preventScroll: true });
  }
  function overview() {
    const box = $("card");
    box.replaceChildren(make("h2", say("overview")), make("div", `${entities.length} ${say("entities")} · ${facts.length} ${say("facts")} · ${figures.length} ${say("figures")}`, "sort"), make("p", say("hint")), make("h3", say("connected")));
    for (const number of rank.slice(0, 12)) {
      const row = make("div", null, "fact");
      row.append(link(number), make("span", `${say(classes[entities[number].class])} · ${ofEntity[number].length}`, "tag"));
      box.append(row);
    }
  }
  function sign(index) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("width", "14"); svg.setAttribute("height", "14"); svg.setAttribute("viewBox", "-8 -8 16 16"); svg.setAttribute("aria-hidden", "true");
    const shapes = { dot: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0", square: "M-5.5-5.5h11v11h-11z", diamond: "M0-7L7 0L0 7L-7 0z", triangle: "M0-6.5L7 6H-7z", triangleDown: "M0 6.5L7-6H-7z", hexagon: "M-7 0L-3.5-6H3.5L7 0L3.5 6H-3.5z", star: "M0-7L2-2L7-2L3 1.4L4.6 6.6L0 3.4L-4.6 6.6L-3 1.4L-7-2L-2-2z" };
    path.setAttribute("d", shapes[all.styles[index][1]]); path.setAttribute("fill", all.styles[index][0]);
    svg.append(path);
    return svg;
  }
  function toggle(set, key, view) { if (set.has(key)) set.delete(key); else set.add(key); view(); }
  function legend() {
    const box = $("legend"), kinds = make("div", null, "classes"), relations = make("div", null, "relations");
    box.replaceChildren(make("h2", say("classes")), kinds, make("h2", say("relations")), relations);
    classes.forEach((name, index) => {
      const count = entities.filter((entity) => entity.class === index).length;
      if (!count) return;
      const button = make("button");
      button.type = "button"; button.dataset.class = name; button.setAttribute("aria-pressed", String(!hiddenClasses.has(index)));
      button.append(sign(index), make("span", say(name)), make("span", count, "count"));
      button.addEventListener("click", () => toggle(hiddenClasses, index, refresh));
      kinds.append(button);
    });
    for (const name of [...new Set(facts.map((fact) => fact.p))].sort()) {
      const button = make("button");
      button.type = "button"; button.setAttribute("aria-pressed", String(!hiddenRelations.has(name)));
      button.append(make("span", say(name)), make("span", facts.filter((fact) => fact.p === name).length, "count"));
      button.addEventListener("click", () => toggle(hiddenRelations, name, refresh));
      relations.append(button);
    }
    relations.append(make("h2", "┄┄ " + say("planned")));
  }
  function refresh() { nodeView.refresh(); edgeView.refresh(); legend(); }
  function list() {
    const box = $("list");
    box.replaceChildren();
    classes.forEach((name, index) => {
      const members = rank.filter((number) => entities[number].class === index);
      if (!members.length) return;
      box.append(make("h2", `${say(name)} (${members.length})`));
      members.forEach((number) => box.append(link(number)));
    });
  }
  function search(text) {
    const box = $("found"), wanted = text.trim().toLowerCase();
    const hits = wanted ? rank.filter((number) => callings(number).some((name) => name.toLowerCase().includes(wanted))).slice(0, 12) : [];
    box.replaceChildren();
    hits.forEach((number, position) => {
      const item = make("li", entities[number].name);
      item.setAttribute("role", "option"); item.setAttribute("aria-selected", String(position === 0)); item.dataset.number = number;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(number); });
      box.append(item);
    });
    box.hidden = !hits.length;
  }
  function pick(number) { $("found").hidden = true; $("search").blur(); choose(number); }
  $("search").addEventListener("input", (event) => search(event.target.value));
  $("search").addEventListener("blur", () => setTimeout(() => { $("found").hidden = true; }, 150));
  $("search").addEventListener("keydown", (event) => {
    const items = [...$("found").children], at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length) {
      event.preventDefault();
      const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      items.forEach((item, position) => item.setAttribute("aria-selected", String(position === next)));
    } else if (event.key === "Enter") { event.preventDefault(); if (items[at]) pick(Number(items[at].dataset.number)); }
    else if (event.key === "Escape") { event.target.value = ""; search(""); }
  });
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && document.activeElement !== $("search")) choose(null); });
  $("whole").addEventListener("click", () => { choose(null); network.fit({ animation: { duration: 350 } }); });
  $("aslist").addEventListener("click", () => { const shown = $("list").hidden; $("list").hidden = !shown; $("graph").hidden = shown; $("graph").style.display = shown ? "none" : ""; texts(); });
  $("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en"; texts(); chosen === null ? overview() : card(chosen, -1); emphasize(); });
  function texts() {
    $("search").placeholder = say("search"); $("search").setAttribute("aria-label", say("search"));
    $("whole").textContent = say("whole"); $("aslist").textContent = $("list").hidden ? say("aslist") : say("asgraph"); $("lang").textContent = lang === "zh" ? "English" : "中文";
    $("graph").setAttribute("aria-label", say("graph")); legend(); list();
  }
  network.on("click", (event) => {
    if (event.nodes.length) choose(event.nodes[0], false);
    else if (event.edges.length) { const edge = all.edges[event.edges[0]]; choose(edge.from, false, edge.facts[0]); }
    else choose(null);
  });
  texts(); overview();
  network.fit();
  network.moveTo({ scale: network.getScale() * 0.93 });
  const asked = new URLSearchParams(location.hash.slice(1)).get("e");
  if (asked) { const number = entities.findIndex((entity) => entity.name === asked); if (number >= 0) choose(number); }
  window.yishi = { choose, network, all };
})();
