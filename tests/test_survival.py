"""The whole of onrecord on what nobody meant to be read: it ends soon, and loses nothing around the damage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.annotate.annotator import Annotator
from onrecord.cli import main
from onrecord.export.json import as_text, notes_as_dict, record_as_dict
from onrecord.model import Annotations, Statement
from onrecord.pipeline import build
from onrecord.read.source import read_text

MILLION = 1_000_000
# Seconds on a slow machine that does other work besides; what is quadratic takes hours.
PATIENCE = 240.0
# Plainly told, so that whether they are found tells of the text around them and not of the encoder's skill.
FACT = "“The eastern lock gate has cracked,” harbour master Ines Calder said."
STRIKE = "Union leader Greta Moss told reporters that the tram drivers would strike for three days."
FLOOD = "“The river came over the wall in minutes,” farmer Joan Healy said."
QUIET = "The square was empty by noon. Shops stayed shut, and the trams stood in their yard."
REPORTS = {
    "strike.txt": f"LISBON, March 3, 2024 — {STRIKE}\n\nThe operator declined to comment.\n",
    "flood.txt": f"Water stood in the cellars for a week. {FLOOD} Two bridges were closed yesterday.\n",
    "lock.txt": f"{FACT} “Nobody was hurt,” she added. Repairs will take until June.\n",
}
Annotate = Callable[[str], Annotations]


@pytest.fixture(scope="module")
def annotate(model: Path) -> Annotate:
    """From a text to what is read out of it."""
    annotator = Annotator(threads=1, model=model)
    return lambda text: annotator.annotate(read_text(text, "report"))


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def passages(item: Any) -> Iterator[dict[str, Any]]:
    """All objects in a record that quote a report."""
    if isinstance(item, dict):
        if {"start", "end", "text"} <= item.keys():
            yield item
        item = list(item.values())
    if isinstance(item, list):
        for inner in item:
            yield from passages(inner)


def assert_verbatim(notes: Annotations) -> None:
    """Every passage that is written out stands in the report, letter for letter, at its offsets."""
    text = notes.report.text
    written = json.loads(as_text(notes_as_dict(notes)))
    assert written["report"]["text"] == text
    for passage in passages(written):
        assert 0 <= passage["start"] < passage["end"] <= len(text)
        assert passage["text"] == text[passage["start"] : passage["end"]]


def said(notes: Annotations, source: str, words: str) -> list[Statement]:
    """The statements whose source and content hold these words."""
    text = notes.report.text
    return [
        one
        for one in notes.statements
        if one.source.span is not None
        and source in one.source.span.of(text)
        and any(words in span.of(text) for span in one.content)
    ]


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


# ------------------------------------------------------------------------------------ what holds no report


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n\t ", "is empty"),
        ("marks.txt", b"--- 12 ---\n", "holds no words"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "is an image"),
        ("program.txt", b"\x7fELF" + bytes(range(256)) * 40, "is a"),
        pytest.param(
            "noise.txt",
            bytes((i * 37 + i // 256) % 256 for i in range(9000)),
            "is a binary file",
        ),
    ],
)
def test_what_holds_no_report_is_told_in_one_line(
    model: Path, reports: list[Path], name: str, data: bytes, reason: str
) -> None:
    folder = reports[0].parent
    (folder / name).write_bytes(data)
    alone = command("build", str(folder / name), "--json", str(folder.parent / "alone.json"))
    assert alone.exit_code == 1
    assert name in alone.output
    assert reason in alone.output
    assert "Traceback" not in alone.output
    assert not (folder.parent / "alone.json").exists()
    among = command("build", str(folder), "--json", str(folder.parent / "among.json"))
    assert among.exit_code == 1
    assert f"{len(REPORTS)} reports read, 1 failed" in " ".join(among.output.split())
    assert len(json.loads((folder.parent / "among.json").read_text(encoding="utf-8"))["reports"]) == len(REPORTS)


@pytest.mark.parametrize("text", ["", " \n ", ".", "“", "…\n\n…", "\ufeff", "\0\0\0", "\u0301\u0301", "🛑"])
def test_a_text_of_hardly_anything_is_annotated(annotate: Annotate, text: str) -> None:
    notes = annotate(text)
    assert_verbatim(notes)
    assert notes.statements == ()


# -------------------------------------------------------------------------------------------------- length


@pytest.mark.parametrize(
    ("word", "count"), [("word", 10 * MILLION), ("word ", 10 * MILLION)], ids=["in one token", "with spaces"]
)
def test_ten_megabytes_of_one_word(annotate: Annotate, word: str, count: int) -> None:
    start = time.perf_counter()
    notes = annotate(word * (count // len(word)))
    assert time.perf_counter() - start < PATIENCE
    assert len(notes.words) == (1 if word == "word" else count // len(word))
    assert len(notes.sentences) == 1


@pytest.mark.parametrize(
    "words",
    [
        "It rained. ",
        "word\n",
        "officials said the strike killed two, ",
        "he said that ",
        "“we attack ",
        "“no,” he said ",
        "“No,” said an official, who spoke on condition of anonymity because talks go on. ",
        "“The strike will end, and nobody is to blame for it.\n\n",
        "today ",
        "two ",
        "1990 ",
        "anonymity because ",
        "Ana Ruiz, the ",
        "according to ",
        "he said: ‘",
        "... ",
        "A.B. ",
    ],
)
def test_time_grows_with_the_length_alone(annotate: Annotate, words: str) -> None:
    """Ten times the text may take forty times as long on a busy machine; what is quadratic takes a hundred."""
    short, long = words * (12_000 // len(words)), words * (120_000 // len(words))
    annotate(short)
    before = duration(annotate, short)
    assert duration(annotate, long) < max(40 * before, 4.0)


def duration(annotate: Annotate, text: str) -> float:
    start = time.process_time()
    annotate(text)
    return time.process_time() - start


WHO = ("The council", "A ferry crew", "The orchard", "A night train", "The old mill", "Every second shop", "The choir")
DID = ("waited at", "moved away from", "was painted beside", "looked out on", "stood near", "took its name from")
WHERE = ("the northern market", "a row of lime trees", "the closed school", "two empty quays", "the chapel hill")
WHEN = ("in the spring", "for most of the year", "after the rain", "before the harvest", "on a quiet morning")


def filler(words: int) -> str:
    """Paragraphs of plain sentences, put together so that many recur and not in one order."""
    sentences = [f"{' '.join(parts)}." for parts in product(WHO, DID, WHERE, WHEN)]
    paragraphs: list[str] = []
    length = 0
    while length < words:
        start = (len(paragraphs) * 131) % 89
        paragraph = " ".join(sentences[(start * 211 + k * 37) % len(sentences)] for k in range(9))
        paragraphs.append(paragraph)
        length += len(paragraph.split())
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize("around", ["{filler}\n\n{fact}", "{filler} {fact}"], ids=["own paragraph", "same paragraph"])
def test_a_fact_at_the_end_of_a_hundred_thousand_words_is_found(annotate: Annotate, around: str) -> None:
    text = around.format(filler=filler(100_000), fact=FACT)
    assert len(text.split()) > 100_000
    start = time.perf_counter()
    notes = annotate(text)
    assert time.perf_counter() - start < PATIENCE
    assert said(notes, "Ines Calder", "The eastern lock gate has cracked")
    assert max(statement.evidence[-1].end for statement in notes.statements) >= len(text) - 1
    assert max(notes.words.ends) == len(text)


# ------------------------------------------------------------------------------------------------ encodings


def test_latin_1_is_read_and_doubted(model: Path, tmp_path: Path) -> None:
    words = "The mayor, José Ibáñez, told reporters that the café in Málaga would reopen on Friday."
    (tmp_path / "latin.txt").write_bytes(words.encode("latin-1"))
    (notes,) = build([tmp_path / "latin.txt"], threads=1).annotations
    assert notes.report.text == words
    assert "encoding" in [finding.kind for finding in notes.findings]
    assert said(notes, "Ibáñez", "the café in Málaga would reopen")
    assert_verbatim(notes)


def test_utf_8_that_was_read_as_latin_1_is_found(model: Path, tmp_path: Path) -> None:
    garbled = "The mayor, Ana Ruiz, told reporters that the cafÃ© in MÃ¡laga would reopen on Friday."
    (tmp_path / "garbled.txt").write_text(garbled, encoding="utf-8")
    (notes,) = build([tmp_path / "garbled.txt"], threads=1).annotations
    (doubt,) = [finding for finding in notes.findings if finding.kind == "encoding"]
    assert [span.of(garbled) for span in doubt.evidence] == ["Ã©", "Ã¡"]
    assert said(notes, "Ana Ruiz", "would reopen")
    assert_verbatim(notes)


def test_a_byte_order_mark_changes_nothing_but_offsets(model: Path, tmp_path: Path) -> None:
    (tmp_path / "marked.txt").write_bytes(b"\xef\xbb\xbf" + STRIKE.encode())
    (tmp_path / "plain.txt").write_bytes(STRIKE.encode())
    wide = tmp_path / "wide.txt"
    wide.write_bytes(STRIKE.encode("utf-16"))
    read_out = [
        [
            (span.of(notes.report.text), one.source.basis, one.attitude)
            for one in notes.statements
            for span in one.evidence
        ]
        for notes in build([tmp_path], threads=1).annotations
    ]
    assert read_out[0] == read_out[1] == read_out[2] != []
    assert not any("\ufeff" in words for words, _, _ in read_out[0])


@pytest.mark.parametrize("damage", ["\0", chr(0xD83D), chr(0xDC00), f"\0{chr(0xD800)}\0", "\ufffd", "\x85", "\x1b[31m"])
def test_damaged_characters_move_no_offset(annotate: Annotate, damage: str) -> None:
    before = f"The ferry{damage} was late. "
    notes = annotate(f"{before}{FACT} It is{damage}over.")
    assert len(notes.report.text) == len(before) + len(FACT) + len(f" It is{damage}over.")
    assert_verbatim(notes)
    (one,) = said(notes, "Ines Calder", "The eastern lock gate has cracked")
    assert one.cue is not None
    assert one.cue.start == len(before) + FACT.index("said")


@pytest.mark.parametrize(
    "odd",
    [
        "🚋🛑",
        "👩🏽‍🚒 at work",
        "🇵🇹 flag",
        "e\u0301te\u0301",
        "Z\u0334\u0310a\u0337l\u0338g\u0335o",
        "𝕊trike",
        "\u202eright\u202c",
    ],
)
def test_emoji_and_combining_marks_move_no_offset(annotate: Annotate, odd: str) -> None:
    notes = annotate(f"{odd} {FACT}\n\n{odd}\n\n{FLOOD} {odd}")
    assert odd in notes.report.text
    assert_verbatim(notes)
    assert said(notes, "Ines Calder", "The eastern lock gate has cracked")
    assert said(notes, "Joan Healy", "The river came over the wall in minutes")


# --------------------------------------------------------------------------------------------- broken texts


@pytest.mark.parametrize("mark", ["“", '"', "``", "‘", "«", "("])
def test_one_unclosed_mark_costs_its_own_paragraph_only(annotate: Annotate, mark: str) -> None:
    broken = f"The drivers shouted {mark}enough is enough and left."
    notes = annotate("\n\n".join((broken, QUIET, FLOOD, QUIET, FACT)))
    assert_verbatim(notes)
    assert said(notes, "Joan Healy", "The river came over the wall in minutes")
    assert said(notes, "Ines Calder", "The eastern lock gate has cracked")
    for span in (span for one in notes.statements for span in one.content):
        assert not span.start < len(broken) < span.end


def test_all_capitals_are_read(annotate: Annotate) -> None:
    notes = annotate(f"{FLOOD} {STRIKE} {FACT}".upper())
    assert len(notes.sentences) == 3
    assert_verbatim(notes)
    assert any(one.source.basis != "report" for one in notes.statements)


def test_a_text_without_a_full_stop_is_read(annotate: Annotate) -> None:
    notes = annotate("\n\n".join((STRIKE, FLOOD, FACT)).replace(".", ""))
    assert len(notes.sentences) == 3
    assert_verbatim(notes)
    assert notes.statements
    notes = annotate(f"{QUIET}\n\n{FLOOD}".replace(".", ""))
    assert said(notes, "Joan Healy", "The river came over the wall in minutes")


def test_a_long_text_without_any_end_of_sentence_is_read_to_its_end(annotate: Annotate) -> None:
    text = filler(3000).replace(".", ",").replace("\n\n", " ") + " and " + FACT.removesuffix(".")
    notes = annotate(text)
    assert len(notes.sentences) == 1
    assert max(notes.words.ends) == len(text)
    assert_verbatim(notes)
    assert max(len(span) for event in notes.events for span in event.evidence) < 5000


# ------------------------------------------------------------------------------------------- the same bytes


def written(arguments: list[str], out: Path, seed: str) -> bytes:
    """The record that a process of its own writes; the seed shuffles what Python keeps in sets."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    line = [sys.executable, "-m", "onrecord", "build", *arguments, "--json", str(out)]
    done = subprocess.run(line, env=environment, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return out.read_bytes()


def test_the_same_reports_give_the_same_bytes(model: Path, reports: list[Path], tmp_path: Path) -> None:
    sources = [str(path) for path in reports]
    first = written(["--threads", "1", *sources], tmp_path / "first.json", "1")
    again = written(["--threads", "2", *reversed(sources)], tmp_path / "again.json", "2")
    assert first == again
    assert len(json.loads(first)["statements"]) >= len(REPORTS)


def test_threads_and_neighbours_change_nothing(model: Path, tmp_path: Path) -> None:
    paragraphs = filler(900).split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        (tmp_path / f"{number}.txt").write_text(f"{paragraph} {(STRIKE, FLOOD, FACT)[number % 3]}", encoding="utf-8")
    together = build([tmp_path], threads=1)
    assert record_as_dict(build([tmp_path], threads=2)) == record_as_dict(together)
    alone = Annotator(threads=1, model=model)
    for notes in together.annotations[:3]:
        assert alone.annotate(notes.report).statements == notes.statements
