"""What a cue says of its content: speech, belief, intention, question, denial, or a refusal to comment.

A *cue* is the word or phrase that ties a source to what it said or held ("said", "according to", "his claim").
The lexicon is `data/cues.toml`; what stands here is how its words combine: "did not say that" is a denial, "did not
say when" a refusal to comment, "asked them to leave" an intention and "asked why" a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, cast

from onrecord.lexicons import table_of
from onrecord.model import Attitude, Directness
from onrecord.spans import Span

ATTITUDES: tuple[Attitude, ...] = ("speech", "belief", "intention", "question", "denial", "refusal-to-comment")
_WORD = re.compile(r"n[’']t\b|[^\W\d_]+(?:-[^\W\d_]+)*?(?=n[’']t\b)|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SUFFIXES = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""), ("d", ""),
)  # fmt: skip
_LONGEST_GAP = 3
_MARKS = '"“”«»'
_AFTER_CLOSE = " .,;:!?—–-"


@dataclass(frozen=True, slots=True)
class Cues:
    """The lexicon of cues, by lemma.

    Attributes:
        verbs: lemma -> attitudes it can have, the likeliest first.
        classes: verb lemma -> its class ("neutral", "assert", "show", "deny", ...), of its likeliest attitude.
        nouns, adjectives: lemma -> attitude.
        phrases: first lemma -> phrases that begin with it, longest first.
        sets: named sets of lemmas that the rules read.
        irregular: form -> lemma.
    """

    verbs: Mapping[str, Attitude]
    classes: Mapping[str, str]
    nouns: Mapping[str, Attitude]
    adjectives: Mapping[str, Attitude]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Attitude], ...]]
    sets: Mapping[str, frozenset[str]]
    irregular: Mapping[str, str]


# Where a verb stands under several attitudes, the first of these is its likeliest.
_LIKELIEST: tuple[Attitude, ...] = ("refusal-to-comment", "denial", "question", "belief", "intention", "speech")


@cache
def cues() -> Cues:
    """The lexicon that ships with the package, read once."""
    table = table_of("cues")
    verbs, classes = _verbs(table["verbs"], frozenset(table["sets"]["speech_first"].split()))
    return Cues(
        verbs=MappingProxyType(verbs),
        classes=MappingProxyType(classes),
        nouns=MappingProxyType(dict(_by_word(table["nouns"]))),
        adjectives=MappingProxyType(dict(_by_word(table["adjectives"]))),
        phrases=MappingProxyType(_phrases(table["phrases"])),
        sets=MappingProxyType({name: frozenset(words.split()) for name, words in table["sets"].items()}),
        irregular=MappingProxyType(dict(table["irregular"])),
    )


def _verbs(table: dict[str, Any], speech_first: frozenset[str]) -> tuple[dict[str, Attitude], dict[str, str]]:
    verbs: dict[str, Attitude] = {}
    classes: dict[str, str] = {}
    for attitude in _LIKELIEST:
        for name, words in table.get(attitude, {}).items():
            for word in words.split():
                if word not in verbs or (attitude == "speech" and word in speech_first and verbs[word] != "speech"):
                    verbs[word], classes[word] = attitude, name
    return verbs, classes


def _by_word(table: Mapping[str, str]) -> Iterator[tuple[str, Attitude]]:
    for attitude, words in table.items():
        for word in words.split():
            yield word, cast(Attitude, attitude)


def _phrases(table: Mapping[str, list[str]]) -> dict[str, tuple[tuple[tuple[str, ...], Attitude], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Attitude]]] = {}
    for attitude, phrases in table.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            by_first.setdefault(words[0], []).append((words, cast(Attitude, attitude)))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()}


@lru_cache(maxsize=8192)
def lemma_of(word: str) -> str:
    """The lemma of a verb form or a plural noun: the lexicon's where it has one, else the lower-cased word itself."""
    word = word.lower().replace("’", "'")
    lexicon = cues()
    if word in lexicon.irregular:
        return lexicon.irregular[word]
    if _known(word):
        return word
    return next((stem for stem in _stems(word) if _known(stem)), word)


def _known(word: str) -> bool:
    lexicon = cues()
    return word in lexicon.verbs or word in lexicon.nouns or word in lexicon.sets["declining"]


