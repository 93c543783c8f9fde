"""Whether what happens at a time expression is past or still to come.

With syntax the governing verb decides, with its auxiliaries; without it the nearest telling word of the clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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


_NEAR = 3
"""How many words before the expression a telling word is close, if `in` or `on` joins the two."""

_FAR = 14
"""How many words away from the expression a telling word still counts."""
_FAR_CHARACTERS = 160
"""The same in characters, so that a sentence without end costs no more than another."""
_STEPS = 12
"""How far up the tree the governing verb is looked for."""


def tense_at(text: str, start: int, end: int, sentence: tuple[int, int], words: Words) -> Clause:
    """The tense of the clause around `text[start:end]`; the text keeps its capitals, which tell names."""
    left = max(sentence[0], start - _FAR_CHARACTERS)
    before = [match.span() for match in TOKEN.finditer(text, left, start)][-_FAR:]
    joint = text[slice(*before[-1])].lower() if before else ""
    tense = lexicon().tense
    if len(before) > 1 and joint in tense["limits"]:
        return Clause("future", firm=True)
    told, apart = _by_words_before(text, start, before)
    if words.head and words.tag:
        verb = _by_syntax(text, start, end, words)
        if verb == "past" and told == "future" and apart <= _NEAR and joint in tense["placing"]:
            return Clause("future")  # "signed a truce that is to begin on May 20": the tree hangs the day on "signed"
        if verb in ("past", "future"):
            return Clause(verb, firm=_places(joint, verb) and told in (verb, "unknown"))
    if told != "unknown":
        return Clause(told, firm=_places(joint, told) and apart <= _NEAR)
    return Clause(_by_words_after(text, end, sentence[1]))


def _places(joint: str, tense: Tense) -> bool:
    """Whether the word before a time puts what happens there, as "on" does; "by" does where it is to come."""
    return joint in lexicon().tense["placing"] or (tense == "future" and joint == "by")


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
    """The auxiliaries, copulas and markers of `head`: those that depend on it, and those right before it."""
    near = range(max(0, head - 8), min(len(words), head + 3))
    found = {i for i in near if i != head and words.head[i] == head and words.relation[i] in ("aux", "cop", "mark")}
    before = head - 1
    while before >= max(0, head - 4) and words.tag[before] in ("AUX", "PART", "ADV"):
        found.add(before)
        before -= 1
    return sorted(found)


def _has_copula(head: int, words: Words) -> bool:
    return any(words.relation[i] == "cop" for i in _dependents(head, words))


def _verb_tense(text: str, verb: int, words: Words) -> Tense:
    tense = lexicon().tense
    form = text[words.starts[verb] : words.ends[verb]].lower()
    helpers = [text[words.starts[i] : words.ends[i]].lower().strip("'’") for i in _dependents(verb, words)]
    if "could" in helpers and ("not" in helpers or "n't" in helpers):
        return "past"  # what could not be done was tried
    if any(word in tense["future"] for word in helpers) or "to" in helpers or form in tense["awaited"]:
        return "future"
    if any(word in tense["past"] for word in helpers):
        return "past"
    if any(word in tense["present"] for word in helpers):
        return "present"
    if form in tense["past"] or form.endswith("ed"):
        return "past"
    return "present"


def _by_words_before(text: str, start: int, before: Sequence[tuple[int, int]]) -> tuple[Tense, int]:
    """The tense that the nearest telling word before the expression tells, and how many words away it stands."""
    following = (start, start)
    for apart in range(1, len(before) + 1):
        word = before[-apart]
        told = _told(text, word, following, infinitives=True)
        if told == "past" and apart < len(before) and text[slice(*before[-apart - 1])] == "be":
            told = "future"
        if told:
            return ("past" if _in_vain(text, before[-apart - 3 :]) else told), apart
        following = word
    return "unknown", 0


def _in_vain(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether "could not" stands among the first three of the words."""
    forms = [text[slice(*word)].lower() for word in words[:3]]
    return "could" in forms and forms[forms.index("could") + 1 : forms.index("could") + 2] == ["not"]


def _by_words_after(text: str, end: int, stop: int) -> Tense:
    """The tense that the first telling word after the expression tells."""
    after = [match.span() for match in islice(TOKEN.finditer(text, end, stop), _FAR)]
    return next((told for word in after if (told := _told(text, word, word, infinitives=False))), "unknown")


def _told(text: str, word: tuple[int, int], following: tuple[int, int], infinitives: bool) -> Tense | None:
    """What one word says of the tense, or None."""
    tense = lexicon().tense
    written = text[slice(*word)]
    form = written.lower()
    if form in tense["future"] or form in tense["awaited"]:
        return "future"
    if form in tense["past"] or (written.endswith("ed") and len(form) > 4 and written.islower()):
        return "past"
    if infinitives and form == "to" and text[word[1] : following[0]] == " " and _is_infinitive(text[slice(*following)]):
        return "future"
    return None


def _is_infinitive(form: str) -> bool:
    known = lexicon().tense["articles"]
    return form.islower() and form not in known and not form.endswith(("s", "ing", "ed"))
