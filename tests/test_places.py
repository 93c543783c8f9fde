"""Which words name places, which places they mean, and how."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.annotator import Annotator
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.errors import BrokenInstallation
from onrecord.model import Annotations, Mention, MentionType, Words, identify
from onrecord.read.source import read_text
from onrecord.resolve.gazetteer import Gazetteer, distance, fold, gazetteer, skeleton
from onrecord.resolve.places import PlaceBeliefs, resolve_places
from onrecord.spans import Span

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases/places.jsonl").read_text(encoding="utf-8").splitlines()
]


def annotated(
    text: str, mentions: dict[str, MentionType], tags: str = "", name: str = "a.txt", publisher: str | None = None
) -> Annotations:
    """A report whose names are given: each use of a name is a mention."""
    report = read_text(text, name, publisher=publisher)
    sentences = split_sentences(report.text)
    words = tokenise(report.text, sentences)
    if tags:
        words = Words(words.starts, words.ends, words.sentence, tags.split())
    found = []
    for written, kind in mentions.items():
        at = report.text.find(written)
        while at >= 0:
            span = Span(at, at + len(written))
            found.append(Mention(identify("m", report.id, span.start, span.end, "mention"), span, kind))
            at = report.text.find(written, span.end)
    return Annotations(report, sentences, words, mentions=tuple(sorted(found, key=lambda m: m.span)))


def told(beliefs: PlaceBeliefs, annotations: Annotations) -> dict[str, str]:
    """Words to `gazetteer-id precision reading`; a word read in two ways fails."""
    out: dict[str, str] = {}
    for reading in beliefs.readings:
        place = beliefs.place(reading.place)
        words = reading.span.of(annotations.report.text)
        line = f"{place.gazetteer} {place.precision} {reading.reading}"
        assert out.setdefault(words, line) == line
    return out


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_names_mean_the_places_a_reader_takes_them_for(case: dict[str, Any]) -> None:
    annotations = annotated(case["text"], case["mentions"], case.get("tags", ""))
    assert told(resolve_places([annotations]), annotations) == case["places"]


def test_one_place_in_two_reports_is_one_place() -> None:
    first = annotated("Rockets hit Ain al-Asad air base.", {"Ain al-Asad": "place"}, name="a.txt")
    second = annotated("Guards at Al Asad Air Base slept.", {"Al Asad Air Base": "place"}, name="b.txt")
    beliefs = resolve_places([first, second])
    (place,) = beliefs.places
    assert {place.name, *place.aliases} >= {"Ain al-Asad air base", "Al Asad Air Base"}
    assert [reading.report for reading in beliefs.readings] == [first.report.id, second.report.id]


def test_a_publisher_writes_of_its_own_region() -> None:
    own = annotated("The fair in Toledo opened.", {"Toledo": "place"}, name="a.txt", publisher="The Blade")
    others = [
        annotated(
            f"A road in {town} was closed, and one in Ohio.",
            {town: "place", "Ohio": "place"},
            name=f"{town}.txt",
            publisher="The Blade",
        )
        for town in ("Sandusky", "Bowling Green", "Findlay", "Fremont")
    ]
    place = next(p for p in resolve_places([own, *others]).places if "Toledo" in (p.name, *p.aliases))
    assert (place.country, place.gazetteer) == ("US", "geonames:5174035")


def test_what_the_gazetteer_found_is_offered_as_mentions_and_fragments_give_way() -> None:
    annotations = annotated(
        "They met at Camp Taji, near Baghdad International Airport.", {"Taji": "place", "Baghdad": "place"}
    )
    beliefs = resolve_places([annotations])
    text = annotations.report.text
    extra = beliefs.extra[annotations.report.id]
    assert [m.span.of(text) for m in extra] == ["Camp Taji", "Baghdad International Airport"]
    assert beliefs.superseded == {m.id for m in annotations.mentions}
    assert all(m.id in beliefs.by_mention for m in extra)


def test_every_mention_of_a_place_has_an_answer() -> None:
    text = "Fog closed the port of Hamburg and the road to Xyzzyville."
    annotations = annotated(text, {"Hamburg": "place", "Xyzzyville": "place"})
    beliefs = resolve_places([annotations])
    assert {m.id for m in annotations.mentions} == set(beliefs.by_mention)
    unresolved = beliefs.place(beliefs.by_mention[annotations.mentions[1].id])
    assert (unresolved.precision, unresolved.lat, unresolved.gazetteer) == ("unresolved", None, None)


def test_only_literal_readings_belong_on_a_map() -> None:
    annotations = annotated("Tehran rejected it.", {"Tehran": "place"}, "PROPN VERB PRON PUNCT")
    beliefs = resolve_places([annotations])
    assert set(beliefs.by_mention) == {annotations.mentions[0].id}
    assert not beliefs.literal


def test_the_other_candidates_are_kept() -> None:
    annotations = annotated("A train left Springfield.", {"Springfield": "place"})
    (place,) = resolve_places([annotations]).places
    assert len(place.candidates) > 1
    assert place.gazetteer not in place.candidates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ain al-Asad", "Ayn Al Asad"),
        ("St. Louis", "Saint Louis"),
        ("Mt. Vernon", "Mount Vernon"),
        ("Ḩarir", "harir"),
        ("U.S.", "US"),
        ("Sana’a", "Sanaa"),
        ("El-Fasher", "al Fasher"),
        ("the Hague", "Hague"),
    ],
)
def test_ways_of_writing_a_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_transliterations_share_a_skeleton() -> None:
    assert len({skeleton(fold(name)) for name in ("Qamishli", "Kamishly", "Al-Qamishlī")}) == 1


@given(st.text())
def test_folding_is_done_after_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Al Udeid Air Base", 25.12, 51.31),
        ("Ramstein", 49.44, 7.60),
        ("Diego Garcia", -7.31, 72.41),
        ("Erbil", 36.19, 44.01),
    ],
)
def test_points_are_where_they_should_be(name: str, lat: float, lon: float) -> None:
    first = gazetteer().named(name)[0]
    assert distance(first.lat, first.lon, lat, lon) < 10


def test_states_provinces_and_counties_are_there() -> None:
    for name in ("Texas", "Ontario", "Oxfordshire", "Walker County", "Anbar", "Bavaria", "Kurdistan Region", "Tigray"):
        assert gazetteer().named(name), name


def test_a_missing_gazetteer_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(BrokenInstallation, match="gazetteer is missing"):
        Gazetteer(tmp_path / "none.sqlite").named("Paris")


def test_importing_costs_nothing() -> None:
    code = "import sys, onrecord.resolve.gazetteer as g; sys.exit(g.gazetteer()._open is not None)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_result_does_not_depend_on_what_was_asked_before() -> None:
    reports = [annotated(case["text"], case["mentions"], name=f"{i}.txt") for i, case in enumerate(CASES)]
    assert resolve_places(reports) == resolve_places(reports)
    alone = resolve_places(reports[:1])
    assert alone.places == resolve_places(reports).places[: len(alone.places)]


@pytest.mark.parametrize(
    "piece", ["A-", "Al-", "New York, ", "Paris, Texas, ", "Q ", "al-A ", "Base ", "The The ", "’S"]
)
def test_hostile_text_takes_no_longer_than_its_length_warrants(piece: str) -> None:
    annotations = annotated(piece * (200_000 // len(piece)), {})
    begun = time.process_time()
    resolve_places([annotations])
    assert time.process_time() - begun < 6


@given(st.text(alphabet="AaBb -,.'’\nParisTexas"))
def test_any_text_can_be_read(text: str) -> None:
    annotations = annotated(text or ".", {})
    for reading in resolve_places([annotations]).readings:
        assert 0 <= reading.span.start < reading.span.end <= len(text)


@pytest.mark.parametrize(
    ("opening", "places"),
    [
        ("SHARM EL-SHEIKH, Egypt (AP) —", ["SHARM EL-SHEIKH", "Egypt"]),
        ("ULAN BATOR, Mongolia (AFP) -", ["ULAN BATOR", "Mongolia"]),
        ("GAZA/JERUSALEM (Reuters) -", ["GAZA", "JERUSALEM"]),
    ],
)
def test_a_dateline_names_places_whatever_their_names_look_like(model: Path, opening: str, places: list[str]) -> None:
    text = f"{opening} Talks on the ferry began on Monday."
    found = Annotator(threads=1, model=model).annotate(read_text(text, "x"))
    assert [one.span.of(text) for one in found.mentions if one.type == "place"] == places
