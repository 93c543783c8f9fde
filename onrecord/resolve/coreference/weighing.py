"""What speaks for a phrase being what a pronoun stands for: traits of the two, whose weights were learnt.

A ranking of candidates against each other and against none of them (Denis and Baldridge 2008, "Specialized models and
ranking for coreference resolution"), linear in traits that have a name and a value each. The weights are in
`data/antecedents.toml`, which `training.antecedents` writes.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.resolve.coreference.lexicon import words
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase
from onrecord.resolve.coreference.speech import Voices

KIND_OF = {"neuter": "it", "plural": "they", "masculine": "he", "feminine": "he"}
"""Whose weights a pronoun is judged by; "he" and "she" have the same."""
_CLAUSES = frozenset(("ccomp", "xcomp", "csubj", "advcl"))
_SIDE = frozenset(("xcomp", "advcl", "acl"))
"""Relations of a verb whose subject is that of a side clause or an infinitive."""
_ROLES = {
    "nsubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique", "nmod": "of a noun", "root": "root",
    "compound": "in a name", "conj": "conjunct", "appos": "apposition",
}  # fmt: skip
_MAY_OPEN = frozenset(("oblique", "of a noun", "in a name"))
_BACK = ("here", "before", "earlier")
_WORDS_BACK = (9, 17, 33, 65)
_STEPS = (0, 1, 2, 3, 5, 9)
_MOST_BACK = 4
_DEPTH = 12
"""Words up the tree at which such a verb is looked for."""
_EARLY = 2
"""Sentences of a report before which little has been named yet."""


class Pair(NamedTuple):
    """A candidate for what a pronoun stands for.

    Attributes:
        between: how many others that fit lie between the two.
        named_since: whether one of these is a subject by name.
    """

    candidate: Phrase
    pronoun: Phrase
    between: int
    named_since: bool


class Sight:
    """A report as the traits see it."""

    def __init__(self, partition: Partition, voices: Voices) -> None:
        phrases = partition.phrases.all
        self.partition = partition
        self.tree = partition.phrases.tree
        self.words = self.tree.words
        self.voices = [voices.key(voices.around(phrase.span)) for phrase in phrases]
        self.speaks = [voices.is_source(phrase) for phrase in phrases]
        self.opens = [self._opens(phrase) for phrase in phrases]
        self.roles = [self._role(phrase) for phrase in phrases]

    def _opens(self, phrase: Phrase) -> bool:
        before = phrase.first - 1
        return before < 0 or self.words.sentence[before] != phrase.sentence

    def _role(self, phrase: Phrase) -> str:
        """Its part in the sentence. A body that opens one is its subject, whatever a wrong tree makes of it."""
        role = _ROLES.get(self.words.relation[phrase.head], "other")
        if role == "subject":
            verb = self.words.head[phrase.head]
            if self.tree.subject(verb) != phrase.head:
                return "other"
            return "subject aside" if self.words.relation[verb] in _SIDE else role
        if role in _MAY_OPEN and phrase.kind == "name" and self.opens[phrase.place] and phrase.type == "organization":
            return "opening"
        return role


def _number(values: tuple[int, ...], value: int) -> str:
    return str(bisect_right(values, value))


def _standing(sight: Sight, pair: Pair) -> str:
    """The candidate's role, and whether it has it in the same sentence, in the one before, or earlier."""
    back = min(pair.pronoun.sentence - pair.candidate.sentence, len(_BACK) - 1)
    return f"{sight.roles[pair.candidate.place]} {_BACK[back]}"


def _form(sight: Sight, pair: Pair) -> str:
    candidate = pair.candidate
    if not candidate.is_pronoun:
        return candidate.kind
    return "same pronoun" if candidate.key == pair.pronoun.key else "other pronoun"


def _speaking(sight: Sight, pair: Pair) -> str:
    one, other = sight.speaks[pair.candidate.place], sight.speaks[pair.pronoun.place]
    return ("neither", "candidate", "pronoun", "both")[one + 2 * other]


def _above(sight: Sight, pair: Pair) -> str:
    """Whether the candidate is the subject of a verb on which the pronoun hangs: "Ann said she won", "lost her car"."""
    candidate, word = pair.candidate.head, pair.pronoun.head
    if pair.candidate.sentence != pair.pronoun.sentence or sight.words.relation[candidate] != "nsubj":
        return "no"
    verb, owns = sight.words.head[candidate], sight.tree.low[word] in words().owning
    for _ in range(_DEPTH):
        word = sight.words.head[word]
        if word == verb:
            says = sight.speaks[pair.candidate.place]
            return f"{'says' if says else 'does'} {'of its own' if owns else ''}".strip()
    return "no"


