"""What the rules know of English about who takes part in an event: words of `data/participants.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import table_of


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists of lemmas and prepositions, by what they say of the phrases around them."""

    undergone: frozenset[str]
    done_of: frozenset[str]
    done_to_possessor: frozenset[str]
    light: frozenset[str]
    occurring: frozenset[str]
    at_object: frozenset[str]
    own_subject: frozenset[str]
    place: frozenset[str]
    to_verb: frozenset[str]
    to_noun: frozenset[str]
    between: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    tables = table_of("participants")
    return Lexicon(**{name: frozenset(words.split()) for table in tables.values() for name, words in table.items()})
