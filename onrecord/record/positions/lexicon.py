"""The lexicon of positions: attitudes, and what makes more or less of a thing. Read once from `data/positions.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from onrecord.lemmas import event_lemma
from onrecord.lexicons import table_of

Kind = Literal["verb", "noun", "adjective", "phrase", "predicate"]
KINDS: tuple[Kind, ...] = ("verb", "noun", "adjective", "phrase", "predicate")


@dataclass(frozen=True, slots=True)
class Expression:
    """A word that holds an attitude, in one of the frames it stands in.

    Attributes:
        sign: 1 for, -1 against what stands in the frame.
        frames: where that stands: "obj", "ing", "to", "that", "for-to", "on-to", or behind a preposition.
        turns: whether "not" makes the opposite of it; otherwise "not" leaves nothing told.
        weak: whether it holds a position only towards what is known to be done or undone.
        person: whether it may be towards somebody.
        prepositional: whether its "to" is a preposition.
        only: the verbs that its infinitive must be one of; empty for any.
        before: the preposition that must stand before it, or None.
    """

    sign: int
    frames: tuple[str, ...]
    turns: bool = False
    weak: bool = False
    person: bool = False
    prepositional: bool = False
    only: frozenset[str] = frozenset()
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a verb or event noun makes of its thing: more (1) or less (-1); with a concept, it is itself the thing."""

    sign: int
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, by base form."""

    expressions: Mapping[tuple[Kind, str], tuple[Expression, ...]]
    effects: Mapping[str, Effect]
    judgements: Mapping[str, int]
    sets: Mapping[str, frozenset[str]]


_SETS = (
    (
        "judgements",
        "causes of_concern interests things modals obliging irregular calling calling_as called_bad called_good",
    ),
    ("judgements", "rated rated_good rated_bad"),
    ("consequences", "harming helping bringing costing goods evils"),
    ("receptions", "good bad receiving popular unpopular"),
    ("shifts", "verbs stances bare given_up turnabouts about settled convincing turning"),
    ("attitude", "standing firmly_for"),
    ("propositions", "planning plainly wanting minding offered threatened"),
    ("agents", "light realised from relative own_voice speaker vague including press"),
    ("negation", "words no_longer"),
    ("time", "ended past_auxiliaries stative"),
    ("modality", "unreal conditions dreads foreseers"),
    ("members", "words some shares officials states_own bodies_of nobody abstract unnamed counting"),
    (
        "propositions",
        "transparent taking_up passing letting dull_verbs generic dull people nouns_only verbs_only movable single",
    ),
    ("propositions", "measures fought light_motion money foreign of_nouns of_places"),
    ("labels", "pronouns possessives vague titles no_opening no_ending"),
)


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    table = table_of("positions")
    judged = table["judgements"]
    return Lexicon(
        expressions=_expressions(table),
        effects=_effects(table),
        judgements={word: sign for name, sign in (("good", 1), ("bad", -1)) for word in judged[name].split()},
        sets={
            f"{part} {name}": frozenset(table[part][name].split()) for part, names in _SETS for name in names.split()
        },
    )


@cache
def somebodies() -> frozenset[str]:
    """Nouns for people and bodies, in the singular: those that sources are called by."""
    table = table_of("sourcing")["nouns"]
    kinds = ("insider", "core", "withheld", "spokesperson", "onlooker", "body", "crowd")
    own = words_of("members words") | words_of("propositions people")
    return frozenset(word for kind in kinds for word in table[kind].split()) | own


@cache
def measures() -> frozenset[str]:
    """What is decided on, imposed or built, as the concepts of propositions are written."""
    return frozenset(event_lemma(word, "NOUN") for word in words_of("propositions measures"))


def words_of(name: str) -> frozenset[str]:
    """A set of words of the lexicon by the name of its table and its own: "agents light"."""
    return lexicon().sets[name]


def _expressions(table: Mapping[str, Any]) -> dict[tuple[Kind, str], tuple[Expression, ...]]:
    found: dict[tuple[Kind, str], tuple[Expression, ...]] = {}
    for kind in KINDS:
        for entry in table[kind]:
            for word in entry["words"].split():
                found[kind, word] = (*found.get((kind, word), ()), _expression(entry))
    return found


def _expression(entry: Mapping[str, Any]) -> Expression:
    return Expression(
        sign=entry["sign"],
        frames=tuple(entry["frames"].split()),
        turns=entry.get("negated") == "turn",
        weak=entry.get("weak", False),
        person=entry.get("person", False),
        prepositional=entry.get("prepositional", False),
        only=frozenset(entry.get("only", "").split()),
        before=entry.get("before"),
    )


def _effects(table: Mapping[str, Any]) -> dict[str, Effect]:
    """A word that has a concept keeps it, whichever pairs it stands in as well."""
    pairs = _signed((entry, None) for entry in table["pair"])
    return pairs | _signed((entry, str(entry["name"])) for entry in table["concept"])


@cache
def _pairs() -> dict[str, frozenset[tuple[int, str]]]:
    table = table_of("positions")["pair"]
    found: dict[str, set[tuple[int, str]]] = {}
    for number, entry in enumerate(table):
        for side in ("more", "less"):
            for word in entry[side].split():
                found.setdefault(word, set()).add((number, side))
    return {word: frozenset(sides) for word, sides in found.items()}


def is_one_pair(one: str | None, other: str | None) -> bool:
    """Whether two verbs stand on one side of a pair: "ban" and "outlaw"."""
    return bool(_pairs().get(one or "", frozenset()) & _pairs().get(other or "", frozenset()))


def conflicting() -> tuple[str, ...]:
    """Words that the tables say mean both more and less; there should be none."""
    table = table_of("positions")
    sides: dict[tuple[str, str], set[str]] = {}
    for kind in ("pair", "concept"):
        for entry in table[kind]:
            for side in ("more", "less"):
                for word in entry[side].split():
                    sides.setdefault((kind, word), set()).add(f"{entry.get('name', '')} {side}")
    return tuple(sorted(word for (_, word), found in sides.items() if len(found) > 1))


def _signed(entries: Iterable[tuple[Mapping[str, Any], str | None]]) -> dict[str, Effect]:
    return {
        word: Effect(sign, concept)
        for entry, concept in entries
        for side, sign in (("more", 1), ("less", -1))
        for word in entry[side].split()
    }
