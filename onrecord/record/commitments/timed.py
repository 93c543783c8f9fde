"""Words that set a time for something: "is due on Friday", "has until May", "put off to May 5"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lemmas import event_lemma
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import RELATIVE, Reading
from onrecord.record.commitments.signal import Signal, denied, unreal
from onrecord.record.commitments.things import (
    day_behind,
    day_set_behind,
    event_behind,
    noun_behind,
    start_of,
    thing_before,
    time_near,
)
from onrecord.record.commitments.verbs import Group, next_infinitive, verb_group

LONGEST = 12
"""Words between a noun for a deadline and the deed."""
_MORE = frozenset(("another", "more", "extra", "additional", "further"))
_SPANS = frozenset("minutes hours days weeks months years hour day week month year".split())
_PAST_AS_BASE = frozenset("set put cut hit let read shut cost spread quit bid cast burst hurt split shed beat".split())
_SOMEWHERE = frozenset(("back", "here", "there", "home", "online", "out"))


def being(reading: Reading, modal: int, sentence: range) -> Group | None:
    """As in "will be in their hands by May 17", "would be back on Monday": a deed only where a time is told."""
    be = modal + 1
    somewhere = be + 1 < sentence.stop and (reading.tag(be + 1) == "ADP" or reading.form(be + 1) in _SOMEWHERE)
    if reading.form(be) != "be" or not somewhere or not time_near(reading, sentence, be + 1):
        return None
    return Group(be, be)


def futurate(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "they start work on the stadium on May 2": the present of what is set for a day to come."""
    form, subject = reading.form(word), reading.syntax.own_subject(word)
    base = reading.lemma(word)
    if subject is None or subject > word or form not in (base, base + "s", base + "es") or form in _PAST_AS_BASE:
        return
    if reading.form(subject) in RELATIVE:
        return  # "the first phase, which runs until May"
    if reading.syntax.auxiliaries(word) or any(
        reading.tag(w) == "AUX" for w in range(max(sentence.start, word - 2), word)
    ):
        return
    inner = reading.syntax.child(word, frozenset(("ccomp", "xcomp")))
    begins = inner == word + 1 and reading.lemma(word) in (
        "start",
        "begin",
    )  # "start work", of which the tree makes a verb
    if (inner is None or begins) and day_behind(reading, sentence, word + begins):
        yield Signal("modal", word, Group(word, word), "planned", subject, word)


def is_putting_off(reading: Reading, word: int) -> bool:
    """Whether the verb moves something to a later time: "postponed", "put off"."""
    if lexicon().steps.get(reading.lemma(word, "VERB")) == "delayed":
        return True
    return reading.is_verb(word) and (reading.lemma(word), reading.form(word + 1)) in lexicon().putting_off


def is_put_off(reading: Reading, signal: Signal) -> bool:
    """Whether the signal is that what is to be done is put off: its day is a new one."""
    return signal.kind == "undertaking" and is_putting_off(reading, signal.governed)


