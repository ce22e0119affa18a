"""`merges.tsv`: every name that was joined into an entity and why, and what has one name and was kept apart. One row a name.

Tab-separated, UTF-8 with a byte order mark, without which Excel takes Chinese for something else. No cell has a tab or a line break
in it, and one that a spreadsheet would take for a formula has a ' before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from kg.export.joined import harmless, join
from kg.export.report.joins import Called, KeptApart, apart, joined
from kg.export.report.words import words

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

COLUMNS = ("outcome", "id", "class", "label", "name", "reason", "explanation", "mentions", "documents", "where")
MOST = 20
"""Documents, or other entities, that one cell names; the rest is a figure."""


def merges(graph: Graph, lang: str = "zh") -> bytes:
    """The file, with explanations in Chinese ("zh") or English ("en"). The same graph gives the same bytes."""
    file = io.StringIO()
    writer = csv.writer(file, "excel-tab", lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(graph, words()[lang]):
        writer.writerow(_cell(cell) for cell in row)
    return file.getvalue().encode("utf-8-sig")


def _rows(graph: Graph, say: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for names in joined(graph):
        for one in names:
            yield (
                "joined", *_entity(one), one.why, say[f"why-{one.why}"], str(one.mentions), str(len(one.documents)),
                _list([f"{graph.sources[sha].name} ({count})" for sha, count in _most_first(one)[:MOST]], len(one.documents), say),
            )  # fmt: skip
    for kept in apart(graph):
        documents = {span.source for span in kept.entity.mentions}
        others = [other.id for other in islice(kept.group, MOST + 1) if other is not kept.entity][:MOST]
        files = sorted(graph.sources[sha].name for sha in documents)
        yield (
            "apart", *_entity(kept), kept.why, f"{say[f'apart-{kept.why}']} {say['see-also']}{_list(others, len(kept.group) - 1, say)}", str(len(kept.entity.mentions)),
            str(len(documents)), _list(files[:MOST], len(files), say),
        )  # fmt: skip


def _entity(of: Called | KeptApart) -> tuple[str, ...]:
    return of.entity.id, of.entity.classes[0], of.entity.label, of.name


def _most_first(one: Called) -> list[tuple[str, int]]:
    """The documents, those that have the name most first, then in the order of the graph."""
    return sorted(one.documents.items(), key=lambda item: -item[1])


def _list(names: list[str], all_of_them: int, say: Mapping[str, str]) -> str:
    """The names in one cell, and how many more there are."""
    more = all_of_them - len(names)
    return join([*names, say["more"].format(n=more)] if more else names)


def _cell(text: str) -> str:
    return harmless(" ".join(text.split()))
