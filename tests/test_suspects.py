"""A place that may be a person whose name lost its ending."""

from __future__ import annotations

import re

import pytest

from onrecord.annotate.suspects import find_suspect_names
from onrecord.model import Mention, MentionType, identify
from onrecord.read import read_text
from onrecord.spans import Span

KINDS: dict[str, MentionType] = {"P": "person", "L": "place", "O": "organization", "M": "other"}


def suspects(marked: str) -> list[list[str]]:
    """The words of each finding about a text whose names are marked, as in `[P Ana Peruzzi] left [L Lima]`."""
    text, mentions = "", []
    for piece in re.split(r"(\[[PLOM] [^\]]+\])", marked):
        if piece.startswith("["):
            span = Span(len(text), len(text) + len(piece) - 4)
            mentions.append(Mention(identify("m", "r:0", span.start, span.end), span, KINDS[piece[1]]))
            text += piece[3:-1]
        else:
            text += piece
    report = read_text(text, "case")
    return [[span.of(report.text) for span in finding.evidence] for finding in find_suspect_names(report, mentions)]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        pytest.param(
            "[P Ana Peruzzi] leads the council. Voters trust [L Peruz], whose party is small.",
            [["Peruz", "Ana Peruzzi"]],
            id="a person without her ending",
        ),
        pytest.param(
            "[P Karim al-Malihi] spoke. The vote is a test for [L Mali].",
            [["Mali", "Karim al-Malihi"]],
            id="behind a particle",
        ),
        pytest.param(
            "[P Karim al-Malihi] flew to [L Mali]. [M Malian] troops left.", [], id="its people are named too"
        ),
        pytest.param("[P Nuri al-Malaki] flew to [L Mali].", [], id="another name"),
        pytest.param("[P Lionel Lyon] lives in [L Lyon].", [], id="the very same name is no lost ending"),
        pytest.param("[P Karim al-Malihi] flew to [L Mali] and left [L Mali].", [], id="named twice"),
    ],
)
def test_a_place_that_is_a_person_but_for_its_ending(marked: str, found: list[list[str]]) -> None:
    assert suspects(marked) == found
