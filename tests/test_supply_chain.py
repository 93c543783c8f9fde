"""What onrecord is made of: pinned libraries, no code in data, digests of what is shipped."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCK = ROOT / "requirements.lock"
LOCKED_EXTRAS = ("calendar", "dev", "fuzz", "network", "postgresql", "tables", "web")
RUNS_CODE = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
CALLS_CODE = {"eval", "exec", "compile", "__import__"}


def locked() -> dict[str, str]:
    """The version of each locked library."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def test_every_library_is_locked_in_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        Requirement(line)
        for line in (*project["dependencies"], *chain.from_iterable(extras[name] for name in LOCKED_EXTRAS))
    ]
    versions = locked()
    for one in wanted:
        if canonicalize_name(one.name) != "onrecord":
            assert canonicalize_name(one.name) in versions, f"{one.name} is not locked: make lock"
            assert one.specifier.contains(versions[canonicalize_name(one.name)]), f"{one} is not what is locked"


def test_every_locked_library_has_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if re.match(r"[A-Za-z0-9._-]+==", entry)]
    assert len(pinned) == len(locked()) > 80
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in pinned)
    assert "file://" not in LOCK.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "onrecord").rglob("*.py")), ids=lambda path: path.stem)
def test_no_data_is_ever_run(path: Path) -> None:
    """No pickle, no evaluated text, no shell."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & RUNS_CODE
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.module.partition(".")[0] not in RUNS_CODE
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            assert called not in CALLS_CODE
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert given.get("shell", "False") == "False"
            assert given.get("allow_pickle", "False") == "False"
            if ast.unparse(node.func) in ("np.load", "numpy.load"):
                assert given.get("allow_pickle") == "False"


def test_the_bill_of_materials_names_the_model_and_the_gazetteer(tmp_path: Path) -> None:
    bill = tmp_path / "sbom.json"
    bill.write_text('{"bomFormat": "CycloneDX", "components": []}', encoding="utf-8")
    subprocess.run([sys.executable, "-m", "training.sums", "--sbom", str(bill)], check=True, cwd=ROOT)
    parts = {part["name"]: part for part in json.loads(bill.read_text(encoding="utf-8"))["components"]}
    assert {"model.onnx", "gazetteer.sqlite"} <= set(parts)
    sums = (ROOT / "onrecord" / "data" / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(f"{part['hashes'][0]['content']}  {name}" in sums for name, part in parts.items())


def test_every_test_that_the_security_page_names_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+\.py)`", page))
    assert len(named) > 8
    assert [name for name in sorted(named) if not (ROOT / "tests" / name).is_file()] == []
    variables = set(re.findall(r"`(ONRECORD_\w+)`", page))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in variables)
