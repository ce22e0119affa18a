"""What a figure is about: the entity it is closest to, by the grammar of clauses.

In this order: the platform, program, meeting or document that the clause counts; the subject of the clause, or what its first noun
stands for; what the figure before in the same clause was about; for the outcome of an activity, the activity named before in the
sentence; the place or body that a figure before in the sentence was about; the subject of the sentence; in the news the meeting
that is told of, where it can have such a figure, or what the sentence before was about; the body whose report it is or the district
whose government reports.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.extract.units import words
from kg.lexicon import any_of, lexicon, table
from kg.model import Link, Sentence
from kg.relate.anaphora import THINGS, called_again, meant
from kg.relate.counted import counted, owner, preposed
from kg.relate.place import begins_quote, clause_at
from kg.relate.said import Said
from kg.relate.sites import HOLDERS, Site, Sites, innermost
from kg.value import dataclass

ACTORS = ("Organization", "District", "Person")
BACKGROUND = re.compile(r"[”》]?(?:以来|精神|报告|决策|部署|提出|确定|关于|审议|作出|的)")  # a congress only referred to
ADVERBIAL = re.compile(
    r"\d{4}年$|[^，。；]*(?:一年来|五年来|全年|今年|去年|以来|期间|目前|日前|近日|同时|此外|当天|会后)$|(?:在|经|按照|根据|面对|围绕|随着|通过)[^，。；]*$"
)  # clauses that say when, where or how
LIST_REACH = 200  # code points of a list of examples before 等
COVERED = re.compile("报道|刊发|刊登|刊载|播发|播出|推介|转载")
LISTED = re.compile(r"[”》]?(?:[、和]?(?:\d+[个家处])?[“《][^”》]{1,24}[”》]){0,8}.{0,2}等")  # “甲”|“乙”“丙”等平台
EXAMPLE = re.compile(r"[”》’]?(?:等|、[^，。；]*?等)[\d一批多]")
EXAMPLE_IN = re.compile(r"[^，。；、]{0,8}、[^，。；]*?等[\d一批多]")  # 甲县某村、乙县某村等12个村
FOUNDED = re.compile(r"[”》]?(?:创?建|成|设|创|诞|颁|实|施|通车|解放|诞辰)[立生布行施刊校建院馆]?")
MOVED = re.compile(r"\s*(?:推动|督促|促使|促成|促进|支持|帮助|建议)")
PARTNER = re.compile(
    r"(?:与|和|同|会同|联合|携手)(?=[^，。；]*(?:联合|共同|合作|携手|一起|一道|会同|开展|举办|共建|合建|共办|签约|签订))"
)  # 与甲局联合开展…
COUNTRY = "place/中国"
NEWS_REACH = 800  # code points over which a piece of news goes on about a meeting
CLAUSE = re.compile(r"[^，；：。！？]+")


@dataclass(frozen=True, slots=True)
class About:
    """An entity a figure is about, and the mention that says so (None: none near, the context is looked up)."""

    entity: str
    link: Link | None = None
    each: bool = False  # one of several that the figures of a clause are about one by one
    again: bool = False  # named by its last word (隧道, 公司) in the sentence


@dataclass
class Subjects:
    """Finds what figures are about, sentence by sentence, remembering what the sentence has named so far."""

    sites: Sites

    def __post_init__(self) -> None:
        self.linked = self.sites.linked
        measuring = table("measuring")
        self._openings = re.compile(
            rf"^(?:{any_of(measuring['opening']['words'])}|\d{{4}}年|[一二三四五六七八九十]+[是要]|[“《，、 ])*"
        )
        self._minded = re.compile(
            rf"(?:(?:{any_of(measuring['manner']['words'])}|认真|深入|始终|全面|紧紧)*)(?:{any_of(measuring['minded']['words'])})"
        )
        self._results = tuple(measuring["result"]["words"])
        self._told: tuple[int, About | None] = (-1, None)
        self._mentions: dict[str, list[Link]] = {}
        for link in self.linked.links:
            self._mentions.setdefault(link.entity, []).append(link)
        told = (link for link in self.sites.outer if self.class_of(link) == "Meeting")
        self._meetings = [link for link in told if BACKGROUND.match(self.sites.text, link.end) is None]
        # a report whose body is not named speaks in numbered parts; a piece of news does not
        self._report = self.linked.home is not None and any(part.level in (1, 2) for part in self.linked.document.sections)
        self.default = self._default()

    def _default(self) -> str | None:
        """The body that reports; of a government's report and of a bulletin, the district."""
        linked = self.linked
        body = linked.entities.get(linked.body) if linked.body else None
        governs = body is None or body.label.endswith(
            ("人民政府", "政府", "政府办公室", "政府办公厅", "国务院", "统计局", "发展和改革委员会", "财政局", "财政厅")
        )
        order: tuple[str | None, ...] = (linked.home, linked.body) if governs else (linked.body, linked.home)
        if linked.home is None and linked.document.publisher in lexicon().words("media", "names"):
            order = (*order, COUNTRY)  # what a paper of the whole country tells without saying whose
        return next((entity for entity in order if entity is not None and entity in self._mentions), None)

    def class_of(self, link: Link) -> str:
        return self.linked.entities[link.entity].classes[0]

    def about(self, site: Site, said: Said, last: About | None, listed: bool) -> About | None:
        """What the figure of `site` is about; `last` is what the figure before in the sentence was."""
        if listed and last is not None:
            return last
        if said.carried and last is not None:
            other = self._subject(site.left, site.figure.start) if said.kind != "share" else None
            return About(other.entity, other) if other is not None and self.class_of(other) in HOLDERS else last
        if site.figure.unit == "周年":
            return self._founded(site)
        thing = counted(self.sites, site, lambda link: self._only_minded(site.left, link)) or owner(self.sites, site)
        if thing is not None:
            return About(thing.entity, thing)
        start = site.left
        own = self._subject(start, site.figure.start) or (self._subject(site.clause, site.left) if start != site.clause else None)
        if own is not None and self.linked.entities[own.entity].kind == "MediaOutlet" and COVERED.search(said.indicator):
            own = self._topic(site.sentence, site.clause)  # 《…》等媒体报道46次: how often what is told of was reported on
            if own is None and self.default is not None:
                return About(self.default)
        if own is not None:
            return About(own.entity, own)
        if (again := self._again(site.clause, site.figure.start)) is not None:
            return About(again.entity, again, again=True)
        known, one = meant(self.sites, site, self._opened(site.clause, site.figure.start), plain=not self._report)
        if known:
            return About(one.entity, one, again=True) if one is not None else None
        if not site.opens and last is not None:
            return last
        if self._opens_with(site, "其中") and last is not None:
            return last
        if said.bare or self._is_result(site, said):
            topic = self._topic(site.sentence, site.clause)
            if topic is not None:
                return About(topic.entity, topic)
        if (moved := self._moved(site)) is not None and not self._report:
            return About(moved.entity, moved)
        if last is not None and self._holds(site, last):
            return last
        own_noun = self.default is not None and self._has_own_subject(site.left, site.figure.start) and not said.bare
        subject = None if own_noun else self._of_sentence(site.sentence, site.clause)
        if subject is not None:
            return About(subject.entity, subject)
        if own_noun and not self._report and not self._of_meetings(site, said):
            place = self._of_sentence(site.sentence, site.clause)
            if place is not None and self.class_of(place) == "District":
                return About(place.entity, place)  # 昆山市实施“…”战略，|地区生产总值…
        if (
            self.linked.body is None
            and (self.default is None or not self._report)
            and (topic := self._topic(site.sentence, site.clause)) is not None
        ):
            return About(topic.entity, topic)
        found = self._of_document(site, said)
        if site.sentence.paragraph == self._told[0] and (found is None or found.link is None) and not self._report:
            if self.linked.body is None and not self._has_own_subject(site.left, site.figure.start):
                return self._told[1]  # in the news what the sentence before was about
        return found

    def tell(self, site: Site, about: About) -> None:
        """Remember the place or body that a sentence of the news stated its figure to be about, for the next one of the paragraph."""
        if about.link is not None and not about.each and self.class_of(about.link) in HOLDERS:
            if site.sentence.start <= about.link.start < site.sentence.end:
                self._told = (site.sentence.paragraph, about)

    def _moved(self, site: Site) -> Link | None:
        """The body that a clause says was moved to do what is counted: 推动市农业农村局打造样板村132个."""
        near = self.sites.links(site.clause, site.figure.start)
        if not near or self.class_of(near[0]) != "Organization":
            return None
        text = self.sites.text
        moved = MOVED.fullmatch(text, site.clause, near[0].start) is not None
        acts = self.sites.tokens(near[0].end, site.figure.start)
        return near[0] if moved and acts and acts[0].start == near[0].end and acts[0].tag.startswith("v") else None

    def _holds(self, site: Site, last: About) -> bool:
        """Whether what the figure before was about, a place or a body named in this sentence, goes on in this clause."""
        link = last.link
        if link is None or last.each:
            return False
        if last.again and not self._report:
            return True
        if self.class_of(link) not in HOLDERS or not site.sentence.start <= link.start < site.clause:
            return False
        clause = clause_at(self.sites.text, link.start, site.sentence.start, site.sentence.end)[0]
        if self._openings.fullmatch(self.sites.text[clause : link.start]) is None:
            return False
        # in a report a clause with a noun of its own goes back to the place that reports
        return (
            not self._report
            or last.entity == self.linked.home == self.default
            or not self._has_own_subject(site.left, site.figure.start)
        )

    def _founded(self, site: Site) -> About | None:
        """What has its anniversary: the name before 成立70周年; nothing where it has none (改革开放40周年)."""
        near = self.sites.links(site.left, site.figure.start)
        if not near or not FOUNDED.fullmatch(self.sites.text[near[-1].end : site.figure.start]):
            return None
        return About(near[-1].entity, near[-1])

    def _of_document(self, site: Site, said: Said) -> About | None:
        """What a figure is about where its sentence says nothing: in the news the last meeting told of, else the default."""
        if self.linked.body is None and not self._report and self._of_meetings(site, said):
            number = bisect_right(self._meetings, site.figure.start, key=lambda link: link.start) - 1
            if number >= 0 and site.figure.start - self._meetings[number].end <= NEWS_REACH:
                return About(self._meetings[number].entity, self._meetings[number])
        return About(self.default) if self.default is not None else None

    def _of_meetings(self, site: Site, said: Said) -> bool:
        """Whether a meeting can have such a figure: who took part and spoke, what was put forward and signed, no economic one."""
        words_ = table("measuring")["meeting"]
        family = words().family.get(site.figure.unit)
        if family in ("people", "event", "thing"):
            return any(word in said.indicator for word in words_["words"])
        return any(word in said.indicator for word in words_["amounts"])

    def mention(self, entity: str, at: int) -> Link | None:
        """The mention of `entity` that a figure at `at` gets it from: the nearest before, else the first."""
        found = self._mentions.get(entity, [])
        number = bisect_right(found, at, key=lambda link: link.start) - 1
        return found[max(number, 0)] if found else None

    def _subject(self, start: int, end: int) -> Link | None:
        """The actor or thing with which the stretch [start, end) opens."""
        if end <= start:
            return None
        at = self._opened(start, end)
        for link in innermost(self.sites.links(start, end), self.class_of, self.sites.text):
            if link.start > at or begins_quote(self.sites.text, link):
                return None
            reach = (link.end, link.end + LIST_REACH)
            if EXAMPLE.match(self.sites.text, *reach):
                return None
            if self.class_of(link) in HOLDERS and EXAMPLE_IN.match(self.sites.text, *reach):
                return None
            if self.class_of(link) == "Organization" and PARTNER.match(
                self.sites.text, at - 1 if self.sites.text[at - 1] in "与和" else start
            ):
                return None  # who acts together with it stands before
            if self.class_of(link) in (*THINGS, *ACTORS):
                behind = self.sites.text[link.end : end]
                if self.class_of(link) == "District" and re.match(r"(?:平均|设区市|首位|第)", behind):
                    return None
                return self._innermost(link, end)
        return None

    def _innermost(self, link: Link, end: int) -> Link:
        """Of places side by side the last: 上海市|闵行区."""
        while self.class_of(link) == "District":
            inner = next((near for near in self.sites.links(link.end, end) if near.start == link.end), None)
            if inner is None or self.class_of(inner) != "District":
                break
            link = inner
        return link

    def respective(self, site: Site) -> list[Link]:
        """The places or bodies that the figures of a clause are about one by one: 甲区、乙区生产总值分别突破…和…; none where it has no 分别."""
        text = self.sites.text
        found: list[Link] = []
        for link in self.sites.links(site.clause, site.figure.start):
            if self.class_of(link) not in ("District", "Organization"):
                break
            if found and not re.fullmatch("[、和与及]", text[found[-1].end : link.start]):
                break
            if not found and link.start > self._opened(site.clause, link.start):
                break
            found.append(link)
        if len(found) < 2 or "分别" not in text[found[-1].end : site.figure.start]:
            return []
        return found

    def _opened(self, start: int, end: int) -> int:
        """Where the stretch begins behind the adverbials that open it."""
        opening = self._openings.match(self.sites.text[start:end])
        return start + (opening.end() if opening else 0)

    def _again(self, start: int, end: int) -> Link | None:
        return called_again(self.sites, start, self._opened(start, end), end)

    def _opens_with(self, site: Site, word: str) -> bool:
        return self.sites.text.startswith(word, site.clause)

    def _is_result(self, site: Site, said: Said) -> bool:
        if said.verb in self._results:
            return True
        if said.kind != "level" or not said.indicator.startswith(self._results):
            return False
        noun_too = said.indicator.startswith(tuple(table("measuring")["result"]["nouns"]))
        return not noun_too or words().family.get(site.figure.unit) in ("people", "event")

    def _clauses(self, sentence: Sentence, end: int) -> list[tuple[int, int]]:
        return [hit.span() for hit in CLAUSE.finditer(self.sites.text, sentence.start, end)][-12:]

    def _topic(self, sentence: Sentence, end: int) -> Link | None:
        """The last thing that an earlier clause of the sentence did or told of."""
        for start, stop in reversed(self._clauses(sentence, end)):
            for link in reversed(self.sites.links(start, stop)):
                if self.class_of(link) not in THINGS or self._only_minded(start, link):
                    continue
                before = self.sites.text[max(start, link.start - 8) : link.start]
                if preposed().search(before) is None and LISTED.match(self.sites.text, link.end, stop) is None:
                    return link
        return None

    def _only_minded(self, start: int, link: Link) -> bool:
        """Whether the clause only keeps to the thing and does not do it: 围绕打赢“…”, 坚持“…”招商."""
        actor = self._subject(start, link.start)
        return self._minded.match(self.sites.text, actor.end if actor is not None else start, link.start) is not None

    def _of_sentence(self, sentence: Sentence, end: int) -> Link | None:
        """The subject of the nearest earlier clause of the sentence that has one of its own."""
        strict = self.default is not None
        clauses = self._clauses(sentence, end)
        for number in range(len(clauses) - 1, -1, -1):
            start, stop = clauses[number]
            if any(word in self.sites.text[start:stop] for word in table("measuring")["report"]["words"]):
                continue
            if number == 0 and (again := self._again(start, stop)) is not None:
                return again
            if (subject := self._subject(start, stop)) is not None and self.class_of(subject) in ACTORS:
                opens = (
                    number == 0
                    or self.sites.text[start - 1] in "；："
                    or all(ADVERBIAL.match(self.sites.text[slice(*clause)]) for clause in clauses[:number])
                )
                return subject if opens or not strict else None
            if strict and self._has_own_subject(start, stop):
                return None
        return None

    def _has_own_subject(self, start: int, end: int) -> bool:
        """Whether a clause opens with a noun, so that who acted before does not act in it."""
        tokens = self.sites.tokens(self._opened(start, end), end)
        return bool(tokens) and tokens[0].tag.startswith(("n", "j", "l", "b", "r"))
