"""What a model is asked about a passage: the instructions (prompt.txt with the ontology's own definitions), then the passage as JSON.

The passage is data in a message of its own. That a model may take words of it for orders is not prevented by this, nor need it be:
whatever it answers is believed only as far as the text bears it out.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from kg.llm.chat import Message
from kg.model import CLASSES, PROPERTIES, Linked

if TYPE_CHECKING:
    from kg.llm.passages import Passage

SCHEMA = "https://schema.org/"


def messages(linked: Linked, passage: Passage) -> list[Message]:
    """The messages that ask about one passage, its entities called by their places in `passage.entities`: e1, e2 …"""
    text = linked.document.text
    ids = {entity: f"e{number}" for number, entity in enumerate(passage.entities, 1)}
    written = {entity: [text[link.start : link.end] for link in passage.links if link.entity == entity] for entity in ids}
    listed = [
        {"id": ids[entity], "class": linked.entities[entity].classes[0], "name": linked.entities[entity].label,
         "written": list(dict.fromkeys(written[entity]))}
        for entity in ids
    ]  # fmt: skip
    asked = {
        "entities": listed,
        **({"reports": ids[linked.body]} if linked.body in ids else {}),
        "text": text[passage.start : passage.end],
    }
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
    ]


@cache
def instructions() -> str:
    """The template with every class and relation as the ontology labels and comments it."""
    template = Template((Path(__file__).parent / "prompt.txt").read_text("utf-8"))
    classes = "\n".join(f"{name}（{_said(name, 'label')}）：{_said(name, 'comment')}" for name in CLASSES)
    properties = "\n".join(
        f"{name}（{_ends(name, 'domainIncludes')} → {_ends(name, 'rangeIncludes')}）：{_said(name, 'label')}。{_said(name, 'comment')}"
        for name in PROPERTIES
    )
    return template.substitute(classes=classes, properties=properties)


def _said(term: str, what: str) -> str:
    """The Chinese label or comment of a term."""
    from rdflib import RDFS, Literal, URIRef

    from kg.graph.vocabulary import KG
    from kg.ontology import load_ontology

    found = load_ontology().objects(URIRef(KG + term), RDFS[what])
    return min(str(one) for one in found if isinstance(one, Literal) and one.language == "zh")


def _ends(term: str, link: str) -> str:
    """The classes at one end of a relation, as the ontology names them."""
    from rdflib import URIRef

    from kg.graph.vocabulary import KG
    from kg.ontology import load_ontology

    return "、".join(
        sorted(str(one).removeprefix(KG) for one in load_ontology().objects(URIRef(KG + term), URIRef(SCHEMA + link)))
    )
