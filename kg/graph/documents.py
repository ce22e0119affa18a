"""What the RDF of a graph does not hold, in a file beside it: so that who opens the folder has the whole Graph again.

{"documents": [{"sha256": …, "encoding": …, "media_type": …, "home": …, "about": {title, date, …}}, …],
 "notes": […], "leads": {entity id: the class that leads, where it is not the first of the contract's order}}
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.model import CLASSES

if TYPE_CHECKING:
    from kg.graph.knowledge import Graph

DOCUMENTS = "documents.json"


def documents(graph: Graph) -> bytes:
    """The file, the same bytes for the same graph."""
    told = [
        {
            "sha256": sha,
            "encoding": source.encoding,
            "media_type": source.media_type,
            "home": source.home,
            "about": {name: value for name, value in asdict(graph.documents[sha]).items() if value is not None},
        }
        for sha, source in graph.sources.items()
    ]
    leads = {entity.id: entity.classes[0] for entity in graph.entities if entity.classes != ordered(entity.classes)}
    found = {"documents": told, "notes": list(graph.notes), "leads": leads}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def ordered(classes: tuple[str, ...], lead: str = "") -> tuple[str, ...]:
    """Classes in the order of the contract, `lead` first."""
    return tuple(sorted(classes, key=lambda name: (name != lead, CLASSES.index(name))))
