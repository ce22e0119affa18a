"""`kg explain "句子"`: what the pipeline sees in a sentence, step by step, and why a fact was or was not made."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from kg.cli.console import Console
from kg.cli.options import lexicon_option
from kg.cli.say import Say, Table
from kg.cli.table import columns

if TYPE_CHECKING:
    from kg.evaluate.explain import Explanation
    from kg.model import Fact, Measure

SAY: Table = {
    "help": ("逐步说明从一句话里看到了什么，为什么成了或没成事实",
             "show step by step what is seen in a sentence, and why a fact was or was not made"),
    "sentence": ("一句或几句话，或 -（从标准输入读）", "one sentence or several, or - to read them from standard input"),
    "home": ("这是哪里的文本，如 湖州市", "whose text it is, such as 湖州市"),
    "lexicon": ("自己的词表（TOML；可以给多个）", "a lexicon of your own (TOML; can be given more than once)"),
    "json": ("用 JSON 写", "print as JSON"),
    "tokens": ("词", "Words"),
    "names": ("名字", "Names"),
    "facts": ("事实", "Facts"),
    "measures": ("数据", "Figures"),
    "unrelated": ("没有成为事实的", "Not made facts"),
    "unresolved": ("没能确定所指", "Not resolved"),
    "none": ("无", "none"),
    "rule": ("规则 {rule}", "rule {rule}"),
    "period": ("时间 {period}", "period {period}"),
    "role": ("职务 {role}", "post {role}"),
    "denied": ("句中否定了它", "the sentence denies it"),
    "no-verb": ("两者之间没有能说明关系的动词：“{detail}”", "no verb of a relation stands between them: “{detail}”"),
    "class": ("动词不接这类对象：{detail}", "the verb does not take such an object: {detail}"),
    "no-subject": ("前者不是能行事的主体（{detail}）", "the first is not one that acts ({detail})"),
    "no-object": ("动词“{detail}”的主语或对象另有所属", "the verb “{detail}” has another subject or object"),
}  # fmt: skip


def arguments(parser: ArgumentParser, say: Say) -> None:
    """The options of `kg explain`."""
    parser.add_argument("sentence", metavar="SENTENCE", help=say("sentence"))
    parser.add_argument("--home", metavar="PLACE", help=say("home"))
    lexicon_option(parser, say("lexicon"))
    parser.add_argument("--json", action="store_true", help=say("json"))


def run(args: Namespace, console: Console) -> int:
    """Read the sentence and print every step."""
    import sys

    from kg.evaluate.explain import explain
    from kg.lexicon.own import read
    from kg.ontology import know

    own = read(args.lexicon) if args.lexicon else None
    know(own.terms if own else ())
    seen = explain(sys.stdin.read() if args.sentence == "-" else args.sentence, args.home, own)
    if args.json:
        console.json(seen.as_json())
    else:
        console.print(*_lines(seen, console))
    return 0


def _lines(seen: Explanation, console: Console) -> list[str]:
    say = console.say(SAY)
    lines = [say("tokens"), "  " + " ".join(f"{token.word}/{token.tag}" for token in seen.tokens if token.word.strip())]
    parts = {
        "names": columns(_names(seen, console), "llll"),
        "facts": columns([_fact(fact, seen, console) for fact in seen.facts], "lll"),
        "measures": columns([_measure(measure, seen, console) for measure in seen.measures], "lll"),
        "unrelated": columns(_unrelated(seen, say), "ll"),
        "unresolved": [f"  {note}" for note in seen.unresolved],
    }
    for name, found in parts.items():
        if found or name in ("names", "facts"):
            lines += ["", say(name), *(found or [f"  {say('none')}"])]
    return lines


def _names(seen: Explanation, console: Console) -> list[tuple[str, ...]]:
    from kg.ontology import label

    rows: list[tuple[str, ...]] = []
    for link in seen.links:
        entity = seen.entities[link.entity]
        rule = console.say(SAY)("rule", rule=link.mention.rule)
        rows.append(
            (
                seen.text[link.start : link.end],
                label(entity.kind or entity.classes[0], console.lang),
                f"→ {entity.label}",
                f"{entity.id}  {rule}",
            )
        )
    return rows


def _fact(fact: Fact, seen: Explanation, console: Console) -> tuple[str, ...]:
    from kg.ontology import label

    said = f"{seen.entities[fact.subject].label} —{label(fact.property, console.lang)}→ {seen.entities[fact.object].label}"
    role = [console.say(SAY)("role", role=fact.role)] if fact.role else []
    return said, " · ".join([*_how(fact, console), *role]), console.say(SAY)("rule", rule=fact.rule)


def _measure(measure: Measure, seen: Explanation, console: Console) -> tuple[str, ...]:
    from kg.ontology import label

    said = f"{seen.entities[measure.about].label}: {measure.indicator} {measure.value} {measure.unit}"
    kinds = [label(name, console.lang) for name in (measure.kind, measure.bound)]
    return said, " · ".join([*kinds, *_how(measure, console)]), console.say(SAY)("rule", rule=measure.rule)


def _how(found: Fact | Measure, console: Console) -> list[str]:
    from kg.ontology import label

    period = found.period
    when = "" if period is None else period.start if period.start == period.end else f"{period.start}/{period.end}"
    known = [label(name, console.lang) for name in (found.status, found.basis)]
    return [*known, console.say(SAY)("period", period=when)] if when else known


def _unrelated(seen: Explanation, say: Say) -> list[tuple[str, str]]:
    def named(link: Any) -> str:
        return seen.text[link.start : link.end]

    return [(f"{named(pair.left)} – {named(pair.right)}", say(pair.reason, detail=pair.detail)) for pair in seen.unrelated]
