"""The command line, as a user meets it."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.export.json import as_text, record_as_dict
from onrecord.model import Record
from onrecord.version import VERSION
from tests.conftest import ROOT, ByHand

EXAMPLES = ROOT / "examples" / "drawdown"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def dispatches(tmp_path: Path) -> Path:
    folder = tmp_path / "dispatches"
    folder.mkdir()
    for name in ("north", "south"):
        (folder / f"{name}.txt").write_text(f"The bridge in the {name} was opened.\nNobody said why it took so long.\n")
    return folder


@pytest.fixture
def record_file(by_hand: ByHand, tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(as_text(record_as_dict(Record("sha256:0", (by_hand.annotations(),)))), encoding="utf-8")
    return path


class TestBuild:
    def test_it_writes_the_record_and_the_brief(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        result = run("build", dispatches, "--json", tmp_path / "r.json", "--brief", tmp_path / "r.md")
        assert result.exit_code == 0
        record = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert {report["name"].rpartition("/")[2] for report in record["reports"]} == {"north.txt", "south.txt"}
        assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# On the record\n")

    def test_it_sums_up_on_standard_error_alone(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        result = run("build", dispatches, "--json", tmp_path / "r.json")
        assert result.stdout == ""
        assert result.stderr == "2 reports read, 0 failed, 2 statements\n"

    def test_two_runs_write_the_same_bytes(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        for name in ("one", "two"):
            run("build", dispatches, "--json", tmp_path / name, "--brief", tmp_path / f"{name}.md")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
        assert (tmp_path / "one.md").read_bytes() == (tmp_path / "two.md").read_bytes()

    def test_a_report_given_twice_is_read_once(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        path = dispatches / "north.txt"
        result = run("build", path, path, "--json", tmp_path / "r.json")
        assert result.stderr == "1 report read, 1 given twice, 0 failed, 1 statement\n"

    def test_one_failure_does_not_stop_the_others(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        result = run("build", tmp_path / "missing.txt", dispatches, "--json", tmp_path / "r.json")
        assert result.exit_code == 1
        failure, summary = result.stderr.splitlines()
        assert str(tmp_path / "missing.txt") in failure
        assert summary == "2 reports read, 1 failed, 2 statements"
        assert len(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["reports"]) == 2

    def test_if_nothing_was_read_the_old_record_stays(self, hand_annotator: None, tmp_path: Path) -> None:
        (tmp_path / "r.json").write_text("before")
        result = run("build", tmp_path / "missing.txt", "--json", tmp_path / "r.json")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1].startswith("nothing written: no report could be read (1 failed).")
        assert (tmp_path / "r.json").read_text() == "before"

    def test_it_writes_to_standard_output(self, hand_annotator: None, dispatches: Path) -> None:
        result = run("build", dispatches, "--json", "-")
        assert json.loads(result.stdout)["format"] == "onrecord/1"

    def test_a_bad_place_is_told_before_any_work(self, dispatches: Path, tmp_path: Path) -> None:
        result = run("build", dispatches, "--json", tmp_path / "r.json", "--brief", tmp_path / "missing" / "r.md")
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert f"{tmp_path / 'missing' / 'r.md'}: cannot be written ({os.strerror(errno.ENOENT)})" in result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["dispatches"]

    def test_a_full_disk_is_told_in_one_line(self, hand_annotator: None, dispatches: Path) -> None:
        result = run("build", dispatches, "--json", "/dev/full")
        assert result.exit_code == 1
        told = f"/dev/full: cannot be written ({os.strerror(errno.ENOSPC)}). Make room, or name a file elsewhere.\n"
        assert result.stderr == told

    @pytest.mark.parametrize(
        "arguments",
        [(), ("a.txt",), ("a.txt", "--json"), ("a.txt", "--json", "r.json", "--threads", "0"), ("--json", "r.json")],
    )
    def test_wrong_usage_is_told_apart(self, arguments: tuple[str, ...]) -> None:
        assert run("build", *arguments).exit_code == 2


class TestAnnotate:
    def test_it_writes_a_line_a_report(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        result = run("annotate", dispatches, "-o", tmp_path / "notes.jsonl")
        lines = (tmp_path / "notes.jsonl").read_text(encoding="utf-8").splitlines()
        assert result.exit_code == 0
        assert [json.loads(line)["report"]["text"].split()[4] for line in lines] == ["north", "south"]

    def test_the_name_and_text_of_a_line_of_input_are_kept(self, hand_annotator: None, tmp_path: Path) -> None:
        text = "Words with  two blanks,\r\na tab\t, an emoji \U0001f30d and a line\u2028separator.\n"
        (tmp_path / "in.jsonl").write_text(json.dumps({"id": "doc-7", "text": text}) + "\n", encoding="utf-8")
        result = run("annotate", tmp_path / "in.jsonl")
        report = json.loads(result.stdout)["report"]
        assert (report["name"], report["text"]) == ("doc-7", text)

    def test_failures_leave_the_other_lines(self, hand_annotator: None, dispatches: Path, tmp_path: Path) -> None:
        result = run("annotate", tmp_path / "missing.txt", dispatches)
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 2


class TestShow:
    def test_piped_it_is_lines_with_tabs(self, record_file: Path) -> None:
        lines = [line.split("\t") for line in run("show", record_file).stdout.splitlines()]
        assert lines[0] == ["report", "harbour.txt", "2024-05-03", "Harbour deal signed"]
        assert [fields[0] for fields in lines[1:]] == ["statement", "statement", "nested", "statement"]
        assert lines[1][2:] == [
            "named",
            "speech",
            "Transport Minister Ana Ruiz",
            "said",
            "“the last crane leaves in June.”",
        ]

    def test_on_a_terminal_it_is_tables(self, record_file: Path) -> None:
        shown = in_a_terminal("show", str(record_file))
        assert "Harbour deal signed" in shown
        assert "● " in shown
        assert "the last crane leaves" in shown

    @pytest.mark.parametrize("content", ["not json", "[]", "{}", '{"format": "onrecord/99"}', "[" * 100_000, "\udcff"])
    def test_what_is_no_record_is_told_in_one_line(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "no.json"
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
        result = run("show", path)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert str(path) in result.stderr

    def test_a_missing_record_is_told_in_one_line(self, tmp_path: Path) -> None:
        result = run("show", tmp_path / "no.json")
        assert result.exit_code == 1
        assert "cannot be read" in result.stderr


def in_a_terminal(*arguments: str) -> str:
    """What a command shows on a terminal of 120 columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "onrecord", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # Linux tells the end of a terminal so.
        process.wait()
    os.close(ours)
    return shown.decode("utf-8")


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"onrecord, version {VERSION}\n"


