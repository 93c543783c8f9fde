"""Doubts about a text itself: where it is damaged, and what it may have said.

Five kinds, each from marks on the surface, none from what the report is about: words that stand twice,
sentences chopped by a stray full stop or a lost letter, speech without quotation marks, letters that were
decoded wrongly, a text that stops in the middle. Nothing is repaired: a finding names the words and what
they may have been. The English words involved are in `data/integrity.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from onrecord.annotate.quotations import Quotation, find_quotations
from onrecord.model import Finding, FindingKind, Report, Words, identify
from onrecord.spans import Span, merged

_TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+|,\d+)*+|[,;:.!?]|[^\s\w]")
_MARK = re.compile(r"[“”„«»\"]|``|''|(?<!\w)[‘'](?=\w)")
_LABEL = re.compile(r"(?:[A-Z][\w.'’-]{0,30} ?){1,4}:\s")
_CUT_AFTER = re.compile(r"\[\+\d+ chars\]\Z")
_FINAL = frozenset(".!?…。！？\"'”’»)]*_|~")
_LONGEST_PHRASE = 4
_SUBJECT = 22
"""Words a source may be named in between the comma and the verb of saying."""
_LAST_PARAGRAPH = 12
"""Words a last paragraph must have before its missing full stop says anything."""


def find_faults(report: Report, sentences: Sequence[Span], words: Words) -> tuple[Finding, ...]:
    """Findings about the text of `report`, in the order of their first words.

    Kinds: `garbled`, `unquoted_speech`, `encoding`, `truncated`. Speech in quotation marks is not searched for
    repeated words and odd starts: people stammer, and a verbatim quotation keeps it.
    """
    reading = _Reading(report, tuple(sentences), words, find_quotations(report.text))
    searches = (_repeated_words, _chopped_sentences, _unquoted_speech, _wrong_letters, _cut_end)
    found = [doubt for search in searches for doubt in search(reading)]
    return tuple(_finding(report, doubt) for doubt in sorted(found, key=lambda doubt: (doubt.spans, doubt.kind)))


@dataclass(frozen=True, slots=True)
class _Doubt:
    kind: FindingKind
    spans: tuple[Span, ...]
    explanation: str
    suggestion: str


class _Reading:
    """A report with what the searches look up in it."""

    def __init__(
        self, report: Report, sentences: tuple[Span, ...], words: Words, quotations: tuple[Quotation, ...]
    ) -> None:
        self.text = report.text
        self.body = report.body
        self.sentences = sentences
        self.words = words
        self._quoted = merged(quotation.span for quotation in quotations)
        self._starts = [span.start for span in self._quoted]

    def is_quoted(self, span: Span) -> bool:
        """Whether any of `span` stands in quotation marks."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self._quoted[index].end > span.start


def _finding(report: Report, doubt: _Doubt) -> Finding:
    identity = identify("f", report.id, doubt.kind, [[span.start, span.end] for span in doubt.spans])
    return Finding(identity, report.id, doubt.kind, doubt.spans, doubt.explanation, doubt.suggestion)


# ----------------------------------------------------------------------------------------- the lexicon


@dataclass(frozen=True, slots=True)
class _Lexicon:
    may_repeat: frozenset[str]
    phrase_breakers: frozenset[str]
    phrase_joiners: frozenset[str]
    small_starts: frozenset[str]
    lost_letter: dict[str, str]
    speech: dict[str, frozenset[str]]
    wrong_letters: re.Pattern[str]
    endings: tuple[str, ...]


@cache
def _lexicon() -> _Lexicon:
    table = tomllib.loads((files("onrecord") / "data" / "integrity.toml").read_text(encoding="utf-8"))
    sets = [frozenset(table[name]) for name in ("may_repeat", "phrase_breakers", "phrase_joiners", "small_starts")]
    speech = {name: frozenset(entries) for name, entries in table["speech"].items()}
    return _Lexicon(
        *sets, table["lost_letter"], speech, _wrong(table["encoding"]), tuple(table["truncated"]["endings"])
    )


def _wrong(table: dict[str, Any]) -> re.Pattern[str]:
    pairs = [f"{re.escape(first)}[{re.escape(behind)}]" for first, behind in table["pairs"]]
    never = "".join(re.escape(char) for char in table["never"])
    entities = "|".join(table["entities"])
    return re.compile(rf"(?:{'|'.join(pairs)}|[{never}\x80-\x84\x86-\x9f\ud800-\udfff])++|&(?:{entities}|#\d{{2,6}});")


