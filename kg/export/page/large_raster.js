// Pixels of a large picture: discs, tens of thousands of thin lines and small dots, faster than a canvas without a graphics card draws them.
// Everything is in device pixels. Lines gather as ink before they are laid on the paper: where many cross, it darkens and never clogs.

const LARGE_TONES = 1024, LARGE_DENSEST = 5; // how finely ink is turned into opacity, and the ink that is as good as opaque

function largeRaster() {
  let width = 0, height = 0, pixels = null, words = null, ink = null, marked = null; // ink: of all lines; marked: the part of it that is of the second sort
  const part = new Float64Array(2); // of a line that crosses the picture: from where to where on its way, between 0 and 1
  const opacity = Float32Array.from({ length: LARGE_TONES + 1 }, (_, tone) => 1 - Math.exp((-tone * LARGE_DENSEST) / LARGE_TONES));

  const opaque = ([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red; // as one word, on the little-endian machines that browsers run on
  function blend(at, [red, green, blue], alpha) {
    pixels[at] += (red - pixels[at]) * alpha;
    pixels[at + 1] += (green - pixels[at + 1]) * alpha;
    pixels[at + 2] += (blue - pixels[at + 2]) * alpha;
  }
  /** Whether a line crosses the picture; `part` then tells where. */
  function crosses(x0, y0, dx, dy, room) {
    part[0] = 0; part[1] = 1;
    return within(dx, -room - x0, width + room - x0) && within(dy, -room - y0, height + room - y0);
  }
  function within(step, low, high) {
    if (step === 0) return low <= 0 && high >= 0;
    const one = (step > 0 ? low : high) / step, two = (step > 0 ? high : low) / step;
    if (one > part[0]) part[0] = one;
    if (two < part[1]) part[1] = two;
    return part[0] <= part[1];
  }
  /** Ink along a thin line, pixel by pixel in its main direction: on the two pixels that it lies between. */
  function thin(into, first, last, middle, slope, weight, step, cross, edge) {
    for (let at = first, base = first * step; at <= last; at++, base += step, middle += slope) {
      const beside = Math.floor(middle), share = (middle - beside) * weight, to = base + beside * cross;
      if (beside >= 0 && beside + 1 < edge) { into[to] += weight - share; into[to + cross] += share; }
      else if (beside === -1) into[base] += share;
      else if (beside === edge - 1) into[to] += weight - share;
    }
  }
  /** The same for a line of any width, and broken into strokes where there is a `dash`. */
  function broad(into, first, last, middle, slope, weight, step, cross, edge, half, dash, far, stretch) {
    for (let at = first, base = first * step; at <= last; at++, base += step, middle += slope, far += stretch) {
      if (dash && far % (dash[0] + dash[1]) > dash[0]) continue;
      const low = middle + 0.5 - half, high = middle + 0.5 + half, stop = Math.min(edge - 1, Math.floor(high));
      for (let beside = Math.max(0, Math.floor(low)); beside <= stop; beside++) into[base + beside * cross] += weight * ((high < beside + 1 ? high : beside + 1) - (low > beside ? low : beside));
    }
  }
  return {
    /** Begin a picture of this size on paper of this colour. */
    begin(wide, high, paper) {
      if (wide !== width || high !== height) {
        [width, height] = [wide, high];
        pixels = new Uint8ClampedArray(4 * wide * high);
        words = new Uint32Array(pixels.buffer);
        [ink, marked] = [new Float32Array(wide * high), new Float32Array(wide * high)];
      }
      words.fill(opaque(paper));
    },
    pixels: () => new ImageData(pixels, width, height),
    /** A filled circle; its rim is smooth. */
    dot(x, y, radius, colour, alpha) {
      const top = Math.max(0, Math.floor(y - radius)), bottom = Math.min(height - 1, Math.ceil(y + radius)), solid = opaque(colour);
      for (let row = top; row <= bottom; row++) {
        const dy = row + 0.5 - y, outer = (radius + 0.5) ** 2 - dy * dy, inner = alpha === 1 && radius > 4 ? (radius - 0.5) ** 2 - dy * dy : -1;
        if (outer <= 0) continue;
        const far = Math.sqrt(outer), left = Math.max(0, Math.floor(x - far)), right = Math.min(width - 1, Math.ceil(x + far)), near = inner > 0 ? Math.sqrt(inner) - 1 : 0;
        const from = near > 0 ? Math.max(left, Math.ceil(x - near)) : right + 1, to = near > 0 ? Math.min(right, Math.floor(x + near)) : right;
        if (from < to) words.fill(solid, row * width + from, row * width + to);
        for (let column = left; column <= right; column++) {
          if (column === from && from < to) column = to;
          const dx = column + 0.5 - x, cover = radius + 0.5 - Math.sqrt(dx * dx + dy * dy);
          if (cover > 0) blend(4 * (row * width + column), colour, cover < 1 ? cover * alpha : alpha);
        }
      }
    },
    /** Whether a straight line is to be seen. */
    crosses: (x0, y0, x1, y1) => crosses(x0, y0, x1 - x0, y1 - y0, 0),
    /** A straight line as ink, `second`: of the second sort. `dash`: pixels of a stroke and of the gap behind it, or null; `along`: pixels of the line before this piece. */
    line(x0, y0, x1, y1, thick, weight, second, dash, along) {
      const dx = x1 - x0, dy = y1 - y0, long = Math.sqrt(dx * dx + dy * dy), flat = Math.abs(dx) >= Math.abs(dy), main = flat ? dx : dy;
      if (long < 0.01 || !crosses(x0, y0, dx, dy, thick + 1)) return;
      const slope = (flat ? dy : dx) / main, stretch = long / Math.abs(main), half = (thick / 2) * stretch, step = flat ? 1 : width, cross = flat ? width : 1;
      const start = flat ? x0 : y0, across = flat ? y0 : x0, end = flat ? width : height, edge = flat ? height : width;
      const one = start + main * part[0], two = start + main * part[1];
      const first = Math.max(0, Math.floor(Math.min(one, two))), last = Math.min(end - 1, Math.floor(Math.max(one, two)));
      const middle = across + slope * (first + 0.5 - start) - 0.5;
      if (!dash && thick < 1.5) {
        const full = weight * 2 * half;
        thin(ink, first, last, middle, slope, full, step, cross, edge);
        if (second) thin(marked, first, last, middle, slope, full, step, cross, edge);
        return;
      }
      const far = along + Math.abs(first + 0.5 - start) * stretch, pace = main > 0 ? stretch : -stretch;
      broad(ink, first, last, middle, slope, weight, step, cross, edge, half, dash, far, pace);
      if (second) broad(marked, first, last, middle, slope, weight, step, cross, edge, half, dash, far, pace);
    },
    /** Lay the ink of all lines so far on the paper, in the colours of the two sorts. */
    lay([[red, green, blue], [red2, green2, blue2]]) {
      const fine = LARGE_TONES / LARGE_DENSEST, all = words.length, other = [red2 - red, green2 - green, blue2 - blue];
      for (let at = 0; at < all; at++) {
        const sum = ink[at];
        if (sum === 0) continue;
        const tone = (sum * fine) | 0, alpha = opacity[tone < LARGE_TONES ? tone : LARGE_TONES], share = marked[at] / sum, under = words[at];
        const r = under & 255, g = (under >> 8) & 255, b = (under >> 16) & 255;
        words[at] = (255 << 24) | ((b + (blue + other[2] * share - b) * alpha) << 16) | ((g + (green + other[1] * share - g) * alpha) << 8) | (r + (red + other[0] * share - r) * alpha);
      }
      ink.fill(0);
      marked.fill(0);
    },
  };
}
/** The ink that alone is this opaque. */
const largeInk = (alpha) => -Math.log(1 - Math.min(0.99, alpha));
