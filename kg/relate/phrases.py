"""The phrases about a figure: what may be taken off them, and the words that tell a change, a share or a standing."""

from __future__ import annotations

import re

from kg.lexicon import any_of, cache, table
from kg.value import dataclass

MARKS = " 、，的："
PARENTHESES = re.compile(r"[（(][^（）()]*[）)]?")
TO = "到|至|为|达"
# a single sign that opens a clause opens a word as well: 共 of 共同, 及 of 及时
INSIDE_A_WORD = "(?<!高标准(?=农田|厂房))(?<![共已还并和与及含拟是](?=[同享性款贷购网谐美会时税氧案入列轨]|建(?!成)))"
JOINTS = re.compile("、|(?<![以普触涉波])及|以及|和(?!谐)|与(?!会)")  # between the members of a list
SHORT_MEMBER = 2  # code points of a member that is a modifier only (城镇, 刑事)
NUMBERED = r"[到至]?\d{4}年(?:度)?(?:以来|(?:\d+月)?[底末初]?[之以]?前|[底末初])?|[一二三四五六七八九十]+[是要]|[“\"]?十[一二三四五]五[”\"]?时期"


PART_OF_A_YEAR = r"前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个月"
_TIME = r"(?:\d{4}年(?:\d{1,2}月)?|上年(?:同期)?|去年(?:同期)?|前年|年初|[“\"]?十[一二三四五]五[”\"]?(?:时期|末)?|[一二两三四五六七八九十]年前|原来|过去|以前|开始时?)"
WHERE_IT_STOOD = re.compile(rf"[由从]{_TIME}?[底末初]?的?$")  # 由2018年底的|2.37%: before the figure that another one follows
WHEN_IT_STANDS = re.compile(rf"(?<=[到至为]){_TIME}[底末初]?的$")  # 上升到2021年的|89.4%
LEVEL = re.compile(r"(?:国家|部|省|市|县|区|自治区|州|厅|副省)级(?:及?以上)?")
RECOVERED = re.compile(r"^(?:分别|已|均)*(恢复[到至][^，。；]*?)的?$")  # 恢复到2019年同期的|86%
STANDS = re.compile(r"^(?P<noun>[^，。；]*[、和及与][^，。；]*?)均(?P<behind>(?:居|列|位居|位列|排名)[^，。；]*)$")
TIMES_OF = re.compile(r"(?:是|为|达|达到|相当于|接近|超过)([^，。；]{2,16})的$")  # 是上个五年的|2.3倍


@dataclass(frozen=True, slots=True)
class Patterns:
    """The tables of kg/lexicon/measuring.toml as patterns."""

    change: re.Pattern[str]  # 增长 at the end of a phrase
    level: re.Pattern[str]  # 增长到
    compare: re.Pattern[str]  # 高于全国平均
    share: re.Pattern[str]  # 占
    link: re.Pattern[str]  # 达到
    opening: re.Pattern[str]  # 全年
    manner: re.Pattern[str]  # 同比, 分别
    standing: re.Pattern[str]  # 居, 位列 at the beginning of a phrase
    lead: re.Pattern[str]  # 带动 before the first member of a list


@cache
def patterns() -> Patterns:
    """The patterns, made once."""
    words = table("measuring")
    change = any_of(words["change"]["words"])
    compare, over = any_of(words["change"]["compare"]), any_of(words["change"]["over"])
    plain = [word for word in words["manner"]["words"] if word != "均"]
    manner = "|".join([any_of(plain), "(?<![户人亩地单])均", *words["manner"]["forms"]])  # 户均 is no adverb
    return Patterns(
        change=re.compile(rf"(?<![新净])(?:{change})(?:了|幅度)?$|(?:比|较)[^，。；]{{1,10}}[新净]增$"),
        level=re.compile(rf"(?:{change})(?:{TO})$"),
        compare=re.compile(rf"(?:{compare})[^，。；]{{0,24}}$|(?:比|较)[^，。；]{{1,12}}(?:{over})$"),
        share=re.compile(any_of(words["share"]["words"])),
        link=re.compile(f"(?:{any_of(words['link']['words'])}|(?<=.)(?:{any_of(words['link']['hollow'])}))$"),
        opening=re.compile(f"(?:(?:{any_of(words['opening']['words'])}){INSIDE_A_WORD}|{NUMBERED}|{PART_OF_A_YEAR})[，、：]?"),
        manner=re.compile(f"(?:{manner})+$"),
        standing=re.compile(any_of(table("units")["rank"]["verbs"])),
        lead=re.compile(f"(?:{any_of(words['lead']['words'])})(?=.{{2}})"),
    )


def stripped(phrase: str) -> str:
    """The phrase without the adverbials that open it and those right before its figure: 全年累计完成投资 → 完成投资."""
    found = patterns()
    phrase = phrase.strip(MARKS)
    while True:
        opening = found.opening.match(phrase)
        shorter = found.manner.sub("", phrase[opening.end() :] if opening else phrase).strip(MARKS)
        if shorter == phrase:
            return phrase
        phrase = shorter


def unlinked(phrase: str) -> str:
    """The phrase without 达到, 为 and the like at its end, unless they belong to a change (提高到)."""
    found = patterns()
    whole = tuple(table("measuring")["link"]["whole"])
    while not phrase.endswith(whole) and found.level.search(phrase) is None and (shorter := found.link.sub("", phrase)) != phrase:
        phrase = shorter
    return phrase


def balanced(phrase: str) -> str:
    """The phrase without white space, and without quotation marks and brackets that lost their partner: 新格局” → 新格局."""
    phrase = "".join(phrase.split())
    for opener, closer in ("“”", "‘’", "《》", "（）"):
        if phrase.count(opener) != phrase.count(closer):
            phrase = phrase.replace(opener, "").replace(closer, "")
    return phrase


def members(noun: str) -> list[str]:
    """The members of a coordination: 带动游客人数和总花费 → 游客人数, 总花费; one member where it is none."""
    parts = [part for part in JOINTS.split(noun) if part] or [""]
    lead = patterns().lead.match(parts[0]) if len(parts) > 1 else None
    if lead is not None:
        parts[0] = parts[0][lead.end() :]
    return [part + _shared_head(part, parts[-1]) for part in parts]


def _shared_head(part: str, last: str) -> str:
    """What a member lacks of the noun that only the last one has in full: 城镇 of 城镇和农村居民收入 → 居民收入."""
    if part == last:
        return ""
    for length in range(min(len(part), len(last)), 1, -1):
        if (at := last.find(part[-length:])) >= 0:
            return last[at + length :]
    modifier = part.lstrip("对向从")
    return last[len(modifier) :] if len(modifier) <= SHORT_MEMBER else ""
