"""Reading what nobody meant to be read: it must end soon, in a report or in an error, and never in an exception."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import OnRecordError
from onrecord.model import Report
from onrecord.read.source import read, read_text
from onrecord.read.text import decode
from onrecord.read.wire import wrapping

MILLION = 1_000_000
# Seconds for a text of one megabyte on a slow machine; what is quadratic takes minutes.
PATIENCE = 2.0
PAGE_PATIENCE = 10.0

PIECES = (
    "WASHINGTON|(AP)|(|)|/|—|--|_|-|,|.|:|\n|\r\n|\n\n| |\t|By|Jane Doe|and|Date:|date|Published|2024-08-29|Aug. 29"
    "|2024|29/08/24|10:15 GMT|#|---|©|\0|\ufeff|\u2028|Associated Press|Writer|ABSTRACT.|“|”|é|\U0001f6d1|Paris|N.Y."
    "|Headline:|URL: http://x.y/2024/08/29/z"
).split("|")
WIRE = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(WIRE | st.text(max_size=200))
@settings(max_examples=400, deadline=None)
def test_every_offset_lies_within_the_text(text: str) -> None:
    report = read_text(text, "x")
    assert len(report.text) == len(text)
    assert 0 <= report.body <= len(report.text)
    spans = [report.byline, report.declared.span if report.declared else None]
    spans += [report.dateline.span, report.dateline.place] if report.dateline else []
    for span in spans:
        assert span is None or (span.end <= len(report.text) and span.of(report.text).strip())
    if report.dateline is not None:
        assert report.dateline.span.end <= report.body


@given(WIRE)
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_text(text, "x") == read_text(text, "x")


@given(st.binary(max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_bytes_decode_to_a_text_that_can_be_written(data: bytes) -> None:
    decoded = decode(data)
    assert "\0" not in decoded.text
    decoded.text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=80))
@settings(max_examples=300, deadline=None)
def test_half_pairs_keep_the_count(text: str) -> None:
    report = read_text("words " + text, "x")
    assert len(report.text) == len("words " + text)
    report.text.encode("utf-8")
    json.dumps(report.text, ensure_ascii=False).encode("utf-8")


@given(
    data=st.binary(max_size=400),
    suffix=st.sampled_from([".txt", ".html", ".jsonl", "", ".odd", ".md", ".csv", ".json"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_a_report_or_an_error(data: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    for item in read(path):
        assert isinstance(item, Report | OnRecordError)


@pytest.mark.parametrize(
    "text",
    [
        "A " * (MILLION // 2),
        "By A" + " A" * (MILLION // 2),
        "\n" * MILLION + "x",
        " " * MILLION + "x",
        "Date: " * (MILLION // 6),
        "Date: 2024-08-29\n" * (MILLION // 17),
        "date 2024-08-29 " * (MILLION // 16),
        "WASHINGTON (AP " * (MILLION // 15),
        "/" * MILLION + "x",
        "-" * MILLION + "x",
        "Jan. " * (MILLION // 5),
        "1-1-" * (MILLION // 4) + "x",
        "\u00e9" * MILLION,
        "A.B." * (MILLION // 4),
        "\r" * MILLION + "x",
        "A\r\n\r\n" * (MILLION // 5),
        "“" * MILLION + "x",
        "#" * MILLION + "x",
        "\ufeff" * MILLION + "x",
        "©" * MILLION + "x",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_the_top_is_read_in_linear_time(text: str) -> None:
    start = time.process_time()
    wrapping(text)
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 200_000 + "words",
        "<html><meta " * 80_000 + "x",
        "<html><body>" + "<p>Some words that stand here, and are many.</p>" * 20_000,
        "<html><!--" + "-" * MILLION,
        "<html><link rel='canonical' " * 30_000,
        "<html>" + "&" * MILLION,
        "<html>" + "<" * MILLION,
        "<!--" * 250_000,
    ],
    ids=lambda page: repr(page[:24]),
)
def test_a_hostile_page_ends(page: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page)
    start = time.process_time()
    assert len(list(read(tmp_path / "page.html"))) == 1
    assert time.process_time() - start < PAGE_PATIENCE


def test_ten_megabytes_of_one_word_are_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "word.txt").write_text("word" * (10 * MILLION // 4))
    start = time.process_time()
    (report,) = read(tmp_path)
    assert isinstance(report, Report)
    assert len(report.text) == 10 * MILLION
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".txt", "1 of 2 DOCUMENTS\nLENGTH: 9\n" * (MILLION // 27)),
        (".txt", "1 of 2 DOCUMENTS\nLENGTH: 9\nMay 1, 2031\n" + "a " * MILLION + "\nLENGTH: 8 words\n\nwords"),
        (".txt", "Body\nLength: 9\n" + "End of Document\n" * (MILLION // 16)),
        (".txt", "HD  a\nPD  b\nLP  c\n" * (MILLION // 18)),
        (".txt", "9 words\n" * (MILLION // 8) + "Document ABCDEF0020310101abcde0001\n"),
        (".txt", (" " * 79 + "1 of 2 DOCUMENT") * (MILLION // 94) + "\nLENGTH: 9"),
        (".csv", "text\n" + "a," * MILLION),
        (".csv", 'text\n"' + 'a""' * (MILLION // 3)),
        (".csv", "text\n" + "<a " * (MILLION // 3) + "</"),
        (".json", '{"items":' * (MILLION // 9)),
        (".json", '[{"text": "' + "<b>&amp;" * (MILLION // 8) + '</b>"}]'),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_tables_and_exports_are_read_in_linear_time(suffix: str, data: str, tmp_path: Path) -> None:
    (tmp_path / f"file{suffix}").write_text(data)
    start = time.process_time()
    assert list(read(tmp_path))
    assert time.process_time() - start < PAGE_PATIENCE


def test_a_fact_at_the_end_is_not_cut_off(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("The council met again. " * 200_000 + "The bridge fell.")
    (report,) = read(tmp_path)
    assert isinstance(report, Report)
    assert report.text.endswith("The bridge fell.")


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x7fELF", b"\xff\xd8\xff\xe0", b"\0\1\2\3" * 9]
)
def test_binary_files_are_refused_whatever_their_name(start: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(start + b"\0" * 100)
    (error,) = read(tmp_path)
    assert isinstance(error, OnRecordError)
    assert "\n" not in str(error)


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (error,) = read(tmp_path)
    assert isinstance(error, OnRecordError)
    assert error.reason == "is not a file"


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words.")
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere")
    found = {item.subject if isinstance(item, OnRecordError) else item.name for item in read(tmp_path)}
    assert found == {"a.txt", "lost.txt"}


def test_an_odd_file_name_can_be_written(tmp_path: Path) -> None:
    import os

    odd = os.fsencode(tmp_path) + b"/caf\xe9 \xff.txt"
    with open(odd, "wb") as stream:  # noqa: PTH123 (a path of bytes)
        stream.write(b"Some words.")
    (report,) = read(tmp_path)
    assert isinstance(report, Report)
    report.name.encode("utf-8")
