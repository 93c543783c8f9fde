"""Somebody is said to have been seen at a place, and somebody says that this one has never been there, or was at home.

The two may stand in different reports: an answer to where a person was seen often comes a day later. So may the word
that somebody is dead, and the word that the same one is alive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from onrecord.lemmas import lemma
from onrecord.model import Conflict, ConflictKind, Record
from onrecord.spans import Passage
from onrecord.story.comparing import day_gap, days_around, overlap
from onrecord.story.conflicts.disputed import disputed
from onrecord.story.conflicts.opposites import predicates
from onrecord.story.conflicts.said import Said
from onrecord.story.lexicon import lexicon

_DAYS = 14
"""Days between two reports within which one answers the other."""
_APART = 6
"""Sentences of one report within which one answers the other."""
_ALIVE, _DEAD = frozenset(("alive", "unharmed")), frozenset(("dead", "kill", "die"))
_SAME_DAYS = 2
_BEING = frozenset(("is", "was", "'s", "’s"))
_INTO, _NAME = frozenset(("in", "at", "to", "inside")), 4

Test = Callable[[Said, Said], bool]


def presence(record: Record, told: Mapping[str, Sequence[Said]]) -> Iterator[Conflict]:
    """Of all reports, who was somewhere by one source and not by another, and who is alive by one and dead by another.

    Args:
        told: what the sources of each report say, by the report's id.
    """
    known = _Known()
    asked: list[tuple[Said, frozenset[str], ConflictKind, Test]] = []
    for notes in record.annotations:
        for said in told[notes.report.id]:
            people = _people(said)
            known.add(said, people)
            asked += [(said, people, kind, test) for kind, asks, test in _TESTS if people and asks(said)]
    for other, people, kind, test in asked:
        near = (one for one in known.near(other, people) if one.source != other.source and not one.denies)
        found = [one for one in near if test(one, other)]
        if found:
            yield _conflict(kind, min(found, key=lambda one: _distance(one, other)), other)


class _Known:
    """What is said of people, found again by whom it is about and by its report or its day."""

    def __init__(self) -> None:
        self._by_person: dict[tuple[str, str], list[Said]] = {}

    def add(self, said: Said, people: frozenset[str]) -> None:
        for person in people:
            for key in (said.scene.report, said.scene.day):
                if key is not None:
                    self._by_person.setdefault((person, key), []).append(said)

    def near(self, other: Said, people: frozenset[str]) -> Iterator[Said]:
        """What is said of the same people close by in the same report, or in other reports of these days."""
        days = [] if other.scene.day is None else days_around(other.scene.day, _DAYS)
        for person in sorted(people):
            for one in self._by_person.get((person, other.scene.report), ()):
                if 0 < abs(other.sentence - one.sentence) <= _APART:
                    yield one
            for day in days:
                found = self._by_person.get((person, day), ())
                yield from (one for one in found if one.scene.report != other.scene.report)


def _people(said: Said) -> frozenset[str]:
    """Whom it is about: those named in it, and of "he has never been there" the one who says so."""
    own = {"i", "he", "she"} & set(said.letters[:3])
    return _named(said) | ({said.source} if own and said.source.startswith("a:") else set())


def _named(said: Said) -> frozenset[str]:
    return frozenset(actor for span in said.statement.content for actor in said.scene.actors_in(span))


def _is_never_there(other: Said) -> bool:
    """As in "has never set foot in Lome"."""
    if "never" not in other.letters:
        return False
    told = " ".join(other.letters)
    return any(f"never {phrase}" in told for phrase in lexicon().never_there) and bool(_names(other))


def _was_there(one: Said, other: Said) -> bool:
    """Whether the sentence names the place, and tells of no coming."""
    whole = one.scene.annotations.sentences[one.sentence]
    syntax = one.scene.syntax
    there = {syntax.folded(word) for word in syntax.words_in(whole) if syntax.tag(word) == "PROPN"}
    return not one.is_coming and bool(there & _names(other))


def _names(said: Said) -> frozenset[str]:
    """The names of places behind "in", "at" and "to"."""
    syntax, inside = said.scene.syntax, frozenset(said.words)
    found = (at for word in said.words if syntax.folded(word) in _INTO for at in range(word + 1, word + _NAME))
    return frozenset(syntax.folded(at) for at in found if at in inside and syntax.tag(at) == "PROPN")


def _never_met(other: Said) -> bool:
    """As in "had never met the broker"."""
    told = " ".join(other.letters)
    return other.denies and any(phrase in told for phrase in lexicon().never_met) and len(_people(other)) > 1


def _were_together(one: Said, other: Said) -> bool:
    """Whether both are told of in one breath, by a verb of meeting."""
    syntax = one.scene.syntax
    verbs = {lemma(syntax.form(word), "VERB") for word in one.words if syntax.tag(word) in ("VERB", "NOUN")}
    return not one.is_coming and len(_named(one) & _people(other)) > 1 and bool(verbs & lexicon().meeting)


def _is_somewhere(other: Said) -> bool:
    return bool(_stays(other)) and not other.denies


def _is_elsewhere(one: Said, other: Said) -> bool:
    """Whether the same person is told to be at another place these very days."""
    gap = day_gap(one.scene.day, other.scene.day)
    if gap is None or gap > _SAME_DAYS or one.times or other.times:
        return False
    mine, theirs = _stays(one), _stays(other)
    return any(person in mine and not mine[person] & places for person, places in theirs.items())


def _stays(said: Said) -> dict[str, frozenset[str]]:
    """The places that persons are told to be at: "is on holiday in Bansko", "is lying in a hospital in Varna"."""
    syntax, found = said.scene.syntax, {}
    for word in said.words:
        subject = syntax.own_subject(word)
        being = {syntax.folded(child) for child in syntax.children[word]} & _BEING
        person = said.scene.actor_at(syntax.span(subject)) if subject is not None and being else None
        if person is not None and person in said.scene.persons and subject == said.words[0]:
            found[person] = _names(said)
    return {person: names for person, names in found.items() if names}


def _was_at_home(other: Said) -> bool:
    """As in "was at home all night"."""
    told = f" {' '.join(other.letters)} "
    return any(f" {be} {phrase} " in told for phrase in lexicon().at_home for be in ("was", "were", "been"))


def _was_seen(one: Said, other: Said) -> bool:
    """Whether somebody was seen, at a time that may be the same."""
    syntax = one.scene.syntax
    seen = {lemma(syntax.form(word), "VERB") for word in one.words if syntax.tag(word) == "VERB"} & lexicon().sighting
    pairs = [(a.date, b.date) for a in one.times for b in other.times]
    return bool(seen) and (not pairs or any(overlap(a, b) is not False for a, b in pairs))


def _is_alive(other: Said) -> bool:
    return bool(_lives(other))


def _is_dead(one: Said, other: Said) -> bool:
    return any((person, not alive) in _lives(other) for person, alive in _lives(one))


def _lives(said: Said) -> frozenset[tuple[str, bool]]:
    """Of whom it says whether they are alive."""
    syntax = said.scene.syntax
    told = [one for one in predicates(said) if one.base in _ALIVE | _DEAD and not one.negated]
    found = ((said.scene.actor_at(syntax.span(one.subject)), one.base in _ALIVE) for one in told)
    return frozenset((actor, alive) for actor, alive in found if actor is not None)


_TESTS: tuple[tuple[ConflictKind, Callable[[Said], bool], Test], ...] = (
    ("place", _is_never_there, _was_there),
    ("place", _was_at_home, _was_seen),
    ("place", _is_somewhere, _is_elsewhere),
    ("polarity", _never_met, _were_together),
    ("polarity", _is_alive, _is_dead),
)
"""What an answer says, and what it answers."""


_EXPLAINED: Mapping[ConflictKind, str] = {
    "place": "Two sources have somebody in different places.",
    "polarity": "What two sources say of somebody cannot both be so.",
}


def _distance(one: Said, other: Said) -> tuple[bool, int, str, int]:
    gap = day_gap(one.scene.day, other.scene.day) or 0
    return one.scene.report != other.scene.report, gap, one.scene.report, abs(other.sentence - one.sentence)


def _conflict(kind: ConflictKind, one: Said, other: Said) -> Conflict:
    ids = (one.statement.id, other.statement.id)
    return disputed(kind, ids, (_shown(one), _shown(other)), _EXPLAINED[kind], "presence")


def _shown(said: Said) -> Passage:
    return said.scene.shown(said.sentence, said.statement.content[0])
