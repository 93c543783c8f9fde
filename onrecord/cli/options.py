"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.model import Issue
from onrecord.pipeline import Choices

_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
_FETCH = click.option("--fetch", is_flag=True, help="Fetch those SOURCEs that are web addresses.")
threads_option = click.option(
    "--threads", type=click.IntRange(min=1), help="Reports read at once. Default: one per core."
)
case_argument = click.argument("case", metavar="CASE")

_AS_OF = click.option("--as-of", metavar="DATE", help="Tell the story as known on a day: YYYY-MM-DD, YYYY-MM or YYYY.")
_ISSUES = click.option(
    "--issues", metavar="FILE", help="A TOML file of [[issue]] with label, for and against: the questions to look for."
)


later_option = click.option(
    "--later", is_flag=True, help="Read the reports now; compare them when the record is next asked for."
)
standing_option = click.option(
    "--standing",
    is_flag=True,
    help="Answer from the record as it was last compared, at once; what was added since is counted, not told.",
)


def sources_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its sources; `--fetch` marks those that are web addresses as allowed to be fetched."""

    @wraps(command)
    def with_sources(*args: Any, sources: tuple[str, ...], fetch: bool, **named: Any) -> Any:
        from onrecord.read.address import fetchable

        return command(*args, sources=fetchable(sources) if fetch else sources, **named)

    return _SOURCES(_FETCH(with_sources))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for, as it was typed."""

    as_of: str | None
    issues: str | None

    def choices(self) -> Choices:
        """The same, checked.

        Raises:
            OnRecordError: the date is none, or the file cannot be read.
        """
        return Choices(self._day(), self._issues())

    def _day(self) -> str | None:
        from onrecord.story.asof import parse_day

        return None if self.as_of is None else parse_day(self.as_of)

    def _issues(self) -> tuple[Issue, ...]:
        from onrecord.record.positions import load_issues

        return () if self.issues is None else tuple(load_issues(Path(self.issues)))


def asked_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options `--as-of` and `--issues`, which it gets as one `asked`."""

    @wraps(command)
    def with_asked(*args: Any, as_of: str | None, issues: str | None, **named: Any) -> Any:
        return command(*args, asked=Asked(as_of, issues), **named)

    return _AS_OF(_ISSUES(with_asked))
