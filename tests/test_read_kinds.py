"""A file is read by what it is; what is no document is refused in one line, and a folder gives its documents only."""

from __future__ import annotations

import json
import subprocess
import sys

import making
import pytest
from command import environment, kg, one_line

from kg.errors import InputError
from kg.read import expand, known_extensions, read_bytes
from kg.read.magic import kind_of

SENTENCE = "2022年3月5日，湖州市政协在安吉县召开民主协商座谈会，新华社报道了这次会议。\n"
PARAGRAPHS = ["湖州市政协工作报告", "各位委员：", SENTENCE.strip()]


def refused(data: bytes, name: str) -> str:
    with pytest.raises(InputError) as error:
        read_bytes(data, name)
    line = str(error.value)
    assert line.startswith(name + ": ") and "\n" not in line
    return line


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.pdf", "a.doc", "a"])
def test_a_document_is_read_whatever_it_is_called(name):
    assert SENTENCE in read_bytes(making.docx(PARAGRAPHS), name).text


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.ofd", "a.png"])
def test_plain_text_under_another_name_is_read_as_text(name):
    assert read_bytes(SENTENCE.encode(), name).text == SENTENCE


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", making.packed({"xl/workbook.xml": "<w/>", "[Content_Types].xml": "<T/>"}), "spreadsheet"),
        ("a.pptx", making.packed({"ppt/presentation.xml": "<w/>"}), "slides"),
        ("a.epub", making.packed({"mimetype": "application/epub+zip"}), "e-book"),
        ("a.zip", making.packed({"a.txt": SENTENCE}), "unpack it"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 40, "broken"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "spreadsheet"),
        ("a.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no text document"),
        ("a.gz", b"\x1f\x8b\x08\x00" + b"\0" * 90, "compressed"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 90, "program"),
        ("a.txt", b"", "empty"),
        ("a.html", b"", "empty"),
        ("a.md", b"", "empty"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_what_it_is_and_how_to_mend_it(name, data, said):
    line = refused(data, name)
    assert said in line and line.endswith(")")


def test_a_document_in_an_old_format_says_so_where_there_is_no_libreoffice(monkeypatch):
    monkeypatch.setattr("kg.read.office.office", lambda: None)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    for name in ("a.doc", "a.wps"):
        assert "install LibreOffice" in refused(old, name)
    assert "install LibreOffice" in refused(b"{\\rtf1 a}", "a.rtf")


def test_a_broken_old_document_is_refused_in_one_line(libreoffice):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "WordDocument".encode("utf-16-le")
    refused(old, "a.doc")


def test_an_old_document_that_takes_too_long_is_refused_and_nothing_is_left_running(tmp_path, monkeypatch):
    program = tmp_path / "slow"
    program.write_text(f"#!{sys.executable}\nimport subprocess, sys, time, pathlib\nchild = subprocess.Popen(['sleep', '60'])\npathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\ntime.sleep(60)\n")  # fmt: skip
    program.chmod(0o755)
    monkeypatch.setattr("kg.read.office.office", lambda: str(program))
    monkeypatch.setattr("kg.read.office.SECONDS", 3)
    assert "too long" in refused(b"{\\rtf1 a}", "a.rtf")
    child = int((tmp_path / "child").read_text())
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True).stdout.strip()
    assert state == "" or state.startswith("Z")


def test_the_kind_of_a_file_is_told_in_little_time_whatever_it_begins_with():
    for head in (b"<!-- a --> " * 400, b"<!--" * 1000, b"a-b: c\r\n " * 500, b"<?xml " + b"x" * 4000):
        assert kind_of(head, "a.bin") == "text"


def test_reading_is_loaded_only_when_it_is_needed():
    """The readers' libraries cost nothing to a text, nor to the help."""
    code = "import sys; import kg.cli; from kg.read import read_bytes; read_bytes('湖州市政协召开会议。'.encode(), 'a.txt'); print([m for m in ('lxml', 'pypdfium2', 'opencc', 'markdown_it', 'rapidocr', 'numpy') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# ---- folders ----


