"""Verbs and what stands before them: "not be closed", "begin handing over", "to leave"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import NOT, Reading

_BETWEEN = frozenset(("ADV", "PART", "DET"))
_GROUP = 7
_ASPECT = frozenset(("begin", "start", "continue", "stop", "resume", "help", "go"))


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with what goes before it: "not be closed"."""

    verb: int
    start: int
    passive: bool = False
    negated: bool = False
    guessed: bool = False


def core(reading: Reading, deed: int) -> int:
    """The verb that says what is done, where the deed only begins or goes on with it: "begin *handing* over"."""
    words = reading.syntax.words
    if reading.lemma(deed, "VERB") not in _ASPECT or deed + 1 >= len(words):
        return deed
    following = deed + 1
    if reading.form(following) == "to" and following + 1 < len(words):
        following += 1
    is_inner = reading.is_verb(following) and (following > deed + 1 or reading.form(following).endswith("ing"))
    return following if is_inner else deed


def verb_group(reading: Reading, first: int, sentence: range, any_tag: bool = False) -> Group | None:
    """The verb that begins at `first`, behind adverbs, "not", "be" and "have"; None if there is none.

    Args:
        any_tag: take whatever stands behind a modal verb for a verb, if it can be one.
    """
    passive = negated = guessed = had = False
    start: int | None = None
    for word in range(first, min(first + _GROUP, sentence.stop)):
        form = reading.form(word)
        if form in NOT:
            negated, start = True, word if start is None else start
        elif form in ("be", "been"):
            passive, start = True, word if start is None else start
        elif form == "have" and not reading.is_verb(word):
            had = True
        elif had and not passive and form.endswith("ing"):  # "will have running water": no verb but "have"
            return Group(word - 1, word - 1 if start is None else start, negated=negated)
        elif _is_verb_here(reading, word, any_tag and word == first, passive):
            passive = passive and not form.endswith("ing")
            return Group(word, word if start is None else start, passive, negated, guessed or had)
        elif reading.tag(word) in _BETWEEN or form in ("also", "then", "still", "now", ","):
            guessed = guessed or form in lexicon().likelihood
        else:
            return None
    return None


def _is_verb_here(reading: Reading, word: int, any_tag: bool, passive: bool) -> bool:
    if reading.is_verb(word):
        return True
    base = reading.lemma(word, "VERB")
    if passive:
        if reading.form(word) in lexicon().ready or reading.matches(word, lexicon().ready_phrases):
            return True
        return reading.tag(word) == "ADJ" and base != reading.form(word) and base in lexicon().deeds
    return any_tag and reading.tag(word) in ("NOUN", "ADJ") and base == reading.form(word) and base in lexicon().deeds


def infinitive_behind(reading: Reading, word: int, sentence: range, gap: int = 2) -> Group | None:
    """The infinitive with "to" at most `gap` words behind, over adverbs, "not", and (if the gap is wide) an object."""
    for following in range(word + 1, min(word + 1 + gap, sentence.stop)):
        if reading.form(following) == "to":
            group = verb_group(reading, following + 1, sentence)
            if group is None or group.guessed:
                return None
            denied = any(reading.form(w) in NOT for w in range(word + 1, following))
            return replace(group, negated=group.negated or denied, start=word + 1 if denied else group.start)
        if reading.tag(following) in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            return None
    return None


def next_infinitive(reading: Reading, sentence: range, first: int) -> Group | None:
    """The next infinitive with "to", before the clause ends."""
    for word in range(first, min(first + 8, sentence.stop - 1)):
        if reading.tag(word) in ("VERB", "AUX"):
            return None
        if reading.form(word) == "to" and reading.is_verb(word + 1):
            return verb_group(reading, word + 1, sentence)
    return None


def short_of(reading: Reading, sentence: range, verb: int) -> bool:
    """Whether fewer can be done than was told: "only 60 could be hired"."""
    modal = False
    for word in range(verb - 1, max(sentence.start, verb - _GROUP) - 1, -1):
        modal = modal or reading.form(word) in ("could", "can")
        if reading.form(word) in ("only", "just") and reading.tag(word + 1) == "NUM":
            return modal
        if reading.tag(word) in ("VERB", "PUNCT"):
            return False
    return False
