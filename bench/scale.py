"""How cost grows with the archive: reading, comparing, finding stories, parts and SQL; and what ten million would take.

    python bench/scale.py --data ../shared/data [--work build/scale] [--annotate 200] [--compare 344 688 1376]
                          [--stories 1000 10000 100000] [--parts 1000 4000] [--pages docs]

The reports are those of a year on one story (Timeline17, Iraq 2005), and copies of them with other names and nouns
(`bench/archives.py`), each copy a story of its own; sizes are real. What is read out of the originals is kept under
`--work` in parts, as `onrecord batch` keeps it, so a run that is stopped goes on. Times are of the processor, one
thread. With `--pages`, the figures and graphs of docs/scale.md are written from what was measured.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.archives import archive, sketches
from bench.archives import reports as reports_of
from bench.drawing import graph
from onrecord import pipeline
from onrecord.annotate.annotator import Annotator
from onrecord.batch.running import Plan, parts_in, run
from onrecord.dates import Date
from onrecord.memory import FORGETFUL
from onrecord.model import Annotations, Report
from onrecord.parts import Kept, part_bytes, read_part
from onrecord.stories.finding import stories_of

ROOT = Path(__file__).resolve().parent.parent
STORY = "stories/iraq-2005/articles.jsonl.gz"
SHARD = 100
BLOCK = 50
"""Reports whose time is measured together."""
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: seconds of the processor, and the peak of memory so far, in MiB."""

    seconds: float
    memory: int


def measured(work: Callable[..., Any], *given: Any) -> tuple[Any, Cost]:
    """What `work` gives for what it is given, and what it took; no garbage is looked for meanwhile, as in a case."""
    gc.collect()
    gc.disable()
    begun = time.process_time()
    try:
        made = work(*given)
    finally:
        gc.enable()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return made, Cost(time.process_time() - begun, peak)


def originals(data: Path, work: Path) -> list[Annotations]:
    """The reports of the story, annotated, in the order of their days; kept in parts from one run to the next."""
    source = work / "articles.jsonl"
    if not source.exists():
        work.mkdir(parents=True, exist_ok=True)
        source.write_bytes(gzip.decompress((data / STORY).read_bytes()))
    run([source], work / "parts", Plan(processes=1, reports=SHARD))
    kept = [one.annotations for path in parts_in(work / "parts") for _, one in _rows(path)]
    return sorted(kept, key=lambda one: (one.report.declared.value if one.report.declared else "", one.report.id))


def _rows(path: Path) -> Iterator[tuple[str, Kept]]:
    with path.open("rb") as stream:
        yield from read_part(stream, path.name)


def annotating(read: Sequence[Annotations], count: int) -> Iterator[Figures]:
    """Milliseconds a report and microseconds a word, for each fifty reports of one run of one annotator."""
    annotator = Annotator(threads=1)
    annotator.annotate(read[0].report)
    reports = reports_of(read, count)
    done = 0
    while some := list(islice(reports, BLOCK)):
        found, cost = measured(list, map(annotator.annotate, some))
        done += len(some)
        words = sum(len(one.words) for one in found)
        yield {
            "reports": done,
            "ms a report": 1000 * cost.seconds / len(some),
            "us a word": 1e6 * cost.seconds / words,
            "MiB": cost.memory,
        }


class Kin:
    """Stands where the annotator stands: a report read from another date is taken as it was read before."""

    model = "as kept"

    def __init__(self, read: Sequence[Annotations]) -> None:
        self._by_id = {one.report.id: one for one in read}
        self.asked = 0

    def annotate(self, report: Report, anchor: Date | None = None) -> Annotations:
        self.asked += 1
        return self._by_id[report.id]


def comparing(read: Sequence[Annotations], count: int) -> Figures:
    """Seconds of each step that compares, on an archive of so many reports."""
    reports = list(archive(read, count))
    kin = Kin(reports)
    made: dict[str, Any] = {"annotated": reports, "annotator": kin, "choices": pipeline.ALL, "memory": FORGETFUL}
    steps: dict[str, float] = {}
    peak = 0
    for step in pipeline.COMPARING:
        made[step.assigns], cost = measured(step.run, *(made[name] for name in step.requires))
        steps[step.assigns] = cost.seconds
        peak = cost.memory
    total = sum(steps.values())
    return {"reports": count, "seconds": total, "ms a report": 1000 * total / count, "MiB": peak, "steps": steps}


