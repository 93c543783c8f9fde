"""The word lists of `data/places.toml`, folded as names are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicons import table_of
from onrecord.resolve.gazetteer import Kind, fold


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What each list holds stands at its head in the file.

    Attributes:
        kinds: nouns of facilities with the kinds of place they may end the name of.
        facility_openers: the first words of those nouns.
    """

    kinds: dict[str, frozenset[Kind]]
    facility_openers: frozenset[str]
    certain: frozenset[str]
    inside: frozenset[str]
    before: frozenset[str]
    strong: frozenset[str]
    directions: frozenset[str]
    parties: frozenset[str]
    never: frozenset[str]
    articled: frozenset[str]
    skipped: frozenset[str]
    articles: frozenset[str]
    generic: frozenset[str]
    features: frozenset[str]
    places_follow: frozenset[str]
    institutions: frozenset[str]
    publications: frozenset[str]
    still: frozenset[str]
    be: frozenset[str]
    clauses: frozenset[str]
    owned: frozenset[str]
    against: frozenset[str]
    dealt: frozenset[str]
    goes: frozenset[str]
    sited: frozenset[str]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The lists, read once."""
    data = table_of("places")
    words, classes = data["words"], data["classes"]
    kinds: dict[str, set[Kind]] = {}
    for kind, nouns in data["facilities"].items():
        for noun in nouns:
            kinds.setdefault(fold(noun), set()).add(kind)
    return PlaceWords(
        kinds={noun: frozenset(found) for noun, found in kinds.items()},
        facility_openers=frozenset(noun.split()[0] for noun in kinds),
        certain=_folded(classes["certain"]),
        inside=frozenset(words["inside"]),
        before=frozenset(words["before"]),
        strong=frozenset(words["strong"]),
        directions=frozenset(words["directions"]),
        parties=frozenset(words["parties"]),
        never=_folded(words["never"]),
        articled=frozenset(words["articled"]),
        skipped=frozenset(words["skipped"]),
        articles=frozenset(words["articles"]),
        generic=_folded(classes["generic"]),
        features=frozenset(classes["features"]),
        places_follow=frozenset(classes["places_follow"]),
        institutions=frozenset(fold(word).split()[0] for word in classes["institutions"]),
        publications=frozenset(classes["publications"]),
        still=frozenset(data["metonymy"]["still"]),
        clauses=frozenset(data["metonymy"]["clauses"]),
        be=frozenset(data["metonymy"]["be"]),
        owned=frozenset(data["metonymy"]["owned"]),
        against=frozenset(data["metonymy"]["against"]),
        goes=frozenset(data["metonymy"]["goes"]),
        sited=frozenset(data["metonymy"]["sited"]),
        dealt=frozenset(data["metonymy"]["dealt"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
