"""The phrases that say who does an event, to whom, and where: what the tree ties to its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.record.participants.lexicon import lexicon
from onrecord.record.participants.phrases import (
    FAR,
    TIGHT,
    is_abbreviation,
    lemma_at,
    named_before,
    phrases_of,
    places_under,
    possessors,
    right_behind,
)
from onrecord.record.participants.subjects import is_passive, objects_of, surface_subject
from onrecord.syntax import Syntax


@dataclass(slots=True)
class Arguments:
    """Heads of the phrases that say who does an event, to whom, and where: words of the report, the surest first."""

    agents: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def arguments_of(syntax: Syntax, word: int) -> Arguments:
    """What the tree ties to the trigger of an event. The words must be tagged."""
    found = Arguments()
    if syntax.tag(word) in ("NOUN", "PROPN"):
        _read_noun(syntax, word, found)
    else:
        _read_verb(syntax, word, found)
    found.agents = list(dict.fromkeys(found.agents))
    found.recipients = [w for w in dict.fromkeys(found.recipients) if w not in found.agents]
    return found


def _read_verb(syntax: Syntax, verb: int, found: Arguments) -> None:
    undergone = lemma_at(syntax, verb) in lexicon().undergone
    passive = is_passive(syntax, verb)
    subject = surface_subject(syntax, verb)
    if subject is not None:
        (found.recipients if passive or undergone else found.agents).append(subject)
    objects = objects_of(syntax, verb)
    found.recipients += objects
    for phrase, case in phrases_of(syntax, verb):
        if case == "by" and passive:
            found.agents.append(phrase)
        elif case in lexicon().to_verb:
            found.recipients.append(phrase)
    if passive and not found.agents:
        found.agents += [phrase for phrase, case in right_behind(syntax, verb) if case == "by"]
    found.places += places_under(syntax, verb)
    nearby = [*objects, *([subject] if passive and subject is not None else [])]
    found.places += [place for head in nearby for place in places_under(syntax, head)]
    if lemma_at(syntax, verb) in lexicon().at_object:
        found.places += nearby


def _read_noun(syntax: Syntax, noun: int, found: Arguments) -> None:
    lemma = lemma_at(syntax, noun)
    phrases = list(phrases_of(syntax, noun))
    if not any(case in TIGHT for _, case in phrases):
        phrases += right_behind(syntax, noun)
    for phrase, case in phrases:
        _read_phrase(phrase, case, lemma, found)
    whole = bool(found.agents or found.recipients)
    for owner in (*possessors(syntax, noun), *named_before(syntax, noun)):
        befalls = lemma in lexicon().undergone or (lemma in lexicon().done_to_possessor and not whole)
        (found.recipients if befalls else found.agents).append(owner)
    found.places += places_under(syntax, noun)
    _read_light_verb(syntax, noun, found)
    if lemma in lexicon().at_object:
        found.places += [phrase for phrase, case in phrases if case in ("of", "on")]
    before = [c for c in syntax.children[noun] if syntax.words.relation[c] == "compound" and c < noun]
    found.places += [c for c in before if not is_abbreviation(syntax.form(c))]


def _read_phrase(phrase: int, case: str, lemma: str, found: Arguments) -> None:
    if case == "by" or case in lexicon().between or (case == "of" and lemma in lexicon().done_of):
        found.agents.append(phrase)
    elif case == "of" or case in lexicon().to_noun:
        found.recipients.append(phrase)


def _read_light_verb(syntax: Syntax, noun: int, found: Arguments) -> None:
    """What a verb that only says that the event takes place ties to it."""
    verb, relation = syntax.words.head[noun], syntax.words.relation[noun]
    if verb == noun or abs(verb - noun) > FAR or syntax.tag(verb) != "VERB":
        return
    lemma, passive = lemma_at(syntax, verb), is_passive(syntax, verb)
    if lemma in lexicon().light and not found.agents:
        if relation == "obj" and not passive:
            subject = surface_subject(syntax, verb)
            found.agents += [] if subject is None else [subject]
        elif relation == "nsubj" and passive:
            found.agents += [phrase for phrase, case in phrases_of(syntax, verb) if case == "by"]
    happens = lemma in lexicon().occurring and relation == "nsubj"
    if happens or (lemma in lexicon().light and relation in ("obj", "nsubj")):
        found.places += places_under(syntax, verb)
