"""Archives of any size out of the development data, with sizes as they are: reports renamed, their nouns exchanged.

A copy of a report has the same sentences with other names and other nouns, each in the place of one of equal length, so
that all offsets stay and what was read out of the original holds for the copy. The exchange is one for all reports of
a copy of the archive: a copy tells another story, with actors and subjects of its own, at the same length.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from onrecord.model import Annotations, Report
from onrecord.notation import decoded, encoded
from onrecord.stories.sketching import Sketch, sketch_of

_ID = re.compile(rb"\b([a-z]+):([0-9a-f]{12})\b")
_SWAPPED = ("NOUN", "PROPN")
_KINDS = (str.islower, str.istitle, str.isupper)

Exchange = Mapping[str, str]
"""For each noun, in the form in which it stands, the one in its place."""


def archive(read: Sequence[Annotations], count: int) -> Iterator[Annotations]:
    """So many annotated reports: the originals first, then copy after copy of them all."""
    nouns = _nouns(read)
    for number in range(count):
        copy, place = divmod(number, len(read))
        if place == 0:
            exchange = _exchange(nouns, copy)
        yield renamed(read[place], exchange, copy) if copy else read[place]


def reports(read: Sequence[Annotations], count: int) -> Iterator[Report]:
    """The reports of such an archive, not annotated."""
    return (one.report for one in archive(read, count))


def sketches(read: Sequence[Annotations], count: int) -> Iterator[Sketch]:
    """The reports of such an archive in little: made without making them whole, so that there may be very many.

    A copy is told in the days of its original, so that all stories of the archive go on at one time.
    """
    nouns, little = _nouns(read), [sketch_of(one) for one in read]
    for number in range(count):
        copy, place = divmod(number, len(read))
        if place == 0:
            exchange = {word.casefold(): other.casefold() for word, other in _exchange(nouns, copy).items()}
        one = little[place]
        terms: Counter[str] = Counter()
        for term, times in one.terms.items():
            mark, name = ("=", term[1:]) if term.startswith("=") else ("", term)
            terms[mark + " ".join(exchange.get(word, word) for word in name.split())] += times
        yield replace(one, report=f"{one.report}/{copy}", terms=dict(terms)) if copy else one


def renamed(one: Annotations, exchange: Exchange, copy: int) -> Annotations:
    """A copy of a report with its annotations: other nouns, other ids, the same places."""
    text = _exchanged(one, exchange)
    salt = str(copy).encode()

    def other(match: re.Match[bytes]) -> bytes:
        return match[1] + b":" + sha256(salt + match[0]).hexdigest()[:12].encode()

    packed = _ID.sub(other, encoded(replace(one, report=replace(one.report, text=""), meanings=(), events=())))
    copied = decoded(Annotations, packed)
    events = tuple(
        replace(
            decoded(type(event), _ID.sub(other, encoded(replace(event, meaning=b"")))),
            meaning=event.meaning,
        )
        for event in one.events
    )
    report = replace(copied.report, text=text, name=f"{copy}/{one.report.name}", title=_title(one.report, text))
    return replace(copied, report=report, events=events, meanings=one.meanings)


def _title(report: Report, text: str) -> str | None:
    """The title in the words of the copy, where it stands at the top of the text."""
    if report.title is None or not report.text.startswith(report.title):
        return report.title
    return text[: len(report.title)]


def _nouns(read: Iterable[Annotations]) -> dict[tuple[int, int], list[str]]:
    """The nouns of the texts by their length and the way they are written."""
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for one in read:
        words, text = one.words, one.report.text
        for start, end, tag in zip(words.starts, words.ends, words.tag, strict=True):
            word = text[start:end]
            kind = _kind(word)
            if tag in _SWAPPED and kind is not None:
                found[end - start, kind][word] = None
    return {key: sorted(forms) for key, forms in found.items()}


def _kind(word: str) -> int | None:
    """How a word is written; None for one that is not of letters, or so short that it may be anything."""
    if not word.isalpha() or len(word) < 3:
        return None
    return next((number for number, is_so in enumerate(_KINDS) if is_so(word)), None)


def _exchange(nouns: Mapping[tuple[int, int], Sequence[str]], copy: int) -> Exchange:
    out: dict[str, str] = {}
    for key in sorted(nouns):
        forms = list(nouns[key])
        random.Random(f"{copy} {key}").shuffle(forms)
        out.update(zip(nouns[key], forms, strict=True))
    return out


def _exchanged(one: Annotations, exchange: Exchange) -> str:
    pieces: list[str] = []
    at, text = 0, one.report.text
    for start, end, tag in zip(one.words.starts, one.words.ends, one.words.tag, strict=True):
        if tag in _SWAPPED and start >= at:
            pieces += (text[at:start], exchange.get(text[start:end], text[start:end]))
            at = end
    return "".join((*pieces, text[at:]))
