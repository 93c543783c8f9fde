"""What is to be done: the words of a deed, where its clause ends, and what it depends on."""

from __future__ import annotations

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import RELATIVE, Reading
from onrecord.record.commitments.signal import Signal
from onrecord.record.commitments.timed import is_put_off
from onrecord.spans import Span

_LONGEST, _AHEAD, _SUBJECT_GAP = 45, 8, 16
_DANGLING = 6
_FRAGMENT = 8
_SUBJECTS = frozenset("he she it they we i you".split())
_OPENING = frozenset("before after until because since".split())
_STOPS = frozenset((";", ":", "—", "–", "--", ")", "”", '"', "according", "…"))
_PAIRS = {"”": "“", ")": "("}
_CLAUSES = frozenset("because although though while whereas unless if when once since as so until".split())
_SAYING = frozenset("say tell add hope think believe claim insist".split())
_FINITE = frozenset("will would shall may might could must can is are was were has have had do does did".split())
_LISTED = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "ADV"))


def clause_end(reading: Reading, sentence: range, signal: Signal) -> int:
    """The last word of the clause of the deed; of what is put off, that of the words for it."""
    if is_put_off(reading, signal) and signal.governed < signal.deed:
        return _before_time(reading, sentence, signal.deed)
    word = max(signal.deed, signal.first) if signal.kind == "scheduled" else signal.deed
    last = min(sentence.stop, signal.deed + _LONGEST)
    while word + 1 < last and not _ends_before(reading, last, word + 1, signal):
        word += 1
    word = _without_fragment(reading, signal.deed, word, sentence)
    while word > signal.deed and reading.tag(word) in ("PUNCT", "ADP", "CCONJ") and not _is_particle(reading, word):
        word -= 1
    for opening in range(word, max(signal.deed, word - _DANGLING), -1):
        if reading.form(opening) in RELATIVE or reading.tag(opening) == "SCONJ":
            rest = range(opening, word + 1)
            return word if any(reading.tag(w) in ("VERB", "AUX", "NUM") for w in rest) else opening - 1
    return word


def _before_time(reading: Reading, sentence: range, noun: int) -> int:
    """The last word of a noun phrase that ends where a time or another clause begins."""
    for word in range(noun + 1, sentence.stop):
        timed = reading.times.touching(reading.syntax.span(word)) or reading.form(word) in (
            "to",
            "until",
            "till",
            "from",
        )
        if timed or reading.tag(word) in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
            last = word - 1
            while last > noun and reading.tag(last) in ("ADP", "DET"):
                last -= 1
            return last
    return sentence.stop - 1


def _is_particle(reading: Reading, word: int) -> bool:
    """Whether the word ends a verb that is another with it: "handed *over*"."""
    return (reading.lemma(word - 1, "VERB"), reading.form(word)) in lexicon().particled


def _without_fragment(reading: Reading, deed: int, word: int, sentence: range) -> int:
    """The last word without the subject of a clause whose verb stands behind it: "before the court | has ruled"."""
    if not _goes_on(reading, word + 1, sentence):
        return word
    if reading.form(word) in _SUBJECTS:
        return word - 1  # "instead of the 40 it | had pledged"
    for opening in range(word, max(deed, word - _FRAGMENT), -1):
        if reading.form(opening) in _OPENING:
            return opening - 1 - (reading.form(opening - 1) in ("even", "just", "only", "right", "shortly"))
    return word


def _goes_on(reading: Reading, following: int, sentence: range) -> bool:
    """Whether a verb follows, or "and" with the rest of its subject: "after the union | and the board signed"."""
    if following >= sentence.stop:
        return False
    if reading.tag(following) in ("AUX", "VERB"):
        return True
    if reading.form(following) != "and":
        return False
    for word in range(following + 1, min(following + _FRAGMENT, sentence.stop)):
        if reading.tag(word) in ("AUX", "VERB"):
            return word > following + 1
        if reading.tag(word) == "PUNCT":
            return False
    return False


def _closes(reading: Reading, deed: int, word: int) -> bool:
    """Whether a closing quotation mark or bracket has its opening one behind the deed."""
    forms = [reading.form(w) for w in range(deed, word)]
    if reading.form(word) in _PAIRS:
        return forms.count(_PAIRS[reading.form(word)]) > forms.count(reading.form(word))
    return reading.form(word) == '"' and forms.count('"') % 2 == 1


def _ends_before(reading: Reading, last: int, word: int, signal: Signal) -> bool:
    form = reading.form(word)
    if form == '"' and not _closes(reading, signal.deed, word):
        return reading.report.text[reading.syntax.span(word).end :][:1].isspace()
    if form in _STOPS and not _closes(reading, signal.deed, word):
        return True
    if reading.form(word - 1) in ("”", '"') and reading.tag(word) == "PRON" and _closes(reading, signal.deed, word - 1):
        return True
    if form == ",":
        return not _comma_inside(reading, last, word)
    if reading.tag(word) == "AUX" and reading.syntax.form(word) in _FINITE:
        return not any(reading.form(w) in (*RELATIVE, "whose") for w in range(signal.deed + 1, word))
    if reading.matches(word, lexicon().conditions):
        return True
    if reading.is_verb(word) and _is_above(reading, word, signal):
        return True
    if form in _CLAUSES:
        return not _is_until_time(reading, word)
    if reading.tag(word) == "CCONJ":
        return _new_clause(reading, last, word, signal)
    return False


