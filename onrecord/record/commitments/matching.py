"""Which tellings are of one commitment, within a report and across reports.

Two are one if they say the same deed of the same thing, and nothing speaks against it: other parties, another number.
A date never makes two one by itself, and another date does not part them: a deadline may have moved. Only tellings that
share a deed and a noun are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.model import Actor, Commitment, Quantity
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import VAGUE, counted_noun, nouns_in, object_of
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.telling import Telling

_ENOUGH = 3.0
_DESCRIBED_AS, _ONLY_DESCRIBED = "~", "~?"
"""Before a word that describes a party, and the mark of a party that no name is known of."""
_SAYS_LITTLE = frozenset(
    "the some many several most all two three four five six seven eight nine ten few other others who that which "
    "their its his her our and for from with of office member official spokesman spokeswoman spokesperson people "
    "person group senior top chief former local new".split()
)
_SHORT = 3
_OF_PLACES = ("ish", "ese", "ian", "can", "ean", "ern")
_NO_NAMES = frozenset(
    "united national international royal federal central general public world global north south east west northern "
    "southern eastern western great first free supreme democratic republican liberal labour labor conservative social "
    "socialist christian popular progressive green people people’s workers farmers civil human high state joint saint "
    "grand union senior junior".split()
)
_NO_MORE = 40
_FEW_THINGS = 5
"""So many things, or fewer, are promised too often to tell promises by their number."""
"""Of one deed and one noun, how many earlier tellings one is compared with: the latest."""
_FEW, _MANY, _PAIR, _ALIASES = 5, 4, 2, 6


@dataclass(frozen=True, slots=True)
class Deed:
    """What a telling says is done, for comparing: the group of the verb, what it is done to, and by whom.

    `named` are those whom the words name beside the parties, `times` the other times they tell; `moved` says that they
    tell of another time than before; `bare` is the noun where that stands alone, as known ("the recount"); `deadline`
    says that they tell the deadline of a deed, which may be known by other words ("has until May 1 to move in");
    `definite` that they tell it of one thing as known ("the list"); `spoken` that the party only says what is to be
    done, as others may too ("the bridge will reopen, the ministry said"); `numbers` are all that they tell, with the
    counted; `rest` that it is what is left of more ("the other 30 will follow").
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


