"""What names say: 安吉县政协 lies in 安吉县, 市政协党组 is part of 市政协; and what the state's tables say of the places named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg import divisions
from kg.lexicon import cache, lexicon
from kg.model import IN_NAME, TABLE, Fact, Link
from kg.relate.facts import fact
from kg.relate.scene import Scene

PLACED = ("Organization", "Platform", "Program", "Meeting")
FORMED = ("district-form", "district-town", "district-village")
NATURAL = ("流域", "平原", "高原", "盆地", "沙漠", "山脉", "草原", "三角洲", "水道", "大走廊", "经济带")  # what no division holds
OUTLET = re.compile("(?:报|报社|杂志|网|频道|卫视|电视台|客户端|公众号|期刊|月刊)$")
BRANCH = re.compile("(?:分公司|分行|支行|供电公司|分局|分院|支队|大队|总队|中队)$")
OWN_LEVEL = re.compile(r"^[我本]?[省市县区州]")


def naming(scene: Scene) -> Iterator[Fact]:
    """inDistrict and partOf by names and tables; each with the first sentence that names the entity."""
    first: dict[str, Link] = {}
    links = sorted(scene.linked.links, key=lambda link: (link.start, -link.end))
    for link in links:
        first.setdefault(link.entity, link)
    by_place = {id_.removeprefix("place/"): link for id_, link in first.items() if id_.startswith("place/")}
    platforms = {entity.label: id_ for id_, entity in sorted(scene.linked.entities.items()) if entity.classes[0] == "Platform"}
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        for made in (
            *_in_district(scene, link, by_place),
            *_of_body(scene, link, first),
            *_of_kind(scene, link, first, platforms),
        ):
            if made is not None and (made.subject, made.property, made.object) not in seen:
                seen.add((made.subject, made.property, made.object))
                yield made
    yield from _table(scene, first)
    yield from _adjacent(scene)


def _in_district(scene: Scene, link: Link, by_place: dict[str, Link]) -> Iterator[Fact | None]:
    entity = scene.linked.entities[link.entity]
    if entity.classes[0] not in PLACED or not entity.resolved or (entity.kind == "Project" and not link.mention.place):
        return
    family, _, rest = link.entity.partition("/")
    where = _scope(rest, by_place)
    if entity.classes[0] == "Meeting" and any(
        inner.start == link.start and scene.class_of(inner) == "Organization" for inner in scene.inside(link)
    ):
        return  # the place is that of the body in its name
    if link.mention.rule.startswith(("head-organization", "sub-body-bare")) and link.mention.of and not link.mention.place:
        return
    if where is None or not (
        link.mention.place or (family == "org" and OWN_LEVEL.match(link.mention.name)) or _names(scene, link, where)
    ):
        return
    place = by_place[where]
    inside = next((inner for inner in (*scene.inside(link), link) if inner.entity == place.entity), None)
    sentence = scene.sentence_at(link.start)
    nearest = inside or next(
        (other for other in scene.between(sentence.start, sentence.end) if other.entity == place.entity), None
    )
    yield fact(
        scene, link, "inDistrict", nearest or place, "place-in-name", at=link.start, basis=IN_NAME, dated=False, timeless=True
    )


def _names(scene: Scene, link: Link, where: str) -> bool:
    return any(inner.entity == f"place/{where}" and inner.start == link.start for inner in scene.inside(link))


def _scope(rest: str, by_place: dict[str, Link]) -> str | None:
    """The place that an id is scoped by, where the text names it."""
    parts = rest.split("/")
    for size in (2, 1):
        where = "/".join(parts[:size])
        if len(parts) > size and where in by_place:
            return where
    return None


def _of_body(scene: Scene, link: Link, first: dict[str, Link]) -> Iterator[Fact | None]:
    """A sub-body is part of the longest body whose id its own begins with."""
    if not link.entity.startswith("org/") or OUTLET.search(link.mention.name):
        return  # 人民政协报 is no part of the 人民政协
    if BRANCH.search(link.mention.name):
        whole = next(
            (inner for inner in scene.inside(link) if inner.start == link.start and scene.class_of(inner) == "Organization"), None
        )
        if whole is not None and whole.entity != link.entity:
            yield fact(scene, link, "partOf", whole, "sub-body-in-name", at=link.start, basis=IN_NAME, dated=False, timeless=True)
            return
    parents = [
        link.entity[:size]
        for size in range(len(link.entity) - 1, 6, -1)
        if link.entity[:size] in first and link.entity[size] != "/"
    ]
    named = [parent for parent in reversed(parents) if link.entity[len(parent) :] in _subs()]
    for parent in named or parents:
        if parent != link.entity:
            near = next((inner for inner in scene.inside(link) if inner.entity == parent), first[parent])
            yield fact(scene, link, "partOf", near, "sub-body-in-name", at=link.start, basis=IN_NAME, dated=False, timeless=True)
            return


@cache
def _subs() -> frozenset[str]:
    return frozenset(lexicon().words("bodies", "sub", "words"))


def _of_kind(scene: Scene, link: Link, first: dict[str, Link], platforms: dict[str, str]) -> Iterator[Fact | None]:
    """平江油茶委员工作室 is one of the 委员工作室: a platform whose name ends with another's."""
    if scene.class_of(link) != "Platform":
        return
    name = scene.linked.entities[link.entity].label
    for size in range(len(name) - 2, 3, -1):
        other = platforms.get(name[-size:])
        if other is not None and other != link.entity:
            yield fact(
                scene, link, "partOf", first[other], "kind-in-name", at=link.start, basis=IN_NAME, dated=False, timeless=True
            )
            return


def _adjacent(scene: Scene) -> Iterator[Fact]:
    """安吉余村: of two places that stand side by side the second lies in the first."""
    places = [
        link for link in scene.linked.links if scene.class_of(link) == "District" and link.mention.rule != "district-relative"
    ]
    for one, two in pairwise(places):
        if two.mention.name.endswith(NATURAL):
            continue
        if one.end == two.start and two.mention.rule in FORMED and scene.linked.entities[one.entity].division_code:
            if made := fact(
                scene, two, "partOf", one, "place-beside-place", at=two.start, basis=IN_NAME, dated=False, timeless=True
            ):
                yield made


def _table(scene: Scene, first: dict[str, Link]) -> Iterator[Fact]:
    """A division is part of the nearest one above it that the text names too."""
    codes = {entity.division_code: id_ for id_, entity in scene.linked.entities.items() if entity.division_code}
    for id_, entity in scene.linked.entities.items():
        if not entity.division_code:
            continue
        for above in divisions.ancestors(entity.division_code):
            parent = codes.get(above.code) or ("place/中国" if above.level == "country" and "place/中国" in first else None)
            if parent is not None and parent != id_:
                if made := fact(
                    scene,
                    first[id_],
                    "partOf",
                    first[parent],
                    "division-table",
                    at=first[id_].start,
                    basis=TABLE,
                    dated=False,
                    timeless=True,
                ):
                    yield made
                break
