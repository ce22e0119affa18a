"""The main text of web pages: this reader beside trafilatura, on the same pages in the same run.

    python -m benchmarks.pages [--texts FOLDER] [--json]

The texts of a folder are set into five templates as government and news sites have them (menus, a line with date and source, lists of
other pages, a foot), whole and cut to their first three paragraphs. Of what either reads the parser takes the furniture out. Judged are the lines that a page's text must have: how many of them
are there as they are (recall), and how much of what is read belongs to them (precision, by characters). The templates are our own: what
they show is that short and old-fashioned pages are read at all, not how often the web looks like them.
"""

from __future__ import annotations

import argparse
import html
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.model import Source
from kg.parse import parse
from kg.read import read_bytes, read_source

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
SHORT = 3
"""Paragraphs of a short page."""
MENU = (
    '<div class="top"><p>欢迎访问本网站，今天是2026年3月1日。</p><ul><li><a href="/">首页</a></li><li><a href="/z">政务公开，要闻</a></li></ul></div>'
    '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/y">要闻</a></div>'
)
INFO = '<div class="xx"><span>发布时间：2023-03-06 10:12</span><span>来源：新华社</span><span>字号：【<a href="#">大</a> <a href="#">小</a>】</span></div>'
FOOT = (
    '<div class="xg"><h3>相关阅读</h3><ul><li><a href="1">某市召开会议，部署工作</a></li><li><a href="2">某县举行仪式，签约项目</a></li></ul></div>'
    '<div class="footer"><p>主办：某市人民政府办公室，承办：某市大数据局。</p><p>版权所有，网站标识码：3305000001</p></div>'
)
TEMPLATES = {
    "editor": '<div class="con"><h1>{title}</h1>{info}<div id="zoom"><div class="TRS_Editor">{paragraphs}</div></div></div>',
    "article": "<main><article><header><h1>{title}</h1>{info}</header><section>{paragraphs}</section></article></main>",
    "plain": '<div class="w"><div class="b"><div class="bt">{title}</div>{info}<div class="nr">{paragraphs}</div></div></div>',
    "breaks": '<div class="con"><h1>{title}</h1>{info}<div class="nr">{breaks}</div></div>',
    "tables": (
        '<table width="1000"><tr><td><a href="1">公告一，请看</a><br><a href="2">公告二，请看</a></td><td><table><tr><td align="center"><b>{title}</b></td></tr>'
        "<tr><td>{info}</td></tr><tr><td>{paragraphs}</td></tr></table></td></tr></table>"
    ),
}


def main() -> int:
    """Measure and print a table, or with --json the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, default=CORPUS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pages = made(args.texts)
    if not pages:
        print(f"no texts in {args.texts}", file=sys.stderr)
        return 1
    result = {name: measure(read, pages) for name, read in READERS.items()}
    print(json.dumps(result, indent=1) if args.json else "\n".join(table(result, len(pages))))
    return 0


def made(folder: Path) -> list[tuple[str, list[str]]]:
    """The pages and the lines that each must give, title first."""
    found = []
    for path in sorted(folder.rglob("*.txt")):
        document = parse(read_source(path))
        lines = [document.text[start:end] for start, end in document.paragraphs]
        for part in (lines, lines[: SHORT + 1]):
            for template in TEMPLATES.values():
                found.append((page(template, part), part))
    return found


def page(template: str, lines: list[str]) -> str:
    """A page of one template."""
    title, *rest = map(html.escape, lines)
    paragraphs = "".join(f"<p>　　{text}</p>" for text in rest)
    inside = template.format(title=title, info=INFO, paragraphs=paragraphs, breaks="<br>　　".join(rest))
    return f"<!doctype html><html><head><meta charset=utf-8><title>{title}_某市人民政府</title></head><body>{MENU}{inside}{FOOT}</body></html>"


def measure(read: Callable[[str], str], pages: list[tuple[str, list[str]]]) -> dict[str, float]:
    """Recall of lines, precision of characters, and the seconds for all pages; the first page is read once before the clock starts."""
    read(pages[0][0])
    there = wanted = right = got = 0
    started = time.perf_counter()
    texts = [read(markup) for markup, _ in pages]
    seconds = time.perf_counter() - started
    for text, (_, lines) in zip(texts, pages, strict=True):
        read_lines = [line.strip("#* ") for line in without_furniture(text)]
        expected = set(lines)
        there += sum(line in set(read_lines) for line in expected)
        wanted += len(expected)
        right += sum(len(line) for line in read_lines if line in expected)
        got += sum(map(len, read_lines))
    return {"recall": there / wanted, "precision": right / max(1, got), "seconds": seconds}


def without_furniture(text: str) -> list[str]:
    """The lines of a text that the parser takes for its own, for both readers: it knows what a page puts around a text."""
    try:
        document = parse(Source("0" * 64, "page", text))
    except InputError:
        return []
    return [document.text[start:end] for start, end in document.paragraphs]


def own(markup: str) -> str:
    """What this project reads."""
    return read_bytes(markup.encode(), "page.html").text


def peer(markup: str) -> str:
    """What trafilatura reads with tables and with all that it thinks may belong to the text."""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return extract(markup, include_tables=True, favor_recall=True) or ""


READERS = {"kg": own, "trafilatura": peer}


def table(result: dict[str, dict[str, float]], pages: int) -> list[str]:
    """The figures as lines; times as a ratio, for machines differ."""
    lines = [f"{pages} pages    recall of lines  precision  time"]
    for name, figures in result.items():
        ratio = figures["seconds"] / result["trafilatura"]["seconds"]
        lines.append(f"{name:<12} {figures['recall']:>14.3f} {figures['precision']:>10.3f} {ratio:>5.2f}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
