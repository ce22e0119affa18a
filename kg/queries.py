"""The named queries of `queries/*.rq`: what people ask, in SPARQL that they can read, change and run elsewhere.

A query says in the comments at its top what it answers, what it can be given, and what its columns are called:

    # zh: 哪些媒体报道了它
    # en: Which media reported on it
    # param entity: entity, optional — 实体 | the entity
    # column media: 媒体 | media

A parameter is a variable of the query, bound to a term before it runs (never pasted into the text): so it must be in the SELECT
line. Its type says how what the user writes becomes a term (see TYPES).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError, UsageError

TYPES = {
    "entity": "an entity by its name, id or IRI",
    "source": "a document by its file's name, its title or the beginning of its SHA-256",
    "indicator": "what is counted, in any words: GDP增长 asks for 地区生产总值",
    "year": "a year: 2022",
    "text": "words, as they are",
    "number": "a figure",
}
_PARAM = re.compile(r"(\w+):\s*(\w+)(,\s*optional)?\s*(?:—\s*(.*))?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
MAX_FILE = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the user gives a value. `about`: what it is, in Chinese and in English."""

    name: str
    type: str
    optional: bool
    about: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A query with what its head says. `title`: what it answers, in Chinese and in English; `columns`: variable → heading."""

    name: str
    sparql: str
    title: tuple[str, str] = ("", "")
    parameters: tuple[Parameter, ...] = ()
    columns: dict[str, tuple[str, str]] | None = None

    def heading(self, variable: str, lang: str) -> str:
        """What the column of a variable is called in a language ("zh", "en")."""
        both = (self.columns or {}).get(variable)
        return both[lang == "en"] if both else variable


def queries_dir() -> Path:
    """The folder of the named queries: `kg/data/queries` in an installed wheel, `queries` in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "data" / "queries", package.parent / "queries"):
        if any(folder.glob("*.rq")):
            return folder
    raise InputError("the named queries are missing", "queries", "install the package again")


@cache
def library() -> dict[str, Named]:
    """All named queries by name, in the order of their names."""
    return {path.stem: read_query(path) for path in sorted(queries_dir().glob("*.rq"))}


def named(name: str) -> Named:
    """The query of this name. Raises UsageError where there is none: it names what is near."""
    found = library().get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, library(), 3)
        mend = f"did you mean {', '.join(near)}?" if near else "kg query lists them; SPARQL has a brace"
        raise UsageError(f"there is no query named {name!r}", "query", mend)
    return found


def read_query(path: str | Path) -> Named:
    """The query in a file. Raises InputError where it cannot be read, UsageError where its head is not one."""
    file = Path(path)
    try:
        if file.stat().st_size > MAX_FILE:
            raise InputError(f"larger than {MAX_FILE:,} bytes", str(path))
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", str(path)) from error
    return parse_query(text, file.stem, str(path))


def parse_query(text: str, name: str = "query", where: str = "query") -> Named:
    """A query from its text. Raises UsageError where a parameter is not declared as it should be."""
    titles = {"zh": "", "en": ""}
    parameters: list[Parameter] = []
    columns: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        key, _, rest = line.lstrip("# ").partition(" ")
        if key in ("zh:", "en:"):
            titles[key[:-1]] = rest.strip()
        elif key == "param":
            parameters.append(_parameter(rest, f"{where} line {number}"))
        elif key == "column":
            variable, _, told = rest.partition(":")
            columns[variable.strip()] = _both(told)
    return Named(name, text, (titles["zh"] or titles["en"], titles["en"] or titles["zh"]), tuple(parameters), columns)


def _parameter(text: str, where: str) -> Parameter:
    match = _PARAM.fullmatch(text.strip())
    if not match or match[2] not in TYPES or not _NAME.fullmatch(match[1]):
        mend = f"write # param NAME: TYPE[, optional] — 中文 | English; types: {', '.join(TYPES)}"
        raise UsageError(f"not a parameter: {text.strip()[:60]}", where, mend)
    return Parameter(match[1], match[2], match[3] is not None, _both(match[4] or ""))


def _both(text: str) -> tuple[str, str]:
    chinese, _, english = (part.strip() for part in text.partition(" | "))
    return chinese or english, english or chinese
