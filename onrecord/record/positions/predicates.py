"""Attitudes that a noun said of somebody holds: "is no fan of the scheme", "became one of its strongest advocates"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.positions.agents import agent_of_predicate
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import Expression, lexicon

_LINKING = frozenset(("be", "become", "remain", "seem", "emerge", "stay"))
_OWNED = 6
"""Words before it within which its owner stands."""
_OVER = frozenset(("former", "ex", "one-time", "onetime", "erstwhile", "potential", "likely"))


def said_of_holder(clauses: Clauses, word: int) -> Iterator[Attitude]:
    """The attitude that the noun at `word` holds, if it is said of somebody."""
    expressions = lexicon().expressions.get(("predicate", clauses.base(word)), ())
    if not expressions or _OVER & {clauses.syntax.folded(child) for child in clauses.children(word, "amod")}:
        return
    agent, beside = _agent(clauses, word), _is_beside(clauses, word)
    for expression in expressions if agent is not None else ():
        complement = _behind(clauses, word, expression) or (None if beside else _owner(clauses, word))
        negated = clauses.is_negated(word) or clauses.is_no_longer(word)
        if complement is not None and complement != agent and (expression.turns or not negated):
            sign = -expression.sign if negated else expression.sign
            yield Attitude(word, sign, complement, agent=agent)


def _agent(clauses: Clauses, word: int) -> int | None:
    """Of whom it is said: the subject, or the name it stands beside ("Ana Reed, a critic of the mine,")."""
    top = _one_of(clauses, word)
    head = clauses.head(top)
    linked = clauses.relation(top) in ("xcomp", "obj", "obl") and clauses.base(head) in _LINKING
    if clauses.children(top, "cop") or linked:
        return agent_of_predicate(clauses, head if linked else top)
    article = {clauses.syntax.folded(c) for c in clauses.children(word, "det")} & {"a", "an"}
    beside = _is_beside(clauses, word) and clauses.is_nominal(head) and head < word
    if beside and article:
        return head
    acting = clauses.relation(word) == "nsubj" and clauses.syntax.folded(word) != clauses.base(word)
    return word if acting else None  # "opponents of the line filed a suit"


def _is_beside(clauses: Clauses, word: int) -> bool:
    """Whether it stands beside a name, behind a comma, whatever the tree calls that."""
    first = clauses.syntax.noun_phrase_words(word)[0]
    apart = first > 0 and "," in (clauses.syntax.form(first), clauses.syntax.form(first - 1))
    return clauses.relation(word) in ("appos", "nmod") and apart


def _one_of(clauses: Clauses, word: int) -> int:
    """The word that is said of the holder: of "one of its advocates", "one"."""
    head = clauses.head(word)
    counted = clauses.preposition(word) in ("of", "among") and clauses.syntax.folded(head) in ("one", "some", "many")
    return head if counted and head < word else word


def _behind(clauses: Clauses, word: int, expression: Expression) -> int | None:
    """What it is towards, behind its preposition."""
    return next((w for frame in expression.frames if (w := clauses.behind(word, frame, 2)) is not None), None)


def _owner(clauses: Clauses, word: int) -> int | None:
    """What it is towards, where that has it: "the ban's opponents", "its advocates"."""
    for at in range(word - 1, max(0, word - _OWNED), -1):
        if clauses.syntax.folded(at) == "its":
            return at
        if clauses.syntax.folded(at) in ("'s", "’s") and clauses.is_nominal(at - 1):
            return at - 1
        if clauses.syntax.tag(at) not in ("ADJ", "ADV", "NOUN"):
            return None
    return None
