"""Many readings to one graph: a fold by key, the same whatever the order the documents come in.

Entities meet by id, statements by (subject, property, object, status, period, role, source), measures by all their fields
and the source. Nothing is renamed and nothing guessed: a merge adds names, mentions and evidence, and lets the readings vote
where they differ (classes by the number of mentions, the label by its fullness; a fact whose ends that vote has made into what its
relation does not join is left out). A `Merger` takes one reading at a time and
keeps only what the graph will hold, so that a stream of any length goes through it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from sys import intern

from kg.graph.fold_entity import EntityFold
from kg.graph.fold_facts import FactKey, MeasureKey, fact_key, fold_in, measure_key
from kg.graph.iri import DEFAULT_BASE, check_base, normal_id
from kg.graph.knowledge import DocumentInfo, Graph, Skipped, describe
from kg.model import Account, Fact, Measure, Naming, Reading, Source, Term
from kg.relate.ends import fits, of_terms


class Merger:
    """Readings go in one by one (`add`), the graph comes out (`graph`). `base` is what entity IRIs are made under."""

    def __init__(self, *, base: str = DEFAULT_BASE) -> None:
        self._base = check_base(base)
        self._entities: defaultdict[str, EntityFold] = defaultdict(EntityFold)
        self._facts: dict[FactKey, Fact] = {}
        self._measures: dict[MeasureKey, Measure] = {}
        self._sources: dict[str, Source] = {}
        self._documents: dict[str, DocumentInfo] = {}
        self._notes: dict[str, tuple[str, ...]] = {}
        self._terms: dict[str, Term] = {}  # by IRI
        self._accounts: dict[str, Account] = {}

    def add(self, reading: Reading) -> None:
        """Take one reading in.

        Raises ValueError where it breaks a promise of the pipeline: a fact or measure about what is not an entity of it,
        without evidence, or of an unknown property, status or basis; an entity that no place of the text names; a term that is defined otherwise.
        """
        source = reading.document.source
        terms = {term.iri: term for term in reading.terms}
        known = {normal_id(entity.id) for entity in reading.entities}
        facts = [part for fact in reading.facts for part in fact_key(fact, known, terms)]
        measures = [part for measure in reading.measures for part in measure_key(measure, known)]
        for entity in reading.entities:
            if not entity.mentions:
                raise ValueError(f"{entity.id} is mentioned nowhere in {source.name}")
        for iri, term in terms.items():
            if self._terms.get(iri, term) != term:
                raise ValueError(f"{iri} is another term in {source.name} than in the texts before")
        self._terms.update(terms)
        for entity in reading.entities:
            self._entities[normal_id(entity.id)].add(entity)
        fold_in(self._facts, facts)
        fold_in(self._measures, measures)
        self._add_source(source, reading)

    def __contains__(self, sha: object) -> bool:
        """Whether the document whose bytes have this SHA-256 has been taken in."""
        return sha in self._sources

    def also(self, sha: str, name: str) -> None:
        """A document that has been taken in is there under this name too: the one that sorts first is kept. Raises KeyError for another one."""
        known = self._sources[sha]
        if name < known.name:
            self._sources[sha] = replace(known, name=name)

    def graph(self, skipped: Iterable[Skipped] = ()) -> Graph:
        """What has been taken in so far, everything in one fixed order."""
        order = sorted(self._sources, key=lambda sha: (self._sources[sha].name, sha))
        entities = {key: self._entities[key].entity(key) for key in sorted(self._entities)}
        own = of_terms(self._terms.values())
        return Graph(
            entities=tuple(entities.values()),
            facts=tuple(self._facts[key] for key in sorted(self._facts) if fits(self._facts[key], entities, own)),
            measures=tuple(self._measures[key] for key in sorted(self._measures)),
            sources={sha: self._sources[sha] for sha in order},
            documents={sha: self._documents[sha] for sha in order},
            notes=tuple(dict.fromkeys(note for sha in order for note in self._notes[sha])),
            skipped=tuple(sorted(skipped)),
            base=self._base,
            terms=tuple(sorted(self._terms.values())),
            accounts={sha: self._accounts[sha] for sha in order if sha in self._accounts},
        )

    def _add_source(self, source: Source, reading: Reading) -> None:
        """Keep the source; of two files with the same bytes the name that sorts first stands for both."""
        sha = source.sha256
        if sha in self._sources and self._sources[sha].name <= source.name:
            return
        self._sources[sha] = source
        self._documents[sha] = describe(reading)
        self._notes[sha] = reading.notes
        if reading.account is not None:
            self._accounts[sha] = _small(reading.account)


def _small(account: Account) -> Account:
    """The account with ids as the graph has them; what many documents say alike is in memory once."""
    names = (Naming(intern(normal_id(one.entity)), intern(one.name), intern(one.why), one.mentions) for one in account.names)
    return replace(account, names=tuple(names))


def merge(readings: Iterable[Reading], *, base: str = DEFAULT_BASE, skipped: Iterable[Skipped] = ()) -> Graph:
    """Fold `readings` to one Graph. Raises ValueError as Merger.add does, UsageError for a base that makes no IRIs."""
    merger = Merger(base=base)
    for reading in readings:
        merger.add(reading)
    return merger.graph(skipped)
