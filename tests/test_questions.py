"""Questions to a case, as a user asks them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from onrecord.case.asking import CaseLists
from onrecord.case.store import Store
from onrecord.cli import main
from onrecord.export.json import record_as_dict
from onrecord.export.questions.answer import Asked, Row, answer, name_words
from onrecord.export.questions.explaining import LISTS, as_csv, explain
from onrecord.export.questions.known import RecordLists, When
from onrecord.export.questions.shown import as_lines, as_table
from onrecord.export.questions.since import new_since
from onrecord.export.questions.table import QUESTIONS
from onrecord.export.tables import as_written
from onrecord.model import Record
from tests.conftest import ROOT
from tests.story import HOSTILE, keep, record_of_story, story

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "questions.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep(tmp_path_factory.mktemp("case") / "ferry.case", story())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def fields(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.output
    return [line.split("\t") for line in result.stdout.splitlines()]


@pytest.mark.parametrize("asked", CASES, ids=lambda asked: asked["ask"])
def test_an_answer_holds_what_was_asked_for(asked: dict[str, Any], case: Path) -> None:
    question, *options = asked["ask"].split(" ")
    rows = fields(run(question, case, *(option.replace("_", " ") for option in options)))
    assert [row[-3] for row in rows] == asked["ids"]
    for number, value in asked.get("first", {}).items():
        assert rows[0][int(number)] == value


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
class TestEveryQuestion:
    def test_every_row_ends_in_where_its_words_stand(self, question: Any, case: Path) -> None:
        record = record_of_story()
        texts = {report["id"]: report["text"] for report in record["reports"]}
        rows = json.loads(run(question.name, case, "--json").stdout)
        assert rows
        for row in rows:
            for one in row["where"]:
                assert texts[one["report"]][one["start"] : one["end"]] == one["text"]
                assert f"{one['start']}-{one['end']}" in row["stands_in"]
        lines = fields(run(question.name, case))
        assert [line[-2] for line in lines] == [row["stands_in"] or "-" for row in rows]
        assert {len(line) for line in lines} == {len(question.columns) + 3}

    def test_a_record_in_memory_gives_the_same_answer_as_a_case(self, question: Any, case: Path) -> None:
        with Store(str(case)) as store, store.view() as view:
            kept = answer(question, CaseLists(view), Asked())
        assert kept == answer(question, RecordLists(record_of_story()), Asked())

    def test_csv_and_json_tell_the_same(self, question: Any, case: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(run(question.name, case, "--csv").stdout, newline="")))
        objects = json.loads(run(question.name, case, "--json").stdout)
        assert [row["where"] for row in rows] == [row["stands_in"] for row in objects]
        for row, told in zip(rows, objects, strict=True):
            assert {as_written(row[column.name]) for column in question.columns} == {
                "" if told[name] is None else str(told[name])
                for name in (column.name.replace(" ", "_") for column in question.columns)
            }

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_hostile_words_stay_on_their_line(self, question: Any, words: str) -> None:
        lists = RecordLists(record_of_story(name=words, title=words, words=words))
        lines = list(as_lines(answer(question, lists, Asked())))
        assert {line.count("\t") for line in lines} == {len(question.columns) + 2}
        assert all(line.replace("\t", "").isprintable() for line in lines)

    def test_an_empty_case_has_no_answer(self, question: Any, tmp_path: Path) -> None:
        made = story()
        case = keep(tmp_path / "empty.case", type(made)("sha256:0", ()))
        result = run(question.name, case)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing found\n")

    def test_the_documentation_names_it(self, question: Any) -> None:
        assert f"onrecord {question.name} CASE" in (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


class TestAsking:
    def test_who_somebody_is(self, case: Path) -> None:
        (row,) = fields(run("who", case, "ruiz"))
        assert row == [
            *(
                "Ana Ruiz",
                "person",
                "Transport Minister of Ministry of Transport",
                "Ministry of Transport",
                "Ruiz",
                "1",
            ),
            *("2024-05-03", "“I back the deal with the Harbour Union: the ferry sails in June.”", "a:1"),
            "monday.txt 13-40,41-45,58-124",
            "-",
        ]

    def test_declining_to_comment_is_not_the_last_that_was_said(self, case: Path) -> None:
        (row,) = json.loads(run("who", case, "Ana", "Ruiz", "--json").stdout)
        assert (row["statements"], row["last"]) == (1, "2024-05-03")

    @pytest.mark.parametrize("name", ["Nobody", "Rui", "", "union of harbour"])
    def test_a_name_that_nobody_bears_is_told(self, name: str, case: Path) -> None:
        result = run("said", case, "--actor", name or " ")
        assert result.exit_code == 1
        assert "the record has no actor of this name. `onrecord who CASE` lists them." in result.stderr

    @pytest.mark.parametrize("day", ["Friday", "2024-13", "2024-02-30", ""])
    def test_a_day_that_is_none_is_told(self, day: str, case: Path) -> None:
        result = run("timeline", case, "--from", day or " ")
        assert result.exit_code == 1
        assert "is not a date. Give a year, a month or a day" in result.stderr

    def test_days_the_wrong_way_round_are_told(self, case: Path) -> None:
        result = run("said", case, "--from", "2024-07", "--to", "2024-06")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "2024-07 to 2024-06: ends before it begins. Give the earlier day first." in result.stderr

    def test_a_filter_that_makes_no_sense_is_refused(self, case: Path) -> None:
        assert run("findings", case, "--place", "Port Alma").exit_code == 2
        assert run("said", case, "--basis", "gossip").exit_code == 2

    def test_rows_left_out_are_counted(self, case: Path) -> None:
        result = run("positions", case, "--limit", 1)
        assert (len(result.stdout.splitlines()), result.stderr) == (1, "2 rows more; --limit 3 shows all\n")

    def test_a_case_that_is_none_is_told(self, tmp_path: Path) -> None:
        result = run("said", tmp_path / "none.case")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)

    @pytest.mark.parametrize(("width", "told"), [(140, "stance"), (80, "stance: supports")])
    def test_on_a_terminal_an_answer_is_a_table_or_blocks(self, width: int, told: str) -> None:
        question = next(one for one in QUESTIONS if one.name == "positions")
        console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
        as_table(question.names, answer(question, RecordLists(record_of_story()), Asked()), console)
        shown = console.file.getvalue()  # type: ignore[attr-defined]
        assert told in shown
        assert "3 May 2024" in shown
        assert "tuesday.txt" in shown
        assert "h:2" in shown
        assert all(len(line) <= width for line in shown.splitlines())

    @pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
    @pytest.mark.parametrize("width", [80, 110, 140])
    def test_on_a_terminal_no_id_is_broken(self, question: Any, width: int) -> None:
        rows = [
            Row(
                f"s:{number:012}",
                tuple(f"{column.name} of some length" for column in question.columns),
                "a.txt 1-2",
                (),
            )
            for number in range(3)
        ]
        console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
        as_table(question.names, rows, console)
        shown = console.file.getvalue()  # type: ignore[attr-defined]
        assert all(str(row.id) in shown for row in rows)


@pytest.mark.parametrize(
    ("name", "words"),
    [("U.S. Navy", ("us", "navy")), ("Peña’s", ("penas",)), ("AL-SUDANI", ("al", "sudani")), ("  ", ())],
)
def test_names_are_compared_without_points_accents_and_case(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "written"),
    [
        ("2024-05-03", "2024-05-03", "2024-05-03", "2024-05-03"),
        ("2024-05", "2024-05-01", "2024-05-31", "2024-05"),
        ("2024-05", "2024-04-20", "2024-06-06", "2024-04-20/2024-06-06"),
        ("2024-SP", "2024-03-01", "2024-05-31", "2024-03-01/2024-05-31"),
        ("2024-05-03T14:30", "2024-05-03", "2024-05-03", "2024-05-03"),
        ("PAST_REF", None, "2024-05-03", "../2024-05-03"),
        ("PAST_REF", None, None, None),
    ],
)
def test_dates_are_written_as_surely_as_they_are_known(
    value: str, earliest: str | None, latest: str | None, written: str | None
) -> None:
    assert When.of({"value": value, "earliest": earliest, "latest": latest}) == written


class TestExplaining:
    @pytest.mark.parametrize("name", LISTS)
    def test_everything_with_an_id_can_be_explained(self, name: str, case: Path) -> None:
        record = record_of_story()
        assert record[name]
        for item in record[name]:
            result = run("explain", case, item["id"])
            assert result.exit_code == 0
            assert result.stdout.startswith(f"{item['id']} ({name})\n")
            assert len(result.stdout.splitlines()) > 1

    def test_a_date_names_its_rule_and_what_it_is_reckoned_from(self, case: Path) -> None:
        told = run("explain", case, "s:1").stdout
        assert "said: 2024-05-03 (2024-05-03 to 2024-05-03) by the rule `weekday-on-or-before`" in told
        assert "reckoned from: the date of monday.txt, dated 3 May 2024 (consistent) by the rule `declared`" in told
        assert "“May 3, 2024” [monday.txt 0-11]" in told

    def test_an_anonymous_source_stays_open_and_says_why(self, case: Path) -> None:
        told = run("explain", case, "s:4").stdout
        assert "source left open: the source is not named, so it is tied to no actor" in told
        assert "candidates by name: harbour official" in told
        assert "“afraid to be named”" in told

    def test_a_conflict_shows_both_sides(self, case: Path) -> None:
        told = run("explain", case, "x:1").stdout
        assert (
            "Signed in one, refused in the other. (polarity: reports of different origin tell it differently)" in told
        )
        assert "one side: h:1 (positions), told by Ana Ruiz" in told
        assert "one side: h:2 (positions), told by the report" in told

    def test_a_decision_on_it_is_told(self, case: Path) -> None:
        told = run("explain", case, "h:2").stdout
        assert "decided: decision 1, 2024-07-01T10:00:00+00:00 by ada: accept (applied)" in told
        assert "part of: d:1 (changes): The union left the deal." in told

    def test_a_commitment_tells_its_steps(self, case: Path) -> None:
        told = run("explain", case, "c:1").stdout
        assert "became: announced, 3 May 2024" in told
        assert "became: delayed, 11 June 2024" in told

    def test_as_json_the_evidence_is_verbatim(self, case: Path) -> None:
        texts = {report["id"]: report["text"] for report in record_of_story()["reports"]}
        told = json.loads(run("explain", case, "s:1", "--json").stdout)
        passages = [one for reason in told["reasons"] for one in reason["evidence"]]
        assert len(passages) > 5
        assert all(texts[one["report"]][one["start"] : one["end"]] == one["text"] for one in passages)

    @pytest.mark.parametrize("name", LISTS)
    def test_as_csv_every_reason_has_a_row_and_every_passage_its_words(self, name: str, case: Path) -> None:
        for item in record_of_story()[name]:
            told = json.loads(run("explain", case, item["id"], "--json").stdout)
            rows = list(csv.DictReader(io.StringIO(run("explain", case, item["id"], "--csv").stdout, newline="")))
            assert {(row["id"], row["list"]) for row in rows} == {(item["id"], name)}
            assert [(row["about"], as_written(row["says"]), as_written(row["words"])) for row in rows] == [
                (reason["about"], reason["says"], words)
                for reason in told["reasons"]
                for words in [passage["text"] for passage in reason["evidence"]] or [""]
            ]
            assert all(bool(row["words"]) == bool(row["where"]) for row in rows)

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_as_csv_no_cell_is_a_formula(self, words: str) -> None:
        lists = RecordLists(record_of_story(name=words, title=words, words=words))
        for name in LISTS:
            for one in (explain(item["id"], lists) for item in lists.items(name)):
                rows = csv.reader(io.StringIO(as_csv(one, {"r:1": words, "r:2": words}), newline=""))
                assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_a_case_and_a_record_in_memory_say_the_same(self, case: Path) -> None:
        record = record_of_story()
        with Store(str(case)) as store, store.view() as view:
            for name in LISTS:
                for item in record[name]:
                    assert explain(item["id"], CaseLists(view)) == explain(item["id"], RecordLists(record))

    def test_an_id_that_is_not_there_is_told(self, case: Path) -> None:
        result = run("explain", case, "s:nothing")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "the record has nothing under this id" in result.stderr


class TestWhatIsNew:
    def test_what_was_published_since(self, case: Path) -> None:
        rows = fields(run("diff", case, "--since", "2024-06", "--by", "published"))
        assert [(row[0], row[2]) for row in rows] == [
            ("report", "r:2"),
            ("change, position", "d:1"),
            ("conflict, conflict", "x:1"),
            ("step", "c:1"),
            ("position", "h:2"),
            ("position", "h:3"),
            ("said, named", "s:5"),
            ("said, anonymous", "s:4"),
        ]
        assert rows[3][1] == "signed the deal: delayed 11 June 2024"

    def test_what_was_added_since(self, case: Path) -> None:
        assert fields(run("diff", case, "--since", "9999", "--by", "added")) == []
        rows = fields(run("diff", case, "--since", "2024-06-12", "--by", "added"))
        assert [row[2] for row in rows if row[0] == "report"] == ["r:1", "r:2"]

    def test_it_says_what_counts_as_new(self, case: Path) -> None:
        result = run("diff", case, "--since", "2024-06", "--by", "published")
        assert result.stderr == "New is what stands in reports published since 2024-06: 8 lines.\n"

    def test_as_json(self, case: Path) -> None:
        told = json.loads(run("diff", case, "--since", "2024-06", "--by", "published", "--json").stdout)
        assert told["new"][3]["where"][0]["text"] == "By autumn the ferry is to sail"

    def test_as_csv(self, case: Path) -> None:
        result = run("diff", case, "--since", "2024-06", "--by", "published", "--csv")
        rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
        assert list(rows[0]) == ["kind", "says", "id", "where", "decided"]
        assert [row["id"] for row in rows] == ["r:2", "d:1", "x:1", "c:1", "h:2", "h:3", "s:5", "s:4"]
        assert rows[4]["decided"] == "accept by ada"
        assert result.stderr == ""

    def test_rows_left_out_are_counted(self, case: Path) -> None:
        for form in ("--csv", "--json"):
            result = run("diff", case, "--since", "2024-06", "--by", "published", "--limit", 2, form)
            assert result.stderr == "6 rows more; --limit 8 shows all\n"

    def test_reports_that_stand_in_memory_were_never_added(self) -> None:
        assert new_since("2024-06-12", RecordLists(record_of_story())) == []


class TestACaseThatWasBuilt:
    """Through the whole way: reports are added, and the questions answer from what was kept."""

    @pytest.fixture
    def built(self, hand_annotator: None, tmp_path: Path) -> Path:
        lines = [
            {"id": "may", "text": "Ruiz promised that the ferry would sail.", "published": "2024-05-03"},
            {"id": "july", "text": "Ortega denied that any ferry was ready.", "published": "2024-07-01"},
        ]
        (tmp_path / "reports.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        assert run("add", tmp_path / "ferry.case", tmp_path / "reports.jsonl").exit_code == 0
        return tmp_path / "ferry.case"

    def test_it_is_asked(self, built: Path) -> None:
        assert [row[1] for row in fields(run("said", built))] == ["Ruiz", "Ortega"]

    def test_it_is_asked_as_known_on_a_day(self, built: Path) -> None:
        assert [row[1] for row in fields(run("said", built, "--as-of", "2024-06"))] == ["Ruiz"]
        assert run("said", built, "--as-of", "June").exit_code == 1

    def test_what_is_new_is_what_was_added_today(self, built: Path) -> None:
        rows = fields(run("diff", built, "--since", "2024-06", "--by", "published"))
        assert [row[0] for row in rows] == ["report", "said, named"]
        assert [row[0] for row in fields(run("diff", built, "--since", "2024-12"))].count("report") == 2

    def test_a_run_that_was_killed_is_finished_first(self, built: Path) -> None:
        with Store(str(built)) as store, store.writer() as writer:
            writer.keep("behind", "yes")
            writer.replace_record(record_as_dict(Record("sha256:0", ())))
        assert len(fields(run("said", built))) == 2
