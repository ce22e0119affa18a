"""Platforms, programs, meetings, documents, honors, topics, concepts and people: from a mention to its entity."""

from __future__ import annotations

import re

from kg import divisions
from kg.divisions import Division
from kg.lexicon import cache, lexicon
from kg.model import Document, Entity, Mention
from kg.names import core, key, plain, unquoted
from kg.resolve.home import Home
from kg.resolve.organizations import LEVEL, place_in, place_of, scope_of
from kg.resolve.sessions import session

NATIONWIDE = re.compile(
    r"^(?:国家|全国|中国|中华|全球|世界|联合国|国际|亚洲|党的|中共|中央|“?\d{4}年?度?中国|第[一二三四五六七八九十]+次全国)"
)
SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+[届次]")
OF_LEVEL = re.compile(r"[省市县区州旗](?=政协|委|人大|人民政府|政府|纪委|第?[一二三四五六七八九十]+届)")  # whose meeting it is
LONGEST_CATEGORY = 6  # code points of the two marks and a category noun behind a core that the whole country knows
STATE_LAW = re.compile(r"^(?:中华人民共和国|中国共产党|中共中央|国务院|关于|“十[一二三四五六七八九]五”)")


@cache
def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("concepts", "programs", "meetings"):
        for full, others in lexicon().table("concepts", kind, "alias").items():
            found.update({plain(name): full for name in (full, *others)})
    return found


@cache
def nationwide() -> frozenset[str]:
    """Plain forms of the formulations, programs, meetings and platforms that need no scope."""
    table = lexicon()
    names = {plain(name) for kind in ("concepts", "programs", "meetings") for name in table.words("concepts", kind, "names")}
    names |= {plain(name) for name in table.words("heads", "Platform", "known")}
    return frozenset(names | set(_aliases()))


def known_as(name: str) -> str | None:
    """The full name of what the whole country knows by this other name too; None where the tables have no such name."""
    aliases, short = _aliases(), _short(name)
    return aliases.get(plain(name)) or (aliases.get(plain(short)) if short != name else None)


def _short(name: str) -> str:
    # “十四五”规划 is the 十四五, “一带一路”国际技术转移中心 is not the 一带一路
    found = core(name)
    return found if len(name) - len(found) <= LONGEST_CATEGORY else name


def resolve_thing(mention: Mention, home: Home, document: Document, where_told: Division | None = None) -> tuple[Entity, bool]:
    """The entity a mention names (without mentions) and whether it is sure. `where_told` is the place in its name, where told."""
    class_ = mention.classes[0]
    name = unquoted(mention.name)
    source = document.source.sha256[:12]
    if class_ == "Person":
        return _person(mention, home, source), True
    short = _short(name)
    canonical = known_as(name)
    if canonical is not None:
        name = canonical
    if plain(name) in nationwide() or plain(short) in nationwide():
        own = name if plain(name) in nationwide() else short
        return Entity(f"{_family(class_)}/{plain(own)}", mention.classes, own, kind=mention.kind), True
    division = where_told or (place_of(mention.place, home) if mention.place else None)
    if division is None and mention.of and "quoted" in mention.rule:
        division = place_of(place_in(mention.of) or mention.of, home)
    own = name
    if division is not None and own.startswith(mention.place):
        own = own[len(mention.place) :]
    region = divisions.regions().get(mention.place) if division is None and mention.place else None
    region = region if region is not None and region.kind in ("region", "city", "island") else None
    if region is not None and own.startswith(mention.place) and len(own) > len(mention.place):
        own = own[len(mention.place) :]
    if class_ == "Meeting" and division is not None and LEVEL.match(mention.place) and name.startswith(mention.place):
        name = division.name + name[len(mention.place) :]  # 常州市政协十五届十二次常委会会议, whoever reads it
    elif class_ == "Meeting" and division is None and OF_LEVEL.match(name) and (level := home.level(name[0])) is not None:
        division, own, name = level, name[1:], level.name + name[1:]
    own_key = _key(mention, class_, own)
    local = False
    if class_ == "Meeting" and (held := session(name)) is not None:
        own_key, division = held.key, held.division or division
        local = held.division is not None  # 中国共产党保定市第十二届委员会…
    if class_ == "Meeting" and not SESSION.search(name) and not mention.rule.endswith("consultation-form"):
        own_key += _year(document)
    if class_ == "Document" and mention.rule in ("title-of-text", "report-named"):
        own_key = _report_key(name) + _year(document)
        if mention.rule == "report-named" and document.called():
            title = "".join(document.called().split())
            if title.endswith(name):
                name = title
    own_key = own_key or plain(name)  # 《湖州市》: nothing is left of it without its place
    if (_is_nationwide(name, class_) and not local) or (class_ == "Document" and STATE_LAW.match(name)) or class_ == "Concept":
        return Entity(f"{_family(class_)}/{own_key}", mention.classes, name, kind=mention.kind), True
    where = scope_of(division if division is not None else home.division, source if not home.national else "全国")
    where = region.name if region is not None else where
    return Entity(f"{_family(class_)}/{where}/{own_key}", mention.classes, name, kind=mention.kind), True


def _key(mention: Mention, class_: str, own: str) -> str:
    if class_ == "Document":
        return plain(own)
    if mention.rule.endswith("consultation-form"):
        return re.sub("民主|座谈|会议?$", "", plain(own))  # 双月协商座谈会 is 双月座谈协商
    if class_ == "Meeting":
        own = own.replace("中国人民政治协商会议", "政协", 1)  # the session by its body's full name and by its short one
    return key(own)


def _is_nationwide(name: str, class_: str) -> bool:
    if class_ == "Meeting" and re.match("中国人民政治协商会议|政协第", name):
        return "全国委员会" in name  # 中国 there is no place
    return NATIONWIDE.match(name) is not None


def _family(class_: str) -> str:
    return {"Meeting": "meeting", "Document": "doc"}.get(class_, "thing")


def _year(document: Document) -> str:
    return f"-{document.date[:4]}" if document.date else ""


def _report_key(name: str) -> str:
    match = re.search(r"(?:政府)?工作报告$", name)
    return plain(match[0] if match and "政府" in match[0] else re.sub(r"^\d{4}年", "", name))


def _person(mention: Mention, home: Home, source: str) -> Entity:
    name = mention.name
    if name in lexicon().words("people", "known"):
        return Entity(f"person/{name}", ("Person",), name)
    where = scope_of(home.division, source)
    return Entity(f"person/{where}/{plain(name)}", ("Person",), name)
