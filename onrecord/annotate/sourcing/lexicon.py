"""The words that tell how a source is known, out of `data/sourcing.toml`, ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from onrecord.lexicons import table_of

Kind = Literal[
    "insider", "spokesperson", "onlooker", "body", "crowd", "document", "utterance", "pronoun", "name", "other"
]

PERSONS: frozenset[Kind] = frozenset({"insider", "spokesperson", "onlooker"})
_KINDS: tuple[Kind, ...] = ("spokesperson", "insider", "utterance", "document", "onlooker", "body", "crowd")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`data/sourcing.toml`. `kinds` holds singular nouns; patterns match lower or mixed case."""

    kinds: Mapping[str, Kind]
    nouns: Mapping[str, frozenset[str]]
    plurals: Mapping[str, str]
    determiners: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    titles: Mapping[str, str]
    peoples: frozenset[str]
    people_endings: tuple[str, ...]
    familiar: re.Pattern[str]
    anchors: tuple[str, ...]
    withheld_name: re.Pattern[str]
    self_reason: re.Pattern[str]
    reason: re.Pattern[str]
    reason_end: re.Pattern[str]
    introduced: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    table = table_of("sourcing")
    nouns, anonymity = _sets(table["nouns"]), table["anonymity"]
    return Lexicon(
        kinds={noun: kind for kind in reversed(_KINDS) for noun in nouns[kind]},
        nouns=nouns,
        plurals=table["plurals"],
        determiners=_sets(table["determiners"]),
        words=_sets(table["words"]),
        titles=table["titles"],
        peoples=frozenset(table["peoples"]["words"].split()),
        people_endings=tuple(table["peoples"]["endings"].split()),
        familiar=re.compile(rf"(?:\s{{0,3}},)?\s{{0,3}}{_any_of(table['familiar']['phrases'])}", re.I),
        anchors=tuple(anonymity["anchors"]),
        withheld_name=re.compile(_any_of(anonymity["phrases"]), re.I),
        self_reason=re.compile(_any_of(anonymity["self_reason"]), re.I),
        reason=_reason_pattern(table["reasons"]),
        reason_end=_reason_end_pattern(table["reasons"]["ending"].split()),
        introduced=_introduced_pattern(nouns["core"]),
    )


def _sets(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table.items()}


def _any_of(phrases: Sequence[str]) -> str:
    return rf"(?:{'|'.join(_phrase_pattern(phrase) for phrase in phrases)})"


def _phrase_pattern(phrase: str) -> str:
    """A bounded pattern for a phrase of the lexicon: `a|b` alternatives, `(a|b)?` optional, `*` up to three words."""
    pattern = "".join(_word_pattern(word) for word in phrase.split()).removesuffix(r"\s{1,2}")
    return (pattern if pattern.startswith("(?:not|n") else rf"\b{pattern}") + r"\b"


def _word_pattern(word: str) -> str:
    if word == "*":
        return r"(?:[\w’'.-]{1,30}\s{1,2}){0,3}"
    if word.endswith(")?"):
        return rf"(?:(?:{word[1:-2]})\s{{1,2}})?"
    return rf"(?:{word.replace(chr(39), '[’' + chr(39) + ']')})\s{{1,2}}"


def _reason_pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Group `opening` is not part of the reason, group `kept` is."""
    opening = [word for word in table["opening"] if word != "as"]
    kept = [word for word in table["kept"] if word != "to"]
    as_ = rf"as(?=\s(?:{'|'.join(table['as_before'].split())})\b)"
    to = rf"to(?=\s(?!(?:{'|'.join(table['not_after_to'].split())})\b)[a-z])"
    return re.compile(rf"\b(?:(?P<opening>{'|'.join([*opening, as_])})|(?P<kept>{'|'.join([*kept, to])}))\s+", re.I)


def _reason_end_pattern(verbs: Sequence[str]) -> re.Pattern[str]:
    """Where a reason may end; group `verb` is a verb that may be the main clause's."""
    return re.compile(rf"[;:()\"“”—\n]|''|,\s|\s[-–]+\s|\s(?P<verb>{'|'.join(verbs)})\b")


def _introduced_pattern(nouns: frozenset[str]) -> re.Pattern[str]:
    """A person with inside knowledge told of for the first time: "a senior official"."""
    return re.compile(rf"\b(?:an?|one|another)\s(?:[\w.’'-]+\s){{0,4}}(?:{'|'.join(sorted(nouns))})\b", re.I)
