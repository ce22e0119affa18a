// Finding a name: by a part of it, by pinyin, by initials, also with characters left out (myst → 民生议事堂).

const MOST_FOUND = 12;
const plainText = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s“”‘’"'《》〈〉「」·]/g, "");
let spelled = null; // for each calling of each entity: {node, name, plain, chars: [readings of each character]}

function spelling() {
  if (spelled) return spelled;
  const readings = new Map(Object.entries(kg.pinyin).map(([char, said]) => [char, said.split(" ")]));
  spelled = [];
  for (let node = 0; node < kg.count; node++) {
    for (const name of kg.callings(node)) {
      const plain = plainText(name);
      spelled.push({ node, name, plain, chars: [...plain].map((char) => readings.get(char) ?? [char]) });
    }
  }
  return spelled;
}
/** How badly `wanted` fits a spelled name (0: it is the name): Infinity where it does not. */
function misfit(wanted, { plain, chars }) {
  const at = plain.indexOf(wanted);
  if (at >= 0) return plain === wanted ? 0 : at === 0 ? 1 : 2;
  if (!/^[a-z0-9ü]+$/.test(wanted)) return Infinity;
  let best = Infinity;
  for (let start = 0; start < chars.length; start++) {
    const skipped = spell(wanted.replaceAll("ü", "v"), chars, start);
    if (skipped < Infinity) best = Math.min(best, 3 + (start ? 1 : 0) + 2 * skipped + (skipped === 0 && start === 0 ? 0 : 0.01 * (start + chars.length)));
  }
  return best;
}
/** The fewest characters left out when `wanted` is spelled by the characters from `start` on, each whole or by its beginning; Infinity: it cannot be. */
function spell(wanted, chars, start) {
  let open = new Map([[0, 0]]); // letters used → characters left out
  for (let place = start; place < chars.length; place++) {
    const next = new Map();
    const offer = (used, cost) => { if (cost < (next.get(used) ?? Infinity)) next.set(used, cost); };
    for (const [used, cost] of open) {
      if (used > 0) offer(used, cost + 1);
      for (const reading of chars[place]) {
        if (wanted.startsWith(reading, used)) offer(used + reading.length, cost);
        for (let part = 1; part < reading.length && wanted[used + part - 1] === reading[part - 1]; part++) {
          if (part === 1 || used + part === wanted.length) offer(used + part, cost); // an initial, or the last syllable not yet typed to its end
        }
      }
    }
    if (next.has(wanted.length)) return next.get(wanted.length);
    open = next;
    if (!open.size) break;
  }
  return Infinity;
}
/** Entities by how well one of their names fits: [{node, name}]. */
function find(text, most = MOST_FOUND) {
  const wanted = plainText(text), best = new Map();
  if (!wanted) return [];
  for (const one of spelling()) {
    const cost = misfit(wanted, one);
    if (cost < (best.get(one.node)?.cost ?? Infinity)) best.set(one.node, { node: one.node, name: one.name, cost });
  }
  const ties = (node) => kg.factsOf[node].length;
  return [...best.values()].sort((a, b) => Math.floor(a.cost) - Math.floor(b.cost) || ties(b.node) - ties(a.node) || a.cost - b.cost || a.node - b.node).slice(0, most);
}

function showFound(text) {
  const box = $("found"), hits = find(text);
  box.replaceChildren(...hits.map(({ node, name }, place) => {
    const other = name === kg.names[node] ? null : chinese("span", { class: "count" }, name);
    const item = make("li", { id: `found${place}`, role: "option" }, sign(kg.sort[node]), chinese("span", {}, kg.names[node]), other);
    item.dataset.node = node;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); takeFound(node); });
    return item;
  }));
  if (plainText(text) && !hits.length) box.append(make("li", { class: "none" }, say("none")));
  box.hidden = !plainText(text);
  $("search").setAttribute("aria-expanded", String(!box.hidden));
  point(0);
  if (!box.hidden) tell(hits.length ? say("found", { count: hits.length }) : say("none"), { quiet: true });
}
const options = () => [...$("found").querySelectorAll("[role=option]")];
function point(place) {
  options().forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
  if (options()[place]) { $("search").setAttribute("aria-activedescendant", `found${place}`); options()[place].scrollIntoView({ block: "nearest" }); }
  else $("search").removeAttribute("aria-activedescendant");
}
function closeFound() { $("found").hidden = true; $("search").setAttribute("aria-expanded", "false"); }
/** An entity that was searched: the end of a way where one is being asked for, else what is chosen. */
function takeFound(node) {
  closeFound();
  $("search").value = "";
  if (waiting >= 0 && waiting !== node) findPath(waiting, node);
  else pick(node, { from: "search" });
}
function searching() {
  const field = $("search");
  field.addEventListener("input", () => showFound(field.value));
  field.addEventListener("focus", () => { if (field.value) showFound(field.value); });
  field.addEventListener("blur", closeFound);
  field.addEventListener("keydown", (event) => {
    const items = options(), at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (items.length) point((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (items[at]) takeFound(Number(items[at].dataset.node));
    } else if (event.key === "Escape") { event.stopPropagation(); field.value = ""; closeFound(); field.blur(); }
  });
}
