"""Bytes of a text file to its characters: UTF-8, UTF-16 and GB18030, told apart by what they hold."""

from __future__ import annotations

import codecs

from kg.errors import InputError

MOST_CONTROL = 0.01  # share of control characters above which decoded bytes are no text
FEWEST_HAN = 0.02  # share of Han characters below which a text is of another language: tables of figures in Chinese have 5 % and more
SAMPLE = 200_000  # characters looked at to judge what a text is
PLAUSIBLE = 0.5  # share of the characters beyond ASCII that GB18030 must give as common Han or punctuation: random bytes give 0.3


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) of a file's bytes; the text without a byte order mark, its line ends untouched.

    Raises InputError, naming the file, where the bytes are empty, binary, or of no encoding that Chinese texts are in.
    """
    if not data:
        raise InputError("the file is empty", name, "give a file with text in it")
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _checked(_try(data[len(mark) :], encoding), encoding, name)
    text = _try(data, "utf-8")
    if text is not None and b"\0" not in data[:SAMPLE]:
        return _checked(text, "utf-8", name)
    if len(data) % 2 == 0 and (encoding := _utf16(data)) is not None:
        return _checked(_try(data, encoding), encoding, name)
    text = _try(data, "gb18030")
    if text is not None and _plausible(text):
        return _checked(text, "gb18030", name)
    raise InputError("no text: the bytes are neither UTF-8, UTF-16 nor GB18030", name, "save it as UTF-8 text")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits show as bytes of zero in every other place, Han in a narrow range of the rest."""
    best = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data[: SAMPLE * 2 - SAMPLE % 2], encoding)
        if text and _han(text) >= 0.3 and _control(text) <= MOST_CONTROL:
            best = encoding if best is None else best
    return best


def _plausible(text: str) -> bool:
    beyond = [char for char in text[:SAMPLE] if ord(char) > 127]
    if not beyond:
        return True
    common = sum("\u4e00" <= char <= "\u9fa5" or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u2027" for char in beyond)
    gb2312 = sum(1 for char in beyond if _in_gb2312(char))
    return common / len(beyond) > PLAUSIBLE and gb2312 / len(beyond) > PLAUSIBLE


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _han(text: str) -> float:
    sample = text[:SAMPLE]
    return sum("\u3400" <= char <= "\u9fff" for char in sample) / max(1, len(sample))


def _control(text: str) -> float:
    sample = text[:SAMPLE]
    return sum((ord(char) < 32 and char not in "\t\n\r\f\v") or char == "\ufffd" for char in sample) / max(1, len(sample))


def _checked(text: str | None, encoding: str, name: str) -> tuple[str, str]:
    if text is None:
        raise InputError(f"it begins as {encoding} and is not", name, "save it as UTF-8 text")
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InputError("nothing but white space", name, "give a file with text in it")
    if "\0" in text[:SAMPLE] or _control(text) > MOST_CONTROL:
        raise InputError("binary data, not text", name, "give the text of the document")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError("half a character (a lone surrogate)", name, "save it as UTF-8 text")
    share = _han(text)
    if share < FEWEST_HAN:
        raise InputError(f"not a Chinese text: {share:.1%} Han characters", name, "Yishi reads Chinese")
    return text, encoding
