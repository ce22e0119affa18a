"""Where the main text of a page is, and what the page says about it: title, date, publisher.

The main text is where the sentences are: text with the marks of sentences that stands in no link. The innermost element that holds most of
them is it, or the element by whose name a template says so; what templates call a foot, a menu or the like is left out of the count.
What a page says about its text follows the rules for government sites (named meta elements: ArticleTitle, PubDate, ContentSource), else
the lines between the title and the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.read.html_blocks import HEADINGS, INLINE, blocks_of, is_around, is_left_out, names_of, squeeze, tag_of, words, words_of

MOST = 0.8
"""Share of the sentences of an element that one of its children must hold for the text to be in there."""
LEAST = 20
"""Characters of sentences below which a page has no main text to be found by them: all of it is read."""
LONGEST_TITLE = 120
LONGEST_DETAIL = 200
SHORTEST_TITLE = 6
DETAILS_LOOKED_AT = 8
"""Lines between the title and the text that are looked at for the date and the publisher."""

_SENTENCE = re.compile(r"[，。；！？]")
_LAYOUT = frozenset(("table", "tbody", "tr", "td"))
_LEAVES = frozenset(("p", "li", "dd", "dt", "blockquote", "pre", "th", *_LAYOUT, *HEADINGS, *INLINE)) - {"span", "font"}
_META = {"articletitle": "title", "pubdate": "issued", "contentsource": "publisher", "og:title": "shared"}
_DATE = re.compile(r"(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}")
_SITE = re.compile(r"\s*[_|｜\-—–]+\s*[^_|｜\-—–]{2,30}$")


def main_element(root: Any) -> tuple[Any, frozenset[Any]]:
    """The element of a page that holds its main text, and the elements in it (and elsewhere) that are no part of that."""
    body = next(root.iter("body"), root)
    weights = _weights(root, frozenset())
    most = weights.get(body, 0)
    around = frozenset(element for element in body.iter() if is_around(element) and 2 * weights.get(element, 0) < most)
    if around:
        weights = _weights(root, around)
    total = weights.get(body, 0)
    if total < LEAST:
        return body, around
    named = _named_main(body, weights, total)
    at = body if named is None else named
    while True:
        best = max(at, key=lambda child: weights.get(child, 0), default=None)
        if best is None or weights.get(best, 0) < MOST * weights[at] or _is_leaf(best, weights):
            return at, around
        at = best


def _named_main(body: Any, weights: dict[Any, int], total: int) -> Any:
    """The element that a template calls its main text, where it holds at least half of the sentences."""
    known = words("main")
    for element in body.iter():
        if 2 * weights.get(element, 0) >= total and (tag_of(element) in known or known & names_of(element)):
            return element
    return None


def _weights(root: Any, around: frozenset[Any]) -> dict[Any, int]:
    """Each element's characters of sentences, those of its descendants included; one pass. Those of `around` do not count."""
    weights: dict[Any, int] = {}
    hidden: set[Any] = set()
    order = []
    for element in root.iter():
        parent = element.getparent()
        link = tag_of(element) == "a" and element.get("href")
        if parent in hidden or not tag_of(element) or is_left_out(element) or link or element in around:
            hidden.add(element)
        order.append(element)
    for element in reversed(order):  # descendants before their ancestors
        own = 0 if element in hidden else _sentences(element.text)
        weights[element] = weights.get(element, 0) + own
        parent = element.getparent()
        if parent is not None:
            tail = 0 if parent in hidden else _sentences(element.tail)
            weights[parent] = weights.get(parent, 0) + (0 if element in hidden else weights[element]) + tail
    return weights


def _sentences(text: str | None) -> int:
    return len(text.strip()) if text and _SENTENCE.search(text) else 0


def _is_leaf(element: Any, weights: dict[Any, int]) -> bool:
    """Whether an element is a paragraph or a table of data, not what holds the paragraphs; a table for the layout holds them."""
    if tag_of(element) not in _LEAVES:
        return tag_of(element) in ("span", "font") and next(element.iter("p", "div", "br"), None) is None
    if tag_of(element) in _LAYOUT:
        return (
            next(element.iter("p", "div", "br"), None) is None
            or max(map(weights.__getitem__, element), default=0) < MOST * weights[element]
        )
    return True


def about(root: Any, main: Any, around: frozenset[Any], lines: list[str]) -> tuple[str, list[str]]:
    """The title of a page's text ("" where it has none), and the lines in which the page tells its date and publisher.

    `lines` are those of the main text: the title can be the first of them.
    """
    named = _named(root)
    shown = squeeze(next((element.text or "" for element in root.iter("title")), ""))
    title = (
        named.get("title")
        or _heading(root)
        or next((line for line in lines[:6] if len(line) >= 6 and shown.startswith(line)), "")
    )
    title = title or _SITE.sub("", named.get("shared") or shown)
    details = [f"{key}：{named[kind]}" for key, kind in (("发布时间", "issued"), ("来源", "publisher")) if named.get(kind)]
    details += _details(root, main, around, title, bool(details))
    return (title if len(title) <= LONGEST_TITLE else ""), details


def _named(root: Any) -> dict[str, str]:
    """What named meta elements tell."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        kind = _META.get((element.get("name") or element.get("property") or "").strip().lower())
        value = squeeze(element.get("content") or "")
        if kind and value and len(value) <= LONGEST_TITLE:
            found.setdefault(kind, value)
    return found


def _heading(root: Any) -> str:
    """The first heading of the highest level that is long enough for a title and belongs to no menu."""
    for tag in ("h1", "h2"):
        for element in root.iter(tag):
            if any(tag_of(above) in ("nav", "footer", "aside") for above in element.iterancestors()):
                continue
            words = words_of(element)
            if SHORTEST_TITLE <= len(words) <= LONGEST_TITLE:
                return words
    return ""


def _details(root: Any, main: Any, around: frozenset[Any], title: str, known: bool) -> list[str]:
    """The lines between the title and the main text (subtitle, speaker, date, publisher); `known`: date and publisher are.

    Where the title is not there, only lines that tell a date or a publisher.
    """
    lines: list[str] = []
    at = next(root.iter("body"), root)
    chain = {main, *main.iterancestors()}
    while at is not main:
        inner = None
        for child in at:
            if child in chain:
                inner = child
                break
            if child not in around:
                lines.extend(block.text for block in blocks_of(child, around))
        if inner is None:
            break
        at = inner
    shown = [number + 1 for number, line in enumerate(lines) if line == title]
    found = [line for line in lines[shown[-1] if shown else -DETAILS_LOOKED_AT :] if len(line) <= LONGEST_DETAIL][
        :DETAILS_LOOKED_AT
    ]
    kept = []
    for line in found:
        tells = _key().search(line) or _DATE.search(line)
        if (not known if tells else bool(shown)) and not line.startswith("今天"):
            kept.append(_key().sub(r"  \g<0>", line).strip())  # a template sets them apart by its style alone
    return kept


@cache
def _key() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(words('details'), key=len, reverse=True))})\\s?[:：]")
