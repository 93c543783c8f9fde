"""The type and mode of an event in PLOVER, or none: most of what happens is no event of politics.

The lexicon says what a word may speak for; how certain the report is of the event turns the type as PLOVER has it (a
visit to come is AGREE, a withdrawal that is demanded REQUEST); a linear classifier over what the clause means and says
chooses among what is left. Without the classifier's file, or without an encoder that tells meanings, the lexicon alone
decides, and says nothing where it is of two minds. The classifier knows no "none", so it never speaks first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from onrecord.annotate.analysis import Analysis, Bytes
from onrecord.annotate.encoder import Floats
from onrecord.annotate.eventframes import Frames, Sense, lexicon
from onrecord.model import Factuality
from onrecord.shipped import DATA, checked, is_shipped
from onrecord.syntax import Syntax

GROUPS = ("words", "pairs", "chain", "trigger", "senses")
_MODAL = frozenset(("REQUEST", "REJECT", "THREATEN", "AGREE"))
"""Types of acts of speech that turn what they govern into themselves."""
_TO_COME: Mapping[str, str] = {
    **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE"),
    **dict.fromkeys(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"), "THREATEN"),
    "RETREAT": "CONCEDE",
}
_AIMS: Mapping[tuple[str, str], str] = {
    **{(act, kind): "yield" for act in ("REQUEST", "REJECT") for kind in ("RETREAT", "CONCEDE")},
    **{(act, kind): "assist" for act in ("REQUEST", "REJECT") for kind in ("AID", "COOPERATE", "SUPPORT")},
    **{(act, "CONSULT"): "meet" for act in ("REQUEST", "REJECT")},
    ("THREATEN", "ASSAULT"): "violence",
    ("THREATEN", "SANCTION"): "relations",
    ("THREATEN", "COERCE"): "restrict",
}
"""The mode of an act of speech by the type of what it is about."""
_CLOSER: Mapping[tuple[str, str], str] = {
    ("THREATEN", "arrest"): "arrest",
    ("THREATEN", "expel"): "expel",
    ("REQUEST", "resign"): "change",
    ("REJECT", "resign"): "change",
}
_GOVERNED = frozenset(("obj", "obl", "iobj", "nmod", "ccomp", "xcomp"))
_LIKELY, _CONCEIVABLE = 0.35, 0.02
"""Probabilities: enough for one of several readings, and for the only reading of a word of many uses."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """A softmax over PLOVER's roots.

    Attributes:
        classes: names of the C roots; YIELD stands for CONCEDE and RETREAT.
        dense: [5·D, C], weights of the meanings of trigger, chain, clause, what is around, and sentence; bias: [C].
        rows: `group name` → row of `sparse` [F, C] and of `rarity` [F].
    """

    classes: tuple[str, ...]
    dense: Floats
    bias: Floats
    rows: Mapping[str, int]
    sparse: Floats
    rarity: Floats

    def probabilities(self, meaning: Floats, traits: Mapping[str, Iterable[str]]) -> dict[str, float]:
        """By root; `meaning` [5·D] is what `meaning_of` gives."""
        scores = meaning @ self.dense + self.bias
        for group in GROUPS:
            rows = [row for name in traits[group] if (row := self.rows.get(f"{group} {name}")) is not None]
            if rows:
                weights = self.rarity[rows]
                scores = scores + (weights / np.linalg.norm(weights)) @ self.sparse[rows]
        shares = np.exp(scores - scores.max())
        return dict(zip(self.classes, (shares / shares.sum()).tolist(), strict=True))


@cache
def classifier() -> Classifier | None:
    """The classifier that ships with the package; None if there is none yet."""
    path = DATA / "plover.npz"
    if not path.is_file() and not is_shipped(path.name):
        return None
    checked(path, "the classifier of event types")
    with np.load(path, allow_pickle=False) as file:
        names = bytes(file["names"]).decode().split("\n")
        return Classifier(
            tuple(bytes(file["classes"]).decode().split("\n")),
            file["dense"].astype(np.float32),
            file["bias"].astype(np.float32),
            {name: row for row, name in enumerate(names)},
            file["sparse"].astype(np.float32) * file["scale"].astype(np.float32),
            file["rarity"].astype(np.float32),
        )


def meaning_of(vectors: Floats | Bytes, *parts: tuple[int, ...]) -> Floats:
    """[5·D]: the meanings of the trigger, which is the first word of the first part, and of each part, from those of
    all words [W, D]. The parts are chain, clause, what is around, and sentence.
    """
    means = [vectors[list(words)].mean(0) for words in parts]
    return np.concatenate([vectors[parts[0][0]], *means]).astype(np.float32)


class EventTypes:
    """Gives the events of one report their types; `by_words_alone` leaves the classifier out."""

    def __init__(self, syntax: Syntax, analysis: Analysis, by_words_alone: bool = False) -> None:
        self._frames = Frames(syntax, analysis)
        self._syntax = syntax
        self._vectors = None if by_words_alone else analysis.meaning

    def of(self, trigger: int, factuality: Factuality) -> tuple[str | None, str | None]:
        """Type and mode of the event with this trigger; (None, None) where PLOVER has none, or where in doubt."""
        if not self._frames.senses(trigger) and not self._frames.is_light(trigger):
            return None, None
        chain = self._frames.chain(trigger)
        senses = self._senses(trigger, chain)
        if not senses or not self._is_political(trigger, senses):
            return None, None
        readings = list(dict.fromkeys(self._turned(sense, trigger, chain, factuality) for sense in senses))
        firm = any(sense.phrase for sense in senses) or not self._has_many_uses(trigger)
        name = self._chosen([name for name, _ in readings], trigger, chain, firm)
        mode = next((mode for known, mode in readings if known == name), None)
        return name, mode

    def _senses(self, trigger: int, chain: tuple[int, ...]) -> tuple[Sense, ...]:
        """What the trigger may speak for, or what the noun speaks for that a light verb governs."""
        own = self._frames.senses(trigger)
        if self._frames.is_light(trigger) and not any(sense.phrase for sense in own):
            return next((found for word in chain[1:] if (found := self._frames.senses(word))), own)
        return own

    def _turned(
        self, sense: Sense, trigger: int, chain: tuple[int, ...], factuality: Factuality
    ) -> tuple[str, str | None]:
        """Type and mode of a sense under what governs the event, or as what is still to come."""
        if sense.type in _MODAL:
            return sense.type, self._aim(sense.type, chain) or sense.mode
        act = self._act_above(trigger) or self._refusal(sense, chain, factuality)
        if act is None and factuality == "requested":
            act = "REQUEST"
        if act is None and (factuality == "planned" or (sense.type == "RETREAT" and self._is_declared(trigger))):
            act = _TO_COME.get(sense.type)
        if act == "AGREE" and lexicon().quads[sense.type].endswith("conflict"):
            act = "THREATEN"
        if act is None:
            return sense.type, sense.mode
        return act, _CLOSER.get((act, sense.mode or "")) or _AIMS.get((act, sense.type))

    def _refusal(self, sense: Sense, chain: tuple[int, ...], factuality: Factuality) -> str | None:
        """REJECT for co-operation that is not to come: "will not leave"."""
        refused = factuality == "denied" and {"future", "negated"} <= set(self._frames.moods(chain))
        return "REJECT" if refused and lexicon().quads[sense.type].endswith("cooperation") else None

    def _is_declared(self, trigger: int) -> bool:
        """Whether the event is what somebody announces."""
        above = self._syntax.words.head[trigger]
        return self._syntax.words.relation[trigger] == "obj" and self._frames.lemma(above) in lexicon().declaring

    def _act_above(self, trigger: int) -> str | None:
        """The act of speech whose content the event is, if one word above names it."""
        relation = self._syntax.words.relation[trigger]
        if relation not in ("xcomp", "ccomp", "obj", "obl", "nmod", "acl"):
            return None
        above = self._syntax.words.head[trigger]
        acts = [sense.type for sense in self._frames.senses(above) if sense.type in _MODAL]
        return acts[0] if len(set(acts)) == 1 else None

    def _aim(self, act: str, chain: tuple[int, ...]) -> str | None:
        for word in chain[1:]:
            for sense in self._frames.senses(word):
                aim = _CLOSER.get((act, sense.mode or "")) or _AIMS.get((act, sense.type))
                if aim is not None:
                    return aim
        return None

    def _is_political(self, trigger: int, senses: tuple[Sense, ...]) -> bool:
        """Whether the word has few other uses, or stands among actors and matters of politics."""
        if any(sense.phrase for sense in senses):
            return self._among_actors(trigger)
        if self._lemmas(trigger) & lexicon().vague and not self._governs_matters(trigger):
            return False
        weak = bool(self._lemmas(trigger) & lexicon().weak) or self._has_many_uses(trigger)
        return not weak or self._among_actors(trigger)

    def _lemmas(self, word: int) -> frozenset[str]:
        return frozenset((self._frames.lemma(word), self._frames.plain_lemma(word)))

    def _has_many_uses(self, word: int) -> bool:
        """Whether the word is most often used of other things than politics."""
        return bool(self._lemmas(word) & lexicon().vague) or self._frames.is_light(word)

    def _governs_matters(self, trigger: int) -> bool:
        """Whether what hangs on the word, beside its subject, is an actor, a place or a matter of politics."""
        relation, children = self._syntax.words.relation, self._syntax.children
        below = [c for c in children[trigger] if relation[c] in _GOVERNED]
        below += [g for c in tuple(below) for g in children[c] if relation[g] in ("nmod", "compound", "obl", "obj")]
        known = lexicon().actors | lexicon().matters
        return any(c in self._frames.bodies or self._frames.plain_lemma(c) in known for c in below)

    def _among_actors(self, trigger: int) -> bool:
        """Whether a name or one who acts in politics is the subject of the event, or in its clause."""
        subject = self._syntax.subject(trigger)
        words = (*self._frames.clause(trigger), *(() if subject is None else (subject,)))
        names, actors = self._frames.names, lexicon().actors
        return any(word in names or self._frames.plain_lemma(word) in actors for word in words)

    def _chosen(self, names: list[str], trigger: int, chain: tuple[int, ...], firm: bool) -> str | None:
        """The likeliest of the readings; the only one if the words are firm, or it is not out of the question."""
        known = classifier()
        if known is None or self._vectors is None:
            return names[0] if len(set(names)) == 1 else None
        outside = self._outside(trigger)
        parts = chain, self._frames.clause(trigger, outside), self._frames.around(trigger, outside)
        meaning = meaning_of(self._vectors, *parts, self._frames.sentence(trigger))
        shares = known.probabilities(meaning, self._frames.traits(*parts))
        best = max(names, key=lambda name: (shares[root(name)], name))
        if len(set(names)) > 1:
            return best if shares[root(best)] >= _LIKELY else None
        return best if firm or shares[root(best)] >= _CONCEIVABLE else None

    def _outside(self, trigger: int) -> frozenset[int]:
        """The words of the clause that name who takes part."""
        subject = self._syntax.own_subject(trigger)
        phrase = () if subject is None else self._syntax.noun_phrase_words(subject)
        return self._frames.names | frozenset(phrase)


def root(name: str) -> str:
    """The root that the classifier knows for a type."""
    return "YIELD" if name in ("CONCEDE", "RETREAT") else name
