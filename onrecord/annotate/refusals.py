"""Answers that were not given, where no cue was seen: "the office had no comment", "did not answer three letters"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.annotate.attitudes import cues, lemma_of
from onrecord.annotate.attribution import Attribution
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_NOBODY = frozenset("it that this which there nobody none they".split())
_NEGATIONS = frozenset(("not", "n't", "n’t", "never"))
_HELPERS = frozenset(("aux", "advmod"))
_OBJECTS = frozenset(("obj", "obl"))
_NEAR = 4
"""Words behind a verb among which the comment is that was not made."""


def find_refusals(syntax: Syntax, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions, where none of `known` has their words."""
    taken = Located((part, one) for one in known for part in (one.cue, *one.content) if part is not None)
    for verb in range(len(syntax.words)):
        if syntax.tag(verb) == "VERB" or syntax.folded(verb) in ("had", "has", "have"):
            found = _read(syntax, verb)
            if found is not None and not any(taken.touching(part) for part in (found.cue, *found.content) if part):
                yield found


def _read(syntax: Syntax, verb: int) -> Attribution | None:
    """Source, cue and content: what there was no answer to, or the comment that was not made."""
    lemma = lemma_of(syntax.form(verb))
    subject = syntax.own_subject(verb)
    if subject is None or subject > verb or syntax.folded(subject) in _NOBODY:
        return None
    if lemma in cues().sets["commenting"]:
        last = _comment(syntax, verb)
        return Attribution(*_named(syntax, subject, verb, verb), (syntax.span(verb + 1, last),)) if last else None
    if lemma not in cues().sets["replying"]:
        return None
    helpers = [c for c in syntax.children[verb] if c < verb and syntax.words.relation[c] in _HELPERS]
    asked = _object(syntax, verb, cues().sets["asked"])
    if asked is None or not any(syntax.folded(c) in _NEGATIONS for c in helpers):
        return None
    first = min((c for c in helpers if c > subject), default=verb)  # "never did the office answer" has none behind
    return _attributed(syntax, subject, first, verb, asked)


def _object(syntax: Syntax, verb: int, nouns: frozenset[str]) -> int | None:
    """The object behind a verb, or what follows its preposition, that is one of the nouns."""
    behind = (c for c in syntax.children[verb] if c > verb and syntax.words.relation[c] in _OBJECTS)
    return next((c for c in behind if lemma_of(syntax.form(c)) in nouns), None)


def _comment(syntax: Syntax, verb: int) -> int | None:
    """The last word of "no comment" or "no immediate comment" right behind a verb, whatever the tree makes of it."""
    if verb + 2 >= len(syntax.words) or syntax.folded(verb + 1) != "no":
        return None
    near = range(verb + 2, min(verb + _NEAR, len(syntax.words)))
    return next((word for word in near if lemma_of(syntax.form(word)) in cues().sets["comments"]), None)


def _named(syntax: Syntax, subject: int, first: int, last: int) -> tuple[Span, Span]:
    """Source and cue."""
    return syntax.noun_phrase(subject), syntax.span(first, last)


def _attributed(syntax: Syntax, subject: int, first: int, verb: int, asked: int) -> Attribution:
    inside = [word for word in syntax.subtree(asked) if word > verb]
    preposition = syntax.child(asked, frozenset(("case",)))
    last = preposition if preposition == verb + 1 else verb
    content = [word for word in inside if word > last]
    return Attribution(*_named(syntax, subject, first, last), (syntax.span(content[0], content[-1]),))
