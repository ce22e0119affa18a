"""Words that tell an honor: who confers it and that the best of a kind were chosen."""

from __future__ import annotations

import re

from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon

REACH = 24  # code points between the verb and what it confers, the name of who confers it among them
MERIT = "[一二三]等|[一二三]级馆"  # grades that the table's words do not list


@cache
def honor_words(column: str) -> tuple[str, ...]:
    """A list of the table of honors: `confers`, `best`, `given` or `areas`."""
    return tuple(lexicon().words("honors", column))


@cache
def _best() -> re.Pattern[str]:
    return re.compile("|".join((*map(re.escape, honor_words("best")), MERIT)))


def is_of_the_best(name: str) -> bool:
    """Whether a name says that the best of a kind were chosen: 先进集体, 十佳协商议事室."""
    return _best().search(name) is not None


def is_conferred(scan: Scan, start: int, noun: int, end: int) -> bool:
    """Whether the name [start, end), whose noun begins at `noun`, is given to the best of a kind: 获评…“有事好商量”十佳协商议事室."""
    if not is_of_the_best(scan.text[noun:end]):
        return False
    before = scan.text[max(scan.sentence_bounds(start)[0], start - REACH) : start]
    clause = re.split("[，。；：]", before)[-1]
    return any(verb in clause for verb in honor_words("confers") if len(verb) > 1)
