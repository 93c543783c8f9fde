"""Which attributions are speech: a word of saying in the cue, or a content that is a quotation throughout.

The measure "speech" is about these alone. The list of verbs is part of the measure, not of onrecord: changing it
changes what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from bench.scoring.units import WORD
from onrecord.spans import Span

_VERBS = (
    "accuse acknowledge add admit allege announce argue ask assert blast boast call caution charge cite claim comment "
    "complain concede conclude confirm contend criticize declare denounce deny describe emphasize explain insist joke "
    "maintain mention note observe point praise predict promise question quip quote read recall reiterate remark "
    "repeat reply report respond say slam state stress suggest tell testify tweet urge vow pledge warn write"
)
_IRREGULAR = "said say's saying told wrote written slammed admitted admitting according"
_OPENING, _CLOSING = '"“', '"”'
_TRAILING = ".,;:!?—-"


def _forms(verb: str) -> set[str]:
    """The regular forms of a verb."""
    forms = {verb + ending for ending in ("", "s", "es", "d", "ed", "ing")}
    if verb.endswith("e"):
        forms.add(verb[:-1] + "ing")
    if verb.endswith("y"):
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    return forms


_SAYING = frozenset(_IRREGULAR.split()).union(*map(_forms, _VERBS.split()))


def is_speech(text: str, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether an attribution tells what somebody said, wrote or announced."""
    words = (word.lower() for span in cue for word in WORD.findall(span.of(text)))
    return any(word in _SAYING for word in words) or is_quoted(text, content)


def is_quoted(text: str, content: Sequence[Span]) -> bool:
    """Whether every piece of the content that holds a word stands in quotation marks."""
    pieces = [span.of(text).strip() for span in content]
    worded = [piece for piece in pieces if WORD.search(piece)]
    return bool(pieces) and all(_in_marks(piece) for piece in worded or pieces)


def _in_marks(piece: str) -> bool:
    """Whether marks stand around the piece; the last may be followed by other punctuation, or one more character."""
    closes = piece.rstrip(_TRAILING)[-1:] in _CLOSING or piece[-2:-1] in _CLOSING
    return piece[:1] in _OPENING and closes
