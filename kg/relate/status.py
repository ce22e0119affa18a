"""Done or planned: what the section, the clause and its modal words say about the standing of a fact."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import compress, count
from operator import itemgetter

from kg.lexicon import cache, table
from kg.model import DONE, PLANNED, Linked, Section, Sentence, Token
from kg.once import once
from kg.relate.period import against_text
from kg.relate.place import clause_at, section_of, sentence_at
from kg.value import dataclass
from kg.words import token_starts

COMING = re.compile(
    r"[，：]|[一二三四五六七八九十两几\d]+[年月]|将|要|一段|几年"
)  # behind 未来 where it is a time: no 未来科技城
WINDOW = 160  # code points before a fact in which its modal words stand
BEHIND_JIANG = ("v", "d", "p", "vd", "ad")  # 将 with a noun behind it is the 将 of 把
RESULTS = ("为", "入", "到", "成", "至", "作", "于", "给")  # 将凝聚共识融入到…: again the 将 of 把
WORKING = ("合作", "协作", "工作", "运作", "操作")  # end like one, and are none: 将与…合作
DUE = ("出席", "到", "参加", "参会")  # 应出席委员466名: how many there are, no wish
NESTED = 4  # links before a token that may hold its beginning
NEAR_DENIAL = 4  # code points between a denial and what it denies
OPENS, CLOSES = ("“", "‘", "《"), ("”", "’", "》")


@dataclass(frozen=True, slots=True)
class _Signs:
    """The tokens of a document that tell its mood, and its quotation marks, in order: where they start, their numbers and words."""

    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    words: tuple[str, ...]


def status(linked: Linked, start: int) -> str:
    """`kg.model.DONE` or `kg.model.PLANNED` for what the view says at offset `start`.

    The nearest modal word counts: before `start` in its clause, then behind it in its clause, then in the clauses before in
    the same sentence, then the section (planned or not). A time later than the text's own year
    makes a plan as well, an earlier one a thing done.
    """
    document = linked.document
    sentence = sentence_at(document, start)
    section = section_of(document, sentence)
    planned = section is not None and section.planned
    if sentence is None:
        return PLANNED if planned else DONE
    left, right = clause_at(document.text, start, sentence.start, sentence.end)
    review = section is not None and not planned and _is_review(section)
    opening = max(sentence.start, document.text.rfind("；", sentence.start, left) + 1)  # a plan does not reach over ；
    for tokens in (_back(linked, start, left), _ahead(linked, start, right), _back(linked, left, opening)):
        for number, word in tokens:
            mood = _mood(linked, number, word, sentence, planned, review)
            if mood is not None and not (planned and mood == DONE and linked.tokens[number].start < left):
                return mood
    when = against_text(linked, sentence, start)
    if when:
        return PLANNED if when > 0 else DONE
    return PLANNED if planned else DONE


def denied(linked: Linked, start: int) -> bool:
    """Whether the clause over view offset `start` says, before it, that the thing did not happen (未达到, 没有开展)."""
    if not _tells(linked, start - 3 * NEAR_DENIAL, start):
        return False
    document = linked.document
    sentence = sentence_at(document, start)
    if sentence is None:
        return False
    left, _ = clause_at(document.text, start, sentence.start, sentence.end)
    denials = table("modality")["denied"]["words"]
    return any(word in denials for _, word in _back(linked, start, max(left, start - 3 * NEAR_DENIAL)))


def _tells(linked: Linked, start: int, end: int) -> bool:
    """Whether a token that may tell a mood, or a quotation mark, starts in [start, end)."""
    starts = _signs(linked).starts
    number = bisect_left(starts, end) - 1
    return number >= 0 and starts[number] >= start


def _is_review(section: Section) -> bool:
    return section.year is not None or any(word in section.title for word in table("modality")["review"]["titles"])


def _back(linked: Linked, at: int, stop: int) -> Iterator[tuple[int, str]]:
    """The tokens that tell a mood from `at` back to `stop`, nearest first, leaving out what stands in quotation marks: number and word."""
    depth = 0
    signs = _signs(linked)
    stop = max(stop, at - WINDOW)
    i = bisect_left(signs.starts, at) - 1
    while i >= 0 and signs.starts[i] >= stop:
        word = signs.words[i]
        if word in CLOSES:
            depth += 1
        elif word in OPENS:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield signs.numbers[i], word
        i -= 1


def _ahead(linked: Linked, at: int, stop: int) -> Iterator[tuple[int, str]]:
    depth = 0
    signs = _signs(linked)
    i = bisect_right(signs.starts, at)
    while i < len(signs.starts) and signs.starts[i] < stop:
        word = signs.words[i]
        if word in OPENS:
            depth += 1
        elif word in CLOSES:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield signs.numbers[i], word
        i += 1


@once
def _signs(linked: Linked) -> _Signs:
    told, tokens = _told(), linked.tokens
    telling = compress(count(), map(told.__contains__, map(itemgetter(2), tokens)))
    found = {number: tokens[number].word for number in telling}
    for number in _cut_by_names(linked):
        if tokens[number].word not in OPENS + CLOSES:
            found[number] = _word(linked, tokens[number])
    numbers = sorted(number for number, word in found.items() if word in told)
    return _Signs(tuple(tokens[n].start for n in numbers), tuple(numbers), tuple(found[n] for n in numbers))


@cache
def _told() -> frozenset[str]:
    """Quotation marks, and all words that tell whether something is done, planned or denied."""
    modality = table("modality")
    listed = (
        modality["done"]["words"],
        modality["denied"]["words"],
        modality["planned"]["strong"],
        modality["planned"]["neutral"],
    )
    return frozenset(word for words in (OPENS, CLOSES, *listed) for word in words)


def _cut_by_names(linked: Linked) -> set[int]:
    """The tokens inside which a name ends."""
    found: set[int] = set()
    starts = token_starts(linked.tokens)
    for link in linked.links:
        number = bisect_left(starts, link.end) - 1
        if number >= 0 and link.end < linked.tokens[number].end:
            found.add(number)
    return found


def _mood(linked: Linked, number: int, word: str, sentence: Sentence, planned: bool, review: bool) -> str | None:
    """What one token says; None where it says nothing."""
    modality = table("modality")
    token = linked.tokens[number]
    if word in modality["done"]["words"]:
        return DONE
    if word == "预计" and review:
        return None  # 预计全年完成: an estimate of the year under review
    if word in modality["planned"]["strong"] and not (word == "未来" and not COMING.match(linked.document.text, token.end)):
        return PLANNED
    if review or planned or word not in modality["planned"]["neutral"]:
        return None
    if word in modality["planned"]["opening"] and not _urges(linked, number, sentence):
        return None
    if word == "应" and linked.document.text.startswith(DUE, token.end):
        return None
    if word == "将" and not _future(linked, number):
        return None
    if word == "预期" and not linked.document.text.startswith(("目标", "增长", "将", "到"), token.end):
        return None
    return PLANNED


def _word(linked: Linked, token: Token) -> str:
    """The token's word, without the end of a name that the words' cut has tied to it (某市|将 cut as 某|市将)."""
    number = bisect_right(linked.links, token.start, key=lambda link: link.start)
    for link in linked.links[max(0, number - NESTED) : number]:
        if token.start < link.end < token.end:
            return linked.document.text[link.end : token.end]
    return token.word


def _urges(linked: Linked, number: int, sentence: Sentence) -> bool:
    """Whether the word opens its clause and a verb follows: 争取建成, against 争取资金 and 争取到资金."""
    token = linked.tokens[number]
    left, _ = clause_at(linked.document.text, token.start, sentence.start, sentence.end)
    following = linked.tokens[number + 1 : number + 2]
    return (
        token.start - left <= 1 and bool(following) and following[0].tag[0] not in "nju" and following[0].word not in ("到", "了")
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(verb for relation in table("verbs") for verb in table("verbs")[relation]["verbs"])


def _future(linked: Linked, number: int) -> bool:
    """Whether the 将 at token `number` is the adverb (将召开) and not the 将 of 把 (将凝聚共识融入…)."""
    text = linked.document.text
    if text.endswith("现", 0, linked.tokens[number].start):
        return False  # 现将…提请审议
    following = linked.tokens[number + 1 : number + 12]
    if not following or not (following[0].tag.startswith(BEHIND_JIANG) or following[0].word in _verbs()):
        return False  # the tagger takes 深化 or 落实 for other than verbs
    for token in following[1:]:
        if text[token.start] in "，。；":
            return True
        if token.tag.startswith("v") and len(token.word) > 1 and token.word.endswith(RESULTS) and token.word not in WORKING:
            return False
    return True
