"""Names that are met once are found again (kg.extract.again)."""

from __future__ import annotations

import graph_cases as cases

from kg.extract.again import again
from kg.extract.scan import Scan
from kg.model import Mention
from kg.words import tokenize


def test_a_space_behind_the_opening_mark_is_no_part_of_the_name_that_is_found_again() -> None:
    text = "打造“ 民生议事堂”平台，在“ 民生议事堂》协商。"
    first = Mention(2, 12, ("Platform",), "“ 民生议事堂”平台", "quoted-platform")
    found = again(Scan(cases.document(cases.source(text)), tokenize(text)), (first,))
    assert [text[mention.start : mention.end] for mention in found] == ["民生议事堂", "民生议事堂"]
    assert {mention.name for mention in found} == {"民生议事堂"}
