"""What `kg serve` shows and gives of one thing: pages, data, neighbourhoods, the place of a quote; and that no text becomes markup."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from serving import Served, served

import kg
from kg.graph.knowledge import DocumentInfo, Graph
from kg.model import Entity, Fact, Source, Span

BASE = "https://w3id.org/yishi/id/"
BODY, HALL = f"{BASE}org/湖州市/政协", f"{BASE}thing/湖州市/民生议事堂"
HOSTILE = "湖州市政协打造“<img src=x onerror=alert(1)>在线”平台。湖州市政协制定《</script><script>alert(2)</script>办法》。湖州市政协将建设“委员'\"云{{7*7}}”平台。"
FAN = 1500


@pytest.fixture(scope="module")
def server(seed_graph: Path) -> Iterator[Served]:
    with served(seed_graph, lang="zh") as running:
        yield running


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a" and "href" in attributes]


def path_of(iri: str) -> str:
    return "/id/" + quote(iri.removeprefix(BASE), safe="/%")


def test_a_thing_has_a_page_with_its_facts_and_the_sentences(server: Served) -> None:
    answer = server.get(path_of(HALL), headers={"Accept": "text/html"})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert "民生议事堂" in page.text
    assert "829场次" in page.text
    assert "运行者" in page.text  # how kg:runs reads from here
    assert path_of(BODY) in page.links()
    assert "组织开展" in page.text


def test_the_address_of_a_thing_that_was_joined_to_another_leads_there(tmp_path: Path, root: Path) -> None:
    """`kept dcterms:replaces old` in the graph is what an edit leaves; who has a bookmark of the old one, or links to it, is led on."""
    edits = tmp_path / "edits.tsv"
    edits.write_text("action\tsubject\tobject\njoin\tthing/湖州市/民生议事堂\tthing/湖州市/两山农情议事会\n")
    graph = kg.build(root / "seeds", edits=edits)
    assert graph.edited is not None and not graph.edited.unfit
    old = next(old for entity in graph.entities for old in entity.replaces)
    kg.publish(graph, tmp_path / "graph", html=False)
    with served(tmp_path / "graph") as server:
        for form in ("text/html", "text/turtle"):
            answer = server.get(path_of(graph.iri(old)), params={"lang": "en"}, headers={"Accept": form})
            assert answer.status_code == 303
            there = server.get(answer.headers["location"], headers={"Accept": form})
            assert there.status_code == 200 and "民生议事堂" in there.text
        assert server.get("/id", params={"iri": graph.iri(old)}).headers["location"] == path_of(HALL)
        assert server.get("/id/thing/never").status_code == 404


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_a_thing_is_also_data(server: Served, accept: str, form: ox.RdfFormat) -> None:
    answer = server.get(path_of(HALL), headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert "Accept" in answer.headers["vary"]
    triples = {quad.triple for quad in ox.parse(answer.content, format=form)}
    says = {
        (t.subject.value, t.predicate.value.rpartition("#")[2]): t.object for t in triples if isinstance(t.subject, ox.NamedNode)
    }
    assert says[HALL, "prefLabel"].value == "民生议事堂"
    assert any(t.predicate.value.endswith("#quote") and "829" in t.object.value for t in triples)
    assert says[BODY, "prefLabel"].value == "政协湖州市委员会"  # who reads it need not ask again what the other end is


def test_a_thing_that_is_not_there_is_404_as_a_page_and_as_a_line(server: Served) -> None:
    for accept, beginning in (("text/html", "<!doctype html>"), ("text/turtle", "the graph has nothing named")):
        answer = server.get("/id/thing/nothing", headers={"Accept": accept})
        assert answer.status_code == 404
        assert answer.text.startswith(beginning)
    assert server.get("/id", params={"iri": "not an iri"}).status_code == 400
    assert server.get(path_of(HALL), headers={"Accept": "image/png"}).status_code == 406


def test_every_entity_of_the_graph_has_its_page(server: Served, seed_graph: Path) -> None:
    graph = kg.open(seed_graph)
    for entity in graph.entities[::3]:
        answer = server.get(path_of(graph.iri(entity.id)), headers={"Accept": "text/html"})
        assert answer.status_code == 200, entity.id
        assert entity.label in Page(answer.text).text


def test_every_link_of_a_page_leads_somewhere(server: Served) -> None:
    seen = set()
    for start in ("/", path_of(HALL), "/list/Meeting", "/find?q=" + quote("政协")):
        for link in Page(server.get(start, headers={"Accept": "text/html"}).text).links():
            address = link.partition("#")[0]
            if address and address not in seen:
                seen.add(address)
                assert address.startswith("/"), link
                assert server.get(address, headers={"Accept": "text/html"}).status_code == 200, link
    assert len(seen) > 40


def test_a_quote_leads_to_its_place_in_the_text(server: Served, seed_graph: Path, seed: Path) -> None:
    text = seed.read_bytes().decode("utf-8-sig")
    page = Page(server.get(path_of(HALL), headers={"Accept": "text/html"}).text)
    places = [link for link in page.links() if "?at=" in link]
    assert places
    for link in places:
        start, end = map(int, re.findall(r"at=(\d+)-(\d+)", link)[0])
        article = server.get(link, headers={"Accept": "text/html"}).text
        (marked,) = set(re.findall(r'<mark id="here"[^>]*>(.*?)</mark>', article, re.S))
        assert marked == re.sub(r"\s", "", text[start:end])
        raw = server.get(link.replace("?", "?raw&").partition("#")[0], headers={"Accept": "text/html"}).text
        assert Page(raw).text.count(text[start:end]) >= 1


def test_names_are_found_in_characters_pinyin_and_initials(server: Served) -> None:
    for text in ("民生议事堂", "议事堂", "minshengyishi", "msyst", "MSYST", "民生 议事堂"):
        found = server.get("/api/search", params={"q": text}).json()
        assert found[0]["name"] == "民生议事堂", text
        assert found[0]["address"] == path_of(HALL)
    assert server.get("/api/search", params={"q": "市政协"}).json()[0]["called"] == "市政协"
    assert server.get("/api/search", params={"q": "  "}).json() == []
    assert server.get("/api/search", params={"q": "x" * 5000}).json() == []


def test_pinyin_begins_at_a_syllable(server: Served) -> None:
    names = {hit["name"] for hit in server.get("/api/search", params={"q": "ishi", "limit": 100}).json()}
    assert "民生议事堂" not in names


def test_a_neighbourhood_is_the_best_connected_around_and_the_lines_among_them(server: Served) -> None:
    told = server.get("/api/neighbourhood", params={"iri": BODY, "limit": 10}).json()
    assert told["nodes"][0]["name"] == "政协湖州市委员会"
    assert len(told["nodes"]) == 11
    assert told["more"] > 50
    drawn = {node["iri"] for node in told["nodes"]}
    assert all({edge["from"], edge["to"]} <= drawn for edge in told["edges"])
    ties = [node["facts"] for node in told["nodes"][1:]]
    assert ties == sorted(ties, reverse=True)
    again = server.post("/api/neighbourhood", json={"iri": BODY, "limit": 10, "known": list(drawn)}).json()
    assert not drawn & {node["iri"] for node in again["nodes"][1:]}
    assert server.get("/api/neighbourhood", params={"iri": "http://x/"}).status_code == 404
    for body in ('{"iri": 1}', "[]", "nonsense", '{"iri": "http://x/", "known": [1]}'):
        assert server.post("/api/neighbourhood", content=body).status_code == 400


def test_the_facts_between_two_have_their_sentences(server: Served) -> None:
    told = server.get("/api/facts", params={"iri": BODY, "with": HALL}).json()
    assert told["count"] == len(told["facts"]) >= 1
    for fact in told["facts"]:
        assert {fact["subject"]["iri"], fact["object"]["iri"]} == {BODY, HALL}
        assert "民生议事堂" in fact["evidence"][0]["quote"].replace("\n", "")


def test_a_named_query_is_answered_with_its_parameters_bound(server: Served, seed_graph: Path) -> None:
    told = server.get("/api/named/coverage", params={"entity": "民生议事堂"}).json()
    assert told["results"]["bindings"][0]["mentions"]["value"] == str(
        len(kg.open(seed_graph).entity("thing/湖州市/民生议事堂").mentions)
    )
    assert server.get("/api/named/coverage").status_code == 400
    assert server.get("/api/named/nothing").status_code == 404
    hostile = server.get("/api/named/coverage", params={"entity": '民生议事堂"} } DROP ALL #'})
    assert hostile.status_code == 400
    assert "no entity is called" in hostile.text


def test_pages_speak_the_reader_s_language(seed_graph: Path, server: Served) -> None:
    assert "联系最多" in server.get("/").text
    english = server.get("/?lang=en")
    assert "Best connected" in english.text
    assert "lang=en" in english.headers["set-cookie"]
    assert 'lang="en"' in english.text
    server.client.cookies.clear()
    with served(seed_graph, "--lang", "en") as other:
        assert "Best connected" in other.get("/").text


def test_without_a_graph_the_first_page_asks_for_files(tmp_path: Path) -> None:
    with served(tmp_path / "nothing", lang="zh") as running:
        assert "http" in running.said
        page = running.get("/")
        assert page.status_code == 200
        assert "把文件变成图谱" in page.text
        assert running.get("/health").json()["graph"] is False
        assert running.get("/sparql", params={"query": "ASK {}"}).status_code == 404
        assert not (tmp_path / "nothing").exists()


def test_the_whole_graph_is_a_page_and_a_file(server: Served, seed_graph: Path, tmp_path: Path) -> None:
    page = server.get("/graph")
    assert "民生议事堂" in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "script-src" in page.text  # its own policy is in it
    assert server.get("/graph.ttl").content == (seed_graph / "graph.ttl").read_bytes()
    shutil.copytree(seed_graph, tmp_path / "graph")
    (tmp_path / "graph" / "graph.html").write_text("<!doctype html><title>as built</title>")
    with served(tmp_path / "graph") as running:
        assert "as built" in running.get("/graph").text


@pytest.fixture(scope="module")
def fan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A body that runs very many platforms: more than one page, or one picture, holds."""
    text = "某市政协运行平台。"
    source = Source("a" * 64, "many.txt", text)
    span = Span(source.sha256, 0, len(text))
    names = [Entity(f"thing/某市/平台{n:04d}", ("Platform",), f"平台{n:04d}", mentions=(span,)) for n in range(FAN)]
    body = Entity("org/某市/政协", ("Organization",), "某市政协", mentions=(span,))
    facts = tuple(Fact(body.id, "runs", one.id, "done", "stated", "made", (span,)) for one in names)
    graph = Graph(
        tuple(sorted((body, *names), key=lambda e: e.id)), facts, (), {source.sha256: source}, {source.sha256: DocumentInfo()}
    )
    folder = tmp_path_factory.mktemp("fan") / "graph"
    kg.publish(graph, folder, html=False)
    with served(folder, lang="en") as running:
        yield running


