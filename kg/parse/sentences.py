"""Sentences and clauses of a view: cut at their marks, but not inside quotation marks, brackets and titles."""

from __future__ import annotations

OPENING = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】"}
CLOSING = frozenset(OPENING.values())
SENTENCE_END = frozenset("。！？!?…")
CLAUSE_END = frozenset("，；：。！？,;")
LONGEST_PAIR = 200  # code points; a mark not closed within this is stray and hides no end


def cut(text: str, start: int, end: int, marks: frozenset[str]) -> list[tuple[int, int]]:
    """[start, end) cut behind each of `marks` that stands outside all pairs; closing marks stay with what they close. One pass."""
    found: list[tuple[int, int]] = []
    begin = at = start
    waiting: list[tuple[str, int]] = []
    while at < end:
        char = text[at]
        if char in OPENING:
            waiting.append((OPENING[char], at))
            if len(waiting) > 8:
                del waiting[0]
        elif char in CLOSING:
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == char:
                    del waiting[depth:]
                    break
            if not waiting and char == "”" and marks is SENTENCE_END and at > begin and text[at - 1] in SENTENCE_END:
                at += 1
                found.append((begin, at))  # “……。” is a sentence of its own
                begin = at
                continue
        elif char in marks:
            while waiting and at - waiting[0][1] > LONGEST_PAIR:
                del waiting[0]
            if not waiting:
                at += 1
                while at < end and (text[at] in CLOSING or text[at] in marks):
                    at += 1
                found.append((begin, at))
                begin = at
                continue
        at += 1
    if begin < end:
        found.append((begin, end))
    return found


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph at [start, end), without the white space before them."""
    return _trimmed(text, cut(text, start, end, SENTENCE_END))


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence at [start, end): cut at ，；：。！？ outside pairs (、 does not cut)."""
    return cut(text, start, end, CLAUSE_END)


def _trimmed(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in found:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            made.append((start, end))
    return made