# ------------------------------------------------------------------------------------------ repetitions


def _repeated_words(reading: _Reading) -> Iterator[_Doubt]:
    """A word, or a phrase of up to four, that stands twice in a row."""
    text, starts, ends = reading.text, reading.words.starts, reading.words.ends
    forms = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    behind = 0
    for index in range(len(forms) - 1):
        size = _repetition(reading, forms, index) if index >= behind else 0
        if size:
            behind = index + 2 * size
            span = Span(starts[index], ends[behind - 1])
            once = text[starts[index] : ends[index + size - 1]]
            yield _Doubt("garbled", (span,), f"“{once}” stands twice in a row.", f"Read “{once}” once.")


def _repetition(reading: _Reading, forms: list[str], index: int) -> int:
    """How many words from `index` on stand again right after them, 0 for none that is a fault."""
    for size in range(1, _LONGEST_PHRASE + 1):
        end = index + 2 * size
        if (
            end <= len(forms)
            and forms[index] == forms[index + size]
            and forms[index:end][:size] == forms[index + size : end]
        ):
            phrase = [*forms[max(0, index - 1) : index], *forms[index : index + size]]
            faulty = _is_slip(reading, index) if size == 1 else _is_broken_phrase(phrase)
            return size if faulty and _is_one_run(reading, index, end) else 0
    return 0


def _is_slip(reading: _Reading, index: int) -> bool:
    start, end = reading.words.starts[index], reading.words.ends[index]
    word, again = reading.text[start:end], reading.text[reading.words.starts[index + 1] : reading.words.ends[index + 1]]
    # The same in small letters, or "The the"; two capitals may be a name, "at AT" a company.
    return again.islower() and word.isalpha() and len(word) > 1 and word.lower() not in _lexicon().may_repeat


def _is_broken_phrase(phrase: list[str]) -> bool:
    """Whether a phrase that stands twice is a fault, not a figure of speech: "of the of the".

    `phrase` begins with the word before it, which may show a figure: "from time to time to".
    """
    lexicon, found = _lexicon(), set(phrase)
    worded = all(word.replace("'", "").replace("’", "").isalpha() for word in phrase[1:])
    return worded and not lexicon.phrase_breakers.isdisjoint(phrase[1:]) and found.isdisjoint(lexicon.phrase_joiners)


def _is_one_run(reading: _Reading, index: int, end: int) -> bool:
    """Whether the words from `index` to `end` are parted by single spaces and line breaks only, outside quotations."""
    text, starts, ends = reading.text, reading.words.starts, reading.words.ends
    if reading.is_quoted(Span(starts[index], ends[end - 1])):
        return False
    gaps = [text[ends[i] : starts[i + 1]] for i in range(index, end - 1)]
    return all(not gap.strip() and gap.count("\n") < 2 for gap in gaps) and any(gaps)


# ------------------------------------------------------------------------------------ chopped sentences


def _chopped_sentences(reading: _Reading) -> Iterator[_Doubt]:
    """A full stop before a small letter, and a paragraph that begins with the rest of a word."""
    for before, sentence in pairwise(reading.sentences):
        if reading.text[sentence.start].islower() and not reading.is_quoted(sentence):
            doubt = _chopped(reading.text, before, sentence)
            if doubt is not None:
                yield doubt


def _chopped(text: str, before: Span, sentence: Span) -> _Doubt | None:
    tokens = [m for m in _TOKEN.finditer(text, sentence.start, min(sentence.end, sentence.start + 120))][:3]
    first = tokens[0][0] if tokens else ""
    whole = _lost(text, tokens)
    if not _is_plain_start(text, sentence, first) or ("\n" in text[before.end : sentence.start] and whole is None):
        return None
    if text[before.end - 1] not in ".?!" or len(sentence) < 3:
        return None
    last = next(iter(re.findall(r"\S+", text[max(before.start, before.end - 60) : before.end])[-1:]), "")
    start = before.end - len(last) if "\n" not in text[before.end : sentence.start] else sentence.start
    span = Span(start, tokens[min(2, len(tokens) - 1) if whole else min(1, len(tokens) - 1)].end())
    if whole is not None:
        return _Doubt(
            "garbled", (span,), f"A sentence begins with “{first}”.", f"A letter is lost: read “{whole.capitalize()}”."
        )
    return _Doubt(
        "garbled",
        (span,),
        "A full stop stands before a small letter: a sentence was chopped, or the start of the next one is lost.",
        f"Read on without the full stop, or take “{first}” for the rest of a lost sentence.",
    )


