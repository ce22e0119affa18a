"""What the members of a list share: the head of the last (桐城市、怀宁县政协; 郑万、郑太高铁), and names with a place in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import lexicon
from kg.model import Mention

LINES = Rare(
    r"(?<![一-龥])(?:(?:推进|加快|建设|建成|开通|开工|贯通|确保|实现|推动|规划|新建|续建|完成){1,3})?"
    r"(?P<list>[一-龥]{2,3}(?:、[一-龥]{2,3}){0,11}(?:、|和|及)[一-龥]{2,3}?)"
    r"(?P<head>高铁|城际铁路|铁路|高速公路|高速|客专)(?!公司|集团|局|站|车|发展|时代|网|枢纽|建设者|沿线)",
    ("高铁", "铁路", "高速", "客专"),
    64,
)
HEADS = ("cppcc", "congress_standing", "congress", "government", "procuratorate")
TOGETHER = re.compile(r"[两二三四五六七八九十]+(?P<level>省市|省区市|省|市|县区|县市区|县|区|地|州)市?")
BRACKETS = re.compile("[（(](?P<place>[一-龥]{2,8})[）)]")
ZONE = re.compile(r"[一-龥]{0,14}?(?:试验区|示范区|合作区|先导区|自贸区|改革区|科学城)")
FIRM = re.compile(r"[一-龥]{0,10}?(?:有限责任公司|有限公司|公司|研究院|分院)")
HOUSES = re.compile("(?:移动|联通|电信|石化|铁塔|烟草|邮政)(?=[、，。；）]|等|和[一-龥]|公司|承办|协办|负责|捐)")
SCHOOL = ("大学", "学院")
BEGINS_ZONE = re.compile(r"(?:中国|西部|国家[一-龥]{0,8})$")
BEGINS_EVENT = re.compile(r"(?:第[一二三四五六七八九十\d]+届)?(?:中国|国际)$")
EVENT = re.compile(r"[一-龥]{2,14}?(?:文化节|旅游节|艺术节|博览会|交易会|洽谈会|论坛|大会|节|展)(?![会览日目])")
LEVELS = "省市县区州旗盟"
OPENS = "，。；：、！？\n（“和与及由向对"  # what stands before the first of a list


def shared_bodies(scan: Scan, places: Mapping[int, int]) -> list[Mention]:
    """The bodies that places listed before one have in common with it: 桐城市、怀宁县政协 are two, 成都、重庆两市政协 too."""
    text = scan.text
    made: list[Mention] = []
    for core in HEADS:
        for start, end in scan.longest(f"core:{core}"):
            at = start
            together = next(
                (
                    m
                    for m in (TOGETHER.search(text, max(0, start - size), start) for size in (2, 3, 4, 5))
                    if m and m.end() == start
                ),
                None,
            )
            if together is not None:
                at = together.start()
            found = _listed(scan, at, places)
            if len(found) < (1 if together else 2) or (together is None and not _alike(text, found)):
                continue
            for begin, stop in found if together else found[1:]:
                made.append(
                    Mention(
                        begin,
                        stop,
                        ("Organization",),
                        text[begin:stop] + text[start:end],
                        f"shared-{core}-core",
                        place=text[begin:stop],
                    )
                )
    return made


def shared_departments(scan: Scan, acting: list[Mention]) -> list[Mention]:
    """Departments that a list names without the place of the one before them: 市发改委、|工信局、|公安局."""
    endings = tuple(lexicon().words("bodies", "department", "endings"))
    stems = dict(scan.longest("department"))
    national = scan.starts["national"]
    made: list[Mention] = []
    for first in acting:
        if not first.place or not first.rule.startswith(("department", "government-core")):
            continue
        at = first.end
        while scan.text[at : at + 1] in ("、", "和") and at + 1 in stems and at + 1 not in national:
            begin, stem = at + 1, stems[at + 1]
            ending = next((word for word in endings if scan.text.startswith(word, stem)), None)
            if ending is None or not scan.is_edge(stem + len(ending)):
                break
            at = stem + len(ending)
            name = first.place + scan.text[begin:at]
            made.append(Mention(begin, at, ("Organization",), name, "department", place=first.place))
    return made


def local_firms(scan: Scan, places: Mapping[int, int]) -> list[Mention]:
    """The houses that firms of the whole country have in a place, as lists name them: 洛阳移动、洛阳联通."""
    made: list[Mention] = []
    for match in HOUSES.finditer(scan.text):
        start = places.get(match.start())
        if start is None or (start > 0 and scan.text[start - 1] not in OPENS):
            continue
        name, place = scan.text[start : match.end()], scan.text[start : match.start()]
        made.append(Mention(start, match.end(), ("Organization",), name, "head-organization", place=place))
    return made


def _listed(scan: Scan, at: int, places: Mapping[int, int]) -> list[tuple[int, int]]:
    """The places of the list that ends at `at`, the last first; none where something else than a mark or a verb stands before it."""
    text = scan.text
    found: list[tuple[int, int]] = []
    while at in places:
        found.append((places[at], at))
        before = places[at] - 1
        if text[before : before + 1] not in ("、", "和", "与"):
            break
        at = before
    first = found[-1][0] if found else 0
    opens = first == 0 or text[first - 1] in OPENS or (scan.is_edge(first) and scan.tokens[scan.token_at[first - 1]].tag == "v")
    return found if opens else []


def _alike(text: str, found: list[tuple[int, int]]) -> bool:
    """Whether all are of one level: 桐城市、怀宁县, or all short (江苏、贵州、上海), but for the level of the last (宁波、温州、绍兴市)."""
    levels = [_level(text[start:stop]) for start, stop in found]
    ends = set(levels[1:] if not any(levels[1:]) else levels)
    return len(ends) == 1 or ends <= set("市县区旗") or ends <= set("市州盟")


def _level(name: str) -> str:
    """The level word that a place's name ends in; "" for a short name (温州)."""
    return "" if name[-1] not in LEVELS or (name[-1] == "州" and len(name) < 4) else name[-1]


