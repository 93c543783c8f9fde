"""Attitudes: the words of a report that hold something for or against something, found by their frames.

An attitude has a complement (what it is towards) and, where its clause names one, an agent (whose it is). Judgements
("a mistake") and what "should" be done have none: they are the attitudes of who states them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.record.positions.agents import agent_of_noun, agent_of_predicate, by_agent, has_owner
from onrecord.record.positions.appraisals import (
    TAKEN_UP,
    called,
    judgements,
    needed,
    oughts,
    ruled_out,
    sense_made,
    will_not_have,
    without,
)
from onrecord.record.positions.attitude import Attitude
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.consequences import consequences
from onrecord.record.positions.frames import complement_of
from onrecord.record.positions.lexicon import Expression, Kind, lexicon, words_of
from onrecord.record.positions.predicates import said_of_holder
from onrecord.record.positions.receptions import receptions
from onrecord.record.positions.refusing import will_not
from onrecord.record.positions.standing import against, now_for

_OPEN = frozenset(("VERB", "NOUN", "ADJ", "ADP", "ADV", "SCONJ", "DET"))
_KIND_OF: dict[str, tuple[Kind, ...]] = {
    "VERB": ("verb", "adjective", "noun"),
    "NOUN": ("phrase", "predicate", "noun"),
    "ADJ": ("adjective",),
}
_NOW, _NAME = 5, 7
_MAIN = 30
"""Words behind a relative clause within which its sentence tells what is held now."""
_POSSESSIVES = frozenset("its their his her our my".split())


def find_attitudes(clauses: Clauses) -> Iterator[Attitude]:
    """The attitudes of a report, in order; each word holds one at most."""
    if not clauses.syntax.tagged:
        return
    for word in range(len(clauses.syntax.words)):
        tag = clauses.syntax.tag(word)
        if tag in _OPEN and _may_tell(clauses, word):
            found = next(_readings(clauses, word, tag), None)
            if found is not None:
                yield _now_otherwise(clauses, found)


def _may_tell(clauses: Clauses, word: int) -> bool:
    """Whether a word begins like one of the lexicon, or stands behind "should"; to look up all would take long."""
    told = bool(clauses.children(word, "aux")) or (word > 1 and clauses.syntax.folded(word - 1) in ("to", "be"))
    return told or clauses.syntax.folded(word)[:3] in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    known = lexicon()
    words = {word for _, word in known.expressions} | set(known.judgements) | words_of("shifts verbs")
    words |= (
        words_of("judgements interests")
        | words_of("judgements causes")
        | words_of("judgements things")
        | words_of("judgements irregular")
    )
    words |= words_of("judgements calling") | words_of("judgements calling_as") | words_of("shifts convincing")
    words |= words_of("shifts turning")
    words |= words_of("propositions wanting") | words_of("propositions minding")
    words |= words_of("consequences harming") | words_of("consequences helping") | words_of("consequences bringing")
    words |= (
        words_of("receptions popular")
        | words_of("receptions unpopular")
        | words_of("judgements rated")
        | {"sense", "need", "goes", "going", "went"}
    )
    words |= words_of("consequences costing") | words_of("receptions good") | words_of("receptions bad")
    return frozenset(word[:3] for word in words) | {"aga", "for", "que", "no"}


def _readings(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    yield from oughts(clauses, word, tag)
    yield from _turned(clauses, word, tag)
    yield from _shifts(clauses, word, tag)
    yield from _convinced(clauses, word, tag)
    for kind in _KIND_OF.get(tag, ()):
        yield from _of_kind(clauses, word, kind)
    yield from against(clauses, word)
    yield from now_for(clauses, word)
    yield from without(clauses, word, tag)
    yield from will_not_have(clauses, word, tag)
    yield from called(clauses, word, tag)
    yield from judgements(clauses, word, tag)
    yield from ruled_out(clauses, word, tag)
    yield from sense_made(clauses, word, tag)
    yield from needed(clauses, word, tag)
    yield from receptions(clauses, word, tag)
    yield from consequences(clauses, word, tag)
    yield from will_not(clauses, word, tag)


def _of_kind(clauses: Clauses, word: int, kind: Kind) -> Iterator[Attitude]:
    if kind == "verb" and has_owner(clauses, word):
        return
    if kind == "noun" and (_is_given_up(clauses, word) or not _is_noun(clauses, word)):
        return
    if kind == "predicate":
        yield from said_of_holder(clauses, word)
    else:
        yield from _expressed(clauses, word, kind)


def _is_noun(clauses: Clauses, word: int) -> bool:
    return clauses.syntax.tag(word) == "NOUN" or has_owner(clauses, word)


def _is_given_up(clauses: Clauses, noun: int) -> bool:
    """Whether the attitude is the object of a change of it, which tells all."""
    verb = clauses.head(noun)
    if noun > 1 and _is_owned_behind(clauses, noun - 2) and clauses.base(noun - 2) in words_of("shifts verbs"):
        return True
    return clauses.is_object(noun) and clauses.base(verb) in words_of("shifts verbs")


def _is_owned_behind(clauses: Clauses, verb: int) -> bool:
    """Whether "its resistance" stands right behind a verb, whatever the tree hangs it on."""
    if verb + 2 >= clauses.ends[verb] or clauses.syntax.tag(verb) != "VERB":
        return False
    owned = clauses.syntax.folded(verb + 1) in _POSSESSIVES
    return owned and clauses.base(verb + 2) in words_of("shifts stances")


def _expressed(clauses: Clauses, word: int, kind: Kind) -> Iterator[Attitude]:
    lemma = clauses.syntax.folded(word) if kind == "adjective" else clauses.base(word)
    for expression in lexicon().expressions.get((kind, lemma), ()):
        if expression.before is not None and clauses.case(word) != expression.before:
            continue
        passive = kind == "verb" and _is_passive(clauses, word)
        found = _passive(clauses, word, expression) if passive else _active(clauses, word, kind, expression)
        if found is not None:
            yield found


def _is_passive(clauses: Clauses, verb: int) -> bool:
    if clauses.syntax.is_passive(verb):
        return True
    is_participle = clauses.relation(verb) == "acl" and not clauses.syntax.auxiliaries(verb)
    return is_participle and clauses.syntax.folded(verb).endswith("ed") and by_agent(clauses, verb) is not None


def _passive(clauses: Clauses, verb: int, expression: Expression) -> Attitude | None:
    """As in "The bill is opposed by farmers", "a bill backed by farmers"."""
    agent = by_agent(clauses, verb)
    if "obj" not in expression.frames or agent is None or clauses.is_negated(verb):
        return None
    complement = clauses.syntax.own_subject(verb)
    if complement is None and clauses.relation(verb) == "acl":
        complement = clauses.head(verb)
    if complement is None or not clauses.is_nominal(complement):
        return None
    return _attitude(expression, verb, expression.sign, complement, None, agent)


def _active(clauses: Clauses, word: int, kind: Kind, expression: Expression) -> Attitude | None:
    if kind == "adjective" and not _is_predicate(clauses, word):
        return None
    found = complement_of(clauses, word, expression)
    sign = _signed(clauses, word, kind, expression)
    over = sign is None and kind == "verb" and clauses.is_no_longer(word)  # "no longer opposes the closure": a shift
    if found is None or (sign is None and not over):
        return None
    complement, mover = found
    if sign is not None and _is_told_not_to(clauses, word, complement):
        sign = -sign
    agent = agent_of_noun(clauses, word) if kind == "noun" else agent_of_predicate(clauses, word)
    if agent is None and kind == "phrase" and clauses.syntax.tag(clauses.head(word)) == "VERB":
        agent = agent_of_predicate(clauses, clauses.head(word))  # "came out in favour of"
    if agent is not None and kind == "phrase" and clauses.syntax.folded(agent) in _POSSESSIVES:
        agent = agent_of_predicate(clauses, clauses.head(word))  # "threw her weight behind"
    if agent is None and kind == "noun":
        agent = _of_before(clauses, word, complement)
    if kind == "verb" and complement < word and (agent is None or agent < complement):
        agent = _named_behind_which(clauses, word) or agent
    if agent is None or agent == complement:
        return None
    if sign is None:
        return replace(_attitude(expression, word, -expression.sign, complement, mover, agent), shift=True)
    return _attitude(expression, word, sign, complement, mover, agent)


def _of_before(clauses: Clauses, noun: int, complement: int) -> int | None:
    """Whose it is, between it and what it is towards: "the opposition *of doctors* to the merger"."""
    holder = clauses.behind(noun, "of", 1)
    return holder if holder is not None and noun < holder < complement else None


def _is_told_not_to(clauses: Clauses, word: int, complement: int) -> bool:
    """As in "urged the ministry not to sell", whatever the tree hangs "not" on; and "wants nothing to do with"."""
    if clauses.syntax.folded(min(word + 1, len(clauses.syntax.words) - 1)) == "nothing":
        return True
    before = [clauses.syntax.folded(w) for w in range(max(word, complement - 2), complement)]
    return before in (["not", "to"], ["never", "to"]) and not clauses.is_negated(complement)


def _attitude(expression: Expression, word: int, sign: int, complement: int, mover: int | None, agent: int) -> Attitude:
    return Attitude(word, sign, complement, mover, agent, expression.weak, expression.person)


def _is_predicate(clauses: Clauses, word: int) -> bool:
    """Whether an adjective or participle is said of somebody."""
    return clauses.relation(word) not in ("amod", "compound", "case", "mark", "aux")


def _signed(clauses: Clauses, word: int, kind: Kind, expression: Expression) -> int | None:
    """The sign as negation leaves it; None where it leaves nothing."""
    if clauses.is_joined_to_negated(word):
        return None
    if kind == "noun":
        return None if clauses.is_negated(word) else expression.sign
    if not (clauses.is_negated(word) or clauses.is_no_longer(word)):
        return expression.sign
    return -expression.sign if expression.turns else None


def _named_behind_which(clauses: Clauses, verb: int) -> int | None:
    """Who "for which *the union* has argued" names, where the tree hangs the name elsewhere."""
    for word in range(verb - 1, max(1, verb - _NAME - 3), -1):
        if clauses.syntax.folded(word) == "which":
            return next((w for w in range(word + 1, verb) if clauses.is_nominal(w)), None)
    return None


def _convinced(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "they convinced me otherwise": whoever it was now holds something else."""
    if tag != "VERB" or clauses.is_negated(word):
        return
    if _is_what_turned(clauses, word):
        yield Attitude(word, 1, None, agent=None, shift=True, judgement=True)
        return
    if clauses.base(word) not in words_of("shifts convincing"):
        return
    agent = word + 1
    if agent + 1 >= clauses.ends[word] or clauses.syntax.folded(agent + 1) != "otherwise":
        return
    if clauses.syntax.folded(agent) in ("me", "us"):
        yield Attitude(word, 1, None, agent=None, shift=True, judgement=True)
    elif clauses.is_nominal(agent):
        yield Attitude(word, 1, None, agent=agent, shift=True)


