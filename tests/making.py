"""Documents of all formats with the same words in them, made by the tests themselves."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kg.model import Reading
from kg.parse import parse
from kg.pipeline import read_document
from kg.read import read_bytes, read_source

NUMBERED = re.compile(r"[一二三四]、|（[一二三四五六七八九]）")


@cache
def seed_paragraphs(seed: Path) -> tuple[str, ...]:
    """The seed's report as paragraphs: its head, then its text."""
    document = parse(read_source(seed))
    return tuple(document.text[start:end] for start, end in document.paragraphs)


def head_and_body(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands over the salutation, and the rest."""
    first = next(number for number, text in enumerate(paragraphs) if text.startswith("各位"))
    return list(paragraphs[:first]), list(paragraphs[first:])


def read(data: bytes, name: str) -> Reading:
    """All that a file of this content and name gives."""
    return read_document(read_bytes(data, name))


def words(reading: Reading) -> dict[str, set[tuple[object, ...]]]:
    """What a reading says, without sources and offsets."""
    return {
        "entities": {(e.id, e.classes, e.label, e.alt, e.kind, e.resolved) for e in reading.entities},
        "facts": {(f.subject, f.property, f.object, f.status, f.basis, f.rule, f.period, f.role) for f in reading.facts},
        "measures": {(m.about, m.indicator, m.value, m.unit, m.kind, m.bound, m.status, m.period, m.min, m.max) for m in reading.measures},
    }  # fmt: skip


def f1(one: set[tuple[object, ...]], other: set[tuple[object, ...]]) -> float:
    """How far two sets agree: 1 where they are the same."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def quotes_are_true(reading: Reading) -> bool:
    """Whether each mention of each entity and each piece of evidence is a stretch of the source's text, and none is empty."""
    text = reading.document.source.text
    spans = [span for entity in reading.entities for span in entity.mentions]
    spans += [span for made in (*reading.facts, *reading.measures) for span in made.evidence]
    return all(0 <= span.start < span.end <= len(text) and text[span.start : span.end].strip() for span in spans)


# ---- pages ----


def page(
    paragraphs: Sequence[str], *, style: str = "", before: str = "", after: str = "", charset: str = "utf-8", meta: str = ""
) -> str:
    """A web page of the paragraphs: the first is its title, numbered ones are headings."""
    head, body = head_and_body(paragraphs)
    inside = "".join(
        f"<h3>{html.escape(text)}</h3>" if NUMBERED.match(text) and len(text) < 90 else f"<p>　　{html.escape(text)}</p>"
        for text in body
    )
    over = "".join(f'<p class="o">{html.escape(text)}</p>' for text in head[1:])
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{html.escape(head[0])}_某某网</title>{meta}<style>{style}</style></head><body>{before}"
        f'<div class="article"><h1>{html.escape(head[0])}</h1>{over}<div class="c">{inside}</div></div>{after}</body></html>'
    )


A4 = (
    "@page{size:A4;margin:25mm 22mm}body{font-family:'Noto Serif CJK SC';font-size:14pt;line-height:1.8}p{text-indent:2em;margin:0;"
    "text-align:justify}h1{text-align:center;font-size:22pt}.o{text-align:center}"
)
NEWSPAPER = (
    "@page{size:390mm 540mm;margin:12mm}body{font-family:'Noto Serif CJK SC';font-size:10pt;line-height:1.35}"
    ".c{column-count:5;column-gap:1.5em;column-fill:auto;height:440mm}p{text-indent:2em;margin:0;text-align:justify}"
    "h1{text-align:center;font-size:26pt}.o{text-align:center}h3{font-size:11pt;margin:4pt 0}"
    ".m{display:flex;justify-content:space-between;border-bottom:1px solid}"
)


class Printer:
    """A browser that prints pages to PDF."""

    def __init__(self, program: str) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=program)

    def pdf(self, markup: str, *, head: str = "", foot: str = "") -> bytes:
        """The page as a PDF, with a head and a foot on each sheet where they are given."""
        context = self._browser.new_context(offline=True)
        try:
            sheet = context.new_page()
            sheet.set_content(markup)
            return sheet.pdf(
                prefer_css_page_size=True, display_header_footer=bool(head or foot), header_template=head or "<i></i>", footer_template=foot or "<i></i>"
            )  # fmt: skip
        finally:
            context.close()

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()


