"""How certain a report is of an event: asserted, planned, possible, requested, conditional or denied.

The encoder gives each word a modality, a tense and a score of factuality (-3 did not happen, 3 happened); the words
above and around the event say the rest: "plan to leave", "calls for a ceasefire", "if they leave", "a failed attack".
The words are in `data/factuality.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from onrecord.annotate.analysis import Analysis
from onrecord.lemmas import lemma
from onrecord.lexicons import table_of
from onrecord.model import Factuality
from onrecord.syntax import Syntax

_HAPPENED, _DENIED, _BEYOND_DOUBT = 1.0, -1.0, 2.7
_COMPLEMENTS = frozenset(("xcomp", "ccomp", "acl"))
_OBJECTS = frozenset(("obj", "obl", "nmod"))
_SHARED = frozenset(("conj", "xcomp"))
_CLAUSES = frozenset(("advcl", "ccomp", "acl", "parataxis"))
_STEPS, _OPENING = 3, 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words make of the event they govern or stand on; named sets of words; words that do what they say."""

    verbs: dict[str, Factuality]
    nouns: dict[str, Factuality]
    adjectives: dict[str, Factuality]
    words: dict[str, frozenset[str]]
    performative: frozenset[str]
    happenings: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    table = table_of("factuality")
    words = {name: frozenset(entries.split()) for name, entries in table["words"].items()}
    performative = frozenset(table["performative"]["lemmas"].split())
    verbs, nouns, adjectives = (_by_lemma(table[name]) for name in ("governors", "nouns", "adjectives"))
    happenings = frozenset(table["happenings"]["lemmas"].split())
    return Lexicon(verbs, nouns, adjectives, words, performative, happenings)


def _by_lemma(labels: dict[Factuality, str]) -> dict[str, Factuality]:
    return {entry: label for label, entries in labels.items() for entry in entries.split()}


def factuality_of(syntax: Syntax, analysis: Analysis, word: int) -> Factuality:
    """The label of the event at `word`: that of the first rule which has something to say."""
    return next(label for rule in _RULES if (label := rule(syntax, analysis, word)) is not None)


