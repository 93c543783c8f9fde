"""Where reports, or those they quote, disagree."""

from onrecord.story.conflicts.finding import find_conflicts

__all__ = ["find_conflicts"]
