"""Which persons are women and which men, as far as titles and pronouns tell. First names tell nothing here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from onrecord.model import Annotations
from onrecord.resolve.actors.clusters import Node, node_of
from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.actors.referring import kind_of
from onrecord.resolve.coreference import Chain

_TITLE = 3
"""How many pronouns a title before the name weighs."""
_SURE = 3
"""How many times as often one gender must be told as the other."""


Thing = TypeVar("Thing")


def count_genders(
    annotations: Sequence[Annotations], namings: Sequence[Sequence[Naming]], chains: Mapping[str, Sequence[Chain]]
) -> Counter[tuple[Node, str]]:
    """What titles and pronouns tell of each name. Namings are by report, as the annotations are; chains by its id."""
    told: Counter[tuple[Node, str]] = Counter()
    for one, named in zip(annotations, namings, strict=True):
        told.update({(node_of(n), n.gender): _TITLE for n in named if n.gender})
        told.update(_by_pronouns(one, named, chains.get(one.report.id, ())))
    return told


def settled_genders(told: Mapping[tuple[Thing, str], int]) -> dict[Thing, str]:
    """The gender of those of whom little else is told."""
    out = {}
    for (thing, gender), count in told.items():
        other = "feminine" if gender == "masculine" else "masculine"
        if count >= _SURE * max(1, told.get((thing, other), 0)):
            out[thing] = gender
    return out


def _by_pronouns(one: Annotations, named: Sequence[Naming], chains: Sequence[Chain]) -> Iterator[tuple[Node, str]]:
    """Each name of a person in a chain with each "he" or "she" there."""
    people = {n.span.start: n for n in named if n.kind == "person" and n.known is None}
    ends = {n.span.end: n for n in people.values()}
    for chain in chains:
        genders = [kind for span in chain.mentions if (kind := kind_of(span.of(one.report.text)))]
        if not genders:
            continue
        found = (people.get(span.start) or ends.get(span.end) for span in (*chain.mentions, chain.head))
        for node in {node_of(naming): None for naming in found if naming is not None}:
            yield from ((node, gender) for gender in genders)
