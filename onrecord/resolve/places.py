"""Places across reports: what each name of a place means, with its point, its precision, and how it is meant.

`resolve_places` finds the toponyms of each report (`toponyms`), weighs what they may mean (`placing`), tells literal
uses from those that stand for a government or a team (`metonymy`), and makes one `Place` of each place for all reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Annotations, Mention, Place, Precision, identify
from onrecord.resolve.gazetteer import FACILITIES, Candidate, Gazetteer, Kind, gazetteer
from onrecord.resolve.metonymy import Metonymy
from onrecord.resolve.placing import Name, likeliest, place_all
from onrecord.resolve.toponyms import Toponym, find_toponyms, without_groups
from onrecord.spans import Located, Span

Reading = Literal["literal", "metonymic", "demonym", "part"]
"""How a place is meant: as a place; as its government, people or team; as an adjective or the name of its people; or as
a part of another name ("Mosul University"). Only literal readings belong on a map."""

_PRECISION: dict[Kind, Precision] = {"country": "country", "capital": "town", "town": "town"}
_PRECISION |= dict.fromkeys(FACILITIES, "exact")
_MOST_CANDIDATES = 4
_JOINTS = frozenset((", ", " in ", ", in ", " in the ", ", in the ", " (", ",\n"))
"""What stands between a place and the one it lies in."""
_LISTS = frozenset((", ", " and ", ", and ", " or ", " & "))
_OWNS = frozenset(("'s ", "’s "))
_OUTER: frozenset[Kind] = frozenset(("country", "region", "county", "area", "capital", "town"))


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """In a report, at this span, a place is named. `mention` is the id of the mention with this very span."""

    report: str
    span: Span
    mention: str
    place: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class PlaceBeliefs:
    """What the names of places in a set of reports mean.

    Attributes:
        places: in the order in which they are first named.
        readings: by report, then by offset.
        extra: by report, the mentions that only the gazetteer found.
        superseded: mentions whose words belong to a longer name among the extra ones.
    """

    places: tuple[Place, ...]
    readings: tuple[PlaceReading, ...]
    extra: Mapping[str, tuple[Mention, ...]]
    superseded: frozenset[str]
    _by_id: dict[str, Place] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {place.id: place for place in self.places})

    def place(self, number: str) -> Place:
        """The place of an id."""
        return self._by_id[number]

    @property
    def by_mention(self) -> dict[str, str]:
        """Place by mention id: names of places, literal and metonymic; demonyms and parts of names are left out."""
        return {r.mention: r.place for r in self.readings if r.reading in ("literal", "metonymic")}

    def added_to(self, annotations: Annotations) -> Annotations:
        """The annotations of a report with the names that only the gazetteer found."""
        kept = [m for m in annotations.mentions if m.id not in self.superseded]
        both = sorted([*kept, *self.extra.get(annotations.report.id, ())], key=lambda m: (m.span, m.id))
        return annotations if annotations.mentions == tuple(both) else replace(annotations, mentions=tuple(both))

    @property
    def literal(self) -> frozenset[str]:
        """The mentions that belong on a map."""
        return frozenset(r.mention for r in self.readings if r.reading == "literal")


def resolve_places(
    all_annotations: Sequence[Annotations], places: Gazetteer | None = None, memory: Memory = FORGETFUL
) -> PlaceBeliefs:
    """The places that the reports name, one `Place` for each over all reports.

    Raises:
        BrokenInstallation: the gazetteer is missing.
    """
    places = places or gazetteer()
    found = [
        _ReportPlaces(without_groups(annotations), find_toponyms(annotations, places, memory))
        for annotations in all_annotations
    ]
    publishers = [annotations.report.publisher for annotations in all_annotations]
    place_all([one.names for one in found], publishers, all_annotations, memory)
    book = _Book()
    readings = tuple(reading for one in found for reading in one.readings(book))
    return PlaceBeliefs(
        places=book.places(),
        readings=readings,
        extra={one.annotations.report.id: one.extra() for one in found},
        superseded=frozenset(mention for one in found for mention in one.superseded()),
    )


class _ReportPlaces:
    """The toponyms of one report, and the names they are uses of."""

    def __init__(self, annotations: Annotations, toponyms: Sequence[Toponym]) -> None:
        self.annotations = annotations
        self._toponyms = toponyms
        self._name_of: list[Name | None] = []
        self.names: list[Name] = []
        self._group()

    def _group(self) -> None:
        """One name for each key and what the text says it lies in; a use without joins the first with."""
        text = self.annotations.report.text
        known: dict[tuple[str, str], Name] = {}
        by_key: dict[str, Name] = {}
        stated = [self._stated(text, i) for i in range(len(self._toponyms))]
        order = sorted(range(len(stated)), key=lambda i: (not stated[i][0], i))
        chosen: dict[int, Name] = {}
        for index in order:
            toponym, (inside, around) = self._toponyms[index], stated[index]
            if not toponym.candidates:
                continue
            group = (toponym.key, inside[0].ref if inside else "")
            name = known.get(group) or (by_key.get(toponym.key) if not inside else None)
            if name is None:
                name = Name(toponym.key, likeliest(toponym.candidates), inside, around, 0)
                known[group] = name
                by_key.setdefault(toponym.key, name)
            name.times += 1
            name.around = name.around or around
            chosen[index] = name
        self._name_of = [chosen.get(index) for index in range(len(stated))]
        self.names = list({id(name): name for index in sorted(chosen) for name in (chosen[index],)}.values())

    def _stated(self, text: str, index: int) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
        """What the text says a toponym lies in, and what lies in it."""
        inside: tuple[Candidate, ...] = ()
        around: tuple[Candidate, ...] = ()
        toponyms, own = self._toponyms, self._toponyms[index]
        if index + 1 < len(toponyms):
            after = toponyms[index + 1]
            between = text[own.span.end : after.span.start]
            if between in _JOINTS and _may_hold(own, after, between) and not self._listed(text, index):
                inside = _outer(after, between)
            elif between in _OWNS and _may_hold(after, own, between):
                around = after.candidates
        if index > 0:
            before = toponyms[index - 1]
            between = text[before.span.end : own.span.start]
            if between in _JOINTS and _may_hold(before, own, between) and not self._listed(text, index - 1):
                around = before.candidates
            elif between in _OWNS and _may_hold(own, before, between):
                inside = _outer(before, between)
        return inside, around

    def _listed(self, text: str, index: int) -> bool:
        """Whether a country or region begins a list of its like, or goes on with it: "China, Japan and Korea"."""
        own = self._toponyms[index]
        if not _mostly_wide(own):
            return False
        for before, after in ((index - 1, index), (index + 1, index + 2)):
            if before >= 0 and after < len(self._toponyms):
                ends = self._toponyms[before].span.end, self._toponyms[after].span.start
                other = self._toponyms[before if before < index else after]
                if text[ends[0] : ends[1]] in _LISTS and _mostly_wide(other):
                    return True
        return False

    def readings(self, book: _Book) -> list[PlaceReading]:
        """The readings of the report; the places go into `book`."""
        report = self.annotations.report
        metonymy = Metonymy(self.annotations)
        out = []
        for toponym, name in zip(self._toponyms, self._name_of, strict=True):
            place = book.enter(toponym, name, toponym.span.of(report.text))
            reading: Reading = "literal"
            if toponym.role != "name":
                reading = toponym.role
            elif name is not None and _is_agent(toponym, name.best, metonymy):
                reading = "metonymic"
            out.append(PlaceReading(report.id, toponym.span, self._mention(toponym).id, place, reading))
        return out

    def _mention(self, toponym: Toponym) -> Mention:
        held = toponym.mention
        if held is not None and held.span == toponym.span:
            return held
        span = toponym.span
        number = identify("m", self.annotations.report.id, span.start, span.end, "mention")
        return Mention(number, span, "facility" if toponym.facility else "place")

    def extra(self) -> tuple[Mention, ...]:
        """Mentions for names of places that the encoder has none for; parts of names and demonyms are none."""
        known = {mention.span for mention in self.annotations.mentions}
        return tuple(self._mention(t) for t in self._toponyms if t.role == "name" and t.span not in known)

    def superseded(self) -> list[str]:
        """Mentions whose words went into a longer or better cut name."""
        new = Located((t.span, t) for t in self._toponyms if t.role == "name")
        out = []
        for mention in self.annotations.mentions:
            over = [span for span, _ in new.touching(mention.span)]
            inside = any(len(span) > len(mention.span) and span.contains(mention.span) for span in over)
            if inside or (mention.type == "place" and over and mention.span not in over):
                out.append(mention.id)
        return out


def _is_agent(toponym: Toponym, place: Candidate, metonymy: Metonymy) -> bool:
    if place.means is not None:
        return not metonymy.building_meant(toponym.span)
    return not toponym.facility and not place.facility and metonymy.stands_for_people(toponym.span)


def _outer(toponym: Toponym, between: str) -> tuple[Candidate, ...]:
    """What a toponym may mean as the place that another lies in; after a comma, only what is said in full."""
    kinds = _OUTER if between.strip() not in (",", "(") else _OUTER - {"capital", "town"}
    return tuple(c for c in toponym.candidates if c.kind in kinds and (c.kind != "county" or c.how == "name"))


def _mostly_wide(toponym: Toponym) -> bool:
    """Whether a name means a country or region when nothing else is known."""
    return bool(toponym.candidates) and likeliest(toponym.candidates)[0].kind in ("country", "region", "continent")


def _may_hold(inner: Toponym, outer: Toponym, between: str) -> bool:
    """Whether some candidate of `outer` is wide enough to hold the other; a list ("Paris, London") holds nothing."""
    if inner.role == "demonym" or outer.role == "demonym":
        return False
    if not _outer(outer, between):
        return False
    if not inner.candidates or not any(c.kind not in ("country", "continent") for c in inner.candidates):
        return False
    return not _mostly_country(inner) or not _mostly_country(outer)


def _mostly_country(toponym: Toponym) -> bool:
    return likeliest(toponym.candidates)[0].kind == "country"


@dataclass(slots=True)
class _Page:
    """A place in the making."""

    id: str
    candidate: Candidate | None
    name: str | None
    precision: Precision
    written: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    def place(self) -> Place:
        own, best = self.candidate, self.written.most_common(1)
        name = self.name or (own.name if own else best[0][0])
        resolved = own if self.precision != "unresolved" else None
        return Place(
            id=self.id,
            name=name,
            aliases=tuple(sorted(form for form in self.written if form != name)),
            country=resolved.country if resolved else None,
            lat=resolved.lat if resolved else None,
            lon=resolved.lon if resolved else None,
            precision=self.precision,
            gazetteer=resolved.ref if resolved else None,
            candidates=tuple(ref for ref, _ in self.others.most_common(_MOST_CANDIDATES)),
        )


class _Book:
    """One page for each place."""

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}

    def enter(self, toponym: Toponym, name: Name | None, written: str) -> str:
        """The id of the place that a toponym means."""
        page = self._page(toponym, name, written)
        page = self._pages.setdefault(page.id, page)
        if toponym.role == "name":
            page.written[written] += 1
        if name is not None:
            others = name.ranked()[0 if page.precision == "unresolved" else 1 : _MOST_CANDIDATES + 1]
            page.others.update({c.ref: _MOST_CANDIDATES - i for i, c in enumerate(others)})
        return page.id

    def _page(self, toponym: Toponym, name: Name | None, written: str) -> _Page:
        if name is None or not name.firm:
            return _Page(identify("p", toponym.key), None, written, "unresolved")
        best = name.best
        if toponym.facility and not best.facility:
            return _Page(identify("p", best.ref, toponym.key), best, written, "town")
        return _Page(identify("p", best.ref), best, None, _PRECISION.get(best.kind, "region"))

    def places(self) -> tuple[Place, ...]:
        """All places, in the order in which they were entered."""
        return tuple(page.place() for page in self._pages.values())
