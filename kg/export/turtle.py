"""Turtle that reads well, the same bytes for the same graph: grouped by what things are, sorted, Chinese as it is.

A writer of our own: pyoxigraph's serializer is the fastest but keeps no order, spells every name that has a slash in it with
escapes (org:湖州市\\/政协) and sets nothing apart; rdflib's takes eight times as long (18 s to 2.2 s for 183,000 triples). Names
under the base are written as relative IRIs (<org/湖州市/政协>), since a prefixed name can hold neither a slash nor “” nor …;
terms of vocabularies and spans are prefixed names. Whatever a text can hold is escaped so that every Turtle parser reads back
the same triples, and controls, direction marks and invisible characters are spelled out (\\u202E) so that a reader sees them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.collector import paused
from kg.export.turtle_order import SPANS, Block, predicate_rank, section_of, sort_key, type_rank
from kg.graph.iri import DEFAULT_BASE
from kg.graph.rdf import parts
from kg.graph.vocabulary import KG, PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph
    from kg.model import Fact, Measure

TYPE = RDF + "type"
_LINE = 120
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SPAN = re.compile(r"source/([0-9a-f]{64})#(offset_[0-9]+_[0-9]+)")
# Below the base, segments that resolving would not change: none empty, none of dots only, no colon in the first, no query.
_RELATIVE = re.compile(r"(?!\.{1,2}(?:[/#]|$))[^/:?#]+(?:/(?!\.{1,2}(?:[/#]|$))[^/?#]+)*(?:#[^#]*)?")
# What Turtle lets stand without quotes and datatype.
_BARE = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}
# Controls, soft hyphen, Arabic and other invisible format characters, direction marks, line separators, surrogates and BOM.
_UNSEEN = re.compile(
    '[\x00-\x1f"\\\\\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f'
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_Subjects = defaultdict[NamedNode | BlankNode, set[tuple[NamedNode, object]]]
SHARED = 2  # the named graphs that come before those of the sources: entities and facts
_IS_SPAN = (NamedNode(RDF + "type"), NamedNode(KG + "Span"))
_OFFSET = "#offset_"
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@paused()
def to_turtle(triples: Iterable[Triple], base: str = DEFAULT_BASE) -> str:
    """The triples as one Turtle document with line ends \\n, whatever order (and however often) they come in."""
    writer = _Writer(base)
    subjects = _Subjects(set)
    for triple in triples:
        subjects[triple.subject].add((triple.predicate, triple.object))  # type: ignore[index]
    writer.number_sources(subjects)
    return _document(writer, writer.blocks(subjects))


def graph_to_turtle(graph: Graph) -> str:
    """All that a graph says as one Turtle document: `to_turtle(graph.triples())`, in less memory.

    What is said of an entity comes from many sources and is kept; what else a source says stands in its own named graph alone, and becomes
    text before the next source's is made. A span is told in one go, once: it becomes text before the next span (a book has a million).
    """
    writer = _Writer(graph.base)
    findings: tuple[Fact | Measure, ...] = (*graph.facts, *graph.measures)
    cited = chain((span for e in graph.entities for span in e.mentions), (span for found in findings for span in found.evidence))
    contexts = (found.context for found in findings if found.context)
    writer.number({span.source for span in chain(cited, contexts)})
    shared, blocks = _Subjects(set), list[Block]()
    for place, (_, said) in enumerate(parts(graph)):
        own = _Subjects(set)
        for subject, told in groupby(said, key=attrgetter("subject")):
            pairs: set[tuple[NamedNode, object]] = {(triple.predicate, triple.object) for triple in told}
            if _IS_SPAN in pairs:
                blocks.append(writer.block(subject, pairs))
            else:
                (shared if place < SHARED or subject in shared else own)[subject] |= pairs
        blocks += writer.blocks(own)
    return _document(writer, blocks + writer.blocks(shared))


def _document(writer: _Writer, blocks: list[Block]) -> str:
    lines: list[str] = []
    section = ""
    for block in sorted(blocks):
        if block.section != section:
            section = block.section
            lines.append(f"\n# {section}\n" if lines and lines[-1][-1] != "\n" else f"# {section}\n")
        lines.append(block.text)
    if lines:  # not of the whole, which would be a copy of it
        lines[-1] = lines[-1].rstrip("\n") + "\n"
    return "\n".join((writer.header(), "", *lines))


class _Writer:
    """Spells terms, and keeps which prefixes the document needs."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._sources: dict[str, str] = {}  # SHA-256 → prefix
        self._used: set[str] = set()
        self._names: dict[str, str] = {}  # IRI → its spelling
        self._namespaces = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))

    def number_sources(self, subjects: Iterable[NamedNode | BlankNode]) -> None:
        """Give each source whose spans are described a prefix: t and 8 figures of its SHA-256, or all where 8 do not do."""
        found = (_SPAN.fullmatch(s.value[len(self._base) :]) for s in subjects if s.value.startswith(self._base))
        self.number({match[1] for match in found if match})

    def number(self, shas: set[str]) -> None:
        """Give each of these sources its prefix."""
        length = 8 if len({sha[:8] for sha in shas}) == len(shas) else 64
        self._sources = {sha: f"t{sha[:length]}" for sha in sorted(shas)}

    def header(self) -> str:
        """The @base and @prefix lines that the blocks written so far need."""
        lines = [f"@base <{self._base}> ."]
        lines += [f"@prefix {name}: <{PREFIXES[name]}> ." for name in PREFIXES if name in self._used]
        lines += [f"@prefix {name}: <source/{sha}#> ." for sha, name in self._sources.items()]
        return "\n".join(lines)

    def blocks(self, subjects: _Subjects) -> list[Block]:
        """All that is said about these subjects."""
        return [self.block(subject, pairs) for subject, pairs in subjects.items()]

    def block(self, subject: NamedNode | BlankNode, pairs: set[tuple[NamedNode, object]]) -> Block:
        """All that is said about one subject, with its place in the document."""
        said: defaultdict[str, list[object]] = defaultdict(list)
        for predicate, target in pairs:
            said[predicate.value].append(target)
        section, place = section_of(subject, said)
        name = self.term(subject)
        phrases = [self._phrase(p, said[p]) for p in sorted(said, key=predicate_rank)]
        text = f"{name} {' ; '.join(phrases)} ." if section == SPANS else f"{name} " + " ;\n    ".join(phrases) + " .\n"
        return Block(section, place, text)

    def term(self, term: object) -> str:
        """One term as Turtle spells it."""
        if type(term) is NamedNode:
            return self._iri(term.value)
        if isinstance(term, BlankNode):
            return f"_:{term.value}"
        assert isinstance(term, Literal), term
        kind = term.datatype.value
        bare = _BARE.get(kind)
        if bare and bare.fullmatch(term.value):
            return term.value
        text = f'"{_UNSEEN.sub(_escape, term.value)}"'
        if term.language:
            return f"{text}@{term.language}"
        return text if kind == XSD + "string" else f"{text}^^{self._iri(kind)}"

    def _phrase(self, predicate: str, targets: list[object]) -> str:
        name = "a" if predicate == TYPE else self._iri(predicate)
        if len(targets) == 1:
            return f"{name} {self.term(targets[0])}"
        line, lines = name, []
        for place, target in enumerate(sorted(targets, key=type_rank if predicate == TYPE else sort_key)):
            text = self.term(target)
            if place and len(line) + len(text) > _LINE:
                lines.append(line + ",")
                line = "       "
            elif place:
                line += ","
            line += f" {text}"
        return "\n".join((*lines, line))

    def _iri(self, iri: str) -> str:
        name = self._names.get(iri)
        if name is None:
            name = self._spell(iri)
            if _OFFSET not in iri:  # there are too many spans to remember
                self._names[iri] = name
        return name

    def _spell(self, iri: str) -> str:
        for name, namespace in self._namespaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        if iri.startswith(self._base):
            rest = iri[len(self._base) :]
            span = _SPAN.fullmatch(rest)
            if span and span[1] in self._sources:
                return f"{self._sources[span[1]]}:{span[2]}"
            if _RELATIVE.fullmatch(rest):
                return f"<{_UNSEEN.sub(_escape_long, rest)}>"
        return f"<{_UNSEEN.sub(_escape_long, iri)}>"


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or _escape_long(match)


def _escape_long(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
