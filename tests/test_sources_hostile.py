"""Files made to break their readers: each ends in reports or in one line, soon, and leaves nothing behind."""

from __future__ import annotations

import importlib
import os
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.apart import Reader
from onrecord.read.limits import Limits
from onrecord.read.source import Reading, read_with_findings
from tests.fixtures import make
from tests.fixtures.spoil import deep, harmful, spoilt

LIMITS = Limits(seconds=20, memory=1024)
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = importlib.import_module("onrecord.read.apart")
    monkeypatch.setattr(apart, "Reader", lambda: Reader(LIMITS))


def read_all(folder: Path) -> list[Reading | OnRecordError]:
    """Everything in a folder, none of it taking too long."""
    found, last = [], time.monotonic()
    for item in read_with_findings(folder):
        assert time.monotonic() - last < PATIENCE, item
        found.append(item)
        last = time.monotonic()
    return found


def one_line(error: OnRecordError) -> bool:
    told = str(error)
    return len(told.splitlines()) == 1 and len(told) < 900 and bool(error.reason and error.remedy)


def test_more_than_two_hundred_spoilt_files(tmp_path: Path) -> None:
    files = dict(spoilt()) | dict(deep())
    assert len(files) > 200
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text("A good report, after all that.")
    found = read_all(tmp_path)
    errors = [item for item in found if isinstance(item, OnRecordError)]
    assert all(isinstance(error, UnreadableSource) and one_line(error) for error in errors)
    assert {error.subject.split(",")[0] for error in errors} <= set(files)
    assert max(Counter(error.subject for error in errors).values()) == 1
    assert len(errors) > 200  # the rest could be read all the same, in part or whole
    assert isinstance(found[-1], Reading)
    assert found[-1].report.name == "zz.txt"
    assert {path.name for path in tmp_path.iterdir()} == {*files, "zz.txt"}
    for name in files:
        if name.startswith("empty-"):
            assert f"{name}: is empty. Leave it out, or give its text." in map(str, errors)


def test_what_is_made_to_harm_is_refused_in_one_line(tmp_path: Path) -> None:
    files = dict(harmful())
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = read_all(tmp_path)
    assert [item for item in found if isinstance(item, Reading)] == []
    errors = {item.subject: item for item in found if isinstance(item, OnRecordError)}
    assert set(errors) == set(files)
    assert len(found) == len(files)
    assert all(one_line(error) for error in errors.values())
    assert {path.name for path in tmp_path.iterdir()} == set(files)
    for name in ("bomb.docx", "bomb.pdf"):
        assert "unpacks to more than is allowed" in errors[name].reason
    assert "lie outside" in errors["outside.docx"].reason
    assert "document type" in errors["outside.xml"].reason


def test_a_reader_that_takes_too_long_is_killed_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make.docx())
    with Reader(Limits(seconds=0.001)) as hasty:
        (error,) = hasty.read("a.docx", "a zip archive", tmp_path / "a.docx")
    assert isinstance(error, UnreadableSource)
    assert error.reason == "takes longer to read than is allowed (0.001 seconds)"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows bounds no memory")
def test_a_reader_that_needs_too_much_memory_ends(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make.docx())
    with Reader(Limits(memory=24)) as small:
        (error,) = small.read("a.docx", "a zip archive", tmp_path / "a.docx")
    assert isinstance(error, UnreadableSource)
    assert "memory" in error.reason


def test_one_process_reads_many_files_and_ends(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make.docx())
    with Reader() as reader:
        for _ in range(3):
            (report,) = reader.read("a.docx", "a zip archive", tmp_path / "a.docx")
        process = reader._process
        first = reader.read("b.xml", "XML", data=make.rss())
        assert next(first) is not None
        cast(Generator, first).close()  # what nobody waits for must not be taken for what comes next
        (report,) = reader.read("a.docx", "a zip archive", tmp_path / "a.docx")
        assert not isinstance(report, OnRecordError)
        assert report.name == "a.docx"
    assert process is not None
    assert process.poll() is not None


def test_the_folder_one_is_in_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(make.docx())
    (tmp_path / "msgspec.py").write_text(f"open({str(tmp_path / 'owned')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    (reading,) = read_with_findings(Path("a.docx"))
    assert isinstance(reading, Reading)
    assert not (tmp_path / "owned").exists()


def test_files_that_need_no_process_start_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Some words that stand here.")
    (tmp_path / "a.csv").write_bytes(make.table())
    monkeypatch.setattr("subprocess.Popen", None)
    assert all(isinstance(item, Reading) for item in read_with_findings(tmp_path))