def _lost(text: str, tokens: list[re.Match[str]]) -> str | None:
    """The opener whose first letter is lost: `he Senate` was `The Senate`."""
    if len(tokens) < 2:
        return None
    whole = _lexicon().lost_letter.get(tokens[0][0])
    return whole if whole is not None and (tokens[1][0][0].isupper() or tokens[0][0] not in _WORDS) else None


_WORDS = frozenset({"he", "his", "hen", "here", "hose", "hat", "or", "ear", "is", "ill"})
"""What is left of an opener and is a word itself: only a capital behind it gives it away."""


def _is_plain_start(text: str, sentence: Span, first: str) -> bool:
    if not first.isalpha() or first.lower() in _lexicon().small_starts:
        return False
    run = text[sentence.start : sentence.start + 60].split(None, 1)[0]
    return first.islower() and not any(char in run for char in "@/._:{}=#\\;")


# --------------------------------------------------------------------------------------- unquoted speech


def _unquoted_speech(reading: _Reading) -> Iterator[_Doubt]:
    """A clause in the first or second person before `, X said`, without quotation marks."""
    for sentence in reading.sentences:
        words = reading.text[sentence.start : sentence.end]
        if len(words) > 1500 or _MARK.search(words) or _LABEL.match(words) or reading.is_quoted(sentence):
            continue
        span = _speech_before_cue(words, sentence.start)
        if span is not None:
            yield _Doubt(
                "unquoted_speech",
                (span,),
                "These words speak in the speaker's own person, but stand in no quotation marks.",
                "Read them as a quotation that lost its marks; whether they are verbatim cannot be told.",
            )


def _speech_before_cue(words: str, offset: int) -> Span | None:
    speech = _lexicon().speech
    tokens = list(_TOKEN.finditer(words))
    forms = ["U.S" if token[0] == "US" else token[0].lower().replace("’", "'") for token in tokens]
    for cue in range(len(forms) - 1, 2, -1):
        if forms[cue] in speech["verbs"]:
            comma = _comma_before(tokens, forms, cue) or _comma_of_inverted(tokens, forms, cue)
            if comma is not None and _is_own_person(tokens, forms[:comma]):
                return Span(offset + tokens[0].start(), offset + tokens[comma].start())
    comma = _comma_before_bare_name(tokens, forms)
    return Span(offset + tokens[0].start(), offset + tokens[comma].start()) if comma is not None else None


def _comma_before_bare_name(tokens: list[re.Match[str]], forms: list[str]) -> int | None:
    """Index of the comma in `We will not leave, Ada Moreau, head of the union.`, where the verb is lost too."""
    speech = _lexicon().speech
    if not forms or forms[0] not in ("i", "we", "our", "my") or not speech["verbs"].isdisjoint(forms):
        return None
    commas = [index for index, form in enumerate(forms) if form == ","]
    if len(commas) < 2 or commas[0] < 4:
        return None
    name, role = tokens[commas[0] + 1 : commas[1]], forms[commas[1] + 1 : commas[1] + 5]
    named = 2 <= len(name) <= 4 and all(token[0][0].isupper() for token in name)
    fits = (
        role
        and role[0] not in speech["not_subject"] | speech["follow"] | {"to"}
        and not speech["of"].isdisjoint(role[1:])
    )
    return commas[0] if named and fits and tokens[commas[1] + 1][0].islower() else None


def _ends_speech(forms: list[str], cue: int) -> bool:
    """Whether nothing that could be the words said follows the verb."""
    speech = _lexicon().speech
    rest = forms[cue + 1 :]
    if forms[cue] in speech["with_addressee"]:
        size = next((i for i, form in enumerate(rest[:6]) if form in speech["follow"] or not form[0].isalnum()), None)
        return bool(rest) and size is not None and size > 0 and not {"that", "to", "if"} & set(rest[:size])
    return not rest or rest[0] in speech["follow"] or rest[0] in ".,;!?" or rest[0].endswith("ly")


