"""A case outlives what happens to it: killed programs, two at once, full disks, damaged files, wrong clocks."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from onrecord import casebook, pipeline
from onrecord.case import writer
from onrecord.case.connect import NEWEST
from onrecord.casebook import open_case
from onrecord.errors import OnRecordError
from onrecord.export.json import as_text
from onrecord.model import Annotations, Report
from tests.case_story import one_annotator, write_story
from tests.conftest import ROOT, HandAnnotator

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "20"))
"""How often each of two tests kills a program; 20 takes a quarter of a minute."""
NOBODY = 65534


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model: forked processes begin at once."""
    monkeypatch.setattr(casebook, "annotator_for", HandAnnotator)
    monkeypatch.setattr(casebook, "_BATCH", 3)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen reports of a line each."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(12):
        text = f"Witness{number} saw the tower fall in quarter {number} of the town.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(casebook, "annotator_for", HandAnnotator)
        path = tmp_path_factory.mktemp("undisturbed") / "town.case"
        with open_case(path, create=True) as case:
            case.add([reports])
        yield path


def child(work: Callable[[], object]) -> int:
    """Starts a process that does this work; its exit status is 0, or 1 after a failure."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            work()
            code = 0
        except OnRecordError as error:
            os.write(2, f"{error}\n".encode())
        finally:
            os._exit(code)
    return process


def complaint(work: Callable[..., object], *given: object) -> str:
    """The one line that a process told when this work failed. A pipe has room where a disk has none."""
    told, tell = os.pipe()
    process = child(lambda: [os.dup2(tell, 2), work(*given)])
    os.close(tell)
    with os.fdopen(told) as lines:
        (line,) = lines.read().splitlines()
    assert ended(process) == 1
    return line


def ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def bytes_of(path: Path | str) -> str:
    with open_case(path) as case:
        return as_text(case.record())


def dump_of(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def add_to(path: Path, *sources: Path) -> None:
    with open_case(path, create=True) as case:
        case.add(sources)


@pytest.fixture(scope="module")
def length(undisturbed: Path, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that an undisturbed `add` takes in a process of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(casebook, "annotator_for", HandAnnotator)
        patched.setattr(casebook, "_BATCH", 3)
        begun = time.monotonic()
        assert ended(child(lambda: add_to(tmp_path_factory.mktemp("timed") / "town.case", reports))) == 0
        return time.monotonic() - begun


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_add_that_was_killed_is_done_by_the_next(
    seed: int, reports: Path, undisturbed: Path, length: float, tmp_path: Path
) -> None:
    path = tmp_path / "town.case"
    process = child(lambda: add_to(path, reports))
    time.sleep(random.Random(seed).uniform(0, 1.1) * length)
    os.kill(process, signal.SIGKILL)
    ended(process)
    if path.exists() and path.stat().st_size:
        with open_case(path) as case:
            record = case.record()
            assert len(record["statements"]) == len(record["reports"])
    add_to(path, reports)
    assert bytes_of(path) == bytes_of(undisturbed)


@pytest.mark.parametrize("seed", range(KILLS))
def test_no_decision_is_lost_when_deciding_is_killed(seed: int, undisturbed: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    with open_case(path) as case:
        ids = [one["id"] for one in case.record()["statements"]]
    told, tell = os.pipe()

    def decide_for_ever() -> None:
        with open_case(path) as case:
            for round_ in range(10_000):
                number = case.decide("note", [ids[round_ % len(ids)]], {"text": f"round {round_}"}, "ada")
                os.write(tell, f"{number} {round_}\n".encode())
                if round_ % 7 == 6:
                    case.refresh()

    process = child(decide_for_ever)
    os.close(tell)
    time.sleep(random.Random(seed).uniform(0.02, 0.3))
    os.kill(process, signal.SIGKILL)
    ended(process)
    with os.fdopen(told) as lines:
        acknowledged = dict(line.split() for line in lines)
    with open_case(path) as case:
        kept = {str(one["number"]): one["value"]["text"] for one in case.decisions()}
    assert {number: f"round {round_}" for number, round_ in acknowledged.items()}.items() <= kept.items()
    assert len(kept) <= len(acknowledged) + 1


def test_decisions_are_synced_to_the_disk(undisturbed: Path) -> None:
    with open_case(undisturbed) as case, case._store.view() as view:
        read = view._connection.exec_driver_sql
        assert read("PRAGMA synchronous").scalar() == 2
        assert read("PRAGMA journal_mode").scalar() == "wal"


def test_a_case_built_in_parts_equals_one_build(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)
    sources = [*write_story(tmp_path / "reports"), *sorted((ROOT / "examples" / "drawdown").iterdir())]
    for number, parts in enumerate(([sources], [sources[::-1]], [[one] for one in sources[::2] + sources[1::2]])):
        with open_case(tmp_path / f"{number}.case", create=True) as case:
            for part in parts:
                case.add(part)
    monkeypatch.setattr(pipeline, "annotator_for", one_annotator)
    steps = tuple(
        pipeline.Step(one_annotator, step.requires, step.assigns) if step.assigns == "annotator" else step
        for step in pipeline.STEPS
    )
    monkeypatch.setattr(pipeline, "STEPS", steps)
    from onrecord.export.json import record_as_dict

    built = as_text(record_as_dict(pipeline.build(sources)))
    assert [bytes_of(tmp_path / f"{number}.case") == built for number in range(3)] == [True] * 3


def test_adding_the_same_twice_changes_nothing(undisturbed: Path, reports: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    before = dump_of(path)
    with open_case(path) as case:
        added = case.add([reports])
    assert (added.new, added.known) == (0, 12)
    assert dump_of(path) == before


def test_what_was_read_before_a_failure_is_kept(reports: Path, tmp_path: Path) -> None:
    with open_case(tmp_path / "town.case", create=True) as case:
        with pytest.raises(OnRecordError, match="missing"):
            case.add([reports / "1.txt", tmp_path / "missing.txt", reports / "2.txt"])
        assert [one["name"] for one in case.record()["reports"]] == ["1.txt"]


def test_a_report_added_moves_no_rows_of_others(reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "town.case"
    every = sorted(reports.iterdir())
    add_to(path, *every[1:])
    before = rows_by_id(path)
    add_to(path, every[0])
    after = rows_by_id(path)
    assert len(after) > len(before)
    assert before.items() <= after.items()


def rows_by_id(path: Path) -> dict[tuple[str, str], int]:
    """Where each object of the statements, events and reports lies: a row written again lies elsewhere."""
    connection = sqlite3.connect(path)
    tables = ("statements", "events", "reports", "report", "notes", "raw")
    key = {"notes": "report", "raw": "sha256"}
    try:
        return {
            (table, identifier): row
            for table in tables
            for identifier, row in connection.execute(f"SELECT {key.get(table, 'id')}, rowid FROM {table}")
        }
    finally:
        connection.close()


class Counting(HandAnnotator):
    """Counts the reports that are read again from another date."""

    again = 0

    def annotate(self, report: Report, anchor: object = None) -> Annotations:
        Counting.again += 1
        return next(self.annotate_all([report]))


def test_a_report_of_another_date_is_read_again_once(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casebook, "annotator_for", Counting)
    path = tmp_path / "town.case"
    every = sorted(reports.iterdir())
    add_to(path, *every[:3])
    with open_case(path) as case:
        case.decide("correct", [case.record()["reports"][0]["id"]], {"date": "2024-05-03"})
        case.refresh()
    assert Counting.again == 1
    add_to(path, every[4])
    add_to(path, every[5])
    assert Counting.again == 1
    with open_case(path) as case:
        case.decide("correct", [case.record()["reports"][0]["id"]], {"date": "2024-05-04"})
        case.refresh()
    assert Counting.again == 2


def test_two_programs_add_at_once(reports: Path, undisturbed: Path, tmp_path: Path) -> None:
    path = tmp_path / "town.case"
    every = sorted(reports.iterdir())
    halves = (every[:8], every[4:], every)
    processes = [child(partial(add_to, path, *half)) for half in halves]
    assert [ended(one) for one in processes] == [0, 0, 0]
    assert bytes_of(path) == bytes_of(undisturbed)


def test_a_case_can_be_read_and_decided_upon_while_another_adds(reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "town.case"
    every = sorted(reports.iterdir())
    add_to(path, every[0])

    def add_one_by_one() -> None:
        for one in every:
            add_to(path, one)

    process = child(add_one_by_one)
    with open_case(path) as case:
        first = case.record()["statements"][0]["id"]
        for _ in range(5):
            case.decide("note", [first], {"text": "seen"})
            assert case.record()["reports"]
    assert ended(process) == 0
    with open_case(path) as case:
        assert [one["status"] for one in case.decisions()] == ["applied"] * 5
        assert len(case.record()["reports"]) == 12


def test_a_full_disk_is_told_in_one_line_and_leaves_the_case_as_it_was(
    reports: Path, undisturbed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "town.case"
    add_to(path, reports / "0.txt")

    def add_with(limit: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        add_to(path, reports)

    for limit in (30_000, 4096, 0):
        line = complaint(add_with, limit)
        assert line.startswith(f"{path}: cannot be used (")
        assert line.endswith("Make room on the disk; what was kept before is safe.")
    add_to(path, reports)
    assert bytes_of(path) == bytes_of(undisturbed)


def test_a_case_that_could_not_be_made_can_be_made_later(reports: Path, undisturbed: Path, tmp_path: Path) -> None:
    path = tmp_path / "town.case"

    def add_with_little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        add_to(path, reports)

    assert str(path) in complaint(add_with_little_room)
    add_to(path, reports)
    assert bytes_of(path) == bytes_of(undisturbed)


@pytest.fixture
def frozen(undisturbed: Path) -> Iterator[Path]:
    """A case in a folder where only root may write."""
    folder = Path(tempfile.mkdtemp())
    path = Path(shutil.copy(undisturbed, folder / "town.case"))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody() -> None:
    if os.getuid() == 0:
        os.setuid(NOBODY)


def test_a_case_that_may_not_be_written_can_be_read(frozen: Path, undisturbed: Path) -> None:
    told, tell = os.pipe()

    def read() -> None:
        as_nobody()
        text = bytes_of(frozen)
        os.close(told)
        with os.fdopen(tell, "w") as out:
            out.write(text)

    process = child(read)
    os.close(tell)
    with os.fdopen(told) as lines:
        text = lines.read()
    assert ended(process) == 0
    assert text == bytes_of(undisturbed)


@pytest.mark.parametrize("what", ["add", "decide", "make"])
def test_a_folder_that_may_not_be_written_is_told_in_one_line(
    what: str, frozen: Path, reports: Path, tmp_path: Path
) -> None:
    sources = Path(shutil.copytree(reports, frozen.parent.parent / f"reports-{os.getpid()}-{what}"))
    (sources / "new.txt").write_text("Somebody saw something new.")

    def work() -> None:
        as_nobody()
        if what == "add":
            add_to(frozen, sources)
        elif what == "make":
            add_to(frozen.with_name("new.case"), sources)
        else:
            with open_case(frozen) as case:
                case.decide("accept", [case.record()["statements"][0]["id"]])

    sources.chmod(0o755)
    try:
        line = complaint(work)
    finally:
        shutil.rmtree(sources)
    assert line.endswith("See that you may write to it and to its folder.")


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_case_is_told_in_one_line(seed: int, undisturbed: Path, reports: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    if seed % 3 == 0:
        del data[chance.randrange(1, len(data)) :]
    else:
        for _ in range(30):
            at = chance.randrange(16 if seed % 3 == 1 else 0, len(data) - 400)
            data[at : at + 400] = chance.randbytes(400)
    path.write_bytes(data)
    for work in (bytes_of, lambda one: add_to(one, reports), lambda one: open_case(one).search("tower")):
        told = failure(work, path)
        assert not told or told.startswith(f"{path}: ")
        assert len(told.splitlines()) <= 1


def failure(work: Callable[[Path], object], path: Path) -> str:
    """What is told when this work fails, in whatever way a user is to see; nothing if it does not."""
    try:
        work(path)
    except OnRecordError as error:
        return str(error)
    return ""


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE account (name TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(OnRecordError, match="is a database of something else"):
        open_case(path, create=True)
    assert path.read_bytes() == before


def test_a_case_of_a_later_version_is_left_alone(undisturbed: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(OnRecordError, match="was made by a later version"):
        open_case(path)


def test_the_newest_tables_are_those_of_the_last_migration() -> None:
    files = sorted((ROOT / "onrecord" / "case" / "migrations" / "versions").glob("[0-9]*.py"))
    assert files[-1].name.startswith(NEWEST)


def test_what_cannot_be_unpacked_is_read_again(undisturbed: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE notes SET data = x'00' WHERE report = (SELECT min(report) FROM notes)")
    connection.execute("UPDATE \"case\" SET value = 'yes' WHERE key = 'behind'")
    connection.commit()
    connection.close()
    assert bytes_of(path) == bytes_of(undisturbed)


def test_a_clock_turned_back_changes_no_order(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(undisturbed, tmp_path / "town.case"))
    times = iter(("2031-01-01T00:00:00+00:00", "1999-12-31T23:59:59+00:00", "2024-01-01T00:00:00+00:00"))
    monkeypatch.setattr(casebook, "now", lambda: next(times))
    monkeypatch.setattr(writer, "now", lambda: "1970-01-01T00:00:00+00:00")
    with open_case(path) as case:
        told = case.record()["statements"][0]["id"]
        rejected = case.decide("reject", [told])
        undoing = case.undo(rejected)
        again = case.decide("reject", [told])
        assert (rejected, undoing, again) == (1, 2, 3)
        assert [one["status"] for one in case.decisions()] == ["undone", "applied", "applied"]
        assert told not in [one["id"] for one in case.record()["statements"]]


def test_a_revised_report_is_tied_to_the_version_before(model: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)
    folder = tmp_path / "reports"
    write_story(folder, "monday.txt", "tuesday.txt")
    with open_case(tmp_path / "ferries.case", create=True) as case:
        case.add([folder])
        first = next(one["id"] for one in case.record()["reports"] if one["name"] == "monday.txt")
        text = (folder / "monday.txt").read_text(encoding="utf-8")
        (folder / "monday.txt").write_text(text.replace("340 workers", "350 workers") + "\nNobody else spoke.\n")
        case.add([folder])
        second = next(
            one["id"] for one in case.record()["reports"] if one["name"] == "monday.txt" and one["id"] != first
        )
        assert set(case.versions(first)) == {first, second}
        assert case.versions(first) == case.versions(second)
        later = case.versions(first)[1]
        changed = case.what_changed(later)
        assert [[" ".join(p.text.split())[:40] for p in one.after] for one in changed]
        assert any("340 workers" in p.text for one in changed for p in (*one.before, *one.after))
        assert case.what_changed(case.versions(first)[0]) == []
        assert case.what_changed("r:none") == []
        (folder / "monday.txt").write_text("Snow fell on the hills. Nobody was hurt, a ranger said.\n")
        case.add([folder])
        assert set(case.versions(first)) == {first, second}
