"""Attitudes told by what somebody will not do: "would not sign the treaty", "will not lift its ban"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.positions.agents import agent_of_predicate
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import lexicon

_WILL = frozenset(("will", "would", "'ll", "’ll", "wo"))
_CONDITIONS = frozenset(("if", "unless", "until", "without", "before"))


def will_not(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """Whoever will not do it is against its being done; what is done must be one that the tables know."""
    if tag != "VERB" or clauses.base(word) not in lexicon().effects or not clauses.is_negated(word):
        return
    if not set(clauses.syntax.auxiliaries(word)) & _WILL or clauses.syntax.is_passive(word):
        return
    if any(clauses.syntax.folded(w) in _CONDITIONS for w in range(word + 1, clauses.ends[word])):
        return
    agent, thing = agent_of_predicate(clauses, word), next(iter(clauses.children(word, "obj")), None)
    if agent is not None and agent < word and thing is not None and thing > word:
        yield Attitude(word, -1, word, agent=agent, weak=True)
