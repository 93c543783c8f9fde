"""The record as tables: which columns each list has, where their values stand, and their type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.export.decided import decisions_by_object, in_words
from onrecord.export.words import encodable

Item = Mapping[str, Any]
Kind = Literal["text", "whole", "number"]
Value = str | int | float | None

_BETWEEN = " | "
"""Between the members of a list that stands in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the path of its value in the object, and the type of its values.

    In a path, `*` stands for each member of a list; the last part `words` for the words of a passage or of several.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the record: a row an object."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def _columns(written: str) -> tuple[Column, ...]:
    """Columns written as `name=path:kind`; the path may be left out where it is the name, the kind where it is text."""
    return tuple(_column(one) for one in written.split())


def _column(written: str) -> Column:
    named, _, kind = written.partition(":")
    name, _, path = named.partition("=")
    return Column(name, tuple((path or name).split(".")), kind or "text")  # type: ignore[arg-type]


_DATE = "date=date.value earliest=date.earliest latest=date.latest date_rule=date.rule"
_CLAIM = "id report statement words=evidence.words start=evidence.start:whole end=evidence.end:whole"

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    name: _columns(written)
    for name, written in {
        "reports": f"id name sha256 title publisher dateline=dateline.text declared_date {_DATE}"
        " date_status=date.status origin=lineage.origin relation=lineage.relation copy_of=lineage.of"
        " agency=lineage.agency text",
        "times": "id report start:whole end:whole text type value earliest latest rule anchor",
        "mentions": "id report start:whole end:whole text type actor place",
        "actors": "id name type country part_of aliases=aliases.*",
        "places": "id name country lat:number lon:number precision gazetteer aliases=aliases.* candidates=candidates.*",
        "statements": "id report source=source.span.words actor=source.actor basis=source.basis"
        " reason=source.reason.words sources=source.count cue=cue.words content=content.words attitude directness"
        " within said=said.value said_earliest=said.earliest said_latest=said.latest"
        " start=evidence.start:whole end=evidence.end:whole",
        "events": f"{_CLAIM} trigger=trigger.words type mode actors=actors.* recipients=recipients.* place"
        f" {_DATE} factuality same_as because",
        "issues": "id label for=for.* against=against.*",
        "positions": f"{_CLAIM} actor issue stance held_from=held.from held_to=held.to note",
        "commitments": f"{_CLAIM} parties=parties.* to=to.* action=action.words quantity=quantity.value:number"
        " unit=quantity.unit places=places.* due=due.value due_earliest=due.earliest due_latest=due.latest"
        " not_before=not_before.value not_before_earliest=not_before.earliest not_before_latest=not_before.latest"
        " condition=condition.words strength same_as",
        "figures": f"{_CLAIM} value:number low:number high:number bound unit counted=counted.words of place {_DATE}"
        " state",
        "timeline": f"{_DATE} headline reports:whole origins:whole weight:number events=events.*",
        "changes": "id kind before after cause=cause.words explanation",
        "conflicts": "id kind label items=items.* explanation",
        "findings": "id report kind words=evidence.words start=evidence.start:whole end=evidence.end:whole explanation"
        " suggestion",
        "decisions": "number:whole made author kind list ids=ids.* words=words.* status",
    }.items()
}
"""The columns of each list of the record."""

_PASSAGE = "report start:whole end:whole text"
LINKED: Mapping[str, tuple[Column, ...]] = {
    "roles": _columns("actor number:whole title of from to"),
    "steps": _columns("commitment number:whole status as_of earliest latest"),
    "evidence": _columns(f"list id number:whole part {_PASSAGE}"),
}
"""Tables of what an object holds several of: offices, steps of commitments, and all passages anything rests on."""


DECIDED = Column("decided", ("decided",))
"""What people decided about an object, the last column of every table of objects with an id."""


def tables_of(record: Item) -> Iterator[Table]:
    """Every table of a record, in a fixed order, also where it has no rows."""
    made = decisions_by_object(record["decisions"])
    for name, columns in COLUMNS.items():
        if columns[0].name == "id":
            told = ({**item, DECIDED.name: in_words(made, [item["id"]])} for item in record[name])
            yield _table(name, (*columns, DECIDED), told)
        else:
            yield _table(name, columns, record[name])
    for name, items in (("roles", _roles(record)), ("steps", _steps(record)), ("evidence", _evidence(record))):
        yield _table(name, LINKED[name], items)


def identifier(name: str, number: int, item: Item) -> str:
    """The id of an object; of a line of the timeline, which has none, its number."""
    return str(item.get("id") or f"{name}:{item.get('number', number)}")


def _table(name: str, columns: tuple[Column, ...], items: Iterable[Item]) -> Table:
    return Table(name, columns, tuple(tuple(_cell(item, column) for column in columns) for item in items))


def _cell(item: Item, column: Column) -> Value:
    value = _at(item, column.path)
    if value is None:
        return None
    if column.kind == "number":
        return float(value)
    return encodable(str(value)) if column.kind == "text" else int(value)


def _at(item: Any, path: Sequence[str]) -> Any:
    """What stands at a path, or None."""
    for key in path:
        if item is None:
            return None
        item = _ENDS[key](item) if key in _ENDS and not _has(item, key) else item.get(key)
    return item


def _has(item: Any, key: str) -> bool:
    return isinstance(item, Mapping) and key in item


def _words(found: Any) -> str:
    passages = [found] if isinstance(found, Mapping) else found
    return " … ".join(one["text"] for one in passages)


def _start(passages: Sequence[Item]) -> int | None:
    return min((one["start"] for one in passages), default=None)


def _end(passages: Sequence[Item]) -> int | None:
    return max((one["end"] for one in passages), default=None)


def _each(members: Iterable[Any]) -> str:
    return _BETWEEN.join("?" if one is None else str(one) for one in members)


_ENDS = {"words": _words, "start": _start, "end": _end, "*": _each}
"""The last part of a path, where it is no key of the object: what is made of a list there."""


def _roles(record: Item) -> Iterator[Item]:
    for actor in record["actors"]:
        for number, role in enumerate(actor["roles"], 1):
            yield {**role, "actor": actor["id"], "number": number}


def _steps(record: Item) -> Iterator[Item]:
    for commitment in record["commitments"]:
        for number, step in enumerate(commitment["history"], 1):
            when = step["as_of"] or {}
            dates = {"as_of": when.get("value"), "earliest": when.get("earliest"), "latest": when.get("latest")}
            yield {**dates, "commitment": commitment["id"], "number": number, "status": step["status"]}


def _evidence(record: Item) -> Iterator[Item]:
    for name in COLUMNS:
        for number, item in enumerate(record[name], 1):
            told = identifier(name, number, item)
            for place, (part, passage) in enumerate(_passages(item), 1):
                yield {**passage, "list": name, "id": told, "number": place, "part": part}


def _passages(item: Item) -> Iterator[tuple[str, Item]]:
    """The passages an object rests on, each with the part of the object it bears; its own words are no part."""
    for passage in item.get("evidence", ()):
        yield "evidence", passage
    for number, role in enumerate(item.get("roles", ()), 1):
        yield from ((f"roles {number}", passage) for passage in role["evidence"])
    for number, step in enumerate(item.get("history", ()), 1):
        yield from ((f"steps {number}", passage) for passage in step["evidence"])
    if "because" in (item.get("date") or {}):
        yield from (("date", passage) for passage in item["date"]["because"])
