"""Whether an attitude is really held, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.model import Time
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of
from onrecord.spans import Located, Span

_LONG_AGO = timedelta(days=60)
_ABLE = frozenset(("can", "ca", "could"))


@dataclass(frozen=True, slots=True)
class Held:
    """From when to when (ISO 8601 days, None where open), and what the words say of that."""

    start: str | None = None
    end: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Holding:
    """Judges the attitudes of one report."""

    clauses: Clauses
    dated: Located[Time]
    written: Date | None

    def is_real(self, attitude: Attitude) -> bool:
        """Whether the attitude is told as held, and not as possible, asked for, or asked about."""
        if self._is_asked(attitude.word):
            return False
        clause = self._clause(attitude.word)
        if self.clauses.relation(clause) == "ccomp" and self.clauses.is_negated(self.clauses.head(clause)):
            return False
        if attitude.judgement:
            return not self._is_conditional(clause) and not self._has(clause, ("may", "might", "could", "can"))
        unreal = words_of("modality unreal")
        if self.clauses.is_negated(attitude.word):
            unreal -= _ABLE  # "cannot support the cull"
        return not self._is_conditional(clause) and not self._has(clause, unreal)

    def is_before(self, attitude: Attitude) -> bool:
        """Whether a relative clause tells it as over before the rest of the sentence: "who had backed them"."""
        clause = self._clause(attitude.word)
        return self.clauses.relation(clause) == "acl" and self._has(clause, ("had",))

    def held(self, attitude: Attitude) -> Held:
        """When it was held, as far as the words tell."""
        clause = self._clause(attitude.word)
        if attitude.shift:
            return Held()
        if not attitude.judgement and (self._has_ended(clause, attitude.word) or self.is_before(attitude)):
            return Held(end=self._report_day(), note="was")
        time = self._time_of(attitude.word)
        if time is None or time.date is None:
            return Held()
        if self._is_since(time.span):
            return Held(start=time.date.earliest)
        if self._is_long_past(clause, time.date):
            return Held(start=time.date.earliest, end=time.date.latest, note="was")
        return Held()

    def _clause(self, word: int) -> int:
        """The word that carries the auxiliaries of a word's clause: itself, or the noun or verb it belongs to."""
        syntax = self.clauses.syntax
        if syntax.tag(word) in ("VERB", "ADJ") and self.clauses.relation(word) != "acl":
            return word
        head = self.clauses.head(word)
        if self.clauses.relation(word) in ("obj", "acl", "nsubj", "case") and not self.clauses.children(
            word, "cop", "aux"
        ):
            return head
        return word

    def _auxiliaries(self, clause: int) -> list[str]:
        found = self.clauses.children(clause, "aux", "cop")
        return [self.clauses.syntax.folded(word) for word in found]

    def _has(self, clause: int, words: frozenset[str] | tuple[str, ...]) -> bool:
        return any(word in words for word in self._auxiliaries(clause))

    def _is_asked(self, word: int) -> bool:
        end = self.clauses.ends[word]
        last = [self.clauses.syntax.form(w) for w in range(max(word, end - 2), end)]
        return "?" in last

    def _is_conditional(self, clause: int) -> bool:
        marks = self.clauses.children(clause, "mark")
        return any(self.clauses.syntax.folded(mark) in words_of("modality conditions") for mark in marks)

    def _has_ended(self, clause: int, word: int) -> bool:
        syntax = self.clauses.syntax
        near = [w for c in {clause, word} for w in self.clauses.children(c, "advmod")]
        if any(syntax.folded(w) in words_of("time ended") for w in near):
            return True
        auxiliaries = self._auxiliaries(clause)
        if auxiliaries[:2] == ["had", "been"] and not syntax.is_passive(clause):
            return True
        governor = self.clauses.head(clause)
        return self.clauses.relation(clause) == "xcomp" and syntax.folded(governor) == "used"

    def _report_day(self) -> str | None:
        return self.written.earliest if self.written is not None else None

    def _time_of(self, word: int) -> Time | None:
        """The nearest dated time within the clause."""
        syntax = self.clauses.syntax
        here = syntax.span(word)
        near = Span(max(0, here.start - 200), here.end + 200)
        ranked = []
        for span, time in self.dated.touching(near):
            steps = syntax.steps_between(word, span)
            if steps is not None and steps <= 3:
                ranked.append((steps, abs(span.start - here.start), span.start, time))
        return min(ranked, key=lambda one: one[:3])[3] if ranked else None

    def _is_since(self, span: Span) -> bool:
        inside = self.clauses.syntax.words_in(span)
        return bool(inside) and inside[0] > 0 and self.clauses.syntax.folded(inside[0] - 1) == "since"

    def _is_long_past(self, clause: int, told: Date) -> bool:
        """Whether a lasting attitude stands in the past tense, with a date well before the report's."""
        syntax, day = self.clauses.syntax, self._report_day()
        if day is None or told.latest is None:
            return False
        base = lemma(syntax.form(clause), syntax.tag(clause))
        is_past = syntax.folded(clause).endswith("ed") or bool({"was", "were", "did"} & set(self._auxiliaries(clause)))
        lasting = base in words_of("time stative") or syntax.tag(clause) != "VERB"
        return lasting and is_past and date.fromisoformat(told.latest) < date.fromisoformat(day) - _LONG_AGO
