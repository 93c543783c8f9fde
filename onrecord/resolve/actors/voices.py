"""Who "I" and "we" are: whoever is quoted where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onrecord.model import Annotations, Statement
from onrecord.resolve.coreference.lexicon import words
from onrecord.spans import Located, Span

_MOST = 100
"""Statements around one word that are looked at."""
_LONGEST = 10
"""Letters beyond which no word is a pronoun."""
_BODIES = ("organization", "group")


def find_voices(
    annotations: Annotations, said: Mapping[str, str], type_of: Callable[[str], str]
) -> Iterator[tuple[Span, str]]:
    """The pronouns of the first person inside quotations, with the actors who speak there.

    "We" is told only of a body that speaks, or of several people: a person's "we" may be anyone.

    Args:
        said: statement id to the actor who says it.
        type_of: the type of an actor, by id.
    """
    quoted: Located[Statement] = Located(_quoted(annotations))
    several = {s.id for s in annotations.statements if s.source.count == "several"}
    text, notes = annotations.report.text, annotations.words
    for start, end in zip(notes.starts, notes.ends, strict=True):
        kind = words().kind_of.get(text[start:end].lower()) if end - start < _LONGEST else None
        if kind not in ("first_singular", "first_plural"):
            continue
        speaker = _innermost(quoted, Span(start, end))
        actor = said.get(speaker.id) if speaker is not None else None
        if speaker is None or actor is None:
            continue
        is_several = speaker.id in several or type_of(actor) in _BODIES
        if is_several == (kind == "first_plural") and type_of(actor) != "government":
            yield Span(start, end), actor


def _innermost(quoted: Located[Statement], at: Span) -> Statement | None:
    found = [(len(own), own, one.id, one) for own, one in quoted.touching(at)[:_MOST] if own.contains(at)]
    return min(found)[3] if found else None


def _quoted(annotations: Annotations) -> Iterator[tuple[Span, Statement]]:
    for statement in annotations.statements:
        if statement.directness != "indirect" and statement.source.basis != "report":
            for span in statement.content:
                yield span, statement
