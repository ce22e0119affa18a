"""Web pages: their main text with its title, date and publisher; what stands around it is left out."""

from __future__ import annotations

import time

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.parse import parse
from kg.read import read_bytes

BODY = [
    "2022年，湖州市政协在安吉县召开双月座谈协商会12场，新华社作了报道。",
    "市政协围绕“打造人才强市”开展协商，形成意见建议56条。",
    "会议听取了市发展改革委关于重点项目建设情况的汇报。",
]
TITLE = "湖州市政协召开双月座谈协商会"
INSIDE = "".join(f"<p>　　{text}</p>" for text in BODY)
META = '<meta name="ArticleTitle" content="湖州市政协召开双月座谈协商会"><meta name="PubDate" content="2023-03-06 10:12"><meta name="ContentSource" content="湖州日报">'
MENU = '<div class="header"><div>欢迎访问本网站，今天是2026年3月1日。</div><ul><li><a href="/">首页，欢迎</a></li><li><a href="/a">政务公开</a></li></ul></div><div class="position">当前位置：<a href=/>首页</a> &gt; <a href=/x>要闻</a></div>'
INFO = '<div class="info"><span>发布时间：2023-03-06 10:12</span><span>来源：湖州日报</span><span>浏览次数：<script>n()</script></span><span>字号：【<a href="#">大</a> <a href="#">中</a>】</span></div>'
FOOT = '<div class="related"><h3>相关阅读</h3><ul><li><a href=1>德清县召开会议，部署工作</a></li><li><a href=2>长兴县举行仪式，签约项目</a></li></ul></div><div class="footer"><p>主办：湖州市人民政府办公室，承办：湖州市大数据局。</p><p>版权所有，网站标识码：3305000001</p></div>'


def text_of(markup: str | bytes) -> str:
    return read_bytes(markup if isinstance(markup, bytes) else markup.encode(), "a.html").text


def page(inside: str, *, meta: str = "", before: str = "", after: str = "") -> str:
    return f"<!doctype html><html><head><meta charset=utf-8><title>{TITLE}_湖州市人民政府</title>{meta}</head><body>{before}{inside}{after}</body></html>"


@pytest.mark.parametrize("meta", [META, ""])
@pytest.mark.parametrize(
    "inside",
    [
        f'<div class="article"><h1>{TITLE}</h1>{INFO}<div id="zoom"><div class=TRS_Editor><style>.TRS_Editor P{{margin:0}}</style>{INSIDE}</div></div></div>',
        f'<div class="box"><div class="t"><h1>{TITLE}</h1></div>{INFO}<ucapcontent>{INSIDE}</ucapcontent><div class="share">分享到：<a href="#">微信</a></div></div>',
        f"<main><article><header><h1>{TITLE}</h1>{INFO}</header><section>{INSIDE}</section></article><aside>热门：安吉县茶叶节开幕，游客如织。</aside></main>",
        f'<div class="c1"><h1>{TITLE}</h1>{INFO}<div class="c2">{"<br><br>　　".join(BODY)}</div></div>',
        f"<table><tr><td width=200><a href=1>公告一，请看</a><br><a href=2>公告二，请看</a></td><td><table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{INFO}</td></tr><tr><td>{INSIDE}</td></tr></table></td></tr></table>",
    ],
)
def test_of_a_page_of_any_template_the_title_the_source_and_the_text_are_read(inside, meta):
    source = read_bytes(page(inside, meta=meta, before=MENU, after=FOOT).encode(), "a.html")
    assert source.text.splitlines()[0] == TITLE
    document = parse(source)
    assert [document.text[start:end] for start, end in document.paragraphs] == [TITLE, *BODY]
    assert (document.publisher, document.issued) == ("湖州日报", "2023-03-06")


def test_white_space_of_the_mark_up_is_as_a_browser_shows_it():
    assert (
        text_of(page("<h1>湖州市工作报告</h1><p>湖州市\n   政协<b>召开</b>了 CPPCC\n meeting。<br/>第二行，完。</p>"))
        == "湖州市工作报告\n湖州市政协召开了 CPPCC meeting。\n第二行，完。\n"
    )


