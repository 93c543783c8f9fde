"""Who does what a verb says, and whose a plan is: as the tree has it, or as the words stand."""

from __future__ import annotations

from onrecord.record.commitments.reading import RELATIVE, Reading

_REACH = 40
_MOST_JOINED = 4
_NEAR = 16
_OBJECTS = frozenset(("him", "them", "us", "me"))
_OWNER_GAP = 6


def holder_of(reading: Reading, sentence: range, noun: int) -> int | None:
    """Whose plan or agreement it is: its possessor, or the subject of the verb that has it as object."""
    for child in reading.syntax.children[noun]:
        owns = reading.form(child + 1) in ("'s", "’s", "'", "’") or reading.tag(child) == "PRON"
        if owns and noun - _OWNER_GAP <= child < noun:
            return child
    above = reading.syntax.words.head[noun]
    if above > noun and reading.is_verb(above) and reading.syntax.is_passive(above):
        return _maker(reading, above)
    verb = next((w for w in reading.syntax.ancestors(noun) if reading.is_verb(w) and w < noun), None)
    if verb is None or verb not in sentence or noun - verb > 8:
        return None
    return subject_of(reading, sentence, verb, verb)


def _maker(reading: Reading, verb: int) -> int | None:
    """Who makes the promise that "was made by" somebody."""
    behind = (c for c in reading.syntax.children[verb] if c > verb and reading.is_nominal(c))
    return next((c for c in behind if reading.form(reading.syntax.subtree(c)[0]) == "by"), None)


def subject_of(reading: Reading, sentence: range, first: int, verb: int) -> int | None:
    """The head of the subject of the verb whose words begin at `first`: as the tree has it, or as the words stand."""
    found = reading.syntax.subject(verb) if reading.is_verb(verb) or verb != first else None
    if found is not None and (found not in sentence or found > verb or first - found > _REACH):
        found = None
    if found is not None and _is_behind_preposition(reading, found):
        found = None  # "Under the *agreement*, the parties will"
    near = _nominal_before(reading, sentence, first)
    wrong = found is None or reading.form(found) in _OBJECTS
    if wrong or (near is not None and found is not None and reading.tag(near) == "PRON" and near > found):
        found = near
    if found is not None and near is not None and near > found and _is_parted(reading, found, near):
        found = near
    if found is not None and near is not None and near > found:
        found = near if _acts_rather(reading, near, found) or _is_own(reading, near, verb) else found
    if found is None:
        found = _behind_relative(reading, sentence, first)
    if found is None and reading.form(first - 1) in ("and", "but", "or"):
        found = _shared(reading, sentence, first)
    return _meant(reading, sentence, found) if found is not None else None


def _is_behind_preposition(reading: Reading, noun: int) -> bool:
    children = (c for c in reading.syntax.children[noun] if c < noun and reading.syntax.words.relation[c] == "case")
    return any(reading.tag(c) == "ADP" for c in children)


def _is_parted(reading: Reading, found: int, near: int) -> bool:
    """Whether a colon stands between a subject that the tree has and the name right before the verb."""
    return any(reading.form(w) in (":", ";") for w in range(found + 1, near))


def _behind_relative(reading: Reading, sentence: range, first: int) -> int | None:
    """The noun of which a clause tells more that stands between: "a *bill* that says so will be"."""
    told = False
    for word in range(first - 1, max(sentence.start, first - _NEAR), -1):
        told = told or reading.is_verb(word)
        if reading.form(word) in ("that", "which", "who"):
            return word - 1 if told and reading.tag(word - 1) == "NOUN" else None
        if reading.tag(word) == "PUNCT":
            return None
    return None


def _acts_rather(reading: Reading, near: int, found: int) -> bool:
    """Whether only the nearer one can act: the tree is wrong then."""
    return reading.is_agent(near) and not reading.is_agent(found)


def _is_own(reading: Reading, noun: int, verb: int) -> bool:
    """Whether the tree has the noun for a subject of the verb, a second one: "judges ruled that *votes* must be"."""
    return reading.syntax.words.relation[noun] == "nsubj" and reading.syntax.words.head[noun] == verb


def _shared(reading: Reading, sentence: range, first: int) -> int | None:
    """The subject of the verb before, where "and" joins to it: "it had mended the fault *and would* start again"."""
    for word in range(first - 2, max(sentence.start, first - _NEAR) - 1, -1):
        subject = reading.syntax.own_subject(word) if reading.is_verb(word) else None
        if subject is not None and subject < word:
            return subject
    return None


def _nominal_before(reading: Reading, sentence: range, first: int) -> int | None:
    """The head of the words before the verb, back to where another clause begins."""
    while first - 1 > sentence.start and reading.tag(first - 1) in ("AUX", "ADV"):
        first -= 1
    start = first
    for word in range(first - 1, max(sentence.start, first - 16) - 1, -1):
        stops = reading.tag(word) in ("VERB", "SCONJ", "CCONJ", "AUX") or reading.form(word) in ("“", ";", ":", "that")
        if reading.form(word) in RELATIVE and word == first - 1:
            return word
        led = reading.form(word) == "," and word < first - 1 and any(reading.is_nominal(w) for w in range(word, first))
        if stops or (led and reading.form(first - 1) != ","):
            break
        start = word
    nominal = [w for w in range(start, first) if reading.is_nominal(w)]
    for word in nominal:
        owns = reading.form(word + 1) in ("'s", "’s") and word + 2 in nominal
        counts = reading.tag(word) == "NUM" and reading.tag(word + 1) == "ADJ"  # "two rival *parties*"
        if word + 1 not in nominal and not owns and not counts:
            return word
    return None


def _meant(reading: Reading, sentence: range, subject: int) -> int:
    """The noun that "who" or "which" stands for; not the day in "a truce on Saturday that is to begin in May"."""
    if reading.form(subject) not in RELATIVE:
        return subject
    return next(
        (
            w
            for w in range(subject - 1, max(sentence.start, subject - 8) - 1, -1)
            if reading.tag(w) in ("NOUN", "PROPN") and not reading.times.touching(reading.syntax.span(w))
        ),
        subject,
    )


def joined_before(reading: Reading, sentence: range, bound: int) -> list[int]:
    """The heads of the phrases joined to that of `bound` by "and" before it, the nearest first."""
    first = reading.syntax.words_in(reading.syntax.noun_phrase(bound))[0]
    found: list[int] = []
    while len(found) < _MOST_JOINED:
        joint = first if reading.form(first) == "and" else first - 1
        if joint - 1 < sentence.start or reading.form(joint) != "and" or not reading.is_nominal(joint - 1):
            break
        found.append(joint - 1)
        first = reading.syntax.words_in(reading.syntax.noun_phrase(joint - 1))[0]
    return found
