from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import Date
from onrecord.errors import OnRecordError
from onrecord.model import (
    Actor,
    Annotations,
    Issue,
    Mention,
    Position,
    Record,
    Report,
    ReportDate,
    Source,
    Statement,
    Time,
    Words,
)
from onrecord.record.positions import find_positions, load_issues
from onrecord.record.positions.labels import LONGEST, cleaned, stands_alone
from onrecord.record.positions.lexicon import KINDS, lexicon
from onrecord.record.positions.propositions import Proposition
from onrecord.spans import Span
from tests.trees import sentences_of, words_of

FOLDER = Path(__file__).parent / "cases"
CASES = [json.loads(line) for line in (FOLDER / "positions.jsonl").read_text("utf-8").splitlines()]
ISSUES = [json.loads(line) for line in (FOLDER / "issues.jsonl").read_text("utf-8").splitlines()]


def in_order(text: str, phrases: list[str]) -> list[Span]:
    """Where phrases stand, each behind the beginning of the one before."""
    spans, place = [], 0
    for phrase in phrases:
        place = text.index(phrase, place)
        spans.append(Span(place, place + len(phrase)))
        place += 1
    return spans


def statements_of(case: dict[str, Any], report: str) -> tuple[Statement, ...]:
    """The statements of a case; what one consists of stands behind the beginning of the one before."""
    found, place = [], 0
    for number, told in enumerate(case["statements"]):
        found.append(statement_of(case["text"], place, f"s:{report}.{number}", told, report))
        place = found[-1].evidence[0].start
    return tuple(found)


def statement_of(text: str, place: int, number: str, told: dict[str, Any], report: str) -> Statement:
    def at(phrase: str | None) -> Span | None:
        if not phrase:
            return None
        start = text.index(phrase, place)
        return Span(start, start + len(phrase))

    return Statement(
        id=number,
        report=report,
        source=Source(at(told["source"]), told["basis"]),
        cue=at(told["cue"]),
        content=tuple(cast(Span, at(piece)) for piece in told["content"]),
        directness=told["directness"],
        attitude=told["attitude"],
    )


def record_of(*cases: dict[str, Any]) -> Record:
    """The record of reports of 10 May 2024, one a case."""
    actors: dict[str, Actor] = {}
    actor_of: dict[str, str] = {}
    referents: dict[str, tuple[tuple[Span, str], ...]] = {}
    annotations = []
    for index, case in enumerate(cases):
        report, text = f"r:{index}", case["text"]
        words = words_of(text, case["words"])
        actors |= {name: Actor(f"a:{name}", name, kind, (name,)) for name, kind in case.get("actors", {}).items()}
        named = case.get("mentions", [])
        spans = in_order(text, [phrase for phrase, _, _ in named])
        mentions = tuple(
            Mention(f"m:{report}.{n}", at, kind) for n, (at, (_, kind, _)) in enumerate(zip(spans, named, strict=True))
        )
        actor_of |= {m.id: f"a:{actor}" for m, (_, _, actor) in zip(mentions, named, strict=True) if actor}
        statements = statements_of(case, report)
        told_by = zip(statements, case["statements"], strict=True)
        actor_of |= {one.id: f"a:{told['actor']}" for one, told in told_by if told["actor"]}
        meant = case.get("referents", [])
        places = in_order(text, [phrase for phrase, _ in meant])
        referents[report] = tuple((at, f"a:{actor}") for at, (_, actor) in zip(places, meant, strict=True))
        times = tuple(
            Time(f"t:{report}.{at.start}", at, "DATE", value, Date.of(value, "test"), "test")
            for phrase, value in case.get("times", [])
            for at in in_order(text, [phrase])
        )
        sentences = sentences_of(words)
        annotations.append(Annotations(Report(report, report, "", text), sentences, words, times, mentions, statements))
    day = Date.of("2024-05-10", "test")
    dates = {one.report.id: ReportDate(day, "consistent") for one in annotations}
    return Record(
        "",
        tuple(annotations),
        dates=dates,
        actors=tuple(actors.values()),
        actor_of=actor_of,
        referents=referents,
    )


def told(record: Record, positions: tuple[Position, ...], issues: tuple[Issue, ...]) -> list[dict[str, str]]:
    names = {actor.id: actor.name for actor in record.actors}
    labels = {issue.id: issue.label for issue in issues}
    out = []
    for one in positions:
        found = {"actor": names[one.actor], "stance": one.stance, "issue": labels[one.issue]}
        found |= {key: value for key in ("start", "end", "note") if (value := getattr(one, key))}
        out.append(found)
    return out


def case_with(words: str) -> dict[str, Any]:
    return next(case for case in CASES if words in case["text"])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_who_is_for_or_against_what(case: dict[str, Any]) -> None:
    record = record_of(case)
    assert told(record, *find_positions(record)) == case["positions"]


