"""The types that flow through the pipeline. Nothing else in the package defines one.

    bytes ─read→ Source ─parse→ Document ─extract→ Mention… ─resolve→ Linked ─relate→ Fact…, Measure… ─graph→ RDF

All offsets are Unicode code points. There are two texts: the *source text* (what decoding the file gave, never changed)
and the *view* of a Document (hard line wraps joined, furniture left out), in which all grammar works. A Document maps
view offsets to source offsets; what leaves the pipeline (Span) is always in source offsets.
"""

from __future__ import annotations

from array import array
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple

from kg.value import dataclass

CLASSES = (
    "Organization", "District", "Platform", "Program", "Meeting",
    "Document", "Person", "Honor", "Topic", "Concept",
)  # fmt: skip
PROPERTIES = (
    "inDistrict", "partOf", "hosts", "attends", "runs", "carriesOut",
    "issues", "hasTopic", "receives", "confers", "reportedBy", "worksFor",
)  # fmt: skip

DONE, PLANNED = "done", "planned"
STATED, CARRIED, IN_NAME, TABLE, USER, MODEL = "stated", "carried", "inName", "table", "user", "model"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class or property of the user's own. Entity.kind and Fact.property name it by its whole IRI, those of the ontology by their local name.

    `of` is the class of the ten, or the property of the twelve ("": none), that it is finer than. `ends` are what a property may join: names
    of the ten or IRIs of own classes.
    """

    iri: str
    sort: str  # class or property
    of: str
    zh: str
    en: str
    ends: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A thing that the user's own lexicon knows by name: found wherever one of its names stands."""

    name: str
    class_: str  # of the ten
    kind: str = ""  # a finer class, as in Entity
    alt: tuple[str, ...] = ()
    place: str = ""  # the place it lies in, as one names it: 湖州市
    part_of: str = ""  # the name of another known thing


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader makes of a file's bytes. `media_type` is for what is not the reader's own; `unread` as in Source."""

    text: str
    encoding: str = ""  # of plain text and pages; "" where that makes no sense
    media_type: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the user knows of a source as a whole (kg build --metadata): it goes before what the text says of itself."""

    title: str | None = None
    date: str | None = None  # ISO: 2023-02-25, 2023-02 or 2023
    publisher: str | None = None
    number: str | None = None  # 发文字号: 湖政发〔2023〕5号


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. `text` is the decoded file without a byte order mark; of what is not plain text, what the reader made of it."""

    sha256: str  # of the file's bytes, hex
    name: str  # the file's name, never a path
    text: str
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    home: str | None = None  # whose text it is, where the user said so (--home)
    unread: tuple[str, ...] = ()  # what of the file could not be read, one line each: pages 3, 7: scanned …
    known: Known = Known()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source text: `source` is the SHA-256 of the Source, start and end are code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, in view offsets. Sections nest: `level` 1 is 一、, 2 is （一）, 3 is 一要 or a bold lead."""

    level: int
    title: str
    start: int
    end: int
    planned: bool = False  # a section of coming tasks
    year: str | None = None  # the year its heading speaks of (or inherits), "2022"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the view: [start, end), closing mark included. `section` indexes Document.sections (-1: none)."""

    start: int
    end: int
    paragraph: int
    section: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """A Source parsed. `text` is the view; `offsets[i]` is the source offset of view character i (one more at the end)."""

    source: Source
    text: str
    offsets: array[int]
    title: tuple[int, int] | None = None  # view offsets, of the title as it stands in the text
    speaker: str | None = None  # 李上葵
    speaker_post: str | None = None  # 湖州市政协主席
    date: str | None = None  # ISO: 2023-02-25, 2023-02 or 2023: of the text (delivered, else published)
    issued: str | None = None  # ISO: when published, where told apart
    meeting: tuple[int, int] | None = None  # view offsets of the meeting it was delivered at
    publisher: str | None = None
    paragraphs: tuple[tuple[int, int], ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()  # source offsets of what the view leaves out (besides white space)

    def span(self, start: int, end: int) -> Span:
        """The Span in the source text of view[start:end] (end > start)."""
        return Span(self.source.sha256, self.offsets[start], self.offsets[end - 1] + 1)

    def called(self) -> str:
        """The title: what the user says it is, else the text's own words; "" for none."""
        return self.source.known.title or (self.text[slice(*self.title)] if self.title else "")

    def as_written(self, start: int = 0, end: int | None = None) -> str:
        """The view (or view[start:end]) in the source's own characters (政協 where the grammar reads 政协), as many as it has: what people are
        shown."""
        seen = self.text[start:end]
        written = map(self.source.text.__getitem__, self.offsets[start : start + len(seen)])
        return "".join(char if char in " \n" else own for char, own in zip(seen, written, strict=True))

    def quote(self, span: Span) -> str:
        """What the source text says in `span`."""
        return self.source.text[span.start : span.end]


class Token(NamedTuple):
    """A word of the view with the part of speech of jieba's dictionary (n, v, ns, nr, m …). A tuple: a text has one for every two characters."""

    start: int
    end: int
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its measure word in the view: [start, end), modifiers (近, 超, 以上) included, `as_written` that stretch.

    `number` is where the numeral itself starts. `value` has 万 and 亿 multiplied out (of a range: its lower end, with min and max);
    `unit` is the measure word without them ("" only for a rank without one); `kind` is level, rank, multiple or time (a duration).
    """

    start: int
    end: int
    number: int
    value: int | Decimal
    unit: str
    as_written: str
    bound: str = "exact"  # exact, approximately, atLeast, atMost
    kind: str = "level"
    min: int | Decimal | None = None
    max: int | Decimal | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in the view: [start, end), quotation marks around the whole name excluded.

    `classes` are of the ten, best first (one or two); `kind` a finer class of the ontology (MediaOutlet) or "".
    `name` is what the mention stands for as the text's grammar gives it: usually the text itself, but in a coordination
    the whole name of a member (第六次常委会会议 → 省政协第六次常委会会议).
    """

    start: int
    end: int
    classes: tuple[str, ...]
    name: str
    rule: str
    kind: str = ""
    place: str = ""  # the place its name carries, as written there: 湖州, 市, 安吉县
    of: str = ""  # the body its name carries, as written there: 省政协 in 省政协提案工作先进单位
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing. `id` is its IRI below the base, unescaped: family/scope/key, as org/湖州市/政协."""

    id: str
    classes: tuple[str, ...]
    label: str
    alt: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    kind: str = ""  # a finer class: local name (MediaOutlet) or, of the user's own, IRI
    resolved: bool = True
    division_code: str | None = None
    division_year: str | None = None
    origin: str = ""  # what alone found it, where that was no rule: "model:qwen2.5"
    replaces: tuple[str, ...] = ()  # ids of entities that the user joined to this one (kg.edits)
    by_user: bool = False  # joined, parted, named, typed or added by the user
    seen: tuple[str, ...] = ()  # first and last year of the documents that name it, where its mentions are left out


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and the entity it names, in view offsets."""

    start: int
    end: int
    entity: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Naming:
    """A name by which a document calls an entity: how many of its mentions are so called (none: only the label is), and `why` it is that
    entity's (a reason of kg.resolve.why)."""

    entity: str
    name: str
    why: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A document whose mentions are resolved: what `relate` works on. `links` are sorted by start, outer before inner."""

    document: Document
    tokens: tuple[Token, ...]
    links: tuple[Link, ...]
    entities: dict[str, Entity]
    home: str | None = None  # id of the district whose text this is
    body: str | None = None  # id of the organization that reports
    notes: tuple[str, ...] = ()  # what could not be resolved, for the summary
    home_by: str = ""  # what told the home: told, title, speaker … (kg.resolve.home), unknown
    names: tuple[Naming, ...] = ()
    unplaced: tuple[tuple[int, int], ...] = ()  # names of places that no place was found for


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A time: `start` and `end` are ISO dates of the same precision (YYYY, YYYY-MM, YYYY-MM-DD); equal for one year, month, day."""

    start: str
    end: str

    @staticmethod
    def of(value: str) -> Period:
        return Period(value, value)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities, with the sentence that says it."""

    subject: str
    property: str
    object: str
    status: str
    basis: str
    rule: str
    evidence: tuple[Span, ...]
    period: Period | None = None
    context: Span | None = None  # what gives the end or the time that is carried over
    role: str | None = None  # the post, where the property is worksFor


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure about one entity. `value` has 万 and 亿 multiplied out; `unit` is the measure word as written without them."""

    about: str
    indicator: str
    value: int | Decimal
    unit: str
    as_written: str
    evidence: tuple[Span, ...]
    rule: str
    kind: str = "level"  # level, change, share, rank, multiple
    bound: str = "exact"  # exact, approximately, atLeast, atMost
    min: int | Decimal | None = None
    max: int | Decimal | None = None
    status: str = DONE
    period: Period | None = None
    basis: str = STATED
    context: Span | None = None

    @property
    def key(self) -> str:
        """The indicator in its normal form, the same over years and wordings: see kg.indicator_key."""
        from kg.indicator_key import indicator_key  # which knows the word tables, and they know the types here

        return indicator_key(self.indicator)


@dataclass(frozen=True, slots=True)
class Account:
    """How one document was read, for the report. Offsets are of the source text, flat in arrays: a few bytes a sentence.

    home_by: as in Linked. names: every name of every entity. sentences: start, end, section (-1: none), state (kg.account) of each.
    sections: start, end of the heading of each. furniture: start, end of each stretch that was left out of the view. unplaced: start,
    end of each name of a place that no place was found for.
    """

    home_by: str
    names: tuple[Naming, ...]
    sentences: array[int]
    sections: array[int]
    furniture: array[int]
    unplaced: array[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gave: the unit of work that a build maps over documents and merges by entity id."""

    document: Document
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    home: str | None = None
    body: str | None = None
    notes: tuple[str, ...] = field(default=())
    terms: tuple[Term, ...] = ()  # the user's own, of the lexicon it was read with
    unread: tuple[str, ...] = ()  # what of it was not worked on, one line each: passages that a language model gave no answer for
    account: Account | None = None