def _stems(word: str) -> Iterator[str]:
    for suffix, ending in _SUFFIXES:
        if not word.endswith(suffix) or len(word) - len(suffix) < 2:
            continue
        stem = word[: -len(suffix)]
        yield stem + ending
        if not ending and len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]


def is_reporting_cue(lemma: str) -> bool:
    """Whether a lemma can tie a source to a content: a verb or a noun of the lexicon."""
    return lemma in cues().verbs or lemma in cues().nouns


def tells_of_reporting(cue: str) -> bool:
    """Whether any word of the cue is one of saying, holding or showing, as far as the lexicon knows."""
    lexicon = cues()
    known = (lexicon.verbs, lexicon.nouns, lexicon.adjectives, lexicon.phrases, lexicon.sets["declining"])
    return any(lemma in table for lemma in _lemmas(cue.replace("-", " ")) for table in known)


def cue_class(lemma: str) -> str | None:
    """The class of a cue's lemma ("neutral", "assert", "judge", "show", ...; "noun" for nouns), or None."""
    lexicon = cues()
    return lexicon.classes.get(lemma) or ("noun" if lemma in lexicon.nouns else None)


def is_impersonal_cue(lemma: str) -> bool:
    """Whether the cue is one of documents and figures ("shows", "found") more than of people."""
    return lemma in cues().sets["impersonal"]


def attitude_of(cue: str, content: str = "", source: str = "", *, around: str = "") -> Attitude:
    """What a cue says of its content.

    Args:
        cue: the words of the cue, with their auxiliaries and negation as far as they belong to it.
        content: the words of the content; they tell a request from a question.
        source: the words of the source; "no one said" is negated by it.
        around: words just before the cue that may hold a negation the cue's span leaves out.

    Returns:
        The attitude; "speech" where the lexicon knows nothing of the cue.
    """
    lemmas = _lemmas(cue)
    negated = _negated([*_lemmas(around)[-3:], *lemmas]) or _lemmas(source)[:1] in (["no"], ["neither"], ["nobody"])
    start = _lemmas(content[:80])
    if _refuses(lemmas, negated, start):
        return "refusal-to-comment"
    attitude, lemma = _plain(lemmas, negated)
    if attitude == "question":
        return "intention" if lemma in cues().sets["requesting"] and _requests(lemmas, start) else "question"
    if attitude == "belief" and lemma in cues().sets["hoping"] and start[:1] == ["to"]:
        return "intention"
    if attitude == "speech" and _is_one_question(content):
        return "question"
    return _turned(attitude, start) if negated else attitude


def _lemmas(text: str) -> list[str]:
    return [_negation_or_lemma(match.group()) for match in _WORD.finditer(text)]


def _negation_or_lemma(word: str) -> str:
    low = word.lower().replace("’", "'")
    return {"n't": "not", "wo": "will", "ca": "can", "cannot": "not"}.get(low) or lemma_of(low)


def _negated(lemmas: Iterable[str]) -> bool:
    negations = cues().sets["negations"]
    return sum(lemma in negations for lemma in lemmas) % 2 == 1


def _refuses(lemmas: list[str], negated: bool, start: list[str]) -> bool:
    """Whether the cue tells that there was no answer: "declined to say", "would not discuss", "has not confirmed"."""
    sets = cues().sets
    found = _phrase(lemmas)
    if found is not None and found[1] == "refusal-to-comment":
        return True
    if lemmas[-1:] and lemmas[-1] in sets["commenting"] and start[:1] == ["no"] and set(start) & sets["comments"]:
        return True
    answering = [lemma for lemma in lemmas if lemma in sets["answering"]]
    if any(lemma in sets["declining"] for lemma in lemmas):
        return bool(answering) or (lemmas[-1] in sets["declining"] and _answers(start))
    if not negated or not answering:
        return False
    unwilling = bool(set(lemmas) & sets["willing"])
    return unwilling or answering[-1] not in sets["asserting"] or not start or start[0] in sets["wh"]


def _answers(start: list[str]) -> bool:
    sets = cues().sets
    return not start or any(lemma in sets["answering"] or lemma in sets["wh"] for lemma in start[:3])


