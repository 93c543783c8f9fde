"""A case filled bit by bit against one filled at once, and what one more report costs.

    python bench/cases.py --data ../shared/data [--reports 344] [--batches 10] [--folder DIR] [--seconds 0]

The reports are those of stories/iraq-2005. They are added in batches to one case and all together to another; then
the two records are compared byte for byte. Then all is compared anew, and one more report is added, and another, each
in a process of its own. Both cases stay in `--folder`, and with `--seconds` the run ends after about as long: the same
command goes on from there, for a machine that is shared. Times are processor seconds, loading included.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.growth import ran
from onrecord.case.store import Store
from onrecord.casebook import open_case
from onrecord.export.json import as_text


def main() -> None:
    asked = _asked()
    began = time.monotonic()
    asked.folder.mkdir(parents=True, exist_ok=True)
    lines = _lines(asked.data)[: asked.reports]
    bit_by_bit, at_once = asked.folder / "batches.case", asked.folder / "once.case"
    for number, batch in enumerate(_batches(lines, asked.batches), 1):
        _timed(f"batch {number}", bit_by_bit, _written(asked.folder / f"batch-{number}.jsonl", batch))
        _end_if_late(began, asked.seconds)
    # Without comparing, so that it can be gone on with; the comparing itself is done once.
    for number, batch in enumerate(_batches(lines, asked.batches), 1):
        _timed(f"read {number}", at_once, _written(asked.folder / f"batch-{number}.jsonl", batch), later=True)
        _end_if_late(began, asked.seconds)
    digests = [_digest(path) for path in (bit_by_bit, at_once)]
    print(f"{len(lines)} reports in {asked.batches} batches equal one build: {digests[0] == digests[1]}")
    _compare_anew(bit_by_bit)
    for name, more in _MORE.items():
        source = _written(asked.folder / f"{more['id']}.jsonl", [json.dumps(more)])
        _by_itself(name, ("add", str(bit_by_bit), str(source), "--threads", "1"))
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    sys.exit(digests[0] != digests[1])


_ONE_MORE = {
    "id": "one-more",
    "published": "2005-12-31",
    "text": "LONDON - The foreign secretary said on Friday that the last engineers would leave the base at Shaiba by "
    "June. A ministry official, who asked not to be named, said that 300 of them had been flown home already.",
}
_MORE = {
    "one more report": _ONE_MORE,
    "of a paper it has": {**_ONE_MORE, "id": "another", "publisher": "The Guardian"},
}
"""A report from elsewhere, and one of the paper that the others are of: they tell where its places are."""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--reports", type=int, default=344)
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--folder", type=Path, default=Path("build/cases"))
    parser.add_argument("--seconds", type=float, default=0.0)
    return parser.parse_args()


def _lines(data: Path) -> list[str]:
    with gzip.open(data / "stories" / "iraq-2005" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return file.readlines()


def _batches(lines: list[str], count: int) -> list[list[str]]:
    """As equal as can be."""
    return [lines[number * len(lines) // count : (number + 1) * len(lines) // count] for number in range(count)]


def _written(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _timed(name: str, case: Path, source: Path, later: bool = False) -> None:
    wall, processor = time.monotonic(), time.process_time()
    with open_case(case, create=True, threads=1) as opened:
        added = opened.add([source], later=later)
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    if added.new:
        print(f"{name:18} {added.new:4} new  {processor:7.1f} s processor  {wall:7.1f} s wall", flush=True)


def _compare_anew(case: Path) -> None:
    """Forgets all that is remembered of single reports, and compares all: what a report more is to be held against."""
    with Store(str(case)) as store, store.writer() as writer:
        writer.replace_memory(frozenset(), {})
        writer.keep("behind", "yes")
    _by_itself("all compared anew", ("search", str(case), "base"))


def _by_itself(name: str, command: Sequence[str]) -> None:
    """A command in a process of its own."""
    seconds, _ = ran(command)
    print(f"{name:28} {seconds:7.1f} s processor", flush=True)


def _digest(case: Path) -> str:
    with open_case(case, threads=1) as opened:
        return hashlib.sha256(as_text(opened.record()).encode("utf-8", "surrogatepass")).hexdigest()


def _end_if_late(began: float, seconds: float) -> None:
    if seconds and time.monotonic() - began > seconds:
        print("to be gone on with: run the same command again", flush=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
