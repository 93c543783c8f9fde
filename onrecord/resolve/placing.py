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

from onrecord.memory import FORGETFUL, Memory
from onrecord.memory import Kind as MemoryKind
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
        own: what each candidate scores by itself.
        shares: likelihood of each candidate, summing to 1.
    """

    key: str
    candidates: tuple[Candidate, ...]
    inside: tuple[Candidate, ...] = ()
    around: tuple[Candidate, ...] = ()
    times: int = 1
    own: list[float] = field(init=False)
    scores: list[float] = field(init=False)
    shares: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.own = [by_itself(candidate) for candidate in self.candidates]
        self.take(self.own)

    def take(self, scores: Sequence[float]) -> None:
        """Gives the candidates these scores."""
        self.scores, self.shares = list(scores), _shares(scores)

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


Anchor = tuple[float, float, float, float]
"""A point: latitude, longitude, the cosine of the latitude, and its weight."""


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

    def anchors(self, count: int) -> list[Anchor]:
        """The heaviest points."""
        heavy = sorted(((-weight, point) for point, weight in self.points.items() if weight > 0.2))
        return [(*point, cos(radians(point[0])), -weight) for weight, point in heavy[:count]]


class Home:
    """What a publisher writes of, besides the names that are judged against it: where its own candidates stand in it.

    Its reports name the same places over and over, so each place is looked up once.
    """

    def __init__(self, votes: Votes) -> None:
        self._votes, self._anchors = votes, votes.anchors(_ANCHORS)
        self._known: dict[tuple[object, ...], tuple[float, float]] = {}

    def stands(self, candidate: Candidate) -> tuple[float, float]:
        """How much it writes of the candidate's country and region, and how near the candidate is to the rest of it."""
        key = (candidate.country, candidate.region, candidate.kind, candidate.lat, candidate.lon)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._share(candidate), _closeness(candidate, self._anchors)
        return found

    def _share(self, candidate: Candidate) -> float:
        if candidate.country is None:
            return 0.0
        regional = self._votes.regions[candidate.country, candidate.region] if candidate.region else 0.0
        return (0.4 * self._votes.countries[candidate.country] + regional) / (self._votes.total + 2.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a candidate is judged against: the votes of the other names, and of all that the publisher writes."""

    name: Name
    votes: Votes
    anchors: Sequence[Anchor]
    home: Home | None


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
    return 0.0 if scene.home is None else scene.home.stands(candidate)[0]


def home_nearness(candidate: Candidate, scene: Scene) -> float:
    """It lies close to what the publisher writes of most."""
    return 0.0 if scene.home is None else scene.home.stands(candidate)[1]


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


Scores = tuple[tuple[float, ...], ...]
"""Of each name of a report what its candidates score."""

_ALONE: MemoryKind[Scores] = MemoryKind("placed alone", Scores)
_AT_HOME: MemoryKind[tuple[Scores, ...]] = MemoryKind("placed at home", tuple[Scores, ...])


def place_all(
    reports: Sequence[Sequence[Name]],
    publishers: Sequence[str | None],
    given: Sequence[object] = (),
    memory: Memory = FORGETFUL,
) -> None:
    """Scores the candidates of all names.

    Args:
        publishers: go with `reports`.
        given: what the names of each report are made of; go with `reports` too, where there is a memory.
    """
    made_of = given or reports
    for names, one in zip(reports, made_of, strict=True):
        _take(names, memory.recall(_ALONE, _judging_alone(names), one))
    published: dict[str, list[int]] = defaultdict(list)
    for number, publisher in enumerate(publishers):
        if publisher is not None:
            published[publisher].append(number)
    for numbers in published.values():
        theirs = [reports[number] for number in numbers]
        found = memory.recall(_AT_HOME, _judging_at_home(theirs), *(made_of[number] for number in numbers))
        for names, scores in zip(theirs, found, strict=True):
            _take(names, scores)


def _take(names: Sequence[Name], scores: Scores) -> None:
    for name, found in zip(names, scores, strict=True):
        name.take(found)


def _scores(names: Sequence[Name]) -> Scores:
    return tuple(tuple(name.scores) for name in names)


def _judging_alone(names: Sequence[Name]) -> Callable[[object], Scores]:
    """Judges each name of a report by the others."""

    def judge(_: object) -> Scores:
        votes = _counted(names)
        for _round in range(_ROUNDS):
            for name in names:
                _judge(name, votes, None)
        return _scores(names)

    return judge


def _judging_at_home(reports: Sequence[Sequence[Name]]) -> Callable[..., tuple[Scores, ...]]:
    """Judges all names of one publisher again, each key against the home that the other keys make."""

    def judge(*_: object) -> tuple[Scores, ...]:
        uses = [(name, votes) for names in reports for votes in [_counted(names)] for name in names]
        home = _counted(name for name, _ in uses)
        by_key: dict[str, list[tuple[Name, Votes]]] = defaultdict(list)
        for name, votes in uses:
            by_key[name.key].append((name, votes))
        for _round in range(_ROUNDS):
            for same in by_key.values():
                _judge_key(same, home)
        return tuple(map(_scores, reports))

    return judge


def _judge_key(same: Sequence[tuple[Name, Votes]], home: Votes) -> None:
    """Judges the names of one key, in all reports of a publisher."""
    if len(same[0][0].candidates) < 2:
        return
    for name, _ in same:
        home.add(name, -1.0)
    others = Home(home)
    for name, votes in same:
        _judge(name, votes, others)
    for name, _ in same:
        home.add(name)


def _counted(names: Iterable[Name]) -> Votes:
    votes = Votes()
    for name in names:
        votes.add(name)
    return votes


def _judge(name: Name, votes: Votes, home: Home | None) -> None:
    """Scores the candidates of a name by the votes of the others; its own are counted anew."""
    if len(name.candidates) < 2:
        return
    votes.add(name, -1.0)
    scene = Scene(name, votes, votes.anchors(_ANCHORS), home)
    both = zip(name.candidates, name.own, strict=True)
    name.take([own + _in(scene, candidate) for candidate, own in both])
    votes.add(name)


def _in(scene: Scene, candidate: Candidate) -> float:
    return sum(weight * feature(candidate, scene) for feature, weight in SHARED)


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


def _closeness(candidate: Candidate, anchors: Sequence[Anchor]) -> float:
    if candidate.kind not in _POINTS:
        return 0.0
    near = 0.0
    for lat, lon, parallel, weight in anchors:
        near += weight * exp(-_distance(candidate, lat, lon, parallel) / _NEAR)
    return near / (near + 1.0)


def _apart(candidate: Candidate, lat: float, lon: float) -> float:
    return _distance(candidate, lat, lon, cos(radians(lat)))


def _distance(candidate: Candidate, lat: float, lon: float, parallel: float) -> float:
    """Kilometres, as on a flat map: good enough for what is near; `parallel` is the cosine of the latitude."""
    north = (candidate.lat - lat) * _DEGREE
    if abs(north) > 1000:
        return abs(north)
    east = abs(candidate.lon - lon)
    east = min(east, 360 - east) * _DEGREE * parallel
    return float((north * north + east * east) ** 0.5)
