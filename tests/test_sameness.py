"""Which events are one: short reports, and profiles made by hand for what must not depend on the encoder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bench.scoring.sameness import clusters, read_stories
from onrecord.annotate.annotator import Annotator
from onrecord.dates import Date
from onrecord.model import Actor, Place, Record
from onrecord.read.source import read_text
from onrecord.record.sameness import find_same_events
from onrecord.record.sameness.evidence import Judge
from onrecord.record.sameness.features import FEATURES, OF_VECTORS
from onrecord.record.sameness.grouping import grouped
from onrecord.record.sameness.lexicon import lexicon
from onrecord.record.sameness.neighbours import Neighbours
from onrecord.record.sameness.profiles import Profile
from onrecord.record.sameness.scoring import likelihood
from tests.test_participants import record_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "sameness.jsonl").read_text(encoding="utf-8").splitlines()
]
RIGHT = 0.8
"""Share of the cases that must come out right: the encoder is trained, so a tree may be wrong."""


def test_cases(model: Path) -> None:
    annotator = Annotator(threads=1, model=model)
    wrong = []
    for case in CASES:
        told = [
            read_text(text, f"{n}.txt", published=day) for n, (day, text) in enumerate((case["one"], case["other"]))
        ]
        found = find_same_events(record_of(annotator, told, case["triggers"]))
        if bool(found) != case["same"]:
            wrong.append(f"{case['says']}: {found}")
    merged_wrongly = [line for line in wrong if "SameEvent" in line]
    assert not merged_wrongly, "\n".join(merged_wrongly)
    assert len(wrong) <= (1 - RIGHT) * len(CASES), "\n".join(wrong)


def test_the_first_telling_leads_and_the_reason_names_what_is_shared(model: Path) -> None:
    case = CASES[0]
    told = [read_text(text, f"{n}.txt", published=day) for n, (day, text) in enumerate((case["one"], case["other"]))]
    record = record_of(Annotator(threads=1, model=model), told, case["triggers"])
    found = find_same_events(record)
    first, second = (f"{report.id}" for report in told)
    by_report = {one.report.id: one.events[0].id for one in record.annotations}
    assert list(found) == [by_report[second]]
    assert found[by_report[second]].of == by_report[first]
    assert "Pavel Dragan" in found[by_report[second]].because


# -- by hand

DRAGAN = Actor("a:1", "Pavel Dragan", "person", ("Pavel Dragan",))
ILVES = Actor("a:2", "Marta Ilves", "person", ("Marta Ilves",))
KENYA = Actor("a:3", "Kenya", "government", ("Kenya",))
LISBON = Place("p:1", "Lisbon", ("Lisbon",), "PT", 38.7, -9.1, "town", "geonames:1")
PORTO = Place("p:2", "Porto", ("Porto",), "PT", 41.1, -8.6, "town", "geonames:2")
PORTUGAL = Place("p:3", "Portugal", ("Portugal",), "PT", 39.5, -8.0, "country", "geonames:3")
JUDGE = Judge(Record("", (), actors=(DRAGAN, ILVES, KENYA), places=(LISBON, PORTO, PORTUGAL)))


def profile(report: str = "r:1", **known: object) -> Profile:
    day = known.pop("day", None)
    made = Profile(f"e:{report}", report, 0, 0, "merged", "merge", "VERB", None, None, told="2023-03-02")
    return replace(made, date=Date.of(str(day), "explicit") if day else None, **known)  # type: ignore[arg-type]


def places(place: str) -> dict[str, object]:
    return {"place": place, "places": frozenset((place,)), "all_places": frozenset((place,))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"day": "2023-03-01"}, {"day": "2023-03-02"}),
        ({"day": "2023-03-01"}, {"day": "2023-04"}),
        (places("p:1"), places("p:2")),
        ({"numbers": frozenset(("300 worker",))}, {"numbers": frozenset(("45 worker",))}),
        ({"actors": frozenset(("a:1",))}, {"actors": frozenset(("a:2",))}),
        ({"recipients": frozenset(("a:1",))}, {"recipients": frozenset(("a:2",))}),
        ({"factuality": "denied"}, {"factuality": "asserted"}),
        ({"factuality": "planned"}, {"factuality": "asserted"}),
    ],
)
def test_what_disagrees_forbids(one: dict[str, object], other: dict[str, object]) -> None:
    assert JUDGE.forbids(profile("r:1", **one), profile("r:2", **other))
    assert JUDGE.forbids(profile("r:2", **other), profile("r:1", **one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"day": "2023-03-01"}, {"day": "2023-03"}),
        ({"day": "2023-03-01"}, {}),
        (places("p:1"), places("p:3")),
        ({"actors": frozenset(("a:1",))}, {"recipients": frozenset(("a:1",))}),
        ({"actors": frozenset(("a:1",))}, {"actors": frozenset(("a:1", "a:2"))}),
        ({"factuality": "planned", "day": "2023-03-01"}, {"factuality": "asserted", "day": "2023-03-01"}),
    ],
)
def test_what_agrees_or_is_not_known_does_not_forbid(one: dict[str, object], other: dict[str, object]) -> None:
    assert not JUDGE.forbids(profile("r:1", **one), profile("r:2", **other))


def test_the_same_word_alone_is_not_enough() -> None:
    assert not JUDGE.suffices(profile("r:1"), profile("r:2"), recurring=False)


def test_a_day_and_a_named_party_are_enough() -> None:
    known: dict[str, object] = {"day": "2023-03-01", "actors": frozenset(("a:1",))}
    assert JUDGE.suffices(profile("r:1", **known), profile("r:2", **known), recurring=False)


def test_what_recurs_needs_a_day_or_reports_of_one_day() -> None:
    known: dict[str, object] = {"actors": frozenset(("a:1",)), "recipients": frozenset(("a:2",)), **places("p:1")}
    early, late = profile("r:1", **known), profile("r:2", **known)
    late.told = "2023-09-02"
    assert not JUDGE.suffices(early, late, recurring=True)


def test_two_tellings_in_one_sentence_are_two() -> None:
    assert JUDGE.forbids(profile("r:1"), profile("r:1"))


def test_features_do_not_depend_on_the_order_of_the_two() -> None:
    one = profile("r:1", doers=frozenset(("mill",)), around=frozenset(("mill", "bank")), context=frozenset(("mill",)))
    other = profile("r:2", undergoers=frozenset(("mill",)), context=frozenset(("mill", "merge")))
    for name, feature in FEATURES.items():
        assert feature(one, other) == pytest.approx(feature(other, one)), name
    assert likelihood(one, other) == pytest.approx(likelihood(other, one))


def test_every_weight_belongs_to_a_feature_and_back() -> None:
    assert set(lexicon().with_vectors.of) == set(FEATURES)
    assert set(lexicon().without_vectors.of) == set(FEATURES) - OF_VECTORS


PAIRS = some.lists(some.tuples(some.floats(0, 1), some.integers(0, 7), some.integers(0, 7)), max_size=25)


@given(PAIRS)
def test_groups_are_led_by_their_first_member_and_do_not_depend_on_the_order_of_pairs(
    drawn: list[tuple[float, int, int]],
) -> None:
    known = {(min(a, b), max(a, b)): value for value, a, b in drawn if a != b}
    pairs = [(value, *pair) for pair, value in known.items()]

    def judged(one: int, other: int) -> float:
        return known.get((min(one, other), max(one, other)), 0.0)

    owner = grouped(8, pairs, judged, 0.4)
    assert owner == grouped(8, reversed(pairs), judged, 0.4)
    assert all(owner[group] == group <= number for number, group in enumerate(owner))


def test_what_is_forbidden_keeps_groups_apart() -> None:
    known = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): -1.0}
    owner = grouped(3, [(0.9, 0, 1), (0.9, 1, 2)], lambda a, b: known[min(a, b), max(a, b)], 0.3)
    assert owner == [0, 0, 2]


# -- the scorer


def test_the_corpus_is_laid_out_with_its_triggers() -> None:
    row = {
        "doc": "9_1x",
        "topic": "9",
        "sub": "x",
        "sentences": ["Ilves resigned , and the board agreed .", "Nobody looked here ."],
        "mentions": [
            {"type": "ACTION_OCCURRENCE", "text": "resigned", "sent": 0, "tok": [2], "chain": "A1"},
            {"type": "ACTION_OCCURRENCE", "text": "agreed", "sent": 0, "tok": [7]},
            {"type": "ACTION_OCCURRENCE", "text": "looked", "sent": 1, "tok": [10]},
            {"type": "HUMAN_PART_PER", "text": "Ilves", "sent": 0, "tok": [1]},
        ],
    }
    (text,) = read_stories([row])[9, "x"]
    assert text.text == "Ilves resigned, and the board agreed.\n\nNobody looked here."
    assert [[span.of(text.text) for span in spans] for spans, _ in text.triggers] == [["resigned"], ["agreed"]]
    assert len({chain for _, chain in text.triggers}) == 2


def test_things_of_one_label_are_one_cluster() -> None:
    assert sorted(map(len, clusters(["a", "b", "a"]))) == [1, 2]


def test_a_third_telling_brings_two_together_and_strangers_keep_them_apart() -> None:
    apart = Neighbours([(0.5, 0, 1), (0.9, 0, 2), (0.9, 1, 3)])
    together = Neighbours([(0.5, 0, 1), (0.9, 0, 2), (0.9, 1, 2)])
    weights = lexicon().with_vectors.second
    assert together.again(weights, 0.5, 0, 1) > apart.again(weights, 0.5, 0, 1)


def test_two_without_others_are_alone() -> None:
    near = Neighbours([(0.9, 0, 1), (0.9, 2, 3), (0.9, 3, 4)])
    assert near.are_alone(0, 1)
    assert not near.are_alone(2, 3)


@given(some.lists(some.tuples(some.floats(0, 1), some.integers(0, 5), some.integers(6, 9)), max_size=20))
def test_a_second_look_is_a_likelihood_and_does_not_depend_on_order(pairs: list[tuple[float, int, int]]) -> None:
    near = Neighbours(pairs)
    weights = lexicon().with_vectors.second
    for likely, one, other in pairs:
        assert 0 <= near.again(weights, likely, one, other) <= 1
        assert near.again(weights, likely, one, other) == pytest.approx(near.again(weights, likely, other, one))
