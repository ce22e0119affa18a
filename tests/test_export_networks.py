"""`kg export graphml`, `gexf`, `networkx`: networkx reads back the same network, attributes typed, Chinese intact."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from export_cases import CASES, graph
from networkx.utils import graphs_equal

from kg.export.carried import Carrier
from kg.export.exporter import export
from kg.export.flat_network import flat_network

READ = {"graphml": lambda path: nx.read_graphml(path, force_multigraph=True), "gexf": nx.read_gexf}


def edges(network):
    """Edges by their ids. Where no two edges join the same nodes, networkx reads a GEXF as a network without keys."""
    if network.is_multigraph():
        return {key: (start, end, values) for start, end, key, values in network.edges(keys=True, data=True)}
    return {values["id"]: (start, end, values) for start, end, values in network.edges(data=True)}


def as_written(network, name):
    """The network as this format gives it back: GEXF keeps the edge's id twice."""
    if name == "gexf":
        for _, _, key, values in network.edges(keys=True, data=True):
            values["id"] = key
    return network


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", READ)
def test_networkx_reads_back_the_same_network(name, case, tmp_path):
    notes = export(graph(case), name, tmp_path / "g")
    assert any(note.lost for note in notes) == (case == "hostile"), "what XML cannot hold is said"
    back = READ[name](tmp_path / "g")
    wanted = as_written(flat_network(graph(case), Carrier()), name)
    assert dict(back.nodes(data=True)) == dict(wanted.nodes(data=True))
    assert edges(back) == edges(wanted)


@pytest.mark.parametrize("case", CASES)
def test_node_link_json_gives_the_whole_network_back(case, tmp_path):
    export(graph(case), "networkx", tmp_path / "g")
    back = nx.node_link_graph(json.loads((tmp_path / "g").read_text("utf-8")), edges="links")
    wanted = graph(case).to_networkx()
    for values in (*(v for _, v in wanted.nodes(data=True)), *(v for *_, v in wanted.edges(data=True))):
        values.update({key: list(value) for key, value in values.items() if isinstance(value, tuple)})
    for *_, values in wanted.edges(data=True):
        values["sha256"] = values.pop("source")
    assert graphs_equal(back, wanted)


def test_attributes_have_types_that_gephi_and_cytoscape_know(tmp_path):
    export(graph("small"), "graphml", tmp_path / "g.graphml")
    export(graph("small"), "gexf", tmp_path / "g.gexf")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {
        (key.get("for"), key.get("attr.name")): key.get("attr.type")
        for key in ElementTree.parse(tmp_path / "g.graphml").iter(f"{space}key")
    }
    assert keys["node", "mentions"] == "long" and keys["edge", "planned"] == "boolean" and keys["node", "label"] == "string"
    text = (tmp_path / "g.graphml").read_text("utf-8")
    assert re.search(r'<data key="d\d+">true</data>', text) and "True" not in text, "truth as XML spells it"
    gexf = {
        a.get("title"): a.get("type")
        for a in ElementTree.parse(tmp_path / "g.gexf").iter("{http://www.gexf.net/1.2draft}attribute")
    }
    assert (gexf["mentions"], gexf["planned"], gexf["class"]) == ("long", "boolean", "string")


@pytest.mark.parametrize("name", READ)
def test_chinese_stands_as_it_is_and_every_edge_has_an_id_of_its_own(name, tmp_path):
    export(graph("seed"), name, tmp_path / "g")
    text = (tmp_path / "g").read_text("utf-8")
    assert "政协湖州市委员会" in text and "&#2" not in text
    ids = re.findall(r'<edge [^>]*?\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids)) == len(graph("seed").facts)


def test_that_a_network_has_no_figures_is_said_but_is_no_loss(tmp_path):
    (note,) = export(graph("small"), "gexf", tmp_path / "g")
    assert "figures" in note.en and not note.lost
