"""What a division is, and what its code alone tells: its level and the code it would hang on."""

from __future__ import annotations

from kg.value import dataclass

LEVELS = ("country", "province", "prefecture", "county", "township", "village")


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the state's tables.

    `code` has six digits down to the county (GB/T 2260), nine for a township, twelve for a village (statistical codes).
    `parent` is the code of the division above it ("" for the country). `year` is that of the table the row is from (for one
    set up since, that of its setting up); `abolished` the year in which the name or the code went out of force, None while it
    is in force.
    """

    code: str
    name: str
    level: str
    parent: str
    year: int
    abolished: int | None = None


COUNTRY = Division("000000", "中国", "country", "", 2023)


def level_of(code: str) -> str:
    """The level of a code, "" for a string that is no code: 330000 province, 330500 prefecture, 330523 county …"""
    if not (code.isascii() and code.isdigit()):
        return ""
    if len(code) == 6:
        if code == COUNTRY.code:
            return "country"
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    return {9: "township", 12: "village"}.get(len(code), "")


def codes_above(code: str) -> tuple[str, ...]:
    """The codes that may stand above `code`, nearest first, up to the country. Not all of them need to exist.

    330523108204 → 330523108, 330523, 330500, 330000, 000000.
    """
    steps = [code[:9]] if len(code) == 12 else []
    if len(code) > 6:
        steps.append(code[:6])
    steps += [code[:4] + "00", code[:2] + "0000", COUNTRY.code]
    return tuple(dict.fromkeys(step for step in steps if step != code))


def prefix_of(code: str) -> str:
    """What the codes within `code` begin with: 330000 → 33, 330500 → 3305, 330523 → 330523, 000000 → ""."""
    if len(code) > 6:
        return code
    return "" if code == COUNTRY.code else code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
