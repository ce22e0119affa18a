"""Ten questions in SPARQL and in openCypher: what a graph answers must not depend on the database that it is asked in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

BODY, PLATFORM, COUNTY = "政协湖州市委员会", "民生议事堂", "安吉县"


@dataclass(frozen=True)
class Question:
    """The same question twice. The columns of the answers have the same order; that of the rows does not count."""

    asks: str
    sparql: str
    cypher: str


QUESTIONS = (
    Question(
        "what a body runs, and not what it only plans to",
        f'SELECT DISTINCT ?name {{ ?b skos:prefLabel "{BODY}"@zh ; kg:runs/skos:prefLabel ?name }}',
        f"MATCH (b:Entity {{name: '{BODY}'}})-[:RUNS]->(p:Entity) RETURN DISTINCT p.name AS name",
    ),
    Question(
        "what a body plans to carry out, run or hold",
        f"""SELECT ?name ?period {{ ?s rdf:subject/skos:prefLabel "{BODY}"@zh ; rdf:predicate ?p ; rdf:object/skos:prefLabel ?name ;
            kg:status kg:planned . FILTER(?p IN (kg:carriesOut, kg:runs, kg:hosts)) OPTIONAL {{ ?s kg:period ?t }}
            BIND(STR(?t) AS ?period) }}""",
        f"""MATCH (b:Entity {{name: '{BODY}'}})-[r:PLANNED_CARRIES_OUT|PLANNED_RUNS|PLANNED_HOSTS]->(x:Entity)
            RETURN x.name AS name, r.period AS period""",
    ),
    Question(
        "how many entities there are of each class",
        """SELECT ?class (COUNT(?x) AS ?n) { ?x skos:prefLabel ?name ; a ?c
           BIND(STRAFTER(STR(?c), "#") AS ?class) } GROUP BY ?class""",
        "MATCH (e:Entity) UNWIND e.classes AS class RETURN class, count(e) AS n",
    ),
    Question(
        "the figures of a platform",
        f"""SELECT ?indicator ?value ?unit ?period {{ ?m kg:about/skos:prefLabel "{PLATFORM}"@zh ; kg:indicator ?indicator ;
            kg:value ?value ; kg:unit ?unit OPTIONAL {{ ?m kg:period ?t }} BIND(STR(?t) AS ?period) }}""",
        f"""MATCH (m:Measure)-[:ABOUT]->(e:Entity {{name: '{PLATFORM}'}})
            RETURN m.indicator AS indicator, m.value AS value, m.unit AS unit, m.period AS period""",
    ),
    Question(
        "the sentences that say these figures, and the documents that they stand in",
        f"""SELECT ?written ?quote ?start ?title {{ ?m kg:about/skos:prefLabel "{PLATFORM}"@zh ; kg:asWritten ?written ;
            kg:evidence ?s . ?s kg:quote ?quote ; kg:start ?start ; kg:source/dcterms:title ?title }}""",
        f"""MATCH (e:Entity {{name: '{PLATFORM}'}})<-[:ABOUT]-(m:Measure)-[:EVIDENCE]->(s:Span)-[:IN_SOURCE]->(d:Source)
            RETURN m.asWritten AS written, s.quote AS quote, s.start AS start, d.title AS title""",
    ),
    Question(
        "what media have reported on",
        """SELECT DISTINCT ?name ?media { ?x kg:reportedBy ?m ; skos:prefLabel ?name . ?m a kg:MediaOutlet ;
           skos:prefLabel ?media }""",
        """MATCH (x:Entity)-[:REPORTED_BY]->(m:Entity) WHERE 'MediaOutlet' IN m.classes
           RETURN DISTINCT x.name AS name, m.name AS media""",
    ),
    Question(
        "the places that a county is part of, upwards",
        f'SELECT DISTINCT ?name {{ ?x skos:prefLabel "{COUNTY}"@zh ; kg:partOf+ ?y . ?y skos:prefLabel ?name }}',
        f"MATCH (x:Entity {{name: '{COUNTY}'}})-[:PART_OF*1..6]->(y:Entity) RETURN DISTINCT y.name AS name",
    ),
    Question(
        "how many facts each rule has made, done and planned",
        """SELECT ?rule ?status (COUNT(?s) AS ?n) { ?s a rdf:Statement ; kg:rule ?rule ; kg:status ?t
           BIND(STRAFTER(STR(?t), "#") AS ?status) } GROUP BY ?rule ?status""",
        """MATCH (:Entity)-[r]->(:Entity) WHERE r.rule IS NOT NULL
           RETURN r.rule AS rule, r.status AS status, count(r) AS n""",
    ),
    Question(
        "whom the text calls by a short name",
        """SELECT ?name ?code { ?x skos:altLabel "市政协"@zh ; skos:prefLabel ?name OPTIONAL { ?x kg:divisionCode ?code } }""",
        "MATCH (e:Entity) WHERE '市政协' IN e.altNames RETURN e.name AS name, e.divisionCode AS code",
    ),
    Question(
        "how often each entity is named",
        "SELECT ?name (COUNT(?m) AS ?n) { ?x kg:mention ?m ; skos:prefLabel ?name } GROUP BY ?x ?name",
        "MATCH (e:Entity)-[m:MENTION]->(:Source) RETURN e.name AS name, count(m) AS n",
    ),
)


def answers(rows: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    """Rows in a form that does not depend on who answered: figures as float, in one order."""
    plain = [tuple(float(cell) if isinstance(cell, int | float | Decimal) else cell for cell in row) for row in rows]
    return sorted(plain, key=repr)
