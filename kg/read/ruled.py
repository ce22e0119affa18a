"""Tables of a page by the rules between their cells: what stands in them is taken out of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.read.layout import Piece, assembled, lines_in_order
from kg.read.rows import is_layout

THIN = 2.5
"""Points of a shape that is a rule."""
NEAR = 3.0
"""Points by which the ends of two rules that meet may miss each other."""
MOST_RULES = 4_000
"""Rules of a page beyond which it holds a drawing, not tables."""


@dataclass(slots=True)
class Table:
    """A table: where it stands on its page, the places of its columns' edges, its cells row by row, and the line of text over it."""

    x0: float
    top: float
    x1: float
    bottom: float
    edges: tuple[float, ...]
    cells: list[list[str]]
    before: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` from the top (or the left), from `start` to `end`."""

    at: float
    start: float
    end: float


def sides(x0: float, top: float, x1: float, bottom: float, thin: float) -> tuple[list[Rule], list[Rule]]:
    """The rules that a shape with this box gives: one across, one down, or where it is neither thin nor flat its four sides."""
    if bottom - top <= thin and x1 - x0 > thin:
        return [Rule((top + bottom) / 2, x0, x1)], []
    if x1 - x0 <= thin and bottom - top > thin:
        return [], [Rule((x0 + x1) / 2, top, bottom)]
    if x1 - x0 > thin and bottom - top > thin:
        return [Rule(top, x0, x1), Rule(bottom, x0, x1)], [Rule(x0, top, bottom), Rule(x1, top, bottom)]
    return [], []


def take_tables(
    letters: list[Piece], across: Sequence[Rule], down: Sequence[Rule], near: float = NEAR
) -> tuple[list[Piece], list[Table]]:
    """The characters of a page that stand in no table, and its tables. `near` is NEAR in the page's measure."""
    tables: list[Table] = []
    if not letters or len(across) + len(down) > MOST_RULES:
        return letters, tables
    for xs, ys, down_here in _grids(across, down, near):
        inside = [letter for letter in letters if _within(letter, xs, ys)]
        cells = _cells(inside, xs, ys, down_here, near)
        if sum(1 for row in cells if sum(map(bool, row)) > 1) < 2 or is_layout(cells):
            continue
        over = assembled(letter for letter in letters if -near <= ys[0] - letter.bottom < 3 * letter.size)
        before = lines_in_order(over)[-1].text if over else ""
        tables.append(Table(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), cells, before))
        taken = {id(letter) for letter in inside}
        letters = [letter for letter in letters if id(letter) not in taken]
    return letters, tables


def _grids(across: Sequence[Rule], down: Sequence[Rule], near: float) -> Iterable[tuple[list[float], list[float], list[Rule]]]:
    """The grids that rules make where they meet: the places of their columns, of their rows, and the rules down in each."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        touching = [
            one
            for one in down
            if one.start - near <= rule.at <= one.end + near and rule.start - near <= one.at <= rule.end + near
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
        xs, ys = _places((rule.at for rule in downs), near), _places((rule.at for rule in rules), near)
        if len(xs) >= 3 and len(ys) >= 3:
            yield xs, ys, downs


def _places(values: Iterable[float], near: float) -> list[float]:
    """Places, those that nearly coincide as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _within(letter: Piece, xs: list[float], ys: list[float]) -> bool:
    return xs[0] <= (letter.x0 + letter.x1) / 2 <= xs[-1] and ys[0] <= letter.middle <= ys[-1]


def _cells(letters: list[Piece], xs: list[float], ys: list[float], down: Sequence[Rule], near: float) -> list[list[str]]:
    """The text of the cells, row by row. Where no rule parts two cells of a row they are one, which stands in both places."""
    held: list[list[list[Piece]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for letter in letters:
        row = min(max(bisect_right(ys, letter.middle) - 1, 0), len(ys) - 2)
        column = min(max(bisect_right(xs, (letter.x0 + letter.x1) / 2) - 1, 0), len(xs) - 2)
        held[row][column].append(letter)
    rows: list[list[str]] = []
    for number, row_letters in enumerate(held):
        middle = (ys[number] + ys[number + 1]) / 2
        parted = [any(abs(rule.at - x) <= near and rule.start <= middle <= rule.end for rule in down) for x in xs[1:-1]]
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
