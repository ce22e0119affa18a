"""Digital counterparts of bodies and services: 湖南数字政协, 智慧人大, 数字政府."""

from __future__ import annotations

import re

from kg.extract.scan import Scan
from kg.model import Mention

FORM = re.compile(
    r"(?:数字|智慧|掌上|云上|网上)(?:政协|人大|政府|工会|法院|检察|检务|法治|党建|机关|政务|信访|社区|校园|乡村|城市)(?![化型])"
)


CIVIC = re.compile(r"(?:平安|法治|健康|美丽|清廉|信用|诚信|数字|智慧)(?=[\u4e00-\u9fff]{2,5}(?:建设|行动))")


def civic(scan: Scan, places: dict[int, int]) -> list[Mention]:
    """Mentions of class Program: 平安新疆, 健康四川, where 建设 says that it is being built, and 健康青海行动."""
    starts = {start: end for end, start in places.items()}
    found: list[Mention] = []
    for match in CIVIC.finditer(scan.text):
        end = starts.get(match.end())
        if end is None or not scan.text.startswith(("建设", "行动"), end) or scan.text[match.end() : end] in ("中国", "全国"):
            continue
        end += len("行动") if scan.text.startswith("行动", end) else 0
        found.append(Mention(match.start(), end, ("Program",), scan.text[match.start() : end], "civic-program"))
    return found


def digital(scan: Scan, places: dict[int, int]) -> list[Mention]:
    """Mentions of class Platform: the digital form of a body with the place before it (without one it is a general notion)."""
    return [
        Mention(
            places[m.start()],
            m.end(),
            ("Platform",),
            scan.text[places[m.start()] : m.end()],
            "digital-form",
            place=scan.text[places[m.start()] : m.start()],
        )
        for m in FORM.finditer(scan.text)
        if m.start() in places and scan.text[places[m.start()] : m.start()] not in ("全国", "全省", "全市", "我国", "中国")
    ]
