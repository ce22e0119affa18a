"""A document cut into the passages that a model is asked about: its paragraphs, long ones in parts of whole sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.model import Link, Linked, Sentence

LONGEST = 1_000  # code points: small models lose the thread in more
SHORTEST = 12  # code points: in less no two things are said of each other


@dataclass(frozen=True, slots=True)
class Passage:
    """[start, end) of the view, its sentences, the links in it, and the entities of these, the body that reports last where it is not named."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]
    entities: tuple[str, ...]


def passages(linked: Linked) -> Iterator[Passage]:
    """The passages of a document, in order; its title is none."""
    for _, group in groupby(linked.document.sentences, key=lambda sentence: sentence.paragraph):
        part: list[Sentence] = []
        for sentence in group:
            if part and sentence.end - part[0].start > LONGEST:
                yield from _passage(linked, part)
                part = []
            part.append(sentence)
        yield from _passage(linked, part)


def _passage(linked: Linked, sentences: list[Sentence]) -> Iterator[Passage]:
    start, end = sentences[0].start, sentences[-1].end
    title = linked.document.title
    if end - start < SHORTEST or (title and title[0] <= start and end <= title[1]):
        return
    links = tuple(link for link in linked.links if start <= link.start and link.end <= end)
    body = [linked.body] if linked.body in linked.entities else []
    entities = dict.fromkeys([*(link.entity for link in links), *(one for one in body if one)])
    yield Passage(start, end, tuple(sentences), links, tuple(entities))
