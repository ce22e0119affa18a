"""The thing that a clause counts: named by its noun behind the figure, or by the object of its verb."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.lexicon import any_of, cache, table
from kg.model import Link
from kg.relate.anaphora import THINGS
from kg.relate.sites import Site, Sites

TITLED = ("份", "部", "本", "篇", "册", "件", "期", "项")  # measure words of documents


@cache
def preposed() -> re.Pattern[str]:
    """A preposition at the end of what stands before a name."""
    before = any_of([*table("measuring")["preposition"]["words"]])
    return re.compile(rf"(?:{before})(?:全国|全省|全市|了|[“《（]|[^，。；]{{0,6}}[、和与])?[“《]?$")


def _class(sites: Sites, link: Link) -> str:
    return sites.linked.entities[link.entity].classes[0]


def counted(sites: Sites, site: Site, minded: Callable[[Link], bool]) -> Link | None:
    """The thing that the clause counts or that its verb is about, the nearest to the figure."""
    behind = (
        [link for link in sites.links(site.figure.end, site.right) if link.start - site.figure.end <= 2]
        if site.noun_behind
        else []
    )
    head = sites.head(site)
    for link in [*([head] if head is not None else []), *behind]:
        if _class(sites, link) in THINGS or (_class(sites, link) == "Document" and site.figure.unit in TITLED):
            return link
    for link in reversed(sites.links(site.left, site.figure.start)):
        class_ = _class(sites, link)
        kept_to = link.end + 2 <= site.figure.start and minded(link)
        if kept_to or _is_adverbial(sites, site, link) or _is_example(sites, site, link) or _is_member(sites, site, link):
            continue
        if class_ in THINGS or (class_ == "Document" and site.figure.unit in TITLED and site.figure.start - link.end <= 2):
            return link
    return None


def owner(sites: Sites, site: Site) -> Link | None:
    """The body right before a figure with its noun behind: 省政协8个专门委员会."""
    if not site.noun_behind:
        return None
    link = sites.link_over(site.figure.start - 1)
    return link if link is not None and link.end == site.figure.start and _class(sites, link) == "Organization" else None


def _is_adverbial(sites: Sites, site: Site, link: Link) -> bool:
    """Whether a preposition stands before the name, so that it only says where, how or with whom."""
    before = sites.text[max(site.left, link.start - 8) : link.start]
    hit = preposed().search(before)
    if hit is None:
        return False
    word = hit.group()
    return not (word.startswith(("为", "于", "占")) and hit.start() > 0 and before[hit.start() - 1] in "作成是认")


def _is_example(sites: Sites, site: Site, link: Link) -> bool:
    """Whether the name is one of several before 等: “…”“…”等6个主题, 桑龙、城龙等7条高速公路."""
    behind = sites.text[link.end : min(site.figure.start, link.end + 60)]
    return bool(re.match(r"[”》’]?(?:等|[、“”《》’‘][^，。；]*等)", behind))


def _is_member(sites: Sites, site: Site, link: Link) -> bool:
    """Whether the name is coordinated with a noun that has none of its own: 高速公路、水路通道达到28条."""
    behind = sites.text[link.end : site.figure.start].lstrip("”》")
    return behind.startswith(("、", "和", "与", "及")) and not sites.links(link.end, site.figure.start)
