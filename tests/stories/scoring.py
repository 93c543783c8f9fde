"""How much of a story's expected record stands in the record that was built of it, list by list.

An expected record is `expected.toml` beside the reports. What it expects is named by words of a report, the report by
the first letters of its file's name; " … " in the words leaves out what lies between. Nothing of onrecord is used here,
so that the scores cannot share a fault with what is scored.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Item = dict[str, Any]
Span = tuple[str, int, int]
"""The name of a report, and where in its text."""

FOLDER = Path(__file__).parent
NAMES = ("airliner", "strike", "recount", "truce", "flood", "spyware", "bank", "federation", "herd")
HELD_BACK = ("herd",)
"""No rule is mended by it, so that its scores tell how well a new story is read."""

ELISION = " … "
LISTS = ("statements", "events", "positions", "commitments", "figures", "changes", "conflicts")
SHOWN = ("disputed", "conflict")
_TURNED = {"supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the scores: how many are expected, and what is missing, in words."""

    name: str
    expected: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part that is there, 0 to 1."""
        return 1 - len(self.missing) / self.expected if self.expected else 1.0


class Story:
    """A record beside what is expected of it."""

    def __init__(self, record: Item, expected: Item) -> None:
        self.record, self.expected = record, expected
        self._texts = {report["name"].split("/")[-1]: report["text"] for report in record["reports"]}
        self._names = {report["id"]: report["name"].split("/")[-1] for report in record["reports"]}
        self._actors = {actor["id"]: actor for actor in record["actors"]}

    def report(self, start: str) -> Item:
        """The report whose name starts so."""
        return next(one for one in self.record["reports"] if self._names[one["id"]].startswith(start))

    def find(self, report: str, words: str) -> Span:
        """Where the words stand.

        Raises:
            ValueError: the report does not hold them.
        """
        name = next(name for name in self._texts if name.startswith(report))
        first, _, last = words.partition(ELISION)
        start = self._texts[name].index(first)
        end = self._texts[name].index(last, start) + len(last) if last else start + len(first)
        return name, start, end

    def spans(self, passages: Item | list[Item] | None) -> list[Span]:
        """Passages of the record."""
        listed = [passages] if isinstance(passages, dict) else passages or []
        return [(self._names[one["report"]], one["start"], one["end"]) for one in listed]

    def touches(self, item: Item, wanted: Span) -> bool:
        """Whether the item's evidence holds at least half of the wanted words."""
        return shared(self.spans(item["evidence"]), [wanted]) * 2 >= wanted[2] - wanted[1]

    def called(self, actor: str | None, accepted: Iterable[str]) -> bool:
        """Whether an actor goes by one of the names."""
        known = self._actors.get(actor or "")
        names = [plain(name) for name in (known["name"], *known["aliases"])] if known else []
        wanted = [plain(name) for name in accepted]
        return any(one == name or (len(one) > 3 and one in name) for one in wanted for name in names)


def shared(some: list[Span], others: list[Span]) -> int:
    """Characters in both."""
    return sum(max(0, min(a[2], b[2]) - max(a[1], b[1])) for a in some for b in others if a[0] == b[0])


def likeness(some: list[Span], others: list[Span]) -> float:
    """Dice's coefficient over characters."""
    length = sum(end - start for _, start, end in (*some, *others))
    return 2 * shared(some, others) / length if length else 0.0


def plain(name: str) -> str:
    """A name without article, case and dots."""
    return re.sub(r"^(the|an?) ", "", name.lower().replace("’", "'")).replace(".", "").strip()


def within(date: Item | None, accepted: Iterable[str]) -> bool:
    """Whether a date is one of those accepted, or a finer one inside."""
    value = (date or {}).get("value") or ""
    return any(value == one or bool(one and value.startswith(one)) for one in accepted)


def scores(story: Story) -> list[Row]:
    """One row a list of the expected record, those of a statement's parts apart."""
    return [row for part in _PARTS for row in part(story)]


# -- reports


def _dates(story: Story) -> Iterator[Row]:
    def good(wanted: Item) -> bool:
        date = story.report(wanted["report"])["date"] or {}
        if "value" in wanted:
            return bool(date.get("value") == wanted["value"] and date["status"] == wanted["status"])
        first, last = wanted["within"]
        return bool(date.get("status") == wanted["status"] and first <= date["earliest"] and date["latest"] <= last)

    yield _row("report dates", story.expected["dates"], good)


def _origins(story: Story) -> Iterator[Row]:
    def good(group: list[str]) -> bool:
        return len({story.report(name)["lineage"]["origin"] for name in group}) == 1

    yield _row("shared origins", story.expected["origins"], good)


