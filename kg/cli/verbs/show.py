"""`kg show NAME`: all about an entity, with the sentences that say it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.cli.console import Console
from kg.cli.options import graph_option, json_option
from kg.cli.say import Say, Table
from kg.cli.table import columns
from kg.cli.telling import candidate_rows, fact_json, fact_line, figure_cells, figure_json, sentence_lines

if TYPE_CHECKING:
    from kg.graph.card import Card
    from kg.graph.find import Found

SAY: Table = {
    "help": ("说出关于一个实体的一切，连同原句", "tell all about an entity, with the sentences that say it"),
    "name": ("实体的名称（全称、简称）、标识（org/湖州市/政协）或网址", "its name (full or short), id (org/湖州市/政协) or IRI"),
    "brief": ("不列原句", "leave the sentences out"),
    "json": ("用 JSON 写", "print as JSON"),
    "id": ("标识", "id"),
    "joined": ("合并了", "joined with it"),
    "user": ("由用户更正", "edited by hand"),
    "names": ("又称", "also called"),
    "code": ("区划代码", "division code"),
    "seen": ("文本年份", "years of the texts"),
    "unresolved": ("没能确定所指", "not resolved"),
    "near": ("可能与之为同一人", "may be the same person as"),
    "named": ("文中", "named in"),
    "times": ("{n} 次", "{n} time(s)"),
    "facts": ("事实 {n}", "Facts: {n}"),
    "figures": ("数据 {n}", "Figures: {n}"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg show`."""
    parser.add_argument("name", metavar="NAME", help=say("name"))
    parser.add_argument("--brief", action="store_true", help=say("brief"))
    json_option(parser, say("json"))
    graph_option(parser)


def run(args: Namespace, console: Console) -> int:
    """Find it and tell. 1: no entity has the name, or several have; then those it may mean are listed."""
    from kg.graph.card import card
    from kg.graph.find import UnclearName, find_one
    from kg.graph.store import base, open_store
    from kg.graph.terms import terms_of
    from kg.ontology import know

    store, root = open_store(args.graph), base(args.graph)
    know(terms_of(store))
    try:
        found = find_one(store, args.name, base=root)
    except UnclearName as unclear:
        if args.json:
            console.json({"candidates": [_candidate(one) for one in unclear.candidates]})
        elif unclear.candidates:
            console.print(*columns(candidate_rows(unclear.candidates, console.lang), "llrl", indent=""))
        console.warn(unclear.what if unclear.candidates else str(unclear))
        return 1
    about = card(store, found.iri, base=root)
    if args.json:
        console.json(_json(about))
    else:
        console.print(*_lines(about, args.brief, console))
    return 0


def _lines(card: Card, brief: bool, console: Console) -> Iterator[str]:
    from kg.ontology import label

    say, lang = console.say(SAY), console.lang
    kinds = [label(name, lang) for name in (*card.classes, card.kind) if name]
    yield f"{card.label}  {'、'.join(kinds) if lang == 'zh' else ', '.join(kinds)}"
    told = [("", card.iri), (say("id"), card.id)]
    told += [(say("joined"), "、".join(card.replaces))] if card.replaces else []
    told += [(say("user"), "")] if card.by_user else []
    told += [(say("names"), "、".join(card.names))] if card.names else []
    told += [(say("code"), card.division_code)] if card.division_code else []
    told += [(say("seen"), "–".join(dict.fromkeys(card.seen)))] if card.seen else []
    told += [(say("unresolved"), "")] if not card.resolved else []
    told += [(say("near"), card.labels[iri] + f" ({iri})") for iri in card.near]
    told += [(say("named"), f"{file}  {say('times', n=n)}") for file, n in card.named.items()]
    yield from columns(told, "ll")
    if card.figures:
        yield from ("", say("figures", n=len(card.figures)))
        rows = columns([figure_cells(figure, lang) for figure in card.figures], "lrll")
        for row, figure in zip(rows, card.figures, strict=True):
            yield row
            yield from () if brief else sentence_lines(figure.sentences, "      ")
    if card.facts:
        yield from ("", say("facts", n=len(card.facts)))
        ordered = sorted(card.facts, key=lambda f: (f.object == card.iri, f.property, f.same()))
        for (inward, name), group in groupby(ordered, key=lambda f: (f.object == card.iri, f.property)):
            yield f"  {'←' if inward else '→'} {label(name, lang)}"
            for fact in group:
                yield f"    {fact_line(fact, card.labels.__getitem__, lang)}"
                yield from () if brief else sentence_lines(fact.sentences, "      ")


def _json(card: Card) -> dict[str, Any]:
    return {
        "iri": card.iri,
        "id": card.id,
        "label": card.label,
        "classes": list(card.classes),
        "kind": card.kind or None,
        "names": list(card.names),
        "resolved": card.resolved,
        "division_code": card.division_code or None,
        "first_seen": card.seen[0] if card.seen else None,
        "last_seen": card.seen[-1] if card.seen else None,
        "near": list(card.near),
        "replaces": list(card.replaces),
        "by_user": card.by_user,
        "named": card.named,
        "figures": [figure_json(figure) for figure in card.figures],
        "facts": [fact_json(fact, card.labels.__getitem__) for fact in card.facts],
    }


def _candidate(found: Found) -> dict[str, Any]:
    return {"iri": found.iri, "id": found.id, "label": found.label, "classes": list(found.classes), "facts": found.facts}
