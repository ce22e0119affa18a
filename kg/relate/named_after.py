"""What is named after the place whose text this is: 平安湖南, 健康青海行动, “投资重庆”品牌活动 are of that place, wherever in the name it stands."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import IN_NAME, Fact
from kg.relate.facts import fact
from kg.relate.scene import Scene

CLASSES = ("Program", "Platform")
BUILT = "Project"  # 渝厦高铁重庆东至黔江段: a work may go on beyond the places that name it
COUNTRY = "place/中国"  # 中国特色, 新时代中国…: tells no place
BETWEEN = frozenset("至到—-－与和")  # 川渝合作, 青海至甘肃…: two places are named


def named_after(scene: Scene) -> Iterator[Fact]:
    """inDistrict of programs and platforms whose name holds the home's: each once, where it is first named like this."""
    home = scene.linked.home
    if home is None or home == COUNTRY:
        return
    seen: set[str] = set()
    for link in scene.outer:
        entity = scene.linked.entities[link.entity]
        if link.entity in seen or entity.classes[0] not in CLASSES or entity.kind == BUILT or "Honor" in entity.classes:
            continue
        inside = scene.inside(link)
        places = [inner for inner in inside if scene.class_of(inner) == "District"]
        if len(places) != 1 or places[0].entity != home or places[0].mention.rule == "district-relative":
            continue
        if places[0].start == link.start or "，" in link.mention.name:
            continue  # the scope of a name that opens with its place; “大走访，共建新青江”: a saying
        if any(one is not places[0] and one.start <= places[0].start < one.end for one in inside):
            continue  # …青江政协党建品牌: a body is named after the place
        if places[0].end < link.end and scene.text[places[0].end] in BETWEEN:
            continue
        seen.add(link.entity)
        if made := fact(
            scene, link, "inDistrict", places[0], "named-after", at=link.start, basis=IN_NAME, dated=False, timeless=True
        ):
            yield made
