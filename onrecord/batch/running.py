"""The driver of a batch: cuts sources into shards, has them made into parts, and writes what is not there yet."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.crew import Process, Worker, answers, tried
from onrecord.batch.worker import MAKER, Answer, Task, reading_digest
from onrecord.errors import OnRecordError
from onrecord.parts import FORMAT, Refusal, read_about, read_digests
from onrecord.pipeline import Watch, readings
from onrecord.read.received import digest
from onrecord.read.source import Reading
from onrecord.settings import threads

_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is done. What comes of it does not depend on it, but for how the parts are cut.

    Attributes:
        processes: workers; None for one a core.
        engine: `processes` on this machine, or `ray`.
        address: of the Ray cluster; None for one on this machine.
        reports, characters: where a shard ends, whichever comes first.
        made_by: what makes the annotator of a worker, as `module:function`.
    """

    processes: int | None = None
    engine: str = "processes"
    address: str | None = None
    reports: int = 100
    characters: int = 2_000_000
    made_by: str = ""


class BatchWatch(Watch):
    """What is told of a batch while it goes on. This one keeps silent, and stops at the first source that fails."""

    def made(self, answer: Answer) -> None:
        """A part was written."""

    def refused(self, refusal: Refusal) -> None:
        """A report could not be annotated; the part of its shard says so, and it is not tried again."""


@dataclass(slots=True)
class Summary:
    """What a batch did.

    Attributes:
        parts, reports, words, statements, events: that were made now.
        known: reports that were in the parts already.
        refused: reports that could not be annotated, now or before.
        others: parts of another version or model in the folder; they are left alone.
    """

    parts: int = 0
    reports: int = 0
    words: int = 0
    statements: int = 0
    events: int = 0
    known: int = 0
    refused: int = 0
    others: int = 0


def run(
    sources: Iterable[Path | str], folder: Path, plan: Plan | None = None, watch: BatchWatch | None = None
) -> Summary:
    """Annotates all reports of `sources` into parts in `folder`, but those that its parts hold already.

    Whatever stops it, the next run goes on: a part is there whole or not at all.

    Args:
        sources: as for `build`.
        folder: made if there is none.
        plan: how.
        watch: told of everything. Without one, the first source that fails is raised.

    Raises:
        OnRecordError: a source could not be read, and no `watch` took the failure; the folder cannot be written; a
            library is missing; or the workers are not of one version.
    """
    plan, watch, summary = plan or Plan(), watch or BatchWatch(), Summary()
    _prepare(folder)
    workers = _workers(plan)
    engine = _engine(workers)
    known = _known(folder, engine, watch, summary)
    fresh = _unknown(readings(sources, watch), known, watch, summary)
    for task, outcome in answers(workers, shards(fresh, plan)):
        if isinstance(outcome, OnRecordError):
            watch.failed(outcome)
            continue
        if outcome.engine != engine:
            reason = f"has another onrecord or model ({outcome.engine}) than this one ({engine})"
            raise OnRecordError("a worker", reason, "Install the same version everywhere")
        _write(folder, part_name(engine, task), outcome.part)
        _count(summary, outcome)
        watch.made(outcome)
        for refusal in outcome.refused:
            watch.refused(refusal)
    return summary


def shards(found: Iterable[Reading], plan: Plan) -> Iterator[Task]:
    """Readings in shards. Where one ends depends on what is in it alone: so those left by a crash are cut the same."""
    some: list[Reading] = []
    length = 0
    for reading in found:
        some.append(reading)
        length += len(reading.report.text)
        if len(some) >= plan.reports or length >= plan.characters:
            yield Task(tuple(some))
            some, length = [], 0
    if some:
        yield Task(tuple(some))


def part_name(engine: str, task: Task) -> str:
    """The name of a part: a digest of its form, the engine and all that goes into it."""
    key = json.dumps([FORMAT, engine, *map(reading_digest, task.readings)])
    return f"part-{digest(key.encode())[:_DIGITS]}.parquet"


def parts_in(folder: Path) -> list[Path]:
    """The parts of a folder, by their names."""
    return sorted(folder.glob("part-*.parquet"))


def _workers(plan: Plan) -> Sequence[Worker]:
    start: dict[str, Callable[[Plan], Sequence[Worker]]] = {"processes": _processes, "ray": _cluster}
    if plan.engine not in start:
        raise OnRecordError(plan.engine, "is no engine", f"Use one of: {', '.join(start)}")
    return start[plan.engine](plan)


def _processes(plan: Plan) -> Sequence[Worker]:
    return [Process(plan.made_by or MAKER) for _ in range(plan.processes or threads())]


def _cluster(plan: Plan) -> Sequence[Worker]:
    from onrecord.batch.cluster import actors

    return actors(plan.processes, plan.address, plan.made_by or MAKER)


def _engine(workers: Sequence[Worker]) -> str:
    """What the workers are, as the first of them says; it is kept for the work."""
    answer = tried(workers[0], Task())
    if answer is None:
        raise OnRecordError("a worker", "does not start", "See what it said above, or install onrecord again")
    if answer.error is not None:
        raise OnRecordError(*answer.error)
    return answer.engine


def _known(folder: Path, engine: str, watch: BatchWatch, summary: Summary) -> set[str]:
    """The digests of the reports that parts of this engine hold. What is damaged is made again."""
    known: set[str] = set()
    for path in parts_in(folder):
        try:
            about = read_about(path)
            if about.engine != engine:
                summary.others += 1
                continue
            known.update(read_digests(path))
        except OnRecordError as error:
            watch.failed(error)
            continue
        summary.refused += len(about.refused)
        for refusal in about.refused:
            watch.refused(refusal)
    return known


def _unknown(found: Iterable[Reading], known: set[str], watch: BatchWatch, summary: Summary) -> Iterator[Reading]:
    for reading in found:
        if known and reading_digest(reading) in known:
            summary.known += 1
            watch.known(reading.report)
        else:
            yield reading


def _count(summary: Summary, answer: Answer) -> None:
    summary.parts += 1
    summary.reports += answer.reports
    summary.words += answer.words
    summary.statements += answer.statements
    summary.events += answer.events
    summary.refused += len(answer.refused)


def _prepare(folder: Path) -> None:
    """Makes the folder, and removes what killed runs left half written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f".part-*.{socket.gethostname()}.*.part"):
            if not _is_running(int(path.suffixes[-2][1:])):
                path.unlink(missing_ok=True)
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(folder), reason, "Name a folder that you can write to") from error


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere nobody can be asked without harm
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def _write(folder: Path, name: str, data: bytes) -> None:
    """Writes a part: it is on the disk, whole, before it has its name."""
    draft = folder / f".{name}.{socket.gethostname()}.{os.getpid()}.part"
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name)
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(folder), reason, "Make room, or name a folder that you can write to") from error
    finally:
        draft.unlink(missing_ok=True)
