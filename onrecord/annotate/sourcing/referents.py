"""What a pronoun or a short form stands for: an earlier source, or somebody of whom only the basis can be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.annotate.sourcing.gender import Gender
from onrecord.annotate.sourcing.lexicon import PERSONS, lexicon
from onrecord.annotate.sourcing.noun_phrases import noun_phrase_before, tokens_between
from onrecord.annotate.sourcing.phrases import Phrase, phrase_at
from onrecord.annotate.sourcing.register import REACH, Register
from onrecord.model import Basis, MentionType

Referent = int | Basis | None
"""An earlier source by its number, or the basis of somebody who is no source, or None: not found."""

_OPENING, _OPENING_WORDS = 60, 4
"""Code points and words with which a sentence names what it is about."""
_SHORT_FORM = 24
"""Code points below which "the official" is a short form; "the top aide to the president" tells more."""
_BEFORE_RELATIVE = 120
"""Code points before "who" within which its noun phrase must begin."""
_SAME_PERSON, _SAME_BODY, _GROUP = 12, 8, 3
"""How many sources back the same noun, or a group that one is part of, is looked for."""


def look_back(register: Register, k: int) -> None:
    """Find what a source that tells no basis of its own stands for."""
    phrase = register.phrases[k]
    if phrase.kind == "pronoun":
        found = _of_pronoun(register, k)
    elif phrase.kind in PERSONS or phrase.kind == "other":
        found = _same_person(register, k)
    else:
        found = _same_body(register, k)
    if isinstance(found, int):
        register.join(k, found)
    else:
        register.basis[k] = found or "role"


# -- pronouns


def _of_pronoun(register: Register, k: int) -> Referent:
    words, head = lexicon().words, register.phrases[k].head
    if head in words["relative_pronoun"]:
        return _before_relative(register, register.phrases[k])
    if head in words["own_pronoun"]:
        return _speaker_around(register, k)
    if head in words["singular_pronoun"]:
        return _nearest_person(register, k)
    if head in words["thing_pronoun"]:
        found = _nearest(register, k, register.is_thing, ("organization", "place"))
        unsaid = not isinstance(found, int) and _opened_by_document(register, register.phrases[k].sentence - 1)
        return "document" if unsaid else found
    if head in words["plural_pronoun"] | words["group_pronoun"]:
        return _nearest(register, k, register.is_many, ("organization",))
    return _part_of_group(register, k) if head in words["part_pronoun"] else "role"


def _opened_by_document(register: Register, sentence: int) -> bool:
    """Whether the sentence is about a document, which its first words name: "A draft of the budget shows cuts."

    "It" behind such a sentence is the document, whatever bodies it names further on.
    """
    if sentence < 0:
        return False
    span = register.scene.sentences[sentence]
    opening = tokens_between(register.scene.text, span.start, min(span.end, span.start + _OPENING))[:_OPENING_WORDS]
    low = [token.lower() for token, _ in opening]
    table = lexicon().determiners
    if not low or low[0] not in table["indefinite"] | table["definite"]:
        return False
    kinds = (lexicon().kinds.get(word) for word in low[1:])
    return next((kind for kind in kinds if kind is not None), None) == "document"


def _before_relative(register: Register, phrase: Phrase) -> Referent:
    """What "who" stands for in "Ann Lee, who" and "officials who": the noun phrase that ends before it."""
    scene, end = register.scene, phrase.span.start
    begin = max(scene.sentences[phrase.sentence].start, end - _BEFORE_RELATIVE)
    span = noun_phrase_before(scene.text, begin, end)
    if span is None:
        return None
    last = len(scene.text[span.start : end].rstrip(" ,;:—–-\n\t")) + span.start - 1
    before = scene.text[max(0, span.start - 2) : span.start].strip()
    apposition = before == "," and scene.mention_at(span.start - 3) is not None
    if apposition or scene.mention_at(last) is not None:
        return "named"
    return phrase_at(scene, span).basis or "role"


def _speaker_around(register: Register, k: int) -> Referent:
    """Who "I" and "we" are: whoever is quoted, so the nearest other source, first in the same sentence."""
    here, start = register.phrases[k].sentence, register.phrases[k].span.start
    for sentence in (here, here - 1, here + 1, here - 2):
        others = [j for j in register.sources_in(sentence, start) if _may_speak(register, j, k)]
        if others:
            nearest = min(others, key=lambda j: abs(register.phrases[j].span.start - start))
            return nearest if nearest < k or register.basis[nearest] is not None else None
    return None


def _may_speak(register: Register, j: int, k: int) -> bool:
    return register.phrases[j].head not in lexicon().words["own_pronoun"] and k not in (j, register.root(j))


def _part_of_group(register: Register, k: int) -> Referent:
    """A person out of the nearest group: "one said" after "two aides"."""
    for j in _before(k, _GROUP):
        phrase = register.phrases[register.root(j)]
        if phrase.several:
            return "anonymous" if phrase.kind == "insider" else register.root(j)
    return "role"


def _before(k: int, many: int) -> Sequence[int]:
    """The sources before `k`, the nearest first."""
    return range(k - 1, max(-1, k - 1 - many), -1)


# -- the nearest that fits


def _nearest_person(register: Register, k: int) -> Referent:
    """The nearest person of the same gender, as far as the text tells it; failing that, the nearest person."""
    gender = register.genders.of_phrase(register.phrases[k])
    found = _nearest(register, k, register.is_one_person, ("person",), gender)
    if found is None and gender is not None:
        return _nearest(register, k, register.is_one_person, ("person",))
    return found


def _nearest(
    register: Register,
    k: int,
    fits: Callable[[int], bool],
    types: tuple[MentionType, ...],
    gender: Gender | None = None,
) -> Referent:
    """The nearest earlier source that fits, or, in a nearer sentence, a name of a fitting type."""
    scene, phrase = register.scene, register.phrases[k]
    for sentence in range(phrase.sentence, max(-1, phrase.sentence - REACH - 1), -1):
        earlier = (j for j in register.sources_in(sentence, phrase.span.start) if j < k and fits(j))
        found = _of_gender(register, list(earlier), gender)
        if found is not None:
            return found
        span = scene.sentences[sentence]
        end = min(span.end, phrase.span.start)
        if _is_named_within(register, span.start, end, types, gender):
            return "named"
        if types == ("person",) and lexicon().introduced.match(scene.text, span.start, end):
            return "anonymous"
    return None


def _of_gender(register: Register, fitting: Sequence[int], gender: Gender | None) -> int | None:
    """The last that is of the gender or, for all the text tells, a name of either; else the last not known to differ.

    So "she" passes over "the nominee" for a "Mrs. Lee" of the same sentence, but not over "Ann Lee".
    """
    unknown = None
    for j in reversed(fitting):
        told = register.gender(j)
        if gender is None or told == gender or (told is None and register.phrases[register.root(j)].kind == "name"):
            return j
        if told is None and unknown is None:
            unknown = j
    return unknown


def _is_named_within(
    register: Register, start: int, end: int, types: tuple[MentionType, ...], gender: Gender | None
) -> bool:
    """Whether a name of one of the types stands there that is not plainly of the other gender."""
    names = (m.span for m in register.scene.mentions_within(start, end) if m.type in types)
    return any(gender is None or register.genders.of_name(name) in (None, gender) for name in names)


# -- short forms


def _same_person(register: Register, k: int) -> Referent:
    """Who "the official" is: an earlier source of that noun, else a person with that title."""
    phrase = register.phrases[k]
    for j in _before(k, _SAME_PERSON):
        other = register.phrases[j]
        if other.head == phrase.head and other.plural == phrase.plural and other.kind != "name":
            return j
    if phrase.determiner == "possessive":
        return "role"
    if not phrase.plural and register.scene.titled.get(phrase.head, phrase.span.start) < phrase.span.start:
        return "named"
    if phrase.head in lexicon().nouns["core"]:
        return _insider_again(register, k)
    return "role" if phrase.kind in ("onlooker", "spokesperson") else _named_person(register, k)


def _insider_again(register: Register, k: int) -> Referent:
    """Who "the official" is if no source was one: an anonymous source near, or an official just introduced."""
    phrase = register.phrases[k]
    for j in _before(k, _GROUP):
        near = phrase.sentence - register.phrases[j].sentence <= REACH
        if near and register.basis[register.root(j)] == "anonymous":
            return j
    if _was_introduced(register, phrase) or (not phrase.plural and len(phrase.span) < _SHORT_FORM):
        return "anonymous"
    return _named_person(register, k)


def _was_introduced(register: Register, phrase: Phrase) -> bool:
    scene = register.scene
    first = scene.sentences[max(0, phrase.sentence - REACH)].start
    return lexicon().introduced.search(scene.text, first, phrase.span.start) is not None


def _named_person(register: Register, k: int) -> Basis:
    """Named if one person, of whom there was talk shortly before; a role otherwise."""
    if register.phrases[k].plural:
        return "role"
    return "named" if _nearest_person(register, k) is not None else "role"


def _same_body(register: Register, k: int) -> Referent:
    """What "the group" is: an earlier source of that noun, else an organisation named shortly before."""
    phrase = register.phrases[k]
    for j in _before(k, _SAME_BODY):
        if register.phrases[j].head == phrase.head and register.phrases[j].kind == phrase.kind:
            return j
    if phrase.determiner == "possessive":
        return "named" if _nearest_person(register, k) is not None else "role"
    found = _nearest(register, k, register.is_thing, ("organization",))
    basis = register.basis[register.root(found)] if isinstance(found, int) else found
    return "named" if basis == "named" else "role"