def test_a_thing_with_very_many_facts_is_read_page_by_page(fan: Served) -> None:
    first = fan.get("/id/org/某市/政协", headers={"Accept": "text/html"})
    assert len(first.content) < 60_000
    page = Page(first.text)
    assert "1,500" in page.text
    (every,) = (link for link in page.links() if "relation=runs" in link)
    names: list[str] = []
    while every:
        page = Page(fan.get(every, headers={"Accept": "text/html"}).text)
        names += re.findall(r"平台\d{4}", " ".join(link for link in map(_unquoted, page.links()) if "平台" in link))
        following = [a["href"] for tag, a in page.tags if tag == "a" and a.get("rel") == "next"]
        every = following[0] if following else ""
    assert sorted(names) == [f"平台{n:04d}" for n in range(FAN)]


def _unquoted(link: str) -> str:
    from urllib.parse import unquote

    return unquote(link)


def test_a_thing_with_very_many_neighbours_is_walked_part_by_part(fan: Served) -> None:
    iri = f"{BASE}org/某市/政协"
    told = fan.get("/api/relations", params={"iri": iri}).json()
    (group,) = told["groups"]
    assert (group["key"], group["count"]) == ("runs", FAN)
    assert 0 < len(group["things"]) < 20
    more = fan.get("/api/relations", params={"iri": iri, "relation": "runs", "from": len(group["things"])}).json()["groups"][0]
    assert not {one["iri"] for one in group["things"]} & {one["iri"] for one in more["things"]}
    assert fan.get("/api/relations", params={"iri": iri, "limit": "x"}).status_code == 400
    listed = Page(fan.get("/list/Platform?from=1400", headers={"Accept": "text/html"}).text)
    assert "1401–1500" in listed.text


