"""What can go wrong, in words a user can act on."""

from __future__ import annotations


class OnRecordError(Exception):
    """Any failure that onrecord reports in one line.

    Args:
        subject: the input it is about (a file name, a setting, a command).
        reason: what is wrong with it.
        remedy: what the user can do about it.
    """

    def __init__(self, subject: str, reason: str, remedy: str) -> None:
        super().__init__(f"{subject}: {reason}. {remedy}.")
        self.subject = subject
        self.reason = reason
        self.remedy = remedy


class UnreadableSource(OnRecordError):
    """A source that holds no text onrecord can read."""


class BrokenInstallation(OnRecordError):
    """A file of the package, such as the model, is missing or damaged."""
