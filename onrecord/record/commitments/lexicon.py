"""What the rules know of the words of promises, read from `data/commitments.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons import table_of
from onrecord.model import Strength

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of the lexicon. Words are lemmas, except in `modals`, `states`, `scheduling` and phrases of times.

    Attributes:
        deeds: lemma → the group of lemmas that say the same deed; nouns: the same for nouns; particled: the same for
            a verb with its particle; done_to: for a verb with the noun of what it is done to.
        times: words before a time → what the time is to the deed: `due`, `not_before` or `day`.
    """

    modals: Mapping[str, Strength]
    undertaking: Mapping[str, Strength]
    asking: Mapping[str, Strength]
    states: Mapping[str, Strength]
    papers: Mapping[str, Strength]
    weak: frozenset[str]
    money: frozenset[str]
    deadlines: frozenset[str]
    targets: frozenset[str]
    aims: frozenset[str]
    binding: frozenset[str]
    rulers: frozenset[str]
    rulings: frozenset[str]
    again: frozenset[str]
    light: frozenset[str]
    kinds: Mapping[str, str]
    giving: frozenset[str]
    scheduled: frozenset[str]
    scheduled_before: frozenset[str]
    guessing: frozenset[str]
    ready: frozenset[str]
    ready_phrases: frozenset[Phrase]
    outsiders: frozenset[str]
    nature: frozenset[str]
    no_agents: frozenset[str]
    institutions: frozenset[str]
    called_otherwise: Mapping[str, frozenset[str]]
    around: frozenset[str]
    likelihood: frozenset[str]
    saying: frozenset[str]
    announcing: frozenset[str]
    openers: frozenset[str]
    hearsay: frozenset[str]
    conditions: frozenset[Phrase]
    never: frozenset[str]
    idle: frozenset[str]
    done_phrases: frozenset[Phrase]
    deeds: Mapping[str, str]
    common: frozenset[str]
    kin: Mapping[str, frozenset[str]]
    nouns: Mapping[str, str]
    recurring: frozenset[str]
    finished: frozenset[str]
    agents: frozenset[str]
    agent_endings: tuple[str, ...]
    times: Mapping[Phrase, str]
    steps: Mapping[str, str]
    putting_off: frozenset[Phrase]
    asks: frozenset[str]
    refuses: frozenset[str]
    particled: Mapping[Phrase, str]
    done_to: Mapping[Phrase, str]
    moved: frozenset[str]
    kept_to: frozenset[str]
    dropped: frozenset[str]
    contesting: frozenset[str]
    marching: frozenset[str]
    words: frozenset[str]
    kept: frozenset[str]
    broken: frozenset[str]
    broken_with: frozenset[Phrase]
    stood_by: frozenset[Phrase]
    parts: frozenset[str]
    instead: frozenset[Phrase]
    planned: frozenset[str]
    done_states: Mapping[str, str]
    undone_states: Mapping[str, str]
    lasting: frozenset[str]
    anew: frozenset[str]
    concluding: frozenset[str]
    results: Mapping[str, tuple[str, ...]]
    sure_results: Mapping[str, tuple[str, ...]]
    short: frozenset[str]
    back: frozenset[str]
    as_told: frozenset[str]
    holding: frozenset[str]
    behind_time: frozenset[Phrase]
    ahead_of_time: frozenset[Phrase]
    in_time: frozenset[Phrase]
    unchanged: frozenset[Phrase]
    intending: frozenset[str]
    lapsing: frozenset[str]
    more_time: frozenset[str]
    extension: frozenset[str]
    stopping: frozenset[str]
    granting: frozenset[str]
    needing: frozenset[str]
    rest: frozenset[str]

    def deed(self, lemma: str, tag: str) -> str | None:
        """The group of deeds a verb or a noun belongs to; None for what is no deed that is known."""
        known = self.nouns if tag in ("NOUN", "PROPN") else self.deeds
        return known.get(lemma)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = table_of("commitments")
    hypothetical, steps = table["hypothetical"], table["steps"]
    deeds = _turned(table["deeds"])
    single = {(word,) for word in hypothetical["conditions"].split()}
    return Lexicon(
        modals=table["modals"],
        undertaking=_turned(table["undertaking"]),
        asking=_turned(table["asking"]),
        states=_turned(table["states"]),
        papers=_turned(table["papers"]),
        weak=_words(table["weak"]["lemmas"]),
        money=_words(table["money"]["units"]),
        deadlines=_words(table["deadlines"]["nouns"]),
        targets=_words(table["deadlines"]["targets"]),
        rulers=_words(table["binding"]["rulers"]),
        binding=_words(table["binding"]["verbs"]),
        rulings=_words(table["binding"]["rulings"]),
        aims=_words(table["aims"]["nouns"]),
        again=_words(steps["again"]),
        light=_words(table["light"]["verbs"]),
        kinds=_kinds() | _turned(table["things"]),
        giving=_words(table["deadlines"]["give"]),
        scheduled=_words(table["scheduling"]["forms"]),
        scheduled_before=_words(table["scheduling"]["before"]),
        guessing=_words(table["guessing"]["cues"]) | _words(table["guessing"]["nouns"]),
        ready=_words(table["ready"]["words"]) | frozenset(_turned(table["states_done"])),
        ready_phrases=frozenset(_phrases(table["ready"]["phrases"])),
        outsiders=_words(table["outsiders"]["nouns"]),
        no_agents=_words(table["agents"]["none"]),
        institutions=_words(table["agents"]["institutions"]),
        called_otherwise={
            noun: _words(entry["names"]) for entry in table["called_otherwise"] for noun in entry["nouns"].split()
        },
        nature=_words(table["nature"]["nouns"]),
        around=_words(table["around"]["words"]),
        likelihood=_words(table["likelihood"]["words"]),
        saying=_words(table["saying"]["verbs"]),
        announcing=_words(table["saying"]["announcing"]),
        openers=_words(hypothetical["openers"]),
        hearsay=_words(hypothetical["hearsay"]),
        conditions=frozenset(single | _phrases(hypothetical["phrases"])),
        never=_words(table["idle"]["never"]),
        idle=_words(table["idle"]["verbs"]),
        done_phrases=frozenset(_phrases(table["idle"]["phrases"])),
        deeds=deeds,
        common=_words(table["common"]["groups"]),
        kin=_kin(table["kin"]),
        nouns={noun: deeds.get(verb, verb) for noun, verb in _turned(table["nouns"]).items()},
        recurring=_words(table["recurring"]["deeds"]),
        finished=_words(table["done"]["deeds"]),
        agents=_words(table["agents"]["nouns"]),
        agent_endings=tuple(table["agents"]["endings"].split()),
        times={phrase: kind for kind, listed in table["prepositions"].items() for phrase in _phrases(listed)},
        steps=_turned({kind: steps[kind] for kind in ("met", "missed", "delayed", "begun")}),
        putting_off=frozenset(_phrases(steps["phrases"])),
        asks=_words(steps["asked"]),
        refuses=_words(steps["refused"]),
        particled=_phrased(table["particled"]),
        done_to=_phrased(table["done_to"]),
        moved=_words(steps["moved"]),
        kept_to=_words(steps["kept_to"]),
        dropped=_words(steps["dropped"]),
        contesting=_words(steps["contesting"]),
        marching=_words(steps["marching"]),
        words=_words(steps["words"]),
        kept=_words(steps["kept"]),
        broken=_words(steps["broken"]),
        parts=_words(steps["parts"]),
        planned=_words(steps["planned"]),
        broken_with=frozenset(_phrases(steps["broken_with"])),
        stood_by=frozenset(_phrases(steps["stood_by"])),
        instead=frozenset(_phrases(steps["instead"])),
        done_states=_turned(table["states_done"]),
        undone_states=_turned(table["states_undone"]),
        lasting=_words(steps["lasting"]),
        anew=_words(steps["anew"]),
        concluding=_words(steps["concluding"]),
        results=_results([entry for entry in table["result"] if not entry.get("sure")]),
        sure_results=_results([entry for entry in table["result"] if entry.get("sure")]),
        holding=_words(steps["holding"]),
        as_told=_words(table["timeliness"]["as_told"]),
        behind_time=frozenset(_phrases(table["timeliness"]["behind"])),
        ahead_of_time=frozenset(_phrases(table["timeliness"]["ahead"])),
        in_time=frozenset(_phrases(table["timeliness"]["in_time"])),
        unchanged=frozenset(_phrases(table["timeliness"]["unchanged"])),
        **{name: _words(listed) for name, listed in table["telling_done"].items()},
    )


