"""Datelines: `WASHINGTON (AP) —`, `GAZA/JERUSALEM, Aug 29 (Reuters) -`, `MOSCOW, August 29. /TASS/.`, `NEW YORK —`.

Three shapes, tried in this order, each in a window of bounded length: an agency in brackets; an agency in
slashes; a place (and perhaps a date) before a dash. The less a shape says, the more its place must look like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.model import Dateline, DeclaredDate
from onrecord.read.lexicon import lexicon
from onrecord.read.written import find_date, month_pattern
from onrecord.spans import Span, trimmed

_WINDOW = 160
_LONGEST_PLACE = 70
_BRACKETS = re.compile(
    r"(?P<where>[^()\[\]\n]{0,60}?(?:\s{0,2}\([A-Z][^()\d\n]{2,30}\),[^()\[\]\n]{2,40}?)?)[,\s]{0,3}"
    r"[(\[](?P<agency>[^()\[\]\n]{2,40})[)\]]"
    r"(?P<dash>\.?\s{0,3}(?:[—–―‒]|--{1,2}|-(?!\w)|_|:|/))?\s{0,9}"
)
_SLASHES = re.compile(
    r"(?P<where>[^()/\n]{2,80}?)[.,]?\s{0,2}/(?P<agency>[A-Za-z][A-Za-z .-]{1,30})/"
    r"(?P<dash>[.,]?\s{0,3}(?:[—–―‒]|-{1,2}|_|:|\.)?)\s{0,9}"
)
_BARE = re.compile(
    r"(?P<where>[^()\n—–―‒]{2,90}?)(?:\s{0,3}[—–―‒]\s{0,3}|\s-\s{1,3}|\s{0,3}--{1,2}\s{0,3}|\s{0,3}_\s{1,3}"
    r"|(?P<tight>-)\s{1,3}|(?P<colon>:)\s{1,3})\s{0,9}"
)
_ALONE = re.compile(r"(?P<where>[^()\n]{2,90})(?:\n|\Z)\s{0,9}")
_SPEAKER = re.compile(r"\n[ \t]{0,8}[A-Z][A-Z .,'’-]{1,40}\s?(?:--|[—–―-])\s")
_ABBREVIATED = re.compile(r"\.[^\s.]{1,3}\Z|\b[A-Z][a-z]{1,4}\Z")
_CAPITALS = re.compile(r"[A-Z]{2,6}")
_BLANK = re.compile(r"[ \t]{0,9}\r?\n[ \t]{0,9}\r?\n")
_MOST_WORDS = 5
_TOWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """A dateline, the date it gives if that has a year, and the offset at which the story begins.

    `alone` is one on a line of its own, which a headline may follow.
    """

    dateline: Dateline
    declared: DeclaredDate | None
    body: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Where:
    """The words before agency or dash, taken apart: a place, whether a day follows it, and what agency."""

    place: Span | None
    dated: bool
    declared: DeclaredDate | None
    agency: str | None
    end: int


def opening_at(text: str, at: int) -> Opening | None:
    """The dateline that begins at offset `at`, or None. Looks at no more than 160 characters."""
    window = min(len(text), at + _WINDOW)
    return (
        _bracketed(text, at, window)
        or _slashed(text, at, window)
        or _bare(text, at, window)
        or _alone(text, at, window)
    )


def _bracketed(text: str, at: int, window: int) -> Opening | None:
    match = _BRACKETS.match(text, at, window)
    if match is None:
        return None
    agency = lexicon().agency(match["agency"])
    end = match.end("agency") + 1
    if not match["where"].strip():
        return _opening(text, at, end, None, agency, match.end()) if agency else None
    where = _where(text, match.start("where"), match.end("where"), trusted=True)
    if where is None or where.place is None or lexicon().agency(where.place.of(text)):
        return None
    sure = where.dated or _is_city(where.place.of(text)) or "," in where.place.of(text)
    plain = _in_capitals(where.place.of(text)) or sure or bool(match["dash"])
    if agency is None and not (sure and match["dash"] and (where.dated or _is_name(match["agency"]))):
        return None
    return _opening(text, at, end, where, agency or match["agency"].strip(), match.end()) if plain else None


def _slashed(text: str, at: int, window: int) -> Opening | None:
    match = _SLASHES.match(text, at, window)
    agency = lexicon().agency(match["agency"]) if match else None
    where = _where(text, match.start("where"), match.end("where")) if match and agency else None
    if match is None or where is None or where.place is None:
        return None
    return _opening(text, at, match.end("agency") + 1, where, agency, match.end())


def _bare(text: str, at: int, window: int) -> Opening | None:
    """A place before a dash; or an agency before one ("AP - ")."""
    match = _BARE.match(text, at, window)
    if match is None:
        return None
    start, end = match.span("where")
    if match["colon"]:
        where = _where(text, start, end) if _is_city(match["where"]) and _in_capitals(match["where"]) else None
    else:
        where = _where(text, start, end)
    if where is None or (match["tight"] and where.agency is None):
        return None
    if where.dated and _range().match(text, match.end()):
        return None  # `Venice, August 29 - September 8`
    told = where.place is None or where.agency or where.dated
    if where.place is not None and not told and not _stands_alone(text, match.end()):
        return None
    return _opening(text, at, where.end, where, where.agency, match.end())


def _alone(text: str, at: int, window: int) -> Opening | None:
    """A place and a whole date on a line of their own (`LONDON 1996-08-26`); any place, where a blank line follows."""
    match = _ALONE.match(text, at, window)
    where = _where(text, match.start("where"), match.end("where")) if match else None
    if match is None or where is None or where.place is None or where.declared is None:
        return None
    place = where.place.of(text)
    apart = (
        text[where.place.end] == "," and _BLANK.match(text, match.end("where")) and len(place.split()) <= _TOWN_WORDS
    )
    if not (_is_city(place) or _in_capitals(place) or (apart and _is_name(place))):
        return None
    opening = _opening(text, at, where.end, where, where.agency, match.end())
    return replace(opening, alone=True) if opening else None


def _opening(text: str, at: int, end: int, where: _Where | None, agency: str | None, body: int) -> Opening | None:
    span = trimmed(text, at, end)
    if span is None:
        return None
    place = where.place if where else None
    return Opening(Dateline(span, place, agency), where.declared if where else None, body)


def _where(text: str, start: int, end: int, *, trusted: bool = False) -> _Where | None:
    """Takes `BERLIN, Germany, Aug. 29, 2024` apart, or None if that is no place and date."""
    words = trimmed(text, start, end, ",")
    if words is None:
        return None
    if words.of(text).casefold() in lexicon().agencies:
        return _Where(None, False, None, lexicon().agency(words.of(text)), words.end)
    agency, stop = _trailing_agency(text, words)
    day = _trailing_day().search(text, words.start, stop)
    place = trimmed(text, words.start, day.start() if day else stop, ",.")
    place = _with_final_stop(text, place, stop)
    if place is None:
        return None
    if not _is_place(place.of(text), trusted=trusted or day is not None or agency is not None):
        return None
    return _Where(place, day is not None, _declared(text, day), agency, words.end)


def _with_final_stop(text: str, place: Span | None, stop: int) -> Span | None:
    """`HEMPSTEAD, N.Y.` keeps the full stop of its abbreviation."""
    if place is None or place.end >= stop or text[place.end] != ".":
        return place
    return Span(place.start, place.end + 1) if _ABBREVIATED.search(place.of(text)) else place


def _trailing_agency(text: str, words: Span) -> tuple[str | None, int]:
    """The agency after the last comma (`TEHRAN, IRNA`), and where the rest ends."""
    comma = text.rfind(",", words.start, words.end)
    last = text[comma + 1 : words.end].strip() if comma > 0 else ""
    name = lexicon().agencies.get(last.casefold())
    if name is None and _CAPITALS.fullmatch(last) and _trailing_day().search(text, words.start, comma):
        name = last  # `Accra, May 3, GNA`
    return (name, comma) if name else (None, words.end)


def _declared(text: str, day: re.Match[str] | None) -> DeclaredDate | None:
    """The date of a dateline, if it gives the year."""
    if day is None or not (day["iso"] or day["year1"] or day["year2"]):
        return None
    span = trimmed(text, day.start(), day.end(), ",.")
    found = find_date(text, span.start, span.end) if span else None
    return DeclaredDate(found.value, Span(found.start, found.end), "dateline") if found else None


@lru_cache(maxsize=1)
def _trailing_day() -> re.Pattern[str]:
    """A day at the end of a dateline's words: `, Sept. 26`, `, 3 May 2024`, ` 1996-08-26`, `, Friday`."""
    weekday = "(?:" + "|".join(sorted(lexicon().weekdays, key=lambda word: (-len(word), word))) + r")\b\.?"
    month = month_pattern()
    return re.compile(
        rf"(?:^|[,.\s])\s{{0,3}}(?:{weekday},?\s{{0,3}})?(?:"
        rf"{month}\b\.?\s{{0,3}}\d{{1,2}}(?!\d)(?:,?\s{{0,3}}(?P<year1>\d{{4}}))?"
        rf"|\d{{1,2}}\.?\s{{0,2}}{month}\b\.?(?:,?\s{{1,3}}(?P<year2>\d{{4}}|\d\d))?"
        rf"|(?P<iso>\d{{4}}-\d\d-\d\d)|(?<=,\s){weekday})[.,]?\s{{0,3}}\Z",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _range() -> re.Pattern[str]:
    """What follows the dash between two days."""
    return re.compile(rf"(?:{month_pattern()}\b\.?\s{{0,3}})?\d{{1,2}}\b", re.IGNORECASE)


def _is_place(words: str, *, trusted: bool) -> bool:
    """Whether `words` may be a dateline's place: `GAZA/JERUSALEM`, `HEMPSTEAD, N.Y.`, `Paris` if trusted."""
    first, *regions = (part.strip() for part in words.split(","))
    if (
        not first
        or len(words) > _LONGEST_PLACE
        or len(regions) > 2
        or first.casefold().rstrip(".") in lexicon().not_places
    ):
        return False
    if not all(_is_name(region) for region in regions):
        return False
    towns = re.split(r"\s?/\s?|\sand\s|\sAND\s", first)
    return all(_is_city(town) or _in_capitals(town) or (trusted and _is_name(town)) for town in towns)


def _is_city(words: str) -> bool:
    return words.strip().casefold() in lexicon().cities


def _in_capitals(words: str) -> bool:
    """`ST. LOUIS`, `N'DJAMENA`, `AL-ASAD AIR BASE`, `RIO de JANEIRO`: five words at most, without digits."""
    parts = words.split(",")[0].split()
    big = [part for part in parts if part not in lexicon().small_words]
    letters = sum(char.isalpha() for part in big for char in part)
    return (
        0 < len(parts) <= _MOST_WORDS and letters >= 3 and all(part.isupper() and not _has_digit(part) for part in big)
    )


def _is_name(words: str) -> bool:
    """`West Bank`, `N.Y.`, `Republic of Congo`: five capitalised words at most."""
    parts = words.split()
    big = [part for part in parts if part.casefold() not in lexicon().small_words]
    return bool(big) and len(parts) <= _MOST_WORDS and all(part[0].isupper() and not _has_digit(part) for part in big)


def _has_digit(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _stands_alone(text: str, body: int) -> bool:
    """Whether a place without agency or day is one: in a transcript a line like `SMITH --` is followed by others."""
    return _SPEAKER.search(text, body, body + 5000) is None
