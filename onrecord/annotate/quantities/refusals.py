"""Numbers that count nothing: dates, clock times, scores, and parts of names, addresses, versions and telephone numbers.

Each test looks at one sort; a number is refused if one of them says so. Sources of the sorts: the guidelines of NewsQuant
(Almasian et al. 2023, "CQE: A Comprehensive Quantity Extractor").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.quantities.ranges import Amount
from onrecord.model import Time
from onrecord.spans import Located, Span

_WORD_BEHIND = re.compile(r"[ \u00a0\n]([A-Za-z][\w'’.&-]{0,30})")
_WORD_BEFORE = re.compile(r"([\w&$.'’/-]{1,24}|#)[ \u00a0\n]$")
_JOINED_TO = re.compile(r"[-‐‑]([A-Za-z]{1,12})")
_LETTERS_BEHIND = re.compile(r"[A-Za-z][A-Za-z.]{0,9}")
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}(?![\d-])")
_YEARS = range(1500, 2100)
_ADDRESS_WORDS = 5
_NEAR = 64


@dataclass(frozen=True, slots=True)
class Scene:
    """What an amount is judged by.

    Attributes:
        text: of the report.
        times: its time expressions.
        sentence: where the amount's sentence lies.
        bounded: whether words before it bound or change it ("more than", "by").
        counted: whether a noun it counts was found.
    """

    text: str
    times: Located[Time]
    sentence: Span
    bounded: bool
    counted: bool


def is_refused(amount: Amount, scene: Scene) -> bool:
    """Whether the amount is no quantity."""
    return any(test(amount, scene) for test in _TESTS)


def _is_glued(amount: Amount, scene: Scene) -> bool:
    """Letters, or a stroke behind letters, are joined to the front: `XC40`, `F-16`, `last-32`."""
    text, start = scene.text, amount.start
    before = text[start - 1 : start] if start else ""
    if amount.first.kind == "currency" and not before.isalnum() and start < amount.first.number.start:
        return False
    if before.isalnum() or before in ("_", "@", "#", "№", "\\"):
        return True
    if before in (".", ":", "/", ",", "-", "–", "‑", "'", "’", "&", "=") and start > 1:
        further = text[start - 2]
        if before in "-‑" and text[max(0, start - 4) : start - 1].lower() == "sub":
            return False
        return further.isalnum() if before not in ("–", "=") else further.isdigit()
    return False


def _runs_on(amount: Amount, scene: Scene) -> bool:
    """The digits go on behind: `2:55`, `1.2.3`, `555-0199`, `5G`, `1990s`."""
    text, end = scene.text, amount.end
    behind = text[end : end + 1]
    if amount.last.number.form == "digits" and amount.last.bare and behind.isalpha():
        return True
    if behind in (":", ".", "/", "-", "–", ",", "°", "\\", "_", "@") and text[end + 1 : end + 2].isdigit():
        return not (behind in "-–" and not amount.last.bare)
    return behind in ("'", "’", "′") and text[end + 1 : end + 2] in ("s",) and amount.last.bare


def _is_chain(amount: Amount, scene: Scene) -> bool:
    """Inside an address of the web, or of mail."""
    start = amount.start
    chunk = scene.text[max(0, start - _NEAR) : start].rsplit(None, 1)[-1:] if start else []
    front = chunk[0] if chunk and not scene.text[start - 1].isspace() else ""
    return "://" in front or "www." in front or "@" in front


def _is_dated(amount: Amount, scene: Scene) -> bool:
    """Inside a time expression, and no number of a unit of time."""
    if amount.last.kind in ("time", "age"):
        return False
    own = Span(amount.first.number.start, amount.last.number.end)
    inside = any(span.contains(own) for span, _ in scene.times.touching(own))
    return inside and amount.last.kind in ("counted",)


def _is_year(amount: Amount, scene: Scene) -> bool:
    """Four digits that look like a year, with no unit and no words that make them a number."""
    return any(
        measure.bare
        and measure.number.form == "digits"
        and measure.number.end - measure.number.start == 4
        and measure.number.whole
        and measure.number.scale == 1
        and int(measure.number.mantissa) in _YEARS
        and not (scene.bounded and scene.counted)
        for measure in (amount.first, amount.last)
    )


def _is_clock(amount: Amount, scene: Scene) -> bool:
    match = _WORD_BEHIND.match(scene.text, amount.last.number.end)
    return bool(match) and match[1].lower() in lexicon().refused["behind"]  # type: ignore[index]


def _is_named(amount: Amount, scene: Scene) -> bool:
    """Behind a word that takes a number as a name: `Article 5`, `FTSE 100`, `iPhone 14 Pro`."""
    if not amount.first.bare or amount.first.number.form not in ("digits", "words"):
        return False
    match = _WORD_BEFORE.search(scene.text, max(scene.sentence.start, amount.start - 26), amount.start)
    if match is None:
        return False
    word = match[1]
    lower = word.lower().removesuffix("’s").removesuffix("'s")
    if lower in lexicon().refused["indices"]:
        return not amount.last.joint
    if lower in lexicon().refused["name_words"]:
        return word[0].isupper() or amount.first.number.form == "digits" or not scene.counted
    return _is_capital(word, match.start(1), scene) and not scene.counted


def _is_capital(word: str, start: int, scene: Scene) -> bool:
    """Whether a word looks like a name, not like the first word of its sentence."""
    if not word[0].isupper() or word.endswith("."):
        return False
    return start > scene.sentence.start or word.lower() not in lexicon().stops


def _is_address(amount: Amount, scene: Scene) -> bool:
    """`49 Park Road`: capitals up to a word for a street."""
    if not (amount.last.bare and amount.last.number.form == "digits"):
        return False
    place = amount.end
    for _ in range(_ADDRESS_WORDS):
        match = _WORD_BEHIND.match(scene.text, place)
        if match is None or not (match[1][0].isupper() or match[1][0].isdigit()):
            return False
        if match[1].rstrip(",.").lower() in lexicon().refused["streets"]:
            return True
        place = match.end()
    return False


def _is_score(amount: Amount, scene: Scene) -> bool:
    """`3-1`, `89-89`: two sides, without a unit."""
    text, number = scene.text, amount.first.number
    match = _SCORE.match(text, number.start)
    if match is None or not amount.first.bare or amount.ranges:
        return False
    return match.end() >= amount.end


def _is_listed(amount: Amount, scene: Scene) -> bool:
    """The number of an item at the start of a line: `1. `, `2) `."""
    text, start = scene.text, amount.start
    opens = start == 0 or text[start - 1] == "\n" or start == scene.sentence.start
    return opens and amount.last.bare and text[amount.end : amount.end + 1] in (".", ")") and amount.first.number.whole


def _is_aged(amount: Amount, scene: Scene) -> bool:
    """`Maria Lopez, 34, said`: an age set between commas behind a name."""
    text, start, end = scene.text, amount.start, amount.end
    if not amount.last.bare or text[start - 2 : start] != ", " or amount.last.number.form != "digits" or amount.ranges:
        return False
    name = re.search(r"([\w’'.-]{1,24})$", text[max(0, start - 26) : start - 2])
    closed = text[end : end + 1] in (",", ".", ";", ")") or text[end : end + 4] == " and"
    return closed and bool(name) and name[1][0].isupper() and amount.high < 125  # type: ignore[index]


def _is_form(amount: Amount, scene: Scene) -> bool:
    """`9/11`, `24/7`."""
    return scene.text[amount.start : amount.end] in lexicon().refused["forms"]


def _is_idiom(amount: Amount, scene: Scene) -> bool:
    """`one-time`, `two-way`, and lengths that name a kind of thing: `a five-year plan`."""
    if not amount.last.joint or scene.text[amount.last.number.end] not in "-‐‑":
        return False
    match = _JOINED_TO.match(scene.text, amount.last.number.end)
    word = match[1].lower() if match else ""
    if amount.last.bare:
        return word in lexicon().refused["idioms"] and amount.last.number.form == "words"
    return amount.last.kind == "time" and word in lexicon().refused["lengths"]


_TESTS: tuple[Callable[[Amount, Scene], bool], ...] = (
    _is_glued,
    _runs_on,
    _is_chain,
    _is_dated,
    _is_year,
    _is_clock,
    _is_named,
    _is_address,
    _is_score,
    _is_listed,
    _is_aged,
    _is_form,
    _is_idiom,
)
