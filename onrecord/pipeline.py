"""The order of the stages, and nothing else.

What is heavy (the model's run-time, the reader of HTML) is imported where a stage begins, so that
`import onrecord` stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.errors import OnRecordError
from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Annotations, Decision, Finding, Issue, Lineage, Record, Report, ReportDate
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.annotate.annotator import Annotator
    from onrecord.dates import Date
    from onrecord.read.source import Reading
    from onrecord.resolve.actors import ActorBeliefs
    from onrecord.resolve.places import PlaceBeliefs

Dating = tuple[dict[str, ReportDate], tuple[Finding, ...]]
"""The date of each report, and the findings about dates."""
Lineages = tuple[dict[str, Lineage], tuple[Finding, ...]]
"""Where each report comes from, and the findings about copies."""


class Rereader(Protocol):
    """What comparing needs of an annotator: its model, and to read a report again from another date."""

    @property
    def model(self) -> str: ...

    def annotate(self, report: Report, anchor: Date | None = None) -> Annotations: ...


class Watch:
    """What is told of a run while it goes on. This one keeps silent, and stops the run at the first failure."""

    def found(self, report: Report) -> None:
        """A report was read."""

    def repeated(self, report: Report) -> None:
        """A report was read again, and left out."""

    def failed(self, error: OnRecordError) -> None:
        """A source could not be read. Whoever returns from here goes on without it."""
        raise error

    def annotated(self, annotations: Annotations) -> None:
        """A report was annotated."""

    def known(self, report: Report) -> None:
        """A report was read that the case has already."""

    def comparing(self, reports: int) -> None:
        """All reports of a case are about to be compared."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may ask for beyond the reports themselves.

    Attributes:
        as_of: a day, ISO 8601: only reports published by then count. None for all.
        issues: questions that the user names; others are found in the reports.
        decisions: what people decided about the record, in order.
    """

    as_of: str | None = None
    issues: tuple[Issue, ...] = ()
    decisions: tuple[Decision, ...] = ()


ALL = Choices()


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of `build`: a function of what earlier stages left, and the name of what it leaves."""

    run: Callable[..., object]
    requires: tuple[str, ...]
    assigns: str


def read_sources(sources: Iterable[Path | str]) -> Iterator[Report | OnRecordError]:
    """The reports in `sources`, in their order, each once; a source that cannot be read gives its error instead.

    Args:
        sources: files, folders, or `.jsonl` files of reports.
    """
    for reading in _readings(sources, Watch()):
        yield reading if isinstance(reading, OnRecordError) else reading.report


def annotate(reports: Iterable[Report], threads: int | None = None) -> Iterator[Annotations]:
    """The annotations of each report, in order.

    Args:
        reports: any number of them; they are not compared with one another.
        threads: how many threads the encoder may use; None for as many as there are cores. The result is the same.

    Raises:
        BrokenInstallation: the model is missing or damaged.
    """
    yield from annotator_for(threads).annotate_all(reports)


def annotate_sources(
    sources: Iterable[Path | str], threads: int | None = None, watch: Watch | None = None
) -> Iterator[Annotations]:
    """The annotations of all reports in `sources`, with what was found when they were read, one after the other.

    Args and errors as for `build`.
    """
    watch = watch or Watch()
    yield from annotate_readings(annotator_for(threads), readings(sources, watch), watch)


def build(
    sources: Sequence[Path | str],
    threads: int | None = None,
    watch: Watch | None = None,
    choices: Choices = ALL,
) -> Record:
    """The record of all reports in `sources`.

    Args:
        sources: files, folders, or `.jsonl` files of reports.
        threads: as for `annotate`.
        watch: told of every report and failure. Without one, the first failure is raised.
        choices: what is asked for beyond the reports themselves.

    Raises:
        OnRecordError: a source could not be read, and no `watch` took the failure.
        BrokenInstallation: the model is missing or damaged.
    """
    given = {"sources": sources, "threads": threads, "watch": watch or Watch(), "choices": choices}
    return _run(STEPS, {**given, "memory": FORGETFUL})


def compare(
    annotated: Iterable[Annotations], annotator: Rereader, choices: Choices = ALL, memory: Memory = FORGETFUL
) -> Record:
    """The record of reports that were annotated before, by this annotator; equal to that of one `build` of them all.

    Args:
        memory: what it has of a report is not made again.
    """
    given = {"annotated": annotated, "annotator": annotator, "choices": choices, "memory": memory}
    return _run(COMPARING, given)


