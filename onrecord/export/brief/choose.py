"""What a brief tells and what it leaves out: how much room there is, and what comes first in it.

A claim's place is a weighted sum of features that a reader can argue with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from onrecord.export.brief.document import Item
from onrecord.export.brief.reading import Reading, content_words

_FEW, _MANY = 4, 250
"""So many reports make the shortest brief, about two pages, and the longest, about four."""
_ROOM = {
    "agreed": (7, 10),
    "moves": (2, 2),
    "issues": (3, 4),
    "sides": (6, 3),
    "disputes": (5, 5),
    "updates": (3, 4),
    "older": (2, 1),
    "figures": (6, 9),
    "timeline": (14, 14),
    "history": (5, 4),
    "speakers": (5, 8),
    "reasons": (3, 5),
    "doubts": (7, 7),
    "reports": (12, 12),
}
"""Lines of each kind in the shortest brief and in the longest."""
_BASIS = {"named": 1.0, "document": 1.0, "role": 0.7, "report": 0.7, "anonymous": 0.5}
_STRENGTH = {"agreed": 1.0, "pledged": 0.8, "planned": 0.6, "requested": 0.5, "possible": 0.2}


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that makes a claim worth telling: its value is 0 to 1, its weight says how much that counts."""

    why: str
    weight: float
    value: Callable[[Sequence[Item], Reading], float]


def room(reports: int) -> dict[str, int]:
    """How many lines of each kind a brief of so many reports has."""
    share = min(1.0, max(0.0, log(max(reports, 1) / _FEW) / log(_MANY / _FEW)))
    return {kind: round(few + (many - few) * share) for kind, (few, many) in _ROOM.items()}


def weigh(features: Sequence[Feature], claims: Sequence[Item], reading: Reading) -> float:
    """The weight of claims that are one: the mentions of a commitment, the figures of a measure."""
    return sum(feature.weight * feature.value(claims, reading) for feature in features)


def _witnesses(claims: Sequence[Item], reading: Reading) -> float:
    return 1 - 1 / (1 + log(1 + reading.origins(claims)))


def _known_sources(claims: Sequence[Item], reading: Reading) -> float:
    return max(_BASIS[_basis(claim, reading)] for claim in claims)


def _basis(claim: Item, reading: Reading) -> str:
    chain = reading.chain(claim["statement"])
    return chain[0]["source"]["basis"] if chain else "report"


def _in_dispute_or_changed(claims: Sequence[Item], reading: Reading) -> float:
    return min(1.0, sum(reading.pointed_at[claim["id"]] for claim in claims) / 2)


def _strength(claims: Sequence[Item], reading: Reading) -> float:
    return max(_STRENGTH[claim["strength"]] for claim in claims)


def _has_date(claims: Sequence[Item], reading: Reading) -> float:
    return 1.0 if any(claim["due"] or claim["not_before"] for claim in claims) else 0.0


def _still_ahead(claims: Sequence[Item], reading: Reading) -> float:
    now = reading.last_known or ""
    return 1.0 if any(claim["due"] and (claim["due"]["latest"] or "") >= now for claim in claims) else 0.0


def _has_history(claims: Sequence[Item], reading: Reading) -> float:
    steps = [step for claim in claims for step in claim["history"] if step["status"] not in ("announced", "due")]
    return min(1.0, len(steps) / 2)


def _has_parties(claims: Sequence[Item], reading: Reading) -> float:
    return 1.0 if any(claim["parties"] for claim in claims) else 0.0


def _concerns_the_principal(claims: Sequence[Item], reading: Reading) -> float:
    """Whether those who are bound, or stand for or against it, or are counted, are named by many origins."""
    concerned = [actor for claim in claims for key in ("parties", "actor", "of") for actor in _ids(claim.get(key))]
    return sqrt(max((reading.prominence.get(one, 0.0) for one in concerned), default=0.0))


def _ids(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or ()


def _is_contested(claims: Sequence[Item], reading: Reading) -> float:
    """How many take a stand, twice as much if they stand on both sides."""
    holders = len({claim["actor"] for claim in claims})
    sides = len({claim["stance"] for claim in claims} & {"supports", "opposes"})
    return (1 - 1 / holders) * max(1, sides) / 2


def _told_often(claims: Sequence[Item], reading: Reading) -> float:
    return 1 - 1 / (1 + log(len(claims)))


def _several_values(claims: Sequence[Item], reading: Reading) -> float:
    return min(1.0, (len({claim["value"] for claim in claims}) - 1) / 2)


def _has_scope(claims: Sequence[Item], reading: Reading) -> float:
    """Of whom, where and when it is counted: a number without them says little."""
    return max(sum(claim[key] is not None for key in ("of", "place", "date")) for claim in claims) / 3


def _counts_the_story(claims: Sequence[Item], reading: Reading) -> float:
    """Whether what is counted is what is spoken of."""
    return _common(claims[0]["counted"]["text"].lower().split()[-1], reading)


def _speaks_of_the_story(claims: Sequence[Item], reading: Reading) -> float:
    """How common its words are in what is said."""
    return share_of_the_story(claims[0]["evidence"], reading)


def share_of_the_story(spans: Sequence[Item], reading: Reading) -> float:
    """How common the words of passages are in what is said, 0 to 1."""
    words = set(content_words(spans))
    return sum(_common(word, reading) for word in words) / max(1, len(words))


def _common(word: str, reading: Reading) -> float:
    """1 for a word that stands in one statement in twenty or more."""
    return min(1.0, 20 * reading.spread[word] / max(20, len(reading.attributed)))


def _large(claims: Sequence[Item], reading: Reading) -> float:
    """Small counts are mostly of what a report describes, not of what it is about."""
    return min(1.0, log(1 + max(abs(claim["value"]) for claim in claims)) / log(1e5))


_COMMON = (
    Feature("independent origins tell it", 2.0, _witnesses),
    Feature("its source is known", 0.8, _known_sources),
    Feature("it changed or is disputed", 1.5, _in_dispute_or_changed),
    Feature("it concerns those the story is about", 1.5, _concerns_the_principal),
    Feature("its words are those of the story", 2.0, _speaks_of_the_story),
)
COMMITMENT = (
    *_COMMON,
    Feature("it is binding", 1.2, _strength),
    Feature("it has a date", 0.8, _has_date),
    Feature("its date is still ahead", 0.4, _still_ahead),
    Feature("something became of it", 1.0, _has_history),
    Feature("it says who is bound", 0.6, _has_parties),
)
POSITION = (*_COMMON, Feature("it is told more than once", 0.5, _told_often))
ISSUE = (*_COMMON, Feature("several take a stand on it", 2.0, _is_contested))
FIGURE = (
    *_COMMON,
    Feature("it is told more than once", 0.5, _told_often),
    Feature("its value differs between tellings", 0.5, _several_values),
    Feature("it says of what, where and when", 0.9, _has_scope),
    Feature("it is a large count", 1.2, _large),
    Feature("it counts what is spoken of", 0.9, _counts_the_story),
)
