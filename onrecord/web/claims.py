"""Pages of single objects: a statement, an actor, a claim, a change, a conflict, each with its words and history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.responses import Response

from onrecord.export.brief.days import first_day, human
from onrecord.export.brief.document import Item, capital
from onrecord.export.brief.numbers import value_of
from onrecord.export.brief.reading import clipped, grouped, office, plain_name
from onrecord.web.book import Book
from onrecord.web.evidence import Notes, Quote, neighbours
from onrecord.web.listing import citation
from onrecord.web.pages import Asked, missing, rendered
from onrecord.web.story.disagreements import disagreement

Link = tuple[str, str, str]
"""Address, kind, words."""
_SHORT, _MANY = 140, 30
NAMES = {
    "commitments": "Commitment",
    "events": "Event",
    "figures": "Figure",
    "positions": "Position",
    "changes": "Change",
    "conflicts": "Conflict",
    "statements": "Statement",
}
"""What an object of a list is called."""


def statement(asked: Asked) -> Response:
    """A statement: who says it, on what basis, through whom, and what was read out of it."""
    book, one = _asked_for(asked, "statements")
    facts = [
        ("Source", book.source_name(one)),
        ("Basis", one["source"]["basis"]),
        ("Sources", one["source"]["count"]),
        ("Form", one["directness"]),
        ("Attitude", one["attitude"].replace("-", " ")),
        ("Said", human(one["said"])),
        ("Not named", one["source"]["reason"]["text"] if one["source"]["reason"] else ""),
        ("Introduced", "; ".join(span["text"] for span in one["source"].get("introduced", ()))),
    ]
    claims = [
        (f"/{name}/{claim['id']}", NAMES[name], words_of(name, claim, book))
        for name, claim in book.claims_of.get(one["id"], [])
    ]
    outer = [(f"/statements/{o['id']}", "Passed on by", book.source_name(o)) for o in book.chain(one["within"])]
    inner = [
        (f"/statements/{s['id']}", "Passes on", f"{book.source_name(s)}: {_content(s)}")
        for s in book.in_report("statements", one["report"])
        if s["within"] == one["id"] and not book.own_voice(s)
    ]
    return _shown(
        asked, book, "Statement", _content(one), one, facts, [*outer, *inner, *claims], cite=citation(one, book)
    )


def claim(asked: Asked) -> Response:
    """A commitment, event, figure or position, with all that tells of it, report by report."""
    name = asked.request.url.path.split("/")[1]
    book, one = _asked_for(asked, name)
    same = list(_same(name, one, book))
    facts = [*_FACTS[name](one, book), ("Tellings", str(len(same)) if len(same) > 1 else "")]
    links: list[Link] = (
        [(f"/statements/{one['statement']}", "Read from", _teller(one, book))]
        if one["statement"] in book.statement
        else []
    )
    links += list(_concerning([o["id"] for o in same], book))
    steps = sorted(
        (step for o in same for step in o.get("history", [])),
        key=lambda step: (first_day(step["as_of"]), step["evidence"][0]["start"]),
    )
    return _shown(asked, book, NAMES[name], words_of(name, one, book), one, facts, links, same=same, steps=steps)


def change(asked: Asked) -> Response:
    """Something that became different: before, after, and what is told to have caused it."""
    book, one = _asked_for(asked, "changes")
    links = []
    for end in ("before", "after"):
        found = book.find(one[end])
        if found:
            links.append((f"/{found[0]}/{found[1]['id']}", end.capitalize(), words_of(*found, book)))
    facts = [("Kind", one["kind"]), ("Cause", one["cause"]["text"] if one["cause"] else "")]
    return _shown(asked, book, "Change", one["explanation"], one, facts, links)


def conflict(asked: Asked) -> Response:
    """A conflict: its passages side by side."""
    book, one = _asked_for(asked, "conflicts")
    items = [(item, book.find(item)) for item in one["items"]]
    links = [
        (f"/{found[0]}/{item}", NAMES.get(found[0], found[0]), words_of(*found, book)) for item, found in items if found
    ]
    return rendered(
        asked,
        "conflict.html",
        book,
        one=disagreement(one, book),
        item=one,
        links=links,
        quotes=quotes_of(one["evidence"], book),
    )


def actor(asked: Asked) -> Response:
    """An actor: its names, offices, positions, commitments, what it said and what is said of it."""
    book, one = _asked_for(asked, "actors")
    identifier = one["id"]
    said = sorted(book.said_by.get(identifier, []), key=lambda s: (-book.order[s["report"]], s["evidence"][0]["start"]))
    own = {s["id"] for s in said}
    mentions = book.mentions_of.get(identifier, [])
    return rendered(
        asked,
        "actor.html",
        book,
        actor=one,
        name=plain_name(one),
        office=office(one, book),
        spellings=_spellings(mentions),
        why={_without_article(reason["name"]): reason["why"] for reason in one["because"]},
        mentions=mentions,
        said=said[:_MANY],
        said_in_all=len(said),
        positions=[p for p in book.record["positions"] if p["actor"] == identifier],
        commitments=[c for c in book.record["commitments"] if identifier in c["parties"]],
        events=[e for e in book.record["events"] if e["date"] and identifier in (*e["actors"], *e["recipients"])][
            :_MANY
        ],
        told_of=list(_told_of(mentions, own, book))[:_MANY],
        parts=[a for a in book.record["actors"] if a["part_of"] == identifier],
        words_of=words_of,
        cite=citation,
        issues={issue["id"]: issue["label"] for issue in book.record["issues"]},
    )


def _asked_for(asked: Asked, name: str) -> tuple[Book, Item]:
    book = asked.book()
    one = book.of(name, asked.request.path_params["id"])
    if one is None:
        raise missing(name.removesuffix("s"))
    return book, one


def _shown(
    asked: Asked,
    book: Book,
    kind: str,
    title: str,
    one: Item,
    facts: Sequence[tuple[str, str]],
    links: Sequence[Link],
    same: Sequence[Item] = (),
    steps: Sequence[Item] = (),
    cite: str = "",
) -> Response:
    told = [(o, quotes_of(o["evidence"], book)) for o in same or (one,)]
    known = [fact for fact in facts if fact[1]]
    context: dict[str, Any] = {"facts": known, "links": links, "told": told, "steps": steps, "cite": cite}
    return rendered(asked, "claim.html", book, kind=kind, title=capital(title), item=one, **context)


def quotes_of(passages: Sequence[Item], book: Book) -> list[Quote]:
    """Passages in their sentences, in the order of reports and words."""
    notes = Notes(book)
    ordered = sorted(passages, key=lambda one: (book.order[one["report"]], one["start"]))
    return [notes.quote(group) for group in neighbours(ordered)]


def _same(name: str, one: Item, book: Book) -> Iterator[Item]:
    """All tellings of what is one."""
    root = one.get("same_as") or one["id"]
    if name in ("commitments", "events"):
        together = [o for o in book.record[name] if (o.get("same_as") or o["id"]) == root]
        yield from sorted(together, key=lambda o: (book.order[o["report"]], o["evidence"][0]["start"]))
    elif name == "positions":
        told = [o for o in book.record[name] if (o["actor"], o["issue"]) == (one["actor"], one["issue"])]
        yield from sorted(told, key=lambda o: book.order[o["report"]])
    else:
        yield one


def _concerning(ids: Sequence[str], book: Book) -> Iterator[Link]:
    seen = set()
    for identifier in ids:
        for one in book.concerned.get(identifier, ()):
            if one["id"] not in seen:
                seen.add(one["id"])
                name = "conflicts" if "items" in one else "changes"
                yield f"/{name}/{one['id']}", NAMES[name], one["explanation"]


def words_of(name: str, one: Item, book: Book) -> str:
    """An object in a few words."""
    if name == "figures":
        return f"{value_of(one)} {one['counted']['text']}"
    if name == "commitments":
        return clipped(one["action"]["text"], _SHORT)
    if name == "positions":
        issue = book.of("issues", one["issue"])
        return f"{book.actor_name(one['actor'])} {one['stance']}: {issue['label'] if issue else 'an issue'}"
    if name == "statements":
        return _content(one)
    if name == "actors":
        return plain_name(one)
    if name == "reports":
        return book.title(one["id"])
    if name == "mentions":
        return str(one["text"])
    if "explanation" in one:
        return clipped(one["explanation"], _SHORT)
    return clipped(" … ".join(span["text"] for span in one["evidence"]), _SHORT)


def _content(one: Item) -> str:
    return clipped(" … ".join(span["text"] for span in one["content"]), 260)


def _teller(one: Item, book: Book) -> str:
    chain = book.chain(one["statement"])
    return ", according to ".join(book.source_name(s) for s in chain) or "the report itself"


def _people(ids: Sequence[str], book: Book) -> str:
    return ", ".join(name for _, name in book.named(ids))


def _commitment_facts(one: Item, book: Book) -> list[tuple[str, str]]:
    return [
        ("Bound", _people(one["parties"], book)),
        ("Towards", _people(one["to"], book)),
        ("How firmly", one["strength"]),
        ("Due", human(one["due"], at_length=True)),
        ("Not before", human(one["not_before"], at_length=True)),
        ("Condition", one["condition"]["text"] if one["condition"] else ""),
        ("Date from", one["due"]["rule"] if one["due"] else ""),
    ]


def _event_facts(one: Item, book: Book) -> list[tuple[str, str]]:
    place = book.place.get(one["place"] or "")
    return [
        ("Kind", (one["type"] or "").replace("_", " ").lower()),
        ("Word", one["trigger"]["text"]),
        ("Who", _people(one["actors"], book)),
        ("To whom", _people(one["recipients"], book)),
        ("Where", place["name"] if place else ""),
        ("When", human(one["date"], at_length=True)),
        ("Meant as", one["factuality"]),
        ("Held one because", one.get("because") or ""),
    ]


def _figure_facts(one: Item, book: Book) -> list[tuple[str, str]]:
    place = book.place.get(one["place"] or "")
    return [
        ("Value", value_of(one)),
        ("Counted", one["counted"]["text"]),
        ("Of", book.actor_name(one["of"])),
        ("Where", place["name"] if place else ""),
        ("When", human(one["date"], at_length=True)),
        ("State", one["state"]),
    ]


def _position_facts(one: Item, book: Book) -> list[tuple[str, str]]:
    return [
        ("Holder", book.actor_name(one["actor"])),
        ("Stance", one["stance"]),
        ("From", one["held"]["from"] or ""),
        ("Until", one["held"]["to"] or ""),
        ("Note", one["note"] or ""),
    ]


_FACTS = {
    "commitments": _commitment_facts,
    "events": _event_facts,
    "figures": _figure_facts,
    "positions": _position_facts,
}


def _without_article(name: str) -> str:
    return name[4:] if name[:4].lower() == "the " else name


def _spellings(mentions: Sequence[Item]) -> list[tuple[str, int, Item]]:
    """How an actor is called, the commonest first, each with the first place."""
    told = grouped(mentions, lambda one: " ".join(one["text"].split()))
    return sorted(
        ((words or "", len(some), some[0]) for words, some in told.items()), key=lambda row: (-row[1], row[0])
    )[:12]


def _told_of(mentions: Sequence[Item], own: set[str], book: Book) -> Iterator[Item]:
    """Statements by others in whose words an actor is named, the latest first."""
    seen = set(own)
    for mention in sorted(mentions, key=lambda one: (-book.order[one["report"]], one["start"])):
        teller = book.teller_of(mention)
        if teller and teller not in seen:
            seen.add(teller)
            yield book.statement[teller]
