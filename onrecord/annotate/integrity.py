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
_I = re.compile(r"\b(?:I|me|[Mm]y)\b")
_LABEL = re.compile(r"(?:[A-Z][\w.'’-]{0,30}+ ?){1,4}+:\s")
_CUT_AFTER = re.compile(r"\[\+\d+ chars\]\Z")
_FINAL = frozenset(".!?…。！？\"'”’»)]*_|~")
_LONGEST_PHRASE = 4
_SUBJECT = 22
"""Words a source may be named in between the comma and the verb of saying."""
_LAST_PARAGRAPH = 12
"""Words a last paragraph must have before its missing full stop says anything."""


def find_faults(
    report: Report, sentences: Sequence[Span], words: Words, quotations: Sequence[Quotation] | None = None
) -> tuple[Finding, ...]:
    """Findings about the text of `report`, in the order of their first words.

    Kinds: `garbled`, `unquoted_speech`, `encoding`, `truncated`. Speech in quotation marks is not searched for
    repeated words and odd starts: people stammer, and a verbatim quotation keeps it. `quotations` are those of
    `find_quotations`; they are looked for where they are not given.
    """
    quotations = find_quotations(report.text) if quotations is None else quotations
    reading = _Reading(report, tuple(sentences), words, tuple(quotations))
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
    lost_letter_before_capital: dict[str, str]
    speech: dict[str, frozenset[str]]
    wrong_letters: re.Pattern[str]
    endings: tuple[str, ...]


