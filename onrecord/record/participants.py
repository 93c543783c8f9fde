"""Who does an event, to whom, and where, by the syntax of the words around its trigger.

A name counts only where the tree ties it to the trigger: as subject or object, behind "by", as possessor, through a
relative clause, through a verb that lends its subject ("agreed to send", "asked the army to leave") or through one that
says no more than that the event takes place ("launched an attack"). The nearest name is never taken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from onrecord.excerpts import excerpts_of
from onrecord.lemmas import event_lemma
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Participants, Record
from onrecord.record.parties import Parties
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_OBJECTS = frozenset(("obj", "iobj"))
_PHRASES = frozenset(("obl", "nmod"))
_BEFORE = frozenset(("compound", "amod"))
_NESTED = frozenset(("nmod", "appos", "flat", "compound"))
_CASE = frozenset(("case",))
_COORDINATOR = frozenset(("cc", "advmod"))
_RELATIVE = frozenset("who whom which that".split())
_POSSESSIVE_MARKS = frozenset(("'s", "’s", "'", "’"))
_POSSESSIVE_WORDS = frozenset("my your his her its our their whose".split())
_TIGHT = frozenset(("of", "by"))
_BEFORE_NOUNS = frozenset(("DET", "ADJ", "NUM"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_LONGEST_PHRASE = 8
_LONGEST_ABBREVIATION = 6
_FAR = 250
"""Words off at which a head lends nothing: a text without full stops is one sentence, and one word its only root."""
_CLIMBS = 5
"""Clauses through which a subject is lent at most."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    undergone: frozenset[str]
    done_of: frozenset[str]
    done_to_possessor: frozenset[str]
    light: frozenset[str]
    occurring: frozenset[str]
    at_object: frozenset[str]
    own_subject: frozenset[str]
    place: frozenset[str]
    to_verb: frozenset[str]
    to_noun: frozenset[str]
    between: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    tables = tomllib.loads(files("onrecord").joinpath("data/participants.toml").read_text(encoding="utf-8"))
    return _Lexicon(**{name: frozenset(words.split()) for table in tables.values() for name, words in table.items()})


@dataclass(slots=True)
class Arguments:
    """Heads of the phrases that say who does an event, to whom, and where: words of the report, the surest first."""

    agents: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


_PARTICIPANTS: Kind[dict[str, Participants]] = Kind("participants", dict[str, Participants])


def find_participants(record: Record, memory: Memory = FORGETFUL) -> dict[str, Participants]:
    """By event: the actors who do it, those it is done to, and its place. Events of which nothing is known are absent.

    Args:
        record: with events, actors and places; where it has referents, pronouns and descriptions count too.
        memory: may have the participants of each report's events.
    """
    out: dict[str, Participants] = {}
    for excerpt in excerpts_of(record):
        out |= memory.recall(_PARTICIPANTS, _participants_in, excerpt)
    return out


def _participants_in(excerpt: Record) -> dict[str, Participants]:
    (annotations,) = excerpt.annotations
    reader = _Reader(excerpt, annotations)
    read = ((event.id, reader.at(event.trigger)) for event in annotations.events)
    return {event: found for event, found in read if found != Participants()}


class _Reader:
    """What is known of one report when its events are asked for their participants."""

    def __init__(self, record: Record, annotations: Annotations) -> None:
        self._syntax = Syntax(annotations.report.text, annotations.words)
        self._parties = Parties(record, annotations, self._syntax)
        literal = [(m.span, record.place_of[m.id]) for m in annotations.mentions if m.id in record.place_of]
        self._places = Located(literal)

    def at(self, trigger: Span) -> Participants:
        """The participants of the event with this trigger."""
        word = self._syntax.head_of(trigger)
        if word is None:
            return Participants()
        arguments = arguments_of(self._syntax, word)
        where, place = self._place(arguments.places)
        actors = self._actors(head for head in arguments.agents if head != where)
        recipients = self._actors(head for head in arguments.recipients if head != where)
        return Participants(actors, tuple(one for one in recipients if one not in actors), place)

    def _actors(self, heads: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor for head in heads for actor in self._parties.of_phrase(head)))

    def _place(self, heads: Iterable[int]) -> tuple[int | None, str | None]:
        """The first of the heads that heads the name of a place, and that place."""
        for head in heads:
            for span, place in self._places.touching(self._syntax.span(head)):
                if self._syntax.head_of(span) == head:
                    return head, place
        return None, None


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


