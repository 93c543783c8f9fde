"""Bytes to text, code point for code point.

Nothing is normalised: line ends, spaces and accents stay as they came. A byte-order mark is dropped. What no
text may hold (half of a surrogate pair, NUL) becomes U+FFFD, one for one, so that offsets stay right and every
text can be written, hashed and stored.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 32_768
"""Bytes shown to the encoding detector, whose time grows with them."""
_FEW_ACCENTS = 0.3
"""Share of bytes above 127 under which a text is taken to be in a western language."""
_FEWEST_UNITS = 4
"""Units of UTF-16 under which a zero byte proves nothing."""
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and whether that encoding is certain rather than guessed."""

    text: str
    encoding: str
    certain: bool


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte-order mark, as strict UTF-8, as `declared`, or by a guess. Never fails.

    Args:
        data: all bytes of one report.
        declared: an encoding the report names itself (an HTML meta tag); used if the bytes allow it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, certain=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_declared(data, declared) or _guess(data)
    wide = _wide_without_mark(data) if "\0" in text else None
    return _decode_as(data, wide, certain=False) if wide else Decoded(storable(text), "utf-8", "\0" not in text)


def storable(text: str) -> str:
    """`text` with each NUL and each lone surrogate replaced by U+FFFD, one for one."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def has_words(text: str) -> bool:
    """Whether there is a letter in `text`."""
    return _WORD.search(text) is not None


def _decode_as(data: bytes, encoding: str, *, certain: bool, errors: str = "replace") -> Decoded:
    text = storable(data.decode(encoding, errors))
    return Decoded(text, encoding, certain and REPLACEMENT not in text)


def _decode_declared(data: bytes, declared: str | None) -> Decoded | None:
    """The text in the encoding it names itself, or None if that is unknown or does not fit."""
    try:
        name = codecs.lookup(declared).name if declared else "utf-8"
        # The web reads Latin-1 as Windows-1252, since most pages that claim the first are the second.
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return None if name == "utf-8" else Decoded(storable(data.decode(name)), name, True)
    except (LookupError, UnicodeDecodeError):
        return None


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 whose mark is missing: every second byte of western text is zero."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < _FEWEST_UNITS:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _guess(data: bytes) -> Decoded:
    """The likeliest reading of bytes that are not UTF-8; never certain."""
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged
    encoding = "cp1252" if _few_accents(data) else _detected(data)
    return _decode_as(data, encoding, certain=False)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with some broken bytes, if it holds more whole characters above 127 than broken ones."""
    try:
        return _decode_as(data, "utf-8", certain=False, errors="surrogatepass")
    except UnicodeDecodeError:
        decoded = _decode_as(data, "utf-8", certain=False)
    broken = decoded.text.count(REPLACEMENT)
    whole = len(decoded.text) - len(decoded.text.encode("ascii", "ignore")) - broken
    return decoded if whole > broken else None


def _few_accents(data: bytes) -> bool:
    high = sum(len(run) for run in _HIGH.findall(data))
    return high <= _FEW_ACCENTS * len(data)


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # costs 50 ms; most reports are UTF-8

    first = _HIGH.search(data)
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    best = from_bytes(data[start : start + _SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"
