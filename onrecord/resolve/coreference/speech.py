"""Who "I", "we" and "you" are: the source of the quotation they stand in, its addressee, or the author."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from onrecord.model import Annotations, Statement
from onrecord.resolve.coreference.partition import Partition
from onrecord.resolve.coreference.phrases import Phrase
from onrecord.spans import Located, Span

_PERSONS = ("first_singular", "first_plural", "second")
_MOST = 100
"""Statements around one word, and phrases within one source, that are looked at."""


def join_speakers(partition: Partition, voices: Voices) -> None:
    """Joins the pronouns of the first and second person of one voice, and to the phrase that names that voice."""
    heard: dict[tuple[str, str], Phrase] = {}
    for phrase in partition.phrases.all:
        if not phrase.is_pronoun or phrase.key[0] not in _PERSONS:
            continue
        voice = voices.around(phrase.span)
        named = voices.named(voice, phrase.key[0])
        key = (voices.key(voice), phrase.key[0])
        if named is not None and named is not phrase:
            partition.join(named, phrase)
        elif key in heard:
            partition.join(heard[key], phrase)
        heard[key] = phrase


class Voices:
    """Whose words stand where, as far as they are given word for word."""

    def __init__(self, partition: Partition, annotations: Annotations) -> None:
        self._partition = partition
        self._starts = [phrase.span.start for phrase in partition.phrases.all]
        self._quoted = Located(_quoted(annotations))
        self._sources = {
            phrase.place
            for one in annotations.statements
            if one.cue is not None and one.within is None and (phrase := self._phrase(one.source.span)) is not None
        }

    def around(self, span: Span) -> Statement | None:
        """The innermost statement whose quoted words hold `span`; None for the author's own words."""
        found = [(own, one) for own, one in self._quoted.touching(span)[:_MOST] if own.contains(span)]
        return min(found, key=lambda pair: (len(pair[0]), pair[0], pair[1].id))[1] if found else None

    def is_source(self, phrase: Phrase) -> bool:
        """Whether the phrase names the source of a statement that has a cue, and stands in no other."""
        return phrase.place in self._sources

    def key(self, voice: Statement | None) -> str:
        """The same for the same speaker: the part that the source's phrase is in, else the statement."""
        if voice is None:
            return ""
        source = self._phrase(voice.source.span)
        return str(self._partition.root(source.place)) if source is not None else voice.id

    def named(self, voice: Statement | None, kind: str) -> Phrase | None:
        """The phrase for the speaker, or for "you" the addressee. "We" is the speaker only if that is no person."""
        if voice is None:
            return None
        if kind == "second":
            return self._phrase(voice.addressee)
        source = self._phrase(voice.source.span)
        if source is None or (source.is_pronoun and source.key[0] in _PERSONS and source.key[0] != kind):
            return None
        one = self._partition.plural(source) is False or self._partition.animacy(source) == "person"
        return source if one == (kind == "first_singular") else None

    def _phrase(self, span: Span | None) -> Phrase | None:
        """The longest phrase that lies within `span`."""
        if span is None:
            return None
        begin, end = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        within = [p for p in self._partition.phrases.all[begin : min(end, begin + _MOST)] if p.span.end <= span.end]
        return max(within, key=lambda p: (len(p.span), -p.place), default=None)


def _quoted(annotations: Annotations) -> Iterator[tuple[Span, Statement]]:
    for statement in annotations.statements:
        if statement.directness != "indirect" and statement.source.basis != "report":
            for span in statement.content:
                yield span, statement
