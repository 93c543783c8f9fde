"""The words that bind somebody to something: "will", "agreed to", "is due to", "a plan to", "elections set for".

A rule looks at one word and what stands around it, and says which word is the deed, how firm it is, and who is bound.
Rules read the words in their order more than the tree over them: trees of long sentences are often wrong just there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.papers import calls_for, paper, target
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.signal import Kind, Signal, denied, unreal
from onrecord.record.commitments.subjects import holder_of, subject_of
from onrecord.record.commitments.things import (
    noun_before_to,
    start_of,
    thing_behind,
)
from onrecord.record.commitments.timed import being, deadline, futurate, put_off, scheduled, time_given
from onrecord.record.commitments.verbs import Group, infinitive_behind, verb_group

_PAPER_LENGTH = 9
_NOT_BOUND = frozenset("being been am 's ’s 'm ’m".split())
_IRREAL = frozenset(("would", "could", "should", "might", "may", "if"))
_HERE = frozenset(("here", "there"))
_OF_OTHERS = frozenset(("expect", "want", "intend"))
_PROMISING = frozenset(("will", "'ll", "’ll", "wo", "shall"))
_REFLEXIVE = frozenset("itself themselves himself herself ourselves myself".split())
_ABSTRACT = frozenset(
    "aim goal idea problem way point task challenge job role thing purpose key intention trick objective priority step "
    "hope question answer solution strategy option mission policy temptation tendency reason only best".split()
)
_RANK: dict[Kind, int] = {
    "deadline": 0,
    "undertaking": 1,
    "paper": 2,
    "asking": 3,
    "state": 4,
    "scheduled": 5,
    "modal": 6,
}


def find_signals(reading: Reading, sentence: range) -> list[Signal]:
    """The signals of a sentence in the order of their deeds, one for each deed: of several the most telling."""
    if not sentence or not reading.syntax.tagged or reading.form(sentence[-1]) == "?":
        return []
    best: dict[int, Signal] = {}
    for word in sentence:
        for rule in _RULES.get(reading.tag(word), ()):
            for signal in rule(reading, sentence, word):
                known = best.get(signal.deed)
                if known is None or _RANK[signal.kind] < _RANK[known.kind]:
                    best[signal.deed] = signal
    return [_with_bound(reading, sentence, best[deed]) for deed in sorted(best)]


def _modal(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "will close", "would be handed over", "may remain"."""
    strength = lexicon().modals.get(reading.form(word))
    if strength is None or reading.tag(word) not in ("AUX", "VERB"):
        return
    group = verb_group(reading, word + 1, sentence, any_tag=True) or being(reading, word, sentence)
    if group is None:
        return
    refused = reading.form(word) == "wo" or group.negated
    if group.guessed and (reading.form(word) not in _PROMISING or not _future_perfect(reading, word, group)):
        return
    start = word if reading.form(word) == "wo" else group.start
    yield Signal("modal", word, replace(group, negated=refused, start=start), strength, None, word)


def _future_perfect(reading: Reading, modal: int, group: Group) -> bool:
    """As in "will have left by May"."""
    return any(reading.form(w) == "have" for w in range(modal + 1, group.verb))


