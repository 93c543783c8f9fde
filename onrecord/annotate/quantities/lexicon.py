"""What is known of English numbers, units and currencies, read from `data/quantities.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from onrecord.lexicons import table_of
from onrecord.model import Bound

Kind = Literal["percentage", "currency", "measure", "time", "age", "counted"]
_POINTS = ("percentage", "percentage point", "basis point")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that stand for numbers, each with its value."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, int]
    vague_before_of: Mapping[str, int]
    denominators: Mapping[str, int]
    some_of: tuple[str, ...]
    half_before: frozenset[str]
    no_half_behind: frozenset[str]
    suffixes: Mapping[str, int]
    suffixes_of_money: Mapping[str, int]

    @property
    def triggers(self) -> frozenset[str]:
        """Words at which a number in words may begin, or which end one that begins before them."""
        return frozenset({**self.units, **self.tens, **self.scales, **self.vague, **self.vague_before_of}) | frozenset(
            self.denominators
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in its normal form, and what sort it is."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of `data/quantities.toml`; words are case-folded, symbols are as written.

    Attributes:
        before: phrase before a number → bound.
        behind: phrase behind a number → bound.
        change, change_of_measure: word → direction; the second only where a measure follows.
        unit_words, unit_symbols: form → unit.
        lone_symbols: symbols that are words or names as well.
    """

    numbers: NumberWords
    before: Mapping[str, Bound]
    behind: Mapping[str, Bound]
    fillers: frozenset[str]
    change: Mapping[str, Literal["up", "down"]]
    change_of_measure: Mapping[str, Literal["up", "down"]]
    change_fillers: frozenset[str]
    stops: frozenset[str]
    plurals: frozenset[str]
    singulars: Mapping[str, str]
    states: frozenset[str]
    openers: frozenset[str]
    names_before: tuple[str, ...]
    one_not_before: frozenset[str]
    one_not_behind: frozenset[str]
    refused: Mapping[str, frozenset[str]]
    currency_symbols: Mapping[str, str]
    currency_words: Mapping[str, str]
    currency_joined: Mapping[str, str]
    national: frozenset[str]
    currency_behind: tuple[str, ...]
    unit_words: Mapping[str, Unit]
    unit_symbols: Mapping[str, Unit]
    lone_symbols: frozenset[str]
    rates: frozenset[str]

    def singular(self, word: str) -> str:
        """The singular of a noun, as far as spelling tells; the word itself where it tells nothing."""
        lower = word.lower()
        if lower in self.singulars:
            return self.singulars[lower]
        for plural in ("people", "men", "women", "children", "feet", "teeth", "wives", "lives"):
            if lower.endswith(plural) and len(lower) > len(plural):
                return lower[: -len(plural)] + self.singulars[plural]
        if len(word) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
            return word
        if lower.endswith("ies"):
            return word[:-3] + "y"
        if lower.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
            return word[:-2]
        return word[:-1]

    def is_plural(self, word: str) -> bool:
        """Whether a noun looks like a plural."""
        lower = word.lower()
        if lower in self.plurals or lower.endswith(("men", "women", "people", "children")):
            return True
        return len(word) > 2 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s"))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = table_of("quantities")
    words, symbols, lone = _units(table)
    return Lexicon(
        numbers=_number_words(table["number"]),
        before=_bounds(table["bound"], ""),
        behind=_bounds(table["bound"], "behind_"),
        fillers=_words(table["bound"]["between"]),
        change=_ways(table["change"], ""),
        change_of_measure=_ways(table["change"], "_of_measure"),
        change_fillers=_words(table["change"]["between"]),
        stops=_words(table["noun"]["stops"]),
        plurals=_words(table["noun"]["plurals"]),
        singulars=table["noun"]["singulars"],
        states=_words(table["noun"]["states"]),
        openers=_words(table["noun"]["openers"]),
        names_before=_parted(table["refused"]["names_before"]),
        one_not_before=_words(table["one"]["not_before"]),
        one_not_behind=_words(table["one"]["not_behind"]),
        refused={name: frozenset(words.split()) for name, words in table["refused"].items()},
        currency_symbols=table["currency"]["symbols"],
        currency_words=_with_plurals(table["currency"]["words"]),
        currency_joined=table["currency"]["joined"],
        national=_words(table["currency"]["national"]),
        currency_behind=_parted(table["currency"]["behind"]),
        unit_words=words,
        unit_symbols=symbols,
        lone_symbols=lone,
        rates=_words(table["rate"]["units"]),
    )


