"""DOCX: what the reader of the printed document sees, and nothing that it does not show."""

from __future__ import annotations

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import read_bytes
from kg.read.docx_numbers import spell


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def lines(body: str, **parts: str) -> list[str]:
    return read_bytes(making.raw_docx(p("湖州市政协工作报告") + body, **parts), "a.docx").text.splitlines()[1:]


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(text: str, at: int = 0, key: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>')


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3．")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "\u2022")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_numbers_that_word_counts_stand_where_the_reader_sees_them():
    body = "".join(
        numbered(*one) for one in [("回顾", 0), ("学习", 1), ("一", 2), ("二", 2), ("协商", 1), ("一", 2), ("任务", 0), ("甲", 3)]
    )
    assert lines(body, numbering=NUMBERING) == [
        "一、回顾", "（一）学习", "1．一", "2．二", "（二）协商", "1．一", "二、任务", "2.1 甲",
    ]  # fmt: skip


def test_a_list_begins_anew_where_it_says_so_and_bullets_are_no_numbers():
    body = numbered("甲") + numbered("乙") + numbered("点", 0, 2) + numbered("丙", 0, 3) + numbered("丁", 0, 3)
    assert lines(body, numbering=NUMBERING) == ["一、甲", "二、乙", "点", "一、丙", "二、丁"]


def test_a_style_can_number_its_headings():
    style = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(p("回顾", '<w:pStyle w:val="h"/>') * 2, numbering=NUMBERING, styles=style) == ["一、回顾", "二、回顾"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [(10, "chineseCounting", "十"), (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十"), (105, "chineseCounting", "一百零五"), (110, "japaneseCounting", "一百一十"),
     (3, "chineseLegalSimplified", "叁"), (15, "ideographDigital", "一五"), (4, "upperRoman", "IV"), (28, "upperLetter", "BB"), (3, "decimalEnclosedCircle", "③"), (2, "ideographTraditional", "乙"),
     (30, "decimalEnclosedCircle", "30"), (7, "noSuchForm", "7")],
)  # fmt: skip
def test_the_forms_in_which_word_counts(number, form, written):
    assert spell(number, form) == written


def test_tracked_changes_are_read_as_if_accepted():
    body = (
        "<w:p><w:r><w:t>湖州市政协</w:t></w:r><w:del><w:r><w:delText>拟</w:delText></w:r></w:del><w:ins><w:r><w:t>已经</w:t></w:r></w:ins><w:r><w:t>召开会议。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p><w:p><w:r><w:t>后半句。</w:t></w:r></w:p>"
        "<w:moveFrom><w:p/></w:moveFrom><w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来。</w:t></w:r></w:moveTo></w:p>"
    )
    assert lines(body) == ["湖州市政协已经召开会议。", "前半句，后半句。", "移来。"]


def test_text_boxes_are_read_once_hidden_text_and_fields_codes_are_not():
    box = "<w:txbxContent><w:p><w:r><w:t>文本框里的话。</w:t></w:r></w:p></w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>可见。</w:t></w:r></w:p>"
    )
    assert lines(body) == ["正文。", "文本框里的话。", "可见。"]


def test_footnotes_stand_at_the_end_apart_from_the_text():
    body = '<w:p><w:r><w:t>提案三百件</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>' + p(
        "完。"
    )
    notes = f'<w:footnote w:id="0">{p("分隔符")}</w:footnote><w:footnote w:id="2">{p("不含撤案。")}</w:footnote>'
    assert lines(body, footnotes=notes) == ["提案三百件。", "完。", "注释", "不含撤案。"]


def test_the_table_of_contents_is_not_read_as_text():
    style = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    gallery = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{p("目录")}</w:sdtContent></w:sdt>'
    assert lines(gallery + p("一、回顾	1", '<w:pStyle w:val="t"/>') + p("一、回顾"), styles=style) == ["一、回顾"]


def test_headings_are_sections_and_bold_paragraphs_lead_what_follows():
    head = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="k"><w:basedOn w:val="h"/><w:name w:val="own"/></w:style>'
    body = p("总体要求", '<w:pStyle w:val="h"/>') + p("湖州市政协今年要继续开展双月协商座谈会。") + p("强化学习", run="<w:b/>") + p("继续学习。") + p("工作打算", '<w:pStyle w:val="k"/>')  # fmt: skip
    assert lines(body, styles=head) == [
        "# 总体要求",
        "湖州市政协今年要继续开展双月协商座谈会。",
        "**强化学习**",
        "继续学习。",
        "# 工作打算",
    ]
    reading = making.read(making.raw_docx(p("湖州市政协工作报告") + body, styles=head), "a.docx")
    assert [section.title for section in reading.document.sections] == ["总体要求", "强化学习", "工作打算"]


def test_a_table_with_cells_over_rows_and_columns_becomes_sentences():
    def cell(text: str, form: str = "") -> str:
        return f"<w:tc><w:tcPr>{form}</w:tcPr>{p(text)}</w:tc>"

    down, across = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = [
        cell("地区", down) + cell("总产值（亿元）", across),
        cell("", "<w:vMerge/>") + cell("2021年") + cell("2022年"),
        cell("安吉县") + cell("566.3") + cell("582.4"),
        "<w:trPr><w:del/></w:trPr>" + cell("删去") + cell("1") + cell("2"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert lines(table) == ["2021年安吉县总产值566.3亿元。2022年安吉县总产值582.4亿元。"]


# ---- what is not read ----


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_bytes(data, "a.docx")
    line = str(error.value)
    assert line.startswith("a.docx: ") and "\n" not in line
    return line


def test_bombs_of_entities_and_of_size_are_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "湖州"><!ENTITY b "&a;&a;&a;">]>'
    files = {"_rels/.rels": "<R/>", "[Content_Types].xml": "wordprocessingml.document.main"}
    for text in (bomb, bomb.encode("utf-16")):
        xml = text + (f"<w:document {making.WORD}><w:body/></w:document>" if isinstance(text, str) else b"")
        assert "document type" in refused(making.packed({**files, "word/document.xml": xml}))
    huge = f"<w:document {making.WORD}><w:body>" + " " * (210 << 20) + "</w:body></w:document>"
    assert "unpacks to more than" in refused(making.packed({**files, "word/document.xml": huge}))


def test_broken_nested_and_empty_documents_are_refused():
    files = {"_rels/.rels": "<R/>", "[Content_Types].xml": "wordprocessingml.document.main"}
    assert "well-formed" in refused(making.packed({**files, "word/document.xml": "<w:document"}))
    assert "well-formed" in refused(making.packed({**files, "word/document.xml": "<a>" * 5000 + "</a>" * 5000}))
    assert "no body" in refused(making.packed({**files, "word/document.xml": "<a/>"}))
    assert "without text" in refused(making.raw_docx(""))
    whole = making.docx(["湖州市政协工作报告", "各位委员：", "湖州市政协召开会议。"])
    assert "broken" in refused(whole[: len(whole) // 2])


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_a_damaged_document_never_brings_the_reader_down(noise, place):
    whole = making.docx(["湖州市政协工作报告", "各位委员：", "湖州市政协召开会议。"])
    at = place * len(whole) // 2000
    try:
        read_bytes(whole[:at] + noise + whole[at + len(noise) :], "a.docx")
    except InputError as error:
        assert "\n" not in str(error)
