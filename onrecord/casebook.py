"""A case worked on: reports added, the record kept up to date, the log of decisions.

What is read out of a report alone is kept; only what compares reports is done again when one is added, so the
record of a case equals that of one build of all its reports.
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.case.applying import NAMING, undone
from onrecord.case.deciding import check_names, checked
from onrecord.case.store import Store
from onrecord.case.versions import Difference, differences
from onrecord.case.view import View
from onrecord.case.writer import now
from onrecord.errors import OnRecordError
from onrecord.export.json import record_as_dict
from onrecord.memory import Kept, Memory
from onrecord.model import Annotations, Decision, DecisionKind, Record, Report, Target
from onrecord.pipeline import ALL, Choices, Watch, annotate_readings, annotator_for, compare, engine_of, readings

if TYPE_CHECKING:
    from onrecord.annotate.annotator import Annotator
    from onrecord.dates import Date
    from onrecord.read.source import Reading

_BATCH = 50
"""Reports kept at a time: what a killed run has to do again."""
_BEHIND = "behind"
"""The key under which a case notes that its record does not yet tell of all its reports and decisions."""
_SHOWN = ("reports", "statements", "actors", "positions", "commitments", "figures", "changes", "conflicts", "findings")


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did: reports that are new, and those the case had."""

    new: int
    known: int


