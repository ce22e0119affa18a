"""Building from files: the real seed page through the whole pipeline, and what happens to files that cannot be read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import InputError, UsageError
from kg.graph.merge import merge
from kg.graph.validate import validate

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_f4386b4722091613.txt"
KG = rdflib.Namespace("https://w3id.org/yishi/ontology#")
NEWS = (
    "安吉县政协召开主席会议\n\n2024年3月5日，安吉县政协召开主席会议，学习《中华人民共和国乡村振兴促进法》。"
    "安吉县政协打造“协商驿站”平台。\n"
)


@pytest.fixture(scope="module")
def seed():
    return kg.build(SEED)


@pytest.fixture(scope="module")
def rdf(seed):
    return rdflib.Graph().parse(data=seed.to_turtle(), format="turtle")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "新闻.txt").write_text(NEWS, "utf-8")
    (tmp_path / "旧闻.txt").write_text(NEWS.replace("2024", "2023").replace("安吉县", "德清县"), "gb18030")
    return tmp_path


def test_the_seed_page_gives_entities_facts_and_the_text_it_has(seed):
    assert len(seed.entities) > 150
    assert len(seed.facts) > 100
    assert seed.skipped == ()
    (source,) = seed.sources.values()
    assert source.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert source.name == SEED.name


def test_every_sentence_of_the_contract_that_a_shape_can_say_holds(seed, tmp_path):
    seed.to_turtle(tmp_path / "graph.ttl")
    assert validate(tmp_path).violations == ()


def test_every_statement_is_backed_by_a_sentence_that_names_an_end_of_it(seed):
    for fact in seed.facts:
        ends = (*seed.entity(fact.subject).mentions, *seed.entity(fact.object).mentions)
        for proof in fact.evidence:
            named = [m for m in ends if m.source == proof.source and proof.start <= m.start and m.end <= proof.end]
            assert named, f"{fact}: {seed.quote(proof)}"


def test_a_stated_fact_has_a_sentence_that_names_both_ends(seed):
    for fact in seed.facts:
        if fact.basis != "stated":
            continue
        named = [
            [any(p.start <= m.start and m.end <= p.end for m in seed.entity(end).mentions) for end in (fact.subject, fact.object)]
            for p in fact.evidence
        ]
        assert any(map(all, named)), f"{fact}: {[seed.quote(p) for p in fact.evidence]}"


def test_every_plain_triple_has_a_statement_that_says_done(rdf):
    entities = set(rdf.subjects(rdflib.SKOS.prefLabel))
    done = {
        tuple(rdf.value(s, part) for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object))
        for s in rdf.subjects(KG.status, KG.done)
    }
    plain = {triple for triple in rdf if triple[0] in entities and triple[2] in entities}
    assert plain
    assert plain <= done


def test_every_entity_is_mentioned_and_its_mentions_do_not_overlap(seed):
    for entity in seed.entities:
        assert entity.mentions
        assert all(one.end <= two.start for one, two in zip(entity.mentions, entity.mentions[1:], strict=False))


def test_quotes_are_whole_sentences_of_the_file_as_decoded(seed):
    text = SEED.read_bytes().decode("utf-8-sig")
    for finding in (*seed.facts, *seed.measures):
        for span in finding.evidence:
            quote = seed.quote(span)
            assert quote == text[span.start : span.end]
            assert quote == quote.strip()
            assert sum(quote.count(mark) for mark in "。！？") <= 3


def test_the_bytes_do_not_depend_on_the_hash_seed(seed):
    code = "import kg, sys; sys.stdout.buffer.write(kg.build(sys.argv[1]).to_turtle().encode())"
    run = [sys.executable, "-c", code, str(SEED)]
    found = {
        subprocess.run(run, env={"PYTHONHASHSEED": chance, "PATH": ""}, cwd=ROOT, capture_output=True, check=True).stdout
        for chance in ("1", "2")
    }
    assert found == {seed.to_turtle().encode()}


def test_what_was_built_before_makes_no_difference(seed, folder):
    kg.build(folder, home="安吉县")
    assert kg.build(SEED).to_turtle() == seed.to_turtle()


def test_nothing_of_this_machine_or_this_moment_stands_in_the_turtle(seed):
    turtle = seed.to_turtle()
    assert str(ROOT) not in turtle
    assert "generatedAtTime" not in turtle
    assert "dateTime" not in turtle


def test_the_order_of_the_files_makes_no_difference(folder):
    one, two = folder / "新闻.txt", folder / "旧闻.txt"
    assert kg.build(one, two).to_turtle() == kg.build(two, one).to_turtle() == kg.build(folder).to_turtle()
    assert len(kg.build(folder).sources) == 2


def test_building_one_by_one_and_merging_gives_the_same_graph(folder):
    from kg.read import read_source

    readings = [kg.read_document(read_source(path)) for path in sorted(folder.iterdir())]
    assert merge(readings).to_turtle() == kg.build(folder).to_turtle()


def test_a_file_that_is_there_twice_is_read_once(folder):
    (folder / "再存.txt").write_bytes((folder / "新闻.txt").read_bytes())
    graph = kg.build(folder)
    assert sorted(source.name for source in graph.sources.values()) == ["再存.txt", "旧闻.txt"]


def test_a_file_that_cannot_be_read_is_left_out_and_told_of(folder):
    (folder / "空.txt").write_bytes(b"")
    (folder / "乱.txt").write_bytes(bytes(range(256)) * 64)
    graph = kg.build(folder, folder / "没有.txt")
    assert {skipped.name for skipped in graph.skipped} == {"空.txt", "乱.txt", "没有.txt"}
    assert all(skipped.reason and "\n" not in skipped.reason for skipped in graph.skipped)
    assert not any(str(folder) in skipped.reason for skipped in graph.skipped)
    assert len(graph.sources) == 2


@pytest.mark.parametrize("content", [None, b"", b" \n\t ", b"\x00\x01\x02" * 99])
def test_where_nothing_can_be_read_one_clear_line_says_why(tmp_path, content):
    path = tmp_path / "文.txt"
    if content is not None:
        path.write_bytes(content)
    for sources in ([path], [path, path], [path, tmp_path / "没有.txt"]):
        with pytest.raises(InputError) as caught:
            kg.build(*sources)
        assert "\n" not in str(caught.value)
        assert "txt" in str(caught.value)


def test_a_build_of_nothing_says_so():
    with pytest.raises(InputError, match="no document"):
        kg.build()


def test_a_home_that_is_no_place_is_refused(folder):
    with pytest.raises(UsageError):
        kg.build(folder, home="没有这个地方市")


def test_the_user_says_whose_text_it_is(tmp_path):
    path = tmp_path / "文.txt"
    path.write_text("2024年3月5日，市政协召开主席会议，学习《中华人民共和国乡村振兴促进法》。\n", "utf-8")
    graph = kg.build(path, home="湖州市")
    assert graph.entity("org/湖州市/政协").label == "政协湖州市委员会"


def test_the_base_of_the_names_is_the_users(folder):
    graph = kg.build(folder, base="https://data.example/id/")
    assert graph.to_turtle().startswith("@base <https://data.example/id/> .")
    assert "w3id.org/yishi/id" not in graph.to_turtle()
    with pytest.raises(UsageError):
        kg.build(folder, base="nonsense")


def test_each_file_is_told_of_before_it_is_read(folder):
    told = []
    kg.build(folder, progress=told.append)
    assert sorted(told) == ["新闻.txt", "旧闻.txt"]


def test_a_longer_document_than_allowed_is_left_out(folder):
    (folder / "长.txt").write_text(NEWS * 20, "utf-8")
    graph = kg.build(folder, max_chars=500)
    assert [skipped.name for skipped in graph.skipped] == ["长.txt"]
