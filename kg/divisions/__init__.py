"""The state's administrative divisions with their codes, country to village, and the places beyond them.

Provinces, prefectures and counties (GB/T 2260) and townships (statistical codes) are always at hand; villages are opened a
prefecture at a time. The tables stand in `data/`, each with its source; the scripts in `tools/` make them. Every table is
read when it is first asked for. All functions are pure and their answers may be shared.
"""

from __future__ import annotations

from functools import cache

from kg.divisions.lowest import town_names, township, townships, townships_of, village, village_of, villages_of
from kg.divisions.model import COUNTRY, LEVELS, Division, codes_above, level_of
from kg.divisions.names import short
from kg.divisions.places import Place, countries, regions
from kg.divisions.tables import ambiguous, below, by_name, counties_of, county_level, generic, in_force, renamed, surfaces

__all__ = [
    "COUNTRY",
    "LEVELS",
    "Division",
    "Place",
    "ambiguous",
    "ancestors",
    "by_code",
    "by_name",
    "children",
    "counties_of",
    "countries",
    "generic",
    "in_force",
    "level_of",
    "parent",
    "regions",
    "renamed",
    "short",
    "surfaces",
    "town_names",
    "townships",
    "village",
]


@cache
def by_code(code: str) -> Division | None:
    """The division of a code of six, nine or twelve digits, None for any other string. "000000" is the country.

    The division in force goes before one that had the code earlier; a code that is only in old tables gives the division
    that had it last, with the year of its end.
    """
    level = level_of(code)
    if level == "village":
        return village_of(code)
    if level == "township":
        return township(code)
    return county_level(code) if level else None


def ancestors(code: str) -> tuple[Division, ...]:
    """The divisions above one, nearest first, ending in the country 中国; () for a code no table knows, and for the country."""
    division = by_code(code)
    if division is None:
        return ()
    found: list[Division] = []
    while division.parent:
        above = by_code(division.parent)
        if above is None:  # a township of a county that another code took over
            above = next(d for c in codes_above(division.parent) if (d := by_code(c)) is not None)
        found.append(above)
        division = above
    return tuple(found)


def parent(code: str) -> Division | None:
    """The division directly above, None for the country and for a code no table knows."""
    above = ancestors(code)
    return above[0] if above else None


def children(code: str) -> tuple[Division, ...]:
    """The divisions in force directly below, by code; a city without counties has its townships. () for a village."""
    level = level_of(code)
    if level == "township":
        return villages_of(code)
    if level == "county":
        return townships_of(code)
    return below(code) or townships_of(code) if level and level != "village" else ()
