"""Stories of other subjects, from the reports to the record: each list holds what a careful reader takes from them.

The floors in `tests/stories/floors.toml` say how much of what is expected must be found; as shares; they go up only.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

import pytest

from onrecord.export.brief import brief
from onrecord.export.json import record_as_dict
from onrecord.pipeline import build
from tests.stories.scoring import FOLDER, HELD_BACK, NAMES, Item, Row, Story, expected_of, scores

FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))
NOT_YET_WHOLE = (*HELD_BACK, "bank")
"""Stories whose floor says how much of what must not stand there is absent so far."""
pytestmark = pytest.mark.usefixtures("model")


@cache
def record_of(name: str) -> Item:
    """The public record of a story."""
    record: Item = json.loads(json.dumps(record_as_dict(build([FOLDER / name / "reports"]))))
    return record


@cache
def rows_of(name: str) -> dict[str, Row]:
    """The scores of a story."""
    return {row.name: row for row in scores(Story(record_of(name), expected_of(name)))}


@pytest.mark.parametrize(("name", "row"), [(name, row) for name in FLOORS for row in FLOORS[name]])
def test_no_list_holds_less_than_it_did(name: str, row: str) -> None:
    found = rows_of(name)[row]
    assert found.share >= FLOORS[name][row], found.missing


@pytest.mark.parametrize("name", FLOORS)
def test_every_list_has_a_floor(name: str) -> None:
    assert set(FLOORS[name]) == set(rows_of(name))


@pytest.mark.parametrize("name", [name for name in FLOORS if name not in NOT_YET_WHOLE])
def test_nothing_stands_there_that_must_not(name: str) -> None:
    assert rows_of(name)["absent"].missing == ()


@pytest.mark.parametrize("name", FLOORS)
def test_the_words_of_what_is_expected_stand_in_the_reports(name: str) -> None:
    story, expected = Story(record_of(name), expected_of(name)), expected_of(name)
    for kind in ("commitments", "history", "positions", "figures", "events"):
        for one in expected[kind]:
            assert story.find(one["report"], one["words"])


@pytest.mark.parametrize("name", FLOORS)
def test_the_brief_is_short(name: str) -> None:
    assert len(brief(record_of(name)).split()) < 3400


def test_reports_are_read_from_files_of_several_kinds() -> None:
    kinds = {path.suffix for name in NAMES for path in Path(FOLDER / name / "reports").iterdir()}
    assert kinds == {".txt", ".html"}


@pytest.mark.parametrize("name", NAMES)
def test_everybody_has_an_identifier_of_their_own(name: str) -> None:
    actors = [actor["id"] for actor in record_of(name)["actors"]]
    assert len(actors) == len(set(actors))
