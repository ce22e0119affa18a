"""Hostile and broken inputs by name: each writes itself into a folder and says what must come of it.

READ: the build takes it in. REFUSED: one line says why it is left out. EITHER: both are right, by what the machine has (OCR, LibreOffice,
memory); never is it a traceback, a run without end, or the end of the other documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

READ, REFUSED, EITHER = "read", "refused", "either"
SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。"

Make = Callable[[Path], None]
"""Writes the input into an empty folder."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `big`: it takes longer or more room than `make test` has. `why`: words that its refusal must hold."""

    name: str
    expected: str
    make: Make
    why: str = ""
    big: bool = False


def of_bytes(file: str | bytes, data: bytes | str | Callable[[], bytes]) -> Make:
    """What writes one file of this content; where it is a function it is only called then."""

    def make(folder: Path) -> None:
        content = data() if callable(data) else data
        target = folder / file if isinstance(file, str) else bytes(folder) + b"/" + file
        with open(target, "wb") as out:
            out.write(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)

    return make


def families() -> dict[str, list[Input]]:
    """All inputs by the module that makes them, each family in its order."""
    from torture import encodings, files, markup, packed, pictures, texts

    modules = (encodings, texts, markup, packed, pictures, files)
    return {module.__name__.rpartition(".")[2]: list(module.inputs()) for module in modules}


def every() -> dict[str, Input]:
    """All inputs by name. Raises ValueError where two have one name."""
    found: dict[str, Input] = {}
    for one in (one for family in families().values() for one in family):
        if one.name in found:
            raise ValueError(one.name)
        found[one.name] = one
    return found


def chosen(words: Sequence[str]) -> list[Input]:
    """The inputs of the families that are named, and those whose name holds one of the other words; all, without words."""
    known = families()
    named = {one.name for word in words for one in known.get(word, ())}
    parts = [word for word in words if word not in known]
    return [one for one in every().values() if not words or one.name in named or any(part in one.name for part in parts)]
