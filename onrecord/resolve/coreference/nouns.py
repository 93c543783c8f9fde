"""Descriptions that stand for something told before: "the talks", "the agency". Where in doubt, they are left alone."""

from __future__ import annotations

from itertools import islice

from onrecord.resolve.coreference.lexicon import words
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase

_REACH = 30
"""Sentences back that the same noun is looked for."""
_MOST = 60
"""Earlier phrases with that noun that are looked at."""
_BODY_REACH = 3
"""Sentences back that a name which "the agency" may stand for is looked for."""
_OWNED_REACH = 5
"""Sentences back that "the case" is looked for which "their case" goes on about."""
_SAID_MORE_REACH = 3
"""Sentences back that "the strike" is looked for where the phrase says more: "the long strike"."""
_POINTING_REACH = 1
"""Sentences back that "this plan" points to a plan, whatever else is said of either."""
_TAKEN_UP = frozenset(("definite", "demonstrative", "possessive"))


def join_descriptions(partition: Partition) -> None:
    """Joins what stands in apposition, or after a form of "be", to what it describes."""
    for phrase in partition.phrases.all:
        host = None if phrase.describes is None else partition.phrases.by_head.get(phrase.describes)
        if host is not None and host is not phrase and partition.agree(host, phrase):
            partition.join(host, phrase)


def join_nouns(partition: Partition) -> None:
    """Joins a definite noun phrase to the latest earlier phrase with the same head that nothing contradicts."""
    by_head: dict[str, list[Phrase]] = {}
    for phrase in partition.phrases.all:
        if phrase.kind == "noun" and phrase.key[0] not in words().measures:
            found = _earlier(partition, by_head.get(phrase.key[0], []), phrase)
            if found is not None:
                partition.join(found, phrase)
        if phrase.kind in ("noun", "name"):
            by_head.setdefault(phrase.key[-1], []).append(phrase)
        if phrase.kind == "name" and phrase.describes is None:
            by_head.setdefault(partition.phrases.tree.low[phrase.head], []).append(phrase)


def _earlier(partition: Partition, earlier: list[Phrase], phrase: Phrase) -> Phrase | None:
    if phrase.determiner not in _TAKEN_UP:
        return None
    for other in islice(reversed(earlier), _MOST):
        if phrase.sentence - other.sentence > _REACH:
            return None
        if other.last >= phrase.first:
            continue
        if partition.agree(other, phrase) and _compatible(partition, other, phrase):
            return other
    return None


def _compatible(partition: Partition, other: Phrase, phrase: Phrase) -> bool:
    """Whether the later phrase adds nothing that would pick out another one, and belongs to the same owner.

    "Their case" goes on about "the case" of a few sentences before, which nobody was said to own.
    """
    back = phrase.sentence - other.sentence
    if phrase.determiner == "demonstrative" and back <= _POINTING_REACH:
        return True
    if not phrase.modifiers <= other.modifiers:
        both = phrase.determiner == other.determiner == "definite"
        return both and other.modifiers < phrase.modifiers and back <= _SAID_MORE_REACH
    if phrase.determiner != "possessive" or _same_owner(partition, other, phrase):
        return True
    unowned = other.owner is None and other.determiner == "definite"
    return unowned and back <= _OWNED_REACH


def _same_owner(partition: Partition, other: Phrase, phrase: Phrase) -> bool:
    if other.owner is None or phrase.owner is None:
        return False
    by_head, low = partition.phrases.by_head, partition.phrases.tree.low
    one, two = by_head.get(other.owner), by_head.get(phrase.owner)
    if one is not None and two is not None and partition.same(one, two):
        return True
    return low[other.owner] == low[phrase.owner]


def join_bodies(partition: Partition) -> None:
    """Joins "the agency", "the city" with no modifier to the last name of that type, if no such noun came before."""
    names: list[Phrase] = []
    for phrase in partition.phrases.all:
        if phrase.kind == "name" and phrase.type in ("organization", "place"):
            names.append(phrase)
        elif (
            phrase.kind == "noun" and partition.mass(phrase) == 1 and phrase.determiner in ("definite", "demonstrative")
        ):
            kind = next((k for k, nouns in words().bodies.items() if phrase.key[0] in nouns), None)
            found = _last_name(names, phrase, kind) if kind and not phrase.modifiers else None
            if found is not None:
                partition.join(found, phrase)


def _last_name(names: list[Phrase], phrase: Phrase, kind: str) -> Phrase | None:
    for name in islice(reversed(names), _MOST):
        if phrase.sentence - name.sentence > _BODY_REACH:
            return None
        if name.type == kind and name.last < phrase.first:
            return name
    return None
