"""What a page puts around a report: calls to its readers, credits, corrections, contact lines. It tells no story."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord.lexicons import table_of
from onrecord.spans import Span

_LONGEST = 400
"""Code points of a sentence of furniture at most; what is longer tells more than that."""
_SHORT = 90
"""The same where only its opening words say so."""
_ADDRESS = re.compile(r"[^\s@]{1,40}@[^\s@]{1,40}\.[^\W\d_]{2,24}\b")


def is_furniture(sentence: str) -> bool:
    """Whether a sentence is of the page and not of the report."""
    return len(sentence) <= _LONGEST and _is_of_the_page(sentence)


@lru_cache(maxsize=8192)
def _is_of_the_page(sentence: str) -> bool:
    words = " ".join(sentence.lower().replace("’", "'").split())
    opening, anywhere = _patterns()
    opens = len(words) <= _SHORT and opening.match(words)
    return bool(opens or anywhere.search(words) or _ADDRESS.search(words))


def furniture_in(text: str, sentences: Iterable[Span]) -> Furniture:
    """The sentences of a report that are of the page around it."""
    return Furniture([span for span in sentences if is_furniture(span.of(text))])


class Furniture:
    """Sentences of the page, in order."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._ends = [span.end for span in spans]

    def holds(self, span: Span) -> bool:
        """Whether a span begins in one of them."""
        at = bisect_left(self._ends, span.start + 1)
        return at < len(self._spans) and self._spans[at].start <= span.start


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions of the words that open such a sentence, and of those that may stand anywhere in it."""
    table = table_of("furniture")
    return re.compile(rf"[\W_]{{0,3}}(?:{_any(table['opening'])})"), re.compile(
        rf"(?<!\w)(?:{_any(table['anywhere'])})"
    )


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalnum() else "") for phrase in ordered)
