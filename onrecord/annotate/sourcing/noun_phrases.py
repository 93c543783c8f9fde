"""A noun phrase taken apart into its determiner, its count and its head, by word lists alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.annotate.sourcing.lexicon import Kind, lexicon
from onrecord.model import Count
from onrecord.spans import Span

Token = tuple[str, int]
"""A word or mark as it stands in the text, and its offset there."""

TOKEN = re.compile(r"\w[\w'’&./-]*\w|\w|[^\w\s]")
"""A word, with the marks inside it, or a mark."""
_POSSESSIVE = ("'s", "’s", "s'", "s’")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """The tokens of a source phrase and what they are in it. Never without a token.

    Attributes:
        low: the tokens in lower case.
        first: the token at which the noun phrase proper begins: "advisers" in "one of his advisers".
        head: the token that is its head noun.
        determiner: "indefinite", "counted", "definite", "possessive", "quantified" or "none".
        count: what the determiner tells.
    """

    tokens: tuple[Token, ...]
    low: tuple[str, ...]
    first: int
    head: int
    determiner: str
    count: Count

    @property
    def noun(self) -> str:
        return self.low[self.head]

    @property
    def head_span(self) -> Span:
        word, offset = self.tokens[self.head]
        return Span(offset, offset + len(word))


def noun_phrase(tokens: Sequence[Token]) -> NounPhrase:
    """The noun phrase that the tokens, at least one, are."""
    low = tuple(token.lower() for token, _ in tokens)
    first, determiner, count = _opening(low)
    return NounPhrase(tuple(tokens), low, first, _head(low, first), determiner, count)


# -- tokens


def tokens_between(text: str, start: int, end: int) -> list[Token]:
    """All tokens between two offsets."""
    return [(match.group(), match.start()) for match in TOKEN.finditer(text, start, end)]


def tokens_of(text: str, span: Span) -> list[Token]:
    """The tokens of a source phrase, at least one: without marks at its ends, a final "who", or a final `'s`."""
    tokens = _trimmed(tokens_between(text, span.start, span.end))
    return _without_possessive(tokens) if tokens else [(span.of(text), span.start)]


def _trimmed(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while start < end and _is_mark(tokens[start][0]):
        start += 1
    while start < end and (_is_mark(tokens[end - 1][0]) or _is_loose_relative(tokens[max(start, end - 3) : end])):
        end -= 1
    return tokens[start:end]


def _is_mark(token: str) -> bool:
    return not token[0].isalnum() and token != "%"


def _is_loose_relative(last: Sequence[Token]) -> bool:
    """Whether the last token is a relative pronoun that can go: not in "those who" or "each of whom"."""
    words, low = lexicon().words, [token.lower() for token, _ in last]
    if len(low) < 2 or low[-1] not in words["relative_pronoun"] or low[-2] in words["after"]:
        return False
    return len(low) > 2 or low[0] not in words["bare"]


def _without_possessive(tokens: list[Token]) -> list[Token]:
    word, offset = tokens[-1]
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending) and len(word) > len(ending):
            return [*tokens[:-1], (word[: -len(ending)], offset)]
    return tokens


# -- determiner and head


def _opening(low: Sequence[str]) -> tuple[int, str, Count]:
    """Where the noun phrase proper begins, its determiner, and the count the determiner tells."""
    words = lexicon().words
    start = 1 if low[0] in words["before_determiner"] and len(low) > 1 else 0
    start += 1 if low[start : start + 1] in (("least",), ("all",)) and start + 1 < len(low) else 0
    for k in range(start, min(start + 4, len(low) - 1)):
        if low[k] in words["after"]:
            break
        if low[k + 1] == "of" and low[k] in words["partitive"] and k + 2 < len(low):
            return _partitive(low, k)
    return start, *_determiner(low[start:])


def _partitive(low: Sequence[str], k: int) -> tuple[int, str, Count]:
    """What stands after "of": "one of his advisers" counts advisers; "some of them" does not count."""
    table, words = lexicon().determiners, lexicon().words
    inner = k + 2
    while inner < len(low) - 1 and low[inner] in table["definite"] | table["possessive"]:
        inner += 1
    if low[k] in table["counted"] | words["small_group"]:
        return inner, "counted", "one" if low[k] == "one" else "several"
    if low[k] in words["copies"]:
        return inner, "quantified", "one"
    return inner, "quantified", "several" if low[k] != "none" else "unknown"


def _determiner(low: Sequence[str]) -> tuple[str, Count]:
    table = lexicon().determiners
    leading = low[: next((k for k, word in enumerate(low[:3]) if word in lexicon().words["after"]), 3)]
    count = _counted(leading, low[0])
    if low[0] in table["indefinite"]:
        return "indefinite", "one" if count == "unknown" else count
    if low[0] in table["definite"]:
        return "definite", count
    if low[0] in table["possessive"] or any(word.endswith(_POSSESSIVE) for word in low[: len(leading) + 1]):
        return "possessive", count
    if low[0] in table["quantified"] or "%" in low[:2] or "percent" in low[:3]:
        return "quantified", "unknown"
    return ("counted", count) if count != "unknown" else ("none", count)


def _counted(leading: Sequence[str], first: str) -> Count:
    table = lexicon().determiners
    if first in table["quantified"] or not any(word in table["counted"] or _is_few(word) for word in leading):
        return "unknown"
    return "one" if "one" in leading else "several"


def _is_few(word: str) -> bool:
    """Whether a numeral counts people one could name; larger numbers count crowds, or are years."""
    return word.isdecimal() and len(word) <= 2 and 1 < int(word) <= 12


def _head(low: Sequence[str], first: int) -> int:
    """The last word of the noun phrase that begins at `first`, before any comma, preposition or clause."""
    end = _run_end(low, first)
    if low[end : end + 1] in (("and",), ("or",)) and end + 1 < len(low) and _is_people(low[end - 1]):
        further = _run_end(low, end + 1)
        if singular(low[further - 1])[0] in lexicon().kinds:
            end = further  # "Kenyan and Somali officials"
    while end - 1 > first and not low[end - 1][0].isalnum():
        end -= 1
    return _before_participle(low, first, end)


def _before_participle(low: Sequence[str], first: int, end: int) -> int:
    """The last word, or a noun of the lexicon that a participle follows: "a poll published" is a poll."""
    kinds = lexicon().kinds
    for k in range(first, end - 1):
        if low[k + 1].endswith(_PARTICIPLES) and low[k + 1] not in kinds and singular(low[k])[0] in kinds:
            return k
    return end - 1


_PARTICIPLES = ("ed", "ing")


def _run_end(low: Sequence[str], first: int) -> int:
    """The token behind the run of words that no comma, preposition or clause breaks."""
    after = lexicon().words["after"]
    end = first + 1
    while end < len(low) and low[end] not in after and (low[end][0].isalnum() or low[end] in (".", "'", "’", "&", "%")):
        end += 1
    return end


def _is_people(word: str) -> bool:
    """Whether the word is an adjective of a people or party: "Kenyan", "French", "liberal"."""
    plural = word + "s"
    return word in lexicon().peoples or plural in lexicon().peoples or plural.endswith(lexicon().people_endings)


def noun_phrase_before(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends before `end`, looked for from `start` on: before "who", for one.

    It begins at the last determiner, or with the run of words that no preposition or mark breaks.
    """
    tokens = tokens_between(text, start, end)
    while tokens and not tokens[-1][0][0].isalnum():
        tokens.pop()
    if not tokens:
        return None
    table = lexicon().determiners
    openers = frozenset[str]().union(*table.values())
    begin = len(tokens) - 1
    while begin > 0 and len(tokens) - begin < 7 and tokens[begin][0].lower() not in openers:
        before = tokens[begin - 1][0].lower()
        if before in lexicon().words["after"] or not before[0].isalnum():
            break
        begin -= 1
    return Span(tokens[begin][1], end)


