"""Numbers with their units: currency before or behind, per cent, measures, time, rates ("$4 a barrel")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.annotate.quantities.lexicon import Kind, Lexicon, Unit, lexicon, unit_pattern
from onrecord.annotate.quantities.numbers import Number, with_more, with_suffix

_SPACES = " \u00a0\n"
_JOINTS = "-‐‑"
_RATE = re.compile(
    r"(?:[ \u00a0\n-](per|an?|each|every)[ \u00a0\n-]|(/) ?)((?:square |cubic |sq )?[A-Za-z]{1,12}[²³23]?)(?!\w)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:(?<!\w)(minus[ \u00a0-]|plus[ \u00a0-])|(?<![\w.,])([-−+]))$", re.IGNORECASE)
_MINUS_INSIDE = re.compile(r"[$£€¥][-−]$")
_NATIONAL = re.compile(r"[ \u00a0\n-]((?:[A-Z][a-z]{2,12}|U\.S\.|US)[ \u00a0\n])?([A-Za-z]{3,10})\b")
_JOINED = re.compile(r"[ \u00a0]?([A-Za-zčł]{1,2}|[€£$¢₽])(?![\w'’]|\.\w)")
_CODE = re.compile(r"[ \u00a0]?([A-Z]{3})(?!\w)")
_PAST = re.compile(r"[ \u00a0\n](?:earlier|ago|before|later|after|from now|or so)\b")
_LONGEST_SYMBOL = 6
_MONEY_IN_MILLIONS = 1e6


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit.

    Attributes:
        start, end: from the sign or currency before it to the end of the unit.
        number: as written.
        sign: -1 below zero, otherwise 1.
        plus: whether a plus sign stands before.
        unit: name of the unit, None where the number only counts.
        kind: what sort of unit.
        joint: whether a hyphen ties it to the word behind ("a 5-inch screen").
        unit_start: where the unit behind the number begins, `end` where there is none.
    """

    start: int
    end: int
    number: Number
    sign: int = 1
    plus: bool = False
    unit: str | None = None
    kind: Kind = "counted"
    joint: bool = False
    unit_start: int = 0

    @property
    def value(self) -> float:
        return self.sign * self.number.value

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return self.unit is None

    @property
    def base(self) -> str | None:
        """The unit without what it is per."""
        return self.unit.partition(" per ")[0] if self.unit else None


def read_measure(text: str, number: Number, limit: int) -> Measure:
    """The number with its sign and unit; `limit` is the end of its sentence."""
    start, currency = _currency_before(text, number.start)
    start, sign, plus = _sign_before(text, start, number.start)
    number = with_more(text, with_suffix(text, number, currency is not None))
    measure = Measure(start, number.end, number, sign, plus, unit_start=number.end)
    if currency is not None:
        measure = replace(measure, unit=currency, kind="currency")
        return _with_rate(text, _with_behind(text, measure, limit), limit)
    measure = _with_unit(text, measure, limit)
    return _with_rate(text, _with_joint(text, measure), limit)


def _currency_before(text: str, start: int) -> tuple[int, str | None]:
    """Where the currency before a number begins, and its name."""
    end = start - 1 if text[start - 1 : start] in ("-", "−") and start > 1 else start
    for gap in (0, 1):
        if gap and text[end - 1 : end] not in (" ", "\u00a0"):
            break
        for length in range(_LONGEST_SYMBOL, 0, -1):
            symbol = text[max(0, end - gap - length) : end - gap]
            name = lexicon().currency_symbols.get(symbol) if len(symbol) == length else None
            if name and _stands_alone(text, end - gap - length, symbol, gap):
                return end - gap - length, name
    return start, None


def _stands_alone(text: str, begin: int, symbol: str, gap: int) -> bool:
    before = text[begin - 1 : begin] if begin else ""
    if symbol[0].isalpha() and (before.isalnum() or before in ("_", "-")):
        return False
    return not (gap and symbol in ("PS", "Y=", "Sh", "TRY", "Tk"))


def _sign_before(text: str, start: int, number: int) -> tuple[int, int, bool]:
    """Where sign and number begin, the sign, and whether it is a plus."""
    if _MINUS_INSIDE.search(text, max(0, number - 2), number):
        return start, -1, False
    match = _SIGN.search(text, max(0, start - 6), start)
    if match is None:
        return start, 1, False
    minus = match[0].lower().startswith(("minus", "-", "−"))
    return match.start(), -1 if minus else 1, not minus


def _with_behind(text: str, measure: Measure, limit: int) -> Measure:
    """As in "$50 US": the country behind an amount."""
    for form in lexicon().currency_behind:
        end = measure.end + 1 + len(form)
        if end <= limit and text[measure.end] in _SPACES and text.startswith(form, measure.end + 1):
            if not text[end : end + 1].isalnum():
                unit = "pound sterling" if form == "sterling" else measure.unit
                return replace(measure, end=end, unit=unit)
    joint = text[measure.end : measure.end + 1] in tuple(_JOINTS) and text[measure.end + 1 : measure.end + 2].isalpha()
    return replace(measure, joint=joint)


