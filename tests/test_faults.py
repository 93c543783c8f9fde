"""What goes wrong around onrecord: broken installations, missing extras, full and read-only disks, bad settings.

Each is told in one line with what it is about, why and what to do, with a non-zero exit, and leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import MODEL, ROOT

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="no model in onrecord/data yet: run `make model`")

REPORT = "LISBON, March 3, 2024 — Union leader Greta Moss told reporters in Paris that the drivers would strike.\n"
REPORT += "Police attacked protesters in Porto on Monday, and the government rejected talks and threatened arrests.\n"
NOBODY = 65534
Damage = Callable[[Path], object]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "strike.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*arguments: object, before: str = "", where: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs `onrecord` in a process of its own, after some code that spoils its surroundings."""
    code = f"{before}\nimport sys; from onrecord.cli import main; main(sys.argv[1:], prog_name='onrecord')"
    line = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, timeout=200, check=False, cwd=where)


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a command told before it failed."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "Traceback" not in line
    return line


# --------------------------------------------------------------------------------- broken installations


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with a copy of the package in it, whose files can be spoilt one by one."""
    where = tmp_path / "installed"

    def linked(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:  # another file system
            shutil.copy2(source, target)

    shutil.copytree(
        ROOT / "onrecord", where / "onrecord", copy_function=linked, ignore=shutil.ignore_patterns("__pycache__")
    )
    return where


def cut(path: Path) -> None:
    """The first two thirds of a file, as a broken download leaves it."""
    data = path.read_bytes()
    replace(path, data[: len(data) * 2 // 3])


def flip(path: Path) -> None:
    """One bit of a file changed, as a failing disk leaves it."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    replace(path, bytes(data))


def empty(path: Path) -> None:
    replace(path, b"")


def replace(path: Path, data: bytes) -> None:
    """New content for a file, and not for those that are linked to it."""
    path.unlink()
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *product(["model.onnx"], [cut, flip, empty, Path.unlink]),
        *product(["gazetteer.sqlite", "tokenizer.json", "plover.npz", "SHA256SUMS"], [cut, Path.unlink]),
    ],
)
def test_a_damaged_file_of_the_package_is_told_in_one_line(
    name: str, damage: Damage, installed: Path, report: Path
) -> None:
    path = installed / "onrecord" / "data" / name
    damage(path)
    line = complaint(run("build", report, "--json", report.with_name("record.json"), where=installed))
    assert line.startswith(f"{path}: ") or name == "SHA256SUMS"
    assert "missing" in line or "damaged" in line
    assert line.endswith("Install onrecord again.")
    assert sorted(path.name for path in report.parent.iterdir()) == ["installed", "strike.txt"]


def test_the_digests_are_those_of_the_files() -> None:
    from training.sums import FILES

    lines = (ROOT / "onrecord" / "data" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.partition("  ")[2] for line in lines] == list(FILES)


def test_help_checks_no_file(installed: Path) -> None:
    for path in (installed / "onrecord" / "data").iterdir():
        path.unlink()
    assert run("--help", where=installed).returncode == 0


# --------------------------------------------------------------------------------------- missing extras


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    (folder / "strike.txt").write_text(REPORT, encoding="utf-8")
    done = run("add", folder / "strike.case", folder / "strike.txt")
    assert done.returncode == 0, done.stderr
    return folder / "strike.case"


@pytest.mark.parametrize(
    ("library", "form", "extra"),
    [
        ("icalendar", "calendar", "calendar"),
        ("networkx", "graphml", "network"),
        ("networkx", "gexf", "network"),
        ("pyarrow", "parquet", "tables"),
    ],
)
def test_an_export_says_which_extra_it_needs(library: str, form: str, extra: str, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    line = complaint(run("export", case, form, "-o", out, before=f"import sys; sys.modules['{library}'] = None"))
    assert library in line
    assert "is not installed" in line
    assert f"pip install 'onrecord[{extra}]'" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "jinja2", "python_multipart"])
def test_the_reading_room_says_which_extra_it_needs(library: str, case: Path) -> None:
    missing = (
        "import importlib.util as known; find = known.find_spec; "
        f"known.find_spec = lambda name, *more: None if name == {library!r} else find(name, *more)"
    )
    line = complaint(run("serve", case, "--port", "0", before=missing))
    assert library in line
    assert "pip install 'onrecord[web]'" in line


