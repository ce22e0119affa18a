"""Where the words of a row stand: the document that a cell names, and the sentence that a quote is of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.edits.rows import Row
from kg.edits.told import Misfit
from kg.model import Document, Source, Span
from kg.parse import parse

if TYPE_CHECKING:
    from kg.graph.knowledge import DocumentInfo

LISTED, LONGEST = 5, 4000  # places that are named; characters of a quote
_SHA = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document (several, where a quote goes on): in view offsets, and as the span that is its evidence."""

    document: Document
    start: int
    end: int
    span: Span


class Texts:
    """The documents of a graph, to look for words in. They are parsed again where a row quotes them, and only then."""

    def __init__(self, sources: Mapping[str, Source], documents: Mapping[str, DocumentInfo]) -> None:
        self._sources = sources
        self._last: Document | None = None
        self._called: dict[str, list[str]] = defaultdict(list)
        for sha, source in sources.items():
            for name in {source.name, source.name.rpartition(".")[0], documents[sha].title or ""} - {""}:
                self._called[name].append(sha)

    def named(self, words: str) -> str:
        """The SHA-256 of the document of this file name (with or without its ending), title or beginning of its SHA-256.

        Raises Misfit where there is none, or several.
        """
        found = list(self._called.get(words, ()))
        if _SHA.fullmatch(words):
            found += [sha for sha in self._sources if sha.startswith(words) and sha not in found]
        if not found:
            raise Misfit("no-source", name=words[:60])
        if len(found) > 1:
            listed = ", ".join(f"{self._sources[sha].name} ({sha[:12]})" for sha in found[:LISTED])
            raise Misfit("sources", name=words[:60], n=len(found), candidates=listed)
        return found[0]

    def passage(self, row: Row) -> Passage:
        """The one sentence that the row's quote, or its source, start and end, points at. Raises Misfit where there is none, or several."""
        within = [self.named(row["source"])] if row["source"] else list(self._sources)
        if row["start"]:
            return self._at(within[0], int(row["start"]), int(row["end"]), row["quote"])
        found = self.passages(row["quote"], within)
        if len(found) == 1:
            return found[0]
        if not found:
            raise Misfit("no-quote", quote=row["quote"][:60])
        places = ", ".join(f"{self._sources[p.span.source].name} {p.span.start}–{p.span.end}" for p in found[:LISTED])
        raise Misfit("quotes", n=len(found), places=f"{places} …" if len(found) > LISTED else places)

    def passages(self, quote: str, within: Iterable[str]) -> list[Passage]:
        """Each sentence with these words, white space aside, in the order of the documents and the text."""
        if len(quote) > LONGEST:
            return []
        words, shas = _loose(quote), list(within)
        # Most texts need no parsing: their source text has the words or has not. Only where page furniture stands amid them is that not so.
        having = [sha for sha in shas if words.search(self._sources[sha].text)]
        found = {passage.span: passage for sha in having or shas for passage in self._of(sha, words)}
        return list(found.values())

    def places(self, name: str, within: Iterable[str]) -> list[Span]:
        """Where source texts have a name, white space aside."""
        words = _loose(name)
        return [Span(sha, *hit.span()) for sha in within for hit in words.finditer(self._sources[sha].text)]

    def _of(self, sha: str, words: re.Pattern[str]) -> Iterator[Passage]:
        document = self._parsed(sha)
        for text in dict.fromkeys((document.as_written(), document.text)):
            for hit in words.finditer(text):
                yield _passage(document, *hit.span())
        for hit in words.finditer(document.source.text):
            yield _at(document, *hit.span())

    def _at(self, sha: str, start: int, end: int, quote: str) -> Passage:
        source = self._sources[sha]
        if end > len(source.text):
            raise Misfit("offsets", name=source.name, n=len(source.text))
        if quote and not _loose(quote).search(source.text, start, end):
            raise Misfit("no-quote", quote=quote[:60])
        return _at(self._parsed(sha), start, end)

    def _parsed(self, sha: str) -> Document:
        if self._last is None or self._last.source.sha256 != sha:
            self._last = parse(self._sources[sha])
        return self._last


def holds(text: str, quote: str) -> bool:
    """Whether a text has these words, white space aside."""
    return "".join(quote.split()) in "".join(text.split())


def _loose(words: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))


def _at(document: Document, start: int, end: int) -> Passage:
    """The passage at source offsets; just these where the view leaves them out (page furniture)."""
    first, last = (bisect_left(document.offsets, at, 0, len(document.text)) for at in (start, end))
    return _passage(document, first, last) if first < last else Passage(document, 0, 0, Span(document.source.sha256, start, end))


def _passage(document: Document, start: int, end: int) -> Passage:
    """The sentences that a stretch of the view touches; the stretch itself where it is in none (a heading)."""
    touched = [s for s in document.sentences if s.start < end and start < s.end]
    if touched:
        start, end = touched[0].start, touched[-1].end
    return Passage(document, start, end, document.span(start, end))
