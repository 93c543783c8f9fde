"""What became of a commitment: announced, begun, due, met, missed, delayed, contested, told again.

Each step rests on words that say so. That a day has passed is no word that the promise was broken, and a deed told as
past is no word that all of it is done, but for deeds that are done at once (a signature, a vote).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.dates import Date
from onrecord.lemmas import event_lemma
from onrecord.model import Commitment, CommitmentStatus, Step
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.matching import Deed, Groups, head_of, nouns_in, object_of
from onrecord.record.commitments.reading import NOT, RELATIVE, Reading
from onrecord.record.commitments.telling import Telling, governor_of
from onrecord.spans import Passage, Span

_CLAUSE = 20
_BREAKS = frozenset((",", ";", "—", "“", "”", ":", "."))
_IDLE = frozenset(("CCONJ", "SCONJ", "ADP", "DET", "PART"))
_PAST = frozenset(("has", "have", "had", "was", "were"))
_RANK: Mapping[str, int] = {
    "announced": 0,
    "reaffirmed": 1,
    "contested": 2,
    "delayed": 3,
    "begun": 4,
    "due": 5,
    "missed": 6,
    "met": 7,
}
_NOT_FACT = frozenset("will would could should may might can must to if not n't n’t never 'll wo".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that say what became of a deed."""

    reading: Reading
    status: CommitmentStatus
    deed: Deed
    span: Span
    word: int


def steps_of(tellings: Sequence[tuple[Telling, Commitment]], turns: Sequence[Turn]) -> tuple[Step, ...]:
    """The history of one commitment.

    Args:
        tellings: of it, in the order of their reports; the first announces it.
        turns: what became of it, in the order of their reports.
    """
    steps = [_announced(*tellings[0]), *_due(tellings), *_reaffirmed(tellings)]
    told: set[tuple[str, str]] = set()
    for turn in turns:
        key = (turn.status, turn.reading.report.id)
        if key not in told:
            told.add(key)
            steps.append(Step(_when(turn), turn.status, (turn.reading.report.passage(turn.span),)))
    return tuple(sorted(steps, key=_order))


def _order(step: Step) -> tuple[str, int, Passage]:
    day = None
    if step.as_of is not None:
        day = step.as_of.latest if step.status == "due" else step.as_of.earliest
    return day or "9999", _RANK[step.status], step.evidence[0]


def _announced(telling: Telling, commitment: Commitment) -> Step:
    passages = tuple(telling.reading.report.passage(span) for span in commitment.evidence)
    return Step(announced_on(telling), "announced", passages)


def announced_on(telling: Telling) -> Date | None:
    """The day told beside the word that binds ("announced Friday"), or that of saying it, or that of the report."""
    reading = telling.reading
    first, last = sorted((telling.signal.governed, telling.signal.deed))
    terms = [term.span for term in telling.terms.told]
    if telling.signal.kind in ("undertaking", "paper", "asking"):
        beside = reading.syntax.span(max(telling.sentence.start, first - 4), last)
        for span, time in sorted(reading.times.touching(beside), key=lambda pair: pair[0]):
            past = time.date is not None and _not_after(time.date, reading.date)
            if past and not any(term.overlaps(span) for term in terms):
                return time.date
    said = telling.statement.said
    if said is None or not _not_after(said, reading.date):
        return reading.date
    own = [time.date for term in terms for _, time in reading.times.touching(term)]
    return reading.date if said in own else said


def _not_after(day: Date, report: Date | None) -> bool:
    if day.earliest is None or report is None or report.latest is None:
        return False
    return day.earliest <= report.latest


def _due(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each deadline told, with the words that told it first."""
    seen: set[tuple[str | None, str | None]] = set()
    for telling, commitment in tellings:
        term = telling.terms.due
        if term is None or commitment.due is None:
            continue
        key = (commitment.due.earliest, commitment.due.latest)
        if key not in seen:
            seen.add(key)
            yield Step(commitment.due, "due", (telling.reading.report.passage(term.span),))


def _reaffirmed(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each later report that tells it with the same terms, or without any."""
    due = next((commitment.due for _, commitment in tellings if commitment.due is not None), None)
    reports = {tellings[0][1].report}
    for telling, commitment in tellings[1:]:
        same = commitment.due is None or due is None or commitment.due.value == due.value or _says_again(telling)
        if commitment.report in reports or telling.reading.is_copy or not same:
            continue
        reports.add(commitment.report)
        passages = tuple(telling.reading.report.passage(span) for span in commitment.evidence)
        yield Step(telling.statement.said or telling.reading.date, "reaffirmed", passages)


def _says_again(telling: Telling) -> bool:
    """Whether it stands behind a word for saying again what was said: "reaffirmed that"."""
    cue = telling.reading.syntax.head_of(telling.statement.cue) if telling.statement.cue is not None else None
    above = governor_of(telling.reading, telling.sentence, telling.signal)
    return any(word is not None and telling.reading.lemma(word) in lexicon().again for word in (cue, above))


def _when(turn: Turn) -> Date | None:
    """The day told in the clause, if it is not to come; else that of the report. A delay tells other days."""
    if turn.status == "delayed":
        return turn.reading.date
    for _, time in sorted(turn.reading.times.touching(turn.span), key=lambda pair: pair[0]):
        if time.date is not None and _not_after(time.date, turn.reading.date):
            return time.date
    return turn.reading.date


def find_turns(reading: Reading, groups: Groups, kin: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Turn]]:
    """What the report says became of commitments: id of the first telling, and the words."""
    if not reading.syntax.tagged:
        return
    for sentence in reading.sentences():
        for word in sentence:
            for status, core in _turns_at(reading, sentence, word):
                turn = _turn(reading, sentence, word, status, core, kin)
                first = groups.like(turn.deed, whole=False)
                if first is not None:
                    yield first, turn


