"""Issues: propositions on one concept that are about the same names, or, without names, the same nouns.

No pair of propositions is compared with all others: each looks up those with its concept and one of its names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.lemmas import event_lemma
from onrecord.model import identify
from onrecord.record.positions.lexicon import somebodies, words_of
from onrecord.record.positions.propositions import Proposition

Key = tuple[str, str]
_MOST_COMPARED = 300


@dataclass(slots=True, eq=False)
class Cluster:
    """Propositions held to be on one issue, with their reports; `names` began it, `nouns` are those of all."""

    concept: str
    names: frozenset[str]
    nouns: frozenset[str]
    first: frozenset[str]
    """The nouns it began with."""
    members: list[tuple[str, Proposition]] = field(default_factory=list)
    report: str | None = None
    """The one report it is confined to: what it is called, many stories have."""

    @property
    def id(self) -> str:
        """The id of its issue: of the concept and what it is about."""
        return identify("i", self.concept, sorted(self.names), sorted(self.first), self.report)


@cache
def _offers() -> frozenset[str]:
    return frozenset(event_lemma(word, "NOUN") for word in words_of("propositions offered"))


class Clusters:
    """Groups propositions, those with the most frequent names first, so that the order of reports plays no part."""

    def __init__(self, told: Iterable[tuple[str, Proposition]]) -> None:
        self.of: dict[tuple[str, Proposition], Cluster] = {}
        self._by_name: defaultdict[Key, list[Cluster]] = defaultdict(list)
        self._in_report: defaultdict[Key, list[Cluster]] = defaultdict(list)
        self._by_noun: defaultdict[Key, list[Cluster]] = defaultdict(list)
        self._first_two: defaultdict[str, list[Cluster]] = defaultdict(list)
        self._bare: defaultdict[str, list[Cluster]] = defaultdict(list)
        found = list(told)
        self._group_named([one for one in found if one[1].names])
        self._group_nameless([one for one in found if not one[1].names])

    def _group_named(self, told: Sequence[tuple[str, Proposition]]) -> None:
        by_names: defaultdict[tuple[str, frozenset[str]], list[tuple[str, Proposition]]] = defaultdict(list)
        for one in told:
            by_names[one[1].concept, one[1].names].append(one)
        ranked = sorted(
            by_names.items(), key=lambda item: (-len(item[1]), len(item[0][1]), item[0][0], sorted(item[0][1]))
        )
        for (concept, names), members in ranked:
            cluster = self._with_names(concept, names) or self._new(concept, names, frozenset())
            for one in members:
                self._put(cluster, one)

    def _with_names(self, concept: str, names: frozenset[str]) -> Cluster | None:
        """The cluster whose names are among these or hold them all: the one that shares most, then the largest.

        Of a name that very many share, the clusters looked at are the largest, which were begun first.
        """
        near = [c for name in sorted(names) for c in self._by_name[concept, name][:_MOST_COMPARED]]
        found = [c for c in near if c.names <= names or names <= c.names]
        return max(found, key=lambda c: (len(c.names & names), len(c.members), c.id), default=None)

    def _group_nameless(self, told: Sequence[tuple[str, Proposition]]) -> None:
        counts = Counter((p.concept, tuple(sorted(p.nouns))) for _, p in told)
        ranked = sorted(told, key=lambda one: (-counts[one[1].concept, tuple(sorted(one[1].nouns))], _order(one)))
        for one in ranked:
            self._put(self._for_nameless(*one), one)

    def _for_nameless(self, report: str, proposition: Proposition) -> Cluster:
        concept, nouns = proposition.concept, proposition.nouns - somebodies()
        is_generic = not nouns and (concept in words_of("propositions generic") or proposition.concept == "presence")
        here = [c for c in self._in_report[concept, report] if not nouns or not c.nouns or nouns & c.nouns]
        if here:
            return max(here, key=lambda c: (len(c.nouns & nouns), len(c.members), c.id))
        only = [c for c in self._only(concept) if c.names]
        if is_generic and (only or self._only_offer(concept)):
            return (only or self._only_offer(concept))[0]
        if is_generic:
            return self._new(concept, frozenset(), nouns, report)
        elsewhere = [c for noun in sorted(nouns) for c in self._by_noun[concept, noun]]
        if not nouns:
            elsewhere = [c for c in self._bare[concept] if not c.nouns]
        elsewhere = elsewhere or (self._only(concept) if self._says_little(nouns) else [])
        if elsewhere:
            return max(elsewhere, key=lambda c: (len(c.nouns & nouns), len(c.members), c.id))
        return self._new(concept, frozenset(), nouns)

    def _says_little(self, nouns: frozenset[str]) -> bool:
        """Whether the nouns only say that it is about forces or the like, from abroad: "coalition forces"."""
        return not nouns - words_of("propositions movable") - words_of("propositions foreign")

    def _only(self, concept: str) -> list[Cluster]:
        """The one issue of the story on a deed that few stories have two of, if several take sides on it."""
        found = self._first_two[concept]
        return found if len(found) == 1 and len(found[0].members) > 1 else []

    def _only_offer(self, concept: str) -> list[Cluster]:
        """The one "offer" or "ultimatum" of the story of which it is told what it is."""
        found = [c for c in self._first_two[concept] if c.nouns or c.names]
        return found if concept in _offers() and len(found) == 1 else []

    def _new(self, concept: str, names: frozenset[str], nouns: frozenset[str], report: str | None = None) -> Cluster:
        cluster = Cluster(concept, names, nouns, nouns, report=report)
        if len(self._first_two[concept]) < 2:
            self._first_two[concept].append(cluster)
        if not names and not nouns and report is None:
            self._bare[concept].append(cluster)
        for name in names:
            self._by_name[concept, name].append(cluster)
        for noun in nouns:
            self._by_noun[concept, noun].append(cluster)
        return cluster

    def _put(self, cluster: Cluster, one: tuple[str, Proposition]) -> None:
        cluster.nouns |= one[1].nouns
        cluster.members.append(one)
        self.of[one] = cluster
        if cluster not in self._in_report[cluster.concept, one[0]]:
            self._in_report[cluster.concept, one[0]].append(cluster)


def _order(one: tuple[str, Proposition]) -> tuple[str, int, int]:
    return one[0], one[1].phrase.start, one[1].phrase.end
