"""Events that are one across reports, against ECB+ (Cybulska and Vossen 2014): given the triggers, find the groups.

Everything happens within a subtopic, a handful of reports of one happening. Counted are the triggers of sentences in
which annotators gave at least one trigger a chain, those left alone included; the corpus has many more sentences in
which nobody looked for chains. The measure is the CoNLL F1, as for coreference, here with groups of one. The weights
that ship were learnt on odd topics (`bench/sameness.py`), so only even topics are scored. Nothing of the gold but the
triggers is seen: participants, times and places are the annotator's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.scoring.coreference import Clusters, Tally
from bench.scoring.figures import Figure
from bench.scoring.workbench import Workbench
from onrecord.annotate.analysis import analyse
from onrecord.annotate.annotator import paragraph_words
from onrecord.model import Annotations, Record
from onrecord.read.source import read_text
from onrecord.record.sameness.features import worth_comparing
from onrecord.record.sameness.grouping import grouped
from onrecord.record.sameness.lexicon import Weights
from onrecord.record.sameness.neighbours import Neighbours
from onrecord.record.sameness.profiles import Profile, Profiler
from onrecord.record.sameness.scoring import likelihood_by, weights_for
from onrecord.resolve.actors import resolve_actors
from onrecord.resolve.places import resolve_places
from onrecord.spans import Span
from onrecord.syntax import Syntax

FILE = "events/ecbplus_dev.jsonl.gz"
_TRIGGERS = ("ACTION", "NEG_ACTION")
_GLUED_LEFT = frozenset(".,;:!?%)]}'’") | frozenset(("n't", "'s", "'re", "'ve", "'m", "'ll", "'d", "’s", "''"))
_GLUED_RIGHT = frozenset("([{$`") | frozenset(("``",))
_AS_WRITTEN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True, slots=True)
class Text:
    """A report of the corpus, laid out as it may have been written.

    Attributes:
        triggers: the spans of each trigger's tokens, with the name of its chain; a name of its own where it is in none.
    """

    name: str
    text: str
    triggers: tuple[tuple[tuple[Span, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A subtopic: the profiles of its triggers, and the chain of each."""

    topic: int
    profiles: Sequence[Profile]
    chains: Sequence[str]


def read_stories(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], list[Text]]:
    """The reports of each subtopic."""
    stories: dict[tuple[int, str], list[Text]] = defaultdict(list)
    for row in rows:
        stories[int(row["topic"]), row["sub"]].append(_text(row))
    return dict(sorted(stories.items()))


def _text(row: Mapping[str, Any]) -> Text:
    text, tokens = _laid_out(row["sentences"])
    events = [m for m in row["mentions"] if m["type"].startswith(_TRIGGERS)]
    tied = {m["sent"] for m in events if m.get("chain")}
    triggers = []
    for number, mention in enumerate(events):
        spans = tuple(tokens[at - 1] for at in mention["tok"] if at - 1 < len(tokens))
        if spans and mention["sent"] in tied:
            triggers.append((spans, mention.get("chain") or f"{row['doc']} {number}"))
    return Text(row["doc"], text, tuple(triggers))