def _is_what_turned(clauses: Clauses, verb: int) -> bool:
    """As in "What turned me was a letter", "What changed my mind is"."""
    behind = [clauses.syntax.folded(w) for w in range(verb + 1, min(verb + 4, clauses.ends[verb]))]
    if verb == 0 or clauses.syntax.folded(verb - 1) != "what" or len(behind) < 2:
        return False
    if behind[:2] in (["my", "mind"], ["our", "minds"]) and clauses.base(verb) == "change":
        return behind[2:] in (["was"], ["is"], ["were"])
    turned = clauses.base(verb) in words_of("shifts turning")
    return turned and behind[0] in ("me", "us") and behind[1] in ("was", "is", "were")


def _now_otherwise(clauses: Clauses, found: Attitude) -> Attitude:
    """The attitude as a shift where its holder wanted something else: "which wanted it shut, now backs"."""
    if found.agent is None or found.shift or found.judgement:
        return found
    near = range(max(0, found.word - _NOW), min(found.word + 2, clauses.ends[found.word]))
    if not any(clauses.syntax.folded(w) == "now" for w in near):
        return found
    for verb in range(found.agent + 1, found.word):
        holds = lexicon().expressions.get(("verb", clauses.base(verb)))
        past = clauses.syntax.tag(verb) == "VERB" and clauses.syntax.folded(verb) != clauses.base(verb)
        if holds and past and clauses.is_relative(verb) and "had" not in clauses.syntax.auxiliaries(verb):
            return replace(found, shift=True, weak=False, person=True)
    return found


