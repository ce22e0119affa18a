"""The pass table of docs/conformance.md, as the runs of now have it."""

from __future__ import annotations

import re
from pathlib import Path

from .known import KNOWN
from .run import run_suite
from .suites import ELSEWHERE, SUITES, UNFIT, counted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
BEGIN, END = "<!-- python -m tests.w3c --write -->", "<!-- end -->"
_WRITTEN = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.S)


def made() -> str:
    """What stands between the marks of the page."""
    return "\n".join([*_table(), "", *_failures(), "", *_absent(), "", *_unfit(), ""])


def shown() -> str:
    """What stands there now."""
    found = _WRITTEN.search(PAGE.read_text("utf-8"))
    assert found, f"{PAGE.name} has lost its marks"
    return found[0]


def write() -> None:
    """Put in what is made now."""
    text = made()
    PAGE.write_text(_WRITTEN.sub(lambda _: text, PAGE.read_text("utf-8")), "utf-8")


def _table() -> list[str]:
    rows: list[tuple[str | int, ...]] = []
    for name in SUITES:
        found = run_suite(name)
        rows.append((name, found.total, found.passed, len(found.failed), len(found.absent)))
    rows.append(("**all of these**", *(sum(column) for column in list(zip(*rows, strict=True))[1:])))
    rows += [(f"{name} ¹", counted(files), "", "", "") for name, files in ELSEWHERE.items()]
    return [
        "| suite | tests | passed | failed | not run |",
        "| --- | ---: | ---: | ---: | ---: |",
        *("| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) + " |" for row in rows),
        "",
        "¹ Run against a server by `tests/test_serve_w3c.py`, which fails if any of them does.",
    ]


def _failures() -> list[str]:
    lines = ["## What fails, and why"]
    for suite in SUITES:
        failed = run_suite(suite).failed
        if failed:
            lines += ["", f"**{suite}**", "", "| test | reason |", "| --- | --- |"]
            lines += [f"| `{name}` | {KNOWN.get(suite, {}).get(name, failed[name])} |" for name in failed]
    return lines


def _absent() -> list[str]:
    lines = ["## What is not run", "", "The copy of the suites that was used lacks a file of each of these.", ""]
    found = [(suite, name, files) for suite in SUITES for name, files in run_suite(suite).absent.items()]
    lines += [
        "| suite | test | file |",
        "| --- | --- | --- |",
        *(f"| {suite} | `{name}` | `{files}` |" for suite, name, files in found),
    ]
    return lines if found else [*lines[:1], "", "Every test is run."]


def _unfit() -> list[str]:
    lines = ["## Suites that do not apply", "", "| folder | tests | why |", "| --- | ---: | --- |"]
    return lines + [
        f"| `sparql11/{folder}` | {counted((f'sparql/sparql11/{folder}/manifest.ttl',))} | {why} |"
        for folder, why in UNFIT.items()
    ]
