"""Classes, properties and known things that a user's file declares: [[class]], [[property]], [[entity]]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.lexicon.own_words import Where, word, word_list
from kg.model import CLASSES, PROPERTIES, GazetteerEntry, Term
from kg.names import plain

FINER = {"MediaOutlet": "Organization", "Project": "Program"}  # the ontology's own finer classes
# Where the head nouns of a class stand in the tables; names of the other classes are not told by a head noun.
HEADS: dict[str, tuple[str, ...]] = {
    "Organization": ("bodies", "heads", "strong"),
    "District": ("places", "forms"),
    **{name: ("heads", name, "strong") for name in ("Platform", "Program", "Meeting", "Honor", "Document")},
}
# Local names that a property graph has another use for; what begins with planned is the edge of a plan there.
TAKEN = frozenset(["publisher", "creator", "closeMatch", "inSource"])
SHORTEST_NAME = 2  # code points of a name that is found wherever it stands
SLOT = "…"  # where the object of a verb stands
LONGEST_NAME = 60
REPEATED = re.compile("…{2,}")

Given = Mapping[str, Any]


def tables_of(given: Given, name: str, where: Where) -> Iterator[tuple[Given, Where]]:
    """Each [[name]] of a file, with its place. Raises LexiconError where it is not written so."""
    found = given.get(name, [])
    if not isinstance(found, list):
        raise (where / name).wrong("is written with two brackets", f"as in [[{name}]]")
    for number, one in enumerate(found):
        if not isinstance(one, Mapping):
            raise (where / name / number).wrong("is a table, with keys of its own", f"as in [[{name}]]")
        yield one, where / name / number


def class_term(given: Given, namespace: str, where: Where) -> tuple[Term, tuple[str, ...]]:
    """A [[class]]: its term, and the head nouns that tell its names. Raises LexiconError."""
    _keys(given, ("name", "of", "zh", "en"), ("heads",), where)
    name = _local(given["name"], "[A-Z][A-Za-z0-9]*", "Laboratory", where / "name")
    of = _one_of(given["of"], CLASSES, where / "of")
    heads = word_list(given.get("heads", []), where / "heads")
    if heads and of not in HEADS:
        raise (where / "heads").wrong(
            f"a name of class {of} is not told by its last word", "leave heads out, and name the things as [[entity]]"
        )
    return Term(namespace + name, "class", of, word(given["zh"], where / "zh"), word(given["en"], where / "en")), heads


def property_term(given: Given, namespace: str, own: Mapping[str, Term], where: Where) -> tuple[Term, tuple[str, ...]]:
    """A [[property]]: its term, and the verbs that say it. `own`: the user's classes by local name. Raises LexiconError."""
    _keys(given, ("name", "zh", "en", "from", "to", "verbs"), ("of",), where)
    name = _local(given["name"], "[a-z][A-Za-z0-9]*", "cooperatesWith", where / "name")
    of = _one_of(given["of"], PROPERTIES, where / "of") if "of" in given else ""
    ends = (_ends(given["from"], own, where / "from"), _ends(given["to"], own, where / "to"))
    if of:
        _fit(of, ends, own, where)
    verbs = tuple(_verb(one, where / "verbs" / number) for number, one in enumerate(word_list(given["verbs"], where / "verbs")))
    if not verbs:
        raise (where / "verbs").wrong("is empty", "give at least one verb that says it")
    term = Term(namespace + name, "property", of, word(given["zh"], where / "zh"), word(given["en"], where / "en"), ends)
    return term, verbs


def known_thing(given: Given, own: Mapping[str, Term], where: Where) -> GazetteerEntry:
    """An [[entity]]. `own`: the user's classes by local name. Raises LexiconError."""
    _keys(given, ("name", "class"), ("alt", "in", "part_of"), where)
    kind = _one_of(given["class"], (*CLASSES, *FINER, *own), where / "class")
    class_ = FINER.get(kind, kind)
    if kind in own:
        class_, kind = own[kind].of, own[kind].iri
    place = word(given["in"], where / "in") if "in" in given else ""
    if place:
        _check_place(place, class_, where / "in")
    return GazetteerEntry(
        name=_name(given["name"], where / "name"),
        class_=class_,
        kind=kind if kind != class_ else "",
        alt=tuple(_name(one, where / "alt" / n) for n, one in enumerate(word_list(given.get("alt", []), where / "alt"))),
        place=place,
        part_of=word(given["part_of"], where / "part_of") if "part_of" in given else "",
    )


