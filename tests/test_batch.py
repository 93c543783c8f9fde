"""Batches: shards that resume, workers that die, reports that break, parts that the other commands take."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord import casebook, pipeline
from onrecord.batch.crew import Process
from onrecord.batch.running import BatchWatch, Plan, Summary, parts_in, run, shards
from onrecord.batch.worker import Answer, Task
from onrecord.casebook import open_case
from onrecord.cli import main
from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.export.json import as_text, record_as_dict
from onrecord.parts import Refusal, read_about
from onrecord.pipeline import Watch
from onrecord.read.received import digest
from onrecord.read.source import Reading, read_text
from tests.conftest import ROOT, HandAnnotator

pytest.importorskip("pyarrow", reason="parts need pyarrow: pip install 'onrecord[tables]'")

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "6"))
HAND, SLOW = "tests.conftest:HandAnnotator", "tests.batch_annotators:Slow"
FRAGILE = "tests.batch_annotators:Fragile"
REPORTS = 40


class Told(BatchWatch):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.failures: list[OnRecordError] = []
        self.refusals: list[Refusal] = []
        self.parts = 0

    def failed(self, error: OnRecordError) -> None:
        self.failures.append(error)

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def made(self, answer: Answer) -> None:
        self.parts += 1


def plan(made_by: str = HAND, **more: Any) -> Plan:
    return Plan(**{"processes": 2, "reports": 4, "made_by": made_by, **more})


def write_reports(path: Path, count: int = REPORTS, **lines: str) -> Path:
    """Reports in one file of JSON lines; `lines` are the words of some of them, by `r` and their number."""
    rows = []
    for number in range(count):
        text = lines.get(f"r{number}", f"Witness{number} saw the tower fall in quarter {number} of the town.")
        rows.append({"id": f"report-{number}", "text": text, "published": f"2024-05-{number % 28 + 1:02}"})
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder with their digests."""
    return {path.name: digest(path.read_bytes()) for path in folder.iterdir()}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("archive") / "town.jsonl")


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    run([archive], folder, plan())
    return folder


def test_every_report_is_in_one_part(undisturbed: Path) -> None:
    abouts = [read_about(path) for path in parts_in(undisturbed)]
    assert [about.reports for about in abouts] == [4] * 10
    ids = [reading.report.name for reading in readings_of(undisturbed)]
    assert sorted(ids) == sorted(f"report-{number}" for number in range(REPORTS))


def readings_of(folder: Path) -> Iterator[Reading]:
    return pipeline.readings([folder], Watch())


