"""What a notebook shows: a graph as a small summary, answers as a table. All text escaped, no script, no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from kg.graph.terms import in_order
from kg.model import CLASSES

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.graph.query import Row

SHOWN, LONGEST = 50, 300  # rows of a table, characters of a cell
CONNECTED, TITLES = 8, 5


class Rows(list["Row"]):
    """The answers of a query: a list of rows that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        """The table, or a line that says there are no answers."""
        if not self:
            return "<p><em>no answers</em></p>"
        names = list(self[0])
        body = ([row.get(name) for name in names] for row in self[:SHOWN])
        more = f"<p>{len(self):,} rows, the first {SHOWN} shown</p>" if len(self) > SHOWN else ""
        return _table(names, body) + more


def graph_html(graph: Graph) -> str:
    """A graph's documents, how many of what it has, and what is best connected."""
    from kg.ontology import knowing, label, local_name

    ties = Counter(end for fact in graph.facts for end in (fact.subject, fact.object))
    labels = {entity.id: entity.label for entity in graph.entities}
    classes = Counter(entity.classes[0] for entity in graph.entities)
    properties = Counter(fact.property for fact in graph.facts)
    titles = [info.title or graph.sources[sha].name for sha, info in graph.documents.items()]
    best = sorted(ties, key=lambda entity: (-ties[entity], entity))[:CONNECTED]
    more = f"<br>… {len(titles) - TITLES:,} more" if len(titles) > TITLES else ""
    head = f"{len(graph.entities):,} entities · {len(graph.facts):,} facts · {len(graph.measures):,} figures"
    with knowing(graph.terms):
        relations = [(f"{label(name, 'zh')} {local_name(name)}", properties[name]) for name in in_order(properties)]
    return "".join(
        (
            f"<div><p><strong>kg.Graph</strong> · {head}</p>",
            f"<p>{'<br>'.join(_cell(title) for title in titles[:TITLES])}{more}</p>",
            '<table style="display:inline-table;vertical-align:top;margin-right:2em">',
            _rows((f"{label(name, 'zh')} {name}", classes[name]) for name in CLASSES if classes[name]),
            '</table><table style="display:inline-table;vertical-align:top;margin-right:2em">',
            _rows(relations),
            '</table><table style="display:inline-table;vertical-align:top">',
            _rows((labels.get(entity, entity), ties[entity]) for entity in best),
            "</table></div>",
        )
    )


def _table(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{_rows(rows)}</tbody></table>"


def _rows(rows: Iterable[Iterable[Any]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in rows)


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…").replace("\n", " ")
