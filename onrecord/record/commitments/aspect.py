"""How a verb, or what stands behind "is", tells something: as done, as going on, as not done, as what was to be."""

from __future__ import annotations

from typing import Literal

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import NOT, Reading

Told = Literal["done", "going on", "undone", "was to be", "later"]

_BEFORE = 5
"""Words before a verb among which its auxiliaries stand."""
_MODAL = frozenset("will would could should may might must can to shall 'll ’ll wo cannot if unless whether".split())
_HAVE = frozenset(("has", "have", "had", "'s", "’s", "'ve", "’ve"))
_PAST_BE = frozenset(("was", "were"))
_SAME_FORM = frozenset("set put cut let hit shut read quit".split())
_PREDICATES = frozenset(("ADJ", "ADV", "ADP", "NOUN", "NUM"))
_AFTER_COPULA = 4
_UNTIL, _PARTICLE = 10, 4
_UNSURE = frozenset("could should might may must can if unless whether".split())
_COMING_OR_DONE = frozenset("will would 'll ’ll wo has have had was were been be".split())
_DUE = frozenset("due set scheduled supposed meant".split())
_UNTILS = frozenset(("until", "till", "before"))
_BORDERS = frozenset((",", ";", ":", "—", "“", "”", '"', "."))


def how_told(reading: Reading, sentence: range, word: int) -> Told | None:
    """How a verb, or what stands behind "is", tells something; None for what is to come."""
    is_verb = reading.is_verb(word)
    if not is_verb and not _is_predicate(reading, sentence, word):
        return None
    before = [reading.form(w) for w in range(max(sentence.start, word - _BEFORE), word) if _is_beside(reading, w, word)]
    forms = set(before)
    if is_verb and (_was_to_be(before) or _was_due(reading, sentence, word)):
        return "was to be"
    if "yet" in forms and before[-1:] == ["to"] and forms & (_HAVE | {"is", "are"}):
        return "undone"
    if forms & _MODAL or "be" in forms:
        return None  # "demanded that it never be rebuilt"
    if "did" in forms and "because" in [reading.form(w) for w in range(word + 1, min(word + 5, sentence.stop))]:
        return None  # "did not leave because it had to": it may have left
    if forms & (NOT | {"no", "longer"}) or (not is_verb and "still" in forms):
        return "undone"
    if not is_verb:
        return "done"
    return _of_verb(reading, sentence, word, forms)


def told_at(reading: Reading, sentence: range, word: int) -> Told | None:
    """How a verb tells something; also what is to come, or was done, later than by some day."""
    if _is_later(reading, sentence, word):
        return "later"
    return "going on" if _has_begun(reading, sentence, word) else how_told(reading, sentence, word)


def may_be_owed(forms: set[str]) -> bool:
    """Whether the words of a sentence are such that something may be told as due by then, or as later."""
    due = ("have" in forms and bool(forms & {"to", "should"})) or ("had" in forms and bool(forms & _DUE))
    return due or bool(forms & _UNTILS)


def _has_begun(reading: Reading, sentence: range, word: int) -> bool:
    """As in "has begun to *pay*", "started *handing* over"."""
    before = word - 1 - (reading.form(word - 1) == "to")
    if before < sentence.start or not reading.is_verb(before) or not reading.is_verb(word):
        return False
    begins = lexicon().steps.get(reading.lemma(before, "VERB")) == "begun"
    return begins and how_told(reading, sentence, before) == "done"


def _is_later(reading: Reading, sentence: range, word: int) -> bool:
    """As in "will not go to court until May 2", "was not switched off before May", "will be put off until June"."""
    if not reading.is_verb(word) and not _is_predicate(reading, sentence, word):
        return False
    forms = {reading.form(w) for w in range(max(sentence.start, word - _BEFORE), word) if _is_beside(reading, w, word)}
    if forms & _UNSURE:
        return False
    if forms & NOT:
        return _is_until_time(reading, sentence, word, _UNTILS)
    put_off = _is_put_off(reading, word) and bool(forms & _COMING_OR_DONE)
    return put_off and _is_until_time(reading, sentence, word, _UNTILS | {"to"})


def _is_put_off(reading: Reading, word: int) -> bool:
    base = reading.lemma(word, "VERB")
    ahead = {reading.form(w) for w in range(word + 1, word + _PARTICLE)}
    phrased = any(phrase[0] == base and phrase[1] in ahead for phrase in lexicon().putting_off)
    return phrased or lexicon().steps.get(base) == "delayed"


def _is_until_time(reading: Reading, sentence: range, word: int, words: frozenset[str]) -> bool:
    """Whether "until" or the like with a time stands behind the verb, before its clause ends."""
    for behind in range(word + 1, min(word + _UNTIL, sentence.stop - 1)):
        if reading.form(behind) in words and _is_time(reading, behind + 1):
            return True
        if reading.form(behind) in _BORDERS or reading.tag(behind) in ("AUX", "SCONJ"):
            return False
    return False


def _is_time(reading: Reading, word: int) -> bool:
    touching = reading.times.touching(reading.syntax.span(word, word + 1))
    return any(time.date is not None for _, time in touching)


def _of_verb(reading: Reading, sentence: range, word: int, forms: set[str]) -> Told | None:
    form = reading.form(word)
    if form.endswith("ing"):
        if "still" in forms:
            return "undone"
        if "been" in forms and forms & _HAVE:
            return "done"
        return "going on" if forms & {"is", "are", "was", "were"} else None
    if form == reading.lemma(word) and not forms & _HAVE and form not in _SAME_FORM:
        return None
    if form.endswith("s") and form != reading.lemma(word) and not forms & (_HAVE | _PAST_BE):
        return None
    if reading.syntax.words.relation[word] in ("amod", "acl") and not forms & (_HAVE | _PAST_BE):
        return None
    return "undone" if "still" in forms and forms & {"is", "are", "was", "were"} else "done"


def _is_beside(reading: Reading, word: int, verb: int) -> bool:
    """Whether nothing that opens another clause stands between the word and the verb."""
    return not any(
        reading.tag(w) in ("VERB", "SCONJ", "PUNCT") or reading.form(w) in ("that", "which", "who")
        for w in range(word + 1, verb)
    ) and reading.tag(word) in ("AUX", "ADV", "PART", "VERB", "DET")


def _is_predicate(reading: Reading, sentence: range, word: int) -> bool:
    """Whether a word is the first behind a form of "be" that has no verb: "is *over*", "were *in* their hands"."""
    if reading.tag(word) not in _PREDICATES:
        return False
    for before in range(word - 1, max(sentence.start, word - _AFTER_COPULA) - 1, -1):
        if reading.is_be(before) and reading.tag(before) in ("AUX", "VERB"):
            leads_on = reading.tag(word + 1) in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM")
            return reading.tag(word) not in ("ADP", "ADV") or not leads_on or reading.form(word) == "in"
        if reading.tag(before) not in ("ADV", "PART", "DET"):
            return False
    return False


def _was_due(reading: Reading, sentence: range, word: int) -> bool:
    """As in "had been due to finish"."""
    if reading.form(word - 1) != "to" or reading.form(word - 2) not in _DUE or word - 3 < sentence.start:
        return False
    return "had" in [reading.form(w) for w in range(max(sentence.start, word - _BEFORE), word - 2)]


def _was_to_be(before: list[str]) -> bool:
    """As in "was to have paid", "had been due to hand over", "should have left"."""
    to_have = before[-2:] == ["to", "have"] or before[-3:-1] == ["to", "have"]
    return to_have or (before[-2:-1] == ["should"] and before[-1:] == ["have"])