def _findings(story: Story) -> Iterator[Row]:
    def good(wanted: Item) -> bool:
        report = story.report(wanted["report"])["id"]
        mine = [one for one in story.record["findings"] if one["report"] == report and one["kind"] == wanted["kind"]]
        if "words" not in wanted:
            return bool(mine)
        span = story.find(wanted["report"], wanted["words"])
        return any(shared(story.spans(one["evidence"]), [span]) for one in mine)

    yield _row("findings", story.expected["findings"], good)


# -- statements


def _statements(story: Story) -> Iterator[Row]:
    expected, found = story.expected["statements"], story.record["statements"]
    wanted = [[story.find(one["report"], one["content"])] for one in expected]
    partner = _paired([story.spans(one["content"]) for one in found], wanted)

    def told(index: int, test: Callable[[Item, Item], bool]) -> bool:
        return index in partner and test(found[partner[index]], expected[index])

    def sourced(one: Item, wanted: Item) -> bool:
        source = story.spans(one["source"]["span"])
        report = wanted["report"]
        return any(likeness(source, [span]) >= 0.5 for span in _everywhere(story, report, wanted["source"]))

    tests: dict[str, Callable[[Item, Item], bool]] = {
        "content": lambda _one, _wanted: True,
        "source": sourced,
        "basis": lambda one, wanted: one["source"]["basis"] == wanted["basis"],
        "attitude": lambda one, wanted: wanted.get("attitude") in (None, one["attitude"]),
    }
    for name, test in tests.items():
        missing = tuple(_words(one) for index, one in enumerate(expected) if not told(index, test))
        yield Row(f"statements: {name}", len(expected), missing)
    copies = {story.report(name)["id"] for group in story.expected["origins"] for name in group[1:]}
    spoken = [i for i, one in enumerate(found) if one["source"]["basis"] != "report" and one["report"] not in copies]
    taken = set(partner.values())
    spurious = tuple(
        found[index]["content"][0]["text"]
        for index in spoken
        if index not in taken and max(likeness(story.spans(found[index]["content"]), one) for one in wanted) < 0.2
    )
    yield Row("statements: not spurious", len(spoken), spurious)


def _everywhere(story: Story, report: str, words: str) -> list[Span]:
    """All places of the words in the report: a name stands in many."""
    name, start, _ = story.find(report, words)
    text = story.report(report)["text"]
    return [(name, hit.start(), hit.end()) for hit in re.finditer(re.escape(words), text)] if start >= 0 else []


