"""Memory has bounds: what is too large is refused by its size, and nothing that is remembered grows for ever."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import OnRecordError
from onrecord.read.source import Reading, read_with_findings
from tests.conftest import ROOT

MEGABYTE = 1 << 20
FEW_KEYS = {
    "notation.py _decoder": "one for each type of the model",
    "annotate/quantities/lexicon.py unit_pattern": "one for each of two ways to spell",
    "annotate/times/lexicon.py expression": "one for each shape of the lexicon",
    "annotate/times/lexicon.py _parts": "one for each shape of the lexicon",
    "annotate/times/lexicon.py needed": "one for each shape of the lexicon",
    "annotate/times/lexicon.py _written": "one for each element of those shapes",
}
"""Functions whose results are all remembered, and why they are few."""


def remembering() -> Iterator[tuple[str, str, bool]]:
    """Functions whose results are remembered: place, decorator, and whether they take arguments."""
    for path in sorted((ROOT / "onrecord").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                place = f"{path.relative_to(ROOT / 'onrecord').as_posix()} {node.name}"
                for decorator in map(ast.unparse, node.decorator_list):
                    if "cache" in decorator and "property" not in decorator:
                        yield place, decorator, bool(node.args.args or node.args.kwonlyargs)


def test_no_cache_grows_for_ever() -> None:
    unbounded = {place for place, how, takes in remembering() if takes and (how.endswith("cache") or "None" in how)}
    assert unbounded == set(FEW_KEYS)


def test_no_method_remembers_for_all_objects() -> None:
    """A cache on a method would keep its objects alive."""
    for path in sorted((ROOT / "onrecord").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
                decorators = [ast.unparse(one) for method in methods for one in method.decorator_list]
                assert not any("cache" in one and "property" not in one for one in decorators), path


def test_words_without_end_are_not_remembered_whole(model: Path) -> None:
    from onrecord.annotate.encoder import WordPieces
    from onrecord.shipped import DATA

    pieces = WordPieces(DATA / "tokenizer.json")
    ids = pieces.of("x" * MEGABYTE)
    assert list(ids) == list(pieces.of("x" * 5000))
    assert max(map(len, pieces._known)) <= 200


@pytest.fixture
def one_megabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_REPORT_MEGABYTES", "1")
    monkeypatch.setenv("ONRECORD_FILE_MEGABYTES", "2")


def told(folder: Path) -> list[str]:
    return [str(item) if isinstance(item, OnRecordError) else item.report.name for item in read_with_findings(folder)]


WORDS = "The ferry was late. "
LONG = WORDS * (3 * MEGABYTE // len(WORDS))


def test_what_is_larger_than_allowed_is_told_in_one_line(one_megabyte: None, tmp_path: Path) -> None:
    half = LONG[: 3 * MEGABYTE // 2]
    (tmp_path / "a.txt").write_text(LONG)
    (tmp_path / "b.txt").write_text(half)
    (tmp_path / "c.html").write_text(f"<html><body><p>{half}</p></body></html>")
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in (WORDS, LONG, half, WORDS)))
    (tmp_path / "e.json").write_text(json.dumps([{"text": LONG}]))
    (tmp_path / "f.csv").write_text(f'text\n"{half}"\n"{WORDS}"\n')
    (tmp_path / "g.txt").write_text(WORDS)
    report = "Split it, or set ONRECORD_REPORT_MEGABYTES higher."
    file = "Split it, or set ONRECORD_FILE_MEGABYTES higher."
    assert told(tmp_path) == [
        f"a.txt: has 3.0 MB, and a file may have 2 MB. {file}",
        f"b.txt: has 1.5 MB, and a report may have 1 MB. {report}",
        f"c.html: has 1.5 MB, and a report may have 1 MB. {report}",
        "d.jsonl:1",
        "d.jsonl, line 2: is longer than is allowed. Leave the line out, or set ONRECORD_FILE_MEGABYTES higher.",
        f"d.jsonl:3: has 1.5 MB, and a report may have 1 MB. {report}",
        "d.jsonl:4",
        f"e.json: has 3.0 MB, and a file may have 2 MB. {file}",
        f"f.csv:2: has 1.5 MB, and a report may have 1 MB. {report}",
        "f.csv:3",
        "g.txt",
    ]


def test_a_setting_lets_larger_reports_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_REPORT_MEGABYTES", "1")
    (tmp_path / "a.txt").write_text(LONG)
    assert all(isinstance(item, OnRecordError) for item in read_with_findings(tmp_path))
    monkeypatch.setenv("ONRECORD_REPORT_MEGABYTES", "3")
    assert all(isinstance(item, Reading) for item in read_with_findings(tmp_path))


def test_a_hundred_megabytes_are_refused_in_bounded_memory(tmp_path: Path) -> None:
    """By the settings as they come; the text is looked through, since it might be an export of many reports."""
    with (tmp_path / "huge.txt").open("w") as file:
        for _ in range(100):
            file.write(WORDS * (MEGABYTE // len(WORDS)))
    code = (
        "import re, sys; from onrecord.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as ending: status = ending.code\n"
        # what getrusage tells begins with the memory of the process that started this one
        "print(status, int(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    line = [sys.executable, "-c", code, "build", str(tmp_path / "huge.txt"), "--json", str(tmp_path / "record.json")]
    done = subprocess.run(line, capture_output=True, text=True, timeout=200, check=True, cwd=ROOT)
    status, megabytes = map(int, done.stdout.split())
    assert status == 1
    assert done.stderr.startswith("huge.txt: has 100.0 MB, and a report may have 10 MB. Split it")
    assert not (tmp_path / "record.json").exists()
    assert megabytes < 800
