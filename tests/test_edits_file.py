"""The edits file: however a spreadsheet or an editor saves it, it is read as it is meant, or refused with its line before anything is built."""

from __future__ import annotations

import codecs
import json

import edit_cases as edits
import graph_cases as cases
import hostile_cases
import pytest
from command import kg, one_line
from edit_cases import edited
from hostile_names import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

import kg as library
from kg.cli import main
from kg.edits.apply import edit
from kg.edits.rows import parse_edits, read_edits
from kg.errors import InputError, UsageError
from kg.export.exporter import exporters
from kg.graph.validate import validate

TEXT = "# 我们的更正\n\n动作\t主体\t改为\t备注\n改名\t民生议事堂\t湖州民生议事堂\t会议定的\n# 完\n"


# ---- how it is saved ----


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip().encode(),
    ],
    ids=["utf-8", "utf-8 with a mark", "gb18030", "a spreadsheet's Unicode text", "crlf", "cr", "no last line end"],
)
def test_a_file_of_any_editor_is_read(tmp_path, data):
    (tmp_path / "更正.tsv").write_bytes(data)
    read = read_edits(tmp_path / "更正.tsv")
    (row,) = read.rows
    assert (read.name, row.line, row.action, row["subject"], row["to"]) == (
        "更正.tsv",
        4,
        "rename",
        "民生议事堂",
        "湖州民生议事堂",
    )


def test_cells_that_a_spreadsheet_quotes_are_what_they_were():
    text = 'action\tsubject\tproperty\tobject\tquote\nadd\t"“甲”""乙"""\t运行\t丙\t"一行\n又一行"\nreject\t甲\n'
    one, other = parse_edits(text).rows
    assert (one["subject"], one["quote"], one.line, other.line) == ('“甲”"乙"', "一行 又一行", 2, 4)


def test_an_apostrophe_against_formulas_is_not_part_of_the_cell():
    (row,) = parse_edits("action\tsubject\tto\nrename\t'=甲\t'+乙\n").rows
    assert (row["subject"], row["to"]) == ("=甲", "+乙")