class Making:
    """Reports as they are made, and the seconds that making them takes."""

    def __init__(self, made: Iterator[Any]) -> None:
        self._made = made
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Any]:
        while True:
            begun = time.process_time()
            one = next(self._made, None)
            self.seconds += time.process_time() - begun
            if one is None:
                return
            yield one


def telling_stories(read: Sequence[Annotations], count: int) -> Figures:
    """Seconds that finding the stories of an archive takes beyond making it."""
    making = Making(sketches(read, count))
    found, cost = measured(stories_of, making)
    seconds = cost.seconds - making.seconds
    return {
        "reports": count,
        "seconds": seconds,
        "ms a report": 1000 * seconds / count,
        "MiB": cost.memory,
        "stories": sum(len(story.reports) > 1 for story in found),
    }


SQL = """SELECT s.source, count(*) AS statements FROM '{}/*.parquet', unnest(statements) AS t(s)
WHERE s.basis = 'named' GROUP BY s.source ORDER BY statements DESC, s.source LIMIT 20"""


def storing(read: Sequence[Annotations], count: int) -> Figures:
    """Bytes and seconds that parts take to write, to read, and to be asked in SQL."""
    with TemporaryDirectory() as folder:
        written, seconds = 0, 0.0
        reports = archive(read, count)
        number = 0
        while some := [Kept(one.report.id, one) for one in islice(reports, SHARD)]:
            data, cost = measured(part_bytes, "as kept", some)
            Path(folder, f"part-{number:06}.parquet").write_bytes(data)
            written, seconds, number = written + len(data), seconds + cost.seconds, number + 1
        _, reading = measured(lambda: sum(1 for path in parts_in(Path(folder)) for _ in _rows(path)))
        duckdb = import_module("duckdb")
        _, asking = measured(lambda: duckdb.sql(SQL.format(folder)).fetchall())
    return {
        "reports": count,
        "kB a report": written / count / 1000,
        "ms a report written": 1000 * seconds / count,
        "ms a report read": 1000 * reading.seconds / count,
        "SQL seconds": asking.seconds,
        "SQL ms a report": 1000 * asking.seconds / count,
    }


TITLES = {
    "annotate": "annotate: one annotator, in the order in which it read them; a line is the mean since the one before",
    "compare": "compare: all that compares reports, on an archive of so many",
    "stories": "stories: finding the stories of an archive",
    "parts": "parts: written, read back, and asked in SQL (DuckDB) who speaks most",
}


def shortened(figures: Figures) -> Figures:
    """The figures with few lines for annotating, at sizes that grow by two or more."""
    return {name: _grown(rows) if name == "annotate" else rows for name, rows in figures.items()}


def _grown(rows: Sequence[Figures]) -> list[Figures]:
    """Each row the mean of those since the one before, at 50, 100, 200, 500, 1,000 and so on."""
    sizes = [digit * 10**power for power in range(1, 8) for digit in (1, 2, 5)]
    ends = [place for place, row in enumerate(rows, 1) if row["reports"] in sizes or place == len(rows)]
    means = []
    for begin, end in pairwise((0, *ends)):
        some = rows[begin:end]
        mean = {name: sum(row[name] for row in some) / len(some) for name in ("ms a report", "us a word")}
        means.append({"reports": some[-1]["reports"], **mean, "MiB": some[-1]["MiB"]})
    return means


def tables(figures: Figures) -> Iterator[str]:
    """The figures as Markdown."""
    for key, rows in figures.items():
        name = TITLES[key]
        flat = [{key: value for key, value in row.items() if key != "steps"} for row in rows]
        yield f"\n**{name}**\n"
        yield "| " + " | ".join(flat[0]) + " |"
        yield "|" + "---:|" * len(flat[0])
        yield from ("| " + " | ".join(shown(value) for value in row.values()) + " |" for row in flat)


TEN_MILLION = 10_000_000
CORES = 64
PRICE = 0.05
"""US dollars for an hour of one core, as large clouds ask for it in round numbers."""


