"""Tables of a PDF's page by the rules between their cells: what stands in them is taken out of the text and become the table's lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.read.layout import Piece, lines_in_order
from kg.read.pdf_pieces import assembled
from kg.read.rows import is_layout, table_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

THIN = 2.5
"""Points of a shape that is a rule."""
NEAR = 3.0
"""Points by which the ends of two rules that meet may miss each other."""
MOST_RULES = 4_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` from the top (or the left), from `start` to `end`."""

    at: float
    start: float
    end: float


def take_tables(page: PdfPage, letters: list[Piece]) -> tuple[list[Piece], list[tuple[float, list[str]]]]:
    """The characters that stand in no table, and the tables: where they begin, from the top, and their lines."""
    if not letters:
        return letters, []
    across, down = _rules(page)
    tables: list[tuple[float, list[str]]] = []
    for xs, ys, down_here in _grids(across, down):
        inside = [letter for letter in letters if _within(letter, xs, ys)]
        cells = _cells(inside, xs, ys, down_here)
        if sum(1 for row in cells if sum(map(bool, row)) > 1) < 2 or is_layout(cells):
            continue
        over = assembled(letter for letter in letters if -NEAR <= ys[0] - letter.bottom < 3 * letter.size)
        tables.append((ys[0], table_lines(cells, lines_in_order(over)[-1].text if over else "")))
        taken = {id(letter) for letter in inside}
        letters = [letter for letter in letters if id(letter) not in taken]
    return letters, tables


def _rules(page: PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The rules of a page: those across it and those down it. A box gives its four sides."""
    import pypdfium2.raw as raw

    top_of_page = (page.get_cropbox(fallback_ok=True) or page.get_mediabox())[3]
    left_of_page = (page.get_cropbox(fallback_ok=True) or page.get_mediabox())[0]
    across: list[Rule] = []
    down: list[Rule] = []
    objects: Any = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=5)
    for item in objects:
        if len(across) + len(down) > MOST_RULES:
            return [], []
        left, bottom, right, top = item.get_bounds()
        x0, x1, y0, y1 = left - left_of_page, right - left_of_page, top_of_page - top, top_of_page - bottom
        if y1 - y0 <= THIN and x1 - x0 > THIN:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THIN and y1 - y0 > THIN:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        elif x1 - x0 > THIN and y1 - y0 > THIN and raw.FPDFPath_CountSegments(item) <= 10:
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return across, down


def _grids(across: list[Rule], down: list[Rule]) -> Iterable[tuple[list[float], list[float], list[Rule]]]:
    """The grids that rules make where they meet: the places of their columns, of their rows, and the rules down in each."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        touching = [
            one
            for one in down
            if one.start - NEAR <= rule.at <= one.end + NEAR and rule.start - NEAR <= one.at <= rule.end + NEAR
        ]
        if not touching:
            continue
        keys = set(map(id, touching))
        joined = [group for group in groups if any(id(one) in keys for one in group[1])]
        rules, downs = [rule], touching
        for group in joined:
            rules += group[0]
            downs = [*downs, *(one for one in group[1] if id(one) not in keys)]
            keys.update(map(id, group[1]))
            groups.remove(group)
        groups.append((rules, downs))
    for rules, downs in groups:
        xs, ys = _places(rule.at for rule in downs), _places(rule.at for rule in rules)
        if len(xs) >= 3 and len(ys) >= 3:
            yield xs, ys, downs


def _places(values: Iterable[float]) -> list[float]:
    """Places, those that nearly coincide as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _within(letter: Piece, xs: list[float], ys: list[float]) -> bool:
    return xs[0] <= (letter.x0 + letter.x1) / 2 <= xs[-1] and ys[0] <= letter.middle <= ys[-1]


def _cells(letters: list[Piece], xs: list[float], ys: list[float], down: list[Rule]) -> list[list[str]]:
    """The text of the cells, row by row. Where no rule parts two cells of a row they are one, which stands in both places."""
    held: list[list[list[Piece]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for letter in letters:
        row = min(max(bisect_right(ys, letter.middle) - 1, 0), len(ys) - 2)
        column = min(max(bisect_right(xs, (letter.x0 + letter.x1) / 2) - 1, 0), len(xs) - 2)
        held[row][column].append(letter)
    rows: list[list[str]] = []
    for number, row_letters in enumerate(held):
        middle = (ys[number] + ys[number + 1]) / 2
        parted = [any(abs(rule.at - x) <= NEAR and rule.start <= middle <= rule.end for rule in down) for x in xs[1:-1]]
        line: list[str] = []
        together: list[Piece] = []
        width = 0
        for column, cell in enumerate(row_letters):
            together += cell
            width += 1
            if column == len(row_letters) - 1 or parted[column]:
                line += ["".join(one.text.strip() for one in lines_in_order(assembled(together)))] * width
                together, width = [], 0
        rows.append(line)
    return rows
