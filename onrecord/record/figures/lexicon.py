"""What makes a quantity a figure: the section `figure` of `data/quantities.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import table_of

_INFLECTED = ("people", "things", "dull", "harm", "planned_auxiliaries", "planned_governors", "before_of", "past")
_SMALL = ("where", "owning", "hypothetical", "since", "states")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What makes a quantity a figure; nouns and verbs are in their base form."""

    people: frozenset[str]
    things: frozenset[str]
    dull: frozenset[str]
    least_other: int
    measures: frozenset[str]
    harm: frozenset[str]
    peak: tuple[str, ...]
    planned_auxiliaries: frozenset[str]
    planned_governors: frozenset[str]
    before_of: frozenset[str]
    past: frozenset[str]
    where: frozenset[str]
    owning: frozenset[str]
    hypothetical: frozenset[str]
    since: frozenset[str]
    states: frozenset[str]
    currencies: frozenset[str]
    units: frozenset[str]
    bases: Mapping[str, str]

    def base(self, form: str) -> str:
        """The word of the lexicon that a case-folded form belongs to; the form itself where it belongs to none."""
        return self.bases.get(form, form)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = table_of("quantities")
    figure, money = table["figure"], table["currency"]
    names = {*money["symbols"].values(), *money["words"].values(), *money["joined"].values()}
    spelt = {prefix + unit for unit in table["si"]["units"] for prefix in ("", *table["si"]["prefixes"])}
    sets = {name: frozenset(figure[name].split()) for name in (*_INFLECTED, *_SMALL)}
    return Lexicon(
        measures=_parted(figure["measures"]),
        least_other=figure["least_other"],
        peak=tuple(sorted(_parted(figure["peak"]))),
        currencies=frozenset(names),
        units=frozenset((*table["unit"], *table["time"], *table["age"], *spelt)) | _parted(figure["measures"]),
        bases=_bases(set().union(*(sets[name] for name in _INFLECTED)), figure["irregular"]),
        **sets,
    )


def _bases(words: Iterable[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Each form of each word → the word. Forms that no one uses do no harm."""
    bases = {form: word for word in sorted(words) for form in _forms(word)}
    return bases | {word: word for word in words} | dict(irregular)


def _forms(word: str) -> Iterator[str]:
    """Plurals of a noun, and the regular forms of a verb."""
    silent = word.removesuffix("e")
    yield from (word + "s", word + "es", word + "ed", silent + "ed", silent + "ing", word + "ing")
    yield from (word + word[-1] + "ed", word + word[-1] + "ing")
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
    if word.endswith("man"):
        yield word[:-3] + "men"


def _parted(listed: str) -> frozenset[str]:
    return frozenset(entry.strip() for entry in listed.split("|"))
