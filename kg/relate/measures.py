"""Figures to measures: what each figure is about, what it counts, when, and whether it is done or planned."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.units import words
from kg.lexicon.load import table
from kg.model import CARRIED, STATED, Link, Linked, Measure, Span
from kg.relate.indicators import Before, Said, said
from kg.relate.period import period
from kg.relate.sites import Site, Sites
from kg.relate.status import denied, status
from kg.relate.subjects import About, Subjects

RULE = "figure"
REMEMBERED = 5  # nouns of earlier figures that a list of changes may go back to


def measures(linked: Linked) -> tuple[Measure, ...]:
    """The measures of a linked document, in the order of its figures.

    One for every figure with a measure word that says something about an entity that the text names. Evidence is the
    sentence; where it does not name the entity or tell the time, the basis is carried and `context` the span that gives it.
    """
    sites = Sites(linked)
    subjects = Subjects(sites)
    found: dict[Measure, None] = {}
    for sentence in sites.by_sentence():
        for measure in _sentence(linked, sites, subjects, sentence):
            found.setdefault(measure)
    return tuple(found)


def _sentence(linked: Linked, sites: Sites, subjects: Subjects, sentence: list[Site]) -> list[Measure]:
    """The measures of one sentence: what a figure counts and is about goes on to the next one that does not say it itself."""
    made: list[Measure] = []
    before, last, place = Before(), None, 0
    clause = -1
    for site in sentence:
        if not _reports(sites, site):
            continue
        place = place + 1 if site.listed else 0
        if site.clause != clause and not site.inside:
            clause = site.clause
        read = said(sites, site, before, place)
        about = subjects.about(site, read, last, site.listed)
        if (each := subjects.respective(site)) and place < len(each):
            about = About(each[place].entity, each[place])  # 越城区、柯桥区分别突破…和…
            read = without_names(linked.document.text, site, read, each, before)
        if not site.inside:
            before = _remembered(before, read, place)
        if about is None or denied(linked, site.figure.start):
            continue
        last = about if not site.inside else last
        if site.figure.unit and read.indicator:
            made.append(_measure(linked, subjects, site, read, about))
    return made


def without_names(text: str, site: Site, read: Said, each: list[Link], before: Before) -> Said:
    """What a figure counts without the names of those that it is about: what stands behind them all, else what was counted before."""
    indicator, noun = read.indicator, read.noun
    for link in each:
        indicator = indicator.replace(text[link.start : link.end], "")
        noun = noun.replace(text[link.start : link.end], "")
    if not noun:
        behind = text[each[-1].end : site.figure.start]
        noun = behind[: behind.index("分别")] or before.noun()
        indicator = noun + indicator
    return replace(read, indicator=indicator, noun=noun)


def _remembered(before: Before, read: Said, place: int) -> Before:
    """What the next figure may be a change of: this figure's noun, in a list beside those of the members before."""
    if not read.noun or read.carried:
        return Before(before.nouns, read.verb or before.verb, before.earlier)
    nouns = (*before.nouns[:place], read.noun) if place else (read.noun,)
    return Before(nouns, read.verb, (*before.earlier[-REMEMBERED:], read.noun))


def _reports(sites: Sites, site: Site) -> bool:
    """Whether the figure counts something: no attribute (百亿元的项目), no mere duration (连续3年), no 4个省份之一."""
    figure, text = site.figure, sites.text
    if site.attributive:
        return False
    if text[figure.end : figure.end + 1] == "的" and not _counts_share(sites, site):
        return False
    if figure.unit == "周年":
        return figure.end >= site.right or text[figure.end] in "、和"
    if words().family.get(figure.unit) == "time":
        left = text[max(site.left, figure.start - 8) : figure.start]
        return any(left.endswith(word) for word in table("measuring")["duration"]["words"])
    if text.endswith("连续", site.left, figure.start):
        return False
    return re.match("[^，。；、]{0,12}之一", text[figure.end : min(site.right, figure.end + 16)]) is None


def _counts_share(sites: Sites, site: Site) -> bool:
    return site.figure.unit in ("%", "％") and "占" in sites.text[site.left : site.figure.start]


def _measure(linked: Linked, subjects: Subjects, site: Site, read: Said, about: About) -> Measure:
    figure, document = site.figure, linked.document
    when, source, stated = period(linked, figure.start)
    if linked.document.text[figure.start - 1 : figure.start] in ("从", "由"):
        when = None  # 从2.9万亿元增至3.8万亿元: where it stood before, at a time not told
    basis, context = STATED, None
    if not _names(subjects, about, site):
        basis, context = CARRIED, _context(linked, subjects, about, site)
    elif when is not None and not stated and source is not None:
        basis, context = CARRIED, source
    return Measure(
        about.entity, read.indicator, figure.value, figure.unit, figure.as_written,
        (document.span(site.sentence.start, site.sentence.end),), f"{RULE}-{read.kind}", kind=read.kind, bound=figure.bound,
        min=figure.min, max=figure.max, status=status(linked, figure.start), period=when, basis=basis, context=context,
    )  # fmt: skip


def _names(subjects: Subjects, about: About, site: Site) -> bool:
    """Whether the sentence names what the figure is about."""
    link = about.link or subjects.mention(about.entity, site.sentence.end)
    return link is not None and site.sentence.start <= link.start and link.end <= site.sentence.end


def _context(linked: Linked, subjects: Subjects, about: About, site: Site) -> Span | None:
    link = about.link or subjects.mention(about.entity, site.figure.start)
    return linked.document.span(link.start, link.end) if link is not None else None
