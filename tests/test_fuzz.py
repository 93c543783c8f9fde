"""Fuzzing within the tests: all seeds and all that was ever found, then some seconds of new inputs for each target.

`make fuzz` does the last for longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import MODEL, ROOT

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="no model in onrecord/data yet: run `make model`")

SECONDS = int(os.environ.get("ONRECORD_TEST_FUZZ_SECONDS", "12"))
TARGETS = ("reading", "rules", "annotating")


@pytest.mark.parametrize("target", TARGETS)
def test_no_seed_and_nothing_found_before_breaks_a_target(target: str) -> None:
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS as FUNCTIONS

    given = dict(seeds(target))
    assert len(given) > 25
    for name, data in given.items():
        try:
            FUNCTIONS[target](data)
        except Exception as error:
            raise AssertionError(f"{target} breaks on {name}") from error


def test_every_format_has_a_seed() -> None:
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import READERS

    assert {data[0] % len(READERS) for _, data in seeds("reading") if data} == set(range(len(READERS)))


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed: it is made for Linux")
@pytest.mark.parametrize("target", TARGETS)
def test_new_inputs_break_nothing(target: str, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(SECONDS), "--found", str(tmp_path)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60 + 10 * SECONDS)
    found = [path.read_bytes() for path in tmp_path.iterdir()]
    assert (done.returncode, found) == (0, []), done.stderr[-3000:]
