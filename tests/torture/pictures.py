"""PDF files that loop, lie or are under a password, and pictures that are far too large or broken."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from torture.inputs import EITHER, REFUSED, Input, of_bytes

CATALOG, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>"
FORM = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length {0}>>\nstream\n{1}\nendstream"
CRYPT = f"<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return out + f"{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def _stream(text: str, more: str = "") -> str:
    return f"<</Length {len(text)}{more}>>\nstream\n{text}\nendstream"


def png(width: int, height: int) -> bytes:
    """A PNG that says it has this size; its pixels are not there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def inputs() -> Iterator[Input]:
    many = "".join(f"BT /F 9 Tf {n} 0 Td (a) Tj ET\n" for n in range(50_000))
    bomb = zlib.compress(b"q " * 50_000_000, 9).decode("latin-1")
    for name, data in (
        ("PDF cut off", b"%PDF-1.7\n1 0 obj\n" + CATALOG.encode()),
        ("PDF of nothing but its mark", b"%PDF-1.4"),
        ("PDF of noise", b"%PDF-1.4\n" + bytes(range(256)) * 40),
        ("PDF without pages", pdf(CATALOG, "<</Type/Pages/Kids[]/Count 0>>")),
        ("PDF whose pages lead back to themselves", pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>")),
        ("PDF whose pages lead round", pdf(CATALOG, PAGES, "<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>")),
        ("PDF that says it has a billion pages", pdf(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")),
        ("PDF with a form that draws itself", pdf(CATALOG, PAGES, PAGE, _stream("/A Do"), FORM.format(4, "/A Do"))),
        ("PDF with a form that draws itself twice", pdf(CATALOG, PAGES, PAGE, _stream("/A Do"), FORM.format(10, "/A Do /A Do"))),
        ("PDF of a page a billion wide", pdf(CATALOG, PAGES, PAGE.replace("99 99", "1000000000 1000000000"), _stream(""), FORM.format(0, ""))),
        ("PDF of a page without size", pdf(CATALOG, PAGES, PAGE.replace("0 0 99 99", "0 0 0 0"), _stream(""), FORM.format(0, ""))),
        ("PDF under a password", pdf(CATALOG, PAGES, PAGE, CRYPT, trailer=f"/Encrypt 4 0 R/ID[<{'41' * 16}><{'41' * 16}>]")),
        ("PDF with a length that is itself", pdf(CATALOG, PAGES, PAGE, "<</Length 4 0 R>>\nstream\nendstream", FORM.format(0, ""))),
        ("PDF of an object table that leads back", b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"),
        ("PDF of 100,000 nested arrays", pdf(CATALOG, PAGES, "[" * 100_000, _stream(""))),
        ("PDF of 50,000 pieces of text", pdf(CATALOG, PAGES, PAGE.replace("/XObject", "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject"), _stream(many), FORM.format(0, ""))),
        ("PDF whose page unpacks to 100 MB", pdf(CATALOG, PAGES, PAGE, _stream(bomb, "/Filter/FlateDecode"), FORM.format(0, ""))),
        ("PDF with a script and a launch", pdf("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>>>", PAGES, PAGE, _stream(""), FORM.format(0, ""))),
    ):  # fmt: skip
        yield Input(
            name, REFUSED, of_bytes("a.pdf", data), "password" if "password" in name else "", big="MB" in name or "pieces" in name
        )
    for size in ((1, 100_000_000), (100_000_000, 1), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (0, 0), (10_000, 9_000)):
        yield Input(f"PNG of {size[0]} × {size[1]} pixels", REFUSED, of_bytes("a.png", png(*size)), big=size == (10_000, 9_000))
    tiff = struct.pack("<2sHIHHHIIHHIII", b"II", 42, 8, 2, 256, 4, 1, 9, 257, 4, 1, 9, 8)
    for name, data in (
        ("PNG cut off", png(9, 9)[:40]), ("JPEG of its mark", b"\xff\xd8\xff\xe0"), ("TIFF whose pages lead back", tiff), ("GIF of its mark", b"GIF89a"),
        ("BMP of a negative size", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, -5, -2**31, 1, 24, 0, 0, 0, 0, 0, 0)),
        ("WebP of its mark", b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0"),
    ):  # fmt: skip
        yield Input(name, REFUSED, of_bytes("a.png", data))
    yield Input("a text called a picture", EITHER, of_bytes("a.png", "湖州市政协在安吉县召开民主协商座谈会。" * 9))
