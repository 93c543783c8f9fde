"""What is told to come and is nobody's undertaking: guesses, hearsay, what comes of itself."""

from __future__ import annotations

from onrecord.record.commitments.bound import OWN, PRONOUNS, behind_cue, promiser_of, promises
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import RELATIVE, Reading
from onrecord.record.commitments.signal import Signal
from onrecord.record.commitments.telling import Telling, governor_of, quantity_of
from onrecord.record.commitments.verbs import short_of


def is_guess(telling: Telling) -> bool:
    """Whether the words only tell what may come: a hypothetical, a forecast, what somebody fears."""
    reading, sentence, signal = telling.reading, telling.sentence, telling.signal
    subject = signal.bound if signal.bound is not None and signal.bound < signal.first else signal.first
    if signal.kind != "paper" and _opened(reading, sentence, signal, subject):
        return True
    if _is_hearsay(telling, subject):
        return True
    if telling.strength in ("agreed", "pledged"):
        return False
    cue = telling.statement.cue
    own = cue is not None and cue.overlaps(reading.syntax.span(signal.first))
    head = reading.syntax.head_of(cue) if cue is not None and not own else None
    above = governor_of(reading, sentence, signal)
    if head is not None and reading.lemma(head) == "warn" and self_told(telling):
        return False  # "warned they would block the bridges"
    guessing = any(w is not None and reading.lemma(w) in lexicon().guessing for w in (head, above))
    return guessing and signal.kind in ("modal", "state", "undertaking")


def _is_hearsay(telling: Telling, subject: int) -> bool:
    """As in "has heard from a driver that he will be gone", "reports according to which she has agreed to sell"."""
    reading = telling.reading
    before = range(telling.sentence.start, subject)
    forms = [reading.form(word) for word in before]
    if any(forms[at : at + 3] == ["according", "to", "which"] for at in range(len(forms))):
        return True
    heard = "heard" in forms and telling.statement.source.basis != "named"
    return heard or any(reading.lemma(word) in lexicon().hearsay for word in before if reading.tag(word) == "NOUN")


def _opened(reading: Reading, sentence: range, signal: Signal, subject: int) -> bool:
    """Whether the clause begins with "if", "whether", "what"."""
    for word in range(signal.first - 1, max(sentence.start, subject - 7) - 1, -1):
        form = reading.form(word)
        if form in lexicon().openers and not _is_told_of(reading, word, signal, subject):
            return True
        if word < subject and (reading.tag(word) in ("PUNCT", "VERB", "AUX") or form == "that"):
            return False
    return False


def _is_told_of(reading: Reading, word: int, signal: Signal, subject: int) -> bool:
    """Whether the word only tells more of what stands before it: "everyone *whose* phone was read will be told"."""
    if reading.form(word) == "whose":
        return reading.is_nominal(word - 1)
    return reading.form(word) in RELATIVE and (word == signal.first - 1 or word > subject)


def self_told(telling: Telling) -> bool:
    """Whether the one who is bound says so."""
    speaker = telling.reading.parties.source_of(telling.statement)
    if speaker is not None and {speaker, telling.reading.body_of(speaker)} & set(telling.parties):
        return True
    source = telling.statement.source.span
    if source is not None and source.of(telling.reading.report.text).lower().startswith("its "):
        return True  # "the party will scrap the fees, its leader said"
    bound = telling.signal.bound
    if bound is None:
        return False
    if telling.statement.directness == "direct":
        return telling.reading.form(bound) in OWN
    return telling.reading.form(bound) in PRONOUNS and behind_cue(telling.reading, bound, telling.statement)


def is_promised(telling: Telling) -> bool:
    """Whether the speaker promises it, whoever or whatever it is said of: "pledged that prices would not rise"."""
    firm = telling.signal.kind == "modal" and telling.strength == "pledged"
    if not firm:
        return False
    told = promises(telling.reading, telling.sentence, telling.statement)
    return told or bool(promiser_of(telling.reading, telling.sentence, telling.signal))


def is_never(telling: Telling) -> bool:
    """Whether the verb says what nobody can undertake, unless somebody does: "promised that prices would not rise".

    An agreement may say how much "wages will rise".
    """
    reading = telling.reading
    if _moves_deadline(telling) or short_of(reading, telling.sentence, telling.signal.deed):
        return True
    if is_promised(telling):
        return False
    if telling.under and telling.strength == "agreed" and quantity_of(telling) is not None:
        return False
    never = reading.lemma(telling.core, "VERB") in lexicon().never and not telling.is_given
    return never and reading.tag(telling.core) != "NOUN"


def _moves_deadline(telling: Telling) -> bool:
    """Whether it only moves the time of another deed: "asked the court to move the deadline"."""
    reading, verb = telling.reading, telling.core
    if not reading.is_verb(verb) or reading.lemma(verb) not in lexicon().moved:
        return False
    return any(reading.lemma(w) in lexicon().deadlines for w in range(verb + 1, min(verb + 5, telling.sentence.stop)))
