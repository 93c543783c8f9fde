"""What a verb says became of a deed: done, begun, put off, missed, opposed.

A rule looks at one verb and says which word is the deed. That a deed is told as past is no word that all of it is done,
but for deeds that are done at once (a signature, a vote), and for what is done to one definite thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onrecord.model import CommitmentStatus
from onrecord.record.commitments import facts
from onrecord.record.commitments.extensions import lapsed, more_time
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import object_of, object_words
from onrecord.record.commitments.reading import NOT, Reading
from onrecord.record.commitments.states import is_lasting_state, states_at
from onrecord.record.commitments.verbs import next_infinitive, short_of

_CLAUSE, _REACH, _PAIR = 20, 8, 2
_ORDERS = frozenset(("order", "demand", "ultimatum", "call", "request", "instruction"))
_HAPPENING = frozenset(("happen", "materialise", "materialize", ("take", "place"), ("go", "ahead"), ("get", "under")))
_ENDING = frozenset(("end", "conclude", "finish"))


def outcomes_at(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """What the word says became of a deed, and the word of the deed."""
    states = [(status, word) for status, _ in states_at(reading, sentence, word)]
    if states or is_lasting_state(reading, sentence, word):
        yield from states
        return
    if not reading.is_verb(word):
        return
    base = reading.lemma(word)
    kind = lexicon().steps.get(base) or _put_off(reading, word, base)
    if kind is not None:
        yield from _STATUS[kind](reading, sentence, word)
        yield from _stopped(reading, sentence, word, base)
        return
    for rule in _RULES:
        yield from rule(reading, sentence, word, base)


def _failed(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "failed to hand over the base"."""
    if base == "fail" and facts.is_fact(reading, sentence, word):
        yield from (("missed", inner) for inner in _infinitive(reading, word))


