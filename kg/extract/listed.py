"""Members of a list that a noun sums up: 华为、腾讯等企业 are bodies, 试验场、科考中心等创新平台 platforms, 汉交会、青年论坛等活动 meetings.

The noun tells the class, so that members need no head noun of their own; the table `listed` of heads.toml has the nouns.
"""

from __future__ import annotations

import re

from kg.extract.edges import stop_words
from kg.extract.projects import members, past_verbs
from kg.extract.projects import place as place_of
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

REACH = 120  # code points back from 等 in which a list stands
SHORTEST, LONGEST = 2, 24  # code points of a member
FEWEST = 2  # members that make a list, those that other rules know among them
NAMING = ("n", "j", "z", "l", "eng", "i", "b", "vn", "x", "s", "f", "k", "h", "g")  # parts of speech of a name's last word
CLASSES = {
    "Organization": ("Organization",),
    "Platform": ("Platform", "Program"),
    "Meeting": ("Meeting",),
    "Project": ("Program", "Platform"),
    "MediaOutlet": ("Organization",),
}
APPLICATION = "应用"
NAMED_SO = ("通", "码", "办", "云", "易", "宝")  # what such names end with: 报表通、项目通等应用
KINDS = {"Project": "Project", "MediaOutlet": "MediaOutlet"}


@cache
def _sums() -> tuple[re.Pattern[str], dict[str, str]]:
    """等 with the words between and the noun, and the class of each noun."""
    kinds = {noun: kind for kind in CLASSES for noun in lexicon().words("heads", "listed", kind)}
    nouns = any_of(kinds)
    between = r"(?:一批|一大批|一系列|系列|多[家个所项场]|\d+[家个所项场]|[一二两三四五六七八九十]+[家个所项场])?[一-龥]{0,6}?"
    return re.compile(rf"等{between}(?P<noun>{nouns})(?![一-龥]*?[、](?!$))"), kinds


def listed(scan: Scan, prefixes: dict[int, int], places: dict[int, int]) -> list[Mention]:
    """Mentions of the members of summed lists. `prefixes` maps the end of places and bodies to their start, `places` that of places."""
    pattern, kinds = _sums()
    found: list[Mention] = []
    for match in pattern.finditer(scan.text):
        kind = kinds[match["noun"]]
        floor = max(scan.sentence_bounds(match.start())[0], match.start() - REACH)
        spans = [(past_verbs(scan, start, end), end) for start, end in members(scan, floor, match.start(), SHORTEST, LONGEST)]
        if match["noun"] == APPLICATION:
            spans = [
                (scan.tokens[scan.token_at[start]].end if scan.text.startswith("推广", start) else start, end)
                for start, end in spans
            ]
        good = [(start, end) for start, end in spans if end - start >= SHORTEST and _may_name(scan, start, end, kind, prefixes)]
        if len(spans) < FEWEST:
            continue
        if match["noun"] == APPLICATION:
            good = [(start, end) for start, end in spans if scan.text.endswith(NAMED_SO, start, end) and end - start > SHORTEST]
        for start, end in good:
            name = scan.text[start:end]
            where = place_of(scan, start, end, places)
            found.append(
                Mention(start, end, CLASSES[kind], name, f"listed-{kind.lower()}", kind=KINDS.get(kind, ""), place=where)
            )
    return found


@cache
def _tails() -> tuple[str, ...]:
    return tuple(lexicon().words("heads", "listed", "tails"))


def _may_name(scan: Scan, start: int, end: int, kind: str, prefixes: dict[int, int]) -> bool:
    """Whether the member can be a name: its edges are those of words, its last word is a noun, it is no common noun alone."""
    name = scan.text[start:end]
    if (
        scan.text[start - 1 : start] == "”"
        or not scan.is_edge(start)
        or not scan.is_edge(end)
        or re.search(r"[的\d“”《》（）]", name)
        or name in vague()
    ):
        return False
    words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
    if any(word.word in stop_words() for word in words) or prefixes.get(end) == start:
        return False
    proper = any(word.tag in ("ns", "nz", "nt", "nr", "nrt", "nrfg", "eng") for word in words) or any(
        start < at <= end and prefixes[at] >= start for at in range(start + 1, end + 1) if at in prefixes
    )
    if kind == "Organization":
        if name.endswith(("企业", "联盟", "机构", "组织", "团体")) and not proper:
            return False  # 科技型中小企业, 产业联盟: a kind, no body
        common = all(word.tag in ("n", "b", "a", "v", "vn", "d", "an") and len(word.word) > 1 for word in words)
        return not common and words[-1].tag not in ("v", "d", "p", "a", "u", "c") and not name.startswith(("各", "全"))
    if kind == "MediaOutlet":
        return len(name) >= 3 and name.endswith(("网", "报", "台", "视", "社", "端", "刊", "闻", "号", "体"))
    if kind == "Meeting":
        return name.endswith(("会", "节", "赛", "展", "坛", "礼", "季", "周", "月", "仪式", "活动", "演出", "马拉松"))
    return name.endswith(_tails()) and (proper or len(name) >= 5)