def test_words_are_chinese_or_english_in_any_case_and_order_of_columns():
    text = "To\t项\t对象\t关系\t主体\tACTION\n计划\t状态\t丙\t运行\t甲\t更正\nplanned\tstatus\t丙\tkg:runs\t甲\tMend\n"
    one, other = parse_edits(text).rows
    assert (
        {**one.cells}
        == {**other.cells}
        == {"to": "planned", "field": "status", "object": "丙", "property": "runs", "subject": "甲"}
    )


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2022", "2022"), ("2022年", "2022"), ("2022-6", "2022-06"), ("2022年6月", "2022-06"), ("2022/6/30", "2022-06-30"),
        ("2022.6.30", "2022-06-30"), ("2022-01/2022-06", "2022-01/2022-06"), ("2021年至2022年", "2021/2022"), ("2021～2022", "2021/2022"), ("２０２２年", "2022"), ("2022／2023", "2022/2023"),
        ("无", "none"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_and_spreadsheets_write_them(written, means):
    (row,) = parse_edits(f"action\tsubject\tproperty\tobject\tperiod\nreject\t甲\truns\t乙\t{written}\n").rows
    assert row["period"] == means


# ---- what makes no sense ----

HEADS = "action\tsubject\tproperty\tobject\tstatus\tperiod\trole\tindicator\tvalue\tfield\tto\tquote\tsource\tstart\tend\n"


def row(**cells: str) -> str:
    return "\t".join(cells.get(name, "") for name in HEADS.strip().split("\t")) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 0, "no line of column heads"),
        ("# 只有注释\n", 0, "no line of column heads"),
        ("action\tthing\n", 1, "no column 'thing'"),
        ("动作,主体\n改名,甲\n", 1, "not separated by tabs"),
        ("action\tto\n", 1, "the column subject is missing"),
        ("主体\tto\n", 1, "the column action is missing"),
        ("action\tsubject\tsubject\n", 1, "stands twice"),
        ("\n#x\naction\tsubject\nerase\t甲\n", 4, "no action 'erase'"),
        ("action\tsubject\n\t甲\n", 2, "the action is missing"),
        ("action\tsubject\nreject\t甲\t乙\n", 2, "under no column head"),
        ('action\tsubject\nreject\t"甲\nreject\t乙\n', 2, "not a tab-separated row"),
        ('action\tsubject\nreject\t"甲"乙\n', 2, "not a tab-separated row"),
        ('action\tsubject\nreject\t"甲\t乙"\n', 2, "holds a tab"),
        (HEADS + row(action="join", subject="甲"), 2, "join needs object"),
        (HEADS + row(action="join", subject="甲", object="乙", status="done"), 2, "does not take status"),
        (HEADS + row(action="rename", subject="甲"), 2, "rename needs to"),
        (HEADS + row(action="rename", subject="甲", to="“「」”"), 2, "makes no sense"),
        (HEADS + row(action="retype", subject="甲", to="东西"), 2, "makes no sense"),
        (HEADS + row(action="retype", subject="甲", to="平台、举措、地区"), 2, "makes no sense"),
        (HEADS + row(action="part", subject="甲", to="乙"), 2, "which mentions are meant?"),
        (HEADS + row(action="part", subject="甲", object="乙"), 2, "part needs to or source"),
        (HEADS + row(action="reject", subject="甲", property="runs"), 2, "reject needs object"),
        (HEADS + row(action="reject", subject="甲", property="likes", object="乙"), 2, "property: 'likes' makes no sense"),
        (HEADS + row(action="reject", subject="甲", property="runs", object="乙", period="去年"), 2, "period: '去年' makes no sense"),
        (HEADS + row(action="reject", subject="甲", property="runs", object="乙", period="2022-02-30"), 2, "period"),
        (HEADS + row(action="reject", subject="甲", property="runs", object="乙", period="٢٠٢٢年"), 2, "period"),
        (HEADS + row(action="reject", subject="甲", property="runs", object="乙", period="2023/2022"), 2, "period"),
        (HEADS + row(action="reject", subject="甲", property="runs", object="乙", role="主席"), 2, "only worksFor has a role"),
        (HEADS + row(action="mend", subject="甲", field="to", to="乙"), 2, "mend what"),
        (HEADS + row(action="mend", subject="甲", property="runs", object="乙", field="unit", to="个"), 2, "field: 'unit'"),
        (HEADS + row(action="mend", subject="甲", property="runs", object="乙", field="status", to="也许"), 2, "status: '也许'"),
        (HEADS + row(action="mend", subject="甲", indicator="数", field="value", to="1e9"), 2, "value: '1e9'"),
        (HEADS + row(action="mend", subject="甲", indicator="数", field="value", to="NaN"), 2, "value: 'NaN'"),
        (HEADS + row(action="add", subject="甲", property="runs", object="乙"), 2, "add needs the sentence"),
        (HEADS + row(action="add", subject="甲", property="runs", object="乙", start="1", end="2"), 2, "of a source"),
        (HEADS + row(action="add", subject="甲", property="runs", object="乙", source="丙", start="2", end="1"), 2, "start before end"),
        (HEADS + row(action="add", subject="甲", property="runs", object="乙", source="丙", start="一", end="2"), 2, "start: '一'"),
        (HEADS + row(action="add", subject="甲", property="runs", object="乙", quote="丙", indicator="数"), 2, "does not take indicator"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_line(text, line, what):
    with pytest.raises(UsageError) as refused:
        parse_edits(text, "e.tsv")
    assert what in str(refused.value)
    assert str(refused.value).startswith(f"e.tsv, line {line}: " if line else "e.tsv: ")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00\x01\x02", b"action\tsubject\n\xff\xff\n"])
def test_what_is_no_text_is_refused(tmp_path, data):
    (tmp_path / "e.tsv").write_bytes(data)
    with pytest.raises(InputError, match="not text"):
        read_edits(tmp_path / "e.tsv")


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200) | st.lists(st.sampled_from(["action", "subject", "join", "reject", "甲", "\t", "\n", '"', "#", "'="])).map("".join))  # fmt: skip
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        parse_edits(text)
    except UsageError as refused:
        assert "\n" not in str(refused)


# ---- hostile words ----


NAMES = [name.replace("\t", " ") for name in (*HOSTILE, *hostile_cases.NAMES)]


@pytest.mark.parametrize("names", [NAMES[at : at + 9] for at in range(0, len(NAMES), 9)])
def test_a_hostile_name_is_only_a_name(names):
    before = edits.one()
    called = [{"action": "rename", "subject": e.id, "to": name} for e, name in zip(before.entities, names, strict=False)]
    graph = edited(
        before, *called, {"action": "mend", "subject": cases.HALL, "indicator": "开展协商", "field": "indicator", "to": names[0]}
    )
    labels = [graph.entity(row["subject"]).label for row in called]
    assert all(label in " ".join(name.split()) for label, name in zip(labels, names, strict=True))
    assert {*labels} <= {row["l"] for row in graph.query("SELECT ?l { ?e skos:prefLabel ?l }")}
    report = validate(graph.to_rdflib())
    assert report.conforms, report.violations[:2]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_that_is_nobodys_is_told_on_one_line(name):
    rows = [{"action": "reject", "subject": f"没有{name}"}, {"action": "part", "subject": f"thing/{name}", "source": name}]
    told = edited(edits.one(), *rows, fits=False).edited
    assert told and [one.line for one in told.unfit] == [2, 3 + name.count("\r") + name.count("\n") - name.count("\r\n")]
    assert all(len(one.why(lang).splitlines()) == 1 for one in told.unfit for lang in ("zh", "en"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_parted_may_be_called_anything(name):
    graph = edited(edits.two(), {"action": "part", "subject": cases.CPPCC, "source": "二.txt", "to": f"{name}会"})
    (new,) = (e for e in graph.entities if e.by_user)
    assert [row["l"] for row in graph.query("SELECT ?l ?e { ?e skos:prefLabel ?l }", {"e": NamedNode(graph.iri(new.id))})] == [
        new.label
    ]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20))
