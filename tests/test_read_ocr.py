"""Scans and pictures: read by OCR where that is installed; without it one line says what to install."""

from __future__ import annotations

import os
import socket

import making
import pytest
from absent import absent
from command import kg, one_line

from kg.errors import InputError
from kg.pipeline import build
from kg.read import read_bytes
from kg.read.ocr import mended
from kg.read.pdf import has_ocr

SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。"


@pytest.fixture(scope="module")
def ocr():
    """OCR, without which pictures are not read."""
    if not has_ocr():
        absent("no OCR: pip install 'yishi[ocr]'")


@pytest.fixture(scope="module")
def printer(chromium):
    one = making.Printer(chromium)
    yield one
    one.close()


@pytest.fixture(scope="module")
def excerpt(seed):
    """A page of the seed's report that is dense with names and figures."""
    head, body = making.head_and_body(making.seed_paragraphs(seed))
    first = next(n for n, text in enumerate(body) if text.startswith("“三位一体”"))
    return [*head, "各位委员：", "一、2022年工作回顾", *body[first : first + 3]]


def sheet(text: str) -> str:
    return f"<meta charset=utf-8><style>{making.A4}</style><p>{text}</p>"


def test_a_scanned_page_gives_what_its_text_gives_within_five_points(ocr, printer, excerpt, tmp_path):
    pdf = printer.pdf(making.page(excerpt, style=making.A4 + "body{font-size:12pt;line-height:1.5}"))
    scanned = making.saved(making.scan(pdf), "PDF")
    reading = making.read(scanned, "scan.pdf")
    expected, got = making.words(making.read("\n".join(excerpt).encode(), "a.txt")), making.words(reading)
    assert len(expected["facts"]) > 20 and len(expected["measures"]) > 5
    for kind in expected:
        assert making.f1(expected[kind], got[kind]) >= 0.95, (kind, expected[kind] ^ got[kind])
    assert reading.document.source.media_type == "application/pdf; ocr=rapidocr"
    assert making.quotes_are_true(reading)


def test_a_picture_larger_than_the_engine_looks_at_is_read_in_its_columns(ocr, printer):
    style = making.A4.replace("size:A4", "size:A3 landscape") + ".c{column-count:3;column-gap:2em}body{font-size:10pt}"
    body = [
        f"第{number}项工作由湖州市政协办公室牵头，有关委员会参加，在全市各区县政协支持下完成。" for number in "一二三四五六七八九"
    ]
    markup = making.page(["湖州市政协工作报告", "各位委员：", *body], style=style)
    image = making.saved(making.scan(printer.pdf(markup), dpi=180, pages=1), "PNG")
    text = read_bytes(image, "scan.png").text
    assert [line[1] for line in text.splitlines() if line.startswith("第")] == list("一二三四五六七八九")


def test_a_pdf_of_text_and_of_scanned_pages_is_read_whole(ocr, printer):
    import io

    import pypdfium2

    other = "全市政协系统围绕中心工作开展专题协商，市委、市政府主要领导到会听取意见，形成的建议得到采纳。"
    both = pypdfium2.PdfDocument.new()
    both.import_pages(pypdfium2.PdfDocument(printer.pdf(sheet(SENTENCE))))
    both.import_pages(pypdfium2.PdfDocument(making.saved(making.scan(printer.pdf(sheet(other)), dpi=150), "PDF")))
    file = io.BytesIO()
    both.save(file)
    assert read_bytes(file.getvalue(), "both.pdf").text == f"{SENTENCE}\n{other}\n"


def test_ocr_needs_no_network(ocr, printer, monkeypatch):
    """In a process that cannot open a connection, the same text is read."""
    import subprocess
    import sys

    from command import environment

    image = making.saved(making.scan(printer.pdf(sheet(SENTENCE)), dpi=120), "PNG")
    code = (
        "import socket, sys\ndef no(*a, **k): raise OSError('no network')\nsocket.socket.connect = no\nsocket.getaddrinfo = no\n"
        "from kg.read.image import read_here\nsys.stdout.buffer.write(read_here(sys.stdin.buffer.read(), 'a.png').text.encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=image, env=environment(HOME="/nonexistent"), capture_output=True, timeout=200
    )
    assert "湖州市政协" in done.stdout.decode(), done.stderr.decode()[-500:]
    assert socket.socket.connect


# ---- without it, and what is no page ----


def scanned(printer) -> bytes:
    return making.saved(making.scan(printer.pdf(sheet(SENTENCE)), dpi=60), "PDF")


@pytest.fixture
def no_ocr(tmp_path, monkeypatch):
    """Python as it is where the extra is not installed."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\nu.find_spec = lambda name, *a: None if name == 'rapidocr' else find(name, *a)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setattr("kg.read.image.has_ocr", lambda: False)


def test_without_ocr_a_scan_or_a_picture_is_refused_with_what_to_install(no_ocr, printer):
    for data, name in ((scanned(printer), "a.pdf"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.png")):
        with pytest.raises(InputError, match=r"pip install 'yishi\[ocr\]'"):
            read_bytes(data, name)


def test_without_ocr_the_pages_of_text_are_read_and_the_others_told_of(no_ocr, printer, tmp_path):
    import pypdfium2

    both = pypdfium2.PdfDocument.new()
    both.import_pages(pypdfium2.PdfDocument(printer.pdf(sheet(SENTENCE))))
    for _ in range(2):
        both.import_pages(pypdfium2.PdfDocument(scanned(printer)))
    both.save(str(tmp_path / "both.pdf"))
    graph = build(tmp_path / "both.pdf")
    assert len(graph.facts) > 0
    assert [(one.name, one.reason.split(" (")[0]) for one in graph.skipped] == [
        ("both.pdf", "page(s) 2-3: scanned, without text")
    ]
    done = kg("build", "both.pdf", "-o", "out", "--no-html", cwd=tmp_path, PYTHONPATH=os.environ["PYTHONPATH"])
    assert done.returncode in (0, 3)


def test_huge_broken_and_empty_pictures_are_refused(ocr):
    from PIL import Image

    for data, said in (
        (making.saved([Image.new("1", (20_000, 6_000))], "PNG"), "million pixels"),
        (making.saved([Image.new("L", (300, 200), "white")], "PNG"), "without text"),
        (making.saved([Image.new("L", (300, 200), "white")], "JPEG")[:200], "broken picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "broken picture"),
        (making.saved([Image.new("1", (8, 8), 1)] * 45, "TIFF"), "more than 40 pages"),
    ):
        with pytest.raises(InputError, match=said) as error:
            read_bytes(data, "a.png")
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("“民生议事堂’协商", "“民生议事堂”协商"),
        ("‘打造人才强市”“做强经济’等", "“打造人才强市”“做强经济”等"),
        ("开辟“‘绿水青山’新境界”主题", "开辟“‘绿水青山’新境界”主题"),
        ('"四个意识"和"四个自信"', "“四个意识”和“四个自信”"),
        ("没有引号。", "没有引号。"),
    ],
)
def test_quotation_marks_that_ocr_confuses_are_put_in_order(seen, meant):
    assert mended(seen) == meant


def test_the_command_says_in_one_line_what_is_missing(no_ocr, tmp_path):
    (tmp_path / "a.txt").write_text("湖州市政协召开会议，新华社报道。", "utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = kg("build", "a.txt", "b.png", "-o", "out", "--no-html", cwd=tmp_path)
    assert done.returncode == 3 and one_line(done.stderr).startswith("skipped b.png: ")
