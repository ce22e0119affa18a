"""Projects and works of government reports, told by what happens to them (开工建设, 建成投产) and by the noun that sums them up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from kg.extract.edges import inner_words, stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

# what stands before what is said of works: 等重大项目全面
ADVERBS = ("基本", "整体", "全线", "主体", "全面", "顺利", "正式", "成功", "如期", "加快", "实现", "启动", "相继", "陆续")
BEFORE_EVENT = rf"(?:等(?:一批|系列|\d+个|[一二两三四五六七八九十]+个|\d+条)?(?:[一-龥\d]{{0,5}}级)?(?:重大|重点|标志性|新)?(?:产业|交通|能源|水利|工程|工业|制造业)?(?:项目|工程|高速公路|铁路|机场)?)?(?:{'|'.join(ADVERBS)})*"
SUMMED = re.compile(
    r"等(?:一批|系列|\d+个|[一二两三四五六七八九十]+个)?[一-龥\d]{0,6}?(?:项目|工程|高速公路|铁路|高铁|机场|水库|电站|电厂|产业园|基地)(?!部|制|组|式|清单|负责|经理|谋划)"
)
LINE_HEADS = frozenset(["高速公路", "高速铁路", "城际铁路", "铁路", "高铁", "高速"])
NO_SIGNS = frozenset("新老旧各该本条首县通间际指等线网内外")  # 县县通高速, 城市间高铁 are any
METRO = re.compile("(?:轨道交通|地铁)\\d{1,2}号线(?:[一二三四]期|[东南西北]延(?:段|伸段|线)?)?")
LONGEST_LINE = 4  # signs of places in the name of a line (郑栾卢灵高速)
SEPARATOR = re.compile(r"[、]|及|和|与")
PHASED = re.compile(r"(?:[一-龥]{2,}(?:工程|项目)|[一-龥]{2,}[一二三四五六七八九]期(?:工程|项目)?)$")
LONG_ENOUGH = 6  # code points of a member that ends as works do and needs no proper noun
LONGEST, SHORTEST = 22, 3  # code points of one member of such a list
COMMON = re.compile(
    r"^[^\u4e00-\u9fffA-Za-z“《]|^(?:全省|全市|全国|全区|一批|一大批|新|各|这|其|重大|重点|项目|工程|产业|累计|全年|更多|招商|城市|农村|主体|首批|首个|一期|二期|三期|第\d+|\d+|[一二三四五六七八九十]+[个条座项])|(?:第一|第二|第三)?跑道$|(?:开工|投资|增加值|产量|规模|体系|能力|水平|政策|资金|建设|[要将应须需])$"
)


@cache
def _event() -> Rare:
    """What is said of works: the list before it names them."""
    words = lexicon().words("works", "events")
    clue = re.compile("|".join(("等", *_beginnings((*ADVERBS, *words)))))
    return Rare(f"{BEFORE_EVENT}(?:{any_of(words, lexicon().table('works', 'unless'))})", clue, 0)


def _beginnings(words: Iterable[str]) -> Iterator[str]:
    """Patterns of the first two characters of some words: one character alone begins ten times as many."""
    for first, same in groupby(sorted(words), key=itemgetter(0)):
        seconds = {word[1:2] for word in same}
        yield re.escape(first) + ("" if "" in seconds else f"[{re.escape(''.join(sorted(seconds)))}]")


@cache
def _list_stop() -> re.Pattern[str]:
    return re.compile(rf"[，。；：！？\n“”（）]|{any_of(lexicon().words('works', 'before'))}")


@cache
def heads() -> frozenset[str]:
    """Head nouns that alone name no work (高速公路通车)."""
    return frozenset(lexicon().words("heads", "Project", "strong"))


LINE = Rare(
    r"(?<![一-龥])(?P<name>[一-龥]{2,5}(?:至|—|-|－)[一-龥]{2,5}?(?:城际铁路|高速铁路|高速公路|铁路|高铁|高速|公路|航线|航道))(?:[一二三四五六]期)?"
    r"|(?<=[、，和及至])(?P<other>[一-龥]{2,4}至[一-龥]{2,4}?(?:城际铁路|高速铁路|高速公路|铁路|高铁|高速|公路))",
    ("铁路", "高铁", "高速", "公路", "航线", "航道"),
    13,
)  # 董家口至五莲铁路: a line by its two ends


@cache
def _venues() -> tuple[str, ...]:
    return tuple(lexicon().words("heads", "Project", "venues"))


SIGNS = "京沪津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕甘陇青宁新疆藏蒙港"
SENT = Rare(f"[{SIGNS}][电气煤水粮](?:[入送][{SIGNS}]|[东南西北][送输运])", ("电", "气", "煤", "水", "粮"), 2)  # 宁电入湘


@cache
def _tails() -> tuple[str, ...]:
    return tuple(lexicon().words("heads", "listed", "tails"))


def projects(scan: Scan, prefixes: dict[int, int], places: dict[int, int]) -> list[Mention]:
    """Mentions of class Program, kind Project: the members of lists that an event or a summing noun follows."""
    found: dict[tuple[int, int], Mention] = {}
    for pattern, rule in ((_event(), "project-event"), (SUMMED, "project-summed")):
        for match in pattern.finditer(scan.text):
            floor = max(scan.sentence_bounds(match.start())[0], match.start() - 120)
            for start, end in members(scan, floor, match.start()):
                if happened := _event().pattern.search(scan.text, start, end):
                    end = happened.start()  # a member with an event of its own: …主体工程|全面完工、第三跑道顺利校飞
                start = past_verbs(scan, start, end)
                if end - start < SHORTEST:
                    continue
                if _names_a_work(scan, start, end, prefixes, listed=rule == "project-summed"):
                    name, where = scan.text[start:end], place(scan, start, end, places)
                    venue = name.endswith(_venues())  # where people go is a platform: 大剧院, 版本馆
                    class_, kind = ("Platform", "") if venue else ("Program", "Project")
                    found.setdefault((start, end), Mention(start, end, (class_,), name, rule, kind=kind, place=where))
    for start, end in scan.longest("head:Project"):
        if scan.text[start:end] in LINE_HEADS and (begin := _short_line(scan, start)) is not None:
            found.setdefault(
                (begin, end), Mention(begin, end, ("Program",), scan.text[begin:end], "project-line", kind="Project")
            )
    for match in METRO.finditer(scan.text):
        found.setdefault(match.span(), Mention(*match.span(), ("Program",), match[0], "project-line", kind="Project"))
    for match in SENT.finditer(scan.text):
        found[match.span()] = Mention(*match.span(), ("Program",), match[0], "project-line", kind="Project")
    for match in LINE.finditer(scan.text):
        span = match.span("name") if match["name"] else match.span("other")
        found[span] = Mention(*span, ("Program",), scan.text[slice(*span)], "project-line", kind="Project")
    return list(found.values())


def _short_line(scan: Scan, head: int) -> int | None:
    """Where a line's name begins that has a sign for each of its places: 推进|大漾云|高速公路, 、|鹤剑兰|高速公路; None where it is no such name."""
    at, signs = head, 0
    floor = max(scan.sentence_bounds(head)[0], head - LONGEST_LINE)
    while at > floor:
        token = scan.tokens[scan.token_at[at - 1]]
        if (
            token.end != at
            or token.tag[0] in "xpcurdmq"
            or token.word in stop_words()
            or (token.tag == "v" and len(token.word) > 1)
        ):
            break
        guessed = (
            token.tag in ("nr", "nz", "j", "x")
            and token.word.isalpha()
            and len(token.word) in (2, 3)
            and token.word not in vague()
        )
        at, signs = max(token.start, floor), signs + (len(token.word) == 1 or guessed)
    before = scan.tokens[scan.token_at[at - 1]] if at else None
    opens = before is None or before.tag[0] in "xv" or before.word in stop_words()
    plain = not set(scan.text[at:head]) & NO_SIGNS
    return at if opens and plain and 2 <= head - at <= LONGEST_LINE and signs and signs >= head - at - 2 else None


