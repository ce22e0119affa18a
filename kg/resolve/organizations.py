"""Organizations: from a mention to the one body it means here. 市政协, 湖州市政协 and 政协第九届湖州市委员会 are one."""

from __future__ import annotations

import re

from kg import divisions
from kg.divisions import Division
from kg.lexicon import cache, lexicon
from kg.model import Entity, Mention
from kg.names import key, plain, unquoted
from kg.resolve.districts import WHOLE_COUNTRY, chain, division_entity, far
from kg.resolve.home import Home

NATIONWIDE = re.compile(r"中国|中华|全国|国家(?!级)|国际")  # what a name of the whole country's bodies begins with
LEVEL = re.compile(r"^[我本]?(省|市|县|区|州|盟|旗|自治区)$")
OF_PLACE = re.compile("(?:中共|驻)?(.*?)(?:政协|人大|人民政府|政府|委|纪委|法院|检察院)")
NATIONAL_CPPCC = re.compile(r"(?:中国人民政治协商会议|政协)(?:第?[一二三四五六七八九十]+届)?全国委员会")


@cache
def aliases() -> dict[str, str]:
    """Other name → canonical name of the bodies that the whole country knows."""
    table = lexicon().table("bodies", "alias")
    return {other: name for name, others in table.items() for other in (name, *others)}


@cache
def known() -> frozenset[str]:
    """Names of bodies that need no scope."""
    table = lexicon()
    return frozenset(
        (
            *table.words("bodies", "known", "names"),
            *table.words("bodies", "department", "national"),
            *table.words("media", "names"),
            *aliases(),
        )
    )


def place_of(words: str, home: Home) -> Division | None:
    """The division that the place or level word in a body's name means; of several side by side (岳阳市平江县), the last."""
    if level := LEVEL.match(words):
        return home.level(level[1])
    return chain(words, home, None) if words else None


def scope_of(division: Division | None, source: str) -> str:
    """The scope of a name: the place it belongs to, else the source document."""
    return division_entity(division).id.removeprefix("place/") if division is not None else source


def resolve_body(mention: Mention, home: Home, source: str, where: Division | None = None) -> tuple[Entity, bool]:
    """The entity a body's mention names (without mentions) and whether it is sure. `where` is the place in its name, where told."""
    name = unquoted(mention.name)
    standing = mention.rule == "congress-full" and name.endswith(("常务委员会", "常委会"))
    if mention.of and mention.rule in ("sub-body", "cppcc-full", "party-full", "congress-full") and not standing:
        parent, sure = resolve_body(_whole(mention), home, source, where)
        return sub_body(parent, name[len("".join(mention.of.split())) :]), sure
    if NATIONAL_CPPCC.fullmatch(name):
        return Entity("org/全国政协", ("Organization",), "全国政协"), True
    if name in known():
        canonical = aliases().get(name, name)
        kind = "MediaOutlet" if canonical in lexicon().words("media", "names") else mention.kind
        return Entity(f"org/{canonical}", ("Organization",), canonical, kind=kind), True
    core = mention.rule.removeprefix("shared-").removesuffix("-core").removesuffix("-full")
    core = {"congress": "congress_standing" if name.endswith(("常务委员会", "常委会")) else "congress"}.get(core, core)
    division = where or (place_of(mention.place, home) if mention.place else None)
    table = lexicon().table("bodies", "core", core)
    if table:
        if division is None:
            return Entity(f"org/{source}/{plain(name)}", ("Organization",), name, resolved=False), False
        word = name if core == "court" else ""
        label = str(table["canonical"]).format(p=division.name, w=re.sub(r"^.*?(?=高级|中级|人民法院|高院|中院|法院)", "", word))
        if core == "party" and division.level == "township":
            label = division.name + "党委"
        return Entity(f"org/{scope_of(division, source)}/{table['key']}", ("Organization",), label), True
    return _named(mention, name, division, home, source)


def _leading(place: str, home: Home) -> tuple[Division | None, str]:
    """The division that the name of a place begins with, and the rest of the name: 洛阳市 and 高新区; None and all of it."""
    if place in divisions.regions():
        return None, place  # 三江源 does not begin with 三江
    for size in range(len(place) - 1, 1, -1):
        if (division := chain(place[:size], home, None)) is not None and not far(division, place[:size], home):
            return division, place[size:]
    return None, place


