"""Two names of one kind side by side are mostly one name, or a name and a word that is none.

The network begins a name anew in the middle of it ("Nicolas" "Ouedec"), or takes a title or an article for a name of
its own ("Mr." "Obama", "the" "Times", "Once" "Congress").
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.sourcing.lexicon import PERSONS, lexicon

_JOINED = frozenset(("PER", "ORG"))
_NAMING = frozenset(("PROPN", "NOUN", "ADJ", "DET", "NUM", "X"))
_INITIAL = 2
"""Letters and mark of an initial: "J."."""


def joined_names(
    spans: Sequence[LabelledSpan], words: Sequence[str], tags: Sequence[str], sentence: Sequence[int]
) -> list[LabelledSpan]:
    """The names, where a single word stands before another of its kind joined to it, or dropped if it is no name.

    Args:
        spans: names in order, as words.
        words, tags, sentence: of the report.
    """
    out: list[LabelledSpan] = []
    for span in spans:
        before = out[-1] if out else None
        if before is None or not _adjoin(before, span, sentence):
            out.append(span)
        elif _is_no_name(words[before[0]], tags[before[0]], span[2]):
            out[-1] = span
        elif span[2] in _JOINED or words[before[0]] == "The":
            out[-1] = (before[0], span[1], span[2])
        else:
            out.append(span)
    return out


def _adjoin(before: LabelledSpan, span: LabelledSpan, sentence: Sequence[int]) -> bool:
    alone = before[1] - before[0] == 1 and before[1] == span[0]
    return alone and before[2] == span[2] and sentence[before[0]] == sentence[span[0]]


def _is_no_name(word: str, tag: str, kind: str) -> bool:
    """Whether a word is lower case or of a kind that names nobody, or the title of a person."""
    if word.islower() or tag not in _NAMING:
        return True
    return kind == "PER" and (
        (word.endswith(".") and len(word) > _INITIAL) or lexicon().kinds.get(word.lower()) in PERSONS
    )