def extrapolated(figures: Figures) -> Iterator[str]:
    """What ten million reports of this size would take, from the largest run of each kind."""
    rows = []
    last = {name: found[-1] for name, found in figures.items() if found}
    if "annotate" in last:
        mean = sum(row["ms a report"] for row in figures["annotate"]) / len(figures["annotate"])
        rows.append(("annotate", *_of_cores(mean)))
    for name, told in (("stories", "find the stories, on one core"), ("compare", "compare, each story by itself")):
        if name in last:
            rows.append((told, *_of_cores(last[name]["ms a report"])))
    yield "\n**ten million reports, extrapolated**\n"
    yield f"| | core-hours | hours on {CORES} cores | US$ at {PRICE} a core-hour |"
    yield "|---|---:|---:|---:|"
    for told, hours, together, price in rows:
        spent = f"{hours:,.1f} (on one)" if "one core" in told else f"{together:,.1f}"
        yield f"| {told} | {hours:,.0f} | {spent} | {price:,.0f} |"
    if "parts" in last:
        terabytes = last["parts"]["kB a report"] * 1000 * TEN_MILLION / 1e12
        yield f"| storage of the parts: {terabytes:.2f} TB | | | |"


def _of_cores(milliseconds: float) -> tuple[float, float, float]:
    hours = milliseconds / 1000 * TEN_MILLION / 3600
    return hours, hours / CORES, hours * PRICE


def shown(value: float) -> str:
    """A number with as many digits as are worth reading."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if value < 10 else f"{value:,.0f}"


MEASURES: dict[str, Callable[[Sequence[Annotations], int], Figures]] = {
    "compare": comparing,
    "stories": telling_stories,
    "parts": storing,
}
SIZES = {"compare": (344, 688, 1376), "stories": (1000, 10_000, 100_000), "parts": (1000, 4000)}


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "scale", help="what is kept between runs")
    parser.add_argument("--annotate", type=int, nargs="?", const=200, help="reports to annotate in one run")
    for name, sizes in SIZES.items():
        parser.add_argument(f"--{name}", type=int, nargs="*", help=f"sizes; default: {sizes}")
    parser.add_argument("--pages", type=Path, help="folder of scale.md: write figures and graphs there")
    return parser.parse_args()


def main() -> int:
    """Measures what is asked for, keeps it, and writes the page from all that is kept."""
    asked = options()
    kept = asked.work / "figures.json"
    read = originals(asked.data, asked.work)
    figures: Figures = json.loads(kept.read_text()) if kept.exists() else {}
    if asked.annotate:
        figures["annotate"] = []
        for row in annotating(read, asked.annotate):
            figures["annotate"].append(row)
            kept.write_text(json.dumps(figures, indent=1))
    for name, measure in MEASURES.items():
        sizes = getattr(asked, name)
        if sizes is not None:
            rows = {row["reports"]: row for row in figures.get(name, ())}
            for size in sizes or SIZES[name]:
                rows[size] = measure(read, size)
                print(name, json.dumps(rows[size]), flush=True)
                figures[name] = [rows[key] for key in sorted(rows)]
                kept.write_text(json.dumps(figures, indent=1))
    print(*tables(shortened(figures)), *extrapolated(figures), sep="\n")
    if asked.pages:
        write_pages(asked.pages, figures)
    return 0


def write_pages(pages: Path, figures: Figures) -> None:
    """Puts the tables between the marks of scale.md, and the graphs beside it."""
    page = pages / "scale.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    short = shortened(figures)
    told = "\n".join((*tables(short), *extrapolated(figures)))
    page.write_text(f"{before}{BEGIN}\n{told}\n\n{END}{after}", encoding="utf-8")
    for name, rows in short.items():
        measure, unit = ("us a word", "microseconds") if name == "annotate" else ("ms a report", "milliseconds")
        points = [(row["reports"], row[measure]) for row in rows if measure in row]
        if len(points) > 1:
            drawn = graph(f"{name}: {unit} of processor {measure[3:]}", "reports", points)
            (pages / f"scale-{name}.svg").write_text(drawn, encoding="utf-8")


BEGIN, END = "<!-- figures: bench/scale.py --pages docs -->", "<!-- end of figures -->"

if __name__ == "__main__":
    sys.exit(main())