def sub_body(parent: Entity, sub: str) -> Entity:
    """The entity of a body's sub-body: of 政协湖州市委员会 and 党组, 湖州市政协党组."""
    sub = "常务委员会" if sub == "常委会" else sub
    label = parent.label + sub if parent.label.startswith("政协") and sub == "常务委员会" else _short(parent) + sub
    return Entity(f"{parent.id}{sub}", ("Organization",), label, resolved=parent.resolved)


def its_committee(parent: Entity) -> Entity:
    """The standing committee of a body: of 宁波市人民代表大会, 宁波市人大常委会."""
    if not parent.id.endswith("/人大"):
        return sub_body(parent, "常委会")
    label = parent.label.removesuffix("人民代表大会") + "人大常委会"
    return Entity(f"{parent.id}常委会", ("Organization",), label, resolved=parent.resolved)


def _whole(mention: Mention) -> Mention:
    """The mention of the body that a sub-body's name begins with."""
    core = mention.rule
    of = "".join(mention.of.split())
    if core == "sub-body":
        for word, rule in (
            ("人大常委会", "congress-core"),
            ("政协", "cppcc-core"),
            ("政府", "government-core"),
            ("人大", "congress-core"),
            ("法院", "court-core"),
            ("检察院", "procuratorate-core"),
            ("纪委监委", "discipline-core"),
            ("纪委", "discipline-core"),
            ("监委", "discipline-core"),
            ("委", "party-core"),
            ("委员会", "party-core"),
        ):
            if of.endswith(word):
                core = rule
                break
        if of.endswith("委员会") and ("政协" in of or "政治协商" in of):
            core = "cppcc-full"
    return Mention(mention.start, mention.start + len(mention.of), mention.classes, of, core, place=mention.place)


def _short(parent: Entity) -> str:
    """The name that sub-bodies are called by: 湖州市政协 for 政协湖州市委员会."""
    label = parent.label
    if label.startswith("政协") and label.endswith("委员会"):
        return label[2:-3] + "政协"
    return label


def _of_body(mention: Mention, own: str, home: Home, source: str) -> tuple[Entity, bool]:
    """A body whose name begins with another's: 市政协之友社."""
    whole = Mention(
        mention.start,
        mention.start + len(mention.of),
        mention.classes,
        own,
        "sub-body",
        place=place_in(mention.of),
        of=mention.of,
    )
    return resolve_body(whole, home, source)


def place_in(words: str) -> str:
    """The place or level word that a body's name begins with: 市 in 市政协, 湖州市 in 湖州市政协."""
    core = OF_PLACE.match(words)
    return core[1] if core else ""


def _named(mention: Mention, name: str, division: Division | None, home: Home, source: str) -> tuple[Entity, bool]:
    """A body by its own name: scoped by the place in it, else by the text's home."""
    sure = True
    own = name
    if mention.kind == "MediaOutlet" and division is None:
        return Entity(f"org/{plain(name)}", ("Organization",), name, kind=mention.kind), True
    if mention.place and own.startswith(mention.place):
        own = own[len(mention.place) :]
        if division is None and mention.place in WHOLE_COUNTRY:
            own = name
        elif division is None:  # 洛阳高新区|管委会: of the division that the place begins with, and not the only one there
            division, rest = _leading(mention.place, home)
            own, sure = rest + own, division is not None
    elif mention.of and own.startswith(mention.of) and len(own) > len(mention.of):
        return _of_body(mention, own, home, source)
    elif own[:1] in ("市", "省", "县", "区", "州") and home.level(own[0]) is not None and len(own) > 3:
        division, own = home.level(own[0]), own[1:]
    label = division.name + own if division is not None and LEVEL.match(mention.place or "") else name
    if mention.rule == "democratic-party" and division is not None and LEVEL.match(mention.place):
        label = own.replace(f"{mention.place}委", f"{division.name}委", 1)  # 民革|市委会
    if division is None and NATIONWIDE.match(name) and (not mention.of or NATIONWIDE.match(mention.of)):
        return Entity(f"org/{key(name)}", ("Organization",), name, kind=mention.kind), True
    where = scope_of(division if division is not None else home.division, source if not home.national else "全国")
    return Entity(f"org/{where}/{key(own)}", ("Organization",), label or name, kind=mention.kind, resolved=sure), sure