def _lightly(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "took delivery of the first jet"."""
    if base in lexicon().light and facts.is_done(reading, sentence, word):
        yield from (
            ("met", inner) for inner in facts.event_object(reading, word) if facts.is_first(reading, sentence, inner)
        )


def _refused(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "rejected the withdrawal"."""
    if base in lexicon().refuses and facts.is_fact(reading, sentence, word):
        yield from (("contested", inner) for inner in facts.event_object(reading, word))
        yield from (("contested", inner) for inner in _refused_order(reading, sentence, word))


def _done(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "signed the treaty", "the last troops left", "reopened the bridge": what is told as done whole."""
    if not facts.is_done(reading, sentence, word) or (base in lexicon().saying and object_of(reading, word) is None):
        return
    group = facts.group_of(reading, word)
    if (
        (group in lexicon().finished and not _is_by_some(reading, sentence, word))
        or facts.is_last(reading, sentence, word)
        or (group == "leave" and _is_by_one(reading, sentence, word))
        or facts.is_one(reading, sentence, word, group)
    ):
        yield "met", word


def _is_by_one(reading: Reading, sentence: range, word: int) -> bool:
    """Whether somebody by name is told to have done it: "Hanse quit the club"."""
    subject = facts.subject_in(reading, sentence, word)
    return subject is not None and reading.tag(subject) == "PROPN" and not reading.syntax.is_passive(word)


def _is_by_some(reading: Reading, sentence: range, word: int) -> bool:
    """Whether only so many are told to have done it: "900 drivers have joined the scheme"."""
    subject = facts.subject_in(reading, sentence, word)
    if subject is None or reading.syntax.is_passive(word):
        return False
    return any(reading.tag(w) == "NUM" for w in reading.syntax.noun_phrase_words(subject))


def _moved(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "moved the deadline for the census to May 10", where the words do not bring it forward."""
    if base not in lexicon().moved:
        return
    behind = reading.syntax.span(word, min(word + _CLAUSE, sentence[-1]))
    times = [time for _, time in sorted(reading.times.touching(behind), key=lambda pair: pair[0])]
    tos = [time for time in times if reading.form(reading.syntax.words_in(time.span)[0] - 1) == "to"]
    days = [time.date.earliest for time in (tos[0], times[0]) if time.date is not None] if tos else []
    if len(days) == _PAIR and None not in days and str(days[0]) >= str(days[1]):
        if not facts.is_done(reading, sentence, word) and not facts.is_asked(reading, sentence, word):
            return
        status: CommitmentStatus = "delayed" if facts.is_done(reading, sentence, word) else "contested"
        for noun in range(word + 1, min(word + _REACH, sentence.stop)):
            if reading.lemma(noun) in lexicon().targets and reading.tag(noun) == "NOUN":
                yield status, next(facts.deed_behind(reading, sentence, noun), noun)
                return
        yield from ((status, inner) for inner in facts.event_object(reading, word))


def _kept_to(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "met the deadline for paying", "will not make the June date", "failed to meet its target"."""
    noun = facts.target_behind(reading, sentence, word) if base in lexicon().kept_to else None
    if noun is None:
        return
    before = [reading.form(w) for w in range(max(sentence.start, word - 4), word)]
    failed = any(reading.lemma(w) == "fail" for w in range(max(sentence.start, word - 3), word))
    status: CommitmentStatus | None = None
    if failed or (NOT & set(before) and {"did", "has", "have"} & set(before)):
        status = "missed"
    elif (NOT & set(before) and {"will", "would", "can", "could", "wo", "ca"} & set(before)) or "cannot" in before:
        status = "delayed"
    elif facts.is_done(reading, sentence, word) and not reading.syntax.is_passive(word):
        status = "met"
    if status is not None:
        yield status, next(facts.deed_behind(reading, sentence, noun), noun)


def _dropped(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "called off the vote", "the sale was cancelled"."""
    is_dropped = base in lexicon().dropped or reading.deed(word) == "cancel"
    if not is_dropped or not facts.is_done(reading, sentence, word):
        return
    yield from (("missed", inner) for inner in facts.event_object(reading, word))
    subject = facts.subject_in(reading, sentence, word)
    if subject is not None and reading.syntax.is_passive(word) and facts.group_of(reading, subject):
        yield "missed", subject


def _ended(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "the count ended on Friday": what ends of itself has been done."""
    if base not in _ENDING or reading.syntax.is_passive(word) or not facts.is_done(reading, sentence, word):
        return
    subject = facts.subject_in(reading, sentence, word)
    has_object = reading.syntax.child(word, frozenset(("obj",))) is not None
    if subject is not None and not has_object and reading.tag(subject) == "NOUN" and facts.group_of(reading, subject):
        yield "met", subject


def _partly(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "has hired 14 of the 120 drivers"; of "received the first instalment of the raise", the raise."""
    if not facts.is_done(reading, sentence, word):
        return
    behind = range(word + 1, min(word + _REACH, sentence.stop - 1))
    number = next((w for w in behind if reading.tag(w) == "NUM"), None)
    if (
        number is not None
        and number <= word + _PAIR
        and reading.form(number + 1) == "of"
        and facts.group_of(reading, word)
    ):
        if reading.form(number + 2) in facts.DEFINITE:
            yield "begun", word
    for part in behind:
        if reading.tag(part) in ("VERB", "AUX") or reading.form(part) in facts.BREAKS:
            return
        if reading.lemma(part) in lexicon().parts and "first" in (reading.form(part - 1), reading.form(part - 2)):
            yield from (("begun", inner) for inner in facts.event_object(reading, part))
            return


def _short_of(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "only 60 could be hired": fewer than was told, so that the rest is late at least."""
    if facts.group_of(reading, word) is not None and short_of(reading, sentence, word):
        yield "delayed", word


def _put_off(reading: Reading, word: int, base: str) -> str | None:
    following = [reading.form(w) for w in range(word + 1, min(word + 7, len(reading.syntax.words)))]
    held = any(phrase[0] == base and phrase[1] in following[:6] for phrase in lexicon().putting_off)
    return "delayed" if held else None


def _begun(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    if not facts.is_done(reading, sentence, word):
        return
    following = word + 1
    if reading.form(following) == "to":
        following += 1
    if following in sentence and reading.is_verb(following) and reading.form(following) != reading.form(word):
        yield "begun", following
    else:
        yield from (("begun", inner) for inner in facts.event_object(reading, word))
        subject = reading.syntax.own_subject(word)
        if subject is not None and facts.group_of(reading, subject):
            yield "begun", subject


def _met(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    if not facts.is_done(reading, sentence, word):
        return
    following = word + 1
    if following in sentence and reading.is_verb(following) and reading.form(following).endswith("ing"):
        yield "met", following
        return
    yield from (("met", inner) for inner in facts.event_object(reading, word))
    subject = reading.syntax.own_subject(word)
    if subject is not None and subject < word and reading.syntax.is_passive(word):
        yield "met", subject if facts.group_of(reading, subject) else word


def _missed(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "missed the deadline for handing over": the deed is behind the deadline; "will miss" is a delay to come."""
    noun = facts.target_behind(reading, sentence, word)
    done = facts.is_done(reading, sentence, word)
    coming = reading.form(word - 1) in ("will", "'ll", "’ll") or reading.form(word - 2) == "will"
    if noun is None or not (done or coming):
        return
    yield ("missed" if done else "delayed"), next(facts.deed_behind(reading, sentence, noun), noun)


def _delayed(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """A delay that was decided; one that is asked for only contests the commitment."""
    status: CommitmentStatus
    if facts.is_done(reading, sentence, word):
        status = "delayed"
    elif facts.is_asked(reading, sentence, word):
        status = "contested"
    else:
        return
    yield from ((status, inner) for inner in facts.event_object(reading, word))
    subject = reading.syntax.own_subject(word)
    if subject is not None and reading.syntax.is_passive(word):
        yield status, subject if facts.group_of(reading, subject) else word


def _infinitive(reading: Reading, word: int) -> Iterator[int]:
    if reading.form(word + 1) == "to" and reading.is_verb(word + 2):
        yield word + 2


_STATUS: Mapping[str, Callable[[Reading, range, int], Iterator[tuple[CommitmentStatus, int]]]] = {
    "begun": _begun,
    "met": _met,
    "missed": _missed,
    "delayed": _delayed,
}


def _counted(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "has handed over 300 rifles": done, if as many were promised."""
    group = facts.group_of(reading, word)
    if group is None or group in lexicon().common or group in lexicon().finished:
        return
    thing = object_of(reading, word) if facts.is_done(reading, sentence, word) else None
    if thing is None or any(reading.form(w) == "of" for w in range(word, thing)):
        return  # "60 of the 200 nurses"
    if any(reading.tag(w) == "NUM" for w in object_words(reading, word, thing)):
        yield "met", word


def _concluded(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "an inquiry found that": it has reported."""
    if base not in lexicon().concluding or not facts.is_done(reading, sentence, word):
        return
    said = range(word + 1, min(word + 2, sentence.stop))
    before = range(word - 1, max(sentence.start, word - _CLAUSE) - 1, -1)
    inquiries = (w for w in before if reading.tag(w) == "NOUN" and reading.deed(w) == "investigate")
    subject = next(inquiries, None)
    stops = range(subject + 1, word) if subject is not None else range(0)
    if subject is None or any(reading.is_verb(w) or reading.form(w) in facts.BREAKS for w in stops):
        return
    if any(reading.form(w) == "that" for w in said):
        yield "met", subject


def _undone(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "has not left the town": missed, if the day is over by which it was to."""
    if not facts.is_undone(reading, word) or facts.group_of(reading, word) is None:
        return
    if any(reading.form(w) == "did" for w in range(word - 4, word)):
        subject = facts.subject_in(reading, sentence, word)
        if subject is None or not reading.actors_of(subject):
            return  # "it did not stop the talk": nothing that was promised
    yield "missed", word


def _not_before(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "could not be held before next year"."""
    before = {reading.form(w) for w in range(max(sentence.start, word - 4), word)}
    modal = {"could", "can", "will", "would", "wo", "ca"} & before and NOT & before
    if not (modal or "cannot" in before) or facts.group_of(reading, word) is None:
        return
    for behind in range(word + 1, min(word + _REACH, sentence.stop - 1)):
        if reading.form(behind) in ("before", "until") and reading.times.touching(reading.syntax.span(behind + 1)):
            yield "delayed", word


def _refused_order(reading: Reading, sentence: range, word: int) -> Iterator[int]:
    """As in "rejected the order to lay down their arms": the deed."""
    thing = object_of(reading, word)
    if thing is None or thing < word or reading.lemma(thing) not in _ORDERS:
        return
    deed = next_infinitive(reading, sentence, thing + 1)
    if deed is not None:
        yield deed.verb


def _did_not_happen(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "the meeting did not take place", "the talks never began"."""
    phrase = (base, reading.form(word + 1))
    if base not in _HAPPENING and phrase not in _HAPPENING:
        return
    before = {reading.form(w) for w in range(max(sentence.start, word - 4), word)}
    told = bool(before & {"never"}) or bool(before & NOT and before & {"did", "has", "have"})
    subject = facts.subject_in(reading, sentence, word)
    if told and subject is not None and reading.tag(subject) == "NOUN" and facts.group_of(reading, subject):
        yield "missed", subject


def _given_up(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "no longer intends to replace the pipes"."""
    before = [reading.form(w) for w in range(max(sentence.start, word - 4), word)]
    if base in lexicon().intending and before[-2:] == ["no", "longer"]:
        yield from (("missed", inner) for inner in _infinitive(reading, word))


def _stopped(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "a court halted the plan to close the mine", "the plan to close it was quashed"."""
    if base not in lexicon().stopping or not facts.is_done(reading, sentence, word):
        return
    passive = reading.syntax.is_passive(word)
    paper = facts.subject_in(reading, sentence, word) if passive else object_of(reading, word)
    if paper is not None and paper in sentence and _is_stopped_deed(reading, sentence, word, paper):
        yield "contested", paper
        return
    if paper is None or paper not in sentence or reading.lemma(paper) not in lexicon().papers:
        return
    deed = next_infinitive(reading, sentence, paper + 1)
    if deed is not None and (passive or deed.verb > word):
        yield "contested", deed.verb


def _is_stopped_deed(reading: Reading, sentence: range, word: int, noun: int) -> bool:
    """Whether what is stopped is a deed by its noun, with its thing: "blocked the *destruction* of the tapes"."""
    if reading.tag(noun) != "NOUN" or reading.lemma(noun) in lexicon().papers:
        return False
    of = next((w for w in range(noun + 1, min(noun + 2, sentence.stop)) if reading.form(w) == "of"), None)
    return of is not None and facts.group_of(reading, noun) is not None


_Rule = Callable[[Reading, range, int, str], Iterator[tuple[CommitmentStatus, int]]]
_RULES: tuple[_Rule, ...] = (
    _failed,
    _kept_to,
    _moved,
    _dropped,
    _ended,
    _partly,
    _short_of,
    _counted,
    _concluded,
    _did_not_happen,
    _undone,
    _not_before,
    _given_up,
    _stopped,
    more_time,
    lapsed,
    _lightly,
    _refused,
    _done,
)
"""What is asked of a verb that says of itself neither that a deed began nor that it was done, put off or missed."""
