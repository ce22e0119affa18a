"""Linked documents for tests: the real parser and words, names given by hand, so that tests of clauses need no extractor."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from kg.model import Entity, Link, Linked, Measure, Mention, Source
from kg.parse import parse
from kg.words import tokenize

REPORT = """青江市人民代表大会常务委员会工作报告
（2024年1月18日在青江市第九届人民代表大会第三次会议上）

青江市人大常委会主任 林致远

各位代表：

我受市人大常委会委托，向大会报告工作，请予审议。

一、2023年工作回顾

{done}

二、2024年工作任务

{planned}
"""
GOVERNMENT = """2024年青江市政府工作报告
——2024年1月16日在青江市第九届人民代表大会第三次会议上

青江市市长 周明德

各位代表：

现在，我代表市人民政府，向大会报告工作，请予审议。

一、2023年工作回顾

{done}

二、2024年工作安排

{planned}
"""
NAMES = {
    **dict.fromkeys(("青江市", "全市", "清溪县", "全国"), "District"),
    **dict.fromkeys(("市人大常委会", "市政府", "市人民政府", "市委"), "Organization"),
    **dict.fromkeys(("代表之家", "议事驿站"), "Platform"),
    **dict.fromkeys(("主任接待日", "“三送两帮”活动", "助企纾困行动", "“星火”产业基金", "江滨大桥"), "Program"),
    **dict.fromkeys(("文化旅游节", "春季招商大会"), "Meeting"),
    **dict.fromkeys(("《审议意见书》", "2022年城市更新规划"), "Document"),
}
SAME = {"全市": "青江市", "市人民政府": "市政府"}


def linked(text: str, *, home: str | None = "青江市", body: str | None = None, date: str | None = None) -> Linked:
    """`text` parsed, with every name of NAMES in it linked to the entity of that name. `date` replaces the text's own."""
    source = Source(hashlib.sha256(text.encode()).hexdigest(), "test.txt", text)
    document = parse(source)
    if date is not None:
        document = replace(document, date=date)
    pattern = re.compile("|".join(sorted((re.escape(name) for name in NAMES), key=lambda name: -len(name))))
    links = []
    for hit in pattern.finditer(document.text):
        name = SAME.get(hit.group(), hit.group())
        start, end = hit.span()
        if hit.group()[0] == "《":
            start, end = start + 1, end - 1
        links.append(Link(start, end, name, Mention(start, end, (NAMES[hit.group()],), name, "test")))
    entities = {name: Entity(name, (class_,), name) for name, class_ in NAMES.items()}
    entities["市政府"] = Entity("市政府", ("Organization",), "青江市人民政府")
    return Linked(document, tokenize(document.text), tuple(links), entities, home, body)


def in_report(done: str = "工作有序。", planned: str = "抓好落实。") -> Linked:
    """A body's report (of the standing committee of a people's congress) that says `done` of 2023 and `planned` of 2024."""
    return linked(REPORT.format(done=done, planned=planned), body="市人大常委会")


def in_government_report(done: str = "工作有序。", planned: str = "抓好落实。") -> Linked:
    """A government's report that says `done` of 2023 and `planned` of 2024."""
    return linked(GOVERNMENT.format(done=done, planned=planned), body="市政府")


def row(measure: Measure) -> tuple[str, str, int | float, str]:
    """What a measure says, in short: about, indicator, value, unit."""
    return measure.about, measure.indicator, float(measure.value) if measure.value % 1 else int(measure.value), measure.unit
