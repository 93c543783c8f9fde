"""The gazetteer: names to candidate places, in a SQLite file that is opened when the first name is asked for.

Names are compared by their folded keys: without case, accents, apostrophes and dots, hyphens as spaces, Saint, Mount
and Fort abbreviated, and Arabic articles alike. `gazetteer/build.py` makes the file with the same `fold`.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Literal

from onrecord.shipped import DATA, checked

PATH = DATA / "gazetteer.sqlite"

Kind = Literal[
    "country",
    "region",
    "county",
    "capital",
    "town",
    "airport",
    "air_base",
    "base",
    "zone",
    "crossing",
    "plant",
    "building",
    "water",
    "river",
    "mountain",
    "desert",
    "area",
    "continent",
]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
How = Literal["name", "alias", "abbreviation", "demonym", "head", "spelling"]
HOWS: tuple[How, ...] = How.__args__  # type: ignore[attr-defined]
"""What a key is to a place. A `head` names it only with a noun of its kind after it ("the Taji base"); a
`spelling` is the skeleton of a name, and evidence only where the report speaks of the country."""

SCALE = 10_000
"""Units a degree in the file."""
FACILITIES: frozenset[Kind] = frozenset(("airport", "air_base", "base", "zone", "crossing", "plant", "building"))
_EARTH = 6371.0
_REMEMBERED = 200_000
"""Keys whose candidates are kept, found or not; then all are forgotten."""
_DROPPED = re.compile(r"[.'’‘`´ʼʻʾʿ′\u0300-\u036f]")
_PARTED = re.compile(r"[^\w]+|_")
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "el": "al", "as": "al", "ash": "al", "an": "al"}
_SHORT |= {"ar": "al", "at": "al", "az": "al", "ad": "al", "adh": "al", "ath": "al", "ain": "ayn", "ein": "ayn"}


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The key of a name: what is left when the ways of writing it are made alike."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", name.casefold()))
    words = _PARTED.sub(" ", plain).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_SHORT.get(word, word) for word in words) if len(words) > 1 else "".join(words)


def region_ref(country: str, region: str, name: str) -> str:
    """The reference of a region that has no number in the sources: made of what it is."""
    return f"onrecord:{country}.{region}.{fold(name).replace(' ', '-')}"


_CONFUSED = "sch:s kh:k gh:g dh:d th:t sh:s ch:s ph:f zh:s q:k c:k z:s v:w p:b x:ks j:g"
_ALIKE = tuple(pair.split(":") for pair in _CONFUSED.split())
_MUTE = re.compile(r"[aeiouyhw ]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def skeleton(key: str) -> str:
    """The consonants of a folded key, those alike that transliterations confuse, after a mark: "~trk" for Tarik."""
    bare = " ".join(word for word in key.split() if word != "al")
    for written, same in _ALIKE:
        bare = bare.replace(written, same)
    return "~" + _TWICE.sub(r"\1", _MUTE.sub("", bare))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean.

    Attributes:
        ref: `geonames:123`, `icao:ORAA` or `onrecord:…`.
        country: ISO 3166-1 code, or None for what lies in several.
        region: GeoNames code of the first-level region within the country, or None.
        people: inhabitants, 0 where unknown.
        how: what the key that was asked for is to it.
        means: ISO code of the country whose government the name stands for as well.
    """

    ref: str
    name: str
    country: str | None
    region: str | None
    lat: float
    lon: float
    people: int
    kind: Kind
    how: How
    means: str | None = None

    @property
    def facility(self) -> bool:
        return self.kind in FACILITIES


def kilometres(here: Candidate, there: Candidate) -> float:
    """Great-circle distance (haversine)."""
    return distance(here.lat, here.lon, there.lat, there.lon)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points given in degrees, in kilometres."""
    north, other_north = radians(lat), radians(other_lat)
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


_FIND = """SELECT p.ref, p.name, p.country, p.region, p.lat, p.lon, p.people, p.kind, n.how, p.means
FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.key = ? ORDER BY n.how, p.people DESC, p.id"""


class Gazetteer:
    """Read-only look-ups in one file. Threads may share it."""

    def __init__(self, path: Path = PATH) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def named(self, name: str) -> tuple[Candidate, ...]:
        """All places of that name, by key: those it is the name of before those it is an alias of, large first."""
        return self.by_key(fold(name))

    def by_key(self, key: str) -> tuple[Candidate, ...]:
        """All places of a folded key."""
        found = self._known.get(key)
        if found is None:
            with self._lock:
                rows = self._connection().execute(_FIND, (key,)).fetchall() if key else []
            found = tuple(_candidate(row) for row in rows)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return found

    def country(self, code: str) -> Candidate | None:
        """The country of an ISO 3166-1 code."""
        return next(iter(self.by_key(f"iso {code.casefold()}")), None)

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            checked(self._path, "the gazetteer")
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            self._open = sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._open


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of the package: nothing is read before the first look-up."""
    return Gazetteer()


def _candidate(row: Sequence[object]) -> Candidate:
    ref, name, country, region, lat, lon, people, kind, how, means = row
    if ref is None:
        ref = region_ref(str(country), str(region), str(name))
    return Candidate(
        ref=f"geonames:{ref}" if isinstance(ref, int) else str(ref),
        name=str(name),
        country=str(country) if country else None,
        region=str(region) if region else None,
        lat=int(str(lat)) / SCALE,
        lon=int(str(lon)) / SCALE,
        people=int(str(people)),
        kind=KINDS[int(str(kind))],
        how=HOWS[int(str(how))],
        means=str(means) if means else None,
    )
