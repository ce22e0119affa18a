"""Platforms that no head noun of the table carries: what is built or serves and ends in 平台 (建成…检查结果互认平台)."""

from __future__ import annotations

import re

from kg.extract.edges import stop_words
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.extract.vague import vague
from kg.model import Mention

PLATFORM = Rare(
    r"(?:建成|搭建|上线|开通|启用|用好)(?:了)?(?:全[省市国区]统一的)?(?P<name>[一-龥]{6,18}?平台)(?=[，。；、]|$)"
    r"|(?<=[，。；、])(?P<other>[一-龥]{6,16}?平台)(?=服务|上线|运行|注册|累计|覆盖|用户|建成|启用|投入)",
    ("平台",),
    32,
)
COUNTED = re.compile("[一二三四五六七八九十]+[大个批类]|一系列|一批|若干")


def platforms(scan: Scan) -> list[Mention]:
    """Mentions of class Platform, whose names are nouns from edge to edge and begin with none that says nothing of them."""
    found: list[Mention] = []
    for match in PLATFORM.finditer(scan.text):
        start, end = match.span("name") if match["name"] else match.span("other")
        words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
        opens = words[0].word not in vague() | stop_words() and not COUNTED.match(scan.text, start)
        if scan.is_edge(start) and opens and not any(word.tag[0] in "xmrpu" for word in words):
            found.append(Mention(start, end, ("Platform",), scan.text[start:end], "governed-platform"))
    return found
