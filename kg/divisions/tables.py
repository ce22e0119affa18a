"""The tables of provinces, prefectures and counties, of today and of the years since 1990, and the names they go by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.divisions.model import COUNTRY, Division, codes_above, level_of, prefix_of
from kg.divisions.names import short_forms
from kg.divisions.rows import read_rows

_RANKS = {"province": 0, "prefecture": 1, "county": 2}


@cache
def _current() -> dict[str, str]:
    """code → name, in force: the table of 2023 with what has changed since."""
    found = {row[0]: row[1] for row in read_rows("divisions.tsv")}
    for code, name, _, until in _later():
        if until:
            del found[code]
        else:
            found[code] = name
    return dict(sorted(found.items()))


@cache
def _later() -> tuple[tuple[str, str, int, int], ...]:
    """(code, name, year set up or 0, year abolished or 0) of what the table of 2023 does not have as it is."""
    return tuple((code, name, int(since or 0), int(until or 0)) for code, name, since, until in read_rows("later.tsv"))


@cache
def _since() -> dict[str, int]:
    return {code: since for code, _, since, _ in _later() if since}


@cache
def _abolished() -> dict[str, list[tuple[str, int, int, str]]]:
    """code → (name, last year of a revision with it, year of abolition, code it went on under), latest first."""
    found: dict[str, list[tuple[str, int, int, str]]] = {}
    for code, name, last, year, follow in read_rows("abolished.tsv"):
        found.setdefault(code, []).append((name, int(last), int(year), follow))
    for code, name, _, until in _later():
        if until:
            found.setdefault(code, []).append((name, COUNTRY.year, until, ""))
    for rows in found.values():
        rows.sort(key=lambda row: -row[2])
    return found


@cache
def _above(code: str) -> str:
    """The code of the nearest division above `code` that a table knows; current ones go before abolished ones."""
    known = (c for c in codes_above(code) if c == COUNTRY.code or c in _current() or c in _abolished())
    return next(known, COUNTRY.code)


@cache
def county_level(code: str) -> Division | None:
    """The division of a six-digit code, the one in force where there is one, else the one abolished last."""
    if code == COUNTRY.code:
        return COUNTRY
    if (name := _current().get(code)) is not None:
        return Division(code, name, level_of(code), _above(code), _since().get(code, COUNTRY.year))
    rows = _abolished().get(code)
    return _once(code, rows[0]) if rows else None


def _once(code: str, row: tuple[str, int, int, str]) -> Division:
    name, last, year, _ = row
    return Division(code, name, level_of(code), _above(code), last, year)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Every name form → codes, as they come: full names first, then short forms; today's table before the abolished."""
    found: dict[str, dict[str, None]] = {}
    for code, name in _current().items():
        found.setdefault(name, {})[code] = None
        if code[4] != "7":
            for form in short_forms(name):
                found.setdefault(form, {})[code] = None
    for form, code in sorted(_nicknames()):
        found.setdefault(form, {})[code] = None
    for code, rows in _abolished().items():
        for name, _, _, follow in rows:
            if not follow:  # one that went on under its own name is found there
                for form in _old_forms(name):
                    found.setdefault(form, {})[code] = None
    return {form: tuple(codes) for form, codes in found.items()}


def _old_forms(name: str) -> tuple[str, ...]:
    """Forms of an abolished name. A river or hill that it was short for keeps its name to itself (松花江地区)."""
    return (name, *(form for form in short_forms(name) if form not in _features()))


@cache
def _features() -> frozenset[str]:
    """The names of regions, hills and waters (regions.tsv)."""
    return frozenset(name for row in read_rows("regions.tsv") for name in (row[0], *row[2].split()))


@cache
def _nicknames() -> frozenset[tuple[str, str]]:
    return frozenset((form, code) for form, code in read_rows("nicknames.tsv"))


@cache
def _risky() -> Mapping[str, str]:
    """Short forms that mean something else as well → what else."""
    return {form: kind for kind, forms in read_rows("ambiguous.tsv") for form in forms.split()}


