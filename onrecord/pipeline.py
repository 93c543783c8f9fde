"""The order of the stages, and nothing else.

What is heavy (the model's run-time, the reader of HTML) is imported where a stage begins, so that
`import onrecord` stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import OnRecordError
from onrecord.model import Annotations, Finding, Lineage, Record, Report, ReportDate

if TYPE_CHECKING:
    from onrecord.annotate.annotator import Annotator
    from onrecord.read.source import Reading
    from onrecord.resolve.actors import ActorBeliefs
    from onrecord.resolve.places import PlaceBeliefs

Dating = tuple[dict[str, ReportDate], tuple[Finding, ...]]
"""The date of each report, and the findings about dates."""
Lineages = tuple[dict[str, Lineage], tuple[Finding, ...]]
"""Where each report comes from, and the findings about copies."""


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
    yield from _annotator(threads).annotate_all(reports)


def annotate_sources(
    sources: Iterable[Path | str], threads: int | None = None, watch: Watch | None = None
) -> Iterator[Annotations]:
    """The annotations of all reports in `sources`, with what was found when they were read, one after the other.

    Args and errors as for `build`.
    """
    watch = watch or Watch()
    yield from _annotate(_annotator(threads), _read(sources, watch), watch)


def build(sources: Sequence[Path | str], threads: int | None = None, watch: Watch | None = None) -> Record:
    """The record of all reports in `sources`.

    Args:
        sources: files, folders, or `.jsonl` files of reports.
        threads: as for `annotate`.
        watch: told of every report and failure. Without one, the first failure is raised.

    Raises:
        OnRecordError: a source could not be read, and no `watch` took the failure.
        BrokenInstallation: the model is missing or damaged.
    """
    made: dict[str, Any] = {"sources": sources, "threads": threads, "watch": watch or Watch()}
    for step in STEPS:
        made[step.assigns] = step.run(*(made[name] for name in step.requires))
    record: Record = made["record"]
    return record


def _annotator(threads: int | None) -> Annotator:
    from onrecord.annotate.annotator import Annotator

    return Annotator(threads)


def _readings(sources: Iterable[Path | str], watch: Watch) -> Iterator[Reading | OnRecordError]:
    """What the sources hold; a report met again is left out, and told to `watch`."""
    from onrecord.read.source import read_with_findings

    seen: set[str] = set()
    for source in sources:
        for reading in read_with_findings(Path(source)):
            if isinstance(reading, OnRecordError):
                yield reading
            elif reading.report.id in seen:
                watch.repeated(reading.report)
            else:
                seen.add(reading.report.id)
                yield reading


def _read(sources: Iterable[Path | str], watch: Watch) -> Iterator[Reading]:
    for reading in _readings(sources, watch):
        if isinstance(reading, OnRecordError):
            watch.failed(reading)
        else:
            watch.found(reading.report)
            yield reading


def _annotate(annotator: Annotator, readings: Iterable[Reading], watch: Watch) -> Iterator[Annotations]:
    """The annotations of each report; the findings of its reading come first. The annotator may read ahead."""
    findings: dict[str, tuple[Finding, ...]] = {}

    def reports() -> Iterator[Report]:
        for reading in readings:
            findings[reading.report.id] = reading.findings
            yield reading.report

    for annotations in annotator.annotate_all(reports()):
        whole = replace(annotations, findings=findings.pop(annotations.report.id) + annotations.findings)
        watch.annotated(whole)
        yield whole


def _in_order(annotations: Iterable[Annotations]) -> list[Annotations]:
    return sorted(annotations, key=lambda one: one.report.id)


def _check_dates(annotations: list[Annotations]) -> Dating:
    from onrecord.resolve.reportdate import date_reports

    return date_reports(annotations)


def _anchor(
    annotator: Annotator, annotations: list[Annotations], dating: Dating, lineage: Lineages
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
        out.append(replace(one, findings=one.findings + own))
    return out


def _trace_lineage(annotations: list[Annotations]) -> Lineages:
    from onrecord.resolve.lineage import trace_lineage

    return trace_lineage([one.report for one in annotations])


def _resolve_places(annotations: list[Annotations]) -> PlaceBeliefs:
    from onrecord.resolve.places import resolve_places

    return resolve_places(annotations)


def _name_places(annotations: list[Annotations], places: PlaceBeliefs) -> list[Annotations]:
    return [places.added_to(one) for one in annotations]


def _resolve_actors(annotations: list[Annotations], dating: Dating, places: PlaceBeliefs) -> ActorBeliefs:
    from onrecord.resolve.actors import resolve_actors

    return resolve_actors(annotations, dates=dating[0], places=places.literal)


def _record(
    annotator: Annotator,
    annotations: list[Annotations],
    dating: Dating,
    lineage: Lineages,
    places: PlaceBeliefs,
    actors: ActorBeliefs,
) -> Record:
    from onrecord.record.figures import find_figures

    return Record(
        model=annotator.model,
        annotations=tuple(annotations),
        figures=tuple(figure for one in annotations for figure in find_figures(one)),
        dates=dating[0],
        lineage=lineage[0],
        places=places.places,
        place_of=places.by_mention,
        actors=actors.actors,
        actor_of={**actors.by_mention, **actors.by_source},
    )


STEPS = (
    Step(_annotator, requires=("threads",), assigns="annotator"),
    Step(_read, requires=("sources", "watch"), assigns="found"),
    Step(list, requires=("found",), assigns="readings"),
    Step(_annotate, requires=("annotator", "readings", "watch"), assigns="annotated"),
    Step(_in_order, requires=("annotated",), assigns="as declared"),
    Step(_check_dates, requires=("as declared",), assigns="dating"),
    Step(_trace_lineage, requires=("as declared",), assigns="lineage"),
    Step(_anchor, requires=("annotator", "as declared", "dating", "lineage"), assigns="annotations"),
    Step(_resolve_places, requires=("annotations",), assigns="places"),
    Step(_name_places, requires=("annotations", "places"), assigns="named"),
    Step(_resolve_actors, requires=("named", "dating", "places"), assigns="actors"),
    Step(_record, requires=("annotator", "named", "dating", "lineage", "places", "actors"), assigns="record"),
)
"""What `build` does, in order. Each step may require only what an earlier one assigned, or what `build` was given.

All is read before anything is annotated, so that a watcher knows how much there is; `annotate_sources` leaves
that step out, and so needs memory for a few reports only.
"""