@cache
def _lexicon() -> _Lexicon:
    table = tomllib.loads((files("onrecord") / "data" / "integrity.toml").read_text(encoding="utf-8"))
    return _Lexicon(
        may_repeat=frozenset(table["may_repeat"]),
        phrase_breakers=frozenset(table["phrase_breakers"]),
        phrase_joiners=frozenset(table["phrase_joiners"]),
        small_starts=frozenset(table["small_starts"]),
        lost_letter=table["lost_letter"],
        lost_letter_before_capital=table["lost_letter_before_capital"],
        speech={name: frozenset(entries) for name, entries in table["speech"].items()},
        wrong_letters=_wrong(table["encoding"]),
        endings=tuple(table["truncated"]["endings"]),
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
    for index in _met_again(forms):
        size = _repetition(reading, forms, index) if index >= behind else 0
        if size:
            behind = _end_of_repetition(reading, forms, index, size)
            span = Span(starts[index], ends[behind - 1])
            once = text[starts[index] : ends[index + size - 1]]
            often = "twice" if behind == index + 2 * size else "several times"
            yield _Doubt("garbled", (span,), f"“{once}” stands {often} in a row.", f"Read “{once}” once.")


def _met_again(forms: list[str]) -> list[int]:
    """The words that stand again within the length of a phrase, in order."""
    near = range(1, _LONGEST_PHRASE + 1)
    return sorted({i for size in near for i, (a, b) in enumerate(zip(forms, forms[size:], strict=False)) if a == b})


def _repetition(reading: _Reading, forms: list[str], index: int) -> int:
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


def _end_of_repetition(reading: _Reading, forms: list[str], index: int, size: int) -> int:
    """The word behind the last repetition of the `size` words from `index` on."""
    behind = index + 2 * size
    while forms[behind : behind + size] == forms[index : index + size] and _is_one_run(
        reading, behind - 1, behind + size
    ):
        behind += size
    return behind


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
    opens = any(
        "\n" in gap and text[starts[index + n + 1]].isupper() for n, gap in enumerate(gaps)
    )  # a line under a title
    return all(not gap.strip() and gap.count("\n") < 2 for gap in gaps) and any(gaps) and not opens


# ------------------------------------------------------------------------------------ chopped sentences


def _chopped_sentences(reading: _Reading) -> Iterator[_Doubt]:
    """A full stop before a small letter, and a sentence that begins with the rest of a word."""
    for before, sentence in pairwise(reading.sentences):
        if reading.text[sentence.start].islower() and not reading.is_quoted(sentence):
            doubt = _chopped(reading.text, before, sentence)
            if doubt is not None:
                yield doubt


def _chopped(text: str, before: Span, sentence: Span) -> _Doubt | None:
    tokens = list(_TOKEN.finditer(text, sentence.start, min(sentence.end, sentence.start + 120)))[:3]
    if text[before.end - 1] not in ".?!" or not tokens or not _is_plain_start(text, sentence, tokens[0][0]):
        return None
    first, whole = tokens[0][0], _lost(tokens)
    broken = "\n" in text[before.end : sentence.start]
    last = re.split(r"\s", text[max(before.start, before.end - 60) : before.end])[-1]
    start = sentence.start if broken else before.end - len(last)
    if whole is not None:
        hint = f"A letter is lost: read “{whole.capitalize()}”."
        return _Doubt("garbled", (Span(start, tokens[-1].end()),), f"A sentence begins with “{first}”.", hint)
    if broken:
        return None
    return _Doubt(
        "garbled",
        (Span(start, tokens[:2][-1].end()),),
        "A full stop stands before a small letter: a sentence was chopped, or the start of the next one is lost.",
        f"Read on without the full stop, or take “{first}” for the rest of a lost sentence.",
    )


def _lost(tokens: list[re.Match[str]]) -> str | None:
    """The opener whose first letter is lost: `he Senate` was `The Senate`."""
    if len(tokens) < 2:
        return None
    first, lexicon = tokens[0][0], _lexicon()
    capital = lexicon.lost_letter_before_capital.get(first) if tokens[1][0][0].isupper() else None
    return lexicon.lost_letter.get(first, capital)


def _is_plain_start(text: str, sentence: Span, first: str) -> bool:
    """Whether the first word is an ordinary one, no brand, address or code, that should have had a capital."""
    if not (first.isalpha() and first.islower()) or first in _lexicon().small_starts:
        return False
    run = text[sentence.start : sentence.start + 60].split(None, 1)[0]
    return not any(char in run for char in "@/._:{}=#\\;")


# --------------------------------------------------------------------------------------- unquoted speech


def _unquoted_speech(reading: _Reading) -> Iterator[_Doubt]:
    """A clause in the first or second person before `, X said`, without quotation marks."""
    plain = [sentence for sentence in reading.sentences if not reading.is_quoted(sentence)]
    if sum(bool(_I.search(reading.text, sentence.start, sentence.end)) for sentence in plain) > max(3, len(plain) // 5):
        return  # the author tells of himself
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
    no_role = speech["not_subject"] | speech["follow"] | {"to"}
    fits = role and role[0] not in no_role and not speech["of"].isdisjoint(role[1:])
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
    behind = forms[cue + 2]
    goes_on = forms[cue + 1] in ("he", "she", "they") and behind[0].isalnum() and behind not in speech["follow"]
    return cue - 1 if _is_name(tokens, cue + 1) and not goes_on else None


def _is_name(tokens: list[re.Match[str]], start: int) -> bool:
    """Whether the words may name a source: a name, a pronoun, or a noun with its article."""
    first = tokens[start][0]
    return first[0].isupper() or first.isdigit() or first in _lexicon().speech["source_starts"]


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
        hint = f"Decode the source as UTF-8: the first was “{meant}”." if meant else "Read the source again."
        yield _Doubt("encoding", tuple(spans), "Characters were decoded wrongly or are no text.", hint)


def _decoded(letters: str) -> str | None:
    try:
        return letters[:40].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _cut_end(reading: _Reading) -> Iterator[_Doubt]:
    """A text that stops in the middle, or says that it does."""
    text = reading.text.rstrip()
    start = _start_of_notice(text)
    if start is None and _is_stopped(reading, text):
        start = text.rfind(" ") + 1
    if start is not None:
        yield _Doubt(
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
    return next((len(text) - len(ending) for ending in _lexicon().endings if tail.endswith(ending)), None)


def _is_stopped(reading: _Reading, text: str) -> bool:
    """Whether the last paragraph is running text and stops in the middle of a sentence."""
    if not reading.sentences or (text[-1] in _FINAL - {"…"} and not text.endswith("...")):
        return False
    paragraph = text[text.rfind("\n", 0, len(text)) + 1 :]
    last = reading.sentences[-1].of(reading.text).split()
    if len(paragraph.split()) < _LAST_PARAGRAPH or len(last) < 4 or "http" in paragraph[-100:]:
        return False
    return text.endswith(("…", "...", ",")) or (last[-1].islower() and last[-1].isalpha())
