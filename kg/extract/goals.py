"""What a place sets out to become, in words that work as a name: 打造海上新广东, 推进绿美广东生态建设, 创建全国海洋经济发展示范区."""

from __future__ import annotations

import re

from kg.extract.edges import stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.lexicon import cache, lexicon
from kg.model import Mention

BUILDING = r"(?:建设|打造|推进|推动|创建|构筑|构建|争创|建成|擦亮|深化)"
AHEAD = re.compile(rf"(?:{BUILDING}(?:更高水平的?|高水平)?|[、“])$")
BEHIND = re.compile(r"(?:生态)?(?:建设|篇章|品牌|实践)?[，。；、”]")
NEW_AND_MODERN = "现代化新"  # 现代化新重庆 is what is built wherever it stands
LONGEST_EPITHET = 4  # code points before the place: 品质, 海上新, 绿美
EPITHETS = ("n", "a", "z", "nz", "b", "f", "s", "an", "vn", "i", "l", "j", "ng", "ag", "zg", "tg", "g")
RANKED_AREA = re.compile(
    rf"{BUILDING}好?(?P<name>(?:全国|国家|国家级|世界级|美丽中国|全省)?[一-龥]{{4,24}}?(?:先行示范区|示范区|先行区|试验区|实验区|先导区|支点城市|示范城市|示范省|示范市|金融中心|航运中心|科技创新中心|消费中心城市|贸易中心))(?=建设|[，。；、和与及能]|$)"
)


def goals(scan: Scan, places: dict[int, int]) -> list[Mention]:
    """Mentions of class Program: an epithet and a place that is being built; of Honor or Program: ranked areas and cities.

    `places` maps the end of every place mention to its start.
    """
    return [*_epithets(scan, places), *_areas(scan), *_cities(scan), *_forms(scan)]


CITY_OF = Rare(
    r"(?P<name>[一-龥]{2,6}之[城都乡府谷窗])(?=建设|品牌|称号|名片|[，。、；”])", tuple(f"之{sign}" for sign in "城都乡府谷窗"), 6
)
FORMS = Rare(
    r"第[一二三四五六七八九十]+次全国[一-龥]{2,6}普查|[一-龥]{4,12}\d\.0(?:方案|版)|(?:\d{1,3}|[一二三四五六七八九十]+)[件项](?:重点|年度)?民生实事(?:项目|工程)?"
    r"|(?:教育|科技|人才|文化|体育|农业|制造|质量|交通|海洋|旅游|健康|网络|数字|生态)强[省市区县州](?=建设)"
    r"|[一-龥]{0,6}(?P<twice>[校班村户人组路])(?P=twice)通"
    r"|(?:\d{1,2}分钟|[一二三半]刻钟|半小时)[一-龥]{0,6}?(?:生活|服务|健身|就医|养老|医疗|医保|文化|便民|政务|阅读|就业)[一-龥]{0,4}?圈",
    (
        "次全国",
        ".0方案",
        ".0版",
        "民生实事",
        "强省",
        "强市",
        "强区",
        "强县",
        "强州",
        *(f"{twice}{twice}通" for twice in "校班村户人组路"),
        "圈",
    ),
    30,
)


def _cities(scan: Scan) -> list[Mention]:
    """博物馆之城, 设计之都: what a place calls itself or means to be."""
    found = []
    for match in CITY_OF.finditer(scan.text):
        start, end = match.span("name")
        while start < end - 3 and (not scan.is_edge(start) or scan.tokens[scan.token_at[start]].word in stop_words()):
            start += 1
        if scan.is_edge(start):
            found.append(Mention(start, end, ("Program", "Honor"), scan.text[start:end], "city-of"))
    return found


def _forms(scan: Scan) -> list[Mention]:
    """Undertakings that are named by their form alone: a census, an edition of a plan, the year's list of works for the people,
    what is to be had within a quarter of an hour."""
    found = []
    for match in FORMS.finditer(scan.text):
        start = match.start()
        while start < match.end() - 4 and (not scan.is_edge(start) or scan.tokens[scan.token_at[start]].word in stop_words()):
            start += 1
        written = match[0].endswith(("方案", "版"))
        classes = ("Program", "Document") if written else ("Program",)
        found.append(Mention(start, match.end(), classes, scan.text[start : match.end()], "program-form"))
    return found


def _epithets(scan: Scan, places: dict[int, int]) -> list[Mention]:
    found: list[Mention] = []
    text = scan.text
    for end, start in places.items():
        whole = text.endswith(NEW_AND_MODERN, 0, start) or text.startswith("生态建设", end)
        if not (whole or BEHIND.match(text, end)) or text[start:end] in _countrywide() or text[start - 1 : start] in "，。；、“”":
            continue
        begin = _epithet(scan, start)
        if begin is None:
            continue
        built = text.startswith(("建设", "生态建设"), end) and scan.tokens[scan.token_at[begin - 1]].tag[0] in "vxpucdr"
        if not built and not text.endswith(NEW_AND_MODERN, 0, start) and not AHEAD.search(text, max(0, begin - 10), begin):
            continue
        if text[begin - 1] in "、“" and not re.search(BUILDING, text[max(scan.sentence_bounds(start)[0], begin - 24) : begin]):
            continue
        found.append(Mention(begin, end, ("Program",), text[begin:end], "civic-goal"))
    return found


@cache
def _countrywide() -> frozenset[str]:
    return frozenset(["中国", "全国", "我国", "全省", "全市", "我省", "我市", "全县", "全区"])


def _epithet(scan: Scan, start: int) -> int | None:
    """Where the one or two words begin that stand before the place at `start` and praise it; None where none do."""
    begin = start
    for _ in range(2):
        token = scan.tokens[scan.token_at[begin - 1]] if begin else None
        if token is None or token.end != begin or token.tag not in EPITHETS or _holds_a_verb(token.word):
            break
        if start - token.start > LONGEST_EPITHET:
            break
        begin = token.start
    name = scan.text[begin:start]
    return begin if len(name) >= 2 and name not in vague() and not name.endswith(("级", "区域", "国家")) else None


def _holds_a_verb(word: str) -> bool:
    """Whether a word is, or the dictionary keeps as one word with, what never stands in a name (全力|支持)."""
    return word in stop_words() or (len(word) >= 4 and (word[:2] in stop_words() or word[2:] in stop_words()))


def _areas(scan: Scan) -> list[Mention]:
    found = []
    for match in RANKED_AREA.finditer(scan.text):
        start, end = match.span("name")
        inside = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
        verbs = [word for word in inside if word.word in stop_words() and word.word not in _inner()]
        if (
            scan.is_edge(start)
            and scan.is_edge(end)
            and not verbs
            and inside[0].word not in stop_words()
            and "的" not in match["name"]
        ):
            found.append(Mention(start, end, ("Honor", "Program"), match["name"], "ranked-area"))
    return found


@cache
def _inner() -> frozenset[str]:
    return frozenset(lexicon().words("words", "inner"))
