"""What a clause gives as the cause of a change, and the changes that a clause tells."""

from __future__ import annotations

from onrecord.lemmas import lemma
from onrecord.model import Change, ChangeKind, identify
from onrecord.spans import Passage, Span
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_CLAUSES = 4
_LONGEST = 200
_CLAUSE = 9
_ENDS = frozenset(";:—")
_QUOTES = frozenset(("“", "”", '"'))


def cause_of(scene: Scene, word: int) -> Passage | None:
    """The words for what brought about what `word` tells: "[The collapse] led them to reconsider", "because of …".

    Only what the clause itself says so; the nearest event is never taken for the cause.
    """
    syntax = scene.syntax
    span = (
        _of_what(syntax, word)
        or _of_leading(syntax, word)
        or _of_preposition(syntax, word)
        or _of_conjunction(syntax, word)
    )
    return None if span is None else scene.annotations.report.passage(span)


def change_told(scene: Scene, kind: ChangeKind, span: Span, word: int, explanation: str) -> Change:
    """The change that the words of `span` tell, with the cause that the clause of `word` gives."""
    return Change(
        id=identify("d", kind, scene.report, span.start, span.end),
        kind=kind,
        before=None,
        after=None,
        cause=cause_of(scene, word),
        evidence=(scene.annotations.report.passage(span),),
        explanation=explanation,
    )


def _of_what(syntax: Syntax, word: int) -> Span | None:
    """What stands behind "was" in "What turned me was a list of schools"."""
    if word == 0 or syntax.folded(word - 1) != "what":
        return None
    be = next((w for w in range(word + 2, min(word + 4, len(syntax.words))) if syntax.folded(w) in ("was", "is")), None)
    if be is None or be + 1 >= len(syntax.words):
        return None
    last = be
    while last + 1 < len(syntax.words) and syntax.words.sentence[last + 1] == syntax.words.sentence[word]:
        if _closes(syntax, last + 1):
            break
        last += 1
    span = syntax.span(be + 1, last) if last > be else None
    return span if span is not None and len(span) <= _LONGEST else None


def _of_leading(syntax: Syntax, word: int) -> Span | None:
    """The subject of a verb that makes somebody do it."""
    current = word
    for _ in range(_CLAUSES):
        head = syntax.words.head[current]
        if head == current or syntax.words.relation[current] not in ("xcomp", "ccomp", "advcl", "conj", "obj", "acl"):
            return None
        if lemma(syntax.form(head), syntax.tag(head)) in lexicon().led and syntax.tag(head) == "VERB":
            return _leader(syntax, head)
        current = head
    return None


def _leader(syntax: Syntax, verb: int) -> Span | None:
    """The noun phrase before the verb, up to it ("The collapse of the bank"); whoever makes somebody do it is no cause.

    Taken by place: behind a dateline the tree often has another subject.
    """
    before = [w for w in syntax.children[verb] if w < verb and syntax.tag(w) == "NOUN" and not _has_case(syntax, w)]
    if not before:
        return None
    first = syntax.words_in(syntax.noun_phrase(before[-1]))[0]
    auxiliaries = [
        w for w in syntax.children[verb] if before[-1] < w < verb and syntax.tag(w) in ("AUX", "ADV", "PART")
    ]
    last = min([verb, *auxiliaries]) - 1
    while last > first and syntax.tag(last) in ("PUNCT", "ADV"):
        last -= 1
    span = syntax.span(first, last)
    return span if len(span) <= _LONGEST else syntax.noun_phrase(before[-1])


def _has_case(syntax: Syntax, word: int) -> bool:
    return syntax.child(word, frozenset(("case",))) is not None


def _of_preposition(syntax: Syntax, word: int) -> Span | None:
    """What stands behind "because of" and the like, within the clause."""
    for child in syntax.children[word]:
        if syntax.words.relation[child] not in ("obl", "advcl", "nmod"):
            continue
        inside = syntax.subtree(child, frozenset(("punct",)))
        opening = tuple(syntax.folded(w) for w in inside[:4])
        phrase = next((p for p in lexicon().causes if opening[: len(p)] == p), None)
        if phrase is not None and len(inside) > len(phrase):
            span = syntax.span(inside[len(phrase)], inside[-1])
            return span if len(span) <= _LONGEST else None
    return None


def _of_conjunction(syntax: Syntax, word: int) -> Span | None:
    """The clause behind the word that "because" or "after" opens, whatever the tree hangs its conjunction on."""
    end = word
    while end + 1 < len(syntax.words) and syntax.words.sentence[end + 1] == syntax.words.sentence[word]:
        end += 1
    for at in range(word + 1, end):
        if syntax.form(at) in _ENDS:
            return None
        opens = syntax.folded(at) == "after" or (syntax.folded(at) == "since" and syntax.form(at - 1) == ",")
        if syntax.folded(at) == "because" or (opens and _opens_clause(syntax, at, end)):
            opening = at + 1 + (syntax.folded(at + 1) == "of")
            opening += syntax.form(opening) in _QUOTES
            last = next((w - 1 for w in range(opening, end + 1) if _closes(syntax, w)), end)
            span = syntax.span(opening, last) if last > opening else None
            return span if span is not None and len(span) <= _LONGEST else None
    return None


def _opens_clause(syntax: Syntax, at: int, end: int) -> bool:
    """Whether a subject and a verb follow: "after hospitals said", not "after the election"."""
    following = range(at + 1, min(at + _CLAUSE, end))
    verb = next((w for w in following if syntax.tag(w) in ("VERB", "AUX")), None)
    return verb is not None and verb > at + 1 and not syntax.folded(verb).endswith("ing")


def _closes(syntax: Syntax, word: int) -> bool:
    """Whether the clause is over: at a border, or a comma before another clause or a speaker."""
    return syntax.form(word) in _ENDS or syntax.form(word) in (".", ",") or syntax.form(word) in _QUOTES
