"""Errors of the basis of sources on the articles of the Markkula Center, and justifications that are missed."""

from __future__ import annotations

from collections.abc import Iterator

from bench.mistakes.tally import Tally
from bench.scoring.attribution import attributed
from bench.scoring.basis import FILE, judged, own_words, touched
from bench.scoring.workbench import Workbench
from onrecord.introductions import introductions
from onrecord.read.source import read_text


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Bases confused, and what is said of sources whose justification is not touched."""
    bases, reasons = Tally("basis"), Tally("basis, justification missed")
    for number, item in enumerate(bench.objects(FILE)):
        notes, text = bench.annotator.annotate(read_text(item["text"], f"{number}")), item["text"]
        for one in judged(item, attributed(notes.statements), introductions(notes)):
            if one.source is None:
                bases.add("statement not found")
                continue
            words = one.source.span.of(text) if one.source.span else ""
            if one.source.basis not in one.wanted:
                bases.add(f"{' or '.join(sorted(one.wanted))} taken for {one.source.basis}", words)
            if one.justification and not touched(one, [*own_words(one.source), *one.introduced]):
                told = " | ".join(span.of(text) for span in one.justification)
                reasons.add("introduced otherwise" if one.introduced else "not introduced", f"{words}: {told}")
    yield from bases.lines(show)
    yield from reasons.lines(show)
