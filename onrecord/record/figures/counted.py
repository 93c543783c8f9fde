"""What a number counts, and whether that is worth a line in the record."""

from __future__ import annotations

import re

from onrecord.model import Quantity
from onrecord.record.figures.elided import left_out
from onrecord.record.figures.lexicon import lexicon
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_TIED = re.compile(r"[-‐‑][A-Za-z]")
_ONE_OF = re.compile(r"of\b", re.IGNORECASE)
_TIME_UNITS = frozenset(
    "second minute hour day night week fortnight month quarter year decade century weekend season".split()
)
_TO = 2
"""Words from a number back to a verb that comes "to" it."""
_PHRASE = 8
_GOES_ON = frozenset(("NOUN", "PROPN", "PUNCT"))
_NUMBERS = frozenset("number numbers total figure count tally".split())
"""Nouns that say nothing of what is counted: that stands behind their "of"."""
_NAMES_WHAT = frozenset(("ADJ", "NOUN", "PROPN"))
_SHARES = frozenset(("percentage", "percentage point", "basis point"))


def is_kind_or_member(text: str, quantity: Quantity) -> bool:
    """Whether the number names a kind ("two-phase"), or picks one out of many ("one of the")."""
    end = quantity.span.end
    if _TIED.match(text, end) and not text.startswith("strong", end + 1):
        return True
    return quantity.value == 1 and bool(_ONE_OF.match(text, end + 1))


def _is_money(quantity: Quantity) -> bool:
    unit = (quantity.unit or "").partition(" per ")[0]
    return unit in lexicon().currencies or unit.rpartition(" ")[2] in lexicon().currencies


def _is_measure(quantity: Quantity) -> bool:
    """Whether the unit is one of measure, not the noun that is counted."""
    if quantity.unit is None:
        return False
    unit = quantity.unit.partition(" per ")[0]
    return _is_money(quantity) or unit in lexicon().units


def is_worth_a_line(syntax: Syntax, quantity: Quantity, counted: Span, number: int | None) -> bool:
    """Whether what a number counts weighs enough for the record."""
    unit = (quantity.unit or "").partition(" per ")[0]
    if _is_money(quantity) or unit in _SHARES:
        return True
    if unit in lexicon().measures or _is_measure(quantity):
        return unit in lexicon().measures
    noun = lexicon().base(syntax.last_of(counted))
    if noun in _TIME_UNITS or noun in lexicon().dull:
        return False
    if _happens_to_people(syntax, number, counted):
        return True
    if noun in lexicon().people:
        return quantity.value != 1
    if noun in lexicon().things:
        return quantity.value >= 2
    if noun in lexicon().before_of:
        return True
    if 0 < quantity.value < 1:
        return quantity.unit is None
    return quantity.value >= lexicon().least_other


def counted_by(syntax: Syntax, quantity: Quantity, taken: Located[Quantity], number: int | None) -> Span | None:
    """The words for what a number counts, which may stand elsewhere than behind it; None where nothing does."""
    if quantity.counted is not None or number is None:
        return quantity.counted
    before = left_out(syntax, quantity)
    if before is not None:
        return before
    counted = _clipped(_counted_elsewhere(syntax, quantity, taken, number), quantity.span)
    return None if counted is None else _of_what(syntax, counted, quantity.span)


def _of_what(syntax: Syntax, counted: Span, number: Span) -> Span:
    """The dead in "the number of dead", the people in "the number of people killed"; else the words as they are."""
    inside = syntax.words_in(counted)
    at = inside[-1] + 1 if inside else len(syntax.words)
    if not inside or syntax.folded(inside[-1]) not in _NUMBERS or at >= len(syntax.words) or syntax.folded(at) != "of":
        return counted
    first = at + 1 + (syntax.tag(min(at + 1, len(syntax.words) - 1)) in ("DET", "PRON"))
    last = first
    while last < min(first + _PHRASE, len(syntax.words)) and syntax.tag(last) in _NAMES_WHAT:
        last += 1
    found = syntax.span(first, last - 1) if last > first else counted
    return counted if found.overlaps(number) else found


def _happens_to_people(syntax: Syntax, number: int | None, counted: Span) -> bool:
    """Whether what governs the number says that somebody was killed, wounded, displaced, held."""
    if lexicon().base(syntax.last_of(counted)) in lexicon().harm:
        return True
    path = syntax.up_to_verb(number) if number is not None else []
    return any(lexicon().base(syntax.folded(word)) in lexicon().harm and syntax.tag(word) == "VERB" for word in path)


def _counted_elsewhere(syntax: Syntax, quantity: Quantity, taken: Located[Quantity], number: int) -> Span | None:
    """What is counted where it does not follow the number: "a population of 2.3 million", "the toll rose to 35"."""
    of = _behind_of(syntax, quantity) or _before_worth(syntax, quantity)
    if of is not None:
        return of
    before = _verb_before(syntax, quantity) or _costing(syntax, quantity)
    if before is not None:
        return _around_verb(syntax, before, quantity)
    for word in syntax.above(number, quantity.span):
        if taken.touching(syntax.span(word)):
            continue
        if syntax.tag(word) in ("NOUN", "PROPN"):
            return syntax.core_phrase(word) if _takes_number(syntax, quantity, word) else None
        if syntax.tag(word) == "VERB":
            return _around_verb(syntax, word, quantity)
    subject = syntax.own_subject(number)
    return syntax.core_phrase(subject) if subject is not None and _takes_number(syntax, quantity, subject) else None


