"""A case worked on: reports added, the record kept up to date, the log of decisions.

What is read out of a report alone is kept; only what compares reports is done again when one is added, so the
record of a case equals that of one build of all its reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.case.store import Store, View, Writer, now
from onrecord.errors import OnRecordError
from onrecord.export.json import record_as_dict
from onrecord.model import Annotations, Decision, DecisionKind, Record, Target
from onrecord.pipeline import ALL, Choices, Watch, annotate_readings, annotator_for, compare, readings
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.annotate.annotator import Annotator
    from onrecord.read.source import Reading

_BATCH = 50
"""Reports kept at a time: what a killed run has to do again."""
_BEHIND = "behind"
"""The key under which a case notes that its record does not yet tell of all its reports."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did: reports that are new, and those the case had."""

    new: int
    known: int


class Case:
    """A story kept over time.

    Args:
        store: where it is kept.
        threads: as for `onrecord.build`.
    """

    def __init__(self, store: Store, threads: int | None = None) -> None:
        self._store = store
        self._threads = threads
        self._annotator: Annotator | None = None

    @property
    def name(self) -> str:
        """Where the case lies."""
        return self._store.name

    def add(self, sources: Sequence[Path | str], watch: Watch | None = None) -> Added:
        """Takes in all reports of `sources`; those the case has are left as they are.

        A run that is killed loses at most the last few reports; the next one goes on from there.

        Raises:
            OnRecordError: a source could not be read, and no `watch` took the failure; what was read before is kept.
        """
        watch = watch or Watch()
        known = 0
        new: list[Reading] = []
        with self._store.view() as view:
            have = set(view.report_ids())
        for reading in readings(sources, watch):
            if reading.report.id in have:
                known += 1
                watch.known(reading.report)
            else:
                new.append(reading)
        for start in range(0, len(new), _BATCH):
            self._keep(new[start : start + _BATCH], watch)
        self.refresh(watch)
        return Added(len(new), known)

    def refresh(self, watch: Watch | None = None) -> None:
        """Brings the record up to date with the reports, and with this version of the program, if it is not."""
        with self._store.view() as view:
            if view.value(_BEHIND) == "" and view.value("engine") == self._engine():
                return
        watch = watch or Watch()
        engine = self._engine()
        self._read_again(engine, watch)
        while True:
            with self._store.view() as view:
                reports = view.report_ids()
                annotations = list(view.annotations(engine))
                decisions = view.decisions()
            watch.comparing(len(annotations))
            record = record_as_dict(compare(annotations, self._reader(), Choices(decisions=tuple(decisions))))
            with self._store.writer() as writer:
                # Else somebody added or decided meanwhile.
                if writer.report_ids() == reports and len(writer.decisions()) == len(decisions):
                    writer.replace_record(record)
                    writer.keep(_BEHIND, "")
                    writer.keep("engine", engine)
                    return

    def record(self, choices: Choices = ALL) -> dict[str, Any]:
        """The record in the format `onrecord/1`; with choices, compared anew from what is kept."""
        self._finish()
        with self._store.view() as view:
            if choices == ALL:
                return view.record()
        return record_as_dict(self._compared(choices))

    def decide(
        self, kind: DecisionKind, ids: Sequence[str], value: Mapping[str, Any] | None = None, author: str = ""
    ) -> int:
        """Notes what a person decided about objects of the record, safe on the disk when this returns.

        The record follows with the next `refresh`.

        Args:
            kind: what is decided; `undo` goes by `undo`.
            ids: of the objects, in the order that matters to the kind: the first actor is the one that stays.
            value: what it is to be.
            author: who decides.

        Returns:
            The number of the decision.

        Raises:
            OnRecordError: the record has no such object.
        """
        self._finish()
        with self._store.view() as view:
            targets = tuple(_target(view, identifier) for identifier in ids)
        return self._keep_decision(Decision(now(), author, kind, targets, dict(value or {})))

    def undo(self, number: int, author: str = "") -> int:
        """Takes a decision back; that too is a decision, and can be undone.

        Raises:
            OnRecordError: there is no decision of this number.
        """
        with self._store.view() as view:
            known = {decision.number for decision in view.decisions()}
        if number not in known:
            raise OnRecordError(f"decision {number}", "there is none of this number", "See `onrecord decisions CASE`")
        return self._keep_decision(Decision(now(), author, "undo", (), {"number": number}))

    def _keep_decision(self, decision: Decision) -> int:
        with self._store.writer() as writer:
            writer.decide(decision)
            writer.keep(_BEHIND, "yes")
            return writer.decisions()[-1].number

    def _compared(self, choices: Choices) -> Record:
        """The record compared anew from what is kept, with all that was decided."""
        with self._store.view() as view:
            annotations = list(view.annotations(self._engine()))
            decided = replace(choices, decisions=tuple(view.decisions()))
        return compare(annotations, self._reader(), decided)

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """Where words stand in the reports, statements and names: `kind`, `id`, `report`, `snippet`, best first."""
        self._finish()
        with self._store.view() as view:
            return view.search(words, limit)

    def _finish(self) -> None:
        """Does what a killed `add` left undone. A record that an earlier version made is shown as it is."""
        with self._store.view() as view:
            is_behind = view.value(_BEHIND) != ""
        if is_behind:
            self.refresh()

    def _keep(self, some: list[Reading], watch: Watch) -> None:
        annotated = list(annotate_readings(self._reader(), some, watch))
        engine = self._engine()
        with self._store.writer() as writer:
            writer.keep(_BEHIND, "yes")
            for reading, annotations in zip(some, annotated, strict=True):
                if writer.add_report(reading.report, reading.data, reading.findings):
                    writer.add_notes(engine, annotations)

    def _read_again(self, engine: str, watch: Watch) -> None:
        """Annotates again what an earlier version or another model read; findings of the reading are kept."""
        with self._store.view() as view:
            stale = view.stale(engine)
        for start in range(0, len(stale), _BATCH):
            with self._store.writer() as writer:
                for report in stale[start : start + _BATCH]:
                    writer.add_notes(engine, self._annotated_again(writer, report, watch))

    def _annotated_again(self, writer: Writer, report: str, watch: Watch) -> Annotations:
        from onrecord.read.source import Reading

        kept, findings = writer.as_read(report)
        return next(annotate_readings(self._reader(), [Reading(kept, findings)], watch))

    def _engine(self) -> str:
        """What reads the reports: the version of the program and the model."""
        return f"{VERSION} {self._reader().model}"

    def _reader(self) -> Annotator:
        if self._annotator is None:
            self._annotator = annotator_for(self._threads)
        return self._annotator


def _target(view: View, identifier: str) -> Target:
    target = view.target(identifier)
    if target is None:
        raise OnRecordError(identifier, "the record has nothing under this id", "Copy an id from the record")
    return target


@contextmanager
def open_case(case: str | Path, create: bool = False, threads: int | None = None) -> Iterator[Case]:
    """Opens a case for the length of a block.

    Args:
        case: path of its file, or a URL that begins with `postgresql://`.
        create: whether to make it where there is none.
        threads: as for `onrecord.build`.

    Raises:
        OnRecordError: there is no such case, or it cannot be used.
    """
    with Store(str(case), create) as store:
        yield Case(store, threads)