def _kinds() -> dict[str, str]:
    """Noun → the one noun under which things of a kind are compared ("jet", "airliner"); people go by their own."""
    table = table_of("conflicts")["kinds"]
    return _turned({kind: listed for kind, listed in table.items() if kind != "people"})


def _kin(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Group of deeds → the names of the sets of groups that it is kin in."""
    found: dict[str, set[str]] = {}
    for name, listed in table.items():
        for group in listed.split():
            found.setdefault(group, set()).add(name)
    return {group: frozenset(names) for group, names in found.items()}


def _results(entries: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Verb → the groups of deeds that it tells the result of."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        for verb in entry["verbs"].split():
            found.setdefault(verb, []).extend(entry["deeds"].split())
    return {verb: tuple(dict.fromkeys(deeds)) for verb, deeds in found.items()}


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _phrases(listed: str) -> set[Phrase]:
    return {tuple(entry.split()) for entry in listed.split("|")}


def _phrased(table: Mapping[str, str]) -> dict[Phrase, str]:
    """Each phrase → the key it stands under."""
    return {phrase: key for key, listed in table.items() for phrase in _phrases(listed)}


def _turned(table: Mapping[str, str]) -> dict[str, Any]:
    """Each word → the key it stands under."""
    return {word: key for key, listed in table.items() for word in listed.split()}
