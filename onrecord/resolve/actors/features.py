"""What speaks for one actor behind two names: a table of named features and their weights.

The docstring of each feature is the explanation a reader is shown. Names are linked where the weights of the features
that hold, each times its strength, reach `ENOUGH`, and nobody else comes into question.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onrecord.resolve.names import same_name

ENOUGH = 0.85
_NEARLY = 0.75


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mention or a source was given to an actor: the feature's name, and its sentence."""

    feature: str
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that may be one actor's.

    Attributes:
        one, other: the names, without articles and titles; `one` is the shorter.
        together: whether one report has both.
        alone: whether nobody else in the report (if together) or the story has a name that fits.
        relation: what the names have in common, as found when candidates were looked up.
        offices: the offices each is known to hold, as words.
    """

    one: str
    other: str
    together: bool
    alone: bool
    relation: str
    offices: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the table. `strength` gives 0 to 1."""

    strength: Callable[[Pair], float]
    weight: float

    @property
    def reason(self) -> Reason:
        return Reason(self.strength.__name__, _sentence(self.strength))


def sounds_alike(pair: Pair) -> float:
    """The two names are spellings of one name: their words sound alike, in the same order."""
    score = same_name(pair.one, pair.other).score if pair.relation == "spelling" else 0.0
    return score if score >= _NEARLY else 0.0


def same_office(pair: Pair) -> float:
    """Both names come with the same office."""
    return float(bool(pair.offices[0] & pair.offices[1]))


def last_word_alone(pair: Pair) -> float:
    """The short form is the last word of the full name."""
    return float(pair.relation == "last word")


def first_word_alone(pair: Pair) -> float:
    """The short form is a word of the full name, though not its last."""
    return float(pair.relation == "word")


def first_word_of_body(pair: Pair) -> float:
    """The short form is the name that the full name of a body begins with."""
    return float(pair.relation == "first word")


def modifier_dropped(pair: Pair) -> float:
    """One name is the other without the modifier at its head, and the rest is the same."""
    return float(pair.relation == "modifier")


def acronym_given(pair: Pair) -> float:
    """A report gives the short form in brackets after the full name."""
    return float(pair.relation == "acronym")


def same_report(pair: Pair) -> float:
    """Both names stand in one report."""
    return float(pair.together)


def nobody_else(pair: Pair) -> float:
    """No one else in the report, or in the whole story if the report does not tell, has a name that fits."""
    return float(pair.alone)


FEATURES = (
    Feature(sounds_alike, 1.0),
    Feature(same_office, 0.1),
    Feature(last_word_alone, 0.6),
    Feature(first_word_alone, 0.5),
    Feature(first_word_of_body, 0.6),
    Feature(modifier_dropped, 0.6),
    Feature(acronym_given, 1.0),
    Feature(same_report, 0.1),
    Feature(nobody_else, 0.25),
)


def weigh(pair: Pair) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what speaks for the pair, and the reasons; nothing where a link is not allowed at all."""
    held = [(feature, strength) for feature in FEATURES if (strength := feature.strength(pair)) > 0]
    total = sum(feature.weight * strength for feature, strength in held)
    return total, tuple(feature.reason for feature, _ in held)


# --- why a single mention or source means what it means ------------------------------------------------------


def name() -> None:
    """The name itself, as it is written here."""


def known_name() -> None:
    """A well-known name, which the lexicon of actors gives to this actor."""


def demonym() -> None:
    """The adjective or name of a people, which stands for its state."""


def capital() -> None:
    """The name of a capital, which here does what a government does."""


def government() -> None:
    """The words for a government, by its country or its leader."""


def named_source() -> None:
    """The source is named by these words."""


def first_of_several() -> None:
    """Several sources are named together; this is the first of them."""


def role_source() -> None:
    """The source is known by a role only, so it is an actor of its own, in this report alone."""


def role_again() -> None:
    """The report speaks again of a source it has only told the role of: the same noun, and only one such source."""


def pronoun() -> None:
    """A pronoun: the nearest earlier source or name that fits it."""


def antecedent() -> None:
    """The words refer back to what these words name, by the coreference of the report."""


def description() -> None:
    """The words describe a group that has no name of its own."""


def own_words() -> None:
    """The first person, "I" or "we", is whoever is quoted there."""


def last_named_body() -> None:
    """A noun such as "the group" stands for the body named last."""


def body_of_speaker() -> None:
    """The words mean the body that the last speaker belongs to."""


SIGNS: Mapping[str, Reason] = MappingProxyType(
    {
        sign.__name__: Reason(sign.__name__, inspect.cleandoc(sign.__doc__ or ""))
        for sign in (
            *(name, known_name, demonym, capital, government, named_source, first_of_several, role_source),
            *(role_again, pronoun, antecedent, description, own_words, last_named_body, body_of_speaker),
        )
    }
)


def signs(names: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons of these names."""
    return tuple(SIGNS[name] for name in names)


def _sentence(function: Callable[[Pair], float]) -> str:
    return " ".join(inspect.cleandoc(function.__doc__ or "").split())