def kin_of(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """For each actor the ids and the country under which it meets those it speaks for."""
    known = {actor.id: actor for actor in actors}
    return {actor.id: _kin(actor, known) for actor in known.values()}


def with_kin(parties: Iterable[str], kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The parties and all by which they are known, for comparing."""
    return frozenset(name for party in parties for name in kin.get(party, (party,)))


def _kin(actor: Actor, known: Mapping[str, Actor]) -> frozenset[str]:
    # A description names nobody: that two are one is not known across reports, but their words are.
    names = {actor.id, *(called(name.lower()) for name in (actor.name, *actor.aliases[:_ALIASES]))}
    names |= {called(word) for word in _short_names(actor)}
    if actor.type not in ("person", "organization", "government"):
        is_name = sum(word[:1].isupper() for word in actor.name.split()) >= _PAIR  # "Ostrava Hospital"
        said = {actor.name.lower()} if is_name else _described(actor.name)
        names |= {_DESCRIBED_AS + word for word in said}
        names |= {_ONLY_DESCRIBED} if actor.part_of is None and not is_name else set()
    for _ in range(4):
        if actor.country is not None and actor.type in ("government", "role"):
            names.add(actor.country)
        if actor.part_of is None or actor.part_of not in known or actor.part_of in names:
            break
        actor = known[actor.part_of]
        names.add(actor.id)
    return frozenset(names)


def _short_names(actor: Actor) -> Iterable[str]:
    """By which one word of its name a body may be called: "Halden" of Halden Water."""
    words = actor.name.split()
    if len(words) < _PAIR or actor.type != "organization":
        return
    plain = words[0].lower().strip(".,'’")
    if words[0][:1].isupper() and plain.isalpha() and len(plain) > _SHORT and plain not in _NO_NAMES:
        if not plain.endswith(_OF_PLACES) and lemma(plain, "NOUN") not in lexicon().institutions | lexicon().agents:
            yield plain


def called(name: str) -> str:
    """How a name in lower case stands among parties, where no actor is known by it."""
    return _DESCRIBED_AS + name


def _described(name: str) -> set[str]:
    """The words that say who it is: of "the prosecutor's office" the prosecutor."""
    words = {lemma(word.strip('"“”.,()'), "NOUN") for word in name.replace("’", "'").replace("'s", "").split()}
    return {word for word in words if len(word) > 2 and word not in _SAYS_LITTLE} or {name.lower()}


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
        negated=telling.signal.group.negated,
        bare=reading.lemma(telling.event) if telling.event is not None else None,
        moved=moved,
        deadline=telling.signal.kind == "deadline",
        report=reading.report.id,
        spoken=telling.spoken,
    )


def _only_described(telling: Telling) -> frozenset[str]:
    """By which words whoever has a deadline is known, where no actor is known by them."""
    reading, bound = telling.reading, telling.signal.bound
    if telling.signal.kind != "deadline" or bound is None or reading.tag(bound) != "NOUN":
        return frozenset()
    return frozenset({called(reading.lemma(bound)), _ONLY_DESCRIBED}) if reading.is_agent(bound) else frozenset()


def _is_theme(telling: Telling) -> bool:
    """Whether the deed is done to its subject: "the base will be closed", "the mission will end"."""
    bound = telling.signal.bound
    if bound is None or telling.signal.kind not in ("modal", "state", "scheduled"):
        return False
    return telling.signal.group.passive or object_of(telling.reading, telling.core) is None


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


def alike(one: Deed, other: Deed, common: frozenset[str], whole: bool = True) -> float:
    """How much speaks for the two being one; 0 where something speaks against it.

    Args:
        common: nouns that so many tellings share that they tell little apart ("troops" in the story of a war).
        whole: whether it counts that one names nothing that the other does not.
    """
    if one.negated != other.negated or _at_odds(one, other):
        return 0.0
    if one.verb != other.verb and not _are_kin_deeds(one, other):
        return 0.0
    shared = one.nouns & other.nouns
    same_head = one.head is not None and one.head == other.head and one.head not in VAGUE
    told = one.bare is not None and _tells(one, other.due)
    in_place = (one.head is None or other.head is None) and bool(one.places & other.places)
    near = len(shared) >= _PAIR or in_place or (one.head is None and other.head is None)
    numbered = _same_count(one, other) and are_kin(one.parties, other.parties)
    if not same_head and not near and not told and not numbered:
        return 0.0
    more = len(shared - common - {one.head}) if same_head else len(shared - common)
    telling = same_head and one.head not in common
    features = (
        (same_head, 1.0),
        (told, 2.0),
        (numbered and not same_head, 2.0),
        (telling, 1.0),
        (more >= 1, 1.0),
        (more >= 2, 1.0),
        (len(shared) >= _MANY, 1.0),
        (are_kin(one.parties | one.named, other.parties | other.named), 1.0),
        (bool(one.places & other.places), 1.0),
        (_same_number(one, other), 1.0),
        (_same_day(one.due, other.due) or _tells(one, other.due), 1.0),
        (one.verb in lexicon().finished, 0.5),
        (one.verb == "appoint" and same_head, 0.5),
        (whole and telling and (one.nouns <= other.nouns or other.nouns <= one.nouns), 1.0),
        (one.head is None and other.head is None and are_kin(one.parties, other.parties), 1.0),
        (one.verb in lexicon().recurring and _apart(one.due, other.due) and not (one.moved or other.moved), -2.0),
    )
    return sum(weight for holds, weight in features if holds)


def _are_kin_deeds(one: Deed, other: Deed) -> bool:
    """Whether the same party may do the same of one thing: "deliver the findings", "publish the findings"."""
    kin = lexicon().kin
    if not kin.get(one.verb, frozenset()) & kin.get(other.verb, frozenset()):
        return False
    same = one.head is not None and one.head == other.head and one.due is not None and other.due is not None
    return same and (are_kin(one.parties, other.parties) or _same_number(one, other))


def _at_odds(one: Deed, other: Deed) -> bool:
    told_by = one.spoken or other.spoken
    if one.parties and other.parties and not told_by and not are_kin(one.parties, other.parties):
        # "The company" may be the one that another report names; that it is another one is not told.
        described = [_ONLY_DESCRIBED in parties for parties in (one.parties, other.parties)]
        if all(described) or not any(described):
            return True
    if one.quantity is not None and other.quantity is not None and one.quantity.unit == other.quantity.unit:
        if one.quantity.value != other.quantity.value:
            return True
    return _far_apart(one.due, other.due) and not are_kin(one.parties, other.parties)


def only_described(parties: frozenset[str]) -> bool:
    """Whether no name is known of one of the parties."""
    return _ONLY_DESCRIBED in parties


def are_kin(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets of parties have somebody in common."""
    return bool((ours & theirs) - {_ONLY_DESCRIBED})


def _same_number(one: Deed, other: Deed) -> bool:
    first, second = one.quantity, other.quantity
    return first is not None and second is not None and (first.value, first.unit) == (second.value, second.unit)


def _same_count(one: Deed, other: Deed) -> bool:
    """Whether both tell one number of things, whatever those are called: "60 prisoners", "60 jailed rebels"."""
    first, second = one.quantity, other.quantity
    if first is None or second is None or first.counted is None or second.counted is None:
        return False
    return first.value == second.value and first.value > _FEW_THINGS


def _same_day(one: Date | None, other: Date | None) -> bool:
    """Whether the two may mean one day."""
    if one is None or other is None or not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def _tells(one: Deed, due: Date | None) -> bool:
    """Whether the words tell just the deadline of the other among their times."""
    return due is not None and any(time.value == due.value for time in one.times)


def _apart(one: Date | None, other: Date | None) -> bool:
    """Whether the two are told, and are not one day."""
    return one is not None and other is not None and not _same_day(one, other)


def _far_apart(one: Date | None, other: Date | None) -> bool:
    """Whether over a year lies between: the next election is not the last one."""
    if one is None or other is None or not (one.earliest and other.earliest):
        return False
    first, second = sorted((one.earliest, other.earliest))
    return int(second[:4]) - int(first[:4]) > 1 or (second[:4] > first[:4] and second[4:] > first[4:])


@dataclass(slots=True)
class Groups:
    """The commitments met so far, to be found by what they are about."""

    common: frozenset[str] = frozenset()
    _blocks: dict[tuple[str, str], list[tuple[str, Deed]]] = field(default_factory=dict)
    _by_verb: dict[str, list[tuple[str, Deed]]] = field(default_factory=dict)
    _by_noun: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)
    _by_due: dict[str, list[tuple[str, Deed]]] = field(default_factory=dict)
    _of_noun: dict[str, list[tuple[str, Deed]]] = field(default_factory=dict)
    _of: dict[str, list[Deed]] = field(default_factory=dict)
    _of_number: dict[float, list[tuple[str, Deed]]] = field(default_factory=dict)

    def like(self, deed: Deed, whole: bool = True) -> str | None:
        """The id of the first telling of the commitment most like the deed; None where none is enough like it."""
        best: tuple[float, str] | None = None
        for first, known in self.near(deed):
            score = alike(deed, known, self.common, whole)
            if score >= _ENOUGH and (best is None or score > best[0]):
                best = (score, first)
        if best is not None:
            return best[1]
        return self._otherwise(deed) if whole else self._due(deed) or self._only(deed) or self._of_thing(deed)

    def _otherwise(self, deed: Deed) -> str | None:
        """The one commitment of another report that may be told in other words: its deadline, or its party and day."""
        shared = [pair for noun in sorted(deed.nouns - self.common) for pair in self._of_noun.get(noun, ())[-_NO_MORE:]]
        known = [(first, other) for first, other in shared if _may_be_retold(deed, other)]
        counted = [pair for number in sorted(deed.numbers) for pair in self._of_number.get(number[0], ())[-_NO_MORE:]]
        same = {first for first, other in counted if _may_be_retold(deed, other) and _is_same_count_by(deed, other)}
        firsts = {first for first, other in known if _is_its_deadline(deed, other) or _is_due_alike(deed, other)} | same
        return next(iter(firsts)) if len(firsts) == 1 else None

    def _due(self, deed: Deed) -> str | None:
        """The one commitment whose deadline the words name where they move it, of something it names."""
        if not (deed.moved or deed.bare is not None):
            return None
        told = [pair for time in deed.times for pair in self._by_due.get(time.value, ())]
        firsts = {first for first, known in told if deed.nouns & known.nouns and not _at_odds(deed, known)}
        return next(iter(firsts)) if len(firsts) == 1 else None

    def near(self, deed: Deed) -> list[tuple[str, Deed]]:
        """Those that share the deed and a noun (or that have none), the latest of each."""
        pairs = [pair for key in _keys(deed) for pair in self._blocks.get(key, ())[-_NO_MORE:]]
        return pairs + self._by_verb.get(deed.verb, [])[-_NO_MORE:] if deed.bare is not None and deed.times else pairs

    def may_be(self, first: str, deed: Deed) -> bool:
        """Whether no telling of a commitment speaks against the deed's being of it."""
        told = [known for known in self._of.get(first, ()) if not deed.verb or known.verb == deed.verb]
        return bool(told) and not any(_at_odds(deed, known) for known in told)

    def _only(self, deed: Deed) -> str | None:
        """The one commitment that was told before with the noun that stands here alone, as known: "the recount"."""
        firsts = self._by_noun.get((deed.verb, deed.bare), set()) if deed.bare else set()
        if deed.bare and not firsts:  # "the walkout" of those who "will walk out"
            near = self._by_verb.get(deed.verb, ())[-_NO_MORE:]
            firsts = {f for f, known in near if known.due is not None and are_kin(deed.parties, known.parties)}
        found = next(iter(firsts), None) if len(firsts) == 1 else None
        return found if found is not None and self.may_be(found, deed) else None

    def only_of(self, deed: Deed) -> str | None:
        """The one commitment that whoever keeps or breaks "its word" is known to have, with a day or a number."""
        if not deed.parties:
            return None
        known = ((first, told) for first, deeds in self._of.items() for told in deeds)
        firsts = {
            first
            for first, told in known
            if not told.spoken and are_kin(deed.parties, told.parties) and (told.due is not None or told.numbers)
        }
        return next(iter(firsts)) if len(firsts) == 1 else None

    def _of_thing(self, deed: Deed) -> str | None:
        """The one commitment with a day that is of the same deed and thing, where the story knows no other such."""
        if deed.head is None or not deed.definite or deed.head in self.common | VAGUE:
            return None
        pairs = [pair for pair in self._blocks.get((deed.verb, deed.head), ()) if pair[1].head == deed.head]
        firsts = {first for first, _ in pairs}
        known = any(other.due is not None and not other.negated for _, other in pairs)
        found = next(iter(firsts)) if len(firsts) == 1 and known and len(pairs) <= _NO_MORE else None
        return found if found is not None and self.may_be(found, deed) else None

    def called(self, first: str, deed: Deed) -> None:
        """What is told of a commitment may call it by a noun, by which it is known from then on."""
        if deed.bare is not None:
            self._by_noun.setdefault((deed.verb, deed.bare), set()).add(first)

    def add(self, first: str, deed: Deed) -> None:
        """One more telling of the commitment whose first telling is `first`."""
        for key in _keys(deed):
            self._blocks.setdefault(key, []).append((first, deed))
        self._by_verb.setdefault(deed.verb, []).append((first, deed))
        self._of.setdefault(first, []).append(deed)
        for value, _ in sorted(deed.numbers):
            self._of_number.setdefault(value, []).append((first, deed))
        for noun in deed.nouns:
            self._of_noun.setdefault(noun, []).append((first, deed))
        if deed.due is not None:
            self._by_due.setdefault(deed.due.value, []).append((first, deed))
        self.called(first, deed)


def _may_be_retold(one: Deed, other: Deed) -> bool:
    """Whether nothing speaks against the two being told of one commitment, by two reports and with a day each."""
    if one.report == other.report or one.negated != other.negated or one.due is None or other.due is None:
        return False
    return not _at_odds(one, other)


def _is_its_deadline(one: Deed, other: Deed) -> bool:
    """Whether the first tells the deadline of what the other is to be done, as it was or later."""
    if not one.deadline or one.due is None or other.due is None or not (one.parties and other.parties):
        return False
    return (other.due.earliest or "9999") <= (one.due.earliest or "")


def _is_due_alike(one: Deed, other: Deed) -> bool:
    """Whether the same party is to do it by the same day, and the words name no other thing."""
    if one.due is None or other.due is None or one.due.value != other.due.value:
        return False
    if not are_kin(one.parties, other.parties) or only_described(one.parties | other.parties):
        return False
    return one.head is None or other.head is None or one.head == other.head


def _is_same_count_by(one: Deed, other: Deed) -> bool:
    """Whether the same party, or who speaks for it, tells of as many of the same by the same day."""
    if not _same_day(one.due, other.due) or _is_long(one.due) or _is_long(other.due):
        return False
    shared = [
        value
        for value, noun in one.numbers
        for known, counted in other.numbers
        if value == known and value > _FEW_THINGS and (noun == counted or not noun or not counted)
    ]
    return bool(shared) and (are_kin(one.parties, other.parties) or one.spoken or other.spoken or not one.parties)


def _is_long(day: Date | None) -> bool:
    """Whether it is a whole year or more, in which much is done."""
    return day is None or len(day.value) <= len("2005")


def _keys(deed: Deed) -> list[tuple[str, str]]:
    nouns = {*deed.nouns, *([deed.head] if deed.head else [])} or {""}
    nouns |= {f"#{deed.quantity.value:g}"} if deed.quantity is not None else set()
    kin = [(f"~{name}", deed.head) for name in sorted(lexicon().kin.get(deed.verb, ())) if deed.head]
    return [*((deed.verb, noun) for noun in sorted(nouns)), *kin]


def group(deeds: Sequence[tuple[str, Deed]], copied: frozenset[str] = frozenset()) -> tuple[dict[str, str], Groups]:
    """For each commitment (id and deed, in the order of telling) the id of the first telling of the same.

    Args:
        copied: ids of those that copies of other reports tell, which say nothing of how common a noun is.
    """
    first_of: dict[str, str] = {}
    groups = Groups(_common([deed for own, deed in deeds if own not in copied]))
    for own, deed in deeds:
        first_of[own] = groups.like(deed) or own
        groups.add(first_of[own], deed)
    return first_of, groups


def _common(deeds: Sequence[Deed]) -> frozenset[str]:
    """The nouns of more than a few tellings, and more than one in thirty."""
    count = Counter(noun for deed in deeds for noun in deed.nouns)
    limit = max(_FEW, len(deeds) // 30)
    return frozenset(noun for noun, number in count.items() if number > limit)
