"""Headlines that a page's extraction has doubled: line by line (AABB), as a whole (AA), or sign by sign (中中国国)."""

from __future__ import annotations

from kg.parse.lines import Line

SHORTEST, LONGEST = 8, 200
SHORTEST_PART = 4


def undouble(line: Line) -> list[tuple[int, int]]:
    """Take the second copy out of a doubled line; gives the source ranges taken out (none where the line is not doubled).

    Of AABB the second A and the first B stay, which stand next to each other in the source.
    """
    text = line.text
    if not SHORTEST <= len(text) <= LONGEST:
        return []
    if len(text) % 2 == 0 and text[::2] == text[1::2]:
        keep = [(at, at + 1) for at in range(0, len(text), 2)]
    else:
        parts = _halves(text)
        keep = []
        for number, (start, size) in enumerate(parts):
            at = start + size if number % 2 == 0 and len(parts) > 1 else start
            keep.append((at, at + size))
    if not keep:
        return []
    pieces = [piece for start, end in keep for piece in line.source_ranges(start, end)]
    taken = []
    at = line.start
    for start, end in [*pieces, (line.end, line.end)]:
        if at < start:
            taken.append((at, start))
        at = end
    line.text = "".join(text[start:end] for start, end in keep)
    line.pieces = tuple(pieces)
    return taken


def _halves(text: str) -> list[tuple[int, int]]:
    """The parts (start, size) that stand twice in a row and together make up the whole text; none where it is not so made."""
    parts = []
    at = 0
    while at < len(text):
        size = next(
            (
                size
                for size in range((len(text) - at) // 2, SHORTEST_PART - 1, -1)
                if text[at : at + size] == text[at + size : at + 2 * size]
            ),
            0,
        )
        if not size:
            return []
        parts.append((at, size))
        at += 2 * size
    return parts