def _paired(found: list[list[Span]], wanted: list[list[Span]]) -> dict[int, int]:
    """By wanted one: the found one that is its nearest, one to one, closest first."""
    values = [(likeness(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(wanted)]
    partner: dict[int, int] = {}
    used: set[int] = set()
    for value, i, j in sorted(values, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if value >= 0.5 and i not in used and j not in partner:
            partner[j] = i
            used.add(i)
    return partner


# -- claims


def _events(story: Story) -> Iterator[Row]:
    def good(wanted: Item, one: Item) -> bool:
        dated = "date" not in wanted or within(one["date"], wanted["date"])
        return dated and one["factuality"] in wanted["factuality"]

    yield _claims(story, "events", good, touch=_overlaps)


def _commitments(story: Story) -> Iterator[Row]:
    def timed(wanted: Item, one: Item) -> bool:
        due = "due" not in wanted or within(one["due"], wanted["due"]) or (not one["due"] and "" in wanted["due"])
        return due and ("not_before" not in wanted or within(one["not_before"], wanted["not_before"]))

    def bound(wanted: Item, one: Item) -> bool:
        parties = wanted["parties"]
        return not parties or any(story.called(actor, parties) for actor in one["parties"])

    yield _claims(story, "commitments", timed)
    found = story.record["commitments"]
    expected = story.expected["commitments"]
    missing = [w for w in expected if not any(_touch(story, w, one) and bound(w, one) for one in found)]
    yield Row("commitments: parties", len(expected), tuple(map(_words, missing)))

    def stepped(wanted: Item) -> bool:
        span = story.find(wanted["report"], wanted["words"])
        steps = [step for one in found for step in one["history"] if step["status"] in wanted["status"]]
        return any(shared(story.spans(step["evidence"]), [span]) > 8 for step in steps)

    yield _row("commitments: history", story.expected["history"], stepped)


def _positions(story: Story) -> Iterator[Row]:
    """A stance is relative to its issue, and "keep" is "leave" turned round: each issue is read in the better sense."""
    expected, found = story.expected["positions"], story.record["positions"]
    matched: set[int] = set()
    for issue in sorted({one["issue"] for one in found}):
        mine = [one for one in found if one["issue"] == issue]
        matched |= max((_held(story, mine, expected, turned) for turned in (False, True)), key=len)
    missing = tuple(_words(one) for index, one in enumerate(expected) if index not in matched)
    yield Row("positions: actor and stance", len(expected), missing)


def _held(story: Story, found: list[Item], expected: list[Item], turned: bool) -> set[int]:
    def stance(one: Item) -> str:
        told = str(one["stance"])
        return _TURNED.get(told, told) if turned else told

    return {
        index
        for index, wanted in enumerate(expected)
        for one in found
        if _touch(story, wanted, one)
        and stance(one) == wanted["stance"]
        and story.called(one["actor"], wanted["actor"])
    }


def _figures(story: Story) -> Iterator[Row]:
    def good(wanted: Item, one: Item) -> bool:
        dated = "date" not in wanted or within(one["date"], wanted["date"])
        return one["value"] == wanted["value"] and one["bound"] == wanted["bound"] and dated

    yield _claims(story, "figures", good, touch=_overlaps)


# -- what follows


def _changes(story: Story) -> Iterator[Row]:
    found, expected = story.record["changes"], story.expected["changes"]

    def fits(wanted: Item) -> list[Item]:
        spans = [story.find(report, words) for report, words in wanted["words"]]
        same = [one for one in found if one["kind"] == wanted["kind"]]
        return [one for one in same if all(shared(story.spans(one["evidence"]), [span]) > 8 for span in spans)]

    def caused(wanted: Item) -> bool:
        span = story.find(wanted["words"][0][0], wanted["cause"])
        return any(shared(story.spans(one["cause"]), [span]) > 8 for one in fits(wanted))

    yield _row("changes", expected, lambda wanted: bool(fits(wanted)))
    yield _row("changes: cause", [one for one in expected if "cause" in one], caused)


def _conflicts(story: Story) -> Iterator[Row]:
    def good(wanted: Item) -> bool:
        spans = [story.find(report, words) for report, words in wanted["words"]]
        shown = [one for one in story.record["conflicts"] if one["label"] in wanted["label"]]
        return any(all(shared(story.spans(one["evidence"]), [span]) > 4 for span in spans) for one in shown)

    yield _row("conflicts", story.expected["conflicts"], good)


def _actors(story: Story) -> Iterator[Row]:
    def good(forms: list[str]) -> bool:
        owners = [
            {
                actor["id"]
                for actor in story.record["actors"]
                if plain(form) in map(plain, (actor["name"], *actor["aliases"]))
            }
            for form in forms
        ]
        return bool(set.intersection(*owners)) and all(len(one) == 1 for one in owners)

    yield _row("actors: one each", story.expected["same_actor"], good)


def _absent(story: Story) -> Iterator[Row]:
    def good(wanted: Item) -> bool:
        spans = [story.find(report, words) for report, words in wanted["words"]]
        listed = story.record[wanted["list"]]
        shown = [one for one in listed if wanted["list"] != "conflicts" or one["label"] in SHOWN]
        return not any(all(shared(story.spans(one["evidence"]), [span]) > 8 for span in spans) for one in shown)

    yield _row("absent", story.expected["absent"], good)


def _verbatim(story: Story) -> Iterator[Row]:
    texts = {report["id"]: report["text"] for report in story.record["reports"]}
    items = [one for kind in LISTS for one in story.record[kind]]

    def good(one: Item) -> bool:
        passages = one["evidence"]
        return bool(passages) and all(texts[p["report"]][p["start"] : p["end"]] == p["text"] for p in passages)

    yield Row("evidence is verbatim", len(items), tuple(one["id"] for one in items if not good(one)))


# -- rows


def _claims(story: Story, kind: str, good: Callable[[Item, Item], bool], touch: Any = None) -> Row:
    touched = touch or _touch
    found = story.record[kind]
    return _row(kind, story.expected[kind], lambda w: any(touched(story, w, one) and good(w, one) for one in found))


def _touch(story: Story, wanted: Item, one: Item) -> bool:
    return story.touches(one, story.find(wanted["report"], wanted["words"]))


def _overlaps(story: Story, wanted: Item, one: Item) -> bool:
    """Some of the words: the evidence of a number or a trigger is short."""
    span = story.find(wanted["report"], wanted["words"])
    return shared(story.spans(one["evidence"]), [span]) >= min(6, (span[2] - span[1]) // 2)


def _row(name: str, expected: list[Any], good: Callable[[Any], bool]) -> Row:
    return Row(name, len(expected), tuple(_words(one) for one in expected if not good(one)))


def _words(wanted: Any) -> str:
    """What is wanted, for reading."""
    if not isinstance(wanted, dict):
        return str(wanted)
    told = wanted.get("words", wanted.get("content", ""))
    return " ".join(str(part) for part in (wanted.get("report", ""), wanted.get("kind", ""), told) if part)


_PARTS: tuple[Callable[[Story], Iterator[Row]], ...] = (
    _dates,
    _origins,
    _findings,
    _statements,
    _events,
    _commitments,
    _positions,
    _figures,
    _changes,
    _conflicts,
    _actors,
    _absent,
    _verbatim,
)


def expected_of(name: str) -> Item:
    """What is expected of the story of this name."""
    return tomllib.loads((FOLDER / name / "expected.toml").read_text("utf-8"))
