"""Attitudes told by what somebody says a thing does: "the tax will ruin farmers", "it would protect tenants"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of

_TOO_FAR = ["too", "far"]
_POINTING = frozenset(("it", "this", "that"))
_RELATIVE = frozenset(("which", "that"))
_NEAR = 8
"""Words before a verb within which its "which" stands."""
_COMING = frozenset(("will", "would", "'ll", "’ll"))


def consequences(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """Whoever states it is for what does good and against what does harm; to do away with an evil does good."""
    sign = _brought(clauses, word) if tag == "VERB" else 0
    if not sign or clauses.is_negated(word) or clauses.syntax.is_passive(word):
        return
    subject = clauses.syntax.own_subject(word)
    doing = next((c for c in clauses.children(word, "csubj") if clauses.syntax.folded(c).endswith("ing")), None)
    subject = doing if doing is not None else subject  # "leaving the union would cost jobs"
    subject = _right_before(clauses, word) if subject is None or subject > word else subject
    if subject is None or clauses.syntax.folded(subject) in _RELATIVE:
        subject = clauses.noun_before_which(word, _NEAR)  # "the tax, which farmers say will ruin them"
    if subject is None or not (_is_thing(clauses, subject) and _is_told(clauses, word, sign)):
        return
    yield Attitude(word, sign, subject, weak=True, judgement=True)


def _brought(clauses: Clauses, verb: int) -> int:
    """1 for good, -1 for harm, 0 for neither."""
    base = clauses.base(verb)
    objects = {clauses.base(c) for c in clauses.children(verb, "obj") if c > verb}
    if (
        base == "go"
        and [clauses.syntax.folded(w) for w in range(verb + 1, min(verb + 3, len(clauses.ends)))] == _TOO_FAR
    ):
        return -1
    if base in words_of("consequences harming"):
        return 1 if objects & words_of("consequences evils") else -1
    if base in words_of("consequences bringing"):
        return (1 if objects & words_of("consequences goods") else 0) or (
            -1 if objects & words_of("consequences evils") else 0
        )
    if base in words_of("consequences costing"):
        return -1 if objects & words_of("consequences goods") else 0
    helps = base in words_of("consequences helping") and bool(objects) and not clauses.children(verb, "xcomp", "ccomp")
    return 1 if helps and not objects & words_of("consequences evils") else 0


def _right_before(clauses: Clauses, verb: int) -> int | None:
    """The noun before the auxiliaries, whatever the tree hangs it on."""
    at = verb - 1
    while at > 0 and clauses.syntax.tag(at) in ("AUX", "ADV"):
        at -= 1
    same = at >= 0 and at < verb - 1 and clauses.ends[at] == clauses.ends[verb]
    return at if same and clauses.syntax.tag(at) in ("NOUN", "PRON") else None


def _is_thing(clauses: Clauses, subject: int) -> bool:
    doing = clauses.syntax.tag(subject) == "VERB" and clauses.relation(subject) == "csubj"
    return doing or clauses.syntax.tag(subject) == "NOUN" or clauses.syntax.folded(subject) in _POINTING


def _is_told(clauses: Clauses, verb: int, sign: int) -> bool:
    """Whether it is said of what comes or goes on; that something helped is a fact more than a view."""
    auxiliaries = set(clauses.syntax.auxiliaries(verb))
    going_on = clauses.syntax.folded(verb).endswith("ing") and bool(auxiliaries)
    if clauses.base(verb) == "go":
        return True  # "it goes too far"
    return bool(auxiliaries & _COMING) or (sign < 0 and going_on)
