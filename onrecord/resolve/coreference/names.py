"""Names that stand for one: the same words, a part of a longer name, or its initials."""

from __future__ import annotations

from onrecord.resolve.coreference.lexicon import words
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase

_MOST = 60
"""Longer names with the same word that are looked at, the latest ones."""
_THINGS = frozenset(("organization", "place", "other", None))


def join_names(partition: Partition) -> None:
    """Joins each name to the latest earlier name of which it is a form."""
    seen: dict[tuple[str, ...], Phrase] = {}
    by_word: dict[str, list[Phrase]] = {}
    by_initials: dict[str, Phrase] = {}
    for phrase in partition.phrases.all:
        if phrase.kind != "name":
            continue
        found = _same(partition, seen, phrase) or _longer(partition, by_word, phrase) or _spelt(by_initials, phrase)
        if found is not None:
            partition.join(found, phrase)
        if phrase.key not in seen:
            for word in {phrase.key[0], phrase.key[-1]} if len(phrase.key) > 1 else ():
                by_word.setdefault(word, []).append(phrase)
            by_initials.setdefault(initials(phrase.key), phrase)
        seen[phrase.key] = phrase


def initials(key: tuple[str, ...]) -> str:
    """The first letters of a name's words, without those that initials leave out; "" for a single word."""
    spoken = [word for word in key if word not in words().unspoken and word[0].isalnum()]
    return "".join(word[0] for word in spoken) if len(spoken) > 1 else ""


def _same(partition: Partition, seen: dict[tuple[str, ...], Phrase], phrase: Phrase) -> Phrase | None:
    found = seen.get(phrase.key)
    if found is None or phrase.key[-1] in words().measures:
        return found if phrase.type else None
    clash = {found.type, phrase.type} == {"person", "place"} and len(phrase.key) == 1
    return None if clash or partition.genders_differ(found, phrase) else found


def _longer(partition: Partition, by_word: dict[str, list[Phrase]], phrase: Phrase) -> Phrase | None:
    """The one earlier name that `phrase` is a short form of; none if two different ones fit."""
    fitting: list[Phrase] = []
    for word in (phrase.key[-1], phrase.key[0]):
        earlier = by_word.get(word, [])[-_MOST:]
        fitting = fitting or [p for p in earlier if _shortens(phrase, p) and not partition.genders_differ(p, phrase)]
    return fitting[-1] if fitting and all(partition.same(p, fitting[0]) for p in fitting) else None


def _shortens(short: Phrase, long: Phrase) -> bool:
    if len(short.key) >= len(long.key) or not set(short.key) <= set(long.key):
        return False
    if long.type == "person" and short.type != "place":
        return short.key[-1] == long.key[-1] or short.key[0] == long.key[0]
    if "person" in (long.type, short.type) or short.type != long.type:
        return False
    return short.key[0] == long.key[0] and len(short.key) > 1


def _spelt(by_initials: dict[str, Phrase], phrase: Phrase) -> Phrase | None:
    """The name whose initials `phrase` is: "KRG" for "Kurdistan Regional Government"."""
    if len(phrase.key) != 1 or not 2 <= len(phrase.key[0]) <= 8:
        return None
    found = by_initials.get(phrase.key[0])
    return found if found is not None and found.type in _THINGS and phrase.type in _THINGS else None