def _run(steps: Sequence[Step], given: dict[str, Any]) -> Record:
    made = dict(given)
    for step in steps:
        made[step.assigns] = step.run(*(made[name] for name in step.requires))
    record: Record = made["record"]
    return record


def annotator_for(threads: int | None) -> Annotator:
    """What annotates reports; loading it takes a tenth of a second."""
    from onrecord.annotate.annotator import Annotator

    return Annotator(threads)


def _readings(sources: Iterable[Path | str], watch: Watch) -> Iterator[Reading | OnRecordError]:
    """What the sources hold; a report met again is left out, and told to `watch`."""
    from onrecord.read.source import read_with_findings

    seen: set[str] = set()
    for source in sources:
        for reading in read_with_findings(source):
            if isinstance(reading, OnRecordError):
                yield reading
            elif reading.report.id in seen:
                watch.repeated(reading.report)
            else:
                seen.add(reading.report.id)
                yield reading


def readings(sources: Iterable[Path | str], watch: Watch) -> Iterator[Reading]:
    """The reports of the sources, each once; failures go to `watch`."""
    for reading in _readings(sources, watch):
        if isinstance(reading, OnRecordError):
            watch.failed(reading)
        else:
            watch.found(reading.report)
            yield reading


def annotate_readings(annotator: Annotator, readings: Iterable[Reading], watch: Watch) -> Iterator[Annotations]:
    """The annotations of each report; the findings of its reading come first. The annotator may read ahead.

    What this engine has read out of a report before, and a part has kept, is taken as it is.
    """
    engine = engine_of(annotator.model)
    for is_kept, some in groupby(readings, lambda one: one.annotations is not None and one.engine == engine):
        for annotations in _kept(some) if is_kept else _annotated(annotator, some):
            watch.annotated(annotations)
            yield annotations


def engine_of(model: str) -> str:
    """What reads reports: the version of the program and the model."""
    return f"{VERSION} {model}"


def _kept(readings: Iterable[Reading]) -> Iterator[Annotations]:
    return (reading.annotations for reading in readings if reading.annotations is not None)


def _annotated(annotator: Annotator, readings: Iterable[Reading]) -> Iterator[Annotations]:
    findings: dict[str, tuple[Finding, ...]] = {}

    def reports() -> Iterator[Report]:
        for reading in readings:
            findings[reading.report.id] = reading.findings
            yield reading.report

    for annotations in annotator.annotate_all(reports()):
        yield replace(annotations, findings=findings.pop(annotations.report.id) + annotations.findings)


def _in_order(annotations: Iterable[Annotations]) -> list[Annotations]:
    return sorted(annotations, key=lambda one: one.report.id)


def _published(annotations: list[Annotations], choices: Choices, memory: Memory) -> list[Annotations]:
    """The reports that were published by the day that is asked for; all if none is."""
    if choices.as_of is None:
        return annotations
    from onrecord.story.asof import published_by

    return published_by(annotations, _check_dates(annotations, choices, memory)[0], choices.as_of)


def _check_dates(annotations: list[Annotations], choices: Choices, memory: Memory) -> Dating:
    """The dates of the reports; what a person decided counts for more than what their words say."""
    from onrecord.case.applying import Settlement
    from onrecord.resolve.reportdate import date_reports

    dates, findings = date_reports(annotations, memory)
    return {**dates, **Settlement(choices.decisions).dates(annotations)}, findings


def _anchor(
    annotator: Rereader, annotations: list[Annotations], dating: Dating, lineage: Lineages
) -> list[Annotations]:
    """Reports whose date is not as declared are read again from the date that was found; what was found is noted."""
    from onrecord.resolve.reportdate import anchor_for

    dates = dating[0]
    findings = dating[1] + lineage[1]
    out = []
    for one in annotations:
        dated = dates[one.report.id]
        if dated.status in ("contradicted", "estimated"):
            again = annotator.annotate(one.report, anchor_for(one.report, dated))
            one = replace(again, findings=one.findings)
        known = {finding.id for finding in one.findings}
        own = tuple(f for f in findings if f.report == one.report.id and f.id not in known)
        out.append(replace(one, findings=one.findings + own) if own else one)
    return out


def _trace_lineage(annotations: list[Annotations]) -> Lineages:
    from onrecord.resolve.lineage import trace_lineage

    return trace_lineage([one.report for one in annotations])


