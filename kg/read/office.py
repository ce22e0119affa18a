"""Old office documents (.doc, .wps, .rtf, .odt) by LibreOffice, where it is installed: it makes a DOCX of them, which is read as such.

It runs with a profile of its own in a temporary folder, which switches macros and links to the outside off, and no longer than SECONDS.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import Text
from kg.read.docx import READER as DOCX
from kg.read.limits import SECONDS
from kg.read.magic import kind_of

PROGRAMS = ("soffice", "libreoffice")
MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_NO_OFFICE = "install LibreOffice, or save it as DOCX or PDF"
_TYPES = {"doc": "application/msword", "rtf": "application/rtf", "odt": "application/vnd.oasis.opendocument.text"}
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True, slots=True)
class OfficeReader:
    """Reads what LibreOffice can turn into DOCX."""

    extensions: tuple[str, ...] = (".doc", ".wps", ".rtf", ".odt")
    media_type: str = "application/msword"

    def read(self, data: bytes, name: str) -> Text:
        kind = kind_of(data, name)
        text = DOCX.read(as_docx(data, name, kind), name)
        return Text(text.text, media_type=_TYPES[kind])


def office() -> str | None:
    """The program, where it is installed."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or (MAC if sys.platform == "darwin" and os.access(MAC, os.X_OK) else None)


def as_docx(data: bytes, name: str, kind: str) -> bytes:
    """The document as DOCX. Raises InputError where there is no LibreOffice, where it takes too long, and where it makes nothing of it."""
    program = office()
    if program is None:
        raise InputError(f"a document in the old format {kind.upper()}", name, _NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="yishi-office-") as folder:
        root = Path(folder)
        source = root / f"document.{kind}"
        source.write_bytes(data)
        _write_profile(root / "profile" / "user")
        command = [
            program, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless", "--norestore", "--nologo", "--nodefault",
            "--nolockcheck", "--convert-to", "docx", "--outdir", str(root / "out"), str(source),
        ]  # fmt: skip
        _run(command, root, name)
        made = root / "out" / "document.docx"
        if not made.is_file():
            raise InputError(
                "a document that LibreOffice cannot read", name, "it may be broken or under a password: save it as DOCX"
            )
        return made.read_bytes()


def _run(command: list[str], folder: Path, name: str) -> None:
    """Run the program, and end it with all that it started where it takes too long."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    own = os.name == "posix"
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=own,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError("takes LibreOffice too long to read", name, "save it as DOCX or PDF") from None
    finally:
        if own:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its group: what it left running goes with it
        else:
            process.kill()
        process.wait()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        "utf-8",
    )


READER = OfficeReader()
