"""Annotators for tests of batches: workers find them by name, as `module:function`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator

from onrecord.errors import BrokenInstallation
from onrecord.model import Annotations, Report
from tests.conftest import HandAnnotator


class Slow(HandAnnotator):
    """Takes its time over each report, so that a run can be killed in the middle."""

    def annotate_all(self, reports: Iterable[Report]) -> Iterator[Annotations]:
        for annotations in super().annotate_all(reports):
            time.sleep(0.02)
            yield annotations


class Later(HandAnnotator):
    """Another model."""

    model = "sha256:" + "1" * 64


class Fragile(HandAnnotator):
    """Fails at reports that speak of glass, and dies of those that speak of poison."""

    def annotate_all(self, reports: Iterable[Report]) -> Iterator[Annotations]:
        for annotations in super().annotate_all(reports):
            if "glass" in annotations.report.text:
                raise ZeroDivisionError("glass broke")
            if "poison" in annotations.report.text:
                os._exit(3)
            yield annotations


def missing(threads: int) -> None:
    """Stands for a broken installation."""
    raise BrokenInstallation("model.onnx", "the model cannot be loaded", "Install onrecord again")
