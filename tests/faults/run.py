"""Kills a build at so many random moments and at each change of the disk around publishing. `python tests/faults/run.py [MOMENTS [SEED]]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from faults.building import Build


def main(words: list[str]) -> int:
    """Run, and print what did not hold. Returns 1 where something did not."""
    number, seed = (int(word) for word in (*words, "50", "1")[:2]) if len(words) != 1 else (int(words[0]), 1)
    with tempfile.TemporaryDirectory() as name:
        build = Build(Path(name) / "work", html=True, documents=3)
        moments = build.moments(number, seed)
        print(f"{len(moments)} moments of a build of {build.seconds:.1f} s, seed {seed}", flush=True)
        bad = killed = 0
        for moment in moments:
            wrong, was_killed = build.wrong(moment, thorough=False)
            killed += was_killed
            bad += bool(wrong)
            if wrong:
                print(f"FAIL {moment}: {wrong}", flush=True)
    print(f"{killed} runs were killed, {bad} did not hold")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
