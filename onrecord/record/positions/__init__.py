"""Who is for or against what."""

from __future__ import annotations

from onrecord.record.positions.finding import find_positions
from onrecord.record.positions.issues import load_issues

__all__ = ["find_positions", "load_issues"]
