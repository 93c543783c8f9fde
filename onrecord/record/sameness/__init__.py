"""Which events are one, within a report and across reports."""

from onrecord.record.sameness.finder import find_same_events

__all__ = ["find_same_events"]
