"""What has been said about a figure: its indicator and kind, and what the figures before it in the sentence leave to it."""

from __future__ import annotations

from kg.relate.phrases import patterns
from kg.relate.sites import Site
from kg.value import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """An indicator with its kind. `noun` is what a change behind it would be a change of; `bare`: the clause itself has none."""

    indicator: str
    kind: str
    noun: str
    bare: bool = False
    verb: str = ""
    carried: bool = False  # the noun comes from the figure before
    stood: str = ""  # the indicator where another figure follows: 占比由7.2%提高到7.4%
    both: bool = False  # each member of the noun, a list, has this figure: 办复率、满意率均达100%
    share: bool = False  # a share of something named behind 占: 占全省的47.2%、全国的五分之一


@dataclass(frozen=True, slots=True)
class Before:
    """What the figures before in the sentence were about: their nouns, one for each member of a list, and the verb."""

    nouns: tuple[str, ...] = ()
    verb: str = ""
    earlier: tuple[str, ...] = ()  # the nouns of the figures before, in order: A…元，B…元，分别增长5%和6%
    share: bool = False
    stood: str = ""

    def noun(self, place: int = 0) -> str:
        """The noun for the figure at `place` of a list ("" where there is none)."""
        return self.nouns[min(place, len(self.nouns) - 1)] if self.nouns else ""


def kind_of(site: Site, indicator: str) -> str:
    """rank, multiple, share or level, by the figure and the words of its indicator."""
    if site.figure.kind in ("rank", "multiple"):
        return site.figure.kind
    if site.figure.unit in ("%", "％") and patterns().share.search(indicator):
        return "share"
    return "level"
