"""Files that would tell when they were made: without that, so that the same graph gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def take_out_clock(path: Path) -> None:
    """Write an Office document again with a fixed time on it and on each of its parts."""
    aside = path.with_name(f"{path.name}.timeless")
    with ZipFile(path) as old, ZipFile(aside, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _WHEN.sub(rb"\g<1>2000-01-01T00:00:00Z\2", data)
            part = ZipInfo(name)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, data)
    aside.replace(path)
