"""Places that lie over the bounds of others: a river's stretch (长江干流重庆段), a region between two cities (西宁—海东都市圈), 沿海经济带."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.model import Mention

PARTS = ("干流", "上游", "中游", "下游")
WATERS = ("江", "河", "运河")
REGIONS = ("都市圈", "城市群", "经济圈", "经济带", "经济走廊", "创新走廊")
DASHES = ("—", "－", "-", "–")
ADJOINED = re.compile("[江河].+[江河]")  # 长江黄河干流: two rivers, no name
ALONG = Rare("沿(?:海|江|边|黄|淮|河)(?:城镇|城市|产业|开放)?经济带", ("经济带",), 5)


def stretches(scan: Scan, found: Mapping[tuple[int, int], Mention]) -> list[tuple[tuple[int, int], Mention]]:
    """The mentions to put where there is none yet, or in place of the one at the span that stands with it."""
    ends: dict[int, int] = {}
    for start, end in found:
        ends[end] = min(start, ends.get(end, start))
    formed = ((span, mention) for span, mention in found.items() if mention.rule == "district-form")
    made = [(span, joined) for span, mention in formed if (joined := _between(scan, mention, ends)) is not None]
    made += [(span, _place(scan, *span)) for span in _along_water(scan, ends)]
    made += [(hit.span(), _place(scan, *hit.span())) for hit in ALONG.finditer(scan.text) if hit.end() not in ends]
    return made


def _place(scan: Scan, start: int, end: int) -> Mention:
    return Mention(start, end, ("District",), scan.text[start:end], "district-form")


def _between(scan: Scan, mention: Mention, ends: Mapping[int, int]) -> Mention | None:
    """The whole name of a region that is named by two places with a dash between them, of which `mention` holds the second."""
    dash = mention.start - 1
    if not mention.name.endswith(REGIONS) or dash not in ends or not scan.text.startswith(DASHES, dash):
        return None
    start = ends[dash]
    return replace(mention, start=start, name=scan.text[start : mention.end], place=scan.text[start:dash])


def _along_water(scan: Scan, ends: Mapping[int, int]) -> list[tuple[int, int]]:
    """Spans of a river's name, the part of it and a place with 段 behind it: 黄河干流山东段, 长江重庆段."""
    spans = []
    for end, start in ends.items():
        if not scan.text.startswith("段", end) or not scan.is_edge(end + 1):
            continue
        part = next((part for part in PARTS if scan.text.endswith(part, 0, start)), "")
        river = start - len(part)
        first = ends.get(river, river)
        if first == river and river > 0:
            token = scan.tokens[scan.token_at[river - 1]]
            first = token.start if token.end == river and token.tag in ("ns", "nr", "nz") else river
        name = scan.text[first:river]
        if name.endswith(WATERS) and not ADJOINED.search(name):
            spans.append((first, end + 1))
    return spans
