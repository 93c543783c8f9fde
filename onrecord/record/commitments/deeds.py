"""What a telling says is done, as it is compared with what others say: the verb, the thing, the parties, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.dates import Date
from onrecord.model import Commitment, Quantity
from onrecord.record.commitments.kin import ONLY_DESCRIBED, called, with_kin
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import counted_noun, nouns_in, object_of
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.telling import Telling


@dataclass(frozen=True, slots=True)
class Deed:
    """What a telling says is done, for comparing: the group of the verb, what it is done to, and by whom.

    `named` are those whom the words name beside the parties, `times` the other times they tell; `moved` says that they
    tell of another time than before; `bare` is the noun where that stands alone, as known ("the recount"); `deadline`
    says that they tell the deadline of a deed, which may be known by other words ("has until May 1 to move in");
    `definite` that they tell it of one thing as known ("the list"); `spoken` that the party only says what is to be
    done, as others may too ("the bridge will reopen, the ministry said"); `numbers` are all that they tell, with the
    counted; `start` the day on which it is to begin; `put_off` that they only tell another day for it;
    `rest` that it is what is left of more ("the other 30 will follow").
    """

    verb: str
    head: str | None
    nouns: frozenset[str]
    parties: frozenset[str]
    places: frozenset[str]
    quantity: Quantity | None = None
    due: Date | None = None
    negated: bool = False
    named: frozenset[str] = frozenset()
    times: tuple[Date, ...] = ()
    moved: bool = False
    bare: str | None = None
    deadline: bool = False
    report: str = ""
    definite: bool = False
    spoken: bool = False
    numbers: frozenset[tuple[float, str]] = frozenset()
    rest: bool = False
    start: Date | None = None
    put_off: bool = False


def deed_of(telling: Telling, commitment: Commitment, kin: Mapping[str, frozenset[str]], moved: bool = False) -> Deed:
    """The deed of a commitment; `moved`: whether it is told of another time than before."""
    reading, core = telling.reading, telling.core
    tag = "VERB" if reading.is_verb(core) or telling.signal.kind == "modal" else reading.tag(core)
    parties = with_kin(commitment.parties, kin)
    return Deed(
        verb=telling.deed or reading.lemma(core, tag),
        head=head_of(
            reading,
            core if telling.event is None else telling.event,
            telling.signal.bound if _is_theme(telling) else None,
        ),
        nouns=nouns_in(reading, commitment.action) - {reading.lemma(core)},
        parties=parties or _only_described(telling),
        places=frozenset(commitment.places),
        quantity=commitment.quantity,
        due=commitment.due,
        start=commitment.not_before,
        negated=telling.signal.group.negated,
        bare=reading.lemma(telling.event) if telling.event is not None else None,
        moved=moved or telling.is_now,
        deadline=telling.signal.kind == "deadline",
        report=reading.report.id,
        spoken=telling.spoken,
    )


def head_of(reading: Reading, core: int, theme: int | None) -> str | None:
    """The lemma of what the deed is done to."""
    if reading.tag(core) == "NOUN":
        inner = [w for w in reading.syntax.children[core] if reading.syntax.words.relation[w] == "nmod" and w > core]
        base = reading.lemma(inner[0] if inner else core)
        return None if base == lexicon().deed(base, "NOUN") else reading.kind(inner[0] if inner else core)
    if (done_to := thing_done_to(reading, core)) is not None:
        return done_to
    head = theme if theme is not None else object_of(reading, core)
    if head is None or reading.tag(head) not in ("NOUN", "PROPN"):
        head = _behind_of(reading, core) if theme is None else None
    if head is None:
        return None
    return reading.kind(head)


def thing_done_to(reading: Reading, verb: int) -> str | None:
    """The noun, as compared, of a deed that a verb says only of some things; who goes to law goes to a court."""
    done_to = reading.done_to(verb)
    if done_to is None:
        return None
    return "court" if done_to[0] == "appeal" else reading.kind(done_to[1])


def _behind_of(reading: Reading, core: int) -> int | None:
    """The noun of "hand over the first of its jets": what the one is one of."""
    for word in range(core + 1, min(core + 8, len(reading.syntax.words) - 1)):
        if reading.form(word) == "of" and reading.form(word - 1) in ("first", "last", "one", "some", "all"):
            return counted_noun(reading, word + 1)
    return None


def _only_described(telling: Telling) -> frozenset[str]:
    """By which words whoever has a deadline is known, where no actor is known by them."""
    reading, bound = telling.reading, telling.signal.bound
    if telling.signal.kind != "deadline" or bound is None or reading.tag(bound) != "NOUN":
        return frozenset()
    return frozenset({called(reading.lemma(bound)), ONLY_DESCRIBED}) if reading.is_agent(bound) else frozenset()


def _is_theme(telling: Telling) -> bool:
    """Whether the deed is done to its subject: "the base will be closed", "the mission will end"."""
    bound = telling.signal.bound
    if bound is None or telling.signal.kind not in ("modal", "state", "scheduled"):
        return False
    passive, reading = telling.signal.group.passive, telling.reading
    return passive or (object_of(reading, telling.core) is None and not reading.actors_of(bound))
