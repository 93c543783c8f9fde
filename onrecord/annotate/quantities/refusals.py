"""Numbers that count nothing: dates, clock times, scores, and parts of names, addresses, versions, telephone numbers.

Each test looks at one sort; a number is refused if one of them says so. The sorts are those of the guidelines of
NewsQuant (Almasian et al. 2023, "CQE: A Comprehensive Quantity Extractor").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.quantities.measures import Measure
from onrecord.annotate.quantities.nouns import Counted
from onrecord.annotate.quantities.ranges import Amount
from onrecord.model import Time
from onrecord.spans import Located, Span

_WORD_BEHIND = re.compile(r"[ \u00a0\n]([A-Za-z0-9][\w'’.&-]{0,30})")
_WORD_BEFORE = re.compile(r"([\w&$.'’/-]{1,24}|#)[ \u00a0\n]$")
_JOINED_TO = re.compile(r"[-‐‑]([A-Za-z]{1,12})")
_LOWER_BEFORE = re.compile(r"(?<![\w-])[a-z]{3,9}$")
_SUSPENDED = re.compile(r"[-‐‑](?:,|[ \u00a0\n](?:and|or|to)\b)")
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}(?![\d-])")
_YEARS = range(1500, 2200)
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
        counted: what it counts, or None.
    """

    text: str
    times: Located[Time]
    sentence: Span
    bounded: bool
    counted: Counted | None


def is_refused(amount: Amount, scene: Scene) -> bool:
    """Whether the amount is no quantity."""
    return any(test(amount, scene) for test in _TESTS)


def is_no_number(text: str, measure: Measure, times: Located[Time]) -> bool:
    """Whether digits without a unit are a date, a clock time or part of a word, and so no end of a range either."""
    if not measure.bare or measure.number.form != "digits":
        return False
    end = measure.number.end
    if text[end : end + 1].isalpha() or _is_before(text, end, "behind"):
        return True
    own = Span(measure.number.start, end)
    return any(span.contains(own) and time.type in ("DATE", "TIME") for span, time in times.touching(own))


def _is_before(text: str, end: int, words: str) -> bool:
    """Whether one of the refused words follows."""
    match = _WORD_BEHIND.match(text, end)
    return match is not None and match[1].lower() in lexicon().refused[words]


def _is_dated(amount: Amount, scene: Scene) -> bool:
    """Inside a time expression, without a unit."""
    own = Span(amount.first.number.start, amount.last.number.end)
    return (
        amount.last.bare
        and amount.last.number.form != "fraction"
        and any(span.contains(own) for span, _ in scene.times.touching(own))
    )


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
        if before in "-‐‑" and not amount.last.bare and _LOWER_BEFORE.search(text, max(0, start - 12), start - 1):
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


def _is_year(amount: Amount, scene: Scene) -> bool:
    """Four digits that look like a year, with no unit and nothing that makes them a number."""
    yearly = _looks_like_year(amount.first) or _looks_like_year(amount.last)
    return yearly and not _is_plain_count(amount, scene)


def _looks_like_year(measure: Measure) -> bool:
    number = measure.number
    if not (measure.bare and number.form == "digits" and number.whole and number.scale == 1):
        return False
    return number.end - number.start == 4 and int(number.mantissa) in _YEARS


def _is_plain_count(amount: Amount, scene: Scene) -> bool:
    """As in "killed 2000 people", "more than 1800 homes", but not "the 2018 sales"."""
    counted = scene.counted
    if counted is None or not counted.plural or not counted.directly:
        return False
    before = _WORD_BEFORE.search(scene.text, max(scene.sentence.start, amount.start - 26), amount.start)
    word = before[1] if before else ""
    return scene.bounded or (word.islower() and word not in lexicon().refused["before_year"] and "'" not in word)


def _is_clock(amount: Amount, scene: Scene) -> bool:
    return _is_before(scene.text, amount.last.number.end, "behind")


