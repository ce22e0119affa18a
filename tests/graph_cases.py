"""Hand-made readings for the tests of the graph: a text, and what a pipeline would read in it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from hashlib import sha256

from kg.model import Document, Entity, Fact, Known, Measure, Period, Reading, Source, Span

TEXT = (
    "政协湖州市委员会工作报告\r\n\r\n"
    "湖州市政协主席 李上葵\r\n\r\n"
    "2022年，市政协打造“民生议事堂”，开展协商2.7万多\r\n人次。新华社报道了民生议事堂。"
    "2023年，市政协将召开“两山”协商推进会。\r\n安吉县政协在余村。"
)
CPPCC, HALL, NEWS, MEETING = "org/湖州市/政协", "thing/湖州市/民生议事堂", "org/新华社", "meeting/湖州市/“两山”协商推进会/2023"
CHAIR, CITY, COUNTY, COUNTY_CPPCC, REPORT = (
    "person/湖州市/李上葵",
    "place/湖州市",
    "place/安吉县",
    "org/安吉县/政协",
    "doc/湖州市/工作报告/2022",
)


def source(text: str = TEXT, name: str = "报告.txt") -> Source:
    return Source(sha256(text.encode()).hexdigest(), name, text, known=Known(number="湖协〔2023〕5号"))


def document(of: Source, **more: object) -> Document:
    """A document whose view is the source text itself."""
    return replace(Document(of, of.text, array("L", range(len(of.text) + 1))), **more)


def spans(of: Source, *names: str) -> tuple[Span, ...]:
    """Every place where the text has one of the names, the longest name first, none overlapping."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=len, reverse=True):
        at = of.text.find(name)
        while at >= 0:
            if not any(at < end and start < at + len(name) for start, end in taken):
                taken.append((at, at + len(name)))
            at = of.text.find(name, at + 1)
    return tuple(Span(of.sha256, *place) for place in sorted(taken))


def sentence(of: Source, words: str) -> Span:
    """The sentence of the text that holds `words`."""
    at = of.text.index(words)
    start = max(of.text.rfind(mark, 0, at) for mark in "。\n") + 1
    return Span(of.sha256, start, of.text.index("。", at) + 1)


def reading(of: Source | None = None) -> Reading:
    """What TEXT says: facts of every basis, one planned, one measure, a report, a post held."""
    of = of or source()

    def entity(entity_id: str, classes: str, label: str, *names: str, **more: object) -> Entity:
        return replace(Entity(entity_id, tuple(classes.split()), label, names, spans(of, label, *names)), **more)

    def fact(
        subject: str, name: str, target: str, words: str, status: str = "done", basis: str = "stated", **more: object
    ) -> Fact:
        return replace(Fact(subject, name, target, status, basis, "test-rule", (sentence(of, words),)), **more)

    title = of.text.index("政协湖州市"), of.text.index("\r\n")
    made = sentence(of, "民生议事堂”")
    return Reading(
        document(
            of,
            title=title,
            speaker="李上葵",
            speaker_post="湖州市政协主席",
            date="2023-02-25",
            issued="2023-03-06",
            publisher="湖州日报",
        ),
        (
            entity(CPPCC, "Organization", "政协湖州市委员会", "市政协", "湖州市政协"),
            entity(HALL, "Platform", "民生议事堂"),
            entity(NEWS, "Organization", "新华社", kind="MediaOutlet"),
            entity(MEETING, "Meeting Platform", "“两山”协商推进会".strip("“"), "推进会"),
            entity(CHAIR, "Person", "李上葵"),
            entity(CITY, "District", "湖州市", division_code="330500", division_year="2023"),
            entity(COUNTY, "District", "安吉县"),
            entity(COUNTY_CPPCC, "Organization", "安吉县政协", resolved=False),
            entity(REPORT, "Document", "政协湖州市委员会工作报告"),
        ),
        (
            fact(CPPCC, "runs", HALL, "打造", period=Period.of("2022")),
            fact(HALL, "reportedBy", NEWS, "报道", basis="carried", context=Span(of.sha256, made.start, made.start + 5)),
            fact(CPPCC, "hosts", MEETING, "召开", status="planned", period=Period.of("2023")),
            fact(COUNTY_CPPCC, "inDistrict", COUNTY, "在余村", basis="inName"),
            fact(CHAIR, "worksFor", CPPCC, "李上葵", role="主席"),
        ),
        (
            Measure(
                HALL,
                "开展协商",
                27000,
                "人次",
                "2.7万多\r\n人次",
                (made,),
                "test-figure",
                bound="atLeast",
                period=Period.of("2022"),
            ),
        ),
        home=CITY,
        body=CPPCC,
        notes=("安吉县政协: not resolved",),
    )
