"""Numbers that somebody gives without saying: "the union put the turnout at 92 percent"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.attitudes import cues
from onrecord.annotate.attribution import Attribution
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_NOBODY = frozenset("that this which".split())
_NAMES = frozenset(("NOUN", "PROPN", "PRON"))
_BEFORE = frozenset("DET ADJ NOUN PROPN PRON PART NUM".split())
_NUMBER = frozenset("NUM ADP ADV ADJ DET SYM NOUN PART".split())
_TELLING = frozenset(("NUM", "SYM", "NOUN"))
_NEAR = 6
"""Words from the verb to what is counted."""
_FARTHEST = 25
"""Words from the verb to the end of the number."""


def find_estimates(syntax: Syntax, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions of numbers, where none of `known` has these words."""
    taken = Located((part, one) for one in known for part in (one.cue, *one.content) if part is not None)
    for verb in range(len(syntax.words)):
        if syntax.tag(verb) == "VERB" and syntax.folded(verb) in cues().sets["estimating"]:
            found = _read(syntax, verb)
            if found is not None and not any(taken.touching(part) for part in (found.cue, *found.content) if part):
                yield found


def _read(syntax: Syntax, verb: int) -> Attribution | None:
    """Source, cue and content: from the noun that is counted to the end of its number."""
    source, counted = _source(syntax, verb), _counted(syntax, verb)
    end = None if source is None or counted is None else _number_end(syntax, counted)
    if end is None:
        return None
    content = Span(syntax.words.starts[verb + 1], syntax.words.ends[end])
    return Attribution(source, syntax.span(verb), (content,))


def _source(syntax: Syntax, verb: int) -> Span | None:
    """The subject, or what stands before the verb where the tree has none."""
    subject = syntax.own_subject(verb)
    if subject is None or subject > verb:
        subject = verb - 1 if verb and syntax.tag(verb - 1) in _NAMES else None
    return None if subject is None or syntax.folded(subject) in _NOBODY else syntax.noun_phrase(subject)


def _counted(syntax: Syntax, verb: int) -> int | None:
    """The noun behind the verb that is a number of something."""
    near = range(verb + 1, min(verb + _NEAR, len(syntax.words)))
    noun = next((word for word in near if syntax.folded(word) in cues().sets["estimated"]), None)
    if noun is None or any(syntax.tag(word) not in _BEFORE for word in range(verb + 1, noun)):
        return None
    return noun


def _number_end(syntax: Syntax, counted: int) -> int | None:
    """The last word of "at 92 percent" behind what is counted, in the same sentence; None without a number."""
    sentence = syntax.words.sentence
    for at in range(counted + 1, min(counted + _FARTHEST, len(sentence) - 1)):
        if sentence[at + 1] != sentence[counted]:
            return None
        if syntax.folded(at) == "at":
            end = at
            while end + 1 < len(sentence) and sentence[end + 1] == sentence[at] and syntax.tag(end + 1) in _NUMBER:
                end += 1
            telling = [w for w in range(at + 1, end + 1) if syntax.tag(w) in _TELLING]
            return telling[-1] if any(syntax.tag(w) == "NUM" for w in telling) else None
    return None
