"""What a number counts: the noun phrase behind it, by syntax where the words bear tags, by word lists where not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.quantities.ranges import Amount
from onrecord.model import Time, Words
from onrecord.spans import Located, Span

_LONGEST = 9
_HEADS = frozenset(("NOUN", "PROPN"))
_MODIFIERS = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "SYM"))
_DETERMINERS = frozenset("the a an this that these those its their his her our your my all such most".split())
_STROKES = ("-", "‐", "‑", "/", "&")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted.

    Attributes:
        span: the words for it, with their modifiers.
        name: the same with its last word in the singular.
        directly: whether it stands right behind the number, not behind "of" or "in".
        opening: the first word.
        plural: whether the last word is a plural.
    """

    span: Span
    name: str
    directly: bool
    opening: str
    plural: bool


class Nouns:
    """The noun phrases behind the numbers of one report."""

    def __init__(self, text: str, words: Words, times: Located[Time]) -> None:
        self._text = text
        self._words = words
        self._times = times
        self._tagged = len(words.tag) == len(words)

    def of(self, amount: Amount, end: int) -> Counted | None:
        """What the amount counts, or None; `end` is where the words for its bound end."""
        word = bisect_left(self._words.starts, end)
        if word >= len(self._words) or word == 0 or self._words.sentence[word] != self._words.sentence[word - 1]:
            return None
        if amount.last.joint and amount.last.bare:
            return self._tied(word)
        form = self._form(word)
        if form == "of" or (form in ("in", "worth") and amount.last.kind == "currency"):
            return self._behind_of(word + 1)
        if not amount.last.bare:
            return None
        if amount.last.number.form == "fraction" and form in _DETERMINERS:
            return self._behind_of(word)
        if form.lower() in lexicon().states:
            return self._phrase(word, directly=True) or self._made(word, word, True)
        if form.lower() in lexicon().openers:
            word += 1
        return self._phrase(word, directly=True)

    def _form(self, word: int) -> str:
        return self._text[self._words.starts[word] : self._words.ends[word]]

    def _tied(self, stroke: int) -> Counted | None:
        """The word behind the hyphen: "two-storey"."""
        word = stroke + 1
        if word >= len(self._words) or not self._form(word)[0].isalpha():
            return None
        if self._form(word) == "strong":
            force = self._phrase(word + 1, directly=True)
            return force and replace(force, name="member")
        return self._made(word, word, True)

    def _behind_of(self, word: int) -> Counted | None:
        """The phrase behind "of", without its articles: "two of the four bridges"."""
        if word < len(self._words) and self._form(word) == "of":
            word += 1
        while word < len(self._words) and self._only_opens(self._form(word).lower()):
            word += 1
        return self._phrase(word, directly=False)

    def _only_opens(self, form: str) -> bool:
        """Whether a word is an article or a number before the noun."""
        numbers = lexicon().numbers
        return form in _DETERMINERS or form[0].isdigit() or form in numbers.units or form in numbers.scales

    def _phrase(self, first: int, directly: bool) -> Counted | None:
        last = None
        for word in self._within(first):
            if self._may_head(word):
                last = word
                if self._closes(word):
                    break
        return None if last is None else self._made(first, last, directly)

    def _within(self, first: int) -> Iterator[int]:
        """The words that can belong to the phrase."""
        for word in range(first, min(first + _LONGEST, len(self._words))):
            if self._words.sentence[word] != self._words.sentence[first] or not self._may_stand(word, first):
                return
            yield word

    def _may_stand(self, word: int, first: int) -> bool:
        form = self._form(word)
        if word == first and form[0].isdigit():
            return False
        if form in ("'s", "’s"):
            return word > first
        if form in ("and", "or"):
            return self._joins(word, first)
        if form in _STROKES:
            return word > first and self._words.starts[word] == self._words.ends[word - 1]
        if not form[0].isalnum() or self._is_time(word):
            return False
        if not self._tagged:
            return not is_stop(form) and (form[0].isalpha() or self._form(word - 1) in _STROKES)
        tag = self._words.tag[word]
        if tag in _MODIFIERS:
            return tag != "NUM" or form[0].isalpha() or self._form(word - 1) in _STROKES
        if tag == "VERB":
            return self._words.relation[word] in ("amod", "compound")
        return tag == "ADV" and word + 1 < len(self._words) and self._words.tag[word + 1] == "ADJ"

    def _joins(self, word: int, first: int) -> bool:
        """Whether "and" stands between two modifiers of one noun: "Kurdish and Arab fighters"."""
        if not self._tagged or word == first or word + 2 >= len(self._words):
            return False
        before, behind = word - 1, word + 1
        if lexicon().is_plural(self._form(before)) or self._words.tag[behind] not in ("ADJ", "NOUN", "PROPN"):
            return False
        plural = self._form(word + 2) if self._words.tag[word + 2] in _HEADS else self._form(behind)
        return lexicon().is_plural(plural) and self._words.tag[before] in ("ADJ", "NOUN", "PROPN")

    def _is_time(self, word: int) -> bool:
        own = Span(self._words.starts[word], self._words.ends[word])
        return bool(self._times.touching(own))

    def _may_head(self, word: int) -> bool:
        form = self._form(word)
        if not form[0].isalpha() or form.lower() in ("'s", "’s"):
            return False
        return self._words.tag[word] in _HEADS if self._tagged else True

    def _closes(self, word: int) -> bool:
        """Whether the phrase ends here: behind a plural, where no other plural noun follows."""
        form = self._form(word)
        if not lexicon().is_plural(form):
            return False
        following = word + 1
        if following >= len(self._words):
            return True
        behind = self._form(following)
        if behind in _STROKES:
            return False
        if not self._tagged:
            return form[0].islower() or not lexicon().is_plural(behind)
        if self._words.tag[following] not in _HEADS:
            return True
        return form[0].islower() and behind[0].isupper() and not self._is_plural_noun(following + 1)

    def _is_plural_noun(self, word: int) -> bool:
        inside = word < len(self._words) and self._words.tag[word] == "NOUN"
        return inside and lexicon().is_plural(self._form(word))

    def _made(self, first: int, last: int, directly: bool) -> Counted:
        span = Span(self._words.starts[first], self._words.ends[last])
        head = self._form(last)
        name = " ".join(self._text[span.start : self._words.starts[last]].split())
        if span.start < self._words.starts[last] and self._text[self._words.starts[last] - 1].isspace():
            name += " "
        return Counted(span, name + lexicon().singular(head), directly, self._form(first), lexicon().is_plural(head))


def is_stop(form: str) -> bool:
    """Whether a word is one that ends a noun phrase; capitals throughout make it another word ("US")."""
    return form.lower() in lexicon().stops and not (len(form) > 1 and form.isupper())
