"""Reading: every case of `cases/read.jsonl`, then files, folders, pages and JSON lines as a user has them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import Report
from onrecord.read.source import Reading, read, read_text, read_with_findings
from onrecord.read.text import decode

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "read.jsonl").read_text("utf-8").splitlines()]
STORY = "The council voted to close the bridge for two years.\n\nThe mayor had no comment.\n"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bridge to close | Tide</title>
<meta property="og:site_name" content="The Daily Tide"><meta property="og:title" content="Bridge to close">
<meta property="article:published_time" content="2031-03-04T09:00:00+00:00">
<meta property="article:modified_time" content="2031-03-09T09:00:00+00:00"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Bridge to close</h1>
<p>SPRINGFIELD (Reuters) — The council voted to close the bridge for two years, officials said on Tuesday, and traffic
will be led to the north of the river until the work is over.</p>
<p>“We will be back,” the mayor said. “It is only two years, and nobody need fear for their shop.</p>
<p>“And it will be a better bridge.”</p></article>
<footer>Copyright 2031 <a href="/terms">Terms</a></footer></body></html>
"""


def observed(report: Report, doubts: list[str]) -> dict[str, Any]:
    dateline, declared = report.dateline, report.declared
    return {
        "title": report.title,
        "publisher": report.publisher,
        "dateline": dateline.span.of(report.text) if dateline else None,
        "place": dateline.place.of(report.text) if dateline and dateline.place else None,
        "agency": dateline.agency if dateline else None,
        "byline": report.byline.of(report.text) if report.byline else None,
        "declared": declared.value if declared else None,
        "how": declared.how if declared else None,
        "marked": declared.span.of(report.text) if declared and declared.span else None,
        "doubt": doubts[0] if doubts else None,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_wrapping_is_read_off_the_top(case: dict[str, Any], tmp_path: Path) -> None:
    source = tmp_path / "case.jsonl"
    source.write_text(json.dumps({"id": "case", "text": case["text"], **case["given"]}), "utf-8")
    (reading,) = read_with_findings(source)
    assert isinstance(reading, Reading)
    report = reading.report
    assert report.text == case["text"]
    expect = dict(case["expect"])
    assert report.text[report.body :].startswith(expect.pop("body", ""))
    seen = observed(report, [finding.kind for finding in reading.findings])
    assert {key: seen[key] for key in expect} == expect


def test_a_text_file_is_kept_to_the_code_point(tmp_path: Path) -> None:
    text = "Title\r\n\r\ne\u0301 “quoted” \u00a0 x\t\u2028y \U0001f6d1 end\n\n\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (report,) = reports(tmp_path / "a.txt")
    assert report.text == text
    assert report.name == "a.txt"
    assert report.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_id_follows_name_and_text_only(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(STORY)
    (first,), (second,) = reports(tmp_path / "one"), reports(tmp_path / "two" / "a.txt")
    assert first.id == second.id == read_text(STORY, "a.txt").id
    assert first.id != read_text(STORY + " ", "a.txt").id
    assert first.id != read_text(STORY, "b.txt").id


def test_a_folder_is_read_whole_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", "a.txt", ".hidden.txt", ".git/x.txt", "plain"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(STORY)
    assert [report.name for report in reports(tmp_path)] == ["a/b/c.md", "a/z.txt", "a.txt", "b.txt", "plain"]


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(STORY)
    (tmp_path / "2.docx").write_bytes(b"PK\3\4 ...")
    (tmp_path / "3.txt").write_bytes(b"")
    (tmp_path / "4.txt").write_text("... 123 ...")
    (tmp_path / "5.txt").write_text(STORY)
    found = list(read(tmp_path))
    assert [isinstance(item, Report) for item in found] == [True, False, False, False, True]
    assert [str(item) for item in found if isinstance(item, OnRecordError)] == [
        "2.docx: is a damaged zip file (File is not a zip file). Download or save it again.",
        "3.txt: is empty. Leave it out, or give its text.",
        "4.txt: holds no words. Leave it out, or give its text.",
    ]


def test_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (report,) = reports(tmp_path)
    assert (report.title, report.publisher) == ("Bridge to close", "The Daily Tide")
    assert report.declared is not None
    assert (report.declared.value, report.declared.how, report.declared.span) == ("2031-03-04", "meta", None)
    assert report.dateline is not None
    assert report.dateline.agency == "Reuters"
    assert report.text[report.body :].startswith("The council voted")
    assert "\n\n“And it will be a better bridge.”" in report.text
    assert "Home" not in report.text
    assert "Copyright" not in report.text


def test_a_web_page_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "saved").write_text(PAGE, "utf-8")
    (report,) = reports(tmp_path)
    assert report.title == "Bridge to close"


def test_a_web_page_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1251"').replace("The council", "Совет the council")
    (tmp_path / "page.html").write_bytes(page.encode("cp1251"))
    (report,) = reports(tmp_path)
    assert "Совет the council" in report.text


def test_a_web_page_without_an_article(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><nav></nav></body></html>")
    (error,) = read(tmp_path / "page.html")
    assert isinstance(error, UnreadableSource)
    assert error.reason == "is a web page without a main text"


def test_json_lines_keep_id_and_text(tmp_path: Path) -> None:
    line = {"id": 7, "text": STORY, "published": "2024-08-29", "publisher": "Tide", "title": "Bridge to close"}
    bare = {"text": "Only\u2028a text.\r\n"}
    source = tmp_path / "many.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + "\n".join((json.dumps(line), "", json.dumps(bare))).encode())
    first, second = reports(source)
    assert (first.name, first.text, first.publisher, first.title) == ("7", STORY, "Tide", "Bridge to close")
    assert first.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert first.declared is not None
    assert first.declared.value == "2024-08-29"
    assert (second.name, second.text) == ("many.jsonl:3", "Only\u2028a text.\r\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "x', "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"title": "x"}', "has no text"),
        (b'{"text": null}', "has no text"),
        (b'{"text": 3}', "has a text that is not a string"),
        (b'{"text": " ... "}', "has a text without words"),
        (b'{"text": "caf\xe9"}', "is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "is not JSON"),
    ],
)
def test_a_bad_line_is_an_error_that_names_its_number(line: bytes, reason: str, tmp_path: Path) -> None:
    good = json.dumps({"text": STORY}).encode()
    (tmp_path / "x.jsonl").write_bytes(good + b"\n" + line + b"\n" + good)
    first, error, last = read(tmp_path / "x.jsonl")
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(error, UnreadableSource)
    assert error.subject == "x.jsonl, line 2"
    assert error.reason.startswith(reason)


def test_a_missing_path_is_one_error(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "none.txt")
    assert isinstance(error, UnreadableSource)
    assert error.reason == "does not exist"


def test_an_empty_folder_is_one_error(tmp_path: Path) -> None:
    (error,) = read(tmp_path)
    assert isinstance(error, UnreadableSource)
    assert error.reason == "is an empty folder"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (error,) = read(tmp_path / "a.txt")
    assert isinstance(error, UnreadableSource)
    assert error.reason == "may not be read"


@pytest.mark.parametrize(
    ("data", "text", "certain"),
    [
        ("naïve “é”".encode(), "naïve “é”", True),
        (b"\xef\xbb\xbfplain", "plain", True),
        ("wide “é”".encode("utf-16"), "wide “é”", True),
        ("wide “é”".encode("utf-32"), "wide “é”", True),
        ("wide without a mark".encode("utf-16-le"), "wide without a mark", False),
        ("wide without a mark".encode("utf-16-be"), "wide without a mark", False),
        ("Café “naïve” résumé, and much more.".encode("cp1252"), "Café “naïve” résumé, and much more.", False),
        (
            "Заседание правительства состоялось вчера. ".encode("cp1251") * 9,
            "Заседание правительства состоялось вчера. " * 9,
            False,
        ),
        ("“Curly” and – br".encode() + b"\xffken", "“Curly” and – br\ufffdken", False),
        (b"half \xed\xa0\x80 a pair", "half \ufffd a pair", False),
        (b"a\0b", "a\ufffdb", False),
        (b"", "", True),
    ],
)
def test_decoding(data: bytes, text: str, certain: bool) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.certain) == (text, certain)


