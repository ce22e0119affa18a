"""What tests share: where the real material is, and what to do where a part of it is not here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from absent import absent
from database_servers import bolt_server, falkor_server, virtuoso

from kg.read.office import office

__all__ = ["bolt_server", "falkor_server", "virtuoso"]  # fixtures

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT


@pytest.fixture(scope="session")
def seed() -> Path:
    """The seed page: a work report as a newspaper printed it."""
    return next((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def seed_graph(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the seed page's graph. Only read it."""
    from graphs import seed_folder

    return seed_folder(tmp_path_factory.mktemp("seed") / "out", seed)


@pytest.fixture(scope="session")
def two_graph(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of the seed page and a later text. Only read it."""
    from graphs import two_folder

    return two_folder(tmp_path_factory.mktemp("two") / "out", seed)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a verb in this process; returns its exit code, standard output and standard error."""
    from kg.cli import main

    def run(*words: object, lang: str = "en") -> tuple[int, str, str]:
        code = main([*map(str, words), f"--lang={lang}"])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the project that is not ours to publish (texts, the shared scorer). Skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser for the page tests. Without one they are skipped, but not where CI=true: there they fail."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        absent("no Chromium: apt-get install chromium fonts-noto-cjk, or make test as root")
    return found


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """LibreOffice, without which old office documents are not read."""
    if office() is None:
        absent("no LibreOffice: apt-get install libreoffice-writer-nogui, or make test as root")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A browser for the tests of one file."""
    from page_opened import running

    with running(chromium) as started:
        yield started


@pytest.fixture(scope="session")
def seed_built(seed: Path) -> Any:
    """The graph of the seed page."""
    import kg

    return kg.build(seed)


@pytest.fixture(scope="session")
def seed_page(seed_built: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's page as a file."""
    path = tmp_path_factory.mktemp("page") / "graph.html"
    seed_built.to_html(path)
    return path


@pytest.fixture
def opened(browser: Any, seed_page: Path) -> Iterator[Any]:
    """The seed's page, freshly opened. Nothing may go wrong in it, and nothing may be asked of a network."""
    from page_opened import Opened

    found = Opened(browser, seed_page)
    yield found
    assert found.errors == []
    assert [url for url in found.requests if not url.startswith(("data:", "blob:"))] == [seed_page.as_uri()]
    found.context.close()
