"""Packed documents: DOCX, OFD and archives that unpack to too much, lie about what they hold, or point out of themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import making

from torture.inputs import EITHER, READ, REFUSED, SENTENCE, Input, Make, of_bytes
from torture.markup import BOMB

P = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
TYPES = {"_rels/.rels": "<R/>", "[Content_Types].xml": "wordprocessingml.document.main"}


def inputs() -> Iterator[Input]:
    opening, closing = f"<w:document {making.WORD}><w:body>{P}", "</w:body></w:document>"
    yield Input("DOCX", READ, of_bytes("a.docx", lambda: making.raw_docx(P)))
    yield Input("DOCX that unpacks to 10 GB", REFUSED, _bomb("a.docx", opening, 10 << 30), "unpacks to more than", big=True)
    yield Input("DOCX that unpacks to 300 MB", REFUSED, _bomb("a.docx", opening, 300 << 20), "unpacks to more than")
    yield Input("DOCX with an entity bomb", REFUSED, _docx(f"{BOMB}{opening}&k;{closing}"), "document type")
    outside = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield Input("DOCX that asks for a file", REFUSED, _docx(f"{outside}{opening}&e;{closing}"), "document type")
    yield Input(
        "DOCX with an entity bomb in UTF-16",
        REFUSED,
        _docx(f"{BOMB}{opening}&k;{closing}".replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")),
    )
    for name, body in (
        ("10,000 nested tables", "<w:tbl><w:tr><w:tc>" * 10_000), ("10,000 nested runs", "<w:r>" * 10_000), ("tags that are not closed", "<w:p>"),
    ):  # fmt: skip
        yield Input(f"DOCX of {name}", REFUSED, _docx(f"{opening}{body}{closing}"), "well-formed")
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{P}</w:tc>"
    for name, body in (
        ("a cell over a billion columns", f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"),
        ("a cell over minus one column", f"<w:tbl><w:tr>{cell.replace('999999999', '-1')}</w:tr></w:tbl>"),
        ("numbers that are none", "<w:p><w:pPr><w:numPr><w:ilvl w:val='x'/><w:numId w:val='99999999999999999999'/></w:numPr></w:pPr></w:p>"),
        ("100,000 paragraphs", "<w:p><w:r><w:t>湖</w:t></w:r></w:p>" * 100_000),
    ):  # fmt: skip
        yield Input(
            f"DOCX with {name}", EITHER, of_bytes("a.docx", lambda body=body: making.raw_docx(P + body)), big="100" in name
        )
    style = "<w:style w:type='paragraph' w:styleId='{0}'><w:basedOn w:val='{1}'/></w:style>"
    looped = style.format("A", "B") + style.format("B", "A")
    yield Input(
        "DOCX of styles that lead back to themselves",
        EITHER,
        of_bytes(
            "a.docx", lambda: making.raw_docx(P.replace("<w:r>", "<w:pPr><w:pStyle w:val='A'/></w:pPr><w:r>", 1), styles=looped)
        ),
    )
    yield Input("DOCX cut off", REFUSED, of_bytes("a.docx", lambda: making.raw_docx(P)[:400]))
    yield Input("DOCX without its document", REFUSED, of_bytes("a.docx", lambda: making.packed(TYPES)))
    yield Input("DOCX without text", REFUSED, of_bytes("a.docx", lambda: making.raw_docx("")))
    yield Input(
        "DOCX under a password",
        REFUSED,
        of_bytes("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        "password",
    )
    yield Input("DOCX whose parts are marked as encrypted", REFUSED, of_bytes("a.docx", _encrypted), "password")
    yield Input(
        "DOCX with parts that lead out of it",
        EITHER,
        of_bytes(
            "a.docx",
            lambda: making.packed(
                {
                    **TYPES,
                    "word/document.xml": opening + closing,
                    "../../../etc/cron.d/x": "x",
                    "/etc/passwd": "x",
                    "word/../../x": "x",
                }
            ),
        ),
    )
    yield Input("DOCX with a part twice", EITHER, of_bytes("a.docx", _twice))
    yield Input(
        "ZIP of 30,000 parts",
        REFUSED,
        of_bytes(
            "a.docx",
            lambda: making.packed({**TYPES, "word/document.xml": opening + closing} | {f"p{n}": "" for n in range(30_000)}),
        ),
        "parts",
    )
    yield Input(
        "ZIP within a ZIP",
        REFUSED,
        of_bytes("a.docx", lambda: making.packed({"a.zip": making.packed({"b.zip": making.packed({"c.txt": SENTENCE})})})),
    )
    yield Input(
        "a spreadsheet called a text",
        REFUSED,
        of_bytes("a.txt", lambda: making.packed({"xl/workbook.xml": "<w/>", "[Content_Types].xml": "<T/>"})),
        "spreadsheet",
    )
    yield Input("a program called a text", REFUSED, of_bytes("a.txt", b"\x7fELF" + b"\0" * 500))
    yield Input("a compressed file called a text", REFUSED, of_bytes("a.txt", b"\x1f\x8b\x08\x00" + b"\0" * 90))
    yield Input(
        "an old document of noise",
        REFUSED,
        of_bytes("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "WordDocument".encode("utf-16-le")),
        big=True,
    )
    yield Input("RTF of 100,000 nested groups", EITHER, of_bytes("a.rtf", b"{\\rtf1 " + b"{" * 100_000), big=True)
    yield Input(
        "RTF that includes a file",
        EITHER,
        of_bytes("a.rtf", b'{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}}}'),
        big=True,
    )
    lying = "<ofd:TextObject ID='9' Boundary='0 0 9 9' Font='1' Size='3'><ofd:TextCode X='0' Y='3' DeltaX='g 999999999 1'>湖州</ofd:TextCode></ofd:TextObject>"
    layer = "<ofd:Content><ofd:Layer ID='2'>{}</ofd:Layer></ofd:Content>"
    yield Input("OFD of a billion distances", REFUSED, of_bytes("a.ofd", lambda: making.ofd_of(layer.format(lying))))
    yield Input(
        "OFD with an entity bomb",
        REFUSED,
        of_bytes("a.ofd", lambda: making.packed({"OFD.xml": BOMB + "<a>&k;</a>"})),
        "document type",
    )
    yield Input(
        "OFD whose document lies elsewhere",
        REFUSED,
        of_bytes(
            "a.ofd",
            lambda: making.packed(
                {
                    "OFD.xml": f"<ofd:OFD {making.OFD}><ofd:DocBody><ofd:DocRoot>../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
                }
            ),
        ),
    )
    yield Input(
        "OFD with places that are no numbers",
        EITHER,
        of_bytes(
            "a.ofd",
            lambda: making.ofd_of(layer.format(lying.replace("0 0 9 9", "NaN inf -1e999 x").replace("g 999999999 1", ""))),
        ),
    )
    yield Input("OFD that unpacks to 1 GB", REFUSED, _bomb("a.ofd", "<ofd", 1 << 30, "OFD.xml"), "unpacks to more than", big=True)


def _docx(xml: str | bytes) -> Make:
    return of_bytes("a.docx", lambda: making.packed({**TYPES, "word/document.xml": xml}))


def _bomb(file: str, opening: str, size: int, part: str = "word/document.xml") -> Make:
    """A packed document one part of which unpacks to `size` bytes of spaces."""

    def content() -> bytes:
        packed = io.BytesIO()
        block = b" " * (16 << 20)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in TYPES.items():
                archive.writestr(name, text)
            with archive.open(part, "w", force_zip64=True) as out:
                out.write(opening.encode())
                for _ in range(size // len(block)):
                    out.write(block)
        return packed.getvalue()

    return of_bytes(file, content)


def _encrypted() -> bytes:
    """A DOCX whose flags say that its parts are encrypted."""
    data = bytearray(making.raw_docx(P))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _twice() -> bytes:
    file = io.BytesIO(making.raw_docx(P))
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()
