"""How a source is cited: after GB/T 7714-2015, as Chinese readers write their references."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.knowledge import DocumentInfo
    from kg.model import Source

NEWSPAPER, REPORT, OTHER = "N", "R", "Z"  # the standard's letters for kinds of documents


def citation(source: Source, info: DocumentInfo, author: str = "") -> str:
    """The reference of a source: 李上葵. 某报告[R]. 某某日报, 2023-03-06. `author`: who is named where the text has no speaker.

    What is not known is left out; a source without a title is named by its file. A document's number is further information on the title.
    """
    publisher = info.publisher or ""
    title = info.title or source.name
    kind = NEWSPAPER if publisher.endswith("报") else REPORT if "报告" in title else OTHER
    date = (info.issued or info.date) if publisher else (info.date or info.issued)
    name = f"{title}: {info.number}" if info.number else title
    parts = [info.speaker or author, f"{name}[{kind}]", ", ".join(filter(None, (publisher, date)))]
    return "".join(f"{part}. " for part in parts if part).rstrip()
