"""The timeline of a story: what happened, or is to happen, on which date, and how much it matters."""

from __future__ import annotations

from onrecord.story.timeline.making import make_timeline, top

__all__ = ["make_timeline", "top"]
