"""What a bare number counts where its noun is left out, because it was told right before."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lemmas import lemma
from onrecord.model import Figure, Quantity
from onrecord.record.figures.lexicon import lexicon
from onrecord.spans import Span
from onrecord.syntax import Syntax

_FIRST = 4
"""Words into a sentence at which an answer to "how many" may stand at the latest."""
_FAR = 12
"""Words before a tally among which the vote is told."""
_LARGE = ("million", "billion", "trillion", "thousand", "lakh", "crore")
_PUTTING = {"make": "", "put": "at", "set": "at", "reckon": "at", "estimate": "at"}
"""Verbs whose "it" is a number told before, and what stands between that and the new one: "put it at 300"."""
_COUNTING = ("count", "tally")
_RATHER = ("closer to", "nearer to", "more like")
_CLOSING = frozenset(("PUNCT", "ADP", "CCONJ", "SCONJ", "ADV", ""))
_DASHES = ("-", "–", "—", "to")


def left_out(syntax: Syntax, quantity: Quantity) -> Span | None:
    """Of "19 had been told" in a sentence that begins "Of the 112 people", the people; of a tally, the vote."""
    inside = syntax.words_in(quantity.span)
    if not inside or quantity.unit is not None:
        return None
    return (
        _vote(syntax, inside[0], inside[-1]) or _out_of(syntax, inside[0], inside[-1]) or _asked_for(syntax, inside[0])
    )


def _vote(syntax: Syntax, first: int, last: int) -> Span | None:
    """The vote of "the vote was 63 to 20", "voted 63-20"."""
    tally = any(
        0 <= dash < len(syntax.words)
        and syntax.form(dash) in _DASHES
        and 0 <= other < len(syntax.words)
        and syntax.tag(other) == "NUM"
        for dash, other in ((last + 1, last + 2), (first - 1, first - 2))
    )
    if not tally:
        return None
    before = range(first - 1, max(syntax.sentence(first).start, first - _FAR) - 1, -1)
    word = next((w for w in before if lexicon().base(syntax.folded(w)) == "vote"), None)
    return None if word is None else syntax.span(word)


def _out_of(syntax: Syntax, first: int, last: int) -> Span | None:
    """The noun behind "of the" with which the sentence begins, where the number is the subject of what follows."""
    opening = syntax.sentence(first).start
    follows = last + 1 < len(syntax.words) and syntax.tag(last + 1) in ("VERB", "AUX", "ADV")
    if not follows or opening + 2 >= first or syntax.folded(opening) != "of" or syntax.form(first - 1) != ",":
        return None
    return next((syntax.span(w) for w in range(opening + 1, first) if syntax.tag(w) == "NOUN"), None)


def _asked_for(syntax: Syntax, first: int) -> Span | None:
    """The noun of "how many phones" in the question before, where the answer begins with the number."""
    opening = syntax.sentence(first).start
    if first - opening >= _FIRST or opening == 0 or syntax.form(opening - 1) != "?":
        return None
    asked = range(syntax.sentence(opening - 1).start, opening - 2)
    many = next((w for w in asked if syntax.folded(w) == "how" and syntax.folded(w + 1) == "many"), None)
    return None if many is None else next((syntax.span(w) for w in asked if w > many and syntax.tag(w) == "NOUN"), None)


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A bare number for one told right before: what both count, and the words that tell it."""

    counted: Span
    span: Span


def taken_up(syntax: Syntax, quantity: Quantity, before: Figure | None) -> TakenUp | None:
    """Of "a hole of 80 million pesos … had owned up to one of 30 million", the second; "the opposition makes it 300".

    Args:
        before: the figure told last before; it must be of the same sentence or the one before.
    """
    inside = syntax.words_in(quantity.span)
    if before is None or not _is_bare(syntax, quantity, inside) or not _is_next(syntax, inside[0], before):
        return None
    first = _said_of_it(syntax, inside[0])
    return None if first is None else TakenUp(before.counted, syntax.span(first, inside[-1]))


def coin_of(syntax: Syntax, quantity: Quantity, before: Figure | None) -> str | None:
    """The currency of a sum that leaves it out, written with "million", right behind one that has it."""
    inside = syntax.words_in(quantity.span)
    if before is None or not _is_bare(syntax, quantity, inside) or not _is_next(syntax, inside[0], before):
        return None
    return before.unit if syntax.folded(inside[-1]) in _LARGE and before.unit in lexicon().currencies else None


def _is_next(syntax: Syntax, word: int, before: Figure) -> bool:
    told = syntax.words_in(before.counted)
    return bool(told) and syntax.words.sentence[word] - syntax.words.sentence[told[-1]] <= 1


def _is_bare(syntax: Syntax, quantity: Quantity, inside: range) -> bool:
    """Whether it has neither a unit nor anything behind it that could be counted."""
    if not inside or quantity.unit is not None or quantity.counted is not None:
        return False
    return inside[-1] + 1 >= len(syntax.words) or syntax.tag(inside[-1] + 1) in _CLOSING


def _said_of_it(syntax: Syntax, number: int) -> int | None:
    """The first word of "one of 30 million", "makes it 300", "put it at only 300", "the police counted 300"."""
    at = number - 1
    while at > 0 and syntax.tag(at) == "ADV":
        at -= 1
    if at < 1:
        return None
    if (syntax.folded(at - 1), syntax.folded(at)) == ("one", "of"):
        return at - 1
    if " ".join(map(syntax.folded, (at - 1, at))) in _RATHER:
        return at - 1
    if syntax.tag(at) == "VERB" and lemma(syntax.form(at), "VERB") in _COUNTING:
        return at
    if syntax.folded(at) == "of" and lemma(syntax.form(at - 1), "VERB") == "speak":
        return at - 1
    it = at if syntax.folded(at) == "it" else at - 1
    behind = "" if it == at else syntax.folded(at)
    verb = it - 1
    if verb < 0 or syntax.folded(it) not in ("it", "them", "that"):
        return None
    return verb if _PUTTING.get(lemma(syntax.form(verb), "VERB")) == behind else None
