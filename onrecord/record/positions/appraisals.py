"""Attitudes told by what somebody says of a thing: that it is a mistake, what it should be, what they call it.

These name no wish: "a walkout would be a mistake", "the treaty should be rejected", "called it a gift", "saw no need".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.record.positions.agents import agent_of_predicate
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import lexicon, words_of

TAKEN_UP = frozenset(("them", "it", "this", "that", "so", "him", "her"))
_WILL = frozenset(("will", "would", "'ll", "’ll", "wo"))
_CONDITIONS = frozenset("if unless without until till before for by had yet soon".split())
_QUOTES = frozenset("“”\"'‘’")
_NEAR = 8
"""Words before a verb within which its "which" stands."""
_GOING_ON = frozenset((("go", "ahead"), ("go", "forward"), ("take", "place"), ("take", "effect")))
_SAID_OF_IT = 11
"""Words behind "called" within which a thing is called something."""


def without(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "had no intention of selling", "sees no need for a vote"; "has no objection to" is for it."""
    if tag != "NOUN":
        return
    base = clauses.base(word)
    sign = -1 if base in words_of("propositions wanting") else 1 if base in words_of("propositions minding") else 0
    opened = any(clauses.syntax.folded(c) == "no" for c in clauses.children(word, "det", "advmod"))
    verb = word - 2 if word > 1 and clauses.syntax.folded(word - 1) == "no" else clauses.head(word)
    if not sign or not opened or verb > word or clauses.base(verb) not in ("have", "see"):
        return
    found = clauses.infinitive(word)
    behind = (clauses.behind(word, preposition, 2) for preposition in ("of", "for", "to", "with", "in"))
    complement = found[0] if found is not None else next((one for one in behind if one is not None), None)
    agent = agent_of_predicate(clauses, verb)
    if complement is not None and agent is not None:
        yield Attitude(word, sign, complement, agent=agent)


