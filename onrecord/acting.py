"""Who acts in a clause: the words that make a noun somebody, whatever the noun is.

A dean, a cathedral chapter and a care home are in no list of people and bodies, but whoever promises, opposes or is
ordered to do something is somebody.
"""

from __future__ import annotations

from functools import cache

from onrecord.lemmas import event_lemma, lemma
from onrecord.lexicons import table_of
from onrecord.syntax import Syntax

_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("obj", "iobj", "nsubj"))
_WILL = frozenset(("will", "'ll", "’ll", "shall", "would", "must"))
_MOST_PARTS = 60
"""Parts of a clause or phrase beyond which its tree is held to be an error."""
_LONGEST = 12
"""Words of a noun phrase before its head that are gone through."""


@cache
def _words() -> dict[str, frozenset[str]]:
    table = table_of("groups")["acting"]
    words = {name: frozenset(text.split()) for name, text in table.items()}
    words["things"] |= frozenset(table_of("sourcing")["nouns"]["document"].split())
    return words


def acts(syntax: Syntax, head: int) -> bool:
    """Whether a noun phrase does something in its clause, is told to, or is whose view a noun tells of."""
    if syntax.words.relation[head] in _SUBJECTS or _is_counted(syntax, head):
        return True
    return _is_readable(syntax, head) and _is_made_somebody(syntax, head)


def is_somebody(syntax: Syntax, head: int) -> bool:
    """Whether what is said of a certain one makes it somebody: it promises, opposes, is told to, has a view."""
    noun = lemma(syntax.form(head), "NOUN")
    if noun not in _bodies() and _is_thing(noun):
        return False
    if not _is_readable(syntax, head) or not _is_certain(syntax, head, noun):
        return False
    if noun in _words()["institutions"] | _words()["offices"] and _will(syntax, head):
        return True
    return _is_made_somebody(syntax, head)


def _is_readable(syntax: Syntax, head: int) -> bool:
    """Whether the phrase and the clause around it are of a size that a tree can be right about."""
    return max(len(syntax.children[head]), len(syntax.children[syntax.words.head[head]])) <= _MOST_PARTS


def _is_made_somebody(syntax: Syntax, head: int) -> bool:
    return _wants(syntax, head) or _is_told_to(syntax, head) or _gives(syntax, head)


@cache
def _bodies() -> frozenset[str]:
    nouns = table_of("sourcing")["nouns"]
    return frozenset(f"{nouns['body']} {nouns['crowd']}".split())


def _is_thing(noun: str) -> bool:
    """Whether a noun stands for a thing, a text or something done."""
    abstract = noun.endswith(tuple(_words()["abstract"])) or event_lemma(noun, "NOUN") != noun
    return abstract or noun in _words()["things"]


def _is_certain(syntax: Syntax, head: int, noun: str) -> bool:
    """Whether it is told with an article or an owner, or in the plural; "a man" is nobody in particular."""
    before = [c for c in syntax.children[head] if c < head]
    first = _right_before(syntax, head) + 1  # "the city treasurer", where a wrong tree hangs "the" elsewhere
    determiners = {syntax.folded(c) for c in before if syntax.words.relation[c] == "det"}
    determiners |= {syntax.folded(first)} if first < head and syntax.tag(first) == "DET" else set()
    owned = any(syntax.words.relation[c] == "nmod" for c in before) or syntax.folded(first - 1) in ("'s", "’s")
    plural = syntax.folded(head) != noun
    return bool(determiners & _words()["certain"]) or owned or (plural and not determiners)


def _wants(syntax: Syntax, head: int) -> bool:
    """Whether it is the subject of a verb of wanting, promising, judging, or is said to be for or against something."""
    above = syntax.words.head[head]
    by = any(syntax.folded(c) == "by" for c in syntax.children[head] if syntax.words.relation[c] == "case")
    if by and above < head and syntax.is_passive(above):
        return lemma(syntax.form(above), "VERB") in _words()["verbs"]
    if syntax.words.relation[head] not in _SUBJECTS or above == head:
        return False
    if syntax.tag(above) == "VERB":
        base = lemma(syntax.form(above), "VERB")
        near = (syntax.folded(c) for c in syntax.children[above] if syntax.words.relation[c] == "compound")
        told = base in _words()["verbs"] or any(f"{base}_{particle}" in _words()["verbs"] for particle in near)
        return (told or _holds(syntax, above)) and not syntax.is_passive(above)
    return syntax.folded(above) in _words()["predicates"]