def _number_words(table: Mapping[str, Any]) -> NumberWords:
    values = {name: value for name, value in table.items() if not isinstance(value, str)}
    return NumberWords(
        some_of=_parted(table["some_of"]),
        half_before=_words(table["half_before"]),
        no_half_behind=_words(table["no_half_behind"]),
        **values,
    )


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _parted(listed: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in listed.split("|"))


def _bounds(table: Mapping[str, str], prefix: str) -> dict[str, Bound]:
    bounds: tuple[Bound, ...] = ("about", "more_than", "at_least", "less_than", "at_most")
    return {phrase: bound for bound in bounds for phrase in _parted(table.get(prefix + bound, "")) if phrase}


def _ways(table: Mapping[str, str], suffix: str) -> dict[str, Literal["up", "down"]]:
    up: dict[str, Literal["up", "down"]] = dict.fromkeys(table["up" + suffix].split(), "up")
    return up | dict.fromkeys(table["down" + suffix].split(), "down")


def _with_plurals(names: Mapping[str, str]) -> dict[str, str]:
    return {form: name for word, name in names.items() for form in (word, word + "s")}


def _units(table: Mapping[str, Any]) -> tuple[dict[str, Unit], dict[str, Unit], frozenset[str]]:
    """Words, symbols, and the symbols that need care."""
    words, symbols = _si_units(table["si"])
    for kind, section in (("measure", "unit"), ("time", "time"), ("age", "age")):
        for name, forms in table[section].items():
            unit = Unit(name, "percentage" if name in _POINTS else kind)  # type: ignore[arg-type]
            for form in _parted(forms):
                (symbols if _is_symbol(form) else words)[form] = unit
    return words, symbols, frozenset(table["si"]["alone"].split())


def _is_symbol(form: str) -> bool:
    """Whether the case of a form matters."""
    return len(form) <= 2 or any(char.isupper() for char in form) or not form[0].isalpha()


def _si_units(table: Mapping[str, Any]) -> tuple[dict[str, Unit], dict[str, Unit]]:
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for name, forms in table["units"].items():
        spelt, short = _apart(forms.split())
        for prefix, letter in {"": "", **table["prefixes"]}.items():
            unit = Unit(prefix + name, "measure")
            words |= {prefix + word + ending: unit for word in spelt for ending in ("", "s")}
            symbols |= {letter + symbol: unit for symbol in short}
            if letter == "µ":
                symbols |= {"μ" + symbol: unit for symbol in short}
    _add_areas(table, words, symbols)
    words |= {"kilo": Unit("kilogram", "measure"), "kilos": Unit("kilogram", "measure")}
    return words, symbols


def _apart(forms: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words and the symbols of a base unit: symbols have at most two letters, or are no word in lower case."""
    listed = list(forms)
    spelt = [form for form in listed if len(form) > 2 and form.islower() and form not in ("mol",)]
    return spelt, [form for form in listed if form not in spelt]


def _add_areas(table: Mapping[str, Any], words: dict[str, Unit], symbols: dict[str, Unit]) -> None:
    """Square and cubic units of length."""
    lengths = {word: unit.name for word, unit in words.items() if unit.name.endswith("metre")}
    english = {"mile": "mile", "miles": "mile", "foot": "foot", "feet": "foot", "ft": "foot", "yard": "yard"}
    english |= {"yards": "yard", "inch": "inch", "inches": "inch", "m": "metre", "km": "kilometre"}
    for power, forms in table["areas"].items():
        for form in _parted(forms):
            words |= {f"{form} {w}": Unit(f"{power} {n}", "measure") for w, n in {**lengths, **english}.items()}
    for mark, power in table["squared"].items():
        for symbol in ("m", "km", "cm", "mm", "ft", "mi"):
            name = symbols[symbol].name if symbol in symbols else english.get(symbol, "mile")
            symbols[symbol + mark] = Unit(f"{power} {name}", "measure")


@cache
def unit_pattern(exact: bool) -> re.Pattern[str]:
    """One expression for all unit words (`exact` is false) or all symbols, the longest first."""
    forms = lexicon().unit_symbols if exact else lexicon().unit_words
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    spelt = "|".join(re.escape(form).replace(r"\ ", r"[ \u00a0\n-]") for form in ordered)
    return re.compile(rf"(?:{spelt})(?!\w)", 0 if exact else re.IGNORECASE)
