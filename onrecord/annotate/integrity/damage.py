"""Letters that were decoded wrongly, and a text that stops in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotate.integrity.doubts import Doubt, Reading
from onrecord.annotate.integrity.lexicon import lexicon
from onrecord.spans import Span

_CUT_AFTER = re.compile(r"\[\+\d+ chars\]\Z")
_FINAL = frozenset(".!?…。！？\"'”’»)]*_|~")
_LAST_PARAGRAPH = 12
"""Words a last paragraph must have before its missing full stop says anything."""


def wrong_letters(reading: Reading) -> Iterator[Doubt]:
    """Letters that were decoded with the wrong table, and characters that are no text."""
    spans = [Span(found.start(), found.end()) for found in lexicon().wrong_letters.finditer(reading.text)]
    if spans:
        meant = next(filter(None, (_decoded(span.of(reading.text)) for span in spans)), None)
        hint = f"Decode the source as UTF-8: the first was “{meant}”." if meant else "Read the source again."
        yield Doubt("encoding", tuple(spans), "Characters were decoded wrongly or are no text.", hint)


def _decoded(letters: str) -> str | None:
    try:
        return letters[:40].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def cut_end(reading: Reading) -> Iterator[Doubt]:
    """A text that stops in the middle, or says that it does."""
    text = reading.text.rstrip()
    start = _start_of_notice(text)
    if start is None and _is_stopped(reading, text):
        start = text.rfind(" ") + 1
    if start is not None:
        yield Doubt(
            "truncated",
            (Span(start, len(text)),),
            "The text stops before its end.",
            "Read the report at its source; what follows is missing here.",
        )


def _start_of_notice(text: str) -> int | None:
    """Where the words begin that say that a text was cut off: `Read more`, `[+2512 chars]`."""
    counted = _CUT_AFTER.search(text, max(0, len(text) - 30))
    if counted:
        return counted.start()
    tail = text[-60:].lower()
    return next((len(text) - len(ending) for ending in lexicon().endings if tail.endswith(ending)), None)


def _is_stopped(reading: Reading, text: str) -> bool:
    """Whether the last paragraph is running text and stops in the middle of a sentence."""
    if not reading.sentences or (text[-1] in _FINAL - {"…"} and not text.endswith("...")):
        return False
    paragraph = text[text.rfind("\n", 0, len(text)) + 1 :]
    last = reading.sentences[-1].of(reading.text).split()
    if len(paragraph.split()) < _LAST_PARAGRAPH or len(last) < 4 or "http" in paragraph[-100:]:
        return False
    return text.endswith(("…", "...", ",")) or (last[-1].islower() and last[-1].isalpha())
