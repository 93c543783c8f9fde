"""Who is bound by a commitment: its subject, the sides of an agreement, whoever says "we will"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Statement
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.signal import Signal, unreal
from onrecord.record.commitments.subjects import joined_before

PRONOUNS = frozenset("he she it they we i".split())
OWN = frozenset("we i".split())
_THINGS = frozenset(("it", "they"))
"""Pronouns for what a deed is done to, where it is told in the passive: "it will be finished"."""
_POSSESSIVES = frozenset("his her its their".split())
_LED = frozenset(("led", "headed", "chaired", "run"))
_KNOWN = frozenset("the our my his her their its".split())
_NEAR = 16


def parties_of(reading: Reading, sentence: range, signal: Signal, statement: Statement, end: int) -> tuple[str, ...]:
    """Who is bound: the subject, both sides of an agreement, the agent of a passive, the owner of what it is about."""
    found: list[str] = []
    if signal.bound is not None:
        joined = joined_before(reading, sentence, signal.bound)
        found.extend(actor for head in reversed(joined) for actor in reading.actors_of(head))
        found.extend(_of_bound(reading, signal.bound, signal.first, statement))
    if signal.kind in ("paper", "undertaking") and signal.strength == "agreed":
        found.extend(_others(reading, signal))
    if signal.group.passive:
        agent = _agent(reading, signal, end)
        own = _own_deed(reading, statement) or _answering(reading, sentence, signal, statement)
        found = [*agent] if agent else own or found
    found = givers_of(reading, signal, statement, end) or found
    found = promiser_of(reading, sentence, signal) or found
    if not found and signal.bound is not None:
        found.extend(_head_of(reading, signal.bound, signal.first))
    return tuple(dict.fromkeys(found or _answering(reading, sentence, signal, statement)))


def promiser_of(reading: Reading, sentence: range, signal: Signal) -> list[str]:
    """Who assured somebody that it "would" be so: "assured growers that the subsidy would be paid", also passive."""
    verb = reading.syntax.words.head[signal.deed]
    told = signal.kind == "modal" and verb in sentence and verb < signal.first and reading.is_verb(verb)
    if not told or lexicon().undertaking.get(reading.lemma(verb)) != "pledged" or unreal(reading, sentence, verb):
        return []
    if reading.syntax.is_passive(verb):
        behind = (c for c in reading.syntax.children[verb] if verb < c and reading.is_nominal(c))
        by = next((c for c in behind if reading.form(reading.syntax.subtree(c)[0]) == "by"), None)
        return list(reading.actors_of(by)) if by is not None else []
    subject = reading.syntax.own_subject(verb)
    acts = signal.bound is not None and reading.is_agent(signal.bound) and not signal.group.passive
    return list(reading.actors_of(subject)) if subject is not None and not acts else []


def givers_of(reading: Reading, signal: Signal, statement: Statement, end: int) -> list[str]:
    """Who is to give what others will get: "*the city* said drivers will receive", "will receive from *the city*"."""
    bound = signal.bound
    if bound is None or signal.kind not in ("modal", "state") or not _is_getting(reading, signal):
        return []
    agent = _agent(reading, signal, end, "from")
    pronoun = reading.form(bound) in PRONOUNS and not speaks(reading, statement)
    means_speaker = pronoun and behind_cue(reading, bound, statement)
    if agent or reading.form(bound) in OWN or means_speaker:
        return list(agent)
    speaker = _speaker_by_office(reading, statement)
    if speaker is None or {speaker, reading.body_of(speaker)} & set(reading.actors_of(bound)):
        return []
    return [speaker]


def _is_getting(reading: Reading, signal: Signal) -> bool:
    """Whether something is to be given to the subject: "will get their money", "would receive theirs"."""
    verb = signal.deed
    if signal.group.passive or signal.group.negated or not reading.is_verb(verb):
        return False
    thing = reading.syntax.child(verb, frozenset(("obj",)))
    return thing is not None and thing > verb and "give" in lexicon().sure_results.get(reading.lemma(verb, "VERB"), ())


def _speaker_by_office(reading: Reading, statement: Statement) -> str | None:
    """Who says it, where that is somebody by an office, or a body, and named."""
    if statement.source.basis in ("report", "anonymous"):
        return None
    speaker = reading.parties.source_of(statement)
    return speaker if speaker is not None and reading.answers(speaker) else None


def _answering(reading: Reading, sentence: range, signal: Signal, statement: Statement) -> list[str]:
    """Who answers for what a thing "will" be or do: whoever says so by an office, or as the body that does it."""
    bound = signal.bound
    if signal.kind not in ("modal", "state") or bound is None:
        return []
    institution = not signal.group.passive and _is_known_institution(reading, bound)
    acts = reading.is_agent(bound) and not signal.group.passive and not institution
    person = reading.form(bound) in PRONOUNS and not (signal.group.passive and reading.form(bound) in _THINGS)
    if acts or person:
        return []
    if promises(reading, sentence, statement) and statement.source.basis in ("named", "role"):
        speaker = reading.parties.source_of(statement)
    else:
        speaker = None if reading.kind(bound) in lexicon().nature else _speaker_by_office(reading, statement)
    return [speaker] if speaker is not None else []


def promises(reading: Reading, sentence: range, statement: Statement) -> bool:
    """Whether the words are told as a promise of who says them: "*pledged* that prices would not rise"."""
    head = reading.cue_of(statement)
    if head is None or not reading.is_verb(head) or reading.syntax.is_passive(head):
        return False  # "was assured that" names who hears the promise
    pledged = lexicon().undertaking.get(reading.lemma(head)) == "pledged" or gives_word(reading, head)
    return pledged and not unreal(reading, sentence, head)


def gives_word(reading: Reading, verb: int) -> bool:
    """As in "has given its word that", "gave an assurance that"."""
    thing = reading.syntax.child(verb, frozenset(("obj",)))
    given = reading.lemma(verb) in ("give", "make") and thing is not None and thing > verb
    return given and thing is not None and reading.lemma(thing) in lexicon().words


def _is_known_institution(reading: Reading, noun: int) -> bool:
    """As in "the company", "our city": the one that whoever speaks may head."""
    words = reading.syntax.noun_phrase_words(noun)
    return reading.lemma(noun) in lexicon().institutions and reading.form(words[0]) in _KNOWN


def _head_of(reading: Reading, bound: int, before: int) -> Iterator[str]:
    """Who leads a body that has no name: "an inquiry led by Judge Ruiz"."""
    for word in range(bound + 1, before):
        if reading.form(word) in _LED and reading.form(word + 1) == "by":
            heads = [w for w in range(word + 2, before) if reading.tag(w) == "PROPN"]
            yield from (actor for head in heads[:1] for actor in reading.parties.of_phrase(head))
            return


def _own_deed(reading: Reading, statement: Statement) -> list[str]:
    """Who announces what will be done, where nobody is said to do it: "the firm said the first will be delivered"."""
    speaker = reading.parties.source_of(statement)
    cue = reading.cue_of(statement)
    announced = cue is not None and reading.lemma(cue, "VERB") in lexicon().announcing
    if speaker is None or (statement.source.basis != "named" and not announced):
        return []
    body = reading.body_of(speaker)
    return [body] if announced or reading.is_body(body) else []


def _of_bound(reading: Reading, bound: int, before: int, statement: Statement) -> tuple[str, ...]:
    joined = [*_named(reading, bound), *_joined_to(reading, bound, before)]
    if joined:
        return tuple(joined)
    form = reading.form(bound)
    if form in _POSSESSIVES:
        return _owner(reading, bound)
    told = form in OWN if speaks(reading, statement) else behind_cue(reading, bound, statement)
    if form in PRONOUNS and told:
        speaker = reading.parties.source_of(statement)
        if speaker is not None and form == "we":
            return (reading.body_of(speaker),)
        return (speaker,) if speaker is not None else _sayer(reading, bound)
    return ()


def speaks(reading: Reading, statement: Statement) -> bool:
    """Whether somebody is heard in their own words: within quotation marks, or behind a name and a colon."""
    cue = statement.cue
    return statement.directness == "direct" or (cue is not None and cue.of(reading.report.text) == ":")


def _owner(reading: Reading, bound: int) -> tuple[str, ...]:
    """Whom "its" or "their" means: the subject of what the words hang on."""
    for above in reading.syntax.ancestors(bound):
        subject = reading.syntax.own_subject(above)
        if subject is not None and subject < bound:
            return reading.parties.of_phrase(subject)
    return ()


def behind_cue(reading: Reading, bound: int, statement: Statement) -> bool:
    """Whether the pronoun stands right behind the cue: "the company said it", "he said that he"."""
    cue = statement.cue
    start = reading.syntax.words.starts[bound]
    if not reading.may_mean(reading.form(bound), reading.parties.source_of(statement)):
        return False
    if cue is not None and cue.end <= start:
        return start - cue.end < _NEAR
    return _saying(reading, bound) is not None


def _saying(reading: Reading, bound: int) -> int | None:
    """The verb of saying that stands right before the pronoun."""
    before = range(bound - 1, max(-1, bound - 4), -1)
    return next((w for w in before if reading.is_verb(w) and reading.lemma(w) in lexicon().saying), None)


def _sayer(reading: Reading, bound: int) -> tuple[str, ...]:
    verb = _saying(reading, bound)
    subject = reading.syntax.own_subject(verb) if verb is not None else None
    return reading.parties.of_phrase(subject) if subject is not None and subject != bound else ()


def _named(reading: Reading, head: int) -> tuple[str, ...]:
    """The actors meant by the head, or else by a name right before it: "*Boeing* workers"."""
    known = tuple(actor for actor in reading.actors_of(head) if reading.may_mean(reading.form(head), actor))
    word = head - 1
    while not known and word >= max(0, head - 5) and reading.tag(word) in ("PROPN", "ADJ", "NOUN", "PART", "NUM"):
        known = reading.parties.of_phrase(word) if reading.tag(word) == "PROPN" else ()
        word -= 1
    return known


def _joined_to(reading: Reading, bound: int, before: int) -> Iterator[str]:
    """Those joined to the subject by "and", as the words stand."""
    for word in range(bound + 1, min(before, bound + 12)):
        if reading.tag(word) in ("VERB", "AUX", "PUNCT", "SCONJ"):
            return
        if reading.form(word) == "and":
            heads = [w for w in range(word + 1, before) if reading.is_nominal(w)]
            yield from (actor for head in heads[-2:] for actor in reading.actors_of(head))
            return


def _others(reading: Reading, signal: Signal) -> Iterator[str]:
    """The other sides: "an agreement with A", "a deal between A and B"."""
    for word in range(signal.governed + 1, signal.start):
        if reading.form(word) in ("with", "between"):
            for inner in range(word + 1, signal.start):
                if reading.is_nominal(inner):
                    yield from reading.parties.of_phrase(inner)
            return


def _agent(reading: Reading, signal: Signal, end: int, case: str = "by") -> tuple[str, ...]:
    for child in reading.syntax.children[signal.deed]:
        if signal.deed < child <= end and reading.syntax.words.relation[child] == "obl":
            first = reading.syntax.subtree(child)[0]
            if reading.form(first) == case:
                return reading.parties.of_phrase(child)
    return ()
