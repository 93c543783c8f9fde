"""Time that is asked for, given, or let pass: "asked for three more months", "let the deadline pass"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import CommitmentStatus
from onrecord.record.commitments import facts
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.verbs import next_infinitive

_CLAUSE = 20


def more_time(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "asked the court for three more months to sell the mine", "was given an extension to sell it"."""
    known = lexicon()
    asked = base in known.asks and facts.is_fact(reading, sentence, word)
    given = base in known.granting | known.needing and (
        facts.is_done(reading, sentence, word) or (base in known.needing and facts.is_fact(reading, sentence, word))
    )
    if not (asked or given):
        return
    for noun in range(word + 1, min(word + _CLAUSE, sentence.stop)):
        if reading.tag(noun) == "NOUN" and _is_more_time(reading, noun):
            deed = next_infinitive(reading, sentence, noun + 1)
            if deed is not None:
                yield ("contested" if asked and not given else "delayed"), deed.verb
            return
        if reading.tag(noun) in ("VERB", "AUX", "SCONJ"):
            return


def _is_more_time(reading: Reading, noun: int) -> bool:
    base = reading.lemma(noun)
    if base in lexicon().extension:
        return True
    before = {reading.form(w) for w in range(noun - 4, noun)}
    return base in lexicon().more_time and bool(
        before & {"more", "extra", "additional", "longer", "further", "another"}
    )


def lapsed(reading: Reading, sentence: range, word: int, base: str) -> Iterator[tuple[CommitmentStatus, int]]:
    """As in "let the deadline for a budget pass", "the deadline for handing over the arms has expired"."""
    if base not in lexicon().lapsing:
        return
    before = range(max(sentence.start, word - _CLAUSE), word)
    noun = next((w for w in reversed(before) if reading.lemma(w) in lexicon().deadlines), None)
    let = any(reading.lemma(w, "VERB") == "let" for w in before)
    if noun is not None and (let or facts.is_done(reading, sentence, word)):
        deeds = [*facts.deed_behind(reading, range(noun, word), noun)]
        things = [w for w in range(noun + 1, word) if reading.tag(w) == "NOUN"]
        yield "missed", next(iter([*deeds, *things]), noun)
