"""What a bare number counts where its noun is left out, because it was told right before."""

from __future__ import annotations

from onrecord.model import Quantity
from onrecord.record.figures.lexicon import lexicon
from onrecord.spans import Span
from onrecord.syntax import Syntax

_FIRST = 4
"""Words into a sentence at which an answer to "how many" may stand at the latest."""
_FAR = 12
"""Words before a tally among which the vote is told."""
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
