"""The entities of a document with those that a model proposes and the text bears out: a name that stands there and crosses none of the rules'.

What the rules found is theirs: their mentions, their classes, their labels. A proposal can add an entity, or a mention of one.
"""

from __future__ import annotations

import re
from dataclasses import replace

import ahocorasick_rs

from kg import divisions
from kg.extract.again import AGAIN
from kg.extract.select import INSIDE
from kg.graph.iri import normal_id
from kg.llm.passages import Passage
from kg.llm.proposals import ProposedEntity
from kg.llm.taken import Taken
from kg.model import CLASSES, Entity, Linked, Mention, Sentence, Span
from kg.names import plain
from kg.relate.place import sentence_at
from kg.resolve.districts import resolve_place
from kg.resolve.home import Home
from kg.resolve.organizations import resolve_body
from kg.resolve.things import resolve_thing

CLASS, NAME, NOT_THERE, CROSSES = "class", "name", "not-in-text", "crosses"  # why an entity is refused
SHORTEST, LONGEST = 2, 60  # code points of a name
MARKS = (("“", "”"), ("‘", "’"), ("《", "》"), ("〈", "〉"), ("「", "」"), ("『", "』"), ('"', '"'), ("'", "'"), ("`", "`"))
WORD = re.compile(r"[^\W\d_]")


def bare(name: str) -> str:
    """A name without white space and marks around it."""
    name = name.strip()
    while len(name) > 1 and any(name[0] == left and name[-1] == right for left, right in MARKS):
        name = name[1:-1].strip()
    return name


class Register:
    """The entities of one document by id, and where the view names them. `origin` is what those are marked with that a model alone found."""

    def __init__(self, linked: Linked, home: Home, origin: str) -> None:
        self.entities = dict(linked.entities)
        self._linked = linked
        self._document = linked.document
        self._home = home
        self._origin = origin
        self._mentions: dict[str, set[Span]] = {}
        self._new: dict[str, tuple[str, str]] = {}  # name → class and id of what was proposed
        self._taken = Taken()
        for link in linked.links:
            self._taken.add(link.start, link.end, link.entity)

    def propose(self, passage: Passage, proposed: ProposedEntity) -> tuple[str, str]:
        """(The id of the entity that the proposal comes to, "") or ("", why it is refused)."""
        name = bare(proposed.name)
        if proposed.class_ not in CLASSES:
            return "", CLASS
        if not SHORTEST <= len(name) <= LONGEST or not WORD.search(name) or not plain(name):
            return "", NAME
        places = [at for sentence in passage.sentences for at in self._places(name, sentence)]
        if not places:
            return "", NOT_THERE
        known = [entity for at in places for start, end, entity in self._taken.over(*at) if (start, end) == at]
        if known:
            return known[0], ""
        free = [at for at in places if self._is_free(*at, proposed.class_)]
        if not free:
            return "", CROSSES
        made = self._named(*free[0], proposed.class_)
        if made is None:
            return "", NAME
        self._add(made, name, free)
        self._new.setdefault(name, (proposed.class_, made.id))
        return made.id, ""

    def find_again(self) -> None:
        """Enter the other places of the document that have a proposed name, where a rule would look for a name of its class again."""
        names = sorted(name for name, (class_, _) in self._new.items() if len(name) >= AGAIN.get(class_, LONGEST + 1))
        if not names:
            return
        automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        words = {token.start for token in self._linked.tokens}
        for number, start, end in automaton.find_matches_as_indexes(self._document.text):
            class_, entity = self._new[names[number]]
            sentence = sentence_at(self._document, start)
            if start in words and sentence is not None and end <= sentence.end and self._is_free(start, end, class_):
                self._add(self.entities[entity], names[number], [(start, end)])

    def named(self, start: int, end: int, entity: str) -> int | None:
        """Where view[start:end] first names the entity: an offset, None where it does not."""
        mentions = self._mentions.setdefault(entity, set(self.entities[entity].mentions))
        inside = ((at, to) for at, to, one in self._taken.over(start, end) if one == entity and start <= at and to <= end)
        return next((at for at, to in inside if self._span(at, to) in mentions), None)

    def _span(self, start: int, end: int) -> Span:
        return self._document.span(start, end)

    def _places(self, name: str, sentence: Sentence) -> list[tuple[int, int]]:
        found = []
        at = self._document.text.find(name, sentence.start, sentence.end)
        while at >= 0:
            found.append((at, at + len(name)))
            at = self._document.text.find(name, at + len(name), sentence.end)
        return found

    def _is_free(self, start: int, end: int, class_: str) -> bool:
        """Whether a name of this class may stand there: what it overlaps lies in it, and is of a class that a reader names in such a name."""
        return all(
            start <= at and to <= end and self.entities[entity].classes[0] in INSIDE[class_]
            for at, to, entity in self._taken.over(start, end)
        )

    def _named(self, start: int, end: int, class_: str) -> Entity | None:
        """The entity that the same grammar makes of the name as of a rule's; None where it makes none."""
        text = self._document.text
        place = self._begins(start, end, "District")
        of = self._begins(start, end, "Organization")
        mention = Mention(
            start, end, (class_,), text[start:end], "model",
            place=text[start : place[0]] if place else "", of=text[start : of[0]] if of and not place else "",
        )  # fmt: skip
        code = self.entities[place[1]].division_code if place else None
        where = divisions.by_code(code) if code else None
        source = self._document.source.sha256[:12]
        if class_ == "District":
            found = resolve_place(mention, self._home, None, frozenset())
        elif class_ == "Organization":
            found = resolve_body(mention, self._home, source, where)
        else:
            found = resolve_thing(mention, self._home, self._document, where)
        if found is None:
            return None
        try:
            normal_id(found[0].id)
        except ValueError:  # nothing is left of the name but the place in it
            return None
        return found[0]

    def _begins(self, start: int, end: int, class_: str) -> tuple[int, str] | None:
        """(End, id) of the entity of a class with which a name begins; of places side by side (岳阳市平江县) the last."""
        found = None
        at = start
        while True:
            behind = [
                (to, one)
                for begin, to, one in self._taken.over(at, at + 1)
                if begin == at and to < end and class_ in self.entities[one].classes
            ]
            if not behind:
                return found
            found = max(behind)
            at = found[0]
            if class_ != "District":
                return found

    def _add(self, made: Entity, name: str, places: list[tuple[int, int]]) -> None:
        """Enter an entity, or what is new about one that is known, with its mentions."""
        old = self.entities.get(made.id)
        mentions = list(old.mentions) if old else []
        for start, end in places:
            span = self._span(start, end)
            if not any(span.start < other.end and other.start < span.end for other in mentions):
                mentions.append(span)
                self._taken.add(start, end, made.id)
        mentions.sort(key=lambda span: span.start)
        base = old or replace(made, origin=self._origin)
        alt = {*base.alt, name, *([made.label] if old else [])} - {base.label}
        self.entities[made.id] = replace(base, alt=tuple(sorted(alt)), mentions=tuple(mentions))
        self._mentions.pop(made.id, None)