def lemma_at(syntax: Syntax, word: int) -> str:
    """The lemma under which verbs and their nouns meet."""
    return event_lemma(syntax.form(word), syntax.tag(word))


# -- verbs


def _read_verb(syntax: Syntax, verb: int, found: Arguments) -> None:
    undergone = lemma_at(syntax, verb) in _lexicon().undergone
    passive = is_passive(syntax, verb)
    subject = surface_subject(syntax, verb)
    if subject is not None:
        (found.recipients if passive or undergone else found.agents).append(subject)
    objects = _objects(syntax, verb)
    found.recipients += objects
    for phrase, case in _phrases(syntax, verb):
        if case == "by" and passive:
            found.agents.append(phrase)
        elif case in _lexicon().to_verb:
            found.recipients.append(phrase)
    if passive and not found.agents:
        found.agents += [phrase for phrase, case in _right_behind(syntax, verb) if case == "by"]
    found.places += _places_under(syntax, verb)
    nearby = [*objects, *([subject] if passive and subject is not None else [])]
    found.places += [place for head in nearby for place in _places_under(syntax, head)]
    if lemma_at(syntax, verb) in _lexicon().at_object:
        found.places += nearby


def is_passive(syntax: Syntax, verb: int) -> bool:
    """Whether the surface subject is whom it is done to: by its auxiliary, as a participle, or joined to a passive."""
    if syntax.is_passive(verb):
        return True
    relation, form = syntax.words.relation[verb], syntax.folded(verb)
    if syntax.auxiliaries(verb) or form.endswith("ing") or _is_infinitive(syntax, verb):
        return False
    if syntax.child(verb, _OBJECTS) is not None or syntax.own_subject(verb) is not None:
        return False
    if form == lemma_at(syntax, verb):
        return False
    if relation == "conj":
        head = syntax.words.head[verb]
        if abs(head - verb) > _FAR:
            return False
        by = any(case == "by" for _, case in _phrases(syntax, verb))
        return syntax.tag(head) == "VERB" and (by or syntax.is_passive(head))
    return relation in ("acl", "advcl")


def surface_subject(syntax: Syntax, verb: int) -> int | None:
    """The head of the phrase that stands as subject, through clauses that lend it; of a passive, whom it befalls."""
    for _ in range(_CLIMBS):
        own = _own_subject(syntax, verb)
        if own is not None:
            return _antecedent(syntax, own)
        head, relation = syntax.words.head[verb], syntax.words.relation[verb]
        if head == verb or abs(head - verb) > _FAR:
            return None
        if relation == "acl":
            return _modified(syntax, verb, head)
        if relation == "xcomp":
            lent = _lent_object(syntax, head)
            if lent is not None:
                return lent
        elif relation not in ("conj", "advcl", "aux", "cop") and not (
            relation == "ccomp" and _is_infinitive(syntax, verb)
        ):
            return None
        verb = head
    return None


def _own_subject(syntax: Syntax, verb: int) -> int | None:
    """Its own subject; of several, which only a wrong tree has, the nearest with no other verb in between."""
    subjects = [c for c in syntax.children[verb] if syntax.words.relation[c] == "nsubj"]
    for subject in reversed(subjects):
        between = range(subject + 1, min(verb, subject + _LONGEST_PHRASE))
        if subject < verb and not any(syntax.tag(w) == "VERB" for w in between):
            return subject
    return subjects[0] if subjects else None


def _antecedent(syntax: Syntax, word: int) -> int:
    """The noun that a relative pronoun stands for; any other word stands for itself."""
    if syntax.folded(word) not in _RELATIVE or not syntax.words.relation[word].endswith(("subj", "obj")):
        return word
    verb = syntax.words.head[word]
    for _ in range(_CLIMBS):
        if syntax.words.relation[verb] == "acl":
            return syntax.words.head[verb]
        if syntax.words.relation[verb] not in ("conj", "xcomp", "ccomp"):
            break
        verb = syntax.words.head[verb]
    return _name_before(syntax, word)


