"""Deciding about a case from the command line and from Python."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord import casebook
from onrecord.case.doubts import FEATURES, doubts
from onrecord.casebook import open_case
from onrecord.cli.review import decide, decisions, review, undo
from tests.case_story import made_case, named, one_annotator, saying, write_story


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    return made_case(tmp_path_factory.mktemp("ferries"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> str:
    return str(shutil.copy(made, tmp_path / "ferries.case"))


def run(command: object, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)  # type: ignore[arg-type]


def test_the_list_tells_what_is_uncertain_in_order(path: str) -> None:
    lines = [line.split("\t") for line in run(review, path, "--list").output.splitlines()]
    weights = [float(line[0]) for line in lines]
    assert weights == sorted(weights, reverse=True)
    assert {line[1] for line in lines} <= {feature.name for feature in FEATURES}
    assert any("wednesday.txt" in line[3] and line[1] == "date of a report" for line in lines)
    assert any("340 workers" in line[4] and line[1] == "anonymous source" for line in lines)
    assert len(run(review, path, "--list", "--limit", "2").output.splitlines()) == 2


def test_what_is_decided_is_in_doubt_no_more_but_what_is_noted_is(path: str) -> None:
    with open_case(path) as case:
        first, second = doubts(case.record())[:2]
        case.decide("accept", [first.id])
        case.decide("note", [second.id], {"text": "ask her"})
        left = [one.id for one in doubts(case.record())]
    assert first.id not in left
    assert second.id in left


def test_a_sitting_goes_through_all_and_keeps_every_answer(path: str) -> None:
    with open_case(path) as case:
        found = doubts(case.record())
    told = run(review, path, "--author", "ada", typed="a\nn\nlooks odd\ns\nx\nr\nq\n")
    assert told.exit_code == 0, told.output
    with open_case(path) as case:
        kept = [(one["kind"], one["ids"], one["author"]) for one in case.decisions()]
    assert kept == [
        ("accept", [found[0].id], "ada"),
        ("note", [found[1].id], "ada"),
        ("reject", [found[2].id], "ada"),
    ]
    assert f"[1 of {len(found)}]" in told.output


def test_the_last_answer_can_be_taken_back(path: str) -> None:
    told = run(review, path, typed="a\nu\ns\nq\n")
    assert "decision 1 undone" in told.output
    assert told.output.count("[1 of ") == 2
    with open_case(path) as case:
        assert [one["status"] for one in case.decisions()] == ["undone", "applied"]


def test_a_date_is_edited_in_a_sitting(path: str) -> None:
    told = run(review, path, "--limit", "1", typed="r\ne\ndate=soon\ne\ndate=2024-03-06\n")
    assert "which cannot be decided by reject" in told.output
    assert "date=soon: is not a date" in told.output
    with open_case(path) as case:
        assert [(one["kind"], one["value"]) for one in case.decisions()] == [("correct", {"date": "2024-03-06"})]


def test_decisions_are_made_listed_and_undone(path: str) -> None:
    with open_case(path) as case:
        record = case.record()
    told, company, union = saying(record, "340 workers"), named(record, "Coast Line"), named(record, "Harbour Union")
    assert run(decide, path, "reject", told["id"], "--author", "ada").output == "decision 1 kept\n"
    assert run(decide, path, "merge", company, union).output == "decision 2 kept\n"
    correction = run(decide, path, "correct", record["figures"][0]["id"], "--set", "value=350", "--set", "bound=about")
    assert correction.output == "decision 3 kept\n"
    assert run(undo, path, "2").output == "decision 2 undone by decision 4\n"
    lines = [line.split("\t") for line in run(decisions, path).output.splitlines()]
    assert [line[:3] for line in lines] == [
        ["1", "applied", "reject"],
        ["2", "undone", "merge"],
        ["3", "applied", "correct"],
        ["4", "applied", "undo"],
    ]
    assert lines[0][3] == told["id"]
    assert lines[0][5] == "ada"
    assert lines[2][4] == "bound=about value=350.0"


@pytest.mark.parametrize(
    "arguments",
    [
        ("reject", "s:none"),
        ("merge", "a:1"),
        ("correct", "ISSUE", "--set", "label"),
        ("correct", "ISSUE", "--set", "label=new"),
    ],
)
def test_what_is_refused_is_told_in_one_line(path: str, arguments: tuple[str, ...]) -> None:
    with open_case(path) as case:
        issue = case.record()["issues"][0]["id"]
    told = run(decide, path, *(issue if one == "ISSUE" else one for one in arguments))
    assert told.exit_code == 1
    assert len(told.output.splitlines()) == 1


def test_a_case_shows_itself_in_a_notebook(path: str, tmp_path: Path) -> None:
    named_badly = Path(shutil.copy(path, tmp_path / "<b>&.case"))
    with open_case(named_badly) as case:
        shown = case._repr_html_()
    assert "<td>reports</td><td>3</td>" in shown
    assert "&lt;b&gt;&amp;.case" in shown
    assert "<b>" not in shown


def test_the_examples_in_the_documentation_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of `open_case`, and those of the manual."""
    monkeypatch.chdir(tmp_path)
    write_story(tmp_path / "dispatches", "monday.txt")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for example in doctest.DocTestFinder().find(casebook.open_case, "open_case", globs={"onrecord": onrecord}):
        assert doctest.DocTestRunner(optionflags=flags).run(example).failed == 0
    (tmp_path / "strike.case").unlink()
    manual = Path(__file__).parents[1] / "docs" / "cases.md"
    parsed = doctest.DocTestParser().get_doctest(
        manual.read_text(encoding="utf-8").replace("```", ""), {"onrecord": onrecord}, "cases.md", str(manual), 0
    )
    assert len(parsed.examples) > 5
    assert doctest.DocTestRunner(optionflags=flags).run(parsed).failed == 0
