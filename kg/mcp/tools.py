"""What the tools answer, as plain values: small, with the sentence that says it, and with a word on how to go on where it is not all.

Nothing here knows of the protocol. All raise YishiError with one line that says how to mend the call.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.graph.ask_apart import Question, Workers
from kg.graph.documents import leads_of
from kg.graph.find import entity_id, find_one
from kg.graph.look import Look
from kg.graph.manifest import whole
from kg.graph.parameters import bind
from kg.graph.paths import paths
from kg.graph.search import Names
from kg.graph.statements import Said, Sentence
from kg.graph.store import base, open_store, place
from kg.graph.terms import terms_of
from kg.model import DONE, PLANNED, PROPERTIES
from kg.ontology import local_name
from kg.queries import library, named

JSON = dict[str, Any]
MOST_FACTS, MOST_ROWS, MOST_FOUND, LONGEST_WAY = 100, 500, 50, 8
LONGEST_CELL = 1_000  # characters
LOOKED_THROUGH = 5_000  # facts of one entity


@dataclass(frozen=True)
class Tools:
    """The tools over the graph of one published folder (as it was when they were made), with workers for queries."""

    folder: Path
    workers: Workers
    timeout: float

    @cached_property
    def look(self) -> Look:
        """The look into the store."""
        return Look(open_store(self.folder), leads_of(self.folder))

    @cached_property
    def base(self) -> str:
        """What entities' IRIs begin with."""
        return base(self.folder)

    @cached_property
    def names(self) -> Names:
        """All names, to be searched."""
        return Names(self.look.store, self.look.leads)

    def search(self, text: str, limit: int) -> JSON:
        """Entities by a part of a name, in characters, pinyin or initials."""
        hits = self.names.find(text, _within(limit, MOST_FOUND))
        return {
            "found": [
                {**self._thing(one.iri), "class": one.sort, "facts": self.names.ties[self.names.number[one.iri]], "called": name}
                for one, name in hits
            ]
        }

    def entity(self, name: str) -> JSON:
        """What an entity is, how many facts it has of each relation, and its figures."""
        iri = self._iri(name)
        found = self.look.entity(iri)
        if found is None:
            raise UsageError(f"{name[:60]!r} is no entity of the graph", "name", "search for it first")
        figures, count = self.look.figures(iri, MOST_FACTS)
        return {
            **self._thing(iri),
            "classes": [*found.kinds, *found.sorts],
            "other_names": list(found.others),
            **({"division_code": found.code} if found.code else {}),
            "resolved": found.resolved,
            "mentions": found.mentions,
            "relations": {
                f"{property}{'' if outward else ' (as object)'}": len(statements)
                for (property, outward), statements in self.look.statements(iri).items()
            },
            "figures": [
                {
                    "indicator": figure.indicator, "value": _number(figure.value), "unit": figure.unit, "as_written": figure.written,
                    "period": figure.period, "status": figure.status, "evidence": self._evidence(figure.sentences),
                }
                for figure, _ in figures
            ],
            **({"more_figures": count - len(figures)} if count > len(figures) else {}),
        }  # fmt: skip

    def facts(self, name: str, relation: str, other: str, status: str, year: str, limit: int, offset: int) -> JSON:
        """The facts of an entity with their sentences; "" for what is not to be filtered by."""
        relations = {**{name: name for name in PROPERTIES}, **{local_name(iri): iri for iri in self._own()}}
        if relation and relation not in relations:
            raise UsageError(f"no relation {relation[:40]!r}", "relation", f"one of {', '.join(relations)}")
        if status not in ("", DONE, PLANNED):
            raise UsageError(f"no status {status[:40]!r}", "status", f"{DONE}, {PLANNED}, or nothing")
        iri, to = self._iri(name), self._iri(other) if other else ""
        groups = self.look.statements(iri)
        chosen = [
            one for (property, _), found in groups.items() if relations.get(relation, property) == property for one in found
        ]
        told = [
            fact
            for fact in self.look.facts(chosen[:LOOKED_THROUGH])
            if status in ("", fact.said.status)
            and to in ("", fact.said.subject, fact.said.object)
            and (not year or any(part.startswith(year) for part in fact.said.period.split("/")))
        ]
        page = told[max(0, offset) : max(0, offset) + _within(limit, MOST_FACTS)]
        left = len(told) - max(0, offset) - len(page)
        return {
            "entity": self._thing(iri),
            "count": len(told),
            "facts": [{**self._said(fact.said), **self._carried(fact.context)} for fact in page],
            **(
                {"note": f"of {len(chosen):,} facts the first {LOOKED_THROUGH:,} were looked through: name a relation"}
                if len(chosen) > LOOKED_THROUGH
                else {}
            ),
            **({"more": f"{left} more: ask with offset={max(0, offset) + len(page)}"} if left > 0 else {}),
        }

    def path(self, start: str, end: str, planned: bool) -> JSON:
        """How two entities are connected."""
        one, two = self._iri(start), self._iri(end)
        ways = paths(self.look.store, one, two, longest=LONGEST_WAY, planned=planned)
        return {
            "from": self._thing(one),
            "to": self._thing(two),
            "paths": [
                [{"from": self._thing(s.start), "to": self._thing(s.end), "facts": [self._said(f) for f in s.facts]} for s in way]
                for way in ways
            ],
            **({} if ways else {"note": f"no way of at most {LONGEST_WAY} steps"}),
        }

    def sparql(self, query: str, limit: int) -> JSON:
        """The answer to a query, read-only."""
        return self._asked(Question(query, base=self.base, results="json", triples="nt", limit=_within(limit, MOST_ROWS)))

    def named(self, name: str, parameters: dict[str, str], limit: int) -> JSON:
        """The answer to a named query."""
        query = named(name)
        bound = bind(query, parameters, self.look.store, base=self.base)
        most = _within(limit, MOST_ROWS)
        return self._asked(Question(query.sparql, base=self.base, bindings=bound, results="json", triples="nt", limit=most))

    def overview(self) -> JSON:
        """What the graph is of: documents, counts, the words of its vocabulary, the named queries."""
        from kg.ontology import label

        counts = whole(self.folder)[0].get("counts", {})
        documents = self.look.documents()
        return {
            "documents": [{"title": d.title, "date": d.date, "iri": d.iri} for d in documents[:MOST_FOUND]],
            "counts": counts,
            "classes": {name: label(name, "zh") for name in counts.get("classes", {})},
            "relations": {**{name: label(name, "zh") for name in PROPERTIES}, **{local_name(iri): zh for iri, zh in self._own().items()}},
            "named_queries": {
                one.name: {"answers": one.title[1], "parameters": {p.name: f"{p.type}{', optional' if p.optional else ''}" for p in one.parameters}}
                for one in library().values()
            },
        }  # fmt: skip

    def stale(self) -> bool:
        """Whether another graph has been published in the folder since these tools were made."""
        return self._place != place(self.folder)

    @cached_property
    def _place(self) -> Path:
        return place(self.folder)

    def _asked(self, question: Question) -> JSON:
        answer = self.workers.ask(question, timeout=self.timeout, patience=self.timeout)
        data = b"".join(answer)
        cut = {"cut": f"only the first {answer.rows} rows: narrow the query, or page with OFFSET"} if answer.cut else {}
        if answer.form == "graph":
            return {"triples": data.decode().splitlines(), **cut}
        found = json.loads(data)
        if answer.form == "ask":
            return {"answer": found["boolean"]}
        rows = [{name: _cell(row[name]) for name in row} for row in found["results"]["bindings"]]
        return {"columns": found["head"]["vars"], "rows": rows, **cut}

    def _own(self) -> dict[str, str]:
        """IRI → Chinese label of the properties of a user's own."""
        return {term.iri: term.zh for term in terms_of(self.look.store) if term.sort == "property"}

    def _iri(self, name: str) -> str:
        return find_one(self.look.store, name, base=self.base).iri

    def _thing(self, iri: str) -> JSON:
        return {"name": self.look.name(iri), "id": entity_id(iri, self.base)}

    def _said(self, said: Said) -> JSON:
        told = {
            "subject": self.look.name(said.subject), "relation": local_name(said.property), "object": self.look.name(said.object),
            "status": said.status, "period": said.period, "role": said.role, "basis": said.basis,
        }  # fmt: skip
        return {**{key: value for key, value in told.items() if value}, "evidence": self._evidence(said.sentences)}

    def _carried(self, context: tuple[Sentence, ...]) -> JSON:
        return {"context": self._evidence(context)} if context else {}

    def _evidence(self, sentences: Iterable[Sentence]) -> list[JSON]:
        return [{"quote": one.quote, "document": self._title(one), "start": one.start, "end": one.end} for one in sentences]

    def _title(self, sentence: Sentence) -> str:
        document = self.look.document(sentence.source)
        return (
            f"{document.title} ({document.date})" if document and document.date else document.title if document else sentence.file
        )


def _within(number: int, most: int) -> int:
    return max(1, min(number, most))


def _number(value: Any) -> Any:
    return value if isinstance(value, int) else float(value)


def _cell(term: dict[str, str]) -> str:
    text = term["value"]
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
