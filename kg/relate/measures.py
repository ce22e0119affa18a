"""Figures to measures: what each figure is about, what it counts, when, and whether it is done or planned."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.units import words
from kg.lexicon import table
from kg.model import CARRIED, DONE, PLANNED, STATED, Document, Figure, Link, Linked, Measure, Span
from kg.relate.indicators import said
from kg.relate.period import is_of_review, period, years_before
from kg.relate.phrases import members
from kg.relate.said import Before, Said
from kg.relate.sites import Site, Sites
from kg.relate.status import denied, status
from kg.relate.subjects import About, Subjects

RULE = "figure"
ONE_OF_THEM = re.compile(r"[^，。；、]{0,12}之一|[^，。；、]{1,14}中(?:位|列|居|排|名列|第)")  # 4个省份之一, 24个直报点中位列第三
APART = re.compile(
    r"\s*(?:其中|分[^，。]{1,6}看|从[^，。]{1,6}看|按[^，。]{1,8}分)，?"
)  # opens a sentence that takes the one before apart
STOOD = re.compile(r"[由从](?:原来|过去|以前)?的?$")  # 从2.9万亿元增至3.8万亿元: where it stood before, at a time not told
DESCRIBES = re.compile(
    r"((?:计划|总|概算|估算|协议|实际|固定资产|年)?(?:投资额?|产值|产能|面积|规模|库容|长度?|建筑面积|装机容量?|销售收入|资本)|全长|占地|注册资本|总长|里程)(?:为|达|达到|约)?$"
)
DESCRIBED = ("Program", "Platform", "Organization")
DESCRIBED_REACH = 40  # code points behind a figure in which the name stands that it describes
BY_YEAR = re.compile("年均|年平均")
ADVERBIAL = ("次", "趟", "回")  # measure words of how often: 三次亲临 counts nothing but the visits of who came
REMEMBERED = 5  # nouns of earlier figures that a list of changes may go back to


def measures(linked: Linked) -> tuple[Measure, ...]:
    """The measures of a linked document, in the order of its figures.

    One for every figure with a measure word that says something about an entity that the text names. Evidence is the
    sentence; where it does not name the entity or tell the time, the basis is carried and `context` the span that gives it.
    """
    sites = Sites(linked)
    subjects = Subjects(sites)
    found: dict[Measure, None] = {}
    told: list[tuple[str, str]] = []
    for sentence in sites.by_sentence():
        made, told = _sentence(linked, sites, subjects, sentence, _inherited(linked, sentence, told))
        for measure in made:
            found.setdefault(measure)
    return tuple(found)


def _inherited(linked: Linked, sentence: list[Site], told: list[tuple[str, str]]) -> Before:
    """What a sentence that takes the one before apart goes on counting: 常住人口96.8万人。其中，甲镇5.2万人; `told` are unit and noun of its figures."""
    first = sentence[0]
    if not told or APART.match(linked.document.text, first.sentence.start) is None:
        return Before()
    noun = next((noun for unit, noun in told if unit == first.figure.unit), told[-1][1])
    return Before((noun,), "", (noun,))


def _sentence(
    linked: Linked, sites: Sites, subjects: Subjects, sentence: list[Site], before: Before
) -> tuple[list[Measure], list[tuple[str, str]]]:
    """The measures of one sentence, with unit and noun of each: what a figure counts and is about goes on to the next one that does not say it itself."""
    made: list[Measure] = []
    told: list[tuple[str, str]] = []
    last, place = None, 0
    clause = -1
    for site in sentence:
        if (thing := _described(sites, site)) is not None:
            word, link = thing
            made.append(_measure(linked, subjects, site, Said(word, "level", word), About(link.entity, link)))
            continue
        if not _reports(sites, site):
            continue
        place = place + 1 if site.listed else 0
        if site.clause != clause and not site.inside:
            clause = site.clause
        read = said(sites, site, before, place)
        about = subjects.about(site, read, last, site.listed)
        if (each := subjects.respective(site)) and place < len(each):
            about = About(each[place].entity, each[place], each=True)  # 越城区、柯桥区分别突破…和…
            read = without_names(linked.document.text, site, read, each, before)
        if site.inside and read.bare and read.indicator == site.figure.unit:
            continue  # 先进集体名单（30个）
        if about is not None and _only_named(linked.document.text, about, read):
            continue
        if site.figure.unit == "周年" and about is not None and about.link is not None:
            read = replace(read, indicator=linked.document.text[about.link.end : site.figure.start].strip("”》") + "周年")
        if not site.inside:
            before = _remembered(before, read, place)
            told.append((site.figure.unit, read.noun))
        if about is None or denied(linked, site.figure.start):
            continue
        last = about if not site.inside else last
        subjects.tell(site, about)
        if site.figure.unit and read.indicator:
            made.extend(_measure(linked, subjects, site, one, about) for one in _each(site, read))
    return made, [(unit, noun) for unit, noun in told if noun]


def _each(site: Site, read: Said) -> list[Said]:
    """One for each member of a list that 均 gives the same figure: 办复率、满意率均达100%."""
    if not read.both:
        return [read]
    behind = read.indicator.removeprefix(read.noun)
    return [replace(read, indicator=noun + behind, noun=noun) for noun in members(read.noun)]


def _only_named(text: str, about: About, read: Said) -> bool:
    """Whether the words of a figure are only the place it is about, so that nothing tells what it counts (甲镇5.2万人)."""
    link = about.link
    return link is not None and link.mention.classes[0] == "District" and read.indicator == text[link.start : link.end]


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
        return Before(before.nouns, read.verb or before.verb, before.earlier, read.share, read.stood)
    nouns = (*before.nouns[:place], read.noun) if place else (read.noun,)
    return Before(nouns, read.verb, (*before.earlier[-REMEMBERED:], read.noun), read.share, read.stood)


def _reports(sites: Sites, site: Site) -> bool:
    """Whether the figure counts something: no attribute (百亿元的项目), no mere duration (连续3年), no 4个省份之一."""
    figure, text = site.figure, sites.text
    if site.attributive:
        return False
    if text[figure.end : figure.end + 1] == "的" and not _counts_share(sites, site):
        return False
    if figure.unit in ("位", "名", "人") and text[figure.start - 1] == "等":
        over = sites.link_over(figure.start - 2)
        if over is not None and over.mention.classes[0] == "Person":
            return False  # 甲、乙等6位委员: how many are named and not
    if figure.unit == "周年":
        return figure.end >= site.right or text[figure.end] in "、和"
    if words().family.get(figure.unit) == "time":
        left = text[max(site.left, figure.start - 8) : figure.start]
        return any(left.endswith(word) for word in table("measuring")["duration"]["words"])
    if text.endswith(("连续", "每"), site.left, figure.start):
        return False
    if figure.unit in ADVERBIAL and not site.noun_behind and not figure.as_written[:1].isdigit() and _before_verb(sites, site):
        return False
    return ONE_OF_THEM.match(text[figure.end : min(site.right, figure.end + 24)]) is None


def _before_verb(sites: Sites, site: Site) -> bool:
    """Whether a verb stands right behind the figure in its clause."""
    following = sites.behind(site.figure.end, site.right)
    return bool(following) and following[0].tag.startswith("v")


def _described(sites: Sites, site: Site) -> tuple[str, Link] | None:
    """What a relative clause says of the project or body behind it, and the mention of that: 总投资5亿元的江滨大桥项目."""
    text, figure = sites.text, site.figure
    if text[figure.end : figure.end + 1] != "的" or site.noun_behind:
        return None
    said_ = DESCRIBES.search(text, site.left, figure.start)
    behind = sites.links(figure.end, min(site.sentence.end, figure.end + DESCRIBED_REACH))
    thing = next((link for link in behind if link.mention.classes[0] in DESCRIBED), None)
    if said_ is None or thing is None or not re.fullmatch(r"的[^，。；：、“”《》]{0,12}[“《]?", text[figure.end : thing.start]):
        return None
    if any(token.tag in ("v", "p", "d") for token in sites.tokens(figure.end, thing.start)):
        return None
    return said_.group(1), thing


def _counts_share(sites: Sites, site: Site) -> bool:
    return site.figure.unit in ("%", "％") and "占" in sites.text[site.left : site.figure.start]


def _measure(linked: Linked, subjects: Subjects, site: Site, read: Said, about: About) -> Measure:
    figure, document = site.figure, linked.document
    when, source, stated = period(linked, figure.start)
    if (before := STOOD.search(linked.document.text, site.left, figure.start)) is not None and before.end() == figure.start:
        when = None
    how = status(linked, figure.start)
    if how == PLANNED and not stated and is_of_review(linked, source):
        when = None
    if when is not None and when.start == when.end and how == DONE and read.kind == "change" and _by_year(linked, site):
        years = years_before(linked, figure.start)  # a rate of several years is not one of their last
        when, source, stated = (years[0], years[1], False) if years is not None else (None, None, True)
    basis, context = STATED, None
    if not _names(subjects, about, site):
        basis, context = CARRIED, _context(linked, subjects, about, site)
    elif when is not None and not stated and source is not None:
        basis, context = CARRIED, source
    return Measure(
        about.entity, read.indicator, figure.value, figure.unit, _as_written(document, figure),
        (document.span(site.sentence.start, site.sentence.end),), f"{RULE}-{read.kind}", kind=read.kind, bound=figure.bound,
        min=figure.min, max=figure.max, status=how, period=when, basis=basis, context=context,
    )  # fmt: skip


def _as_written(document: Document, figure: Figure) -> str:
    """The figure in the source's own signs (１２．５％, where the view has 12.5%). Where it goes over furniture, such as the number of a page, that
    is in it: what is said to be written must be there to be found."""
    end = figure.start + len(figure.as_written)
    written, quote = document.as_written(figure.start, end), document.quote(document.span(figure.start, end))
    bare = "".join(quote.split())
    return written if "".join(written.split()) == bare else bare


def _by_year(linked: Linked, site: Site) -> bool:
    return BY_YEAR.search(linked.document.text, max(site.clause, site.figure.start - 12), site.figure.start) is not None


def _names(subjects: Subjects, about: About, site: Site) -> bool:
    """Whether the sentence names what the figure is about."""
    link = about.link or subjects.mention(about.entity, site.sentence.end)
    return link is not None and site.sentence.start <= link.start and link.end <= site.sentence.end


def _context(linked: Linked, subjects: Subjects, about: About, site: Site) -> Span | None:
    link = about.link or subjects.mention(about.entity, site.figure.start)
    return linked.document.span(link.start, link.end) if link is not None else None
