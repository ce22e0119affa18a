"""Places: from a mention to the division, region or country it names, and the entity of that."""

from __future__ import annotations

from kg import divisions
from kg.divisions import Division
from kg.lexicon import cache
from kg.model import Entity, Mention
from kg.resolve.home import Home

COUNTRY = "中国"
WHOLE_COUNTRY = frozenset(["全国", "我国", "中国", "国家", "中华人民共和国"])


@cache
def division_entity(division: Division) -> Entity:
    """The entity of a division, without mentions: scoped by its parent where the country knows several of the name."""
    same = [
        other
        for other in divisions.by_name(division.name)
        if other.name == division.name and other.level != "township" and not other.abolished
    ]
    if len(same) > 1 or division.level in ("township", "village"):
        parent = divisions.parent(division.code)
        scope = f"{parent.name}/" if parent else ""
    else:
        scope = ""
    return Entity(
        f"place/{scope}{division.name}",
        ("District",),
        division.name,
        division_code=division.code,
        division_year=str(division.year),
    )


def country() -> Entity:
    """The entity of the country."""
    return Entity(f"place/{COUNTRY}", ("District",), COUNTRY)


def pick(name: str, home: Home, near: Division | None = None) -> Division | None:
    """The division that `name` means here: the home itself or one in it, then one in what stands before it, then the one of that name.

    None where several remain that nothing tells apart.
    """
    found = divisions.by_name(name, home.year)
    if not found:
        return None
    if near is not None:
        for division in found:
            if any(a.code == near.code for a in divisions.ancestors(division.code)):
                return division
    if home.division is not None:
        line = {home.division.code, *(a.code for a in divisions.ancestors(home.division.code) if a.level != "country")}
        for division in found:
            if division.code in line:
                return division
        within = [
            d
            for d in found
            if line & {a.code for a in divisions.ancestors(d.code) if a.level != "country"} and divisions.in_force(d, home.year)
        ]
        if within:
            nearest = [d for d in within if home.division.code in {a.code for a in divisions.ancestors(d.code)}]
            return (nearest or within)[0]
    current = [d for d in found if divisions.in_force(d, home.year)] or list(found)
    order = ("province", "prefecture", "county", "township")
    best = min(order.index(d.level) if d.level in order else 9 for d in current)
    top = [d for d in current if (order.index(d.level) if d.level in order else 9) == best]
    return top[0] if len(top) == 1 else None


def chain(words: str, home: Home, near: Division | None) -> Division | None:
    """The last of the divisions whose names `words` are, each in the one before it: 岳阳市平江县 is 平江县."""
    for size in range(len(words), 1, -1):
        division = pick(words[:size], home, near)
        if division is None or (near is not None and not _within(division, near)):
            continue
        if size == len(words):
            return division
        if (last := chain(words[size:], home, division)) is not None:
            return last
    towns = divisions.townships(words, near.code) if near is not None and len(words) > 1 else ()
    return towns[0] if len(towns) == 1 else None


def resolve_place(mention: Mention, home: Home, near: Division | None, full: frozenset[str]) -> tuple[Entity, bool] | None:
    """The entity a place mention names (without mentions) and whether it is sure; None where it names no place here.

    `near` is the division right before it, `full` the full names that the text has somewhere.
    """
    name = "".join(mention.name.split())
    if mention.rule == "district-relative":
        word = name[1:]
        if word == "国":
            return country(), True
        division = home.level(word)
        if division is not None:
            return division_entity(division), True
        return None if name.startswith("全") and home.division is None and not home.national else (_unknown(name), False)
    if name in WHOLE_COUNTRY:
        return country(), True
    record = divisions.regions().get(name) or divisions.countries().get(name)
    division = pick(name, home, near)
    if (
        division is not None
        and record is not None
        and division.name != name
        and not _near_home(division, home)
        and divisions.ambiguous(name)
    ):
        division = None  # 太湖, 衡山, 西湖: the lake or the mountain unless the county is at home
    if division is not None:
        if foreign(division, name, home) and not _within(division, near) and division.name not in full:
            return None
        if mention.optional and not _within(division, near) and division.name not in full and not _near_home(division, home):
            return None
        return division_entity(division), True
    if record is not None:
        label = name if len(name) > len(record.name) else record.name  # 成都平原经济区 rather than 成都平原
        return Entity(f"place/{record.name}", ("District",), label), True
    if mention.optional:
        return None
    return Entity(f"place/{name}", ("District",), name, resolved=False), False


def foreign(division: Division, name: str, home: Home) -> bool:
    """Whether `name` is the short form of a county in another province than the home's: a common word or another place here."""
    if home.division is None or division.level != "county" or name == division.name or name[-1] in "县市区旗":
        return False
    return division.code[:2] != home.division.code[:2]


def far(division: Division, place: str, home: Home) -> bool:
    """Whether a word that is a county's name too (合作, 和平) would be one of another province than the text's."""
    return divisions.ambiguous(place) and home.division is not None and home.division.code[:2] != division.code[:2]


def _within(division: Division, near: Division | None) -> bool:
    return near is not None and near.code in {above.code for above in divisions.ancestors(division.code)}


def _near_home(division: Division, home: Home) -> bool:
    if home.division is None:
        return False
    if division.code == home.division.code:
        return True
    # a common word is a county's name in a text of its own city, not in one of its province
    return home.division.level in ("prefecture", "county") and home.division.code in {
        a.code for a in divisions.ancestors(division.code)
    }


def _unknown(name: str) -> Entity:
    return Entity(f"place/?/{name}", ("District",), name, resolved=False)
