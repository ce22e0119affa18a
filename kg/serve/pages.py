"""Making pages: templates in which everything is escaped, words in the reader's language, and the links between pages."""

from __future__ import annotations

import math
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.cli.say import LANGUAGES
from kg.export.page.style import STYLES
from kg.export.page.texts import one_line
from kg.ontology import label
from kg.serve.refusal import Refused
from kg.serve.site import Site

HERE = Path(__file__).parent
EXPLORER_WORDS = HERE.parent / "export" / "page" / "words.toml"
A_YEAR = 365 * 24 * 3600
# How far the corners of a sign are from its middle, and where the first of them is (degrees, 0 to the right).
CORNERS = {
    "square": (4, 45),
    "diamond": (4, 0),
    "hexagon": (6, 0),
    "triangle": (3, -90),
    "triangleDown": (3, 90),
    "star": (10, -90),
}


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page in the language of who asks; what they choose with ?lang= is remembered."""
    site: Site = request.state.site
    lang = language(request)
    words = _words()[lang]

    def say(key: str, **filled: Any) -> str:
        text: str = words[key]
        return text.format(**filled) if filled else text

    text = _environment().get_template(template).render(
        say=say,
        words=words,
        lang=lang,
        other=address_in(request, next(one for one in LANGUAGES if one != lang)),
        term=partial(label, language=lang),
        inverse=partial(inverse, lang=lang),
        prefix=site.prefix,
        path=site.path(request),
        build=request.app.state.sites.title(request.path_params["build"]) if "build" in request.path_params else "",
        there=site.there,
        page_token=site.settings.page_token,
        **values,
    )  # fmt: skip
    response = HTMLResponse(text, status, {"Vary": "Accept, Cookie"})
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", lang, max_age=A_YEAR, samesite="strict", httponly=True)
    return response


def language(request: Request) -> str:
    """What ?lang= says, else what was chosen before, else what the server was started with."""
    asked = (request.query_params.get("lang"), request.cookies.get("lang"))
    return next((lang for lang in asked if lang in LANGUAGES), request.app.state.settings.lang)


def address_in(request: Request, lang: str) -> str:
    """The address of the page that is asked for, in another language."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{quote(request.scope['path'])}?{urlencode([*rest, ('lang', lang)])}"


def inverse(property: str, lang: str) -> str:
    """How a relation reads from the object's side."""
    words: dict[str, str] = _explorer_words()[lang]["inverse"]
    return words.get(property) or label(property, lang)


def sign(sort: str) -> Markup:
    """The sign of a class as the explorer draws it: its shape, and filled or hollow; its colour is the style sheet's."""
    points, hollow = shape(sort)
    drawn = f'<polygon points="{points}"/>' if points else '<circle r="5"/>'
    kind = f"sign {sort}{' hollow' if hollow else ''}"
    return Markup(f'<svg class="{kind}" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">{drawn}</svg>')


def shape(sort: str) -> tuple[str, bool]:
    """The corners of a class's sign around 0,0 as SVG has them ("" for a disc), and whether it is hollow."""
    style = STYLES.get(sort)
    name, hollow = (style.shape, style.hollow) if style is not None else ("dot", True)
    if name == "dot":
        return "", hollow
    count, first = CORNERS[name]
    radii = (6.5, 2.8) if name == "star" else (6.3,)
    angles = [math.radians(first + 360 * n / count) for n in range(count)]
    return " ".join(
        f"{radii[n % len(radii)] * math.cos(a):.1f},{radii[n % len(radii)] * math.sin(a):.1f}" for n, a in enumerate(angles)
    ), hollow


def class_colours() -> str:
    """The style sheet of the classes' colours, on light and on dark ground."""
    light, dark = (
        "".join(f".sign.{name} {{ --sort: {getattr(style, ground)}; }}\n" for name, style in STYLES.items())
        for ground in ("light", "dark")
    )
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def marked(text: str, names: list[str]) -> Markup:
    """A sentence on one line with the names in it marked, longest first."""
    line, pieces, at = one_line(text), [], 0
    wanted = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    while at < len(line):
        found = [(where, name) for name in wanted if (where := line.find(name, at)) >= 0]
        where, name = min(found, key=lambda one: one[0], default=(len(line), ""))
        pieces.append(escape(line[at:where]))
        if name:
            pieces.append(Markup("<mark>") + escape(name) + Markup("</mark>"))
        at = where + len(name)
    return Markup("").join(pieces)


def to_thing(iri: str, site: Site, base: str) -> str:
    """The address of a thing's page."""
    if iri.startswith(base) and "#" not in iri and "?" not in iri:
        return f"{site.prefix}/id/{quote(iri.removeprefix(base), safe='/%')}"
    return f"{site.prefix}/id?{urlencode({'iri': iri})}"


async def wrong(request: Request, refused: Refused) -> Response:
    """A refusal as a page, where a person asked for one."""
    return render(request, "error.html", refused.status, line=refused.line, code=refused.status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(sign=sign, marked=marked)
    return environment


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    return words


@cache
def _explorer_words() -> dict[str, Any]:
    return tomllib.loads(EXPLORER_WORDS.read_text("utf-8"))
