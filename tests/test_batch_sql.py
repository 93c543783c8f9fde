"""Parts in SQL: each query of docs/scale.md runs, and tells what the annotations hold."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Annotations, Event, Mention, Source, Statement
from onrecord.parts import Kept, part_bytes, read_about, read_part
from tests.conftest import ROOT, ByHand

pytest.importorskip("pyarrow", reason="parts need pyarrow: pip install 'onrecord[tables]'")
pytest.importorskip("duckdb", reason="needs DuckDB: pip install duckdb")
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts, each with the report annotated by hand under a name of its own."""
    path = tmp_path_factory.mktemp("parts")
    for number in (1, 2):
        one = ByHand(name=f"harbour-{number}.txt").annotations()
        kept = Kept(f"reading-{number}", one, len(one.findings), one.report.text.encode())
        (path / f"part-{number}.parquet").write_bytes(part_bytes("1 sha256:0", [kept]))
    return path


def rows(query: str, folder: Path) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = import_module("duckdb").sql(query.replace("parts/", f"{folder}/")).fetchall()
    return found


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_each_query_of_the_page_runs(query: str, folder: Path) -> None:
    rows(query, folder)


def test_a_query_tells_who_speaks(folder: Path) -> None:
    assert rows(QUERIES[0], folder) == [("Transport Minister Ana Ruiz", 2, 2)]


def test_a_query_tells_of_doubts(folder: Path) -> None:
    assert rows(QUERIES[-1], folder) == [("garbled", 2, 2)]


def test_words_in_columns_are_those_of_the_report(folder: Path) -> None:
    for text, words, start, end in rows(
        "SELECT text, m.text, m.start, m.\"end\" FROM 'parts/*.parquet', unnest(mentions) AS t(m)", folder
    ):
        assert text[start:end] == words


def test_annotations_come_back_as_they_were(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            ((engine, kept),) = read_part(stream, path.name)
        assert engine == "1 sha256:0"
        assert kept.annotations == ByHand(name=kept.report.name).annotations()
        assert kept.data == kept.report.text.encode()
        assert kept.findings == kept.annotations.findings


def test_bytes_that_are_not_the_text_are_kept(tmp_path: Path) -> None:
    one = ByHand().annotations()
    (tmp_path / "a").write_bytes(part_bytes("1 m", [Kept("r", one, 0, b"\x00raw")]))
    with (tmp_path / "a").open("rb") as stream:
        ((_, kept),) = read_part(stream, "a")
    assert kept.data == b"\x00raw"
    assert not kept.findings


def test_a_part_counts_what_it_holds(folder: Path) -> None:
    about = read_about(folder / "part-1.parquet")
    assert (about.engine, about.reports, about.refused) == ("1 sha256:0", 1, ())


def test_equal_rows_give_the_same_bytes() -> None:
    kept = Kept("r", ByHand().annotations())
    assert part_bytes("1 m", [kept]) == part_bytes("1 m", [kept])


def test_what_is_in_the_lists_is_named_in_the_schema() -> None:
    """A field that a list writes and the schema does not know would be dropped in silence."""
    from onrecord import parts

    one = ByHand()
    annotations: Annotations = one.annotations()
    samples: dict[str, Any] = {
        "mentions": Mention("m", one.at("Ana Ruiz"), "person"),
        "statements": Statement("s", "r", Source(None, "report"), None, (one.at("Ana Ruiz"),), "direct", "speech"),
        "events": Event("e", "r", "s", one.at("leaves"), (one.at("leaves"),), "asserted"),
        "times": annotations.times[0],
        "findings": annotations.findings[0],
    }
    for name, sample in samples.items():
        written = set(parts._LISTERS[name](one.report, sample))
        assert written - {"start", "end", "value"} == set(parts._TEXT_FIELDS[name].split()) - {"value"}
