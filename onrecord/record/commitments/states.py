"""What a thing is because a deed was done to it, or still is because it was not: "open at last", "remained closed"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import CommitmentStatus
from onrecord.record.commitments.facts import is_fact
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import NOT, RELATIVE, Reading

_BEFORE, _BEHIND, _SUBJECT = 4, 3, 30
_SUBJECTS = frozenset(("it", "they"))


def states_at(reading: Reading, sentence: range, word: int) -> Iterator[tuple[CommitmentStatus, str]]:
    """What the word says became of a deed, if it says how something is, and the group of that deed.

    That something is as a deed makes it tells that it was done only with a word for that ("now", "at last"); that it is
    as before tells that it was not done only where it is told to last.
    """
    form = reading.form(word)
    done, undone = lexicon().done_states.get(form), lexicon().undone_states.get(form)
    if done is None and undone is None:
        return
    copula = _copula(reading, sentence, word)
    if copula is None or not is_fact_but_not(reading, sentence, copula):
        return
    between = [reading.form(w) for w in range(copula + 1, word)]
    denied = bool(NOT & set(between))
    lasting = reading.lemma(copula) in lexicon().lasting or "still" in between
    if undone is not None and lasting and not denied:
        yield "missed", undone
    elif done is not None and denied and reading.tag(word) != "VERB":
        yield "missed", done
    elif done is not None and not denied and not lasting and _is_news(reading, sentence, copula, word):
        yield "met", done


def is_lasting_state(reading: Reading, sentence: range, word: int) -> bool:
    """Whether the word tells that something is still as it was, though in a form of a deed: "was still blocked"."""
    if reading.form(word) not in lexicon().undone_states and reading.form(word) not in lexicon().done_states:
        return False
    copula = _copula(reading, sentence, word)
    return copula is not None and "still" in [reading.form(w) for w in range(copula + 1, word)]


def is_fact_but_not(reading: Reading, sentence: range, copula: int) -> bool:
    """Whether nothing before the verb makes the state a plan or a doubt."""
    return is_fact(reading, sentence, copula) and not any(
        reading.form(w) in ("if", "whether", "unless", "until") for w in range(sentence.start, copula)
    )


def thing_of_state(reading: Reading, sentence: range, word: int) -> int | None:
    """What is told to be so: the noun before "is" or "remained"; a pronoun where that stands there."""
    copula = _copula(reading, sentence, word)
    if copula is None:
        return None
    for of in (word, copula):
        subject = reading.syntax.own_subject(of)
        if subject is not None and subject in sentence and subject < copula and reading.form(subject) not in RELATIVE:
            return subject
    before = range(copula - 1, max(sentence.start, copula - _SUBJECT) - 1, -1)
    return next((w for w in before if reading.tag(w) == "NOUN" or reading.form(w) in _SUBJECTS), None)


def _copula(reading: Reading, sentence: range, word: int) -> int | None:
    for before in range(word - 1, max(sentence.start, word - _BEFORE) - 1, -1):
        if reading.is_be(before) or (reading.is_verb(before) and reading.lemma(before) in lexicon().lasting):
            return None if reading.form(before) in ("be", "being", "been") else before
        if reading.tag(before) not in ("ADV", "PART"):
            return None
    return None


def _is_news(reading: Reading, sentence: range, copula: int, word: int) -> bool:
    """Whether a word says that it was not so before: "now", "again", "at last"."""
    near = [*range(copula + 1, word), *range(word + 1, min(word + 1 + _BEHIND, sentence.stop))]
    forms = [reading.form(w) for w in near]
    return bool(lexicon().anew & set(forms)) or any(
        reading.form(w) == "at" and reading.form(w + 1) == "last" for w in near
    )
