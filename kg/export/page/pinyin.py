"""How the names of a graph are said, so that they are found by pinyin or its initials: every character's readings, in one table.

The search puts readings together when it is asked, so a name with five characters of three readings each needs no 243 spellings.
"""

from __future__ import annotations

from collections.abc import Iterable


def readings(names: Iterable[str]) -> dict[str, str]:
    """Character → its readings without tones (ü as v), the most common first: {"重": "zhong chong tong"}. Sorted by character."""
    from pypinyin import Style, pinyin

    han = sorted({char for name in names for char in name if char >= "\u3400"})
    found = {}
    for char in han:
        said = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
        plain = dict.fromkeys(reading for reading in (said[0] if said else ()) if reading.isascii() and reading.isalpha())
        if plain:
            found[char] = " ".join(plain)
    return found
