"""What a case keeps: one contract, on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord import casebook
from onrecord.case.store import Store
from onrecord.cli import main
from onrecord.errors import OnRecordError
from onrecord.export.json import as_text, record_as_dict
from onrecord.model import Decision, DecisionKind, Quoted, Record, Target
from onrecord.read.polling import FeedState
from tests.case_story import one_annotator, write_story
from tests.conftest import ByHand

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
"""Where Debian keeps the programs of PostgreSQL; None where it is not installed."""


def as_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to be run by root: its commands go to another user then."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty server of our own; skipped where PostgreSQL is not installed."""
    if BINARIES is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="the driver is not installed: pip install 'onrecord[postgresql]'")
    folder = Path(os.path.realpath("/tmp")) / f"onrecord-postgres-{os.getpid()}"
    folder.mkdir()
    run = as_user(folder)
    data = folder / "data"
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [*run, str(BINARIES / "initdb"), "-D", str(data), "-A", "trust", "-U", "case", "-E", "UTF8"], **quiet
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run([*run, str(BINARIES / "pg_ctl"), "-D", str(data), "-w", "-o", options, "start"], **quiet)
    try:
        yield f"postgresql://case@/postgres?host={folder}"
    finally:
        subprocess.run([*run, str(BINARIES / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a case is to be made."""
    if request.param == "sqlite":
        return str(tmp_path / "story.case")
    url: str = request.getfixturevalue("server")
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url


@pytest.fixture
def record(by_hand: ByHand) -> Record:
    return Record("sha256:" + "0" * 64, (by_hand.annotations(),))


def test_a_record_comes_back_to_the_byte(case: str, record: Record) -> None:
    whole = record_as_dict(record)
    with Store(case, create=True) as store:
        with store.writer() as writer:
            keep(writer, record)
            writer.replace_record(whole)
        with store.view() as view:
            assert as_text(view.record()) == as_text(whole)
            assert list(view.annotations("engine")) == list(record.annotations)


def test_what_is_written_twice_is_there_once(case: str, record: Record) -> None:
    with Store(case, create=True) as store:
        for _ in range(2):
            with store.writer() as writer:
                keep(writer, record)
                writer.replace_record(record_as_dict(record))
        with store.view() as view:
            assert view.report_ids() == [record.annotations[0].report.id]
            assert as_text(view.record()) == as_text(record_as_dict(record))


def test_nothing_is_kept_of_a_block_that_fails(case: str, record: Record) -> None:
    with Store(case, create=True) as store:
        with pytest.raises(ZeroDivisionError):
            keep_and_fail(store, record)
        with store.view() as view:
            assert view.report_ids() == []


def test_the_bytes_of_a_report_are_kept_as_they_came(case: str, record: Record) -> None:
    with Store(case, create=True) as store:
        with store.writer() as writer:
            writer.add_report(record.annotations[0].report, b"\xff\x00raw")
        with store.view() as view:
            assert view.raw(record.annotations[0].report.id) == b"\xff\x00raw"


def test_decisions_are_kept_in_their_order(case: str) -> None:
    target = Target("statements", "s:1", (Quoted("a.txt", "0" * 64, 3, 9, "“Yes.”"),))
    kinds: tuple[DecisionKind, ...] = ("accept", "undo")
    made = [Decision("2024-05-03T10:00:00+00:00", "ada", kind, (target,), {"number": 1}) for kind in kinds]
    with Store(case, create=True) as store:
        for one in made:
            with store.writer() as writer:
                writer.decide(one)
        with store.view() as view:
            assert view.decisions() == [replace(one, number=number) for number, one in enumerate(made, 1)]


def test_what_was_read_from_another_date_is_kept_for_that_date_and_engine(case: str, record: Record) -> None:
    one = record.annotations[0]
    with Store(case, create=True) as store:
        with store.writer() as writer:
            keep(writer, record)
            for anchor in ("2024-05-01", "2024-05-02"):
                writer.add_read_again("engine", anchor, one)
        with store.view() as view:
            assert view.read_again("engine", one.report.id, "2024-05-02") == one
            assert view.read_again("engine", one.report.id, "2024-05-01") is None
            assert view.read_again("other", one.report.id, "2024-05-02") is None


def test_what_was_made_of_reports_is_kept_as_long_as_it_is_used(case: str) -> None:
    with Store(case, create=True) as store:
        for used, fresh in (
            ({"a", "b"}, {"a": b"1", "b": b"2"}),
            ({"b", "c"}, {"c": b"\x00"}),
            ({"b", "c"}, {"c": b"3"}),
        ):
            with store.writer() as writer:
                writer.replace_memory(used, fresh)
        with store.view() as view:
            assert view.memory() == {"b": b"2", "c": b"3"}


def test_rows_of_reports_that_stand_are_left_as_they_are(case: str, record: Record) -> None:
    report = record.annotations[0].report.id
    with Store(case, create=True) as store:
        with store.writer() as writer:
            keep(writer, record)
            writer.replace_record(record_as_dict(record))
        with store.writer() as writer:
            writer.replace_record(record_as_dict(record, {report}), {report})
        with store.view() as view:
            assert as_text(view.record()) == as_text(record_as_dict(record))
            assert view.search("Ana")


def test_an_object_is_found_by_its_id_and_remembered_by_its_words(case: str, record: Record) -> None:
    with Store(case, create=True) as store:
        with store.writer() as writer:
            keep(writer, record)
            writer.replace_record(record_as_dict(record))
        with store.view() as view:
            target = view.target("m:1")
            assert target is not None
            assert (target.list, [one.words for one in target.evidence]) == ("mentions", ["Ana Ruiz"])
            assert view.target("m:none") is None
            report = record.annotations[0].report
            assert view.target(report.id) is not None
            assert view.versions(report.id) == [report.id]
            assert view.version_before(report.id) is None
            assert view.counts(["statements", "reports"]) == {"statements": 4, "reports": 1}


def test_writers_wait_for_one_another(case: str) -> None:
    """Each reads how many there are and then writes one more: none may read what another is about to change."""

    def count_up(store: Store) -> None:
        for _ in range(10):
            with store.writer() as writer:
                writer.keep("count", str(int(writer.value("count") or 0) + 1))

    with Store(case, create=True) as first, Store(case) as second:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(count_up, (first, second)))
        with first.view() as view:
            assert view.value("count") == "20"


def test_a_view_does_not_see_what_is_written_meanwhile(case: str) -> None:
    with Store(case, create=True) as store, store.view() as view:
        assert view.value("word") is None
        with store.writer() as writer:
            writer.keep("word", "new")
        assert view.value("word") is None
        with store.view() as later:
            assert later.value("word") == "new"


def test_two_make_the_same_case_at_once(case: str) -> None:
    def make(_: int) -> None:
        with Store(case, create=True) as store, store.view() as view:
            assert view.report_ids() == []

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(4)))


def test_a_password_is_not_told() -> None:
    with pytest.raises(OnRecordError) as failed:
        Store("postgresql://ada:secret@localhost:1/none")
    assert "secret" not in str(failed.value)
    assert len(str(failed.value).splitlines()) == 1


def test_words_are_found_with_their_surroundings(case: str, record: Record) -> None:
    with Store(case, create=True) as store:
        with store.writer() as writer:
            keep(writer, record)
            writer.replace_record(record_as_dict(record))
        with store.view() as view:
            found = view.search("harbour deal")
            assert any(row["kind"] == "report" and "«" in row["snippet"] for row in found)
            assert view.search("zeppelin") == []
            assert view.search('"') == view.search("") == []


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"unclosed', "a AND", "NEAR(", "*", "héllo ☃", "col:x", "-harbour"])
def test_no_search_breaks(case: str, record: Record, words: str) -> None:
    with Store(case, create=True) as store, store.view() as view:
        view.search(words)


def test_a_case_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Dear diary")
    for name, reason in (
        (other, "is not a case"),
        (tmp_path, "is a folder"),
        (tmp_path / "no", "there is no such case"),
    ):
        with pytest.raises(OnRecordError, match=reason):
            Store(str(name))


def test_a_case_cut_short_is_told_in_one_line(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "story.case"
    with Store(str(path), create=True) as store, store.writer() as writer:
        keep(writer, record)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(OnRecordError, match="cannot be used"), Store(str(path)) as store, store.view() as view:
        view.record()


def keep(writer: Any, record: Record) -> None:
    for one in record.annotations:
        writer.add_report(one.report, one.report.text.encode())
        writer.add_notes("engine", one)


def keep_and_fail(store: Store, record: Record) -> None:
    with store.writer() as writer:
        keep(writer, record)
        raise ZeroDivisionError


def test_the_commands_take_the_address_of_a_server(
    server: str, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same commands on a file and on a server give the same answers and the same bytes."""
    import psycopg

    monkeypatch.setattr(casebook, "annotator_for", one_annotator)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    told = [_told_of(where, write_story(tmp_path / "reports")) for where in (server, str(tmp_path / "a.case"))]
    assert told[0] == told[1]
    assert [code for code, _ in told[0]] == [0] * len(told[0])


def test_what_is_known_of_feeds_is_kept_with_the_case(case: str) -> None:
    watch = importlib.import_module("onrecord.cli.watch")
    state = {"https://news.example.org/rss": FeedState(etag='"one"', failures=2)}
    assert watch._known(case) == {}
    with Store(case, create=True):
        watch._keep(case, state)
    assert watch._known(case) == state


def _told_of(case: str, reports: list[Path]) -> list[tuple[int, str]]:
    """What a sitting at the terminal writes: reports added in two ways, questions, a decision made and undone."""
    first, *others = map(str, reports)
    sitting = [
        ["add", case, first],
        ["build", *others, "--case", case, "--json", "-"],
        ["who", case, "Ruiz"],
        ["said", case, "--as-of", "2024-03-04"],
        ["positions", case, "--issue", "ferries"],
        ["search", case, '"12 new ferries"', "--json"],
        ["review", case, "--list"],
    ]
    told = [CliRunner().invoke(main, arguments) for arguments in sitting]
    statement = json.loads(CliRunner().invoke(main, ["said", case, "--json"]).stdout)[0]["id"]
    more = [["decide", case, "reject", statement], ["said", case], ["undo", case, "1"], ["export", case, "record"]]
    told += [CliRunner().invoke(main, arguments) for arguments in more]
    # How well a place fits, the two databases weigh differently.
    found = sorted(row["id"] for row in json.loads(told[5].stdout))
    outputs = [one.stdout for one in told]
    outputs[5], outputs[-1] = str(found), _undated(outputs[-1])
    return [(one.exit_code, output) for one, output in zip(told, outputs, strict=True)]


def _undated(record: str) -> str:
    """A record without the times at which decisions were made."""
    content = json.loads(record)
    content["decisions"] = [{**one, "made": ""} for one in content["decisions"]]
    return as_text(content)