def files(folder) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in expand([folder])]


def test_a_folder_gives_documents_of_every_format(tmp_path):
    for extension in known_extensions():
        (tmp_path / f"a{extension}").write_text("x")
    assert {f"a{extension}" for extension in (".txt", ".md", ".html", ".mhtml", ".docx", ".pdf", ".ofd", ".doc", ".wps")} <= set(
        files(tmp_path)
    )


def test_the_parts_of_a_saved_page_lock_files_and_illustrations_are_no_documents(tmp_path):
    for name in (
        "page.html",
        "page_files/frame.html",
        "page_files/logo.png",
        "~$report.docx",
        "report.docx",
        "photo.jpg",
        "other_files/a.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert files(tmp_path) == ["other_files/a.txt", "page.html", "report.docx"]


def test_a_folder_of_nothing_but_images_is_a_folder_of_scans(tmp_path):
    for name in ("2.png", "1.jpg"):
        (tmp_path / name).write_bytes(b"x")
    assert files(tmp_path) == ["1.jpg", "2.png"]


# ---- the command ----


def test_a_folder_of_mixed_formats_is_built_and_what_cannot_be_read_is_skipped(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.docx").write_bytes(making.docx(PARAGRAPHS))
    (folder / "b.html").write_text(f"<html><body><h1>湖州市政协召开会议</h1><p>{SENTENCE}</p></body></html>", "utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    done = kg("build", "in", "-o", "out", "--json", "--no-html", cwd=tmp_path)
    assert done.returncode == 3
    assert "c.pdf" in one_line(done.stderr) and "broken PDF" in done.stderr
    summary = json.loads(done.stdout)
    assert summary["documents"] == 2
    texts = {path.name.split("-", 1)[1]: path.read_text("utf-8") for path in (tmp_path / "out" / "sources").iterdir()}
    assert set(texts) == {"a.docx.txt", "b.html.txt"} and all(SENTENCE in text for text in texts.values())
    assert kg("validate", "--graph", "out", cwd=tmp_path).returncode == 0


def test_a_document_is_read_from_standard_input(tmp_path):
    (tmp_path / "a.docx").write_bytes(making.docx(PARAGRAPHS))
    command = [
        sys.executable,
        "-c",
        "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))",
        "build",
        "-",
        "-o",
        "out",
        "--json",
        "--no-html",
    ]
    with (tmp_path / "a.docx").open("rb") as file:
        done = subprocess.run(command, stdin=file, cwd=tmp_path, env=environment(KG_LANG="en"), capture_output=True, text=True)
    assert done.returncode == 0 and json.loads(done.stdout)["documents"] == 1


def test_a_packed_document_may_be_larger_than_its_text_is_allowed_to_be_and_a_long_text_in_it_is_refused(tmp_path):
    data = making.docx(PARAGRAPHS)
    assert SENTENCE in read_bytes(data, "a.docx", max_chars=100).text
    with pytest.raises(InputError, match="longer than 10 characters"):
        read_bytes(data, "a.docx", max_chars=10)


def test_the_text_as_read_can_be_looked_at(root):
    samples = root / "tests" / "samples"
    done = kg("text", samples)
    assert done.returncode == 0 and done.stderr == ""
    assert "==> page.html <==\n湖州市召开民生实事推进会\n" in done.stdout
    alone = kg("text", samples / "notice.ofd")
    assert alone.stdout.splitlines()[0] == "湖州市政协工作情况通报"
    told = {one["name"]: (one["format"], one["encoding"]) for one in json.loads(kg("text", samples, "--json").stdout)}
    assert told["page.html"] == ("text/html", "gb18030") and told["notice.ofd"] == ("application/ofd", "")


def test_looking_at_texts_skips_what_cannot_be_read_and_fails_where_nothing_can(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    both = kg("text", tmp_path)
    assert both.returncode == 3 and SENTENCE in both.stdout and "b.pdf" in one_line(both.stderr)
    alone = kg("text", tmp_path / "b.pdf")
    assert alone.returncode == 1 and "b.pdf" in one_line(alone.stderr)
