"""What is known of how reports are wrapped: agencies, header words, months, formats. Read from `data/read.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.lexicons import table_of

_SPLIT = re.compile(r"[/;,|]")
_LONGEST_AGENCY = 12
"""Words of the longest name of an agency, and of the desk behind it, that are looked at."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A kind of file that holds no plain text, how to know it, and what its owner can do."""

    kind: str
    remedy: str
    suffixes: frozenset[str]
    starts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of `data/read.toml`; every key is case-folded.

    Attributes:
        months: name to number.
        headers: word of a header line to its role (title, publisher, date, changed, byline, address, skipped).
        agencies: way of writing to name.
        export_heads, export_tails: fields of LexisNexis before and after a text; export_codes: those of Factiva.
        fields: what a column or field says (text, title, published, publisher, id, url, lists) to its usual names.
    """

    months: Mapping[str, int]
    weekdays: frozenset[str]
    headers: Mapping[str, str]
    labels: frozenset[str]
    releases: frozenset[str]
    papers: frozenset[str]
    not_places: frozenset[str]
    joins: frozenset[str]
    posts: frozenset[str]
    agencies: Mapping[str, str]
    cities: frozenset[str]
    small_words: frozenset[str]
    refused: tuple[Refused, ...]
    export_heads: frozenset[str]
    export_tails: frozenset[str]
    export_codes: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]

    def agency(self, words: str) -> str | None:
        """Name of the agency that `words` stand for, also where a desk or a second one follows ("AFP Sport")."""
        for part in (words, *_SPLIT.split(words)):
            key = " ".join(part.split()[:_LONGEST_AGENCY]).casefold().rstrip(".:")
            while key:
                if key in self.agencies:
                    return self.agencies[key]
                key = key.rpartition(" ")[0]
        return None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = table_of("read")
    return Lexicon(
        months={word: int(number) for number, words in data["months"].items() for word in words},
        weekdays=_folded(data["weekdays"]["names"]),
        headers={word.casefold(): role for role, words in data["headers"].items() for word in words},
        labels=_folded(data["labels"]["lines"]),
        releases=_folded(data["labels"]["releases"]),
        papers=frozenset(data["labels"]["papers"].split()),
        not_places=_folded(data["labels"]["not_places"]),
        joins=_folded(data["byline"]["joins"]),
        posts=_folded(data["byline"]["posts"]),
        agencies={form.casefold().rstrip("."): entry["name"] for entry in data["agency"] for form in entry["forms"]},
        cities=_folded(data["places"]["cities"]),
        small_words=_folded(data["places"]["small_words"]),
        refused=tuple(_refused(entry) for entry in data["format"]),
        export_heads=_folded(data["exports"]["heads"]),
        export_tails=_folded(data["exports"]["tails"]),
        export_codes=frozenset(data["exports"]["codes"]),
        fields={role: tuple(names) for role, names in data["fields"].items()},
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _refused(entry: Mapping[str, Any]) -> Refused:
    starts = tuple(str(start).encode("latin-1") for start in entry["starts"])
    return Refused(entry["kind"], entry["remedy"], frozenset(entry["suffixes"]), starts)
