"""The news of the day: how old it is where a report does not say, and which sentences tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.spans import Span
from onrecord.story.timeline.reading import Reading
from onrecord.syntax import Syntax

NEWS_SENTENCES = 3
"""Sentences at the head of a report that tell its news, and may leave the day of it to the others."""
_USUAL = 5
"""Reports that must name the day of their news before it is known how old a publisher's news is."""
_OLD_NEWS = 3
_PAST_HELPERS = frozenset(("was", "were", "had", "has", "have", "did", "been"))


def usual_ages(told: Iterable[tuple[str, int | None]]) -> Mapping[str, int]:
    """How many days old the news of each publisher usually is, by the days its reports name at their heads.

    A morning paper tells of yesterday, an agency of today. A publisher of few reports is held to tell of today.

    Args:
        told: of each report its publisher, and the age of its news where it names the day.
    """
    ages: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for publisher, age in told:
        if age is not None:
            ages[publisher][age] += 1
    return {
        publisher: min(counts, key=lambda age: (-counts[age], age))
        for publisher, counts in ages.items()
        if counts.total() >= _USUAL
    }


def age_of_news(reading: Reading) -> int | None:
    """How old the first happening is that a report dates at its head, if that is news."""
    for place in range(min(NEWS_SENTENCES, len(reading.sentences))):
        if not is_past(reading.syntax, reading.sentences[place]):
            continue
        for named in reading.times.get(place, ()):
            if named.first == named.last and reading.day:
                age = (date.fromisoformat(reading.day) - named.last).days
                return age if 0 <= age < _OLD_NEWS else None
    return None


def news_date(reading: Reading, own: int | None, usual: int) -> Date | None:
    """The day that the news of a report is of: the one it names at its head, or else likely its own or the day before.

    None where it is not known on which day the report was written.
    """
    if reading.written is None or not reading.day or reading.written.earliest != reading.written.latest:
        return None
    written = date.fromisoformat(reading.day)
    if own is not None:
        return Date.of((written - timedelta(own)).isoformat(), "day-of-the-news", reading.annotations.report.id)
    value, earliest = written - timedelta(usual), written - timedelta(max(usual, 1))
    return Date(value.isoformat(), earliest.isoformat(), reading.day, "news-of-the-day", reading.annotations.report.id)


def is_past(syntax: Syntax, sentence: Span) -> bool:
    """Whether the head of the sentence is a verb in the past tense or the perfect, or hangs on such a copula."""
    head = syntax.head_of(sentence)
    if head is None:
        return False
    helpers = [syntax.folded(c) for c in syntax.children[head] if syntax.words.relation[c] in ("aux", "cop")]
    if helpers:
        return helpers[0] in _PAST_HELPERS
    form = syntax.folded(head)
    return syntax.tag(head) == "VERB" and (form.endswith("ed") or _is_irregular_past(form))


def _is_irregular_past(form: str) -> bool:
    return lemma(form, "VERB") != form and not form.endswith(("s", "ing"))