def lines(scan: Scan) -> list[Mention]:
    """The lines of a list that name only their ends and share the head: 郑万、郑合、郑太高铁."""
    made: list[Mention] = []
    for match in LINES.finditer(scan.text):
        at = match.start("list")
        for name in re.split("[、和及]", match["list"]):
            last = at + len(name) == match.end("list")
            end = match.end("head") if last else at + len(name)
            made.append(Mention(at, end, ("Program",), name + match["head"], "project-line", kind="Project"))
            at += len(name) + 1
    return made


def bracketed(scan: Scan, places: Mapping[int, int]) -> list[Mention]:
    """Names with a place in brackets: 中国（河南）自由贸易试验区, 中国地质大学（武汉）, 中欧班列（郑州）."""
    text = scan.text
    made: list[Mention] = []
    for match in BRACKETS.finditer(text):
        if places.get(match.end("place")) != match.start("place"):
            continue
        start, end, place = match.start(), match.end(), match["place"]
        floor = scan.sentence_bounds(start)[0]
        if (lead := BEGINS_ZONE.search(text, max(floor, start - 10), start)) and (zone := ZONE.match(text, end)):
            made.append(
                Mention(lead.start(), zone.end(), ("District",), text[lead.start() : zone.end()], "district-form", place=place)
            )
        elif (lead := BEGINS_EVENT.search(text, max(floor, start - 10), start)) and (event := EVENT.match(text, end)):
            made.append(
                Mention(lead.start(), event.end(), ("Meeting",), text[lead.start() : event.end()], "head-meeting", place=place)
            )
        elif text.endswith("班列", floor, start):
            begin = _word_start(scan, start, floor)
            made.append(Mention(begin, end, ("Program",), text[begin:end], "project-line", place=place))
        elif (firm := FIRM.match(text, end)) or text.endswith(SCHOOL, floor, start):
            begin = _word_start(scan, start, floor)
            end = firm.end() if firm and not text.endswith(SCHOOL, floor, start) else end
            if start - begin >= 2:
                made.append(Mention(begin, end, ("Organization",), text[begin:end], "head-organization", place=place))
    return made


def with_brackets(found: list[Mention], longer: list[Mention]) -> list[Mention]:
    """`found` without the names that go on in brackets, and those that do: 中国地质大学（武汉）, not 中国地质大学."""
    starts = {m.start: m.end for m in longer}
    return [m for m in found if not (m.classes[0] != "District" and m.end < starts.get(m.start, 0))] + longer


def _word_start(scan: Scan, at: int, floor: int) -> int:
    """Start of the nouns that end at `at`."""
    while at > floor:
        token = scan.tokens[scan.token_at[at - 1]]
        if token.tag[0] not in "nbjlzsg" and token.tag not in ("eng", "vn"):
            break
        at = max(token.start, floor)
    return at
