"""What can be decided about what: one table of the kinds of decisions, the lists of the record and their fields.

A decision that makes no sense is refused before it is kept: it would stand in the log for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from onrecord.dates import days_of
from onrecord.errors import OnRecordError
from onrecord.model import (
    ActorType,
    Attitude,
    Basis,
    Bound,
    CommitmentStatus,
    ConflictLabel,
    Directness,
    Factuality,
    FigureState,
    Stance,
    Strength,
)

Check = Callable[[object], Any]
"""The value as it is to be kept; ValueError, with what is allowed, for one that makes no sense."""
Fields = Mapping[str, Check]


def _one_of(literal: Any) -> Check:
    allowed = get_args(literal)

    def check(given: object) -> object:
        if given not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return given

    return check


def _text(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise ValueError("words")
    return given.strip()


def _date(given: object) -> str:
    if not isinstance(given, str) or days_of(given) is None:
        raise ValueError("a date, such as 2024-05-03, 2024-05, 2024-Q2 or 2024")
    return given


def _number(given: object) -> float:
    try:
        number = float(given) if isinstance(given, (str, int, float)) else float("nan")
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise ValueError("a number")
    return number


def _names(given: object) -> list[str]:
    """Names apart by commas, or a list of them."""
    names = given.split(",") if isinstance(given, str) else given
    if not isinstance(names, (list, tuple)) or not names:
        raise ValueError("names, with commas between them")
    return [_text(name) for name in names]


def _id_of(letter: str, what: str, question: str) -> Check:
    def check(given: object) -> object:
        if not isinstance(given, str) or not given.startswith(f"{letter}:"):
            raise ValueError(f"the id of {what}, such as {letter}:0123456789ab; `onrecord {question} CASE` lists them")
        return given

    return check


def _or_none(check: Check) -> Check:
    """The same, or nothing: None, or the word `none`."""

    def allowing(given: object) -> object:
        return None if given in (None, "", "none") else check(given)

    return allowing


_ACTOR, _PLACE = _id_of("a", "an actor", "who"), _id_of("p", "a place", "places")
_ISSUE = _id_of("i", "an issue", "positions")
_ANY: Mapping[str, Fields] = {"accept": {}, "note": {"text": _text}}
"""What can be decided about any object."""
_ONE: Mapping[tuple[str, str], Fields] = {
    ("correct", "reports"): {"date": _date},
    ("reject", "statements"): {},
    ("correct", "statements"): {
        "actor": _or_none(_ACTOR),
        "basis": _one_of(Basis),
        "attitude": _one_of(Attitude),
        "directness": _one_of(Directness),
        "said": _or_none(_date),
    },
    ("correct", "mentions"): {"actor": _or_none(_ACTOR), "place": _or_none(_PLACE)},
    ("correct", "actors"): {
        "name": _text,
        "type": _one_of(ActorType),
        "country": _or_none(_text),
        "part_of": _or_none(_ACTOR),
    },
    ("split", "actors"): {"aliases": _names},
    ("reject", "events"): {},
    ("correct", "events"): {
        "type": _or_none(_text),
        "mode": _or_none(_text),
        "factuality": _one_of(Factuality),
        "date": _or_none(_date),
        "place": _or_none(_PLACE),
    },
    ("reject", "positions"): {},
    ("correct", "positions"): {
        "actor": _ACTOR,
        "issue": _ISSUE,
        "stance": _one_of(Stance),
        "start": _or_none(_date),
        "end": _or_none(_date),
        "note": _or_none(_text),
    },
    ("reject", "commitments"): {},
    ("correct", "commitments"): {
        "due": _or_none(_date),
        "not_before": _or_none(_date),
        "strength": _one_of(Strength),
    },
    ("status", "commitments"): {"status": _one_of(CommitmentStatus), "as_of": _or_none(_date)},
    ("reject", "figures"): {},
    ("correct", "figures"): {
        "value": _number,
        "low": _or_none(_number),
        "high": _or_none(_number),
        "bound": _one_of(Bound),
        "unit": _or_none(_text),
        "state": _one_of(FigureState),
        "date": _or_none(_date),
        "of": _or_none(_ACTOR),
        "place": _or_none(_PLACE),
    },
    ("word", "issues"): {"label": _text},
    ("reject", "changes"): {},
    ("reject", "conflicts"): {},
    ("correct", "conflicts"): {"label": _one_of(ConflictLabel)},
    ("reject", "findings"): {},
}
"""What can be decided about an object of a list, and the values that takes."""
_SEVERAL: Mapping[tuple[str, str], Fields] = {
    ("merge", "actors"): {},
    ("same", "events"): {},
    ("different", "events"): {},
}
"""What can be decided about two objects or more of a list."""
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "split": ("aliases",),
    "status": ("status",),
    "word": ("label",),
    "note": ("text",),
}
KINDS = tuple(dict.fromkeys((*_ANY, *(kind for kind, _ in (*_ONE, *_SEVERAL)))))
"""The kinds of decisions about objects, in the order in which they are told."""


def fields_of(kind: str, name: str) -> Fields | None:
    """The values that a decision of a kind about an object of a list takes; None if there is no such decision."""
    if kind in _ANY:
        return _ANY[kind]
    return _ONE.get((kind, name), _SEVERAL.get((kind, name)))


def checked(kind: str, lists: Mapping[str, str], value: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a decision as it is to be kept.

    Args:
        kind: what is decided.
        lists: by the id of each object, the list it stands in.
        value: what it is to be, as a person gave it.

    Raises:
        OnRecordError: there is no such decision about these objects, or a value makes no sense.
    """
    if kind not in KINDS:
        raise OnRecordError(kind, "is no kind of decision", f"Use one of: {', '.join(KINDS)}")
    least = 2 if any(kind == several for several, _ in _SEVERAL) else 1
    if len(lists) < least:
        raise OnRecordError(kind, f"needs {'two ids or more' if least == 2 else 'an id'}", "Copy ids from the record")
    out: dict[str, Any] = {}
    for identifier, name in lists.items():
        fields = fields_of(kind, name)
        if fields is None:
            about = ", ".join(listed for one, listed in (*_ONE, *_SEVERAL) if one == kind)
            raise OnRecordError(identifier, f"is one of the {name}, which cannot be decided by {kind}", f"Use: {about}")
        out = _checked_fields(kind, name, fields, value)
    return out


