"""A name is of one type throughout a report, unless a place knows better."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.annotate.agreement import agreed, type_scores
from onrecord.annotate.extents import whole_names
from onrecord.annotate.labels import ENTITIES, ENTITY_TYPES

Mention = tuple[str, dict[str, float]]


def read(mentions: list[Mention]) -> list[str]:
    """The types that a report with these mentions gives them, each told with the probability of its types."""
    found, keys, at = [], [], 0
    for words, chances in mentions:
        key = tuple(words.lower().split())
        scores = np.log([chances.get(kind, 0.001) for kind in ENTITY_TYPES]).astype(np.float32)
        found.append(((at, at + len(key), max(chances, key=lambda kind: chances[kind])), scores))
        keys.append(key)
        at += len(key) + 1
    return [kind for _, _, kind in agreed(found, keys)]


@pytest.mark.parametrize(
    ("mentions", "types"),
    [
        pytest.param(
            [("Ilona Kovacs", {"PER": 0.99}), ("Kovacs", {"ORG": 0.6, "PER": 0.4})],
            ["PER", "PER"],
            id="a surname hears the full name",
        ),
        pytest.param(
            [("Velora", {"ORG": 0.95}), ("Velora", {"ORG": 0.95}), ("VELORA", {"LOC": 0.5, "ORG": 0.45})],
            ["ORG", "ORG", "ORG"],
            id="a doubtful place hears the sure ones, whatever their case",
        ),
        pytest.param(
            [("Jordan", {"PER": 0.99, "LOC": 0.01}), ("Jordan", {"LOC": 0.98, "PER": 0.02})],
            ["PER", "LOC"],
            id="a sure place keeps its own type",
        ),
        pytest.param(
            [("Workers Union", {"ORG": 0.98}), ("Swiss Workers Union", {"MISC": 0.6, "ORG": 0.39})],
            ["ORG", "ORG"],
            id="a longer name hears the same without its first word",
        ),
        pytest.param([("Velora", {"LOC": 0.5, "ORG": 0.4})], ["LOC"], id="a name alone keeps its type"),
    ],
)
def test_types_agree(mentions: list[Mention], types: list[str]) -> None:
    assert read(mentions) == types


def test_many_voices_do_not_shout_down_a_sure_one() -> None:
    crowd: list[Mention] = [("Paris", {"LOC": 0.9, "PER": 0.1})] * 500
    assert read([*crowd, ("Paris", {"PER": 0.999})])[-1] == "PER"


def test_scores_of_labels_are_log_probabilities_of_types() -> None:
    scores = np.full((1, len(ENTITIES)), -20, np.float32)
    scores[0, ENTITIES.index("I-ORG")] = 5
    assert type_scores(scores)[0, ENTITY_TYPES.index("ORG")] == pytest.approx(0, abs=1e-5)


def whole(text: str, names: dict[str, str]) -> list[str]:
    """The names of a text of one sentence, given as words with their type, made whole."""
    words = text.split()
    spans = []
    for name, kind in names.items():
        part = name.split()
        at = next(i for i in range(len(words)) if words[i : i + len(part)] == part)
        spans.append((at, at + len(part), kind))
    return [" ".join(words[a:b]) for a, b, _ in whole_names(sorted(spans), words, [0] * len(words))]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        pytest.param(
            "The Front for Renewal of the North fought on ; the FRN said so .",
            {"Front for Renewal": "ORG", "North": "LOC", "FRN": "ORG"},
            ["Front for Renewal of the North", "FRN"],
            id="initials tell how long a name is",
        ),
        pytest.param(
            "Unlike the Front for Renewal of the North the old Front for Renewal in Oslo was small .",
            {"Front for Renewal of the North": "ORG", "Oslo": "LOC"},
            ["Front for Renewal of the North", "Oslo"],
            id="what is whole already stays",
        ),
        pytest.param(
            "Members of the Front for Renewal of the North fled .",
            {"Front for Renewal of": "ORG", "North": "LOC"},
            ["Front for Renewal of the North"],
            id="no name ends in a small word",
        ),
        pytest.param(
            "The Ministry of Defence in Ankara denied it ; the MDN did not .",
            {"Ministry of Defence": "ORG", "Ankara": "LOC", "MDN": "ORG"},
            ["Ministry of Defence", "Ankara", "MDN"],
            id="where a body sits is no part of its name",
        ),
    ],
)
def test_names_of_bodies_are_whole(text: str, names: dict[str, str], found: list[str]) -> None:
    assert whole(text, names) == found
