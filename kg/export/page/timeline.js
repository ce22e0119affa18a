// When things are said to be: a bar for each year with facts, what is planned on top of what is done.

const TALL = 26; // CSS pixels of the highest bar

/** Years → [done, planned], over all years that a fact of them touches (a fact of 2021–2025 counts in each). */
function perYear() {
  const { facts } = allowed("years"), found = new Map();
  let undated = 0;
  facts.forEach((on, fact) => {
    const span = kg.facts.years[fact];
    if (!on) return;
    if (!span) { undated++; return; }
    for (let year = span[0]; year <= Math.min(span[1], span[0] + 100); year++) {
      if (!found.has(year)) found.set(year, [0, 0]);
      found.get(year)[kg.facts.planned[fact] ? 1 : 0]++;
    }
  });
  return { years: [...found.keys()].sort((a, b) => a - b), found, undated };
}
const allYears = (() => { let years = null; return () => (years ??= [...new Set(kg.facts.years.filter(Boolean).flat())].sort((a, b) => a - b)); })();
const inYears = (year) => state.years === null || (year >= state.years[0] && year <= state.years[1]);

function pickYear(year, far) {
  const [first, last] = state.years ?? [year, year], alone = state.years && first === year && last === year;
  const years = far && state.years ? [Math.min(first, year), Math.max(last, year)] : alone ? null : [year, year];
  go({ years, undated: years === null }, { stay: true });
  tell(say("showing", shownCounts()), { quiet: true });
}
function timeline() {
  const box = $("timeline");
  box.hidden = allYears().length === 0;
  if (box.hidden) return;
  box.setAttribute("aria-label", say("period"));
  const { found, undated } = perYear(), most = Math.max(1, ...[...found.values()].map(([done, planned]) => done + planned));
  const bars = allYears().slice(-60).map((year) => {
    const [done, planned] = found.get(year) ?? [0, 0], high = (count) => Math.round((TALL * count) / most);
    const bar = drawing(14, TALL, [{ d: `M0 ${TALL}h14v${-Math.max(done ? 1 : 0, high(done))}h-14z`, class: "done" }, { d: `M0 ${TALL - high(done)}h14v${-Math.max(planned ? 1 : 0, high(planned))}h-14z`, class: "planned" }]);
    return button([bar, make("span", {}, String(year))], (event) => pickYear(year, event.shiftKey), { "aria-pressed": String(inYears(year)), "aria-label": say("year", { year, done, planned }), title: `${say("year", { year, done, planned })} · ${say("year-hint")}` });
  });
  const rest = undated ? button([make("span", { class: "count" }, `+${undated}`), make("span", {}, say("undated"))], () => go({ undated: !state.undated }, { stay: true }), { class: "undated", "aria-pressed": String(state.undated), title: say("undated-hint") }) : null;
  keepFocus(box, () => box.replaceChildren(...bars, ...(rest ? [rest] : [])));
}
/** The same as two fields, for the panel: from which year to which. */
function periodGroup() {
  const years = allYears();
  if (!years.length) return null;
  const { found } = perYear(), count = (year) => (found.get(year) ?? [0, 0]).reduce((sum, one) => sum + one);
  const field = (at, label) => make("select", { "aria-label": label, onchange: ({ target }) => {
    const next = [...(state.years ?? [years[0], years.at(-1)])];
    next[at] = Number(target.value);
    if (next[0] > next[1]) next[1 - at] = next[at];
    go({ years: next[0] === years[0] && next[1] === years.at(-1) ? null : next }, { stay: true });
  } }, years.map((year) => make("option", { value: String(year), selected: year === (state.years ?? [years[0], years.at(-1)])[at] }, `${year} (${count(year)})`)));
  const undated = make("label", {}, make("input", { type: "checkbox", checked: state.undated, onchange: ({ target }) => go({ undated: target.checked }, { stay: true }) }), say("with-undated"));
  return section(say("period"), 0, make("div", { class: "period" }, field(0, say("from-year")), "–", field(1, say("to-year")), undated));
}
