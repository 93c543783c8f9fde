"""How a source is known to the reader, and what a cue says of its content."""

from __future__ import annotations

import json
import re
import time
import tomllib
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.attitudes import (
    ATTITUDES,
    attitude_of,
    cue_class,
    cues,
    directness_of,
    is_impersonal_cue,
    is_reporting_cue,
    lemma_of,
)
from onrecord.annotate.sourcing import describe_source, describe_sources, settle_bases, withheld_names
from onrecord.annotate.sourcing.lexicon import lexicon
from onrecord.model import Mention, MentionType, Source
from onrecord.spans import Span

CASES = Path(__file__).parent / "cases"


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def sentences_of(text: str) -> list[Span]:
    """The cases hold no abbreviations but titles, so a full stop before a space and a capital ends a sentence."""
    ends = [m.end() for m in re.finditer(r"(?<!Gov)[.?!]”?(?=\s[A-Z“]|\Z)", text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def names_in(text: str, names: list[tuple[str, MentionType]]) -> list[Mention]:
    found = [(m.start(), m.end(), kind) for name, kind in names for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
    return [Mention(f"m:{start}", Span(start, end), kind) for start, end, kind in found]


def spans_in(text: str, phrases: list[str]) -> list[Span]:
    """Where the phrases stand, each looked for after the one before."""
    spans, at = [], 0
    for phrase in phrases:
        match = re.compile(rf"\b{re.escape(phrase)}").search(text, at)
        assert match is not None, phrase
        spans.append(Span(*match.span()))
        at = match.end()
    return spans


@pytest.mark.parametrize("case", read("sourcing.jsonl"), ids=lambda case: str(case["case"]))
def test_how_a_source_is_known(case: dict[str, Any]) -> None:
    text = case["text"]
    spans = spans_in(text, [source[0] for source in case["sources"]])
    described = describe_sources(text, sentences_of(text), spans, names_in(text, case["names"]))
    for (words, basis, count, reason), source in zip(case["sources"], described, strict=True):
        assert source.basis == basis, words
        assert (source.reason.of(text) if source.reason else None) == reason, words
        assert count is None or source.count == count, words


@pytest.mark.parametrize("case", read("attitudes.jsonl"), ids=lambda case: f"{case['cue']}: {case['content']}")
def test_what_a_cue_says_of_its_content(case: dict[str, str]) -> None:
    assert attitude_of(case["cue"], case["content"]) == case["attitude"]


def test_a_negation_outside_the_cue_counts() -> None:
    assert attitude_of("said", "that it was closed", around="he never") == "denial"
    assert attitude_of("said", "that it was closed", "No one") == "denial"


def test_no_source_is_the_report_itself() -> None:
    assert describe_source("It rained.", [Span(0, 10)], None, []) == Source(None, "report")


def test_the_publisher_speaking_of_itself_is_the_report() -> None:
    text = "The Gazette has learned that it rained. This newspaper asked twice."
    gazette, newspaper = spans_in(text, ["The Gazette", "This newspaper"])
    names = names_in(text, [("Gazette", "organization")])
    described = describe_sources(text, sentences_of(text), [gazette, newspaper], names, published_by="Gazette")
    assert [source.basis for source in described] == ["report", "report"]
    assert describe_source(text, sentences_of(text), gazette, names).basis == "named"


def test_a_comma_after_the_publisher_changes_nothing() -> None:
    text = "The Gazette, which asked twice, counted nine ships. This newspaper, which asked again, counted ten."
    spans = spans_in(text, ["The Gazette, which", "This newspaper,"])
    described = describe_sources(text, sentences_of(text), spans, [], published_by="Gazette")
    assert [source.span for source in described] == spans
    assert [source.basis for source in described] == ["report", "report"]


def test_the_publisher_may_go_by_its_initials() -> None:
    text = "The Norland Press Agency counted nine ships."
    source = describe_source(text, sentences_of(text), Span(0, 24), names_in(text, []), published_by="NPA")
    assert source.basis == "report"


def test_sources_come_back_in_the_order_given() -> None:
    text = "Two aides said yes. Police said no."
    aides, police = spans_in(text, ["Two aides", "Police"])
    described = describe_sources(text, sentences_of(text), [police, None, aides, police], [])
    assert [source.span for source in described] == [police, None, aides, police]
    assert [source.basis for source in described] == ["role", "report", "anonymous", "role"]


def test_settling_joins_what_was_described_alone() -> None:
    text = "A senior envoy asked not to be named because talks go on. Then he said no."
    spans = spans_in(text, ["A senior envoy", "he"])
    alone = [describe_source(text, sentences_of(text), span, []) for span in spans]
    settled = settle_bases(text, sentences_of(text), alone, [])
    assert settled[1].basis == "anonymous"
    assert settled[1].reason == settled[0].reason is not None


def test_the_words_that_withhold_a_name_are_found_with_their_reason() -> None:
    text = "They asked not to be identified because lawyers had warned them. Nobody else minded."
    (found,) = withheld_names(text, sentences_of(text))
    assert found.span.of(text) == "not to be identified"
    assert found.reason is not None
    assert found.reason.of(text) == "lawyers had warned them"


@pytest.mark.parametrize(
    "text",
    [
        "The crowd offered an ease and anonymity that she liked.",
        "Troops were not authorized to fire.",
        "She had not been permitted to speak at the meeting.",
        "The town was named after a saint.",
        "Members of Alcoholics Anonymous met.",
    ],
)
def test_other_uses_of_the_words_withhold_nothing(text: str) -> None:
    assert not withheld_names(text, sentences_of(text))


def test_a_person_with_that_knowledge_is_not_made_anonymous_by_somebody_elses_wish() -> None:
    text = "Residents said it rained. Another paper reports that a man asked not to be named."
    (residents,) = spans_in(text, ["Residents"])
    assert describe_source(text, sentences_of(text), residents, []).basis == "role"


# -- the lexicons


def test_every_withholding_phrase_holds_an_anchor() -> None:
    """Sentences without an anchor are never searched, so a phrase without one could never be found."""
    table = tomllib.loads(files("onrecord").joinpath("data/sourcing.toml").read_text(encoding="utf-8"))["anonymity"]
    for phrase in table["phrases"]:
        needed = [word.split("|") for word in phrase.split() if word != "*" and not word.endswith(")?")]
        for words in product(*needed):
            assert any(anchor in " ".join(words) for anchor in table["anchors"]), words


def test_nouns_of_the_lexicon_are_single_lower_case_words() -> None:
    assert all(re.fullmatch(r"[a-zéí-]+", noun) for noun in lexicon().kinds)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        pair.split(":")
        for pair in (
            "said:say denies:deny denied:deny urging:urge planned:plan hoping:hope confesses:confess wrote:write "
            "sought:seek vowed:vow claims:claim table:table Announced:announce tells:tell argued:argue"
        ).split()
    ],
)
def test_lemma(form: str, lemma: str) -> None:
    assert lemma_of(form) == lemma


def test_cues_are_known_with_their_class() -> None:
    assert is_reporting_cue("say")
    assert not is_reporting_cue("walk")
    assert cue_class("say") == "neutral"
    assert cue_class("statement") == "noun"
    assert cue_class("walk") is None
    assert is_impersonal_cue("show")
    assert not is_impersonal_cue("vow")


def test_the_lexicon_knows_several_hundred_cues_of_every_attitude() -> None:
    assert len(cues().verbs) > 500
    assert {attitude for found in cues().phrases.values() for _, attitude in found} == set(ATTITUDES)


# -- directness


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“It rained,” she said.", "“It rained,”", "direct"),
        ('"It rained," she said.', '"It rained,"', "direct"),
        ("She said it was a “flood” year.", "it was a “flood” year", "mixed"),
        ("She said it rained.", "it rained", "indirect"),
    ],
)
def test_directness(text: str, content: str, expected: str) -> None:
    start = text.index(content)
    assert directness_of(text, [Span(start, start + len(content))]) == expected


