"""Errors of exact fragments on PolNeAR, of whole attributions, and the sureness of sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.mistakes.spans import compare
from bench.mistakes.tally import Tally
from bench.scoring.attribution import FILE, ROLES, Attribution, agree, compared, given, outermost, paired, told
from bench.scoring.units import WORD, Units, dice
from bench.scoring.workbench import Workbench, polnear_report


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """A table a role, and one of whole attributions."""
    tallies = {role: Tally(f"attribution, exact {role}") for role in ROLES}
    whole = Tally("attribution, full_50")
    for item in bench.objects(FILE):
        text, units = item["text"], Units(item["text"])
        statements = outermost(bench.annotator.annotate(polnear_report(item)).statements)
        ours = [compared(text, units, told(statement)) for statement in statements]
        gold = [compared(text, units, roles) for roles in given(item)]
        words = [match.group() for match in WORD.finditer(text)]
        for role, tally in tallies.items():
            compare(tally, _fragments(ours, role), _fragments(gold, role), partial(_shown, words))
        _count_whole(whole, ours, gold)
    for tally in (*tallies.values(), whole):
        yield from tally.lines(show)


def _fragments(attributions: list[Attribution], role: str) -> set[frozenset[int]]:
    return {words for one in attributions for name, words in one.fragments if name == role}


def _shown(words: list[str], span: frozenset[int]) -> str:
    inside = [words[word] for word in sorted(span)]
    return " ".join(inside if len(inside) < 16 else [*inside[:8], "…", *inside[-6:]])


def _count_whole(tally: Tally, ours: list[Attribution], gold: list[Attribution]) -> None:
    """Why an attribution given has none that agrees by half, the first reason that holds."""
    partner = {k: ours[i] for i, k in paired(ours, gold)}
    for k, one in enumerate(gold):
        found = partner.get(k)
        if found is None:
            tally.add("missed")
        elif not agree(found, one):
            tally.add(_reason(found, one))
    tally.counts["spurious"] += len(ours) - len(partner)


def _reason(found: Attribution, given_one: Attribution) -> str:
    if dice(found.content, given_one.content) < 0.5:
        return "other content"
    if dice(found.source, given_one.source) < 0.5:
        sides = ("no source found", not found.source), ("no source given", not given_one.source)
        return next((name for name, holds in sides if holds), "other source")
    return "other cue"