def _verb_before(syntax: Syntax, quantity: Quantity) -> int | None:
    """The verb of "rose to 35", which stands right before, whatever the tree."""
    inside = syntax.words_in(quantity.span)
    if not inside or inside[0] < _TO:
        return None
    to, verb = inside[0] - 1, inside[0] - _TO
    return verb if syntax.folded(to) == "to" and syntax.tag(verb) == "VERB" else None


def _behind_of(syntax: Syntax, quantity: Quantity) -> Span | None:
    """The nouns of "214 of the 180-seat jets", whatever stands before them."""
    inside = syntax.words_in(quantity.span)
    if not inside or _is_measure(quantity) or inside[-1] + 2 >= len(syntax.words):
        return None
    at = inside[-1] + 1
    if syntax.folded(at) != "of" or syntax.tag(at + 1) not in ("DET", "PRON"):
        return None
    for word in range(at + 2, min(at + _PHRASE, len(syntax.words))):
        if syntax.tag(word) == "NOUN" and (word + 1 == len(syntax.words) or syntax.tag(word + 1) not in _GOES_ON):
            return syntax.span(word)
        if syntax.tag(word) not in ("NUM", "ADJ", "NOUN", "PUNCT", "PROPN", "VERB"):
            return None
    return None


def _before_worth(syntax: Syntax, quantity: Quantity) -> Span | None:
    """The noun of "a contract worth about 4 million a year", whatever the tree hangs the number on."""
    inside = syntax.words_in(quantity.span)
    if not inside or not _is_money(quantity):
        return None
    near = range(inside[0] - 1, max(0, inside[0] - _TO - 1), -1)
    worth = next((word for word in near if syntax.folded(word) == "worth"), None)
    if worth is None or worth < 1 or syntax.tag(worth - 1) not in ("NOUN", "PROPN"):
        return None
    return syntax.core_phrase(worth - 1)


def _costing(syntax: Syntax, quantity: Quantity) -> int | None:
    """The verb of "the stoppage cost the firm 3 million", which has two objects."""
    inside = syntax.words_in(quantity.span)
    if not inside or not _is_money(quantity):
        return None
    for word in range(inside[0] - 1, max(-1, inside[0] - _PHRASE), -1):
        if syntax.tag(word) == "VERB":
            return word if syntax.folded(word) in ("cost", "costs", "costing") else None
        if syntax.tag(word) not in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "PART", "ADP") or syntax.form(word) == ",":
            return None
    return None


def _clipped(counted: Span | None, number: Span) -> Span | None:
    """What is counted without the number itself: "a 15 percent threshold"."""
    if counted is None or not counted.overlaps(number):
        return counted
    if counted.end > number.end + 1:
        return Span(number.end + 1, counted.end)
    return Span(counted.start, number.start - 1) if number.start > counted.start + 1 else None


def _takes_number(syntax: Syntax, quantity: Quantity, noun: int) -> bool:
    """Whether a noun can be what a number is of; any can be what money or a share is of."""
    word = lexicon().base(syntax.folded(noun))
    return _is_measure(quantity) or word in lexicon().before_of or word in lexicon().people or word in lexicon().harm


def _around_verb(syntax: Syntax, verb: int, quantity: Quantity) -> Span | None:
    """The subject of "rose to 35", the object of "put the number at 35", the verb of "three were killed"."""
    if lexicon().base(syntax.folded(verb)) in lexicon().harm and not _is_measure(quantity):
        return syntax.span(verb)
    named = syntax.child(verb, frozenset(("obj",)))
    if (
        named is not None
        and _stands_for_number(syntax, named)
        and (_is_put(syntax, quantity) or not _is_measure(quantity))
    ):
        return syntax.core_phrase(named)
    subject = _nearest_subject(syntax, verb)
    if subject is not None and syntax.tag(subject) == "PRON":
        subject = syntax.relative_head(verb)
    if subject is None or syntax.span(subject).overlaps(quantity.span):
        return syntax.span(verb) if _is_measure(quantity) else None
    return syntax.core_phrase(subject) if _takes_number(syntax, quantity, subject) else None


def _stands_for_number(syntax: Syntax, noun: int) -> bool:
    word = lexicon().base(syntax.folded(noun))
    return word in lexicon().before_of or word == "figure"


def _is_put(syntax: Syntax, quantity: Quantity) -> bool:
    """Whether the number is what something is put at: "put turnout at 68 percent"."""
    inside = syntax.words_in(quantity.span)
    return bool(inside) and inside[0] > 0 and syntax.folded(inside[0] - 1) == "at"


def _nearest_subject(syntax: Syntax, verb: int) -> int | None:
    """The subject nearest before the verb: a dateline may stand in the tree as another."""
    own = [word for word in syntax.children[verb] if syntax.words.relation[word] == "nsubj"]
    return max((word for word in own if word < verb), default=next(iter(own), None))
