"""Text → document → text: every character is either in the view, in its place, or white space, or listed as furniture."""

from __future__ import annotations

from itertools import pairwise

from kg.model import Document, Reading
from kg.parse.forms import ideographs, same
from kg.parse.script import simplified

LONGEST_WORD = 4


def broken(reading: Reading) -> list[str]:
    """What the document of a reading loses, doubles or puts where the source has it not."""
    return [*misplaced(reading.document), *lost(reading.document), *out_of_order(reading.document)]


def misplaced(document: Document) -> list[str]:
    """Characters of the view that are not the source's at their offset (nor a canonical or simplified form of it), and offsets that do not grow."""
    source, view, offsets = document.source.text, document.text, document.offsets
    own = document.as_written()
    if len(offsets) != len(view) + 1:
        return [f"{len(offsets)} offsets for {len(view)} characters"]
    found = [f"offset {one} stands before {two}" for one, two in pairwise(offsets) if one >= two]
    for place, (at, char) in enumerate(zip(offsets, view, strict=False)):
        if at < len(source) and (char == source[at] or same(char, source[at]) or _simpler(char, own, place)):
            continue
        if char != "\n" or at != len(source):
            found.append(f"{char!r} of the view is {source[at : at + 1]!r} at {at} of the source")
    return found


def lost(document: Document) -> list[str]:
    """Characters of the source, white space aside, that stand in neither the view nor the furniture, or in both."""
    kept = set(document.offsets[:-1])
    listed = {at for start, end in document.furniture for at in range(start, end)}
    found = []
    for at, char in enumerate(document.source.text):
        if char.isspace():
            continue
        if at not in kept and at not in listed:
            found.append(f"{char!r} at {at} is lost")
        elif at in kept and at in listed:
            found.append(f"{char!r} at {at} is in the view and furniture")
    return found


def out_of_order(document: Document) -> list[str]:
    """Paragraphs, sentences and stretches of furniture that are empty, overlap or leave the text; text that is in no sentence."""
    found = []
    stretches = {
        "paragraph": (document.paragraphs, len(document.text)),
        "sentence": ([(one.start, one.end) for one in document.sentences], len(document.text)),
        "furniture": (document.furniture, len(document.source.text)),
    }
    for kind, (spans, size) in stretches.items():
        found += [f"{kind} {start}–{end} of {size}" for start, end in spans if not 0 <= start < end <= size]
        found += [f"{kind} {one} overlaps {two}" for one, two in pairwise(spans) if one[1] > two[0]]
    said = {at for one in document.sentences for at in range(one.start, one.end)}
    found += [
        f"{char!r} at {at} of the view is in no sentence"
        for at, char in enumerate(document.text)
        if at not in said and not char.isspace()
    ]
    found += [
        f"section {one.start}–{one.end}" for one in document.sections if not 0 <= one.start <= one.end <= len(document.text)
    ]
    return found


def _simpler(char: str, own: str, at: int) -> bool:
    """Whether a character of the view is the simplified form of own[at], by itself or in a word (答覆 is 答复, 覆盖 stays)."""
    return any(
        char == simplified(ideographs(own[start:end]))[at - start]
        for start in range(at, max(-1, at - LONGEST_WORD), -1)
        for end in range(at + 1, min(len(own), at + LONGEST_WORD) + 1)
    )
