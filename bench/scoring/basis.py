"""How sources are known, from raw text, on the articles of the Markkula Center whose sources people described.

A statement given there is found if one of ours that is not in the report's own voice shares at least half the words
of the shorter of the two. Only found ones are judged; how many those are is a figure of its own. Named people
and organisations must be `named`, documents `document`; sources given as unnamed may be `role` or `anonymous`,
between which the corpus does not tell; those given as anonymous must be `anonymous`.

A justification, in this corpus, is what the article says to show why a source is worth hearing: an office, what the
source did or saw, what a body is for; reasons for anonymity are hardly among them. It is found if the words that name
the source, excuse its anonymity or introduce it anywhere in the article share any with it; `touched by own words`
looks at the first two alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.scoring.attribution import attributed
from bench.scoring.figures import Figure, Hits, percent
from bench.scoring.units import Units
from bench.scoring.workbench import Workbench
from bench.sourcing import gold_basis
from onrecord.introductions import introductions
from onrecord.model import Source, Statement
from onrecord.read.source import read_text
from onrecord.spans import Span

FILE = "attribution/sourcing_{split}.jsonl"
DATA = "Markkula"
SHARED = 0.5
NAMELESS = frozenset({"role", "anonymous"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A statement given, and the source of ours that was found for it.

    Attributes:
        wanted: the bases that are right.
        justification: the spans that tell why the source may be believed.
        source: None if no statement of ours matches.
        introduced: the words with which the article introduces that source.
    """

    wanted: frozenset[str]
    justification: tuple[Span, ...]
    source: Source | None
    introduced: tuple[Span, ...] = ()


def score(bench: Workbench) -> Iterator[Figure]:
    """Share found, accuracy of the basis, F1 of sources without a name, share of justifications touched."""
    judgements: list[Judgement] = []
    for number, item in enumerate(bench.objects(FILE)):
        annotations = bench.annotator.annotate(read_text(item["text"], f"{number}"))
        judgements += judged(item, attributed(annotations.statements), introductions(annotations))
    yield from figures(judgements)


def judged(
    item: dict[str, Any], statements: Sequence[Statement], introduced: Mapping[str, tuple[Span, ...]]
) -> Iterator[Judgement]:
    """Each statement of an article that the corpus locates, with our source for it and how that is introduced."""
    units = Units(item["text"])
    ours = [(units.of(s.content), s) for s in statements]
    for given in item["sourced"]:
        if given["span"]:
            wanted = frozenset(gold_basis(given["type_raw"]).split("|"))
            justification = tuple(Span(start, end) for start, end in given["just_spans"])
            match = matching(units.of([Span(*given["span"])]), ours)
            if match is None:
                yield Judgement(wanted, justification, None)
            else:
                yield Judgement(wanted, justification, match.source, tuple(introduced.get(match.id, ())))


def matching(wanted: frozenset[int], ours: Sequence[tuple[frozenset[int], Statement]]) -> Statement | None:
    """The statement that shares most words with `wanted`, if it shares enough; the first of equals."""
    shared = [(len(words & wanted), statement) for words, statement in ours if _enough(words, wanted)]
    return max(shared, key=lambda pair: pair[0])[1] if shared else None


def _enough(words: frozenset[int], wanted: frozenset[int]) -> bool:
    shorter = min(len(words), len(wanted))
    return shorter > 0 and len(words & wanted) >= SHARED * shorter


def figures(judgements: Sequence[Judgement]) -> Iterator[Figure]:
    """The figures of all judgements."""
    sources = [(one, one.source) for one in judgements if one.source is not None]
    right = sum(source.basis in one.wanted for one, source in sources)
    yield Figure("basis", DATA, "statements found", percent(len(sources), len(judgements)))
    yield Figure("basis", DATA, "accuracy on found", percent(right, len(sources)))
    nameless = Hits()
    nameless.add(
        (i for i, (_, source) in enumerate(sources) if source.basis in NAMELESS),
        (i for i, (one, _) in enumerate(sources) if one.wanted <= NAMELESS),
    )
    yield Figure("basis", DATA, "nameless sources F1", nameless.f1)
    reasoned = [(one, source) for one, source in sources if one.justification]
    touching = sum(touched(one, own_words(source)) for one, source in reasoned)
    found = sum(touched(one, [*own_words(source), *one.introduced]) for one, source in reasoned)
    yield Figure("basis", DATA, "justification found", percent(found, len(reasoned)))
    yield Figure("basis", DATA, "touched by own words", percent(touching, len(reasoned)))


def own_words(source: Source) -> list[Span]:
    """The words that name our source, and those that excuse its anonymity."""
    return [span for span in (source.span, source.reason) if span is not None]


def touched(judgement: Judgement, ours: Sequence[Span]) -> bool:
    """Whether any of our words are words of the justification given."""
    return any(span.overlaps(given) for span in ours for given in judgement.justification)
