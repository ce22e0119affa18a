"""Platforms that no head noun of the table carries: what is built or serves and ends in 平台 (建成…检查结果互认平台), and what is built of data."""

from __future__ import annotations

import re

from kg.extract.digital import FORM
from kg.extract.edges import stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

PLATFORM = Rare(
    r"(?:建成|搭建|上线|开通|启用|用好)(?:了)?(?:全[省市国区]统一的)?(?P<name>[一-龥]{6,18}?平台)(?=[，。；、]|$)"
    r"|(?<=[，。；、])(?P<other>[一-龥]{6,16}?平台)(?=服务|上线|运行|注册|累计|覆盖|用户|建成|启用|投入)",
    ("平台",),
    32,
)
# what is built of data, as digital government calls it: 建设一体化智能化公共数据平台, 打造民意大数据分析系统
DIGITAL = Rare(
    r"(?:建设|建|打造|建立|构建|开发|研发|推广|推进|升级|完善|优化|建成|搭建|上线|开通|启用|用好)(?:了|好|升级|应用|运行)?(?:全[省市国区县]统一的)?"
    r"(?P<name>[一-龥]{4,18}?(?:(?<!创新)平台|系统|数据库|驾驶舱|小程序))(?=[，。；、”]|(?:迭代|应用|升级|上线|推广)|建设[，。；、]|$)",
    ("平台", "系统", "数据库", "驾驶舱", "小程序"),
    32,
)
COUNTED = re.compile("[一二三四五六七八九十]+[大个批类]|一系列|一批|若干")


@cache
def _of_data() -> re.Pattern[str]:
    """Words that tell that a platform or a system is made of data."""
    return re.compile(any_of(lexicon().words("heads", "Platform", "of_data")))


@cache
def _alone() -> Rare:
    """A kind of venue that is a name by itself, where it is counted or built: 建立|协商驿站|436个."""
    names = tuple(lexicon().words("heads", "Platform", "alone"))
    name = any_of(names)
    counted = rf"(?P<counted>{name})(?=\d|[近超约]\d)"
    building = any_of(lexicon().words("heads", "Platform", "building"))
    built = rf"(?:{building})(?:了|好)?(?:\d+[个家处])?(?P<built>{name})(?=[，。；、和与等开建])"
    return Rare(f"{counted}|{built}", names, 12)


def platforms(scan: Scan) -> list[Mention]:
    """Mentions of class Platform, whose names are nouns from edge to edge and begin with none that says nothing of them."""
    found: list[Mention] = []
    spans = [match.span("name") if match["name"] else match.span("other") for match in PLATFORM.finditer(scan.text)]
    spans += [match.span("name") for match in DIGITAL.finditer(scan.text) if _of_data().search(match["name"])]
    levels = lexicon().words("heads", "Platform", "levels")
    for start, end in dict.fromkeys(spans):
        if (first := scan.tokens[scan.token_at[start]]).word in levels and scan.is_edge(start):
            start = first.end  # 建成市级|公共数据资源平台
        words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
        whole = words[0].word in ("全国", "国家") or FORM.match(scan.text, start) is not None  # 全国投资项目在线审批监管平台
        vain = not whole and words[0].word in vague() | stop_words()
        opens = not vain and not COUNTED.match(scan.text, start)
        if scan.is_edge(start) and opens and not any(word.tag[0] in "xmrpu" for word in words):
            found.append(Mention(start, end, ("Platform",), scan.text[start:end], "governed-platform"))
    for match in _alone().finditer(scan.text):
        start, end = match.span("counted") if match["counted"] else match.span("built")
        if scan.is_edge(start) and scan.is_edge(end):
            found.append(Mention(start, end, ("Platform",), scan.text[start:end], "venue-alone"))
    return found
