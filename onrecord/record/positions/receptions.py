"""How a thing is received: "The plan drew criticism from farmers", "has the backing of the council"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of

_GIVERS = ("from", "of", "among", "by")


def receptions(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """The subject is what the attitude is towards, and who holds it stands behind "from" or "of"."""
    if tag == "ADJ":
        yield from _popular(clauses, word)
    sign = _sign(clauses, word) if tag == "NOUN" else 0
    verb = clauses.head(word)
    if not sign or verb == word or clauses.syntax.tag(verb) != "VERB" or not _is_received(clauses, word, verb):
        return
    negated = clauses.is_negated(verb) or clauses.is_negated(word) or clauses.case(verb) == "to"
    subject = clauses.syntax.subject(verb)
    giver = next((g for g in (clauses.behind(word, case, 2) for case in _GIVERS) if g is not None), None)
    if negated or subject is None or giver is None or subject > verb or not clauses.is_nominal(giver):
        return
    if clauses.syntax.tag(subject) == "NOUN":
        yield Attitude(word, sign, subject, agent=giver)


def _popular(clauses: Clauses, word: int) -> Iterator[Attitude]:
    """As in "is deeply unpopular with passengers"."""
    base = clauses.syntax.folded(word)
    sign = (base in words_of("receptions popular")) - (base in words_of("receptions unpopular"))
    subject = clauses.syntax.subject(word) if sign else None
    giver = next((g for g in (clauses.behind(word, case, 2) for case in ("with", "among")) if g is not None), None)
    if subject is not None and giver is not None and clauses.syntax.tag(subject) == "NOUN":
        yield Attitude(word, -sign if clauses.is_negated(word) else sign, subject, agent=giver, weak=True)


def _sign(clauses: Clauses, noun: int) -> int:
    base = clauses.base(noun)
    return (base in words_of("receptions good")) - (base in words_of("receptions bad"))


def _is_received(clauses: Clauses, noun: int, verb: int) -> bool:
    """Whether the verb says that its subject is given what the noun says: "won", "drew", "was met with"."""
    base = clauses.base(verb)
    if clauses.is_object(noun):
        return base in words_of("receptions receiving")
    behind = clauses.preposition(noun)
    return (base, behind) in (
        ("meet", "with"),
        ("run_into", ""),
        ("run", "into"),
        ("come_under", ""),
        ("come", "under"),
    )
