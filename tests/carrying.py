"""How far the rules of promises, positions and conflicts carry to reports they have not seen.

    python -m tests.carrying [NAME ...] [--half worked] [--missing]

The cases in `tests/cases/carried_*.jsonl` are short reports on many subjects, written before the rules were changed,
with what a careful reader takes from them. Every other one was looked at while rules were changed (`worked`); of the
rest (`measured`) only the share was. What must be absent counts as one case each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.annotate.annotator import Annotator
from onrecord.dates import Date
from onrecord.export.json import record_as_dict
from onrecord.pipeline import compare
from onrecord.read.source import read_text
from tests.stories.scoring import SHOWN, Story, shared

Item = dict[str, Any]
CASES = Path(__file__).with_name("cases")
NAMES = (
    "promises",
    "bound",
    "histories",
    "steps",
    "delays",
    "positions",
    "conflicts",
    "stances",
    "disputes",
    "contradictions",
    "plain_promises",
    "plain_positions",
    "plain_steps",
    "plain_followups",
)
HALVES = ("worked", "measured")
_LEAST = 4
"""Letters of the words wanted that evidence must hold."""
_TURNED = {"supports": "opposes", "opposes": "supports", "shifts": "shifts"}


@cache
def _annotator() -> Annotator:
    return Annotator(1)


def cases(name: str, half: str) -> list[Item]:
    """The cases of one kind and half."""
    lines = (CASES / f"carried_{name}.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["half"] == half]


def story_of(case: Item) -> Story:
    """The record of the reports of a case."""
    annotator = _annotator()
    annotated = []
    for number, one in enumerate(case["reports"]):
        day = Date.of(one["published"], "declared")
        report = read_text(one["text"], str(number), published=one["published"])
        annotated.append(annotator.annotate(report, day))
    return Story(json.loads(json.dumps(record_as_dict(compare(annotated, annotator)))), {})


def results(name: str, half: str) -> Iterator[tuple[bool, str]]:
    """Of each thing that is expected, or must be absent: whether it is as it should be, and its words."""
    for case in cases(name, half):
        yield from _TESTS[name](story_of(case), case)


def _holds(story: Story, evidence: Any, report: int, words: str) -> bool:
    return shared(story.spans(evidence), [story.find(str(report), words)]) > min(_LEAST, len(words) - 1)


def _promises(story: Story, case: Item) -> Iterator[tuple[bool, str]]:
    def kept(one: Item, wanted: Item) -> bool:
        span = story.find("0", wanted["words"])
        due = one["due"] or one["not_before"] or {}
        timed = wanted["due"] is None or wanted["due"] in (due.get("value"), due.get("latest"))
        bound = any(story.called(actor, wanted["parties"]) for actor in one["parties"])
        return shared(story.spans(one["evidence"]), [span]) * 2 >= span[2] - span[1] and timed and bound

    found = story.record["commitments"]
    for wanted in case["promises"]:
        yield any(kept(one, wanted) for one in found), wanted["words"]
    for words in case["absent"]:
        yield not any(_holds(story, one["evidence"], 0, words) for one in found), f"absent: {words}"


def _histories(story: Story, case: Item) -> Iterator[tuple[bool, str]]:
    steps = [step for one in story.record["commitments"] for step in one["history"]]

    def told(wanted: Item) -> bool:
        mine = (step for step in steps if step["status"] in wanted["status"])
        return any(_holds(story, step["evidence"], wanted["report"], wanted["words"]) for step in mine)

    for wanted in case["steps"]:
        yield told(wanted), f"{case['what']}: {wanted['status']} {wanted['words']}"
    for wanted in case["absent"]:
        yield not told(wanted), f"{case['what']}: absent {wanted['words']}"


def _delays(story: Story, case: Item) -> Iterator[tuple[bool, str]]:
    """Deadlines told to be moved, with the cause, or with none where none is told."""
    found = [one for one in story.record["changes"] if one["kind"] == "deadline"]

    def moved(wanted: Item) -> list[Item]:
        return [one for one in found if _holds(story, one["evidence"], wanted["report"], wanted["words"])]

    for wanted in case["changes"]:
        causes = [(one["cause"] or {}).get("text", "") for one in moved(wanted)]
        yield any(wanted["cause"] in cause if wanted["cause"] else not cause for cause in causes), case["what"]
    for wanted in case["absent"]:
        yield not moved(wanted), f"{case['what']}: absent {wanted['words']}"


def _positions(story: Story, case: Item) -> Iterator[tuple[bool, str]]:
    found = story.record["positions"]

    def held(wanted: Item, issue: str, turned: bool) -> bool:
        return any(
            one["issue"] == issue
            and _holds(story, one["evidence"], wanted.get("report", 0), wanted["words"])
            and (_TURNED[one["stance"]] if turned else one["stance"]) == wanted["stance"]
            and story.called(one["actor"], wanted["actor"])
            for one in found
        )

    issues = sorted({one["issue"] for one in found})
    wanted = case["positions"]
    got: set[int] = set()
    for issue in issues:
        ways = [{i for i, one in enumerate(wanted) if held(one, issue, turned)} for turned in (False, True)]
        got |= max(ways, key=len)
    for index, one in enumerate(wanted):
        yield index in got, f"{one['actor'][0]} {one['stance']}: {one['words']}"
    for words in case["absent"]:
        yield not any(_holds(story, one["evidence"], 0, words) for one in found), f"absent: {words}"


def _conflicts(story: Story, case: Item) -> Iterator[tuple[bool, str]]:
    shown = [one for one in story.record["conflicts"] if one["label"] in SHOWN]

    def met(pair: list[Item]) -> bool:
        return any(all(_holds(story, one["evidence"], p["report"], p["words"]) for p in pair) for one in shown)

    for pair in case["conflicts"]:
        yield met(pair), " / ".join(p["words"] for p in pair)
    for pair in case["absent"]:
        yield not met(pair), "absent: " + " / ".join(p["words"] for p in pair)


_TESTS: dict[str, Callable[[Story, Item], Iterator[tuple[bool, str]]]] = {
    "promises": _promises,
    "bound": _promises,
    "histories": _histories,
    "steps": _histories,
    "delays": _delays,
    "positions": _positions,
    "conflicts": _conflicts,
    "stances": _positions,
    "disputes": _conflicts,
    "contradictions": _conflicts,
    "expressions": _positions,
    "plain_promises": _promises,
    "plain_positions": _positions,
    "plain_steps": _histories,
    "plain_followups": _histories,
}


def main() -> None:
    """A line a kind and half, on standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--missing", action="store_true", help="name what is not as it should be")
    chosen = parser.parse_args()
    for name in chosen.names:
        for half in HALVES if chosen.half is None else (chosen.half,):
            told = list(results(name, half))
            right = sum(good for good, _ in told)
            sys.stdout.write(f"{name:15} {half:9} {right:3} of {len(told):3}  {right / max(1, len(told)):6.1%}\n")
            if chosen.missing:
                sys.stdout.write("".join(f"      - {words}\n" for good, words in told if not good))


if __name__ == "__main__":
    main()