def test_the_number_of_workers_changes_nothing(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    run([archive], tmp_path / "parts", plan(processes=3))
    assert contents(tmp_path / "parts") == contents(undisturbed)


def test_what_is_done_is_not_done_again(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    run([archive], folder, plan())
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    summary = run([archive], folder, plan(FRAGILE))
    assert summary == Summary(known=REPORTS)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    parts_in(folder)[3].unlink()
    assert run([archive], folder, plan()) == Summary(parts=1, reports=4, known=36, statements=4)
    assert contents(folder) == contents(undisturbed)


def started(archive: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A batch of slow workers in a program of its own."""
    code = (
        "import sys; from pathlib import Path; from onrecord.batch.running import Plan, run; "
        f"run([Path(sys.argv[1])], Path(sys.argv[2]), Plan(2, reports=4, made_by={SLOW!r}))"
    )
    return subprocess.Popen([sys.executable, "-c", code, archive, folder], cwd=ROOT, start_new_session=True)


def test_a_run_killed_at_any_moment_goes_on_to_the_same_bytes(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    chance, folder = random.Random(5), tmp_path / "parts"
    for _ in range(KILLS):
        process = started(archive, folder)
        time.sleep(chance.uniform(0.1, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        whole = contents(undisturbed)
        assert all(contents(folder)[path.name] == whole[path.name] for path in parts_in(folder))
    run([archive], folder, plan(SLOW))
    assert contents(folder) == contents(undisturbed)


def test_workers_end_with_their_driver(archive: Path, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "parts")
    wait_for(lambda: children(process.pid))
    workers = children(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    if not listed.parent.exists():
        pytest.skip("no /proc here")
    return [int(child) for child in listed.read_text().split()]


def wait_for(condition: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_a_killed_worker_is_replaced(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    class Killing(Told):
        """Kills a worker when the first part is there, and when the fourth is."""

        def made(self, answer: Answer) -> None:
            super().made(answer)
            if self.parts in (1, 4):
                os.kill(workers_here()[0], signal.SIGKILL)

    told = Killing()
    run([archive], tmp_path / "parts", plan(SLOW), told)
    assert told.parts == 10
    assert contents(tmp_path / "parts") == contents(undisturbed)
    assert not told.failures


def workers_here() -> list[int]:
    """The workers of this process, those of all its threads."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            parent = (path.parent / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"onrecord.batch.worker" in path.read_bytes():
                found.append(int(path.parent.name))
    return found or pytest.skip("no /proc here")


def test_a_report_that_breaks_stops_no_other(tmp_path: Path) -> None:
    archive = write_reports(tmp_path / "a.jsonl", r3="Somebody threw a glass at them.", r9="Nobody saw the poison.")
    told = Told()
    summary = run([archive], tmp_path / "parts", plan(FRAGILE), told)
    assert summary.reports == REPORTS - 2
    why = {one.name: one.reason for one in told.refusals}
    assert set(why) == {"report-3", "report-9"}
    assert why["report-3"] == "cannot be annotated (ZeroDivisionError: glass broke)"
    assert "died of it" in why["report-9"]
    before = contents(tmp_path / "parts")
    again = Told()
    assert run([archive], tmp_path / "parts", plan(FRAGILE), again).refused == 2
    assert contents(tmp_path / "parts") == before
    assert {one.name for one in again.refusals} == set(why)


def test_reports_that_come_later_make_new_parts_only(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    grown = tmp_path / "grown"
    grown.mkdir()
    (grown / "a-new.txt").write_text("Somebody else says that the tower stands.\n")
    folder = tmp_path / "parts"
    run([archive], folder, plan())
    summary = run([grown, archive], folder, plan())
    assert (summary.reports, summary.known, summary.parts) == (1, REPORTS, 1)
    assert contents(undisturbed).items() <= contents(folder).items()


def test_a_damaged_part_is_told_and_made_again(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    run([archive], folder, plan())
    part = parts_in(folder)[0]
    part.write_bytes(part.read_bytes()[:-40])
    told = Told()
    run([archive], folder, plan(), told)
    (failure,) = told.failures
    assert "damaged" in str(failure)
    assert contents(folder) == contents(undisturbed)


def test_parts_of_another_model_are_left_alone(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    run([archive], folder, plan())
    summary = run([archive], folder, plan("tests.batch_annotators:Later"))
    assert (summary.reports, summary.others) == (REPORTS, 10)
    assert contents(undisturbed).items() <= contents(folder).items()


def test_drafts_of_killed_runs_are_swept(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (folder / f".part-0123.parquet.{socket.gethostname()}.{gone.pid}.part").write_bytes(b"half")
    run([archive], folder, plan())
    assert contents(folder) == contents(undisturbed)


def test_sources_that_fail_are_told_and_the_rest_is_made(archive: Path, tmp_path: Path) -> None:
    told = Told()
    summary = run([tmp_path / "missing.txt", archive], tmp_path / "parts", plan(), told)
    assert summary.reports == REPORTS
    assert [error.subject for error in told.failures] == [str(tmp_path / "missing.txt")]
    with pytest.raises(UnreadableSource):
        run([tmp_path / "missing.txt", archive], tmp_path / "other", plan())


def test_a_broken_installation_is_one_error(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="the model cannot be loaded"):
        run([archive], tmp_path / "parts", plan("tests.batch_annotators:missing"))


def test_a_folder_that_cannot_be_made_is_one_error(archive: Path) -> None:
    with pytest.raises(OnRecordError, match="cannot be written"):
        run([archive], archive / "parts", plan())


def test_a_record_from_parts_is_that_of_the_reports(
    archive: Path, undisturbed: Path, hand_annotator: None, tmp_path: Path
) -> None:
    of_reports, of_parts = (as_text(record_as_dict(onrecord.build([source]))) for source in (archive, undisturbed))
    assert of_parts == of_reports


def test_a_case_from_parts_is_that_of_the_reports(
    archive: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unused(HandAnnotator):
        def annotate_all(self, reports: Any) -> Any:
            for report in reports:
                raise AssertionError(f"{report.name} was annotated again")
            yield from ()

    monkeypatch.setattr(casebook, "annotator_for", Unused)
    with open_case(tmp_path / "parts.case", create=True) as case:
        assert case.add([undisturbed]).new == REPORTS
        of_parts = as_text(case.record())
        with case.view() as view:
            raw = view.raw(view.report_ids()[0])
    monkeypatch.setattr(casebook, "annotator_for", HandAnnotator)
    with open_case(tmp_path / "reports.case", create=True) as case:
        case.add([archive])
        assert as_text(case.record()) == of_parts
        with case.view() as view:
            assert view.raw(view.report_ids()[0]) == raw


def test_parts_of_another_model_are_annotated_again(undisturbed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(HandAnnotator):
        model = "sha256:" + "2" * 64

    module = ModuleType("onrecord.annotate.annotator")
    module.Annotator = Other  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    record = onrecord.build([undisturbed])
    assert record.model == Other.model
    assert len(record.annotations) == REPORTS


def test_a_parquet_file_of_something_else_is_refused(tmp_path: Path) -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    parquet.write_table(arrow.table({"a": [1]}), tmp_path / "other.parquet")
    (error,) = onrecord.read([tmp_path / "other.parquet"])
    assert "something else" in str(error)


def test_the_command_tells_what_failed_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.batch.running.MAKER", HAND)
    archive = write_reports(tmp_path / "a.jsonl", count=9)
    with archive.open("a") as file:
        file.write("no JSON\n")
    done = CliRunner().invoke(main, ["batch", str(archive), "-o", str(tmp_path / "parts"), "--processes", "1"])
    assert done.exit_code == 1
    assert "9 reports annotated into 1 part" in done.output
    (failure,) = map(json.loads, (tmp_path / "parts" / "failures.jsonl").read_text().splitlines())
    assert failure["input"] == "a.jsonl, line 10"


words = st.sampled_from(["one", "two three", "four " * 30])


@given(st.lists(words, max_size=40), st.integers(1, 5), st.integers(1, 200), st.sets(st.integers(0, 40)))
def test_what_a_crash_left_is_cut_as_before(texts: list[str], reports: int, characters: int, done: set[int]) -> None:
    readings = [Reading(read_text(text, f"{number}"), ()) for number, text in enumerate(texts)]
    cut = Plan(reports=reports, characters=characters)
    whole = list(shards(readings, cut))
    left = [task for number, task in enumerate(whole) if number not in done]
    assert list(shards((reading for task in left for reading in task.readings), cut)) == left


def test_a_worker_answers_in_the_order_of_its_shard(archive: Path) -> None:
    some = tuple(pipeline.readings([archive], Watch()))[:3]
    worker = Process(HAND)
    try:
        answer = worker.ask(Task(some, wanted="annotations"))
    finally:
        worker.close()
    assert [one.report for one in answer.annotations] == [one.report for one in some]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Ray cluster of two on this machine."""
    ray = pytest.importorskip("ray", reason="needs Ray: pip install 'onrecord[ray]'")
    before = signal.getsignal(signal.SIGTERM)  # Ray puts its own in place, and leaves it there
    for _ in range(3):
        try:
            ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
            break
        except Exception as error:  # Ray waits half a minute for itself, and has no kind of error for that
            late = error
            ray.shutdown()
    else:
        pytest.skip(f"Ray does not start here: {late}")
    yield ray
    ray.shutdown()
    signal.signal(signal.SIGTERM, before)


def test_ray_gives_the_same_bytes_though_a_worker_is_killed(
    archive: Path, undisturbed: Path, cluster: Any, tmp_path: Path
) -> None:
    killed: list[int] = []

    class Killing(Told):
        """Kills a process that reads when the first and the fourth part are there."""

        def made(self, answer: Answer) -> None:
            super().made(answer)
            if self.parts in (1, 4):
                killed.append(kill_an_actor())

    told = Killing()
    run([archive], tmp_path / "parts", plan(SLOW, engine="ray"), told)
    assert len(killed) == 2
    assert not told.failures
    assert contents(tmp_path / "parts") == contents(undisturbed)


def kill_an_actor() -> int:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        if b"ray::_Reader" in path.read_bytes():
            os.kill(int(path.parent.name), signal.SIGKILL)
            return int(path.parent.name)
    raise AssertionError("no actor is running")


def test_ray_leaves_out_what_kills_its_workers(cluster: Any, tmp_path: Path) -> None:
    archive = write_reports(tmp_path / "a.jsonl", count=8, r2="Nobody saw the poison.")
    run([archive], tmp_path / "here", plan(FRAGILE), Told())
    told = Told()
    run([archive], tmp_path / "there", plan(FRAGILE, engine="ray"), told)
    assert [one.name for one in told.refusals] == ["report-2"]
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
