"""Speed: words a second of all that `annotate` does, from raw text to statements, on one thread.

Words are what white space parts. The best of three passes counts, since other work on the machine only slows;
each pass has an annotator that has seen no word yet, warmed up on one report.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench, polnear_report

FILE = "attribution/polnear_{split}.jsonl.gz"
PASSES = 3


def score(bench: Workbench) -> Iterator[Figure]:
    """Words a second, and the encoder's share of the time."""
    reports = [polnear_report(item) for item in bench.objects(FILE)]
    words = sum(len(report.text.split()) for report in reports)