def scan(pdf: bytes, *, dpi: int = 200, pages: int | None = None) -> list[object]:
    """The pages of a PDF as a scanner gives them: grey, a little turned and a little blurred."""
    import pypdfium2
    from PIL import ImageFilter

    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document) if pages is None else pages):
        image = document[number].render(scale=dpi / 72).to_pil().convert("L")
        found.append(image.rotate(0.3, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6)))
    return found


def saved(images: Sequence[object], form: str) -> bytes:
    """Images as one file (PDF, PNG, JPEG, TIFF)."""
    first, *rest = images
    file = io.BytesIO()
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(file, form, **more, **({"resolution": 200.0} if form == "PDF" else {}))  # type: ignore[attr-defined]
    return file.getvalue()


# ---- office documents ----


def docx(paragraphs: Sequence[str]) -> bytes:
    """A DOCX of the paragraphs with a title and headings by style."""
    import docx as word

    document = word.Document()
    head, body = head_and_body(paragraphs)
    document.add_heading(head[0], 0)
    for text in [*head[1:], *body]:
        level = (
            1
            if re.match(r"[一二三四]、", text)
            else 2
            if re.match(r"（[一二三四五六七八九]）", text) and len(text) < 90
            else None
        )
        document.add_paragraph(text) if level is None else document.add_heading(text, level)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARTS = {
    "styles": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "numbering": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
}


def raw_docx(body: str, **parts: str) -> bytes:
    """A DOCX with this XML in its body, and parts (styles, numbering, footnotes) with theirs."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(f'<Relationship Id="r{n}" Type="{relation}/{part}" Target="{part}.xml"/>' for n, part in enumerate(parts))
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        **{f"word/{part}.xml": f"<w:{part} {WORD}>{xml}</w:{part}>" for part, xml in parts.items()},
    }  # fmt: skip
    return packed(files)


def packed(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def by_libreoffice(data: bytes, source: str, target: str, folder: Path) -> bytes:
    """A document in another format, by LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program
    (folder / f"one.{source}").write_bytes(data)
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", target, "--outdir", str(folder), f"one.{source}"],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / f"one.{target}").read_bytes()


# ---- OFD ----

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    columns: Sequence[Sequence[str]], *, title: Sequence[str] = (), size: float = 3.5, shuffled: bool = False, extra: str = ""
) -> bytes:
    """An OFD page: lines of a title over columns of lines, each line an object with its place; in any order where `shuffled`."""
    width, height, top = 210.0, 297.0, 20.0
    objects = []
    for number, line in enumerate(title):
        big = size * 1.6
        objects.append(_text_object(line, (width - big * len(line)) / 2, top + number * big * 1.5, big))
    start = top + len(title) * size * 1.6 * 1.5 + 3 * size
    across = (width - 30) / len(columns)
    for column, lines in enumerate(columns):
        for number, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("　"))
            left = 15 + column * across + indent * size
            objects.append(_text_object(line.lstrip("　"), left, start + number * size * 1.4, size))
    if shuffled:
        objects = objects[1::2] + objects[::2][::-1]
    layer = "".join(text.replace("@", str(number + 10)) for number, text in enumerate(objects))
    return ofd_of(f"<ofd:Content><ofd:Layer ID='2'>{layer}{extra}</ofd:Layer></ofd:Content>", height=height)


def _text_object(line: str, left: float, top: float, size: float) -> str:
    deltas = f"g {len(line) - 1} {size}" if len(line) > 1 else ""
    return (
        f"<ofd:TextObject ID='@' Boundary='{left:.2f} {top:.2f} {size * len(line):.2f} {size * 1.2:.2f}' Font='1' Size='{size}'>"
        f"<ofd:TextCode X='0' Y='{size * 0.88:.2f}' DeltaX='{deltas}'>{html.escape(line)}</ofd:TextCode></ofd:TextObject>"
    )


def ofd_of(content: str, *, height: float = 297.0, root: str = "", files: dict[str, str | bytes] | None = None) -> bytes:
    """An OFD file with one page of this content."""
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {OFD} DocType='OFD' Version='1.0'><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{root}</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 {height}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
            "Doc_0/PublicRes.xml": f"<ofd:Res {OFD} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='90' Type='Image'><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {OFD}>{content}</ofd:Page>",
            **(files or {}),
        }
    )  # fmt: skip


def wrapped(paragraphs: Sequence[str], width: int) -> list[str]:
    """Paragraphs as lines of so many characters, each paragraph set in by two."""
    return [line for text in paragraphs for line in re.findall(f".{{1,{width}}}", "　　" + text)]
