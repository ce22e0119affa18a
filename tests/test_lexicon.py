"""A lexicon of the user's own: what its words, names, classes and relations do to a graph, and that everything else copes with them."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from pathlib import Path

import pytest
import rdflib
from command import kg as command
from page_opened import Opened
from pyoxigraph import RdfFormat, parse
from serving import served

import kg
from kg.graph.validate import validate
from kg.lexicon import Lexicon
from kg.lexicon.own import read
from kg.model import Source
from kg.pipeline import read_document

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "example-university"
UNI = "https://example.org/university#"
HEAD = f'namespace = "{UNI}"\n'
LAB = HEAD + '[[class]]\nname = "Laboratory"\nof = "Organization"\nzh = "实验室"\nen = "laboratory"\nheads = ["实验室"]\n'
COOPERATES = (
    HEAD
    + '[[property]]\nname = "cooperatesWith"\nzh = "合作"\nen = "cooperates with"\nfrom = "Organization"\nto = "Organization"\n'
    'verbs = ["与…合作"]\n'
)


@pytest.fixture
def own(tmp_path):
    """A lexicon of what the files say."""

    def make(*texts: str) -> Lexicon:
        files = []
        for number, text in enumerate(texts):
            files.append(tmp_path / f"my{number}.toml")
            files[-1].write_text(text, "utf-8")
        return read(files)

    return make


def reading(text: str, lexicon: Lexicon | None = None, home: str = "湖州市"):
    """What one text gives."""
    return read_document(Source("ab" * 32, "text.txt", text), home=home, lexicon=lexicon)


def named(found) -> dict[str, str]:
    """Label → class, the finer where there is one."""
    return {e.label: e.kind or e.classes[0] for e in found.entities}


def said(found) -> set[tuple[str, str, str]]:
    labels = {e.id: e.label for e in found.entities}
    return {(labels[f.subject], f.property.removeprefix(UNI), labels[f.object]) for f in found.facts}


@pytest.fixture(scope="module")
def university(tmp_path_factory):
    """The folder of the documents' example, built with its lexicon."""
    folder = tmp_path_factory.mktemp("university") / "out"
    kg.publish(kg.build(EXAMPLE / "report.txt", lexicon=EXAMPLE / "university.toml"), folder)
    return folder


# Words of the tables


def test_a_head_noun_that_is_added_makes_names(own):
    text = "湖州市政协打造太湖渔家茶话坊。"
    assert "太湖渔家茶话坊" not in named(reading(text))
    found = reading(text, own('[heads.Platform]\nstrong = ["茶话坊"]\n'))
    assert named(found)["太湖渔家茶话坊"] == "Platform"
    assert ("政协湖州市委员会", "runs", "太湖渔家茶话坊") in said(found)


def test_a_head_noun_that_is_removed_makes_none(own):
    text = "湖州市政协打造太湖民生议事厅。"
    assert named(reading(text))["太湖民生议事厅"] == "Platform"
    assert "太湖民生议事厅" not in named(reading(text, own('[remove.heads.Platform]\nstrong = ["议事厅"]\n')))


def test_a_verb_that_is_added_says_what_its_table_says(own):
    text = "湖州市政协承训2023年全省政协委员培训大会。"
    assert not any(fact[1] == "hosts" for fact in said(reading(text)))
    assert any(fact[1] == "hosts" for fact in said(reading(text, own('[verbs.hosts]\nverbs = ["承训"]\n'))))


def test_a_measure_word_that_is_added_counts(own):
    text = "湖州市政协开展培训，获得32学分。"
    assert "学分" not in {m.unit for m in reading(text).measures}
    assert "学分" in {m.unit for m in reading(text, own('[units.families]\nthing = ["学分"]\n')).measures}


def test_a_word_may_hold_signs_that_mean_something_in_a_pattern(own):
    lexicon = own('[words]\ntopic_nouns = ["专题(一)", "A+B*"]\ntopic_verbs = ["围(绕"]\n[verbs.receives]\nverbs = ["捧回(了"]\n')
    assert named(reading("湖州市政协围绕“共同富裕”专题(一)开展协商。", lexicon))["共同富裕"] == "Topic"


def test_files_stand_on_top_of_each_other(own):
    text = "湖州市政协打造太湖渔家茶话坊。"
    add, take = '[heads.Platform]\nstrong = ["茶话坊"]\n', '[remove.heads.Platform]\nstrong = ["茶话坊"]\n'
    assert "太湖渔家茶话坊" in named(reading(text, own(add)))
    assert "太湖渔家茶话坊" not in named(reading(text, own(add, take)))