def _shifts(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "Dropped its opposition to the dam", "reassess that stance"."""
    if tag != "VERB" or clauses.base(word) not in words_of("shifts verbs") or clauses.is_negated(word):
        return
    thing = next((c for c in clauses.syntax.children[word] if c > word and clauses.is_object(c)), None)
    thing = word + 2 if thing is None and _is_owned_behind(clauses, word) else thing
    if thing is None or clauses.base(thing) not in words_of("shifts stances"):
        return
    agent = agent_of_predicate(clauses, word)
    if agent is None:
        return
    towards = next(_expressed(clauses, thing, "noun"), None)
    if towards is not None and towards.complement is not None:
        yield Attitude(word, towards.sign, towards.complement, towards.mover, agent, person=towards.person, shift=True)
        return
    about = (clauses.behind(thing, preposition, 2) for preposition in sorted(words_of("shifts about")))
    complement = next((found for found in about if found is not None), None)
    own = any(clauses.syntax.tag(child) == "PRON" for child in clauses.children(thing, "nmod", "det"))
    given_up = own and clauses.base(thing) in words_of("shifts given_up")  # "its resistance", to what was told before
    if complement is not None or given_up or clauses.base(thing) in words_of("shifts bare"):
        yield Attitude(word, 1, complement, agent=agent, shift=True)


def _turned(clauses: Clauses, word: int, tag: str) -> Iterator[Attitude]:
    """As in "the union, which had rejected inspections, said it would accept them": of the inspections, a shift."""
    if tag != "VERB" or not clauses.is_relative(word) or "had" not in clauses.syntax.auxiliaries(word):
        return
    before = next(_expressed(clauses, word, "verb"), None)
    if before is None or before.complement is None or before.agent is None:
        return
    border = next((w for w in range(word, clauses.ends[word]) if clauses.syntax.form(w) == ","), None)
    for verb in range(border or clauses.ends[word], min(clauses.ends[word], word + _MAIN)):
        if clauses.syntax.tag(verb) == "VERB" and _is_turned(clauses, verb, before):
            yield replace(before, weak=False, person=True, shift=True, said=verb + 1)
            return


def _is_turned(clauses: Clauses, verb: int, before: Attitude) -> bool:
    """Whether the verb takes up what an attitude was towards, with the other sign."""
    if clauses.syntax.folded(verb + 1) not in TAKEN_UP or clauses.is_negated(verb):
        return False
    signs = {expression.sign for expression in lexicon().expressions.get(("verb", clauses.base(verb)), ())}
    return signs == {-before.sign}
