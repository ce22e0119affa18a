"""A table of what is known of the files (`kg build --metadata`): it goes before what the texts say of themselves and before --home."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from command import kg as command
from command import one_line
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import InputError, UsageError
from kg.export.page.cite import citation
from kg.graph.validate import validate
from kg.metadata import metadata_table
from kg.metadata.table import iso
from kg.model import Known, Period, Source
from kg.parse import parse

BODY = "今年，市政协打造“民生议事堂”，开展协商28场次。去年，市政协开展“六送下乡”活动，服务群众3万人次。全年市政协组织“双月座谈协商”5次。\n"
HEADED = f"关于有关工作情况的通报\n2021年3月1日\n{BODY}"
TABLE = "文件,标题,日期,发布机构,地区,发文字号\n一.txt,湖州市政协工作通报,2023年2月25日,湖州市政协办公室,湖州市,湖协〔2023〕5号\n"
ROW = Known("湖州市政协工作通报", "2023-02-25", "湖州市政协办公室", "湖协〔2023〕5号")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with one text and no table yet, where the commands run."""
    (tmp_path / "一.txt").write_text(HEADED, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table(folder: Path, text: str, encoding: str = "utf-8", name: str = "meta.csv") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def only(graph: kg.Graph):
    """The one source of a graph and what is known of it."""
    (sha,) = graph.sources
    return graph.sources[sha], graph.documents[sha]


# ---- what a table may look like ----


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_is_read_in_the_encodings_and_with_the_separators_that_spreadsheets_write(here, encoding, separator):
    source, _ = only(kg.build("一.txt", metadata=table(here, TABLE.replace(",", separator).replace("\n", "\r\n"), encoding)))
    assert (source.known, source.home) == (ROW, "湖州市")


@pytest.mark.parametrize(
    "headings",
    [
        "file,title,date,publisher,home,document number",
        "File Name,TITLE,issued,Publisher,place,number",
        "文件,标题,日期,发布者,归属地,发文字号",
        " 文件名 ,题名,成文日期,发文机关,所属地区,文号",
        "file,标题,date,发布机构,地区,发文字号",
    ],
)
def test_columns_go_by_their_chinese_and_english_headings(here, headings):
    source, _ = only(kg.build("一.txt", metadata=table(here, TABLE.replace(TABLE.partition("\n")[0], headings))))
    assert (source.known, source.home) == (ROW, "湖州市")


def test_columns_may_come_in_any_order_and_only_the_file_must_be_there(here):
    source, about = only(kg.build("一.txt", metadata=table(here, "日期,文件\n2023-02-25,一.txt\n")))
    assert source.known == Known(date="2023-02-25")
    assert about.title == "关于有关工作情况的通报"


def test_a_quoted_cell_may_hold_separators_quotes_and_line_ends(here):
    text = '文件,标题,日期\n一.txt,"湖州市政协""民生""工作,\n通报",2023\n'
    assert only(kg.build("一.txt", metadata=table(here, text)))[1].title == '湖州市政协"民生"工作, 通报'


def test_blank_rows_and_blank_cells_say_nothing(here):
    source, about = only(kg.build("一.txt", metadata=table(here, "\n文件,标题,日期,\n\n,,,\n一.txt,,2023,\n", "utf-8")))
    assert source.known == Known(date="2023")
    assert about.title == "关于有关工作情况的通报"


def test_an_excel_workbook_is_read_too(here):
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    for row in (
        ["文件", "标题", "日期", "地区"],
        ["一.txt", "湖州市政协工作通报", datetime(2023, 2, 25), "湖州市"],
        [None],
        ["二.txt", None, 2023],
    ):
        book.active.append(row)
    book.save(here / "meta.xlsx")
    (here / "二.txt").write_text(BODY, "utf-8")
    graph = kg.build("一.txt", "二.txt", metadata="meta.xlsx")
    known = {source.name: source.known for source in graph.sources.values()}
    assert known == {"一.txt": Known("湖州市政协工作通报", "2023-02-25"), "二.txt": Known(date="2023")}


@pytest.mark.parametrize(
    ("data", "mend"), [(b"\xd0\xcf\x11\xe0" + bytes(600), "CSV"), (b"PK\x03\x04 no workbook", "CSV"), (bytes(99), "")]
)
def test_what_is_no_table_is_refused_in_one_line(here, data, mend):
    (here / "meta.xls").write_bytes(data)
    with pytest.raises(InputError, match=r"meta\.xls") as refused:
        kg.build("一.txt", metadata="meta.xls")
    assert mend in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023", "2023"), ("2023年", "2023"), ("2023-02", "2023-02"), ("2023/2", "2023-02"), ("2023年2月", "2023-02"),
        ("2023-02-25", "2023-02-25"), ("2023/2/25", "2023-02-25"), ("2023.2.25", "2023-02-25"), ("20230225", "2023-02-25"),
        ("2023年2月25日", "2023-02-25"), ("二〇二三年二月二十五日", "2023-02-25"), ("2023-02-25 00:00:00", "2023-02-25"),
        ("２０２３年２月", "2023-02"), ("2023/2/25 0:00", "2023-02-25"),
        ("2023-02-30", None), ("2023-13", None), ("去年", None), ("25/2/2023", None), ("2023-2/25", None), ("123456", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them_in_tables(written, meant):
    assert iso(written) == meant


words = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Co", "Cn")), min_size=1, max_size=12
)


@given(
    titles=st.lists(words, min_size=1, max_size=5),
    numbers=words,
    separator=st.sampled_from(",\t;"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_stands_in_a_cell_comes_back(tmp_path_factory, titles, numbers, separator, quoting):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, quoting=quoting)
    writer.writerow(["文件", "标题", "发文字号"])
    writer.writerows([f"{number}.txt", f"{title}　{title}", numbers] for number, title in enumerate(titles))
    path = table(tmp_path_factory.mktemp("any"), file.getvalue())
    found = metadata_table(path)
    assert found and [row.known for row in found.rows] == [Known(f"{title} {title}", number=numbers) for title in titles]


# ---- what it does ----


def test_what_the_table_says_goes_before_what_the_text_says(here):
    text = only(kg.build("一.txt"))[1]
    assert (text.title, text.date, text.number) == ("关于有关工作情况的通报", "2021-03-01", None)
    told = only(kg.build("一.txt", metadata=table(here, TABLE)))[1]
    assert (told.title, told.dated(), told.publisher, told.number) == (
        "湖州市政协工作通报",
        "2023-02-25",
        "湖州市政协办公室",
        "湖协〔2023〕5号",
    )


def test_the_years_of_this_year_and_last_year_count_from_the_table_s_date(here):
    graph = kg.build("一.txt", metadata=table(here, TABLE))
    when = {graph.entity(fact.object).label: fact.period for fact in graph.facts if fact.property in ("runs", "carriesOut")}
    assert when["民生议事堂"] == Period.of("2023")
    assert when["“六送下乡”活动"] == Period.of("2022")
    when = {
        graph.entity(fact.object).label: fact.period
        for fact in kg.build("一.txt", home="湖州市").facts
        if fact.property == "runs"
    }
    assert when == {"民生议事堂": Period.of("2021")}, "without the table, from the text's own date"


def test_a_year_leaves_the_text_its_own_day_in_that_year(here):
    for date, wanted in [("2021", "2021-03-01"), ("2021-03", "2021-03-01"), ("2021-04", "2021-04"), ("2022", "2022")]:
        assert only(kg.build("一.txt", metadata={"一.txt": {"date": date}}))[1].dated() == wanted


def test_a_text_that_only_the_table_dates_gives_a_graph_that_keeps_the_contract(here):
    (here / "二.txt").write_text(BODY, "utf-8")
    for title in ("", "2022年工作报告", "湖州市2022年统计公报"):
        graph = kg.build("二.txt", metadata={"二.txt": {"title": title, "date": "2023-02", "home": "湖州市"}})
        assert any(fact.period for fact in graph.facts)
        kg.publish(graph, here / "out", html=False)
        assert validate(here / "out").violations == ()


def test_a_file_s_own_place_goes_before_the_place_of_all(here):
    (here / "二.txt").write_text(BODY.replace("民生", "有事"), "utf-8")
    graph = kg.build("一.txt", "二.txt", home="安吉县", metadata={"一.txt": {"home": "湖州市"}, "二.txt": {"title": "通报"}})
    homes = {source.name: graph.documents[sha].home for sha, source in graph.sources.items()}
    assert homes == {"一.txt": "place/湖州市", "二.txt": "place/安吉县"}


def test_a_text_of_the_whole_country_has_no_place(here):
    assert only(kg.build("一.txt", metadata={"一.txt": {"地区": "全国"}}))[1].home == "place/中国"


def test_a_title_that_tells_the_place_tells_whose_text_it_is(here):
    assert only(kg.build("一.txt", metadata={"一.txt": {"title": "衢州市政协工作通报"}}))[1].home == "place/衢州市"


def test_the_title_that_the_table_names_is_found_in_the_text(here):
    text = f"各县区2023年工作要点\n\n湖州市政协 情况通报\n\n{BODY}"
    titles = []
    for title in (None, "湖州市政协情况通报", "与文中所写都不同的标题"):
        document = parse(Source("0" * 64, "二.txt", text, known=Known(title)))
        titles.append((document.text[slice(*document.title)], document.called()))
    assert titles == [
        ("各县区2023年工作要点", "各县区2023年工作要点"),
        ("湖州市政协 情况通报", "湖州市政协情况通报"),
        ("各县区2023年工作要点", "与文中所写都不同的标题"),
    ]


def test_the_document_number_stands_on_the_source_and_in_its_citation(here):
    graph = kg.build("一.txt", metadata=table(here, TABLE))
    assert graph.query("SELECT ?n { ?s a kg:Source ; kg:documentNumber ?n }") == [{"n": "湖协〔2023〕5号"}]
    source, about = only(graph)
    assert citation(source, about) == "湖州市政协工作通报: 湖协〔2023〕5号[Z]. 湖州市政协办公室, 2023-02-25."
    graph.to_html(here / "page.html")
    assert "湖协〔2023〕5号" in (here / "page.html").read_text("utf-8")


def test_an_opened_folder_knows_what_the_table_said(here):
    graph = kg.build("一.txt", metadata=table(here, TABLE))
    kg.publish(graph, here / "out", html=False)
    again = kg.open(here / "out")
    assert (again.sources, again.documents) == (graph.sources, graph.documents)
    assert set(again.quads()) == set(graph.quads())


# ---- which row is about which file ----


@pytest.fixture
def tree(tmp_path):
    """Two cities' reports of one name in two folders, and one of another name."""
    for city, name in (("湖州", "报告.txt"), ("衢州", "报告.txt"), ("衢州", "要点.txt")):
        (tmp_path / "texts" / city).mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / city / name).write_text(f"{city}市政协{name}\n{BODY}", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "file", ["texts/衢州/要点.txt", "衢州/要点.txt", "要点.txt", "./要点.txt", "衢州\\要点.txt", "texts/../texts/衢州/要点.txt"]
)
def test_a_file_is_named_by_its_path_from_the_table_or_the_source_folder_or_by_its_name(tree, file):
    graph = kg.build(tree / "texts", metadata=table(tree, f"文件,标题\n{file},新要点\n"))
    assert [about.title for about in graph.documents.values()].count("新要点") == 1
    assert graph.skipped == ()


def test_a_table_may_lie_anywhere_and_name_files_by_their_whole_path(tree, tmp_path_factory):
    path = table(tmp_path_factory.mktemp("elsewhere"), f"文件,标题\n{tree / 'texts' / '衢州' / '要点.txt'},新要点\n")
    assert kg.build(tree / "texts", metadata=path).skipped == ()


def test_a_name_that_two_files_have_must_be_a_path(tree):
    with pytest.raises(UsageError, match=r"meta\.csv row 2.*报告\.txt may be 2"):
        kg.build(tree / "texts", metadata=table(tree, "文件,标题\n报告.txt,新\n"))
    graph = kg.build(tree / "texts", metadata=table(tree, "文件,标题\n湖州/报告.txt,新\n衢州/报告.txt,又\n"))
    assert sorted(about.title for about in graph.documents.values()) == ["又", "新", "衢州市政协要点.txt"]


def test_the_table_itself_is_no_document(here):
    done = command(
        "build",
        *sorted(path.name for path in [here / "一.txt", table(here, TABLE)]),
        "--metadata",
        "meta.csv",
        "--no-html",
        cwd=here,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_copy_of_a_text_is_known_by_the_row_of_either_whatever_comes_first(here):
    (here / "又.txt").write_bytes((here / "一.txt").read_bytes())
    path = table(here, TABLE.replace("一.txt", "又.txt"))
    one, other = (kg.build(*files, metadata=path).to_turtle() for files in (("一.txt", "又.txt"), ("又.txt", "一.txt")))
    assert one == other and "湖协〔2023〕5号" in one


def test_two_rows_that_say_different_things_of_one_text_are_refused(here):
    (here / "又.txt").write_bytes((here / "一.txt").read_bytes())
    with pytest.raises(UsageError, match="same text"):
        kg.build("一.txt", "又.txt", metadata=table(here, "文件,日期\n一.txt,2023\n又.txt,2024\n"))


def test_standard_input_has_a_row_by_its_name(here):
    done = command(
        "build", "-", "--metadata", table(here, TABLE.replace("一.txt", "stdin.txt")), "--no-html", cwd=here, text=HEADED
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert only(kg.open(here / "output"))[0].known == ROW


def test_a_mapping_says_it_to_the_library(here):
    told = {
        "title": ROW.title,
        "日期": "2023年2月25日",
        "publisher": ROW.publisher,
        "home": "湖州市",
        "document number": ROW.number,
    }
    assert (
        kg.build("一.txt", metadata={"一.txt": told}).to_turtle() == kg.build("一.txt", metadata=table(here, TABLE)).to_turtle()
    )
    assert only(kg.build("一.txt", metadata={"一.txt": {"date": 2023, "title": None}}))[0].known == Known(date="2023")
    with pytest.raises(UsageError, match=r"metadata '一\.txt'.*colour"):
        kg.build("一.txt", metadata={"一.txt": {"colour": "red"}})


# ---- what is wrong with a table ----


def test_rows_about_no_document_that_was_read_are_told_of_in_one_line(here):
    table(here, TABLE + "".join(f"没有{n}.txt,某标题,,,,\n" for n in range(7)))
    done = command("build", "一.txt", "--metadata", "meta.csv", "--no-html", cwd=here)
    assert done.returncode == 3, "part of what was given was not used"
    line = one_line(done.stderr)
    assert "meta.csv" in line and "没有0.txt (row 3)" in line and "2 more" in line
    assert (here / "output" / "graph.ttl").is_file()


@pytest.mark.parametrize(
    ("text", "place", "complaint"),
    [
        ("文件,颜色\n一.txt,红\n", "row 1", "颜色"),
        ("文件,标题,title\n一.txt,甲,乙\n", "row 1", "two columns"),
        ("标题,日期\n甲,2023\n", "meta.csv", "which file"),
        ("文件,日期\n一.txt,2023-02-30\n", "row 2", "2023-02-30"),
        ("文件,日期\n\n一.txt,不详\n", "row 3", "不详"),
        ("文件,地区\n一.txt,没有这个地方\n", "row 2", "没有这个地方"),
        ("文件,标题\n一.txt,甲\n./一.txt,乙\n", "row 3", "row 2"),
        ("文件,标题\n一.txt,甲" + "甲" * 1000 + "\n", "row 2", "quotation mark"),
        ("\n文件,颜色\n一.txt,红\n", "row 2", "颜色"),
        ("文件,标题\n,甲\n", "row 2", "no file"),
        ("文件,标题\n一.txt,甲,乙\n", "row 2", "no heading"),
    ],
)
def test_a_table_that_makes_no_sense_is_wrong_usage_in_one_line_and_nothing_is_written(here, text, place, complaint):
    table(here, text)
    done = command("build", "一.txt", "--metadata", "meta.csv", "-o", "out", cwd=here)
    line = one_line(done.stderr)
    assert done.returncode == 2 and "meta.csv" in line and place in line and complaint in line
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text('文件,标题\n一.txt,"没有完\n'),
    ],
)
def test_a_table_that_cannot_be_read_is_named_and_nothing_is_written(here, make):
    make(here / "meta.csv")
    done = command("build", "一.txt", "--metadata", "meta.csv", "-o", "out", cwd=here)
    assert done.returncode == 1 and "meta.csv" in one_line(done.stderr)
    assert not (here / "out").exists()


def test_words_of_a_table_are_text_wherever_they_come_to_stand(here):
    hostile = '"><script>alert(1)</script>\x00\x1b[2J"\\ @zh .'
    graph = kg.build("一.txt", metadata={"一.txt": {"title": hostile, "publisher": hostile, "number": hostile, "date": "2023"}})
    kg.publish(graph, here / "out")
    assert kg.open(here / "out").documents == graph.documents
    assert "<script>alert" not in (here / "out" / "graph.html").read_text("utf-8")
    assert validate(here / "out").violations == ()
    assert os.listdir(here / "out" / "sources")
