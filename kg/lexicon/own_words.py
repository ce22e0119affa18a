"""Words that a user's file adds to the package's tables or takes away: what may stand where, and where each mistake is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from kg.errors import LexiconError

LONGEST_WORD = 60  # code points
# Tables whose keys are the user's to choose, with what stands under a key: words, or one text.
OPEN: dict[tuple[str, ...], type] = {
    ("bodies", "alias"): list,
    ("concepts", "concepts", "alias"): list,
    ("concepts", "programs", "alias"): list,
    ("concepts", "meetings", "alias"): list,
    ("measuring", "anaphor"): list,
    ("words", "abbreviations"): str,
    ("places", "unless"): str,
    ("works", "unless"): str,
}
CORE = ("bodies", "core")  # each key under it is a family of bodies
PATTERNS = (("measuring", "manner", "forms"),)  # regular expressions instead of words
CHARACTERS = (("people", "surnames"), ("bodies", "known", "goes_on_center"))  # texts to which characters are added

Path = tuple[str, ...]
Tables = dict[str, Any]


class Where:
    """A place in a user's file: the file's name and the path of keys to it."""

    def __init__(self, file: str, *path: str | int) -> None:
        self.file, self.path = file, path

    def __truediv__(self, key: str | int) -> Where:
        return Where(self.file, *self.path, key)

    def wrong(self, what: str, mend: str = "") -> LexiconError:
        """The one line for a mistake here."""
        at = ""
        for key in self.path:
            at += f"[{key + 1}]" if isinstance(key, int) else f".{key[:LONGEST_WORD]}" if at else key[:LONGEST_WORD]
        return LexiconError(what, f"{self.file}: {at}" if at else self.file, mend)


def add(tables: Tables, given: Mapping[str, Any], where: Where) -> set[tuple[Path, str]]:
    """Put the words of `given` into `tables`, in place. Returns each word with its list. Raises LexiconError."""
    return _walk(tables, given, where, (), _add)


def remove(tables: Tables, given: Mapping[str, Any], where: Where) -> set[tuple[Path, str]]:
    """Take the words of `given` out of `tables`, in place. Returns each word with its list. Raises LexiconError."""
    return _walk(tables, given, where, (), _remove)


def _walk(here: Tables, given: Any, where: Where, path: Path, act: Any) -> set[tuple[Path, str]]:
    """Go down both, key by key, to the lists and texts."""
    if not isinstance(given, Mapping):
        raise where.wrong("is a table, with keys of its own", _known_keys(here))
    done: set[tuple[Path, str]] = set()
    for key, value in given.items():
        at, own = where / key, (*path, key)
        if key not in here and act is _add and path == CORE:
            here[key] = _core(value, at)
        elif key not in here and act is _add and path in OPEN:
            here[key] = [] if OPEN[path] is list else ""
        elif key not in here:
            near = get_close_matches(key, list(here), 1)
            raise at.wrong("there is no such key in the word tables", f"did you mean {near[0]}?" if near else _known_keys(here))
        if isinstance(here[key], dict):
            done |= (
                _walk(here[key], value, at, own, act) if path != CORE or act is _remove else _walk_core(here[key], value, at, own)
            )
        elif isinstance(here[key], list):
            found = pattern_list(value, at) if own in PATTERNS else word_list(value, at)
            here[key] = act(here[key], found, at)
            done |= {(own, word) for word in found}
        else:
            here[key] = _text(here[key], value, at, own, act)
    return done


def _add(old: list[str], words: tuple[str, ...], where: Where) -> list[str]:
    return [*old, *(word for word in words if word not in old)]


def _remove(old: list[str], words: tuple[str, ...], where: Where) -> list[str]:
    for number, word in enumerate(words):
        if word not in old:
            raise (where / number).wrong(f"{word} is not in the table, so it cannot be taken out")
    left = [word for word in old if word not in words]
    if not left:
        raise where.wrong("this would leave the list empty", "leave at least one word")
    return left


def _text(old: str, value: Any, where: Where, path: Path, act: Any) -> str:
    """A text takes the place of the one there; characters are added to those there."""
    if act is _remove:
        raise where.wrong("is a text, not a list of words: nothing can be taken out of it", "give another text instead")
    if path in CHARACTERS or path[-2:-1] == ("unless",):
        if not isinstance(value, str) or not value.isalpha():
            raise where.wrong("is a text of letters, one behind the other", 'as in "余村"')
        return old + "".join(char for char in dict.fromkeys(value) if char not in old)
    return word(value, where)


def _core(value: Any, where: Where) -> Tables:
    """A new family of bodies, empty: its keys are filled by going down."""
    if not isinstance(value, Mapping) or not {"words", "key", "canonical"} <= value.keys():
        raise where.wrong("a family of bodies needs words, key and canonical", "as in kg/lexicon/bodies.toml")
    return {"words": [], "key": "", "canonical": ""}


def _walk_core(here: Tables, value: Any, where: Where, path: Path) -> set[tuple[Path, str]]:
    if not isinstance(value, Mapping):
        raise where.wrong("is a table, with keys of its own", "words, key, canonical, national")
    if "national" in value:
        here.setdefault("national", "")
    done = _walk(here, value, where, path, _add)
    if re.search(r"[{}]", re.sub(r"\{[pw]\}", "", here["canonical"])):
        raise (where / "canonical").wrong("only {p} (the place) and {w} (the words) may stand in braces")
    return done


def _known_keys(here: Mapping[str, Any]) -> str:
    names = list(here)
    return f"one of {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"


def word_list(value: Any, where: Where) -> tuple[str, ...]:
    """A list of words as the file has it. Raises LexiconError where it is none."""
    if not isinstance(value, list):
        raise where.wrong("is a list of words", 'as in ["书院", "工作坊"]')
    return tuple(word(one, where / number) for number, one in enumerate(value))


def pattern_list(value: Any, where: Where) -> tuple[str, ...]:
    """A list of regular expressions. Raises LexiconError for what is none."""
    found = word_list(value, where)
    for number, one in enumerate(found):
        try:
            re.compile(one)
        except re.error as error:
            raise (where / number).wrong(f"is not a regular expression: {error}") from error
    return found


def word(value: Any, where: Where) -> str:
    """One word: a text without white space around it and without invisible characters, not too long. Raises LexiconError."""
    if not isinstance(value, str):
        raise where.wrong("is a text", 'in quotation marks, as in "书院"')
    if not value.strip():
        raise where.wrong("is empty")
    if len(value) > LONGEST_WORD:
        raise where.wrong(f"is too long: a word has at most {LONGEST_WORD} characters, this has {len(value)}")
    if value != value.strip() or any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in value):
        raise where.wrong("has white space around it, or characters that cannot be seen")
    return value
