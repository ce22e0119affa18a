"""A corpus of any size out of a few texts: windows over their paragraphs, each another one, under the head of the text it is from.

    python -m benchmarks.corpus TEXTS OUT [--documents 1000] [--characters 2500]

Every document is a stretch of real text that none of the others is: it begins at another paragraph of another text, and two that begin at
the same one have another length. So the documents repeat each other's sentences as news and reports do, and no two are the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

from benchmarks.posseg import CORPUS, distinct

HEAD = 3  # paragraphs at the head of a text that each of its documents has: the title, who speaks, the day


def main() -> int:
    """Write the documents as text files; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--characters", type=int, default=2500)
    args = parser.parse_args()
    sizes = [len(text) for text in write(args.texts, args.out, args.documents, args.characters)]
    print(f"{len(sizes):,} documents, {sum(sizes):,} characters")
    return 0


def write(texts: Path, out: Path, number: int, characters: int) -> list[str]:
    """Write so many documents of about so many characters to the folder `out`; returns them. Raises SystemExit where there are no texts."""
    out.mkdir(parents=True, exist_ok=True)
    found = list(islice(documents([path.read_text("utf-8") for path in distinct([texts])], characters), number))
    if len(found) < number:
        raise SystemExit(f"{texts}: {len(found)} documents can be cut from these texts, not {number}")
    for place, text in enumerate(found):
        (out / f"{place:06}.txt").write_text(text, "utf-8", newline="")
    return found


def documents(texts: list[str], characters: int) -> Iterator[str]:
    """Documents of about so many characters, no two the same, from all texts in turn; they end where nothing new can be cut."""
    seen: set[str] = set()
    for more in count():
        before = len(seen)
        for start in count(HEAD):
            cuts = [_cut(text, start, characters + more * characters // 4) for text in texts]
            if not any(cuts):
                break
            for cut in filter(None, cuts):
                digest = sha256(cut.encode()).hexdigest()
                if digest not in seen:
                    seen.add(digest)
                    yield cut
        if len(seen) == before:
            return


def _cut(text: str, start: int, characters: int) -> str:
    """The head of a text and its paragraphs from `start` on, up to so many characters; "" where there is no such paragraph."""
    paragraphs = [line for line in text.splitlines(keepends=True) if line.strip()]
    if start >= len(paragraphs):
        return ""
    chosen = paragraphs[:HEAD]
    for paragraph in paragraphs[start:]:
        if sum(map(len, chosen)) >= characters:
            break
        chosen.append(paragraph)
    return "".join(chosen)


if __name__ == "__main__":
    sys.exit(main())
