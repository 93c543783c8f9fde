"""Attributions from raw text: who said what, by which words, against PolNeAR (Newell et al. 2018).

Roles are compared as sets of words. Attributions found are paired with those given, one to one, so that the sum of

    half the agreement of contents + a quarter of that of cues + a quarter of that of sources     (Dice 1945)

is greatest; a pair must share words of its contents, or of its cues where one has no content. A pair counts as right
(`full_50`) if contents and sources agree by half and the cues share a word. Fragments are unbroken spans, counted
once a document, and right if all words agree.

`speech` keeps those given that are speech (`speech.py`). The others are no errors and no hits: what is found for
them, or is not speech either, or stands within them, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.scoring.figures import Figure, Hits
from bench.scoring.speech import is_speech
from bench.scoring.units import Units, dice
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.model import Statement
from onrecord.spans import Span

FILE = "attribution/polnear_{split}.jsonl.gz"
ROLES = ("source", "cue", "content")
Spans = tuple[Span, ...]
Fragments = dict[str, tuple[Span, ...]]
"""Spans by role."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, cue and content, each as the set of its words, and its fragments as sets of words."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    fragments: tuple[tuple[str, frozenset[int]], ...]
    speech: bool


@dataclass(slots=True)
class Counts:
    """What is added up over documents."""

    whole: Hits = field(default_factory=Hits)
    fragments: dict[str, Hits] = field(default_factory=lambda: {role: Hits() for role in ROLES})

    def add(self, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> None:
        """Counts one document."""
        pairs = paired(found, wanted)
        self.whole.right += sum(agree(found[i], wanted[k]) for i, k in pairs)
        self.whole.found += len(found)
        self.whole.wanted += len(wanted)
        for role, hits in self.fragments.items():
            hits.add(_fragments(found, role), _fragments(wanted, role))


def compared(text: str, units: Units, roles: Fragments) -> Attribution:
    """An attribution as it is compared."""
    fragments = ((role, units.of([span])) for role in ROLES for span in roles[role])
    return Attribution(
        source=units.of(roles["source"]),
        cue=units.of(roles["cue"]),
        content=units.of(roles["content"]),
        fragments=tuple((role, words) for role, words in fragments if words),
        speech=is_speech(text, roles["cue"], roles["content"]),
    )


def paired(found: Sequence[Attribution], wanted: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The best one-to-one pairs, as indices (Kuhn 1955)."""
    if not found or not wanted:
        return []
    weights = np.array([[_weight(ours, gold) for ours in found] for gold in wanted])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(i), int(k)) for k, i in zip(rows, columns, strict=True) if weights[k, i] > 0]


def _weight(ours: Attribution, gold: Attribution) -> float:
    incomplete = not ours.content or not gold.content
    if not (ours.content & gold.content or (incomplete and ours.cue & gold.cue)):
        return 0.0
    content, cue, source = dice(ours.content, gold.content), dice(ours.cue, gold.cue), dice(ours.source, gold.source)
    return 0.5 * content + 0.25 * cue + 0.25 * source


def agree(ours: Attribution, gold: Attribution) -> bool:
    """Whether two tell of the same source the same content, by the same cue."""
    same_cue = bool(ours.cue & gold.cue) or not (ours.cue or gold.cue)
    return same_cue and dice(ours.content, gold.content) >= 0.5 and dice(ours.source, gold.source) >= 0.5


def _fragments(attributions: Iterable[Attribution], role: str) -> set[frozenset[int]]:
    return {words for one in attributions for name, words in one.fragments if name == role}


def speech_only(
    found: Sequence[Attribution], wanted: Sequence[Attribution]
) -> tuple[list[Attribution], list[Attribution]]:
    """Both sides without what is no speech."""
    partner = dict(paired(found, wanted))
    aside = frozenset[int]().union(*(gold.content for gold in wanted if not gold.speech))
    kept = []
    for i, ours in enumerate(found):
        judged = wanted[partner[i]].speech if i in partner else ours.speech and not _mostly_within(ours.content, aside)
        if judged:
            kept.append(ours)
    return kept, [gold for gold in wanted if gold.speech]


def _mostly_within(content: frozenset[int], aside: frozenset[int]) -> bool:
    return bool(content) and 2 * len(content & aside) >= len(content)


def given(item: dict[str, Any]) -> list[Fragments]:
    """The attributions of a document of the corpus, or of a file of predictions."""
    return [
        {role: tuple(Span(start, end) for start, end in one[role]) for role in ROLES} for one in item["attributions"]
    ]


def attributed(statements: Iterable[Statement]) -> list[Statement]:
    """The statements that are not in the report's own voice: a cue, a source or quotation marks say so."""
    return [one for one in statements if one.source.span or one.cue or one.directness != "indirect"]


def outermost(statements: Iterable[Statement]) -> list[Statement]:
    """Those that are no part of another: the annotation of PolNeAR is flat, and tells of no others."""
    return [one for one in attributed(statements) if one.within is None]


def told(statement: Statement) -> Fragments:
    """The spans of a statement by role."""
    source, cue = statement.source.span, statement.cue
    return {"source": (source,) if source else (), "cue": (cue,) if cue else (), "content": statement.content}


def score(bench: Workbench) -> Iterator[Figure]:
    """`full_50` of all attributions and of speech; exact fragments of each role."""
    everything, speech = Counts(), Counts()
    predicted: list[dict[str, Any]] = []
    for item in bench.objects(FILE):
        statements = outermost(bench.annotator.annotate(polnear_report(item)).statements)
        ours = [told(statement) for statement in statements]
        add_document(everything, speech, item["text"], ours, given(item))
        predicted.append(prediction(item["doc_id"], ours))
    if bench.predictions is not None:
        write_predictions(bench.predictions, predicted)
    yield from figures(everything, speech)


def add_document(
    everything: Counts, speech: Counts, text: str, ours: Iterable[Fragments], gold: Iterable[Fragments]
) -> None:
    """Counts one document. What is found with neither content nor cue is no attribution."""
    units = Units(text)
    found = [one for one in (compared(text, units, roles) for roles in ours) if one.content or one.cue]
    wanted = [compared(text, units, roles) for roles in gold]
    everything.add(found, wanted)
    speech.add(*speech_only(found, wanted))


def figures(everything: Counts, speech: Counts) -> Iterator[Figure]:
    """The figures of all documents."""
    yield Figure("attribution", "PolNeAR", "full_50 F1", everything.whole.f1)
    yield Figure("attribution", "PolNeAR", "full_50 F1, speech", speech.whole.f1)
    for role, hits in everything.fragments.items():
        yield Figure("attribution", "PolNeAR", f"exact {role} F1", hits.f1)


def prediction(name: str, ours: Iterable[Fragments]) -> dict[str, Any]:
    """A line of a file of predictions, in the form of the corpus."""
    spans = [{role: [[span.start, span.end] for span in roles[role]] for role in ROLES} for roles in ours]
    return {"doc_id": name, "attributions": spans}


def write_predictions(path: Path, predicted: Iterable[dict[str, Any]]) -> None:
    """Writes one JSON line a document."""
    path.write_text("".join(json.dumps(line) + "\n" for line in predicted), encoding="utf-8")
