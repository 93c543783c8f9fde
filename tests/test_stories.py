"""Stories of an archive: what is told together is found together, in any order, at a bounded cost."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onrecord.casebook import open_case
from onrecord.cli import main
from onrecord.stories import Grain, Story, grouping, wider
from onrecord.stories.finding import stories_of
from onrecord.stories.sketching import Sketch, sketch_of
from tests.conftest import ByHand

ALL = {
    "flood": ("ana ruiz", "flood river bridge dam water levee rescue boat alma village rain"),
    "trial": ("omar bell", "trial court verdict jury witness appeal judge kestrel bank fraud prison"),
    "coup": ("ines duarte", "coup army palace curfew general radio tanks valmora exile border"),
}
"""Stories by their names: who they are about, and the words they are told in."""
ANYBODYS = "people government say week city news".split()


def told(story: str, number: int, day: int | None) -> Sketch:
    """A report of a story, in some of its words and some of anybody's."""
    chance = random.Random(f"{story} {number}")
    name, words = ALL[story]
    terms = Counter([*chance.sample(words.split(), 8), *chance.sample(ANYBODYS, 3), f"={name}"])
    return Sketch(f"r:{story}-{number:03}", f"{story}-{number}", f"{story} {number}", day, dict(terms))


def archive(count: int = 12, apart: int = 1) -> list[Sketch]:
    return [told(story, number, 700_000 + number * apart) for number in range(count) for story in ALL]


def grouped(stories: list[Story]) -> set[frozenset[str]]:
    return {frozenset(story.reports) for story in stories}


def expected(sketches: list[Sketch]) -> set[frozenset[str]]:
    return {frozenset(one.report for one in sketches if one.name.startswith(story)) for story in ALL}


def test_reports_of_one_story_are_found_together() -> None:
    sketches = archive()
    assert grouped(stories_of(sketches)) == expected(sketches)


@given(st.randoms(use_true_random=False))
def test_the_order_in_which_reports_are_given_does_not_matter(chance: random.Random) -> None:
    sketches = archive(5)
    shuffled = chance.sample(sketches, len(sketches))
    assert stories_of(shuffled) == stories_of(sketches)


@given(st.lists(st.tuples(st.sampled_from(sorted(ALL)), st.integers(0, 30), st.none() | st.integers(1, 900_000))))
def test_every_report_is_in_one_story(reports: list[tuple[str, int, int | None]]) -> None:
    sketches = list({one.report: one for one in (told(*given) for given in reports)}.values())
    found = [report for story in stories_of(sketches) for report in story.reports]
    assert sorted(found) == sorted(one.report for one in sketches)


def test_a_report_given_twice_counts_once() -> None:
    sketches = archive(4)
    assert grouped(stories_of([*sketches, *sketches])) == expected(sketches)


def test_a_story_that_rested_too_long_is_another() -> None:
    early = [told("flood", number, 700_000 + number) for number in range(6)]
    late = [told("flood", number, 700_400 + number) for number in range(6, 12)]
    others = [told("trial", number, 700_000 + 40 * number) for number in range(12)]
    stories = [story for story in stories_of([*early, *late, *others]) if "flood" in story.reports[0]]
    assert [(story.first, story.last) for story in stories] == [(700_000, 700_005), (700_406, 700_411)]


def test_a_story_tells_its_days_its_title_and_its_names() -> None:
    story = next(one for one in stories_of(archive()) if "coup" in one.reports[0])
    assert (story.first, story.last) == (700_000, 700_011)
    assert story.title.startswith("coup ")
    assert "ines duarte" in story.names
    assert set(story.words) <= set(ALL["coup"][1].split())


def test_reports_without_a_day_join_what_is_told_then() -> None:
    sketches = [*archive(6), told("trial", 90, None)]
    assert grouped(stories_of(sketches)) == expected(sketches)


def test_wider_grain_makes_fewer_stories() -> None:
    sketches = archive()
    counts = [len(stories_of(sketches, Grain(alike=alike))) for alike in (0.01, 0.3, 0.99)]
    assert counts == sorted(counts)
    assert counts[-1] > len(ALL)


