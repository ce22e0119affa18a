"""Things that a clause speaks about and does nothing to: they are reported on, aimed at, or the occasion of what is done."""

from __future__ import annotations

import re

# what stands right before the thing, and what right behind it; "" where that says nothing
TOLD_OF = tuple(
    (re.compile(f"(?:{before})$") if before else None, re.compile(behind))
    for before, behind in (
        # 听取关于“…”情况的报告
        (
            "(?:听取|审议|作|关于|提请)[^，。；]*关于[^，。；]*|(?:听取|审议)[^，。；]*",
            "[^，。；]{0,16}(?:报告|汇报|说明|决定|决议|议案|通报)",
        ),
        # 锚定…目标
        ("(?:锚定|瞄准)[^，。；]{0,4}", "”?(?:建设)?(?:总)?目标"),
        # “一带一路”国家, 推动甲机场和乙机场联动发展: what is done is done to something else
        ("", "”?(?:沿线|共建|等)?(?:国家|地区|守护人|守护者)|[^，。；]{0,8}(?:联动|协同|融合|互动)发展"),
        ("围绕“?", "”?(?:编制|制定|起草|建设|实施|落实|开展|召开|组织)"),
        ("(?:围绕|聚焦)“?", r"”?(?:实施|提出)?[\d一二三四五六七八九十]+周年"),
    )
)


def is_told_of(before: str, behind: str) -> bool:
    """Whether a thing is only spoken about, by the clause before it and the clause behind it."""
    # behind first: it is anchored where it begins, and rules nearly everything out
    return any(after.match(behind) and (ahead is None or ahead.search(before)) for ahead, after in TOLD_OF)
