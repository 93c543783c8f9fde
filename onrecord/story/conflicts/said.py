"""What the sources of a report say, in order, as one is held against what another has just said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.model import Statement, Time
from onrecord.spans import Passage, Span
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene

NONE = frozenset(("no", "none", "nobody", "neither", "nothing"))
COMING = frozenset("will would shall may might could should must can if whether 'll ’ll".split())
_CLOCK = 5


@dataclass(frozen=True)
class Said:
    """What one source says: `source` is the actor, or the words of one without a name."""

    scene: Scene = field(repr=False)
    statement: Statement
    source: str
    sentence: int
    words: tuple[int, ...]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(self.scene.syntax.folded(word) for word in self.words)

    @cached_property
    def letters(self) -> list[str]:
        """Its words without marks."""
        return [form for form in self.forms if form[:1].isalpha()]

    @cached_property
    def contents(self) -> frozenset[str]:
        """Its open words in their base form."""
        return self.scene.contents_of(self.words)

    @cached_property
    def clocks(self) -> frozenset[str]:
        """The hours told, as HH:MM."""
        text = self.scene.syntax.text
        hours = (
            (time.span, time.value.partition("T")[2])
            for time in self.times
            if any(char.isdigit() for char in time.span.of(text))  # not "the Ten O'Clock News"
        )
        return frozenset(hour[:_CLOCK] for _, hour in hours if len(hour) >= _CLOCK and hour[:2].isdigit())

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times told in it."""
        found = self.scene.annotations.times
        return tuple(time for time in found if any(span.overlaps(time.span) for span in self.statement.content))

    @property
    def shown(self) -> Passage:
        """Its words, up to where something else stands between them."""
        return self.scene.annotations.report.passage(self.statement.content[0])

    @property
    def is_told_first_hand(self) -> bool:
        """Whether no other source tells that it was said, but who asks in a transcript: "Q: The union says that …"."""
        outer = self.scene.statements.get(self.statement.within or "")
        cue = outer.cue if outer is not None else None
        return outer is None or (cue is not None and cue.of(self.scene.syntax.text) == ":")

    @property
    def denies(self) -> bool:
        """Whether it says of something that it is not."""
        return bool(set(self.forms) & (lexicon().negations | NONE))

    @property
    def is_coming(self) -> bool:
        """Whether it speaks of what may or will be."""
        syntax = self.scene.syntax
        found = (word for word, form in zip(self.words, self.forms, strict=True) if form in COMING)
        return any(syntax.tag(word) not in ("PROPN", "NOUN") for word in found)  # the month of May tells nothing


def said_in(scene: Scene) -> Sequence[Said]:
    """What sources say, in order."""
    return list(_said(scene)) if scene.syntax.tagged else []


def _said(scene: Scene) -> Iterator[Said]:
    listed = [one for one in scene.annotations.statements if one.source.basis != "report" and one.source.span]
    for one in sorted(listed, key=lambda each: each.content[0]):
        if one.attitude not in ("speech", "belief") or one.source.span is None:
            continue
        yield Said(
            scene=scene,
            statement=one,
            source=_source(scene, one, one.source.span),
            sentence=scene.sentence_of(one.content[0]),
            words=tuple(word for span in one.content for word in scene.syntax.words_in(span)),
        )


def _source(scene: Scene, one: Statement, span: Span) -> str:
    """Who says it; of "she says" whoever the sentence names before: "Nora Berg shakes her head: hers, she says, …"."""
    known = scene.record.actor_of.get(one.id)
    if scene.syntax.folded(scene.syntax.words_in(span)[0]) not in ("he", "she") or known is None:
        return known or span.of(scene.syntax.text).lower()
    whole = scene.annotations.sentences[scene.sentence_of(one.content[0])]
    before = scene.syntax.words_in(Span(whole.start, max(whole.start + 1, one.content[0].start)))
    named = (scene.syntax.span(word) for word in before if scene.syntax.words.relation[word] == "nsubj")
    actors = (scene.actor_at(at) for at in named if at.of(scene.syntax.text)[:1].isupper())
    return next((actor for actor in actors if actor is not None), known)
