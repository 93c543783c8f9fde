"""Which reports come from one origin: copies, revisions, excerpts, and copy of one agency.

Reports are cut into passages of about a sentence, and each passage into a MinHash sketch (Broder 1997) of its runs of
words. A passage that no earlier report holds is kept in an index for locality-sensitive hashing; a passage that one
does hold counts for that report. So trimmed and lightly edited copies are found, excerpts too, and every passage is
looked up once, however many reports there are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from onrecord.lexicons import table_of
from onrecord.model import Finding, Lineage, Relation, Report, identify
from onrecord.spans import Span, covering

if TYPE_CHECKING:
    from rensa import RMinHash

_PASSAGE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]{0,3}\s+|[\r\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FEWEST_WORDS = 8
"""A passage of fewer words is joined with the next: `He declined to comment.` is told everywhere."""
_MOST_WORDS = 200
"""A passage of more words is cut: it has no marks to cut it by."""
_RUN = 2
"""Words in a run: one word changed in twenty leaves eight of ten runs in common."""
_SLOTS, _BANDS, _ALIKE = 120, 20, 0.6
"""Twenty bands of six slots: of passages with 80% of their runs in common 998 of 1,000 are compared, with 30% 14."""
_SEED = 1
_COPIED, _WHOLE = 0.5, 0.8
"""Share of a report's words that make it a copy, and that make all of it one."""
_TITLE = 0.5
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class _Passage:
    span: Span
    words: int
    runs: frozenset[str]


@dataclass(slots=True)
class _Trace:
    """One report while its origin is looked for: `taken` are its passages that an earlier report holds."""

    report: Report
    passages: list[_Passage]
    words: int
    agency: str | None
    relation: Relation = "original"
    of: _Trace | None = None
    taken: dict[str, list[_Passage]] = field(default_factory=lambda: defaultdict(list))
    reason: str = "No other report holds its words."

    @property
    def root(self) -> _Trace:
        one = self
        while one.of is not None:
            one = one.of
        return one


def trace_lineage(reports: Sequence[Report]) -> tuple[dict[str, Lineage], tuple[Finding, ...]]:
    """The lineage of every report by its id, and a finding `duplicate` for each that was taken from another.

    Of two reports with the same words the one that declares the earlier date is the original; then the longer one.
    The order in which reports are given does not matter.
    """
    traces = sorted((_trace(report) for report in reports), key=_order)
    by_id = {trace.report.id: trace for trace in traces}
    index = _Index()
    for trace in traces:
        index.look_up(trace)
        _judge(trace, by_id)
    agencies = _agencies(traces)
    lineages = {trace.report.id: _lineage(trace, agencies) for trace in traces}
    found = (_finding(trace) for trace in traces if trace.of is not None)
    return lineages, tuple(sorted(found, key=lambda finding: finding.report))


def _order(trace: _Trace) -> tuple[str, int, str]:
    declared = trace.report.declared
    return (declared.value[:10] if declared else "9999", -trace.words, trace.report.id)


def _trace(report: Report) -> _Trace:
    passages = list(_passages(report))
    return _Trace(report, passages, sum(passage.words for passage in passages), _agency(report))


def _passages(report: Report) -> Iterator[_Passage]:
    """The running text in passages of eight words or more; only what is left at the end may be shorter."""
    waiting: list[re.Match[str]] = []
    for piece in _pieces(report.text, report.body):
        waiting += _WORD.finditer(report.text, piece.start, piece.end)
        if len(waiting) >= _FEWEST_WORDS:
            yield from (_passage(waiting[i : i + _MOST_WORDS]) for i in range(0, len(waiting), _MOST_WORDS))
            waiting = []
    if waiting:
        yield _passage(waiting)


def _pieces(text: str, body: int) -> Iterator[Span]:
    start = body
    for match in _PASSAGE_END.finditer(text, body):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def _passage(words: Sequence[re.Match[str]]) -> _Passage:
    forms = " ".join([word.group() for word in words]).casefold().split(" ")
    runs = frozenset(map(" ".join, zip(*(forms[place:] for place in range(_RUN)), strict=False)))
    return _Passage(Span(words[0].start(), words[-1].end()), len(words), runs or frozenset((" ".join(forms),)))


class _Index:
    """The passages met so far, each with the report that held it first."""

    def __init__(self) -> None:
        from rensa import RMinHash, RMinHashLSH  # compiled; needed only where reports are compared

        self._sketch_of = RMinHash
        self._hashing = RMinHashLSH(threshold=_ALIKE, num_perm=_SLOTS, num_bands=_BANDS)
        self._held: list[tuple[str, RMinHash]] = []

    def look_up(self, trace: _Trace) -> None:
        """Notes the passages that an earlier report holds; keeps those that none holds, the report itself included."""
        for passage in trace.passages:
            sketch = self._sketch_of(num_perm=_SLOTS, seed=_SEED)
            sketch.update(sorted(passage.runs))
            holder = self._holder(sketch)
            if holder is None:
                self._hashing.insert(len(self._held), sketch)
                self._held.append((trace.report.id, sketch))
            elif holder != trace.report.id:
                trace.taken[holder].append(passage)

    def _holder(self, sketch: RMinHash) -> str | None:
        alike = [(self._held[key][1].jaccard(sketch), -key) for key in self._hashing.query(sketch)]
        best = max(alike, default=(0.0, 0))
        return self._held[-best[1]][0] if best[0] >= _ALIKE else None


