"""Texts whose form is the attack: one line without end, marks never closed, one thing told without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from torture.inputs import EITHER, READ, REFUSED, SENTENCE, Input, Make, of_bytes

MEGA = 1_000_000
AGAIN = {  # what is said again and again on one line
    "opening quotes": "“", "closing quotes": "”", "nested titles": "《", "nested titles with words": "《湖州", "closing titles": "》",
    "brackets": "（", "one ideograph": "湖", "clauses": SENTENCE[:-1] + "，", "sentences": SENTENCE, "reports": "据新华社报道，",
    "figures": "增长5%，湖州", "shares": "湖1%", "lists": "湖州、", "bodies": "市政协、", "places": "湖州市安吉县", "posts": "市政协主席李上葵，",
    "years": "2022年", "digits in words": "三百万", "numbering": "一、", "colons": "湖州：", "sessions": "第一次会议", "stops": "湖。",
    "carried years": "到2025年，", "table bars": "| 湖州 ", "full-width spaces": "湖　", "dashes": "湖——", "emoji": "湖😀",
    "combining marks": "湖\u0301", "override marks": "湖\u202e", "quoted words": "“湖州”", "dialogue": "记者：湖州。",
    "people in lists": "市政协主席张三、李四，", "lives in brief": "王强，男，", "undertakers": "由湖州市政协主办、", "how often": "先后6次作出",
}  # fmt: skip
LINES = {
    "headings": "一、湖州\n", "Markdown headings": "# 湖州\n", "table rows": "湖州\t1\t2\n", "bars": "| 湖州 | 1 |\n", "empty lines": "湖\n\n\n\n",
    "page numbers": "湖州\n— 1 —\n", "datelines": "新华社湖州3月5日电 湖州\n", "quotes opened in each line": "“湖州市政协\n", "members of a group": "组长：张三\n",
}  # fmt: skip
PAYLOADS = ("<script>alert(1)</script>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "$(reboot)`reboot`", "\"\"\" . <a> <b> <c> .", "%s%n{0}${x}", "\\u0000\\x00", "]]>&x;")  # fmt: skip


def inputs() -> Iterator[Input]:
    for name, unit in AGAIN.items():
        yield Input(f"again and again: {name}", READ, _again(unit, 4_000))
        yield Input(f"60,000 characters: {name}", READ, _again(unit, 60_000), big=True)
    for name, unit in LINES.items():
        yield Input(f"line after line: {name}", READ, _again(unit, 4_000))
        yield Input(f"60,000 characters of lines: {name}", READ, _again(unit, 60_000), big=True)
    for number, words in enumerate(PAYLOADS):
        text = f"湖州市政协打造“{words}”平台，发布《{words}》。\n{SENTENCE}\n"
        yield Input(f"payload {number}", READ, of_bytes("a.txt", text))
    yield Input("1 million quotes never closed", READ, _again("“", MEGA), big=True)
    yield Input("1 million nested titles", READ, _again("《", MEGA), big=True)
    yield Input("1 million brackets", READ, _again("（", MEGA), big=True)
    yield Input("one line of 50 MB", REFUSED, _again(SENTENCE, 50_000_000 // 3), "longer than", big=True)
    yield Input("one line of 500 MB", REFUSED, _sparse(500 << 20), "longer than", big=True)
    yield Input("a million sentences' worth in one line", READ, _again(SENTENCE, MEGA), big=True)
    yield Input("a text just within the limit", EITHER, _again(SENTENCE + "\n", 5 * MEGA - 100), big=True)
    yield Input("a very long name", READ, of_bytes("a.txt", f"湖州市政协打造“{'民生' * 500}”平台。\n{SENTENCE}"))
    yield Input("a word of 20,000 letters", EITHER, of_bytes("a.txt", f"{SENTENCE}{'a' * 20_000}{SENTENCE * 9}"))
    yield Input("a number of 20,000 digits", READ, of_bytes("a.txt", f"{SENTENCE * 20}\n湖州市政协开展协商{'9' * 20_000}次。"))
    yield Input(
        "dates that are none",
        READ,
        of_bytes("a.txt", f"{SENTENCE}\n9999年99月99日，0000年0月0日，湖州市政协召开会议。2022年2月30日，市政协召开会议。"),
    )
    yield Input(
        "figures without bound",
        READ,
        of_bytes("a.txt", f"{SENTENCE}\n湖州市政协开展协商{'万' * 200}次，增长1{'亿' * 300}%，1.{'0' * 400}1亿元，-0%。"),
    )


def _again(unit: str, size: int) -> Make:
    """A sentence, and below it `size` characters of the unit."""
    return of_bytes("a.txt", lambda: (SENTENCE + "\n" + (unit * (size // len(unit) + 1))[:size]).encode())


def _sparse(size: int) -> Make:
    def make(folder: Path) -> None:
        with open(folder / "a.txt", "wb") as out:
            out.write((SENTENCE * 100).encode())
            out.truncate(size)

    return make
