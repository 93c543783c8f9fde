"""Commands on a case as a user meets them: what is added later, what search writes, what is said where nothing is."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import casebook
from onrecord.casebook import open_case
from onrecord.cli import main
from onrecord.export.json import as_text
from tests.case_story import one_annotator, write_story


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def bytes_of(path: Path) -> str:
    with open_case(path) as case:
        return as_text(case.record())


def test_reports_can_be_read_now_and_compared_when_they_are_asked_for(tmp_path: Path) -> None:
    later, at_once = tmp_path / "later.case", tmp_path / "at-once.case"
    for report in write_story(tmp_path / "reports"):
        assert run("add", later, report, "--later").exit_code == 0
    assert run("add", at_once, tmp_path / "reports").exit_code == 0
    with open_case(later) as case, case._store.view() as view:
        assert len(view.report_ids()) == 3
        assert view.value("record") is None
    assert "Harbour Union" in run("who", later).output
    assert bytes_of(later) == bytes_of(at_once)


def test_search_writes_json_and_csv_with_the_words_around(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    run("add", case, *write_story(tmp_path / "reports", "monday.txt"))
    found = json.loads(run("search", case, "340 workers", "--json").output)
    assert {"statement", "report"} <= {one["kind"] for one in found}
    assert all("«340" in one["snippet"] for one in found)
    lines = list(csv.DictReader(io.StringIO(run("search", case, "340 workers", "--csv").output)))
    assert [line["id"] for line in lines] == [one["id"] for one in found]
    assert json.loads(run("search", case, "zeppelin", "--json").stdout) == []


def test_a_case_is_asked_as_it_was_last_compared(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    monday, *others = write_story(tmp_path / "reports")
    run("add", case, monday)
    before = run("said", case).stdout
    assert run("add", case, *others, "--later").exit_code == 0
    for question in (["said", case], ["search", case, "ferry"], ["diff", case, "--since", "1999"], ["timeline", case]):
        standing = run(*question, "--standing")
        assert standing.exit_code == 0
        assert "2 reports added since are not compared yet\n" in standing.stderr
    assert run("said", case, "--standing").stdout == before
    assert run("said", case, "--standing", "--as-of", "2024").exit_code == 2
    assert run("said", case).stdout != before
    assert run("said", case, "--standing").stderr == ""


def test_a_case_that_was_never_compared_is_compared_when_it_is_asked(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    run("add", case, *write_story(tmp_path / "reports"), "--later")
    assert run("said", case, "--standing").stdout == run("said", case).stdout != ""


def test_search_tells_in_which_report_the_words_stand(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    run("add", case, *write_story(tmp_path / "reports", "monday.txt"))
    rows = [line.split("\t") for line in run("search", case, "340 workers").stdout.splitlines()]
    assert {row[3] for row in rows if row[0] in ("report", "statement")} == {"monday.txt"}


def test_what_people_decided_is_told_from_what_machines_found(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    run("add", case, *write_story(tmp_path / "reports"))
    first, second, *others = (one["id"] for one in json.loads(run("said", case, "--json").output))
    run("decide", case, "accept", first, "--author", "ada")
    run("decide", case, "note", second, "--set", "text=ask her", "--author", "ada")
    run("decide", case, "correct", others[0], "--set", "attitude=belief", "--author", "bo")
    told = {one["id"]: one["decided"] for one in json.loads(run("said", case, "--json").output)}
    assert {key: value for key, value in told.items() if value} == {first: "accept by ada", others[0]: "correct by bo"}
    assert second in told
    run("undo", case, 1)
    lines = list(csv.DictReader(io.StringIO(run("said", case, "--csv").output)))
    assert {line["id"]: line["decided"] for line in lines if line["decided"]} == {others[0]: "correct by bo"}
    assert [line.split("\t")[-1] for line in run("said", case).output.splitlines()].count("correct by bo") == 1


def test_where_nothing_was_decided_it_is_said(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    run("add", case, *write_story(tmp_path / "reports", "monday.txt"))
    told = run("decisions", case)
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "nothing decided yet\n")


def test_a_case_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    told = run("who", tmp_path / "none.case")
    assert told.exit_code == 1
    assert told.output.endswith(f"Make one with `onrecord add {tmp_path / 'none.case'} SOURCE`.\n")


@pytest.mark.shared
def test_a_story_added_in_batches_equals_one_build(shared: Path, tmp_path: Path) -> None:
    """Ten reports here; `bench/cases.py` does it with all of the story."""
    with gzip.open(shared / "data" / "stories" / "iraq-2005" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [next(file) for _ in range(10)]
    for number in range(0, 10, 2):
        part = tmp_path / f"{number}.jsonl"
        part.write_text("".join(lines[number : number + 2]), encoding="utf-8")
        assert run("add", tmp_path / "batches.case", part).exit_code == 0
    (tmp_path / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    built = run("build", tmp_path / "all.jsonl", "--json", tmp_path / "built.json", "--threads", "1")
    assert built.exit_code == 0
    assert bytes_of(tmp_path / "batches.case") == (tmp_path / "built.json").read_text(encoding="utf-8")


def test_a_source_that_is_not_there_leaves_no_empty_case_behind(tmp_path: Path) -> None:
    case = tmp_path / "ferries.case"
    done = run("add", case, tmp_path / "missing.txt")
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []
    (report,) = write_story(tmp_path / "reports", "monday.txt")
    assert run("add", case, report).exit_code == 0
    assert run("add", case, tmp_path / "missing.txt").exit_code == 1
    with open_case(case) as kept, kept.view() as view:
        assert len(view.report_ids()) == 1
