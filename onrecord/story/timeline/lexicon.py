"""What the timeline knows of English, read from `data/timeline.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import table_of


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that tell nothing of a subject, and what makes a sentence a bad headline; all in lower case."""

    function_words: frozenset[str]
    leaning: frozenset[str]
    speaking: frozenset[str]
    before_titles: frozenset[str]
    page: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    table = table_of("timeline")
    words = {
        name: frozenset(table[name].split()) for name in ("function_words", "leaning", "speaking", "before_titles")
    }
    return Lexicon(**words, page=tuple(table["page"]))
