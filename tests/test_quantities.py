from __future__ import annotations

import json
import math
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.words import tokenise
from onrecord.model import Quantity, Report, Words
from onrecord.spans import Span

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "quantities.jsonl").read_text("utf-8").splitlines()
]


def quantities_of(text: str, tags: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text; `tags` are the parts of speech of its words, if they are known."""
    report, sentences = Report("r:0", "test", "", text), split_sentences(text)
    words = tokenise(text, sentences)
    times = find_times(report, sentences, words, None, None)
    if tags is not None:
        count = len(words)
        assert len(tags.split()) == count
        words = Words(words.starts, words.ends, words.sentence, tags.split(), [0] * count, ["dep"] * count)
    return find_quantities(report, sentences, words, times)


def told(text: str, quantity: Quantity) -> dict[str, Any]:
    """A quantity as the cases have it: ends only where they say more than the value."""
    row: dict[str, Any] = {
        "words": quantity.span.of(text),
        "value": pytest.approx(quantity.value),
        "bound": quantity.bound,
        "unit": quantity.unit,
    }
    if quantity.low is None or quantity.low != quantity.high:
        row |= {"low": quantity.low, "high": quantity.high}
    if quantity.counted is not None:
        row["counted"] = quantity.counted.of(text)
    if quantity.change is not None:
        row["change"] = quantity.change
    return row


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert [told(case["text"], one) for one in quantities_of(case["text"])] == case["quantities"]


def test_tags_tell_where_the_noun_phrase_ends() -> None:
    text = "The blast killed 12 Kurdish and Arab shepherds Azad knew."
    tags = "DET NOUN VERB NUM ADJ CCONJ ADJ NOUN PROPN VERB PUNCT"
    (quantity,) = quantities_of(text, tags)
    assert quantity.counted is not None
    assert quantity.counted.of(text) == "Kurdish and Arab shepherds"
    assert quantity.unit == "Kurdish and Arab shepherd"


def test_a_verb_behind_the_number_is_not_counted() -> None:
    (quantity,) = quantities_of("Another 400,000 followed.", "DET NUM VERB PUNCT")
    assert (quantity.value, quantity.counted, quantity.unit) == (400000, None, None)


def test_ids_differ_and_are_the_same_again() -> None:
    text = "Five ferries and five tugs left."
    ids = [quantity.id for quantity in quantities_of(text)]
    assert len(set(ids)) == 2
    assert ids == [quantity.id for quantity in quantities_of(text)]


def test_numbers_in_different_sentences_are_not_joined() -> None:
    assert [one.value for one in quantities_of("They sold 5 boats.\n\nTo 8 clubs they gave one more.")][:2] == [5, 8]


def test_what_is_too_large_is_left_out() -> None:
    assert quantities_of("It has 2×10^999 atoms, " + "9" * 500 + " cells and 5 " + "million " * 60 + "parts.") == ()


def test_every_unit_of_the_lexicon_is_read() -> None:
    units = lexicon().unit_words
    lines = [f"They measured 12.5{'' if form[0] == '-' else ' '}{form} there." for form in units]
    assert [one.unit for one in quantities_of("\n\n".join(lines))] == [unit.name for unit in units.values()]


def test_every_bound_of_the_lexicon_is_read() -> None:
    phrases = lexicon().before
    text = "\n\n".join(f"It took {phrase} 5000 tiles." for phrase in phrases)
    assert [one.bound for one in quantities_of(text)] == list(phrases.values())


PIECES = st.sampled_from(
    "5 2,500 one two dozen thousands of a half third million - – to and between from % $ £ US m km percent people "
    "more than up by rose / . , ( ) \n 3-1 1/2 minus + in 2014 plus or 10 s st ' × 10^3 ½".split(" ")
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "-"])), max_size=30))
def test_anything_made_of_numbers_is_survived(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    found = quantities_of(text)
    spans = [quantity.span for quantity in found]
    assert spans == sorted(spans)
    for quantity in found:
        assert quantity.span.end <= len(text)
        assert math.isfinite(quantity.value)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


HOSTILE = ("1", "1,111", "one ", "5-", "5\n", "from 5 to ", "hundred and ", "$", "minus-", "5 million ", "1/2 ", "5 (")


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        words = tokenise(text, [Span(0, length)])
        begun = process_time()
        find_quantities(Report("r:0", "test", "", text), [Span(0, length)], words, ())
        return process_time() - begun

    short = min(seconds(4_000), seconds(4_000))
    assert seconds(32_000) < 20 * short + 0.5
