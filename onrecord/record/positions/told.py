"""The attitudes of one report, with their holders, what they are towards, and the statements that tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.furniture import furniture_in
from onrecord.model import Annotations, Record, Statement
from onrecord.record.cast import cast_of
from onrecord.record.parties import Parties
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.attitudes import find_attitudes
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.evidence import evidence_of
from onrecord.record.positions.groups import Groups
from onrecord.record.positions.held import Held, Holding
from onrecord.record.positions.holders import Holder, Holders
from onrecord.record.positions.lexicon import measures, somebodies, words_of
from onrecord.record.positions.names import Names
from onrecord.record.positions.propositions import Proposition, Propositions
from onrecord.record.positions.taking_up import TakingUp
from onrecord.record.positions.turns import Turns
from onrecord.record.positions.voices import Voices
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_MEANT = 40
_NOT_HELD = frozenset(("question", "denial", "refusal-to-comment"))


@dataclass(frozen=True, slots=True)
class Told:
    """One attitude as a report tells it. `proposition` is None for a bare stance, whose issue was named before."""

    report: str
    trigger: Span
    statement: Statement
    evidence: tuple[Span, ...]
    holders: tuple[Holder, ...]
    proposition: Proposition | None
    sign: int
    held: Held
    shift: bool
    before: bool = False
    """Whether its relative clause tells it as over before the rest of the sentence."""
    then: bool = False
    """Whether a relative clause tells it as said before: "who told the radio in May that she was against a ban"."""
    now: bool = False
    """Whether it is told as held "now"."""


def told_in(record: Record, annotations: Annotations, known: Mapping[str, str]) -> Iterator[Told]:
    """The attitudes that one report tells of actors of the record, in order.

    Args:
        known: the name of each actor and place by its id.
    """
    reading = _Reading(record, annotations, known)
    furniture = furniture_in(annotations.report.text, annotations.sentences)
    for attitude in find_attitudes(reading.clauses):
        told = None if furniture.holds(reading.clauses.syntax.span(attitude.word)) else reading.told(attitude)
        yield from reading.disputed()
        if told is not None:
            yield told


class _Reading:
    def __init__(self, record: Record, annotations: Annotations, known: Mapping[str, str]) -> None:
        syntax = Syntax(annotations.report.text, annotations.words)
        self.report = annotations.report.id
        self._known = known
        self._acted: dict[str, Proposition] = {}
        self._concepts: set[str] = set()
        self._waiting: dict[Span, Attitude] = {}
        self._disputed: list[Attitude] = []
        cast = cast_of(record)
        self._persons, self._roles = cast.persons, cast.described
        self.clauses = Clauses(syntax)
        self.names = Names(record, annotations, syntax, known)
        self.propositions = Propositions(self.clauses, self.names)
        self._taking_up = TakingUp(self.clauses, self.propositions)
        self._turns = Turns(self.clauses)
        groups = Groups(record, annotations, self.clauses, self.names)
        parties = Parties(record, annotations, syntax)
        self.holders = Holders(self.clauses, parties, cast.states, groups, cast.persons)
        self._voices = Voices(self.clauses, parties, cast.persons | cast.described)
        dated = record.dates.get(self.report)
        times = Located((time.span, time) for time in annotations.times if time.date and time.date.earliest)
        self.holding = Holding(self.clauses, times, dated.date if dated else None)
        self._contents = Located((span, one) for one in annotations.statements for span in one.content)
        self._cues = Located((one.cue, one) for one in annotations.statements if one.cue is not None)

    def disputed(self) -> Iterator[Told]:
        """The attitudes that were not enough by themselves, as soon as another is towards what they are towards."""
        waiting, self._disputed = self._disputed, []
        yield from (told for attitude in waiting if (told := self.told(attitude)) is not None)

    def told(self, attitude: Attitude) -> Told | None:
        trigger = self.clauses.syntax.span(attitude.word)
        inner = self._innermost(trigger)
        statement = self._cued(trigger) or inner
        if statement is None or (inner and inner.attitude in _NOT_HELD) or not self._is_held(attitude, statement):
            return None
        proposition = self._proposition(attitude)
        if not self.holding.is_real(attitude):
            return None
        if proposition is None and attitude.complement is not None:
            return None
        holders = self._holders(attitude, inner)
        proposition = self._without_own_name(proposition, holders)
        holders = tuple(one for one in holders if self._may_hold(one, attitude, proposition))
        if not holders:
            return None
        self._note(attitude, proposition)
        return Told(
            report=self.report,
            trigger=trigger,
            statement=statement,
            evidence=evidence_of(self.clauses, attitude, proposition, holders),
            holders=holders,
            proposition=proposition,
            sign=attitude.sign,
            held=self.holding.held(attitude),
            before=self.holding.is_before(attitude),
            shift=attitude.shift or self._turns.is_called_a_turn(attitude.word),
            then=self._turns.is_said_then(attitude.word),
            now=self._turns.is_now(attitude.word),
        )

    def _is_held(self, attitude: Attitude, statement: Statement) -> bool:
        """Whether it is said as held, not asked or denied."""
        if statement.attitude not in _NOT_HELD or attitude.shift:
            return True
        return self._is_pressing(attitude, statement) or self._is_ruled_out(attitude, statement)

    def _may_hold(self, holder: Holder, attitude: Attitude, proposition: Proposition | None) -> bool:
        if not self._can_hold(holder) or self._is_about(proposition, holder):
            return False
        return self.clauses.base(attitude.word) not in words_of("modality dreads") or not self._looks_on(holder)

    def _note(self, attitude: Attitude, proposition: Proposition | None) -> None:
        """Remembers what was told, for what takes it up."""
        if proposition is not None and proposition.done:
            self._concepts.add(proposition.concept)
        if proposition is not None and not attitude.shift:
            self._taking_up.note(attitude.word, proposition)

    def _proposition(self, attitude: Attitude) -> Proposition | None:
        if attitude.complement is None:
            return None
        found = self.propositions.read(attitude.complement, attitude.mover)
        if attitude.mover is None and self._taking_up.is_taking_up(attitude.complement, found):
            meant = self._taking_up.meant(attitude.complement)
            if meant is not None:
                self._release(meant)
                return replace(meant, known=True)
        found = self._with_meant_object(attitude.complement, found)
        return None if found is None or not self._is_enough(attitude, found) else self._towards(attitude, found)

    def _is_enough(self, attitude: Attitude, found: Proposition) -> bool:
        """Whether it is towards enough; "wants a toll" is a position only once another is against it."""
        fought = self.clauses.base(attitude.word) in ("fight", "battle", "contest")
        if fought and not self._is_decided_on(attitude.complement, found):
            return False
        if not attitude.weak or attitude in self._waiting.values() or self._is_worth_it(attitude, found):
            return True
        if attitude.complement is not None and self._may_be_taken_up(attitude, attitude.complement):
            self._taking_up.note(attitude.word, found)
            self._waiting[found.phrase] = attitude
        return False

    def _is_decided_on(self, fought: int | None, found: Proposition) -> bool:
        """Whether what is fought is something that can be decided on: a plan, and no fire or gun battle."""
        named = {found.concept, self.clauses.base(fought) if fought is not None else ""}
        return found.nominal and not named & words_of("propositions fought")

    def _release(self, meant: Proposition) -> None:
        """Another is for or against it: so is, then, who was the first to tell of it."""
        if meant.phrase in self._waiting:
            self._disputed.append(self._waiting[meant.phrase])

    def _towards(self, attitude: Attitude, found: Proposition) -> Proposition | None:
        """The proposition as the attitude is towards it; None where it cannot be."""
        if attitude.weak and self._is_plainly_told(attitude, found):
            found = replace(found, known=True)
        if found.own and attitude.sign > 0 and not found.known:
            return None
        trigger = self.clauses.syntax.span(attitude.word)
        if found.phrase.contains(trigger) and attitude.word < (attitude.complement or 0):
            # The clause hangs on its own object: "which had rejected [inspectors]".
            found = replace(found, phrase=Span(self.clauses.syntax.span(attitude.word + 1).start, found.phrase.end))
        if attitude.word == attitude.complement and not attitude.judgement:
            found = replace(found, phrase=Span(trigger.start, found.phrase.end), sign=-found.sign)  # the "not" is told
        if attitude.shift and attitude.person and found.somebody and not found.names:
            # Those who were rejected and now are accepted stand for their coming: "monitors", "inspectors".
            found = replace(found, somebody=False, done=True)
        if found.somebody and not self._may_be_towards_somebody(attitude, found):
            return None
        firm = not attitude.weak and not attitude.judgement and bool(found.nouns)
        return self._taken_up(replace(found, firm=True) if firm else found)

    def _may_be_taken_up(self, attitude: Attitude, complement: int) -> bool:
        """Whether others may be for or against it yet: "wants *a toll*", "says the wolf *should lose* its status"."""
        ought = attitude.judgement and attitude.word == complement and self.clauses.syntax.tag(complement) == "VERB"
        return ought or self._is_indefinite(complement)

    def _is_indefinite(self, noun: int) -> bool:
        articles = {self.clauses.syntax.folded(child) for child in self.clauses.children(noun, "det")}
        return self.clauses.is_nominal(noun) and bool({"a", "an"} & articles)

    def _with_meant_object(self, verb: int, found: Proposition | None) -> Proposition | None:
        """The proposition with the noun that its "it" means: "wanted the dam gone, now favours rebuilding *it*"."""
        syntax = self.clauses.syntax
        objects = [c for c in self.clauses.children(verb, "obj") if syntax.folded(c) in ("it", "them")]
        if found is None or found.nouns or found.names or not objects:
            return found
        for word in range(verb - 1, max(-1, verb - _MEANT), -1):
            if syntax.words.sentence[word] < syntax.words.sentence[verb] - 1:
                return found
            if syntax.tag(word) == "NOUN" and self.clauses.relation(word) in ("obj", "nsubj"):
                if not self._is_somebody(word):
                    return replace(found, nouns=frozenset((self.clauses.event(word),)))
        return found

    def _taken_up(self, found: Proposition) -> Proposition:
        """A deed without its thing ("the ban") as the one that the report last told in full."""
        if found.action is None:
            return found
        if found.bare:
            before = self._acted.get(found.action)
            return found if before is None else found.meaning(before)
        self._acted[found.action] = found
        return found

    def _may_be_towards_somebody(self, attitude: Attitude, found: Proposition) -> bool:
        """Whether the word takes persons; not to back somebody is not yet to oppose them."""
        if self.clauses.is_negated(attitude.word) and attitude.word != attitude.complement:
            return False
        return attitude.person or found.known

    def _is_worth_it(self, attitude: Attitude, found: Proposition) -> bool:
        """Whether a weak word is towards enough to be a position."""
        is_told = not attitude.judgement or found.concept in self._concepts
        if found.own and not (found.known and attitude.sign < 0):
            return False  # but "turned down calls for his resignation"
        told = (
            found.known or (found.done and is_told) or found.concept in measures() or self._is_planned(attitude, found)
        )
        return told or self._is_plainly_told(attitude, found)

    def _is_planned(self, attitude: Attitude, found: Proposition) -> bool:
        """Whether it is towards a plan or decision of which it is told for what: "plans for a mosque"."""
        head = attitude.complement
        if head is None or attitude.judgement or not found.nominal or found.somebody or found.pointing:
            return False
        leads = self.clauses.base(head) in words_of("propositions transparent")
        return (
            leads and found.concept != self.clauses.event(head) and found.concept not in words_of("propositions dull")
        )

    def _is_plainly_told(self, attitude: Attitude, found: Proposition) -> bool:
        """As in "rejected a curfew for teenagers", "wants the state to take over the railways"."""
        if attitude.judgement or self.clauses.base(attitude.word) not in words_of("propositions plainly"):
            return False
        if not found.nominal:
            asked = attitude.mover is not None or self.clauses.base(attitude.word) == "appeal"
            return asked and bool(found.nouns or found.names)
        plain = found.concept not in words_of("propositions generic")
        denied = attitude.sign < 0 and not found.somebody and not found.pointing
        return denied and plain and bool(found.nouns or found.names)

    def _holders(self, attitude: Attitude, inner: Statement | None) -> tuple[Holder, ...]:
        if attitude.judgement or attitude.agent is None:
            return self.holders.of_statement(inner)
        found = self.holders.of_agent(attitude.agent, inner) or self._right_before(attitude, inner)
        own = words_of("agents own_voice") | {"it"}
        if found or self.clauses.syntax.folded(attitude.agent) not in own:
            return found
        if found or self.clauses.syntax.folded(attitude.agent) == "it":
            return found or self._voices.of_body_before(attitude.agent)
        around = sorted((len(span), one.id, one) for span, one in self._contents.touching(self._at(attitude.agent)))
        spoken = (self.holders.of_statement(one) for _, _, one in around)
        return next((holders for holders in spoken if holders), ()) or self._voices.of_label(attitude.agent)

    def _right_before(self, attitude: Attitude, inner: Statement | None) -> tuple[Holder, ...]:
        """Who is named right before the verb, where a wrong tree makes another word its subject."""
        syntax, at = self.clauses.syntax, attitude.word - 1
        while at > 0 and syntax.tag(at) in ("AUX", "ADV"):
            at -= 1
        if syntax.tag(attitude.word) != "VERB" or at < 1 or syntax.tag(at) != "PROPN":
            return ()
        if self.clauses.ends[at] != self.clauses.ends[attitude.word]:
            return ()
        found = self.holders.of_agent(at, inner)
        while not found and at > 0 and syntax.tag(at - 1) == "PROPN":
            at -= 1
            found = self.holders.of_agent(at, inner)
        return found

    def _at(self, word: int) -> Span:
        return self.clauses.syntax.span(word)

    def _can_hold(self, holder: Holder) -> bool:
        name = self._known.get(holder.actor, "")
        if name in words_of("members nobody") or name.partition(" ")[0] in words_of("members unnamed"):
            return False
        return holder.actor not in self._roles or holder.head is None or self._is_no_thing(holder.head)

    def _is_no_thing(self, word: int) -> bool:
        """Whether a noun may be one for people or a body: whoever holds something is taken for somebody."""
        base = self.clauses.base(word)
        thing = base in words_of("members nobody") or base.endswith(tuple(words_of("members abstract")))
        return self._is_somebody(word) or not thing

    def _looks_on(self, holder: Holder) -> bool:
        """Whether it is somebody whose trade is to foresee: an analyst who fears a delay holds nothing against it."""
        return holder.head is not None and self.clauses.base(holder.head) in words_of("modality foreseers")

    def _is_somebody(self, word: int) -> bool:
        """Whether a noun is a name, or a word for people or bodies."""
        if self.clauses.syntax.tag(word) in ("PROPN", "PRON") or self.clauses.syntax.form(word)[0].isupper():
            return True
        return self.clauses.base(word).rpartition("-")[2] in somebodies()

    def _is_about(self, found: Proposition | None, holder: Holder) -> bool:
        """Whether it is about whoever holds it ("he criticized Ruiz's record"): mostly "he" is somebody else."""
        if found is None:
            return False
        if holder.actor in self._persons:
            return self._known[holder.actor] in found.names
        syntax = self.clauses.syntax
        if holder.head is None or syntax.tag(holder.head) != "PRON":
            return False
        # "They are afraid of the militia taking the town": "they" are not the militia.
        inside = (
            word for word in range(holder.head + 1, syntax.words_in(found.phrase)[-1]) if syntax.tag(word) == "PROPN"
        )
        return any(holder.actor in self.holders.parties.of_phrase(word) for word in inside)

    def _is_pressing(self, attitude: Attitude, statement: Statement) -> bool:
        """Whether what was taken for a question is a demand: "has been pressing for a recount"."""
        is_cue = statement.cue is not None and statement.cue.contains(self.clauses.syntax.span(attitude.word))
        return (
            statement.attitude == "question" and is_cue and self.clauses.base(attitude.word) in words_of("agents press")
        )

    def _is_ruled_out(self, attitude: Attitude, statement: Statement) -> bool:
        """Whether what was taken for a denial is a thing that is turned down: "ruled out a vote", "repudiated it"."""
        is_cue = statement.cue is not None and statement.cue.contains(self.clauses.syntax.span(attitude.word))
        return statement.attitude == "denial" and is_cue and attitude.sign < 0

    def _without_own_name(self, found: Proposition | None, holders: tuple[Holder, ...]) -> Proposition | None:
        """The proposition without the name of who holds it, where that is but what "him" was taken for.

        Nobody says "him" of who does it: "the minister is against dismissing him" is about somebody else.
        """
        if found is None:
            return None
        own = {self._known.get(one.actor, "") for one in holders} & found.names
        words = {self.clauses.syntax.folded(word) for word in self.clauses.syntax.words_in(found.phrase)}
        spelt = any(part in words for name in own for part in name.split())
        if not own or spelt or not words & {"him", "her", "them"}:
            return found
        return replace(found, names=found.names - own)

    def _innermost(self, span: Span) -> Statement | None:
        """The statement with the shortest content that holds the span."""
        holding = [
            (len(content), one.id, one) for content, one in self._contents.touching(span) if content.contains(span)
        ]
        return min(holding, key=lambda one: one[:2])[2] if holding else None

    def _cued(self, span: Span) -> Statement | None:
        """The statement whose cue the attitude is."""
        found = [(len(cue), one.id, one) for cue, one in self._cues.touching(span) if cue.contains(span)]
        return min(found, key=lambda one: one[:2])[2] if found else None
