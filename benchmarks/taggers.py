"""People, places and bodies: this project beside LAC and jieba.posseg, on the same gold texts in the same run.

    python -m benchmarks.taggers [--texts FOLDER ...] [--misses] [--json]

Judged are the classes Organization, District and Person on every gold text that is at hand: `kg`, `kg` with `--tagger lac`, LAC alone (ORG,
LOC, PER) and jieba.posseg alone (nt, ns, nr). The rule is that of `kg score` (kg/evaluate/match.py, score.py), and where a tagger, which gives
words and no entities, cannot be held to it, the rule is in the tagger's favour:

- All read the same view of the text, in which wrapped lines are joined; the taggers read it sentence by sentence.
- kg's entities are paired with the gold's one to one, by an accepted class and a shared name; a second entity for one of the gold is wrong.
- A tagger's distinct words stand for its entities. A word is right where it equals any name of a gold entity whose accepted classes hold the
  word's; more words for the same gold entity count neither way (a tagger cannot know that they are one); any other word is wrong, once.
- A gold entity is missed where nothing was paired with it. It counts in its first class. What the gold calls optional counts neither way, nor
  does what it classes first as something else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.evaluate.built import see
from kg.evaluate.gold import Gold, plain, read_gold
from kg.evaluate.golds import find_text
from kg.evaluate.match import pair
from kg.extract.tagger import tagger
from kg.graph.iri import source_iri
from kg.parse import parse
from kg.pipeline import build
from kg.read import read_source

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "tests" / "gold"
CLASSES = ("Organization", "District", "Person")
POSSEG = {"nt": "Organization", "ns": "District", "nr": "Person"}
SYSTEMS = ("kg", "kg+lac", "lac", "posseg")
Word = tuple[str, str]
"""A class and a name in plain form."""


@dataclass
class Tally:
    """How one system did on one text: right, wrong and missed by class, and the names of what is wrong or missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Tally) -> None:
        """Take another text's counts in."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def rates(self, *classes: str) -> tuple[float, float, float]:
        """Precision, recall and F1 over some classes (all of them where none is given); 0 where nothing can be right."""
        right, wrong, missed = (sum(c[name] for name in classes or CLASSES) for c in (self.right, self.wrong, self.missed))
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = right / (right + missed) if right + missed else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def judged_entities(gold: Gold, path: Path, second: str | None = None) -> Tally:
    """kg's graph of a text, judged as `kg score` does, the three classes alone."""
    graph = build(path, tagger=second)
    built = see(graph.triples(), {source_iri(sha, graph.base): source.text for sha, source in graph.sources.items()})
    pairing = pair(built, gold)
    tally = Tally()
    for node, entity in built.entities.items():
        id_ = pairing.gold_of.get(node)
        if id_ is None:
            for name in sorted(entity.classes & set(CLASSES)):
                tally.wrong[name] += 1
                tally.names["wrong"].append(entity.label)
        elif not gold.by_id[id_].optional:
            tally.right[gold.by_id[id_].classes[0]] += 1
    _miss(gold, pairing.taken, tally)
    return tally


def judged_words(gold: Gold, words: Iterable[Word]) -> Tally:
    """A tagger's words, judged by the rule above."""
    tally, taken = Tally(), set()
    for class_, word in sorted(set(words)):
        of = [id_ for id_ in gold.by_name.get(word, ()) if class_ in gold.by_id[id_].classes]
        taken.update(of)
        if not of:
            tally.wrong[class_] += 1
            tally.names["wrong"].append(word)
    for id_ in taken:
        if not gold.by_id[id_].optional:
            tally.right[gold.by_id[id_].classes[0]] += 1
    _miss(gold, taken, tally)
    return tally


def _miss(gold: Gold, taken: Iterable[str], tally: Tally) -> None:
    for entity in gold.entities:
        if entity.classes[0] in CLASSES and entity.id not in set(taken) and not entity.optional:
            tally.missed[entity.classes[0]] += 1
            tally.names["missed"].append(entity.name)


def sentences(path: Path) -> list[str]:
    """The sentences of a text as kg reads it."""
    document = parse(read_source(path))
    return [document.text[sentence.start : sentence.end] for sentence in document.sentences]


def of_lac(said: Iterable[str]) -> Iterator[Word]:
    """LAC's people, places and bodies."""
    ask = tagger("lac")
    for sentence in said:
        yield from ((class_, plain(sentence[start:end])) for start, end, class_ in ask(sentence))


def of_posseg(said: Iterable[str]) -> Iterator[Word]:
    """jieba.posseg's."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    with TemporaryDirectory() as own:  # jieba writes its cache into the shared temporary folder
        jieba.dt.tmp_dir = own
        for sentence in said:
            yield from ((POSSEG[tag[:2]], plain(word)) for word, tag in jieba.posseg.cut(sentence) if tag[:2] in POSSEG)


def golds(folders: Iterable[Path]) -> Iterator[tuple[str, Gold, Path]]:
    """Name, gold graph and text of every gold text in the folders."""
    for path in sorted(GOLD.glob("*.json")):
        gold = read_gold(path)
        if (text := find_text(gold, folders)) is not None:
            yield path.stem, gold, text


def compared(gold: Gold, text: Path) -> dict[str, Tally]:
    """System → how it did on a text."""
    said = sentences(text)
    return {
        "kg": judged_entities(gold, text),
        "kg+lac": judged_entities(gold, text, "lac"),
        "lac": judged_words(gold, of_lac(said)),
        "posseg": judged_words(gold, of_posseg(said)),
    }


def table(found: dict[str, dict[str, Tally]]) -> list[str]:
    """Markdown: F1 of each system by text, then precision, recall and F1 of each by class in total."""
    lines = ["| text | firm | " + " | ".join(SYSTEMS) + " |", "| --- | --: |" + " --: |" * len(SYSTEMS)]
    total = {system: Tally() for system in SYSTEMS}
    for name, tallies in found.items():
        firm = sum((tallies["kg"].right + tallies["kg"].missed)[class_] for class_ in CLASSES)
        lines.append(f"| `{name}` | {firm} | " + " | ".join(f"{tallies[s].rates()[2]:.3f}" for s in SYSTEMS) + " |")
        for system in SYSTEMS:
            total[system].add(tallies[system])
    lines += [
        "",
        "| in total | " + " | ".join(f"{s} P | R | F1" for s in SYSTEMS) + " |",
        "| --- |" + " --: |" * (3 * len(SYSTEMS)),
    ]
    for names in (*((name,) for name in CLASSES), CLASSES):
        cells = (f"{rate:.3f}" for system in SYSTEMS for rate in total[system].rates(*names))
        lines.append(f"| {names[0] if len(names) == 1 else 'all'} | " + " | ".join(cells) + " |")
    return lines


def main() -> int:
    """Measure and print the tables, with --misses also what kg has wrong or misses, with --json the rates by text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="+", default=[ROOT / "seeds", SHARED, ROOT / "build" / "passages"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = {name: compared(gold, text) for name, gold, text in golds(args.texts)}
    if not found:
        print(f"no gold text in {', '.join(map(str, args.texts))}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({name: {s: tallies[s].rates() for s in SYSTEMS} for name, tallies in found.items()}, indent=1))
        return 0
    print("\n".join(table(found)))
    if args.misses:
        for name, tallies in found.items():
            for system in SYSTEMS:
                for why in ("wrong", "missed"):
                    print(f"{name}\t{system}\t{why}\t{'、'.join(tallies[system].names[why])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
