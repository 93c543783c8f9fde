"""Which names and sources are one actor, and why."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.model import Actor, Annotations, Basis, Mention, MentionType, ReportDate, Source, Statement, identify
from onrecord.read.source import read_text
from onrecord.resolve.actors import ActorBeliefs, resolve_actors
from onrecord.resolve.actors.features import FEATURES, SIGNS
from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.coreference import Chain
from onrecord.spans import Span

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases/actors.jsonl").read_text(encoding="utf-8").splitlines()
]


def annotated(
    text: str,
    mentions: dict[str, MentionType],
    sources: list[tuple[str, Basis]] | None = None,
    extra: dict[str, Any] | None = None,
    name: str = "a",
) -> Annotations:
    """A report with its names and the sources of its statements, in order. `extra` marks one use of a name."""
    report = read_text(text, name)
    sentences = split_sentences(report.text)
    found: dict[Span, MentionType] = {}
    for written, kind in mentions.items():
        at = report.text.find(written)
        while at >= 0:
            found.setdefault(Span(at, at + len(written)), kind)
            at = report.text.find(written, at + 1)
    if extra:
        place, written = next((key, value) for key, value in extra.items() if key != "type")
        at = report.text.index(place)
        found[Span(at, at + len(written))] = extra["type"]
    spans = [s for s in found if not any(o != s and o.contains(s) for o in found)]
    return Annotations(
        report,
        sentences,
        tokenise(report.text, sentences),
        mentions=tuple(Mention(identify("m", report.id, s.start, s.end), s, found[s]) for s in sorted(spans)),
        statements=tuple(_statements(report.id, report.text, sources or [])),
    )


def _statements(report: str, text: str, sources: list[tuple[str, Basis]]) -> list[Statement]:
    out, at = [], 0
    for phrase, basis in sources:
        at = text.index(phrase, at)
        span = Span(at, at + len(phrase))
        content = Span(span.end + 1, text.index(".", span.end))
        several = phrase.split()[0] in ("Two", "Several")
        source = Source(span, basis, count="several" if several else "one")
        statement = identify("s", report, span.start)
        out.append(Statement(statement, report, source, None, (content,), "indirect", "speech"))
        at = span.end
    return out


def resolved(case: dict[str, Any]) -> tuple[ActorBeliefs, list[Annotations]]:
    read = [annotated(**report, name=f"{place}.txt") for place, report in enumerate(case["reports"])]
    return resolve_actors(read), read


def owners(beliefs: ActorBeliefs, form: str) -> set[str]:
    return {actor.id for actor in beliefs.actors if form.casefold() in {alias.casefold() for alias in actor.aliases}}


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    beliefs, read = resolved(case)
    by_id = {actor.id: actor for actor in beliefs.actors}
    names = {actor.name for actor in beliefs.actors}
    for forms in case.get("one", ()):
        assert len(set.union(*(owners(beliefs, form) for form in forms))) == 1, forms
        assert all(owners(beliefs, form) for form in forms), forms
    for forms in case.get("apart", ()):
        assert len(set.union(*(owners(beliefs, form) for form in forms))) == len(forms), forms
    assert set(case.get("named", ())) <= names
    assert not set(case.get("none", ())) & names
    for form, kind in case.get("types", {}).items():
        assert {by_id[owner].type for owner in owners(beliefs, form)} == {kind}
    for form, expected in case.get("roles", {}).items():
        (owner,) = owners(beliefs, form)
        told = [[role.title, by_id[role.of].name if role.of else None] for role in by_id[owner].roles]
        assert told == expected
    statements = [statement for one in read for statement in one.statements]
    if "speakers" in case:
        assert [by_id[beliefs.by_source[statement.id]].name for statement in statements] == case["speakers"]
    if "distinct_speakers" in case:
        assert len(set(beliefs.by_source.values())) == case["distinct_speakers"]


def test_order_of_reports_does_not_matter() -> None:
    read = [a for case in CASES for a in resolved(case)[1]]
    assert resolve_actors(read) == resolve_actors(list(reversed(read)))


def test_every_link_is_explained() -> None:
    for case in CASES:
        beliefs, _ = resolved(case)
        for linked in (*beliefs.by_mention, *beliefs.by_source):
            assert all(reason.why for reason in beliefs.reasons[linked])
            assert beliefs.reasons[linked]


def test_every_id_that_is_named_is_an_actor() -> None:
    for case in CASES:
        beliefs, _ = resolved(case)
        ids = [actor.id for actor in beliefs.actors]
        named = {*beliefs.by_mention.values(), *beliefs.by_source.values()}
        named |= {actor.part_of for actor in beliefs.actors if actor.part_of}
        named |= {role.of for actor in beliefs.actors for role in actor.roles if role.of}
        assert len(set(ids)) == len(ids)
        assert named <= set(ids)


def test_an_actor_keeps_its_id_when_reports_are_added() -> None:
    one = annotated("Ana Kovac spoke.", {"Ana Kovac": "person"}, name="1.txt")
    two = annotated("Kovac and Ana Kovac spoke with Tom Berg.", {"Kovac": "person", "Tom Berg": "person"}, name="2.txt")

    def ana(beliefs: ActorBeliefs) -> Actor:
        return next(actor for actor in beliefs.actors if actor.name == "Ana Kovac")

    assert ana(resolve_actors([one])).id == ana(resolve_actors([one, two])).id


def test_given_chains_are_followed() -> None:
    bare = annotated(
        "Ida Roth said it rained. Tom Berg said it snowed. The envoy said it hailed.",
        {"Ida Roth": "person", "Tom Berg": "person"},
        [("Ida Roth", "named"), ("Tom Berg", "named"), ("The envoy", "named")],
    )
    count = len(bare.words)
    heads = [bare.words.sentence.index(number) + 1 for number in bare.words.sentence]
    words = replace(bare.words, tag=["NOUN"] * count, head=heads, relation=["flat"] * count)
    report = replace(bare, words=words)
    spans = [statement.source.span for statement in report.statements]
    assert spans[0]
    assert spans[2]
    chains = {report.report.id: [Chain((spans[0], spans[2]), spans[0], named=True)]}
    told, open_ = resolve_actors([report], chains=chains), resolve_actors([report], chains={})
    first, _, third = (statement.id for statement in report.statements)
    assert told.by_source[first] == told.by_source[third]
    assert open_.by_source[first] != open_.by_source[third]
    assert dict(told.referents[report.report.id])[spans[2]] == told.by_source[first]


def test_a_longer_name_in_a_later_report_leaves_the_id() -> None:
    one = annotated("Ana Kovac spoke.", {"Ana Kovac": "person"}, name="1.txt")
    two = annotated("Ana Maria Kovac and Ana Maria Kovac spoke.", {"Ana Maria Kovac": "person"}, name="2.txt")
    days = {one.report.id: "2024-05-01", two.report.id: "2024-05-02"}
    dates = {report: ReportDate(Date.of(day, "declared", report), "consistent") for report, day in days.items()}
    (before,) = resolve_actors([one], dates).actors
    (after,) = resolve_actors([one, two], dates).actors
    assert after.name == "Ana Maria Kovac"
    assert after.id == before.id


def test_a_name_in_passing_does_not_make_a_surname_unclear() -> None:
    often = [annotated("Ana Kovac spoke.", {"Ana Kovac": "person"}, name=f"{k}.txt") for k in range(6)]
    once = annotated("Petar Kovac sang.", {"Petar Kovac": "person"}, name="6.txt")
    bare = annotated("Kovac left early.", {"Kovac": "person"}, name="7.txt")
    unclear = resolve_actors([often[0], once, bare])
    clear = resolve_actors([*often, once, bare])
    assert len(unclear.actors) == 3
    assert {actor.name for actor in clear.actors} == {"Ana Kovac", "Petar Kovac"}


def test_a_mention_known_to_be_a_place_is_no_actor() -> None:
    report = annotated("ALTDORF was quiet.", {"ALTDORF": "person"})
    places = {mention.id for mention in report.mentions}
    assert resolve_actors([report]).actors
    assert not resolve_actors([report], places=places).actors


def test_no_reports_no_actors() -> None:
    assert resolve_actors([]) == ActorBeliefs()


def test_lexicon_is_sound() -> None:
    words = actor_words()
    assert len(words.states) > 190
    for known in words.known.values():
        assert known.part_of is None or known.part_of in words.known
        assert known.country is None or known.country in words.states
    for sectors in words.sectors.values():
        assert set(sectors.values()) <= set(words.known)


def test_features_explain_themselves() -> None:
    assert all(feature.reason.why.endswith(".") for feature in FEATURES)
    assert all(sign.why.endswith(".") for sign in SIGNS.values())


def test_time_grows_with_the_text() -> None:
    def spent(people: int) -> float:
        letters = "bdfgklmnprst"
        words = [f"{a}a{b}o{c}a" for a in letters for b in letters for c in letters]
        names = [f"{words[i % 331].title()} {words[i % 1699].title()}" for i in range(people)]
        text = " ".join(f"{name} said it rained. He said so, Mayor." for name in names)
        report = annotated(text, {}, [(name, "named") for name in names])
        at = [text.index(name) for name in names]
        mentions = tuple(
            Mention(identify("m", start), Span(start, start + len(name)), "person")
            for start, name in zip(at, names, strict=True)
        )
        whole = Annotations(report.report, report.sentences, report.words, (), mentions, report.statements)
        begun = time.process_time()
        resolve_actors([whole])
        return time.process_time() - begun

    few = min(spent(250), spent(250))
    assert min(spent(2000), spent(2000)) < 24 * max(few, 0.05), "eight times as many; by their square it is 64 times"