def test_a_family_of_bodies_can_be_added(own):
    lexicon = own('[bodies.core.senate]\nwords = ["参议会"]\nkey = "参议会"\ncanonical = "{p}参议会"\n')
    found = reading("湖州市参议会召开工作会议。市参议会作了报告。", lexicon)
    assert [e.id for e in found.entities if "参议会" in e.id and e.classes == ("Organization",)] == ["org/湖州市/参议会"]


# Names one knows


def test_a_known_thing_is_found_by_all_its_names_as_one(own):
    lexicon = own('[[entity]]\nname = "湖州云栖大学"\nclass = "Organization"\nalt = ["云大", "云栖"]\nin = "湖州市"\n')
    found = reading("云大召开会议。湖州云栖大学与云栖附属小学在湖州市参加了展览。", lexicon)
    (one,) = [e for e in found.entities if e.label == "湖州云栖大学"]
    assert (one.id, one.alt, len(one.mentions)) == ("org/湖州市/湖州云栖大学", ("云大", "云栖"), 3)


def test_a_name_of_two_characters_is_none_inside_a_word(own):
    lexicon = own('[[entity]]\nname = "发展"\nclass = "Platform"\n')
    assert "发展" not in named(reading("湖州市政协推动发展中国家交流。", lexicon))


def test_what_one_knows_of_a_thing_is_a_fact_on_the_user_s_word(own):
    lexicon = own(
        '[[entity]]\nname = "云栖大学"\nclass = "Organization"\nin = "湖州市"\n'
        '[[entity]]\nname = "求真讲习会"\nclass = "Organization"\npart_of = "云栖大学"\n'
    )
    found = reading("云栖大学在湖州市。求真讲习会成立。", lexicon)
    told = {f.property: f for f in found.facts if f.rule == "known-thing"}
    assert {name: f.basis for name, f in told.items()} == {"inDistrict": "user", "partOf": "user"}
    alone = reading("求真讲习会成立。", lexicon)
    assert not [f for f in alone.facts if f.rule == "known-thing"], "the text does not name the university"


def test_a_known_thing_is_what_the_user_says_it_is_also_where_the_grammar_thinks_otherwise(own):
    text = "湖州市政协打造太湖民生议事厅。"
    lexicon = own('[[entity]]\nname = "太湖民生议事厅"\nclass = "Program"\n')
    assert (named(reading(text))["太湖民生议事厅"], named(reading(text, lexicon))["太湖民生议事厅"]) == ("Platform", "Program")


def test_a_name_may_hold_any_sign(own):
    names = ["甲/乙中心", "“一号”院/", "C++ & <b>社", "丙#丁?戊"]
    lexicon = own(
        "".join(
            f'[[entity]]\nname = {json.dumps(name, ensure_ascii=False)}\nclass = "Organization"\nin = "湖州市"\n'
            for name in names
        )
    )
    graph = kg.merge([reading(f"湖州市政协走访{name}。", lexicon) for name in names[:1]])
    assert "甲/乙中心" in {e.label for e in graph.entities}
    found = named(reading("湖州市政协走访" + "，走访".join(names) + "。", lexicon))
    assert set(names) <= found.keys()


# Classes


def test_a_finer_class_stands_beside_the_contract_s_own(own):
    graph_of = reading("湖州市政协走访太湖水质实验室。", own(LAB))
    (one,) = [e for e in graph_of.entities if e.label.endswith("实验室")]
    assert (one.classes, one.kind) == (("Organization",), f"{UNI}Laboratory")


def test_a_class_and_its_labels_can_be_asked_for(university):
    rows = kg.open(university).query(
        "SELECT ?name ?class { ?x a ?c, kg:Organization ; skos:prefLabel ?name . ?c rdfs:subClassOf kg:Organization ;"
        " rdfs:label ?class FILTER (LANG(?class) = 'zh' && STRSTARTS(STR(?c), 'https://example.org/')) }"
    )
    assert {(row["name"], row["class"]) for row in rows} == {
        (name, "学院") for name in ("求真书院", "人文学院", "计算机学院", "生命科学学院")
    }  # fmt: skip


def test_a_class_without_a_namespace_is_named_under_the_base(tmp_path):
    (tmp_path / "my.toml").write_text(LAB.removeprefix(HEAD), "utf-8")
    (tmp_path / "text.txt").write_text("湖州市政协走访太湖水质实验室。", "utf-8")
    graph = kg.build(tmp_path / "text.txt", base="https://example.org/id/", lexicon=tmp_path / "my.toml")
    assert [term.iri for term in graph.terms] == ["https://example.org/id/terms#Laboratory"]
    assert "<terms#Laboratory> a owl:Class" in (graph.to_turtle() or "")


# Relations


def test_a_relation_of_one_s_own_is_said_by_its_verb(own):
    found = reading("湖州市政协与安吉县教育局、德清县教育局深入开展合作。", own(COOPERATES))
    assert {fact for fact in said(found) if fact[1] == "cooperatesWith"} == {
        ("政协湖州市委员会", "cooperatesWith", f"{county}教育局") for county in ("安吉县", "德清县")
    }  # fmt: skip