def _with_unit(text: str, measure: Measure, limit: int) -> Measure:
    """The measure with the unit behind the number, if one stands there."""
    place = measure.number.end
    gap = 1 if text[place : place + 1] in tuple(_SPACES + _JOINTS) else 0
    readers = (_money_joined, _unit_symbol, _unit_word, _money_word)
    found = [f for read in readers if (f := read(text, measure.number, place, gap, limit)) is not None]
    if not found:
        return measure
    unit, begin, end = max(found, key=lambda one: one[2])
    return replace(measure, unit=unit.name, kind=unit.kind, unit_start=begin, end=end, joint=text[place] in _JOINTS)


Found = tuple[Unit, int, int] | None
"""A unit, and where it begins and ends."""


def _money_joined(text: str, number: Number, place: int, gap: int, limit: int) -> Found:
    code = _CODE.match(text, place, limit)
    if code and code[1] in lexicon().currency_symbols:
        return Unit(lexicon().currency_symbols[code[1]], "currency"), code.start(1), code.end()
    match = _JOINED.match(text, place, limit) if number.form == "digits" else None
    name = lexicon().currency_joined.get(match[1]) if match else None
    if match is None or name is None or (gap and not match[1].islower()):
        return None
    return Unit(name, "currency"), match.start(1), match.end()


def _unit_symbol(text: str, number: Number, place: int, gap: int, limit: int) -> Found:
    match = unit_pattern(True).match(text, place + gap, limit)
    if match is None or (number.form != "digits" and match[0] != "%"):
        return None
    symbol = match[0]
    if symbol in lexicon().lone_symbols and gap:
        if text[place] in _JOINTS or text[match.end() : match.end() + 1] in (".", "'", "’", "&", "-"):
            return None
        if symbol in ("A", "T", "K", "B", "s", "h", "c", "b") and number.whole and number.value < 10:
            return None
    return lexicon().unit_symbols[symbol], place + gap, match.end()


def _unit_word(text: str, number: Number, place: int, gap: int, limit: int) -> Found:
    match = unit_pattern(False).match(text, place + gap, limit)
    if match is None or (not gap and number.form != "digits"):
        return None
    unit = _unit_named(lexicon(), match[0])
    if unit.name == "pound-mass" and number.scale >= _MONEY_IN_MILLIONS:
        unit = Unit("pound sterling", "currency")
    return unit, place + gap, match.end()


def _unit_named(words: Lexicon, written: str) -> Unit:
    form = written.lower().replace("\n", " ").replace("\u00a0", " ")
    for candidate in (form, form.replace("-", " "), form.replace(" ", "-")):
        if candidate in words.unit_words:
            return words.unit_words[candidate]
    mixed = {word.lower().replace("-", " "): unit for word, unit in words.unit_words.items()}
    return mixed[form.replace("-", " ")]


def _money_word(text: str, number: Number, place: int, gap: int, limit: int) -> Found:
    match = _NATIONAL.match(text, place, limit)
    if match is None:
        return None
    word = match[2].lower()
    name = lexicon().currency_words.get(word)
    country = (match[1] or "").strip()
    national = word.removesuffix("s") in lexicon().national or word == "kronor"
    if name is None or (country and not national and word not in lexicon().currency_words):
        return None
    if country and country not in ("U.S.", "US") and national:
        name = f"{country.lower()} {name.removesuffix('s')}"
    elif number.form == "vague" and name == "real":
        return None
    return Unit(name, "currency"), match.start(2) if not match[1] else match.start(1), match.end()


def _with_joint(text: str, measure: Measure) -> Measure:
    """Whether a bare number is tied to the word behind it ("two-storey")."""
    if not measure.bare:
        return measure
    end = measure.end
    joint = text[end : end + 1] in tuple(_JOINTS) and text[end + 1 : end + 2].isalpha()
    return replace(measure, joint=joint)


def _with_rate(text: str, measure: Measure, limit: int) -> Measure:
    """The measure with what it is per."""
    if measure.bare or measure.kind in ("time", "age"):
        return measure
    match = _RATE.match(text, measure.end, limit)
    if match is None:
        return measure
    word = match[3].lower()
    if (match[1] or "").lower() not in ("per",) and word.rpartition(" ")[2] not in lexicon().rates:
        return measure
    if (match[1] or "").lower() in ("a", "an") and _PAST.match(text, match.end()):
        return measure
    known = lexicon().unit_words.get(word) or lexicon().unit_symbols.get(match[3])
    name = known.name if known else lexicon().singular(word)
    return replace(measure, unit=f"{measure.unit} per {name}", end=match.end())