def test_hidden_text_scripts_forms_and_comments_are_not_read():
    hidden = '<p style="display: none">看不见，真的。</p><p hidden>也看不见，真的。</p><script>var a="写着，不读。"</script><select><option>选项，甲。</option></select><!-- 注释，不读。 -->'
    assert text_of(page(f"<h1>{TITLE}</h1>{INSIDE}{hidden}")).splitlines()[1:] == BODY


def test_tables_become_sentences_and_lists_keep_their_numbers():
    table = "<table><tr><td rowspan=2>地区</td><td colspan=2>总产值（亿元）</td></tr><tr><td>2021年</td><td>2022年</td></tr><tr><td>安吉县</td><td>566.3</td><td>582.4</td></tr></table>"
    lines = text_of(
        page(f"<h1>{TITLE}</h1>{INSIDE}{table}<ol start=3><li>提案</li><li>协商</li></ol><ul><li>点</li></ul>")
    ).splitlines()
    assert lines[4:] == ["2021年安吉县总产值566.3亿元。2022年安吉县总产值582.4亿元。", "3. 提案", "4. 协商", "点"]


def test_headings_and_bold_lines_are_sections():
    text = text_of(
        page(
            f"<h1>{TITLE}</h1>{INSIDE}<p><strong>强化学习</strong></p><p>继续学习，见成效。</p><h3>下一步打算</h3><p>将召开座谈会15场。</p>"
        )
    )
    assert text.splitlines()[4:] == ["**强化学习**", "继续学习，见成效。", "# 下一步打算", "将召开座谈会15场。"]


def test_a_page_of_gbk_with_a_few_broken_bytes_is_read_all_the_same():
    data = page(f"<h1>{TITLE}</h1>{INSIDE * 20}").replace("utf-8", "gb2312").encode("gb18030")
    assert BODY[0] in text_of(data[:-40] + b"\xff\xff" + data[-40:])


def test_a_page_is_read_as_one_whatever_it_is_called():
    data = page(f"<h1>{TITLE}</h1>{INSIDE}").encode()
    for name in ("a.doc", "a.txt", "a"):
        assert (read_bytes(data, name).media_type, read_bytes(data, name).text) == ("text/html", read_bytes(data, "a.html").text)


def test_a_short_notice_of_one_paragraph_is_read():
    notice = "湖州市政协定于2023年3月1日在安吉县召开主席会议，请各委员会参加。"
    assert (
        text_of(f"<html><head><title>通知</title></head><body><div id=a><p>{notice}</p></div></body></html>")
        == f"通知\n{notice}\n"
    )


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><body><script>draw()</script></body></html>", "<html><body><a href=1>", "<!doctype html>"]
)
def test_a_page_without_text_is_refused_in_one_line(markup):
    with pytest.raises(InputError) as error:
        text_of(markup)
    assert str(error.value).startswith("a.html: ") and "\n" not in str(error.value)


@pytest.mark.parametrize(
    "tag", ["<div class=header>", "<ul><li>", "<table><tr><td>", "<b>", "<p><span style='display:none'>", "<a href=1>"]
)
def test_mark_up_nested_without_end_takes_no_long_time(tag):
    started = time.perf_counter()
    try:
        text_of("<html><body>" + tag * 100_000 + "湖州市政协召开会议，听取汇报。")
    except InputError as error:
        assert "\n" not in str(error)
    assert time.perf_counter() - started < 120


def test_a_table_of_very_many_cells_is_refused():
    with pytest.raises(InputError, match="cells"):
        text_of(page(f"{INSIDE}<table>" + "<tr><td colspan=500>1</td><td>2</td></tr>" * 500 + "</table>"))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td rowspan=3>",
                "</table>",
                "<div class=share>",
                "<h1>",
                "<li>",
                "<ol>",
                "&#0;",
                "&lt;",
                "湖州市政协，召开会议。",
                "<!--",
                "-->",
                "]]>",
                "<br>",
                "\x00",
            ]
        ),
        max_size=40,
    )
)
def test_no_mark_up_brings_the_reader_down(parts):
    try:
        read_bytes(("<html><body>" + "".join(parts)).encode(), "a.html")
    except InputError as error:
        assert "\n" not in str(error)


def test_the_mark_of_a_tag_in_a_text_stays_text():
    assert making.read(
        page(f"<h1>{TITLE}</h1>{INSIDE}<p>公式为a&lt;b，&amp;见附件。</p>").encode(), "a.html"
    ).document.text.endswith("公式为a<b，&见附件。")
