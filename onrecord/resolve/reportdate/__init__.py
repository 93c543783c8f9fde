"""Dates of reports: the declared date is checked against what the report says, not believed."""

from onrecord.resolve.reportdate.dating import anchor_for, date_reports

__all__ = ["anchor_for", "date_reports"]
