"""Finding an entity by what people call it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import YishiError
from kg.graph.iri import DEFAULT_BASE, entity_iri
from kg.graph.statements import Reader
from kg.graph.vocabulary import ALT_LABEL, OBJECT, PREF_LABEL, REPLACES, SUBJECT

_MARKS = dict.fromkeys(map(ord, "“”‘’\"'《》〈〉「」『』（）()·・—-_"))
MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a name may mean. `how`: id, label, name (another name of it), near (its names hold the words)."""

    iri: str
    id: str
    label: str
    classes: tuple[str, ...]
    facts: int  # how many statements have it at an end
    how: str


class UnclearName(YishiError):
    """No entity has the name, or several have; `candidates` are those that come near."""

    def __init__(self, what: str, candidates: list[Found], mend: str) -> None:
        super().__init__(what, "", mend)
        self.candidates = candidates


def find(store: Store, name: str, *, base: str = DEFAULT_BASE, most: int = MOST) -> list[Found]:
    """The entities that `name` may mean, best-connected first: of this IRI or id; else of this label; else with this as another
    name; else with this name but for marks and spaces; else those whose names hold it (`how` is "near").

    At most `most`. Empty where nothing comes near.
    """
    reader, words = Reader(store), " ".join(name.split())
    if not _is_text(words):
        return []
    iri = _iri(words, base)
    if iri and not reader.text(iri, PREF_LABEL):
        iri = successor(reader, iri)
    if iri:
        return [_found(reader, iri, base, "id")]
    literal = Literal(words, language="zh")
    for predicate, how in ((PREF_LABEL, "label"), (ALT_LABEL, "name")):
        exact = {quad.subject.value for quad in store.quads_for_pattern(None, predicate, literal, None)}  # type: ignore[union-attr]
        if exact:
            return _sorted((_found(reader, iri, base, how) for iri in exact), most)
    plain = bare(words)
    if not plain:
        return []
    same: set[str] = set()
    near: set[str] = set()
    for predicate in (PREF_LABEL, ALT_LABEL):
        for quad in store.quads_for_pattern(None, predicate, None, None):
            other = bare(quad.object.value)  # type: ignore[union-attr]
            if plain in other:
                (same if plain == other else near).add(quad.subject.value)  # type: ignore[union-attr]
    if same:
        return _sorted((_found(reader, iri, base, "name") for iri in same), most)
    return _sorted((_found(reader, iri, base, "near") for iri in near), most)


def find_one(store: Store, name: str, *, base: str = DEFAULT_BASE) -> Found:
    """The one entity that `name` means. Raises UnclearName where none or several do."""
    found = find(store, name, base=base)
    if len(found) == 1 and found[0].how != "near":
        return found[0]
    words = " ".join(name.split())
    if not found:
        raise UnclearName(f"no entity is called {words[:60]!r}", [], "kg query connected names some that are there")
    listed = ", ".join(f"{one.label} ({one.id})" for one in found[:5]) + (" …" if len(found) > 5 else "")
    if found[0].how == "near":
        raise UnclearName(f"no entity is called {words[:60]!r}", found, f"near it: {listed}")
    raise UnclearName(f"{len(found)} entities are called {words[:60]!r}", found, f"say which by its id: {listed}")


def successor(reader: Reader, iri: str) -> str:
    """The IRI of the entity that the user joined this one to; "" where he did not."""
    return min(reader.subjects(REPLACES, iri), default="")


def bare(name: str) -> str:
    """A name as people type it: without marks, spaces and the difference of full and half width."""
    normal = unicodedata.normalize("NFKC", name).casefold()
    return "".join(normal.translate(_MARKS).split())


def entity_id(iri: str, base: str = DEFAULT_BASE) -> str:
    """The id that an entity's IRI spells: org/湖州市/政协; the IRI itself where it is under another base."""
    return unquote(iri.removeprefix(base), errors="surrogatepass") if iri.startswith(base) else iri


def _is_text(words: str) -> bool:
    """Whether a store can hold it: what comes from a command line may be no Unicode."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def _iri(name: str, base: str) -> str:
    """The IRI that a name or an id is, "" for none."""
    try:
        iri = name if "://" in name else entity_iri(name, base)
        NamedNode(iri)
    except ValueError:
        return ""
    return iri


def _found(reader: Reader, iri: str, base: str, how: str) -> Found:
    facts = sum(1 for predicate in (SUBJECT, OBJECT) for _ in reader.subjects(predicate, iri))
    return Found(iri, entity_id(iri, base), reader.label(iri), reader.classes(iri), facts, how)


def _sorted(found: Iterable[Found], most: int) -> list[Found]:
    return sorted(found, key=lambda one: (-one.facts, one.label, one.iri))[:most]
