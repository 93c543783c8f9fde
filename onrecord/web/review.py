"""Review: one item at a time, what a decision would do before it is made, and the log of all decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.case.deciding import fields_of
from onrecord.case.doubts import doubts
from onrecord.export.brief.choose import COMMITMENT, FIGURE, POSITION, weigh
from onrecord.export.brief.document import Item, counted
from onrecord.export.brief.opening import principal_actors
from onrecord.model import Decision, DecisionKind
from onrecord.web.book import Book
from onrecord.web.claims import quotes_of, words_of
from onrecord.web.forms import form_of
from onrecord.web.pages import Asked, missing, rendered

IN_DOUBT = "in doubt"
KINDS = ("conflicts", "changes", "commitments", "positions", "figures", "findings", "actors", "statements", "events")
_QUEUE, _AROUND, _PASSAGES = 300, 12, 6
_LONGEST_AUTHOR, _LONGEST_NOTE, _BEGINNING = 80, 2000, 280


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that can be corrected, with the values it may have; none for free words."""

    field: str
    label: str
    values: tuple[str, ...] = ()


EDITS: Mapping[str, tuple[Choice, ...]] = {
    "statements": (
        Choice("basis", "Basis", ("named", "role", "anonymous", "document", "report")),
        Choice("attitude", "Attitude", ("speech", "belief", "intention", "question", "denial", "refusal-to-comment")),
    ),
    "positions": (Choice("stance", "Stance", ("supports", "opposes", "mixed", "shifts")),),
    "figures": (
        Choice("bound", "Bound", ("exact", "about", "more_than", "less_than", "at_least", "at_most")),
        Choice("state", "State", ("current", "peak", "planned", "claimed", "change")),
    ),
    "events": (
        Choice("factuality", "Meant as", ("asserted", "planned", "possible", "requested", "conditional", "denied")),
        Choice("date", "Date, as 2024-05-03, 2024-05 or 2024"),
    ),
    "actors": (Choice("name", "Name"),),
    "conflicts": (Choice("label", "What it is", ("conflict", "disputed", "update", "scope")),),
    "commitments": (
        Choice("strength", "How firmly", ("agreed", "pledged", "planned", "requested", "possible")),
        Choice("due", "Due, as 2024-05-03, 2024-05 or 2024"),
        Choice("status", "Or add a step", ("begun", "due", "met", "missed", "delayed", "contested", "reaffirmed")),
        Choice("as_of", "of, as 2024-05-03, 2024-05 or 2024"),
    ),
    "reports": (Choice("date", "Date, as 2024-05-03, 2024-05 or 2024"),),
}
"""What a person can change in each kind of item; the rest goes by `onrecord decide`."""
_STEP = ("status", "as_of")
_TAKEN_OUT = {"statements": "the statement and all that was read out of it", "findings": "the doubt"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the queue: its list, and what is asked about it if something is."""

    list: str
    item: Item
    question: str = ""
    passages: tuple[Item, ...] = ()


def item(asked: Asked) -> Response:
    """The item asked for, or the first of its kind that nobody has decided about."""
    book = asked.room.book()
    kind = asked.query.get("kind", "")
    kind = kind if kind in KINDS else IN_DOUBT
    log = asked.room.decisions()
    decided = _decided(log)
    queue = _queue(kind, book)
    now = _place(queue, asked.query.get("item"), decided)
    near = range(max(0, now - _AROUND // 3), min(len(queue), now + _AROUND))
    return rendered(
        asked,
        "review.html",
        book,
        kind=kind,
        kinds=[(IN_DOUBT, len(_in_doubt(book)), 0), *((k, *_progress(book.record[k], decided)) for k in KINDS)],
        number=now + 1,
        queued=len(queue),
        near=[(queue[n], n == now, queue[n].item["id"] in decided) for n in near],
        before=queue[now - 1].item["id"] if now else None,
        after=queue[now + 1].item["id"] if now + 1 < len(queue) else None,
        words=words_of,
        last=_last(log),
        log=list(reversed(log))[:20],
        told=asked.query.get("told", ""),
        **_about(queue[now] if queue else None, decided, book),
    )


def _about(entry: Entry | None, decided: Mapping[str, list[Decision]], book: Book) -> dict[str, Any]:
    """What the page shows of the item itself."""
    if entry is None:
        return {"entry": None}
    one, name = entry.item, entry.list
    is_actor = name == "actors"
    passages = entry.passages or tuple(one.get("evidence", ())) or _opening(entry)
    return {
        "entry": entry,
        "item": one,
        "quotes": quotes_of(passages, book)[:_PASSAGES],
        "mine": decided.get(one["id"], []),
        "consequence": _consequence(name, one, book),
        "edits": EDITS.get(name, ()),
        "can_reject": fields_of("reject", name) is not None,
        "others": [(a["id"], book.actor_name(a["id"])) for a, _ in principal_actors(book)[:_QUEUE]] if is_actor else [],
        "mentions": book.mentions_of.get(one["id"], [])[:6] if is_actor else [],
    }


def _opening(entry: Entry) -> tuple[Item, ...]:
    """How a report begins, where nothing else can be shown of it."""
    if entry.list != "reports":
        return ()
    end = min(len(entry.item["text"]), _BEGINNING)
    return ({"report": entry.item["id"], "start": 0, "end": end, "text": entry.item["text"][:end]},) if end else ()


def _progress(items: Sequence[Item], decided: Mapping[str, Any]) -> tuple[int, int]:
    return len(items), sum(one["id"] in decided for one in items)


_doubtful: WeakKeyDictionary[Book, list[Entry]] = WeakKeyDictionary()
"""What is in doubt, kept as long as the record."""


def _in_doubt(book: Book) -> list[Entry]:
    """What is uncertain and nobody has settled, the most consequential first."""
    if book not in _doubtful:
        found = ((doubt, book.find(doubt.id)) for doubt in doubts(dict(book.record))[:_QUEUE])
        _doubtful[book] = [Entry(at[0], at[1], doubt.question, doubt.passages) for doubt, at in found if at is not None]
    return _doubtful[book]


def _queue(kind: str, book: Book) -> list[Entry]:
    """The items of a kind, those that matter most first."""
    features = {"commitments": COMMITMENT, "positions": POSITION, "figures": FIGURE}.get(kind)
    if kind == IN_DOUBT:
        return _in_doubt(book)
    if kind == "actors":
        return [Entry(kind, actor) for actor, _ in principal_actors(book)][:_QUEUE]
    every = list(book.attributed if kind == "statements" else book.record[kind])
    if features:
        every.sort(key=lambda one: -weigh(features, [one], book))
    return [Entry(kind, one) for one in every[:_QUEUE]]


def _decided(log: Sequence[Decision]) -> dict[str, list[Decision]]:
    """By item, the standing decisions about it."""
    undone = {one.value.get("number") for one in log if one.kind == "undo"}
    found: dict[str, list[Decision]] = {}
    for one in log:
        if one.kind != "undo" and one.number not in undone:
            for target in one.targets:
                found.setdefault(target.id, []).append(one)
    return found


def _place(queue: Sequence[Entry], asked: str | None, decided: Mapping[str, Any]) -> int:
    ids = [entry.item["id"] for entry in queue]
    if asked in ids:
        return ids.index(asked)
    return next((number for number, one in enumerate(ids) if one not in decided), 0)


def _last(log: Sequence[Decision]) -> Decision | None:
    """The decision that `u` takes back: the last that stands."""
    undone = {one.value.get("number") for one in log if one.kind == "undo"}
    return next((one for one in reversed(log) if one.kind != "undo" and one.number not in undone), None)


def _consequence(kind: str, one: Item, book: Book) -> str:
    """What taking the item out would do, before it is done."""
    if kind == "actors":
        return (
            f"Merging moves {counted(len(book.mentions_of.get(one['id'], [])), 'mention')} and"
            f" {counted(len(book.said_by.get(one['id'], [])), 'statement')} to the actor you choose."
        )
    if fields_of("reject", kind) is None:
        return "Accepting changes nothing but the log. A correction holds wherever the record is made again."
    gone = _TAKEN_OUT.get(kind, f"this {kind.removesuffix('s')}")
    parts = [f"Accepting changes nothing but the log. Rejecting takes {gone} out of the record"]
    if kind == "statements":
        parts.append(f": {counted(len(book.claims_of.get(one['id'], [])), 'claim')} rest on it")
    resting = len(book.concerned.get(one["id"], ()))
    if resting:
        parts.append(f", and with it {counted(resting, 'change or conflict', 'changes and conflicts')} that rest on it")
    return "".join(parts) + ". Nothing is lost: every decision can be undone."


async def decide(request: Request) -> Response:
    """Takes a decision, and goes on to the next item."""
    form = await form_of(request)
    told = await run_in_threadpool(_take, Asked(request), form)
    state = {"kind": str(form.get("kind", "")), "item": str(form.get("next") or form.get("item", "")), "told": told}
    return RedirectResponse(f"/review?{urlencode({key: value for key, value in state.items() if value})}", 303)


def _take(asked: Asked, form: FormData) -> str:
    action, identifier = str(form.get("action", "")), str(form.get("item", ""))
    author = str(form.get("author", ""))[:_LONGEST_AUTHOR]
    if action == "undo":
        number = str(form.get("number", ""))
        if not (number.isascii() and number.isdigit()):
            raise HTTPException(400, "There is no such decision.")
        asked.room.undo(int(number), author)
        return f"Decision {number} is undone."
    found = asked.room.book().find(identifier)
    if found is None:
        raise missing("item")
    kind, ids, value = _asked_of(action, found[0], identifier, form)
    number_made = asked.room.decide(kind, ids, value, author)
    return f"Decision {number_made}: {kind}."


def _asked_of(
    action: str, name: str, identifier: str, form: FormData
) -> tuple[DecisionKind, list[str], dict[str, Any]]:
    """The decision that a form asks for.

    Raises:
        HTTPException: no form of this room asks for it.
    """
    if action in ("accept", "reject"):
        return cast(DecisionKind, action), [identifier], {}
    if action == "note" and form.get("note"):
        return "note", [identifier], {"text": str(form["note"])[:_LONGEST_NOTE]}
    if action == "merge" and name == "actors" and form.get("with"):
        return "merge", [str(form["with"]), identifier], {}
    if action == "edit":
        value = _edited(name, form)
        if "status" in value:
            return "status", [identifier], {field: value[field] for field in _STEP if field in value}
        value.pop("as_of", None)
        if value:
            return "correct", [identifier], value
    raise HTTPException(400, "Nothing was chosen.")


def _edited(name: str, form: FormData) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for choice in EDITS.get(name, ()):
        given = str(form.get(f"set-{choice.field}", "")).strip()
        if given and (not choice.values or given in choice.values):
            value[choice.field] = given
    return value
