"""Who "I" and "we" are: whoever is quoted where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Statement
from onrecord.resolve.coreference.lexicon import words
from onrecord.spans import Located, Span

_MOST = 100
"""Statements around one word that are looked at."""
_LONGEST = 10
"""Letters beyond which no word is a pronoun."""
_BODIES = ("organization", "group")


def find_voices(
    annotations: Annotations, said: Mapping[str, str], type_of: Callable[[str], str], memory: Memory = FORGETFUL
) -> Iterator[tuple[Span, str]]:
    """The pronouns of the first person inside quotations, with the actors who speak there.

    "We" is told only of a body that speaks, or of several people: a person's "we" may be anyone.

    Args:
        said: statement id to the actor who says it.
        type_of: the type of an actor, by id.
    """
    for voice in memory.recall(_VOICES, voices_in, annotations):
        actor = said.get(voice.statement)
        if actor is None:
            continue
        is_several = voice.of_several or type_of(actor) in _BODIES
        if is_several == voice.is_plural and type_of(actor) != "government":
            yield voice.span, actor


@dataclass(frozen=True, slots=True)
class Voice:
    """A pronoun of the first person inside a quotation, and the statement that is its innermost one."""

    span: Span
    is_plural: bool
    statement: str
    of_several: bool


_VOICES: Kind[tuple[Voice, ...]] = Kind("voices", tuple[Voice, ...])


def voices_in(annotations: Annotations) -> tuple[Voice, ...]:
    """The pronouns of the first person inside quotations, in order."""
    quoted: Located[Statement] = Located(_quoted(annotations))
    text, notes = annotations.report.text, annotations.words
    found = []
    for start, end in zip(notes.starts, notes.ends, strict=True):
        kind = words().kind_of.get(text[start:end].lower()) if end - start < _LONGEST else None
        speaker = _innermost(quoted, Span(start, end)) if kind in ("first_singular", "first_plural") else None
        if speaker is not None:
            of_several = speaker.source.count == "several"
            found.append(Voice(Span(start, end), kind == "first_plural", speaker.id, of_several))
    return tuple(found)


def _innermost(quoted: Located[Statement], at: Span) -> Statement | None:
    found = [(len(own), own, one.id, one) for own, one in quoted.touching(at)[:_MOST] if own.contains(at)]
    return min(found)[3] if found else None


def _quoted(annotations: Annotations) -> Iterator[tuple[Span, Statement]]:
    for statement in annotations.statements:
        if statement.directness != "indirect" and statement.source.basis != "report":
            for span in statement.content:
                yield span, statement
