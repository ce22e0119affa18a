"""`kg export nif`: each text whole, and every name and cited sentence at its place in it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from export_cases import CASES, graph

from kg.export.exporter import export
from kg.export.nif_text import ITSRDF, NIF

SAME = ox.NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch")


def read(path):
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


def one(store, subject, name):
    (quad,) = store.quads_for_pattern(subject, ox.NamedNode(NIF + name), None)
    return quad.object.value if isinstance(quad.object, ox.Literal) else quad.object


@pytest.mark.parametrize("case", CASES)
def test_every_anchor_is_what_its_context_says_at_that_place(case, tmp_path):
    export(graph(case), "nif", tmp_path / "g")
    store = read(tmp_path / "g")
    texts = {
        one(store, q.subject, "sourceUrl").value: q.object.value
        for q in store.quads_for_pattern(None, ox.NamedNode(NIF + "isString"), None)
    }
    assert set(texts.values()) == {source.text.replace("\r\n", "\n") for source in graph(case).sources.values()}
    count = 0
    for quad in store.quads_for_pattern(None, ox.NamedNode(NIF + "anchorOf"), None):
        begin, end = (int(one(store, quad.subject, name)) for name in ("beginIndex", "endIndex"))
        context = one(store, quad.subject, "referenceContext")
        assert one(store, context, "isString")[begin:end] == quad.object.value
        assert quad.subject.value.endswith(f"#char={begin},{end}")
        count += 1
    assert count or case == "nothing but a text"


@pytest.mark.parametrize("case", CASES)
def test_every_mention_is_there_with_its_entity(case, tmp_path):
    export(graph(case), "nif", tmp_path / "g")
    store = read(tmp_path / "g")
    found = set()
    for quad in store.quads_for_pattern(None, ox.NamedNode(ITSRDF + "taIdentRef"), None):
        (span,) = (q.object.value for q in store.quads_for_pattern(quad.subject, SAME, None))
        found.add((quad.object.value, span))
    mention = "https://w3id.org/yishi/ontology#mention"
    assert found == {(t.subject.value, t.object.value) for t in graph(case).triples() if t.predicate.value == mention}


def test_that_line_ends_count_as_one_character_is_said_and_is_no_loss(tmp_path):
    (note,) = export(graph("small"), "nif", tmp_path / "g")
    assert "CR LF" in note.en and not note.lost
    assert not export(graph("seed"), "nif", tmp_path / "g")
