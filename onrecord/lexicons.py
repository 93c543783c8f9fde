"""What the rules know of English: tables of words, written under `data` and not in the code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def table_of(name: str) -> dict[str, Any]:
    """The table `data/NAME.toml` of the package."""
    return tomllib.loads((files("onrecord") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