def test_stories_that_are_parts_of_one_are_joined_and_keep_their_reports() -> None:
    parts = {"battle": "siege tank mortar", "talks": "truce envoy summit", "vote": "ballot poll turnout"}
    sketches = [
        Sketch(
            f"r:{part}-{n}", part, part, 700_000 + 100 * place + n, {**dict.fromkeys(words.split(), 4), "=valmora": 2}
        )
        for place, (part, words) in enumerate(parts.items())
        for n in range(4)
    ]
    sketches += [told("trial", number, 700_000 + number) for number in range(4)]
    found = stories_of(sketches)
    assert len(found) == 4
    joined = wider(found)
    assert sorted(len(story.reports) for story in joined) == [4, 12]
    assert [story.number for story in joined] == [1, 2]
    assert sorted(r for story in joined for r in story.reports) == sorted(one.report for one in sketches)


def test_open_stories_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_MOST_OPEN", 5)
    sketches = [Sketch(f"r:{number:03}", "", "", 700_000, {f"word{number}": 1}) for number in range(50)]
    assert len(stories_of(sketches)) == 50


def test_a_report_is_compared_with_few_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    likeness = grouping.Grouper._likeness

    def counted(self: grouping.Grouper, *given: object) -> float:
        compared.append(1)
        return likeness(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(grouping.Grouper, "_likeness", counted)
    sketches = [
        Sketch(f"r:{number:04}", "", "", 700_000, {"common": 1, f"word{number}": 3, f"other{number}": 3})
        for number in range(400)
    ]
    stories_of(sketches)
    assert len(compared) <= grouping._COMPARED * len(sketches)


def test_a_report_in_little_holds_names_words_and_day() -> None:
    sketch = sketch_of(ByHand().annotations())
    assert sketch.day == date(2024, 5, 3).toordinal()
    assert sketch.terms == {"=ana ruiz": 1}
    assert sketch.title == "Harbour deal signed"


@pytest.fixture(scope="module")
def written(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two stories, a few each, as files."""
    folder = tmp_path_factory.mktemp("archive")
    flood = (
        "PORT ALMA (NWS) — The river Tavel flooded the village of Brook on {day}, Mayor Ana Ruiz said.\n\n"
        "Rescue boats reached {number} families near the broken levee. The dam above Brook held, Ruiz said.\n"
    )
    trial = (
        "KESTREL (NWS) — Banker Omar Bell told the fraud trial on {day} that he knew of no forged accounts.\n\n"
        "Judge Lena Fox heard {number} witnesses of the Kestrel Savings Bank. Bell denies fraud, his lawyer said.\n"
    )
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday"), 1):
        for name, text in (("flood", flood), ("trial", trial)):
            row = {"id": f"{name}-{number}", "text": text.format(day=day, number=10 + number)}
            row["published"] = f"2024-05-0{5 + number}"
            with (folder / "news.jsonl").open("a") as file:
                file.write(f"{json.dumps(row)}\n")
    return folder


def test_the_command_lists_stories_and_opens_a_case_on_one(written: Path, tmp_path: Path) -> None:
    listed = CliRunner().invoke(main, ["stories", str(written)])
    assert listed.exit_code == 0, listed.output
    rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert [(row[1], row[2]) for row in rows] == [("3", "2024-05-06..2024-05-08")] * 2
    number = next(row[0] for row in rows if "Bell" in row[3])
    case = str(tmp_path / "trial.case")
    opened = CliRunner().invoke(main, ["stories", str(written), "--pick", number, "--case", case])
    assert opened.exit_code == 0, opened.output
    with open_case(case) as kept:
        assert {report["name"] for report in kept.record()["reports"]} == {"trial-1", "trial-2", "trial-3"}


def test_the_command_writes_stories_with_their_reports(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    done = CliRunner().invoke(main, ["stories", str(written), "--json", str(path)])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert sorted(len(row["reports"]) for row in rows) == [3, 3]
    assert all(row["first"] == "2024-05-06" for row in rows)


def test_the_command_tells_of_a_number_that_is_none(written: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["stories", str(written), "--pick", "99", "--case", str(tmp_path / "a.case")])
    assert done.exit_code == 1
    assert "is the number of no story" in done.stderr
    assert not (tmp_path / "a.case").exists()


def test_the_command_wants_pick_and_case_together(written: Path) -> None:
    assert CliRunner().invoke(main, ["stories", str(written), "--pick", "1"]).exit_code == 2
