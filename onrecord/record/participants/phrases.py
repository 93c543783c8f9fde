"""What hangs on a word by the tree, and what else stands so close that nothing else can be meant."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lemmas import event_lemma
from onrecord.record.participants.lexicon import lexicon
from onrecord.syntax import Syntax

LONGEST_PHRASE = 8
FAR = 250
"""Words off at which a head lends nothing: a text without full stops is one sentence, and one word its only root."""
TIGHT = frozenset(("of", "by"))
_PHRASES = frozenset(("obl", "nmod"))
_BEFORE = frozenset(("compound", "amod"))
_NESTED = frozenset(("nmod", "appos", "flat", "compound"))
_CASE = frozenset(("case",))
_POSSESSIVE_MARKS = frozenset(("'s", "’s", "'", "’"))
_POSSESSIVE_WORDS = frozenset("my your his her its our their whose".split())
_BEFORE_NOUNS = frozenset(("DET", "ADJ", "NUM"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_LONGEST_ABBREVIATION = 6


def lemma_at(syntax: Syntax, word: int) -> str:
    """The lemma under which verbs and their nouns meet."""
    return event_lemma(syntax.form(word), syntax.tag(word))


def is_abbreviation(form: str) -> bool:
    """Whether a name before a noun is one by which a country acts ("US raid"), and not a place ("Lisbon summit")."""
    return form.isupper() and len(form) <= _LONGEST_ABBREVIATION


def phrases_of(syntax: Syntax, word: int) -> Iterator[tuple[int, str]]:
    """The phrases with a preposition that hang on the word, each with that preposition in lower case."""
    for child in syntax.children[word]:
        if syntax.words.relation[child] not in _PHRASES:
            continue
        case = syntax.child(child, _CASE)
        if case is not None and case < child:
            yield child, syntax.folded(case)


def places_under(syntax: Syntax, word: int) -> list[int]:
    """Heads of phrases that say where, each with what names it more closely ("in the town of X")."""
    out = []
    for phrase, case in phrases_of(syntax, word):
        if case in lexicon().place:
            out.append(phrase)
            out += [c for c in syntax.children[phrase] if syntax.words.relation[c] in _NESTED and c > phrase]
    return out


def right_behind(syntax: Syntax, word: int) -> Iterator[tuple[int, str]]:
    """What follows "of" or "by" right behind the word, whatever the tree says: nothing else can be meant by them."""
    last = min(word + LONGEST_PHRASE, len(syntax.words))
    if word + 2 >= last or syntax.folded(word + 1) not in TIGHT:
        return
    first = next((w for w in range(word + 2, last) if syntax.tag(w) not in _BEFORE_NOUNS), last)
    end = next((w for w in range(first, last) if syntax.tag(w) not in _NOUNS), last)
    head = syntax.head_of(syntax.span(first, end - 1)) if first < end else None
    if head is not None:
        yield head, syntax.folded(word + 1)


def possessors(syntax: Syntax, noun: int) -> Iterator[int]:
    """Whose it is: "its", or a noun with the mark of the possessive."""
    for child in syntax.children[noun]:
        if child > noun or syntax.words.relation[child] not in ("nmod", "det"):
            continue
        marked = any(syntax.folded(c) in _POSSESSIVE_MARKS for c in syntax.children[child])
        if marked or syntax.folded(child) in _POSSESSIVE_WORDS:
            yield child
    yield from _owner_by_mark(syntax, noun)


def _owner_by_mark(syntax: Syntax, noun: int) -> Iterator[int]:
    """Whose it is by the mark of the possessive right before it, where the tree ties the owner to another word."""
    mark = noun - 1
    while mark > max(0, noun - LONGEST_PHRASE) and syntax.tag(mark) == "ADJ":
        mark -= 1
    if mark > 0 and syntax.folded(mark) in _POSSESSIVE_MARKS:
        owner = syntax.words.head[mark]
        if owner < mark and syntax.words.head[owner] != noun:
            yield owner


def named_before(syntax: Syntax, noun: int) -> Iterator[int]:
    """Names and adjectives made of names right before the noun: "the Israeli raid"."""
    for child in syntax.children[noun]:
        if child < noun and syntax.words.relation[child] in _BEFORE and syntax.form(child)[0].isupper():
            yield child
