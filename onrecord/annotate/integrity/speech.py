"""Speech without quotation marks: a clause in the speaker's own person before the words that say who said it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotate.integrity.doubts import TOKEN, Doubt, Reading
from onrecord.annotate.integrity.lexicon import lexicon
from onrecord.spans import Span

_MARK = re.compile(r"[“”„«»\"]|``|''|(?<!\w)[‘'](?=\w)")
_I = re.compile(r"\b(?:I|me|[Mm]y)\b")
_LABEL = re.compile(r"(?:[A-Z][\w.'’-]{0,30}+ ?){1,4}+:\s")
_SUBJECT = 22
"""Words a source may be named in between the comma and the verb of saying."""


def unquoted_speech(reading: Reading) -> Iterator[Doubt]:
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
            yield Doubt(
                "unquoted_speech",
                (span,),
                "These words speak in the speaker's own person, but stand in no quotation marks.",
                "Read them as a quotation that lost its marks; whether they are verbatim cannot be told.",
            )


def _speech_before_cue(words: str, offset: int) -> Span | None:
    speech = lexicon().speech
    tokens = list(TOKEN.finditer(words))
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
    speech = lexicon().speech
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
    speech = lexicon().speech
    rest = forms[cue + 1 :]
    if forms[cue] in speech["with_addressee"]:
        size = next((i for i, form in enumerate(rest[:6]) if form in speech["follow"] or not form[0].isalnum()), None)
        return bool(rest) and size is not None and size > 0 and not {"that", "to", "if"} & set(rest[:size])
    return not rest or rest[0] in speech["follow"] or rest[0] in ".,;!?" or rest[0].endswith("ly")


def _comma_before(tokens: list[re.Match[str]], forms: list[str], cue: int) -> int | None:
    """Index of the comma between the words said and their source, or None where there is none."""
    not_subject, comma = lexicon().speech["not_subject"], None
    if not _ends_speech(forms, cue):
        return None
    for index in range(cue - 1, max(1, cue - _SUBJECT), -1):
        if forms[index] in ";:!?" or forms[index] in lexicon().speech["first_person"]:
            break
        if forms[index] == "," and index < cue - 1:
            if not _is_name(tokens, index + 1):
                break
            comma = index
    return None if comma is None or forms[comma + 1] in not_subject else comma


def _comma_of_inverted(tokens: list[re.Match[str]], forms: list[str], cue: int) -> int | None:
    """Index of the comma in `..., said the envoy`."""
    speech = lexicon().speech
    if forms[cue - 1] != "," or cue + 2 >= len(tokens) or forms[cue] in speech["with_addressee"]:
        return None
    behind = forms[cue + 2]
    goes_on = forms[cue + 1] in ("he", "she", "they") and behind[0].isalnum() and behind not in speech["follow"]
    return cue - 1 if _is_name(tokens, cue + 1) and not goes_on else None


def _is_name(tokens: list[re.Match[str]], start: int) -> bool:
    """Whether the words may name a source: a name, a pronoun, or a noun with its article."""
    first = tokens[start][0]
    return first[0].isupper() or first.isdigit() or first in lexicon().speech["source_starts"]


def _is_own_person(tokens: list[re.Match[str]], clause: list[str]) -> bool:
    speech = lexicon().speech
    own = any(form.split("'")[0] in speech["first_person"] and _is_pronoun(tokens, i) for i, form in enumerate(clause))
    single = "," not in clause and clause[0] in speech["lead"]
    return (own or clause[0] in speech["second_person"]) and len(clause) > 2 and not single


def _is_pronoun(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether the word is no part of a name: a capital in the middle, unless it is "I", makes it one."""
    word = tokens[index][0]
    return word[0].islower() or word[0] == "I" or index == 0 or not tokens[index - 1][0][0].isalnum()
