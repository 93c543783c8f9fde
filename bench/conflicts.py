"""How many of the conflicts shown are conflicts: those of a year of reports, judged by reading their passages.

    python bench/conflicts.py --data ../shared/data [--sample 40] [--show]
    python bench/conflicts.py --record record.pickle [--show]

Shown are those labelled `disputed` or `conflict`; updates and differences of scope are counted beside them. Of more
than the sample, those are taken whose keys come first: a key is the hash of where and what the passages are, so the
same conflicts are met again after a rebuild. The judgements are in `conflicts-judged.jsonl`, without the passages,
which are their publishers'. A conflict that nobody has judged counts as wrong. Exits with 1 if under 80 % are right.

A judgement is `right` if both passages are about one thing and cannot both be so, or if two sources are told to differ
on it; how large the difference is does not matter.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from onrecord.model import Conflict, Record
from onrecord.story.conflicts import find_conflicts

STORY = Path("stories/iraq-2005/articles.jsonl.gz")
JUDGED = Path(__file__).with_name("conflicts-judged.jsonl")
SHOWN = ("disputed", "conflict")
FLOOR = 0.8


def key_of(conflict: Conflict, names: dict[str, str]) -> str:
    """What a judgement is found again by: report, offsets and hash of each passage."""
    passages = sorted((names[p.report], p.start, p.end, _hash(p.text)) for p in conflict.evidence)
    return _hash(json.dumps([conflict.kind, passages]))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judgements() -> dict[str, dict[str, Any]]:
    """Judgement by key."""
    lines = JUDGED.read_text("utf-8").splitlines()
    return {row["key"]: row for row in map(json.loads, lines)}


def record_of(data: Path) -> Record:
    """The record of the story, made from its reports."""
    from onrecord.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "story.jsonl"
        plain.write_bytes(gzip.decompress((data / STORY).read_bytes()))
        return build([plain])


def show(conflict: Conflict, key: str, names: dict[str, str]) -> None:
    """The conflict for reading and judging."""
    print(f"\n{key}  {conflict.kind}, {conflict.label}: {conflict.explanation}")
    for passage in conflict.evidence:
        print(f"    {names[passage.report]} {passage.start}-{passage.end}: {' '.join(passage.text.split())}")


def main() -> int:
    """The share of right ones on standard output; 1 if it is under the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of development data")
    parser.add_argument("--record", type=Path, help="a pickled record, instead of building it")
    parser.add_argument("--sample", type=int, default=40, help="how many are judged at most")
    parser.add_argument("--show", action="store_true", help="print the passages, for judging")
    chosen = parser.parse_args()
    record = pickle.loads(chosen.record.read_bytes()) if chosen.record else record_of(chosen.data)
    names = {notes.report.id: notes.report.name for notes in record.annotations}
    found = find_conflicts(record)
    shown = sorted(((key_of(c, names), c) for c in found if c.label in SHOWN), key=lambda one: one[0])[: chosen.sample]
    known = judgements()
    for key, conflict in shown:
        if chosen.show:
            show(conflict, key, names)
    right = sum(bool(known.get(key, {}).get("right")) for key, _ in shown)
    unjudged = sum(key not in known for key, _ in shown)
    print("found:", dict(sorted(Counter(f"{c.kind} {c.label}" for c in found).items())))
    print(f"judged: {len(shown) - unjudged} of {len(shown)}; right: {right}")
    return int(bool(shown) and right / len(shown) < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
