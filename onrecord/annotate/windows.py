"""Windows: stretches of whole sentences, if possible whole paragraphs, that the encoder reads at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` up to `end` are read; those from `keep_start` up to `keep_end` are taken from this window."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def cut_windows(lengths: Sequence[int], sentences: Sequence[int], paragraphs: set[int], size: int) -> list[Window]:
    """Windows over all words, so that each word is kept from exactly one.

    Args:
        lengths: sub-tokens of each word.
        sentences: first word of each sentence, in order, and the number of words at the end.
        paragraphs: those first words that open a paragraph.
        size: sub-tokens a window may hold.
    """
    windows: list[Window] = []
    for start, end in _packed(_units(lengths, sentences, paragraphs, size), lengths, size):
        if sum(lengths[start:end]) <= size:
            windows.append(Window(start, end, start, end))
        else:
            windows.extend(_overlapping(lengths, start, end, size))
    return windows


def _units(lengths: Sequence[int], sentences: Sequence[int], paragraphs: set[int], size: int) -> list[tuple[int, int]]:
    """Paragraphs that fit a window, and the sentences of those that do not."""
    units: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    for start, end in pairwise(sentences):
        if start in paragraphs and held:
            units.extend(_joined(held, lengths, size))
            held = []
        if start < end:
            held.append((start, end))
    return units + _joined(held, lengths, size)


def _joined(held: list[tuple[int, int]], lengths: Sequence[int], size: int) -> list[tuple[int, int]]:
    fits = bool(held) and sum(lengths[held[0][0] : held[-1][1]]) <= size
    return [(held[0][0], held[-1][1])] if fits else held


def _packed(units: list[tuple[int, int]], lengths: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Neighbouring units packed together while they fit."""
    packed: list[tuple[int, int]] = []
    room = 0
    for start, end in units:
        need = sum(lengths[start:end])
        if packed and need <= room:
            packed[-1] = (packed[-1][0], end)
            room -= need
        else:
            packed.append((start, end))
            room = size - need
    return packed


def _overlapping(lengths: Sequence[int], start: int, end: int, size: int) -> list[Window]:
    """Windows over one sentence too long for any: each shares a third with the next and keeps up to its middle."""
    bounds: list[tuple[int, int]] = []
    begin = start
    while True:
        stop = _fill(lengths, begin, end, size)
        bounds.append((begin, stop))
        if stop == end:
            break
        begin = max(begin + 1, _fill(lengths, begin, stop, size - size // 3))
    kept = [start, *((after[0] + before[1]) // 2 for before, after in pairwise(bounds)), end]
    cut = [Window(a, b, kept[i], kept[i + 1]) for i, (a, b) in enumerate(bounds)]
    return [window for window in cut if window.keep_start < window.keep_end]


def _fill(lengths: Sequence[int], begin: int, end: int, size: int) -> int:
    """The word after the last one that still fits, at least one word on."""
    used, word = 0, begin
    while word < end and used + lengths[word] <= size:
        used += lengths[word]
        word += 1
    return max(word, begin + 1)
