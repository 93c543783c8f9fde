"""What `data/reportdate.toml` knows: words that tell the tense, hedges, costs, kinds of happenings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons import table_of

_STEM = 6
_FIRST = 3
"""Letters by which beginnings of words are looked up; no beginning is shorter."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """What happens in one month of every so many years, known by the words beside the month."""

    name: str
    month: int
    beside: tuple[str, ...]
    every: int
    remainder: int
    cost: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of the file.

    Attributes:
        judgement, costs: numbers by name; costs in nats.
        ahead, ahead_beginnings: words that let a clause look ahead, and beginnings of such, by their first two letters.
        past: irregular past forms and auxiliaries.
        hedges: words before `a year ago` → by how much of the unit the truth may be less or more.
        happenings: first letters → beginnings of words and the kind of happening they name, the longest first.
    """

    judgement: Mapping[str, float]
    costs: Mapping[str, float]
    ahead: frozenset[str]
    ahead_beginnings: Mapping[str, tuple[str, ...]]
    past: frozenset[str]
    placing: frozenset[str]
    telling: frozenset[str]
    scheduled: frozenset[str]
    limits: frozenset[str]
    will: frozenset[str]
    reporting: frozenset[str]
    ahead_helpers: frozenset[str]
    hedges: Mapping[str, tuple[float, float]]
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    years: Mapping[str, Any]
    weekday_costs: Mapping[str, Any]
    neighbours: Mapping[str, float]
    happenings: Mapping[str, Sequence[tuple[str, str]]]
    recurring: tuple[Recurring, ...]

    def looks_ahead(self, form: str) -> bool:
        """Whether a word, in small letters, lets its clause look ahead."""
        return form in self.ahead or form in self.limits or any(form.startswith(one) for one in self.begun(form))

    def begun(self, form: str) -> tuple[str, ...]:
        """The beginnings of words that look ahead which may begin `form`."""
        return self.ahead_beginnings.get(form[:2], ())

    def happening(self, form: str) -> str | None:
        """The kind of happening that a word, in small letters, names, or None."""
        near = self.happenings.get(form[:_FIRST], ())
        # "war" must be met whole: "warned" is another word.
        return next(
            (kind for start, kind in near if form == start or (len(start) > _FIRST and form.startswith(start))), None
        )

    def stem(self, form: str) -> str:
        """The kind of happening of a word, or else its first letters: what words of one root mostly share."""
        return self.happening(form) or form[:_STEM]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once. The names of months and the forms of verbs are those of `data/times.toml`."""
    own, times = table_of("reportdate"), table_of("times")
    tense = own["tense"]
    beginnings: dict[str, tuple[str, ...]] = {}
    for start in (word.removesuffix("*") for word in tense["ahead"] if word.endswith("*")):
        beginnings[start[:2]] = (*beginnings.get(start[:2], ()), start)
    return Lexicon(
        judgement=own["judgement"],
        costs=own["costs"],
        ahead=frozenset(word for word in tense["ahead"] if not word.endswith("*")),
        ahead_beginnings=beginnings,
        past=frozenset(times["tense"]["past"]),
        placing=frozenset(tense["placing"]),
        telling=frozenset(tense["telling"]),
        scheduled=frozenset(tense["scheduled"]),
        limits=frozenset(tense["limits"]),
        will=frozenset(tense["will"]),
        reporting=frozenset(tense["reporting"]),
        ahead_helpers=frozenset(tense["helpers"]),
        hedges={words: (less, more) for words, (less, more) in own["hedges"].items()},
        numbers=own["numbers"],
        months=times["slot"]["MONTH"]["words"],
        weekdays=times["slot"]["WEEKDAY"]["words"],
        years=own["years"],
        weekday_costs=own["weekdays"],
        neighbours=own["neighbours"],
        happenings=_by_first_letters(own["happenings"]),
        recurring=tuple(Recurring(**{**one, "beside": tuple(one["beside"])}) for one in own["recurring"]),
    )


def _by_first_letters(kinds: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, str]]]:
    starts = [(start, kind) for kind, starts in kinds.items() for start in starts]
    found: dict[str, list[tuple[str, str]]] = {}
    for start, kind in sorted(starts, key=lambda pair: (-len(pair[0]), pair)):
        found.setdefault(start[:_FIRST], []).append((start, kind))
    return found