def check_names(*found: tuple[str, Mapping[str, Any]] | None, names: list[str]) -> None:
    """Sees that actors have the names by which they are to be parted, and others that stay with them.

    Raises:
        OnRecordError: an actor has no such name, or no other.
    """
    for _, actor in filter(None, found):
        strange = [name for name in names if name not in actor["aliases"]]
        if strange:
            known = ", ".join(actor["aliases"])
            raise OnRecordError(actor["name"], f"is never called {strange[0]}", f"Names it has: {known}")
        if set(names) == set(actor["aliases"]):
            raise OnRecordError(actor["name"], "would be left without a name", "Name some of its names only")


def _checked_fields(kind: str, name: str, fields: Fields, value: Mapping[str, Any]) -> dict[str, Any]:
    for key in value:
        if key not in fields:
            allowed = ", ".join(fields) or "none"
            raise OnRecordError(key, f"is no value of {kind} for {name}", f"Values that it takes: {allowed}")
    required = _REQUIRED.get(kind, ())
    missing = [key for key in required if key not in value] or (list(fields) if fields and not value else [])
    if missing:
        raise OnRecordError(kind, "does not say what it is to be", f"Set one of: {', '.join(missing)}")
    return {key: _checked(key, fields[key], given) for key, given in value.items()}


def _checked(key: str, check: Check, given: object) -> Any:
    try:
        return check(given)
    except ValueError as error:
        raise OnRecordError(f"{key}={given}", f"is not {error}", "Correct the value") from error