def _turn(
    reading: Reading,
    sentence: range,
    word: int,
    status: CommitmentStatus,
    core: int,
    kin: Mapping[str, frozenset[str]],
) -> Turn:
    first, last = _clause(reading, sentence, word)
    span = reading.syntax.span(first, last)
    subject = reading.syntax.subject(word) if reading.is_verb(word) else None
    takes = status == "met" and core != word and reading.lemma(word) == "take"  # who takes delivery does not deliver
    if status == "contested" or takes or (subject is not None and subject not in sentence):
        subject = None
    parties = reading.parties.of_phrase(subject) if subject is not None else ()
    verb = _group_of(reading, core) or reading.lemma(core)
    deed = Deed(
        verb=verb,
        head=_head(reading, core, subject),
        nouns=nouns_in(reading, span),
        parties=frozenset(name for party in parties for name in kin.get(party, (party,))),
        places=frozenset(reading.places_in(span)),
        named=_named(reading, first, last, kin),
    )
    return Turn(reading, status, deed, span, word)


def _named(reading: Reading, first: int, last: int, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those whom the words from `first` to `last` name."""
    heads = (word for word in range(first, last + 1) if reading.tag(word) in ("PROPN", "NOUN"))
    actors = {actor for head in heads for actor in reading.parties.of_phrase(head)}
    return frozenset(name for actor in actors for name in kin.get(actor, (actor,)))


def _head(reading: Reading, core: int, subject: int | None) -> str | None:
    if reading.is_verb(core):
        found = object_of(reading, core)
        if found is None or reading.syntax.is_passive(core):
            found = subject
        return lexicon().kinds.get(reading.lemma(found), reading.lemma(found)) if found is not None else None
    return head_of(reading, core, None)


def _group_of(reading: Reading, word: int) -> str | None:
    tag = reading.tag(word)
    known = lexicon().deed(reading.lemma(word), tag)
    return known or lexicon().deeds.get(event_lemma(reading.syntax.form(word), tag))


def _clause(reading: Reading, sentence: range, word: int) -> tuple[int, int]:
    """The words around, between punctuation."""
    first = last = word
    while first > max(sentence.start, word - _CLAUSE) and reading.form(first - 1) not in _BREAKS:
        first -= 1
    while last + 1 < min(sentence.stop, word + _CLAUSE) and reading.form(last + 1) not in (
        ",",
        ";",
        "—",
        "”",
        ".",
        ":",
    ):
        last += 1
    while last > word and reading.tag(last) in _IDLE:
        last -= 1
    return first, last


def _turns_at(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """What the word says became of a deed, and the word of the deed."""
    if not reading.is_verb(word):
        return
    base = reading.lemma(word)
    kind = lexicon().steps.get(base) or _put_off(reading, word, base)
    if kind is not None:
        yield from _STATUS[kind](reading, sentence, word)
    elif base == "fail" and _is_fact(reading, sentence, word):
        yield from (("missed", inner) for inner in _infinitive(reading, word))
    elif base in lexicon().light and _is_done(reading, sentence, word):
        yield from (("met", inner) for inner in _event_object(reading, word) if _is_first(reading, sentence, inner))
    elif base in lexicon().refuses and _is_fact(reading, sentence, word):
        yield from (("contested", inner) for inner in _event_object(reading, word))
    elif (_group_of(reading, word) in lexicon().finished and _is_done(reading, sentence, word)) or _is_last(
        reading, sentence, word
    ):
        yield "met", word


def _at_once(reading: Reading, sentence: range, word: int) -> bool:
    return _group_of(reading, word) in lexicon().finished and _is_done(reading, sentence, word)


def _put_off(reading: Reading, word: int, base: str) -> str | None:
    following = [reading.form(w) for w in range(word + 1, min(word + 7, len(reading.syntax.words)))]
    held = any(phrase[0] == base and phrase[1] in following[:6] for phrase in lexicon().putting_off)
    return "delayed" if held else None


def _begun(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    if not _is_done(reading, sentence, word):
        return
    following = word + 1
    if reading.form(following) == "to":
        following += 1
    if following in sentence and reading.is_verb(following) and reading.form(following) != reading.form(word):
        yield "begun", following
    else:
        yield from (("begun", inner) for inner in _event_object(reading, word))
        subject = reading.syntax.own_subject(word)
        if subject is not None and _group_of(reading, subject):
            yield "begun", subject


def _met(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    if not _is_done(reading, sentence, word):
        return
    following = word + 1
    if following in sentence and reading.is_verb(following) and reading.form(following).endswith("ing"):
        yield "met", following
        return
    yield from (("met", inner) for inner in _event_object(reading, word))
    subject = reading.syntax.own_subject(word)
    if subject is not None and subject < word and reading.syntax.is_passive(word):
        yield "met", subject if _group_of(reading, subject) else word


def _missed(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "missed the deadline for handing over": the deed is behind the deadline; "will miss" is a delay to come."""
    noun = _target(reading, sentence, word)
    done = _is_done(reading, sentence, word)
    coming = reading.form(word - 1) in ("will", "'ll", "’ll") or reading.form(word - 2) == "will"
    if noun is None or not (done or coming):
        return
    for following in range(noun + 1, min(noun + 8, sentence.stop)):
        if reading.is_verb(following) or _group_of(reading, following):
            yield ("missed" if done else "delayed"), following
            return


def _target(reading: Reading, sentence: range, word: int) -> int | None:
    """The deadline or date that is missed, behind the verb."""
    for following in range(word + 1, min(word + 8, sentence.stop)):
        if reading.tag(following) == "NOUN" and reading.lemma(following) in lexicon().targets:
            return following
        if reading.tag(following) in ("VERB", "AUX", "SCONJ"):
            return None
    return None


def _is_first(reading: Reading, sentence: range, noun: int) -> bool:
    """Whether the deed is of the first or last of something, and so is done whole: "took delivery of the first jet"."""
    following = range(noun + 1, min(noun + 6, sentence.stop))
    return any(reading.form(word) in ("first", "last", "final") for word in following)


def _delayed(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, int]]:
    """A delay that was decided; one that is asked for only contests the commitment."""
    status: CommitmentStatus
    if _is_done(reading, sentence, word):
        status = "delayed"
    elif _is_asked(reading, sentence, word):
        status = "contested"
    else:
        return
    yield from ((status, inner) for inner in _event_object(reading, word))
    subject = reading.syntax.own_subject(word)
    if subject is not None and reading.syntax.is_passive(word):
        yield status, subject if _group_of(reading, subject) else word


