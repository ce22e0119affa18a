"""Where the nodes of the page stand: communities apart, names with room, the same graph in the same places."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.made_graph import made_graph
from kg.export.page.flower import ROOM
from kg.export.page.layout import Arrangement, arrange
from kg.graph.knowledge import Graph
from kg.model import CLASSES

Edges = list[tuple[int, int]]


def _of(graph: Graph) -> tuple[int, Edges, list[int]]:
    number = {entity.id: at for at, entity in enumerate(graph.entities)}
    edges = sorted({(number[fact.subject], number[fact.object]) for fact in graph.facts})
    return len(number), edges, [CLASSES.index(entity.classes[0]) for entity in graph.entities]


@pytest.fixture(scope="module")
def made() -> tuple[int, Edges, list[int]]:
    return _of(made_graph(3000, 7000))


@pytest.fixture(scope="module")
def laid(made: tuple[int, Edges, list[int]]) -> Arrangement:
    return arrange(*made)


@given(st.integers(1, 90), st.data())
@settings(deadline=None)
def test_no_two_nodes_stand_nearer_than_a_name_needs(count: int, data: st.DataObject) -> None:
    node = st.integers(0, count - 1)
    edges = sorted(set(data.draw(st.lists(st.tuples(node, node), max_size=160))))
    groups = [number % 4 for number in range(count)]
    found = arrange(count, edges, groups)
    assert all(math.dist(one, two) > ROOM - 2 for one, two in combinations(found.places, 2))
    assert found == arrange(count, edges, groups)


def test_discs_of_communities_do_not_overlap_and_hold_their_members(laid: Arrangement) -> None:
    for one, two in combinations(laid.communities, 2):
        assert math.hypot(one.x - two.x, one.y - two.y) >= one.radius + two.radius
    for community in laid.communities:
        for node in community.members:
            assert math.dist(laid.places[node], (community.x, community.y)) < community.radius


def test_every_related_node_is_in_one_community_and_the_others_in_none(
    made: tuple[int, Edges, list[int]], laid: Arrangement
) -> None:
    members = [node for community in laid.communities for node in community.members]
    assert sorted(members) == sorted({end for edge in made[1] for end in edge})


def test_a_community_is_named_by_its_best_connected_member(made: tuple[int, Edges, list[int]], laid: Arrangement) -> None:
    near: dict[int, set[int]] = {}
    for one, two in made[1]:
        near.setdefault(one, set()).add(two)
        near.setdefault(two, set()).add(one)
    for community in laid.communities:
        inside = set(community.members)
        assert len(near[community.hub] & inside) == max(len(near[node] & inside) for node in inside)
    assert [len(community.members) for community in laid.communities] == sorted(
        (len(community.members) for community in laid.communities), reverse=True
    )


def test_related_nodes_stand_nearer_to_each_other_than_others(made: tuple[int, Edges, list[int]], laid: Arrangement) -> None:
    def mean(pairs: Edges) -> float:
        return sum(math.dist(laid.places[one], laid.places[two]) for one, two in pairs) / len(pairs)

    ends = sorted({end for edge in made[1] for end in edge})
    assert mean(made[1]) < 0.5 * mean([(one, ends[(at * 7919) % len(ends)]) for at, one in enumerate(ends)])


def test_the_picture_is_wider_than_high_and_what_has_no_relation_stands_below(
    made: tuple[int, Edges, list[int]], laid: Arrangement
) -> None:
    xs, ys = [x for x, _ in laid.places], [y for _, y in laid.places]
    assert 1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.2
    lowest = max(community.y + community.radius for community in laid.communities)
    related = {end for edge in made[1] for end in edge}
    assert {node for node in range(made[0]) if laid.places[node][1] > lowest} == set(range(made[0])) - related


def test_the_order_of_the_lines_makes_no_difference(made: tuple[int, Edges, list[int]]) -> None:
    count, edges, groups = _of(made_graph(200, 420))
    assert arrange(count, edges, groups) == arrange(count, sorted(edges), groups)


def test_a_star_of_a_thousand_and_a_chain_of_a_thousand_stay_small() -> None:
    star = arrange(1001, [(0, number) for number in range(1, 1001)], [0] * 1001)
    assert star.communities[0].hub == 0 and math.dist(star.places[0], (star.communities[0].x, star.communities[0].y)) < ROOM
    for edges in ([(0, number) for number in range(1, 1001)], list(pairwise(range(1001)))):
        places = arrange(1001, edges, [0] * 1001).places
        area = (max(x for x, _ in places) - min(x for x, _ in places)) * (max(y for _, y in places) - min(y for _, y in places))
        assert area < 1001 * 6 * ROOM * ROOM


def test_the_made_graph_has_what_was_asked_for_and_says_it() -> None:
    graph = made_graph(2000, 5000)
    assert len(graph.entities) == 2000
    assert len({(fact.subject, fact.object) for fact in graph.facts}) == len(graph.facts) == 5000
    assert graph.facts == made_graph(2000, 5000).facts != made_graph(2000, 5000, seed=1).facts
    labels = {entity.id: entity.label for entity in graph.entities}
    for fact in graph.facts:
        quote = graph.quote(fact.evidence[0])
        assert labels[fact.subject] in quote and labels[fact.object] in quote and quote.endswith("。")
    for entity in graph.entities:
        assert entity.mentions and {graph.quote(span) for span in entity.mentions} == {entity.label}
    degree = sorted(Counter(end for fact in graph.facts for end in (fact.subject, fact.object)).values())
    assert degree[len(degree) // 2] <= 6 and degree[-1] > 50, "a few stand in most relations, most in a few"
