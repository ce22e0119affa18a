"""Formulations, programs and platforms that the whole country knows, found by their name wherever they stand."""

from __future__ import annotations

import re

from kg.extract.scan import Scan
from kg.lexicon import lexicon
from kg.model import Mention

CLASS_OF = {"concepts": "Concept", "programs": "Program"}
TEACHING = re.compile(r"习近平(?:总书记|主席)?关于[^，。；“”]{2,30}?的重要(?:思想|论述)")
SHORTEST_UNQUOTED = 4  # a short one (两山, 三北) is a common word without quotation marks


def terms(scan: Scan) -> list[Mention]:
    """Mentions of classes Concept, Program and Platform that the tables know by name."""
    found = [Mention(*match.span(), ("Concept",), match[0], "concept-teaching") for match in TEACHING.finditer(scan.text)]
    quoted_only = frozenset(lexicon().words("concepts", "concepts", "quoted_only"))
    for kind, class_ in CLASS_OF.items():
        for start, end in scan.longest(kind):
            inside = scan.text[start - 1 : start] in ("“", "‘") and scan.text[end : end + 1] in ("”", "’")
            if scan.text[start:end] in quoted_only and not inside:
                continue
            if kind == "programs" and scan.text.startswith(("中心", "所", "站"), end):
                continue  # 新时代文明实践|中心 is where it is done
            if inside or (end - start >= SHORTEST_UNQUOTED and scan.is_edge(start)):
                found.append(Mention(start, end, (class_,), scan.text[start:end], f"{kind[:-1]}-table"))
    for start, end in scan.longest("platform"):
        if scan.is_edge(start) or scan.text[start - 1] in "“用":
            found.append(Mention(start, end, ("Platform",), scan.text[start:end], "platform-table"))
    return found
