"""What one sentence tells of one deed: the signal with all that is read around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.model import Quantity, Statement, Strength
from onrecord.record.commitments.actions import action_span, clause_end, condition_of
from onrecord.record.commitments.bound import PRONOUNS, behind_cue, givers_of, gives_word, parties_of, promises
from onrecord.record.commitments.deadlines import Terms, terms_of
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import RELATIVE, Reading
from onrecord.record.commitments.signal import Signal
from onrecord.record.commitments.signals import find_signals
from onrecord.record.commitments.verbs import core
from onrecord.spans import Span

_SILENT = frozenset(("question", "denial", "refusal-to-comment"))
_UNDER = frozenset(("under", "according", "in", "by"))
_TAKEN_UP = frozenset(("them", "these", "those"))
_OBJECT = 8
_LEADING = 60
"""Words before a signal within which its sentence may say under what it is."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is read around a signal, as it can be kept without the reading."""

    signal: Signal
    core: int
    statement: Statement
    strength: Strength
    under: bool
    parties: tuple[str, ...]
    terms: Terms
    end: int
    condition: Span | None


@dataclass(frozen=True, slots=True)
class Telling(Around):
    """A signal with all that is read around it."""

    reading: Reading
    sentence: range

    @property
    def spoken(self) -> bool:
        """Whether the parties only say what is to be done, as others may too: "the bridge will reopen, she said"."""
        bound, reading = self.signal.bound, self.reading
        if self.signal.kind not in ("modal", "state") or bound is None or reading.form(bound) in PRONOUNS:
            return False
        if promises(reading, self.sentence, self.statement):
            return False  # "vowed that every school would be open"
        speaker = reading.parties.source_of(self.statement)
        return speaker in self.parties and speaker not in reading.actors_of(bound)

    @property
    def is_now(self) -> bool:
        """Whether it is told as what holds now, and so did not before: "the vote will *now* be held in June"."""
        words = range(self.signal.first, self.signal.deed)
        return self.signal.kind in ("modal", "state") and any(self.reading.form(word) == "now" for word in words)

    @property
    def is_given(self) -> bool:
        """Whether others are to get it from who is bound, at a time that is told: "staff will get their pay on"."""
        return bool(self.terms.told and givers_of(self.reading, self.signal, self.statement, self.end))

    @property
    def is_rest(self) -> bool:
        """As in "the other 30 will follow", "the rest will be paid"."""
        return self._has_before(lexicon().rest)

    @property
    def goes_on(self) -> bool:
        """Whether it tells of what was told right before: "the first 50 of them", "the other 30"."""
        return self.is_rest or self._has_before(_TAKEN_UP)

    def _has_before(self, words: frozenset[str]) -> bool:
        bound = self.signal.bound
        if bound is None or self.signal.kind not in ("modal", "state"):
            return False
        return any(self.reading.form(w) in words for w in range(max(0, bound - 2), self.signal.first))

    @property
    def deed(self) -> str | None:
        """The group of deeds it belongs to."""
        reading = self.reading
        noun = self.event
        if noun is not None:
            return lexicon().deed(reading.lemma(noun), "NOUN")
        tag = "VERB" if reading.is_verb(self.core) or self.signal.kind == "modal" else reading.tag(self.core)
        made = lexicon().done_states.get(reading.form(self.core)) if self.signal.group.passive else None
        known = reading.deed(self.core, tag) or made or _had_ready(reading, self.core)
        return known or ("give" if self.is_given else None)

    @property
    def event(self) -> int | None:
        """The noun of the deed, where the verb only says that it takes place: "hold a *vote*"."""
        reading, core = self.reading, self.core
        if reading.tag(core) == "NOUN" and self.signal.kind != "modal":
            return core if lexicon().deed(reading.lemma(core), "NOUN") else None
        group = reading.deed(core, "VERB")
        if group not in (None, "hold", "begin"):
            return None
        nouns = (self.signal.bound, None if group == "begin" else reading.syntax.child(core, frozenset(("obj",))))
        return next(
            (
                w
                for w in nouns
                if w is not None and reading.tag(w) == "NOUN" and lexicon().deed(reading.lemma(w), "NOUN")
            ),
            None,
        )


def _had_ready(reading: Reading, verb: int) -> str | None:
    """The deed of "have 50 homes *ready*", "get the line *open* again": to make something so."""
    if reading.lemma(verb, "VERB") not in ("have", "get"):
        return None
    for word in range(verb + 1, min(verb + _OBJECT, len(reading.syntax.words))):
        if reading.tag(word) in ("VERB", "ADJ") and reading.form(word) in lexicon().done_states:
            return lexicon().done_states[reading.form(word)]
        if reading.tag(word) in ("VERB", "AUX", "PUNCT", "SCONJ"):
            return None
    return None


