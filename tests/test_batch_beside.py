"""Annotating in processes beside this one: the same annotations, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from onrecord.annotate import annotator as module
from onrecord.annotate.annotator import Annotator
from onrecord.annotate.beside import Beside
from onrecord.frames import Partner
from onrecord.model import Annotations, Report
from onrecord.read.source import read_text


def report(number: int) -> Report:
    text = (
        f"PORT ALMA (NWS) — Transport Minister Ana Ruiz said Friday that {number} cranes will leave in June.\n\n"
        "A port official, who spoke on condition of anonymity, said the operator had asked for a delay.\n"
    )
    return read_text(text, f"harbour-{number}.txt", published="2024-05-03")


REPORTS = [report(number) for number in range(2, 10)]


@pytest.fixture(scope="module")
def alone(model: Path) -> list[Annotations]:
    return list(Annotator(1).annotate_all(REPORTS))


def test_processes_read_the_same_out_of_reports(alone: list[Annotations], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MUCH", len(REPORTS[0].text) * 3)
    assert list(Annotator(2).annotate_all(REPORTS)) == alone


def test_few_reports_start_no_process(alone: list[Annotations], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Beside, report: Report) -> None:
        raise AssertionError("a process was asked")

    monkeypatch.setattr(Beside, "annotate", refused)
    assert list(Annotator(2).annotate_all(REPORTS)) == alone


def test_what_a_dead_process_left_is_read_here(alone: list[Annotations], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MUCH", 0)
    asked = Partner.ask

    def killed(self: Partner, question: bytes) -> bytes | None:
        answer = asked(self, question)
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
        return answer

    monkeypatch.setattr(Partner, "ask", killed)
    assert list(Annotator(2).annotate_all(REPORTS)) == alone


def test_a_closed_partner_starts_nothing() -> None:
    partner = Partner("onrecord.annotate.beside")
    partner.close()
    assert partner.ask(b"") is None