def test_quotations_that_are_given_decide_where_the_content_has_no_marks() -> None:
    text = "‘It rained,’ she said."
    content = Span(1, 10)
    assert directness_of(text, [content]) == "indirect"
    assert directness_of(text, [content], [Span(0, 12)]) == "direct"
    assert directness_of(text, [Span(1, 20)], [Span(0, 12)]) == "mixed"


# -- anything goes in


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 199), st.integers(1, 40)), max_size=8))
def test_any_text_gives_every_source_a_basis(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(len(text), start + size)) for start, size in places if start < len(text)]
    sentences = [Span(0, len(text))] if text else []
    first = describe_sources(text, sentences, spans, [])
    assert first == describe_sources(text, sentences, spans, [])
    assert [source.span for source in first] == spans
    assert all(source.reason is None or source.reason.end <= len(text) for source in first)


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=40))
def test_any_cue_has_an_attitude(cue: str, content: str, around: str) -> None:
    assert attitude_of(cue, content, around=around) in ATTITUDES


@pytest.mark.parametrize(
    "unit",
    [
        "not authorized to speak because ",
        "their name a b ",
        "a-",
        "condition of ",
        "it says ",
        "he ",
        "they spoke off the record. officials ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        spans = [Span(k * len(unit), k * len(unit) + 2) for k in range(times)]
        begun = time.process_time()
        describe_sources(text, [Span(0, len(text))], spans, [])
        return time.process_time() - begun

    seconds(10)
    small = seconds(1_000)
    assert seconds(8_000) < 8 * small * 4 + 0.2
