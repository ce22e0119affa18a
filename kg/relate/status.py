"""Done or planned: what the section, the clause and its modal words say about the standing of a fact."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.lexicon import cache, table
from kg.model import DONE, PLANNED, Linked, Section, Sentence, Token
from kg.relate.period import against_text
from kg.relate.place import clause_at, section_of, sentence_at, token_before

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
        for number in tokens:
            mood = _mood(linked, number, sentence, planned, review)
            if mood is not None and not (planned and mood == DONE and linked.tokens[number].start < left):
                return mood
    when = against_text(linked, start)
    if when:
        return PLANNED if when > 0 else DONE
    return PLANNED if planned else DONE


def denied(linked: Linked, start: int) -> bool:
    """Whether the clause over view offset `start` says, before it, that the thing did not happen (未达到, 没有开展)."""
    document = linked.document
    sentence = sentence_at(document, start)
    if sentence is None:
        return False
    left, _ = clause_at(document.text, start, sentence.start, sentence.end)
    denials = table("modality")["denied"]["words"]
    return any(
        _word(linked, linked.tokens[number]) in denials for number in _back(linked, start, max(left, start - 3 * NEAR_DENIAL))
    )


def _is_review(section: Section) -> bool:
    return section.year is not None or any(word in section.title for word in table("modality")["review"]["titles"])


def _back(linked: Linked, at: int, stop: int) -> Iterator[int]:
    """Token numbers from `at` back to `stop`, nearest first, leaving out what stands in quotation marks."""
    depth = 0
    number = token_before(linked, at)
    stop = max(stop, at - WINDOW)
    while number >= 0 and linked.tokens[number].start >= stop:
        word = linked.tokens[number].word
        if word in ("”", "’", "》"):
            depth += 1
        elif word in ("“", "‘", "《"):
            depth = max(0, depth - 1)
        elif depth == 0:
            yield number
        number -= 1


def _ahead(linked: Linked, at: int, stop: int) -> Iterator[int]:
    depth = 0
    number = token_before(linked, at + 1) + 1
    while number < len(linked.tokens) and linked.tokens[number].start < stop:
        word = linked.tokens[number].word
        if word in ("“", "‘", "《"):
            depth += 1
        elif word in ("”", "’", "》"):
            depth = max(0, depth - 1)
        elif depth == 0:
            yield number
        number += 1


def _mood(linked: Linked, number: int, sentence: Sentence, planned: bool, review: bool) -> str | None:
    """What one token says; None where it says nothing."""
    modality = table("modality")
    token = linked.tokens[number]
    word = _word(linked, token)
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
