"""Words that say a name is withheld, and the words that say why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotate.sourcing.lexicon import lexicon
from onrecord.annotate.sourcing.scene import Scene
from onrecord.spans import Span

_AUXILIARY = re.compile(
    r"(?:\b(?P<subject>he|she|they|it)\s)?\b(?P<auxiliary>(?:is|are|was|were|has|have|had|do|does|did)\s+)\Z", re.I
)
_BROKEN_OFF = re.compile(r"[;:\"“”]")
_LONGEST_REASON = 400
"""Code points after which a reason for anonymity is taken to have ended."""
_JOINTS = (" and", " but", " so")
"""Words that join what follows to a reason, and are no part of it."""
_NEAR = 120
"""Code points after the words that withhold a name within which a reason must open."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Words that say a name is withheld (`span`), and the words that say why."""

    span: Span
    sentence: int
    reason: Span | None


def withholdings(scene: Scene) -> Iterator[Withholding]:
    """Every place where the report says that it withholds a name, in order."""
    told = 0
    for sentence in scene.sentences_with(lexicon().anchors):
        span = scene.sentences[sentence]
        for match in lexicon().withheld_name.finditer(scene.text, span.start, span.end):
            if match.start() < told:
                continue  # "because they were not authorized to speak" is a reason already
            reason = _reason(scene.text, span, match)
            told = reason.end if reason is not None else match.end()
            yield Withholding(Span(*match.span()), sentence, reason)


def _reason(text: str, sentence: Span, match: re.Match[str]) -> Span | None:
    """The reason after the words that withhold a name; else before them; else those words, if they are one."""
    known = lexicon()
    end = max(sentence.end, match.end())
    if known.self_reason.match(match.group()):
        return _self_reason(text, sentence, match, end)
    after = known.reason.search(text, match.end(), min(end, match.end() + _NEAR))
    if after is not None and not _BROKEN_OFF.search(text, match.end(), after.start()):
        return _opened_by(text, after, end)
    before = known.reason.match(text, sentence.start, match.start())
    return None if before is None else _opened_by(text, before, match.start())


def _opened_by(text: str, words: re.Match[str], end: int) -> Span | None:
    """The reason that `words` open, up to `end` at most."""
    return _clause(text, words.end() if words["opening"] else words.start(), end)


def _self_reason(text: str, sentence: Span, match: re.Match[str], end: int) -> Span | None:
    """The clause "(they) were not authorized to speak publicly", from its pronoun or auxiliary on."""
    begin = match.start()
    while begin > sentence.start and not text[begin - 1].isspace():
        begin -= 1
    found = _AUXILIARY.search(text, max(sentence.start, begin - 60), begin)
    if found is not None:
        begin = found.start("subject") if found["subject"] else found.start("auxiliary")
    return _clause(text, begin, end, match.end())


def _clause(text: str, start: int, end: int, at_least: int | None = None) -> Span | None:
    """From `start` to where the clause ends: its sentence's end, a comma, a quotation mark, or the main verb."""
    end = min(end, start + _LONGEST_REASON)
    for stop in lexicon().reason_end.finditer(text, max(at_least or 0, min(start + 8, end)), end):
        if stop["verb"] is None or _ends_before_verb(text, start, stop.start()):
            end = stop.start()
            break
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;!?’'\"”"):
        end -= 1
    for joint in _JOINTS:
        if text.endswith(joint, start, end):
            end -= len(joint)
    return Span(start, end) if start < end else None


def _ends_before_verb(text: str, start: int, verb: int) -> bool:
    """Whether the verb belongs to the main clause: "because talks are private said", not "because lawyers warned"."""
    words = [word.lower() for word in re.findall(r"[\w’'-]+", text[start:verb])]
    finite = lexicon().words["finite"]
    return bool(words) and words[-1] not in finite and (words[0] in ("to", "for", "of") or bool(finite & set(words)))