def will_not_have(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "would not have a second tunnel", "will not hear of a merger"."""
    if tag != "VERB" or clauses.base(word) not in ("have", "hear") or not clauses.is_negated(word):
        return
    auxiliaries = set(clauses.syntax.auxiliaries(word))
    if not auxiliaries & _WILL or any(_conditions(clauses, w) for w in range(word + 1, clauses.ends[word])):
        return  # "would not have a job if it closed", "will not have a coach until June"
    heard = clauses.base(word) == "hear"
    objects = [c for c in clauses.children(word, "obj") if c > word and clauses.is_nominal(c)]
    complement = clauses.behind(word, "of", 1) if heard else next(iter(objects), None)
    agent = agent_of_predicate(clauses, word)
    if complement is None or agent is None or agent > word:
        return
    article = {clauses.syntax.folded(c) for c in clauses.children(complement, "det")}
    if heard or article & {"a", "an", "any"}:
        yield Attitude(word, -1, complement, agent=agent)


def _conditions(clauses: Clauses, word: int) -> bool:
    return clauses.syntax.folded(word) in _CONDITIONS or "?" in clauses.syntax.form(word)


def called(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "called it a gift to the builders", "dismissed the plan as an act of vandalism"."""
    base = clauses.base(word)
    plain, needs_as = base in words_of("judgements calling"), base in words_of("judgements calling_as")
    if tag != "VERB" or not (plain or needs_as) or clauses.is_negated(word):
        return
    near = range(word + 1, min(word + _SAID_OF_IT, clauses.ends[word]))
    border = next((w for w in near if _closes(clauses, w)), near.stop)
    opening = next((w for w in near if clauses.syntax.folded(w) == "as"), None)
    if needs_as and (opening is None or opening >= border):
        return
    said = [w for w in range((opening or word) + 1, border) if _called_so(clauses, w)]
    thing = (_called_thing(clauses, word, said[0]) or clauses.noun_before_which(word, _NEAR)) if said else None
    agent = agent_of_predicate(clauses, word)
    if thing is not None and agent is not None and agent < word:
        yield Attitude(word, _called_so(clauses, said[0]), thing, agent=agent, said=said[0])


def _closes(clauses: Clauses, word: int) -> bool:
    """Whether what a thing is called is over at the word, which is no quotation mark."""
    tag = clauses.syntax.tag(word)
    return tag in ("VERB", "SCONJ", "AUX") or (tag == "PUNCT" and clauses.syntax.form(word) not in _QUOTES)


def _called_thing(clauses: Clauses, verb: int, said: int) -> int | None:
    """What is called so: "it", or the noun right behind the verb, before what it is called."""
    if clauses.syntax.folded(verb + 1) in TAKEN_UP:
        return verb + 1
    nouns = [w for w in range(verb + 1, said) if clauses.syntax.tag(w) in ("NOUN", "PROPN")]
    found = next((w for w in nouns if w + 1 not in nouns), None)
    apart = found is not None and (found < said - 1 or clauses.syntax.tag(said) == "ADJ")
    return found if found is not None and clauses.syntax.tag(found) == "NOUN" and apart else None


def _with_hyphen(clauses: Clauses, word: int) -> str:
    """The base form, of a noun of two parts the whole: "sell-out"."""
    tied = word + 2 < clauses.ends[word] and clauses.syntax.form(word + 1) == "-"
    return f"{clauses.syntax.folded(word)}-{clauses.base(word + 2)}" if tied else clauses.base(word)


def _called_so(clauses: Clauses, word: int) -> int:
    """What a noun or adjective that a thing is called says of it: 1 good, -1 bad, 0 neither."""
    if clauses.syntax.tag(word) not in ("NOUN", "ADJ", "ADV"):
        return 0
    base = _with_hyphen(clauses, word)
    if base in words_of("judgements called_bad"):
        return -1
    rated = _rated(clauses, word)
    if rated is not None:
        return rated
    return 1 if base in words_of("judgements called_good") else _judging_words().get(base, 0)


def judgements(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "A walkout would be a mistake", "it is not in the club's interest to sell"."""
    sign = _judged(clauses, word) if tag in ("NOUN", "ADJ") else None
    if sign is None or not (clauses.children(word, "cop") or _is_seeming(clauses, word)):
        return
    if clauses.is_negated(word):
        if sign < 0:
            return
        sign = -sign
    subject = clauses.syntax.own_subject(word)
    subject = _before_copula(clauses, word) if subject is None else subject
    if subject is None:
        subject = clauses.noun_before_which(word, _NEAR)  # "a tax that farmers say would be a mistake"
    clause = next((c for c in clauses.children(word, "csubj") if clauses.syntax.tag(c) == "VERB"), None)
    if clause is not None and subject is not None and clause < subject:
        subject = None  # "closing the border would be a mistake", of which the tree makes two subjects
    if subject is not None and subject < word and _may_be_judged(clauses, subject):
        yield Attitude(word, sign, subject, weak=True, judgement=True)
        return
    found = clauses.infinitive(word) or _clause_as_subject(clauses, word)
    if found is not None:
        yield Attitude(word, sign, found[0], found[1], weak=True, judgement=True)


def sense_made(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "The takeover makes no sense", "it would make sense to wait"."""
    verb = clauses.head(word)
    if tag != "NOUN" or clauses.syntax.folded(word) != "sense" or clauses.base(verb) != "make" or verb > word:
        return
    before = {clauses.syntax.folded(w) for w in range(verb + 1, word)}
    denied = bool(before & {"no", "little"}) or clauses.is_negated(verb)
    subject, found = clauses.syntax.own_subject(verb), clauses.infinitive(word)
    subject = verb - 1 if subject is None and verb > 0 and clauses.syntax.tag(verb - 1) == "NOUN" else subject
    if found is not None:
        yield Attitude(word, -1 if denied else 1, found[0], found[1], weak=True, judgement=True)
    elif subject is not None and _may_be_judged(clauses, subject):
        yield Attitude(word, -1 if denied else 1, subject, weak=True, judgement=True)


def needed(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "We need this bridge", "we do not need another mall"; of others it is a fact that they need something."""
    if tag != "VERB" or clauses.base(word) != "need":
        return
    agent, thing = clauses.syntax.own_subject(word), next(iter(clauses.children(word, "obj")), None)
    own = agent is not None and clauses.syntax.folded(agent) in words_of("agents own_voice")
    if own and thing is not None and thing > word:
        yield Attitude(word, -1 if clauses.is_negated(word) else 1, thing, agent=agent, weak=True)


def ruled_out(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "A second vote is out of the question", "there must be no cull": so holds who states it."""
    form = clauses.syntax.folded(word)
    if form == "question" and [clauses.syntax.folded(w) for w in range(max(0, word - 3), word)] == ["out", "of", "the"]:
        noun = _before_copula(clauses, word) or clauses.syntax.own_subject(word)
        noun = _subject_of_words(clauses, word - 3) if noun is None else noun
        if noun is not None and noun < word - 3 and _may_be_judged(clauses, noun):
            yield Attitude(word, -1, noun, weak=True, judgement=True)
    if form == "no" and tag == "DET" and word > 2 and clauses.syntax.folded(word - 1) == "be":
        ruled = (
            clauses.syntax.folded(word - 2) in ("must", "can", "should", "will")
            and clauses.syntax.folded(word - 3) == "there"
        )
        noun = clauses.noun_right_behind(word)
        if ruled and noun is not None and _may_be_judged(clauses, noun):
            yield Attitude(word, -1, noun, weak=True, judgement=True)


def _subject_of_words(clauses: Clauses, word: int) -> int | None:
    """The noun right before "is", which stands before `word`, whatever the tree."""
    at = word - 1
    while at > 0 and clauses.syntax.tag(at) in ("AUX", "ADV"):
        at -= 1
    same = at >= 0 and clauses.ends[at] == clauses.ends[word]
    return at if same and at < word - 1 and clauses.syntax.tag(at) == "NOUN" else None


def _before_copula(clauses: Clauses, word: int) -> int | None:
    """The noun right before "is", where the tree hangs it on another word."""
    copulas = clauses.children(word, "cop")
    noun = copulas[0] - 1 if copulas else -1
    if noun < 0 or clauses.ends[noun] != clauses.ends[word] or clauses.preposition(noun):
        return None
    return noun if clauses.syntax.tag(noun) == "NOUN" else None


def _may_be_judged(clauses: Clauses, subject: int) -> bool:
    return clauses.syntax.tag(subject) in ("NOUN", "PROPN") or clauses.is_gerund(subject)


def _clause_as_subject(clauses: Clauses, word: int) -> tuple[int, int | None] | None:
    """As in "Closing the plant would be wrong"."""
    found = next(
        (c for c in clauses.children(word, "csubj", "nsubj") if clauses.syntax.tag(c) == "VERB" and c < word), None
    )
    return None if found is None else (found, clauses.syntax.own_subject(found))


def _is_seeming(clauses: Clauses, word: int) -> bool:
    head = clauses.head(word)
    return clauses.relation(word) == "xcomp" and clauses.base(head) in ("be", "seem", "look", "remain", "become")


def _judged(clauses: Clauses, word: int) -> int | None:
    base = clauses.base(word)
    if base in words_of("judgements interests"):
        before = [clauses.syntax.folded(w) for w in range(max(0, word - 5), word)]
        return 1 if "in" in before else None
    if base in words_of("judgements causes"):
        concern = clauses.behind(word, "for", 3)
        return -1 if concern is not None and clauses.base(concern) in words_of("judgements of_concern") else None
    if base in words_of("judgements things"):
        adjectives = (clauses.syntax.folded(child) for child in clauses.children(word, "amod") if child < word)
        return next((_judging_words()[one] for one in adjectives if one in _judging_words()), None)
    return _rated(clauses, word) or _judging_words().get(base)


def _rated(clauses: Clauses, word: int) -> int | None:
    """As in "a good idea", "a bad deal": 1 or -1; None where no adjective says so."""
    if clauses.base(word) not in words_of("judgements rated"):
        return None
    before = {clauses.syntax.folded(child) for child in clauses.children(word, "amod") if child < word}
    return (bool(before & words_of("judgements rated_good")) - bool(before & words_of("judgements rated_bad"))) or None


@cache
def _judging_words() -> dict[str, int]:
    return dict(lexicon().judgements)


def oughts(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "Parliament should reject the treaty", "he has to resign": so holds who states it."""
    if tag != "VERB" or not (_has_modal(clauses, word) or _has_to(clauses, word)):
        return
    passive = clauses.syntax.is_passive(word)
    subject = clauses.syntax.own_subject(word)
    if subject is None and _has_to(clauses, word):
        subject = clauses.syntax.subject(word)
    if "have" in clauses.syntax.auxiliaries(word) or subject is None or clauses.relation(word) in ("acl", "advcl"):
        return
    begin = clauses.syntax.noun_phrase_words(subject)[0]
    if clauses.syntax.folded(subject) in words_of("agents vague") or clauses.syntax.folded(begin) == "whose":
        return
    if (clauses.syntax.folded(word), clauses.syntax.folded(min(word + 1, len(clauses.ends) - 1))) in _GOING_ON:
        yield Attitude(word, -1 if clauses.is_negated(word) else 1, subject, weak=True, judgement=True)
        return  # "the wind farm should not go ahead"
    yield Attitude(word, 1, word, None if passive else subject, weak=True, judgement=True)


def _has_modal(clauses: Clauses, word: int) -> bool:
    return bool(set(clauses.syntax.auxiliaries(word)) & words_of("judgements modals"))


def _has_to(clauses: Clauses, word: int) -> bool:
    """As in "has to resign", "the tariff ought to be scrapped"."""
    at = word - 1
    while at > 0 and clauses.syntax.folded(at) in ("be", "now", "also"):
        at -= 1
    return (
        at > 0
        and clauses.syntax.folded(at) == "to"
        and clauses.syntax.folded(at - 1) in words_of("judgements obliging")
    )
