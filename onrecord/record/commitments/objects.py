"""What a deed is done to, and the nouns that its words hold."""

from __future__ import annotations

from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.spans import Span

_BETWEEN = frozenset(("DET", "ADJ", "NUM", "PRON", "ADV", "NOUN", "PROPN"))
VAGUE = frozenset(
    "time year month week day way part end start number people person other one thing place something it plan deal "
    "agreement phase stage country nation party side percent".split()
)


def object_of(reading: Reading, verb: int) -> int | None:
    """The noun right behind the verb that is its object, as the tree or else the words have it."""
    found = reading.syntax.child(verb, frozenset(("obj",)))
    if found is not None and reading.tag(found) == "NUM" and reading.form(found + 1) == "of":
        return counted_noun(reading, found + 2)  # "60 of the 200 nurses"
    if found is not None and 0 < found - verb < 12:
        return found
    last: int | None = None
    behind = verb + 1 + ((reading.lemma(verb, "VERB"), reading.form(verb + 1)) in lexicon().particled)
    for word in range(behind, min(verb + 8, len(reading.syntax.words))):
        if reading.tag(word) in ("NOUN", "PROPN"):
            last = word
        elif last is not None or reading.tag(word) not in ("DET", "ADJ", "NUM", "PRON", "ADV"):
            break
    return last


def counted_noun(reading: Reading, word: int) -> int | None:
    """The noun that ends the run of words from `word` on which may stand before one."""
    first = word
    while reading.tag(word) in ("DET", "PROPN", "ADJ", "NUM", "NOUN") or (
        word == first and reading.tag(word) == "PRON"
    ):
        word += 1
    return word - 1 if reading.tag(word - 1) in ("NOUN", "PROPN") else None


def object_words(reading: Reading, verb: int, thing: int) -> range:
    """The words of the object, with participles that stand before its noun: "60 *jailed* rebels"."""
    first = thing
    while first - 1 > verb and _may_open(reading, first - 1):
        first -= 1
    return range(first, thing + 1)


def _may_open(reading: Reading, word: int) -> bool:
    if reading.tag(word) in _BETWEEN:
        return True
    return reading.is_verb(word) and reading.syntax.words.relation[word] == "amod"


def nouns_in(reading: Reading, span: Span) -> frozenset[str]:
    """The lemmas of the nouns in the span that say something, without those of times."""
    words = (w for w in reading.syntax.words_in(span) if reading.tag(w) in ("NOUN", "PROPN") or _is_first(reading, w))
    bases = {reading.kind(word) for word in words if not reading.times.touching(reading.syntax.span(word))}
    return frozenset(base for base in bases if len(base) > 2 and base not in VAGUE)


def _is_first(reading: Reading, word: int) -> bool:
    """Whether it is "first" or "last", which tell one of many from the rest."""
    return reading.form(word) in ("first", "last", "final") and reading.tag(word) in ("ADJ", "NUM")
