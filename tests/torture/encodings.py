"""Wrong, mixed and broken encodings, and characters that should stand in no text."""

from __future__ import annotations

from collections.abc import Iterator

from torture.inputs import EITHER, READ, REFUSED, SENTENCE, Input, of_bytes

S = SENTENCE + "\n"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312")
ODD = {  # characters put into the middle of names and sentences
    "zero width space": "\u200b", "zero width joiner": "\u200d", "word joiner": "\u2060", "soft hyphen": "\u00ad",
    "right-to-left mark": "\u200f", "right-to-left override": "\u202e", "isolate": "\u2067", "byte order mark": "\ufeff",
    "line separator": "\u2028", "paragraph separator": "\u2029", "next line": "\u0085", "form feed": "\x0c", "vertical tab": "\x0b",
    "noncharacter": "\ufffe", "replacement": "\ufffd", "private use": "\ue000", "variation selector": "\ufe0f", "tag": "\U000e0041",
    "combining marks": "\u0301" * 50, "interlinear": "\ufff9", "ideographic space": "\u3000", "no-break space": "\u00a0",
    "emoji": "👨\u200d👩\u200d👧", "rare ideograph": "𪚥", "backslash": "\\", "escape": "\x1b[2J", "bell": "\x07", "delete": "\x7f",
}  # fmt: skip


def inputs() -> Iterator[Input]:
    for name in ENCODINGS:
        yield Input(f"encoding {name}", READ, of_bytes("a.txt", (S * 3).encode(name)))
    for name, char in ODD.items():
        text = S.replace("政协", f"政{char}协").replace("召开", f"召开{char}") * 5
        yield Input(f"character {name}", EITHER if char[0] in "\x1b\x07\x7f\x0b" else READ, of_bytes("a.txt", text))
    utf8, gbk, utf16 = S.encode(), S.encode("gbk"), S.encode("utf-16-le")
    yield Input("lone surrogate in UTF-8", REFUSED, of_bytes("a.txt", S + "\ud800" + S))
    yield Input("lone surrogate in UTF-16", REFUSED, of_bytes("a.txt", b"\xff\xfe" + utf16 + b"\x00\xd8" + utf16))
    yield Input("surrogates as two UTF-8 characters", REFUSED, of_bytes("a.txt", utf8 + b"\xed\xa0\xbd\xed\xb8\x80" + utf8))
    yield Input("NUL in the middle", REFUSED, of_bytes("a.txt", utf8 + b"\x00" + utf8))
    yield Input("NUL after a long text", EITHER, of_bytes("a.txt", utf8 * 1000 + b"\x00"))
    yield Input("nothing but NUL", REFUSED, of_bytes("a.txt", b"\x00" * 4096))
    yield Input("UTF-8 and GBK mixed", REFUSED, of_bytes("a.txt", utf8 * 3 + gbk * 3))
    yield Input("GBK and UTF-8 mixed", EITHER, of_bytes("a.txt", gbk * 3 + utf8 * 3))
    yield Input("UTF-8 and UTF-16 mixed", REFUSED, of_bytes("a.txt", utf8 * 3 + utf16 * 3))
    yield Input("UTF-8 cut in a character", REFUSED, of_bytes("a.txt", utf8 * 3 + "湖".encode()[:2]))
    yield Input("UTF-8 with overlong forms", REFUSED, of_bytes("a.txt", utf8 * 3 + b"\xc0\xaf\xe0\x80\xaf" + utf8))
    yield Input("UTF-8 beyond Unicode", REFUSED, of_bytes("a.txt", utf8 * 3 + b"\xf7\xbf\xbf\xbf" + utf8))
    yield Input("UTF-8 marked as UTF-16", EITHER, of_bytes("a.txt", b"\xff\xfe" + utf8))
    yield Input("UTF-16 of an odd length", REFUSED, of_bytes("a.txt", b"\xff\xfe" + utf16 + b"\x00"))
    yield Input("UTF-16 with the wrong mark", REFUSED, of_bytes("a.txt", b"\xfe\xff" + utf16 * 5))
    yield Input("UTF-8 read as Latin-1 and saved", EITHER, of_bytes("a.txt", utf8.decode("latin-1")))
    yield Input("GBK read as Latin-1 and saved", REFUSED, of_bytes("a.txt", gbk.decode("latin-1")))
    yield Input("GBK cut in a character", EITHER, of_bytes("a.txt", gbk * 3 + b"\xba"))
    yield Input(
        "Big5", EITHER, of_bytes("a.txt", ("湖州市政協在安吉縣召開民主協商座談會，新華社報道了這次會議。\n" * 5).encode("big5"))
    )
    yield Input("three byte order marks", READ, of_bytes("a.txt", b"\xef\xbb\xbf" * 3 + utf8))
    yield Input("byte order mark alone", REFUSED, of_bytes("a.txt", b"\xef\xbb\xbf"))
    yield Input("all bytes", REFUSED, of_bytes("a.txt", bytes(range(256)) * 64))
    yield Input("empty", REFUSED, of_bytes("a.txt", b""), "empty")
    yield Input("white space", REFUSED, of_bytes("a.txt", " \u3000\t\r\n" * 100), "white space")
    yield Input("every line end", READ, of_bytes("a.txt", "\r".join([SENTENCE, SENTENCE]) + "\r\n" + SENTENCE + "\n\r" + S))
    yield Input("English", REFUSED, of_bytes("a.txt", "The committee met on Tuesday. " * 50), "not Chinese")
    yield Input("Japanese", EITHER, of_bytes("a.txt", "湖州市で会議が開かれました。これはテストです。\n" * 20))
