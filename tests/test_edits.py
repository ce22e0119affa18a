"""`kg build --edits`: what a person says by hand is done, marked as theirs, and told of where it does not fit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import edit_cases as edits
import graph_cases as cases
import pytest
from edit_cases import FIRST, SECOND, edited, facts, one, two, why
from pyoxigraph import NamedNode

import kg
from kg.edits.apply import edit
from kg.edits.rows import parse_edits
from kg.graph.merge import merge
from kg.graph.validate import validate
from kg.model import USER, Entity, Period, Span

CPPCC, HALL, NEWS, MEETING, CHAIR = cases.CPPCC, cases.HALL, cases.NEWS, cases.MEETING, cases.CHAIR
COUNTY_CPPCC, COUNTY, CITY = cases.COUNTY_CPPCC, cases.COUNTY, cases.CITY
MADE = "市政协打造“民生议事堂”"


def conforms(graph):
    report = validate(graph.to_rdflib())
    assert report.conforms, report.violations[:3]


def quotes_are_true(graph):
    for finding in (*graph.facts, *graph.measures):
        for span in finding.evidence:
            assert 0 <= span.start < span.end <= len(graph.sources[span.source].text)


# ---- join ----


def test_two_entities_that_are_one_thing_are_joined_with_the_names_mentions_and_facts_of_both():
    before = one()
    graph = edited(before, {"action": "join", "subject": CPPCC, "object": "安吉县政协"})
    kept = graph.entity(CPPCC)
    assert kept.label == "政协湖州市委员会" and "安吉县政协" in kept.alt
    assert len(kept.mentions) == len(before.entity(CPPCC).mentions) + len(before.entity(COUNTY_CPPCC).mentions)
    assert (CPPCC, "inDistrict", COUNTY, "done", "") in facts(graph)
    with pytest.raises(KeyError):
        graph.entity(COUNTY_CPPCC)
    conforms(graph)


def test_a_joined_entity_keeps_the_old_address_and_is_found_by_it():
    graph = edited(one(), {"action": "join", "subject": CPPCC, "object": COUNTY_CPPCC})
    assert graph.entity(CPPCC).replaces == (COUNTY_CPPCC,)
    rows = graph.query("SELECT ?new ?old { ?new dcterms:replaces ?old }", {"old": NamedNode(graph.iri(COUNTY_CPPCC))})
    assert [row["new"] for row in rows] == [graph.iri(CPPCC)]
    again = edited(
        one(),
        {"action": "join", "subject": CPPCC, "object": COUNTY_CPPCC},
        {"action": "rename", "subject": graph.iri(COUNTY_CPPCC), "to": "湖州政协"},
    )
    assert again.entity(CPPCC).label == "湖州政协"


def test_joining_goes_on_through_several_and_facts_that_meet_are_one():
    graph = two()
    twin = replace(graph.entity(HALL), id="thing/德清县/议事堂", label="议事堂", mentions=cases.spans(SECOND, "民生议事堂"))
    fact = next(f for f in graph.facts if f.property == "runs" and f.evidence[0].source == SECOND.sha256)
    graph = replace(
        graph,
        entities=(*graph.entities, twin),
        facts=(*graph.facts, replace(fact, object=twin.id, evidence=(cases.sentence(SECOND, "报道"),))),
    )
    rows = [
        {"action": "join", "subject": "新华社", "object": HALL},
        {"action": "join", "subject": HALL, "object": "议事堂"},
    ]
    for order in permutations(rows):
        joined = edited(graph, *order)
        assert joined.entity(NEWS).replaces == (twin.id, HALL)
        runs = [f for f in joined.facts if f.property == "runs" and f.evidence[0].source == SECOND.sha256]
        assert [len(fact.evidence) for fact in runs] == [2]
        (told,) = joined.edited.told
        assert told.obeyed and told.en == "2 facts between the two are left out", "of both texts: the hall reported by the agency"


def test_a_figure_goes_with_the_joined_entity_and_so_does_what_is_known_of_the_document():
    graph = edited(
        one(),
        {"action": "join", "subject": "安吉县政协", "object": CPPCC},
        {"action": "join", "subject": MEETING, "object": HALL},
    )
    assert graph.measures[0].about == MEETING
    assert graph.documents[FIRST.sha256].body == COUNTY_CPPCC


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ([("新华社", "新华社")], 2, "one entity already"),
        ([(CPPCC, COUNTY_CPPCC), (COUNTY_CPPCC, CPPCC)], 3, "one entity already"),
        ([(CPPCC, COUNTY_CPPCC), (HALL, COUNTY_CPPCC)], 3, "joined to org/湖州市/政协 by line 2"),
        ([(CPPCC, "没有的政协")], 2, "no entity is called '没有的政协'"),
    ],
)
def test_a_join_that_does_not_fit_is_told(rows, line, reason):
    told = why(one(), *({"action": "join", "subject": kept, "object": gone} for kept, gone in rows))
    assert [at for at, _ in told] == [line] and reason in told[0][1]


# ---- part ----


def test_a_name_of_one_document_is_another_thing_and_takes_what_that_document_says_of_it():
    graph = edited(two(), {"action": "part", "subject": "民生议事堂", "source": "二.txt", "to": "岳阳民生议事堂"})
    other = graph.entity("thing/湖州市/岳阳民生议事堂")
    assert (other.label, other.alt, other.classes, other.by_user) == ("岳阳民生议事堂", ("民生议事堂",), ("Platform",), True)
    assert {span.source for span in other.mentions} == {SECOND.sha256}
    assert {span.source for span in graph.entity(HALL).mentions} == {FIRST.sha256}
    for key, sha in ((HALL, FIRST.sha256), (other.id, SECOND.sha256)):
        about = [f for f in graph.facts if key in (f.subject, f.object)]
        assert len(about) == 2 and {f.evidence[0].source for f in about} == {sha}
        assert [m.evidence[0].source for m in graph.measures if m.about == key] == [sha]
    conforms(graph)


def test_parted_without_a_name_it_is_named_as_the_text_does_and_scoped_by_the_text():
    graph = edited(two(), {"action": "part", "subject": HALL, "source": SECOND.sha256[:12]})
    assert graph.entity(f"thing/{SECOND.sha256}/民生议事堂").label == "民生议事堂"
    conforms(graph)


def test_mentions_may_be_picked_by_how_they_are_written_and_given_to_an_entity_that_is_there():
    before = one()
    graph = edited(before, {"action": "part", "subject": CPPCC, "object": "湖州市政协", "to": "安吉县政协"})
    assert "湖州市政协" not in graph.entity(CPPCC).alt and "湖州市政协" in graph.entity(COUNTY_CPPCC).alt
    assert (CHAIR, "worksFor", CPPCC, "done", "") in facts(graph), "its sentence names both: what cannot be told apart stays"
    assert (CPPCC, "runs", HALL, "done", "2022/2022") in facts(graph)
    conforms(graph)


def test_mentions_may_be_picked_by_the_sentence_around_them():
    graph = edited(one(), {"action": "part", "subject": "市政协", "quote": "市政协将召开“两山”协商推进会", "to": "长兴县政协"})
    assert ("org/湖州市/长兴县政协", "hosts", MEETING, "planned", "2023/2023") in facts(graph)
    assert graph.entity("org/湖州市/长兴县政协").alt == ("市政协",)
    conforms(graph)


def test_what_is_parted_to_a_thing_of_another_class_leaves_out_the_facts_that_it_cannot_have():
    graph = edited(one(), {"action": "part", "subject": HALL, "quote": "新华社报道了", "to": "推进会"}, {"action": "part", "subject": HALL, "quote": MADE, "to": "新华社"})  # fmt: skip
    assert (MEETING, "reportedBy", NEWS, "done", "") in facts(graph)
    assert not [f for f in graph.facts if f.property == "runs"] and graph.measures[0].about == NEWS
    (told,) = graph.edited.told
    assert told.obeyed and told.line == 3 and "政协湖州市委员会 —runs→ 新华社" in told.en
    conforms(graph)


def test_a_part_that_picks_nothing_or_is_contradicted_is_told():
    rows = [
        {"action": "part", "subject": HALL, "object": "议事厅", "to": "甲"},
        {"action": "part", "subject": HALL, "source": "三.txt"},
        {"action": "part", "subject": HALL, "source": "二.txt", "to": "乙"},
        {"action": "part", "subject": HALL, "source": "二.txt", "to": "丙"},
    ]
    assert why(two(), *rows) == [
        (2, "no such place names 民生议事堂"),
        (3, "no document is called '三.txt'"),
        (5, "says otherwise than line 4"),
    ]


# ---- rename, retype ----


def test_a_new_name_is_the_label_and_the_old_one_is_another_name():
    graph = edited(one(), {"action": "改名", "subject": "市政协", "to": "“湖州政协”"})
    entity = graph.entity(CPPCC)
    assert (entity.label, entity.by_user) == ("湖州政协", True)
    assert entity.alt == ("市政协", "政协湖州市委员会", "湖州市政协")
    assert graph.query("SELECT ?b ?e { ?e kg:basis ?b }", {"e": NamedNode(graph.iri(CPPCC))})[0]["b"].endswith("#user")
    conforms(graph)


def test_a_new_class_may_be_a_finer_one_and_what_it_does_not_allow_is_left_out_and_told():
    graph = edited(
        one(),
        {"action": "retype", "subject": HALL, "to": "举措"},
        {"action": "retype", "subject": COUNTY_CPPCC, "to": "MediaOutlet"},
    )
    assert graph.entity(HALL).classes == ("Program",)
    assert (graph.entity(COUNTY_CPPCC).classes, graph.entity(COUNTY_CPPCC).kind) == (("Organization",), "MediaOutlet")
    assert (CPPCC, "runs", HALL, "done", "2022/2022") not in facts(graph)
    (told,) = graph.edited.told
    assert told.line == 2 and told.obeyed and "政协湖州市委员会 —runs→ 民生议事堂" in told.en and "运行" in told.zh
    conforms(graph)


def test_a_report_that_the_user_says_is_none_is_no_more_what_its_text_carries():
    graph = edited(one(), {"action": "retype", "subject": cases.REPORT, "to": "会议活动"})
    assert one().documents[FIRST.sha256].report == cases.REPORT and graph.documents[FIRST.sha256].report is None
    conforms(graph)


def test_a_fact_mended_to_fit_the_new_class_stays():
    graph = edited(
        one(),
        {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL, "field": "property", "to": "carries out"},
        {"action": "retype", "subject": HALL, "to": "Program"},
    )
    assert (CPPCC, "carriesOut", HALL, "done", "2022/2022") in facts(graph)
    assert graph.edited.told == ()


def test_two_names_for_one_entity_contradict_each_other():
    told = why(one(), *({"action": "rename", "subject": HALL, "to": name} for name in ("甲堂", "乙堂")))
    assert told == [(3, "says otherwise than line 2")]


# ---- reject ----


def test_a_rejected_fact_is_gone_from_every_text():
    graph = edited(two(), {"action": "reject", "subject": "市政协", "property": "运行", "object": "民生议事堂"})
    assert not [f for f in graph.facts if f.property == "runs"]
    assert not graph.query("ASK { ?s kg:runs ?o }")[0]["ask"]
    conforms(graph)


@pytest.mark.parametrize("narrowed", [{"source": "二.txt"}, {"source": "二"}, {"source": SECOND.sha256[:8]}])
def test_a_fact_of_one_text_alone_is_rejected_where_the_row_says_so(narrowed):
    graph = edited(two(), {"action": "reject", "subject": CPPCC, "property": "runs", "object": HALL, **narrowed})
    assert [f.evidence[0].source for f in graph.facts if f.property == "runs"] == [FIRST.sha256]


@pytest.mark.parametrize("narrowed", [{"status": "计划"}, {"period": "2021"}, {"period": "无"}, {"quote": "将召开"}])
def test_a_fact_that_is_otherwise_is_not_rejected(narrowed):
    told = why(one(), {"action": "reject", "subject": CPPCC, "property": "runs", "object": HALL, **narrowed})
    assert told == [(2, "there is no such fact; between the two: 政协湖州市委员会 —runs→ 民生议事堂 (done, 2022)")]


def test_a_rejected_entity_goes_with_all_that_is_said_of_it():
    graph = edited(one(), {"action": "reject", "subject": "民生议事堂"}, {"action": "reject", "subject": "李上葵"})
    assert HALL not in {e.id for e in graph.entities}
    assert not [f for f in graph.facts if HALL in (f.subject, f.object)] and not graph.measures
    assert graph.documents[FIRST.sha256].speaker_entity is None
    conforms(graph)


def test_a_rejected_figure_is_gone():
    assert edited(one(), {"action": "reject", "subject": HALL, "indicator": "开展协商", "value": "27,000"}).measures == ()
    told = why(one(), {"action": "reject", "subject": HALL, "indicator": "开展协商", "value": "28000"})
    assert told == [(2, "there is no such figure; there are: 开展协商 27000 人次 (done, 2022)")]


# ---- mend ----


@pytest.mark.parametrize(
    ("field", "to", "expected"),
    [
        ("status", "计划", (CPPCC, "runs", HALL, "planned", "2022/2022")),
        ("时间", "2022年6月", (CPPCC, "runs", HALL, "done", "2022-06/2022-06")),
        ("period", "2022-01/2022-06", (CPPCC, "runs", HALL, "done", "2022-01/2022-06")),
        ("period", "none", (CPPCC, "runs", HALL, "done", "")),
        ("subject", "安吉县政协", (COUNTY_CPPCC, "runs", HALL, "done", "2022/2022")),
        ("object", "推进会", (CPPCC, "runs", MEETING, "done", "2022/2022")),
    ],
)
def test_a_part_of_a_fact_is_mended_and_the_fact_is_the_users(field, to, expected):
    graph = edited(one(), {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL, "field": field, "to": to})
    assert expected in facts(graph) and len(graph.facts) == len(one().facts)
    (mended,) = (f for f in graph.facts if f.rule == "user-mend")
    assert mended.basis == USER and mended.evidence == (cases.sentence(FIRST, "打造"),)
    conforms(graph)


def test_two_parts_of_one_fact_are_mended_together():
    row = {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL}
    graph = edited(one(), {**row, "field": "status", "to": "planned"}, {**row, "field": "period", "to": "2023"})
    assert (CPPCC, "runs", HALL, "planned", "2023/2023") in facts(graph)


def test_the_post_of_a_person_is_mended():
    row = {"action": "mend", "subject": "李上葵", "property": "worksFor", "object": "市政协", "field": "role", "to": "党组书记"}
    assert [f.role for f in edited(one(), row).facts if f.property == "worksFor"] == ["党组书记"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"field": "status", "to": "done"}, "it is so already"),
        ({"field": "object", "to": "新华社"}, "'runs' does not go from organization to organization/media outlet"),
        ({"field": "subject", "to": "谁家"}, "no entity is called '谁家'"),
        ({"field": "object", "to": "市政协"}, "both ends are one entity"),
        ({"status": "planned", "field": "period", "to": "2023"}, "there is no such fact; between the two: "),
    ],
)
def test_a_mend_that_makes_no_fact_is_told_and_the_fact_stays(change, reason):
    row = {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL, **change}
    graph = edited(one(), row, fits=False)
    assert reason in graph.edited.unfit[0].en
    assert facts(graph) == facts(one()) and graph.edited.obeyed == 0


def test_a_mend_that_leaves_no_end_in_the_sentence_is_told():
    row = {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL}
    told = why(one(), {**row, "field": "subject", "to": "安吉县政协"}, {**row, "field": "object", "to": "民生会客厅"})
    assert told == [(2, "no entity is called '民生会客厅'"), (3, "no entity is called '民生会客厅'")]
    told = why(one(), {**row, "field": "subject", "to": "安吉县政协"}, {**row, "field": "object", "to": "推进会"})
    assert told == [(2, "the sentence names neither end"), (3, "the sentence names neither end")]


def test_a_mend_that_fits_two_facts_says_which_there_are():
    reading = cases.reading()
    fact = reading.facts[0]
    graph = merge([replace(reading, facts=(*reading.facts, replace(fact, period=Period.of("2021"))))])
    row = {"action": "mend", "subject": CPPCC, "property": "runs", "object": HALL, "field": "status", "to": "planned"}
    assert why(graph, row)[0][1].startswith(
        "2 facts fit: say which by status, period or role: 政协湖州市委员会 —runs→ 民生议事堂 (done, 20"
    )
    assert len([f for f in edited(graph, {**row, "period": "2021"}).facts if f.status == "planned"]) == 2


@pytest.mark.parametrize(
    ("field", "to", "attribute", "expected"),
    [
        ("value", "2.75", "value", Decimal("2.75")),
        ("数值", "27,500", "value", 27500),
        ("unit", "人", "unit", "人"),
        ("indicator", "参加协商", "indicator", "参加协商"),
        ("bound", "约数", "bound", "approximately"),
        ("period", "2021", "period", Period.of("2021")),
        ("subject", "市政协", "about", CPPCC),
        ("kind", "change", "kind", "change"),
    ],
)
def test_a_part_of_a_figure_is_mended_and_the_text_s_own_spelling_stays(field, to, attribute, expected):
    graph = edited(one(), {"action": "mend", "subject": HALL, "indicator": "开展协商", "field": field, "to": to})
    (measure,) = graph.measures
    assert getattr(measure, attribute) == expected
    assert (measure.basis, measure.rule, measure.as_written) == (USER, "user-mend", "2.7万多\r\n人次")
    conforms(graph)


# ---- add ----


def test_an_added_fact_has_the_sentence_that_the_quote_is_of():
    graph = edited(one(), {"action": "add", "subject": CPPCC, "property": "hosts", "object": MEETING, "quote": "市政协将召开“两山”协商推进会", "period": "2023-06"})  # fmt: skip
    (fact,) = (f for f in graph.facts if f.rule == "user-add")
    assert (fact.basis, fact.status, fact.period) == (USER, "done", Period.of("2023-06"))
    assert graph.quote(fact.evidence[0]) == "2023年，市政协将召开“两山”协商推进会。"
    conforms(graph)


def test_a_quote_may_be_cut_by_other_line_ends_than_the_source():
    row = {
        "action": "add",
        "subject": "李上葵",
        "property": "任职于",
        "object": "市政协",
        "role": "主席",
        "quote": "开展协商2.7万多人 次",
    }
    graph = edited(one(), row, fits=False)
    assert graph.edited.unfit == ()
    (fact,) = (f for f in graph.facts if f.rule == "user-add")
    assert "2.7万多\r\n人次" in graph.quote(fact.evidence[0]) and fact.role == "主席"


def test_the_sentence_may_be_given_by_its_place():
    span = cases.sentence(FIRST, "报道")
    row = {"action": "add", "subject": HALL, "property": "reportedBy", "object": "新华社", "source": "报告.txt", "start": str(span.start), "end": str(span.end)}  # fmt: skip
    (fact,) = (f for f in edited(one(), row).facts if f.rule == "user-add" or f.property == "reportedBy")
    assert fact.basis == USER and fact.evidence == (span,)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "谁也没有说过的话"}, "no text has these words: 谁也没有说过的话"),
        ({"quote": "安吉县政协在余村"}, "the sentence names neither end"),
        ({"quote": MADE, "object": "新华社"}, "'runs' does not go from organization to organization/media outlet"),
        ({"quote": MADE, "source": "没有.txt"}, "no document is called '没有.txt'"),
        ({"quote": "", "source": "报告", "start": "5", "end": "9999"}, "the text of 报告.txt has"),
        ({"quote": "新华社", "source": "报告", "start": "0", "end": "9"}, "no text has these words: 新华社"),
    ],
)  # fmt: skip
def test_an_added_fact_without_its_sentence_is_told(change, reason):
    told = why(one(), {"action": "add", "subject": CPPCC, "property": "runs", "object": HALL, **change})
    assert len(told) == 1 and reason in told[0][1]


def test_a_quote_that_stands_twice_needs_its_source():
    row = {"action": "add", "subject": CPPCC, "property": "runs", "object": HALL, "status": "planned", "quote": MADE}
    ((_, reason),) = why(two(), row)
    assert reason.startswith("these words stand in 2 sentences: name the source, or start and end: ")
    (fact,) = (f for f in edited(two(), {**row, "source": "二.txt"}).facts if f.rule == "user-add")
    assert fact.evidence[0].source == SECOND.sha256


def test_an_added_figure_is_written_as_its_sentence_has_it():
    row = {
        "action": "add",
        "subject": CPPCC,
        "indicator": "协商人次",
        "value": "27000",
        "unit": "人次",
        "period": "2022",
        "quote": MADE,
    }
    text = merge([cases.reading(cases.source(cases.TEXT.replace("多\r\n人次", "多人次")))])
    graph = edited(text, row)
    (figure,) = (m for m in graph.measures if m.rule == "user-add")
    assert (figure.value, figure.as_written, figure.bound, figure.basis) == (27000, "2.7万多人次", "atLeast", USER)
    conforms(graph)
    ((_, reason),) = why(text, {**row, "value": "5"})
    assert reason == "the sentence has no such figure; it has: 2.7万多人次"


def test_an_entity_that_was_not_found_is_added_where_the_texts_have_its_name():
    graph = edited(
        two(),
        {"action": "add", "subject": "余村", "to": "地区"},
        {"action": "add", "subject": "安吉县政协", "property": "inDistrict", "object": "余村", "source": "二.txt", "quote": "安吉县政协在余村"},
    )  # fmt: skip
    entity = graph.entity("place/湖州市/余村")
    assert (entity.classes, entity.by_user, len(entity.mentions)) == (("District",), True, 2)
    assert (COUNTY_CPPCC, "inDistrict", "place/湖州市/余村", "done", "") in facts(graph)
    conforms(graph)
    assert why(one(), {"action": "add", "subject": "市政协", "to": "组织机构"}) == [
        (2, "there is such an entity already: 政协湖州市委员会 (org/湖州市/政协)")
    ]
    assert why(one(), {"action": "add", "subject": "没有写到的", "to": "组织机构"}) == [(2, "no text has the name '没有写到的'")]


# ---- which entity is meant ----


def namesakes():
    reading = cases.reading()
    other = Entity("thing/德清县/民生议事堂", ("Program",), "民生议事堂", mentions=cases.spans(FIRST, "新华社"))
    return merge([replace(reading, entities=(*reading.entities, other))])


def test_a_name_that_several_have_is_told_with_the_ids_of_each():
    ((_, reason),) = why(namesakes(), {"action": "rename", "subject": "民生议事堂", "to": "甲"})
    assert reason == (
        "2 entities are called '民生议事堂': say which by its id: "
        "民生议事堂 (thing/德清县/民生议事堂), 民生议事堂 (thing/湖州市/民生议事堂)"
    )


@pytest.mark.parametrize("words", [HALL, "平台：民生议事堂", "Platform:“民生议事堂”", f"https://w3id.org/yishi/id/{HALL}", "ｔｈｉｎｇ/湖州市/民生议事堂"])  # fmt: skip
def test_an_id_an_address_or_a_class_before_the_name_says_which(words):
    assert edited(namesakes(), {"action": "rename", "subject": words, "to": "甲"}).entity(HALL).label == "甲"


def test_a_name_that_comes_near_is_told_with_what_it_is_near_to():
    assert why(one(), {"action": "reject", "subject": "议事堂"}) == [
        (2, "no entity is called '议事堂'; near it: 民生议事堂 (thing/湖州市/民生议事堂)")
    ]


# ---- all together ----

ALL = (
    {"action": "join", "subject": CPPCC, "object": "安吉县政协"},
    {"action": "part", "subject": "民生议事堂", "source": "二.txt", "to": "岳阳民生议事堂"},
    {"action": "rename", "subject": "岳阳民生议事堂", "to": "岳阳议事堂"},
    {"action": "retype", "subject": "岳阳议事堂", "to": "平台、举措"},
    {"action": "reject", "subject": "李上葵"},
    {"action": "mend", "subject": "市政协", "property": "runs", "object": HALL, "field": "period", "to": "2021"},
    {"action": "mend", "subject": HALL, "indicator": "开展协商", "field": "value", "to": "27001"},
    {"action": "reject", "subject": "市政协", "property": "主办", "object": "推进会", "source": "报告"},
    {"action": "add", "subject": "余村", "to": "District"},
    {"action": "add", "subject": "安吉县政协", "property": "所在地区", "object": "余村", "source": "二", "quote": "安吉县政协在余村"},
)  # fmt: skip


def test_the_order_of_rows_that_are_not_about_one_thing_and_of_documents_makes_no_difference():
    graph = edited(two(), *ALL)
    assert edited(two(), *reversed(ALL)).to_turtle() == graph.to_turtle()
    other = merge([cases.reading(SECOND), cases.reading(FIRST)])
    assert edited(other, *ALL[3:], *ALL[:3]).to_turtle() == graph.to_turtle()
    assert graph.edited.obeyed == len(ALL)


def test_an_edited_graph_is_published_opened_asked_and_validated_as_any_other(tmp_path):
    graph = edited(two(), *ALL, {"action": "reject", "subject": "没有的"}, fits=False)
    kg.publish(graph, tmp_path)
    opened = kg.open(tmp_path)
    for part in ("entities", "facts", "measures", "sources", "documents", "notes", "edited"):
        assert getattr(opened, part) == getattr(graph, part), part
    assert opened.edited and opened.edited.unfit[0].zh == "没有叫「没有的」的实体"
    assert opened.to_turtle() == graph.to_turtle()
    conforms(graph)
    quotes_are_true(graph)
    assert len(graph.query("SELECT ?s { ?s a rdf:Statement ; kg:basis kg:user }")) == 2
    assert edit(opened, parse_edits(edits.table({"action": "rename", "subject": HALL, "to": "甲"}))).entity(HALL).label == "甲"


def test_a_graph_without_edits_says_nothing_of_them(tmp_path):
    graph = one()
    kg.publish(graph, tmp_path, html=False)
    assert "edited" not in (tmp_path / "documents.json").read_text("utf-8")
    assert kg.open(tmp_path).edited is None and "replaces" not in (graph.to_turtle() or "")


def test_an_empty_table_changes_nothing():
    graph = edit(two(), parse_edits("action\tsubject\n"))
    assert graph.to_turtle() == two().to_turtle() and graph.edited.obeyed == 0


def test_the_mentions_of_a_joined_entity_do_not_overlap():
    reading = cases.reading()
    inner = Entity(
        "org/政协",
        ("Organization",),
        "政协",
        mentions=tuple(Span(s.source, s.end - 2, s.end) for s in cases.spans(FIRST, "市政协")),
    )
    graph = edited(
        merge([replace(reading, entities=(*reading.entities, inner))]), {"action": "join", "subject": CPPCC, "object": "org/政协"}
    )
    conforms(graph)
