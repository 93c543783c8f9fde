"""What third-person pronouns stand for: the nearest phrase that agrees, subjects before others."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.resolve.coreference.lexicon import words
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase
from onrecord.resolve.coreference.speech import Voices

_REACH = {"neuter": 2, "plural": 3, "masculine": 15, "feminine": 15}
"""Sentences back in which each kind of pronoun finds what it stands for."""
_EMBEDDED = 0.7
"""What a subject counts of an infinitive or a side clause; one of a main clause counts twice that, and what is meant
next is mostly the latter."""
_OPENING = 1.0
"""What a body counts whose name opens a sentence."""
_OTHER_VOICE = 2.0
"""What it costs to be said by one voice and taken up by another: in a quotation and outside of it."""
_SPEAKERS = 1.5
"""What counts for a pronoun that is a source if what it may stand for is one: who spoke mostly goes on."""
_MOST = 200
"""Phrases back in which it is looked for, however long the sentences are."""


def join_pronouns(partition: Partition, voices: Voices) -> None:
    """Joins each third-person pronoun, in the order of the text, to what it stands for; or leaves it alone."""
    finder = _Finder(partition, voices)
    for phrase in partition.phrases.all:
        if phrase.is_pronoun and phrase.key[0] in _REACH and not finder.is_empty(phrase):
            found = finder.antecedent(phrase)
            if found is not None:
                partition.join(found, phrase)


class _Finder:
    """Looks for what a pronoun stands for."""

    def __init__(self, partition: Partition, voices: Voices) -> None:
        self._partition = partition
        self._all = partition.phrases.all
        self._tree = partition.phrases.tree
        self._words = self._tree.words
        self._firsts = [phrase.first for phrase in self._all]
        self._sentences = [phrase.sentence for phrase in self._all]
        self._voices = [voices.key(voices.around(phrase.span)) for phrase in self._all]
        self._speaks = [voices.is_source(phrase) for phrase in self._all]

    def is_empty(self, phrase: Phrase) -> bool:
        """Whether "it" stands for nothing: "it is clear that", "it seems"."""
        if self._tree.low[phrase.head] != "it":
            return False
        ruler = self._words.head[phrase.head]
        if self._words.relation[phrase.head] != "nsubj":
            return False
        clause = any(
            self._words.relation[k] in ("ccomp", "xcomp", "csubj", "advcl") for k in self._tree.dependents(ruler)
        )
        return self._tree.low[ruler] in words().expletive and (clause or self._words.tag[ruler] != "NOUN")

    def antecedent(self, phrase: Phrase) -> Phrase | None:
        """The best of the phrases before it that agree with it."""
        if self._tree.low[phrase.head] in words().pronouns["reflexive"]:
            own = self._own_subject(phrase)
            if own is not None:
                return own
        end = bisect_left(self._firsts, phrase.first)
        begin = max(bisect_left(self._sentences, phrase.sentence - _REACH[phrase.key[0]]), end - _MOST)
        best, best_score = None, 0.0
        for candidate in self._all[begin:end]:
            if self._fits(candidate, phrase):
                score = self._score(candidate, phrase)
                if best is None or score >= best_score:
                    best, best_score = candidate, score
        return best

    def _own_subject(self, phrase: Phrase) -> Phrase | None:
        subject = self._tree.subject(self._words.head[phrase.head])
        found = self._partition.phrases.by_head.get(subject) if subject is not None else None
        return found if found is not None and self._partition.agree(found, phrase) else None

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
        if self._words.relation[phrase.head] == "nmod" or low in words().pronouns["possessive"] - {"her"}:
            return self._words.head[phrase.head] == candidate.head
        return self._words.head[candidate.head] == self._words.head[phrase.head]

    def _is_main(self, subject: Phrase) -> bool:
        """Whether the subject is that of a sentence, or of what somebody says, and not of an infinitive."""
        verb = self._words.head[subject.head]
        return self._words.relation[verb] not in ("xcomp", "advcl", "acl")

    def _opens(self, candidate: Phrase) -> bool:
        """Whether a name of a body opens its sentence, and so is its subject, whatever a wrong tree makes of it."""
        if candidate.kind != "name" or self._partition.type(candidate) != "organization":
            return False
        before = candidate.first - 1 - (self._tree.low[candidate.first - 1] == "the" if candidate.first else 0)
        return before < 0 or self._words.sentence[before] != candidate.sentence

    def _score(self, candidate: Phrase, phrase: Phrase) -> float:
        score = -2.0 * (phrase.sentence - candidate.sentence)
        relation = self._words.relation[candidate.head]
        if relation == "nsubj":
            score += 1.5 if self._is_main(candidate) else _EMBEDDED
        elif relation == "obj":
            score += 0.5
        elif relation in ("nmod", "compound", "obl"):
            score += _OPENING if self._opens(candidate) else -0.5
        if candidate.is_pronoun:
            score += 1.0 if candidate.key == phrase.key else 0.0
        if self._words.relation[phrase.head] == relation:
            score += 0.5
        if self._voices[candidate.place] != self._voices[phrase.place]:
            score -= _OTHER_VOICE
        if self._speaks[phrase.place] and self._speaks[candidate.place]:
            score += _SPEAKERS
        return score + min(self._partition.mass(candidate), 6) * 0.2
