"""Shows the scores of stories, with what is missing: `python -m tests.stories [NAME ...] [--missing]`.

What a story that is held back misses is shown only where it is asked for by name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from onrecord.export.json import record_as_dict
from onrecord.pipeline import build
from tests.stories.scoring import FOLDER, HELD_BACK, NAMES, Row, Story, expected_of, scores


def main() -> None:
    """A table a story, on standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--missing", action="store_true", help="name what is missing")
    chosen = parser.parse_args()
    for name in chosen.names or NAMES:
        record = json.loads(json.dumps(record_as_dict(build([FOLDER / name / "reports"]))))
        rows = scores(Story(record, expected_of(name)))
        missing = chosen.missing and (name not in HELD_BACK or name in chosen.names)
        sys.stdout.write("\n".join(_table(name, rows, missing)) + "\n")


def _table(name: str, rows: list[Row], missing: bool) -> Iterator[str]:
    yield f"\n{name}"
    for row in rows:
        yield f"  {row.name:30} {row.expected - len(row.missing):3} of {row.expected:<3} {row.share:6.1%}"
        for words in row.missing if missing else ():
            yield f"      - {' '.join(words.split())[:140]}"
    yield f"  {'mean':30} {sum(row.share for row in rows) / len(rows):17.1%}"


if __name__ == "__main__":
    main()