def _resolve_places(annotations: list[Annotations], memory: Memory) -> PlaceBeliefs:
    from onrecord.resolve.places import resolve_places

    return resolve_places(annotations, memory=memory)


def _name_places(annotations: list[Annotations], places: PlaceBeliefs) -> list[Annotations]:
    return [places.added_to(one) for one in annotations]


def _resolve_actors(
    annotations: list[Annotations], dating: Dating, places: PlaceBeliefs, memory: Memory
) -> ActorBeliefs:
    from onrecord.resolve.actors import resolve_actors

    return resolve_actors(annotations, dates=dating[0], places=places.literal, memory=memory)


def _believed(
    annotator: Rereader,
    annotations: list[Annotations],
    dating: Dating,
    lineage: Lineages,
    places: PlaceBeliefs,
    actors: ActorBeliefs,
    choices: Choices,
) -> Record:
    """The record without claims: what was read out of the reports, and who and what they mean."""
    from onrecord.case.applying import Settlement

    read = Record(
        model=annotator.model,
        annotations=tuple(annotations),
        dates=dating[0],
        lineage=lineage[0],
        places=places.places,
        place_of=places.by_mention,
        actors=actors.actors,
        actor_of={**actors.by_mention, **actors.by_source},
        referents=actors.referents,
        as_of=choices.as_of,
    )
    return Settlement(choices.decisions).of_beliefs(read)


def _claimed(record: Record, choices: Choices, memory: Memory) -> Record:
    """The record with its claims, each kind resting on those before it."""
    from onrecord.record.commitments import find_commitments
    from onrecord.record.figures import find_all_figures
    from onrecord.record.participants import find_participants
    from onrecord.record.positions import find_positions
    from onrecord.record.sameness import find_same_events

    record = replace(record, figures=find_all_figures(record, memory))
    record = replace(record, participants=find_participants(record, memory))
    record = replace(record, same_event=find_same_events(record, memory))
    positions, issues = find_positions(record, choices.issues or None, memory)
    return replace(record, positions=positions, issues=issues, commitments=find_commitments(record, memory))


def _told(record: Record, choices: Choices, memory: Memory) -> Record:
    """The record with the story: what follows from its claims, as machines and people see them."""
    from onrecord.case.applying import Settlement
    from onrecord.story.changes import find_changes
    from onrecord.story.conflicts import find_conflicts
    from onrecord.story.doubts import with_doubts
    from onrecord.story.timeline import make_timeline

    settled = with_doubts(Settlement(choices.decisions).of_claims(record))
    story = replace(settled, timeline=make_timeline(settled, memory), changes=find_changes(settled, memory))
    return Settlement(choices.decisions).of_story(replace(story, conflicts=find_conflicts(story, memory)))


READING = (
    Step(annotator_for, requires=("threads",), assigns="annotator"),
    Step(readings, requires=("sources", "watch"), assigns="found"),
    Step(list, requires=("found",), assigns="readings"),
    Step(annotate_readings, requires=("annotator", "readings", "watch"), assigns="annotated"),
)
"""What is done with each report by itself. All is read before anything is annotated, so that a watcher knows how
much there is; `annotate_sources` leaves that step out, and so needs memory for a few reports only.
"""

COMPARING = (
    Step(_in_order, requires=("annotated",), assigns="in order"),
    Step(_published, requires=("in order", "choices", "memory"), assigns="as declared"),
    Step(_check_dates, requires=("as declared", "choices", "memory"), assigns="dating"),
    Step(_trace_lineage, requires=("as declared",), assigns="lineage"),
    Step(_anchor, requires=("annotator", "as declared", "dating", "lineage"), assigns="annotations"),
    Step(_resolve_places, requires=("annotations", "memory"), assigns="places"),
    Step(_name_places, requires=("annotations", "places"), assigns="named"),
    Step(_resolve_actors, requires=("named", "dating", "places", "memory"), assigns="actors"),
    Step(
        _believed,
        requires=("annotator", "named", "dating", "lineage", "places", "actors", "choices"),
        assigns="believed",
    ),
    Step(_claimed, requires=("believed", "choices", "memory"), assigns="claimed"),
    Step(_told, requires=("claimed", "choices", "memory"), assigns="record"),
)
"""What is done with the reports together, from what was read out of each."""

STEPS = READING + COMPARING
"""What `build` does, in order. Each step may require only what an earlier one assigned, or what `build` was given."""