def _name_before(syntax: Syntax, pronoun: int) -> int:
    """The noun right before a relative pronoun that the tree ties to nothing; else the pronoun."""
    end = pronoun - 1 if pronoun > 0 and syntax.folded(pronoun - 1) == "," else pronoun
    first = end
    while first > max(0, end - _LONGEST_PHRASE) and syntax.tag(first - 1) in ("NOUN", "PROPN"):
        first -= 1
    head = syntax.head_of(syntax.span(first, end - 1)) if first < end else None
    return pronoun if head is None else head


def _lent_object(syntax: Syntax, governor: int) -> int | None:
    """The object that is the subject of the governed clause: "asked the army to leave"."""
    if lemma_at(syntax, governor) in _lexicon().own_subject:
        return None
    lent = syntax.child(governor, _OBJECTS)
    return None if lent is None else _antecedent(syntax, lent)


def _modified(syntax: Syntax, verb: int, noun: int) -> int | None:
    """Who does what a clause behind a noun says: the noun, or whoever has the plan that an infinitive fills."""
    if not _is_infinitive(syntax, verb) or syntax.tag(noun) == "PROPN":
        return noun
    possessors = list(_possessors(syntax, noun))
    if possessors:
        return possessors[0]
    head = syntax.words.head[noun]
    if syntax.words.relation[noun] == "obj" and syntax.tag(head) == "VERB" and abs(head - noun) <= _FAR:
        return surface_subject(syntax, head)
    return None


def _is_infinitive(syntax: Syntax, verb: int) -> bool:
    return any(syntax.folded(c) == "to" and syntax.words.relation[c] in ("mark", "aux") for c in syntax.children[verb])


def _objects(syntax: Syntax, verb: int) -> list[int]:
    """Its objects; that of a verb joined right behind; the noun that a relative clause leaves out."""
    relation, children = syntax.words.relation, syntax.children[verb]
    found = [_antecedent(syntax, c) for c in children if relation[c] in _OBJECTS]
    found = found or [c for c in children if c == verb + 1 and relation[c] == "obl" and syntax.tag(c) == "PROPN"]
    if found or syntax.tag(verb) != "VERB":
        return found
    for joined in (c for c in children if relation[c] == "conj" and verb < c <= verb + 2):
        if syntax.own_subject(joined) is None:
            return [c for c in syntax.children[joined] if relation[c] in _OBJECTS]
    return [syntax.words.head[verb]] if _leaves_out_object(syntax, verb) else []


def _leaves_out_object(syntax: Syntax, verb: int) -> bool:
    """Whether it is a relative clause with a subject of its own and nothing else: "the town they took"."""
    own = syntax.own_subject(verb)
    if syntax.words.relation[verb] != "acl" or own is None or syntax.folded(own) in _RELATIVE:
        return False
    filled = any(syntax.words.relation[c] in ("ccomp", "xcomp", "obl") for c in syntax.children[verb])
    return not filled and not is_passive(syntax, verb)


# -- nouns


def _read_noun(syntax: Syntax, noun: int, found: Arguments) -> None:
    lemma = lemma_at(syntax, noun)
    phrases = list(_phrases(syntax, noun))
    if not any(case in _TIGHT for _, case in phrases):
        phrases += _right_behind(syntax, noun)
    for phrase, case in phrases:
        _read_phrase(phrase, case, lemma, found)
    whole = bool(found.agents or found.recipients)
    for owner in (*_possessors(syntax, noun), *_named_before(syntax, noun)):
        befalls = lemma in _lexicon().undergone or (lemma in _lexicon().done_to_possessor and not whole)
        (found.recipients if befalls else found.agents).append(owner)
    found.places += _places_under(syntax, noun)
    _read_light_verb(syntax, noun, found)
    if lemma in _lexicon().at_object:
        found.places += [phrase for phrase, case in phrases if case in ("of", "on")]
    before = [c for c in syntax.children[noun] if syntax.words.relation[c] == "compound" and c < noun]
    found.places += [c for c in before if not is_abbreviation(syntax.form(c))]