def test_with_whom_something_was_done_is_not_who_does_the_next_thing(own):
    found = reading("湖州市政协与安吉县教育局开展合作，与德清县教育局开展合作。", own(COOPERATES))
    assert {fact[0] for fact in said(found) if fact[1] == "cooperatesWith"} == {"政协湖州市委员会"}


def test_what_is_planned_is_planned_and_what_is_denied_is_not_said(own):
    found = reading("2023年，湖州市政协将与安吉县教育局合作。湖州市政协没有与德清县教育局合作。", own(COOPERATES))
    assert {f.status for f in found.facts if f.property == f"{UNI}cooperatesWith"} == {"planned"}
    assert not any(fact[1] == "cooperatesWith" and fact[2] == "德清县教育局" for fact in said(found))


def test_a_finer_relation_stands_beside_the_contract_s_own(own):
    finer = (
        HEAD
        + '[[property]]\nname = "coHosts"\nof = "hosts"\nzh = "协办"\nen = "co-hosts"\nfrom = "Organization"\nto = "Meeting"\n'
        'verbs = ["协办"]\n'
    )
    found = reading("湖州市政协协办第三届太湖生态论坛。", own(finer))
    assert {("政协湖州市委员会", name, "第三届太湖生态论坛") for name in ("hosts", "coHosts")} <= said(found)
    beside = [f for f in found.facts if f.property in ("hosts", f"{UNI}coHosts")]
    assert len({(f.status, f.period, f.evidence) for f in beside}) == 1


def test_a_relation_joins_the_classes_it_names_and_no_others(own):
    lexicon = own(LAB + COOPERATES.removeprefix(HEAD).replace('to = "Organization"', 'to = "Laboratory"'))
    found = said(reading("湖州市政协与太湖水质实验室、安吉县教育局合作。", lexicon))
    assert {fact[2] for fact in found if fact[1] == "cooperatesWith"} == {"太湖水质实验室"}


# Everything else


def test_the_graph_keeps_the_contract(university):
    assert validate(university).violations == ()


def test_a_relation_that_the_graph_does_not_define_breaks_the_contract(university):
    graph = rdflib.Graph().parse(university / "graph.ttl")
    graph.remove((rdflib.URIRef(f"{UNI}appoints"), rdflib.RDFS.subPropertyOf, None))
    assert {found.shape for found in validate(graph).violations} == {"statement-predicate"}


def test_each_fact_quotes_the_sentence_that_says_it(university):
    graph = kg.open(university)
    own_facts = [f for f in graph.facts if f.property.startswith(UNI)]
    assert len(own_facts) == 7
    labels = {e.id: (e.label, *e.alt) for e in graph.entities}
    for fact in own_facts:
        assert any(name in graph.quote(fact.evidence[0]) for name in labels[fact.object])


def test_who_opens_the_folder_has_the_graph_that_was_built(university):
    built, opened = kg.build(EXAMPLE / "report.txt", lexicon=EXAMPLE / "university.toml"), kg.open(university)
    assert len(built.terms) == 4
    for part in ("entities", "facts", "measures", "terms"):
        assert getattr(opened, part) == getattr(built, part)
    assert opened.to_turtle() == built.to_turtle()


def test_texts_read_one_by_one_are_merged_with_their_terms():
    lexicon = read(EXAMPLE / "university.toml")
    texts = [Source(f"{n}" * 64, f"{n}.txt", (EXAMPLE / "report.txt").read_text("utf-8") + "\n" * n) for n in (1, 2)]
    graph = kg.merge([read_document(source, lexicon=lexicon) for source in texts])
    assert graph.terms == lexicon.terms
    assert {s.name for s in graph.sources.values()} == {"1.txt", "2.txt"}


def test_a_term_that_two_lexicons_define_in_two_ways_is_not_merged(own):
    other = own(COOPERATES.replace('zh = "合作"', 'zh = "协作"'))
    texts = [Source(f"{n}" * 64, f"{n}.txt", "湖州市政协与安吉县教育局合作。") for n in (1, 2)]
    with pytest.raises(ValueError, match="cooperatesWith is another term"):
        kg.merge([read_document(texts[0], lexicon=own(COOPERATES)), read_document(texts[1], lexicon=other)])


