"""The quality gate: every layer of onrecord on development data, each figure against its floor.

    python bench/quality.py --data ../shared/data [--layer times events] [--model encoder.onnx] [--json figures.json]

Exits with 1 if a figure is under its floor in `bench/floors.toml` or if data is missing. The digest of each file that
was read is printed, so that two runs can be told apart that scored different data. Floors are those of the
development split; with another `--split` the figures are only shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.scoring import (
    attribution,
    basis,
    coreference,
    entities,
    events,
    eventtypes,
    factuality,
    names,
    places,
    quantities,
    reportdates,
    sameness,
    sentences,
    speed,
    syntax,
    timeline,
    times,
)
from bench.scoring.figures import Figure
from bench.scoring.workbench import Workbench

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "bench" / "floors.toml"
DEVELOPMENT = "dev"


@dataclass(frozen=True, slots=True)
class Layer:
    """What is measured of one layer: the files it reads, and the function that makes its figures."""

    name: str
    files: tuple[str, ...]
    score: Callable[[Workbench], Iterator[Figure]]

    def missing(self, bench: Workbench) -> list[str]:
        """The files, or folders, that are not there."""
        return [str(bench.path(name)) for name in self.files if not bench.path(name).exists()]


LAYERS = (
    Layer("sentences", sentences.FILES, sentences.score),
    Layer("syntax", (syntax.FILE,), syntax.score),
    Layer("entities", (entities.FILE,), entities.score),
    Layer("times", tuple(times.FOLDERS.values()), times.score),
    Layer("events", (events.FILE,), events.score),
    Layer("factuality", (factuality.FILE,), factuality.score),
    Layer("eventtypes", (eventtypes.FILE,), eventtypes.score),
    Layer("attribution", (attribution.FILE,), attribution.score),
    Layer("basis", (basis.FILE,), basis.score),
    Layer("quantities", (quantities.FILE,), quantities.score),
    Layer("places", places.FILES, places.score),
    Layer("reportdates", tuple(reportdates.FOLDERS.values()), reportdates.score),
    Layer("names", (names.FILE,), names.score),
    Layer("coreference", coreference.FILES, coreference.score),
    Layer("sameness", (sameness.FILE,), sameness.score),
    Layer("timeline", timeline.FILES, timeline.score),
    Layer("speed", (speed.FILE,), speed.score),
)

Floors = dict[tuple[str, str, str], float]
"""Floors by layer, data and measure."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a figure, or what stands in for one, and whether the gate lets it pass."""

    layer: str
    data: str = ""
    measure: str = ""
    figure: str = ""
    floor: str = ""
    verdict: str = ""

    @property
    def failed(self) -> bool:
        return self.verdict in ("FAIL", "MISSING")

    def __str__(self) -> str:
        line = f"{self.layer:<12}{self.data:<20}{self.measure:<28}{self.figure:>9}  {self.floor:>9}  {self.verdict}"
        return line.rstrip()


HEADING = Row("layer", "data", "measure", "figure", "floor")


def read_floors(path: Path) -> Floors:
    """The pinned floors."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        (layer, data, measure): float(floor)
        for layer, by_data in tables.items()
        for data, by_measure in by_data.items()
        for measure, floor in by_measure.items()
    }


def row_of(figure: Figure, floors: Floors) -> Row:
    """A figure against its floor, if it has one."""
    floor = floors.get(figure.name)
    value = f"{figure.value:,.{figure.digits}f}"
    if floor is None:
        return Row(*figure.name, figure=value)
    sign = "≤" if figure.lower_is_better else "≥"
    verdict = "pass" if figure.meets(floor) else "FAIL"
    return Row(*figure.name, figure=value, floor=f"{sign} {floor:,.{figure.digits}f}", verdict=verdict)


def unanswered(layer: str, figures: Iterable[Figure], floors: Floors) -> Iterator[Row]:
    """The floors of a layer that no figure answers to: a measure renamed or dropped is no measure passed."""
    named = {figure.name for figure in figures}
    for name, floor in floors.items():
        if name[0] == layer and name not in named:
            yield Row(*name, figure="none", floor=f"{floor:g}", verdict="FAIL")


def run(
    bench: Workbench, layers: Sequence[Layer], floors: Floors, allow_missing: bool
) -> tuple[list[Row], list[Figure]]:
    """Scores the layers, printing each row as it is known."""
    rows: list[Row] = []
    figures: list[Figure] = []
    print(HEADING)
    for layer in layers:
        missing = layer.missing(bench)
        if missing:
            new = [Row(layer.name, f"no {path}", verdict="skipped" if allow_missing else "MISSING") for path in missing]
        else:
            scored = list(layer.score(bench))
            figures += scored
            new = [*(row_of(figure, floors) for figure in scored), *unanswered(layer.name, scored, floors)]
        print(*new, sep="\n", flush=True)
        rows += new
    return rows, figures


def digests(bench: Workbench, layers: Iterable[Layer]) -> dict[str, str]:
    """SHA-256 of each file or folder that was read, by its name within the data."""
    names = sorted({name for layer in layers for name in layer.files if not layer.missing(bench)})
    return {str(bench.path(name).relative_to(bench.data)): bench.digest(name) for name in names}


def described(rows: Iterable[Row], figures: Iterable[Figure], digest_of: dict[str, str]) -> dict[str, Any]:
    """The run as JSON: figures unrounded."""
    verdicts = {(row.layer, row.data, row.measure): row.verdict for row in rows}
    return {
        "figures": [
            {
                "layer": one.layer,
                "data": one.data,
                "measure": one.measure,
                "value": one.value,
                "verdict": verdicts[one.name] or None,
            }
            for one in figures
        ],
        "sha256": digest_of,
    }


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument("--layer", nargs="+", choices=[layer.name for layer in LAYERS], help="only these layers")
    parser.add_argument("--split", default=DEVELOPMENT, help="what stands for 'dev' in the names of files")
    parser.add_argument("--model", type=Path, help="an encoder instead of the one in the package")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--predictions", type=Path, help="write the attributions found here, a JSON line a report")
    parser.add_argument("--allow-missing", action="store_true", help="skip layers whose data is missing")
    return parser.parse_args()


def main() -> int:
    """Scores, prints, and says whether every floor held."""
    asked = options()
    begun = time.perf_counter()
    bench = Workbench(asked.data, asked.split, asked.model, asked.predictions)
    layers = [layer for layer in LAYERS if asked.layer is None or layer.name in asked.layer]
    floors = read_floors(FLOORS) if asked.split == DEVELOPMENT else {}
    rows, figures = run(bench, layers, floors, asked.allow_missing)
    digest_of = digests(bench, layers)
    print("\nSHA-256 of the data read", *(f"{digest}  {name}" for name, digest in digest_of.items()), sep="\n")
    if asked.json is not None:
        asked.json.write_text(json.dumps(described(rows, figures, digest_of), indent=1) + "\n", encoding="utf-8")
    failed = sum(row.failed for row in rows)
    verdict = f"{failed} of {len(rows)} rows FAIL" if failed else "no figure is under its floor"
    print(f"\n{verdict}; {len(figures)} figures in {time.perf_counter() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