def _judge(trace: _Trace, by_id: Mapping[str, _Trace]) -> None:
    """Whether a report was taken from another: what it shares is counted by origin, so that a copy of a copy counts."""
    shared: Counter[str] = Counter()
    for holder, passages in trace.taken.items():
        shared[by_id[holder].root.report.id] += sum(passage.words for passage in passages)
    if not shared or not trace.words:
        return
    root, words = max(shared.items(), key=lambda pair: (pair[1], pair[0]))
    parent = max(
        (by_id[holder] for holder in trace.taken if by_id[holder].root.report.id == root),
        key=lambda one: (sum(passage.words for passage in trace.taken[one.report.id]), one.report.id),
    )
    share, cover = words / trace.words, words / max(1, parent.words)
    if share >= _COPIED:
        trace.of = parent
        trace.relation = _relation(trace.report, parent.report, share, cover)
        percent = round(_HUNDRED * share)
        trace.reason = f"{percent}% of its words are those of '{parent.report.name}'."
    elif cover >= _WHOLE and _is_one_day(trace.report, parent.report) and parent.of is None:
        parent.of, parent.relation = trace, "excerpt"
        parent.reason = f"Nearly all of it stands in '{trace.report.name}', which is longer."


def _relation(report: Report, parent: Report, share: float, cover: float) -> Relation:
    same_outlet = report.publisher is not None and report.publisher == parent.publisher
    same_story = (share >= _WHOLE and cover >= _COPIED) or _is_title_alike(report.title, parent.title)
    if same_outlet and same_story and (share < 1 or cover < 1):
        return "revision"
    return "excerpt" if share >= _WHOLE and cover < _COPIED else "copy"


def _is_one_day(report: Report, other: Report) -> bool:
    """Whether nothing says which of two reports came first."""
    if report.declared is None or other.declared is None:
        return True
    return report.declared.value[:10] == other.declared.value[:10]


def _is_title_alike(one: str | None, other: str | None) -> bool:
    """Whether half of the words of two titles are the same; reports without titles are not told apart by them."""
    if one is None or other is None:
        return one is other
    first, second = ({word.group().casefold() for word in _WORD.finditer(title)} for title in (one, other))
    return len(first & second) >= _TITLE * max(1, len(first | second))


@cache
def _agency_names() -> dict[str, str]:
    """The ways in which agencies are written, in small letters, with their names."""
    table = table_of("read")
    return {form.casefold(): one["name"] for one in table["agency"] for form in (one["name"], *one["forms"])}


def _agency(report: Report) -> str | None:
    """The agency that a report is credited to, in its dateline, as its publisher or in its byline."""
    if report.dateline is not None and report.dateline.agency is not None:
        return report.dateline.agency
    named = _agency_names().get((report.publisher or "").casefold())
    if named is not None or report.byline is None:
        return named
    byline = report.byline.of(report.text).casefold()
    return next((name for form, name in _agency_names().items() if len(form) > 5 and form in byline), None)


def _agencies(traces: Sequence[_Trace]) -> dict[str, str]:
    """For each root, by its id, the agency that it or a report taken from it is credited to."""
    found: dict[str, str] = {}
    for trace in traces:
        if trace.agency is not None:
            found.setdefault(trace.root.report.id, trace.agency)
    return found


def _lineage(trace: _Trace, agencies: Mapping[str, str]) -> Lineage:
    root = trace.root.report.id
    agency = agencies.get(root)
    origin = identify("o", "agency", agency) if agency else identify("o", "report", root)
    reason = trace.reason
    if agency is not None:
        reason = f"{reason} Credited to {agency}: all its reports count as one origin."
    return Lineage(origin, trace.relation, trace.of.report.id if trace.of else None, agency, reason)


def _finding(trace: _Trace) -> Finding:
    parent = trace.of.report if trace.of else trace.report
    return Finding(
        identify("f", trace.report.id, "duplicate", parent.id),
        trace.report.id,
        "duplicate",
        tuple(_evidence(trace)),
        trace.reason,
        f"Count it and '{parent.name}' as one witness.",
    )


def _evidence(trace: _Trace) -> Iterator[Span]:
    """The words shared with other reports, neighbouring passages as one span."""
    taken = {passage.span for passages in trace.taken.values() for passage in passages} or {
        passage.span for passage in trace.passages
    }
    run: list[Span] = []
    for passage in trace.passages:
        if passage.span in taken:
            run.append(passage.span)
        elif run:
            yield covering(run)
            run = []
    if run:
        yield covering(run)