# -- number


def singular(word: str) -> tuple[str, bool]:
    """The singular of a noun in lower case, and whether the word was a plural."""
    known = lexicon()
    if word in known.plurals:
        return known.plurals[word], known.plurals[word] != word
    if word in known.kinds:
        return word, False
    found = _singular_of_plural(word)
    if found is not None:
        return found, True
    plural = word in known.peoples or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
    return (word[:-1] if plural and word.endswith("s") else word), plural


@lru_cache(maxsize=8192)
def _singular_of_plural(word: str) -> str | None:
    kinds = lexicon().kinds
    if word.endswith("ies") and word[:-3] + "y" in kinds:
        return word[:-3] + "y"
    return next((word[:-n] for n in (1, 2) if word.endswith("s") and word[:-n] in kinds), None)


def pronoun_count(word: str) -> Count:
    """How many a pronoun stands for."""
    words = lexicon().words
    if word in words["singular_pronoun"] | words["one_pronoun"]:
        return "one"
    return "several" if word in words["several_pronoun"] else "unknown"


def noun_count(kind: Kind, plural: bool, determiner: str) -> Count:
    """How many a noun stands for if its determiner does not tell."""
    if kind == "name":
        return "one"
    if kind == "crowd" or determiner == "quantified":
        return "several" if plural else "unknown"
    return "several" if plural else "one"
