"""Whether words can stand alone as what an issue is called: a reader must know from them what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.lemmas import lemma
from onrecord.record.positions.lexicon import words_of
from onrecord.record.positions.propositions import Proposition

LONGEST = 80
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|\d+")
_OPENING, _CLOSING = "“", "”"
_ADJECTIVE = re.compile(
    r"(?:al|ent|ant|ive|ous|ful|less|ic|able|ible|ed|ing|ary|ior|er|est|new|own|first|late|early)\Z"
)
_JOINT = re.compile(r",? (?:of|in|on|at|for|with|by|from|to|under|after|before|during|and|or|as|that|which|who) ")
_TELLING = 3
"""Words before a vague noun that make it tell enough: "put the offer of the bank to a vote"."""
_MARKS = re.compile(r"[“”\"]")


def stands_alone(words: str, proposition: Proposition) -> bool:
    """Whether a phrase says what it is about without the sentence it stands in."""
    return not any(fault(words, proposition) for fault in FAULTS)


def is_strong(words: str, proposition: Proposition) -> bool:
    """Whether a phrase may be an issue though only one position is told on it."""
    return proposition.known or proposition.nominal or proposition.firm or bool(proposition.names)


def cleaned(words: str) -> str:
    """The phrase on one line and not too long, without "his" before it or a quotation mark whose partner is gone."""
    line = _short(" ".join(words.split()))
    first, _, rest = line.partition(" ")
    line = rest if first.lower() in words_of("labels possessives") and rest else line
    broken = line.count(_OPENING) != line.count(_CLOSING) or line.count('"') % 2 == 1
    return _MARKS.sub("", line).strip() if broken else line


def _short(line: str) -> str:
    """A long phrase without the last of what hangs on it by a preposition."""
    while len(line) > LONGEST:
        joints = [joint.start() for joint in _JOINT.finditer(line)]
        if not joints or joints[-1] < LONGEST // 3:
            break
        line = line[: joints[-1]]
    return line


def _is_long(words: str, proposition: Proposition) -> bool:
    return len(words) > 2 * LONGEST or "\n" in words


def _holds_a_pronoun(words: str, proposition: Proposition) -> bool:
    """As in "him to remain"; "we should not sell our water" can be understood."""
    found = [word.lower() for word in _WORD.findall(words) if word != "US"]
    if len(found) > 1 and found[0] == "we" and found[1] in words_of("labels no_opening"):
        del found[0]
    return any(word in words_of("labels pronouns") for word in found)


def _is_vague_noun(words: str, proposition: Proposition) -> bool:
    """A noun that only points back, alone or behind adjectives: "the proposal", "controversial recent call"."""
    *before, last = _WORD.findall(cleaned(words)) or [""]
    if last[:1].isupper() or lemma(last, "NOUN") not in words_of("labels vague"):
        return False
    if not proposition.nominal:
        return len(before) < _TELLING
    return all(_ADJECTIVE.search(word) and word.islower() for word in before)


def _is_nameless_somebody(words: str, proposition: Proposition) -> bool:
    """As in "former secretary of state": who that is the sentence before tells."""
    *before, last = _WORD.findall(words) or [""]
    if last.endswith(".") and not before:
        return True
    is_title = last in words_of("labels titles") and len(before) < _TELLING
    return is_title or (
        proposition.somebody and not proposition.action and not any(word[:1].isupper() for word in (*before, last))
    )


def _is_bare_verb(words: str, proposition: Proposition) -> bool:
    """As in "be killed", "expel": of a deed the thing must be told."""
    found = [word for word in _WORD.findall(words) if word.lower() != "be"]
    return not proposition.nominal and len(found) < 2


def _is_cut(words: str, proposition: Proposition) -> bool:
    """Whether the phrase opens or ends in the midst of a clause: "should revive …", "… what it calls"."""
    found = _WORD.findall(words)
    return not found or found[0] in words_of("labels no_opening") or found[-1] in words_of("labels no_ending")


FAULTS: tuple[Callable[[str, Proposition], bool], ...] = (
    _is_long,
    _holds_a_pronoun,
    _is_vague_noun,
    _is_nameless_somebody,
    _is_bare_verb,
    _is_cut,
)
"""What keeps a phrase from standing alone."""