class Case:
    """A story kept over time. Made by `open_case`; used in a `with` block, or closed in the end.

    Args:
        store: where it is kept.
        threads: as for `onrecord.build`.
        standing: whether to answer from the record as it was last compared, if it ever was.
    """

    def __init__(self, store: Store, threads: int | None = None, standing: bool = False) -> None:
        self._store = store
        self._threads = threads
        self._standing = standing
        self._annotator: Annotator | None = None
        self._engine_name = ""
        self._read: dict[str, Annotations] = {}

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the case; all that was done is kept already."""
        self._store.close()

    @property
    def name(self) -> str:
        """Where the case lies."""
        return self._store.name

    def add(
        self,
        sources: Sequence[Path | str],
        watch: Watch | None = None,
        only: Container[str] | None = None,
        later: bool = False,
    ) -> Added:
        """Takes in all reports of `sources`; those the case has are left as they are.

        A run that is killed loses at most the last few reports; the next one goes on from there.

        Args:
            sources: as for `build`.
            watch: told of every report and failure.
            only: the ids of the reports that are wanted; None for all.
            later: whether to leave the comparing of reports to whoever next asks for the record.

        Raises:
            OnRecordError: a source could not be read, and no `watch` took the failure; what was read before is kept.
        """
        watch = watch or Watch()
        with self._store.view() as view:
            have = set(view.report_ids())
        known, new = 0, 0

        def unknown() -> Iterator[Reading]:
            nonlocal known
            for reading in readings(sources, watch):
                if only is not None and reading.report.id not in only:
                    continue
                if reading.report.id in have:
                    known += 1
                    watch.known(reading.report)
                else:
                    yield reading

        for some in _batches(unknown()):
            new += self._keep(some, watch)
        if not later:
            self.refresh(watch)
        return Added(new, known)

    def refresh(self, watch: Watch | None = None) -> None:
        """Brings the record up to date with the reports, and with this version of the program, if it is not."""
        with self._store.view() as view:
            if view.value(_BEHIND) == "" and view.value("engine") == self._engine():
                return
        watch = watch or Watch()
        with _uncollected():
            while not self._compare_all(watch):
                continue  # somebody added or decided meanwhile

    def record(self, choices: Choices = ALL) -> dict[str, Any]:
        """The record in the format `onrecord/1`; with choices, compared anew from what is kept."""
        if choices == ALL:
            self._finish()
            with self._store.view() as view:
                return view.record()
        self.refresh()
        with self._store.view() as view:
            decisions = tuple(view.decisions())
            annotations, memory = self._annotations(view), Kept(view.memory())
        return record_as_dict(self._compared(annotations, replace(choices, decisions=decisions), memory)[0])

    def decide(
        self, kind: DecisionKind, ids: Sequence[str], value: Mapping[str, Any] | None = None, author: str = ""
    ) -> int:
        """Notes what a person decided about objects of the record, safe on the disk when this returns.

        The record follows with the next `refresh`, or when it is next asked for.

        Args:
            kind: what is decided; `undo` goes by `undo`.
            ids: of the objects, in the order that matters to the kind: the first actor is the one that stays.
            value: what it is to be.
            author: who decides.

        Returns:
            The number of the decision.

        Raises:
            OnRecordError: the record has no such object, or there is no such decision about it.
        """
        targets = [self._target(identifier) for identifier in ids]
        settled = checked(kind, {target.id: target.list for target in targets}, value or {})
        if kind == "split":
            with self._store.view() as view:
                check_names(*(view.item(target.id) for target in targets), names=settled["aliases"])
        named = [self._target(given) for key, given in settled.items() if key in NAMING and given is not None]
        return self._keep_decision(Decision(now(), author, kind, (*targets, *named), settled))

    def undo(self, number: int, author: str = "") -> int:
        """Takes a decision back; that too is a decision, and can be undone.

        Raises:
            OnRecordError: there is no decision of this number, or it is undone already.
        """
        with self._store.view() as view:
            decisions = view.decisions()
        subject, remedy = f"decision {number}", f"See `onrecord decisions {self.name}`"
        if number not in {one.number for one in decisions}:
            raise OnRecordError(subject, "there is none of this number", remedy)
        if number in undone(decisions):
            raise OnRecordError(subject, "is undone already", remedy)
        return self._keep_decision(Decision(now(), author, "undo", (), {"number": number}))

    def decisions(self) -> list[dict[str, Any]]:
        """All decisions in their order, in the form of the record, with what became of each; undoing ones too."""
        self._finish()
        with self._store.view() as view:
            log, settled = view.decisions(), {one["number"]: one for one in view.settled()}
        gone = undone(log)
        return [settled.get(one.number) or _unsettled(one, one.number in gone) for one in log]

    @contextmanager
    def view(self) -> Iterator[View]:
        """What the case holds, brought up to date first."""
        self._finish()
        with self._store.view() as view:
            yield view

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """Where words stand in the reports, statements and names: `kind`, `id`, `report`, `snippet`, best first."""
        self._finish()
        with self._store.view() as view:
            return view.search(words, limit)

    def versions(self, report: str) -> list[str]:
        """The ids of a report and of those that it revises or that revise it, the earliest first."""
        self._finish()
        with self._store.view() as view:
            return view.versions(report)

    def what_changed(self, report: str) -> list[Difference]:
        """The sentences in which a report differs from the version before it; none if it is the first."""
        self.refresh()
        with self._store.view() as view:
            before = view.version_before(report)
            if before is None:
                return []
            read = {one.report.id: one for one in self._annotations(view)}
        return differences(read[before], read[report])

    def _repr_html_(self) -> str:
        """What notebooks show: where the case lies, and how much is in it."""
        with self._store.view() as view:
            counts = view.counts(_SHOWN)
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{count}</td></tr>" for name, count in counts.items())
        return f"<table><caption>{escape(self.name)}</caption>{rows}</table>"

    def _keep_decision(self, decision: Decision) -> int:
        with self._store.writer() as writer:
            number = writer.decide(decision)
            writer.keep(_BEHIND, "yes")
        return number

    def _target(self, identifier: str) -> Target:
        """What a decision remembers of an object. A record that is behind will do, if the object stands in it."""
        with self._store.view() as view:
            target = view.target(identifier)
        if target is None:
            self._finish()
            with self._store.view() as view:
                target = view.target(identifier)
        if target is None:
            raise OnRecordError(identifier, "the record has nothing under this id", "Copy an id from the record")
        return target

    def _finish(self) -> None:
        """Does what a killed `add` left undone. A record that an earlier version made is shown as it is."""
        with self._store.view() as view:
            will_do = view.value(_BEHIND) == "" or (self._standing and view.value("record") is not None)
        if not will_do:
            self.refresh()

    def _compare_all(self, watch: Watch) -> bool:
        """Makes the record anew; False if there were new reports or decisions when it was done."""
        with self._store.view() as view:
            reports, decisions = view.report_ids(), view.decisions()
            annotations, memory = self._annotations(view), Kept(view.memory())
            unread = [view.as_read(report) for report in reports if report not in self._read]
        if unread:
            self._read_anew(unread, watch)
            return False
        watch.comparing(len(annotations))
        record, read_again = self._compared(annotations, Choices(decisions=tuple(decisions)), memory)
        standing = frozenset(_standing(record, memory))
        with self._store.writer() as writer:
            if writer.report_ids() != reports or len(writer.decisions()) != len(decisions):
                return False
            for anchor, one in read_again:
                writer.add_read_again(self._engine(), anchor, one)
            writer.replace_record(record_as_dict(record, standing), standing)
            writer.replace_memory(memory.used, memory.fresh)
            writer.keep(_BEHIND, "")
            writer.keep("engine", self._engine())
        return True

    def _compared(
        self, annotations: Iterable[Annotations], choices: Choices, memory: Memory
    ) -> tuple[Record, list[tuple[str, Annotations]]]:
        """The record of all reports, and what had to be read again for it."""
        remembering = _Remembering(self._store, self._reader(), self._engine())
        with _uncollected():
            record = compare(annotations, remembering, choices, memory)
        return record, remembering.fresh

    def _annotations(self, view: View) -> list[Annotations]:
        """What was read out of the reports, by their ids; unpacked once only."""
        for one in view.annotations(self._engine(), self._read):
            self._read[one.report.id] = one
        return [self._read[report] for report in sorted(self._read)]

    def _keep(self, some: list[Reading], watch: Watch) -> int:
        """Annotates reports and keeps them; how many of them nobody else kept meanwhile."""
        annotated = list(annotate_readings(self._reader(), some, watch))
        engine, new = self._engine(), 0
        with self._store.writer() as writer:
            writer.keep(_BEHIND, "yes")
            for reading, annotations in zip(some, annotated, strict=True):
                if writer.add_report(reading.report, reading.data, reading.findings):
                    writer.add_notes(engine, annotations)
                    new += 1
        self._read |= {one.report.id: one for one in annotated}
        return new

    def _read_anew(self, stale: Sequence[tuple[Report, tuple[Any, ...]]], watch: Watch) -> None:
        """Annotates again what an earlier version or another model read; findings of the reading are kept."""
        from onrecord.read.source import Reading

        for some in _batches(Reading(report, findings) for report, findings in stale):
            annotated = list(annotate_readings(self._reader(), some, watch))
            with self._store.writer() as writer:
                writer.keep(_BEHIND, "yes")
                for one in annotated:
                    writer.add_notes(self._engine(), one)

    def _engine(self) -> str:
        """What reads the reports: the version of the program and the model."""
        self._engine_name = self._engine_name or engine_of(self._reader().model)
        return self._engine_name

    def _reader(self) -> Annotator:
        if self._annotator is None:
            self._annotator = annotator_for(self._threads)
        return self._annotator


class _Remembering:
    """The annotator as comparing uses it: what the case has of a report read from another date is not read again."""

    def __init__(self, store: Store, annotator: Annotator, engine: str) -> None:
        self.model = engine.rpartition(" ")[2]
        self.fresh: list[tuple[str, Annotations]] = []
        self._store, self._annotator, self._engine = store, annotator, engine

    def annotate(self, report: Report, anchor: Date | None = None) -> Annotations:
        key = repr(anchor)
        with self._store.view() as view:
            kept = view.read_again(self._engine, report.id, key)
        if kept is None:
            kept = self._annotator.annotate(report, anchor)
            self.fresh.append((key, kept))
        return kept


def open_case(case: str | Path, create: bool = False, threads: int | None = None, standing: bool = False) -> Case:
    """Opens a case.

        >>> import onrecord
        >>> with onrecord.open_case("strike.case", create=True) as case:
        ...     added = case.add(["dispatches/"])
        ...     record = case.record()
        >>> added.new, [report["name"] for report in record["reports"]]
        (1, ['monday.txt'])

    Args:
        case: path of its file, or a URL that begins with `postgresql://`.
        create: whether to make it where there is none.
        threads: as for `onrecord.build`.
        standing: whether to answer from the record as it was last compared, without what was added or decided since.

    Raises:
        OnRecordError: there is no such case, or it cannot be used.
    """
    return Case(Store(str(case), create), threads, standing)


def _standing(record: Record, memory: Kept) -> Iterator[str]:
    """The reports of which the case has in its tables, since it was last compared, what is read out of them now."""
    for one in record.annotations:
        names = [mention.id for mention in one.mentions]
        sayings = [statement.id for statement in one.statements]
        events = [event.id for event in one.events]
        beliefs = (
            {name: record.place_of.get(name) for name in names},
            {name: record.actor_of.get(name) for name in (*names, *sayings)},
            {event: record.participants.get(event) for event in events},
            {event: record.same_event.get(event) for event in events},
        )
        if memory.has_met("rows", one, beliefs):
            yield one.report.id


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: comparing makes millions of small objects, nearly all of which stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings some at a time; those before a failure too."""
    some: list[Reading] = []
    try:
        for reading in readings:
            some.append(reading)
            if len(some) == _BATCH:
                yield some
                some = []
    except OnRecordError:
        if some:
            yield some
        raise
    if some:
        yield some


def _unsettled(decision: Decision, is_undone: bool) -> dict[str, Any]:
    """A decision of which the record does not tell: one that undoes another."""
    from onrecord.export.items import settled_item
    from onrecord.model import Settled

    return settled_item(Settled(decision, "undone" if is_undone else "applied", ()))
