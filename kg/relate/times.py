"""Expressions of time in a text: what they say, and which stretch of the text they are. Nothing here knows of names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from kg.extract.rare import Rare
from kg.value import dataclass

MONTHS_OF = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "一季度": (1, 3), "第一季度": (1, 3), "二季度": (4, 6),
    "第二季度": (4, 6), "三季度": (7, 9), "第三季度": (7, 9), "四季度": (10, 12), "第四季度": (10, 12),
}  # fmt: skip
RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晨": 0}
PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}
DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}

_YEAR = r"(?:(?<!\d)(?:19|20)\d{2}|二[〇○零一][〇○零一二三四五六七八九]{2})"
_PART = r"上半年|下半年|前三季度|第?[一二三四]季度|前(?:\d{1,2}|十一|[两二三四五六七八九十])个月"
_RANGE = r"[—–\-－~～至到]{1,2}"
TIME = Rare(
    rf"""
    (?P<y1>{_YEAR})(?:年度?)?{_RANGE}(?P<y2>{_YEAR})年度?
  | (?:(?P<year>{_YEAR})年度?|(?P<rel>前年|去年|上年|上一年|今年|本年|明年|后年)(?!度))
    (?:(?P<part>{_PART})
      |(?P<rm1>\d{{1,2}})月?{_RANGE}(?P<rm2>\d{{1,2}})月(?!\d)
      |(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日(?:{_RANGE}(?:\d{{1,2}}月)?(?P<day2>\d{{1,2}})日)?)?)?
    (?P<since>(?:年初|以|底)?(?:以来|至今))?
  | (?<![\d.])(?P<bm1>\d{{1,2}})月?{_RANGE}(?P<bm2>\d{{1,2}})月(?![\d])
  | (?<![\d.])(?P<bmonth>\d{{1,2}})月
    (?:(?P<bday>\d{{1,2}})日(?:{_RANGE}(?:\d{{1,2}}月)?(?P<bday2>\d{{1,2}})日)?|(?=[底末初份中上下，以在]))
  | (?<![\d.月第])(?P<oday>\d{{1,2}})日(?=[上下晚，、电在召举至]|凌晨|中午)
  | (?P<today>前天|昨天|昨日|昨晚|今天上午|今天下午|今天(?!的)|今日(?!头条|关注|说法))
  | [“"]?(?P<plan>十[一二三四五六]五)[”"]?(?:规划)?(?P<planpart>时期|期间|以来|五年|末|收官|时)
  | (?:过去|近|这|最近|前)(?P<span>[两三四五十]|\d{{1,2}})年(?:来|间|里)?(?!前|级|以上|期)
  | (?P<spanlai>[两三四五十])年(?:来|间|(?=年均|平均))(?!的)?
  | (?P<session>(?<=[次体]会议)以来)
  | (?P<now>截至目前|截止目前|目前(?!为止|状况|形势|阶段)|现有(?!的))
  | (?P<bpart>{_PART})
  | (?P<review>全年|一年来|(?:过去|这)的?一年|年内|年末|年底|岁末|本年度|年度(?=[工主]))
  | (?P<habit>每年度?|(?<!人)每[月周季]|每季度|历年|历届|常年)
  | (?P<vague>近年来?|(?:[一二两三四五六七八九十]年多|多年)来|长期以来|历史上|新时代以来)
    """,
    re.compile(  # the first character of each, and what can follow it
        r"[\d二前去上今本明后昨十过近这最两三四五以截目现下第一全年岁每历常六七八九多长新“\x22](?<!\d\d)"
        r"(?:(?<=\d)(?=\d{0,3}[年月日至到—–－~～-])|(?<=[“\x22])(?=十)|(?<=长)(?=期)|(?<=新)(?=时)"
        r"|(?<=[^\d长新“\x22])(?=[\d〇○零一二三四五六七八九十两年月天日晚周季半去近来至止前有的内末底度届期史]))"
    ),
    0,
    re.VERBOSE,
)
COMPARED = re.compile(r"(?:比|较|同|与|[高低多少快慢好优大小]于|超|相比|恢复到)(?:上)?$")
COMPARED_BEHIND = re.compile(
    r"年?的\d[\d.]*[万亿]?多?倍|(?:度|底|末|初)?(?:同期|水平|持平|相比|相当)|年?(?:远景|愿景|可持续发展议程)"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of time at [start, end): `kind` tells how to read `values`.

    range: two years · year, month, day: numbers from the year on, a relative year as an offset · part: months of a year · bare:
    month (and day) without a year · oday: a day alone · today: an offset in days · now: the day of the text · span: so many years · others: none.
    """

    start: int
    end: int
    kind: str
    values: tuple[int, ...] = ()
    relative: bool = False  # the first value is an offset from the text's year
    since: bool = False
    before: bool = False  # 上年: counted from the year under review


