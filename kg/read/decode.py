"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, told apart by byte order marks, by validity and by how plausible the Chinese is.

GB18030 gives nearly every sequence of bytes some meaning, and UTF-16 every even one, so validity alone proves nothing there:
in running Chinese text most ideographs are of the 3,755 of GB 2312 level 1, in traditional text of the 5,401 of Big5 level 1; in bytes read
by the wrong table few are.
"""

from __future__ import annotations

import re

from kg.errors import InputError

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
MAGIC = (
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
COMMON = 0.6
"""Least share of level 1 among the non-ASCII characters that are not punctuation, for text whose encoding is only guessed.

In the sample texts it is above 0.97; in random bytes that happen to be valid it is near 0.16 (GB18030) or 0.06 (UTF-16), in Big5 read as
GB18030 near 0.25."""
CONTROLS = 0.005
"""Most control characters a text may hold, as a share of its characters."""
SAMPLE = 60_000
"""Characters looked at to judge plausibility: three stretches of a third of this."""
SAVE_AS = "save it as UTF-8 text"

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PUNCTUATION = re.compile(r"[\x00-\x7f\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\ufe30-\ufe4f\uff00-\uffef·×÷—℃]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` without a byte order mark, line ends as they stand, and the name of its encoding.

    `name` is what errors call the file. Raises InputError, in one line, for bytes that are empty, binary, or text in no known
    encoding. Takes time and memory proportional to the bytes.
    """
    if not data:
        raise InputError("the file is empty", name, "give a file with Chinese text")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not text", name, "give its text as a .txt file")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], encoding, name), encoding, name)
    if b"\x00" not in data[:SAMPLE]:
        try:
            return _checked(data.decode("utf-8"), "utf-8", name)
        except UnicodeDecodeError as error:
            broken_at = error.start
        guess = _guess(data, ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))
    else:
        broken_at = -1
        guess = _guess(data, ("utf-16-le", "utf-16-be"))
    if guess is not None:
        return _checked(guess[0], guess[1], name)
    if broken_at > SAMPLE // 10 or (broken_at >= 0 and _mostly_utf8(data, broken_at)):
        raise InputError(f"UTF-8 text that breaks off at byte {broken_at}", name, f"mend the file, or {SAVE_AS}")
    if broken_at < 0 or _looks_binary(data):
        raise InputError("a binary file, not text", name, SAVE_AS)
    raise InputError("neither UTF-8, UTF-16, GB18030 nor Big5 text", name, SAVE_AS)


def plausibility(text: str) -> float:
    """How far `text` looks like Chinese prose in the right encoding: the share of common ideographs, 0 to 1, judged on a sample."""
    rest = _PUNCTUATION.sub("", _sample(text))
    if len(rest) < 2:
        return 0.0
    simplified = sum(1 for lead in rest.encode("gb2312", "ignore")[::2] if 0xB0 <= lead <= 0xD7)
    traditional = sum(1 for lead in rest.encode("big5", "ignore")[::2] if 0xA4 <= lead <= 0xC6)
    return max(simplified, traditional) / len(rest)


def _guess(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """The most plausible of the encodings in which all of `data` is valid."""
    best: tuple[float, str, str] | None = None
    for encoding in encodings:
        head = data[: SAMPLE * 2].decode(encoding, "ignore")
        if plausibility(head) < COMMON / 2:
            continue  # spares decoding a large file in an encoding it cannot be in
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = plausibility(text)
        if share >= COMMON and "\x00" not in text and (best is None or share > best[0]):
            best = share, text, encoding
    return None if best is None else (best[1], best[2])


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        mark = encoding.upper()
        raise InputError(f"says it is {mark}, but byte {error.start} is not", name, f"mend the file, or {SAVE_AS}") from None


def _checked(text: str, encoding: str, name: str) -> tuple[str, str]:
    """The text, once it is sure to be text. Raises InputError for what holds control characters or nothing but white space."""
    if "\x00" in text or len(_CONTROL.findall(_sample(text))) > CONTROLS * min(len(text), SAMPLE):
        raise InputError("a binary file, not text", name, SAVE_AS)
    if not text or text.isspace():
        raise InputError("the file holds nothing but white space", name, "give a file with Chinese text")
    return text, encoding


def _mostly_utf8(data: bytes, broken_at: int) -> bool:
    """Whether what precedes the first bad byte already holds several ideographs."""
    return len(re.findall(r"[\u4e00-\u9fff]", data[:broken_at].decode("utf-8", "ignore"))) >= 8


def _looks_binary(data: bytes) -> bool:
    head = data[:SAMPLE]
    return sum(1 for byte in head if byte < 9 or 13 < byte < 32 or byte == 127) > CONTROLS * len(head)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]
