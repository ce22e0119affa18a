"""`kg diff A B`: what came, went and changed between two builds or two documents."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.console import Console
from kg.cli.options import json_option, lexicon_option
from kg.cli.say import Say, Table
from kg.cli.table import columns

if TYPE_CHECKING:
    from kg.evaluate.diff import Beside, Diff, FactChange, State
    from kg.graph.knowledge import Graph
    from kg.model import Measure

SAY: Table = {
    "help": ("比较两次构建，或两份文本（如两年的报告）：新增、消失、变化的实体、事实和数据",
             "compare two builds, or two documents (say two years' reports): what came, went and changed"),
    "one": ("先：kg build 写的文件夹，或文本", "the earlier: a folder that kg build wrote, or a document"),
    "other": ("后：同上", "the later: likewise"),
    "home": ("文本里没有说明时，这是哪里的文本，如 湖州市", "whose texts they are where they do not say, such as 湖州市"),
    "lexicon": ("自己的词表（TOML；可以给多个）", "a lexicon of your own (TOML; can be given more than once)"),
    "all": ("全部列出（默认每项最多 20 个）", "list everything (default: at most 20 of each kind)"),
    "json": ("用 JSON 写", "print as JSON"),
    "reading": ("正在读", "reading"),
    "head": ("{a} → {b}", "{a} → {b}"),
    "counts": ("保留 {stay}，新增 {come}，消失 {go}", "{stay} stay, {come} came, {go} went"),
    "changed": ("有变化 {n}", "{n} changed"),
    "entities": ("实体", "Entities"),
    "facts": ("事实", "Facts"),
    "figures": ("数据", "Figures"),
    "beside": ("两边都有的数据", "Figures of both, side by side"),
    "more": ("…… 还有 {n} 个（--all 全列）", "… and {n} more (--all lists them)"),
    "same": ("没有差别", "no difference"),
    "not-there": ("既不是文件夹也不是文件", "is neither a folder nor a file"),
}  # fmt: skip
SHOWN = 20


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg diff`."""
    parser.add_argument("one", metavar="A", type=Path, help=say("one"))
    parser.add_argument("other", metavar="B", type=Path, help=say("other"))
    parser.add_argument("--home", metavar="PLACE", help=say("home"))
    lexicon_option(parser, say("lexicon"))
    parser.add_argument("--all", action="store_true", help=say("all"))
    json_option(parser, say("json"))


def run(args: Namespace, console: Console) -> int:
    """Compare and print. 0: compared, whether they differ or not; 3: part of the documents was skipped."""
    from kg.evaluate.diff import diff
    from kg.ontology import know

    with console.progress(console.say(SAY)("reading")) as tell:
        before, after = (_graph(path, args, tell, console) for path in (args.one, args.other))
    know((*before.terms, *after.terms))
    builds = _built(args.one) and _built(args.other)
    found = diff(before, after, dated=builds)
    if args.json:
        console.json(_json(found, before, after))
    elif found.empty:
        console.print(console.say(SAY)("same"))
    else:
        console.print(
            console.say(SAY)("head", a=args.one, b=args.other), *_lines(found, before, after, args.all, builds, console)
        )
    skipped = [one for graph, path in ((before, args.one), (after, args.other)) if not _built(path) for one in graph.skipped]
    for one in skipped:
        console.warn(f"{one.name}: {one.reason}")
    return 3 if skipped else 0


def _built(path: Path) -> bool:
    return (path / "manifest.json").is_file()


def _graph(path: Path, args: Namespace, tell: Callable[[str], None], console: Console) -> Graph:
    """The graph of a published folder, or of the documents at a path, built in memory."""
    from kg.errors import InputError
    from kg.graph.opened import open
    from kg.pipeline import build

    if not path.exists():
        raise InputError(console.say(SAY)("not-there"), str(path))
    tell(path.name)
    return open(path) if _built(path) else build(path, home=args.home, lexicon=args.lexicon)


