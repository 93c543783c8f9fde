"""The settings: one table. Each can be overridden by an environment variable, `ONRECORD_` and its name in capitals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.errors import OnRecordError


class BadSetting(OnRecordError):
    """A setting with a value it cannot have, or a name that is no setting."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One whole number that a user may change.

    Attributes:
        default: its value where the environment says nothing.
        least: the smallest value it may have.
        help: what it does and in which unit it counts, in one sentence.
    """

    name: str
    default: int
    least: int
    help: str

    @property
    def variable(self) -> str:
        """Name of the environment variable that overrides it."""
        return f"ONRECORD_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("threads", 0, 0, "Reports read at the same time; 0 means one for each core this process may use."),
    Setting("read_seconds", 60, 1, "Seconds that a PDF, Word, mail, XML or web-archive file may take for each report."),
    Setting("read_memory", 2048, 256, "Megabytes of memory that the reader of such files may use."),
    Setting("report_megabytes", 10, 1, "Megabytes that one report may have: a web page, or the text of any report."),
    Setting("file_megabytes", 256, 1, "Megabytes that a text, table or JSON file may have, or one JSON line."),
)


def setting(name: str, environment: Mapping[str, str] | None = None) -> int:
    """The value of a setting: the environment's if it has one, the default otherwise.

    Args:
        name: as in `SETTINGS`.
        environment: where to look; the process's own if None.

    Raises:
        BadSetting: there is no setting of that name, or its value is not a whole number in its bounds.
    """
    found = next((entry for entry in SETTINGS if entry.name == name), None)
    if found is None:
        known = ", ".join(entry.name for entry in SETTINGS)
        raise BadSetting(name, "is not a setting", f"The settings are {known}")
    written = (os.environ if environment is None else environment).get(found.variable, "").strip()
    return _number(found, written) if written else found.default


def threads(environment: Mapping[str, str] | None = None) -> int:
    """Reports to read at the same time, at least one: the setting, or the cores this process may use."""
    return setting("threads", environment) or _cores()


def _number(entry: Setting, written: str) -> int:
    try:
        value = int(written)
    except ValueError:
        raise BadSetting(entry.variable, f"'{written[:40]}' is not a whole number", _remedy(entry)) from None
    if value < entry.least:
        raise BadSetting(entry.variable, f"{value} is too small", _remedy(entry))
    return value


def _remedy(entry: Setting) -> str:
    return f"Give a number from {entry.least} up, or unset it for {entry.default}"


def _cores() -> int:
    """Cores this process may use: fewer than the machine has where a container or `taskset` says so."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
