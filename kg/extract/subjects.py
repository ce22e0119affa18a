"""Subjects of consultation without quotation marks: 围绕健全社会治理制度等协商建言, 就推进民生改善开展专题协商."""

from __future__ import annotations

import re

from kg.extract.scan import Scan
from kg.model import Mention

SUBJECT = re.compile(
    r"(?:围绕|就)(?P<subject>[^，。；：“”《》（）、\n]{6,40}?)(?:等(?:议题|主题|课题|内容|方面)?)?[，]?"
    r"(?:协商议政|协商建言|建言献策|建言资政|(?:分别|先后|深入|专题|积极)*(?:开展|举行|召开|组织)[^，。；“”]{0,6}(?:协商会|协商座谈会|专题协商|对口协商|界别协商|远程协商|月度协商|双月协商|专题议政|议政性常委会))"
)
NOT_SUBJECTS = re.compile(
    "(?:工作|问题|部署|要求|任务|重点)(?:深入|积极|专题)?$|^(?:中心|大局|全市|全省|党委|政府|此|这|以下|上述|有关|相关|重点|热点)|政协"
)


def subjects(scan: Scan) -> list[Mention]:
    """Mentions of class Topic: what stands between 围绕 and the consultation on it."""
    found = []
    for match in SUBJECT.finditer(scan.text):
        start, end = match.span("subject")
        if scan.is_edge(start) and scan.is_edge(end) and not NOT_SUBJECTS.search(match["subject"]):
            found.append(Mention(start, end, ("Topic",), match["subject"], "topic-unquoted"))
    return found
