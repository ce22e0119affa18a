"""Sessions of bodies by their term and number: 政协第十一届张掖市委员会第三次会议 and 张掖市政协十一届三次会议 are one."""

from __future__ import annotations

import re

from kg import divisions
from kg.divisions import Division
from kg.value import dataclass

N = "[一二三四五六七八九十百零〇\\d]+"
TERM = re.compile(rf"第?(?P<term>{N})届")
NUMBER = re.compile(rf"第?(?P<number>{N})次")
FAMILIES = (  # what a name has of its body, and the short name of that
    ("政协", re.compile("政协|政治协商会议")),
    ("人大", re.compile("人大|人民代表大会")),
    ("党委", re.compile("共产党|中共|党委|党组|[省市县区州]委")),
    ("政府", re.compile("政府")),
)
COMMITTEES = (("常委会", re.compile("常委会|常务委员会")), ("主席", re.compile("主席会议")), ("常务", re.compile("常务会议")))
INSIDE = re.compile(r"届(?P<place>[一-龥]{2,12}?)委员会|共产党(?P<party>[一-龥]{2,12}?)第")
CPPCC = re.compile("政协(?P<place>.+)委员会")
LONGEST_PLACE = 12  # code points
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Session:
    """What a session's name tells: its key, and the division in the name (None: none, it is that of the text)."""

    key: str
    division: Division | None


def session(name: str) -> Session | None:
    """The session that a meeting's name tells by term and number; None where it tells no session of a body."""
    term, number = TERM.search(name), NUMBER.search(name)
    family = next((short for short, form in FAMILIES if form.search(name)), None)
    if term is None or number is None or family is None or number.start() < term.start():
        return None
    committee = next((short for short, form in COMMITTEES if form.search(name)), "")
    nation = "全国" if "全国" in name else ""
    return Session(f"{nation}{family}{_chinese(term['term'])}届{committee}{_chinese(number['number'])}次会议", _place(name))


def names_body(name: str) -> bool:
    """Whether a session's name says whose it is."""
    return any(form.search(name) for _, form in FAMILIES)


def session_of(label: str, name: str) -> str:
    """The name of a session with that of the body of this label before it: 鹤壁市政协十届十次常委会会议."""
    match = CPPCC.fullmatch(label)
    return (f"{match['place']}政协" if match else label.replace("人民代表大会", "人大")) + name


def _chinese(number: str) -> str:
    """A number below a hundred in Chinese signs: 14 is 十四."""
    if not number.isdigit() or not 0 < int(number) < 100:
        return number
    tens, ones = divmod(int(number), 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones or not tens else "")


def _place(name: str) -> Division | None:
    """The division that the name begins with, or has between its term and 委员会; of several side by side (吉安市青原区) the last."""
    inside = INSIDE.search(name)
    words = (inside["place"] or inside["party"]) if inside is not None else ""
    for size in range(min(LONGEST_PLACE, len(name)), 1, -1):
        for found in (divisions.by_name(name[:size]), divisions.by_name(words[:size]) if size == len(words) else []):
            if found and found[0].level != "country":
                return _inner(found[0], name[size:]) if name[:size] == found[0].name else found[0]
    return None


def _inner(outer: Division, words: str) -> Division:
    """The division in `outer` that the words go on with, else `outer`."""
    for size in range(min(LONGEST_PLACE, len(words)), 1, -1):
        for division in divisions.by_name(words[:size]):
            if outer.code in {above.code for above in divisions.ancestors(division.code)} and division.name == words[:size]:
                return _inner(division, words[size:])
    return outer