def _be_to(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "is to hand over"; not "the aim is to"."""
    if not reading.is_be(word) or reading.form(word) in _NOT_BOUND:
        return
    following = word + 1
    while following < sentence.stop and reading.tag(following) == "ADV" and reading.form(following) not in _HERE:
        following += 1
    if following >= sentence.stop or reading.form(following) != "to":
        return
    group = verb_group(reading, following + 1, sentence)
    subject = subject_of(reading, sentence, word, group.verb if group else word)
    if group is None or group.guessed or subject is None or reading.form(following - 1) == "about":
        return
    if any(reading.lemma(w) in _ABSTRACT for w in range(min(subject, word), word)):
        return
    if reading.lemma(subject) in lexicon().papers:
        yield Signal("paper", subject, group, lexicon().papers[reading.lemma(subject)], None, subject)
    elif reading.lemma(group.verb) != "blame":
        yield Signal("state", word, group, "planned", subject, word)


def _state_to(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "is due to open", "are expected to be released", "is going to"."""
    strength = lexicon().states.get(reading.form(word))
    agent = _behind_agent(reading, sentence, word)
    group = infinitive_behind(reading, agent, sentence) if strength else None
    if group is None and strength is not None and reading.form(agent + 1) == "to":
        group = being(reading, agent + 1, sentence)
    if group is None or strength is None or denied(reading, sentence, word):
        return
    behind_be = _behind_be(reading, sentence, word)
    before = {reading.form(w) for w in range(max(sentence.start, word - 4), word)}
    if before & _IRREAL:
        return
    if behind_be and reading.form(word) in ("going", "planning", "preparing") and _was(reading, sentence, word):
        return
    if not behind_be and reading.tag(word) == "VERB" and reading.syntax.own_subject(word) is not None:
        return
    if reading.form(word) in ("planning", "preparing") or behind_be or reading.form(word - 1) == ",":
        yield Signal("state", word, group, strength, None, word)


def _behind_agent(reading: Reading, sentence: range, word: int) -> int:
    """The last word of "by the court" right behind a participle; the participle where nobody is named so."""
    if reading.form(word + 1) != "by":
        return word
    for following in range(word + 2, min(word + _PAPER_LENGTH, sentence.stop)):
        if reading.form(following) == "to":
            return following - 1
        if reading.tag(following) not in ("DET", "ADJ", "NOUN", "PROPN", "ADP"):
            break
    return word


def _behind_be(reading: Reading, sentence: range, word: int) -> bool:
    return any(reading.is_be(w) for w in range(max(sentence.start, word - 3), word))


def _was(reading: Reading, sentence: range, word: int) -> bool:
    return any(reading.form(w) in ("was", "were", "had") for w in range(max(sentence.start, word - 4), word))


def _undertaking(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "agreed to leave", "promised voters to cut taxes", "vowed not to resign"."""
    if not reading.is_verb(word):
        return
    strength = lexicon().undertaking.get(reading.lemma(word))
    told = reading.syntax.auxiliaries(word)
    if reading.form(word).endswith("ed") and _is_aside(reading, word) and not told:
        return
    if _behind_be(reading, sentence, word) and not reading.form(word).endswith("ing"):
        return
    if any(reading.form(w) in ("had", "originally") for w in range(max(sentence.start, word - 4), word)):
        strength = strength if strength in ("agreed", "pledged") else None
    gap = 1 if reading.lemma(word) in _OF_OTHERS else 4
    group = infinitive_behind(reading, word, sentence, gap) if strength else None
    if group is not None and strength is not None and not unreal(reading, sentence, word):
        yield Signal("undertaking", word, group, strength, None, word)


def _is_aside(reading: Reading, verb: int) -> bool:
    """Whether a participle only tells more of a noun; not where a wrong tree has an "if" clause for the main one."""
    if reading.syntax.words.relation[verb] not in ("acl", "advcl"):
        return False
    top = [verb, *reading.syntax.ancestors(verb)][-1]
    marks = (c for c in reading.syntax.children[top] if reading.syntax.words.relation[c] == "mark")
    return not any(reading.form(c) in ("if", "unless", "until", "because") for c in marks)


def _undertaken_thing(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "pledged $500 million", "agreed on a ceasefire", "promised a referendum", "scheduled elections for May"."""
    if not reading.is_verb(word) or reading.syntax.is_passive(word):
        return
    strength = lexicon().undertaking.get(reading.lemma(word))
    if strength is None or strength == "possible" or unreal(reading, sentence, word):
        return
    thing = thing_behind(reading, sentence, word)
    if thing is not None:
        yield Signal("undertaking", word, Group(thing, start_of(reading, thing, word + 1)), strength, None, word)


def _asking(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "ordered the company to pay": the company is bound."""
    if not reading.is_verb(word):
        return
    strength = lexicon().asking.get(reading.lemma(word))
    if strength is None or reading.syntax.is_passive(word) or unreal(reading, sentence, word):
        return
    asked = reading.syntax.child(word, frozenset(("obj", "iobj")))
    if asked is None or asked < word:
        asked = last = noun_before_to(reading, sentence, word)
    else:
        last = reading.syntax.words_in(reading.syntax.noun_phrase(asked))[-1]
    group = infinitive_behind(reading, last, sentence) if last is not None else None
    if group is not None:
        yield Signal("asking", word, group, strength, asked, word)


def _there_will(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "there will be no layoffs before 2024"."""
    opens = word > sentence.start and reading.form(word - 1) == "there" and reading.form(word + 1) == "be"
    if not opens or reading.form(word + 2) != "no" or reading.form(word) not in ("will", "would"):
        return
    thing = next((w for w in range(word + 3, min(word + 6, sentence.stop)) if reading.tag(w) == "NOUN"), None)
    if thing is not None and lexicon().deed(reading.lemma(thing), "NOUN") is not None:
        yield Signal("modal", word, Group(thing, word + 1, negated=True), "planned", None, word)


def _has_to(reading: Reading, sentence: range, word: int) -> Iterator[Signal]:
    """As in "has to give back": a "must"."""
    if reading.form(word) not in ("has", "have") or reading.form(word + 1) != "to":
        return
    group = verb_group(reading, word + 2, sentence)
    if group is not None and not group.guessed and not denied(reading, sentence, word):
        yield Signal("modal", word, group, "planned", None, word)


def _with_bound(reading: Reading, sentence: range, signal: Signal) -> Signal:
    """The signal with who is bound, where its rule did not say: the subject of its verb."""
    if signal.bound is not None and reading.form(signal.bound) not in _REFLEXIVE:
        return signal
    verb = signal.deed if signal.kind in ("modal", "state") else signal.governed
    bound = subject_of(reading, sentence, signal.first, verb)
    if signal.kind == "paper":
        bound = holder_of(reading, sentence, signal.governed)
    return replace(signal, bound=bound)


_Rule = Callable[[Reading, range, int], Iterator[Signal]]
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "VERB": (
        _undertaking,
        _undertaken_thing,
        put_off,
        _asking,
        _state_to,
        _be_to,
        scheduled,
        _modal,
        futurate,
        time_given,
        calls_for,
        _has_to,
    ),
    "AUX": (_be_to, _modal, _there_will, _has_to),
    "NOUN": (deadline, paper, target),
    "ADJ": (_state_to, scheduled),
    "ADP": (deadline,),
    "SCONJ": (deadline,),
}
"""What is asked of a word, by its part of speech."""