def past_verbs(scan: Scan, start: int, end: int) -> int:
    """`start` moved behind words that never stand in a name (提速|山钢基地二期)."""
    while start < end:
        token = scan.tokens[scan.token_at[start]]
        if token.start != start or token.word not in stop_words() or token.word in inner_words():
            return start
        start = token.end
    return start


def members(scan: Scan, floor: int, end: int, shortest: int = SHORTEST, longest: int = LONGEST) -> list[tuple[int, int]]:
    """The members of the list that ends at `end`, walking back to the clause's beginning."""
    text = scan.text
    stops = [match.end() for match in _list_stop().finditer(text, floor, end)]
    begin = stops[-1] if stops else floor
    made: list[tuple[int, int]] = []
    at = begin
    for match in SEPARATOR.finditer(text, begin, end):
        if match[0] != "、" and not scan.is_edge(match.start()):
            continue
        made.append((at, match.start()))
        at = match.end()
    made.append((at, end))
    made = [(start, start + cut if (cut := text[start:stop].find("等")) > 0 else stop) for start, stop in made]
    made = [(max(start, text.rfind("的", start, stop) + 1), stop) for start, stop in made]  # 惠及3400万人的|引大济岷工程
    return [(start, stop) for start, stop in made if shortest <= stop - start <= longest]


def _names_a_work(scan: Scan, start: int, end: int, prefixes: dict[int, int], *, listed: bool) -> bool:
    name = scan.text[start:end]
    if (
        name in heads()
        or "上市公司" in name
        or COMMON.search(name)
        or "的" in name
        or name.startswith(tuple("在对为以将把由被使让"))
    ):
        return False
    if any(at > start and prefixes[at] == start and at < end for at in range(start + 1, end + 1) if at in prefixes):
        return True
    if any(start <= hit[0] and hit[1] <= end for hit in scan.hits.get("head:Project", ()) if start <= hit[0] < end):
        return True
    if re.search(r"[A-Za-z]{2,}", name):
        return True
    if PHASED.search(name) or (len(name) >= LONG_ENOUGH and name.endswith(_tails())):
        return True
    return listed and len(name) >= SHORTEST and scan.tokens[scan.token_at[start]].tag in ("ns", "nz", "nt", "nr", "eng")


def place(scan: Scan, start: int, end: int, prefixes: dict[int, int]) -> str:
    """The place that the name at [start, end) begins with, "" for none."""
    stop = max((at for at in range(start + 1, end) if prefixes.get(at) == start), default=start)
    return scan.text[start:stop]
