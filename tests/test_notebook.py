"""In a notebook a graph shows what it holds, and answers show as a table; what a text says cannot become markup there."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.export.notebook import SHOWN, Rows


class Read(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def test_a_graph_shows_what_it_holds(seed) -> None:
    graph = kg.build(seed)
    shown = graph._repr_html_()
    read = Read(shown)
    assert "中国人民政治协商会议第九届湖州市委员会常务委员会工作报告" in shown
    assert f"{len(graph.entities)} entities · {len(graph.facts)} facts · {len(graph.measures)} figures" in shown
    platforms = sum(entity.classes[0] == "Platform" for entity in graph.entities)
    assert read.cells[read.cells.index("平台 Platform") + 1] == str(platforms)
    ties = sum("org/湖州市/政协" in (fact.subject, fact.object) for fact in graph.facts)
    assert read.cells[read.cells.index("政协湖州市委员会") + 1] == str(ties)
    assert read.tags <= {"div", "p", "strong", "table", "tr", "td", "br"}
    assert len(shown) < 10_000


def test_answers_are_a_list_that_shows_as_a_table(seed) -> None:
    answers = kg.build(seed).query("SELECT ?name WHERE { ?x a kg:Person ; skos:prefLabel ?name } ORDER BY ?name")
    assert {"name": "李上葵"} in answers
    assert answers == list(answers)
    read = Read(answers._repr_html_())
    assert read.cells == ["name", *(row["name"] for row in answers)]


def test_no_answers_are_said() -> None:
    assert "no answers" in Rows()._repr_html_()


def test_a_long_answer_is_cut_and_says_so() -> None:
    shown = Rows([{"n": number} for number in range(SHOWN + 7)])._repr_html_()
    assert len(Read(shown).cells) == SHOWN + 1
    assert f"{SHOWN + 7} rows" in shown


@given(st.text(), st.text(min_size=1))
def test_no_text_becomes_markup(value: str, name: str) -> None:
    assert Read(Rows([{name: value}])._repr_html_()).tags == {"table", "thead", "tbody", "tr", "th", "td"}
