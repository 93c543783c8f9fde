"""The words and shapes of time expressions, read from `data/times.toml` and compiled as they are needed.

A shape such as `[PART] [WEEKDAY] ,MONTH DAY` becomes one regular expression over lower-case text. Every repeat
in it is bounded, and shapes are tried only where a word stands that may begin them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from onrecord.lexicons import table_of

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
    worded: bool
    """Whether words are all that may stand for it."""

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
    table = table_of("times")
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


def shapes_at(word: str, following: str) -> tuple[Shape, ...]:
    """The shapes that may begin with a token and go on with the next; each token as `token_key` has it.

    Most shapes that a common word begins ("the", "last") can be ruled out by the word behind it.
    """
    shapes = lexicon().begins.get(word, ())
    return tuple(shape for shape in shapes if _may_begin(shape.text, word, following))


def token_key(token: str) -> str:
    """A token as shapes are looked up by it: itself, one key for all digits, "" for what stands in no shape."""
    if token[:1].isdigit():
        return DIGITS
    return token if token in _vocabulary() else ""


@cache
def _vocabulary() -> frozenset[str]:
    """All tokens that stand in a shape."""
    shapes = {shape.text for shapes in lexicon().begins.values() for shape in shapes}
    tokens = {token for shape in shapes for element in _parts(shape) for token in _written(element.choices).tokens}
    return frozenset(tokens) | lexicon().begins.keys()


@cache
def _parts(shape: str) -> tuple[_Element, ...]:
    """The elements of a shape, those that are only looked for behind it among them."""
    return tuple(_elements(shape.replace(" > ", " ")))


@cache
def needed(shape: str) -> tuple[frozenset[str], ...]:
    """For each element that a shape must have, the tokens (as `token_key` has them) of which one must be there.

    A text that has none of them has no such expression, and the shape's own need not be compiled. Elements that are
    written as one word with others are left out: they are parts of tokens.
    """
    elements = _parts(shape)
    glued = [place for place, element in enumerate(elements) if element.gap == "+"]
    parts = {*glued, *(place - 1 for place in glued)}
    listed = [_written(one.choices) for place, one in enumerate(elements) if not one.optional and place not in parts]
    return tuple(written.tokens for written in listed if not written.anything)


def _may_begin(shape: str, word: str, following: str) -> bool:
    """Whether a shape may match where the token `word` stands before the token `following`."""
    elements = _parts(shape)
    for place, element in enumerate(elements):
        written = _written(element.choices)
        if written.anything or following in written.second.get(word, ()):
            return True
        if word in written.whole and _goes_on(elements[place + 1 :], following):
            return True
        if not element.optional:
            return False
    return True


def _goes_on(elements: Iterable[_Element], following: str) -> bool:
    """Whether `following` may be the first token of what the elements match, or nothing need be."""
    for element in elements:
        written = _written(element.choices)
        if written.anything or following in written.whole or following in written.second:
            return True
        if not element.optional:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Written:
    """How an element may be written.

    Attributes:
        anything: whether an expression says so, not words alone.
        whole: the ways that are one token.
        second: of the others, first token → tokens that may be the second.
        tokens: all that stand in any of them.
    """

    anything: bool
    whole: frozenset[str]
    second: Mapping[str, frozenset[str]]
    tokens: frozenset[str]


@cache
def _written(choices: tuple[str, ...]) -> _Written:
    slot = lexicon().slots.get(choices[0])
    spellings = {_tokens(words) for words in (choices if slot is None else slot.words)}
    second: dict[str, frozenset[str]] = {}
    for first, *more in filter(None, spellings):
        if more:
            second[first] = second.get(first, frozenset()) | {more[0]}
    return _Written(
        () in spellings or not (slot is None or slot.worded),
        frozenset(spelling[0] for spelling in spellings if len(spelling) == 1),
        second,
        frozenset(token for spelling in spellings for token in spelling),
    )


def _tokens(words: str) -> tuple[str, ...]:
    return tuple(DIGITS if token[0].isdigit() else token for token in TOKEN.findall(words))


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
    return Slot(name, words, "|".join(choices), frozenset(first), "regex" not in entry)


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
