// Where the names of a map stand: columns outwards from the first name, each name on a line of its own, each group beside its relation.

const LINE = 34, GAP = 14, SPREAD = 46; // a name's line, what is between groups, what is between columns

/** `root`: a place with groups (see walk.js). `measure`: {name, label, more}, each the width of one of them.
 *  names: [{place | group, x, y, level}] (group: the button for the rest of it), labels: [{group, x, y}], links: [{from, to, planned}]. */
export function layout(root, measure) {
  const found = { names: [{ place: root, x: 0, y: 0, level: 0 }], labels: [], links: [] };
  const wide = measure.name(root) / 2;
  for (const side of [1, -1]) {
    const groups = root.groups.filter((group) => group.side === side);
    const columns = widths(groups, measure);
    const height = total(groups);
    put(groups, -height / 2, side * (wide + 6), side, 1, columns, found, { x: side * wide, y: 0 }, measure);
  }
  return found;
}
/** How wide each column of names and of relations is, so that all of a column begin at one line. */
function widths(groups, measure, level = 1, columns = []) {
  for (const group of groups) {
    const column = (columns[level] ??= { label: 0, name: 0 });
    column.label = Math.max(column.label, measure.label(group));
    for (const one of group.places) {
      column.name = Math.max(column.name, measure.name(one));
      if (one.open) widths(one.groups, measure, level + 1, columns);
    }
    if (group.more > 0) column.name = Math.max(column.name, measure.more(group));
  }
  return columns;
}
const tall = (one) => Math.max(LINE, one.open ? total(one.groups) : 0);
const groupTall = (group) => group.places.reduce((sum, one) => sum + tall(one), 0) + (group.more > 0 ? LINE : 0);
const total = (groups) => groups.reduce((sum, group) => sum + groupTall(group), 0) + Math.max(0, groups.length - 1) * GAP;

function put(groups, top, x, side, level, columns, found, from, measure) {
  let y = top;
  for (const group of groups) {
    const column = columns[level], middle = y + groupTall(group) / 2;
    const label = x + side * (SPREAD + column.label / 2), start = x + side * (SPREAD + column.label + SPREAD);
    found.labels.push({ group, x: label, y: middle });
    found.links.push({ from, to: { x: label - side * (column.label / 2), y: middle }, planned: group.places.length > 0 && group.places.every((one) => one.planned) });
    for (const one of group.places) {
      const line = y + tall(one) / 2;
      found.names.push({ place: one, x: start, y: line, level });
      found.links.push({ from: { x: label + side * (column.label / 2), y: middle }, to: { x: start, y: line }, planned: one.planned });
      if (one.open) {
        const end = start + side * column.name;
        put(one.groups, line - total(one.groups) / 2, end, side, level + 1, columns, found, { x: start + side * measure.name(one), y: line }, measure);
      }
      y += tall(one);
    }
    if (group.more > 0) {
      found.names.push({ group, x: start, y: y + LINE / 2, level });
      found.links.push({ from: { x: label + side * (column.label / 2), y: middle }, to: { x: start, y: y + LINE / 2 }, planned: false });
      y += LINE;
    }
    y += GAP;
  }
}
