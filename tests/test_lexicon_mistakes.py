"""A mistake in a lexicon is one line that says which file, where in it, what is wrong; and nothing is built."""

from __future__ import annotations

import pytest
from command import kg as command
from command import one_line
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import LexiconError
from kg.lexicon.own import read

CLASS = '[[class]]\nname = "Laboratory"\nof = "Organization"\nzh = "实验室"\nen = "laboratory"\n'
PROPERTY = (
    '[[property]]\nname = "appoints"\nzh = "聘任"\nen = "appoints"\nfrom = "Organization"\nto = "Person"\nverbs = ["聘任"]\n'
)
ENTITY = '[[entity]]\nname = "云栖大学"\nclass = "Organization"\n'

MISTAKES = {
    "heads = [": "is not TOML: ",
    "[haeds.Platform]\nstrong = []": "haeds: there is no such key in the word tables (did you mean heads?)",
    '[heads.Platfrom]\nstrong = ["坊"]': "heads.Platfrom: there is no such key in the word tables (did you mean Platform?)",
    '[heads]\nPlatform = ["坊"]': "heads.Platform: is a table, with keys of its own",
    '[heads.Platform]\nstrong = "坊"': "heads.Platform.strong: is a list of words",
    '[heads.Platform]\nstrong = ["坊", 3]': "heads.Platform.strong[2]: is a text",
    '[heads.Platform]\nstrong = ["坊", ""]': "heads.Platform.strong[2]: is empty",
    '[heads.Platform]\nstrong = [" 坊"]': "heads.Platform.strong[1]: has white space around it",
    '[heads.Platform]\nstrong = ["坊\\u200b间"]': "heads.Platform.strong[1]: has white space around it, or characters that cannot be seen",
    f'[heads.Platform]\nstrong = ["{"坊" * 61}"]': "heads.Platform.strong[1]: is too long: a word has at most 60 characters, this has 61",
    '[people]\nsurnames = ["司"]': "people.surnames: is a text of letters",
    '[people]\nsurnames = "赵]"': "people.surnames: is a text of letters",
    '[measuring.manner]\nforms = ["比(上年"]': "measuring.manner.forms[1]: is not a regular expression",
    '[bodies.core.senate]\nwords = ["参议会"]': "bodies.core.senate: a family of bodies needs words, key and canonical",
    '[bodies.core.senate]\nwords = ["参议会"]\nkey = "参议会"\ncanonical = "{p.name}参议会"': "bodies.core.senate.canonical: only {p}",
    '[remove.heads.Platform]\nstrong = ["没有的词"]': "remove.heads.Platform.strong[1]: 没有的词 is not in the table",
    '[remove.bodies.mass]\nparties = ["民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"]': "would leave the list empty",
    '[remove.bodies.core.cppcc]\nkey = "政协"': "remove.bodies.core.cppcc.key: is a text, not a list of words",
    '[heads.Platform]\nstrong = ["驿站"]\n[remove.heads.Platform]\nstrong = ["驿站"]': "驿站 is both added and removed",
    'namespace = "example.org/"': "namespace: is not an http(s) address that ends in # or /",
    'namespace = "https://example.org/a b#"': "namespace: is not an IRI",
    'namespace = "https://w3id.org/yishi/ontology#"': "namespace: is not an http(s) address",
    '[class]\nname = "Laboratory"': "class: is written with two brackets (as in [[class]])",
    CLASS.replace("of =", "from ="): "class[1].from: there is no such key here (the keys are name, of, zh, en, heads)",
    CLASS.replace('zh = "实验室"\n', ""): "class[1]: zh is missing",
    CLASS.replace('"Laboratory"', '"laboratory"'): "class[1].name: is no name for a term",
    CLASS.replace('"Laboratory"', '"Platform"'): "class[1].name: Platform is a name that the ontology or the exports have already",
    CLASS.replace('"Organization"', '"Organisation"'): "class[1].of: 'Organisation' is none of them (one of Organization,",
    CLASS + CLASS: "class[2].name: Laboratory is declared twice",
    CLASS + 'heads = ["室"]\n' + CLASS.replace("Laboratory", "Office") + 'heads = ["室"]': "class[2].heads[1]: 室 tells the class Laboratory already",
    CLASS.replace('"Organization"', '"Person"') + 'heads = ["员"]': "class[1].heads: a name of class Person is not told by its last word",
    PROPERTY.replace('["聘任"]', "[]"): "property[1].verbs: is empty",
    PROPERTY.replace("聘任\"]", "…聘任\"]"): "property[1].verbs[1]: … stands once, for the object",
    PROPERTY.replace("聘任\"]", "聘\"]"): "property[1].verbs[1]: is too short",
    PROPERTY.replace('to = "Person"', 'to = "Laboratory"'): "property[1].to: 'Laboratory' is none of them",
    PROPERTY + 'of = "runs"': "property[1].to: runs does not join Person (it joins Platform)",
    PROPERTY.replace("appoints\"\nzh", "closeMatch\"\nzh"): "property[1].name: closeMatch is a name that the ontology or the exports have already",
    PROPERTY + PROPERTY.replace("appoints\"\nzh", "appointS\"\nzh"): "property[2].name: appointS is declared twice",
    ENTITY.replace('"Organization"', '"University"'): "entity[1].class: 'University' is none of them",
    ENTITY.replace('"云栖大学"', '"云"'): "entity[1].name: is too short: a name has at least 2 characters",
    ENTITY + 'in = "云雾市"': "entity[1].in: 云雾市 names no division, or several",
    ENTITY.replace('"Organization"', '"Person"') + 'in = "湖州市"': "entity[1].in: a thing of class Person does not lie in a place",
    ENTITY + 'part_of = "云大"': "entity[1].part_of: no [[entity]] is named 云大",
    ENTITY + 'part_of = "渔家"\n[[entity]]\nname = "渔家"\nclass = "Honor"': "entity[1].part_of: a thing of class Organization is not part of one of class Honor",
    ENTITY + 'alt = ["云大"]\n[[entity]]\nname = "云大"\nclass = "Platform"': "entity[2]: 云大 is the name of another [[entity]] already",
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_place(text, tmp_path):
    (tmp_path / "my.toml").write_text(text, "utf-8")
    with pytest.raises(LexiconError) as told:
        read(tmp_path / "my.toml")
    assert str(told.value).startswith(f"{tmp_path / 'my.toml'}: ")
    assert MISTAKES[text] in str(told.value)
    assert "\n" not in str(told.value)


def test_the_command_says_it_in_one_line_and_builds_nothing(seed, tmp_path):
    (tmp_path / "my.toml").write_text('[heads.Platfrom]\nstrong = ["坊"]\n', "utf-8")
    for verb in (("build", seed, "-o", "out"), ("explain", "市政协开会。"), ("serve", "--graph", "out", "--port", "0")):
        done = command(*verb, "--lexicon", "my.toml", cwd=tmp_path)
        assert done.returncode not in (0, 3)
        assert one_line(done.stderr).startswith("my.toml: heads.Platfrom: "), verb
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.toml").write_bytes(b"#" * 4_000_001)
    for name, what in (
        ("missing.toml", "cannot be read: "),
        (".", "cannot be read: "),
        ("latin.toml", "is not UTF-8"),
        ("large.toml", "is too large"),
    ):
        with pytest.raises(LexiconError, match=what):
            kg.build(tmp_path, lexicon=tmp_path / name)


def test_an_empty_file_changes_nothing(tmp_path):
    (tmp_path / "my.toml").write_text("# nothing yet\n", "utf-8")
    text = tmp_path / "text.txt"
    text.write_text("湖州市政协召开座谈会。", "utf-8")
    assert kg.build(text, lexicon=tmp_path / "my.toml").to_turtle() == kg.build(text).to_turtle()


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_the_file_holds_it_is_read_or_told_in_one_line(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text(text, "utf-8", newline="")
    try:
        read(file)
    except LexiconError as error:
        assert "\n" not in str(error)
