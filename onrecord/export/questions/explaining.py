"""Why something of a record is as it is: the words, the rules, the evidence, what else it might have been."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.export.questions.answer import name_words
from onrecord.export.questions.known import Item, Known, Lists, in_own_voice, passages_of, told
from onrecord.export.tables import csv_text
from onrecord.export.words import clipped, joined, one_line, place_of

LISTS = (
    *("statements", "events", "positions", "commitments", "figures", "mentions", "times", "actors", "places"),
    *("issues", "changes", "conflicts", "findings", "reports"),
)
"""The lists whose objects have an id."""
_CLAIMS = ("events", "positions", "commitments", "figures")
_WORDS = 300
_FEW = 12
_ARTICLES = frozenset(("a", "an", "the"))

_LABELS = {
    "update": "a later report gives another value",
    "scope": "they speak of different times, places or parts",
    "disputed": "two sources differ, and both are quoted",
    "conflict": "reports of different origin tell it differently",
}
_STATUS = {
    "consistent": "the report's words agree with it",
    "contradicted": "the report's own words contradict the date it declares",
    "estimated": "the report declares none; its words bound it",
    "unknown": "nothing tells it",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing there is to say: a word for it, what it is, and the passages that bear it out."""

    about: str
    says: str
    passages: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an object is as it is."""

    id: str
    list: str
    reasons: tuple[Reason, ...]


def explain(identifier: str, lists: Lists) -> Explanation:
    """Why the object with this id is as it is.

    Raises:
        OnRecordError: the record has no such object.
    """
    known = Known(lists)
    for name in LISTS:
        for item in lists.by_id(name, [identifier]) if name != "reports" else _report(identifier, known):
            parts = (*_OF[name], _used, _decided)
            return Explanation(identifier, name, tuple(reason for part in parts for reason in part(item, known)))
    raise OnRecordError(identifier, "the record has nothing under this id", "Copy an id from an answer or the record")


def as_lines(explanation: Explanation, names: Mapping[str, str]) -> Iterator[str]:
    """The explanation as text, the words under what they bear out."""
    yield f"{explanation.id} ({explanation.list})"
    for reason in explanation.reasons:
        yield f"{reason.about}: {one_line(reason.says)}"
        for one in reason.passages:
            place = f"{names.get(one['report'], one['report'])} {one['start']}-{one['end']}"
            yield f"    “{one_line(clipped(one['text'], _WORDS))}” [{one_line(place)}]"


def as_object(explanation: Explanation) -> Item:
    """The explanation as an object for JSON."""
    reasons = [
        {"about": one.about, "says": one.says, "evidence": [_passage(passage) for passage in one.passages]}
        for one in explanation.reasons
    ]
    return {"id": explanation.id, "list": explanation.list, "reasons": reasons}


def as_csv(explanation: Explanation, names: Mapping[str, str]) -> str:
    """The explanation as CSV, safe to open in a spreadsheet: a row a passage, or a reason where it has none."""
    rows = [
        (explanation.id, explanation.list, one.about, one.says, *cells)
        for one in explanation.reasons
        for cells in [(passage["text"], place_of([passage], names)) for passage in one.passages] or [("", "")]
    ]
    return csv_text(("id", "list", "about", "says", "words", "where"), rows)


def _passage(passage: Item) -> Item:
    return {key: passage[key] for key in ("report", "start", "end", "text")}


def _report(identifier: str, known: Known) -> list[Item]:
    return [known.reports[identifier]] if identifier in known.reports else []


def _rests_on(item: Item, known: Known) -> Iterator[Reason]:
    yield Reason("rests on", "these words", tuple(passages_of(item)))


def _chain(item: Item, known: Known) -> Iterator[Reason]:
    """Who says so, from the innermost source outwards to the report."""
    for number, one in enumerate(known.chain(item.get("statement") or item["id"])):
        source = one["source"]
        verb = "said by" if number == 0 else "according to"
        anonymous = (source["reason"],) if source["reason"] else ()
        spans = tuple(span for span in (source["span"], one["cue"]) if span)
        yield Reason(verb, f"{known.source(one)} ({source['basis']}, {one['attitude']}), statement {one['id']}", spans)
        if anonymous:
            yield Reason("not named", "the report gives the reason", anonymous)
    report = known.reports.get(item["report"])
    if report:
        yield Reason("told in", f"{report['name']}, {_date_of_report(report)}")


def _date_of_report(report: Item) -> str:
    when = told(report["date"])
    return f"dated {when} ({report['date']['status']})" if when else "without a known date"


def _source_actor(item: Item, known: Known) -> Iterator[Reason]:
    source = item["source"]
    if in_own_voice(item):
        yield Reason("source", "the report tells it in its own voice")
    elif source["actor"]:
        yield from _actor("source", source["actor"], known)
    else:
        yield from _open_actor(source, known)


def _open_actor(source: Item, known: Known) -> Iterator[Reason]:
    words = source["span"]["text"] if source["span"] else ""
    wanted = set(name_words(words)) - _ARTICLES if len(words) < _WORDS else set()
    alike = [actor["name"] for actor in known.actors.values() if wanted and wanted <= set(name_words(actor["name"]))]
    others = f"; candidates by name: {', '.join(sorted(alike)[:_FEW])}" if alike else ""
    why = {
        "anonymous": "the source is not named, so it is tied to no actor",
        "role": "the words give a role, and nothing ties them to one actor",
    }.get(source["basis"], "nothing ties the words to one actor")
    yield Reason("source left open", why + others, (source["span"],) if source["span"] else ())


def _actors(item: Item, known: Known) -> Iterator[Reason]:
    single = ((key, item[key]) for key in ("actor", "of") if item.get(key))
    several = ((key, one) for key in ("actors", "recipients", "parties", "to") for one in item.get(key, ()))
    for key, identifier in (*single, *several):
        yield from _actor(key, identifier, known)


def _actor(about: str, identifier: str, known: Known) -> Iterator[Reason]:
    actor = known.actors.get(identifier)
    if actor is None:
        yield Reason(about, f"{identifier}, which the record does not list")
        return
    names = ", ".join(actor["aliases"][:_FEW])
    part = f", part of {known.actor(actor['part_of'])}" if actor["part_of"] else ""
    offices = tuple(passage for role in actor["roles"] for passage in role["evidence"][:1])[:3]
    yield Reason(about, f"{actor['name']} ({actor['type']}{part}), {identifier}; the reports call it: {names}", offices)


def _an_actor(item: Item, known: Known) -> Iterator[Reason]:
    part = f", part of {known.actor(item['part_of'])}" if item["part_of"] else ""
    yield Reason("actor", f"{item['name']} ({item['type']}{part})")
    mentions = list(known.lists.items("mentions", [item["id"]]))
    for alias in item["aliases"][:_FEW]:
        meant = [one for one in mentions if one["actor"] == item["id"] and one["text"] == alias]
        reports = len({one["report"] for one in meant})
        if meant:
            yield Reason("called", f"{alias}, {len(meant)} times in {reports} report(s)", tuple(meant[:2]))
    for reason in item["because"][:_FEW]:
        yield Reason("one actor", f"{reason['name']}: {reason['why']}")
    for role in item["roles"]:
        of = f" of {known.actor(role['of'])}" if role["of"] else ""
        days = f", told between {role['from'] or '…'} and {role['to'] or '…'}" if role["from"] or role["to"] else ""
        yield Reason("office", f"{role['title']}{of}{days}", tuple(role["evidence"][:3]))
    yield from _namesakes(item, known)


def _namesakes(item: Item, known: Known) -> Iterator[Reason]:
    """Other actors that bear one of the names: who else it might have been."""
    own = {name_words(name) for name in (item["name"], *item["aliases"])}
    for actor in known.actors.values():
        shared = [name for name in (actor["name"], *actor["aliases"]) if name_words(name) in own]
        if shared and actor["id"] != item["id"]:
            yield Reason(
                "kept apart from", f"{actor['name']} ({actor['type']}), {actor['id']}, also called {shared[0]}"
            )


def _meaning(item: Item, known: Known) -> Iterator[Reason]:
    if item["actor"]:
        yield from _actor("means", item["actor"], known)
    if item["place"]:
        yield from _place("means", item["place"], known)
    if not item["actor"] and not item["place"]:
        yield Reason("left open", f"a name of a {item['type']}; nothing ties it to one actor or place")


def _places(item: Item, known: Known) -> Iterator[Reason]:
    for identifier in item.get("places") or [item.get("place")]:
        if identifier:
            yield from _place("place", identifier, known)


def _place(about: str, identifier: str, known: Known) -> Iterator[Reason]:
    if identifier in known.places:
        yield from _a_place(known.places[identifier], known, about)


def _a_place(item: Item, known: Known, about: str = "place") -> Iterator[Reason]:
    where = f"{item['gazetteer']}, {item['lat']}, {item['lon']}" if item["gazetteer"] else "left open"
    yield Reason(
        about, f"{item['name']} ({item['country'] or 'country open'}): {where}; precise to: {item['precision']}"
    )
    if item["candidates"]:
        yield Reason("might also be", ", ".join(item["candidates"]))


def _named_at(item: Item, known: Known) -> Iterator[Reason]:
    named = [one for one in known.lists.items("mentions", [item["id"]]) if one["place"] == item["id"]]
    yield Reason("named", f"{len(named)} times in {len({one['report'] for one in named})} report(s)", tuple(named[:3]))


def _dates(item: Item, known: Known) -> Iterator[Reason]:
    for key in ("said", "date", "due", "not_before"):
        if item.get(key):
            yield from _date(key.replace("_", " "), item[key], known)


def _date(about: str, when: Item, known: Known) -> Iterator[Reason]:
    bounds = f"{when['earliest'] or '…'} to {when['latest'] or '…'}"
    yield Reason(about, f"{when['value']} ({bounds}) by the rule `{when['rule']}`")
    yield from _anchor(when["anchor"], known)


def _anchor(anchor: str | None, known: Known) -> Iterator[Reason]:
    if anchor in known.reports:
        report = known.reports[anchor]
        because = tuple(report["date"]["because"])
        says = f"the date of {report['name']}, {_date_of_report(report)} by the rule `{report['date']['rule']}`"
        yield Reason("reckoned from", says, because)
    elif anchor:
        for time in known.lists.by_id("times", [anchor]):
            yield Reason("reckoned from", f"{time['value']} by the rule `{time['rule']}`", (time,))


def _a_time(item: Item, known: Known) -> Iterator[Reason]:
    yield from _date(item["type"].lower(), item, known)


def _a_report(item: Item, known: Known) -> Iterator[Reason]:
    date, lineage = item["date"], item["lineage"]
    yield Reason("report", f"{item['name']}: {item['title'] or 'without a title'}")
    yield Reason("declared date", item["declared_date"] or "none")
    value = told(date) or "none"
    rule = f" by the rule `{date['rule']}`" if date["rule"] else ""
    yield Reason("date", f"{value}{rule}: {_STATUS[date['status']]}", tuple(date["because"]))
    of = f" of {known.names.get(lineage['of'], lineage['of'])}" if lineage["of"] else ""
    yield Reason("origin", f"{lineage['relation']}{of}; {lineage.get('reason') or 'not compared'}")
    for finding in known.lists.items("findings", [item["id"]]):
        if finding["report"] == item["id"]:
            yield Reason(
                finding["kind"], f"{finding['explanation']} {finding['suggestion'] or ''}", tuple(finding["evidence"])
            )


_SHOWN = {
    "events": ("type", "mode", "factuality"),
    "positions": ("stance", "note"),
    "commitments": ("strength",),
    "figures": ("value", "low", "high", "bound", "unit", "state"),
    "findings": ("kind",),
}


def _fields(name: str) -> Callable[[Item, Known], Iterator[Reason]]:
    def told_fields(item: Item, known: Known) -> Iterator[Reason]:
        given = [f"{key.replace('_', ' ')} {item[key]}" for key in _SHOWN[name] if item.get(key) is not None]
        if given:
            yield Reason("read as", ", ".join(given))

    return told_fields


def _same(item: Item, known: Known) -> Iterator[Reason]:
    if item.get("same_as"):
        yield Reason("the same as", f"{item['same_as']}. {item.get('because') or 'It was told there first.'}")


def _issue(item: Item, known: Known) -> Iterator[Reason]:
    issue = known.issues.get(item["issue"])
    if issue:
        yield from _an_issue(issue, known)


def _an_issue(item: Item, known: Known) -> Iterator[Reason]:
    yield Reason("issue", f"{item['label']}; for: {'; '.join(item['for'])}; against: {'; '.join(item['against'])}")


def _steps(item: Item, known: Known) -> Iterator[Reason]:
    for step in item["history"]:
        yield Reason("became", f"{step['status']}, {told(step['as_of']) or 'date unknown'}", tuple(step["evidence"]))
    if item["condition"]:
        yield Reason("on condition", "these words", (item["condition"],))


def _a_change(item: Item, known: Known) -> Iterator[Reason]:
    yield Reason(item["kind"], item["explanation"], tuple(item["evidence"]))
    yield from _between([("before", item["before"]), ("after", item["after"])], known)
    if item["cause"]:
        yield Reason("cause", "as these words tell it", (item["cause"],))


def _a_conflict(item: Item, known: Known) -> Iterator[Reason]:
    yield Reason(item["label"], f"{item['explanation']} ({item['kind']}: {_LABELS[item['label']]})")
    yield from _between([("one side", identifier) for identifier in item["items"]], known)


def _between(ends: Sequence[tuple[str, str | None]], known: Known) -> Iterator[Reason]:
    for about, identifier in ends:
        for name in (*_CLAIMS, "statements"):
            for claim in known.lists.by_id(name, [identifier]) if identifier else ():
                teller = known.told_by(claim.get("statement") or claim["id"])
                yield Reason(about, f"{identifier} ({name}), told by {teller}", tuple(passages_of(claim)))


def _a_finding(item: Item, known: Known) -> Iterator[Reason]:
    yield Reason(item["kind"], f"{item['explanation']} {item['suggestion'] or ''}", tuple(item["evidence"]))


def _used(item: Item, known: Known) -> Iterator[Reason]:
    """What is read out of it, and what it is part of."""
    if "source" in item:
        for name in _CLAIMS:
            for claim in known.lists.items(name, [item["id"]]):
                if claim["statement"] == item["id"]:
                    yield Reason("gave", f"{claim['id']} ({name}): {clipped(joined(claim['evidence']), _WORDS)}")
    for change in known.lists.items("changes", [item["id"]]):
        if item["id"] in (change["before"], change["after"]):
            yield Reason("part of", f"{change['id']} (changes): {change['explanation']}")
    for conflict in known.lists.items("conflicts", [item["id"]]):
        if item["id"] in conflict["items"]:
            yield Reason("part of", f"{conflict['id']} (conflicts): {conflict['explanation']}")


def _decided(item: Item, known: Known) -> Iterator[Reason]:
    for one in known.lists.items("decisions"):
        if item["id"] in one["ids"]:
            value = f" {_given(one['value'])}" if one["value"] else ""
            who = f" by {one['author']}" if one["author"] else ""
            yield Reason(
                "decided", f"decision {one['number']}, {one['made']}{who}: {one['kind']}{value} ({one['status']})"
            )


def _given(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} = {one}" for key, one in value.items())


_CLAIM = (_chain, _actors, _dates, _places)
_OF: Mapping[str, Sequence[Callable[[Item, Known], Iterator[Reason]]]] = {
    "statements": (_rests_on, _source_actor, _chain, _dates),
    "events": (_rests_on, _fields("events"), *_CLAIM, _same),
    "positions": (_rests_on, _fields("positions"), _issue, *_CLAIM),
    "commitments": (_rests_on, _fields("commitments"), *_CLAIM, _steps, _same),
    "figures": (_rests_on, _fields("figures"), *_CLAIM),
    "mentions": (_rests_on, _meaning),
    "times": (_rests_on, _a_time),
    "actors": (_an_actor,),
    "places": (_a_place, _named_at),
    "issues": (_an_issue,),
    "changes": (_a_change,),
    "conflicts": (_rests_on, _a_conflict),
    "findings": (_a_finding,),
    "reports": (_a_report,),
}
