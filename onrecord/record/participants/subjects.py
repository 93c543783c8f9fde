"""Who stands as subject and object of a verb: through clauses that lend them, relative pronouns, passives."""

from __future__ import annotations

from onrecord.record.participants.lexicon import lexicon
from onrecord.record.participants.phrases import FAR, LONGEST_PHRASE, lemma_at, phrases_of, possessors
from onrecord.syntax import Syntax

_OBJECTS = frozenset(("obj", "iobj"))
_RELATIVE = frozenset("who whom which that".split())
_CLIMBS = 5
"""Clauses through which a subject is lent at most."""


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
        if abs(head - verb) > FAR:
            return False
        by = any(case == "by" for _, case in phrases_of(syntax, verb))
        return syntax.tag(head) == "VERB" and (by or syntax.is_passive(head))
    return relation in ("acl", "advcl")


def surface_subject(syntax: Syntax, verb: int) -> int | None:
    """The head of the phrase that stands as subject, through clauses that lend it; of a passive, whom it befalls."""
    for _ in range(_CLIMBS):
        own = _own_subject(syntax, verb)
        if own is not None:
            return _antecedent(syntax, own)
        head, relation = syntax.words.head[verb], syntax.words.relation[verb]
        if head == verb or abs(head - verb) > FAR:
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


def objects_of(syntax: Syntax, verb: int) -> list[int]:
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


def _own_subject(syntax: Syntax, verb: int) -> int | None:
    """Its own subject; of several, which only a wrong tree has, the nearest with no other verb in between."""
    subjects = [c for c in syntax.children[verb] if syntax.words.relation[c] == "nsubj"]
    for subject in reversed(subjects):
        between = range(subject + 1, min(verb, subject + LONGEST_PHRASE))
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
    while first > max(0, end - LONGEST_PHRASE) and syntax.tag(first - 1) in ("NOUN", "PROPN"):
        first -= 1
    head = syntax.head_of(syntax.span(first, end - 1)) if first < end else None
    return pronoun if head is None else head


def _lent_object(syntax: Syntax, governor: int) -> int | None:
    """The object that is the subject of the governed clause: "asked the army to leave"."""
    if lemma_at(syntax, governor) in lexicon().own_subject:
        return None
    lent = syntax.child(governor, _OBJECTS)
    return None if lent is None else _antecedent(syntax, lent)


def _modified(syntax: Syntax, verb: int, noun: int) -> int | None:
    """Who does what a clause behind a noun says: the noun, or whoever has the plan that an infinitive fills."""
    if not _is_infinitive(syntax, verb) or syntax.tag(noun) == "PROPN":
        return noun
    owner = next(possessors(syntax, noun), None)
    if owner is not None:
        return owner
    head = syntax.words.head[noun]
    if syntax.words.relation[noun] == "obj" and syntax.tag(head) == "VERB" and abs(head - noun) <= FAR:
        return surface_subject(syntax, head)
    return None


def _is_infinitive(syntax: Syntax, verb: int) -> bool:
    return any(syntax.folded(c) == "to" and syntax.words.relation[c] in ("mark", "aux") for c in syntax.children[verb])


def _leaves_out_object(syntax: Syntax, verb: int) -> bool:
    """Whether it is a relative clause with a subject of its own and nothing else: "the town they took"."""
    own = syntax.own_subject(verb)
    if syntax.words.relation[verb] != "acl" or own is None or syntax.folded(own) in _RELATIVE:
        return False
    filled = any(syntax.words.relation[c] in ("ccomp", "xcomp", "obl") for c in syntax.children[verb])
    return not filled and not is_passive(syntax, verb)
