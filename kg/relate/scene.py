"""What relations are read from: a linked document cut into clauses, each with its names, verbs and subject.

A subject stands at the beginning of a clause; where none stands, that of the clause before goes on, then that of the sentence
before in the same paragraph, then the body that reports.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

import ahocorasick_rs

from kg.lexicon import cache, lexicon
from kg.model import Link, Linked, Sentence, Span
from kg.parse.sentences import clauses
from kg.value import dataclass
from kg.words import token_ends, token_starts

ACTORS = ("Organization", "Person", "District")
OPENING = re.compile(
    r"^(?:全年|一年来|五年来|去年|今年|同时|此外|其中|目前|截至[^，]{0,8}|当前|近年来|\d{4}年|\d+月\d+日|\d+日|[一二三四五六七八九十]+[是要]|（[一二三四五六七八九十]+）|——|日前|近日|首次|据悉|据了解|随后|会上|会前|会后|“|《)*"
)
ALL_PLACES = re.compile(
    "(?:全[市省县区])?各(?:地|[市县区州旗镇乡村]|街道|社区)(?:[（(][市县区旗、]{1,6}[）)]|[、和]?(?:地|[市县区州旗镇乡村]|街道|社区)){0,4}(?![级直])"
)  # 各县（市、区）建设…: who acts has no name, and is not who acted before
LIFE = re.compile("[，,](?:男|女)[，,]")  # what follows the name where a life is told in brief
BELONGING = re.compile(r"^(?:的|们的|之)")
THINGS = ("Platform", "Program", "Meeting")
"""What is told of in the news, and shown or carried out: the classes of things that happen or are run."""
NEWS = re.compile(r"(?:本报|本台|本网|本刊)?(?:[一-龥]{0,8}\d{0,2}月?\d{0,2}日?)?(?:讯|又讯|消息|电)[（(：:\s 　]|又讯")
NEAR_START = 12  # code points at the beginning of a clause in which 各县 tells who acts
LONGEST_HEADLINE = 40  # code points
LEAD_GAP = 14  # code points before the first name of a paragraph's lead (三要进一步优化“…”)
LONGEST_LEAD = 40  # code points of a sentence that can lead a paragraph


BACKGROUND = re.compile("[”》]?(?:以来|精神|部署|要求)")  # what is told since or after a meeting is not about it
SAYING = re.compile("“[^“”]{6,60}”")  # what is said in quotation marks is nobody's doing: “培育制造名城、建设幸福株洲”


class Verb(NamedTuple):
    """A verb of the table in the view: [start, end), and the relations it may express."""

    start: int
    end: int
    word: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts: `links` name it; `carried` where they stand outside the sentence."""

    links: tuple[Link, ...]
    carried: bool


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence between commas, with the outermost links in it, its verbs and who acts in it.

    `explicit`: it names who acts itself; `nameless`: it says who acts, by no name.
    """

    start: int
    end: int
    sentence: Sentence
    links: tuple[Link, ...]
    verbs: tuple[Verb, ...]
    subject: Subject | None = None
    explicit: bool = False
    nameless: bool = False
    index: int = 0


@cache
def _verbs() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, tuple[str, ...]], ...]]:
    relations: dict[str, set[str]] = defaultdict(set)
    for relation in lexicon().table("verbs"):
        for word in lexicon().words("verbs", relation, "verbs"):
            relations[word].add(relation)
    words = tuple(sorted((word, tuple(sorted(found))) for word, found in relations.items()))
    return ahocorasick_rs.AhoCorasick([word for word, _ in words]), words


@cache
def _posts() -> tuple[str, ...]:
    return tuple(lead + post for post in lexicon().words("people", "posts") for lead in ("", "副", "常务副", "原"))


@dataclass
class Scene:
    """A linked document, ready to read relations from."""

    linked: Linked
    outer: list[Link] = field(default_factory=list)
    nested: dict[tuple[int, int], list[Link]] = field(default_factory=dict)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.linked.document.text
        end = -1
        for link in sorted(self.linked.links, key=lambda link: (link.start, -link.end)):
            if link.start >= end:
                self.outer.append(link)
                end = link.end
            else:
                last = self.outer[-1]
                self.nested.setdefault((last.start, last.end), []).append(link)
        self._starts = [link.start for link in self.outer]
        self._classes = {id_: entity.classes[0] for id_, entity in self.linked.entities.items()}
        self._of_class: dict[str, list[Link]] = {}
        for link in self.outer:
            self._of_class.setdefault(self._classes[link.entity], []).append(link)

    def class_of(self, link: Link) -> str:
        """The class of the ten of what a link is to."""
        return self._classes[link.entity]

    def of_class(self, class_: str) -> list[Link]:
        """The outermost links to things of a class of the ten, in the order of the text."""
        return self._of_class.get(class_, [])

    def inside(self, link: Link) -> list[Link]:
        """The links inside an outermost one."""
        return self.nested.get((link.start, link.end), [])

    def between(self, start: int, end: int) -> list[Link]:
        """The outermost links that lie in [start, end)."""
        number = bisect_left(self._starts, start)
        found = []
        while number < len(self.outer) and self.outer[number].start < end:
            if self.outer[number].end <= end:
                found.append(self.outer[number])
            number += 1
        return found

    def nested_between(self, start: int, end: int) -> Iterator[Link]:
        """All links, inner ones too, that begin in [start, end)."""
        links = self.linked.links
        number = bisect_left(links, start, key=lambda link: link.start)
        while number < len(links) and links[number].start < end:
            yield links[number]
            number += 1

    def following(self, start: int, end: int) -> Iterator[Link]:
        """The outermost links that lie in [start, end), one by one: for who does not want them all."""
        number = bisect_left(self._starts, start)
        while number < len(self.outer) and self.outer[number].start < end:
            if self.outer[number].end <= end:
                yield self.outer[number]
            number += 1

    def last_thing(self, start: int, end: int) -> Link | None:
        """The last outermost link to a platform, a programme or a meeting that lies in [start, end), found without going through them all."""
        number = bisect_right(self._thing_ends, end) - 1
        return self._things[number] if number >= 0 and self._things[number].start >= start else None

    @cached_property
    def _things(self) -> list[Link]:
        return [link for link in self.outer if self.class_of(link) in THINGS]

    @cached_property
    def _thing_ends(self) -> list[int]:
        return [link.end for link in self._things]

    def span(self, sentence: Sentence) -> Span:
        return self.linked.document.span(sentence.start, sentence.end)

    def sentence_at(self, at: int) -> Sentence:
        """The sentence over view offset `at`. Raises LookupError between sentences."""
        number = bisect_left(self._sentence_ends, at + 1)
        found = self.linked.document.sentences[number] if number < len(self._sentence_ends) else None
        if found is None or at < found.start:
            raise LookupError(at)
        return found

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in self.linked.document.sentences]

    @cached_property
    def _items(self) -> list[int]:
        """Where the pieces of news begin that a page holds: at a dateline, or at the headline before it."""
        document = self.linked.document
        found: list[int] = []
        for number, (start, end) in enumerate(document.paragraphs):
            if not NEWS.match(document.text[start : min(end, start + 40)]):
                continue
            before = document.paragraphs[number - 1] if number else None
            headed = (
                before is not None
                and before[1] - before[0] <= LONGEST_HEADLINE
                and document.text[before[1] - 1] not in "。！？；"
            )
            found.append(before[0] if headed and before is not None else start)
        return found

    def item_start(self, at: int) -> int:
        """The view offset at which the piece of news begins that stands over `at`; 0 in a text that is one piece."""
        number = bisect_right(self._items, at) - 1
        return self._items[number] if number > 0 else 0

    @cached_property
    def consultative(self) -> list[Link]:
        """The links of CPPCCs, in the order of the text."""
        return sorted((link for link in self.linked.links if link.entity.endswith("/政协")), key=lambda link: link.start)

    @cached_property
    def first(self) -> dict[str, Link]:
        """Entity → the first link to it."""
        found: dict[str, Link] = {}
        for link in self.linked.links:
            found.setdefault(link.entity, link)
        return found

    @cached_property
    def governments(self) -> list[Link]:
        """The first link of each government, in the order of the text."""
        return [link for entity, link in self.first.items() if entity.endswith("/政府")]

    @property
    def body(self) -> Link | None:
        """The first link of the body that reports."""
        return self.first.get(self.linked.body) if self.linked.body is not None else None

    @cached_property
    def leads(self) -> dict[int, Link]:
        """Paragraph → the platform, program or meeting that its first sentence is about."""
        found: dict[int, Link] = {}
        seen: set[int] = set()
        for sentence in self.linked.document.sentences:
            if sentence.paragraph in seen:
                continue
            seen.add(sentence.paragraph)
            if sentence.end - sentence.start > LONGEST_LEAD:
                continue
            links = [
                link
                for link in self.between(sentence.start, sentence.end)
                if self.class_of(link) in ("Platform", "Program", "Meeting") and not BACKGROUND.match(self.text, link.end)
            ]
            if links and links[0].start - sentence.start <= LEAD_GAP:
                found[sentence.paragraph] = links[0]
        return found

    @cached_property
    def clauses(self) -> list[Clause]:
        """All clauses of the text, in order, with their subjects."""
        made: list[Clause] = []
        verbs = self._verb_hits()
        number = link = 0
        outer = self.outer
        for sentence in self.linked.document.sentences:
            for start, end in clauses(self.text, sentence.start, sentence.end):
                while number < len(verbs) and verbs[number].start < start:
                    number += 1
                mine = []
                while number < len(verbs) and verbs[number].start < end:
                    mine.append(verbs[number])
                    number += 1
                while link < len(outer) and outer[link].start < start:
                    link += 1
                links = []
                while link < len(outer) and outer[link].start < end:
                    if outer[link].end <= end:
                        links.append(outer[link])
                    link += 1
                made.append(Clause(start, end, sentence, tuple(links), tuple(mine), index=len(made)))
        self._put_subjects(made)
        return made

    def _verb_hits(self) -> list[Verb]:
        automaton, words = _verbs()
        hits = sorted(automaton.find_matches_as_indexes(self.text, overlapping=True), key=lambda hit: (hit[1], -hit[2]))
        starts = set(token_starts(self.linked.tokens))
        ends = set(token_ends(self.linked.tokens))
        sayings = [match.span() for match in SAYING.finditer(self.text)]
        found: list[Verb] = []
        covered, saying = -1, 0
        number = 0
        for index, start, end in hits:
            while number < len(self.outer) and self.outer[number].end <= start:
                number += 1
            within = number < len(self.outer) and self.outer[number].start <= start
            while saying < len(sayings) and sayings[saying][1] <= start:
                saying += 1
            if start < covered or within or (saying < len(sayings) and sayings[saying][0] < start):
                continue
            if end - start < 2 and not (start in starts and end in ends):
                continue
            if start not in starts and end not in ends:  # 不断完善 may be one word of the dictionary: its verb ends it
                continue
            found.append(Verb(start, end, words[index][0], words[index][1]))
            covered = end
        return found

    def _put_subjects(self, made: list[Clause]) -> None:
        subject: Subject | None = None
        paragraph = -1
        sentence: Sentence | None = None
        several = deque([*(match.start() for match in re.finditer("各", self.text)), len(self.text) + NEAR_START])
        for clause in made:
            if clause.sentence.paragraph != paragraph:
                paragraph, subject = clause.sentence.paragraph, None
            if clause.sentence is not sentence and subject is not None:
                # in a report the body that reports goes on; in news who acted last does
                keep = (self.body is None and self.class_of(subject.links[0]) == "Organization") or self._lives(subject.links[0])
                subject = Subject(subject.links, True) if keep else None
            sentence = clause.sentence
            own = self._own_subject(clause)
            while several[0] < clause.start:
                several.popleft()
            if not own and several[0] - clause.start < NEAR_START and ALL_PLACES.match(self.text, self._opened(clause)):
                subject = None
                clause.nameless = True
            elif subject is None and clause.index and made[clause.index - 1].nameless:
                clause.nameless = made[clause.index - 1].sentence is sentence
            if own:
                subject = Subject(own, False)
                clause.explicit = True
            clause.subject = subject

    def _lives(self, link: Link) -> bool:
        """Whether a life in brief begins with the person: all that its paragraph tells is his."""
        return LIFE.match(self.text, link.end) is not None and self.class_of(link) == "Person"

    def _opened(self, clause: Clause) -> int:
        """Where a clause begins behind the words that open it."""
        opening = OPENING.match(self.text[clause.start : clause.end])
        return clause.start + (opening.end() if opening else 0)

    def _own_subject(self, clause: Clause) -> tuple[Link, ...]:
        """The actors with which the clause begins, a coordination taken whole."""
        if not clause.links:
            return ()
        at = self._opened(clause)
        found: list[Link] = []
        for link in clause.links:
            if link.start > at or self.class_of(link) not in ACTORS:
                break
            if found and found[-1].end == link.start and self.class_of(found[-1]) == self.class_of(link) == "District":
                found.pop()  # 深圳市|南山区: the inner one acts
            found.append(link)
            at = link.end
            if self.text[at : at + 2] == "及其":
                break
            if self.text[at : at + 1] in ("、", "和", "与") and self.text[at : at + 1]:
                at += 1
                continue
            if self.class_of(link) == "District":
                continue
            break
        if found and self.class_of(found[-1]) == "Organization" and self.text.startswith(_posts(), found[-1].end):
            person = next((link for link in clause.links if self.class_of(link) == "Person"), None)
            return (person,) if person is not None else ()  # 中央政法委书记某某: he acts, not the body
        if not found or BELONGING.match(self.text[found[-1].end : clause.end]):
            return ()
        if found[-1].end >= clause.end - 1 and not self._lives(found[-1]):
            return ()
        return tuple(found)
