// How nodes and names are drawn, the same on the picture, in the legend and in what is taken along.

const SANS = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","Hiragino Sans GB",system-ui,sans-serif';
const CORNERS = { // corners on a circle of radius 1
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]], diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.05], [1, 0.8], [-1, 0.8]], triangleDown: [[0, 1.05], [1, -0.8], [-1, -0.8]],
  hexagon: [0, 1, 2, 3, 4, 5].map((n) => [1.05 * Math.cos((n * Math.PI) / 3), 1.05 * Math.sin((n * Math.PI) / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [(n % 2 ? 0.52 : 1.2) * Math.sin((n * Math.PI) / 5), -(n % 2 ? 0.52 : 1.2) * Math.cos((n * Math.PI) / 5)]),
};
/** The outline of a sign around (x, y), as SVG writes a path. */
function outline(shape, x, y, radius) {
  const at = (value) => Number(value.toFixed(2));
  if (shape === "dot") return `M${at(x - radius)} ${at(y)}a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0z`;
  return `M${CORNERS[shape].map(([dx, dy]) => `${at(x + dx * radius)} ${at(y + dy * radius)}`).join("L")}z`;
}
/** The colours of the style sheet as they are now, for what is drawn. */
function colours() {
  const style = getComputedStyle(document.documentElement), value = (name) => style.getPropertyValue(`--${name}`).trim();
  const found = Object.fromEntries(["paper", "ink", "soft", "line", "strong", "planned", "mark", "disc"].map((name) => [name, value(name)]));
  return { ...found, sorts: kg.classes.map((_, sort) => value(`sort${sort}`)) };
}
/** A name short enough for a picture. */
const clipped = (name, most = 15) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** The control point of the bent line from a to b, as vis-network's curvedCW bends it. */
function bend(a, b, roundness = 0.12) {
  const dx = b.x - a.x, dy = a.y - b.y, far = Math.hypot(dx, dy), angle = Math.atan2(dy, dx) + (roundness * 0.5 + 0.5) * Math.PI;
  return { x: a.x + (0.5 * roundness + 0.5) * far * Math.sin(angle), y: a.y + (0.5 * roundness + 0.5) * far * Math.cos(angle) };
}
