"""Forms of consultation and supervision: 专题协商, 双月协商座谈会, 专项民主监督."""

from __future__ import annotations

import re

from kg.extract.scan import Scan
from kg.lexicon import any_of, cache, lexicon
from kg.model import Mention

SHORTEST = 4  # code points: 民主监督 alone says no form
GENERIC = frozenset(
    [
        "民主监督",
        "民主协商",
        "协商监督",
        "协商民主",
        "集中监督",
        "联动监督",
        "基层协商",
        "民生监督",
        "专题座谈协商",
        "座谈协商",
        "民生协商",
        "面对面协商",
    ]
)


@cache
def _form() -> re.Pattern[str]:
    def words(column: str) -> str:
        return any_of(lexicon().words("concepts", "consultation", column))

    opens = "".join(sorted({word[0] for word in lexicon().words("concepts", "consultation", "modifiers")}))
    return re.compile(
        rf"(?=[{opens}])(?:{words('modifiers')}){{1,4}}(?:{words('heads')})(?![民主性式]|委员会|制度|民主|机构|平台|室|驿站|建议|小组|规则|员)"
    )


def consultation(scan: Scan) -> list[Mention]:
    """Mentions of class Meeting (forms of consultation are held) and, of supervision, Program."""
    found = []
    for match in _form().finditer(scan.text):
        if len(match[0]) < SHORTEST or match[0] in GENERIC or not scan.is_edge(match.start()):
            continue
        # a form of consultation is a way of working that happens as meetings; supervision happens otherwise
        classes = ("Program",) if match[0].endswith("监督") else ("Meeting", "Program")
        found.append(Mention(*match.span(), classes, match[0], "consultation-form"))
    return found
