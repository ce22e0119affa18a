"""The shapes: a graph as the build makes it keeps every sentence of the contract; broken in one sentence, it fails by that one's name."""

from __future__ import annotations

import hashlib
import re

import pyoxigraph as ox
import pytest

from kg.graph.merge import merge
from kg.graph.validate import validate
from kg.model import Known, Source
from kg.ontology import ontology_dir
from kg.pipeline import read_document

TEXT = (
    "湖州市政协2022年工作总结\n2022年，湖州市政协打造“两山云”平台，开展“云上商”协商10—15场次，被《湖州日报》专题报道。湖州市政协主席李明强出席全市政协工作会议。"
    "全国政协在北京市举办“绿色发展”协商会。湖州市政协制定《委员履职办法》。湖州市政协荣获全国政协先进单位称号。"
    "2021年至2022年，湖州市政协深化“四联四建”工作机制。湖州市政协召开双月协商座谈会，围绕“校园食品安全”等主题建言。国务院授予湖州市全国文明城市称号。湖州市政协党组召开全市政协党建工作推进会。"
)
PREFIXES = (
    "PREFIX kg: <https://w3id.org/yishi/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    "PREFIX org: <http://www.w3.org/ns/org#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX schema: <https://schema.org/> "
)


@pytest.fixture(scope="module")
def good() -> str:
    known = Known(date="2023-02-25", number="湖协〔2023〕1号")
    source = Source(hashlib.sha256(TEXT.encode()).hexdigest(), "text.txt", TEXT, known=known)
    text = merge([read_document(source, home="湖州市")]).to_turtle()
    assert text is not None
    return text


