"""When a figure holds: the time told with it, one that a past story carries on, or the day of the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.model import Annotations, Quantity, ReportDate, Time
from onrecord.record.figures.lexicon import lexicon
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_PAST_AUXILIARIES = frozenset(("was", "were", "had", "did"))
_PERFECT = frozenset("has have 've ’ve".split())
_PRESENT_AUXILIARIES = frozenset("is are am 's 're has have 've do does ’s ’re ’ve".split())
_NEAR = 600
"""Code points around a number in which a time can be its own; a text without full stops is one sentence."""
_TIED = 4
"""Code points between a number and a time behind it that are told in one breath ("2,500 in 2021")."""
_OPENING = 5
"""Words before a time among which it may be told to begin a stretch."""
_LONG_AGO = timedelta(days=31)


@dataclass(frozen=True)
class Times:
    """The times of one report, and the day from which it speaks."""

    annotations: Annotations
    syntax: Syntax
    report_date: ReportDate | None

    @cached_property
    def dated(self) -> Located[Time]:
        """The time expressions that mean days."""
        times = self.annotations.times
        return Located((time.span, time) for time in times if time.date and time.date.earliest)

    @cached_property
    def numbers(self) -> Located[Quantity]:
        """The quantities, by place."""
        return Located((quantity.span, quantity) for quantity in self.annotations.quantities)

    def date_of(self, quantity: Quantity, number: int | None, own: bool) -> tuple[Date | None, Span | None]:
        """The date of a figure, and where it is told.

        Args:
            number: the word of the number; None without tags.
            own: whether the report itself tells the figure.
        """
        if number is None or not self.syntax.tagged:
            return None, None
        time = self._told_with(quantity, number)
        if time is not None and not (self._is_to_come(time) and is_past(self.syntax, number)):
            return time.date, time.span
        time = self._carried(number) if own else None
        if time is not None and time.date is not None:
            return replace(time.date, rule="as-in-sentence-before", anchor=time.id), time.span
        return self._as_of_report(quantity, number), None

    def _sentence(self, number: int) -> Span:
        return self.annotations.sentences[self.annotations.words.sentence[number]]

    def _told_with(self, quantity: Quantity, number: int) -> Time | None:
        """The dated time expression nearest in the tree, within the clause or one joined to it by "and"."""
        sentence, span = self._sentence(number), quantity.span
        near = Span(max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR))
        ranked = []
        for at, time in self.dated.touching(near):
            steps = self.syntax.steps_between(number, at)
            if steps is not None and not at.overlaps(span) and self._can_date(quantity, at):
                gap = max(at.start - span.end, span.start - at.end)
                ranked.append((steps, gap, at.start, time))
        return min(ranked, key=lambda one: one[:3])[3] if ranked else None

    def _can_date(self, quantity: Quantity, time: Span) -> bool:
        return not self._of_another(quantity, time) and not self._begins_a_stretch(time)

    def _begins_a_stretch(self, time: Span) -> bool:
        """Whether it is since then that something holds: "killed since the invasion in March"."""
        first = self.syntax.words_in(time)[0] if self.syntax.words_in(time) else 0
        before = [self.syntax.folded(word) for word in range(max(0, first - _OPENING), first)]
        return any(word in lexicon().since for word in before)

    def _of_another(self, quantity: Quantity, time: Span) -> bool:
        """Whether the time stands right behind another number: "1,800 are left, down from 2,500 a year ago"."""
        before = Span(max(0, time.start - _TIED), time.start) if time.start else time
        others = [at for at, other in self.numbers.touching(before) if other.id != quantity.id]
        return any(quantity.span.end <= at.start and at.end <= time.start for at in others)

    def _carried(self, number: int) -> Time | None:
        """In a story told in the past, a sentence without a time goes on from the one before it in the paragraph."""
        index = self.annotations.words.sentence[number]
        if index == 0:
            return None
        sentence, before = self.annotations.sentences[index], self.annotations.sentences[index - 1]
        between = self.annotations.report.text[before.end : sentence.start]
        if "\n" in between.strip(" ") or self.dated.touching(sentence) or not is_past(self.syntax, number):
            return None
        days = [time for at, time in self.dated.touching(before) if time.type == "DATE" and before.contains(at)]
        return days[0] if len(days) == 1 and not self._is_to_come(days[0]) else None

    def _is_to_come(self, time: Time) -> bool:
        """Whether a time lies after the report, and so cannot date what is told in the past."""
        known = self.report_date.date if self.report_date else None
        if known is None or known.latest is None or time.date is None or time.date.earliest is None:
            return False
        return time.date.earliest > known.latest

    def _as_of_report(self, quantity: Quantity, number: int) -> Date | None:
        """What is told in the present holds on the day of the report; what may be, or was once, does not."""
        known = self.report_date.date if self.report_date else None
        if known is None or known.earliest is None or quantity.change is not None:
            return None
        if not holds_now(self.syntax, number) or self._is_story(quantity, number, known.earliest):
            return None
        return replace(known, rule="as-of-report", anchor=self.annotations.report.id)

    def _is_story(self, quantity: Quantity, number: int, told: str) -> bool:
        """Whether the sentence speaks of days long before the report, or after it."""
        sentence = self._sentence(number)
        since = (date.fromisoformat(told) - _LONG_AGO).isoformat()
        for at, time in self.dated.touching(sentence):
            if not sentence.contains(at) or not self._can_date(quantity, at):
                continue
            if self.syntax.steps_between(number, at) is not None:
                return True
            if time.date is not None and time.date.latest is not None and time.date.latest < since:
                return True
        return False


def is_past(syntax: Syntax, number: int) -> bool:
    """Whether the clause of the number is in the simple past, or the past perfect."""
    path = syntax.up_to_verb(number)
    if not path:
        return False
    auxiliaries = set(syntax.auxiliaries(path[-1]))
    if auxiliaries:
        return bool(auxiliaries & _PAST_AUXILIARIES) and not auxiliaries - _PAST_AUXILIARIES - {"been", "being"}
    form = syntax.folded(path[-1])
    return syntax.tag(path[-1]) in ("VERB", "AUX") and (form.endswith("ed") or form in lexicon().past)


def holds_now(syntax: Syntax, number: int) -> bool:
    """Whether the clause of the number tells what is so, in the present or the present perfect, as a plain statement.

    What happens in the present ("two bombs explode") is a headline's or a chronicle's way to tell the past. A
    participle on what is counted ("troops still serving") is in the time of the clause it stands in.
    """
    head = _counted(syntax, number)
    participle = next((c for c in syntax.children[head] if _is_participle(syntax, c)), None)
    clause = _clause(syntax, head)
    if clause is None or _is_hypothetical(syntax, clause):
        return False
    if participle is not None and _tense(syntax, clause) == "future":
        outer = _clause(syntax, clause)
        return outer is None or _tense(syntax, outer) == "present"
    return _tense(syntax, clause) == "present" and _is_state(syntax, clause, participle is not None)


def _is_state(syntax: Syntax, clause: int, described: bool) -> bool:
    """Whether a predicate in the present tells what is so: a perfect, a progressive, a passive, a verb of being."""
    base = lemma(syntax.form(clause), "VERB")
    helpers = {syntax.folded(c) for c in syntax.children[clause] if syntax.words.relation[c] in ("aux", "cop")}
    if lexicon().base(syntax.folded(clause)) in lexicon().harm and not helpers & _PERFECT:
        return "being" in helpers
    return bool(helpers) or described or base in lexicon().states


def _counted(syntax: Syntax, number: int) -> int:
    """The noun a number stands before, or the number itself."""
    head = syntax.words.head[number]
    return head if syntax.words.relation[number] == "nummod" else number


def _is_participle(syntax: Syntax, word: int) -> bool:
    """Whether the word is a participle on a noun that tells what is so ("serving", not "travelling")."""
    form = syntax.folded(word)
    return syntax.words.relation[word] == "acl" and form.endswith("ing") and lemma(form, "VERB") in lexicon().states


def _clause(syntax: Syntax, word: int) -> int | None:
    """The predicate of the clause a word stands in: a verb, or what a copula makes one."""
    for head in syntax.ancestors(word):
        if _is_predicate(syntax, head):
            return head
    return None


def _is_predicate(syntax: Syntax, word: int) -> bool:
    return syntax.tag(word) in ("VERB", "AUX") or syntax.child(word, frozenset(("cop",))) is not None


def _is_hypothetical(syntax: Syntax, clause: int) -> bool:
    marks = {syntax.folded(c) for c in syntax.children[clause] if syntax.words.relation[c] == "mark"}
    return bool(marks & lexicon().hypothetical)


def _tense(syntax: Syntax, clause: int) -> str:
    """present, past, future or none, of a finite predicate; an open complement has the tense of what it is open to."""
    for _ in range(4):
        helpers = [syntax.folded(c) for c in syntax.children[clause] if syntax.words.relation[c] in ("aux", "cop")]
        if helpers:
            return _tense_of_helper(helpers[0])
        if syntax.words.relation[clause] not in ("xcomp", "acl") or syntax.tag(clause) not in ("VERB", "AUX"):
            break
        if syntax.child(clause, frozenset(("nsubj",))) is not None or syntax.words.head[clause] == clause:
            break
        clause = syntax.words.head[clause]
    return _tense_of_form(syntax, clause)


def _tense_of_helper(form: str) -> str:
    if form in _PRESENT_AUXILIARIES:
        return "present"
    if form in _PAST_AUXILIARIES:
        return "past"
    return "future" if form in lexicon().planned_auxiliaries else "none"


def _tense_of_form(syntax: Syntax, verb: int) -> str:
    form = syntax.folded(verb)
    if syntax.tag(verb) not in ("VERB", "AUX") or form.endswith("ing"):
        return "none"
    if form in _PRESENT_AUXILIARIES:
        return "present"
    if form.endswith("ed") or form in lexicon().past:
        return "past"
    base = lemma(form, "VERB")
    subject = syntax.child(verb, frozenset(("nsubj", "expl")))
    return "present" if subject is not None and form in (base, base + "s", base + "es") else "none"


def is_planned(syntax: Syntax, number: int) -> bool:
    """Whether the clause is about what will be: by its auxiliary, or by what governs its infinitive."""
    path = syntax.up_to_verb(number)
    if not path:
        return False
    verb = path[-1]
    auxiliaries = set(syntax.auxiliaries(verb))
    if auxiliaries & lexicon().planned_auxiliaries:
        return not {"would", "have"} <= auxiliaries
    above = syntax.governor(verb)
    return above is not None and lexicon().base(syntax.folded(above)) in lexicon().planned_governors
