"""Words: the units of every layer, close to those of Universal Dependencies.

Abbreviations and numbers stay whole (`U.S.`, `2,500`), clitics and hyphenated parts stand alone
(`did` `n't`, `al` `-` `Tanf`), every other mark is a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Words
from onrecord.spans import Span

_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Cmdr Adm Sen Sens Rep Reps Gov Rev Hon Pres St Ste Mt Ft Jr Sr "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Wed Thu Fri Inc Corp Co Ltd Bros vs etc No Nos "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore "
    "Pa Tenn Tex Va Vt Wash Wis Wyo"
)

_LETTER = r"[^\W\d_]"
# Most words are plain letters before a space or comma; the first alternative takes them without trying the others.
_WORD = re.compile(
    rf"(?!cannot\b)[A-Za-z]++(?=[ ,])"
    rf"|(?:[A-Za-z]\.){{2,8}}"
    rf"|\b(?:{'|'.join(_ABBREVIATIONS.split())})\."
    r"|[Cc]an(?=not\b)"
    rf"|(?={_LETTER}{{2,21}}['’]t\b){_LETTER}{{1,20}}?(?=n['’]t\b)|n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_][\w\u0300-\u036f]*"
    r"|\w+"
    r"|\.\.\.+"
    r"|\S",
    re.IGNORECASE,
)


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Start and end of each word of `text[start:end]`, in order, in code points of `text`."""
    return [match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)]


def tokenise(text: str, sentences: Sequence[Span]) -> Words:
    """The words of the sentences, with offsets and the index of their sentence; tags are left empty."""
    starts: list[int] = []
    ends: list[int] = []
    owner: list[int] = []
    for index, sentence in enumerate(sentences):
        spans = word_spans(text, sentence.start, sentence.end)
        starts.extend(start for start, _ in spans)
        ends.extend(end for _, end in spans)
        owner.extend([index] * len(spans))
    return Words(starts, ends, owner)
