"""A page in a real browser, as the tests of the page open it: without a network, and with everything that went wrong kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.graph.knowledge import Graph
from kg.graph.merge import merge
from kg.model import Source
from kg.pipeline import read_document

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
READY = "html[data-ready]"
WIDE = {"width": 1600, "height": 1000}


def graph_of(*texts: str, home: str = "湖州市") -> Graph:
    """The graph of these texts."""
    sources = [Source(hashlib.sha256(text.encode()).hexdigest(), f"text{number}.txt", text) for number, text in enumerate(texts)]
    return merge([read_document(source, home=home) for source in sources])


class Opened:
    """A page in the browser, with what it asked for and what went wrong."""

    def __init__(self, browser: Any, path: Path, fragment: str = "", **context: Any) -> None:
        self.context = browser.new_context(
            **{"offline": True, "viewport": WIDE, "accept_downloads": True, "reduced_motion": "reduce", **context}
        )
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog {dialog.message}"))
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector(READY)
        self.rest()

    def rest(self) -> None:
        """Wait until the picture is the true one."""
        self.page.evaluate("yishi.view.rested()")

    def ask(self, script: str, argument: Any = None) -> Any:
        """What a script finds in the page."""
        return self.page.evaluate(script, argument)

    def find(self, name: str) -> str:
        """Search a name, take the first, and return the card."""
        self.page.fill("#search", name)
        self.page.keyboard.press("Enter")
        self.rest()
        return str(self.page.inner_text("#card"))

    def number(self, name: str) -> int:
        """The number of the entity with this name."""
        return int(self.ask("(name) => yishi.kg.names.indexOf(name)", name))

    def where(self, name: str) -> tuple[float, float]:
        """Where on the screen the node of this name is."""
        at = self.ask(
            """(node) => { const { x, y } = yishi.view.at(node), box = document.getElementById("graph").getBoundingClientRect();
            return [box.x + x, box.y + y]; }""",
            self.number(name),
        )
        return at[0], at[1]

    def click(self, name: str) -> None:
        """Click on the node of this name."""
        self.page.mouse.click(*self.where(name))
        self.rest()

    def labels(self) -> list[dict[str, Any]]:
        """What is written on the picture now."""
        self.rest()
        return list(self.ask("yishi.view.labels().map(({ ...label }) => label)"))

    def shown(self) -> set[str]:
        """The names of the entities on the picture."""
        return set(self.ask("yishi.kg.names.filter((_, node) => yishi.picture.nodes[node])"))

    def lit(self, kind: str = "name") -> list[str]:
        """What lights up in the text: names, or sentences ("said")."""
        return list(self.page.locator(f"#article .{kind}.lit").all_text_contents())

    def seen(self, selector: str) -> bool:
        """Whether the first such element stands within what is seen of the pane it scrolls in."""
        return bool(
            self.ask(
                """(selector) => { const box = document.querySelector(selector).getBoundingClientRect();
                return box.width > 0 && box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.left < innerWidth; }""",
                selector,
            )
        )

    def download(self, kind: str) -> bytes:
        """Take the selection along as a file of this kind, and return what is in it."""
        if not self.page.locator("#sheet[open]").count():
            self.page.click("#tools button:has-text('带走')")
        with self.page.expect_download() as waited:
            self.page.click(f"[data-take={kind}]")
        return Path(waited.value.path()).read_bytes()


@contextmanager
def running(chromium: str) -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
