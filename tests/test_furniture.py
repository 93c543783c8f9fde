from __future__ import annotations

import pytest

from onrecord.furniture import furniture_in, is_furniture
from onrecord.spans import Span


@pytest.mark.parametrize(
    "sentence",
    [
        "Letters for publication should be sent to the address below.",
        "We welcome letters of up to 300 words.",
        "Click here to see the full table of results.",
        "Sign up for our weekly bulletin.",
        "This article was amended on 4 May to correct a name.",
        "Photograph: Rosa Lind",
        "Read more",
        "© 2031 Harbour Gazette",
        "The desk can be reached at desk@harbourgazette.example.",
        "Jo Marsh and Ada Quist contributed to this report.",
        "Our colleague will be posting to the newsblog all day.",
    ],
)
def test_words_of_the_page_are_furniture(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister sent a letter to the editor's lawyer.",
        "She said readers would read more into it than there was.",
        "The union wants the video published.",
        "The company was first listed in 1998.",
        "Source code was stolen from the bank, police said, and its customers were told to change their cards.",
        "Photograph: Rosa Lind The dam above the town of Elmstad broke on Friday and flooded forty houses.",
        "",
    ],
)
def test_sentences_of_a_report_are_not(sentence: str) -> None:
    assert not is_furniture(sentence)


def test_a_span_is_held_by_the_furniture_it_begins_in() -> None:
    text = "The dam broke. Click here for a map. Nobody was hurt."
    sentences = [Span(0, 14), Span(15, 36), Span(37, 53)]
    furniture = furniture_in(text, sentences)
    assert [furniture.holds(one) for one in sentences] == [False, True, False]
    assert furniture.holds(Span(20, 24))
    assert not furniture_in("", []).holds(Span(0, 1))


def test_an_endless_sentence_is_none() -> None:
    assert not is_furniture("click here " * 100_000)
