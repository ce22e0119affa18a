"""The ontology: every term is explained in both languages, and what code, shapes and graphs use is defined there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Literal, URIRef

from kg.model import CLASSES, PROPERTIES
from kg.ontology import KG, entity_classes, load_ontology, ontology_dir, relation_properties
from kg.pipeline import build
from kg.relate.ends import ENDS

ROOT = Path(__file__).parent.parent
ONTOLOGY = load_ontology()
TERMS = sorted(str(term) for term in set(ONTOLOGY.subjects(RDFS.label)) if str(term).startswith(str(KG)))


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_term_has_a_label_and_a_comment_in_each_language(term: str, language: str) -> None:
    for link in (RDFS.label, RDFS.comment):
        said = [o for o in ONTOLOGY.objects(URIRef(term), link) if isinstance(o, Literal) and o.language == language]
        assert len(said) == 1 and str(said[0]).strip()


def test_the_ten_classes_and_the_twelve_relations_are_those_of_the_contract() -> None:
    assert entity_classes() == set(CLASSES)
    assert relation_properties() == set(PROPERTIES)


def test_the_shapes_use_no_term_that_the_ontology_does_not_define() -> None:
    for file in ontology_dir().glob("shapes*.ttl"):
        used = set(re.findall(r"\bkg:([A-Za-z]+)", file.read_text("utf-8")))
        assert {f"{KG}{name}" for name in used} <= set(TERMS), file.name


def test_a_graph_uses_no_term_that_the_ontology_does_not_define() -> None:
    text = build(next((ROOT / "seeds").glob("*.txt"))).to_turtle()
    assert text is not None
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert {f"{KG}{name}" for name in re.findall(r"\bkg:([A-Za-z]+)", outside)} <= set(TERMS)


def test_relations_are_made_between_the_classes_that_the_ontology_names() -> None:
    schema = "https://schema.org/"
    for relation, pairs in ENDS.items():
        for side, link in ((0, "domainIncludes"), (1, "rangeIncludes")):
            named = {str(o).removeprefix(str(KG)) for o in ONTOLOGY.objects(URIRef(KG + relation), URIRef(schema + link))}
            made = {class_ for pair in pairs for class_ in pair[side]}
            if made != set(CLASSES):
                assert made & set(CLASSES) <= named | {"Organization"}, (relation, link)


def test_the_ontology_names_its_version_and_licence() -> None:
    ontology = URIRef("https://w3id.org/yishi/ontology")
    assert (ontology, RDF.type, OWL.Ontology) in ONTOLOGY
    assert ONTOLOGY.value(ontology, OWL.versionIRI) is not None
    assert "apache" in str(ONTOLOGY.value(ontology, URIRef("http://purl.org/dc/terms/license"))).lower()


def test_the_document_says_what_the_ontology_says() -> None:
    spec = importlib.util.spec_from_file_location("make_ontology_docs", ROOT / "tools" / "make_ontology_docs.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.main(["--check"]) == 0