def check_wholes(known: Mapping[str, tuple[GazetteerEntry, Where]]) -> None:
    """Whether each thing that is part of another names a known one of a class that can have it. Raises LexiconError."""
    from kg.relate.ends import ENDS

    for thing, where in known.values():
        if not thing.part_of:
            continue
        whole = known.get(thing.part_of)
        if whole is None:
            raise (where / "part_of").wrong(f"no [[entity]] is named {thing.part_of}", "name the whole as an [[entity]] too")
        if not any(thing.class_ in left and whole[0].class_ in right for left, right in ENDS["partOf"]):
            raise (where / "part_of").wrong(f"a thing of class {thing.class_} is not part of one of class {whole[0].class_}")


def _keys(given: Given, needed: tuple[str, ...], other: tuple[str, ...], where: Where) -> None:
    for key in given:
        if key not in (*needed, *other):
            raise (where / key).wrong("there is no such key here", f"the keys are {', '.join((*needed, *other))}")
    missing = [key for key in needed if key not in given]
    if missing:
        raise where.wrong(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")


def _local(value: Any, form: str, example: str, where: Where) -> str:
    from kg.ontology import term_names

    if not isinstance(value, str) or not re.fullmatch(form, value) or len(value) > LONGEST_NAME:
        raise where.wrong(
            "is no name for a term: ASCII letters and figures, the first letter as in the example", f"as in {example}"
        )
    if value in term_names() or value in TAKEN or value.startswith("planned"):
        raise where.wrong(f"{value} is a name that the ontology or the exports have already", "choose another")
    return value


def _one_of(value: Any, names: tuple[str, ...], where: Where) -> str:
    if not isinstance(value, str) or value not in names:
        raise where.wrong(f"{str(value)[:LONGEST_NAME]!r} is none of them", f"one of {', '.join(names)}")
    return value


def _ends(value: Any, own: Mapping[str, Term], where: Where) -> tuple[str, ...]:
    """The classes that stand at one end, a name or a list of them: own ones as their IRIs."""
    names = value if isinstance(value, list) else [value]
    if not names:
        raise where.wrong("is empty", f"one of {', '.join((*CLASSES, *own))}")
    found = [_one_of(name, (*CLASSES, *own), where) for name in names]
    return tuple(sorted(own[name].iri if name in own else name for name in set(found)))


def _fit(of: str, ends: tuple[tuple[str, ...], tuple[str, ...]], own: Mapping[str, Term], where: Where) -> None:
    """Whether the property that is refined joins these classes."""
    from kg.relate.ends import ENDS

    above = {term.iri: term.of for term in own.values()}
    for side, names in enumerate(ends):
        for name in names:
            if not any(above.get(name, name) in allowed[side] for allowed in ENDS[of]):
                fitting = sorted({one for allowed in ENDS[of] for one in allowed[side]})
                short = name.rpartition("#")[2].rpartition("/")[2]
                raise (where / ("from", "to")[side]).wrong(f"{of} does not join {short}", f"it joins {', '.join(fitting)}")


def _verb(value: str, where: Where) -> str:
    """A verb, or one with its object inside: 与…合作."""
    found = REPEATED.sub(SLOT, value.replace("...", SLOT))
    before, slot, behind = found.partition(SLOT)
    if slot and (not before or len(behind) < SHORTEST_NAME or SLOT in behind):
        raise where.wrong(f"{SLOT} stands once, for the object, with a verb of two characters behind it", "as in 与…合作")
    if len(found) < SHORTEST_NAME:
        raise where.wrong("is too short: a verb has at least two characters")
    return found


def _name(value: Any, where: Where) -> str:
    """A name that is found wherever it stands: without marks it has two characters at least."""
    found = word(value, where)
    if len(plain(found)) < SHORTEST_NAME:
        raise where.wrong(f"is too short: a name has at least {SHORTEST_NAME} characters besides marks")
    return found


def _check_place(place: str, class_: str, where: Where) -> None:
    from kg.relate.ends import ENDS
    from kg.resolve.known import place_id

    if not any(class_ in left for left, _ in ENDS["inDistrict"]):
        raise where.wrong(f"a thing of class {class_} does not lie in a place", "leave it out")
    if place_id(place) is None:
        raise where.wrong(f"{place} names no division, or several", "give a name such as 湖州市 or 岳阳市平江县")
