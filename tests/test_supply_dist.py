"""What is handed out: an sdist and a wheel of the same bytes each time, a wheel that works alone, and its bill of materials."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import httpx
import pytest
from absent import absent

TEXT = "湖州市政协2022年工作报告\n\n市政协打造“民生议事堂”协商平台，全年开展协商活动320场次。\n"


def clean(**more: str) -> dict[str, str]:
    """The environment without what leads Python to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {"PYTHONUTF8": "1", **more}


def tool(root: Path, name: str, *words: str | Path, umask: int = 0o22) -> None:
    command = [sys.executable, str(root / "tools" / name), *map(str, words)]
    subprocess.run(command, cwd=root, env=clean(), check=True, capture_output=True, timeout=120, umask=umask)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    tool(root, "dist.py", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, and of this environment the packages but not this checkout.

    A folder named in a .pth file is searched for packages; the .pth files in that folder, which lead to the checkout, are not read.
    """
    folder = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=120)
    where = {"base": str(folder), "platbase": str(folder)}
    programs = Path(sysconfig.get_path("scripts", "venv", where))
    python = programs / Path(sys.executable).name
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], env=clean(), check=True, timeout=120)
    packages = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (Path(sysconfig.get_path("purelib", "venv", where)) / "libraries.pth").write_text("\n".join(packages), "utf-8")
    return programs


@pytest.fixture(scope="module")
def built(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that the installed command built, in a folder far from the source."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "report.txt").write_text(TEXT, "utf-8")
    kg(installed, folder, "build", "report.txt", "-o", "out")
    return folder


def kg(programs: Path, folder: Path, *words: str) -> str:
    done = subprocess.run(
        [programs / "kg", *words],
        cwd=folder,
        env=clean(KG_LANG="en"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_commit_gives_the_same_bytes_in_another_folder_for_another_user(root, tmp_path):
    if not (root / ".git").exists():
        absent("this is no git checkout")
    built = []
    for name, umask in (("one", 0o22), ("another", 0o77)):
        command = ["git", "clone", "--quiet", "--no-hardlinks", str(root), name]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=120, umask=umask)
        tool(tmp_path / name, "dist.py", tmp_path / f"dist of {name}", umask=umask)
        built.append(hashes(tmp_path / f"dist of {name}"))
    assert len(built[0]) == 2
    assert built[0] == built[1]


def test_the_wheel_made_from_the_sdist_is_the_wheel(root, wheel, tmp_path):
    sdist = next(wheel.parent.glob("*.tar.gz"))
    subprocess.run(["tar", "-xzf", str(sdist)], cwd=tmp_path, check=True, timeout=120)
    tool(next(tmp_path.iterdir()), "dist.py", tmp_path / "again")
    assert hashes(tmp_path / "again")[wheel.name] == hashes(wheel.parent)[wheel.name]


def test_the_wheel_holds_the_code_the_tables_the_page_the_ontology_and_the_queries(root, wheel):
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    places = {"kg": "kg", "ontology": "kg/data/ontology", "queries": "kg/data/queries"}
    for source, target in places.items():
        files = [path for path in (root / source).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert files
        for path in files:
            assert held[f"{target}/{path.relative_to(root / source).as_posix()}"] == path.read_bytes()
    others = {name.split("/")[0] for name in held} - {"kg"}
    assert others == {"yishi-0.1.0.dist-info"}
    assert {name.rpartition("/")[2] for name in held if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_what_runs_is_the_wheel_and_not_this_checkout(root, installed, tmp_path):
    show = (
        "import kg, kg.ontology, kg.queries; print(kg.__file__, kg.ontology.ontology_dir(), kg.queries.queries_dir(), sep='\\n')"
    )
    python = installed / Path(sys.executable).name
    done = subprocess.run(
        [python, "-c", show], cwd=tmp_path, env=clean(), check=True, capture_output=True, text=True, timeout=120
    )
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(installed.parent)
        assert not Path(line).is_relative_to(root)


def test_the_installed_command_builds_asks_and_validates(installed, built):
    assert "民生议事堂" in (built / "out" / "graph.html").read_text("utf-8")
    assert "民生议事堂" in kg(installed, built, "query", "platforms", "--graph", "out")
    kg(installed, built, "validate", "--graph", "out")


def test_the_installed_command_serves_its_pages_and_ends_when_told(installed, built):
    words = [installed / "kg", "serve", "--graph", "out", "--port", "0"]
    with subprocess.Popen(
        words, cwd=built, env=clean(KG_LANG="en"), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+?/(?=\s|$)", process.stdout.readline())
            assert found
            with httpx.Client(base_url=found[0], timeout=60) as client:
                page = client.get("/")
                assert page.status_code == 200
                assets = re.findall(r'(?:src|href)="(/[^"?#]+\.(?:js|css|svg))', page.text)
                assert assets
                assert {client.get(asset).status_code for asset in assets} == {200}
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0
        finally:
            process.kill()


def test_the_bill_of_materials_names_what_runs_with_its_licence_and_nothing_of_this_machine(root, tmp_path, monkeypatch):
    tool(root, "sbom.py", tmp_path / "bill.json")
    text = (tmp_path / "bill.json").read_text("utf-8")
    bill = json.loads(text)
    packages = {one["name"].lower().replace("_", "-"): one for one in bill["components"]}
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "yishi")
    assert {"rdflib", "jieba", "networkx", "pyvis"} <= packages.keys()
    assert not {"pytest", "mypy", "pip-audit", "neo4j"} & packages.keys()
    assert [name for name, one in packages.items() if not one.get("licenses")] == []
    assert f'"{root}' not in text
    assert not re.search(r"file:|/site-packages|\"distribution\"", text)
    ends = {to for link in bill["dependencies"] for to in [link["ref"], *link.get("dependsOn", [])]}
    assert ends == {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    monkeypatch.syspath_prepend(root / "tools")
    from locks import pinned_here
    from sbom import environment, needed

    versions = pinned_here(root / "requirements.lock")
    assert needed(environment(), versions) == bill, "the same environment gives the same bill"
    with pytest.raises(ValueError, match=r"the environment lacks absent==1\.0"):
        needed(bill, {**versions, "absent": "1.0"})