Make = Callable[..., Expression]


def expressions(text: str) -> list[Expression]:
    """All expressions of time in `text`, in order, those it only compares with (比2021年) left out."""
    found = []
    for hit in TIME.finditer(text):
        if COMPARED.search(text[max(0, hit.start() - 3) : hit.start()]) or COMPARED_BEHIND.match(text, hit.end()):
            continue
        if (made := _read(hit)) is not None:
            found.append(made)
    return found


def number(text: str) -> int:
    """A year in Arabic (any width) or Chinese digits."""
    return int("".join(DIGITS.get(digit, digit) for digit in text))


def _read(hit: re.Match[str]) -> Expression | None:
    """The Expression of one hit; None where its numbers are no date."""
    get = hit.group
    start, end = hit.span()

    make = partial(_made, start, end)

    if get("y1"):
        first, last = number(get("y1")), number(get("y2"))
        return make("range", first, last) if first < last else None
    if get("year") or get("rel"):
        relative = get("rel") is not None
        year = RELATIVE[get("rel")] if relative else number(get("year"))
        since = get("since") is not None
        if get("part"):
            return make("part", year, *_part(get("part")), relative=relative)
        if get("rm1"):
            return _months(make, year, get("rm1"), get("rm2"), relative)
        if get("day"):
            return _days(make, (year,), get("month"), get("day"), get("day2"), relative)
        if get("month"):
            month = int(get("month"))
            return make("month", year, month, relative=relative, since=since) if 1 <= month <= 12 else None
        return make("year", year, relative=relative, since=since, before=get("rel") in ("上年", "上一年"))
    if get("bm1"):
        return _months(make, 0, get("bm1"), get("bm2"), True)
    if get("bday"):
        return _days(make, (), get("bmonth"), get("bday"), get("bday2"), False)
    if get("bmonth"):
        return make("bare", int(get("bmonth"))) if 1 <= int(get("bmonth")) <= 12 else None
    if get("oday"):
        return make("oday", int(get("oday"))) if 1 <= int(get("oday")) <= 31 else None
    if get("today"):
        return make("today", DAYS[get("today")[:2]])
    if get("plan"):
        first = PLANS[get("plan")]
        last_only = get("planpart") in ("末", "收官")
        return make("range", first + 4 if last_only else first, first + 4)
    if get("span") or get("spanlai"):
        word = get("span") or get("spanlai")
        years = COUNTS.get(word) or (int(word) if word.isdigit() else 0)
        return make("span", years) if years > 1 else None
    if get("bpart"):
        return make("part", 0, *_part(get("bpart")), relative=True)
    if get("now"):
        return make("now")
    return make("review" if get("review") or get("session") else "habit" if get("habit") else "vague")


def _part(word: str) -> tuple[int, int]:
    """The first and last month of a part of the year: 上半年 → 1, 6; 前8个月 → 1, 8."""
    if word in MONTHS_OF:
        return MONTHS_OF[word]
    counted = word[1:-2]
    return 1, min(
        12, int(counted) if counted.isdigit() else {"十一": 11, "两": 2}.get(counted) or "〇一二三四五六七八九十".index(counted)
    )


def _made(
    start: int, end: int, kind: str, *values: int, relative: bool = False, since: bool = False, before: bool = False
) -> Expression:
    return Expression(start, end, kind, values, relative, since, before)


def _months(make: Make, year: int, first: str, last: str, relative: bool) -> Expression | None:
    one, two = int(first), int(last)
    return make("part", year, one, two, relative=relative) if 1 <= one < two <= 12 else None


def _days(make: Make, year: tuple[int, ...], month: str, day: str, last: str | None, relative: bool) -> Expression | None:
    m, d = int(month), int(day)
    if not (1 <= m <= 12 and 1 <= d <= 31):
        return None
    ends = (int(last),) if last and d < int(last) <= 31 else ()
    return make("day" if year else "bare", *year, m, d, *ends, relative=relative)
