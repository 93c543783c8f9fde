"""Speakers named before what they say, as in a transcript: "THE MODERATOR: ...", "Q: ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.annotate.attribution import Attribution
from onrecord.spans import Located, Span, trimmed

_LINE = re.compile(r"^[ \t]{0,8}([A-Z][\w.'’-]{0,30}(?: [\w.'’(),-]{1,30}){0,5}):[ \t]+(\S[^\n]*)$", re.MULTILINE)
_FEWEST = 3
"""Lines of this form from which on a text is a transcript; fewer may be headings or notes."""


def find_script_lines(text: str, found: Sequence[Attribution], start: int = 0) -> list[Attribution]:
    """One attribution a line of a transcript, where nothing else was found in the line.

    A text is taken for a transcript if it has three such lines or more and a speaker has two of them. Lines follow
    their speaker to the end of the line.
    """
    lines = list(_LINE.finditer(text, start))
    often = Counter(line[1] for line in lines)
    if len(lines) < _FEWEST or max(often.values()) == 1:
        return []
    taken = Located((content, a) for a in found for content in a.content)
    out = []
    for line in lines:
        content = trimmed(text, *line.span(2))
        if content is not None and not taken.touching(content):
            colon = line.end(1)
            out.append(Attribution(Span(*line.span(1)), Span(colon, colon + 1), (content,)))
    return out
