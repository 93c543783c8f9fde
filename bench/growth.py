"""What a case costs as it grows: adding one report more, opening it, searching, asking.

    python bench/growth.py --data ../shared/data [--sizes 344 688 1376 2752] [--folder build/growth]

One case grows from size to size. Its reports are those of stories/iraq-2005, annotated once, and then copies of them
with other names and nouns (`bench/archives.py`), kept with what was read out of their originals, so that only comparing
is left to do. Each copy tells a story of its own. At each size every command runs in a process of its own, on one
thread; told are its processor seconds, loading included, and the most memory it held. What is done stays in `--folder`,
with the figures; the same command goes on from there, so that a shared machine may be given back between two sizes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.archives import archive
from bench.scale import originals
from onrecord.case.store import Store
from onrecord.casebook import open_case
from onrecord.model import Annotations
from onrecord.pipeline import annotator_for, engine_of

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 100
Figures = dict[str, Any]


def main() -> None:
    asked = _asked()
    asked.folder.mkdir(parents=True, exist_ok=True)
    case, kept = asked.folder / "growing.case", asked.folder / "growth.json"
    figures: dict[str, Figures] = json.loads(kept.read_text()) if kept.exists() else {}
    read = originals(asked.data, asked.folder)
    for size in asked.sizes:
        if str(size) in figures:
            continue
        _fill(case, read, size)
        figures[str(size)] = {"reports": size, **_measured(case, asked.folder, size)}
        kept.write_text(json.dumps(figures, indent=1))
    print(*_table(figures.values()), sep="\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", type=int, nargs="+", default=[344, 688, 1376, 2752])
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "growth")
    return parser.parse_args()


def _fill(case: Path, read: Sequence[Annotations], size: int) -> None:
    """Keeps reports with their annotations until there are so many; what the case has is left as it is."""
    engine = engine_of(annotator_for(1).model)
    with Store(str(case), create=True) as store:
        with store.view() as view:
            have = set(view.report_ids())
        fresh = (one for one in archive(read, size) if one.report.id not in have)
        while some := list(islice(fresh, AT_ONCE)):
            with store.writer() as writer:
                writer.keep("behind", "yes")
                for one in some:
                    writer.add_report(one.report, one.report.text.encode("utf-8", "surrogatepass"))
                    writer.add_notes(engine, one)


def _measured(case: Path, folder: Path, size: int) -> Figures:
    """Seconds of the processor and MiB of each command, at this size."""
    figures: Figures = {}
    for name, command in _commands(case, folder, size):
        seconds, memory = ran(command)
        figures[name] = {"seconds": round(seconds, 2), "MiB": memory}
        print(f"{size:6} {name:22} {seconds:8.2f} s {memory:6} MiB", flush=True)
    figures["size of the file"] = {"MiB": round(case.stat().st_size / 2**20)}
    with open_case(case, threads=1) as opened, opened.view() as view:
        figures["statements"] = view.counts(["statements"])["statements"]
    return figures


def _commands(case: Path, folder: Path, size: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Comparing what was filled in comes first; then two reports are added, one after the other."""
    yield "compare what is new", ("search", str(case), "base", "--limit", "1")
    for number in (1, 2):
        source = _written(folder, f"more-{size}-{number}", 400 + number)
        yield f"add one more ({number})", ("add", str(case), source, "--threads", "1")
    yield "search", ("search", str(case), "ministry", "troops")
    yield "who NAME", ("who", str(case), "Tony", "Blair")
    yield "said --actor", ("said", str(case), "--actor", "Tony Blair", "--csv")
    yield "timeline", ("timeline", str(case), "--csv")
    yield "conflicts", ("conflicts", str(case), "--csv")
    yield "diff", ("diff", str(case), "--since", "2005-12-20", "--by", "published", "--csv")
    yield "export brief", ("export", str(case), "brief", "-o", os.devnull)
    yield "add --later", ("add", str(case), _written(folder, f"later-{size}", 77), "--later", "--threads", "1")
    yield "said --standing", ("said", str(case), "--actor", "Tony Blair", "--standing", "--csv")


def _written(folder: Path, name: str, flown_home: int) -> str:
    """A file of one report more."""
    source = folder / f"{name}.jsonl"
    source.write_text(json.dumps({"id": name, **_MORE, "text": _MORE["text"].format(flown_home)}))
    return str(source)


_MORE = {
    "published": "2005-12-31",
    "publisher": "The Guardian",
    "text": "LONDON - The foreign secretary said on Friday that the last engineers would leave the base at Shaiba by "
    "June. A ministry official, who asked not to be named, said that {} of them had been flown home already.",
}


def ran(command: Sequence[str]) -> tuple[float, int]:
    """Runs a command of the program; its seconds of the processor, and the most MiB that it or this process held.

    Raises:
        SystemExit: it failed.
    """
    program = [sys.executable, "-m", "onrecord", *command]
    with Path(os.devnull).open("w") as nothing:
        child = os.posix_spawn(
            sys.executable, program, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)]
        )
        begun = time.monotonic()
        _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed after {time.monotonic() - begun:.0f} s")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def _table(rows: Sequence[Figures] | Any) -> Iterator[str]:
    """The seconds as Markdown, a line a command."""
    rows = sorted(rows, key=lambda row: row["reports"])
    yield "| | " + " | ".join(f"{row['reports']:,} reports" for row in rows) + " |"
    yield "|---|" + "---:|" * len(rows)
    for name in (key for key, value in rows[0].items() if isinstance(value, dict) and "seconds" in value):
        yield f"| {name}, s | " + " | ".join(f"{row[name]['seconds']:.1f}" for row in rows) + " |"
    for name in ("add one more (2)", "size of the file"):
        yield f"| {name}, MiB | " + " | ".join(f"{row[name]['MiB']:,}" for row in rows) + " |"


if __name__ == "__main__":
    main()
