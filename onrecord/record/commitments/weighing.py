"""Which tellings are worth a line: what speaks for and against each, weighed by one table.

General news is full of "will". Kept is what somebody can be held to: a deed, somebody to do it, and words that bind or
a day by which.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.dates import Date
from onrecord.lemmas import event_lemma
from onrecord.record.commitments.bound import behind_cue
from onrecord.record.commitments.deadlines import to_come
from onrecord.record.commitments.guesses import is_promised, self_told
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.telling import Telling, is_acted, quantity_of
from onrecord.record.commitments.timed import is_put_off, time_given

_OBJECTS = frozenset(("obj",))
_PERSONS = frozenset("he she i who".split())
_OLD = 400
_FEW_DAYS = 7
_COMING = frozenset(("will", "'ll", "’ll", "would", "'d", "’d", "shall"))


def _explicit(telling: Telling) -> bool:
    if telling.reading.form(telling.signal.first) == "going":
        return False
    return telling.signal.kind != "modal" or telling.strength in ("agreed", "pledged") or telling.under


def _is_binding(telling: Telling) -> bool:
    """Whether somebody is ordered to, and not only asked."""
    reading, verb = telling.reading, telling.signal.governed
    if reading.lemma(verb) not in lexicon().binding or not telling.parties:
        return False
    orders = reading.syntax.own_subject(verb)
    return orders is not None and reading.lemma(orders) in lexicon().rulers


def _is_own_refusal(telling: Telling) -> bool:
    """As in "We won't raise taxes"."""
    denied = telling.signal.kind == "modal" and telling.signal.group.negated
    return denied and telling.deed is not None and self_told(telling)


def _is_ultimatum(telling: Telling) -> bool:
    """As in "threatened to leave the talks if the raids go on"."""
    return telling.reading.lemma(telling.signal.governed) == "threaten" and telling.condition is not None


def _is_time_given(telling: Telling) -> bool:
    """As in "will have two weeks to form a cabinet": what the time is for is a telling of its own."""
    reading, core = telling.reading, telling.core
    return telling.signal.kind != "deadline" and any(time_given(reading, reading.syntax.sentence(core), core))


def _is_weak(telling: Telling) -> bool:
    reading, word = telling.reading, telling.signal.governed
    return bool({reading.lemma(word), reading.form(word)} & lexicon().weak)


def _idle(telling: Telling) -> bool:
    """Whether the verb says no deed, by itself or with the words behind it."""
    reading, verb = telling.reading, telling.core
    if not (reading.is_verb(verb) or telling.signal.kind == "modal"):
        return False
    base = reading.lemma(verb, "VERB")
    if base not in lexicon().idle or telling.is_given or (telling.deed == "stay" and telling.terms.told):
        return False
    passive = telling.signal.group.passive
    if base == "give" and _is_handed(reading, verb):
        return False  # "would give her prize money to the hospital"
    if passive and (base == "hold" or reading.form(verb) in lexicon().done_states):
        return False
    light = passive and base in lexicon().light
    if (base in ("have", "get") or light) and telling.deed is not None:
        return False  # "have 50 homes ready", "the transfers will be made"
    if light and _is_act(reading, telling.signal.bound):
        return False  # "a decision will be made"
    if reading.deed(verb, "VERB") != lexicon().deed(base, "VERB"):
        return False  # with its particle it is a deed: "set up", "called off"
    behind = [reading.lemma(w) for w in range(verb + 1, min(verb + 6, len(reading.syntax.words)))]
    behind += [reading.form(w) for w in range(verb + 1, min(verb + 3, len(reading.syntax.words)))]
    near = set(behind)
    return not any(phrase[0] == base and set(phrase[1:]) <= near for phrase in lexicon().done_phrases)


def _is_handed(reading: Reading, verb: int) -> bool:
    """Whether a thing is given to somebody: object and recipient are told."""
    thing = reading.syntax.child(verb, _OBJECTS)
    case = thing is not None and any(
        reading.form(reading.syntax.subtree(c)[0]) == "to" for c in reading.syntax.children[verb] if c > thing
    )
    return bool(case)


def _is_act(reading: Reading, noun: int | None) -> bool:
    """Whether the noun is one of a verb: a decision, an appointment."""
    if noun is None or reading.tag(noun) != "NOUN":
        return False
    base = reading.lemma(noun)
    return event_lemma(base, "NOUN") != base


def _long_past(telling: Telling) -> bool:
    """Whether it was agreed over a year before the report."""
    reading = telling.reading
    if reading.date is None or reading.date.earliest is None:
        return False
    opening = reading.syntax.span(telling.sentence[0], min(telling.sentence[0] + 4, telling.sentence[-1]))
    spans = [opening]
    if telling.signal.governed < telling.signal.deed:
        spans.append(reading.syntax.span(telling.signal.governed, telling.signal.deed))
    touching = [time for span in spans for _, time in reading.times.touching(span)]
    ends = [time.date.latest for time in touching if time.date and time.date.latest]
    limit = (date.fromisoformat(reading.date.earliest) - timedelta(days=_OLD)).isoformat()
    return any(end < limit for end in ends)


def _over(telling: Telling) -> bool:
    """Whether the last day told was over long before the report."""
    reading, told = telling.reading, telling.terms.told
    if reading.date is None or reading.date.earliest is None or not told:
        return False
    limit = (date.fromisoformat(reading.date.earliest) - timedelta(days=_OLD)).isoformat()
    return all(term.date.latest is not None and term.date.latest < limit for term in told)


def _mere_plan(telling: Telling) -> bool:
    """Whether it is a plan without a day, to do what is no deed that is known: people plan much."""
    known = telling.deed is not None and not _common(telling)
    return telling.strength == "planned" and not known and not _dated(telling) and not _is_of_body(telling)


def _is_of_body(telling: Telling) -> bool:
    """Whether a body plans it, and what it is done to is told: "the ministry plans to fit cameras"."""
    reading, bound = telling.reading, telling.signal.bound
    told = telling.signal.kind == "undertaking" and reading.syntax.child(telling.core, _OBJECTS) is not None
    return told and bound is not None and reading.lemma(bound) in lexicon().institutions


def _common(telling: Telling) -> bool:
    """Whether the deed is one that is said of too much to speak for a commitment."""
    handed = telling.deed == "give" and _is_handed(telling.reading, telling.core)
    return telling.deed in lexicon().common and telling.event is None and not handed


def _dated(telling: Telling) -> bool:
    """Whether a day is told that is still to come, or by which it was to be done."""
    told = telling.terms.told
    return any(term.kind == "due" or to_come(telling.reading, term.date) for term in told)


def _on_the_day(telling: Telling) -> bool:
    """Whether it is only what happens on the day of the report: "will speak today"."""
    due, day = telling.terms.due, telling.reading.date
    if telling.signal.kind != "modal" or due is None or day is None or due.kind != "day":
        return False
    return due.date.latest is not None and due.date.latest == day.latest


def _would(telling: Telling) -> bool:
    """As in "would", where nobody is quoted who could have said "will"."""
    form = telling.reading.form(telling.signal.first)
    return form in ("could", "might") or (form == "would" and telling.statement.source.basis == "report")


def _would_be(telling: Telling) -> bool:
    """As in "would" within a quotation: not a promise retold, but what would be."""
    return telling.reading.form(telling.signal.first) == "would" and telling.statement.directness == "direct"


def _private(telling: Telling) -> bool:
    """Whether a single person made up their mind, and no day is told: people decide to move to England."""
    bound = telling.signal.bound
    if not _is_weak(telling) or telling.terms.told or bound is None:
        return False
    reading = telling.reading
    return reading.form(bound) in _PERSONS or reading.tag(bound) == "PROPN"


def _once_planned(telling: Telling) -> bool:
    """Whether a plan is told as past, by nobody who has it, and with no day to come."""
    reading, word = telling.reading, telling.signal.governed
    if telling.signal.kind != "undertaking" or telling.strength != "planned" or _dated(telling):
        return False
    bound = telling.signal.bound
    if bound is not None and behind_cue(reading, bound, telling.statement):
        return False
    if any(reading.form(w) in ("have", "has", "'ve", "’ve") for w in range(max(0, word - 3), word)):
        return False
    return reading.form(word) != reading.lemma(word) and not reading.form(word).endswith(("ing", "s"))


def _was_to(telling: Telling) -> bool:
    """Whether it is told of the past what was to come then."""
    if telling.signal.kind != "state" or telling.terms.told:
        return False
    first = telling.signal.first
    return any(telling.reading.form(w) in ("was", "were", "had") for w in range(max(0, first - 3), first + 1))


def _headed_by_condition(telling: Telling) -> bool:
    """Whether the condition comes first: "if that means more work, we will do it" is a manner of speaking."""
    condition = telling.condition
    told = _explicit(telling) or self_told(telling)
    return condition is not None and not told and condition.start < _start(telling)


def _start(telling: Telling) -> int:
    return telling.reading.syntax.span(telling.signal.deed).start


def _must(telling: Telling) -> bool:
    """As in "must", where no day is set: an opinion."""
    due = telling.terms.due
    is_set = due is not None and (is_acted(telling) or due.kind == "due")
    if telling.strength == "agreed" or _is_ruled(telling):
        return False  # "under the settlement, the paper must print an apology"
    return telling.reading.form(telling.signal.first) in ("must", "has", "have") and not is_set


def _is_ruled(telling: Telling) -> bool:
    """Whether who says "must" rules so: a court, an office."""
    cue = telling.reading.cue_of(telling.statement)
    return cue is not None and telling.reading.lemma(cue, "VERB") in lexicon().rulings


def _refusal_of_another(telling: Telling) -> bool:
    refused = telling.signal.kind == "modal" and telling.signal.group.negated
    return refused and not self_told(telling) and not is_promised(telling)


def _told_by_another(telling: Telling) -> bool:
    """Whether somebody quoted says of another what that one will do."""
    if _explicit(telling) or telling.statement.directness == "indirect" or telling.statement.source.basis == "report":
        return False
    return not self_told(telling)


def _is_vaguely_spoken(telling: Telling) -> bool:
    """Whether somebody only says what a thing will be, and no day is told: "the relations will remain strong"."""
    if not telling.spoken:
        return False
    day = telling.reading.date.latest if telling.reading.date is not None else None
    told = telling.terms.told
    return not any(term.kind != "day" or (day and (term.date.earliest or "") > day) for term in told)


def _is_set(telling: Telling) -> bool:
    """Whether it is told of a day to come that it will be then: "the findings will be published by May 12"."""
    reading, first, due = telling.reading, telling.reading.form(telling.signal.first), telling.terms.due
    futurate = telling.signal.first == telling.signal.deed
    if telling.signal.kind == "modal" and ((first not in _COMING and not futurate) or _would_be(telling)):
        return False
    if telling.signal.kind not in ("modal", "state") or not _may_be_seen_to(telling):
        return False
    if telling.signal.group.negated:
        return telling.terms.not_before is not None and _is_after(reading, telling.terms.not_before.date)
    if due is None:
        start = telling.terms.not_before
        return start is not None and _is_after(reading, start.date) and _is_near(start.date) and bool(telling.parties)
    return to_come(reading, due.date) if due.kind == "due" else _is_after(reading, due.date) and _is_near(due.date)


def _may_be_seen_to(telling: Telling) -> bool:
    """Whether somebody can see to it: who acts, or whoever does what a passive says; a storm reaches whom it will."""
    bound = telling.signal.bound
    named = bound is not None and telling.reading.tag(bound) == "PROPN"
    known = bool(telling.parties) or telling.deed is not None
    return named or known or is_acted(telling) or telling.signal.group.passive


def _is_near(told: Date) -> bool:
    """Whether the date is of a few days: "in 2006" and "in December" set nothing that somebody is held to."""
    if told.earliest is None or told.latest is None:
        return False
    return (date.fromisoformat(told.latest) - date.fromisoformat(told.earliest)).days <= _FEW_DAYS


def _is_put_off_to_a_day(telling: Telling) -> bool:
    """As in "has put off its report to May 5", where the report is the deed."""
    return telling.terms.due is not None and is_put_off(telling.reading, telling.signal)


def _is_after(reading: Reading, told: Date) -> bool:
    """Whether the date begins behind the last day on which the report may have been written."""
    day = reading.date.latest if reading.date is not None else None
    return day is not None and told.earliest is not None and told.earliest > day


def _is_answered(telling: Telling) -> bool:
    """Whether somebody who can see to it says what is to be by a firm day, though no deed is named."""
    due = telling.terms.due
    return due is not None and due.kind == "due" and bool(telling.parties) and self_told(telling)


_FEATURES: tuple[tuple[Callable[[Telling], bool], float], ...] = (
    (_explicit, 2.0),
    (_is_weak, -1.5),
    (_dated, 2.0),
    (lambda telling: telling.signal.kind == "deadline" and not telling.terms.told, -2.0),
    (_on_the_day, -1.0),
    (lambda telling: telling.deed is not None and not _common(telling), 1.5),
    (lambda telling: telling.deed is not None and _common(telling), 0.5),
    (lambda telling: bool(telling.parties) and not _is_vaguely_spoken(telling), 0.75),
    (is_acted, 0.75),
    (lambda telling: not is_acted(telling) and not telling.terms.told, -1.0),
    (lambda telling: self_told(telling) and not _is_vaguely_spoken(telling), 0.75),
    (lambda telling: quantity_of(telling) is not None, 0.75),
    (lambda telling: telling.strength == "possible", -1.0),
    (lambda telling: telling.strength == "requested" and not telling.terms.told and not _is_binding(telling), -2.0),
    (_would, -1.0),
    (_mere_plan, -0.75),
    (lambda telling: telling.signal.kind == "undertaking" and not is_acted(telling), -2.0),
    (_would_be, -2.0),
    (lambda telling: telling.condition is not None and not _explicit(telling), -0.5),
    (lambda telling: telling.condition is not None and not _explicit(telling) and not self_told(telling), -1.5),
    (_private, -1.5),
    (_once_planned, -1.5),
    (_was_to, -3.0),
    (lambda telling: telling.is_rest and _dated(telling), 1.0),
    (_must, -3.0),
    (lambda telling: telling.strength == "possible" and not telling.terms.told, -1.5),
    (lambda telling: telling.reading.form(telling.signal.first) == "shall", -1.0),
    (_headed_by_condition, -1.0),
    (lambda telling: telling.signal.group.guessed and not telling.terms.told, -2.0),
    (_is_set, 2.5),
    (_is_put_off_to_a_day, 1.5),
    (lambda telling: _idle(telling) and not _is_answered(telling) and not _is_set(telling), -3.0),
    (lambda telling: _idle(telling) and _explicit(telling), 2.0),
    (is_promised, 3.0),
    (_is_ultimatum, 2.5),
    (_is_time_given, -5.0),
    (_is_own_refusal, 1.0),
    (_refusal_of_another, -1.5),
    (_told_by_another, -0.75),
    (_long_past, -3.0),
    (_over, -3.0),
)
"""What is asked of a telling, and what it weighs. A line needs three."""


def weight_of(telling: Telling) -> float:
    """How much speaks for the telling; a line needs three."""
    return sum(weight for feature, weight in _FEATURES if feature(telling))
