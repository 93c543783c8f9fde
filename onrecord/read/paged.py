"""Pages of print to running text: lines joined to paragraphs, words mended at the line end, page numbers left out.

The text of such a report is the text made here, and offsets count in that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_EDGE = 2
"""Lines at the top and the bottom of a page that may be repeated on every page."""
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*+)?[-–—]?\s*+\d{1,4}\s*+[-–—]?(?:\s*+(?:of|/)\s*+\d{1,4})?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad\u2010]\Z")
_FIRST = re.compile(r"[^\W\d_]+")
_FULL = 0.75
"""Share of the usual width from which a line is taken to go on in the next."""


def running_text(pages: Sequence[str]) -> str:
    """The text of printed pages, a blank line between paragraphs."""
    cleaned = [list(_body(page.splitlines(), repeated)) for repeated in [_repeated(pages)] for page in pages]
    lines = [line for page in cleaned for line in page]
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
    return "\n\n".join(_paragraphs(lines, _width(lines), known))


def _repeated(pages: Sequence[str]) -> frozenset[str]:
    """Lines at the edges of most pages, numbers aside: running heads and feet."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    return frozenset(key for key, count in counts.items() if key and count * 2 > len(pages))


def _edges(page: str) -> list[str]:
    lines = [line for line in page.splitlines() if line.strip()]
    return lines[:_EDGE] + lines[-_EDGE:]


def _key(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()).casefold())


def _body(lines: Sequence[str], repeated: frozenset[str]) -> Iterator[str]:
    """The lines of a page without what is repeated at its edges, and without its number."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    edge = {*filled[:_EDGE], *filled[-_EDGE:]}
    for index, line in enumerate(lines):
        alone = index in (filled[:1] + filled[-1:]) and _PAGE_NUMBER.fullmatch(line.strip())
        if not alone and not (index in edge and _key(line) in repeated):
            yield line.rstrip()


def _width(lines: Sequence[str]) -> int:
    """The usual length of a full line: the 9th decile."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _paragraphs(lines: Sequence[str], width: int, known: Counter[str]) -> Iterator[str]:
    words: list[str] = []
    last = ""
    for line in (*lines, ""):
        stripped = " ".join(line.split())
        if words and (not stripped or _ends(last, stripped, width)):
            yield "".join(words)
            words, last = [], ""
        if stripped:
            if words:
                _join(words, stripped, known)
            else:
                words = [stripped]
            last = stripped
    if words:
        yield "".join(words)


def _ends(line: str, following: str, width: int) -> bool:
    """Whether a line is the last of its paragraph: it is short, and the next does not go on in small letters."""
    if following[0].islower():
        return False
    return len(line) < _FULL * width


def _join(words: list[str], following: str, known: Counter[str]) -> None:
    """Adds a line; a word broken at the line end is mended as the report writes it elsewhere."""
    broken = _BROKEN.search(words[-1][-80:])
    first = _FIRST.match(following)
    if broken is None or first is None or not first[0][0].islower():
        words.append((" " if not words[-1].endswith(("-", "—")) else "") + following)
        return
    whole, hyphened = (broken[1] + first[0]).casefold(), f"{broken[1]}-{first[0]}".casefold()
    keeps = known[hyphened] > known[whole]
    words[-1] = words[-1] if keeps else words[-1][:-1]
    words.append(following)