def _store(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return store


def swap(subject: str, link: str, value: str) -> str:
    """Give all of a kind another value of a property."""
    return f"DELETE {{ ?x {link} ?old }} INSERT {{ ?x {link} {value} }} WHERE {{ ?x a {subject} ; {link} ?old }}"


def lose(subject: str, link: str) -> str:
    """Take a property away from all of a kind."""
    return f"DELETE {{ ?x {link} ?old }} WHERE {{ ?x a {subject} ; {link} ?old }}"


def add(subject: str, link: str, value: str) -> str:
    """Give all of a kind one more value of a property."""
    return f"INSERT {{ ?x {link} {value} }} WHERE {{ ?x a {subject} }}"


def ends(relation: str, wrong: str) -> str:
    """Let the statements of a relation begin at something of another class, or end there."""
    side = "rdf:object" if wrong.startswith("→") else "rdf:subject"
    class_ = wrong.lstrip("→")
    return (
        f"DELETE {{ ?x {side} ?old }} INSERT {{ ?x {side} ?other }} WHERE {{ ?x rdf:predicate kg:{relation} ; {side} ?old ."
        f" {{ SELECT ?other WHERE {{ ?other a kg:{class_} }} LIMIT 1 }} }}"
    )


def relate(relation: str, wrong: str) -> str:
    """Turn a statement of holding a meeting into one of `relation` with an object of another class."""
    return (
        f"DELETE {{ ?x rdf:predicate ?p ; rdf:object ?o }} INSERT {{ ?x rdf:predicate kg:{relation} ; rdf:object ?other }}"
        f" WHERE {{ ?x rdf:predicate ?p ; rdf:object ?o . FILTER (?p = kg:hosts) {{ SELECT ?other WHERE {{ ?other a kg:{wrong} }} LIMIT 1 }} }}"
    )


S, M, P = "rdf:Statement", "kg:Measure", "kg:Span"
RENAME = "DELETE {{ ?x ?p ?o }} INSERT {{ <https://w3id.org/yishi/id/{to}> ?p ?o }} WHERE {{ ?x a {kind} ; ?p ?o }}"
BROKEN = {
    "entity-class": "DELETE { ?x a kg:Platform } WHERE { ?x a kg:Platform }",
    "entity-iri": RENAME.format(to="somewhere", kind="kg:Platform"),
    "entity-two-classes": "INSERT { ?x a kg:Topic, kg:Person } WHERE { ?x a kg:Platform }",
    "entity-one-label": lose("kg:Platform", "skos:prefLabel"),
    "entity-label-zh": swap("kg:Platform", "skos:prefLabel", '"platform"@en'),
    "entity-label-bare": swap("kg:Platform", "skos:prefLabel", '"“两山云”"@zh'),
    "entity-alt-zh": add("kg:Platform", "skos:altLabel", '"cloud"@en'),
    "entity-alt-other": "INSERT { ?x skos:altLabel ?l } WHERE { ?x a kg:Platform ; skos:prefLabel ?l }",
    "entity-mentioned": lose("kg:Platform", "kg:mention"),
    "entity-resolution": add("kg:Platform", "kg:resolution", "kg:done"),
    "entity-origin": add("kg:Platform", "kg:origin", "'rules'"),
    "entity-mentions-apart": "INSERT { ?x kg:mention ?s } WHERE { ?x a kg:Meeting ; kg:mention ?m . ?m kg:start ?a ; kg:end ?e ; kg:source ?f ."
    " ?s a kg:Span ; kg:start ?b ; kg:source ?f . FILTER (?a <= ?b && ?b < ?e && ?s != ?m) }",
    "entity-first-seen": swap("kg:Platform", "kg:firstSeen", "'2023-02'^^xsd:gYearMonth"),
    "entity-last-seen": add("kg:Platform", "kg:lastSeen", "'2024'^^xsd:gYear"),
    "entity-seen": swap("kg:Platform", "kg:firstSeen", "'2024'^^xsd:gYear"),
    "media-outlet-class": "DELETE { ?x a kg:Organization } WHERE { ?x a kg:MediaOutlet }",
    "project-class": "INSERT { ?x a kg:Project } WHERE { ?x a kg:Platform }",
    "division-code": "DELETE { ?x kg:divisionCode ?c } INSERT { ?x kg:divisionCode '33' } WHERE { ?x kg:divisionCode ?c }",
    "division-district": add("kg:Platform", "kg:divisionCode", "'330500'"),
    "division-year": "DELETE { ?x kg:divisionYear ?c } WHERE { ?x kg:divisionYear ?c }",
    "statement-iri": RENAME.format(to="statement/x", kind="rdf:Statement"),
    "statement-subject": lose(S, "rdf:subject"),
    "statement-predicate": swap(S, "rdf:predicate", "kg:mention"),
    "statement-object": lose(S, "rdf:object"),
    "statement-basis": swap(S, "kg:basis", "kg:done"),
    "statement-rule": lose(S, "kg:rule"),
    "statement-plain": "DELETE { ?s kg:runs ?o } WHERE { ?s kg:runs ?o }",
    "statement-once": "INSERT { <https://w3id.org/yishi/id/statement/0123456789abcdef> ?p ?o } WHERE { ?x rdf:predicate kg:runs ; ?p ?o }",
    "statement-one-source": "INSERT { ?x kg:evidence <urn:e> . <urn:e> kg:source <urn:f> } WHERE { ?x rdf:predicate kg:runs }",
    "evidence-names-an-end": "DELETE { ?x kg:evidence ?e } INSERT { ?x kg:evidence ?other } WHERE { ?x rdf:predicate kg:issues ; kg:evidence ?e ."
    " ?y rdf:predicate kg:inDistrict ; kg:evidence ?other . ?other kg:quote ?q . FILTER (CONTAINS(?q, '绿色发展') && !CONTAINS(?q, '办法')) }",
    "stated-names-both": "DELETE { ?o kg:mention ?m } INSERT { ?o kg:mention ?other } WHERE { ?x rdf:predicate kg:issues ; kg:basis kg:stated ;"
    " rdf:object ?o . ?o kg:mention ?m . ?p a kg:Person ; kg:mention ?other }",
    "plain-has-done-statement": "INSERT { ?o kg:runs ?p } WHERE { ?o a kg:MediaOutlet . ?p a kg:Platform }",
    "membership": "DELETE { ?x a org:Membership } WHERE { ?x a org:Membership }",
    "membership-post": "INSERT { ?x a org:Membership } WHERE { ?x rdf:predicate kg:runs }",
    "role": "INSERT { ?x kg:role 'chair'@en } WHERE { ?x rdf:predicate kg:worksFor }",
    "role-post": "INSERT { ?x kg:role '主席'@zh } WHERE { ?x rdf:predicate kg:runs }",
    "status": lose(S, "kg:status"),
    "evidence": lose(S, "kg:evidence"),
    "carried-context": "DELETE { ?x kg:context ?c ; kg:basis ?b } INSERT { ?x kg:basis kg:carried } WHERE { ?x a rdf:Statement ; kg:basis ?b ."
    " OPTIONAL { ?x kg:context ?c } }",
    "period": add(M, "kg:period", "'last year'"),
    "from": "DELETE { ?x kg:from ?f } INSERT { ?x kg:from 'then' } WHERE { ?x kg:from ?f }",
    "to": "DELETE { ?x kg:to ?f } INSERT { ?x kg:to 'then' } WHERE { ?x kg:to ?f }",
    "from-and-to": "DELETE { ?x kg:to ?f } WHERE { ?x kg:to ?f }",
    "from-before-to": "DELETE { ?x kg:from ?f } INSERT { ?x kg:from '2030'^^xsd:gYear } WHERE { ?x kg:from ?f }",
    "measure-iri": RENAME.format(to="measure/x", kind="kg:Measure"),
    "measure-about": lose(M, "kg:about"),
    "measure-value": swap(M, "kg:value", "'ten'"),
    "measure-unit": swap(M, "kg:unit", "'场次'@zh"),
    "measure-indicator": swap(M, "kg:indicator", "'协商'"),
    "measure-indicator-key": lose(M, "kg:indicatorKey"),
    "measure-written": lose(M, "kg:asWritten"),
    "measure-bound": swap(M, "kg:bound", "kg:level"),
    "measure-kind": swap(M, "kg:kind", "kg:exact"),
    "measure-basis": "DELETE { ?x kg:basis ?b } INSERT { ?x kg:basis kg:done } WHERE { ?x a kg:Measure . OPTIONAL { ?x kg:basis ?b } }",
    "measure-range": "DELETE { ?x kg:min ?m } INSERT { ?x kg:min 99 } WHERE { ?x kg:min ?m }",
    "measure-min-and-max": "DELETE { ?x kg:max ?m } WHERE { ?x kg:max ?m }",
    "measure-figure-quoted": swap(M, "kg:asWritten", "'77场次'"),
    "measure-about-named": "DELETE { ?x kg:about ?a ; kg:basis ?b } INSERT { ?x kg:about ?p ; kg:basis kg:stated } WHERE { ?x a kg:Measure ;"
    " kg:about ?a . OPTIONAL { ?x kg:basis ?b } ?p a kg:Person }",
    "span-class": "DELETE { ?s a kg:Span } WHERE { ?x rdf:predicate kg:runs ; kg:evidence ?s }",
    "span-quote": lose(P, "kg:quote"),
    "span-start": swap(P, "kg:start", "-1"),
    "span-end": lose(P, "kg:end"),
    "span-order": swap(P, "kg:start", "99999"),
    "span-source": lose(P, "kg:source"),
    "span-length": swap(P, "kg:quote", "'x'"),
    "span-iri": "DELETE { ?x kg:start ?s ; kg:end ?e } INSERT { ?x kg:start ?t ; kg:end ?f } WHERE { ?x a kg:Span ; kg:start ?s ; kg:end ?e ."
    " BIND (?s + 1 AS ?t) BIND (?e + 1 AS ?f) }",
    "source-iri": "INSERT { <https://w3id.org/yishi/id/source/page> a kg:Source } WHERE {}",
    "source-no-entity": add("kg:Source", "a", "kg:Document"),
    "source-file-name": swap("kg:Source", "kg:fileName", "'/home/me/text.txt'"),
    "source-encodes": "INSERT { ?x kg:encodes ?p } WHERE { ?x a kg:Source . ?p a kg:Platform }",
    "source-issued": add("kg:Source", "dcterms:issued", "'2023年'"),
    "source-number": add("kg:Source", "kg:documentNumber", "'湖协〔2023〕2号'"),
    "source-used": "DELETE { ?b prov:used ?x } WHERE { ?b prov:used ?x }",
    "build-version": "DELETE { ?b schema:softwareVersion ?v } WHERE { ?b schema:softwareVersion ?v }",
    "build-mentions": "INSERT { ?b kg:mentionsKept 'some' } WHERE { ?b prov:used ?x }",
    "no-clock-time": add("kg:Source", "dcterms:modified", "'2026-01-01T00:00:00'^^xsd:dateTime"),
    "ends-inDistrict": ends("inDistrict", "→Platform"),
    "ends-partOf": ends("partOf", "→Document"),
    "ends-hosts": ends("hosts", "→Document"),
    "ends-attends": ends("attends", "→Document"),
    "ends-runs": ends("runs", "District"),
    "ends-carriesOut": ends("carriesOut", "District"),
    "ends-issues": ends("issues", "→Meeting"),
    "ends-hasTopic": ends("hasTopic", "→Meeting"),
    "ends-receives": ends("receives", "→Meeting"),
    "ends-confers": relate("confers", "Platform"),
    "ends-reportedBy": ends("reportedBy", "→Platform"),
    "ends-worksFor": ends("worksFor", "→Platform"),
}  # fmt: skip


def test_a_graph_as_the_build_makes_it_keeps_the_contract(good: str) -> None:
    assert validate(_store(good)).violations == ()


@pytest.mark.parametrize("shape", BROKEN)
def test_a_graph_that_breaks_one_sentence_fails_by_its_name(shape: str, good: str) -> None:
    store = _store(good)
    before = set(store)
    store.update(PREFIXES + BROKEN[shape])
    assert set(store) != before, "the graph has nothing to break here"
    violations = [violation for violation in validate(store).violations if violation.shape == shape]
    assert violations
    assert all(violation.message_zh and violation.message_en for violation in violations)


def test_no_sentence_of_the_shapes_is_left_without_a_test() -> None:
    text = "".join(file.read_text("utf-8") for file in sorted(ontology_dir().glob("shapes*.ttl")))
    messages = set()
    for block in re.split(r"\n\n", text):
        name = re.match(r"(?:#[^\n]*\n)*kgs:([A-Za-z-]+) a sh:", block)
        if name and "sh:message" in block:
            messages.add(name[1])
    assert messages == set(BROKEN)
