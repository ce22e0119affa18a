"""The licences that installed packages declare, as SPDX names."""

from __future__ import annotations

from importlib.metadata import metadata

# Declarations that are no SPDX expressions. A family is as much as some packages tell of theirs.
SPELLED = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",  # python-dateutil: its LICENSE tells which
    "ISC license": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
# Packages whose metadata names no licence, and what their LICENSE file is.
TOLD_BY_TEXT = {"atheris": "Apache-2.0"}
# What a work under the Apache License 2.0 may depend on without a word: notices to keep, and for MPL changes to its own files.
FREE = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-1.1",
        "MPL-2.0",
        "PSF-2.0",
        "Python-2.0",
        "W3C-20150513",
        "Zlib",
    ]
)


def declared(package: str) -> str:
    """The licence of an installed package: an SPDX expression, or its own words where they are none.

    Looked for where it may stand, in the order of the packaging standards: License-Expression, License, the classifiers. TOLD_BY_TEXT
    stands in for a package that has none of them.
    """
    told = metadata(package)
    if expression := told.get("License-Expression"):
        return expression
    line = (told.get("License") or "").strip()
    if line and "\n" not in line and line != "UNKNOWN" and not line.startswith("Copyright"):
        return SPELLED.get(line, line)
    last = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License :: ")]
    return " AND ".join(SPELLED.get(one, one) for one in last) or TOLD_BY_TEXT.get(package, "")


def free(expression: str) -> bool:
    """Whether one of the alternatives of an expression asks for nothing but what FREE names."""
    return any(set(one.strip("() ").split(" AND ")) <= FREE for one in expression.split(" OR "))
