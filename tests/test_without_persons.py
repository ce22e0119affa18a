"""`kg build --no-persons`: a graph in which no person stands, though the texts it quotes name whom they name."""

from __future__ import annotations

import re

import graph_cases as cases
import pytest
from command import kg as command

import kg
from kg.graph.merge import merge
from kg.graph.persons import without_persons
from kg.graph.validate import validate

NAMES = ("李上葵", "张文华")


@pytest.fixture(scope="module")
def built(seed, tmp_path_factory):
    """The seed page with its people and without, published."""
    folder = tmp_path_factory.mktemp("persons")
    whole, without = kg.build(seed), kg.build(seed, persons=False)
    kg.publish(without, folder / "out")
    return whole, without, folder / "out"


def test_no_person_is_an_entity_and_nothing_is_said_about_one(built):
    whole, without, _ = built
    people = {entity.id for entity in whole.entities if entity.classes[0] == "Person"}
    assert {whole.entity(one).label for one in people} >= set(NAMES)
    assert people.isdisjoint(entity.id for entity in without.entities)
    assert all(people.isdisjoint((fact.subject, fact.object)) for fact in without.facts)
    assert people.isdisjoint(measure.about for measure in without.measures)
    assert not [fact for fact in without.facts if fact.property == "worksFor"]
    assert not any("Person" in entity.classes for entity in without.entities)


def test_all_else_is_as_it_was(built):
    whole, without, _ = built
    people = {entity.id for entity in whole.entities if "Person" in entity.classes}
    assert without.entities == tuple(entity for entity in whole.entities if entity.id not in people)
    assert without.facts == tuple(fact for fact in whole.facts if people.isdisjoint((fact.subject, fact.object)))
    assert without.measures == tuple(measure for measure in whole.measures if measure.about not in people)
    assert without.sources == whole.sources


def test_nobody_is_named_as_the_one_who_spoke(built):
    _, without, out = built
    (about,) = without.documents.values()
    assert (about.speaker, about.speaker_post, about.speaker_entity) == (None, None, None)
    assert about.title and about.body
    assert not without.query("SELECT ?who { ?source a kg:Source ; dcterms:creator ?who }")
    assert not any(name in (out / file).read_text("utf-8") for name in NAMES for file in ("documents.json", "manifest.json"))


def test_in_what_is_written_a_name_stands_only_where_the_text_is_quoted(built):
    _, _, out = built
    turtle = (out / "graph.ttl").read_text("utf-8")
    quotes = re.sub(r'kg:quote "(?:[^"\\]|\\.)*"', "", turtle)
    assert not any(name in quotes for name in NAMES) and any(name in turtle for name in NAMES)
    assert not re.search(r"kg:Person|kg:worksFor|org:Membership|dcterms:creator|/person/", turtle)
    assert validate(out).violations == ()
    page = (out / "graph.html").read_text("utf-8")
    assert not re.search(r'"person/|"李上葵"|李上葵\. ', page), "no entity, no author of a citation"
    assert "李上葵" in page, "the text itself is there as it was"


def test_one_reading_loses_its_people_and_nothing_else():
    reading = cases.reading()
    graph = merge([without_persons(reading)])
    assert {e.id for e in reading.entities} - {e.id for e in graph.entities} == {cases.CHAIR}
    assert {f.property for f in reading.facts} - {f.property for f in graph.facts} <= {"worksFor", "attends", "issues"}
    assert without_persons(without_persons(reading)) == without_persons(reading)


def test_the_command_leaves_them_out_and_its_help_says_that_the_texts_still_name_them(seed, tmp_path):
    assert command("build", seed, "--no-persons", "--no-html", "-o", "out", cwd=tmp_path).returncode == 0
    assert not any("Person" in entity.classes for entity in kg.open(tmp_path / "out").entities)
    help_text = " ".join(command("build", "--help").stdout.split())
    assert "still hold names" in help_text
