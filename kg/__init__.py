"""Yishi (议事图谱): knowledge graphs from Chinese public-affairs text, every fact with the sentence that says it.

    import kg
    g = kg.build("seeds/report.txt")
    g.entities, g.facts, g.measures
    g.query("SELECT ?name WHERE { ?x a kg:Platform ; skos:prefLabel ?name }")
    g.to_turtle("graph.ttl")
    g = kg.open("output")  # what kg build wrote

Nothing is loaded before it is asked for, so that `import kg` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import InputError, LexiconError, OutOfTime, QueryError, UsageError, YishiError
    from kg.export.publish import publish
    from kg.graph.knowledge import Graph
    from kg.graph.merge import merge
    from kg.graph.opened import open
    from kg.llm import ModelServer
    from kg.pipeline import build, read_document

__version__ = "0.1.0"
__all__ = [
    "Graph",
    "InputError",
    "LexiconError",
    "ModelServer",
    "OutOfTime",
    "QueryError",
    "UsageError",
    "YishiError",
    "__version__",
    "build",
    "merge",
    "open",
    "publish",
    "read_document",
]
_HOMES = {
    "Graph": "kg.graph.knowledge",
    "InputError": "kg.errors",
    "LexiconError": "kg.errors",
    "ModelServer": "kg.llm",
    "OutOfTime": "kg.errors",
    "QueryError": "kg.errors",
    "UsageError": "kg.errors",
    "YishiError": "kg.errors",
    "build": "kg.pipeline",
    "merge": "kg.graph.merge",
    "open": "kg.graph.opened",
    "publish": "kg.export.publish",
    "read_document": "kg.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
