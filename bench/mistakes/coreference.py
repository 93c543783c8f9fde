"""Links that coreference misses on OntoGUM: each mention given that is not joined to any before it in its chain."""

from __future__ import annotations

from collections.abc import Iterator

from bench.mistakes.tally import Tally
from bench.scoring.coreference import Clusters, Text, TokenSpan, annotated, clusters_of
from bench.scoring.workbench import Workbench

_NAMES = {"NOUN": "nouns", "PROPN": "names", "PRON": "pronouns"}


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """By the part of speech of the head, and whether the mention was given to another chain or to none."""
    tally = Tally("coreference, links missed")
    for text, notes in annotated(bench):
        ours = _owners(clusters_of(text, notes))
        for cluster in text.clusters:
            mentions = sorted(cluster)
            for place, mention in enumerate(mentions[1:], 1):
                own = ours.get(mention)
                if own is None or all(ours.get(before) != own for before in mentions[:place]):
                    kind = _NAMES.get(text.tag_of(mention), "others")
                    tally.add(
                        f"{kind}, {'in no chain' if own is None else 'given to another'}", _shown(text, mentions, place)
                    )
    yield from tally.lines(show)


def _owners(clusters: Clusters) -> dict[TokenSpan, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _shown(text: Text, mentions: list[TokenSpan], place: int) -> str:
    words = [text.text[text.starts[first] : text.ends[end - 1]][:40] for first, end in (mentions[place], *mentions[:3])]
    return f"{words[0]} of {' | '.join(words[1:])}"
