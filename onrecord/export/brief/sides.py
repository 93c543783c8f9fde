"""Who stands where, and who moved: positions on each issue, with their holder, who tells it and as of when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.export.brief.became import cause, cause_told
from onrecord.export.brief.choose import ISSUE, POSITION, weigh
from onrecord.export.brief.days import day, first_day
from onrecord.export.brief.disputes import in_sentence
from onrecord.export.brief.document import Group, Item, Line, Piece, Run, Section, capital, section, soft, strong
from onrecord.export.brief.reading import Reading, clipped, grouped, plain_name, shortened

STANCES = {"shifts": "◆ shifts", "supports": "▲ for", "opposes": "▼ against", "mixed": "◇ mixed"}
"""Each stance with its shape, in the order of the brief: who moved comes first."""
_WORDS = 160
_LABEL = 110
_MOST = 10
"""Holders on one issue, where it is the only one and has the room of several."""
_MORE = 3
"""Further passages shown for a position that is told more than once."""


def sides(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """The issues on which most is told, with the holders that weigh most on each."""
    by_issue = grouped(reading.record["positions"], lambda one: one["issue"])
    labels = {issue["id"]: issue["label"] for issue in reading.record["issues"]}
    known = [issue for issue in by_issue if issue in labels]
    known.sort(key=lambda issue: (-weigh(ISSUE, by_issue[issue], reading), labels[issue]))
    chosen = known[: room["issues"]]
    most = min(_MOST, room["sides"] * room["issues"] // max(1, len(chosen)))
    shown = {issue: _shown(by_issue[issue], reading, max(most, room["sides"])) for issue in chosen}
    groups = [
        Group(clipped(capital(labels[issue]), _LABEL), tuple(_holder(told, reading) for told in shown[issue]))
        for issue in chosen
    ]
    told_of = {one["id"] for holders in shown.values() for told in holders for one in told}
    groups.append(Group("Other changes of position", tuple(_other_moves(told_of, reading))[: room["sides"]]))
    note = f"{len(chosen)} of {len(known)} issues, chosen by weight." if len(chosen) < len(known) else ""
    yield from section("sides", "Who stands where, and who moved", groups, note)


def _shown(positions: Sequence[Item], reading: Reading, most: int) -> list[list[Item]]:
    """The tellings of each holder and stance: those that weigh most, in the order of stances, the latest first."""
    held = grouped(positions, lambda one: f"{one['actor']} {one['stance']}")
    ranked = sorted(held.values(), key=lambda told: (told[0]["stance"] != "shifts", -weigh(POSITION, told, reading)))
    ranked = ranked[:most]
    ranked.sort(key=lambda told: first_day(reading.report[told[0]["report"]]["date"]), reverse=True)
    return sorted(ranked, key=lambda told: list(STANCES).index(told[0]["stance"]))


def _holder(told: Sequence[Item], reading: Reading) -> Line:
    latest = max(told, key=lambda one: (_as_of(one, reading), -one["evidence"][0]["start"]))
    actor = reading.actor.get(latest["actor"])
    words = " … ".join(span["text"] for span in latest["evidence"])
    pieces: list[Piece] = [strong(capital(shortened(plain_name(actor)) if actor else "holder not known") + ":")]
    pieces += [Run(clipped(words, _WORDS), "verbatim"), reading.evidence(latest["evidence"])]
    pieces += [soft(f"· {_held(latest, reading)} ·"), *reading.told(latest["statement"])]
    others = [one["evidence"][0] for one in told if one is not latest][:_MORE]
    if others:
        pieces += [soft("· also"), reading.evidence(others)]
    pieces += reading.decided(*(one["id"] for one in told), latest["statement"])
    return Line(STANCES[latest["stance"]], tuple(pieces), tuple(_moves(told, reading)))


def _as_of(position: Item, reading: Reading) -> str:
    return position["held"]["from"] or first_day(reading.report[position["report"]]["date"])


def _held(position: Item, reading: Reading) -> str:
    """When it is held, as far as that is told; what else the words say of it."""
    start, end = position["held"]["from"], position["held"]["to"]
    if start and end and start != end:
        when = f"from {day(start)} to {day(end)}"
    elif start or end:
        when = f"from {day(start)}" if start else f"until {day(end)}"
    else:
        date = reading.date_of(reading.report[position["report"]])
        when = "undated" if date == "no date" else f"as of {date}"
    return f"{when}, {position['note']}" if position["note"] else when


def _moves(told: Sequence[Item], reading: Reading) -> Iterator[Line]:
    """The changes that lead to this position; of one that the same words tell, the cause alone."""
    ids = {one["id"] for one in told}
    words = [span for one in told for span in one["evidence"]]
    for change in reading.record["changes"]:
        if change["kind"] == "position" and change["after"] in ids:
            if any(span not in words for span in change["evidence"]):
                yield move_line(change, reading)
            elif change["cause"]:
                yield Line("because of", tuple(cause_told(change["cause"], reading)))


def _other_moves(told: set[str], reading: Reading) -> Iterator[Line]:
    for change in reading.record["changes"]:
        if change["kind"] == "position" and change["after"] not in told:
            yield move_line(change, reading)


def move_line(change: Item, reading: Reading) -> Line:
    """A change of position: what it was and is where both are known, else the words that tell it."""
    passage = change["evidence"][-1]
    if change["before"] and change["after"]:
        words = Run(clipped(change["explanation"], _WORDS))
    else:
        words = Run(clipped(in_sentence(passage, reading, _WORDS), _WORDS), "verbatim")
    pieces: list[Piece] = [words, reading.evidence(change["evidence"]), soft("·")]
    return Line("moved", (*pieces, *reading.told(reading.teller_of(passage)), *cause(change, reading)))
