"""A worker: reads reports shard by shard. What it makes of a shard depends on the shard and the engine alone.

`python -m onrecord.batch.worker MAKER` takes tasks from standard input and answers on standard output
(`onrecord.frames`); `onrecord.batch.crew` speaks to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any, Protocol

import msgspec

from onrecord.errors import OnRecordError
from onrecord.frames import serve
from onrecord.model import Annotations, Report, Statement
from onrecord.notation import decoded, encoded
from onrecord.parts import Kept, Refusal, part_bytes
from onrecord.pipeline import engine_of
from onrecord.read.received import digest
from onrecord.read.source import Reading

MAKER = "onrecord.pipeline:annotator_for"
"""What makes the annotator of a worker, as `module:function`; it is given the number of threads."""
BROKEN = "breaks the program that reads it: it died of it twice"
_DIGITS = 24


class Reader(Protocol):
    """What a worker needs of an annotator."""

    @property
    def model(self) -> str: ...

    def annotate_all(self, reports: Iterable[Report]) -> Iterator[Annotations]: ...


class Task(msgspec.Struct, frozen=True):
    """A shard to be annotated.

    Attributes:
        readings: its reports, with the doubts of their reading and the bytes they came as.
        broken: numbers of those that broke a worker before: they are left out, and told as refused.
        wanted: a part, or the annotations themselves.
    """

    readings: tuple[Reading, ...] = ()
    broken: frozenset[int] = frozenset()
    wanted: str = "part"


class Answer(msgspec.Struct, frozen=True):
    """What a worker made of a shard, with counts; or why it can do nothing at all, as subject, reason and remedy.

    What a report tells in its own voice is in the part too, but does not count among the statements.
    """

    engine: str = ""
    part: bytes = b""
    annotations: tuple[Annotations, ...] = ()
    reports: int = 0
    words: int = 0
    statements: int = 0
    events: int = 0
    refused: tuple[Refusal, ...] = ()
    error: tuple[str, str, str] | None = None


def reading_digest(reading: Reading) -> str:
    """Of a report as it was read and of what was found then; the digest of its bytes is in it."""
    return digest(encoded((reading.report, reading.findings)))[:_DIGITS]


def maker(named: str) -> Callable[[int], Any]:
    """The function that `module:function` names."""
    module, _, function = named.partition(":")
    made: Callable[[int], Any] = getattr(import_module(module), function)
    return made


def answer(annotator: Reader, task: Task) -> Answer:
    """What becomes of a shard."""
    kept: list[Kept] = []
    refused: list[Refusal] = []
    for number, reading in enumerate(task.readings):
        key = reading_digest(reading)
        outcome = BROKEN if number in task.broken else _annotated(annotator, reading)
        if isinstance(outcome, Annotations):
            kept.append(Kept(key, outcome, len(reading.findings), reading.data))
        else:
            refused.append(Refusal(key, reading.report.name, outcome))
    engine, found = engine_of(annotator.model), [one.annotations for one in kept]
    return Answer(
        engine=engine,
        part=part_bytes(engine, kept, refused) if task.wanted == "part" and task.readings else b"",
        annotations=tuple(found) if task.wanted == "annotations" else (),
        reports=len(found),
        words=sum(len(one.words) for one in found),
        statements=sum(_is_of_a_source(one) for each in found for one in each.statements),
        events=sum(len(one.events) for one in found),
        refused=tuple(refused),
    )


def _is_of_a_source(statement: Statement) -> bool:
    return statement.cue is not None or statement.source.basis != "report"


def _annotated(annotator: Reader, reading: Reading) -> Annotations | str:
    """What is read out of a report, the findings of its reading first; or why nothing can be."""
    try:
        (annotations,) = annotator.annotate_all([reading.report])
    except MemoryError:
        raise
    except Exception as error:  # one bad report never stops the others
        told = " ".join(str(error).split())[:200]
        return f"cannot be annotated ({type(error).__name__}{': ' if told else ''}{told})"
    return replace(annotations, findings=reading.findings + annotations.findings)


def main(arguments: list[str]) -> None:
    """Answers tasks until there are no more."""
    annotator: Reader | None = None

    def answered(question: bytes) -> bytes:
        nonlocal annotator
        try:
            annotator = annotator or maker(arguments[0])(1)
            return encoded(answer(annotator, decoded(Task, question)))
        except OnRecordError as error:
            return encoded(Answer(error=(error.subject, error.reason, error.remedy)))

    serve(answered)


if __name__ == "__main__":
    main(sys.argv[1:])
