"""The pictures of the page in docs/img, taken of the seed's page in a browser: `python tools/make_page_pictures.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {  # file → fragment of the address, colour scheme
    "graph.png": ("#e=民生议事堂", "light"),
    "whole.png": ("#view=whole", "dark"),
}
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Take all pictures."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        sys.exit("no Chromium: apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        file = Path(folder) / "graph.html"
        kg.build(ROOT / "seeds").to_html(file)
        browser = running.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for name, (fragment, scheme) in PICTURES.items():
            page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
            page.goto(file.as_uri() + fragment)
            page.wait_for_selector("html[data-ready]")
            page.evaluate("yishi.view.rested()")
            page.screenshot(path=str(ROOT / "docs" / "img" / name))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
