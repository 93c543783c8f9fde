"""Papers that bind somebody: "a deal to cut hours", "a pledge of $3 million", "the deal calls for"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.signal import Signal
from onrecord.record.commitments.things import event_behind, money_behind, noun_before_to, start_of
from onrecord.record.commitments.timed import wanted
from onrecord.record.commitments.verbs import Group, infinitive_behind, verb_group

_GAP = frozenset(("ADP", "DET", "NOUN", "PROPN", "ADJ", "PART", "NUM", "ADV", "CCONJ", "PUNCT"))
_LENGTH, _DOUBT, _NEAR = 9, 12, 4


def paper(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "an agreement with the union to cut hours", "its plan for the closure of"; not "no plan to"."""
    strength = lexicon().papers.get(reading.lemma(word)) if reading.tag(word) == "NOUN" else None
    if strength is None or _is_none(reading, sentence, word):
        return
    group = _sum_or_event(reading, sentence, word, strength == "pledged") or _infinitive(reading, sentence, word)
    if group is not None:
        yield Signal("paper", word, group, strength, None, word)


def _is_none(reading: Reading, sentence: range, word: int) -> bool:
    """Whether there is no such paper, or none any more: "no plan to", "whether a deal", "has dropped its plan"."""
    before = {reading.form(w) for w in range(max(sentence.start, word - 3), word)}
    near = range(max(sentence.start, word - _NEAR), word)
    if before & {"no", "any", "if", "without"} or wanted(reading, sentence, word):
        return True
    if reading.lemma(word) == "contract" and not any(reading.lemma(w) == "sign" for w in near):
        return True  # one that was won long ago says what somebody does
    dropped = any(reading.is_verb(w) and reading.lemma(w) in lexicon().dropped for w in near)
    doubted = range(max(sentence.start, word - _DOUBT), word)
    return dropped or any(reading.form(w) in ("whether", "if") for w in doubted)


def _sum_or_event(reading: Reading, sentence: range, word: int, pledged: bool) -> Group | None:
    """What is right behind: "a pledge of *$3 million*", "a plan for the *closure* of"."""
    following = word + 1
    if following not in sentence:
        return None
    form = reading.form(following)
    thing = money_behind(reading, sentence, following) if form == "of" and pledged else None
    if thing is not None:
        return Group(thing, following + 1)
    thing = event_behind(reading, following) if form in ("for", "on") else None
    return None if thing is None else Group(thing, start_of(reading, thing, following + 1))


def _infinitive(reading: Reading, sentence: range, word: int) -> Group | None:
    for following in range(word + 1, min(word + _LENGTH, sentence.stop)):
        if reading.form(following) == "to":
            group = verb_group(reading, following + 1, sentence)
            if group is not None and not group.guessed:
                return group
        if reading.tag(following) not in _GAP or reading.form(following) in (";", ":", "”", "—"):
            return None
    return None


def target(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "set a target of planting a million trees"."""
    is_target = reading.tag(word) == "NOUN" and reading.lemma(word) in lexicon().aims
    deed = word + 2
    if not is_target or deed >= sentence.stop or reading.form(word + 1) != "of":
        return
    if reading.is_verb(deed) and reading.form(deed).endswith("ing"):
        yield Signal("paper", word, Group(deed, deed), "planned", None, word)


def calls_for(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "the deal calls for the railway to hire back its guards": who is to do it is bound."""
    subject = reading.syntax.own_subject(word) if reading.is_verb(word) and reading.lemma(word) == "call" else None
    if subject is None or reading.lemma(subject) not in lexicon().papers or reading.form(word + 1) != "for":
        return
    asked = noun_before_to(reading, sentence, word + 1)
    group = infinitive_behind(reading, asked, sentence) if asked is not None else None
    if group is not None:
        yield Signal("asking", word, group, lexicon().papers[reading.lemma(subject)], asked, word)