def _told(yes: bool) -> str:
    return "yes" if yes else "no"


TRAITS: dict[str, Callable[[Sight, Pair], str]] = {
    "sentences": lambda sight, pair: str(min(pair.pronoun.sentence - pair.candidate.sentence, _MOST_BACK)),
    "words": lambda sight, pair: _number(_WORDS_BACK, pair.pronoun.first - pair.candidate.last),
    "between": lambda sight, pair: _number(_STEPS, pair.between),
    "named since": lambda sight, pair: _told(pair.named_since),
    "role": _standing,
    "same role": lambda sight, pair: _told(
        sight.words.relation[pair.candidate.head] == sight.words.relation[pair.pronoun.head]
    ),
    "form": _form,
    "determiner": lambda sight, pair: "pronoun" if pair.candidate.is_pronoun else pair.candidate.determiner or "none",
    "number known": lambda sight, pair: _told(sight.partition.plural(pair.candidate) is not None),
    "gender known": lambda sight, pair: _told(sight.partition.gender(pair.candidate) is not None),
    "being": lambda sight, pair: sight.partition.animacy(pair.candidate) or "unknown",
    "body": lambda sight, pair: _told(sight.partition.type(pair.candidate) == "organization"),
    "mentions": lambda sight, pair: _number(_STEPS, sight.partition.mass(pair.candidate)),
    "opens": lambda sight, pair: _told(sight.opens[pair.candidate.place]),
    "other voice": lambda sight, pair: _told(sight.voices[pair.candidate.place] != sight.voices[pair.pronoun.place]),
    "speaking": _speaking,
    "above": _above,
}
"""What is looked at in a candidate, by name; each says one of a few words."""


def _empty(sight: Sight, pronoun: Phrase) -> str:
    """Whether "it" seems to stand for nothing: "it is clear that", "it seems"."""
    head = sight.words.head[pronoun.head]
    subject = sight.tree.low[pronoun.head] == "it" and sight.words.relation[pronoun.head] == "nsubj"
    clause = any(sight.words.relation[k] in _CLAUSES for k in sight.tree.dependents(head))
    known = sight.tree.low[head] in words().expletive
    return _told(subject and known and (clause or sight.words.tag[head] != "NOUN"))


def _ruler(sight: Sight, pronoun: Phrase) -> str:
    """What rules the pronoun, and whether a clause hangs on that too."""
    head = sight.words.head[pronoun.head]
    clause = any(sight.words.relation[k] in _CLAUSES for k in sight.tree.dependents(head))
    return ("verb" if sight.words.tag[head] == "VERB" else "other") + (" with clause" if clause else "")


ALONE: dict[str, Callable[[Sight, Phrase], str]] = {
    "form": lambda sight, pronoun: f"{sight.tree.low[pronoun.head]} as {sight.roles[pronoun.place]}",
    "empty": _empty,
    "ruler": _ruler,
    "early": lambda sight, pronoun: _told(pronoun.sentence < _EARLY),
}
"""What is looked at in a pronoun that may stand for nothing told before."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the values of each trait, in the order of `TRAITS` and `ALONE`; a value not named counts 0."""

    candidate: tuple[Mapping[str, float], ...]
    alone: tuple[Mapping[str, float], ...]

    def of_candidate(self, sight: Sight, pair: Pair) -> float:
        """How much speaks for a candidate. A plain loop: it runs for every pronoun and all that it may stand for."""
        total = 0.0
        for weight, trait in zip(self.candidate, TRAITS.values()):  # noqa: B905 - as long as each other where made
            total += weight.get(trait(sight, pair), 0.0)
        return total

    def of_none(self, sight: Sight, pronoun: Phrase) -> float:
        values = zip(self.alone, ALONE.values(), strict=True)
        return sum(weight.get(trait(sight, pronoun), 0.0) for weight, trait in values)


@cache
def weights() -> Mapping[str, Weights]:
    """The weights that ship, by kind of pronoun, read once."""
    table = tomllib.loads(files("onrecord").joinpath("data/antecedents.toml").read_text(encoding="utf-8"))
    return {
        kind: Weights(
            tuple(own["candidate"].get(name, {}) for name in TRAITS), tuple(own["none"].get(name, {}) for name in ALONE)
        )
        for kind, own in table.items()
    }