def _will(syntax: Syntax, head: int) -> bool:
    """Whether it is the subject of what will, must or is to be done by it."""
    verb = syntax.words.head[head]
    if syntax.words.relation[head] not in _SUBJECTS or syntax.tag(verb) != "VERB" or syntax.is_passive(verb):
        return False
    if any(syntax.tag(c) == "PRON" for c in syntax.children[head] if c < head):
        return False  # "his country" is known by a name
    told_to = verb > 1 and syntax.folded(verb - 1) == "to" and syntax.folded(verb - 2) in ("is", "are", "has", "have")
    return told_to or bool(_WILL & set(syntax.auxiliaries(verb)))


def _holds(syntax: Syntax, verb: int) -> bool:
    """As in "has no intention", "threw her weight behind"."""
    base = lemma(syntax.form(verb), "VERB")
    held = "minded" if base == "have" else "given" if base in _words()["giving"] else None
    objects = (c for c in syntax.children[verb] if c > verb and syntax.words.relation[c] in ("obj", "obl"))
    nouns = {lemma(syntax.form(c), "NOUN") for c in objects if syntax.tag(c) == "NOUN"}
    return held is not None and bool(nouns & _words()[held])


def _is_told_to(syntax: Syntax, head: int) -> bool:
    """Whether somebody orders, asks or gives it time to do something."""
    above = _right_before(syntax, head) if syntax.words.head[head] > head else syntax.words.head[head]
    if syntax.words.relation[head] not in _OBJECTS or head < above or syntax.tag(above) != "VERB":
        return False
    base = lemma(syntax.form(above), "VERB")
    behind = range(head + 1, min(head + 8, syntax.sentence(head).stop))
    given_time = base in ("give", "set", "grant", "allow") and any(syntax.folded(w) in _words()["time"] for w in behind)
    if base not in _words()["ordering"] and not given_time:
        return False
    return any(syntax.folded(w) == "to" and syntax.tag(syntax.words.head[w]) == "VERB" for w in behind)


def _right_before(syntax: Syntax, head: int) -> int:
    """The word before the noun phrase: "told the police to go", where the tree hangs the police on "go"."""
    at, floor = head - 1, max(0, head - _LONGEST)
    while at > floor and syntax.tag(at) in ("DET", "ADJ", "NOUN", "NUM"):
        at -= 1
    return max(at, 0)


def _gives(syntax: Syntax, head: int) -> bool:
    """Whether the view that a noun before it tells of is its own: "criticism from farmers"."""
    before = [syntax.folded(c) for c in syntax.children[head] if syntax.words.relation[c] == "case"]
    if not before or before[0] not in ("from", "of", "by", "among", "with"):
        return False
    near = range(max(0, head - 6), head)
    case = next((w for w in near if syntax.folded(w) == before[0] and syntax.words.head[w] == head), None)
    if case is None or case == 0 or lemma(syntax.form(case - 1), "NOUN") not in _words()["received"]:
        return False
    verb = lemma(syntax.form(syntax.words.head[case - 1]), "VERB")
    towards = head + 1 < len(syntax.words) and syntax.folded(head + 1) == "to"  # "the opposition of doctors to it"
    return before[0] != "of" or towards or verb in _words()["receiving"]  # "support of the plan" is nobody's


def _is_counted(syntax: Syntax, head: int) -> bool:
    """As in "thousands of pensioners rallied": what the counting noun is the subject of, they do."""
    of = next((w for w in range(head - 1, max(0, head - 3), -1) if syntax.folded(w) == "of"), 0)
    count = of - 1
    return of > 0 and syntax.folded(count) in _words()["counting"] and syntax.words.relation[count] in _SUBJECTS