@cache
def surfaces() -> Mapping[str, tuple[str, ...]]:
    """Every name form of a province, prefecture or county worth looking for in a text → the codes it may mean.

    Full and short forms, abolished ones too. Left out are full names that are plain words (城区, 郊区, 老城区): `by_name`
    knows them where the text has said which city it speaks of.
    """
    generic = {form for form, kind in _risky().items() if kind == "generic"}
    return MappingProxyType({form: codes for form, codes in _forms().items() if form not in generic})


@cache
def generic() -> frozenset[str]:
    """Full names of counties that are plain words (城区, 郊区, 老城区), which `surfaces` leaves out."""
    return frozenset(form for form, kind in _risky().items() if kind == "generic")


@cache
def by_name(name: str, year: int | None = None) -> tuple[Division, ...]:
    """All provinces, prefectures and counties with this full or short name; () where there is none.

    Those in force first, by level then code; then the abolished, the latest first. Of a division that only got another
    code there is one, as it is now. With `year`, that of a text, in force is what was so in that year (`in_force`): 渝北区
    in a text of 2023.
    """
    found: list[Division] = []
    for code in _forms().get(name, ()):
        current = county_level(code)
        if current and not current.abolished and _goes_by(current, name):
            found.append(current)
        for row in _abolished().get(code, ()):
            if not row[3] and name in _old_forms(row[0]):
                found.append(_once(code, row))
    ended = {division: 0 if in_force(division, year) else division.abolished or 9999 for division in found}
    return tuple(sorted(found, key=lambda d: (ended[d] > 0, -ended[d], _RANKS[d.level], d.code)))


def in_force(division: Division, year: int | None = None) -> bool:
    """Whether a division is in force, or was at some time of `year`. Of when one was set up the tables know only the last few."""
    if year is None:
        return division.abolished is None
    return _since().get(division.code, 0) <= year <= (division.abolished or 9999)


def _goes_by(division: Division, name: str) -> bool:
    return name == division.name or name in short_forms(division.name) or (name, division.code) in _nicknames()


@cache
def ambiguous(short: str) -> bool:
    """Whether a short form may not be taken for a division without a reason in the text.

    So it is when it is a word, a person's, a hill's or a river's name as well (和平, 志丹, 衡山: data/ambiguous.tsv), or when
    several divisions of one level have it and none stands above them (鼓楼), or when a county has it in common with a hill or
    a lake known to all (太湖县, 黄山区: regions.tsv).
    """
    if short in _risky():
        return True
    ranks = [_RANKS[division.level] for division in by_name(short) if division.abolished is None]
    if not ranks:
        return False
    return ranks.count(min(ranks)) > 1 or (
        min(ranks) == _RANKS["county"] and short in _features() and short not in _current_names()
    )


@cache
def _current_names() -> frozenset[str]:
    return frozenset(_current().values())


@cache
def counties_of(code: str) -> tuple[Division, ...]:
    """The counties in force within a prefecture or province, by code; () for any other code."""
    prefix = prefix_of(code)
    if level_of(code) not in ("province", "prefecture"):
        return ()
    codes = _current_codes()
    within = codes[bisect_left(codes, prefix) : bisect_left(codes, prefix + ":")]  # ":" comes right behind "9"
    found = (county_level(code) for code in within if level_of(code) == "county")
    return tuple(division for division in found if division is not None)


@cache
def _current_codes() -> tuple[str, ...]:
    """The codes in force, in order."""
    return tuple(sorted(_current()))


@cache
def below(code: str) -> tuple[Division, ...]:
    """The divisions in force, county or higher, that hang on `code` directly, by code."""
    prefix = prefix_of(code)
    found = (county_level(c) for c in _current() if c.startswith(prefix) and c != code and _above(c) == code)
    return tuple(division for division in found if division is not None)


def renamed(division: Division) -> Division | None:
    """The division under which one with an old code goes on: 341521 寿县 → 340422 寿县; None where it does not."""
    code, name = division.code, division.name
    for _ in range(8):
        follow = next((row[3] for row in _abolished().get(code, ()) if row[0] == name), "")
        if not follow:
            break
        code = follow
    if code == division.code:
        return None
    now = county_level(code)
    return now if now is not None and now.name == name else None
