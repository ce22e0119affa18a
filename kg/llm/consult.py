"""A document read by the rules, and what a model adds to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from kg.llm.chat import Message, NoAnswer
from kg.llm.facts import check
from kg.llm.parallel import in_order
from kg.llm.passages import Passage, passages
from kg.llm.prompt import messages
from kg.llm.proposals import Malformed, Proposals, read_proposals
from kg.llm.register import Register, bare
from kg.llm.server import ModelServer
from kg.model import Fact, Linked, Reading, Span
from kg.resolve.home import Home

KNOWN = "known"  # why a fact is left to the rules
PLACES_SHOWN = 3
Question = list[Message]


def consult(
    server: ModelServer, reading: Reading, linked: Linked, home: Home, tell: Callable[[str], None] | None = None
) -> Reading:
    """The reading with the entities and facts that the model proposes and the text bears out, marked as the model's.

    `linked` and `home` are what the reading was made of. `tell` is called with the document's name and how far it is. A passage without
    a usable answer stands in `unread`. Raises YishiError where the server cannot be reached, refuses or keeps failing from the start.
    """
    name = reading.document.source.name
    asked = [(passage, messages(linked, passage)) for passage in passages(linked)]
    rule = f"model:{server.name}"
    merge = _Merge(reading, linked, Register(linked, home, rule), rule, server.tally.refused)
    answers = _answers(server, [question for _, question in asked], lambda done: tell and tell(f"{name} {done}"))
    failed: dict[str, list[Passage]] = defaultdict(list)
    for passage, question in asked:
        said = answers[_same(question)]
        if isinstance(said, Proposals):
            merge.add(passage, said)
        else:
            failed[said].append(passage)
    merge.register.find_again()
    server.tally.failed += sum(map(len, failed.values()))
    server.tally.entities += len(merge.register.entities) - len(linked.entities)
    server.tally.facts += len(merge.facts)
    entities = merge.register.entities
    unsure = (entities[key].label for key in entities if not entities[key].resolved)
    return replace(
        reading,
        entities=tuple(entities[key] for key in sorted(entities)),
        facts=(*reading.facts, *merge.facts.values()),
        notes=tuple(sorted({*reading.notes, *unsure})),
        unread=tuple(_told(linked, why, failed[why], len(asked)) for why in sorted(failed)),
    )


def _answers(server: ModelServer, questions: list[Question], tell: Callable[[str], object]) -> dict[str, Proposals | str]:
    """What came of each question, each asked once however often a document has the same passage."""
    apart = {_same(question): question for question in questions}
    found: dict[str, Proposals | str] = {}
    answers = in_order(lambda question: _ask(server, question), list(apart.values()), server.workers)
    for key, said in zip(apart, answers, strict=True):
        found[key] = said
        tell(f"{len(found)}/{len(apart)}")
    return found


def _same(question: Question) -> str:
    return question[-1]["content"]


def _ask(server: ModelServer, question: Question) -> Proposals | str:
    """The proposals in the answer to a question, or why there are none."""
    kept = server.kept(question)
    if kept is not None:
        with suppress(Malformed):  # only what was of use is kept: the file was written by something else, and the server is asked
            found = read_proposals(kept)
            server.count(kept=True)
            return found
    try:
        answer = server.ask(question)
        found = read_proposals(answer)
    except (NoAnswer, Malformed) as error:
        return str(error)
    server.keep(question, answer)
    server.count(kept=False)
    return found


class _Merge:
    """What comes of the proposals for one document."""

    def __init__(self, reading: Reading, linked: Linked, register: Register, rule: str, refused: Counter[str]) -> None:
        self.register = register
        self.facts: dict[tuple[object, ...], Fact] = {}
        self._linked, self._rule, self._refused = linked, rule, refused
        self._ruled = {(fact.subject, fact.property, fact.object, fact.status) for fact in reading.facts}
        self._said = {(fact.subject, fact.property, fact.object, span) for fact in reading.facts for span in fact.evidence}

    def add(self, passage: Passage, said: Proposals) -> None:
        """Take over what the passage bears out; count what it does not."""
        self._refused.update(said.refused)
        ends = self._known(passage)
        for entity in sorted(said.entities, key=lambda one: -len(one.name)):  # the whole name before one inside it
            found, why = self.register.propose(passage, entity)
            if found:
                ends.setdefault(bare(entity.name), found)
            else:
                self._refused[why] += 1
        for proposed in said.facts:
            fact = check(self._linked, self.register, passage, ends, proposed, self._rule)
            if isinstance(fact, str):
                self._refused[fact] += 1
            elif self._has(fact):
                self._refused[KNOWN] += 1
            else:
                key = (fact.subject, fact.property, fact.object, fact.status, fact.period, fact.role)
                old = self.facts.get(key)
                self.facts[key] = replace(fact, evidence=_both(old, fact)) if old else fact

    def _known(self, passage: Passage) -> dict[str, str]:
        """What the model may call the entities that it was told of: their ids in the prompt, else how the text or the label names them."""
        text, entities = self._linked.document.text, self.register.entities
        ends = {f"e{number}": entity for number, entity in enumerate(passage.entities, 1)}
        for link in passage.links:
            ends.setdefault(text[link.start : link.end], link.entity)
        for entity in passage.entities:
            ends.setdefault(entities[entity].label, entity)
        return ends

    def _has(self, fact: Fact) -> bool:
        """Whether the rules have the fact already, or have read another standing or time of it in the same sentence."""
        said = (fact.subject, fact.property, fact.object)
        return (*said, fact.status) in self._ruled or any((*said, span) in self._said for span in fact.evidence)


def _both(one: Fact, two: Fact) -> tuple[Span, ...]:
    return tuple(sorted({*one.evidence, *two.evidence}, key=lambda span: (span.source, span.start, span.end)))


def _told(linked: Linked, why: str, failed: list[Passage], all_: int) -> str:
    """One line about the passages that got no answer, with where the first of them stand."""
    spans = [linked.document.span(passage.start, passage.end) for passage in failed[:PLACES_SHOWN]]
    where = ", ".join(f"{span.start}–{span.end}" for span in spans) + (", …" if len(failed) > PLACES_SHOWN else "")
    return f"the model gave nothing for {len(failed)} of {all_} passages (characters {where}): {why}"