def _right_behind(syntax: Syntax, word: int) -> Iterator[tuple[int, str]]:
    """What follows "of" or "by" right behind the word, whatever the tree says: nothing else can be meant by them."""
    last = min(word + _LONGEST_PHRASE, len(syntax.words))
    if word + 2 >= last or syntax.folded(word + 1) not in _TIGHT:
        return
    first = next((w for w in range(word + 2, last) if syntax.tag(w) not in _BEFORE_NOUNS), last)
    end = next((w for w in range(first, last) if syntax.tag(w) not in _NOUNS), last)
    head = syntax.head_of(syntax.span(first, end - 1)) if first < end else None
    if head is not None:
        yield head, syntax.folded(word + 1)


def is_abbreviation(form: str) -> bool:
    """Whether a name before a noun is one by which a country acts ("US raid"), and not a place ("Lisbon summit")."""
    return form.isupper() and len(form) <= _LONGEST_ABBREVIATION


def _read_phrase(phrase: int, case: str, lemma: str, found: Arguments) -> None:
    if case == "by" or case in _lexicon().between or (case == "of" and lemma in _lexicon().done_of):
        found.agents.append(phrase)
    elif case == "of" or case in _lexicon().to_noun:
        found.recipients.append(phrase)


def _read_light_verb(syntax: Syntax, noun: int, found: Arguments) -> None:
    """What a verb that only says that the event takes place ties to it."""
    verb, relation = syntax.words.head[noun], syntax.words.relation[noun]
    if verb == noun or abs(verb - noun) > _FAR or syntax.tag(verb) != "VERB":
        return
    lemma, passive = lemma_at(syntax, verb), is_passive(syntax, verb)
    if lemma in _lexicon().light and not found.agents:
        if relation == "obj" and not passive:
            subject = surface_subject(syntax, verb)
            found.agents += [] if subject is None else [subject]
        elif relation == "nsubj" and passive:
            found.agents += [phrase for phrase, case in _phrases(syntax, verb) if case == "by"]
    happens = lemma in _lexicon().occurring and relation == "nsubj"
    if happens or (lemma in _lexicon().light and relation in ("obj", "nsubj")):
        found.places += _places_under(syntax, verb)


def _possessors(syntax: Syntax, noun: int) -> Iterator[int]:
    """Whose it is: "its", or a noun with the mark of the possessive."""
    for child in syntax.children[noun]:
        if child > noun or syntax.words.relation[child] not in ("nmod", "det"):
            continue
        marked = any(syntax.folded(c) in _POSSESSIVE_MARKS for c in syntax.children[child])
        if marked or syntax.folded(child) in _POSSESSIVE_WORDS:
            yield child
    yield from _owner_by_mark(syntax, noun)


def _owner_by_mark(syntax: Syntax, noun: int) -> Iterator[int]:
    """Whose it is by the mark of the possessive right before it, where the tree ties the owner to another word."""
    mark = noun - 1
    while mark > max(0, noun - _LONGEST_PHRASE) and syntax.tag(mark) == "ADJ":
        mark -= 1
    if mark > 0 and syntax.folded(mark) in _POSSESSIVE_MARKS:
        owner = syntax.words.head[mark]
        if owner < mark and syntax.words.head[owner] != noun:
            yield owner


def _named_before(syntax: Syntax, noun: int) -> Iterator[int]:
    """Names and adjectives made of names right before the noun: "the Israeli raid"."""
    for child in syntax.children[noun]:
        if child < noun and syntax.words.relation[child] in _BEFORE and syntax.form(child)[0].isupper():
            yield child


# -- phrases


def _phrases(syntax: Syntax, word: int) -> Iterator[tuple[int, str]]:
    """The phrases with a preposition that hang on the word, each with that preposition in lower case."""
    for child in syntax.children[word]:
        if syntax.words.relation[child] not in _PHRASES:
            continue
        case = syntax.child(child, _CASE)
        if case is not None and case < child:
            yield child, syntax.folded(case)


def _places_under(syntax: Syntax, word: int) -> list[int]:
    """Heads of phrases that say where, each with what names it more closely ("in the town of X")."""
    out = []
    for phrase, case in _phrases(syntax, word):
        if case in _lexicon().place:
            out.append(phrase)
            out += [c for c in syntax.children[phrase] if syntax.words.relation[c] in _NESTED and c > phrase]
    return out
