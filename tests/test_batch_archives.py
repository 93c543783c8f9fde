"""The archives that scale is measured on: other names and nouns, the same places, nothing of the original's ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.archives import archive, sketches
from onrecord.annotate.annotator import Annotator
from onrecord.model import Annotations
from onrecord.stories.sketching import sketch_of
from tests.test_batch_beside import report


@pytest.fixture(scope="module")
def read(model: Path) -> list[Annotations]:
    return [Annotator(1).annotate(report(number)) for number in range(2, 5)]


def test_the_originals_come_first_and_copies_keep_their_places(read: list[Annotations]) -> None:
    made = list(archive(read, 8))
    assert made[:3] == read
    for copy, original in zip(made[3:], [*read, *read], strict=False):
        assert len(copy.report.text) == len(original.report.text)
        assert copy.report.text != original.report.text
        assert [one.span for one in copy.mentions] == [one.span for one in original.mentions]
        assert copy.meanings == original.meanings
        assert [one.meaning for one in copy.events] == [one.meaning for one in original.events]
        assert {one.report for one in copy.statements} == {copy.report.id}


def test_no_two_reports_share_an_id(read: list[Annotations]) -> None:
    made = list(archive(read, 12))
    ids = [one.report.id for one in made] + [statement.id for one in made for statement in one.statements]
    assert len(set(ids)) == len(ids)


def test_an_exchange_holds_for_a_whole_copy(read: list[Annotations]) -> None:
    first, second, _ = list(archive(read, 6))[3:]
    assert first.report.text.partition("that")[0] == second.report.text.partition("that")[0]


def test_reports_in_little_are_those_of_the_archive(read: list[Annotations]) -> None:
    little = list(sketches(read, 6))
    assert little[:3] == [sketch_of(one) for one in read]
    assert [sum(one.terms.values()) for one in little[3:]] == [sum(one.terms.values()) for one in little[:3]]
    assert little[3].terms != little[0].terms
