"""What kinds of line there are by their form alone: headings by their number, salutations, closed and open ends."""

from __future__ import annotations

import re

from kg.parse import dates

NUMERAL = "一二三四五六七八九十百"
CLOSED = re.compile(r"[。！？!?；;：:…][”’\"'）)》】」』\]]*$")
"""A line that ends like this may end a paragraph."""
NUMBERED = re.compile(
    rf"(?P<part>第[{NUMERAL}\d]{{1,4}}[编章部](?:分)?(?![{NUMERAL}]*届))|(?P<annex>附件[\d{NUMERAL}]{{0,3}}[:：]?(?=$|\s))"
    rf"|(?P<one>[{NUMERAL}]{{1,4}}[、．])|(?P<two>[（(][{NUMERAL}]{{1,4}}[）)])"
    rf"|(?P<series>[{NUMERAL}]{{1,3}}(?:是|要)(?!.{{0,2}}[个项]))"
    r"|(?P<dash>[—–―─-]{2,4}(?=[\u4e00-\u9fff“《]))"
    r"|(?P<figure>\d{1,2}(?:[．、]|\.(?!\d))(?=\s?[^\d\s]))|(?P<inner>[（(]\d{1,2}[）)])"
)
"""The number a heading begins with; the group says of which kind."""
SALUTATION = re.compile(
    r"(?:尊敬的)?(?:各位[^，。：！、\s]{1,16}|同志们|朋友们|女士们|先生们|主席团|主任(?=、))(?:、[^，。：！、\s]{1,16}){0,6}[：:！，]"
)
"""各位代表： and the like, at the beginning of a paragraph."""
CREDIT = re.compile(r"(?:记者|通讯员|摄影)[^。！？]{0,24}$|[^。，]{1,12}[摄]$")
"""The end of a picture's caption, which closes without a mark."""
DATELINE = re.compile(
    r"(?:本报|本台|本网|本刊)?(?P<publisher>[\u4e00-\u9fff]{2,10}?(?:网|社|报|新闻|电视台|广播|客户端))?"
    r"(?:[\u4e00-\u9fff、]{2,12}?\d{1,2}月\d{1,2}日)?(?:消息|讯|电)[（(：:\s【]"
)
"""新华社北京3月5日电（, 央视网消息（, 本报讯（: the opening of a piece of news."""
OCCASION = re.compile(r"[—–―─-]*\s*[（(]?\s*(?:" + dates.BODY + r")\s*(?:在|于)")
"""——2026年2月3日在……: the line of a head that says when and where a report was delivered."""
PROSE = re.compile(r"[，。；！？]")
_OPENERS, _SHUTTERS = "（《“【(", "）》”】)"


def is_closed(text: str) -> bool:
    """Whether a paragraph may end with `text`."""
    return CLOSED.search(text, max(0, len(text) - 8)) is not None or CREDIT.search(text, max(0, len(text) - 30)) is not None


def kind_of_number(text: str) -> str | None:
    """The kind of number that `text` begins with: part, annex, one, two, series, dash, figure, inner; None for none."""
    match = NUMBERED.match(text)
    return match.lastgroup if match else None


def is_heading(text: str) -> bool:
    """Whether a paragraph is nothing but a numbered heading: it has a number, no sentence in it and no more than 100 code points."""
    kind = kind_of_number(text)
    if kind is None or kind in ("series", "dash", "inner") or len(text) > 100:
        return False
    return not re.search(r"[。！？；]|：.", text)


def is_open_bracket(text: str) -> bool:
    """Whether a bracket or quotation mark is opened in `text` and not closed."""
    return any(text.count(opener) > text.count(closer) for opener, closer in zip(_OPENERS, _SHUTTERS, strict=True))


def width(text: str) -> float:
    """How wide `text` is set, in ideographs: ASCII and the rest of Latin-1 count half."""
    return len(text) - 0.5 * len(text.encode("latin-1", "ignore"))


ROW = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff])(?:[（(][男女][^（）()]{0,12}[）)][ \u3000\t]*|[ \u3000\t]+)[\u4e00-\u9fffA-Za-z]"
)
"""A row of a list of people: a name, white space, and what they are."""
