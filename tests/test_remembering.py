"""What comparing makes of single reports is kept, and is what would be made."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import casebook, memory, pipeline
from onrecord.case.writer import Writer
from onrecord.casebook import open_case
from onrecord.export.json import as_text, record_as_dict
from onrecord.memory import FORGETFUL, Kept, Kind
from onrecord.model import Annotations
from onrecord.resolve.actors import beliefs
from onrecord.resolve.coreference import resolve_coreference
from onrecord.spans import Span
from tests.case_story import named, one_annotator, write_story

SPANS: Kind[tuple[Span, ...]] = Kind("spans", tuple[Span, ...])
made: Counter[int] = Counter()


def up_to(end: int) -> tuple[Span, ...]:
    """Spans of one letter; how often they were made is counted."""
    made[end] += 1
    return tuple(Span(start, start + 1) for start in range(end))


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    made.clear()


def test_without_a_memory_all_is_made_anew() -> None:
    assert FORGETFUL.recall(SPANS, up_to, 3) == FORGETFUL.recall(SPANS, up_to, 3)
    assert made[3] == 2


def test_what_was_kept_is_not_made_again() -> None:
    first = Kept({})
    value = first.recall(SPANS, up_to, 3)
    second = Kept(first.fresh)
    assert second.recall(SPANS, up_to, 3) == value
    assert made[3] == 1
    assert second.fresh == {}
    assert second.used == set(first.fresh)


def test_another_kind_and_another_report_have_values_of_their_own() -> None:
    kept = Kept({})
    kept.recall(SPANS, up_to, 3)
    kept.recall(SPANS, up_to, 4)
    kept.recall(Kind("others", tuple[Span, ...]), up_to, 3)
    assert len(kept.fresh) == 3


def test_values_of_other_rules_are_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Kept({})
    first.recall(SPANS, up_to, 3)
    monkeypatch.setattr(memory, "code_digest", lambda: b"other rules")
    Kept(first.fresh).recall(SPANS, up_to, 3)
    assert made[3] == 2


def test_a_damaged_value_is_made_again() -> None:
    first = Kept({})
    value = first.recall(SPANS, up_to, 3)
    damaged = Kept(dict.fromkeys(first.fresh, b"\x00"))
    assert damaged.recall(SPANS, up_to, 3) == value
    assert damaged.fresh == first.fresh


def test_what_is_met_is_met_the_next_time() -> None:
    first = Kept({})
    assert not first.has_met("rows", 1, "a")
    second = Kept(first.fresh)
    assert second.has_met("rows", 1, "a")
    assert not second.has_met("rows", 1, "b")


def test_the_digest_of_the_code_is_that_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules.toml").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    monkeypatch.setattr(memory, "_BEGAN", (tmp_path / "rules.toml").stat().st_mtime)
    digest = memory.code_digest.__wrapped__
    first = digest()
    assert digest() == first
    (tmp_path / "rules.toml").write_text("one = 2\n", encoding="utf-8")
    monkeypatch.setattr(memory, "_BEGAN", (tmp_path / "rules.toml").stat().st_mtime)
    second = digest()
    assert second != first
    monkeypatch.setattr(memory, "_BEGAN", 0.0)  # the files were edited while the program ran
    assert len({first, second, digest(), digest()}) == 4


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A case with the first two reports of a story."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(casebook, "annotator_for", one_annotator)
        folder = tmp_path_factory.mktemp("begun")
        with open_case(folder / "ferry.case", create=True) as case:
            case.add(write_story(folder / "reports", "monday.txt", "tuesday.txt"))
        yield folder / "ferry.case"


@pytest.fixture
def path(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)
    monkeypatch.setattr(pipeline, "annotator_for", one_annotator)
    return Path(shutil.copy(begun, tmp_path / "ferry.case"))


def text_of(path: Path) -> str:
    with open_case(path) as case:
        return as_text(case.record())


def made_anew(path: Path) -> str:
    """The record that a case has when it remembers nothing, and none of its rows stands."""
    other = Path(shutil.copy(path, path.with_suffix(".anew")))
    connection = sqlite3.connect(other)
    connection.execute("DELETE FROM memory")
    for table in ("mentions", "statements", "events", "search"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE \"case\" SET value = 'yes' WHERE key = 'behind'")
    connection.commit()
    connection.close()
    return text_of(other)


def rows_of(path: Path) -> dict[str, bytes]:
    connection = sqlite3.connect(path)
    try:
        return dict(connection.execute("SELECT key, data FROM memory"))
    finally:
        connection.close()


def test_a_report_added_to_a_case_that_remembers_gives_the_record_of_one_build(path: Path, tmp_path: Path) -> None:
    whole = write_story(tmp_path / "reports")
    with open_case(path) as case:
        case.add(whole)
        assert as_text(case.record()) == as_text(record_as_dict(pipeline.build(whole)))
        assert [hit["id"] for hit in case.search("shipyard", 1)]


def test_only_the_new_report_is_made_something_of(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chained: list[str] = []
    own = resolve_coreference

    def counting(one: Annotations) -> Any:
        chained.append(one.report.name)
        return own(one)

    monkeypatch.setattr(beliefs, "resolve_coreference", counting)
    with open_case(path) as case:
        case.add(write_story(tmp_path / "reports"))
    assert chained == ["wednesday.txt"]


def test_what_other_rules_made_is_not_used(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE memory SET data = (SELECT data FROM memory WHERE key LIKE 'chains:%' LIMIT 1)")
    connection.commit()
    connection.close()
    with monkeypatch.context() as patched:
        patched.setattr(memory, "code_digest", lambda: b"other rules")
        with open_case(path) as case:
            case.add(write_story(tmp_path / "reports"))
    assert text_of(path) == made_anew(path)


def test_what_is_no_longer_used_is_dropped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of(path)
    monkeypatch.setattr(memory, "code_digest", lambda: b"other rules")
    with open_case(path) as case:
        case.decide("note", [case.record()["statements"][0]["id"]], {"text": "seen"})
        case.refresh()
    after = rows_of(path)
    assert len(after) == len(before)
    assert not set(after) & set(before)


def test_an_add_that_fails_at_the_end_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(path)

    def failing(self: Writer, used: set[str], fresh: dict[str, bytes]) -> None:
        replaced(self, used, fresh)
        raise KeyboardInterrupt

    replaced = Writer.replace_memory
    with monkeypatch.context() as patched:
        patched.setattr(Writer, "replace_memory", failing)
        with open_case(path) as case, pytest.raises(KeyboardInterrupt):
            case.add(write_story(tmp_path / "reports"))
    assert rows_of(path) == before
    assert text_of(path) == made_anew(path)


def test_a_corrected_date_counts_at_once(path: Path, tmp_path: Path) -> None:
    with open_case(path) as case:
        report = next(one for one in case.record()["reports"] if one["name"] == "tuesday.txt")
        case.decide("correct", [report["id"]], {"date": "2024-04-02"})
        dates = {one["id"]: one["date"]["value"] for one in case.record()["reports"]}
    assert dates[report["id"]] == "2024-04-02"
    assert text_of(path) == made_anew(path)
    with open_case(path) as case:
        case.add(write_story(tmp_path / "reports"))
    assert text_of(path) == made_anew(path)


def test_merged_actors_are_one_at_once(path: Path, tmp_path: Path) -> None:
    with open_case(path) as case:
        whole, other = (named(case.record(), name) for name in ("Harbour Union", "Coast Line"))
        number = case.decide("merge", [whole, other])
        record = case.record()
        assert other not in {one["id"] for one in record["actors"]}
        assert other not in {one["actor"] for one in record["mentions"]}
    assert text_of(path) == made_anew(path)
    with open_case(path) as case:
        case.add(write_story(tmp_path / "reports"))
        case.undo(number)
        assert other in {one["id"] for one in case.record()["actors"]}
    assert text_of(path) == made_anew(path)


def test_a_rejected_statement_is_gone_at_once(path: Path) -> None:
    with open_case(path) as case:
        told = case.record()["statements"][-1]["id"]
        case.decide("reject", [told])
        assert told not in {one["id"] for one in case.record()["statements"]}
    assert text_of(path) == made_anew(path)
