"""Names, links, pipes and permissions: what stands in a folder of documents and is none, or is called what no file should be."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

from torture.inputs import EITHER, READ, REFUSED, SENTENCE, Input, Make, of_bytes

GOOD = SENTENCE + "\n"
NAMES = {
    "a single quote": "甲'乙.txt", "a double quote": '甲"乙.txt', "a newline": "甲\n乙.txt", "dots": "甲....txt", "two dots": "甲..乙.txt",
    "a tab": "甲\t乙.txt", "a carriage return": "甲\r乙.txt", "an escape": "甲\x1b[2J乙.txt", "a bell": "甲\x07.txt", "a tag": "<script>alert(1)<.script>.txt",
    "a command": "$(reboot)`reboot`;&|.txt", "an option": "--help.txt", "a dash": "-o.txt", "a formula": "=1+1.txt", "an override": "甲\u202etxt.乙.txt",
    "a zero width space": "甲\u200b乙.txt", "a line separator": "甲\u2028乙.txt", "a percent sign": "%2e%2e%2f%00%s.txt", "a backslash": "甲\\..\\..\\乙.txt",
    "a hash": "甲#乙?丙.txt", "a glob": "*[甲]?.txt", "braces": "{{甲}}${乙}.txt", "an emoji": "😀.txt", "spaces": "  甲  .txt", "a device of Windows": "CON.txt",
    "Turtle": '" . <a> <b> <c> .txt', "an angle bracket": "甲>乙<.txt", "a rich markup": "[red]甲[bold].txt", "nothing but its ending": "。.txt",
    "two hundred and fifty bytes": "湖" * 82 + ".txt", "combining marks": "é" * 30 + ".txt", "a name of Python": "__proto__.txt",
}  # fmt: skip


def inputs() -> Iterator[Input]:
    for what, name in NAMES.items():
        yield Input(f"file name with {what}", READ, of_bytes(name, GOOD))
        yield Input(f"bad file whose name has {what}", REFUSED, of_bytes(name, b""), "empty")
    for what, raw in (("GBK", "湖州".encode("gbk")), ("broken UTF-8", b"\xff\xfe\xc3"), ("a surrogate", b"\xed\xa0\x80")):
        yield Input(f"file name in {what}", READ, of_bytes(raw + b".txt", GOOD))
        yield Input(f"bad file whose name is {what}", REFUSED, of_bytes(raw + b".txt", b""), "empty")
        yield Input(f"folder name in {what}", READ, _in_folder(raw, GOOD))
    yield Input("a hidden file", REFUSED, of_bytes("....甲.txt", GOOD), "no document in the folder")
    yield Input("link out of the folder", REFUSED, _link("/etc/passwd"), "leads out")
    yield Input("link to a device", REFUSED, _link("/dev/zero"), "leads out")
    yield Input("link to what is not there", REFUSED, _link("nowhere.txt"), "leads nowhere")
    yield Input("link to itself", REFUSED, _link("a.txt"), "leads nowhere")
    yield Input("link to its folder", EITHER, _link("."))
    yield Input("a pipe", REFUSED, lambda folder: os.mkfifo(folder / "a.txt"), "a pipe")
    yield Input("a socket", REFUSED, _socket, "socket")
    yield Input("a folder called a text", EITHER, _in_folder(b"b.txt", GOOD))
    yield Input("a file without permission", REFUSED, _closed(of_bytes("a.txt", GOOD), "a.txt"), "permission")
    yield Input("a folder without permission", REFUSED, _closed(_in_folder(b"closed", GOOD), "closed"), "permission")
    yield Input("a folder that cannot be entered", REFUSED, _closed(_in_folder(b"closed", GOOD), "closed", 0o444), "permission")
    yield Input("150 folders in one another", READ, _deep)
    yield Input("3,000 empty files", REFUSED, _many, "empty", big=True)


def _in_folder(name: bytes, text: str) -> Make:
    def make(folder: Path) -> None:
        inside = bytes(folder) + b"/" + name
        os.mkdir(inside)
        with open(inside + b"/a.txt", "wb") as out:
            out.write(text.encode())

    return make


def _link(target: str) -> Make:
    return lambda folder: (folder / "a.txt").symlink_to(target)


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(folder)  # a socket's path may not be long
        try:
            made.bind("a.txt")
        finally:
            os.chdir(here)


def _closed(make: Make, name: str, mode: int = 0) -> Make:
    def closed(folder: Path) -> None:
        make(folder)
        os.chmod(folder / name, mode)

    return closed


def _deep(folder: Path) -> None:
    inside = folder.joinpath(*["湖"] * 150)
    inside.mkdir(parents=True)
    (inside / "a.txt").write_text(GOOD, "utf-8")


def _many(folder: Path) -> None:
    for number in range(3_000):
        (folder / f"{number}.txt").touch()
