"""Whatever the format: the same words give the same entities, facts and figures, and every quote is in the text as read."""

from __future__ import annotations

import making
import pytest


@pytest.fixture(scope="module")
def paragraphs(seed):
    return making.seed_paragraphs(seed)


@pytest.fixture(scope="module")
def expected(paragraphs):
    """What the report says as plain text, a paragraph to a line."""
    return making.words(making.read("\n".join(paragraphs).encode(), "report.txt"))


@pytest.fixture(scope="module")
def printer(chromium):
    one = making.Printer(chromium)
    yield one
    one.close()


def assert_same(data, name, expected, *, more=frozenset()):
    """`more`: labels of entities that only this file has words for (the newspaper's own name)."""
    reading = making.read(data, name)
    got = making.words(reading)
    for kind, wanted in expected.items():
        extra = {one for one in got[kind] - wanted if one[2] not in more}
        assert (wanted - got[kind], extra) == (set(), set()), kind
    assert making.quotes_are_true(reading)


def test_the_seed_page_and_its_paragraphs_say_the_same(seed, expected):
    assert_same(seed.read_bytes(), "page.txt", expected)


def test_docx(paragraphs, expected):
    assert_same(making.docx(paragraphs), "report.docx", expected)


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "iso-8859-1")],
)
def test_a_page_of_a_government_site_in_any_encoding_declared_rightly_or_not(paragraphs, expected, charset, declared):
    menu = '<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>'
    foot = '<div class="footer"><p>版权所有：某某网站，未经许可，不得转载。</p></div>'
    markup = making.page(paragraphs, before=menu, after=foot, charset=declared)
    assert_same(markup.encode(charset), "report.html", expected)


def test_a_web_archive(paragraphs, expected):
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    archive = MIMEMultipart("related")
    archive.attach(MIMEText(making.page(paragraphs), "html", "utf-8"))
    archive.attach(MIMEText("p{margin:0}", "css", "utf-8"))
    assert_same(archive.as_bytes(), "report.mhtml", expected)


def test_markdown(paragraphs, expected):
    head, body = making.head_and_body(paragraphs)
    lines = [f"# {head[0]}", *head[1:]]
    lines += [f"## {text}" if making.NUMBERED.match(text) and len(text) < 90 else text.replace("*", "\\*") for text in body]
    assert_same("\n\n".join(lines).encode(), "report.md", expected)


def test_pdf_of_a4_pages_with_heads_and_numbers(paragraphs, expected, printer):
    head = "<span style='font-size:8px;margin-left:40px'>某某市政协办公室 工作报告</span>"
    foot = "<span style='font-size:9px;margin:auto'>— <span class=pageNumber></span> —</span>"
    data = printer.pdf(making.page(paragraphs, style=making.A4), head=head, foot=foot)
    assert_same(data, "report.pdf", expected)


def test_pdf_of_a_newspaper_page_in_five_columns(paragraphs, expected, printer):
    masthead = '<div class="m"><span>湖州日报</span><span>2023年3月6日 星期一</span><span>A02 要闻</span></div>'
    data = printer.pdf(making.page(paragraphs, style=making.NEWSPAPER, before=masthead))
    assert_same(data, "paper.pdf", expected, more={"湖州日报"})


def test_pdf_of_pages_in_two_columns(paragraphs, expected, printer):
    style = making.A4 + ".c{column-count:2;column-gap:2em}body{font-size:11pt}"
    assert_same(printer.pdf(making.page(paragraphs, style=style)), "two.pdf", expected)


def test_ofd_whose_objects_stand_in_any_order(paragraphs):
    head, body = making.head_and_body(paragraphs)
    lines = making.wrapped(body[:20], 24)
    half = (len(lines) + 1) // 2
    data = making.ofd([lines[:half], lines[half:]], title=head, size=3.4, shuffled=True)
    plain = making.words(making.read("\n".join([*head, *body[:20]]).encode(), "report.txt"))
    assert_same(data, "report.ofd", plain)


@pytest.mark.parametrize(
    ("form", "name"), [("doc", "report.doc"), ("doc", "report.wps"), ("rtf", "report.rtf"), ("odt", "report.odt")]
)
def test_old_office_documents_by_libreoffice(paragraphs, expected, libreoffice, tmp_path, form, name):
    data = making.by_libreoffice(making.docx(paragraphs), "docx", form, tmp_path)
    assert_same(data, name, expected)


@pytest.mark.parametrize("standard", ["s2t", "s2tw", "s2hk"])
def test_traditional_characters_of_any_standard_with_corner_quotes(paragraphs, expected, standard):
    from opencc import OpenCC

    text = OpenCC(standard).convert("\n".join(paragraphs)).translate(str.maketrans("“”‘’", "「」『』"))
    reading = making.read(text.encode(), "report.txt")
    assert making.words(reading) == expected
    quote = reading.document.quote(reading.facts[0].evidence[0])
    assert quote in text, "the quote is in the characters of the source"
    assert making.quotes_are_true(reading)
