"""Every regular expression of the package, and texts made to be slow for each.

`python -m tests.patterns` lists them as JSON lines: each as it was compiled, with the places that compile it. The
package is loaded whole and does all its work once, while the compiler of expressions is listened to; what is written
as one string in the source is taken from there, so that nothing depends on which branch was walked.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "onrecord"
VERBS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression and where it is compiled: `module.py:line`."""

    pattern: str | bytes
    flags: int
    sites: tuple[str, ...]

    @property
    def compiled(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self.flags)

    @property
    def name(self) -> str:
        """For people: the first place, and the beginning of the expression."""
        return f"{self.sites[0]} {self.pattern[:40]!r}"


def expressions() -> list[Expression]:
    """All of them, in the order of their places."""
    done = subprocess.run([sys.executable, "-m", "tests.patterns"], capture_output=True, check=True, cwd=ROOT)
    found: dict[tuple[str | bytes, int], set[str]] = {}
    for item in map(json.loads, done.stdout.splitlines()):
        pattern = item["pattern"].encode("latin-1") if item["bytes"] else item["pattern"]
        found.setdefault((pattern, item["flags"]), set()).update(item["sites"])
    heard = {site for sites in found.values() for site in sites}
    for site, call in written_calls().items():
        written = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        if site not in heard and isinstance(written, str | bytes):
            found.setdefault((written, _flags(call)), set()).add(site)
    made = (Expression(pattern, flags, tuple(sorted(sites))) for (pattern, flags), sites in found.items())
    return sorted(made, key=lambda one: (one.sites, str(one.pattern)))


def _flags(call: ast.Call) -> int:
    """The flags of a call, which are written out where the expression is."""
    named = [inner.attr for part in call.args[1:] for inner in ast.walk(part) if isinstance(inner, ast.Attribute)]
    return sum(int(getattr(re, name)) for name in named if name.isupper())


# ------------------------------------------------------------------------------------------------ collecting


def modules() -> list[str]:
    """The modules of the package that compile expressions."""
    return sorted({site.partition(":")[0] for site in written_calls()})


@cache
def called(site: str) -> str:
    """The module and the name of what is compiled at a place: `read/text.py _WORD`."""
    path, _, line = site.partition(":")
    return f"{path} {_name_of(ast.parse((PACKAGE / path).read_text(encoding='utf-8')), int(line))}"


@cache
def is_searched(site: str) -> bool:
    """Whether the expression of this place is looked for in a text, not only held against one place in it.

    A name that is never used with a verb in sight is taken to be looked for.
    """
    path, _, line = site.partition(":")
    source = (PACKAGE / path).read_text(encoding="utf-8")
    call = written_calls()[site]
    if _verb(call) != "compile":
        return _verb(call) not in _AT_ONE_PLACE
    name = _name_of(ast.parse(source), int(line))
    if name is None:
        return True
    everywhere = source if name.startswith("_") else whole_source()
    verbs = set(re.findall(rf"\b{name}(?:\([^()]*\))?\.({'|'.join(VERBS)})\(", everywhere))
    return not verbs or not verbs <= _AT_ONE_PLACE


@cache
def whole_source() -> str:
    return "".join(one.read_text(encoding="utf-8") for one in sorted(PACKAGE.rglob("*.py")))


_AT_ONE_PLACE = {"match", "fullmatch"}


def _name_of(tree: ast.Module, line: int) -> str | None:
    """What the expression compiled on a line is called: a constant, a field, or the function that returns it."""
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        if not isinstance(value, ast.Call) or value.lineno != line or _verb(value) != "compile":
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            return node.targets[0].id
        if isinstance(node, ast.keyword):
            return node.arg
        if isinstance(node, ast.Return):
            holders = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.lineno < line)
            return max(holders, key=lambda one: one.lineno).name
    return None


@cache
def written_calls() -> dict[str, ast.Call]:
    """Every call of the module `re` in the package's source, by its place."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _verb(node) in VERBS and node.args:
                found[f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"] = node
    return found


def _verb(call: ast.Call) -> str:
    function = call.func
    is_ours = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"
    return function.attr if is_ours and isinstance(function, ast.Attribute) else ""


class Listener:
    """Notes what is compiled by code of the package, from when it is made."""

    def __init__(self) -> None:
        self.heard: dict[tuple[str | bytes, int], set[str]] = {}
        self._compile: Callable[..., Any] = re._compile  # type: ignore[attr-defined]
        re._compile = self._listen  # type: ignore[attr-defined]

    def _listen(self, pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        place = Path(frame.f_code.co_filename)
        if PACKAGE in place.parents and not isinstance(pattern, re.Pattern):
            site = f"{place.relative_to(PACKAGE).as_posix()}:{_first_line(frame)}"
            self.heard.setdefault((pattern, int(flags)), set()).add(site)
        return self._compile(pattern, flags)


def _first_line(frame: Any) -> int:
    """The line on which the call that a frame is in begins."""
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return int(positions[0] or frame.f_lineno)


def load_everything() -> None:
    """Imports every module of the package, and fills every lexicon."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "onrecord."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for item in list(vars(loaded).values()):
            if hasattr(item, "cache_info") and item.__module__ == module.name and not _parameters(item):
                item()


def _parameters(function: Any) -> int:
    code = function.__wrapped__.__code__
    return int(code.co_argcount + code.co_kwonlyargcount) - len(function.__wrapped__.__defaults__ or ())


def work_once() -> None:
    """Reads a file of every format and builds a record with everything in it."""
    from onrecord.export.forms import written_as
    from onrecord.export.json import record_as_dict
    from onrecord.pipeline import build
    from onrecord.read.source import read_with_findings
    from tests.fixtures import make

    with tempfile.TemporaryDirectory() as folder:
        for name, made in make.SAMPLES.items():
            (Path(folder) / name).write_bytes(made())
        list(read_with_findings(Path(folder)))
    record = record_as_dict(build([ROOT / "examples" / "drawdown"], threads=1))
    written_as("html", record)


def main() -> None:
    """Lists the expressions."""
    listener = Listener()
    load_everything()
    work_once()
    for (pattern, flags), sites in listener.heard.items():
        is_bytes = isinstance(pattern, bytes)
        shown = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        print(json.dumps({"pattern": shown, "flags": flags, "bytes": is_bytes, "sites": sorted(sites)}))  # noqa: T201


if __name__ == "__main__":
    main()
