"""A long name of a body is whole throughout a report, though the network cuts it at a small word in one place.

"Movement for Justice in the South" is one name where its initials are used ("MJS"), where another place has it whole,
or where the network stopped behind the small word; "Ministry of Defence in Ankara", of which none is so, stays two.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.decoding import LabelledSpan

_SMALL = frozenset("of the and for in on to against de des del la &".split())
_LONGEST = 8
"""Words by which a name may be longer than what was found of it."""
_SHORTEST = 3
"""Letters of initials that are trusted."""


def whole_names(spans: Sequence[LabelledSpan], words: Sequence[str], sentence: Sequence[int]) -> list[LabelledSpan]:
    """The names with those of bodies made whole; what a longer one swallows is gone.

    Args:
        spans: names in order, as words.
        words: of the report.
        sentence: of each word.
    """
    bodies = [span for span in spans if span[2] == "ORG"]
    known = {tuple(words[a:b]) for a, b, _ in bodies if b - a >= _SHORTEST}
    short = {words[a] for a, b, _ in bodies if b - a == 1 and words[a].isupper() and len(words[a]) >= _SHORTEST}
    out: list[LabelledSpan] = []
    for first, end, kind in spans:
        if out and first < out[-1][1]:
            continue
        if kind == "ORG" and end - first > 1 and words[end - 1] in _SMALL:
            end = next(iter(_ends(first, end, words, sentence)), end - 1)
        if kind == "ORG" and end - first > 1:
            end = max(
                (e for e in _ends(first, end, words, sentence) if _is_name(words[first:e], known, short)), default=end
            )
        out.append((first, end, kind))
    return out


def _ends(first: int, end: int, words: Sequence[str], sentence: Sequence[int]) -> list[int]:
    """Where the name may end instead: behind each capital that follows with nothing but small words between."""
    ends = []
    for place in range(end, min(end + _LONGEST, len(words))):
        if sentence[place] != sentence[first] or not (words[place] in _SMALL or words[place][0].isupper()):
            break
        if words[place][0].isupper():
            ends.append(place + 1)
    return ends


def _is_name(words: Sequence[str], known: set[tuple[str, ...]], short: set[str]) -> bool:
    initials = "".join(word[0] for word in words if word not in _SMALL)
    return tuple(words) in known or initials in short
