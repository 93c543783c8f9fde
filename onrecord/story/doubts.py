"""Names that are in doubt in a text that is damaged: a country where a person is meant, an official of the enemy.

A text that lost words and quotation marks may have lost parts of names too. Only such texts are asked, for in a sound
one two names that look alike are mostly two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.model import Annotations, Finding, Mention, Record, Statement, identify
from onrecord.spans import Span

_DAMAGE = frozenset(("garbled", "unquoted_speech", "truncated"))
_SHORTEST = 4
"""Letters under which two names look alike by chance."""
_MOST = 0.8
"""The share of the longer name that the shorter must be."""
_OFTEN = 2
"""How many more times a name stands in the story than the one in doubt."""
_AGAINST = r"(?:counter|anti)[-‐‑ ]|\b(?:against|fighting|fight|combat|combating|defeat|defeating)\s+(?:the\s+)?"
_LETTERS = re.compile(r"[^\W\d_]+")


def with_doubts(record: Record) -> Record:
    """The record with a finding for every name in doubt."""
    names = _names(record)
    out = []
    for notes in record.annotations:
        known = {finding.id for finding in notes.findings}
        damaged = any(finding.kind in _DAMAGE for finding in notes.findings)
        found = [one for one in _doubts(record, notes, names) if one.id not in known] if damaged else []
        out.append(replace(notes, findings=notes.findings + tuple(found)) if found else notes)
    return replace(record, annotations=tuple(out))


def _doubts(record: Record, notes: Annotations, names: Mapping[str, Counter[str]]) -> Iterator[Finding]:
    for mention in notes.mentions:
        other = _meant(mention, notes, names)
        if other is not None:
            words = mention.span.of(notes.report.text)
            why = f"“{words}” stands in a damaged text and nowhere else; it may be “{other}”, cut or misspelt."
            yield _finding(notes, mention.span, why, f"Check whether {other} is meant.")
    groups = _groups(record)
    for statement in notes.statements:
        enemy = _enemy(record, notes, statement, groups)
        if enemy is not None and statement.source.span is not None:
            why = f"A source that belongs to {enemy} speaks, in a damaged text, of what is done against {enemy}."
            yield _finding(notes, statement.source.span, why, "Check whose official it is.")


def _finding(notes: Annotations, span: Span, why: str, remedy: str) -> Finding:
    number = identify("f", notes.report.id, "suspect_name", span.start, span.end)
    return Finding(number, notes.report.id, "suspect_name", (span,), why, remedy)


def _names(record: Record) -> dict[str, Counter[str]]:
    """The last words of names in the story, with how often they stand there: all, and persons' by how they begin."""
    names: dict[str, Counter[str]] = {"any": Counter()}
    for notes in record.annotations:
        for mention in notes.mentions:
            last = _last(mention.span.of(notes.report.text))
            if last and mention.type != "group":
                names["any"][last] += 1
                if mention.type == "person":
                    names.setdefault("begin " + last[:2].lower(), Counter())[last] += 1
    return names


def _last(name: str) -> str:
    words = _LETTERS.findall(name)
    return words[-1] if words and words[-1][0].isupper() else ""


def _meant(mention: Mention, notes: Annotations, names: Mapping[str, Counter[str]]) -> str | None:
    """The one person's name of the story that a name which stands there once is nearly."""
    last = _last(mention.span.of(notes.report.text))
    if mention.type not in ("person", "place") or len(last) < _SHORTEST or names["any"][last] != 1:
        return None
    near = [other for other in sorted(names.get("begin " + last[:2].lower(), ())) if _is_nearly(last, other)]
    near = [other for other in near if names["any"][other] >= _OFTEN or mention.type == "place"]
    return near[0] if len(near) == 1 else None


def _is_nearly(one: str, other: str) -> bool:
    """Whether the shorter is the longer without a letter or two at the end, or without one within."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    if len(short) < _SHORTEST or len(short) < _MOST * len(long) or short == long:
        return False
    if long.startswith(short):
        return True
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _groups(record: Record) -> dict[str, tuple[str, ...]]:
    """The names of each group that has some of its own."""
    return {
        actor.id: tuple(sorted({actor.name, *actor.aliases}, key=len, reverse=True))
        for actor in record.actors
        if actor.type == "group" and any(name[:1].isupper() for name in (actor.name, *actor.aliases))
    }


def _enemy(
    record: Record, notes: Annotations, statement: Statement, groups: Mapping[str, tuple[str, ...]]
) -> str | None:
    """The group that a source is of, where what it says is of a fight against that group."""
    source = statement.source.span
    if source is None or statement.source.basis == "report":
        return None
    inside = [record.actor_of.get(m.id, "") for m in notes.mentions if source.contains(m.span)]
    for group in (actor for actor in inside if actor in groups):
        listed = "|".join(re.escape(re.sub(r"^[Tt]he ", "", name)) for name in groups[group])
        fought = re.compile(f"(?:{_AGAINST})(?:{listed})\\b")
        if any(fought.search(span.of(notes.report.text)) for span in statement.content):
            return next(actor.name for actor in record.actors if actor.id == group)
    return None