def test_a_guessed_encoding_is_a_finding_on_the_lost_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Curly” – br".encode() + b"\xffken words")
    (reading,) = read_with_findings(tmp_path)
    assert isinstance(reading, Reading)
    (finding,) = reading.findings
    assert finding.kind == "encoding"
    assert [span.of(reading.report.text) for span in finding.evidence] == ["\ufffd"]


def test_the_date_in_a_file_name_counts_last(tmp_path: Path) -> None:
    (tmp_path / "2024-08-29_bridge.txt").write_text(STORY)
    (tmp_path / "20240830.txt").write_text("Date: 2024-08-28\n\n" + STORY)
    (tmp_path / "000_07c20240829fbf.txt").write_text(STORY)
    found = [(report.declared.value, report.declared.how) if report.declared else None for report in reports(tmp_path)]
    assert found == [None, ("2024-08-29", "file name"), ("2024-08-28", "header")]


def test_importing_the_reader_loads_no_html_library() -> None:
    heavy = "trafilatura htmldate charset_normalizer lxml pypdf docx feedparser warcio urllib3 striprtf".split()
    code = f"import sys, onrecord.read; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.shared
def test_headlines_and_datelines_of_development_reports() -> None:
    """Floors on PolNeAR's development reports, whose titles are known and all end in a full stop."""
    import gzip

    source = Path(__file__).parents[2] / "shared" / "data" / "attribution" / "polnear_dev.jsonl.gz"
    if not source.exists():
        pytest.skip("no development data")
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        documents = [json.loads(line) for line in stream]
    right = sum(plain(read_text(d["text"], "x").title) == plain(d["title"]) for d in documents)
    assert right >= 0.75 * len(documents)


def plain(words: str | None) -> str:
    return "".join(char for char in (words or "").casefold() if char.isalnum())


def reports(source: Path) -> list[Report]:
    found = list(read(source))
    assert all(isinstance(item, Report) for item in found), found
    return [item for item in found if isinstance(item, Report)]


def test_the_example_reports_show_every_format() -> None:
    found = {report.name: report for report in reports(Path(__file__).parents[1] / "examples" / "drawdown")}
    assert {name: (r.publisher, r.declared.how if r.declared else None) for name, r in found.items()} == {
        "1-announcement.txt": ("Continental Wire", None),
        "2-reaction.html": ("The Rafidain Post", "meta"),
        "3-delay": ("Levant Dispatch", "field"),
        "4-deadline.txt": ("Mesopotamia Monitor", "header"),
    }
    assert all(report.title and report.dateline for report in found.values())
