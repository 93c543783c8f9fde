"""What third-person pronouns stand for: of the phrases before them that agree, the one that most speaks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from onrecord.resolve.coreference.lexicon import words
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase
from onrecord.resolve.coreference.speech import Voices
from onrecord.resolve.coreference.weighing import KIND_OF, Pair, Sight, Weights, weights

_REACH = {"neuter": 3, "plural": 4, "masculine": 15, "feminine": 15}
"""Sentences back in which each kind of pronoun finds what it stands for."""
_SAID_OF = ("nsubj", "ccomp")
"""The relation of a pronoun to its verb, and of that to one of saying or thinking: "the bank said it had lost"."""
_MOST = 200
"""Phrases back in which it is looked for, however long the sentences are."""


def join_pronouns(partition: Partition, voices: Voices, judge: Mapping[str, Weights] | None = None) -> None:
    """Joins each third-person pronoun, in the order of the text, to what it stands for; or leaves it alone.

    Args:
        judge: weights by kind of pronoun, instead of those that ship.
    """
    finder = Finder(partition, voices)
    judge = weights() if judge is None else judge
    for pronoun in finder.pronouns():
        found = finder.certain(pronoun) or finder.antecedent(pronoun, judge[KIND_OF[pronoun.key[0]]])
        if found is not None:
            partition.join(found, pronoun)


class Finder:
    """Looks for what a pronoun stands for."""

    def __init__(self, partition: Partition, voices: Voices) -> None:
        self.sight = Sight(partition, voices)
        self._partition = partition
        self._all = partition.phrases.all
        self._tree = partition.phrases.tree
        self._words = self._tree.words
        self._firsts = [phrase.first for phrase in self._all]
        self._sentences = [phrase.sentence for phrase in self._all]

    def pronouns(self) -> Iterator[Phrase]:
        """The pronouns of the third person, in the order of the text."""
        return (phrase for phrase in self._all if phrase.is_pronoun and phrase.key[0] in _REACH)

    def certain(self, pronoun: Phrase) -> Phrase | None:
        """What needs no weighing: the subject for a reflexive, and for "it" the body that says this of itself."""
        if self._tree.low[pronoun.head] in words().pronouns["reflexive"]:
            return self._subject(self._words.head[pronoun.head], pronoun)
        verb = self._words.head[pronoun.head]
        if pronoun.key[0] != "neuter" or (self._words.relation[pronoun.head], self._words.relation[verb]) != _SAID_OF:
            return None
        said = self._subject(self._words.head[verb], pronoun)
        return said if said is not None and self._partition.type(said) == "organization" else None

    def _subject(self, verb: int, pronoun: Phrase) -> Phrase | None:
        """The subject of a verb, if it agrees with the pronoun and stands before it."""
        subject = self._tree.subject(verb)
        found = self._partition.phrases.by_head.get(subject) if subject is not None else None
        return found if found is not None and self._partition.agree(found, pronoun) else None

    def antecedent(self, pronoun: Phrase, judge: Weights) -> Phrase | None:
        """The candidate for which most speaks; None if more speaks for none of them. Of equals the nearest."""
        best, most = None, judge.of_none(self.sight, pronoun)
        for pair in self.pairs(pronoun):
            score = judge.of_candidate(self.sight, pair)
            if score > most:
                best, most = pair.candidate, score
        return best

    def pairs(self, pronoun: Phrase) -> Iterator[Pair]:
        """The phrases before it that agree with it, the nearest first, each with what lies between."""
        end = bisect_left(self._firsts, pronoun.first)
        begin = max(bisect_left(self._sentences, pronoun.sentence - _REACH[pronoun.key[0]]), end - _MOST)
        nearer: set[int] = set()
        named = False
        for place in range(end - 1, begin - 1, -1):
            candidate = self._all[place]
            if self._fits(candidate, pronoun):
                yield Pair(candidate, pronoun, len(nearer), named)
                nearer.add(self._partition.root(place))
                named = named or (candidate.kind == "name" and self.sight.roles[place] == "subject")

    def _fits(self, candidate: Phrase, phrase: Phrase) -> bool:
        if candidate.last >= phrase.first or candidate.describes is not None:
            return False
        if candidate.is_pronoun and candidate.key[0] not in _REACH:
            return False
        if candidate.kind == "noun" and candidate.key[0] in words().measures:
            return False
        if not self._partition.agree(candidate, phrase) or not self._is_of_kind(candidate, phrase.key[0]):
            return False
        return not self._beside(candidate, phrase)

    def _is_of_kind(self, candidate: Phrase, kind: str) -> bool:
        """Whether a pronoun of that kind may stand for it; he and she need what is known to be a person."""
        if kind in ("masculine", "feminine"):
            return self._partition.animacy(candidate) == "person" or (
                candidate.kind == "name" and self._partition.animacy(candidate) is None
            )
        if kind == "plural":
            return self._partition.plural(candidate) is True or (
                self._partition.type(candidate) == "organization"
                or (candidate.kind == "noun" and self._partition.plural(candidate) is None)
            )
        return True

    def _beside(self, candidate: Phrase, phrase: Phrase) -> bool:
        """Whether both depend on one word, as in "he saw him": then they are two."""
        low = self._tree.low[phrase.head]
        if self._words.relation[phrase.head] == "nmod" or low in words().owning:
            return self._words.head[phrase.head] == candidate.head
        return self._words.head[candidate.head] == self._words.head[phrase.head]
