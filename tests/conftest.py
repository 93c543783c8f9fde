"""What the tests share: the development data if it is there, and a report annotated by hand."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from onrecord.dates import Date
from onrecord.model import (
    Annotations,
    Basis,
    Dateline,
    DeclaredDate,
    Event,
    Finding,
    Mention,
    Report,
    Source,
    Statement,
    Time,
    Words,
    identify,
)
from onrecord.spans import Span

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
MODEL = ROOT / "onrecord" / "data" / "model.onnx"

# The same examples in every run, and no deadline: a busy machine is no fault of the code.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (SHARED / "data").is_dir():
        return
    missing = pytest.mark.skip(reason=f"no development data in {SHARED}")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that ask for it are marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def model() -> Path:
    """The encoder's file; the test is skipped while there is none."""
    if not MODEL.exists():
        pytest.skip("no model in onrecord/data yet: run `make model`")
    return MODEL


HARBOUR = """Harbour deal signed

May 3, 2024 PORT ALMA (NWS) — Transport Minister Ana Ruiz said Friday that “the last crane leaves in June.”

A port official, who spoke on condition of anonymity because *talks* continue, said the operator had asked for
a delay of two months. “We wait,” the official added.

The ministry declined to comment.
"""


class ByHand:
    """A report annotated by hand: spans are named by their words."""

    def __init__(self, text: str = HARBOUR, name: str = "harbour.txt") -> None:
        sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.report = Report(
            id=identify("r", name, sha256),
            name=name,
            sha256=sha256,
            text=text,
            title="Harbour deal signed",
            dateline=Dateline(self._in(text, "PORT ALMA (NWS)"), self._in(text, "PORT ALMA"), "NWS"),
            declared=DeclaredDate("2024-05-03", self._in(text, "May 3, 2024"), "header"),
        )

    @staticmethod
    def _in(text: str, words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    def at(self, words: str) -> Span:
        return self._in(self.report.text, words)

    def statement(self, source: str, cue: str, *content: str, basis: Basis = "named", **more: object) -> Statement:
        spans = tuple(self.at(words) for words in content)
        reason = more.pop("reason", None)
        known = Source(self.at(source), basis, self.at(str(reason)) if reason else None, "one")
        defaults: dict[str, object] = {"directness": "indirect", "attitude": "speech"}
        number = identify("s", self.report.id, spans[0].start, spans[0].end)
        return Statement(number, self.report.id, known, self.at(cue), spans, **{**defaults, **more})  # type: ignore[arg-type]

    def annotations(self) -> Annotations:
        friday = Date.of("2024-05-03", "weekday-on-or-before", self.report.id)
        ruiz = self.statement(
            "Transport Minister Ana Ruiz", "said", "“the last crane leaves in June.”", directness="direct", said=friday
        )
        official = self.statement(
            "A port official",
            "said",
            "the operator had asked for\na delay of two months",
            basis="anonymous",
            reason="because *talks* continue",
        )
        operator = self.statement(
            "the operator", "asked", "a delay of two months", basis="role", attitude="intention", within=official.id
        )
        refusal = self.statement(
            "The ministry", "declined", "declined to comment", basis="role", attitude="refusal-to-comment"
        )
        return Annotations(
            report=self.report,
            sentences=(self.at("Harbour deal signed"), self.at("The ministry declined to comment.")),
            words=Words([], [], []),
            times=(
                Time("t:2", self.at("two months"), "DURATION", "P2M", None, "number-unit"),
                Time("t:1", self.at("Friday"), "DATE", "2024-05-03", friday, "weekday-on-or-before", self.report.id),
            ),
            mentions=(Mention("m:1", self.at("Ana Ruiz"), "person"),),
            statements=(refusal, operator, official, ruiz),
            events=(
                Event(
                    id="e:1",
                    report=self.report.id,
                    statement=ruiz.id,
                    trigger=self.at("leaves"),
                    evidence=(self.at("the last crane leaves in June"),),
                    factuality="planned",
                    date=Date.of("2024-06", "month-without-year", self.report.id),
                ),
            ),
            findings=(
                Finding(
                    "f:1", self.report.id, "garbled", (self.at("*talks*"),), "A word in asterisks", "Check the source."
                ),
            ),
        )


@pytest.fixture
def by_hand() -> ByHand:
    return ByHand()


class HandAnnotator:
    """Stands where the annotator stands: in each report, its first word said the rest of its first line."""

    model = "sha256:" + "0" * 64

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads

    def annotate_all(self, reports: Iterable[Report]) -> Iterator[Annotations]:
        for report in reports:
            line = report.text.splitlines()[0]
            word = Span(0, len(line.split()[0]))
            rest, source = Span(word.end + 1, len(line)), Source(word, "named")
            statement = Statement(identify("s", report.id), report.id, source, None, (rest,), "indirect", "speech")
            yield Annotations(report, (Span(0, len(line)),), Words([], [], []), statements=(statement,))


@pytest.fixture
def hand_annotator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts `HandAnnotator` in the annotator's place."""
    module = ModuleType("onrecord.annotate.annotator")
    module.Annotator = HandAnnotator  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
