"""Honors: what stands behind a verb of conferring (荣获…称号, 获评…, 被…认定为…, 入选…)."""

from __future__ import annotations

import re

from kg.extract.conferred import honor_words, is_of_the_best
from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon
from kg.model import Mention

PASSIVE = re.compile(
    r"被[^，。；]{0,30}?(?:批复同意|批准|认定|评定|评选|评|列|命名|确定|授予|纳入|选)(?:为|建设|创建|设立|成为)?"
)
AS = re.compile(r"作为(?=[^，。；]{4,24}之一)")
LEAD = re.compile(
    r"^(?:了|为|是|上|出|的|建(?=全国|国家|首批|世界)|全球唯一的?|全国唯一的?|全国首[批个]|首[批个]|唯一的?|我国首[批个]|省内首[批个]|创建|建设|设立)+"
)
TRIM = re.compile(r"(?:称号|荣誉称号|荣誉|等|之一|(?<!预备)名单|行列|奖励)$")
GIVEN = re.compile(r"(?:评选|评选出|评出)(?P<name>[一-龥·]{3,8})(?=[，。；、])(?<!活动|工作|办法|机制|制度|标准|结果)")
RANKED = re.compile(r"全国|国家|全球|世界|首批|首个|中国|全省|省级")  # what one becomes is an honor only where somebody ranks it
RANK = re.compile("全国|全省|全市|国家级?|省级|市级|全省政协系统|全国政协系统|全省法院|全国法院|全省检察机关")
GIVING = re.compile("(?:授予|追授|命名)[^，。；“”]{2,40}?为?“")
RANKED_FIRST = re.compile("(?:首批|第[一二三四五六七八九十]+批)?(?:国家级?|全国|中国|世界|全球|联合国|省级|全省)")
SHORT_NOUN = re.compile("(?!称号|荣誉|名单|行列|等)[一-龥]{2,4}")
OF_YEAR = re.compile(r"^20\d{2}(?!\d|年)|\d+周年")  # 2025国内十大考古新闻, 全国纪念…80周年文艺精品
NOUN_TOO = ("应用", "设计", "策划", "报道", "发明")
SHORTEST, LONGEST = 3, 32


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("heads", "Honor", "strong"), key=lambda word: (-len(word), word)))


def honors(scan: Scan, prefixes: dict[int, int]) -> list[Mention]:
    """Mentions of class Honor with the verb's object as their name."""
    found: dict[tuple[int, int], Mention] = {}
    begins = [
        (end, False)
        for start, end in scan.longest("verb:receives")
        if scan.text[start:end] != "成为" or RANKED.match(scan.text, end)
    ]
    begins += [(match.end(), True) for match in PASSIVE.finditer(scan.text)] + [
        (match.end(), False) for match in AS.finditer(scan.text)
    ]
    for match in GIVING.finditer(scan.text):
        quote = match.end() - 1
        if quote in scan.close:
            span = (quote + 1, scan.close[quote])
            found.setdefault(span, Mention(*span, ("Honor",), scan.text[slice(*span)], "honor-given"))
    for at, passive in sorted(set(begins)):
        if scan.text[at - 3 : at - 2] == "对":
            continue  # 对获评“…”的企业: whoever will be
        sentence = scan.sentence(at - 1)
        if sentence is None:
            continue
        clause = re.match(r"(?:[^，。；！？\n“]|“[^”]*”)*", scan.text[at : sentence.end])
        if clause is None or not clause[0]:
            continue
        for start, end in _objects(scan.text, at, at + len(clause[0])):
            if (mention := _honor(scan, start, end, passive)) is not None:
                found.setdefault((mention.start, mention.end), mention)
    for match in GIVEN.finditer(scan.text):
        found.setdefault(match.span("name"), Mention(*match.span("name"), ("Honor",), match["name"], "honor-given"))
    return list(found.values())


