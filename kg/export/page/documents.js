// Where there are several sources: which one is open, and the list of all of them by year.

const yearOf = (source) => source.date.slice(0, 4);

/** The bar above the text: what is open, and a way to the others. */
function papers() {
  const box = $("papers"), source = kg.sources[state.paper];
  box.hidden = kg.sources.length < 2;
  if (box.hidden) return;
  const open = button([chinese("span", {}, source.title), make("span", { class: "count" }, `${state.paper + 1}/${kg.sources.length}`)], () => choosePaper(), { class: "paper", "aria-haspopup": "dialog", "aria-label": say("papers") });
  const step = (by, label, name) => button(icon(name), () => go({ paper: (state.paper + by + kg.sources.length) % kg.sources.length }, { stay: true }), { class: `small ${label}`, "aria-label": say(label), title: say(label) });
  box.replaceChildren(step(-1, "before", "next"), open, step(1, "next", "next"));
}
/** All sources by year, to open one or to leave some out. */
function choosePaper() {
  const years = [...new Set(kg.sources.map(yearOf))].sort().reverse(), list = make("div", { class: "papers" });
  const filter = make("input", { type: "search", placeholder: say("papers-find"), "aria-label": say("papers-find"), oninput: () => show() });
  const facts = new Map();
  for (const source of kg.facts.source) facts.set(source, (facts.get(source) ?? 0) + 1);
  const show = () => {
    const wanted = filter.value.trim().toLowerCase();
    list.replaceChildren(...years.flatMap((year) => {
      const numbers = kg.sources.flatMap((source, number) => (yearOf(source) === year && (source.title + source.number + source.file).toLowerCase().includes(wanted) ? [number] : []));
      if (!numbers.length) return [];
      const on = numbers.some((number) => !state.off.source.has(number));
      const whole = make("input", { type: "checkbox", checked: on, "aria-label": `${say("shown")} ${year}`, onchange: ({ target }) => { switchSources(numbers, target.checked); show(); } });
      return [make("h3", {}, make("label", {}, whole, year || say("undated"), make("span", { class: "count" }, numbers.length))), make("ul", {}, numbers.map((number) => paperRow(number, facts.get(number) ?? 0, show)))];
    }));
    if (!list.children.length) list.append(make("p", { class: "quiet" }, say("none")));
  };
  show();
  sheet(say("papers"), [make("p", { class: "quiet" }, say("papers-hint")), filter, list]);
}
function paperRow(number, facts, show) {
  const source = kg.sources[number];
  const on = make("input", { type: "checkbox", checked: !state.off.source.has(number), "aria-label": `${say("shown")} ${source.title}`, onchange: ({ target }) => { switchSources([number], target.checked); show(); } });
  const open = button([chinese("span", {}, source.title), make("span", { class: "count" }, [source.number, source.date, `${facts} ${say("facts")}`].filter(Boolean).join(" · "))], () => { closeSheet(); go({ paper: number, text: true, ...paneOf("text") }, { stay: true }); }, { class: "paper" });
  if (number === state.paper) open.setAttribute("aria-current", "true");
  return make("li", {}, on, open);
}
function switchSources(numbers, on) {
  const source = new Set(state.off.source);
  for (const number of numbers) if (on) source.delete(number); else source.add(number);
  go({ off: { ...state.off, source } });
}
