"""A graph while it is edited: what the steps of kg.edits.apply read and change, and what is told of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace

from kg.edits.names import Names
from kg.edits.quotes import Texts
from kg.edits.rows import Row
from kg.edits.told import Misfit, Told
from kg.graph.fold_facts import fact_key, fold_in, measure_key
from kg.graph.knowledge import DocumentInfo, Graph
from kg.model import Entity, Fact, Measure

ENDS = ("publisher_entity", "speaker_entity", "report", "home", "body")  # of a DocumentInfo: ids of entities


@dataclass(slots=True)
class Draft:
    """`moved`: id → id of entities that are another one now. `changed`: id → the row that changed the entity's classes."""

    graph: Graph
    texts: Texts
    entities: dict[str, Entity]
    facts: list[Fact]
    measures: list[Measure]
    documents: dict[str, DocumentInfo]
    moved: dict[str, str] = field(default_factory=dict)
    changed: dict[str, Row] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    @staticmethod
    def of(graph: Graph) -> Draft:
        """A copy to work on."""
        return Draft(
            graph,
            Texts(graph.sources, graph.documents),
            {entity.id: entity for entity in graph.entities},
            list(graph.facts),
            list(graph.measures),
            dict(graph.documents),
        )

    def names(self) -> Names:
        """The names that the entities have now."""
        return Names(self.entities, self.moved, self.graph.base)

    def each(self, rows: Iterable[Row], do: Callable[[Row], None]) -> None:
        """Do it for each row; a row that does not fit is told of."""
        for row in rows:
            try:
                do(row)
            except Misfit as misfit:
                self.tell(row, misfit)

    def tell(self, row: Row, misfit: Misfit, *, obeyed: bool = False) -> None:
        """Tell why a row does not fit, or what followed from it."""
        self.told.append(misfit.told(row.line, row.text, obeyed=obeyed))

    def rename(self, ids: dict[str, str]) -> None:
        """Let facts, figures and documents speak of these entities by their new ids."""
        self.facts = [replace(f, subject=ids.get(f.subject, f.subject), object=ids.get(f.object, f.object)) for f in self.facts]
        self.measures = [replace(m, about=ids.get(m.about, m.about)) for m in self.measures]
        self._about(lambda key: ids.get(key, key))

    def remove(self, ids: set[str]) -> None:
        """Take entities out, with all that is said of them."""
        for key in ids:
            del self.entities[key]
        self.facts = [f for f in self.facts if f.subject not in ids and f.object not in ids]
        self.measures = [m for m in self.measures if m.about not in ids]
        self._about(lambda key: None if key in ids else key)

    def fold(self) -> None:
        """Let facts, and figures, that are one now be one, in the order that a merge gives."""
        known = set(self.entities)
        facts: dict[tuple[str, ...], Fact] = {}
        fold_in(facts, (part for fact in self.facts for part in fact_key(fact, known)))
        measures: dict[tuple[str, ...], Measure] = {}
        fold_in(measures, (part for measure in self.measures for part in measure_key(measure, known)))
        self.facts = [facts[key] for key in sorted(facts)]
        self.measures = [measures[key] for key in sorted(measures)]

    def _about(self, now: Callable[[str], str | None]) -> None:
        for sha, info in self.documents.items():
            ends = {one.name: getattr(info, one.name) for one in fields(info) if one.name in ENDS}
            self.documents[sha] = replace(info, **{name: now(key) for name, key in ends.items() if key is not None})


def by_line(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by "action about" (join entity), each in the order of lines."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[f"{row.action} {row.about}"].append(row)
    return found
