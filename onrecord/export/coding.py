"""Positions in the columns of the event list of Discourse Network Analyzer (github.com/leifeld/dna).

Its variables are those of its statement type "DNA Statement": person, organization, concept, agreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.export.columns import Value
from onrecord.export.tables import csv_text
from onrecord.export.words import joined

Item = Mapping[str, Any]

COLUMNS = (
    *("statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"),
    *("person", "organization", "concept", "agreement"),
    *("onrecord id", "onrecord place"),
)
_AGREEMENT = {"supports": 1, "opposes": 0}


def dna(record: Item) -> str:
    """A line a position, semicolons between the fields, as DNA writes them; the last two columns are ours.

    `agreement` is 1 for and 0 against; a position that is mixed or shifts is neither, and left out.
    """
    return csv_text(COLUMNS, list(_rows(record)), ";")


def _rows(record: Item) -> Iterator[tuple[Value, ...]]:
    reports = {report["id"]: (number, report) for number, report in enumerate(record["reports"], 1)}
    actors = {actor["id"]: actor for actor in record["actors"]}
    issues = {issue["id"]: issue["label"] for issue in record["issues"]}
    told = [position for position in record["positions"] if position["stance"] in _AGREEMENT]
    for number, position in enumerate(told, 1):
        document, report = reports[position["report"]]
        yield (
            number,
            _time(report),
            document,
            report["title"] or report["name"],
            "",
            report["publisher"] or report["lineage"]["agency"] or "",
            "",
            report["lineage"]["relation"],
            joined(position["evidence"]),
            *_holder(actors.get(position["actor"]), actors),
            issues.get(position["issue"], position["issue"]),
            _AGREEMENT[position["stance"]],
            position["id"],
            f"{report['name']} {_place(position)}",
        )


def _time(report: Item) -> str:
    """The first day the report may be of, at midnight: DNA knows no uncertain dates. Empty where it has none."""
    return f"{report['date']['earliest']} 00:00:00" if report["date"]["earliest"] else ""


def _holder(actor: Item | None, actors: Mapping[str, Item]) -> tuple[str, str]:
    """Person and organization; of a person the organization it speaks or acts for, where the reports tell."""
    if actor is None:
        return "", ""
    if actor["type"] not in ("person", "role"):
        return "", actor["name"]
    offices = [role["of"] for role in actor["roles"] if role["of"]]
    home = next((one for one in (actor["part_of"], *offices) if one in actors), None)
    return actor["name"], actors[home]["name"] if home else ""


def _place(position: Item) -> str:
    return ",".join(f"{one['start']}-{one['end']}" for one in position["evidence"])
