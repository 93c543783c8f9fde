"""Fuzzes one target for a time: `python -m tests.fuzz reading --seconds 60`.

What breaks is written to the folder that is named, and the exit status is not 0. A run begins from the seeds of
`tests.fuzz.seeds`, and keeps what it learnt in the folder `--corpus` if one is named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.seeds import write_seeds

LONGEST = 20_000
"""Bytes of an input. Time for long ones is measured elsewhere; what breaks here should be small enough to read."""


def main() -> None:
    """Fuzzes; never returns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what a run has learnt")
    parser.add_argument("--found", type=Path, default=Path("build/fuzz"), help="where to write what breaks something")
    given = parser.parse_args()
    given.found.mkdir(parents=True, exist_ok=True)
    TARGETS[given.target](b"He said so.")  # what is loaded once should not count as slow
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(given.target, Path(folder))
        if given.corpus:
            given.corpus.mkdir(parents=True, exist_ok=True)
        folders = [*([str(given.corpus)] if given.corpus else []), folder]
        options = [
            f"-max_total_time={given.seconds}",
            f"-max_len={LONGEST}",
            f"-seed={given.seed}",
            f"-artifact_prefix={given.found}/{given.target}-",
            "-timeout=30",
            "-report_slow_units=30",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, *folders], TARGETS[given.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
