"""PDF: tables, pages of many kinds, and files that are not what they should be."""

from __future__ import annotations

import io
import time

import making
import pytest
from reading import facts

from kg.errors import InputError
from kg.model import Text
from kg.pipeline import read_document
from kg.read import aside, read_bytes
from kg.read.layout import Piece, assembled, lines_in_order
from kg.read.pdf_pieces import letters_of


@pytest.fixture(scope="module")
def printer(chromium):
    one = making.Printer(chromium)
    yield one
    one.close()


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF".encode()  # fmt: skip


def refused(data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(InputError) as error:
        read_bytes(data, name)
    line = str(error.value)
    assert line.startswith(name + ": ") and "\n" not in line
    return line


TABLE = [
    ["指标", "单位", "2022年", "增长（%）"],
    ["地区生产总值", "亿元", "3850.0", "3.3"],
    ["年末户籍人口", "万人", "268.5", "0.1"],
]


@pytest.mark.parametrize(
    "border", ["border:1px solid", "border-bottom:1px solid;border-right:1px solid", "border:2px solid;padding:4px"]
)
def test_a_ruled_table_becomes_sentences_from_which_its_figures_are_read(printer, border):
    rows = "".join("<tr>" + "".join(f"<td style='{border}'>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    markup = (
        f"<meta charset=utf-8><style>{making.A4}table{{border-collapse:collapse;border:1px solid}}</style><h1>湖州市2022年统计公报</h1><p>2022年，湖州市经济稳中有进。</p>"
        f"<table>{rows}</table><p>全市各项事业继续发展。</p>"
    )
    text = read_bytes(printer.pdf(markup), "a.pdf").text
    assert text.splitlines() == [
        "湖州市2022年统计公报",
        "2022年，湖州市经济稳中有进。",
        "2022年地区生产总值3850.0亿元，增长3.3%。",
        "2022年年末户籍人口268.5万人，增长0.1%。",
        "全市各项事业继续发展。",
    ]
    measures = {(m.indicator, str(m.value), m.unit) for m in making.read(text.encode(), "a.txt").measures}
    assert ("地区生产总值", "385000000000", "元") in measures


def ruled(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td style='border:1px solid'>{cell}</td>" for cell in row) for row in rows)
    return "<table style='border-collapse:collapse'>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_several_pages_keeps_its_heads(printer, repeated):
    rows = [[f"第{number}项工作", "12", "3.5"] for number in (a + b for a in "一二三四五六七八" for b in "甲乙丙丁戊己庚辛壬癸")]
    head = ["工作", "场次（次）", "增长（%）"]
    table = ruled([head, *rows])
    if repeated:
        table = table.replace("<tr>", "<thead><tr>", 1).replace("</tr>", "</tr></thead>", 1)
    markup = (
        f"<meta charset=utf-8><style>{making.A4}tr{{break-inside:avoid}}</style><p>湖州市政协工作情况如下。</p>{table}<p>完。</p>"
    )
    data = printer.pdf(markup, foot="<span style='font-size:9px;margin:auto'>— <span class=pageNumber></span> —</span>")
    lines = read_bytes(data, "a.pdf").text.splitlines()
    assert lines == ["湖州市政协工作情况如下。", *(f"{row[0]}场次12次，增长3.5%。" for row in rows), "完。"]


def test_a_table_in_a_column_is_read_where_it_stands(printer):
    style = making.A4 + ".c{column-count:2;column-gap:2em;column-fill:auto;height:150mm}body{font-size:11pt}"
    one = "".join(
        f"<p>安吉县政协召开第{n}次会议，听取工作汇报，研究部署下一步工作任务，提出意见建议。</p>" for n in "一二三四五六七八九"
    )
    markup = f"<meta charset=utf-8><style>{style}</style><div class=c>{one}<p style='break-before:column'>长兴县政协的工作情况如下，请看表中所列各项数字，与往年相比有所增长。</p>{ruled([['活动', '场次（次）'], ['协商', '12']])}<p>长兴县政协将继续开展各项协商活动，全年不少于十二次，使之更有成效。</p></div>"
    lines = read_bytes(printer.pdf(markup), "a.pdf").text.splitlines()
    assert [line[:3] for line in lines] == ["安吉县"] * 9 + ["长兴县", "协商场", "长兴县"]


def test_a_table_without_rules_is_read_line_by_line(printer):
    rows = "".join("<tr>" + "".join(f"<td style='padding-right:3em'>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    lines = read_bytes(
        printer.pdf(f"<meta charset=utf-8><style>{making.A4}</style><table>{rows}</table>"), "a.pdf"
    ).text.splitlines()
    assert [line.split() for line in lines] == TABLE


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(printer, turn):
    import pypdfium2

    markup = f"<meta charset=utf-8><style>{making.A4}</style><p>湖州市政协召开会议。</p><p>新华社报道。</p>"
    document = pypdfium2.PdfDocument(printer.pdf(markup))
    document[0].set_rotation(turn)
    file = io.BytesIO()
    document.save(file)
    assert read_bytes(file.getvalue(), "a.pdf").text == "湖州市政协召开会议。\n新华社报道。\n"


@pytest.mark.parametrize(("cos", "sin", "x", "y"), [(1, 0, 50, 150), (0, 1, 50, 50), (-1, 0, 150, 50), (0, -1, 150, 150)])
def test_text_that_is_written_along_any_side_of_the_page_is_read_in_order(cos, sin, x, y):
    import pypdfium2

    text = "".join(
        f"BT /F 10 Tf {cos} {sin} {-sin} {cos} {x + sin * 14 * n} {y - cos * 14 * n} Tm ({line}) Tj ET " for n, line in enumerate(("First line", "Second", "Third"))
    )  # fmt: skip
    data = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
               f"<</Length {len(text)}>>\nstream\n{text}\nendstream")  # fmt: skip
    letters, height, turned = letters_of(pypdfium2.PdfDocument(data)[0], "a.pdf")
    assert [line.text for line in lines_in_order(assembled(letters))] == ["First line", "Second", "Third"]
    assert (height, turned) == (200, sin != 0 or cos < 0)


def test_a_paragraph_goes_on_over_the_page_s_end(printer):
    numbers = [one + other for one in "一二三四五六七八九" for other in "甲乙丙丁戊己庚辛壬癸子丑"]
    long = "".join(f"湖州市政协围绕第{number}项中心工作开展协商。" for number in numbers)
    assert (
        read_bytes(printer.pdf(f"<meta charset=utf-8><style>{making.A4}</style><p>{long}</p><p>完。</p>"), "a.pdf").text
        == f"{long}\n完。\n"
    )


def test_two_articles_side_by_side_are_read_one_after_the_other(printer):
    style = making.A4 + ".x{display:flex;gap:2em}.x div{flex:1}body{font-size:11pt}h2{font-size:18pt;text-align:center}"
    left = "".join(f"<p>安吉县政协召开第{n}次会议，听取工作汇报，研究部署下一步工作任务。</p>" for n in "一二三四五六")
    right = "".join(f"<p>长兴县政协召开第{n}次会议，听取工作汇报，研究部署下一步工作任务。</p>" for n in "一二三四五六")
    markup = f"<meta charset=utf-8><style>{style}</style><div class=x><div><h2>安吉新闻</h2>{left}</div><div><h2>长兴新闻</h2>{right}</div></div>"
    lines = read_bytes(printer.pdf(markup), "a.pdf").text.splitlines()
    assert [line[:2] for line in lines] == ["安吉"] * 7 + ["长兴"] * 7


# ---- reading order, by places alone ----


def column(left: float, top: float, lines: list[str], size: float = 10) -> list[Piece]:
    return [Piece(left, top + n * 14, left + size * len(text), top + n * 14 + size, text, size) for n, text in enumerate(lines)]


def test_a_title_over_two_of_three_columns_is_read_before_them():
    a, b, c = ([f"{name}{n}" + "字" * 12 for n in range(6)] for name in "甲乙丙")
    pieces = [
        Piece(20, 10, 20 + 24 * 11, 34, "两栏之上的大标题共十字", 24),
        *column(0, 60, a),
        *column(170, 60, b),
        *column(340, 8, c),
    ]
    assert [line.text[:2] for line in lines_in_order(pieces)] == ["两栏", *(text[:2] for text in [*a, *b, *c])]


def test_columns_whose_lines_are_not_on_one_height_are_columns():
    a, b = (["字" * 14] * 8, ["文" * 14] * 8)
    pieces = [*column(0, 0, a), *column(160, 5, b)]
    assert [line.text[0] for line in lines_in_order(pieces)] == ["字"] * 8 + ["文"] * 8


def test_a_page_with_very_many_pieces_takes_no_long_time():
    pieces = [Piece(x * 9.0, y * 9.0, x * 9.0 + 7, y * 9.0 + 7, "字", 7.0) for x in range(100) for y in range(200)]
    started = time.perf_counter()
    assert len(lines_in_order(pieces)) > 0
    assert time.perf_counter() - started < 120


# ---- what cannot be read ----


def test_a_pdf_under_a_password_says_so():
    crypt = f"<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
    data = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", crypt,
               trailer=f"/Encrypt 4 0 R/ID[<{'41' * 16}><{'41' * 16}>]")  # fmt: skip
    assert "password" in refused(data)


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("cut off", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"),
        ("nothing but the mark", b"%PDF-1.4"),
        ("noise", b"%PDF-1.4\n" + bytes(range(256)) * 40),
        ("no pages", pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>")),
        ("a tree that leads back to itself", pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>")),
        ("a blank page", pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")),
        (
            "a form that draws itself",
            pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
                "<</Length 4>>\nstream\n/A Do\nendstream", "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 4>>\nstream\n/A Do\nendstream"),
        ),
        ("more pages than a document has", pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{'3 0 R ' * 3100}]/Count 3100>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")),
    ],
)  # fmt: skip
def test_a_broken_looping_or_empty_pdf_is_refused_in_one_line_and_in_time(what, data):
    started = time.perf_counter()
    assert "PDF" in refused(data) or "pages" in refused(data), what
    assert time.perf_counter() - started < 120


def test_a_reader_that_does_not_come_back_or_falls_is_told_of_in_one_line(tmp_path, monkeypatch):
    for name, body in {
        "sleeps": "import time\ndef read_here(data, name): time.sleep(60)",
        "falls": "import os\ndef read_here(data, name): os.abort()",
        "eats": "def read_here(data, name): return 'x' * (10 << 30)",
        "prints": "from kg.model import Text\ndef read_here(data, name):\n    print('noise')\n    return Text('湖州市')",
    }.items():
        (tmp_path / f"{name}.py").write_text(body)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for name, said in (("sleeps", "too long"), ("falls", "brings its reader down"), ("eats", "more memory")):
        with pytest.raises(InputError, match=said):
            aside.read_aside(name, b"", "a.pdf", longest=3)
    assert aside.read_aside("prints", b"", "a.pdf") == Text("湖州市")


def test_work_without_end_is_ended_by_the_system(tmp_path, monkeypatch):
    (tmp_path / "turns.py").write_text(
        "from kg.read import aside\ndef read_here(data, name):\n    aside.allow(0)\n    while True: pass"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(InputError, match="too long"):
        aside.read_aside("turns", b"", "a.pdf", longest=60)


def test_a_pdf_is_read_whatever_it_is_called(printer):
    data = printer.pdf("<meta charset=utf-8><p>2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。</p>")
    reading = read_document(read_bytes(data, "report.txt"))
    assert reading.document.source.media_type == "application/pdf"
    assert any(prop == "hosts" for _, prop, _ in facts(reading))
