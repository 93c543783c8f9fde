"""The public format, the brief, and the writing of files."""

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
from onrecord.export.brief import _shown, brief
from onrecord.export.files import write_atomically, written_atomically
from onrecord.export.json import as_text, notes_as_dict, record_as_dict
from onrecord.model import Annotations, Record, Report, Words
from tests.conftest import HARBOUR, ByHand

MODEL_HASH = "sha256:" + "ab" * 32

KEYS = {
    "record": "format engine reports times mentions actors places statements events positions issues commitments"
    " figures timeline changes conflicts findings",
    "notes": "report sentences times mentions quantities statements events findings",
    "report": "id name sha256 text title publisher dateline declared_date date lineage",
    "date of a report": "value earliest latest rule anchor status because",
    "lineage": "origin relation of agency",
    "times": "id report start end text type value earliest latest rule anchor",
    "mentions": "id report start end text type actor place",
    "statements": "id report evidence source cue content directness attitude within said addressee",
    "source": "span actor basis reason count",
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
    assert {kind: value for kind, value in record.items() if kind not in ("format", "engine")} == {
        kind: [] for kind in KEYS["record"].split()[2:]
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


class TestBrief:
    def lines(self, *reports: ByHand) -> list[str]:
        return brief(record_of(*reports)).splitlines()

    def line(self, words: str) -> str:
        (found,) = [line for line in self.lines(ByHand()) if words in line and line.lstrip().startswith("- ")]
        return found

    def place(self, words: str, until: str = "") -> str:
        start, last = HARBOUR.index(words), until or words
        return f"[r1 {start}–{HARBOUR.index(last) + len(last)}]"

    def test_a_report_is_named_with_its_date_and_origin(self) -> None:
        lines = self.lines(ByHand())
        assert "## r1 · Harbour deal signed" in lines
        place = self.place("May 3, 2024")
        assert f"`harbour.txt` · 2024-05-03, as the report declares · {place} · PORT ALMA (NWS)" in lines

    def test_the_overview_counts_statements_by_basis(self) -> None:
        assert "| r1 | Harbour deal signed | 2024-05-03 | PORT ALMA (NWS) | 1 | 2 | 1 | 0 |" in self.lines(ByHand())

    def test_a_quotation_bears_marks_date_and_place(self) -> None:
        words = "- ● **Transport Minister Ana Ruiz** said: “the last crane leaves in June.” · said 2024-05-03 · "
        assert self.line("Ana Ruiz") == words + self.place("Transport", "June.”")

    def test_anonymity_is_quoted_with_its_reason(self) -> None:
        line = self.line("**A port official**")
        assert line.startswith("- ◌ **A port official** said: the operator had asked for a delay of two months")
        assert "not named: “because \\*talks\\* continue”" in line

    def test_a_nested_statement_stands_under_its_outer_one(self) -> None:
        lines = self.lines(ByHand())
        outer = next(number for number, line in enumerate(lines) if line.startswith("- ◌"))
        nested = "  - *A port official says* ▸ ○ **the operator** asked: a delay of two months · *intention* · "
        assert lines[outer + 1].startswith(nested)

    def test_statements_keep_the_order_of_the_text(self) -> None:
        marks = [line.lstrip()[2] for line in self.lines(ByHand()) if "**" in line and line.lstrip()[2] in "●◌○"]
        assert marks == ["●", "◌", "○"]

    def test_what_is_no_speech_says_so(self) -> None:
        line = self.line("**The ministry**")
        assert line.startswith("- ○ **The ministry** — declined to comment · *refusal to comment* · [r1 ")

    def test_an_event_stands_with_its_date_and_factuality(self) -> None:
        assert self.line("2024-06 ").startswith("- 2024-06 — the last crane **leaves** in June · *planned* · [r1 ")

    def test_times_without_days_come_last(self) -> None:
        assert self.line("“two months”") == f"- without days of their own: “two months” P2M {self.place('two months')}"

    def test_a_doubt_is_explained(self) -> None:
        assert self.line("garbled") == (
            f"- **garbled** — A word in asterisks. Check the source. · “\\*talks\\*” · {self.place('*talks*')}"
        )

    def test_reports_are_told_apart_and_in_order_of_name(self) -> None:
        lines = self.lines(ByHand(name="b.txt"), ByHand(name="a.txt"))
        heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
        assert [lines[number + 2].split(" · ")[0] for number in heads] == ["`a.txt`", "`b.txt`"]
        assert any("[r2 " in line for line in lines)

    def test_an_empty_record_has_a_brief(self) -> None:
        assert brief(record_as_dict(Record(MODEL_HASH, ()))).startswith("# On the record\n\n0 reports · 0 statements")

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ("*emphasis* and `code`", r"\*emphasis\* and \`code\`"),
            ("[a link](there)", r"\[a link\](there)"),
            ("a | b", r"a \| b"),
            ("<script>", r"\<script>"),
            ("AT&T and &copy;", r"AT&T and \&copy;"),
            ("_so_ said file_name_2", r"\_so\_ said file_name_2"),
            ("two\n\nlines", "two lines"),
            ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
        ],
    )
    def test_words_are_shown_as_they_are(self, words: str, shown: str) -> None:
        assert _shown(words) == shown


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