def _lines(found: Diff, before: Graph, after: Graph, everything: bool, builds: bool, console: Console) -> Iterator[str]:
    """What a reader wants to know: of two documents also which programs and platforms stay."""
    from kg.model import CLASSES
    from kg.ontology import label

    say, lang = console.say(SAY), console.lang
    most = 10**9 if everything else SHOWN

    def cut(lines: list[str]) -> Iterator[str]:
        yield from lines[:most]
        if len(lines) > most:
            yield f"    {say('more', n=len(lines) - most)}"

    def counts(stay: int, come: int, go: int, changed: int) -> str:
        told = say("counts", stay=stay, come=come, go=go)
        return f"{told}{'，' if lang == 'zh' else ', '}{say('changed', n=changed)}" if changed else told

    first = ("Program", "Platform")
    parts = [found.stay, found.come, found.go]
    numbers = [sum(map(len, part.values())) for part in parts]
    yield f"{say('entities')}  {counts(numbers[0], numbers[1], numbers[2], len(found.changed))}"
    for name in (*first, *(name for name in CLASSES if name not in first)):
        stay, come, go = (part.get(name, ()) for part in parts)
        if (stay and not builds) or come or go:
            yield f"  {label(name, lang)}  {counts(len(stay), len(come), len(go), 0)}"
            if name in first and not builds:
                yield from cut([f"    = {entity.label}" for entity in stay])
            yield from cut([f"    + {entity.label}" for entity in come])
            yield from cut([f"    - {entity.label}" for entity in go])
    yield from cut([f"  ~ {change.before.label} → {change.after.label}  {_classes(change, lang)}" for change in found.changed])
    yield ""
    yield f"{say('facts')}  {counts(found.facts_stay, len(found.facts_come), len(found.facts_go), len(found.facts_changed))}"
    names = {entity.id: entity.label for graph in (before, after) for entity in graph.entities}
    for sign, facts in (("~", found.facts_changed), ("+", found.facts_come), ("-", found.facts_go)):
        yield from cut([f"  {sign} {_fact(fact, names, lang)}" for fact in facts])
    yield ""
    differ = [figure for figure in found.figures if not figure.same]
    yield f"{say('figures')}  {counts(len(found.figures), len(found.figures_come), len(found.figures_go), len(differ))}"
    if builds:
        for sign, figures in (("~", differ), ("+", found.figures_come), ("-", found.figures_go)):
            yield from cut(
                [f"  {sign}{line}" for line in columns([_beside(figure, lang) for figure in figures], "llrlrl", indent=" ")]
            )
    elif found.figures:
        yield from ("", say("beside"))
        yield from cut(columns([_beside(figure, lang) for figure in found.figures], "llrlrl"))


def _classes(change: Any, lang: str) -> str:
    from kg.ontology import label

    was, now = ("、".join(label(name, lang) for name in entity.classes) for entity in (change.before, change.after))
    return f"({was} → {now})" if was != now else ""


def _fact(fact: FactChange, names: dict[str, str], lang: str) -> str:
    from kg.ontology import label

    said = f"{names[fact.subject]} —{label(fact.property, lang)}→ {names[fact.object]}"
    was, now = _states(fact.before, lang), _states(fact.after, lang)
    return f"{said}  {f'{was} → {now}' if fact.before and fact.after else was or now}"


def _states(states: tuple[State, ...], lang: str) -> str:
    from kg.ontology import label

    return ("，" if lang == "zh" else ", ").join(
        " ".join(filter(None, (label(status, lang), when, role))) for status, when, role in states
    )


def _beside(figure: Beside, lang: str) -> tuple[str, ...]:
    from kg.ontology import label

    change = figure.change
    return (
        f"{figure.label} | {figure.other_label}" if figure.other else figure.label,
        figure.indicator if figure.kind == "level" else f"{figure.indicator} ({label(figure.kind, lang)})",
        _values(figure.before),
        "→" if figure.before and figure.after else "",
        f"{_values(figure.after)} {figure.unit}".rstrip(),
        "" if not change else f"{change:+.1f}%",
    )


def _values(measures: tuple[Measure, ...]) -> str:
    return "、".join(f"{measure.value:,}" for measure in measures)


def _json(found: Diff, before: Graph, after: Graph) -> dict[str, Any]:
    names = {entity.id: entity.label for graph in (before, after) for entity in graph.entities}

    def entities(part: dict[str, Any]) -> dict[str, Any]:
        return {name: [{"id": entity.id, "label": entity.label} for entity in group] for name, group in part.items()}

    def facts(part: tuple[FactChange, ...]) -> list[dict[str, Any]]:
        return [
            {
                "subject": {"id": f.subject, "label": names[f.subject]},
                "property": f.property,
                "object": {"id": f.object, "label": names[f.object]},
                **{
                    side: {
                        "states": [dict(zip(("status", "period", "role"), state, strict=True)) for state in states],
                        "quotes": list(quotes),
                    }
                    for side, states, quotes in (("before", f.before, f.quotes_before), ("after", f.after, f.quotes_after))
                },
            }
            for f in part
        ]

    return {
        "entities": {"stay": entities(found.stay), "come": entities(found.come), "go": entities(found.go),
                     "changed": [{"id": c.after.id, "before": {"label": c.before.label, "classes": list(c.before.classes)},
                                  "after": {"label": c.after.label, "classes": list(c.after.classes)}} for c in found.changed]},
        "facts": {"stay": found.facts_stay, "come": facts(found.facts_come), "go": facts(found.facts_go),
                  "changed": facts(found.facts_changed)},
        "figures": {name: [_beside_json(f) for f in part] for name, part in
                    (("both", found.figures), ("come", found.figures_come), ("go", found.figures_go))},
    }  # fmt: skip


def _beside_json(figure: Beside) -> dict[str, Any]:
    def told(measures: tuple[Measure, ...]) -> list[dict[str, Any]]:
        return [
            {
                "value": m.value if isinstance(m.value, int) else str(m.value),
                "written": m.as_written,
                "status": m.status,
                "period": None if m.period is None else [m.period.start, m.period.end],
            }
            for m in measures
        ]

    return {
        "about": {"id": figure.about, "label": figure.label},
        **({"about_after": {"id": figure.other, "label": figure.other_label}} if figure.other else {}),
        "indicator": figure.indicator,
        "key": (figure.before or figure.after)[0].key,
        "unit": figure.unit,
        "kind": figure.kind,
        "before": told(figure.before),
        "after": told(figure.after),
        "change_percent": None if figure.change is None else round(figure.change, 2),
    }