@pytest.mark.parametrize("case", ISSUES, ids=[case["what"] for case in ISSUES])
def test_the_users_own_issues_come_first(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "issues.toml"
    file.write_text(case["toml"], encoding="utf-8")
    record = record_of(case_with(case["text"]))
    assert told(record, *find_positions(record, load_issues(file))) == case["positions"]


def test_evidence_holds_holder_attitude_and_proposition() -> None:
    record = record_of(case_with("voted against the merger"))
    (position,), _ = find_positions(record)
    words = [span.of(record.annotations[0].report.text) for span in position.evidence]
    assert words == ["Shareholders of Delmar Foods voted against the merger with Arco"]


def test_a_position_is_told_by_the_statement_it_is_read_from() -> None:
    record = record_of(case_with("Mexico wants to renegotiate"))
    (position,), _ = find_positions(record)
    statement = next(one for one in record.annotations[0].statements if one.id == position.statement)
    assert statement.source.span is not None
    assert statement.source.span.of(record.annotations[0].report.text) in ("Mexico", "Canada")


def test_reports_on_one_question_share_its_issue() -> None:
    cases = [case_with("opposes any increase in the sugar tax"), case_with("should raise the tax on sugar")]
    positions, issues = find_positions(record_of(*cases))
    assert len(issues) == 1
    assert {position.stance for position in positions} == {"supports", "opposes"}


def test_the_order_of_reports_changes_no_issue() -> None:
    record = record_of(*CASES)
    turned = replace(record, annotations=record.annotations[::-1])
    first, second = find_positions(record), find_positions(turned)
    assert first[1] == second[1]
    assert sorted(first[0], key=lambda one: one.id) == sorted(second[0], key=lambda one: one.id)


def test_ids_are_unique_and_do_not_hang_on_beliefs() -> None:
    record = record_of(*CASES)
    positions, _ = find_positions(record)
    assert len({position.id for position in positions}) == len(positions)
    others = replace(record, actors=tuple(replace(actor, name=actor.name + "!") for actor in record.actors))
    assert {one.id for one in find_positions(others)[0]} == {one.id for one in positions}


def test_words_without_tags_tell_nothing() -> None:
    case = case_with("voted against the merger")
    record = record_of(case)
    bare = replace(record.annotations[0], words=Words([0], [12], [0]))
    assert find_positions(replace(record, annotations=(bare,))) == ((), ())


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("", "holds no [[issue]]"),
        ("[[issue]]\nfor = ['a dam']", "issue 1 has no label"),
        ("[[issue]]\nlabel = 'Dam'", "issue 1 has no phrases"),
        ("[[issue]]\nlabel = 'Dam'\nfor = 'a dam'", "issue 1: for is not a list of phrases"),
        ("[[issue]]\nlabel = 'Dam'\nfor = ['']", "issue 1: for is not a list of phrases"),
        ("[[issue", "is not TOML"),
        ("issue = 3", "holds no [[issue]]"),
        ("issue = [3]", "issue 1 has no label"),
    ],
)
def test_a_faulty_file_of_issues_is_told_in_one_line(toml: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "issues.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(OnRecordError, match="issues") as caught:
        load_issues(file)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_of_issues_is_told(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="cannot be read"):
        load_issues(tmp_path / "none.toml")


def test_no_word_of_the_lexicon_means_more_and_less_at_once() -> None:
    from onrecord.record.positions.lexicon import conflicting

    assert conflicting() == ()


def test_every_expression_has_a_sign_and_a_frame() -> None:
    for (kind, word), expressions in lexicon().expressions.items():
        assert kind in KINDS
        assert word == word.lower()
        assert all(one.sign in (1, -1) and one.frames for one in expressions)


@given(st.data())
def test_any_tree_is_survived_and_evidence_is_verbatim(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    record = record_of(case)
    words = record.annotations[0].words
    count = len(words)
    heads = data.draw(st.lists(st.integers(0, count - 1), min_size=count, max_size=count))
    relations = data.draw(st.lists(st.sampled_from(sorted(set(words.relation))), min_size=count, max_size=count))
    tags = data.draw(st.lists(st.sampled_from(sorted(set(words.tag))), min_size=count, max_size=count))
    shaken = Words(words.starts, words.ends, words.sentence, tags, heads, relations)
    notes = replace(record.annotations[0], words=shaken)
    positions, issues = find_positions(replace(record, annotations=(notes,)))
    known = {issue.id for issue in issues}
    for position in positions:
        assert position.issue in known
        assert all(span.end <= len(case["text"]) for span in position.evidence)


# ------------------------------------------------------------------------------------------- labels


def proposition(**more: Any) -> Proposition:
    given: dict[str, Any] = {
        "sign": 1,
        "concept": "x",
        "names": frozenset(),
        "nouns": frozenset(),
        "phrase": Span(0, 1),
        "known": True,
    }
    return Proposition(**(given | {"nominal": True} | more))


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("closure of the Alma dam", {}),
        ("pension reform", {}),
        ("sell our water", {"nominal": False}),
        ("We should not sell our water", {"nominal": False}),
        ("Ana Ruiz", {"somebody": True}),
        ("offer of the bank", {}),
        ("withdrawal of US troops", {}),
    ],
)
def test_words_that_say_what_they_are_about_name_an_issue(words: str, more: dict[str, Any]) -> None:
    assert stands_alone(words, proposition(**more))


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("proposal", {}),
        ("controversial new call", {}),
        ("him to resign", {"nominal": False}),
        ("they should help", {"nominal": False}),
        ("be sold", {"nominal": False}),
        ("lay out specifics", {"nominal": False}),
        ("former head of the bank", {"somebody": True}),
        ("Delmar governor", {}),
        ("should open the gates", {"nominal": False}),
        ("tax on what he called", {}),
        ("", {}),
    ],
)
def test_words_that_lean_on_their_sentence_name_none(words: str, more: dict[str, Any]) -> None:
    assert not stands_alone(words, proposition(**more))


def test_a_label_has_no_broken_quotation_and_no_end() -> None:
    assert cleaned("his plan for a “clean\nport") == "plan for a clean port"
    assert cleaned("a “clean” port") == "a “clean” port"
    long = "closure of the fish market in the old harbour of Alma for the whole of the winter season of 2031"
    assert cleaned(long) == "closure of the fish market in the old harbour of Alma for the whole"
    assert len(cleaned(long)) <= LONGEST
