"""Coreference within one report: a sieve of rules (Lee et al. 2013), the surest first; each sees what came before."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.model import Annotations
from onrecord.resolve.coreference.chains import Chain
from onrecord.resolve.coreference.names import join_names
from onrecord.resolve.coreference.nouns import join_bodies, join_descriptions, join_nouns
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase, find_phrases
from onrecord.resolve.coreference.pronouns import join_pronouns
from onrecord.resolve.coreference.speech import Voices, join_speakers
from onrecord.resolve.coreference.tree import tree_of
from onrecord.resolve.coreference.weighing import Weights


def resolve_coreference(annotations: Annotations, judge: Mapping[str, Weights] | None = None) -> tuple[Chain, ...]:
    """The chains of a report, in the order of their first mentions. Empty if its words bear no trees.

    Args:
        judge: what judges pronouns, by their kind, instead of the weights that ship.
    """
    if len(annotations.words.head) != len(annotations.words):
        return ()
    partition, voices = before_pronouns(annotations)
    join_pronouns(partition, voices, judge)
    return tuple(_chain(part) for part in partition.parts() if any(phrase.describes is None for phrase in part))


def before_pronouns(annotations: Annotations) -> tuple[Partition, Voices]:
    """What is joined before any pronoun of the third person is looked at, and whose words stand where."""
    partition = Partition(find_phrases(annotations, tree_of(annotations)))
    join_descriptions(partition)
    join_names(partition)
    join_nouns(partition)
    join_bodies(partition)
    voices = Voices(partition, annotations)
    join_speakers(partition, voices)
    return partition, voices


def _chain(part: list[Phrase]) -> Chain:
    named = [phrase for phrase in part if phrase.kind == "name"]
    names = [phrase for phrase in named if phrase.describes is None] or named
    described = [phrase for phrase in part if not phrase.is_pronoun]
    best = max(names, key=lambda p: (len(p.key), -p.place)) if names else (described or part)[0]
    return Chain(
        mentions=tuple(phrase.span for phrase in part if phrase.describes is None),
        head=best.name or best.span,
        named=bool(names),
        descriptions=tuple(phrase.span for phrase in part if phrase.describes is not None),
    )
