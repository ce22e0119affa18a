"""Writes the bill of materials (CycloneDX 1.6, JSON) of what kg needs to run, with the licence of each package.

    python tools/sbom.py FILE

It is read by cyclonedx-py from the environment that this Python belongs to, and cut down to what requirements.lock pins: what only the
tests need is left out, and so is where a package was fetched from. The same environment gives the same bytes. What is written keeps to
the schema of CycloneDX: that is looked at last, on what remains.

Exit codes: 0 written; 1 the environment is not the one that the lock file describes, or the bill could not be made or is not
valid; 2 wrong usage.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from locks import pinned_here
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def environment() -> dict[str, Any]:
    """The bill of the whole environment. Raises ValueError where cyclonedx-py fails, with the last line that it said."""
    with tempfile.TemporaryDirectory() as folder:
        bill = Path(folder) / "bill.json"
        words = ["environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--no-validate"]
        words += ["--sv", "1.6", "--output-file", str(bill), sys.executable]
        done = subprocess.run([sys.executable, "-m", "cyclonedx_py", *words], capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise ValueError(f"cyclonedx-py: {last}")
        read: dict[str, Any] = json.loads(bill.read_text("utf-8"))
    return read


def needed(bill: dict[str, Any], versions: dict[Any, str]) -> dict[str, Any]:
    """The bill of what is in `versions` (normal name → version) and of nothing else. Raises ValueError for what is not there."""
    root = bill["metadata"]["component"]
    kept = [one for one in bill["components"] if versions.get(canonicalize_name(one["name"])) == one["version"]]
    if missing := set(versions) - {canonicalize_name(one["name"]) for one in kept}:
        pins = ", ".join(f"{name}=={versions[name]}" for name in sorted(missing))
        raise ValueError(f"the environment lacks {pins}: install what requirements.lock pins (make graph)")
    for one in [*kept, *bill["metadata"]["tools"]["components"]]:
        one["externalReferences"] = [to for to in one.get("externalReferences", []) if _of_the_project(to)]
    for one in kept:
        if not one.get("licenses"):
            one["licenses"] = _licences(one["name"])
    refs = {root["bom-ref"]} | {one["bom-ref"] for one in kept}
    links = [
        {
            "ref": link["ref"],
            **({"dependsOn": there} if (there := [to for to in link.get("dependsOn", []) if to in refs]) else {}),
        }
        for link in bill["dependencies"]
        if link["ref"] in refs
    ]
    return {**bill, "components": kept, "dependencies": links}


def _of_the_project(reference: dict[str, Any]) -> bool:
    """Whether a link leads to a package's own pages, and not to where it was fetched from."""
    return reference["type"] != "distribution" and str(reference["url"]).startswith(("http:", "https:"))


def _licences(name: str) -> list[dict[str, Any]]:
    """The licence in a package's own words, which cyclonedx-py leaves out where they are no SPDX name (“Apache 2.0”)."""
    words = (metadata(name).get("License") or "").partition("\n")[0].strip()
    return [{"license": {"acknowledgement": "declared", "name": words}}] if words else []


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        bill = needed(environment(), pinned_here(ROOT / "requirements.lock"))
    except ValueError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    text = json.dumps(bill, ensure_ascii=False, indent=2) + "\n"
    if mistake := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        print(f"sbom: the bill is not valid: {mistake}", file=sys.stderr)
        return 1
    target = Path(words[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    print(f"{target}: {len(bill['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