_STATUS: Mapping[str, Callable[[Reading, range, int], Iterator[tuple[CommitmentStatus, int]]]] = {
    "begun": _begun,
    "met": _met,
    "missed": _missed,
    "delayed": _delayed,
}


def _infinitive(reading: Reading, word: int) -> Iterator[int]:
    if reading.form(word + 1) == "to" and reading.is_verb(word + 2):
        yield word + 2


def _event_object(reading: Reading, word: int) -> Iterator[int]:
    """The nouns of deeds behind the verb: "the end of the mission and the withdrawal of troops"."""
    for following in range(word + 1, min(word + _CLAUSE, len(reading.syntax.words))):
        if reading.tag(following) in ("SCONJ", "AUX") or reading.form(following) in (",", ";", ".", "”", *RELATIVE):
            return
        if reading.is_verb(following) and reading.form(following - 1) != "to":
            continue
        if reading.tag(following) == "NOUN" and _group_of(reading, following):
            yield following


def _is_fact(reading: Reading, sentence: range, word: int) -> bool:
    """Whether nothing before the verb makes it a plan, a doubt or a denial."""
    before = range(max(sentence.start, word - 4), word)
    return not any(reading.form(w) in _NOT_FACT or reading.form(w) in NOT for w in before)


def _is_done(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the verb is told as past."""
    past = reading.form(word) != reading.lemma(word) and not reading.form(word).endswith(("ing", "s"))
    had = any(
        reading.form(w) in ("has", "have", "had", "was", "were") for w in range(max(sentence.start, word - 3), word)
    )
    led = reading.syntax.own_subject(word) is not None or reading.syntax.words.relation[word] == "root"
    finite = had or led or reading.form(word - 1) in RELATIVE
    return past and finite and _is_fact(reading, sentence, word)


def _is_asked(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the infinitive stands behind a word of asking."""
    if reading.form(word - 1) != "to":
        return False
    before = range(max(sentence.start, word - 12), word - 1)
    return any(reading.lemma(w) in lexicon().asks for w in before if reading.tag(w) in ("VERB", "NOUN"))


def _is_last(reading: Reading, sentence: range, word: int) -> bool:
    """As in "the last troops left": whoever is last has done it."""
    subject = reading.syntax.own_subject(word)
    if subject is None or not _is_done(reading, sentence, word) or _group_of(reading, word) is None:
        return False
    inside = reading.syntax.words_in(reading.syntax.noun_phrase(subject))
    return any(reading.form(w) in ("last", "final") for w in inside) and not reading.times.touching(
        reading.syntax.span(inside[0], inside[-1])
    )
