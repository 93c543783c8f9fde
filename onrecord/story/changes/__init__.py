"""What is no longer as it was: figures, positions, deadlines, and the state of commitments."""

from onrecord.story.changes.finding import find_changes

__all__ = ["find_changes"]
