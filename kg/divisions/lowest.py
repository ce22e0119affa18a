"""Townships (街道, 镇, 乡, 苏木) by name and place, and the villages of villages.zip, opened a prefecture at a time."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from kg.divisions.model import COUNTRY, Division, prefix_of
from kg.divisions.names import town_forms
from kg.divisions.rows import DATA, read_rows

if TYPE_CHECKING:
    from zipfile import ZipFile

_TOWN_ENDS = ("街道", "地区", "镇", "乡", "苏木")


@cache
def _by_county() -> dict[str, tuple[str, ...]]:
    """County code → its townships, each the last three digits of its code and its name in one string."""
    return {row[0]: tuple(row[1:]) for row in read_rows("townships.tsv")}


@cache
def _by_township_name() -> dict[str, list[str]]:
    """Name → nine-digit codes."""
    found: dict[str, list[str]] = {}
    for county, towns in _by_county().items():
        for town in towns:
            name, code = town[3:], county + town[:3]
            found.setdefault(name, []).append(code)
            for form in town_forms(name)[1:]:
                found.setdefault(form, []).append(code)
    return found


@lru_cache(maxsize=512)
def town_names(county: str) -> frozenset[str]:
    """The names of all townships of a county (its code), those without the peoples' names too."""
    return frozenset(form for town in _by_county().get(county, ()) for form in town_forms(town[3:]))


def township(code: str) -> Division | None:
    """The township of a nine-digit code."""
    for town in _by_county().get(code[:6], ()):
        if town[:3] == code[6:]:
            return Division(code, town[3:], "township", code[:6], COUNTRY.year)
    return None


def townships_of(county: str) -> tuple[Division, ...]:
    """All townships of a county (or of a city without counties), by code."""
    return tuple(Division(county + t[:3], t[3:], "township", county, COUNTRY.year) for t in _by_county().get(county, ()))


def townships(name: str, within: str | None = None) -> tuple[Division, ...]:
    """The townships of this name, by code, all over the country or `within` a county, prefecture or province (its code).

    The full name (天荒坪镇) or, given `within`, the name without 镇, 乡, 街道 (天荒坪).
    """
    names = [name]
    if within and len(name) > 1:
        names += [name + end for end in _TOWN_ENDS]
    prefix = prefix_of(within) if within else ""
    codes = sorted({code for n in names for code in _by_township_name().get(n, ()) if code.startswith(prefix)})
    return tuple(found for code in codes if (found := township(code)) is not None)


@cache
def _archive() -> ZipFile:
    from zipfile import ZipFile  # only a text that names a village needs it

    # held in memory: processes forked from this one would share, and move, the place in an open file
    return ZipFile(BytesIO((DATA / "villages.zip").read_bytes()))


@lru_cache(maxsize=64)
def _block(block: str) -> str:
    """The lines of all villages whose codes begin with these four digits."""
    name = f"{block}.txt"
    return _archive().read(name).decode("utf-8") if name in _archive().NameToInfo else ""


@lru_cache(maxsize=64)
def _villages(block: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of all villages whose codes begin with these four digits."""
    found: list[tuple[str, str]] = []
    for line in _block(block).splitlines():
        town, names = line.split("\t")
        number = 0
        for item in names.split(" "):
            start, colon, name = item.partition(":")
            number = int(start) if colon else number + 1
            found.append((f"{block}{town}{number:03d}", name if colon else item))
    return tuple(found)


def _blocks(within: str) -> list[str]:
    prefix = prefix_of(within)
    return sorted(name[:4] for name in _archive().NameToInfo if name.startswith(prefix[:4]))


def _core(name: str) -> str:
    """A village's name without its last word and that word's double: 余村, 余村村 → 余. 晓觉社区 stays as it is."""
    while len(name) > 1 and name.endswith("村"):
        name = name[:-1]
    return name


def village(name: str, within: str) -> tuple[Division, ...]:
    """The villages and communities of this name `within` a township, county, prefecture or province (its code), by code.

    余村 finds 余村 and 余村村, 余村村 finds 余村 too; a name told exactly goes before its double. The committee's words may be
    there (余村村民委员会, 晓觉社区居委会). Opens one block of the archive for every prefecture in `within`.
    """
    for end in ("村民委员会", "村委会", "居民委员会", "居委会"):
        if name.endswith(end) and len(name) > len(end):
            name = name.removesuffix(end)
            name = name if name.endswith(("村", "社区", "嘎查")) or not end.startswith("村") else name + "村"
            break
    prefix = prefix_of(within)
    found: list[tuple[str, str]] = []
    for block in _blocks(within):
        if _core(name) not in _block(block):  # nearly always, and much faster than taking the block apart
            continue
        rows = [row for row in _by_core(block).get(_core(name), ()) if row[0].startswith(prefix)]
        found += [row for row in rows if row[1] == name or (name.endswith("村") and row[1].endswith("村"))]
    found = [row for row in found if row[1] == name] or found
    return tuple(Division(code, called, "village", code[:9], COUNTRY.year) for code, called in found)


@lru_cache(maxsize=64)
def _by_core(block: str) -> dict[str, list[tuple[str, str]]]:
    """A village's name without 村 → (code, name) of those that have it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _villages(block):
        found.setdefault(_core(row[1]), []).append(row)
    return found


def village_of(code: str) -> Division | None:
    """The village of a twelve-digit code."""
    name = dict(_villages(code[:4])).get(code)
    return Division(code, name, "village", code[:9], COUNTRY.year) if name else None


def villages_of(township_code: str) -> tuple[Division, ...]:
    """All villages of a township, by code."""
    rows = (row for row in _villages(township_code[:4]) if row[0].startswith(township_code))
    return tuple(Division(code, name, "village", township_code, COUNTRY.year) for code, name in rows)
