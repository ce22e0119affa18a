"""One line read as furniture: whether it is made of nothing but dates, addresses, page numbers, words of a page and KEY：value pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.parse import dates
from kg.parse.tables import alternatives, table

LONGEST_LINE = 120
"""Code points of a line that can be furniture."""
LONGEST_VALUE = 40
"""Code points of what stands behind a key."""

_URL = r"(?:https?://|www\.)[\w./?=&%#:~+-]+|[A-Za-z][\w-]*(?:\.[\w-]+)*\.(?:com|cn|net|org)(?:/[\w./?=&%#:~+-]*)?"
_PIECE = re.compile(
    rf"""(?P<url>{_URL})
    |(?P<label>第\s?[A-Z]?\d{{1,3}}\s?版(?:[：:]\s?\S{{1,6}})?|[A-Z]?\d{{2,3}}版|[A-Z]\d{{1,3}}(?=\s|$|\||[\u4e00-\u9fff]{{2,4}}(?:\s|$))|[A-Z]?\d{{2,3}}(?=(?:19|20)\d\d年))
    |(?P<date>{dates.BODY})
    |(?P<time>\d{{1,2}}[:：时]\d{{2}}(?:[:：分]\d{{2}})?[分秒]?)
    |(?P<weekday>(?:星期|周)[一二三四五六日天](?![\u4e00-\u9fff]))
    |(?P<lunar>农历\S{{2,10}})
    |(?P<page>第\s?\d{{1,4}}\s?页(?:[\s/，,]*共\s?\d{{1,4}}\s?页)?|共\s?\d{{1,4}}\s?页|[—–―-]\s?\d{{1,4}}\s?[—–―-](?=\s|$))
    |(?P<staff>(?:责任编辑|美术编辑|图片编辑|视觉设计|版面编辑|见习编辑|值班主任|责编|美编|版式|校对|编辑|电话|热线)\s?[：:/／]?\s?[\u4e00-\u9fff\d-]{{2,12}}?(?=\s|$|[／/|]))
    |(?P<section>(?:要闻|综合新闻|综合|时政|专版|特别报道|特刊|两会特刊|两会专题|本地|民生|政务|理论|广告|公告|头版)(?=\s|$|[|｜·/]|[A-Z]?\d))
    |(?P<paper>[\u4e00-\u9fff]{{2,8}}?(?:日报|晚报|晨报|早报|时报|商报|都市报|政协报|新闻|快报)(?=\s|$|[|｜A-Z\d]))
    |(?P<edge>[\s|｜·•>＞»›【】\[\]（）()/、,，：:…_=*~—–-]+)
    """,
    re.VERBOSE,
)
_KINDS = ("url", "label", "date", "time", "weekday", "lunar", "page", "staff", "section", "paper", "edge")
_KEY_KINDS = ("publisher", "issued", "other")


@dataclass(slots=True)
class Pieces:
    """What a line of furniture is made of: the kinds of piece, the words, and what they tell. `open_key`: its last key has no value yet."""

    kinds: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    publisher: str | None = None
    issued: str | None = None
    open_key: str | None = None

    @property
    def anywhere(self) -> bool:
        """Whether such a line is furniture even between lines of running text: an address, a page number, a newspaper's page head."""
        return bool(self.kinds & {"url", "page"}) or ("date" in self.kinds and bool(self.kinds & {"weekday", "label"}))

    def learn(self, kind: str, value: str) -> None:
        """Take what the value of a key of this kind tells."""
        if kind == "publisher":
            name = dates.DATE.split(value)[0].strip(" 　|｜（）()【】[]，,")
            self.publisher = self.publisher or re.split(r"[\s　]{2,}|[|｜]", name)[0].strip() or None
        elif kind == "issued":
            self.issued = self.issued or dates.iso_date(value)


def read_pieces(text: str, *, words: bool) -> Pieces | None:
    """The Pieces that the whole of `text` is made of; None where some of it is running text. `words`: whether the table's words count.

    One pass, no backtracking: the longest piece that fits is taken at each place.
    """
    if len(text) > LONGEST_LINE:
        return None
    keys = list(_key().finditer(text)) if ":" in text or "：" in text else []
    pieces = Pieces()
    if not _read_plain(text, keys[0].start() if keys else len(text), words, pieces):
        return None
    for number, key in enumerate(keys):
        value = text[key.end() : keys[number + 1].start() if number + 1 < len(keys) else len(text)].strip()
        if len(value) > LONGEST_VALUE or re.search(r"[。！？；]", value):
            return None
        kind = next(kind for kind in _KEY_KINDS if key.group(kind))
        pieces.kinds.add("key")
        if value.strip("】）)]"):
            pieces.learn(kind, value)
        elif number == len(keys) - 1:
            pieces.open_key = kind
    return pieces


def _read_plain(text: str, stop: int, words: bool, pieces: Pieces) -> bool:
    """Read text[:stop], which holds no key; False where something in it is no piece."""
    at = 0
    date = None
    while at < stop:
        word = _word().match(text, at) if words else None
        match = word or _PIECE.match(text, at)
        if match is None or match.end() == at:
            return False
        at = match.end()
        if word:
            pieces.kinds.add("word")
            pieces.words.add(re.sub(r"\s", "", word.group()))
            continue
        kind = next(kind for kind in _KINDS if match.group(kind))
        if kind == "date":
            date = date or dates.iso_of(match)
        if kind == "url":
            date = date or dates.iso_in_address(match.group())
        if kind == "paper":
            pieces.publisher = pieces.publisher or match.group()
        if kind != "edge":
            pieces.kinds.add(kind)
    if pieces.kinds & {"time", "weekday", "label", "url"}:
        pieces.issued = date
    return True


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(table('furniture')['words'])})")


@cache
def _key() -> re.Pattern[str]:
    keys = table("furniture")["keys"]
    groups = "|".join(f"(?P<{kind}>{alternatives(keys[kind])})" for kind in _KEY_KINDS)
    return re.compile(rf"(?:^|(?<=[\s|｜】\]（(【日:：\d]))(?:{groups})\s?[:：]\s*")