def test_any_name_that_is_given_goes_through_turtle(name):
    text = edits.table({"action": "rename", "subject": cases.HALL, "to": name})
    try:
        read = parse_edits(text)
    except UsageError:
        return
    graph = edit(edits.one(), read)
    found = {str(value) for value in graph.to_rdflib().objects(None, None)}
    assert graph.entity(cases.HALL).label in found


def test_an_edited_graph_goes_out_in_every_format(tmp_path):
    graph = edited(
        edits.two(),
        {"action": "join", "subject": cases.CPPCC, "object": cases.COUNTY_CPPCC},
        {"action": "rename", "subject": cases.HALL, "to": "=甲</script> 乙"},
        {"action": "mend", "subject": cases.CPPCC, "property": "runs", "object": cases.HALL, "field": "status", "to": "planned"},
    )
    for name in exporters():
        graph.export(name, tmp_path / name)
        assert (tmp_path / name).exists()


# ---- the command ----

SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n"


def test_a_build_obeys_tells_what_does_not_fit_and_goes_on(seed, tmp_path):
    (tmp_path / "e.tsv").write_text(
        edits.table(
            {"action": "删去", "subject": "市政协", "property": "运行", "object": "民生议事堂", "status": "计划"},
            {"action": "删去", "subject": "市政协", "property": "运行", "object": "没有的平台"},
        ),
        "utf-8",
    )
    done = kg("build", seed, "--edits", "e.tsv", "-o", "out", "--json", cwd=tmp_path)
    assert done.returncode == 3
    assert (
        one_line(done.stderr)
        == "e.tsv, line 3 (删去 · 市政协 · 运行 · 没有的平台) does not fit: no entity is called '没有的平台'"
    )
    told = json.loads(done.stdout)["edits"]
    assert (told["obeyed"], [one["line"] for one in told["told"]]) == (1, [3])
    assert main(["validate", "--graph", str(tmp_path / "out")]) == 0
    again = kg("build", seed, "--edits", "e.tsv", "-o", "again", "--no-html", cwd=tmp_path, lang="zh")
    assert "第 3 行" in again.stderr and "手工更正 1 行" in again.stdout
    assert (tmp_path / "out/graph.ttl").read_bytes() == (tmp_path / "again/graph.ttl").read_bytes()


def test_a_malformed_file_ends_the_build_before_it_begins(tmp_path):
    (tmp_path / "e.tsv").write_text("action\tsubject\nerase\t甲\n", "utf-8")
    done = kg("build", "nothing-there.txt", "--edits", "e.tsv", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2 and one_line(done.stderr).startswith("e.tsv, line 2: there is no action 'erase'")
    done = kg("build", "nothing-there.txt", "--edits", "none.tsv", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1 and "none.tsv: cannot be read" in one_line(done.stderr)
    assert not (tmp_path / "out").exists()


def test_show_tells_the_id_to_paste_and_finds_a_joined_entity_by_its_old_one(tmp_path, say):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "e.tsv").write_text(edits.table({"action": "join", "subject": "湖州市政协", "object": "新华社"}), "utf-8")
    library.publish(library.build(tmp_path / "a.txt", edits=tmp_path / "e.tsv"), tmp_path / "out", html=False)
    code, shown, _ = say("show", "org/新华社", "--graph", tmp_path / "out")
    assert code == 0 and "org/湖州市/政协\n" in shown and "joined with it" in shown and "edited by hand" in shown
    told = json.loads(say("show", "org/新华社", "--graph", tmp_path / "out", "--json")[1])
    assert (told["id"], told["replaces"], told["by_user"]) == ("org/湖州市/政协", ["org/新华社"], True)


def test_the_document_shows_the_file_that_its_commands_are_given(root):
    assert (root / "tests/edits.tsv").read_text("utf-8") in (root / "docs/edits.md").read_text("utf-8")
