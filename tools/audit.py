"""Asks whether what the lock files pin has a vulnerability that is known.

    python tools/audit.py LOCK… [--ignore-vuln ID]…

pip-audit does the asking. Alone it is not enough: where it cannot look a package up it leaves it out, says "No known vulnerabilities
found" and ends with 0, and a mirror of the index without this data looks the same as one with nothing to tell. So the first question
is one whose answer is known: a version whose vulnerabilities were published years ago. Only a service that finds these is believed
when it finds none elsewhere; else nothing counts as audited, and the line says so.

Exit codes: 0 nothing is known, or `not audited: …`; 1 a vulnerability was found, or the audit broke off after it had begun;
2 wrong usage. PIP_AUDIT_VULNERABILITY_SERVICE and PIP_AUDIT_OSV_URL choose the service, as for pip-audit itself.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

KNOWN = "jinja2==2.10"  # CVE-2019-10906, a way out of the sandbox, published in April 2019
PATIENCE = 60  # seconds that the first question may take, all tries included
ASK = ["-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--desc", "off", "--disable-pip"]


class NoAnswerError(Exception):
    """pip-audit gave no result; the message is the last line that it said."""


def asked(lock: Path, *options: str, seconds: int | None = None) -> list[dict[str, Any]]:
    """What pip-audit says of each package of a lock file: `name`, and either `version` and `vulns` or `skip_reason`.

    What an earlier run was answered is not taken for an answer: each question has an empty cache. Raises NoAnswerError.
    """
    with tempfile.TemporaryDirectory() as cache:
        words = [sys.executable, *ASK, "--cache-dir", cache, "--requirement", str(lock), *options]
        try:
            done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=seconds)
        except subprocess.TimeoutExpired:
            raise NoAnswerError(f"no answer within {seconds} s") from None
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:  # it ends with 1 for a vulnerability and for an error: only the first comes with a result
        raise NoAnswerError((done.stderr.strip().splitlines() or ["no reason given"])[-1]) from None
    return packages


def unreachable() -> str:
    """Why the service is not to be believed; empty if it found what is known."""
    with tempfile.TemporaryDirectory() as folder:
        question = Path(folder) / "known.txt"
        question.write_text(f"{KNOWN}\n", "utf-8")
        try:
            packages = asked(question, "--no-deps", seconds=PATIENCE)
        except NoAnswerError as error:
            return str(error)
    if any(package.get("vulns") for package in packages):
        return ""
    return "; ".join(package["skip_reason"] for package in packages if "skip_reason" in package) or f"it finds nothing in {KNOWN}"


def told(lock: Path, packages: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """The lines about one lock file, and whether a vulnerability was found."""
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    found = [(package, one) for package in packages for one in package.get("vulns", [])]
    lines = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version yet'}"
        for package, one in found
    ]
    looked_up = len(packages) - len(skipped)
    lines.append(f"{lock.name}: {looked_up} packages audited, known vulnerabilities: {len(found)}")
    if skipped:
        lines.append(f"not audited: {lock.name}: {', '.join(skipped)}: the service does not know them")
    return lines, bool(found)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Known vulnerabilities in what the lock files pin.")
    parser.add_argument("locks", nargs="+", type=Path, metavar="LOCK")
    parser.add_argument("--ignore-vuln", action="append", default=[], metavar="ID")
    wanted = parser.parse_args(words)
    if missing := [str(lock) for lock in wanted.locks if not lock.is_file()]:
        parser.error(f"no such file: {', '.join(missing)}")
    if reason := unreachable():
        print(f"not audited: the vulnerability service could not be asked ({reason})")
        return 0
    found = False
    for lock in wanted.locks:
        try:
            lines, bad = told(lock, asked(lock, *(f"--ignore-vuln={name}" for name in wanted.ignore_vuln)))
        except NoAnswerError as error:
            print(f"audit: {lock.name}: {error}", file=sys.stderr)
            return 1
        print("\n".join(lines))
        found |= bad
    return int(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