def test_a_neighbourhood_is_also_a_whole_explorer_page(fan: Served, server: Served) -> None:
    """Where the graph is too large for one page: as much around a name as a page shows well."""
    page = fan.get("/around", params={"iri": f"{BASE}org/某市/政协", "steps": 2})
    assert page.status_code == 200
    assert 300 < len(set(re.findall(r"平台\d{4}", page.text))) <= 400
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    near = server.get("/around", params={"iri": HALL}).text
    assert "民生议事堂" in near
    assert len(near) < len(server.get("/graph").text)
    assert server.get("/around", params={"iri": "http://x/"}).status_code == 404


def test_no_text_of_a_document_becomes_markup(tmp_path: Path) -> None:
    (tmp_path / "hostile<b>.txt").write_text(HOSTILE, "utf-8")
    kg.publish(kg.build(tmp_path / "hostile<b>.txt", home="湖州市"), tmp_path / "graph")
    with served(tmp_path / "graph", lang="zh") as running:
        graph = kg.open(tmp_path / "graph")
        found = [running.get(path_of(graph.iri(entity.id)), headers={"Accept": "text/html"}) for entity in graph.entities]
        pages = [
            *found,
            *(
                running.get(path)
                for path in ("/", "/list/Platform", "/walk", "/query", "/find?q=<img", "/id/<script>alert(3)</script>")
            ),
        ]
        pages += [
            running.get("/query", params={"query": "</textarea><script>alert(4)</script>"}),
            running.get("/walk", params={"iri": '"><script>'}),
        ]
        pages += [
            running.get(path_of(f"{BASE}source/{sha}"), params=more, headers={"Accept": "text/html"})
            for sha in graph.sources
            for more in ({}, {"raw": ""})
        ]
        assert any("<img src=x" in Page(page.text).text for page in pages)
        for page in pages:
            read = Page(page.text)
            assert not [tag for tag, _ in read.tags if tag in ("img", "b")]
            assert all(attributes.get("src", "").startswith("/static/") for tag, attributes in read.tags if tag == "script")
            assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
            assert "49" not in re.sub(r"\d{3,}", "", read.text) or "{{7*7}}" in read.text


def test_a_folder_that_is_not_whole_is_said_in_one_line(seed_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_graph, tmp_path / "graph")
    shutil.rmtree(tmp_path / "graph" / "store")
    with served(tmp_path / "graph") as running:
        answer = running.get("/sparql", params={"query": "ASK {}"})
        assert answer.status_code == 503
        assert len(answer.text.splitlines()) == 1
        assert running.get("/health").status_code == 200
