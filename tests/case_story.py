"""A small story for tests of cases: three reports on a sale of ferries, and what keeps those tests quick."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord import casebook
from onrecord.annotate.annotator import Annotator
from onrecord.casebook import open_case

REPORTS = {
    "monday.txt": """Ferry strike looms

March 4, 2024

PORT ALMA (NWS) — The Harbour Union said Monday that it opposes the plan to privatise the ferries. Transport
Minister Ana Ruiz said the government will buy 12 new ferries by June 2025.

“We support the plan,” said Omar Haddad, head of the Coast Line company. A port official, who spoke on condition of
anonymity, said that 340 workers would lose their jobs.
""",
    "tuesday.txt": """Ferry talks go on

March 5, 2024

PORT ALMA (NWS) — The Harbour Union now supports the plan to privatise the ferries, its leader Ines Marques said
Tuesday. Ruiz said 300 workers would lose their jobs. The minister said the government will buy the 12 new ferries
by December 2025.
""",
    "wednesday.txt": """Ferry plan delayed

PORT ALMA (NWS) — The transport ministry said that the sale of the ferries was delayed. Haddad criticised the
ministry. Ana Ruiz visited the shipyard in Port Alma on Wednesday.
""",
}


def write_story(folder: Path, *names: str) -> list[Path]:
    """The reports of these names, all if none is named, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names or REPORTS:
        path = folder / name
        path.write_text(REPORTS[name], encoding="utf-8")
        paths.append(path)
    return paths


@cache
def one_annotator(threads: int | None = None) -> Annotator:
    """The same annotator for all tests of a process."""
    return Annotator(1)


def made_case(folder: Path) -> Path:
    """A case of all reports, compared."""
    with pytest.MonkeyPatch.context() as patched, open_case(folder / "ferries.case", create=True) as case:
        patched.setattr(casebook, "annotator_for", one_annotator)
        case.add(write_story(folder / "reports"))
    return folder / "ferries.case"


def named(record: dict[str, Any], name: str) -> str:
    """The id of the actor of this name."""
    return next(actor["id"] for actor in record["actors"] if actor["name"] == name)


def saying(record: dict[str, Any], words: str) -> dict[str, Any]:
    """The statement of a source in whose content these words stand."""
    return next(
        one
        for one in record["statements"]
        if one["source"]["basis"] != "report" and any(words in piece["text"] for piece in one["content"])
    )
