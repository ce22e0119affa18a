"""What a build remembers: a reading comes back exactly as it was, or not at all."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import zlib
from array import array
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from command import environment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.batch import version
from kg.batch.cache import Cache, packed, unpacked
from kg.batch.codec import from_plain, to_plain
from kg.batch.options import Options
from kg.model import Document, Entity, Fact, Measure, Reading, Section, Sentence, Source
from kg.pipeline import read_document
from kg.read import read_source

SEED = next((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False))
TEXT = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Lo"]))
OFFSETS = st.lists(st.integers(0, 2**32 - 1)).map(lambda numbers: array("I", numbers)) | st.integers(0, 99).map(
    lambda length: array("I", range(7, 7 + length))
)
PLACE = st.tuples(st.integers(), st.integers())
DOCUMENTS = st.builds(
    Document,
    source=st.builds(Source, text=TEXT, unread=st.lists(TEXT).map(tuple)),
    text=TEXT,
    offsets=OFFSETS,
    title=st.none() | PLACE,
    meeting=st.none() | PLACE,
    paragraphs=st.lists(PLACE).map(tuple),
    sections=st.lists(st.from_type(Section)).map(tuple),
    sentences=st.lists(st.from_type(Sentence)).map(tuple),
)
READINGS = st.builds(
    Reading,
    document=DOCUMENTS,
    entities=st.lists(st.from_type(Entity), max_size=4).map(tuple),
    facts=st.lists(st.from_type(Fact), max_size=4).map(tuple),
    measures=st.lists(st.from_type(Measure), max_size=4).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=15), max_leaves=60
)


@cache
def seed_reading() -> Reading:
    return read_document(read_source(SEED))


def kept(folder: Path, **options: object) -> tuple[Cache, str, str]:
    """A cache with the seed's reading, its key and the SHA-256 of the seed."""
    found = Cache(folder, Options(**options))
    sha = seed_reading().document.source.sha256
    key = found.key(sha, SEED.name)
    found.put(key, packed(seed_reading()))
    return found, key, sha


def test_a_real_reading_comes_back_exactly():
    back = unpacked(packed(seed_reading()))
    assert back == seed_reading()
    assert repr(back) == repr(seed_reading())  # 1 is not 1.0, a tuple no list


