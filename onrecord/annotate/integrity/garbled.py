"""Garbled words: those that stand twice, and sentences chopped by a stray full stop or a lost letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.annotate.integrity.doubts import TOKEN, Doubt, Reading
from onrecord.annotate.integrity.lexicon import lexicon
from onrecord.spans import Span

_LONGEST_PHRASE = 4


def repeated_words(reading: Reading) -> Iterator[Doubt]:
    """A word, or a phrase of up to four, that stands twice in a row."""
    text, starts, ends = reading.text, reading.words.starts, reading.words.ends
    forms = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    behind = 0
    for index in _met_again(forms):
        size = _repetition(reading, forms, index) if index >= behind else 0
        if size:
            behind = _end_of_repetition(reading, forms, index, size)
            span = Span(starts[index], ends[behind - 1])
            once = text[starts[index] : ends[index + size - 1]]
            often = "twice" if behind == index + 2 * size else "several times"
            yield Doubt("garbled", (span,), f"“{once}” stands {often} in a row.", f"Read “{once}” once.")


def _met_again(forms: list[str]) -> list[int]:
    """The words that stand again within the length of a phrase, in order."""
    near = range(1, _LONGEST_PHRASE + 1)
    return sorted({i for size in near for i, (a, b) in enumerate(zip(forms, forms[size:], strict=False)) if a == b})


def _repetition(reading: Reading, forms: list[str], index: int) -> int:
    """How many words from `index` on stand again right after them, 0 for none that is a fault."""
    for size in range(1, _LONGEST_PHRASE + 1):
        end = index + 2 * size
        if end > len(forms) or forms[index] != forms[index + size]:
            continue
        if forms[index : index + size] == forms[index + size : end]:
            phrase = [*forms[max(0, index - 1) : index], *forms[index : index + size]]
            faulty = _is_slip(reading, index) if size == 1 else _is_broken_phrase(phrase)
            return size if faulty and _is_one_run(reading, index, end) else 0
    return 0


def _end_of_repetition(reading: Reading, forms: list[str], index: int, size: int) -> int:
    """The word behind the last repetition of the `size` words from `index` on."""
    behind = index + 2 * size
    while forms[behind : behind + size] == forms[index : index + size] and _is_one_run(
        reading, behind - 1, behind + size
    ):
        behind += size
    return behind


def _is_slip(reading: Reading, index: int) -> bool:
    start, end = reading.words.starts[index], reading.words.ends[index]
    word, again = reading.text[start:end], reading.text[reading.words.starts[index + 1] : reading.words.ends[index + 1]]
    # The same in small letters, or "The the"; two capitals may be a name, "at AT" a company.
    return again.islower() and word.isalpha() and len(word) > 1 and word.lower() not in lexicon().may_repeat


def _is_broken_phrase(phrase: list[str]) -> bool:
    """Whether a phrase that stands twice is a fault, not a figure of speech: "of the of the".

    `phrase` begins with the word before it, which may show a figure: "from time to time to".
    """
    known, found = lexicon(), set(phrase)
    worded = all(word.replace("'", "").replace("’", "").isalpha() for word in phrase[1:])
    return worded and not known.phrase_breakers.isdisjoint(phrase[1:]) and found.isdisjoint(known.phrase_joiners)


def _is_one_run(reading: Reading, index: int, end: int) -> bool:
    """Whether the words from `index` to `end` are parted by single spaces and line breaks only, outside quotations."""
    text, starts, ends = reading.text, reading.words.starts, reading.words.ends
    if reading.is_quoted(Span(starts[index], ends[end - 1])):
        return False
    gaps = [text[ends[i] : starts[i + 1]] for i in range(index, end - 1)]
    opens = any(
        "\n" in gap and text[starts[index + n + 1]].isupper() for n, gap in enumerate(gaps)
    )  # a line under a title
    return all(not gap.strip() and gap.count("\n") < 2 for gap in gaps) and any(gaps) and not opens


def chopped_sentences(reading: Reading) -> Iterator[Doubt]:
    """A full stop before a small letter, and a sentence that begins with the rest of a word."""
    for before, sentence in pairwise(reading.sentences):
        if reading.text[sentence.start].islower() and not reading.is_quoted(sentence):
            doubt = _chopped(reading.text, before, sentence)
            if doubt is not None:
                yield doubt


def _chopped(text: str, before: Span, sentence: Span) -> Doubt | None:
    tokens = list(TOKEN.finditer(text, sentence.start, min(sentence.end, sentence.start + 120)))[:3]
    if text[before.end - 1] not in ".?!" or not tokens or not _is_plain_start(text, sentence, tokens[0][0]):
        return None
    first, whole = tokens[0][0], _lost(tokens)
    broken = "\n" in text[before.end : sentence.start]
    last = re.split(r"\s", text[max(before.start, before.end - 60) : before.end])[-1]
    start = sentence.start if broken else before.end - len(last)
    if whole is not None:
        hint = f"A letter is lost: read “{whole.capitalize()}”."
        return Doubt("garbled", (Span(start, tokens[-1].end()),), f"A sentence begins with “{first}”.", hint)
    if broken:
        return None
    return Doubt(
        "garbled",
        (Span(start, tokens[:2][-1].end()),),
        "A full stop stands before a small letter: a sentence was chopped, or the start of the next one is lost.",
        f"Read on without the full stop, or take “{first}” for the rest of a lost sentence.",
    )


def _lost(tokens: list[re.Match[str]]) -> str | None:
    """The opener whose first letter is lost: `he Senate` was `The Senate`."""
    if len(tokens) < 2:
        return None
    first, known = tokens[0][0], lexicon()
    capital = known.lost_letter_before_capital.get(first) if tokens[1][0][0].isupper() else None
    return known.lost_letter.get(first, capital)


def _is_plain_start(text: str, sentence: Span, first: str) -> bool:
    """Whether the first word is an ordinary one, no brand, address or code, that should have had a capital."""
    if not (first.isalpha() and first.islower()) or first in lexicon().small_starts:
        return False
    run = text[sentence.start : sentence.start + 60].split(None, 1)[0]
    return not any(char in run for char in "@/._:{}=#\\;")