def _laid_out(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    """The tokens as running text, a sentence a paragraph, and where each stands."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for sentence in sentences:
        before = ""
        for token in sentence.split():
            space = "" if not before or token in _GLUED_LEFT or before in _GLUED_RIGHT else " "
            form = _AS_WRITTEN.get(token, token)
            pieces.append(space + form)
            spans.append(Span(length + len(space), length + len(space) + len(form)))
            length += len(space) + len(form)
            before = token
        pieces.append("\n\n")
        length += 2
    return "".join(pieces).rstrip(), spans


def annotated(bench: Workbench, wanted: Callable[[int], bool]) -> Iterator[Story]:
    """Each story of the topics that are wanted, as onrecord reads it."""
    for (topic, _), texts in read_stories(bench.objects(FILE)).items():
        if wanted(topic):
            yield _story(bench, topic, texts)


def _story(bench: Workbench, topic: int, texts: Sequence[Text]) -> Story:
    read = [bench.annotator.annotate(read_text(text.text, text.name)) for text in texts]
    places = resolve_places(read)
    named = [places.added_to(one) for one in read]
    actors = resolve_actors(named, places=places.literal)
    record = Record(
        model=bench.annotator.model,
        annotations=tuple(named),
        places=places.places,
        place_of=places.by_mention,
        actors=actors.actors,
        actor_of={**actors.by_mention, **actors.by_source},
    )
    knows = meanings_of(bench, named[0]) is not None
    read_again = zip(texts, named, strict=True)
    found = [pair for text, one in read_again for pair in _profiles(bench if knows else None, record, text, one)]
    return Story(topic, [profile for profile, _ in found], [chain for _, chain in found])


def _profiles(bench: Workbench | None, record: Record, text: Text, one: Annotations) -> Iterator[tuple[Profile, str]]:
    """The profile of each trigger with its chain; with meanings where there is a bench whose model tells them."""
    profiler = Profiler(record, one, None if bench is None else meanings_of(bench, one))
    syntax = Syntax(one.report.text, one.words)
    events = {event.trigger.start: event for event in one.events}
    for number, (spans, chain) in enumerate(text.triggers):
        word = _head(syntax, spans)
        if word is not None:
            event = events.get(one.words.starts[word])
            yield profiler.of_word(f"{text.name} {number}", word, event=event), chain


def _head(syntax: Syntax, spans: Sequence[Span]) -> int | None:
    """The word of the tokens that the others hang on."""
    inside = sorted({word for span in spans for word in _touched(syntax, span)})
    heads = syntax.words.head
    return next((w for w in inside if heads[w] not in inside or heads[w] == w), inside[0] if inside else None)


def _touched(syntax: Syntax, span: Span) -> Iterator[int]:
    """The words that share a character with the span: tokens of the corpus may be parts of words."""
    first = max(0, next(iter(syntax.words_in(span)), len(syntax.words)) - 1)
    yield from (w for w in (first, *syntax.words_in(span)) if w < len(syntax.words) and syntax.span(w).overlaps(span))


def meanings_of(bench: Workbench, one: Annotations) -> NDArray[np.int8] | None:
    """What each word means where it stands, as the encoder tells; None from a model that does not."""
    text = one.report.text
    return analyse(bench.encoder, text, one.words, paragraph_words(text, one.words)).meaning


def pairs_of(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of triggers of a story for whose being one anything speaks."""
    for later, one in enumerate(profiles):
        for earlier in range(later):
            if worth_comparing(profiles[earlier], one):
                yield earlier, later


def first_look(profiles: Sequence[Profile], weights: Weights) -> dict[tuple[int, int], float]:
    """How likely each pair is one, by the words alone."""
    return {pair: likelihood_by(weights, profiles[pair[0]], profiles[pair[1]]) for pair in pairs_of(profiles)}


def second_look(known: Mapping[tuple[int, int], float], weights: Weights) -> dict[tuple[int, int], float]:
    """The same once more, by what the neighbours say."""
    near = Neighbours((value, *pair) for pair, value in known.items())
    return {pair: near.again(weights.second, value, *pair) for pair, value in known.items()}


def groups_of(profiles: Sequence[Profile], weights: Weights | None = None) -> list[int]:
    """The group of each trigger of a story, by how likely pairs are one; by the weights that ship if none are given."""
    if not profiles:
        return []
    weights = weights or weights_for(profiles[0], profiles[0])
    return grouped_by(len(profiles), second_look(first_look(profiles, weights), weights), weights.bar)


def grouped_by(count: int, known: Mapping[tuple[int, int], float], bar: float) -> list[int]:
    """The group of each of `count` triggers, by the likelihoods of pairs."""
    pairs = ((value, *pair) for pair, value in known.items() if value >= bar)
    return grouped(count, pairs, lambda a, b: known.get((min(a, b), max(a, b)), 0.0), bar)


def clusters(labels: Iterable[Hashable]) -> Clusters:
    """Things with the same label, each as a span of one token."""
    members: dict[Hashable, set[tuple[int, int]]] = defaultdict(set)
    for number, label in enumerate(labels):
        members[label].add((number, number + 1))
    return [frozenset(group) for group in members.values()]


def tallied(stories: Iterable[Story], labels: Callable[[Sequence[Profile]], Iterable[Hashable]]) -> Tally:
    """The measures over stories whose triggers are given labels."""
    tally = Tally()
    for story in stories:
        tally.add(clusters(labels(story.profiles)), clusters(story.chains))
    return tally


def score(bench: Workbench) -> Iterator[Figure]:
    """CoNLL F1 of the groups on even topics, beside that of triggers of one lemma."""
    stories = list(annotated(bench, lambda topic: topic % 2 == 0))
    lemmas = tallied(stories, lambda profiles: [profile.lemma for profile in profiles])
    ours = tallied(stories, groups_of)
    yield Figure("sameness", "ECB+ even topics", "CoNLL F1", ours.conll)
    yield Figure("sameness", "ECB+ even topics", "CoNLL F1, same lemma", lemmas.conll)
    yield Figure("sameness", "ECB+ even topics", "B-cubed precision", ours.b_cubed.precision)
    yield Figure("sameness", "ECB+ even topics", "B-cubed recall", ours.b_cubed.recall)
