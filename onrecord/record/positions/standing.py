"""Attitudes that stand in a preposition: "is against the deal", "is dead set against it", "is now for a rescue"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.positions.agents import agent_of_predicate
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of

_SUBJECT_REACH = 8
_POSSESSIVES = frozenset("its their his her our my".split())
_BE = frozenset("is are was were am 'm 're 's be".split())


def against(clauses: Clauses, word: int) -> Iterator[Attitude]:
    """As in "Most members are against the deal": the tree hangs the preposition on the noun, or the noun on it."""
    if clauses.syntax.folded(word) != "against" or word == 0 or not _stands(clauses, word):
        return
    noun = _being_done(clauses, word) or _opposed_noun(clauses, word)
    if noun <= word:
        return
    agent = _beyond_infinitive(clauses, word) or _of_first_clause(clauses, noun)
    if agent is None:
        agent = agent_of_predicate(clauses, word if clauses.children(word, "nsubj", "cop") else noun)
    if agent is None or agent > word:
        agent = _subject_before(clauses, word)
    if agent is None:
        agent = agent_of_predicate(clauses, word)
    if agent is not None and agent < word:
        yield Attitude(word, -1, noun, agent=agent)


def now_for(clauses: Clauses, word: int) -> Iterator[Attitude]:
    """As in "the government is now for a rescue", "she is all for closing it"; without such a word "for" says less."""
    if clauses.syntax.folded(word) != "for" or word < 3 or word + 2 >= clauses.ends[word]:
        return
    firm = clauses.syntax.folded(word - 1) in words_of("attitude firmly_for")
    if not firm or clauses.syntax.folded(word - 2) not in _BE:
        return
    noun = clauses.head(word) if clauses.head(word) > word else clauses.noun_right_behind(word)
    opening = clauses.syntax.folded(word + 1)
    is_told = opening in ("a", "an", "the") or opening.endswith("ing")
    agent = _subject_before(clauses, word - 1) if noun is not None else None
    agent = agent_of_predicate(clauses, noun) if agent is None and noun is not None else agent
    if noun is not None and is_told and agent is not None and agent < word:
        yield Attitude(word, 1, noun, agent=agent)


def _stands(clauses: Clauses, word: int) -> bool:
    """Whether "is" and the like stand before it, or "dead set"; not a scene that "is set against" something."""
    standing = words_of("attitude standing")
    before = clauses.syntax.folded(word - 1)
    return before in standing or (before == "set" and word > 1 and clauses.syntax.folded(word - 2) in standing - _BE)


def _being_done(clauses: Clauses, word: int) -> int | None:
    """As in "against its *being* broken up": the participle."""
    if word + 3 >= clauses.ends[word]:
        return None
    owned = clauses.syntax.folded(word + 1) in _POSSESSIVES and clauses.syntax.folded(word + 2) == "being"
    return word + 3 if owned and clauses.syntax.tag(word + 3) == "VERB" else None


def _opposed_noun(clauses: Clauses, word: int) -> int:
    if (
        word + 1 < clauses.ends[word]
        and clauses.syntax.tag(word + 1) == "VERB"
        and clauses.syntax.folded(word + 1).endswith("ing")
    ):
        return word + 1
    near = [*clauses.children(word, "obl", "obj"), clauses.head(word)]
    noun = min((w for w in near if w > word and clauses.is_nominal(w)), default=max(clauses.head(word), word))
    noun = next((child for child in clauses.children(word, "xcomp") if child == word + 1), noun)  # "against closing it"
    return clauses.noun_right_behind(word) or noun if noun <= word else noun


def _beyond_infinitive(clauses: Clauses, word: int) -> int | None:
    """Who "wants the bank to be sold and is against a levy": not the bank, to whose infinitive the tree joins it."""
    joined = clauses.head(word)
    if clauses.relation(word) != "conj" or not any(
        clauses.syntax.folded(c) == "to" for c in clauses.children(joined, "mark")
    ):
        return None
    governor = clauses.head(joined)
    return clauses.syntax.own_subject(governor) if governor < joined else None


def _of_first_clause(clauses: Clauses, verb: int) -> int | None:
    """Who "wants it cleaned and is against its *being drained*": the subject of the clause before it."""
    joined = clauses.head(verb)
    if clauses.syntax.folded(verb - 1) != "being" or clauses.relation(verb) != "conj" or joined > verb:
        return None
    return clauses.syntax.own_subject(joined)


def _subject_before(clauses: Clauses, word: int) -> int | None:
    """The nearest subject or name before "is against", which a wrong tree hangs on a later verb."""
    is_set = clauses.syntax.folded(word - 1) == "set"
    for at in range(word - 2 - is_set, max(-1, word - _SUBJECT_REACH), -1):
        if clauses.ends[at] != clauses.ends[word] or clauses.syntax.tag(at) == "VERB":
            return None
        opens = clauses.relation(at) == "root" and clauses.syntax.tag(at) == "PROPN"
        if (clauses.relation(at) == "nsubj" or opens) and clauses.is_nominal(at):
            return at
    return None
