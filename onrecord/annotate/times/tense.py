"""Whether what happens at a time expression is past or still to come.

With syntax the governing verb decides, with its auxiliaries; without it the nearest telling word of the clause.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from onrecord.annotate.times.lexicon import TOKEN, lexicon
from onrecord.model import Words

Tense = Literal["past", "present", "future", "unknown"]


@dataclass(frozen=True, slots=True)
class Clause:
    """The tense of the clause an expression stands in. `firm`: told by the verb it belongs to, or one close by."""

    tense: Tense
    firm: bool = False


_NEAR = 5
"""How many words before the expression a telling word is close."""

_FAR = 14
"""How many words away from the expression a telling word still counts."""
_FAR_CHARACTERS = 160
"""The same in characters, so that a sentence without end costs no more than another."""
_STEPS = 12
"""How far up the tree the governing verb is looked for."""


def tense_at(text: str, start: int, end: int, sentence: tuple[int, int], words: Words) -> Clause:
    """The tense of the clause around `text[start:end]`. `text` is in lower case."""
    if words.head and words.tag:
        told = _by_syntax(text, start, end, words)
        if told != "unknown":
            return Clause(told, firm=True)
    return _by_words(text, start, end, sentence)


def _by_syntax(text: str, start: int, end: int, words: Words) -> Tense:
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end) - 1
    if first > last:
        return "unknown"
    verb = _governor(first, last, words)
    if verb is None:
        return "unknown"
    return _verb_tense(text, verb, words)


def _governor(first: int, last: int, words: Words) -> int | None:
    """The verb above the words `first` to `last`."""
    top = next((i for i in range(last, first - 1, -1) if not first <= words.head[i] <= last), last)
    for _ in range(_STEPS):
        above = words.head[top]
        if above == top:
            return None
        top = above
        if words.tag[top] in ("VERB", "AUX") or _has_copula(top, words):
            return top
    return None


def _dependents(head: int, words: Words) -> list[int]:
    """The auxiliaries, copulas and markers that stand near `head` and depend on it."""
    near = range(max(0, head - 8), min(len(words), head + 3))
    return [i for i in near if i != head and words.head[i] == head and words.relation[i] in ("aux", "cop", "mark")]


def _has_copula(head: int, words: Words) -> bool:
    return any(words.relation[i] == "cop" for i in _dependents(head, words))


def _verb_tense(text: str, verb: int, words: Words) -> Tense:
    tense = lexicon().tense
    form = text[words.starts[verb] : words.ends[verb]]
    helpers = [text[words.starts[i] : words.ends[i]].strip("'’") for i in _dependents(verb, words)]
    if any(word in tense["future"] for word in helpers) or "to" in helpers or form in tense["awaited"]:
        return "future"
    if any(word in tense["past"] for word in helpers):
        return "past"
    if any(word in tense["present"] for word in helpers):
        return "present"
    if form in tense["past"] or form.endswith("ed"):
        return "past"
    return "present"


def _by_words(text: str, start: int, end: int, sentence: tuple[int, int]) -> Clause:
    """The nearest telling word before the expression, or else the first one after it."""
    tense = lexicon().tense
    left = max(sentence[0], start - _FAR_CHARACTERS)
    before = [match.span() for match in TOKEN.finditer(text, left, start)][-_FAR:]
    if len(before) > 1 and text[slice(*before[-1])] in tense["limits"]:
        return Clause("future", firm=True)
    following = (start, end)
    for apart, word in enumerate(reversed(before), start=1):
        told = _told(text, word, following, infinitives=True)
        if told:
            return Clause(told, firm=apart <= _NEAR)
        following = word
    after = [match.span() for match in islice(TOKEN.finditer(text, end, sentence[1]), _FAR)]
    return Clause(next((told for word in after if (told := _told(text, word, word, infinitives=False))), "unknown"))


def _told(text: str, word: tuple[int, int], following: tuple[int, int], infinitives: bool) -> Tense | None:
    """What one word says of the tense, or None."""
    tense = lexicon().tense
    form = text[slice(*word)]
    if form in tense["future"] or form in tense["awaited"]:
        return "future"
    if form in tense["past"] or (form.endswith("ed") and len(form) > 4):
        return "past"
    if infinitives and form == "to" and text[word[1] : following[0]] == " " and _is_infinitive(text[slice(*following)]):
        return "future"
    return None


def _is_infinitive(form: str) -> bool:
    known = lexicon().tense["articles"]
    return form.isalpha() and form not in known and not form.endswith(("s", "ing", "ed"))
