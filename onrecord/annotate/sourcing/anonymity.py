"""Of whom the report says that it withholds the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.sourcing.lexicon import lexicon
from onrecord.annotate.sourcing.register import REACH, Register
from onrecord.annotate.sourcing.withheld import Withholding
from onrecord.spans import Span

_GOES_ON = 3
"""How many sentences back "they spoke on condition of anonymity" reaches if nobody else came up in between."""


def withhold(register: Register, withholding: Withholding) -> None:
    """Make the source that a withholding speaks of anonymous, with its reason; no source, no effect."""
    k = _spoken_of(register, withholding)
    if k is None:
        return
    if register.basis[register.root(k)] in ("named", "document", "report") or _passed_over_others(register, k):
        register.cut(k)  # whoever it was taken for, it is somebody else
    root = register.root(k)
    register.basis[root] = "anonymous"
    register.reason[root] = register.reason[root] or withholding.reason


def _passed_over_others(register: Register, k: int) -> bool:
    """Whether "they" was taken for a source known by its role though other people came up since."""
    other, phrase = register.antecedent(k), register.phrases[k]
    if other is None or phrase.head not in lexicon().words["plural_pronoun"]:
        return False
    between = range(register.phrases[other].sentence + 1, phrase.sentence)
    return register.basis[register.root(k)] != "anonymous" and any(map(register.scene.tells_of_people, between))


def _spoken_of(register: Register, withholding: Withholding) -> int | None:
    """The source in the same sentence; else, if that sentence resumes, one told of before; else one that goes on."""
    here = _nameless(register, withholding.sentence, withholding.span)
    if here:
        return min(here, key=lambda k: _distance(register, k, withholding.span))
    opening = register.scene.opening_word(withholding.sentence)
    if opening not in lexicon().words["resuming"]:
        return None
    one = opening in lexicon().words["singular_pronoun"]
    before = _told_before(register, withholding, one)
    return before if before is not None else _goes_on_after(register, withholding, one)


def _distance(register: Register, k: int, span: Span) -> tuple[int, int]:
    """Sources that hold the words come first, then those before them, then those after; nearer ones first."""
    own = register.given[k]
    if own.contains(span):
        return 0, len(own)
    return (1, span.start - own.end) if own.start < span.start else (1, own.start - span.end + 20)


# -- the sentences before


def _told_before(register: Register, withholding: Withholding, one: bool) -> int | None:
    """The last source before that "they" or, if `one`, "he" may be; an anonymous one before others of its sentence."""
    for sentence, strangers in _sentences_back(register, withholding.sentence, one):
        near = [k for k in _nameless(register, sentence, withholding.span) if not one or register.is_one_person(k)]
        anonymous = [k for k in near if register.basis[register.root(k)] == "anonymous"]
        if anonymous or (near and not strangers):
            return max(anonymous or near)
    return None


def _sentences_back(register: Register, last: int, one: bool) -> Iterator[tuple[int, bool]]:
    """The sentences before that may tell of the people meant, and whether others came up since who may be meant too.

    "Several other officials agreed. They spoke ..." speaks of those officials, who are no source here. It may speak
    of an anonymous source before them as well, in the same or the previous paragraph; "he" can only be one of them.
    """
    scene, strangers = register.scene, False
    for sentence in range(last - 1, max(-1, last - REACH - 1), -1):
        paragraphs = scene.paragraph_of(last) - scene.paragraph_of(sentence)
        if paragraphs > 1 if strangers else last - sentence > _GOES_ON:
            return
        yield sentence, strangers
        if one and scene.introduces_one(sentence):
            return
        strangers = strangers or (not one and scene.tells_of_people(sentence))


# -- the sentence after


def _goes_on_after(register: Register, withholding: Withholding, one: bool) -> int | None:
    """The first source of the next sentence, if it goes on about the same people: never "a senior officer"."""
    for k in register.sources_in(withholding.sentence + 1, withholding.span.start)[:1]:
        phrase = register.phrases[k]
        again = phrase.determiner == "definite" or phrase.head in _again()
        if again and _can_be_nameless(register, k) and register.antecedent(k) is None:
            return k if one == register.is_one_person(k) else None
    return None


def _again() -> frozenset[str]:
    words = lexicon().words
    return words["singular_pronoun"] | words["plural_pronoun"]


# -- who can be meant


def _nameless(register: Register, sentence: int, near: Span) -> Sequence[int]:
    """The sources of a sentence whose names can be withheld, in order."""
    return [k for k in register.sources_in(sentence, near.start) if _can_be_nameless(register, k)]


def _can_be_nameless(register: Register, k: int) -> bool:
    phrase, words = register.phrases[k], lexicon().words
    if phrase.kind == "pronoun":
        return phrase.head not in words["thing_pronoun"] | words["own_pronoun"]
    if phrase.kind in ("name", "body", "document", "utterance") or phrase.basis == "named":
        return False
    return not (phrase.kind == "onlooker" and phrase.determiner == "possessive")