def test_every_export_holds_the_terms(university, tmp_path):
    graph = kg.open(university)
    for name in ("graphml", "gexf", "networkx", "nif", "webannotation", "rdfxml", "jsonld", "parquet"):
        graph.export(name, tmp_path / name)
        assert (tmp_path / name).exists(), name
    graph.export("neo4j-csv", tmp_path / "neo4j")
    assert "COOPERATES_WITH" in (tmp_path / "neo4j" / "Fact.csv").read_text("utf-8")
    assert "College" in (tmp_path / "neo4j" / "Entity.csv").read_text("utf-8")
    graph.export("csv", tmp_path / "csv")
    facts = next(path.read_text("utf-8-sig") for path in (tmp_path / "csv").iterdir() if "fact" in path.name)
    assert any(f"{UNI}appoints" in row for row in csv.reader(io.StringIO(facts)))


def test_an_excel_table_tells_the_terms_by_their_labels(university, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    kg.open(university).export("xlsx", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert "聘任" in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def test_a_database_takes_the_terms_and_lets_them_go_again(university, tmp_path):
    ladybug = pytest.importorskip("ladybug")
    url, plain = f"ladybug:{tmp_path / 'graph.lbug'}", kg.build(EXAMPLE / "report.txt")
    kg.open(university).load_into(url)
    with ladybug.Database(str(tmp_path / "graph.lbug"), read_only=True) as base, ladybug.Connection(base) as connection:
        assert connection.execute("MATCH ()-[r:COOPERATES_WITH]->() RETURN count(r)").get_all() == [[3]]
    plain.load_into(url)
    with ladybug.Database(str(tmp_path / "graph.lbug"), read_only=True) as base, ladybug.Connection(base) as connection:
        assert "COOPERATES_WITH" not in {row[0] for row in connection.execute("CALL show_tables() RETURN name")}


def test_the_command_builds_explains_and_tells_with_it(tmp_path):
    lexicon = ("--lexicon", EXAMPLE / "university.toml")
    done = command("build", EXAMPLE / "report.txt", "-o", "out", "--no-html", *lexicon, cwd=tmp_path)
    assert done.returncode == 0 and "cooperates with  " in done.stdout, done.stderr
    assert "—聘任→ 王明远" in command("show", "云大", "--graph", "out", cwd=tmp_path, lang="zh").stdout
    assert "cooperates with" in command("stats", "--graph", "out", cwd=tmp_path).stdout
    assert "appoints" in command("query", "evidence", "--entity", "云大", "--graph", "out", cwd=tmp_path).stdout
    explained = command("explain", "云大与安吉县教育局合作。", *lexicon, cwd=tmp_path).stdout
    assert "湖州云栖大学 —cooperates with→ 安吉县教育局" in explained
    beside = command("diff", EXAMPLE / "report.txt", tmp_path / "out", *lexicon, "--home", "湖州市", cwd=tmp_path)
    assert beside.returncode == 0, beside.stderr


def test_the_page_tells_the_terms_by_their_labels_and_gives_them_along(university, browser):
    opened = Opened(browser, university / "graph.html")
    card = opened.find("湖州云栖大学")
    assert "聘任" in card and "合作" in card and UNI not in card
    opened.find("求真书院")
    assert "学院" in opened.page.inner_text("#card .kind")
    taken = {
        quad.object.value for quad in parse(opened.download("ttl"), RdfFormat.TURTLE) if quad.predicate.value.endswith("#type")
    }
    assert f"{UNI}College" in taken
    assert opened.errors == []
    opened.context.close()


def test_the_server_tells_the_terms_by_their_labels(university):
    with served(university, lang="zh") as server:
        page = server.get("/id/org/湖州市/湖州云栖大学", headers={"Accept": "text/html"}, follow_redirects=True).text
        assert "聘任" in page and "合作" in page
        assert "学院" in server.get("/id/org/湖州市/求真书院", headers={"Accept": "text/html"}, follow_redirects=True).text


def test_the_server_builds_dropped_files_with_the_lexicon(tmp_path):
    with served(tmp_path / "none", "--lexicon", str(EXAMPLE / "university.toml")) as server:
        (token,) = re.findall(r'name="page-token" content="([^"]+)"', server.get("/").text)
        headers = {"X-Yishi-Token": token}
        job = server.post(
            "/builds", files={"files": ("report.txt", (EXAMPLE / "report.txt").read_bytes())}, headers=headers
        ).json()
        until = time.monotonic() + 60
        while (job := server.get(f"/builds/jobs/{job['id']}").json())["state"] in ("waiting", "reading", "writing"):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert job["state"] == "done", job
        assert (tmp_path / "none" / "builds").is_dir()
        assert f"<{UNI}College> a owl:Class" in next((tmp_path / "none" / "builds").glob("*/graph.ttl")).read_text("utf-8")


def test_rdflib_reads_what_is_written(university):
    graph = rdflib.Graph().parse(university / "graph.ttl")
    assert (
        rdflib.URIRef(f"{UNI}endows"),
        rdflib.RDFS.subPropertyOf,
        rdflib.URIRef("https://w3id.org/yishi/ontology#carriesOut"),
    ) in graph
