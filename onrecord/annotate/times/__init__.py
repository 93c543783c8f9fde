"""Time expressions (TIMEX3) and their values."""

from onrecord.annotate.times.finder import find_times

__all__ = ["find_times"]
