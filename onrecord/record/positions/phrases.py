"""The words that say what an attitude is towards, by which an issue is called."""

from __future__ import annotations

from onrecord.record.positions.clauses import Clauses
from onrecord.spans import Span

_GAP, _NEAR, _REACH = 7, 8, 25
_NOMINAL = frozenset(("DET", "NOUN", "ADJ", "NUM", "PROPN", "PRON"))


def phrase_of(clauses: Clauses, head: int, word: int, mover: int | None) -> Span:
    """The words of the complement, down to what it is about; of a verb without object, who does it too.

    Args:
        head: of the complement.
        word: that it is about.
        mover: who is to do it, or None.
    """
    words = clauses.complement_words(head)
    first, last = words[0], words[-1]
    if head < word <= last + _REACH:
        last = max(last, clauses.complement_words(word)[-1])
    if clauses.syntax.tag(head) == "VERB":
        last = max(last, _object_end(clauses, head, last))
    if mover is not None and 0 < first - mover < _NEAR and not clauses.children(head, "obj"):
        own = clauses.syntax.noun_phrase_words(mover)
        first = next((w for w in own if clauses.syntax.tag(w) != "ADP"), first)
    return clauses.syntax.span(first, _measured_end(clauses, last))


def _measured_end(clauses: Clauses, last: int) -> int:
    """The end of a measure right behind: "any raise *above the 3 percent*"."""
    word, end = last + 1, clauses.ends[last]
    if word >= end or clauses.syntax.folded(word) not in ("above", "below", "over", "under", "of"):
        return last
    word += 1
    while word < end and clauses.syntax.tag(word) in ("DET", "NUM", "SYM"):
        word += 1
    counted = clauses.syntax.tag(word - 1) in ("NUM", "SYM")
    if counted and word < end and clauses.syntax.tag(word) == "NOUN":
        return word
    return word - 1 if counted else last


def _object_end(clauses: Clauses, verb: int, last: int) -> int:
    """The end of an object that the tree parts from its verb by another noun: "lend the firm money"."""
    beside = clauses.object_beside(verb)
    if beside is not None:
        return beside
    thing = next((child for child in clauses.children(verb, "obj") if child > last), None)
    if thing is None or thing - last > _GAP:
        return last
    between = {clauses.syntax.tag(word) for word in range(last + 1, thing)}
    return clauses.complement_words(thing)[-1] if between <= _NOMINAL else last
