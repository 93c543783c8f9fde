"""Names of bodies that the network missed, by the words beside and within them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.missed import with_missed

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "missed.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_bodies_by_the_words_beside_them(case: dict[str, Any]) -> None:
    words, tags = case["words"].split(), case["tags"].split()
    found = with_missed([(a, b, kind) for a, b, kind in case["given"]], words, tags, [0] * len(words))
    assert [list(span) for span in found] == case["wanted"]
