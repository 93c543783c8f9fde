"""Nouns that stand for what is to be done: an event, or a sum of money."""

from __future__ import annotations

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading

_ASKED = 8
_UNTIL = frozenset(("to", "until", "till"))
_SOON = 5
"""Words behind a thing within which the day stands by which it is promised."""
_REACH = 14
"""Words from a verb to the day on which it is to happen."""


def thing_behind(reading: Reading, sentence: range, word: int) -> int | None:
    """The event or the money that the verb promises, as its object or behind "on" and "to"."""
    for child in reading.syntax.children[word]:
        if child <= word or child > word + 12 or child not in sentence:
            continue
        if reading.syntax.words.relation[child] not in ("obj", "obl") or reading.tag(child) not in (
            "NOUN",
            "SYM",
            "NUM",
        ):
            continue
        inside = reading.syntax.words_in(reading.syntax.noun_phrase(child))
        before = reading.form(inside[0] - 1) if inside[0] > 0 else ""
        given = all(reading.is_nominal(w) or reading.tag(w) in ("DET", "ADJ") for w in range(word + 1, inside[0]))
        is_object = inside[0] - 1 <= word + 1 or before in ("on", "to") or (given and _is_object(reading, child))
        known = _is_thing(reading, child) or (
            _is_object(reading, child) and _is_promised_by_a_day(reading, word, child)
        )
        if is_object and before not in ("in", "at", "with", "by") and known:
            return child
    return None


def _is_promised_by_a_day(reading: Reading, verb: int, thing: int) -> bool:
    """As in "promised lenders *a revised budget* by October 15"."""
    if lexicon().undertaking.get(reading.lemma(verb)) != "pledged" or reading.tag(thing) != "NOUN":
        return False
    behind = range(thing + 1, min(thing + _SOON, len(reading.syntax.words)))
    by = next((w for w in behind if reading.form(w) in ("by", "before", "within")), None)
    return by is not None and bool(reading.times.touching(reading.syntax.span(by, min(by + 3, behind.stop - 1))))


def _is_object(reading: Reading, child: int) -> bool:
    """As in "promised the town *two million euros*"."""
    return reading.syntax.words.relation[child] == "obj"


def start_of(reading: Reading, thing: int, first: int) -> int:
    """The first word of the phrase of `thing`, from `first` on, behind its preposition."""
    start = max(first, reading.syntax.words_in(reading.syntax.noun_phrase(thing))[0])
    return start + 1 if start < thing and reading.tag(start) == "ADP" else start


def _is_thing(reading: Reading, word: int) -> bool:
    """Whether the noun names a deed, or is counted, in money or in things."""
    if lexicon().deed(reading.lemma(word), "NOUN") is not None:
        return True
    phrase = reading.syntax.noun_phrase(word)
    counts = [quantity for _, quantity in reading.quantities.touching(phrase)]
    return any(one.unit in lexicon().money or (one.counted is not None and one.value > 1) for one in counts)


def event_behind(reading: Reading, word: int) -> int | None:
    """The noun of a deed in the noun phrase right behind `word`."""
    for following in range(word + 1, min(word + 7, len(reading.syntax.words))):
        if reading.tag(following) not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV"):
            return None
        ends = following + 1 >= len(reading.syntax.words) or reading.tag(following + 1) not in ("NOUN", "PROPN")
        if reading.tag(following) == "NOUN" and ends:
            return following if lexicon().deed(reading.lemma(following), "NOUN") else None
    return None


def thing_before(reading: Reading, sentence: range, word: int) -> int | None:
    """The noun of a deed before "scheduled", "due": its subject, or what it is said of."""
    subject = reading.syntax.own_subject(word)
    if subject is not None and subject < word and reading.tag(subject) == "NOUN":
        return subject if _is_event(reading, subject) else None
    for before in range(word - 1, max(sentence.start, word - 8) - 1, -1):
        if reading.tag(before) in ("NOUN",) and _is_event(reading, before):
            return before
        if reading.tag(before) == "VERB":
            return None
    return None


def _is_event(reading: Reading, word: int) -> bool:
    return lexicon().deed(reading.lemma(word), "NOUN") is not None


def time_near(reading: Reading, sentence: range, word: int) -> bool:
    """Whether a date stands within the next seven words."""
    ahead = reading.syntax.span(word, min(word + 7, sentence.stop - 1))
    return any(time.date is not None for _, time in reading.times.touching(ahead))


def noun_behind(reading: Reading, sentence: range, word: int) -> int | None:
    """The last noun of the phrase right behind a verb and its particle."""
    last = None
    for behind in range(word + 1, min(word + _REACH, sentence.stop)):
        tag = reading.tag(behind)
        if tag in ("NOUN", "PROPN"):
            last = behind
        elif last is not None or tag not in ("DET", "ADJ", "PRON", "ADP", "ADV", "NUM", "PART"):
            break
    return last


def day_behind(reading: Reading, sentence: range, word: int) -> bool:
    """Whether a day that begins behind that of the report is told behind, with no other verb between."""
    today = reading.date.latest if reading.date is not None else None
    last = next((w for w in range(word + 1, sentence.stop) if reading.tag(w) in ("VERB", "AUX")), sentence.stop) - 1
    if today is None or last <= word:
        return False
    ahead = reading.times.touching(reading.syntax.span(word + 1, min(last, word + _REACH)))
    return any(time.type == "DATE" and time.date and (time.date.earliest or "") > today for _, time in ahead)


def day_set_behind(reading: Reading, sentence: range, word: int) -> bool:
    """Whether a time to which something is moved is told behind: "to May 5", "until Monday"."""
    ahead = reading.syntax.span(word, min(word + _REACH + _REACH, sentence.stop - 1))
    for span, time in reading.times.touching(ahead):
        first = reading.syntax.words_in(span)[:1]
        if time.date is not None and any(reading.form(at - 1) in _UNTIL or reading.form(at) in _UNTIL for at in first):
            return True
    return False


def noun_before_to(reading: Reading, sentence: range, word: int) -> int | None:
    """The head of the noun phrase between a verb and "to", as the words stand: "told *the police* to return"."""
    found = None
    for following in range(word + 1, min(word + _ASKED, sentence.stop)):
        if reading.form(following) == "to":
            return found
        if reading.tag(following) not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART"):
            return None
        found = following if reading.is_nominal(following) else found
    return None


def money_behind(reading: Reading, sentence: range, word: int) -> int | None:
    """The head of a sum of money right behind a word: "a pledge of *$3 million*"."""
    ahead = reading.syntax.span(word + 1, min(word + 4, sentence.stop - 1))
    sums = (span for span, one in reading.quantities.touching(ahead) if one.unit in lexicon().money)
    return next((reading.syntax.words_in(span)[0] for span in sums if reading.syntax.words_in(span)), None)
