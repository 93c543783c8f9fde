"""The package as a whole: it is light, its parts keep their distance, and its documents tell of all of it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import onrecord
from bench.commands import page
from onrecord import pipeline
from onrecord.cli import main
from onrecord.model import Record
from onrecord.settings import SETTINGS, Setting
from tests.conftest import ROOT

HEAVY = ("onnxruntime", "numpy", "tokenizers", "trafilatura", "htmldate", "lxml", "rich", "torch")


def loaded_after(code: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after running `code`."""
    listing = code + "; import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import onrecord", "import onrecord.cli", "import onrecord.export.brief"])
def test_importing_loads_nothing_heavy(code: str) -> None:
    assert not loaded_after(code) & set(HEAVY)


def test_importing_loads_no_database_and_no_web_server() -> None:
    assert not loaded_after("import onrecord, onrecord.cli") & {"sqlalchemy", "alembic", "starlette", "pyarrow", "ray"}


def test_reading_a_report_loads_neither_spacy_nor_torch(model: Path, tmp_path: Path) -> None:
    """A library for lemmas would load both where they are installed."""
    (tmp_path / "a.txt").write_text("Union leader Greta Moss said that the drivers would strike on Monday.")
    loaded = loaded_after(f"import onrecord; onrecord.build([{str(tmp_path / 'a.txt')!r}], threads=1)")
    assert "lemminflect" in loaded
    assert not loaded & {"spacy", "torch", "sqlalchemy", "trafilatura", "lxml"}


def test_help_is_there_at_once_and_a_first_record_soon(model: Path, tmp_path: Path) -> None:
    """Processor time, twice what it takes on two quiet cores: 0.2 s and 1.7 s."""
    (tmp_path / "a.txt").write_text("Union leader Greta Moss said that the drivers would strike on Monday.")
    assert processor_seconds("--help") < 0.6
    assert processor_seconds("build", str(tmp_path / "a.txt"), "--json", str(tmp_path / "a.json")) < 4.0


def processor_seconds(*arguments: str) -> float:
    """Of a process of its own; the better of two, since the first may still have to compile."""
    code = (
        "import resource, sys; from onrecord.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally:\n used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime)"
    )
    line = [sys.executable, "-c", code, *arguments]
    runs = [subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(2)]
    return min(float(run.stdout.splitlines()[-1]) for run in runs)


def test_the_verbs_stay_verbs_when_the_folders_of_their_name_are_used() -> None:
    code = (
        "import onrecord, onrecord.read.source, onrecord.annotate.sentences; "
        "assert callable(onrecord.read) and callable(onrecord.annotate) and callable(onrecord.build)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_every_exported_name_is_there() -> None:
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_each_step_requires_only_what_is_there_before_it() -> None:
    there = {"sources", "threads", "watch", "choices", "memory"}
    for step in pipeline.STEPS:
        assert set(step.requires) <= there
        there.add(step.assigns)
    assert "record" in there


def test_nothing_inside_imports_the_root_package() -> None:
    """import-linter proves it too; this proves it without the tool, for relative imports as well."""
    for path in sorted((ROOT / "onrecord").rglob("*.py")):
        if path.parent.name == "onrecord" and path.name == "__init__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "onrecord", path
                assert node.level == 0, path
            if isinstance(node, ast.Import):
                assert "onrecord" not in {alias.name for alias in node.names}, path


def documents() -> dict[str, str]:
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/design.md", "CHANGELOG.md")}


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_tells_of_every_command(command: str) -> None:
    assert f"onrecord {command} " in documents()["README.md"]


def test_the_page_of_commands_is_current() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page(), "python bench/commands.py writes it"


@pytest.mark.parametrize("entry", SETTINGS, ids=lambda entry: entry.name)
def test_the_readme_tells_of_every_setting(entry: Setting) -> None:
    assert f"`{entry.variable}`" in documents()["README.md"]


def test_the_readme_tells_of_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    everyday = {"demo", "test", "fuzz", "lint", "types", "bench", "model", "clean"}
    assert targets == everyday | {"sums", "lock", "audit", "sbom"}
    assert all(f"make {target}" in documents()["README.md"] for target in targets)


def test_the_design_names_every_module() -> None:
    design = documents()["docs/design.md"]
    inside = (ROOT / "onrecord").iterdir()
    names = {path.name for path in inside if path.suffix == ".py" and not path.name.startswith("__")}
    assert all(f"`{name}`" in design for name in names - {"version.py"})


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {onrecord.__version__} " in documents()["CHANGELOG.md"]


def test_what_is_imported_is_declared() -> None:
    """Every package that onrecord imports is a dependency at run time, or of the extra that the reading room needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    declared = {re.split(r"[<>=\[ ]", entry)[0].replace("-", "_") for entry in entries}
    declared |= {"docx"} if "python_docx" in declared else set()  # a package that is imported by another name
    imported = set().union(*map(top_level_imports, (ROOT / "onrecord").rglob("*.py")))
    assert imported - set(sys.stdlib_module_names) - {"onrecord"} <= declared


def top_level_imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_a_record_is_ordered_by_report(hand_annotator: None, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"Report number {name} has a line of its own.")
    record: Record = onrecord.build([tmp_path])
    ids = [annotations.report.id for annotations in record.annotations]
    assert ids == sorted(ids)
    assert len(ids) == 3


def test_what_was_found_in_reading_is_in_the_record(hand_annotator: None, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(
        "Le café de la gare a été fermé; personne n'a dit pourquoi.\n".encode("latin-1")
    )
    (annotations,) = onrecord.build([tmp_path]).annotations
    assert "encoding" in [finding.kind for finding in annotations.findings]


def test_the_verbs_work_one_after_the_other(hand_annotator: None, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One report has a line of its own.")
    reports = [report for report in onrecord.read([tmp_path]) if not isinstance(report, onrecord.OnRecordError)]
    (annotations,) = onrecord.annotate(reports)
    assert annotations.report == reports[0]


def test_a_failure_is_raised_where_nobody_watches(hand_annotator: None, tmp_path: Path) -> None:
    with pytest.raises(onrecord.OnRecordError, match="missing"):
        onrecord.build([tmp_path / "missing.txt"])