def _plain(lemmas: list[str], negated: bool) -> tuple[Attitude, str]:
    """The attitude of the cue's head before negation and content are looked at, and the head's lemma."""
    lexicon = cues()
    if "refuse" in lemmas and not negated:
        return "intention", "refuse"
    found = _phrase(lemmas)
    if found is not None:
        return found[1], found[0]
    for table in (lexicon.verbs, lexicon.adjectives, lexicon.nouns):
        for lemma in _heads(lemmas):
            if lemma in table:
                return table[lemma], lemma
    return "speech", lemmas[-1] if lemmas else ""


def _heads(lemmas: list[str]) -> Sequence[str]:
    """The lemmas in the order in which they may head the cue: "said" in "said he hoped", "vow" in "to vow"."""
    helpers = cues().sets["helpers"]
    strong = [lemma for lemma in lemmas if lemma not in helpers]
    return [*strong, *(lemma for lemma in lemmas if lemma in helpers)]


def _phrase(lemmas: list[str]) -> tuple[str, Attitude] | None:
    """The first multiword cue among the lemmas, the longest at its place."""
    table = cues().phrases
    for at, lemma in enumerate(lemmas):
        for words, attitude in table.get(lemma, ()):
            if _follows(lemmas, at, words):
                return lemma, attitude
    return None


def _follows(lemmas: list[str], at: int, words: tuple[str, ...]) -> bool:
    """Whether `words` stand at `at`, a "*" of theirs covering up to three lemmas."""
    for k, word in enumerate(words):
        if word == "*":
            rest = words[k + 1 :]
            return any(_follows(lemmas, at + gap, rest) for gap in range(_LONGEST_GAP + 1))
        if at >= len(lemmas) or lemmas[at] != lemma_of(word):
            return False
        at += 1
    return True


def _requests(lemmas: list[str], start: list[str]) -> bool:
    """Whether "ask" asks for something to be done: "asked for", "asked them to", "asked that"."""
    after = lemmas[lemmas.index("ask") + 1 :] if "ask" in lemmas else []
    if "for" in after[:2] or after[-1:] in (["to"], ["that"]):
        return True
    opening = start[:4]
    return (
        bool(opening)
        and (opening[0] in ("to", "for", "that") or "to" in opening)
        and opening[0] not in cues().sets["wh"]
    )


def _is_one_question(content: str) -> bool:
    """Whether the content is one question and nothing else. A question is not a position, whoever "said" it."""
    plain = content.strip(_MARKS + "’‘' \n\t,")
    return plain.endswith("?") and not any(mark in plain[:-1] for mark in ".?!")


def _turned(attitude: Attitude, start: list[str]) -> Attitude:
    """A negated attitude: what was not said is denied, what was not denied is said, wishes stay wishes."""
    if attitude == "speech":
        return "refusal-to-comment" if start[:1] and start[0] in cues().sets["wh"] else "denial"
    return "speech" if attitude == "denial" else attitude


def directness_of(text: str, content: Sequence[Span], quotations: Sequence[Span] = ()) -> Directness:
    """Whether a content is wholly quoted ("direct"), holds quoted words ("mixed"), or none ("indirect").

    Args:
        text: the report's text.
        content: the spans of the content.
        quotations: spans of quotations, with or without their marks, in any order; where none are given, double
            quotation marks in the content decide, as in the scorer for PolNeAR.
    """
    pieces = [span for span in content if any(char.isalnum() for char in span.of(text))]
    if pieces and all(_is_quoted(text, span, quotations) for span in pieces):
        return "direct"
    marked = any(mark in span.of(text) for span in pieces for mark in _MARKS)
    return "mixed" if marked or any(span.overlaps(q) for span in pieces for q in quotations) else "indirect"


def _is_quoted(text: str, span: Span, quotations: Sequence[Span]) -> bool:
    start, end = span.start, span.end
    while end > start and text[end - 1] in _AFTER_CLOSE + "\n":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if any(q.start <= start and end <= q.end for q in quotations):
        return True
    opened = text[start] in '"“«'
    return opened and (text[end - 1] in '"”»' or text[end - 2] in '"”»') and not _reopens(text[start + 1 : end - 1])


def _reopens(inside: str) -> bool:
    """Whether a quotation closes and words outside it follow: `"No," she said, "never"`."""
    return "”" in inside and "“" in inside.split("”", 1)[1]
