"""Whether memory stays flat: thousands of small reports read, annotated and compared in one process.

    python bench/soak.py --reports 10000

Reports are made of our own sentences with new names, numbers and words in each, so that nothing that is remembered
helps with the next one for ever. After each `--batch` reports, which become one record that is written and dropped,
the memory in use is noted. The line through the second half of the notes is what counts: caches fill in the first.
Exit status 1 if it rises by more than `--bound` kilobytes for a report.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.export.forms import written_as
from onrecord.export.json import record_as_dict
from onrecord.pipeline import Watch, annotate_readings, annotator_for, compare, readings

SYLLABLES = "ba del ka mir no ras ti zan lo ve quen sor fa bri ghu ".split()
SENTENCES = (
    "{first} {last}, who heads the {noun} office in {town}, told reporters on {day} that {number} people had left.",
    "“We have waited {small} weeks,” {last} said. “The {noun} must open by {month}.”",
    "Police said {small} people were arrested in {town} on {month} {small}, {year}.",
    "An official, who asked not to be named because the {noun} talks continue, said the deadline was {month} {year}.",
    "The ministry of {noun} promised to pay {number} dollars by the end of {month}, according to a letter.",
    "{town} is {number} kilometres from the border. {last} denied that the {noun} had been sold.",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
PAGE = 4096


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def text(chance: random.Random) -> str:
    names = {
        "first": word(chance).title(),
        "last": word(chance).title(),
        "town": word(chance).title(),
        "noun": word(chance),
        "day": chance.choice(DAYS),
        "month": chance.choice(MONTHS),
        "number": f"{chance.randrange(1000, 999_999):,}",
        "small": chance.randrange(2, 28),
        "year": chance.randrange(1950, 2030),
    }
    return " ".join(sentence.format(**names) for sentence in chance.sample(SENTENCES, 3))


def files(count: int, batch: int, folder: Path) -> Iterator[Path]:
    """Files of `batch` reports each, `count` reports in all; the same every time."""
    chance = random.Random(11)
    for number in range(count // batch):
        lines = [{"id": f"{number}-{n}", "text": text(chance), "published": "2024-03-05"} for n in range(batch)]
        path = folder / "reports.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        yield path


def in_use() -> int:
    """Kilobytes of this process that are in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE // 1024


def slope(notes: Sequence[tuple[int, int]]) -> float:
    """Kilobytes a report, by the line of least squares through (reports, kilobytes)."""
    middle_x = sum(x for x, _ in notes) / len(notes)
    middle_y = sum(y for _, y in notes) / len(notes)
    spread = sum((x - middle_x) ** 2 for x, _ in notes)
    return sum((x - middle_x) * (y - middle_y) for x, y in notes) / spread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=25)
    parser.add_argument("--bound", type=float, default=1.0, help="kilobytes a report")
    given = parser.parse_args()
    annotator, notes, begun = annotator_for(1), [], time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(files(given.reports, given.batch, Path(folder)), 1):
            annotated = list(annotate_readings(annotator, readings([path], Watch()), Watch()))
            written_as("html", record_as_dict(compare(annotated, annotator)))
            notes.append((number * given.batch, in_use()))
            if number % 20 == 0:
                print(f"{notes[-1][0]:>7,} reports {notes[-1][1] / 1024:>8.1f} MB", flush=True)
    rise = slope(notes[len(notes) // 2 :])
    seconds = time.process_time() - begun
    print(f"{notes[-1][0]:,} reports in {seconds:.0f} s; second half: {rise:+.3f} kB a report")
    sys.exit(rise > given.bound)


if __name__ == "__main__":
    main()