def tellings_of(reading: Reading, sentence: range) -> Iterator[Telling]:
    """What a sentence tells of deeds, in the order of the deeds."""
    before = sentence.start
    last: Telling | None = None
    for signal in find_signals(reading, sentence):
        statement = reading.statement_at(signal.deed)
        if statement is None or statement.attitude in _SILENT:
            continue
        end = clause_end(reading, sentence, signal)
        telling = Telling(
            reading=reading,
            sentence=sentence,
            signal=signal,
            core=core(reading, signal.deed),
            statement=statement,
            strength=_strength(reading, sentence, signal, statement),
            under=_under_paper(reading, sentence, signal) is not None,
            parties=parties_of(reading, sentence, signal, statement, end),
            terms=terms_of(reading, sentence, signal, end, before),
            end=end,
            condition=condition_of(reading, sentence, signal, end),
        )
        last = _sharing(telling, last)
        yield last


def _sharing(telling: Telling, last: Telling | None) -> Telling:
    """The telling with the times at the head of the sentence, where "and" joins it to the one they were read with."""
    if last is None or telling.terms.told or not last.terms.told or telling.signal.kind != last.signal.kind:
        return telling
    reading = telling.reading
    between = range(last.signal.deed + 1, min(telling.signal.first, last.signal.deed + _LEADING))
    joined = any(reading.form(w) == "and" for w in between)
    ahead = all(term.span.start < reading.syntax.span(last.signal.deed).start for term in last.terms.told)
    return replace(telling, terms=last.terms) if joined and ahead else telling


def _strength(reading: Reading, sentence: range, signal: Signal, statement: Statement) -> Strength:
    """As the signal has it; what "will" be done is as firm as the promise or the paper it is told under."""
    if signal.kind not in ("modal", "state") or signal.strength in ("possible", "requested"):
        return signal.strength
    cue = reading.cue_of(statement)
    own = [word for word in (governor_of(reading, sentence, signal), cue) if word is not None]
    for word in own:
        table = lexicon().papers if reading.tag(word) == "NOUN" else lexicon().undertaking
        if reading.is_verb(word) and word < signal.first and gives_word(reading, word):
            return "pledged"
        strength = table.get(reading.lemma(word)) if word < signal.first or word == cue else None
        if strength in ("agreed", "pledged"):
            return strength
    return _under_paper(reading, sentence, signal) or signal.strength


def _under_paper(reading: Reading, sentence: range, signal: Signal) -> Strength | None:
    """As in "under the deal, the firm will …", "a deal under which the firm will …": as firm as the paper."""
    above = governor_of(reading, sentence, signal)
    if above is not None and reading.tag(above) == "NOUN":
        return lexicon().papers[reading.lemma(above)]
    for word in range(max(sentence.start, signal.first - _LEADING), signal.first):
        if reading.tag(word) == "NOUN" and reading.lemma(word) in lexicon().papers:
            before = {reading.form(w) for w in range(max(sentence.start, word - 4), word)}
            if before & _UNDER:
                return lexicon().papers[reading.lemma(word)]
    return None


def governor_of(reading: Reading, sentence: range, signal: Signal) -> int | None:
    """What the clause of the deed hangs on, as the words stand: the nearest verb or paper before the subject."""
    subject = signal.bound if signal.bound is not None and signal.bound < signal.first else signal.first
    for word in range(subject - 1, max(sentence.start, subject - 12) - 1, -1):
        if reading.form(word) == "," and reading.form(word + 1) not in RELATIVE:
            return None
        if reading.is_verb(word) or (reading.tag(word) == "NOUN" and reading.lemma(word) in lexicon().papers):
            return word
    return None


def is_acted(telling: Telling) -> bool:
    """Whether the one who is bound can act."""
    bound = telling.signal.bound
    if bound is None:
        return False
    reading = telling.reading
    behind = reading.form(bound) in PRONOUNS and behind_cue(reading, bound, telling.statement)
    return behind or reading.is_agent(bound)


def _when(telling: Telling) -> Span | None:
    """The words for the last of the times told behind the deed."""
    behind = [
        term.span
        for term in telling.terms.told
        if term.span.start > telling.reading.syntax.span(telling.signal.deed).start
    ]
    return max(behind, default=None)


def action_of(telling: Telling) -> Span:
    """The words for what is to be done."""
    told_of = telling.signal.kind in ("modal", "state") and (
        telling.signal.group.passive or not is_acted(telling) or telling.end == telling.signal.deed
    )
    return action_span(telling.reading, telling.signal, telling.end, _when(telling), told_of)


def quantity_of(telling: Telling) -> Quantity | None:
    """The first number in the words of the deed that counts something."""
    inside = sorted(telling.reading.quantities.touching(action_of(telling)), key=lambda pair: pair[0])
    text = telling.reading.report.text
    counts = (
        one
        for span, one in inside
        if (one.unit is not None or one.counted is not None) and not telling.reading.times.touching(span)
    )
    return next((one for one in counts if one.span.of(text).lower() not in ("one", "a", "an")), None)
