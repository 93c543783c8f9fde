"""Whether a verb tells something as done, and what it is that is done, put off or missed: for reading outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lemmas import event_lemma
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import object_of
from onrecord.record.commitments.reading import NOT, RELATIVE, Reading
from onrecord.record.commitments.subjects import subject_of

_CLAUSE = 20
BREAKS = frozenset((",", ";", "—", "“", "”", ":", ".", '"'))
DEFINITE = frozenset("the its his her their this that".split())
_UNCHANGED = frozenset("set cut put hit quit shut let split spread shed cast".split())
_LEADING = frozenset(("root", "ccomp", "parataxis"))
_GOES_ON = frozenset(("stay", "evolve", "draft", "charge"))
"""Deeds of which the first telling is not yet all."""
_NOT_FACT = frozenset("will would could should may might can must to if not n't n’t never 'll wo".split())


def subject_in(reading: Reading, sentence: range, word: int) -> int | None:
    """The subject of the verb in its sentence; a tree may take the town before it for one."""
    if not reading.is_verb(word):
        return None
    found = reading.syntax.subject(word)
    return found if found is None or found in sentence else subject_of(reading, sentence, word, word)


def group_of(reading: Reading, word: int) -> str | None:
    """The group of deeds that a verb or noun belongs to, itself or by the verb it is derived from."""
    tag = reading.tag(word)
    known = reading.deed(word)
    return known or lexicon().deeds.get(event_lemma(reading.syntax.form(word), tag))


def is_fact(reading: Reading, sentence: range, word: int) -> bool:
    """Whether nothing before the verb makes it a plan, a doubt or a denial."""
    before = range(max(sentence.start, word - 4), word)
    forms = (reading.form(w) for w in before if reading.tag(w) != "PROPN")  # "may" is a month too
    return not any(form in _NOT_FACT or form in NOT for form in forms)


def is_undone(reading: Reading, word: int) -> bool:
    """Whether the verb is told not to have been done up to now: "has not left", "could not be reopened"."""
    before = {reading.form(w) for w in range(max(0, word - 4), word)}
    if not before & NOT:
        return False
    is_base = reading.form(word) == reading.lemma(word)
    if before & {"did"}:
        behind = (reading.form(w) for w in range(word + 1, word + 4))
        return is_base and "because" not in behind  # "did not leave because it had to": it may have left
    passive = "could" in before and "be" in before
    return not is_base and (passive or bool(before & {"has", "have"}))


def is_done(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the verb is told as past."""
    past = reading.form(word) != reading.lemma(word) and not reading.form(word).endswith(("ing", "s"))
    had = any(
        reading.form(w) in ("has", "have", "had", "was", "were") for w in range(max(sentence.start, word - 3), word)
    )
    past = past or (reading.form(word) in _UNCHANGED and (had or _has_single_subject(reading, sentence, word)))
    led = reading.syntax.own_subject(word) is not None or reading.syntax.words.relation[word] in _LEADING
    finite = had or led or reading.form(word - 1) in RELATIVE
    return past and finite and is_fact(reading, sentence, word)


def _has_single_subject(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the subject is one, so that a form that is also that of the present is past: "the minister set"."""
    subject = subject_in(reading, sentence, word)
    if subject is None or subject not in sentence or reading.form(subject) in ("i", "you", "we", "they"):
        return False
    return reading.tag(subject) in ("PROPN", "PRON") or reading.form(subject) == reading.lemma(subject)


def is_asked(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the infinitive stands behind a word of asking."""
    if reading.form(word - 1) != "to":
        return False
    before = range(max(sentence.start, word - 12), word - 1)
    return any(reading.lemma(w) in lexicon().asks for w in before if reading.tag(w) in ("VERB", "NOUN"))


def is_last(reading: Reading, sentence: range, word: int) -> bool:
    """As in "the last troops left": whoever is last has done it."""
    subject = reading.syntax.own_subject(word)
    if subject is None or not is_done(reading, sentence, word) or group_of(reading, word) is None:
        return False
    inside = reading.syntax.words_in(reading.syntax.noun_phrase(subject))
    return any(reading.form(w) in ("last", "final") for w in inside) and not reading.times.touching(
        reading.syntax.span(inside[0], inside[-1])
    )


def is_first(reading: Reading, sentence: range, noun: int) -> bool:
    """Whether the deed is of the first or last of something, and so is done whole: "took delivery of the first jet"."""
    following = range(noun + 1, min(noun + 6, sentence.stop))
    return any(reading.form(word) in ("first", "last", "final") for word in following)


def is_one(reading: Reading, sentence: range, word: int, group: str | None) -> bool:
    """Whether it is done to one definite thing: "handed over the base", "the bridge was reopened"."""
    if group is None or group in lexicon().common or group in _GOES_ON:
        return False
    thing = subject_in(reading, sentence, word) if reading.syntax.is_passive(word) else object_of(reading, word)
    thing = subject_in(reading, sentence, word) if thing is None else thing
    if thing is None or thing not in sentence or reading.tag(thing) != "NOUN" or _acts(reading, thing):
        return False
    inside = reading.syntax.noun_phrase_words(thing)
    is_one = reading.form(thing) == reading.lemma(thing) and not any(reading.tag(w) == "NUM" for w in inside)
    return is_one and any(reading.form(w) in DEFINITE or reading.form(w).endswith(("’s", "'s")) for w in inside)


def _acts(reading: Reading, noun: int) -> bool:
    """Whether the noun is known as one that acts; how it ends tells too little ("the list", "the letter")."""
    return reading.lemma(noun) in lexicon().agents or bool(reading.actors_of(noun))


def is_beside_done(reading: Reading, sentence: range, word: int) -> bool:
    """Whether a participle adds what was done by a clause told as past: "were given more time, *putting* it off"."""
    if not reading.form(word).endswith("ing") or reading.form(word - 1) != ",":
        return False
    before = (w for w in range(word - 2, sentence.start - 1, -1) if reading.is_verb(w))
    return any(is_done(reading, sentence, w) for w in before)


def event_object(reading: Reading, word: int) -> Iterator[int]:
    """The nouns of deeds behind the verb: "the end of the mission and the withdrawal of troops"."""
    for following in range(word + 1, min(word + _CLAUSE, len(reading.syntax.words))):
        if reading.tag(following) in ("SCONJ", "AUX") or reading.form(following) in (",", ";", ".", "”", *RELATIVE):
            return
        if reading.is_verb(following) and reading.form(following - 1) != "to":
            continue
        if reading.tag(following) == "NOUN" and group_of(reading, following):
            yield following


def _is_event(reading: Reading, word: int) -> bool:
    return reading.tag(word) == "NOUN" and group_of(reading, word) is not None


def deed_behind(reading: Reading, sentence: range, noun: int) -> Iterator[int]:
    """The deed that a deadline is for, behind it or before it: "the deadline for *paying*", "its *delivery* date"."""
    for following in range(noun + 1, min(noun + 8, sentence.stop)):
        if reading.is_verb(following) or group_of(reading, following):
            yield following
            return
        if reading.form(following) in BREAKS:
            break
    yield from (w for w in range(noun - 1, max(sentence.start, noun - 3), -1) if _is_event(reading, w))


def target_behind(reading: Reading, sentence: range, word: int) -> int | None:
    """The deadline or date that is missed, behind the verb."""
    for following in range(word + 1, min(word + 8, sentence.stop)):
        if reading.tag(following) == "NOUN" and reading.lemma(following) in lexicon().targets:
            return following
        if reading.tag(following) in ("VERB", "AUX", "SCONJ"):
            return None
    return None
