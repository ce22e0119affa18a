"""Words and parts of speech: the evidence for where an unquoted name begins and ends.

The words and tags are those of jieba's dictionary. rjieba holds the same dictionary, cuts the same words and is about twenty times
faster; where it is not installed (it is a binary wheel), jieba itself does the work.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, repeat
from operator import itemgetter
from typing import Any

from kg.model import Token
from kg.once import once

try:
    import rjieba
except ImportError:  # no wheel for this machine: the reference implementation is slower and needs nothing
    rjieba: Any = None  # type: ignore[no-redef]

UNKNOWN = "n"  # the tag of a word that neither the dictionary nor the model of jieba knows


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut `text` into words that cover it without gaps: offsets are code points, tags are jieba's (n, v, ns, nr, m, x …)."""
    return _tokens(rjieba.tag(text)) if rjieba is not None else tokenize_with_jieba(text)


@once
def token_starts(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Where each token of a document starts."""
    return tuple(map(itemgetter(0), tokens))


@once
def token_ends(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Where each token of a document ends."""
    return tuple(map(itemgetter(1), tokens))


def tokenize_with_jieba(text: str) -> tuple[Token, ...]:
    """The same by jieba: the same words; the tags of words that are not in the dictionary can differ."""
    tokenizer, tags = _jieba()
    return _tokens([(word, tags(word)) for word in tokenizer.cut(text)])


def _tokens(tagged: list[tuple[str, str]]) -> tuple[Token, ...]:
    words, tags = [word for word, _ in tagged], [tag for _, tag in tagged]
    ends = list(accumulate(map(len, words)))
    # What Token._make does, without a call of Python for each word.
    return tuple(map(tuple.__new__, repeat(Token), zip([0, *ends], ends, words, tags, strict=False)))


@cache
def _jieba() -> tuple[Any, Any]:
    """jieba's tokenizer and a function from a word to its tag. jieba's cache goes to a folder of this user's own, not the shared one."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = os.path.join(tempfile.gettempdir(), f"yishi-{os.getuid() if hasattr(os, 'getuid') else 'words'}")
    os.makedirs(tokenizer.tmp_dir, mode=0o700, exist_ok=True)
    tokenizer.initialize()
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    tagger.initialize()

    @cache
    def tag(word: str) -> str:
        known = tagger.word_tag_tab.get(word)
        if known:
            return str(known)
        if not any(char.isalnum() for char in word):
            return "x"
        if word.isascii():
            return "m" if word[0].isdigit() else "eng"
        pairs = list(tagger.cut(word))
        return str(pairs[0].flag) if len(pairs) == 1 else UNKNOWN

    return tokenizer, tag
