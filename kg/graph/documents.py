"""What the RDF of a graph does not hold, in a file beside it: so that who opens the folder has the whole Graph again.

{"documents": [{"sha256": …, "encoding": …, "media_type": …, "home": …, "known": {…}, "about": {title, date, …}}, …],
 "notes": […], "leads": {entity id: the class that leads, where it is not the first of the contract's order},
 "edited": what the user's edits did (kg.edits.told.Edited), where there were any}
"""

from __future__ import annotations

import json
from dataclasses import asdict
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import YishiError
from kg.graph.iri import entity_iri
from kg.graph.manifest import base_of, file_of, whole
from kg.model import CLASSES

if TYPE_CHECKING:
    from kg.graph.knowledge import DocumentInfo, Graph
    from kg.model import Known

DOCUMENTS = "documents.json"


def documents(graph: Graph) -> bytes:
    """The file, the same bytes for the same graph."""
    told = [
        {
            "sha256": sha,
            "encoding": source.encoding,
            "media_type": source.media_type,
            "home": source.home,
            **({"known": known} if (known := _told(source.known)) else {}),
            "about": _told(graph.documents[sha]),
        }
        for sha, source in graph.sources.items()
    ]
    leads = {entity.id: entity.classes[0] for entity in graph.entities if entity.classes != ordered(entity.classes)}
    found: dict[str, Any] = {"documents": told, "notes": list(graph.notes), "leads": leads}
    if graph.edited:
        found["edited"] = asdict(graph.edited)
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _told(about: Known | DocumentInfo) -> dict[str, str]:
    """What is known of a document, without what is not."""
    return {name: value for name, value in asdict(about).items() if value is not None}


def leads_of(directory: str | PathLike[str]) -> dict[str, str]:
    """The leads of a published folder, by IRI; none for what is not a folder. Raises YishiError where the file is broken."""
    folder = Path(directory)
    if not folder.is_dir():
        return {}
    manifest, places = whole(folder)
    base = base_of(manifest)
    try:
        leads = json.loads(file_of(places, DOCUMENTS).read_text("utf-8"))["leads"]
        return {entity_iri(key, base): name for key, name in leads.items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise YishiError("is not as it was built", str(folder / DOCUMENTS), "build the graph again with kg build") from error


def ordered(classes: tuple[str, ...], lead: str = "") -> tuple[str, ...]:
    """Classes in the order of the contract, `lead` first."""
    return tuple(sorted(classes, key=lambda name: (name != lead, CLASSES.index(name))))
