"""Edits to a graph: a function from one Graph to the next, after all documents are merged.

The steps have a fixed order, whatever the order of the rows: entities are added, parted, joined, named and typed, rejected; then facts and
figures are mended and rejected, then added. A row names entities as the steps before its own left them (by an old id too), and facts
and figures as they are before any row about facts. So rows that are not about the same thing may stand in any order.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from kg.edits import entities
from kg.edits.draft import Draft, by_line
from kg.edits.facts import Facts, leave_out
from kg.edits.figures import Figures
from kg.edits.parting import part
from kg.edits.rows import Edits
from kg.edits.told import Edited
from kg.graph.knowledge import Graph


def edit(graph: Graph, edits: Edits) -> Graph:
    """The graph as the user has it: what rows say is done, `edited` tells what was obeyed and which rows do not fit."""
    draft, rows = Draft.of(graph), by_line(edits.rows)
    entities.add(draft, rows["add entity"])
    part(draft, rows["part entity"])
    entities.join(draft, rows["join entity"])
    entities.name(draft, rows["rename entity"])
    entities.type_(draft, rows["retype entity"])
    entities.reject(draft, rows["reject entity"])
    if rows["part entity"] or rows["join entity"]:
        draft.fold()
    names = draft.names()
    facts, figures = Facts(draft, names, draft.facts), Figures(draft, names, draft.measures)
    draft.facts = facts.edited(mends=rows["mend fact"], rejects=rows["reject fact"], adds=rows["add fact"])
    draft.measures = figures.edited(mends=rows["mend figure"], rejects=rows["reject figure"], adds=rows["add figure"])
    leave_out(draft)
    entities.reports(draft)
    draft.fold()
    told = tuple(one for one, _ in groupby(sorted(draft.told)))
    unfit = {one.line for one in told if not one.obeyed}
    return replace(
        graph,
        entities=tuple(draft.entities[key] for key in sorted(draft.entities)),
        facts=tuple(draft.facts),
        measures=tuple(draft.measures),
        documents=draft.documents,
        edited=Edited(edits.name, sum(row.line not in unfit for row in edits.rows), told),
    )
