"""What an attitude is towards: the object, participle, infinitive or preposition that its frame asks for."""

from __future__ import annotations

from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import Expression, words_of

_PARTICIPLES = frozenset("put set cut shut sent held brought kept built made sold paid told left".split())
_NOUN_PHRASE = frozenset(("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "PART"))
_NAME = 7
_MAIN = 30
"""Words behind a relative clause within which its sentence goes on."""
_TIMES = frozenset("minute hour day night week month year decade".split())
_PERSONAL_FRAMES = frozenset(("for", "from"))


def complement_of(clauses: Clauses, word: int, expression: Expression) -> tuple[int, int | None] | None:
    """What the attitude is towards, and who is to do it, by the first frame that fits."""
    for frame in expression.frames:
        found = _in_frame(clauses, word, frame, expression)
        if found is not None:
            return found
    return None


def _in_frame(clauses: Clauses, word: int, frame: str, expression: Expression) -> tuple[int, int | None] | None:
    if frame == "to" and not expression.prepositional:
        found = clauses.infinitive(word)
        return found if found and (not expression.only or clauses.base(found[0]) in expression.only) else None
    if frame == "np-done":
        return _done_to(clauses, word)
    if frame == "np-to":
        found = clauses.infinitive(word)
        return found if found and found[1] is not None else None
    if frame in ("for-to", "on-to", "with-to"):
        return _noun_and_infinitive(clauses, word, frame.removesuffix("-to"))
    if frame in ("obj", "ing", "that"):
        return _direct(clauses, word, frame)
    behind = _beyond_time(clauses, word, frame, clauses.behind(word, frame, _reach(clauses, word, expression)))
    if behind is None and _is_stranded(clauses, word, frame):
        related = clauses.noun_before_which(word, _MAIN)
        return None if related is None else (related, None)  # "the cap, which they have called for"
    related = _before_for_which(clauses, word, frame) if behind is None else None
    if related is not None:
        return related, None  # "the cap for which they have called"
    if behind is None or (clauses.syntax.tag(behind) == "VERB" and not clauses.syntax.folded(behind).endswith("ing")):
        return None
    return behind, None


def _beyond_time(clauses: Clauses, word: int, preposition: str, found: int | None) -> int | None:
    """What stands behind the second of two prepositions, where the first says how long: "*for* years *for* beavers"."""
    if found is None or clauses.base(found) not in _TIMES:
        return found
    return clauses.behind(found, preposition, 3)


def _is_stranded(clauses: Clauses, verb: int, preposition: str) -> bool:
    """Whether the preposition stands alone behind the verb of a relative clause."""
    if verb + 1 >= clauses.ends[verb] or clauses.syntax.folded(verb + 1) != preposition:
        return False
    return verb + 2 >= clauses.ends[verb] or clauses.syntax.tag(verb + 2) == "PUNCT"


def _before_for_which(clauses: Clauses, verb: int, preposition: str) -> int | None:
    """The noun before "for which" that opens the clause of a verb."""
    if clauses.syntax.tag(verb) != "VERB":
        return None
    for word in range(verb - 1, max(1, verb - _NAME - 3), -1):
        if clauses.ends[word] != clauses.ends[verb] or clauses.syntax.tag(word) in ("VERB", "PUNCT", "SCONJ"):
            return None
        if clauses.syntax.folded(word) == "which":
            if clauses.syntax.folded(word - 1) != preposition:
                return None
            noun = word - 2 - (clauses.syntax.form(word - 2) == ",")
            while clauses.relation(noun) in ("nmod", "flat", "compound") and clauses.head(noun) < noun:
                noun = clauses.head(noun)
            return noun if clauses.is_nominal(noun) else None
    return None


def _done_to(clauses: Clauses, word: int) -> tuple[int, int | None] | None:
    """As in "wanted the mayor *put* on trial": the participle right behind a noun, whatever the tree hangs it on."""
    verb = word + 1
    while verb < clauses.ends[word] and clauses.syntax.tag(verb) in _NOUN_PHRASE and not _is_result(clauses, verb):
        verb += 1
    if verb - 1 == word or verb >= clauses.ends[word] or not clauses.is_nominal(verb - 1):
        return None
    past = clauses.syntax.folded(verb).endswith(("ed", "en")) or clauses.syntax.folded(verb) in _PARTICIPLES
    more = [child for child in clauses.children(verb, "aux", "mark", "obj") if child > word]
    is_verb = clauses.syntax.tag(verb) == "VERB" or clauses.is_participle(verb)
    is_done = past and is_verb and not more
    noun = clauses.head(verb - 1) if clauses.relation(verb - 1) == "flat" else verb - 1
    return (verb, noun) if is_done and word < noun < verb else None


def _is_result(clauses: Clauses, word: int) -> bool:
    """Whether a participle behind a noun, which the tagger takes for an adjective, says what is to be done to it."""
    return clauses.is_participle(word) and clauses.is_nominal(word - 1) and clauses.relation(word) != "amod"


def _reach(clauses: Clauses, word: int, expression: Expression) -> int:
    """Words to its preposition: beyond an object only where the object is who is praised or blamed for it."""
    if not any(clauses.is_object(child) for child in clauses.syntax.children[word] if child > word):
        return 5
    return 12 if expression.frames[0] in _PERSONAL_FRAMES else 1


def _direct(clauses: Clauses, word: int, frame: str) -> tuple[int, int | None] | None:
    for child in clauses.syntax.children[word]:
        if child < word:
            continue
        relation, tag = clauses.relation(child), clauses.syntax.tag(child)
        is_verb = tag in ("VERB", "AUX")
        if frame == "obj" and clauses.is_object(child):
            return child, None
        if frame == "ing" and relation in ("xcomp", "ccomp", "advcl", "acl") and is_verb and _is_gerund(clauses, child):
            return child, None
        if frame == "that" and relation == "ccomp" and is_verb and clauses.case(child) in ("that", ""):
            return child, clauses.syntax.own_subject(child)
    if frame == "that" and word + 1 < clauses.ends[word] and clauses.syntax.folded(word + 1) == "that":
        verb = clauses.head(word + 1)  # "its demand that he be sacked", whatever the tree hangs the clause on
        if verb > word + 1 and clauses.syntax.tag(verb) == "VERB":
            return verb, clauses.syntax.own_subject(verb)
    related = clauses.related_object(word) if frame == "obj" else None
    if related is not None:
        return related, None
    beside = clauses.object_beside(word) if frame == "obj" and clauses.syntax.tag(word) == "VERB" else None
    if beside is None:
        return None
    # Of a verb whose subject is "which" the tree may hang the object on the clause before.
    led = clauses.head(beside) > beside or clauses.is_relative(word) or clauses.case(word) == "to"
    return (beside, None) if led else None


def _is_gerund(clauses: Clauses, verb: int) -> bool:
    between_marks = clauses.case(verb) in ("", "of") and clauses.syntax.folded(verb - 1) != "by"
    return clauses.syntax.folded(verb).endswith("ing") and between_marks and not clauses.syntax.auxiliaries(verb)


def _noun_and_infinitive(clauses: Clauses, word: int, preposition: str) -> tuple[int, int | None] | None:
    """As in "Calls for ministers to resign": the verb and the noun."""
    noun = _beyond_time(clauses, word, preposition, clauses.behind(word, preposition, 6))
    if noun is None and clauses.syntax.folded(word + 1) == preposition:
        return _beyond_name(clauses, word + 2)
    if noun is not None and clauses.syntax.tag(noun) == "VERB":
        return _marked(clauses, word, noun)
    if noun is None or not clauses.is_nominal(noun) or clauses.base(noun) in words_of("propositions transparent"):
        return None
    found = clauses.infinitive(noun)
    return None if found is None else (found[0], noun)


def _marked(clauses: Clauses, word: int, verb: int) -> tuple[int, int | None] | None:
    """The verb that the tree hangs "for" on, and the noun right before its "to": "called for the city to pay"."""
    to = next((w for w in range(word + 2, verb) if clauses.syntax.folded(w) == "to"), None)
    if to is None or any(clauses.syntax.tag(w) in ("VERB", "PUNCT", "SCONJ") for w in range(word + 2, to)):
        return None
    noun = next((w for w in range(to - 1, word + 1, -1) if clauses.is_nominal(w)), None)
    return None if noun is None else (verb, noun)


def _beyond_name(clauses: Clauses, first: int) -> tuple[int, int | None] | None:
    """The verb behind "to" and the name before it, where the tree hangs "on" elsewhere: "call on Anna Holm to go"."""
    for word in range(first, min(first + _NAME, clauses.ends[first - 1] - 1)):
        if clauses.syntax.folded(word) == "to" and clauses.syntax.tag(word + 1) == "VERB" and word > first:
            return word + 1, word - 1
        if clauses.syntax.tag(word) not in _NOUN_PHRASE:
            return None
    return None
