"""Which of the places of a name a report means: a table of named features, and votes among the names of a report.

Every name has one meaning in a report. In each round a name votes for the countries, regions and neighbourhoods of what
it may mean, and is judged by the votes of the others; what the reports of one publisher agree on is its home and
votes too. After Leidner (2007), "Toponym resolution in text": one referent per discourse, spatial minimality.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, exp, log10, radians

from onrecord.resolve.gazetteer import Candidate, How, Kind

_ROUNDS = 2
_MOST = 40
"""Candidates of a name that are judged, the likeliest by themselves first."""
_NEAR = 100.0
"""Kilometres at which nearness has fallen to 37 per cent."""
_ANCHORS = 6
_DEGREE = 111.2
_FIRM = 0.1
"""What the best candidate must be ahead by, unless the others lie beside it."""

_KINDS: dict[Kind, float] = {
    "country": 2.5,
    "continent": 2.5,
    "area": 2.0,
    "water": 2.5,
    "river": 1.0,
    "mountain": 1.5,
    "desert": 1.5,
    "region": 0.4,
    "capital": 2.0,
    "county": -1.2,
    "town": 0.0,
    "airport": -1.0,
    "air_base": 1.0,
    "base": 1.5,
    "zone": 1.5,
    "crossing": 1.5,
    "plant": 1.5,
    "building": 1.5,
}
_SPELLINGS: dict[How, float] = {"head": -0.3, "alias": -1.2, "spelling": -1.5}
_UNCOUNTED = 5.0
"""Stands for the logarithm of the number of inhabitants where a kind of place has none."""
_POINTS: frozenset[Kind] = frozenset(("town", "capital", "county", "airport", "air_base", "base", "plant", "crossing"))


@dataclass(slots=True)
class Name:
    """A name of one report, with what it may mean and how likely each is.

    Attributes:
        inside: candidates of the place that the text says this one lies in ("Paris, Texas"); empty if it says none.
        around: candidates of a place that the text says lies in this one.
        times: how often the report uses it.
        shares: likelihood of each candidate, summing to 1.
    """

    key: str
    candidates: tuple[Candidate, ...]
    inside: tuple[Candidate, ...] = ()
    around: tuple[Candidate, ...] = ()
    times: int = 1
    scores: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    @property
    def best(self) -> Candidate:
        return self.candidates[max(range(len(self.scores)), key=lambda i: (self.scores[i], -i))]

    def ranked(self) -> list[Candidate]:
        """The candidates, the likeliest first."""
        order = sorted(range(len(self.candidates)), key=lambda i: (-self.scores[i], i))
        return [self.candidates[i] for i in order]

    @property
    def firm(self) -> bool:
        """Whether one candidate is ahead, or all that are level lie in one neighbourhood."""
        best = max(self.scores)
        first = self.best
        level = (c for c, score in zip(self.candidates, self.scores, strict=True) if score > best - _FIRM)
        return all(_apart(c, first.lat, first.lon) < _NEAR for c in level)


@dataclass(slots=True)
class Votes:
    """What names say of where a report is set. Weights, not shares."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    points: defaultdict[tuple[float, float], float] = field(default_factory=lambda: defaultdict(float))
    total: float = 0.0

    def add(self, name: Name, sign: float = 1.0) -> None:
        """Counts a name, or with `sign` -1 takes it back."""
        weight = sign * name.times**0.5
        self.total += weight
        for candidate, share in zip(name.candidates, name.shares, strict=True):
            if share < 0.05:
                continue
            if candidate.country:
                self.countries[candidate.country] += weight * share
                if candidate.region:
                    self.regions[candidate.country, candidate.region] += weight * share
            if candidate.kind in _POINTS:
                self.points[candidate.lat, candidate.lon] += weight * share

    def anchors(self, count: int) -> list[tuple[float, float, float]]:
        """The heaviest points: latitude, longitude, weight."""
        heavy = sorted(((w, p) for p, w in self.points.items() if w > 0.2), key=lambda x: (-x[0], x[1]))
        return [(*point, weight) for weight, point in heavy[:count]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a candidate is judged against: the votes of the other names, and of all that the publisher writes."""

    name: Name
    votes: Votes
    anchors: Sequence[tuple[float, float, float]]
    home: Votes | None
    home_anchors: Sequence[tuple[float, float, float]]


def size(candidate: Candidate) -> float:
    """Large and important places are meant more often: the logarithm of the inhabitants, and the kind of place."""
    people = log10(candidate.people) if candidate.people > 0 else _UNCOUNTED if candidate.kind not in _POINTS else 2.5
    return people + _KINDS[candidate.kind]


def spelling(candidate: Candidate) -> float:
    """The usual name counts more than an alias."""
    return {"name": 0.0, "demonym": 0.0, "abbreviation": 0.0, "head": -0.3, "alias": -1.2, "spelling": -1.5}[
        candidate.how
    ]


def containment(candidate: Candidate, scene: Scene) -> float:
    """The text says what it lies in ("Paris, Texas"), or that something lies in it."""
    name = scene.name
    stated = 0.0
    if name.inside:
        stated += 1.0 if any(lies_in(candidate, outer) for outer in name.inside) else -0.6
    if name.around:
        stated += 1.0 if any(lies_in(inner, candidate) for inner in name.around) else -0.6
    return stated


def same_country(candidate: Candidate, scene: Scene) -> float:
    """Other places of the report lie in the same country."""
    votes = scene.votes
    return votes.countries[candidate.country or ""] / (votes.total + 0.5)


def same_region(candidate: Candidate, scene: Scene) -> float:
    """Other places of the report lie in the same state or province."""
    if candidate.region is None:
        return 0.0
    return scene.votes.regions[candidate.country or "", candidate.region] / (scene.votes.total + 0.5)


def nearness(candidate: Candidate, scene: Scene) -> float:
    """Other places of the report lie close by."""
    return _closeness(candidate, scene.anchors)


def home_region(candidate: Candidate, scene: Scene) -> float:
    """The publisher writes of this country and region."""
    home = scene.home
    if home is None or candidate.country is None:
        return 0.0
    regional = home.regions[candidate.country, candidate.region] if candidate.region else 0.0
    return (0.4 * home.countries[candidate.country] + regional) / (home.total + 2.0)


def home_nearness(candidate: Candidate, scene: Scene) -> float:
    """It lies close to what the publisher writes of most."""
    return _closeness(candidate, scene.home_anchors)


OWN: tuple[tuple[Callable[[Candidate], float], float], ...] = ((size, 1.0), (spelling, 1.0))
"""Features of a candidate by itself, with their weights."""
SHARED: tuple[tuple[Callable[[Candidate, Scene], float], float], ...] = (
    (containment, 6.0),
    (same_country, 3.0),
    (same_region, 2.5),
    (nearness, 1.5),
    (home_region, 3.0),
    (home_nearness, 1.5),
)
"""Features of a candidate within a report, with their weights."""


@lru_cache(maxsize=8192)
def by_itself(candidate: Candidate) -> float:
    """The score of a candidate without any context."""
    return sum(weight * feature(candidate) for feature, weight in OWN)


def likeliest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that are judged: one a place, at most 40, the likeliest by themselves first."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.ref not in found or by_itself(found[candidate.ref]) < by_itself(candidate):
            found[candidate.ref] = candidate
    return tuple(sorted(found.values(), key=lambda c: (-by_itself(c), c.ref))[:_MOST])


def place_all(reports: Sequence[Sequence[Name]], publishers: Sequence[str | None]) -> None:
    """Scores the candidates of all names; `publishers` go with `reports`."""
    all_votes = []
    for names in reports:
        for name in names:
            name.scores = [by_itself(c) for c in name.candidates]
            name.shares = _shares(name.scores)
        votes = _counted(names)
        for _ in range(_ROUNDS):
            for name in names:
                _judge(name, votes, None, ())
        all_votes.append(votes)
    published: dict[str, list[tuple[Name, Votes]]] = defaultdict(list)
    for names, votes, publisher in zip(reports, all_votes, publishers, strict=True):
        if publisher is not None:
            published[publisher] += [(name, votes) for name in names]
    for uses in published.values():
        _judge_at_home(uses)


def _judge_at_home(uses: Sequence[tuple[Name, Votes]]) -> None:
    """Judges all names of one publisher again, each key against the home that the other keys make."""
    home = _counted([name for name, _ in uses])
    by_key: dict[str, list[tuple[Name, Votes]]] = defaultdict(list)
    for name, votes in uses:
        by_key[name.key].append((name, votes))
    for _ in range(_ROUNDS):
        for same in by_key.values():
            if len(same[0][0].candidates) < 2:
                continue
            for name, _ in same:
                home.add(name, -1.0)
            anchors = home.anchors(_ANCHORS)
            for name, votes in same:
                _judge(name, votes, home, anchors)
            for name, _ in same:
                home.add(name)


def _counted(names: Iterable[Name]) -> Votes:
    votes = Votes()
    for name in names:
        votes.add(name)
    return votes


def _judge(name: Name, votes: Votes, home: Votes | None, home_anchors: Sequence[tuple[float, float, float]]) -> None:
    """Scores the candidates of a name by the votes of the others; its own are counted anew."""
    if len(name.candidates) < 2:
        return
    votes.add(name, -1.0)
    scene = Scene(name, votes, votes.anchors(_ANCHORS), home, home_anchors)
    name.scores = [_score(candidate, scene) for candidate in name.candidates]
    name.shares = _shares(name.scores)
    votes.add(name)


def _score(candidate: Candidate, scene: Scene) -> float:
    return by_itself(candidate) + sum(weight * feature(candidate, scene) for feature, weight in SHARED)


def _shares(scores: Sequence[float]) -> list[float]:
    best = max(scores)
    raised = [exp(1.5 * (score - best)) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def lies_in(inner: Candidate, outer: Candidate) -> bool:
    """Whether one place lies in another, as far as the gazetteer tells."""
    if inner.ref == outer.ref:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "region":
        return inner.country == outer.country and inner.region == outer.region
    reach = {"area": 350.0, "county": 60.0, "capital": 60.0, "town": 30.0}.get(outer.kind)
    return reach is not None and _apart(inner, outer.lat, outer.lon) < reach


def _closeness(candidate: Candidate, anchors: Sequence[tuple[float, float, float]]) -> float:
    if candidate.kind not in _POINTS:
        return 0.0
    near = sum(weight * exp(-_apart(candidate, lat, lon) / _NEAR) for lat, lon, weight in anchors)
    return near / (near + 1.0)


def _apart(candidate: Candidate, lat: float, lon: float) -> float:
    """Kilometres, as on a flat map: good enough for what is near."""
    north = (candidate.lat - lat) * _DEGREE
    if abs(north) > 1000:
        return abs(north)
    east = abs(candidate.lon - lon)
    east = min(east, 360 - east) * _DEGREE * cos(radians(lat))
    return float((north * north + east * east) ** 0.5)
