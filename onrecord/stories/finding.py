"""Stories of a whole archive: one pass that reads, one that groups, in the order of days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.model import Annotations
from onrecord.notation import decoded, encoded
from onrecord.stories.grouping import WIDE, Grain, Grouper, Item, Story, item_of_story
from onrecord.stories.sketching import Sketch, sketch_of
from onrecord.stories.weighing import Usage

_LAST = 10**9


def find_stories(read: Iterable[Annotations], grain: Grain | None = None) -> list[Story]:
    """The stories of an archive, by their numbers: those that began earlier first.

    Args:
        read: annotated reports, in any order; one at a time is in memory.
        grain: how alike reports of one story are.
    """
    return stories_of((sketch_of(one) for one in read), grain)


def stories_of(sketches: Iterable[Sketch], grain: Grain | None = None) -> list[Story]:
    """As `find_stories`, of reports in little."""
    usage = Usage()
    with _Spool() as spool:
        for sketch in sketches:
            usage.count(sketch)
            spool.add(sketch)
        items = (_item(sketch, usage) for sketch in spool.in_order())
        return sorted(Grouper(grain or Grain()).grouped(items), key=lambda story: story.number)


def wider(stories: Iterable[Story], grain: Grain = WIDE) -> list[Story]:
    """The wider stories that stories are parts of, numbered anew in the order in which they began.

    The largest are taken first, so that the small ones gather around them.
    """
    largest = sorted(stories, key=lambda story: (-len(story.reports), story.number))
    whole = sorted(
        Grouper(grain).grouped(map(item_of_story, largest)), key=lambda one: (one.first or _LAST, one.number)
    )
    return [replace(story, number=number) for number, story in enumerate(whole, 1)]


def _item(sketch: Sketch, usage: Usage) -> Item:
    return Item((sketch.report,), sketch.title, sketch.day, sketch.day, usage.vector(sketch), usage.meaning(sketch))


class _Spool:
    """Reports in little, put by on disk and taken up again in the order of their days; those without one come last."""

    def __enter__(self) -> _Spool:
        self._file = sqlite3.connect("", isolation_level=None)  # a file without a name, gone at the end
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("CREATE TABLE sketch (day INTEGER, report TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
        self._file.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, sketch: Sketch) -> None:
        row = (_LAST if sketch.day is None else sketch.day, sketch.report, encoded(sketch))
        self._file.execute("INSERT OR IGNORE INTO sketch VALUES (?, ?, ?)", row)

    def in_order(self) -> Iterator[Sketch]:
        for (data,) in self._file.execute("SELECT data FROM sketch ORDER BY day, report"):
            yield decoded(Sketch, data)
