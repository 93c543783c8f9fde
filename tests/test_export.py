"""The public format, and the writing of files."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OnRecordError
from onrecord.export.files import write_atomically, written_atomically
from onrecord.export.json import as_text, notes_as_dict, record_as_dict
from onrecord.model import Annotations, Record, Report, Words
from tests.conftest import ByHand

MODEL_HASH = "sha256:" + "ab" * 32

KEYS = {
    "record": "format engine as_of reports times mentions actors places statements events positions issues commitments"
    " figures timeline changes conflicts findings decisions",
    "notes": "report sentences times mentions quantities statements events findings",
    "report": "id name sha256 text title publisher dateline declared_date date lineage",
    "date of a report": "value earliest latest rule anchor status because",
    "lineage": "origin relation of agency",
    "times": "id report start end text type value earliest latest rule anchor",
    "mentions": "id report start end text type actor place",
    "statements": "id report evidence source cue content directness attitude within said addressee",
    "source": "span actor basis reason count introduced",
    "events": "id statement report evidence trigger type mode actors recipients place date factuality same_as because",
    "findings": "id report kind evidence explanation suggestion",
    "span": "report start end text",
    "date": "value earliest latest rule anchor",
}


def keys(item: dict[str, Any]) -> str:
    return " ".join(item)


def record_of(*reports: ByHand) -> dict[str, Any]:
    return record_as_dict(Record(MODEL_HASH, tuple(one.annotations() for one in reports)))


def spans_in(content: object) -> Iterator[dict[str, Any]]:
    """Everything in `content` that is a passage."""
    if isinstance(content, dict):
        if {"report", "start", "end", "text"} <= content.keys():
            yield content
        for value in content.values():
            yield from spans_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from spans_in(value)


def test_every_object_has_the_documented_keys_in_order(by_hand: ByHand) -> None:
    record = record_of(by_hand)
    assert keys(record) == KEYS["record"]
    assert keys(record["engine"]) == "version model"
    assert keys(record["reports"][0]) == KEYS["report"]
    assert keys(record["reports"][0]["date"]) == KEYS["date of a report"]
    assert keys(record["reports"][0]["lineage"]) == KEYS["lineage"]
    for kind in ("times", "mentions", "statements", "events", "findings"):
        assert {keys(item) for item in record[kind]} == {KEYS[kind]}
    assert {keys(one["source"]) for one in record["statements"]} == {KEYS["source"]}
    assert keys(record["statements"][0]["cue"]) == KEYS["span"]
    assert keys(record["events"][0]["date"]) == KEYS["date"]


def test_notes_have_the_documented_keys_in_order(by_hand: ByHand) -> None:
    notes = notes_as_dict(by_hand.annotations())
    assert keys(notes) == KEYS["notes"]
    assert notes["sentences"][0] == [0, len("Harbour deal signed")]


def test_every_list_is_there_even_when_empty() -> None:
    record = record_as_dict(Record(MODEL_HASH, ()))
    assert keys(record) == KEYS["record"]
    assert {kind: value for kind, value in record.items() if kind not in ("format", "engine", "as_of")} == {
        kind: [] for kind in KEYS["record"].split()[3:]
    }


def test_every_span_is_verbatim(by_hand: ByHand) -> None:
    record = record_of(by_hand)
    texts = {report["id"]: report["text"] for report in record["reports"]}
    spans = list(spans_in(record))
    assert len(spans) > 20
    assert all(texts[span["report"]][span["start"] : span["end"]] == span["text"] for span in spans)


def test_lists_are_sorted_by_report_offset_and_id() -> None:
    record = record_of(ByHand(name="b.txt"), ByHand(name="a.txt"), ByHand(name="c.txt"))
    for kind in ("times", "mentions", "statements", "events", "findings"):
        places = [(item["report"], (item.get("evidence") or [item])[0]["start"], item["id"]) for item in record[kind]]
        assert places == sorted(places)
        assert len(places) >= 3


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    first, second = ByHand(name="a.txt"), ByHand(name="b.txt")
    assert as_text(record_of(first, second)) == as_text(record_of(second, first))


def test_a_declared_date_is_taken_with_its_words(by_hand: ByHand) -> None:
    date = record_of(by_hand)["reports"][0]["date"]
    assert (date["value"], date["status"], date["rule"]) == ("2024-05-03", "consistent", "declared")
    assert [span["text"] for span in date["because"]] == ["May 3, 2024"]


def test_without_a_declared_date_nothing_is_claimed() -> None:
    bare = Report("r:1", "bare.txt", "0", "Nothing is known of this.")
    report = notes_as_dict(Annotations(bare, (), Words([], [], [])))["report"]
    assert report["date"] == {
        "value": None,
        "earliest": None,
        "latest": None,
        "rule": None,
        "anchor": None,
        "status": "unknown",
        "because": [],
    }
    assert report["declared_date"] is None
    assert report["dateline"] is None


def test_a_report_is_its_own_origin(by_hand: ByHand) -> None:
    report = record_of(by_hand)["reports"][0]
    origin = "o:" + report["id"][2:]
    assert report["lineage"] == {"origin": origin, "relation": "original", "of": None, "agency": "NWS"}
    assert report["dateline"] == {"place": None, "text": "PORT ALMA (NWS)"}


@given(st.text(st.characters(codec=None), min_size=1))
def test_any_text_comes_back_from_a_line_of_json(text: str) -> None:
    line = as_text({"text": text}, indent=None)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    back: str = json.loads(line.encode("utf-8"))["text"]
    assert back.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")


class TestWriting:
    def test_a_file_appears_whole(self, tmp_path: Path) -> None:
        write_atomically(tmp_path / "out.json", "né\n")
        assert (tmp_path / "out.json").read_bytes() == "né\n".encode()
        assert [path.name for path in tmp_path.iterdir()] == ["out.json"]

    def test_or_not_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "out.json").write_text("before")
        with pytest.raises(TypeError), written_atomically(tmp_path / "out.json") as file:
            file.writelines(["half", None])  # type: ignore[list-item]
        assert (tmp_path / "out.json").read_text() == "before"
        assert [path.name for path in tmp_path.iterdir()] == ["out.json"]

    def test_it_can_be_read_by_others_as_any_new_file(self, tmp_path: Path) -> None:
        write_atomically(tmp_path / "out.json", "")
        (tmp_path / "plain").touch()
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert len(modes) == 1

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "target").write_text("before")
        (tmp_path / "link").symlink_to("target")
        write_atomically(tmp_path / "link", "after")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_text() == "after"

    def test_a_device_is_written_to(self) -> None:
        write_atomically(Path(os.devnull), "gone")
        assert not Path(os.devnull).is_file()

    def test_a_pipe_is_written_to(self) -> None:
        ours, theirs = os.pipe()
        write_atomically(Path(f"/dev/fd/{theirs}"), "through")
        os.close(theirs)
        assert os.read(ours, 99) == b"through"
        os.close(ours)

    @pytest.mark.parametrize("place", ["missing/out.json", ".", "file/out.json"])
    def test_a_bad_place_is_told_in_words(self, tmp_path: Path, place: str) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(OnRecordError, match=r"cannot be written .*\. Name a file in a folder"):
            write_atomically(tmp_path / place, "")
