"""A made graph of any size, for measuring and for tests: what many reports would give, without reading one.

Places have bodies, platforms, programs and the rest in the proportions that reports of work have them; a few bodies stand in most
relations and most entities in one or two, most of them within their place, some with the place above, the country's media or another
place. Every fact has a sentence of its own in a text, and every mention its place there. The same numbers give the same graph.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.graph.knowledge import DocumentInfo, Graph
from kg.model import CARRIED, DONE, PLANNED, STATED, Entity, Fact, Measure, Period, Source, Span

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")
A_PLACE = 110  # entities of a place, on average
SENTENCES_A_PARAGRAPH = 6
WITHIN = 0.86  # of the relations stay within their place
TRIES = 60  # pairs drawn for one relation before another place is taken

FIRST, SECOND = (
    "安宁清和永兴长景昌德嘉丰泰通武福江海河山林云石金玉龙凤青白东南西北",
    "平远阳川原溪州城山江湖泉源安宁峰岭塘桥浦河港田坪口林洲",
)
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟芳秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉建国华玲红梅志海云峰",
)
PAIRS = (
    "乡村数字基层民生共富生态文化健康教育就业养老托育交通水利农业林业渔业旅游商贸科技"
    "人才青年妇女社区企业产业园区港口口岸能源绿色低碳智慧法治平安诚信创新开放协同联动"
)
WORDS = [PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2)]
KINDS: dict[str, tuple[float, tuple[str, ...]]] = {  # share of a place's entities, how their names end
    "Organization": (0.17, ("局", "委员会", "协会", "中心", "公司", "学院", "工作专班")),
    "District": (0.09, ("镇", "乡", "街道", "村", "社区")),
    "Platform": (0.11, ("议事堂", "工作室", "驿站", "服务平台", "会客厅")),
    "Program": (0.17, ("行动", "工程", "计划", "机制", "专项整治")),
    "Meeting": (0.10, ("座谈会", "协商会", "推进会", "论坛", "展览会")),
    "Document": (0.08, ("办法", "条例", "规划", "实施意见", "调研报告")),
    "Person": (0.06, ()),
    "Honor": (0.05, ("先进集体", "示范县", "优秀案例奖")),
    "Topic": (0.14, ("问题", "建设", "发展", "保护")),
    "Concept": (0.03, ("理念", "精神", "论")),
}
FAMILIES = {"Organization": "org", "District": "place", "Person": "person", "Document": "doc", "Meeting": "meeting"}
# property: how often, classes of its subject, classes of its object, what is done, what is planned
RELATIONS: dict[str, tuple[int, tuple[str, ...], tuple[str, ...], str, str]] = {
    "inDistrict": (12, ("Organization", "Platform", "Meeting"), ("District",), "{s}设在{o}", "{s}将设在{o}"),
    "partOf": (8, ("District", "Organization"), ("District", "Organization"), "{s}属于{o}", "{s}将并入{o}"),
    "hosts": (10, ("Organization",), ("Meeting",), "{s}举办{o}", "{s}将举办{o}"),
    "attends": (7, ("Person", "Organization"), ("Meeting",), "{s}参加{o}", "{s}将参加{o}"),
    "runs": (12, ("Organization",), ("Platform",), "{s}运行{o}", "{s}将建设{o}"),
    "carriesOut": (20, ("Organization",), ("Program",), "{s}开展{o}", "{s}将开展{o}"),
    "issues": (7, ("Organization",), ("Document",), "{s}印发{o}", "{s}将印发{o}"),
    "hasTopic": (13, ("Meeting", "Platform", "Program", "Document"), ("Topic", "Concept"), "{s}围绕{o}展开", "{s}将围绕{o}展开"),
    "receives": (4, ("Organization", "Platform", "Program", "District"), ("Honor",), "{s}获评{o}", "{s}将争创{o}"),
    "confers": (1, ("Organization",), ("Honor",), "{s}授予{o}", "{s}将授予{o}"),
    "reportedBy": (3, ("Meeting", "Platform", "Program"), ("MediaOutlet",), "{s}由{o}报道", "{s}将由{o}报道"),
    "worksFor": (3, ("Person",), ("Organization",), "{s}任职于{o}", "{s}将任职于{o}"),
}  # fmt: skip
FIGURES = (("开展活动", "场次"), ("服务群众", "人次"), ("提出建议", "条"), ("建成站点", "个"), ("办理提案", "件"))


@dataclass(slots=True)
class Place:
    """A place with what belongs to it: entity numbers by class, the best connected first."""

    name: str
    members: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Text:
    """A text that grows a sentence at a time and knows where it stands."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, part: str) -> int:
        """Put `part` at the end and give where it begins, in code points."""
        start = self.length
        self.parts.append(part)
        self.length += len(part)
        return start