def put_off(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "have put off their report by two weeks, to May 5", "the vote was postponed until Monday"."""
    if not reading.is_verb(word) or not is_putting_off(reading, word) or unreal(reading, sentence, word):
        return
    passive = reading.syntax.is_passive(word)
    thing = reading.syntax.own_subject(word) if passive else noun_behind(reading, sentence, word)
    if thing is None or reading.tag(thing) != "NOUN" or not day_set_behind(reading, sentence, word):
        return
    if any(reading.is_verb(w) for w in range(thing + 1, word)):
        return  # "talks that were to resume in May have been put off" tell the deed themselves
    start = reading.syntax.noun_phrase_words(thing)[0]
    yield Signal("undertaking", word, Group(thing, start), "planned", thing if passive else None, word)


def scheduled(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "elections scheduled for May", "the vote is due on Friday": the noun is the deed."""
    following = word + 1
    if reading.form(word) not in lexicon().scheduled or following >= sentence.stop:
        return
    if reading.form(following) not in lexicon().scheduled_before or denied(reading, sentence, word):
        return
    if not time_near(reading, sentence, following):
        return
    thing = thing_before(reading, sentence, word)
    if thing is not None and event_lemma(reading.form(thing), "NOUN"):
        yield Signal("scheduled", word, Group(thing, start_of(reading, thing, sentence.start)), "planned", thing, word)


def deadline(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "has until Friday to reply", "a deadline of May 1 for handing over"."""
    if reading.form(word) == "until" and word > sentence.start:
        giving = next(
            (w for w in range(word - 1, max(sentence.start, word - 6) - 1, -1) if reading.tag(w) in ("VERB", "AUX")),
            None,
        )
        if giving is None or reading.lemma(giving, "VERB") not in lexicon().giving:
            return
        group = next_infinitive(reading, sentence, word + 1)
        if group is not None:
            asked = reading.syntax.child(giving, frozenset(("iobj", "obj")))
            bound = asked if asked is not None and giving < asked < word else None
            yield Signal("deadline", giving, group, "planned", bound, giving)
    elif (
        reading.tag(word) == "NOUN"
        and reading.lemma(word) in lexicon().deadlines
        and not wanted(reading, sentence, word)
    ):
        yield from _of_deadline(reading, sentence, word)


def time_given(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "gave the firm three weeks to pay": who gets the time is bound."""
    if not reading.is_verb(word) or reading.lemma(word, "VERB") not in lexicon().giving:
        return
    asked = None
    for at in range(word + 1, min(word + LONGEST, sentence.stop - 1)):
        has = reading.form(word) in ("has", "have") and reading.tag(at - 1) == "NUM"
        if reading.form(at) in _MORE:
            return  # "another month": an extension of what was told before
        if reading.form(at) in _SPANS and reading.form(at + 1) == "to" and (asked is not None or has):
            group = verb_group(reading, at + 2, sentence)
            if group is not None and not denied(reading, sentence, word):
                yield Signal("deadline", word, group, "planned", asked, word)
            return
        if reading.tag(at) in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            return
        asked = at if reading.is_nominal(at) and reading.tag(at) != "NUM" else asked


def wanted(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the paper or the deadline is only asked for, or denied, or missed."""
    before = range(max(sentence.start, word - 5), word)
    unreal = lexicon().asks | lexicon().kept_to | {"miss", "want", "need", "lack", "discuss", "consider"}
    asked = range(max(sentence.start, word - 9), word)  # "asked the court to move the deadline for"
    moved = any(reading.lemma(w) in lexicon().moved and reading.form(w - 1) == "to" for w in before)
    return (
        denied(reading, sentence, word)
        or any(reading.lemma(w) in unreal for w in before)
        or (moved and any(reading.lemma(w) in lexicon().asks for w in asked))
    )


def _of_deadline(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    for following in range(word + 1, min(word + LONGEST, sentence.stop - 1)):
        form = reading.form(following)
        if form == "to" and reading.is_verb(following + 1):
            group = verb_group(reading, following + 1, sentence)
        elif form == "for" and (reading.form(following + 1).endswith("ing") or event_behind(reading, following)):
            thing = event_behind(reading, following)
            group = Group(following + 1 if thing is None else thing, following + 1)
        elif reading.tag(following) in ("VERB", "AUX", "SCONJ"):
            return
        else:
            continue
        if group is not None:
            yield Signal("deadline", word, group, "planned", _who_has_it(reading, word, following), word)
        return


def _who_has_it(reading: Reading, deadline: int, to: int) -> int | None:
    """Who is to keep a deadline: "the deadline for *the rebels* to enter"."""
    given = deadline - 2 if reading.form(deadline - 1) in ("a", "the") else deadline
    if given > 0 and reading.is_nominal(given) and reading.syntax.words.relation[given] in ("obj", "iobj"):
        return given  # "set the government a deadline"
    if reading.form(deadline + 1) != "for" or reading.form(to) != "to" or not reading.is_nominal(to - 1):
        return None
    return to - 1 if reading.is_agent(to - 1) else None