@given(READINGS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_reading_comes_back_exactly(reading):
    back = unpacked(packed(reading))
    assert back == reading
    assert repr(back) == repr(reading)


def test_equal_names_in_a_reading_are_one_object_so_that_a_thousand_take_little_memory():
    back = unpacked(packed(seed_reading()))
    assert len({id(span.source) for entity in back.entities for span in entity.mentions}) == 1


@given(JSON)
def test_what_is_no_reading_is_refused_and_nothing_else_happens(plain):
    with pytest.raises(ValueError):
        from_plain(Reading, plain)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_reading_with_a_part_of_another_form_is_refused(data):
    plain = json.loads(json.dumps(to_plain(seed_reading())))
    place = plain
    while isinstance(place, list) and place and isinstance(inner := place[data.draw(st.integers(0, len(place) - 1))], list):
        if not inner:
            break
        place = inner
    at = data.draw(st.integers(0, len(place) - 1))
    place[at] = data.draw(st.sampled_from([{}, 1.5, [1.5, {}]]))
    with pytest.raises(ValueError):
        from_plain(Reading, plain)


def test_a_type_that_the_form_does_not_know_is_told_at_once():
    with pytest.raises(TypeError, match="codec"):
        to_plain({"a": 1})


# ---- the folder ----


def test_nothing_is_made_before_there_is_something_to_remember(tmp_path):
    found = Cache(tmp_path / "cache", Options())
    assert found.get(found.key("0" * 64, "a.txt"), "0" * 64) is None
    found.keep(())
    assert not (tmp_path / "cache").exists()


def test_a_reading_is_found_again_by_its_bytes_and_ending_and_not_by_its_name(tmp_path):
    found, key, sha = kept(tmp_path)
    assert found.get(key, sha) == seed_reading()
    assert found.key(sha, "another.TXT") == key != found.key(sha, "another.html")


def test_other_options_are_another_reading(tmp_path):
    _, key, sha = kept(tmp_path)
    for options in (Options(home="湖州市"), Options(max_chars=5)):
        other = Cache(tmp_path, options)
        assert other.key(sha, SEED.name) != key
        assert other.get(other.key(sha, SEED.name), sha) is None


@given(st.integers(0, 10**6), st.integers(1, 255))
@settings(deadline=None)
def test_a_damaged_file_is_as_good_as_none(tmp_path_factory, at, change):
    found, key, sha = kept(tmp_path_factory.mktemp("cache"))
    (path,) = found.folder.glob("readings/*/*")
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= change
    path.write_bytes(data)
    assert found.get(key, sha) is None
    path.write_bytes(data[: at % len(data)])
    assert found.get(key, sha) is None


class Bomb:
    def __reduce__(self):
        return exec, ("raise SystemExit('a file of the cache was run')",)


@pytest.mark.parametrize("data", [b"", pickle.dumps(Bomb()), zlib.compress(b"[" * 100_000), zlib.compress(b'[{"a": 1}]')])
def test_a_stranger_s_file_is_as_good_as_none(tmp_path, data):
    found, key, sha = kept(tmp_path)
    found.put(key, data)  # with a good seal
    assert found.get(key, sha) is None
    next(found.folder.glob("readings/*/*")).write_bytes(data)
    assert found.get(key, sha) is None


def test_a_file_in_the_place_of_another_is_as_good_as_none(tmp_path):
    found, key, sha = kept(tmp_path)
    (path,) = found.folder.glob("readings/*/*")
    other = "0" * len(key)
    found.put(other, packed(seed_reading()))
    path.replace(found.folder / "readings" / other[:2] / other[2:])
    assert found.get(other, sha) is None
    found.put(other, packed(seed_reading()))
    assert found.get(other, "1" * 64) is None  # a reading of another document than the one asked for


def test_what_is_not_needed_any_more_is_forgotten(tmp_path):
    found, key, sha = kept(tmp_path)
    found.put("ab" * 32, b"old")
    found.keep({key})
    assert found.get(key, sha)
    assert len(list(found.folder.glob("readings/*/*"))) == 1


def test_backup_programs_are_told_that_the_folder_is_a_cache(tmp_path):
    found, _, _ = kept(tmp_path)
    assert (found.folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


# ---- the version of the pipeline ----


def test_the_version_is_another_one_for_every_change_of_code_and_tables(tmp_path, monkeypatch):
    for name in ("pipeline.py", "lexicon/words.toml", "divisions/data/towns.zip", "serve/page.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    take = version.pipeline_version.__wrapped__
    found = {take()}
    for name in ("pipeline.py", "lexicon/words.toml", "divisions/data/towns.zip"):
        (tmp_path / name).write_text("2")
        found.add(take())
    (tmp_path / "lexicon" / "more.toml").write_text("1")
    found.add(take())
    (tmp_path / "lexicon" / "more.toml").rename(tmp_path / "lexicon" / "moor.toml")
    found.add(take())
    monkeypatch.setattr(version, "_packages", lambda: ["rjieba-99.dist-info"])
    found.add(take())
    assert len(found) == 7
    (tmp_path / "serve" / "page.py").write_text("2")  # takes no part in reading
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "pipeline.cpython-311.pyc").write_text("2")
    assert take() in found


def test_what_the_version_leaves_out_takes_no_part_in_reading():
    steps = ("read", "parse", "extract", "resolve", "relate", "divisions", "lexicon")
    code = f"""
import importlib, pkgutil, sys
import kg.pipeline
for step in {steps!r}:
    package = importlib.import_module("kg." + step)
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
kg.pipeline.read_document(__import__("kg.read").read.read_source(sys.argv[1]))
print(*sorted(name for name in sys.modules if name.startswith("kg.")))
"""
    done = subprocess.run([sys.executable, "-c", code, str(SEED)], env=environment(), capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "kg.relate.facts" in loaded
    assert not [name for name in loaded if name.split(".")[1] in version.NO_PART]
