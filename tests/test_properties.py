"""What holds of the annotations of any text whatever."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.annotate.annotator import Annotator
from onrecord.model import Annotations
from onrecord.read.formats import Format
from onrecord.read.source import read_text
from tests.conftest import MODEL
from tests.fuzz.targets import READERS, reading
from tests.properties import assert_all

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="no model in onrecord/data yet: run `make model`")

PIECES = (
    "The dockers will strike from Monday.",
    "Union leader Greta Moss told reporters that",
    "the court had found that the permit was void",
    "“We have waited long enough,” she said.",
    "According to a letter from the club,",
    "a fee of 2.5 million euros was agreed on March 3, 2024",
    "A bank official, who spoke on condition of anonymity because the talks are private, said",
    "the river may rise again next week",
    "Owen Pryce denied that",
    "declined to comment",
    "“If the judge agrees,” lawyer Samuel Oyelaran said, “the strike will end",
    "believes the minister promised that police told him",
    "MODERATOR: Who will pay?",
    "he added",
    "in the last two years",
    "LISBON (NWS) —",
)
MARKS = ("“", "”", '"', "‘", "’", "``", "''", "(", ")", ".", ",", ":", "?", "…", "—", "\n", "\n\n", "\r\n", "\t", " ")
ODD = ("🛑", "e\u0301", "\u0301", "\ufeff", "\0", "\ud83d", "İ", "ß", "\u200b", "\x1c", "\u2028", "東京", "Ω", "²")

news = st.lists(st.sampled_from((*PIECES, *MARKS, *PIECES, *ODD)), max_size=25)
texts = st.text(max_size=120) | news.map(" ".join) | news.map("".join)


@cache
def annotator() -> Annotator:
    return Annotator(threads=1)


def annotate(text: str) -> Annotations:
    return annotator().annotate(read_text(text, "report", published="2024-03-05"))


@given(texts)
@example(f"{PIECES[9]} {PIECES[9]}\n\n“{PIECES[3]}\n\n{PIECES[11]} {PIECES[1]} {PIECES[2]}.")
@example("The court met\nLISBON (NWS) —\nUnion leader Greta Moss told reporters that\n“We have waited,” she said.")
@settings(max_examples=150, deadline=None)
def test_what_holds_of_any_text(text: str) -> None:
    assert_all(annotate(text))


@given(
    st.sampled_from(READERS),
    st.binary(max_size=400) | news.map(lambda parts: "\n".join(parts).encode("utf-8", "replace")),
)
@settings(max_examples=200)
def test_any_bytes_in_any_format_end_in_reports_or_in_one_line(form: Format, data: bytes) -> None:
    reading(bytes([READERS.index(form)]) + data)


@given(texts, texts)
@settings(max_examples=30)
def test_what_is_read_out_of_a_report_depends_on_no_other(text: str, other: str) -> None:
    before = annotate(text)
    annotate(other)
    assert annotate(text) == before


@given(news.map(" ".join))
@settings(max_examples=15, deadline=None)
def test_annotating_again_gives_the_same(text: str) -> None:
    assert annotate(text) == annotate(text)