def _negated(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """Not, never, no, without; or the encoder takes it that it did not happen."""
    if analysis.modality[word] == "NEG" or analysis.factuality[word] <= _DENIED:
        return "denied"
    without = lexicon().words["without"]
    forms = {syntax.folded(c) for c in syntax.children[word] if syntax.words.relation[c] in ("mark", "case", "det")}
    return "denied" if forms & without or "no" in forms else None


def _conditional(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """The event of an if-clause, and what is to come under one."""
    open_clause = analysis.modality[word] in ("MODAL", "FUT") or analysis.tense[word] == "FUTURE"
    for verb in _same_clause(syntax, word):
        if _has_condition(syntax, verb):
            return "conditional"
        clauses = (c for c in syntax.children[verb] if syntax.words.relation[c] == "advcl")
        if open_clause and any(_has_condition(syntax, c) for c in clauses):
            return "conditional"
    return None


def _same_clause(syntax: Syntax, word: int) -> Iterator[int]:
    """The word and those above it that share its clause."""
    yield word
    for _ in range(_STEPS):
        head = syntax.words.head[word]
        if head == word or syntax.words.relation[word] not in _SHARED:
            return
        word = head
        yield word


def _has_condition(syntax: Syntax, verb: int) -> bool:
    marks = (c for c in syntax.children[verb] if syntax.words.relation[c] == "mark")
    return any(syntax.folded(mark) in lexicon().words["conditions"] for mark in marks)


def _described(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """What an adjective on the noun says: "a planned visit"."""
    if syntax.tag(word) not in ("NOUN", "PROPN"):
        return None
    adjectives = (c for c in syntax.children[word] if syntax.words.relation[c] == "amod")
    known = lexicon().adjectives
    return next((known[form] for c in adjectives if (form := syntax.folded(c)) in known), None)


def _governed(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """What the words above make of it, the nearest first; an event beyond doubt stays one."""
    if analysis.factuality[word] >= _BEYOND_DOUBT:
        return None
    for _ in range(_STEPS):
        relation, above = syntax.words.relation[word], syntax.words.head[word]
        if above == word:
            return None
        if (relation in _COMPLEMENTS and syntax.tag(word) != "NOUN") or (
            relation in _OBJECTS and _is_content(syntax, analysis, word)
        ):
            label = _label_of(syntax, word, above)
            if label is not None:
                return label
        elif relation != "conj":
            return None
        word = above
    return None


def _is_content(syntax: Syntax, analysis: Analysis, word: int) -> bool:
    """Whether a noun is what the word above is about, and not something said, which stands whatever becomes of it."""
    if analysis.event[word] != "OCCURRENCE":
        return False
    if syntax.words.relation[word] == "obj":
        return True
    prepositions = [syntax.folded(c) for c in syntax.children[word] if syntax.words.relation[c] == "case"]
    return bool(prepositions) and prepositions[0] in lexicon().words["prepositions"]


def _label_of(syntax: Syntax, word: int, above: int) -> Factuality | None:
    """What `above` makes of its dependent `word`."""
    tag = syntax.tag(above)
    base = lemma(syntax.form(above), tag)
    if tag in ("NOUN", "PROPN"):
        return lexicon().nouns.get(base) if _is_told(syntax, word) else None
    if tag == "VERB" and syntax.words.relation[word] == "xcomp":
        closer = lexicon().verbs.get(f"{base}_to")
        if closer is not None:
            return closer
    label = lexicon().verbs.get(base)
    if syntax.words.relation[word] == "ccomp" and label != "denied" and not _is_open(syntax, word):
        return None
    if base == "want" and syntax.child(above, frozenset(("obj",))) is not None:
        return "requested"
    return label


def _is_told(syntax: Syntax, word: int) -> bool:
    """Whether the word is the content of the noun above, not a clause that only describes it."""
    if syntax.words.relation[word] != "acl":
        return True
    return any(syntax.folded(c) in ("to", "that", "for") for c in syntax.children[word])


def _is_open(syntax: Syntax, word: int) -> bool:
    """Whether a complement clause leaves open what becomes of it: an infinitive, or one without an auxiliary."""
    marks = {syntax.folded(c) for c in syntax.children[word] if syntax.words.relation[c] == "mark"}
    return bool(marks & {"to", "whether", "that"}) and not syntax.auxiliaries(word)


def _modal(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """What its auxiliaries make of it: "must leave", "would leave", "would have left"."""
    auxiliaries = next((found for verb in _same_clause(syntax, word) if (found := syntax.auxiliaries(verb))), [])
    if not auxiliaries:
        return None
    if auxiliaries[0] in lexicon().words["obligations"]:
        return "requested"
    if auxiliaries[0] not in ("would", "'d"):
        return None
    if "have" in auxiliaries:
        return "denied"
    return "planned" if _is_reported(syntax, analysis, word) else "possible"


def _is_reported(syntax: Syntax, analysis: Analysis, word: int) -> bool:
    """Whether the clause is what somebody said in the past: its "would" is a "will"."""
    for verb in _same_clause(syntax, word):
        above = syntax.words.head[verb]
        if syntax.words.relation[verb] == "ccomp" and analysis.event[above] != "O":
            return analysis.tense[above] in ("PAST", "PASTPART")
        if syntax.words.relation[verb] == "parataxis":
            return True
    return False


def _future(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """The encoder reads a future, or a modality, here or on the verb that says how far it gets ("will go on to")."""
    read = list(_phased(syntax, analysis, word))
    if any(analysis.modality[verb] == "FUT" or analysis.tense[verb] == "FUTURE" for verb in read):
        return "planned"
    return "possible" if any(analysis.modality[verb] == "MODAL" for verb in read) else None


def _phased(syntax: Syntax, analysis: Analysis, word: int) -> Iterator[int]:
    """The word, and the verbs above it that say of it that it begins, goes on or ends."""
    yield word
    above = syntax.words.head[word]
    while syntax.words.relation[word] == "xcomp" and above != word and analysis.event[above] == "ASPECTUAL":
        yield above
        word, above = above, syntax.words.head[above]


def _asked(syntax: Syntax, analysis: Analysis, word: int) -> Factuality | None:
    """What a question of yes or no asks for is open."""
    if syntax.tag(word) not in ("VERB", "AUX") or syntax.words.relation[word] not in ("root", *_CLAUSES):
        return None
    marks = (c for c in syntax.children[word] if syntax.words.relation[c] == "punct")
    if not any(syntax.form(c) == "?" for c in marks):
        return None
    return None if _takes_for_granted(syntax, word) else "possible"


def _takes_for_granted(syntax: Syntax, word: int) -> bool:
    """Whether the question opens with "what" or the like: it asks for something else about what happened."""
    first = bisect_left(syntax.words.sentence, syntax.words.sentence[word])
    opening = (syntax.folded(w) for w in range(first, word) if syntax.tag(w) != "PUNCT")
    return any(form in lexicon().words["questions"] for form in islice(opening, _OPENING))


def _scored(syntax: Syntax, analysis: Analysis, word: int) -> Factuality:
    """What the score says where nothing else does."""
    return "asserted" if analysis.factuality[word] >= _HAPPENED else "possible"


_RULES: tuple[Callable[[Syntax, Analysis, int], Factuality | None], ...] = (
    _negated,
    _conditional,
    _described,
    _governed,
    _asked,
    _modal,
    _future,
    _scored,
)
