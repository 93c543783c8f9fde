"""The command that keeps a case up to date with feeds."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import case_argument, later_option, threads_option
from onrecord.cli.telling import counted, one_line, one_line_errors
from onrecord.errors import OnRecordError
from onrecord.pipeline import Watch

if TYPE_CHECKING:
    from onrecord.read.polling import FeedState, Poller

_KEPT = "watch"
"""The key under which a case on a server keeps what is known of the feeds."""


class _Telling(Watch):
    """Tells of each failure in a line, and counts them."""

    def __init__(self) -> None:
        self.failures = 0

    def failed(self, error: OnRecordError) -> None:
        self.failures += 1
        click.echo(one_line(error), err=True)


@click.command()
@case_argument
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--every", type=click.IntRange(min=1), default=30, show_default=True, help="Minutes between two looks.")
@click.option("--once", is_flag=True, help="Look once and end, as for a timer of the system.")
@later_option
@threads_option
def watch(case: str, feeds: tuple[str, ...], every: int, once: bool, later: bool, threads: int | None) -> None:
    """Add what RSS and Atom feeds report to a case, again and again.

    FEED is the web address of a feed. Sites are asked only for what is new, seldom, and never for what their
    robots.txt forbids. What is known of the feeds is kept beside the case, in CASE.watch.json, or on a server in the
    case. Stop it with Ctrl-C.
    """
    from onrecord.read.polling import Poller

    with one_line_errors(), stopping() as stop:
        _check(feeds)
        poller = Poller(_known(case), every * 60.0, stop)
        while True:
            failures = look(case, feeds, poller, threads, later)
            _keep(case, poller.state)
            if once or stop.wait(every * 60.0):
                break
    if once and failures:
        sys.exit(1)


def look(case: str, feeds: tuple[str, ...], poller: Poller, threads: int | None = None, later: bool = False) -> int:
    """One round: what the feeds have is fetched and added. Returns how much failed."""
    from onrecord.casebook import open_case

    told = _Telling()
    with TemporaryDirectory(prefix="onrecord-") as folder:
        gathered = poller.gather(feeds, Path(folder))
        for error in gathered.errors:
            told.failed(error)
        new = 0
        if gathered.sources:
            with open_case(case, create=True, threads=threads) as opened:
                new = opened.add(gathered.sources, told, later=later).new
    poller.settle(gathered)
    click.echo(f"{counted(new, 'new report')}, {told.failures} failed", err=True)
    return told.failures


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set: what was begun is finished. A second signal ends at once."""
    stop = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check(feeds: tuple[str, ...]) -> None:
    from onrecord.read.address import is_address

    wrong = next((feed for feed in feeds if not is_address(feed)), None)
    if wrong is not None:
        raise OnRecordError(
            wrong, "is not a web address", "Give the address of a feed, such as https://example.org/rss"
        )


def _known(case: str) -> dict[str, FeedState]:
    """What is known of the feeds: kept beside the case, or in it where it lies on a server."""
    from onrecord.case.connect import is_server
    from onrecord.case.store import Store
    from onrecord.read.polling import load_state, state_of

    if not is_server(case):
        return load_state(_file(case))
    with Store(case, create=True) as store, store.view() as view:
        return state_of(view.value(_KEPT) or "")


def _keep(case: str, state: dict[str, FeedState]) -> None:
    from onrecord.case.connect import is_server
    from onrecord.case.store import Store
    from onrecord.export.files import written_atomically
    from onrecord.read.polling import state_text

    if is_server(case):
        with Store(case) as store, store.writer() as writer:
            writer.keep(_KEPT, state_text(state))
        return
    with written_atomically(_file(case)) as file:
        file.write(state_text(state))


def _file(case: str) -> Path:
    return Path(f"{case}.watch.json")
