"""What the story layer knows of English: `data/conflicts.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import table_of

_NO_WORDS = frozenset(
    "delay extend advance particled causes instead nothing_like pointing dismissing opposites still_waiting "
    "never_there never_met at_home".split()
)
"""Entries of the sections of words that are no plain lists of words: they are read by themselves."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in their base form.

    Attributes:
        deeds, kinds: word → the one name under which it is compared.
        movers: verb → delay, extend or advance; `particled` the same for a verb with its particle.
    """

    deeds: Mapping[str, str]
    growing: frozenset[str]
    kinds: Mapping[str, str]
    intransitive: frozenset[str]
    leaving: frozenset[str]
    being: frozenset[str]
    having: frozenset[str]
    telling: frozenset[str]
    money: frozenset[str]
    again: frozenset[str]
    figure: frozenset[str]
    overall: frozenset[str]
    part: frozenset[str]
    common: frozenset[str]
    plain: frozenset[str]
    unplain: frozenset[str]
    negations: frozenset[str]
    particles: frozenset[str]
    moved: frozenset[str]
    undergone: frozenset[str]
    done: frozenset[str]
    movers: Mapping[str, str]
    particled: Mapping[tuple[str, str], str]
    timed: frozenset[str]
    untimed: frozenset[str]
    undone: frozenset[str]
    reconsider: frozenset[str]
    stances: frozenset[str]
    causes: tuple[tuple[str, ...], ...]
    led: frozenset[str]
    reset: frozenset[str]
    came: frozenset[str]
    instead: tuple[tuple[str, ...], ...]
    planned: frozenset[str]
    rest: frozenset[str]
    put_off_nouns: frozenset[str]
    later_words: frozenset[str]
    blaming: frozenset[str]
    explaining: frozenset[str]
    pointing: frozenset[str]
    calling: frozenset[str]
    claims: frozenset[str]
    denying: frozenset[str]
    charges: frozenset[str]
    nothing_like: tuple[str, ...]
    contradicting: frozenset[str]
    maintaining: frozenset[str]
    untrue: frozenset[str]
    plainly_untrue: frozenset[str]
    mistaken: frozenset[str]
    dismissing: frozenset[str]
    dismissing_with: frozenset[str]
    versions: frozenset[str]
    another: frozenset[str]
    giving: frozenset[str]
    disputing: frozenset[str]
    insisting: frozenset[str]
    remembering: frozenset[str]
    giving_away: frozenset[str]
    receiving: frozenset[str]
    opposites: frozenset[frozenset[str]]
    still_waiting: tuple[str, ...]
    never_there: tuple[str, ...]
    never_met: tuple[str, ...]
    at_home: tuple[str, ...]
    sighting: frozenset[str]
    meeting: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = table_of("conflicts")
    change, denial = table["change"], table["denial"]
    return Lexicon(
        deeds=_turned(table["deeds"]),
        kinds=_turned(table["kinds"]),
        movers=_turned({name: change[name] for name in ("delay", "extend", "advance")}),
        particled={(verb, particle): name for verb, particle, name in _particled(change["particled"])},
        causes=tuple(tuple(phrase.split()) for phrase in change["causes"].split("|")),
        instead=tuple(tuple(phrase.split()) for phrase in change["instead"].split("|")),
        nothing_like=_phrases(denial["nothing_like"]),
        pointing=frozenset(_phrases(denial["pointing"])),
        dismissing=frozenset(_phrases(table["replies"]["dismissing"])),
        opposites=frozenset(frozenset(pair.split()) for pair in table["replies"]["opposites"].split("|")),
        still_waiting=_phrases(table["replies"]["still_waiting"]),
        never_there=_phrases(table["replies"]["never_there"]),
        never_met=_phrases(table["replies"]["never_met"]),
        at_home=_phrases(table["replies"]["at_home"]),
        money=_money(),
        **{
            name: frozenset(listed.split())
            for section in ("words", "roles", "once", "change", "denial", "replies")
            for name, listed in table[section].items()
            if name not in _NO_WORDS
        },
    )


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in listed.split("|"))


def _money() -> frozenset[str]:
    """The units of money that numbers are read with."""
    table = table_of("quantities")["currency"]
    return frozenset((*table["symbols"].values(), *table["words"].values(), *table["joined"].values()))


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, listed in table.items() for word in listed.split()}


def _particled(table: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(*key.split(), name) for key, name in table.items()]  # type: ignore[misc]
