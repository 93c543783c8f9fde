"""Speakers named before what they say, as in a transcript: "THE MODERATOR: ...", "Q: ..."."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.attribution import Attribution
from onrecord.spans import Span, trimmed

_LINE = re.compile(
    r"^[ \t]{0,8}([A-Z][\w.'’-]{0,30}(?:(?: [\w.'’(),-]{1,30}){0,4} [A-Z(][\w.'’(),-]{0,30})?):[ \t]+(\S[^\n]*)$",
    re.MULTILINE,
)
"""A speaker is a name: "Keita went on:" is none, so its last word begins with a capital letter or a bracket."""
_FEWEST = 3
"""Lines of this form from which on a text is a transcript; fewer may be headings or notes."""


def with_script_lines(text: str, found: Sequence[Attribution], start: int = 0) -> tuple[Attribution, ...]:
    """The attributions, in a transcript with one for each line, which holds those made inside it.

    A text is taken for a transcript if it has three such lines or more and a speaker has two of them. Lines follow
    their speaker to the end of the line. What was found in a line and has no source there is part of the line.
    """
    lines = _lines(text, start)
    if not lines:
        return tuple(found)
    starts = [line.content[0].start for line in lines]
    inside = [_line_of(attribution, lines, starts) for attribution in found]
    kept = [i for i, a in enumerate(found) if inside[i] is None or _has_own_source(a, lines[inside[i] or 0])]
    place = {i: len(lines) + at for at, i in enumerate(kept)}
    return (*lines, *(_moved(found[i], inside[i], place) for i in kept))


def _lines(text: str, start: int) -> list[Attribution]:
    lines = list(_LINE.finditer(text, start))
    often = Counter(line[1] for line in lines)
    if len(lines) < _FEWEST or max(often.values()) == 1:
        return []
    out = []
    for line in lines:
        content, colon = trimmed(text, *line.span(2)), line.end(1)
        if content is not None:
            out.append(Attribution(Span(*line.span(1)), Span(colon, colon + 1), (content,)))
    return out


def _line_of(attribution: Attribution, lines: Sequence[Attribution], starts: Sequence[int]) -> int | None:
    """The line in which the first words of what is attributed stand."""
    first = attribution.content[0]
    at = bisect_right(starts, first.start) - 1
    return at if at >= 0 and first.start < lines[at].content[0].end else None


def _has_own_source(attribution: Attribution, line: Attribution) -> bool:
    return attribution.source is not None and line.content[0].contains(attribution.source)


def _moved(attribution: Attribution, line: int | None, place: dict[int, int]) -> Attribution:
    """The attribution within what it was within, as far as that is kept, else within its line."""
    outer = place.get(attribution.within) if attribution.within is not None else None
    return replace(attribution, within=line if outer is None else outer)