def test_help_comes_at_once() -> None:
    """Within 0.3 s, or, where the machine is busy, within what 20 starts of Python alone take there."""

    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
        return time.perf_counter() - start

    rounds = [(seconds("-m", "onrecord", "--help"), seconds("-c", "pass")) for _ in range(5)]
    help_shown, bare = map(min, zip(*rounds, strict=True))
    assert help_shown < max(0.3, 20 * bare)


@pytest.fixture(scope="module")
def record(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example dispatches, with the brief beside it."""
    folder = tmp_path_factory.mktemp("examples")
    result = run("build", EXAMPLES, "--json", folder / "record.json", "--brief", folder / "brief.md")
    assert result.exit_code == 0, result.stderr
    return folder / "record.json"


class TestExamples:
    """The example dispatches, read by the real annotator."""

    def test_every_statement_opens_on_its_words(self, record: Path) -> None:
        content = json.loads(record.read_text(encoding="utf-8"))
        texts = {report["id"]: report["text"] for report in content["reports"]}
        spans = [span for statement in content["statements"] for span in statement["evidence"]]
        assert len(texts) >= 3
        assert len(spans) >= 20
        assert all(texts[span["report"]][span["start"] : span["end"]] == span["text"] for span in spans)

    def test_sources_of_several_kinds_are_found(self, record: Path) -> None:
        content = json.loads(record.read_text(encoding="utf-8"))
        bases = {statement["source"]["basis"] for statement in content["statements"]}
        assert {"named", "role", "anonymous"} <= bases

    def test_a_nested_statement_names_its_outer_one(self, record: Path) -> None:
        content = json.loads(record.read_text(encoding="utf-8"))
        ids = {statement["id"] for statement in content["statements"]}
        assert {statement["within"] for statement in content["statements"]} <= ids | {None}

    def test_threads_do_not_change_a_byte(self, record: Path, tmp_path: Path) -> None:
        for threads in (1, 2):
            assert run("build", EXAMPLES, "--json", tmp_path / f"{threads}", "--threads", threads).exit_code == 0
        assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() == record.read_bytes()

    def test_the_brief_resolves_every_place(self, record: Path) -> None:
        brief = record.with_name("brief.md").read_text(encoding="utf-8")
        content = json.loads(record.read_text(encoding="utf-8"))
        assert all(f"- **r{number}** — " in brief for number in range(1, len(content["reports"]) + 1))
        assert brief.count("\n- ") > len(content["reports"])


def test_serving_what_is_no_case_tells_one_line(tmp_path: Path) -> None:
    pytest.importorskip("starlette")
    result = run("serve", tmp_path / "none.case")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "there is no such case" in result.stderr