def test_a_case_in_postgresql_says_which_extra_it_needs(report: Path) -> None:
    missing = "import sys; sys.modules['psycopg'] = None"
    line = complaint(run("add", "postgresql://nobody:secret@localhost/none", report, before=missing))
    assert "pip install 'onrecord[postgresql]'" in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("library", "name", "package"), [("docx", "a.docx", "python-docx"), ("pypdf", "a.pdf", "pypdf")]
)
def test_a_format_says_which_library_it_needs(
    library: str, name: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fixtures import make

    (tmp_path / name).write_bytes(make.SAMPLES[name]())
    (tmp_path / "missing").mkdir()
    (tmp_path / "missing" / f"{library}.py").write_text("raise ModuleNotFoundError(name=__name__)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "missing"))
    done = run("build", tmp_path / name, "--json", tmp_path / "record.json")
    assert done.returncode == 1
    first = done.stderr.splitlines()[0]
    assert first.startswith((f"{name}: ", f"{tmp_path / name}: "))
    assert first.endswith(f"Install it: pip install {package}.")
    assert not (tmp_path / "record.json").exists()


def test_what_no_reader_foresaw_is_told_in_one_line_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.read.source import Reading, read_with_findings
    from tests.fixtures import make

    def surprised(*_: object) -> None:
        raise RuntimeError("nobody thought\nof this")

    monkeypatch.setattr(import_module("onrecord.read.table"), "received_fields", surprised)
    (tmp_path / "a.csv").write_bytes(make.table())
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    error, read = read_with_findings(tmp_path)
    expected = (
        "a.csv: is a table that cannot be read (RuntimeError: nobody thought of this). Save it again, or give its text."
    )
    assert str(error) == expected
    assert isinstance(read, Reading)


# ---------------------------------------------------------------------------------- full and read-only disks

LITTLE_ROOM = (
    "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"
)

FULL_ONCE_READ = f"""
from onrecord.casebook import Case
whole = Case.record
def record(self, *given):
    read = whole(self, *given)
    {LITTLE_ROOM.format(100)}
    return read
Case.record = record
"""
"""A case that is open needs some room of its own."""


@pytest.mark.parametrize("room", [0, 500])
@pytest.mark.parametrize("option", ["--json", "--brief"])
def test_a_disk_that_fills_up_is_told_in_one_line(room: int, option: str, report: Path) -> None:
    out = report.with_name("out")
    line = complaint(run("build", report, option, out, before=LITTLE_ROOM.format(room)))
    assert line.startswith(f"{out}: cannot be written (")
    assert line.endswith("Make room, or name a file elsewhere.")
    assert [path.name for path in report.parent.iterdir()] == ["strike.txt"]


def test_a_disk_that_fills_up_leaves_the_file_before_as_it_was(report: Path) -> None:
    out = report.with_name("record.json")
    out.write_text("the record of yesterday", encoding="utf-8")
    complaint(run("build", report, "--json", out, before=LITTLE_ROOM.format(500)))
    assert out.read_text(encoding="utf-8") == "the record of yesterday"
    assert sorted(path.name for path in report.parent.iterdir()) == ["record.json", "strike.txt"]


@pytest.mark.parametrize("form", ["csv", "parquet", "record", "html"])
def test_an_export_onto_a_full_disk_is_told_in_one_line(form: str, case: Path, tmp_path: Path) -> None:
    line = complaint(run("export", case, form, "-o", tmp_path / "out", before=FULL_ONCE_READ))
    assert line.startswith(f"{tmp_path / 'out'}: cannot be written (")
    assert list(tmp_path.iterdir()) == []


def test_a_case_on_a_full_disk_is_told_in_one_line(report: Path) -> None:
    line = complaint(run("add", report.with_name("strike.case"), report, before=LITTLE_ROOM.format(4096)))
    assert line.endswith("Make room on the disk; what was kept before is safe.")
    assert run("add", report.with_name("strike.case"), report).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [("build", "--json"), ("annotate", "-o")])
def test_standard_output_onto_a_full_device_is_told_in_one_line(command: tuple[str, str], report: Path) -> None:
    code = "import sys; from onrecord.cli import main; main(sys.argv[1:])"
    line = [sys.executable, "-c", code, command[0], str(report), command[1], "-"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    (told,) = done.stderr.splitlines()
    assert "No space left on device" in told


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no other user to become")
@pytest.mark.parametrize("option", ["--json", "--brief"])
def test_a_folder_that_may_not_be_written_is_told_in_one_line(option: str, report: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    source = Path(shutil.copy(report, folder / "strike.txt"))
    source.chmod(0o444)
    folder.chmod(0o555)
    try:
        status, line = by_nobody("build", str(source), option, str(folder / "out"))
        assert status == 1
        assert line.startswith(f"{folder / 'out'}: cannot be written (")
        assert line.endswith("Name a file in a folder that you can write to.\n")
        assert len(line.splitlines()) == 1
        assert [path.name for path in folder.iterdir()] == ["strike.txt"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def by_nobody(*arguments: str) -> tuple[int, str]:
    """Exit status and words of a command run by a user without rights, who might not even start this Python."""
    import onrecord.export.files
    import onrecord.pipeline  # noqa: F401
    from onrecord.cli import main

    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        os.dup2(tell, 1)
        os.dup2(tell, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        code = 2
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            main(list(arguments))
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(tell)
    with os.fdopen(told) as lines:
        words = lines.read()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), words


# ----------------------------------------------------------------------------------------------- wrong cases


@pytest.mark.parametrize("damage", [cut, empty, lambda path: path.write_bytes(b"not a case at all")])
@pytest.mark.parametrize("command", [("who",), ("search", "strike"), ("export", "record"), ("review",)])
def test_a_damaged_case_is_told_in_one_line(
    damage: Damage, command: tuple[str, ...], case: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(case, tmp_path / "strike.case"))
    damage(path)
    line = complaint(run(command[0], path, *command[1:]))
    assert line.startswith(f"{path}: ")


def test_a_case_that_another_program_holds_is_told_in_one_line(case: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(case, tmp_path / "strike.case"))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    hasty = "import onrecord.case.connect as c; c._SAFELY = ('busy_timeout=100', *c._SAFELY[1:])"
    try:
        (tmp_path / "new.txt").write_text("Somebody saw something new.", encoding="utf-8")
        line = complaint(run("add", path, tmp_path / "new.txt", before=hasty))
    finally:
        holder.close()
    assert (
        line
        == f"{path}: cannot be used (database is locked). Wait until the other program that writes to it has ended."
    )


@pytest.mark.parametrize("value", ["many", "-1", "1.5"])
def test_a_setting_that_is_no_number_is_told_in_one_line(
    value: str, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_THREADS", value)
    line = complaint(run("build", report, "--json", report.with_name("record.json")))
    assert line.startswith("ONRECORD_THREADS: ")
    assert [path.name for path in report.parent.iterdir()] == ["strike.txt"]
