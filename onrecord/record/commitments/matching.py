"""Which tellings are of one commitment, within a report and across reports.

Only tellings that share a deed and a noun are compared, or that may be told in other words by a day or a number that
they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.record.commitments.deeds import Deed
from onrecord.record.commitments.kin import are_kin, only_described
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.likeness import alike, at_odds, is_one_by_day, is_one_by_number
from onrecord.record.commitments.objects import VAGUE

_ENOUGH = 3.0
_NO_MORE = 40
"""Of one deed and one noun, how many earlier tellings one is compared with: the latest."""
_FEW = 6
_ALONE = frozenset(("resign", "strike"))
"""Deeds that need no thing, whatever stands behind them: "resign in May after nine years at the head of the city"."""
_OPPOSITE = {"leave": "stay", "resign": "stay", "close": "begin", "cancel": "hold"}
"""Deeds that break a promise of another: who was to stay has left."""


def group(deeds: Sequence[tuple[str, Deed]], copied: frozenset[str] = frozenset()) -> tuple[dict[str, str], Groups]:
    """For each commitment (id and deed, in the order of telling) the id of the first telling of the same.

    Args:
        copied: ids of those that copies of other reports tell, which say nothing of how common a noun is.
    """
    first_of: dict[str, str] = {}
    groups = Groups(_common([deed for own, deed in deeds if own not in copied]))
    for own, deed in deeds:
        first_of[own] = groups.like(deed) or own
        if not deed.put_off or first_of[own] != own:  # what was put off had been told by other words
            groups.add(first_of[own], deed)
    return first_of, groups


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
        return self._otherwise(deed) if whole else self._bare(deed)

    def _bare(self, deed: Deed) -> str | None:
        """The one commitment that few words mean: its day, its noun alone, who does it, its one thing."""
        return self._due(deed) or self._only(deed) or self._alone(deed) or self._of_thing(deed)

    def _otherwise(self, deed: Deed) -> str | None:
        """The one commitment of another report that may be told in other words: its deadline, or its party and day."""
        shared = [pair for noun in sorted(deed.nouns - self.common) for pair in self._of_noun.get(noun, ())[-_NO_MORE:]]
        counted = [pair for number in sorted(deed.numbers) for pair in self._of_number.get(number[0], ())[-_NO_MORE:]]
        firsts = {first for first, other in shared if is_one_by_day(deed, other)}
        firsts |= {first for first, other in counted if is_one_by_number(deed, other)}
        return next(iter(firsts)) if len(firsts) == 1 else None

    def _due(self, deed: Deed) -> str | None:
        """The one commitment whose deadline the words name where they move it, of something it names."""
        if not (deed.moved or deed.bare is not None):
            return None
        told = [pair for time in deed.times for pair in self._by_due.get(time.value, ())]
        firsts = {first for first, known in told if deed.nouns & known.nouns and not at_odds(deed, known)}
        return next(iter(firsts)) if len(firsts) == 1 else None

    def near(self, deed: Deed) -> list[tuple[str, Deed]]:
        """Those that share the deed and a noun (or that have none), the latest of each."""
        pairs = [pair for key in _keys(deed) for pair in self._blocks.get(key, ())[-_NO_MORE:]]
        return pairs + self._by_verb.get(deed.verb, [])[-_NO_MORE:] if deed.bare is not None and deed.times else pairs

    def may_be(self, first: str, deed: Deed) -> bool:
        """Whether no telling of a commitment speaks against the deed's being of it."""
        told = [known for known in self._of.get(first, ()) if not deed.verb or known.verb == deed.verb]
        return bool(told) and not any(at_odds(deed, known) for known in told)

    def _only(self, deed: Deed) -> str | None:
        """The one commitment that was told before with the noun that stands here alone, as known: "the recount"."""
        firsts = self._by_noun.get((deed.verb, deed.bare), set()) if deed.bare else set()
        if deed.bare and not firsts:  # "the walkout" of those who "will walk out"
            near = self._by_verb.get(deed.verb, ())[-_NO_MORE:]
            dated = ((f, known) for f, known in near if known.due is not None or known.start is not None)
            firsts = {f for f, known in dated if are_kin(deed.parties, known.parties)}
        found = next(iter(firsts), None) if len(firsts) == 1 else None
        if found is None and deed.bare and deed.verb == "strike" and only_described(deed.parties):
            return self._only_strike()  # a union calls off what "railway workers" were to do
        return found if found is not None and self.may_be(found, deed) else None

    def _only_strike(self) -> str | None:
        """The one strike of the story, where it knows of no other."""
        firsts = {first for first, _ in self._by_verb.get("strike", ())[-_NO_MORE:]}
        return next(iter(firsts)) if len(firsts) == 1 else None

    def _alone(self, deed: Deed) -> str | None:
        """The one commitment of the same party to do what needs no thing: who "will step down" has "stepped down"."""
        if deed.bare != "" or deed.head is not None or not deed.parties:
            return None
        near = self._by_verb.get(deed.verb, ())[-_NO_MORE:]
        dated = ((first, known) for first, known in near if known.due is not None or known.start is not None)
        alone = deed.verb in _ALONE
        firsts = {f for f, known in dated if (alone or known.head is None) and are_kin(deed.parties, known.parties)}
        found = next(iter(firsts)) if len(firsts) == 1 else None
        return found if found is not None and self.may_be(found, deed) else None

    def against(self, deed: Deed) -> str | None:
        """The commitment that the deed, told as done, breaks: not to do it, or to do the opposite."""
        broken = self.like(replace(deed, negated=True), whole=False)
        if broken is not None and all(known.negated for known in self._of[broken]):
            return broken
        other = _OPPOSITE.get(deed.verb)
        return self.like(replace(deed, verb=other, bare=None), whole=False) if other is not None else None

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


def _keys(deed: Deed) -> list[tuple[str, str]]:
    nouns = {*deed.nouns, *([deed.head] if deed.head else [])} or {""}
    nouns |= {f"#{deed.quantity.value:g}"} if deed.quantity is not None else set()
    kin = [(f"~{name}", deed.head) for name in sorted(lexicon().kin.get(deed.verb, ())) if deed.head]
    return [*((deed.verb, noun) for noun in sorted(nouns)), *kin]


def _common(deeds: Sequence[Deed]) -> frozenset[str]:
    """The nouns of more than a few tellings, and more than one in thirty."""
    count = Counter(noun for deed in deeds for noun in deed.nouns)
    limit = max(_FEW, len(deeds) // 30)
    return frozenset(noun for noun, number in count.items() if number > limit)
