"""By which names a party is known, and whether two sets of parties have somebody in common.

An actor is known by its ids, its names and those it speaks for; whom no name is known of is known by the words that
describe it, marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.lemmas import lemma
from onrecord.model import Actor
from onrecord.record.commitments.lexicon import lexicon

ONLY_DESCRIBED = "~?"
"""The mark of a party that no name is known of."""
_DESCRIBED_AS = "~"
"""Before a word that describes a party."""
_SAYS_LITTLE = frozenset(
    "the some many several most all whole entire last two three four five six seven eight nine "
    "ten few other others who that which "
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
_NO_PORTFOLIO = frozenset("prime first deputy the foreign defence defense former new cabinet senior junior".split())
_PAIR, _ALIASES = 2, 6


def kin_of(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """For each actor the ids and the country under which it meets those it speaks for."""
    known = {actor.id: actor for actor in actors}
    return {actor.id: _kin(actor, known) for actor in known.values()}


def with_kin(parties: Iterable[str], kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The parties and all by which they are known, for comparing."""
    return frozenset(name for party in parties for name in kin.get(party, (party,)))


def are_kin(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets of parties have somebody in common."""
    return bool((ours & theirs) - {ONLY_DESCRIBED})


def only_described(parties: frozenset[str]) -> bool:
    """Whether no name is known of one of the parties."""
    return ONLY_DESCRIBED in parties


def called(name: str) -> str:
    """How a name in lower case stands among parties, where no actor is known by it."""
    return _DESCRIBED_AS + name


def _kin(actor: Actor, known: Mapping[str, Actor]) -> frozenset[str]:
    # A description names nobody: that two are one is not known across reports, but their words are.
    names = {actor.id, *(called(name.lower()) for name in (actor.name, *actor.aliases[:_ALIASES]))}
    names |= {called(word) for word in _short_names(actor)}
    if actor.type not in ("person", "organization", "government"):
        is_name = _is_name(actor.name.split())
        said = {actor.name.lower()} if is_name else _described(actor.name)
        names |= {_DESCRIBED_AS + word for word in said}
        names |= {ONLY_DESCRIBED} if actor.part_of is None and not is_name else set()
    titles = (actor.name, *(role.title for role in actor.roles))
    names |= {called(f"{office} ministry") for office in map(_portfolio, titles) if office is not None}
    for _ in range(4):
        if actor.country is not None and actor.type in ("government", "role"):
            names.add(actor.country)
        if actor.part_of is None or actor.part_of not in known or actor.part_of in names:
            break
        actor = known[actor.part_of]
        names.add(actor.id)
    return frozenset(names)


def _is_name(words: Sequence[str]) -> bool:
    """As in "Ostrava Hospital"; a description that opens a sentence is none: "Dockers at the port of Hallen"."""
    opens = len(words) > 1 and words[1][:1].islower()
    return sum(word[:1].isupper() for word in words[opens:]) >= _PAIR


def _portfolio(name: str) -> str | None:
    """What a minister or a ministry is for: "interior"; None for those that many countries of one story have."""
    words = [word.lower().strip(".,'’") for word in name.replace("’s", "").replace("'s", "").split()]
    for at, word in enumerate(words):
        if word in ("minister", "ministry"):
            behind = words[at + 2 : at + 3] if words[at + 1 : at + 2] in (["of"], ["for"]) else []
            before = words[at - 1 : at] if at else []
            portfolio = next(iter([*(w for w in behind if w != "the"), *before]), None)
            return portfolio if portfolio not in _NO_PORTFOLIO and portfolio and portfolio.isalpha() else None
    return None


def _short_names(actor: Actor) -> Iterable[str]:
    """By which one word of its name a body may be called: "Halden" of Halden Water."""
    words = actor.name.split()
    if len(words) < _PAIR or actor.type != "organization":
        return
    plain = words[0].lower().strip(".,'’")
    if words[0][:1].isupper() and plain.isalpha() and len(plain) > _SHORT and plain not in _NO_NAMES:
        if not plain.endswith(_OF_PLACES) and lemma(plain, "NOUN") not in lexicon().institutions | lexicon().agents:
            yield plain


def _described(name: str) -> set[str]:
    """The words that say who it is: of "the prosecutor's office" the prosecutor."""
    words = {lemma(word.strip('"“”.,()'), "NOUN") for word in name.replace("’", "'").replace("'s", "").split()}
    return {word for word in words if len(word) > 2 and word not in _SAYS_LITTLE} or {name.lower()}
