"""Places beyond the divisions: regions, mountains and waters that public texts name as places, and the world's countries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.divisions.rows import read_rows
from kg.value import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is no division.

    `kind` is region, city, mountain, river, lake, sea, island, plain, plateau, desert, grassland, work (a canal, a dam, a
    railway), world (a part of the world), country or former (a country that is no more). `aliases` are its other names.
    `within` are the codes of the divisions (mostly provinces) it lies in.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def _by_any_name(places: list[Place]) -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for place in places:
        for name in (place.name, *place.aliases):
            found.setdefault(name, place)
    return MappingProxyType(found)


@cache
def regions() -> Mapping[str, Place]:
    """Every name and alias of a region or feature → the place: 长三角 and 长江三角洲 give the same."""
    rows = read_rows("regions.tsv")
    return _by_any_name([Place(name, kind, tuple(alias.split()), tuple(codes.split())) for name, kind, alias, codes in rows])


@cache
def countries() -> Mapping[str, Place]:
    """Every short, official and usual name of a country or territory → the place: 美国 and 美利坚合众国 give the same."""
    rows = read_rows("countries.tsv")
    return _by_any_name([Place(name, kind, tuple(alias.split())) for name, kind, alias in rows])