def _is_named(amount: Amount, scene: Scene) -> bool:
    """Behind a word that takes a number as a name: `Article 5`, `FTSE 100`, `iPhone 14 Pro`."""
    if not amount.first.bare or amount.first.number.form not in ("digits", "words"):
        return False
    match = _WORD_BEFORE.search(scene.text, max(scene.sentence.start, amount.start - 26), amount.start)
    if match is None:
        return False
    near = scene.text[max(0, amount.start - 16) : amount.start].rstrip()
    if near.endswith(lexicon().names_before) and not scene.counted:
        return True
    word = match[1]
    lower = word.lower().removesuffix("’s").removesuffix("'s")
    if lower in lexicon().refused["indices"]:
        return not amount.last.joint
    counted = scene.counted
    if lower in lexicon().refused["verbs_too"] and word.islower() and counted is not None and counted.plural:
        return False  # "will release 60 prisoners", beside "release 60"
    if lower in lexicon().refused["name_words"]:
        return word[0].isupper() or amount.first.number.form == "digits" or not scene.counted
    return _is_capital(word, match.start(1), scene) and not scene.counted


def _is_capital(word: str, start: int, scene: Scene) -> bool:
    """Whether a word looks like a name; the first of a sentence has its capital for another reason."""
    return word[0].isupper() and not word.endswith(".") and start > scene.sentence.start


def _is_titled(amount: Amount, scene: Scene) -> bool:
    """Before a name that it is part of: `11 Pro`, `787 Dreamliner`, `737 jets`."""
    number, counted = amount.last.number, scene.counted
    if not amount.last.bare or number.form != "digits" or not number.whole or counted is None:
        return False
    if number.scale > 1 or number.end - number.start > 4:
        return False
    if scene.text[number.start : number.end] in lexicon().refused["aircraft"]:
        return counted.opening.lower() in lexicon().refused["aircraft_behind"]
    words = counted.span.of(scene.text).split()
    return counted.directly and not counted.plural and all(word[0].isupper() for word in words)


def _is_negative_count(amount: Amount, scene: Scene) -> bool:
    """A stroke before a count is no minus: `Covid -19 tests`."""
    return amount.low < 0 and amount.last.bare and scene.counted is not None and not amount.ranges


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


def _is_pronoun(amount: Amount, scene: Scene) -> bool:
    """Whether "one" stands for somebody or something named before, or is part of an idiom."""
    number = amount.first.number
    if number.form != "words" or scene.text[number.start : number.end].lower() != "one" or amount.ranges:
        return False
    before = _WORD_BEFORE.search(scene.text, max(0, amount.start - 26), amount.start)
    if before and before[1].lower() in lexicon().one_not_behind:
        return True
    behind = _WORD_BEHIND.match(scene.text, amount.end)
    if not amount.last.bare:
        return False
    return behind is None or behind[1].lower().rstrip(".") in lexicon().one_not_before or scene.counted is None


def _is_loose(amount: Amount, scene: Scene) -> bool:
    """A number with neither a unit nor a noun, nor words or a form that show it to be an amount."""
    number = amount.last.number
    if _SUSPENDED.match(scene.text, number.end):
        return False
    if not amount.last.bare or scene.counted is not None or scene.bounded or number.form in ("fraction", "vague"):
        return False
    before = _WORD_BEFORE.search(scene.text, max(scene.sentence.start, amount.start - 26), amount.start)
    word = before[1] if before else ""
    behind = _WORD_BEHIND.match(scene.text, amount.end)
    if number.form == "words" and number.value < 100:
        if word.lower() in lexicon().refused["before_bare_word"] or behind is None:
            return True
        return not (behind[1].lower() in lexicon().stops or amount.ranges)
    if behind is not None and behind[1] in lexicon().refused["counted_before"]:
        return False  # "Of the workers, 19 were told"
    separated = not number.whole or number.scale > 1 or number.end - number.start > 4 or amount.ranges
    return not separated and not (word and word.islower())


_TESTS: tuple[Callable[[Amount, Scene], bool], ...] = (
    _is_glued,
    _runs_on,
    _is_chain,
    _is_dated,
    _is_year,
    _is_clock,
    _is_named,
    _is_titled,
    _is_negative_count,
    _is_address,
    _is_score,
    _is_listed,
    _is_aged,
    _is_form,
    _is_idiom,
    _is_pronoun,
    _is_loose,
)
