"""Names side by side: one name, two names, or a name and a word that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.adjoining import joined_names

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "adjoining.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_names_side_by_side(case: dict[str, Any]) -> None:
    words, tags = case["words"].split(), case["tags"].split()
    found = joined_names([(a, b, kind) for a, b, kind in case["given"]], words, tags, [0] * len(words))
    assert [list(span) for span in found] == case["wanted"]


def test_names_of_two_sentences_stay_two() -> None:
    given = [(0, 1, "PER"), (1, 2, "PER")]
    assert joined_names(given, ["Imre", "Vadas"], ["PROPN", "PROPN"], [0, 1]) == given