def _is_above(reading: Reading, word: int, signal: Signal) -> bool:
    """Whether the verb is that of the clause around: "a plan to cut jobs *angers* the union"."""
    subject = reading.syntax.own_subject(word)
    if word == signal.deed + 1:
        return False  # "will have drinking water"
    return subject is not None and subject <= signal.first and reading.form(word) != reading.lemma(word)


def _is_until_time(reading: Reading, word: int) -> bool:
    """Whether "until", "since" or "as" opens no clause here."""
    if reading.form(word) == "so":
        return reading.tag(word + 1) in ("ADV", "ADJ", "ADP")
    if reading.form(word) in ("until", "since"):
        return True
    if reading.form(word) != "as" or reading.tag(word + 1) in ("PRON", "AUX"):
        return False
    return reading.tag(word) != "SCONJ" or reading.is_verb(word + 1)


def _comma_inside(reading: Reading, last: int, comma: int) -> bool:
    """Whether the comma stands within a date, between a town and its country, or in a list."""
    at = reading.syntax.span(comma)
    if any(time.contains(at) for time, _ in reading.times.touching(at)):
        return True
    following = [reading.tag(w) for w in range(comma + 1, min(comma + _AHEAD, last))]
    if not following:
        return False
    before, after = reading.tag(comma - 1), following[0]
    if before == "PROPN" and after == "PROPN":
        return "VERB" not in following[:3] and "AUX" not in following[:3]
    forms = [reading.form(w) for w in range(comma + 1, min(comma + _AHEAD, last))]
    for tag, form in zip(following, forms, strict=True):
        if tag == "CCONJ" and before in ("NOUN", "PROPN"):
            return form == "and" and after in ("NOUN", "PROPN", "DET", "ADJ", "NUM") and tag != after
        if tag not in _LISTED or form in ("by", "with", "after", "before"):
            return False
    return False


def _new_clause(reading: Reading, last: int, conjunction: int, signal: Signal) -> bool:
    """Whether "and" begins another clause, with its own subject or its own tense."""
    following = conjunction + 1
    if following >= last:
        return True
    if reading.tag(following) in ("VERB", "AUX"):
        past = reading.form(following) != reading.lemma(following) and not reading.form(following).endswith("ing")
        return reading.tag(following) == "AUX" or (past and not signal.group.passive)
    for word in range(following, min(following + _AHEAD, last)):
        if reading.tag(word) == "PUNCT" or reading.form(word) in RELATIVE or reading.form(word) == "to":
            return False
        if reading.tag(word) == "AUX" or (reading.is_verb(word) and reading.syntax.own_subject(word) is not None):
            return True
    return False


def condition_of(reading: Reading, sentence: range, signal: Signal, end: int) -> Span | None:
    """The words for what the deed depends on: behind it, or at the head of the sentence; None where it does not."""
    behind = end + 1
    if behind < sentence.stop and reading.form(behind) == ",":
        behind += 1
    if behind < sentence.stop and reading.matches(behind, lexicon().conditions):
        last = _part_end(reading, sentence, behind)
        return reading.syntax.span(behind, last) if last > behind else None
    for word in range(sentence.start, min(signal.first, sentence.start + _LONGEST)):
        opens = word == sentence.start or reading.form(word - 1) in (",", "that", "“")
        if opens and reading.matches(word, lexicon().conditions):
            last = _part_end(reading, sentence, word)
            return reading.syntax.span(word, last) if word < last < signal.first - 1 else None
    return None


def _part_end(reading: Reading, sentence: range, first: int) -> int:
    """The last word before the next punctuation."""
    word = first
    while word + 1 < min(sentence.stop, first + _LONGEST) and reading.tag(word + 1) != "PUNCT":
        word += 1
    return word


def _without_aside(reading: Reading, deed: int, last: int) -> int:
    """The last word without "they say" behind it."""
    if last - 2 > deed and reading.is_verb(last) and reading.tag(last - 1) == "PRON":
        return last - 2 if reading.lemma(last) in _SAYING else last
    return last


def action_span(reading: Reading, signal: Signal, end: int, when: Span | None, told_of: bool) -> Span:
    """The words for what is to be done, without the words for when if those come last.

    Args:
        told_of: whether the deed is told of its subject, which then is part of it: "the bridge will reopen".
    """
    first, last = min(signal.start, signal.deed), end
    if signal.kind == "scheduled":
        last = min(end, signal.first - 1)
    if when is not None:
        inside = reading.syntax.words_in(when)
        rest = range(inside[-1] + 1, end + 1) if inside else range(0)
        if inside and inside[0] > signal.deed and all(reading.tag(w) in ("NOUN", "PROPN") for w in rest):
            last = min(last, inside[0] - 1)
    while last > signal.deed and reading.tag(last) in ("PUNCT", "CCONJ", "ADP", "DET", "AUX"):
        if _is_particle(reading, last):
            break
        last -= 1
    last = _without_aside(reading, signal.deed, last)
    last += last + 1 < len(reading.syntax.words) and _closes(reading, signal.deed, last + 1)
    subject = signal.bound if signal.bound is not None else first
    related = any(reading.form(w) in RELATIVE or reading.is_verb(w) for w in range(subject, signal.first))
    alone = first == last and signal.kind in ("modal", "state")
    if (told_of or alone) and signal.bound is not None and 0 < first - subject < _SUBJECT_GAP and not related:
        first = reading.syntax.words_in(reading.syntax.noun_phrase(signal.bound))[0]
    return reading.syntax.span(first, last)