def _objects(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The coordinated objects of a clause: 省级示范点和市级示范点, 先进单位和先进个人."""
    made, at = [], start
    for match in re.finditer(r"[、]|和|及|与", text[start:end]):
        if text[: start + match.start()].count("“", at) == text[: start + match.start()].count("”", at):
            made.append((at, start + match.start()))
            at = start + match.end()
    made.append((at, end))
    # 促进体育消费和赛事经济试点城市 is one: a part without a head goes with the next
    joined: list[tuple[int, int]] = []
    for start, stop in reversed(made):
        if joined and not any(head in text[start:stop] for head in _heads()):
            joined[0] = (start, joined[0][1])
        else:
            joined.insert(0, (start, stop))
    return joined


def _whole(scan: Scan, start: int, end: int, verb: str) -> Mention | None:
    """全国优秀法院, 全省文明标兵单位: behind a verb that does nothing but confer, all of a phrase that speaks of rank and excellence."""
    text = scan.text
    cut = TRIM.search(text[start:end])
    while cut:
        end = start + cut.start()
        cut = TRIM.search(text[start:end])
    name = text[start:end]
    if (
        not verb.endswith((*honor_words("confers"), "成为"))
        or not SHORTEST < len(name) <= LONGEST
        or re.search(r"[“”《》的\d、]|^[、，]", OF_YEAR.sub("", name)[:-1])
    ):
        return None
    if not (is_of_the_best(name) or (RANKED_FIRST.match(name) and name.endswith(honor_words("given")))) or not scan.is_edge(
        start
    ):
        return None
    last = scan.tokens[scan.token_at[end - 1]]
    noun = last.tag == "vn" or (last.tag == "v" and ("十大" in name or last.word in NOUN_TOO))  # 十大考古新发现, 优秀应用
    if last.end != end or (last.tag.startswith(("v", "d", "p", "u")) and not noun):
        return None
    return Mention(start, end, ("Honor",), name, "honor-whole")


def _honor(scan: Scan, start: int, end: int, passive: bool) -> Mention | None:
    text = scan.text
    before = text[max(0, start - 6) : start]
    lead = LEAD.match(text[start:end])
    start += len(lead[0]) if lead else 0
    quote = text.find("“", start, end)
    if (
        quote != -1
        and quote in scan.close
        and scan.close[quote] <= end
        and quote - start <= 20
        and not text.startswith("的", scan.close[quote] + 1)
    ):
        behind = text[scan.close[quote] + 1 : end]
        size = next(
            (
                len(head) + behind.index(head)
                for head in _heads()
                if head in behind[: len(head) + 6] and head not in ("称号", "荣誉", "荣誉称号")
            ),
            0,
        )
        if size and not behind.startswith(("称号", "荣誉")):
            stop = scan.close[quote] + 1 + size  # “生态恢复十年”优秀案例: the quote is only a part of the name
            return Mention(quote, stop, ("Honor",), text[quote:stop], "honor-quoted-head")
        if RANK.fullmatch(text, start, quote):  # 全国“枫桥式公安派出所” is one name
            stop = scan.close[quote] + 1
            stop += len(behind) if SHORT_NOUN.fullmatch(behind) else 0  # 全国|“四好”|商会
            return Mention(start, stop, ("Honor",), text[start:stop], "honor-ranked-quote")
        name = text[quote + 1 : scan.close[quote]]
        class_ = "Program" if name.endswith(("计划", "工程", "行动", "战略")) else "Honor"
        return Mention(quote + 1, scan.close[quote], (class_,), name, "honor-quoted")
    if year := re.match(r"\d{4}年度?", text[start:end]):
        start += len(year[0])
    name = text[start:end]
    stop = max((name.rfind(head) + len(head) for head in _heads() if head in name), default=0)
    if (whole := _whole(scan, start, end, before)) is not None:
        return whole
    if not stop:
        return None
    while cut := TRIM.search(name[:stop]):
        stop = cut.start()
    if scan.tokens[scan.token_at[start + stop - 1]].word in ("奖项", "大奖赛"):
        return None  # 国家级奖|项
    if stop < SHORTEST or stop > LONGEST or "的" in name[:stop][:3] or re.search(r"\d+[个项家所]", name[:stop]):
        return None
    if passive and not name[:stop].endswith(honor_words("areas") + _heads()):
        return None
    return Mention(start, start + stop, ("Honor",), name[:stop], "honor-object")
