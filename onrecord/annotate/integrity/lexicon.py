"""The English words that show faults of a text: `data/integrity.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons import table_of


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists of words by what they show, and the pattern of wrongly decoded letters."""

    may_repeat: frozenset[str]
    phrase_breakers: frozenset[str]
    phrase_joiners: frozenset[str]
    small_starts: frozenset[str]
    lost_letter: dict[str, str]
    lost_letter_before_capital: dict[str, str]
    speech: dict[str, frozenset[str]]
    wrong_letters: re.Pattern[str]
    endings: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    table = table_of("integrity")
    return Lexicon(
        may_repeat=frozenset(table["may_repeat"]),
        phrase_breakers=frozenset(table["phrase_breakers"]),
        phrase_joiners=frozenset(table["phrase_joiners"]),
        small_starts=frozenset(table["small_starts"]),
        lost_letter=table["lost_letter"],
        lost_letter_before_capital=table["lost_letter_before_capital"],
        speech={name: frozenset(entries) for name, entries in table["speech"].items()},
        wrong_letters=_wrong(table["encoding"]),
        endings=tuple(table["truncated"]["endings"]),
    )


def _wrong(table: dict[str, Any]) -> re.Pattern[str]:
    pairs = [f"{re.escape(first)}[{re.escape(behind)}]" for first, behind in table["pairs"]]
    never = "".join(re.escape(char) for char in table["never"])
    entities = "|".join(table["entities"])
    return re.compile(rf"(?:{'|'.join(pairs)}|[{never}\x80-\x84\x86-\x9f\ud800-\udfff])++|&(?:{entities}|#\d{{2,6}});")
