"""Networks for Gephi, visone, R and the like: who said what about whom, who takes which side. Needs networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from onrecord.export.parts import library
from onrecord.export.words import clipped, joined, place_of, plain

Item = Mapping[str, Any]

_WORDS = 1000
_LAST_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')
_WEIGHT = {"supports": 1, "opposes": -1, "mixed": 0, "shifts": 0}


def network(record: Item) -> Any:
    """The record as a `networkx.MultiDiGraph`: actors and issues that have an edge, in the order of their ids.

    Edges, each keyed by the id of what it rests on: `said_about` from the actor who speaks to each whose name stands
    in what it says (not in what somebody else says within it); `stance` from an actor to an issue, with `sign` 1 for
    it, -1 against, 0 mixed or shifting; `part_of` between actors.

    Raises:
        OnRecordError: networkx is not installed.
    """
    graph = library("networkx", "export network", "onrecord[network]").MultiDiGraph()
    edges = [*_said_about(record), *_stances(record), *_parts(record)]
    linked = {end for start, end, _, _ in edges} | {start for start, _, _, _ in edges}
    for identifier, told in _nodes(record):
        if identifier in linked:
            graph.add_node(identifier, **told)
    for start, end, key, told in edges:
        graph.add_edge(start, end, key=key, id=key, **told)
    return graph


def graphml(record: Item) -> str:
    """The network as GraphML."""
    loaded = library("networkx", "export graphml", "onrecord[network]")
    file = BytesIO()
    loaded.write_graphml_xml(network(record), file)
    return file.getvalue().decode("utf-8") + "\n"


def gexf(record: Item) -> str:
    """The network as GEXF 1.2, without the day it was written on: the same record gives the same bytes."""
    loaded = library("networkx", "export gexf", "onrecord[network]")
    file = BytesIO()
    loaded.write_gexf(network(record), file, version="1.2draft")
    return _LAST_MODIFIED.sub(b"", file.getvalue(), count=1).decode("utf-8") + "\n"


def _nodes(record: Item) -> Iterator[tuple[str, dict[str, Any]]]:
    for actor in record["actors"]:
        yield (
            actor["id"],
            {
                "label": plain(actor["name"]),
                "kind": "actor",
                "type": actor["type"],
                "country": actor["country"] or "",
            },
        )
    for issue in record["issues"]:
        yield issue["id"], {"label": plain(issue["label"]), "kind": "issue", "type": "", "country": ""}


Edge = tuple[str, str, str, dict[str, Any]]


def _said_about(record: Item) -> Iterator[Edge]:
    known = {actor["id"] for actor in record["actors"]}
    names = {report["id"]: report["name"] for report in record["reports"]}
    about = _about(record)
    for statement in record["statements"]:
        speaker = statement["source"]["actor"]
        if speaker not in known or statement["attitude"] == "refusal-to-comment":
            continue
        told = {
            "relation": "said_about",
            "attitude": statement["attitude"],
            "basis": statement["source"]["basis"],
            "date": (statement["said"] or {}).get("value") or "",
            **_words(statement["content"], names),
        }
        for actor in about.get(statement["id"], ()):
            if actor in known and actor != speaker:
                yield speaker, actor, f"{statement['id']}>{actor}", told


def _about(record: Item) -> dict[str, list[str]]:
    """The actors named in each statement's content and in no statement within it, in the order of their names."""
    named: dict[str, list[str]] = {}
    mentions = _by_report(mention for mention in record["mentions"] if mention["actor"])
    statements = _by_report(one for one in record["statements"] if one["cue"] or one["source"]["basis"] != "report")
    for report, some in mentions.items():
        for mention, statement in _innermost(some, statements.get(report, [])):
            actors = named.setdefault(statement, [])
            if mention["actor"] not in actors:
                actors.append(mention["actor"])
    return named


def _innermost(mentions: Sequence[Item], statements: Sequence[Item]) -> Iterator[tuple[Item, str]]:
    """Each mention with the shortest content that holds it; one sweep over the text."""
    spans = [(span["start"], span["end"], one["id"]) for one in statements for span in one["content"]]
    waiting = sorted(spans, reverse=True)
    active: list[tuple[int, int, str]] = []
    for mention in mentions:
        while waiting and waiting[-1][0] <= mention["start"]:
            active.append(waiting.pop())
        active = [span for span in active if span[1] > mention["start"]]
        holding = [span for span in active if mention["end"] <= span[1]]
        if holding:
            yield mention, min(holding, key=lambda span: (span[1] - span[0], span[2]))[2]


def _by_report(items: Any) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item["report"], []).append(item)
    return found


def _stances(record: Item) -> Iterator[Edge]:
    names = {report["id"]: report["name"] for report in record["reports"]}
    for position in record["positions"]:
        told = {
            "relation": "stance",
            "stance": position["stance"],
            "sign": _WEIGHT[position["stance"]],
            "date": position["held"]["from"] or position["held"]["to"] or "",
            **_words(position["evidence"], names),
        }
        yield position["actor"], position["issue"], position["id"], told


def _parts(record: Item) -> Iterator[Edge]:
    known = {actor["id"] for actor in record["actors"]}
    for actor in record["actors"]:
        if actor["part_of"] in known:
            yield actor["id"], actor["part_of"], f"{actor['id']}:part_of", {"relation": "part_of"}


def _words(passages: Sequence[Item], names: Mapping[str, str]) -> dict[str, str]:
    return {"words": plain(clipped(joined(passages), _WORDS)), "stands_in": plain(place_of(passages, names))}
