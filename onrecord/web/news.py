"""What the story has from some reports: the changes, disagreements, commitments and positions that rest on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from onrecord.export.brief.document import Item
from onrecord.web.book import Book
from onrecord.web.claims import NAMES, words_of

_MOST = 14
_TOLD = ("changes", "conflicts", "commitments", "positions", "figures")


def news(reports: Collection[str], book: Book) -> list[tuple[str, str, str]]:
    """Address, kind and words of what rests on the reports, the most telling kinds first."""
    return list(islice(_news(set(reports), book), _MOST)) if reports else []


def _news(reports: set[str], book: Book) -> Iterator[tuple[str, str, str]]:
    for name in _TOLD:
        for one in book.record[name]:
            if _rests_on(one, reports):
                yield f"/{name}/{one['id']}", NAMES[name], words_of(name, one, book)


def _rests_on(one: Item, reports: set[str]) -> bool:
    return any(passage["report"] in reports for passage in one["evidence"])
