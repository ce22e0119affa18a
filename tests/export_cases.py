"""The graphs that every exporter is given: a small one, one whose words are hostile, and the seed's."""

from __future__ import annotations

from functools import cache

import graph_cases as cases
from conftest import ROOT
from hostile_cases import hostile
from load_cases import before

import kg
from kg.graph.knowledge import Graph
from kg.graph.merge import merge

CASES = ("small", "two documents", "hostile", "seed", "nothing but a text")


@cache
def graph(case: str) -> Graph:
    """The graph of this name."""
    if case == "seed":
        return kg.build(ROOT / "seeds")
    if case == "nothing but a text":
        from dataclasses import replace

        return merge([replace(cases.reading(), entities=(), facts=(), measures=(), home=None, body=None)])
    return {"hostile": hostile, "two documents": before, "small": lambda: merge([cases.reading()])}[case]()
