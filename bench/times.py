"""Times found and valued, against TimeML files: strict, relaxed and value F1 as TempEval-3 defines them.

    python bench/times.py --data ../shared/data [--sets meantime] [--errors] [--by-rule] [--no-encoder]

An expression is found strictly where its extent equals the gold one, loosely where they overlap (one to one,
largest overlap first). Value F1 is loose F1 times the share of loosely found expressions with the gold value.
"""

from __future__ import annotations

import argparse
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import cast

from onrecord.annotate.analysis import analyse
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.sentences import split_paragraphs, split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.model import Report, Time, TimeType, Words, identify
from onrecord.spans import Span, trimmed

SETS = ("timebank", "aquaint", "meantime")


@dataclass(frozen=True, slots=True)
class Gold:
    """One TimeML file: its text, its day and its times as (span, type, value)."""

    name: str
    text: str
    day: str | None
    times: tuple[tuple[Span, str, str], ...]


@dataclass(slots=True)
class Score:
    """Counts over files; the figures are made of them."""

    gold: int = 0
    found: int = 0
    loose: int = 0
    strict: int = 0
    types: int = 0
    values: int = 0
    errors: list[tuple[str, ...]] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        return 200 * hits / (self.gold + self.found) if self.gold + self.found else 0.0

    @property
    def line(self) -> str:
        relaxed = self.f1(self.loose)
        share = self.values / self.loose if self.loose else 0.0
        kinds = self.types / self.loose if self.loose else 0.0
        precision, recall = 100 * self.loose / max(1, self.found), 100 * self.loose / max(1, self.gold)
        return (
            f"strict {self.f1(self.strict):5.2f}  relaxed {relaxed:5.2f} (P {precision:.1f} R {recall:.1f})  "
            f"type {relaxed * kinds:5.2f}  value {relaxed * share:5.2f} (share {100 * share:.1f})"
        )


def gold_of(path: Path) -> Gold:
    root = ElementTree.parse(path).getroot()
    pieces: list[str] = []
    times: list[tuple[Span, str, str]] = []
    body = root.find("TEXT")
    assert body is not None
    _walk(body, pieces, times)
    creation = root.find("DCT/TIMEX3")
    return Gold(path.stem, "".join(pieces), None if creation is None else creation.get("value"), tuple(times))


def _walk(element: ElementTree.Element, pieces: list[str], times: list[tuple[Span, str, str]]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, times)
        pieces.append(child.tail or "")
    text = "".join(pieces) if element.tag == "TIMEX3" else ""
    span = trimmed(text, start, len(text)) if text else None
    if span:
        times.append((span, element.get("type", ""), element.get("value", "")))


@dataclass(frozen=True, slots=True)
class Ready:
    """A file cut into sentences and words, with what the encoder proposes (None where it is not asked)."""

    report: Report
    sentences: tuple[Span, ...]
    words: Words
    proposals: list[tuple[Span, TimeType]] | None
    anchor: Date | None

    def times(self) -> tuple[Time, ...]:
        return find_times(self.report, self.sentences, self.words, self.proposals, self.anchor)


def ready(gold: Gold, encoder: Encoder | None) -> Ready:
    report = Report(identify("r", gold.name), gold.name, "", gold.text)
    anchor = Date.of(gold.day[:10], "declared", report.id) if gold.day else None
    sentences = split_sentences(gold.text)
    words = tokenise(gold.text, sentences)
    if encoder is None:
        return Ready(report, sentences, words, None, anchor)
    openers = {paragraph.start for paragraph in split_paragraphs(gold.text)}
    paragraphs = {i for i, start in enumerate(words.starts) if start in openers}
    analysis = analyse(encoder, gold.text, words, paragraphs)
    proposals = [(Span(words.starts[i], words.ends[k - 1]), cast("TimeType", kind)) for i, k, kind in analysis.times]
    return Ready(report, sentences, analysis.words, proposals, anchor)


def pairs(gold: list[Span], found: list[Span]) -> Iterator[tuple[int, int]]:
    """Overlapping spans one to one, the largest overlap first."""
    shared = []
    for i, one in enumerate(gold):
        for k, other in enumerate(found):
            overlap = min(one.end, other.end) - max(one.start, other.start)
            if overlap > 0:
                shared.append((-overlap, abs(len(one) - len(other)), i, k))
    used: tuple[set[int], set[int]] = (set(), set())
    for *_, i, k in sorted(shared):
        if i not in used[0] and k not in used[1]:
            used[0].add(i)
            used[1].add(k)
            yield i, k


def count(score: Score, gold: Gold, times: tuple[Time, ...]) -> None:
    matched = list(pairs([span for span, *_ in gold.times], [time.span for time in times]))
    score.gold += len(gold.times)
    score.found += len(times)
    score.loose += len(matched)
    for i, k in matched:
        (span, kind, value), time = gold.times[i], times[k]
        words, found = span.of(gold.text), time.span.of(gold.text)
        said = (gold.name, str(gold.day), time.rule)
        score.strict += span == time.span
        score.types += kind == time.type
        score.values += value == time.value
        if value != time.value or span != time.span:
            what = "value" if value != time.value else "extent"
            score.errors.append((what, *said, words, value, found, time.value))
        elif kind != time.type:
            score.errors.append(("type", *said, words, kind, found, time.type))
    seen, made = {i for i, _ in matched}, {k for _, k in matched}
    for i, (span, kind, value) in enumerate(gold.times):
        if i not in seen:
            score.errors.append(("missed", gold.name, str(gold.day), kind, span.of(gold.text), value, "", ""))
    for k, time in enumerate(times):
        if k not in made:
            score.errors.append(
                ("spurious", gold.name, str(gold.day), time.rule, "", "", time.span.of(gold.text), time.value)
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--errors", action="store_true", help="list every difference")
    parser.add_argument("--by-rule", action="store_true", help="hits and misses of each rule")
    parser.add_argument("--no-encoder", action="store_true", help="go by the rules alone")
    options = parser.parse_args()
    encoder = None if options.no_encoder else Encoder(threads=1)
    for name in options.sets:
        files = [gold_of(path) for path in sorted((options.data / "times" / name).glob("*.tml*"))]
        prepared = [ready(gold, encoder) for gold in files]
        found = [one.times() for one in prepared]
        begun = process_time()
        for one in prepared:
            one.times()
        speed = sum(len(one.words) for one in prepared) / (process_time() - begun)
        score = Score()
        for gold, times in zip(files, found, strict=True):
            count(score, gold, times)
        print(f"{name:9} {len(files)} files  {score.line}  {speed:,.0f} words/s")
        if options.by_rule:
            _print_rules(score, Counter(time.rule for times in found for time in times))
        if options.errors:
            for error in score.errors:
                print("\t".join(" ".join(part.split()) for part in error))


def _print_rules(score: Score, rules: Counter[str]) -> None:
    wrong = {
        kind: Counter(error[3] for error in score.errors if error[0] == kind)
        for kind in ("value", "extent", "spurious")
    }
    for rule, total in rules.most_common():
        print(f"    {rule:32} {total:4}  " + "  ".join(f"{kind} {count[rule]}" for kind, count in wrong.items()))


if __name__ == "__main__":
    main()
