"""Two sources that say opposite things of one subject: the bank "had been solvent", it "had been insolvent since May".

Opposite are two words that the lexicon pairs, two of which one is the other with a prefix ("lawful", "unlawful"), and
one adjective with "not" and without. So is a deed beside the same deed done to nothing or nobody ("he owed it
nothing"), and what is given beside what was not received. A tree is often wrong in a sentence that somebody is quoted
with: what is said of what is therefore read from the words around "is" and "remained" too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.lemmas import lemma
from onrecord.model import Time
from onrecord.story.comparing import overlap
from onrecord.story.conflicts.said import COMING, NONE, Said
from onrecord.story.lexicon import lexicon

_NEAR = 2
"""Sentences between the two."""
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-")
_STEM = 4
"""Letters of a word that a prefix turns into its opposite."""
_PREDICATE = frozenset(("ADJ", "VERB", "NOUN"))
_SUBJECT = frozenset(("NOUN", "PROPN", "PRON"))
_LINKING = frozenset("be remain stay become keep look seem".split())
_REACH = 5
"""Words from "is" to what is said, and back to of what."""
_THINGS, _PERSONS = frozenset(("it", "they", "this", "these")), frozenset(("he", "she"))
_SPEAKING = frozenset(("i", "we"))
_DEFINITE = frozenset("the this these his her its their".split())
_EMPTY = frozenset(("nothing", "nobody", "none"))
_NOT_ONE = ("so much as", "not one", "not a", "no one", "a single")
_OPEN_ENDED = frozenset(("since", "until", "till"))


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word in its base form that is said of a subject, of which only the word is known."""

    base: str
    subject: int
    is_adjective: bool
    negated: bool


def is_opposite(one: Said, other: Said) -> bool:
    """Whether the two say opposite things of the same subject at the same time."""
    if other.sentence - one.sentence > _NEAR or not _at_one_time(one, other):
        return False
    theirs = list(predicates(other))
    return any(_are_opposed(a, b) and _are_of_one(one, a, other, b) for a in predicates(one) for b in theirs)


def is_to_nothing(one: Said, other: Said) -> bool:
    """Whether what the one tells of was, by the other, done to nothing, by nobody, or never received."""
    if other.sentence - one.sentence > _NEAR or one.denies or one.is_coming or other.is_coming:
        return False
    given, received = lexicon().giving_away & _verbs(one), lexicon().receiving & _verbs(other)
    if given and received and (_EMPTY & set(other.letters) or _says_not_one(other)):
        return True
    return bool(_verbs(one) & _verbs_of_nothing(other) - lexicon().plain)


def _says_not_one(said: Said) -> bool:
    told = " ".join(said.letters)
    return said.denies and any(phrase in told for phrase in _NOT_ONE)


def _verbs(said: Said) -> frozenset[str]:
    syntax = said.scene.syntax
    return frozenset(lemma(syntax.form(word), "VERB") for word in said.words if syntax.tag(word) == "VERB")


def _verbs_of_nothing(said: Said) -> frozenset[str]:
    """The verbs of which "nothing" or "nobody" is the subject or the object."""
    syntax = said.scene.syntax
    empty = (word for word in said.words if syntax.folded(word) in _EMPTY)
    verbs = (next((w for w in syntax.up_to_verb(word) if syntax.tag(w) == "VERB"), None) for word in empty)
    return frozenset(lemma(syntax.form(verb), "VERB") for verb in verbs if verb is not None)


def predicates(said: Said) -> Iterator[Predicate]:
    """The words that say something of a subject, in the tree or behind "is"."""
    syntax = said.scene.syntax
    for word in said.words:
        tag = syntax.tag(word)
        if tag not in _PREDICATE or syntax.words.sentence[word] > said.sentence + 1:
            continue
        linking = _linking(said, word)
        subject = _before(said, linking) if linking is not None else syntax.own_subject(word)
        before = {syntax.folded(at) for at in range(max(0, word - _REACH), word)}
        if subject is None or before & COMING or (linking is None and tag == "NOUN"):
            continue
        negated = bool(before & (lexicon().negations | NONE))
        yield Predicate(lemma(syntax.form(word), tag), subject, tag == "ADJ" and linking is not None, negated)


def _linking(said: Said, word: int) -> int | None:
    """The "is" or "remained" a few words before, with nothing but adverbs between."""
    syntax = said.scene.syntax
    for at in range(word - 1, max(-1, word - _REACH), -1):
        if syntax.tag(at) in ("AUX", "VERB"):
            return at if lemma(syntax.form(at), "VERB") in _LINKING else None
        if syntax.tag(at) not in ("ADV", "ADJ", "DET", "PART", "NOUN") and syntax.form(at) != "-":
            return None
    return None


def _before(said: Said, linking: int) -> int | None:
    """The noun or pronoun nearest before "is", past its auxiliaries and past who says it: "the firm, she said, was"."""
    syntax, statement = said.scene.syntax, said.statement
    skipped = [span for span in (statement.source.span, statement.cue) if span is not None]
    for at in range(linking - 1, max(-1, linking - 2 * _REACH), -1):
        if syntax.words.sentence[at] != syntax.words.sentence[linking]:
            return None
        if syntax.tag(at) in _SUBJECT and not any(span.overlaps(syntax.span(at)) for span in skipped):
            return at
    return None


def _are_opposed(one: Predicate, other: Predicate) -> bool:
    if one.base == other.base:
        return one.negated != other.negated and one.is_adjective and other.is_adjective  # of verbs see `denials`
    if one.negated != other.negated:
        return False
    return frozenset((one.base, other.base)) in lexicon().opposites or _is_prefixed(one.base, other.base)


def _is_prefixed(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and any(long == prefix + short for prefix in _PREFIXES)


def _are_of_one(one: Said, mine: Predicate, other: Said, theirs: Predicate) -> bool:
    """Whether both have the same subject: one actor, one noun, "it", or "the company" beside "the bank"."""
    ours, yours = one.scene.syntax, other.scene.syntax
    actors = (one.scene.actor_at(ours.span(mine.subject)), other.scene.actor_at(yours.span(theirs.subject)))
    if None not in actors:
        return actors[0] == actors[1]
    first, second = ours.folded(mine.subject), yours.folded(theirs.subject)
    if first in _PERSONS:
        return second in _PERSONS or yours.tag(theirs.subject) == "PROPN"
    if second in _THINGS | _PERSONS:
        return first not in _SPEAKING
    if one.scene.contents_of([mine.subject]) == other.scene.contents_of([theirs.subject]) != frozenset():
        return True
    return _is_definite(one, mine.subject) and _is_definite(other, theirs.subject)


def _is_definite(said: Said, noun: int) -> bool:
    syntax = said.scene.syntax
    return syntax.tag(noun) == "NOUN" and noun > 0 and syntax.folded(noun - 1) in _DEFINITE


def _at_one_time(one: Said, other: Said) -> bool:
    """Whether no times are told that keep the two apart; "since" and "until" have but one end."""
    ours, theirs = _closed(one), _closed(other)
    return not ours or not theirs or any(overlap(a.date, b.date) is not False for a in ours for b in theirs)


def _closed(said: Said) -> list[Time]:
    syntax = said.scene.syntax
    found = []
    for time in said.times:
        first = syntax.words_in(time.span)[:1]
        around = [syntax.folded(w) for at in first for w in (at - 1, at) if w >= 0]
        if not _OPEN_ENDED & set(around):
            found.append(time)
    return found
