"""Names of things: readable, stable, one for one thing, and IRIs to every library."""

from __future__ import annotations

import unicodedata

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.graph.iri import DEFAULT_BASE, check_base, entity_iri, hash_iri, normal_id, source_iri, span_iri
from kg.model import Span

HOSTILE = st.text(
    st.one_of(st.sampled_from("%/“”‘’\"'<>{}|\\^`#?&+ .\u3000\u200b\u202e\x00\n\r\t·—《》政协a１／"), st.characters()), min_size=1
)
PART = HOSTILE.filter(lambda text: bool(unicodedata.normalize("NFKC", text).strip("/")))


def encoded(entity_id: str) -> str:
    return entity_iri(entity_id).removeprefix(DEFAULT_BASE)


def test_chinese_stands_as_it_is():
    assert entity_iri("org/湖州市/政协") == "https://w3id.org/yishi/id/org/湖州市/政协"
    assert entity_iri("org/全国政协") == "https://w3id.org/yishi/id/org/全国政协"


@pytest.mark.parametrize(
    ("entity_id", "iri"),
    [
        ("thing/湖州市/1246+X协商格局", "thing/湖州市/1246%2BX协商格局"),
        ("thing/湖州市/“两山”驿站", "thing/湖州市/%E2%80%9C两山%E2%80%9D驿站"),
        ("org/湖州市/市委/办公室", "org/湖州市/市委%2F办公室"),
        ("thing/100%", "thing/100%25"),
        ("thing/A B", "thing/A%20B"),
        ("thing/<script>", "thing/%3Cscript%3E"),
        ("thing/政企恳谈会·亲清直通车", "thing/政企恳谈会·亲清直通车"),
        ("thing/..", "thing/%2E%2E"),
        ("thing/政\u202e协", "thing/政%E2%80%AE协"),
        ("org/ＡＢＣ", "org/ABC"),
    ],
)
def test_what_is_reserved_unsafe_or_unseen_is_percent_encoded(entity_id, iri):
    assert encoded(entity_id) == iri


@pytest.mark.parametrize("entity_id", ["政协", "org/", "org//政协", "/湖州市/政协", ""])
def test_an_id_without_family_or_key_is_refused(entity_id):
    with pytest.raises(ValueError, match="family/key"):
        entity_iri(entity_id)


@given(PART, PART)
def test_every_key_makes_an_iri_that_both_libraries_take(scope, key):
    for entity_id in (f"org/{scope}/{key}", f"org/{key}"):
        try:
            iri = entity_iri(entity_id)
        except ValueError:  # a part that is empty once it is normal, as with a leading slash
            assert not all(unicodedata.normalize("NFKC", entity_id).split("/", 2))
            continue
        NamedNode(iri)
        rdflib.URIRef(iri).n3()
        assert not set(iri) & set('<>"{}|\\^` “”‘’\u3000\u200b\u202e\n\x00')


@given(st.lists(st.tuples(PART, PART), min_size=2, max_size=6, unique=True))
def test_different_keys_make_different_iris(pairs):
    ids = {f"thing/{scope}/{key}" for scope, key in pairs}
    normal = {unicodedata.normalize("NFKC", one) for one in ids}
    normal = {one for one in normal if all(one.split("/", 2))}
    assert len({entity_iri(one) for one in normal}) == len({normal_id(one) for one in normal}) == len(normal)


def test_hashes_tell_apart_what_joined_fields_would_not():
    assert hash_iri("statement", ("a", "bc")) != hash_iri("statement", ("ab", "c"))
    assert hash_iri("statement", ("a", None)) != hash_iri("statement", ("a", ""))
    assert hash_iri("statement", ("湖州",)).rpartition("/")[2] == hash_iri("measure", ("湖州",)).rpartition("/")[2]
    assert len(hash_iri("statement", ("a",)).rpartition("/")[2]) == 16


def test_a_span_is_named_by_its_source_and_offsets():
    sha = "ab" * 32
    assert span_iri(Span(sha, 3, 9)) == source_iri(sha) + "#offset_3_9" == f"https://w3id.org/yishi/id/source/{sha}#offset_3_9"


def test_the_base_is_the_users():
    assert entity_iri("org/湖州市/政协", check_base("https://data.example/湖州/")) == "https://data.example/湖州/org/湖州市/政协"


@pytest.mark.parametrize(
    "base", ["", "id/", "https://a.b", "https://a.b/id", "https://a.b/id#", "urn:x:", "https://a b/", "https://a.b/../"]
)
def test_a_base_that_makes_no_iris_is_refused_in_one_line(base):
    with pytest.raises(UsageError) as caught:
        check_base(base)
    assert "\n" not in str(caught.value)
    assert "--base" in str(caught.value)
