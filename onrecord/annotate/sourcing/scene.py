"""One report's text with its sentences and names in order, and look-ups by offset."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from onrecord.annotate.sentences import split_paragraphs
from onrecord.annotate.sourcing.lexicon import PERSONS, lexicon
from onrecord.annotate.sourcing.noun_phrases import TOKEN, singular, tokens_between
from onrecord.model import Mention, MentionType
from onrecord.spans import Span

CROWDED = 60
"""Sources or names looked at in one sentence: more would make a text without full stops slow, and tell no more."""

_NAMING: frozenset[MentionType] = frozenset(
    {"person", "organization", "place", "facility", "event", "product", "other", "group"}
)
_WORD = re.compile(r"[\w’'-]+")
_APPOSITION = re.compile(r",\s((?:an?\s|the\s|who\s(?:is|was)\s)?[^,.;:\n“\"]{3,80})")
_QUOTATION_MARKS = frozenset('“”"')


class Scene:
    """What stands around the sources of one report.

    Args:
        text: the report's text.
        sentences: its sentences; without any, the text is one.
        mentions: the names in it; times and quantities are passed over.
        published_by: who publishes it.
    """

    def __init__(
        self, text: str, sentences: Sequence[Span], mentions: Sequence[Mention] = (), published_by: str | None = None
    ) -> None:
        self.text = text
        self.sentences = sorted(sentences) or [Span(0, max(1, len(text)))]
        self.mentions = sorted((m for m in mentions if m.type in _NAMING), key=lambda m: m.span)
        self.published_by = published_by
        self._sentence_starts = [span.start for span in self.sentences]
        self._mention_starts = [mention.span.start for mention in self.mentions]
        self._introducing: dict[int, bool] = {}
        self._telling_of_people: dict[int, bool] = {}

    # -- sentences

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`, or of the last before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph_of(self, sentence: int) -> int:
        """The number of the paragraph in which a sentence ends."""
        return bisect_right(self._paragraph_starts, self.sentences[sentence].end - 1)

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return [span.start for span in split_paragraphs(self.text)]

    def sentences_with(self, stems: Sequence[str]) -> Sequence[int]:
        """Sentences that hold one of the stems, in order. Most hold none, and finding that out is cheap."""
        low = self.text.lower()
        low = low if len(low) == len(self.text) else self.text  # a few letters change length in lower case
        found = set()
        for stem in stems:
            at = low.find(stem)
            while at >= 0:
                sentence = self.sentence_at(at)
                found.add(sentence)
                at = low.find(stem, max(at + 1, self.sentences[sentence].end))
        return sorted(found)

    def opening_word(self, sentence: int) -> str:
        """The first word or mark of a sentence, in lower case."""
        span = self.sentences[sentence]
        first = TOKEN.search(self.text, span.start, span.end)
        return first.group().lower() if first is not None else ""

    def introduces_one(self, sentence: int) -> bool:
        """Whether a sentence tells of one person for the first time: "a senior official"."""
        if sentence not in self._introducing:
            span = self.sentences[sentence]
            self._introducing[sentence] = lexicon().introduced.search(self.text, span.start, span.end) is not None
        return self._introducing[sentence]

    def tells_of_people(self, sentence: int) -> bool:
        """Whether a sentence tells, before any quotation, of several people by a noun: "several other officials"."""
        if sentence not in self._telling_of_people:
            self._telling_of_people[sentence] = any(self._plural_persons(self.sentences[sentence]))
        return self._telling_of_people[sentence]

    def _plural_persons(self, sentence: Span) -> Iterator[bool]:
        for token, _ in tokens_between(self.text, sentence.start, sentence.end):
            if token in _QUOTATION_MARKS:
                return
            noun, plural = singular(token.lower())
            yield plural and lexicon().kinds.get(noun) in PERSONS

    # -- names

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that covers `offset`, if any."""
        for k in range(bisect_right(self._mention_starts, offset) - 1, -1, -1)[:3]:
            if self.mentions[k].span.end > offset:
                return self.mentions[k]
        return None

    def mentions_within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin between two offsets; of very many, the last."""
        last = bisect_left(self._mention_starts, end)
        return self.mentions[max(bisect_left(self._mention_starts, start), last - CROWDED) : last]

    def is_surname(self, word: str) -> bool:
        """Whether a person of the report bears it as a last name: "King" where "Tessa King" stands too."""
        return word in self._surnames

    @cached_property
    def _surnames(self) -> frozenset[str]:
        names = (m.span.of(self.text).split() for m in self.mentions if m.type == "person")
        return frozenset(name[-1] for name in names if len(name) > 1)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words that the report writes in lower case somewhere: no names."""
        return frozenset(re.findall(r"\b[a-z][a-z'’-]+", self.text))

    @cached_property
    def titled(self) -> Mapping[str, int]:
        """Role words that stand beside a person's name -> where first: "Gov. Ann Lee", "Ann Lee, a researcher at"."""
        found: dict[str, int] = {}
        for mention in self.mentions:
            if mention.type == "person":
                for word in self._beside(mention.span):
                    found.setdefault(word, mention.span.start)
        return found

    def words_before(self, offset: int) -> Sequence[str]:
        """Up to three words before `offset` on its line."""
        return _WORD.findall(self.text[max(0, offset - 40) : offset].rpartition("\n")[2])[-3:]

    def _beside(self, span: Span) -> Iterator[str]:
        inside = _WORD.findall(span.of(self.text))[:-1]
        apposition = _APPOSITION.match(self.text, span.end, min(len(self.text), span.end + 90))
        later = _WORD.findall(apposition.group(1)) if apposition else []
        for word in (*self.words_before(span.start), *inside, *later):
            low = word.lower()
            yield lexicon().titles.get(low, low)
