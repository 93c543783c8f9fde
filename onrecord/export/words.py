"""Words of reports made fit for other programs: reports hold what no other format foresees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or advises against; no other format of text wants it either."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"


def encodable(words: str) -> str:
    """The words with a replacement character for each lone surrogate, which has no UTF-8; as long as before."""
    return _SURROGATE.sub(_REPLACED, words)


def plain(words: str) -> str:
    """The words with a replacement character for each control character and lone surrogate; as long as before."""
    return _NOT_TEXT.sub(_REPLACED, words)


def one_line(words: str) -> str:
    """The words on one line, without what a terminal would act on or could not encode."""
    line = " ".join(words.split())
    return "".join(char if char.isprintable() else _REPLACED for char in line)


def clipped(words: str, limit: int) -> str:
    """The words on one line, cut between two words if they are longer than `limit` code points."""
    line = " ".join(words[: limit * 8].split())
    if len(line) <= limit and len(words) <= limit * 8:
        return line
    return line[: limit - 2].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + " …"


def joined(passages: Sequence[Item]) -> str:
    """The words of passages, an ellipsis between them."""
    return " … ".join(str(one["text"]) for one in passages)


def place_of(passages: Sequence[Item], names: Mapping[str, str]) -> str:
    """Where words stand: the name of the report and their offsets, for each report in turn."""
    told: dict[str, list[str]] = {}
    for one in passages:
        told.setdefault(one["report"], []).append(f"{one['start']}-{one['end']}")
    return "; ".join(f"{names.get(report, report)} {','.join(places)}" for report, places in told.items())