class Maker:
    """The state of one making; `made_graph` is the way in."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.labels: list[str] = []
        self.classes: list[str] = []
        self.ids: list[str] = []
        self.known: set[str] = set()
        self.places: list[Place] = []

    def entity(self, place: Place, of_class: str, name: str, key: str = "") -> bool:
        """Make an entity of the place unless it has one of this name."""
        family = FAMILIES.get("Organization" if of_class == "MediaOutlet" else of_class, "thing")
        entity_id = f"{family}/{place.name}/{key or name}" if place.name else f"{family}/{name}"
        if entity_id in self.known:
            return False
        self.known.add(entity_id)
        place.members[of_class].append(len(self.ids))
        self.ids.append(entity_id)
        self.labels.append(name)
        self.classes.append(of_class)
        return True

    def name(self, place: Place, of_class: str) -> str:
        """A name of this class as texts of such a place have them."""
        draw = self.random
        if of_class == "Person":
            return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        if of_class == "District":
            return draw.choice(FIRST) + draw.choice(SECOND) + draw.choice(KINDS[of_class][1])
        stem = draw.choice(WORDS) + draw.choice(WORDS)
        ending = draw.choice(KINDS[of_class][1])
        number = f"{draw.randint(1, 30)}+{draw.randint(2, 9)}" if draw.random() < 0.1 else ""
        return place.name + stem + ending if of_class in ("Organization", "Honor") else number + stem + ending

    def entities(self, count: int) -> None:
        """The country's few, and places with their bodies, until there are `count` entities."""
        country = Place("")
        self.places.append(country)
        for number in range(min(12, count // 50)):
            self.entity(country, "MediaOutlet", "".join(self.random.sample(WORDS, 1)) + ("日报", "电视台", "通讯社")[number % 3])
        names = [a + b + end for a in FIRST for b in SECOND for end in "市县区"]
        self.random.shuffle(names)
        while len(self.ids) < count:
            room = count - len(self.ids)
            place = Place(names[len(self.places) % len(names)] + "新区" * (len(self.places) // len(names)))
            self.places.append(place)
            size = min(room, max(8, round(self.random.paretovariate(1.6) * A_PLACE * 0.4)))
            self.entity(place, "Organization", f"政协{place.name}委员会", "政协")
            for _ in range(size * 3):
                if len(self.ids) >= count or sum(map(len, place.members.values())) >= size:
                    break
                of_class = self.random.choices(list(KINDS), [share for share, _ in KINDS.values()])[0]
                self.entity(place, of_class, self.name(place, of_class))

    def pick(self, place: Place, classes: tuple[str, ...], steep: float) -> int | None:
        """One of the place's entities of these classes: the steeper, the more often the first ones."""
        found = place.members.get(self.random.choice(classes))
        return found[int(len(found) * self.random.random() ** steep)] if found else None

    def relations(self, count: int) -> Iterator[tuple[int, int, int, str]]:
        """`count` different pairs of entities with a property, and the place that tells of it; fewer where there are no more."""
        weights = [sum(map(len, place.members.values())) for place in self.places]
        pairs: set[tuple[int, int]] = set()
        failed = 0
        while len(pairs) < count and failed < TRIES * 20:
            home = 1 + self.random.choices(range(len(self.places) - 1), weights[1:])[0]
            name = self.random.choices(list(RELATIONS), [relation[0] for relation in RELATIONS.values()])[0]
            _, subjects, objects, _, _ = RELATIONS[name]
            away = self.random.random() > WITHIN
            other = 0 if objects == ("MediaOutlet",) else int(len(self.places) * self.random.random() ** 3) if away else home
            one, two = self.pick(self.places[home], subjects, 3.0), self.pick(self.places[other], objects, 1.1)
            unlike = name == "partOf" and one is not None and two is not None and self.classes[one] != self.classes[two]
            if one is None or two is None or one == two or unlike or (one, two) in pairs:
                failed += 1
                continue
            failed = 0
            pairs.add((one, two))
            yield home, one, two, name


def made_graph(entities: int, edges: int, *, seed: int = 20230306, texts: int | None = None) -> Graph:
    """A graph of so many entities and so many related pairs of them (each with one fact), told by `texts` texts (one for 200 entities).

    Fewer pairs come where the entities do not give so many. Raises ValueError for fewer than ten entities.
    """
    if entities < 10:
        raise ValueError(f"{entities} entities are too few for a graph")
    maker = Maker(seed)
    maker.entities(entities)
    return Writer(maker, texts or max(1, entities // 200)).write(edges)


class Writer:
    """Puts what was made into words: texts with their mentions, facts and figures."""

    def __init__(self, maker: Maker, texts: int) -> None:
        self.maker, self.random = maker, maker.random
        self.texts = [Text() for _ in range(texts)]
        self.mentions: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # text, start, end
        self.sentences = 0

    def write(self, edges: int) -> Graph:
        """The graph with `edges` related pairs."""
        maker, draw = self.maker, self.random
        for number, text in enumerate(self.texts):
            text.add(f"{maker.places[1 + number % (len(maker.places) - 1)].name}{YEARS[number % len(YEARS)]}年工作报告\n\n")
        said = []
        for home, one, two, name in maker.relations(edges):
            planned, year = draw.random() < 0.15, YEARS[home % len(YEARS)] if draw.random() < 0.6 else ""
            form = RELATIONS[name][4 if planned else 3]
            said.append((one, two, name, planned, year, *self.tell(home % len(self.texts), year, form, one, two)))
        figures = [self.figure(number) for number in range(len(maker.ids)) if draw.random() < 0.12]
        for number in range(len(maker.ids)):  # whom no fact names is named all the same
            if number not in self.mentions:
                self.tell(number % len(self.texts), "", "会上还提到{s}", number, number)
        return self.graph(said, figures)

    def tell(self, text: int, year: str, form: str, one: int, two: int) -> tuple[int, int, int]:
        """Write a sentence and remember whom it names where: its text, start and end."""
        into = self.texts[text]
        start = into.add(f"{year}年，" if year else "")
        for part in form.replace("}", "{").split("{"):
            if part in ("s", "o"):
                who = one if part == "s" else two
                begin = into.add(self.maker.labels[who])
                self.mentions[who].append((text, begin, into.length))
            else:
                into.add(part)
        into.add("。")
        end = into.length
        self.sentences += 1
        if self.sentences % SENTENCES_A_PARAGRAPH == 0:
            into.add("\n")
        return text, start, end

    def figure(self, number: int) -> tuple[int, str, int, str, str, tuple[int, int, int]]:
        """A figure about an entity with its sentence."""
        indicator, unit = self.random.choice(FIGURES)
        value, year = self.random.randint(2, 9000), self.random.choice(YEARS)
        return (
            number,
            indicator,
            value,
            unit,
            year,
            self.tell(number % len(self.texts), year, f"{{s}}{indicator}{value}{unit}", number, number),
        )

    def graph(
        self,
        said: list[tuple[int, int, str, bool, str, int, int, int]],
        figures: list[tuple[int, str, int, str, str, tuple[int, int, int]]],
    ) -> Graph:
        """All of it as the library's own types, in the library's own order."""
        maker = self.maker
        sources = [
            Source(hashlib.sha256(text.encode()).hexdigest(), f"report-{number:04}.txt", text)
            for number, text in enumerate("".join(text.parts) for text in self.texts)
        ]
        spans = [source.sha256 for source in sources]
        facts = [
            Fact(
                maker.ids[one], name, maker.ids[two], PLANNED if planned else DONE, CARRIED if year and one % 7 == 0 else STATED, f"made-{name}",
                (Span(spans[text], start, end),), Period.of(year) if year else None,
                Span(spans[text], 0, sources[text].text.index("\n")) if year and one % 7 == 0 else None,
                "负责人" if name == "worksFor" else None,
            )
            for one, two, name, planned, year, text, start, end in said
        ]  # fmt: skip
        measures = [
            Measure(
                maker.ids[about],
                indicator,
                value,
                unit,
                f"{value}{unit}",
                (Span(spans[text], start, end),),
                "made-figure",
                period=Period.of(year),
            )
            for about, indicator, value, unit, year, (text, start, end) in figures
        ]
        return Graph(
            entities=tuple(
                sorted((self.entity(number, spans) for number in range(len(maker.ids))), key=lambda entity: entity.id)
            ),
            facts=tuple(sorted(facts, key=lambda fact: (fact.subject, fact.property, fact.object))),
            measures=tuple(sorted(measures, key=lambda measure: (measure.about, measure.indicator))),
            sources={source.sha256: source for source in sources},
            documents={
                source.sha256: DocumentInfo(title=source.text[: source.text.index("\n")], date=YEARS[number % len(YEARS)])
                for number, source in enumerate(sources)
            },
        )

    def entity(self, number: int, spans: list[str]) -> Entity:
        of_class = self.maker.classes[number]
        media = of_class == "MediaOutlet"
        return Entity(
            self.maker.ids[number], ("Organization" if media else of_class,), self.maker.labels[number], kind="MediaOutlet" if media else "",
            mentions=tuple(sorted((Span(spans[text], start, end) for text, start, end in self.mentions[number]), key=lambda s: (s.source, s.start))),
        )  # fmt: skip
