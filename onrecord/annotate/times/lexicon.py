"""The words and shapes of time expressions, read from `data/times.toml` and compiled as they are needed.

A shape such as `[PART] [WEEKDAY] ,MONTH DAY` becomes one regular expression over lower-case text. Every repeat
in it is bounded, and shapes are tried only where a word stands that may begin them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

SPACE = r"\s{1,3}"
TOKEN = re.compile(r"[^\W\d_]+|\d+")
"""What indexes the shapes: a run of letters or a run of digits."""
DIGITS = "0"
"""The index entry of shapes that may begin with a digit."""

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand for one capital name in a shape: words with their values, and a regular expression."""

    name: str
    words: Mapping[str, Value]
    pattern: str
    first: frozenset[str]

    def value(self, text: str) -> Value:
        """The value of the words found, or the words themselves where they were found by an expression."""
        key = " ".join(text.replace("’", "'").split())
        return self.words.get(key, self.words.get(key.replace("-", " "), key))


@dataclass(frozen=True, slots=True)
class Shape:
    """One compiled shape. `reading` names the function that values it."""

    reading: str
    text: str
    ambiguous: bool
    default: bool


@dataclass(frozen=True, slots=True)
class Famous:
    """A day that is named without its year long after.

    Attributes:
        things: what happened on it, as words beside the day name it.
        alone: whether the bare day is enough.
        short: as it is written in digits, or "".
    """

    day: date
    things: frozenset[str]
    alone: bool
    short: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All slots, for each word the shapes that it may begin, and the days that everybody knows."""

    slots: Mapping[str, Slot]
    begins: Mapping[str, tuple[Shape, ...]]
    core: frozenset[str]
    tense: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]
    famous: tuple[Famous, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    table = tomllib.loads(files("onrecord").joinpath("data/times.toml").read_text(encoding="utf-8"))
    slots = _slots(table["slot"])
    begins: dict[str, list[Shape]] = {}
    for entry in table["pattern"]:
        for text in entry["shapes"]:
            shape = Shape(entry["reading"], text, entry.get("needs") == "proposal", entry.get("default", True))
            for word in _first_words(text, slots):
                begins.setdefault(word, []).append(shape)
    core = frozenset(word for name in table["core"] for word in slots[name].first) - {DIGITS}
    tense = {name: frozenset(words) for name, words in table["tense"].items()}
    around = {name: frozenset(words) for name, words in table["around"].items()}
    shapes_of = {word: tuple(dict.fromkeys(shapes)) for word, shapes in begins.items()}
    return Lexicon(slots, shapes_of, core, tense, around, tuple(_famous(entry) for entry in table["famous"]))


def _famous(entry: Mapping[str, Any]) -> Famous:
    return Famous(
        date.fromisoformat(entry["day"]),
        frozenset(entry["things"].split()),
        entry.get("alone", False),
        entry.get("short", ""),
    )


@cache
def expression(shape: str) -> re.Pattern[str]:
    """The regular expression of a shape, to be matched against lower-case text."""
    shape, _, ahead = shape.partition(" > ")
    inside = list(_elements(shape))
    elements = inside + list(_elements(ahead))
    slots = lexicon().slots
    leading = next(i for i, element in enumerate(elements) if not element.optional)
    loose = ",?" if any(element.gap == "," for element in elements[: leading + 1]) else ""
    out: list[str] = []
    for i, element in enumerate(elements):
        captured = any(element.choices == other.choices for other in elements[:i])
        body = _body(element, slots, captured)
        if i < leading:
            gap = _gap("," if loose else elements[i + 1].gap)
            out.append(f"(?:{body}{gap})?")
        elif i == leading:
            out.append(body)
        else:
            out.append(f"(?:{_gap(element.gap)}{body}){'?' if element.optional else ''}")
    if ahead:
        out[len(inside) :] = [f"(?={''.join(out[len(inside) :])})"]
    return re.compile("".join(out))


@dataclass(frozen=True, slots=True)
class _Element:
    gap: str
    choices: tuple[str, ...]
    optional: bool


def _elements(shape: str) -> Iterator[_Element]:
    for piece in shape.split():
        optional = "[" in piece
        piece = piece.replace("[", "").replace("]", "")
        gap = piece[0] if piece[0] in "~,-+" else " "
        yield _Element(gap, tuple(piece.lstrip("~,-+").split("|")), optional)


def _gap(kind: str) -> str:
    return {" ": SPACE, "~": rf"(?:{SPACE}|\s?-\s?)", ",": rf"\s?,?{SPACE}", "-": "-", "+": ""}[kind]


def _body(element: _Element, slots: Mapping[str, Slot], captured: bool) -> str:
    """What an element matches; a slot that stands twice in a shape is captured where it stands first."""
    if element.choices[0] in slots:
        slot = slots[element.choices[0]]
        if captured:
            return f"(?:{slot.pattern})"
        return f"(?P<{slot.name.lower()}>{slot.pattern})"
    return f"(?:{'|'.join(_literal(word) for word in element.choices)})"


def _first_words(shape: str, slots: Mapping[str, Slot]) -> Iterator[str]:
    for element in _elements(shape):
        for choice in element.choices:
            if choice in slots:
                yield from slots[choice].first
            elif choice.isupper():
                raise ValueError(f"shape {shape!r} names an unknown slot {choice}")
            else:
                yield _first(choice)
        if not element.optional:
            return


def _first(words: str) -> str:
    found = TOKEN.search(words)
    assert found is not None
    return DIGITS if found.group()[0].isdigit() else found.group()


def _slots(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Slot]:
    """The slots of the table; `same` stands for another slot's entry, `like` adds another slot's words."""
    out = {}
    for name, entry in table.items():
        shared = table[entry["like"]]["words"] if "like" in entry else {}
        out[name] = _slot(name, table[entry["same"]] if "same" in entry else entry, shared)
    return out


def _slot(name: str, entry: Mapping[str, Any], shared: Mapping[str, Value]) -> Slot:
    words: dict[str, Value] = {**shared, **entry.get("words", {})}
    if entry.get("numbers"):
        words.update(spelled_numbers())
    choices = [rf"(?:{_spaced(entry['regex'])})(?!\w)"] if "regex" in entry else []
    choices += [_any_of(words)] if words else []
    first = {_first(word) for word in words}
    if "regex" in entry:
        first.update(entry.get("first", [DIGITS]))
    return Slot(name, words, "|".join(choices), frozenset(first))


def _spaced(pattern: str) -> str:
    return pattern.replace("[ -]", rf"(?:{SPACE}|-)").replace(" ", SPACE)


def _literal(words: str) -> str:
    """The expression of words as they stand in text: any white space, straight or curly apostrophes, whole words."""
    return "".join(_symbols(words)) + r"(?!\w)"


def _symbols(words: str) -> list[str]:
    """One expression for each character of `words`."""
    return [{" ": SPACE, "'": "['’]", "’": "['’]"}.get(char) or re.escape(char) for char in words]


def _any_of(choices: Iterable[str]) -> str:
    """The expression of any of the words, longest first, as a tree: what they share is matched once."""
    tree: dict[str, Any] = {}
    for words in sorted(choices):
        node = tree
        for symbol in _symbols(words):
            node = node.setdefault(symbol, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: Mapping[str, Any]) -> str:
    branches = [symbol + _branches(below) for symbol, below in node.items() if symbol]
    if "" in node:
        branches.append(r"(?!\w)")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@cache
def spelled_numbers() -> dict[str, int]:
    """The numbers one to ninety-nine in words."""
    out = {word: i for i, word in enumerate(_ONES + _TEENS, start=1)}
    for i, tens in enumerate(_TENS, start=2):
        out[tens] = 10 * i
        for k, ones in enumerate(_ONES, start=1):
            out[f"{tens}-{ones}"] = out[f"{tens} {ones}"] = 10 * i + k
    return out
