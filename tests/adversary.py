"""Texts that make a regular expression work hard, made from the expression itself.

An expression is slow where it repeats, and where it can begin again at every character. So for each repetition in it
there is a text that leads up to it, repeats what it repeats, and then breaks off; and a text that leads up to it
again and again. What every expression is given besides are runs of blanks, digits, letters and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
RUNS = (
    *" a0\"“”'’.,-(\n\t:A_é",
    "a ",
    "A ",
    "0 ",
    "0,",
    "0.",
    "a.",
    "A.B. ",
    "A-",
    "a-",
    "a'",
    "“a",
    "a”",
    '"a',
    " \n",
    "\r\n",
    "(a",
    "a,",
    "--",
    "<a",
    "1/",
    "Aa ",
)
"""What every expression is given a long run of."""
_BREAKS = ("", "\0", "!", "\n", "a", "0")
_BY_CATEGORY = {
    "CATEGORY_DIGIT": "0",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_WORD": "-",
}
_MANY = 3
"""A repetition of up to so many times is no repetition."""
_MEMBERS = 4
"""So many characters of a class are tried."""


def hard_texts(pattern: str | bytes, flags: int, length: int) -> Iterator[str]:
    """Texts of about this length, each once."""
    shown = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = _parser.parse(shown, flags & ~re.ASCII if isinstance(pattern, bytes) else flags)
    seen = set()
    for lead, run, end in (*(("", run, "") for run in RUNS), *_pumps(list(tree), "")):
        if run and (lead, run, end) not in seen:
            seen.add((lead, run, end))
            yield (lead + run * (length // len(run)) + end)[: length + len(lead) + len(end)]


def _pumps(items: list[Any], lead: str) -> Iterator[tuple[str, str, str]]:
    """What leads up to a repetition, what it repeats, and what breaks it off; for each in a sequence."""
    for number, (kind, value) in enumerate(items):
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[1] > _MANY:
            for body in _examples(list(value[2])):
                yield from ((lead, body, end) for end in _BREAKS)
                yield "", lead + body, ""
                yield "", lead + body * 40, "!"
        for inner in _inside(name, value):
            yield from _pumps(inner, lead)
        lead += _example([items[number]])
    if lead:
        yield "", lead, "!"
        yield "", lead[:-1] or lead, ""


def _inside(name: str, value: Any) -> list[list[Any]]:
    """The sequences inside one item of a sequence."""
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [list(value[2])]
    if name == "SUBPATTERN":
        return [list(value[3])]
    if name == "BRANCH":
        return [list(one) for one in value[1][:12]]
    if name in ("ATOMIC_GROUP",):
        return [list(value)]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [list(value[1])]
    return []


def _example(items: Iterable[Any]) -> str:
    """One of the shortest texts that a sequence matches, nearly."""
    return "".join(_one(str(kind), value)[0] for kind, value in items)


def _examples(items: list[Any]) -> list[str]:
    """Some of the shortest texts that a sequence matches, nearly."""
    if len(items) == 1:
        return _one(str(items[0][0]), items[0][1])
    return [_example(items)]


def _one(name: str, value: Any) -> list[str]:
    """Some of the shortest texts that one item matches, nearly."""
    if name in ("LITERAL",):
        return [chr(value)]
    if name == "NOT_LITERAL":
        return ["a" if value != ord("a") else "b"]
    if name == "ANY":
        return ["a", " "]
    if name == "IN":
        return _members(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [one * min(value[0], 40) for one in _examples(list(value[2]))]
    if name == "SUBPATTERN":
        return _examples(list(value[3]))
    if name == "ATOMIC_GROUP":
        return _examples(list(value))
    if name == "BRANCH":
        return [_example(list(one)) for one in value[1][:_MEMBERS]]
    return [""]


def _members(members: list[tuple[Any, Any]]) -> list[str]:
    """Some characters of a class."""
    if str(members[0][0]) == "NEGATE":
        pattern = re.compile("[^" + "".join(map(_spelt, members[1:])) + "]")
        return [char for char in "a 0A.“-\n" if pattern.match(char)][:_MEMBERS] or ["\u2603"]
    found = []
    for kind, value in members:
        if str(kind) == "LITERAL":
            found.append(chr(value))
        elif str(kind) == "RANGE":
            found.append(chr(value[0]))
        else:
            found.append(_BY_CATEGORY[str(value)])
    step = max(1, len(found) // _MEMBERS)
    return found[::step][:_MEMBERS]


def _spelt(member: tuple[Any, Any]) -> str:
    kind, value = str(member[0]), member[1]
    if kind == "LITERAL":
        return re.escape(chr(value))
    if kind == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"0": r"\d", "a": r"\w", " ": r"\s", "-": r"\W"}[_BY_CATEGORY[str(value)]]
