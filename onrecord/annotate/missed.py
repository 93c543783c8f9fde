"""Names of bodies that the network missed, by a word beside or in them: "chipmaker *Silonix*", "*Hart Hospital*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.annotate.decoding import LabelledSpan
from onrecord.lexicons import table_of

_BODY = "ORG"
_NAMING = frozenset(("PROPN", "ADJ"))
_OPENING = frozenset(("MISC", "LOC"))
"""Kinds of name that the name of a body may open with."""
_MAKERS = ("maker", "builder")


def with_missed(
    spans: Sequence[LabelledSpan], words: Sequence[str], tags: Sequence[str], sentence: Sequence[int]
) -> list[LabelledSpan]:
    """The names in order with those of bodies that words say to be there.

    Args:
        spans: names in order, as words.
        words: of the report; tags, sentence: of each word.
    """
    spans = [_without_maker(span, words, sentence) for span in spans]
    taken = {word for first, end, _ in spans for word in range(first, end)}
    runs = ((a, b) for a, b in _runs(words, tags, sentence) if not taken & set(range(a, b)))
    found = [one for a, b in runs if (one := _body(words, sentence, a, b)) is not None]
    before = {end: (first, end, kind) for first, end, kind in spans if kind in _OPENING}
    opened = {before[a] for a, _, _ in found if a in before}  # "*European* Football Council"
    whole = [(before[a][0] if a in before else a, b, kind) for a, b, kind in found]
    return sorted([*(span for span in spans if span not in opened), *whole])


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in table_of("groups")["named"].items()}


def _runs(words: Sequence[str], tags: Sequence[str], sentence: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of names in capitals: first word, the word after the last."""
    first: int | None = None
    for word in range(len(words) + 1):
        inside = word < len(words) and tags[word] in _NAMING and words[word][:1].isupper()
        if first is not None and (not inside or sentence[word] != sentence[first]):
            yield first, word
            first = None
        if inside and first is None:
            first = word


def _body(words: Sequence[str], sentence: Sequence[int], first: int, end: int) -> LabelledSpan | None:
    """The run as the name of a body, if a word right before it or its last one says so."""
    if end - first > 1 and words[end - 1].lower() in _words()["within"] and words[first].istitle():
        return first, end, _BODY
    opens = first == 0 or sentence[first - 1] != sentence[first]
    if opens and _says_body(words[first]):
        first += 1  # "*Chipmaker* Silonix", which the tagger takes for a name as a whole
    before = words[first - 1] if first and sentence[first - 1] == sentence[min(first, end - 1)] else ""
    told = first < end and _says_body(before) and not words[first].isupper()
    return (first, end, _BODY) if told else None


def _without_maker(span: LabelledSpan, words: Sequence[str], sentence: Sequence[int]) -> LabelledSpan:
    """A name without "Carmaker" before it, which has its capital only from the sentence it opens."""
    first, end, kind = span
    opens = first == 0 or sentence[first - 1] != sentence[first]
    makes = opens and kind == _BODY and end - first > 1 and words[first].lower().endswith(_MAKERS)
    return (first + 1, end, kind) if makes else span


def _says_body(word: str) -> bool:
    low = word.lower()
    return low in _words()["before"] or (low.endswith(_MAKERS) and low not in _MAKERS)
