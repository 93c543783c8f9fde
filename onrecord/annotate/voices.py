"""Who speaks at a place of a report: the innermost statement there, or the report in its own voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model import Report, Source, Statement, identify
from onrecord.spans import Located, Span, trimmed


class Voices:
    """The statements of a report by place. Those in its own voice are made where they are first asked for."""

    def __init__(self, report: Report, sentences: Sequence[Span], statements: Sequence[Statement]) -> None:
        self._report = report
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._contents = Located((content, statement) for statement in statements for content in statement.content)
        self._own: dict[int, Statement] = {}

    @property
    def own(self) -> tuple[Statement, ...]:
        """The statements in the report's own voice that were asked for."""
        return tuple(self._own.values())

    def at(self, span: Span) -> Statement:
        """The statement that tells what stands at `span`: the shortest content that holds it is the innermost."""
        holding = [(len(c), s) for c, s in self._contents.touching(span) if c.contains(span)]
        if holding:
            return min(holding, key=lambda held: (held[0], held[1].id))[1]
        part = self._part(span)
        if part.start not in self._own:
            self._own[part.start] = self._own_voice(part)
        return self._own[part.start]

    def _part(self, span: Span) -> Span:
        """The sentence; of one that runs over title or dateline into the body, the side on which the span stands."""
        sentence = self._sentences[max(0, bisect_right(self._starts, span.start) - 1)]
        body = self._report.body
        if not sentence.start < body < sentence.end:
            return sentence
        return Span(body, sentence.end) if span.end > body else Span(sentence.start, body)

    def _own_voice(self, part: Span) -> Statement:
        """What part of a sentence says that it attributes to nobody: the part without the contents inside it."""
        text = self._report.text
        gaps, start = [], part.start
        for content in sorted(c for c, _ in self._contents.touching(part)):
            if content.start > start:
                gaps.append(trimmed(text, start, content.start))
            start = max(start, content.end)
        if start < part.end:
            gaps.append(trimmed(text, start, part.end))
        kept = tuple(g for g in gaps if g is not None and any(char.isalnum() for char in g.of(text))) or (part,)
        own = identify("s", self._report.id, "report", *([g.start, g.end] for g in kept))
        return Statement(own, self._report.id, Source(None, "report"), None, kept, "indirect", "speech")