def _comma_before(tokens: list[re.Match[str]], forms: list[str], cue: int) -> int | None:
    """Index of the comma between the words said and their source, or None where there is none."""
    not_subject, comma = _lexicon().speech["not_subject"], None
    if not _ends_speech(forms, cue):
        return None
    for index in range(cue - 1, max(1, cue - _SUBJECT), -1):
        if forms[index] in ";:!?" or forms[index] in _lexicon().speech["first_person"]:
            break
        if forms[index] == "," and index < cue - 1:
            if not _is_name(tokens, index + 1):
                break
            comma = index
    return None if comma is None or forms[comma + 1] in not_subject else comma


def _comma_of_inverted(tokens: list[re.Match[str]], forms: list[str], cue: int) -> int | None:
    """Index of the comma in `..., said the envoy`."""
    speech = _lexicon().speech
    if forms[cue - 1] != "," or cue + 2 >= len(tokens) or forms[cue] in speech["with_addressee"]:
        return None
    pronoun = (
        forms[cue + 1] in ("he", "she", "they")
        and forms[cue + 2][0].isalnum()
        and forms[cue + 2] not in speech["follow"]
    )
    return cue - 1 if _is_name(tokens, cue + 1) and not pronoun else None


def _is_name(tokens: list[re.Match[str]], start: int) -> bool:
    """Whether the words may name a source: a name, a pronoun, or a noun with its article."""
    first = tokens[start][0]
    return (
        first[0].isupper()
        or first.isdigit()
        or first in ("he", "she", "they", "the", "a", "an", "one", "his", "her", "another", "officials")
    )


def _is_own_person(tokens: list[re.Match[str]], clause: list[str]) -> bool:
    speech = _lexicon().speech
    own = any(form.split("'")[0] in speech["first_person"] and _is_pronoun(tokens, i) for i, form in enumerate(clause))
    single = "," not in clause and clause[0] in speech["lead"]
    return (own or clause[0] in speech["second_person"]) and len(clause) > 2 and not single


def _is_pronoun(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether the word is no part of a name: a capital in the middle, unless it is "I", makes it one."""
    word = tokens[index][0]
    return word[0].islower() or word[0] == "I" or index == 0 or not tokens[index - 1][0][0].isalnum()


# ------------------------------------------------------------------------------------ letters and endings


def _wrong_letters(reading: _Reading) -> Iterator[_Doubt]:
    """Letters that were decoded with the wrong table, and characters that are no text."""
    spans = [Span(found.start(), found.end()) for found in _lexicon().wrong_letters.finditer(reading.text)]
    if spans:
        meant = next(filter(None, (_decoded(span.of(reading.text)) for span in spans)), None)
        hint = (
            f"Decode the source as UTF-8: the first was “{meant}”."
            if meant
            else "Read the source again, if it can be had."
        )
        yield _Doubt("encoding", tuple(spans), "Characters were decoded wrongly or are no text.", hint)


def _decoded(letters: str) -> str | None:
    try:
        return letters[:40].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _cut_end(reading: _Reading) -> Iterator[_Doubt]:
    """A text that stops in the middle, or says that it does."""
    text = reading.text.rstrip()
    tail = text[-60:].lower()
    ending = next((e for e in _lexicon().endings if tail.endswith(e)), None) or _CUT_AFTER.search(
        text, max(0, len(text) - 30)
    )
    size = len(ending if isinstance(ending, str) else ending[0]) if ending else 0
    if size or _is_stopped(reading, text):
        start = len(text) - size if size else text.rfind(" ", 0, len(text)) + 1
        yield _Doubt(
            "truncated",
            (Span(start, len(text)),),
            "The text stops before its end.",
            "Read the report at its source; what follows is missing here.",
        )


def _is_stopped(reading: _Reading, text: str) -> bool:
    """Whether the last paragraph is running text and stops in the middle of a sentence."""
    if not reading.sentences or (text[-1] in _FINAL - {"…"} and not text.endswith("...")):
        return False
    paragraph = text[text.rfind("\n", 0, len(text)) + 1 :]
    last = reading.sentences[-1].of(reading.text).split()
    if len(paragraph.split()) < _LAST_PARAGRAPH or len(last) < 4 or "http" in paragraph[-100:]:
        return False
    return text.endswith(("…", "...", ",")) or (last[-1].islower() and last[-1].isalpha())
