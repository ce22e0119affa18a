"""OFD (GB/T 33190): text by its place on the page, as offices send it."""

from __future__ import annotations

import html

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import read_bytes

TEXT = "湖州市政协在安吉县召开双月座谈协商会，听取工作汇报。"


def text_object(text: str, x: float, y: float, more: str = "", size: float = 4, code: str = "") -> str:
    code = code or f"<ofd:TextCode X='0' Y='{size * 0.88}' DeltaX='g {len(text) - 1} {size}'>{html.escape(text)}</ofd:TextCode>"
    return f"<ofd:TextObject ID='9' Boundary='{x} {y} 180 {size}' Font='1' Size='{size}' {more}>{code}</ofd:TextObject>"


def content(*objects: str) -> str:
    return f"<ofd:Content><ofd:Layer ID='2'>{''.join(objects)}</ofd:Layer></ofd:Content>"


def lines(data: bytes) -> list[str]:
    return read_bytes(data, "a.ofd").text.splitlines()


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_bytes(data, "a.ofd")
    line = str(error.value)
    assert line.startswith("a.ofd: ") and "\n" not in line
    return line


def test_distances_written_one_by_one_or_repeated_and_objects_of_one_line_are_put_together():
    objects = [
        text_object("湖州市", 15, 20, code="<ofd:TextCode X='0' Y='3.5' DeltaX='4 4'>湖州市</ofd:TextCode>"),
        text_object("政协2022年", 27, 20, code="<ofd:TextCode X='0' Y='3.5' DeltaX='4 4 g 3 2 2'>政协2022年</ofd:TextCode>"),
        text_object("工作报告。", 47, 20),
        text_object("第二行。", 15, 30),
    ]
    assert lines(making.ofd_of(content(*objects))) == ["湖州市政协2022年工作报告。", "第二行。"]


def test_a_matrix_moves_and_scales_text_and_slanting_watermarks_and_hidden_text_are_left_out():
    objects = [
        text_object(TEXT, 15, 20, "CTM='2 0 0 2 5 1'", size=2),
        text_object("内部资料请勿外传", 15, 60, "CTM='0.7 0.7 -0.7 0.7 0 0'"),
        text_object("看不见的字", 15, 80, "Visible='false'"),
    ]
    assert lines(making.ofd_of(content(*objects))) == [TEXT]


def test_the_template_under_a_page_is_read_with_it():
    data = making.packed(
        {
            "OFD.xml": f"<ofd:OFD {making.OFD}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {making.OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID='5' BaseLoc='Tpls/T.xml'/></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='P.xml'/></ofd:Pages></ofd:Document>",
            "Doc_0/P.xml": f"<ofd:Page {making.OFD}><ofd:Template TemplateID='5'/>{content(text_object(TEXT, 15, 90))}</ofd:Page>",
            "Doc_0/Tpls/T.xml": f"<ofd:Page {making.OFD}>{content(text_object('湖州市人民政府文件', 60, 50, size=10))}</ofd:Page>",
        }
    )
    assert lines(data) == ["湖州市人民政府文件", TEXT]


def test_an_office_document_is_read_to_its_facts():
    data = making.ofd(
        [["　　2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新", "华社报道了这次会议。"]], title=["湖州市政协文件"]
    )
    reading = making.read(data, "a.ofd")
    assert reading.document.source.media_type == "application/ofd"
    assert {fact.property for fact in reading.facts} >= {"hosts", "reportedBy"}
    assert making.quotes_are_true(reading)


@pytest.mark.parametrize("form", ["boxes", "lines"])
def test_a_table_by_its_rules_becomes_sentences(form):
    rows = [["地区", "总产值（亿元）"], ["安吉县", "582.4"], ["长兴县", "853.4"]]
    xs, ys = [20, 60, 120], [40, 50, 60, 70]
    if form == "boxes":
        rules = [f"<ofd:PathObject ID='4' Boundary='20 {y} 100 0.3'/>" for y in ys] + [
            f"<ofd:PathObject ID='4' Boundary='{x} 40 0.3 30'/>" for x in xs
        ]
    else:
        paths = [f"M 0 {y - 40} L 100 {y - 40}" for y in ys] + [f"M {x - 20} 0 L {x - 20} 30" for x in xs]
        rules = [
            f"<ofd:PathObject ID='4' Boundary='20 40 100 30'><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
            for path in paths
        ]
    cells = [text_object(cell, xs[n] + 2, ys[m] + 3) for m, row in enumerate(rows) for n, cell in enumerate(row)]
    data = making.ofd_of(content(text_object("湖州市各县情况：", 20, 20), *rules, *cells, text_object(TEXT, 20, 90)))
    assert lines(data) == ["湖州市各县情况：", "安吉县总产值582.4亿元。", "长兴县总产值853.4亿元。", TEXT]


def test_what_cannot_be_read_is_refused_in_one_line():
    assert "encrypted" in refused(making.ofd_of(content(), root="<ofd:Encryptions>E.xml</ofd:Encryptions>"))
    assert "without text" in refused(making.ofd_of(content()))
    assert "missing" in refused(
        making.packed({"OFD.xml": f"<ofd:OFD {making.OFD}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"})
    )
    assert "well-formed" in refused(making.packed({"OFD.xml": "<ofd"}))
    assert "document type" in refused(making.packed({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}))
    many = text_object("湖", 1, 1, code="<ofd:TextCode X='0' Y='3' DeltaX='g 999999999 1'>湖州</ofd:TextCode>")
    assert "broken" in refused(making.ofd_of(content(many)))


def test_a_page_that_is_a_picture_says_so_where_there_is_no_ocr(monkeypatch):
    monkeypatch.setattr("kg.read.ofd.has_ocr", lambda: False)
    picture = "<ofd:ImageObject ID='3' ResourceID='90' Boundary='0 0 210 297'/>"
    assert "[ocr]" in refused(making.ofd_of(content(picture), files={"Doc_0/Res/a.png": b"\x89PNG"}))


@settings(deadline=None)
@given(st.text(max_size=30), st.text("0123456789.-g e", max_size=20), st.text("0123456789.-", max_size=8))
def test_no_attribute_brings_the_reader_down(text, deltas, place):
    clean = "".join(char for char in text if char.isprintable())
    code = f"<ofd:TextCode X='{place}' Y='{place}' DeltaX='{deltas}' DeltaY='{deltas}'>{html.escape(clean)}</ofd:TextCode>"
    try:
        read_bytes(
            making.ofd_of(content(text_object(TEXT, 15, 20), text_object("", 1, 1, f"CTM='{deltas}'", code=code))), "a.ofd"
        )
    except InputError as error:
        assert "\n" not in str(error)
