"""Attributions inside the content of another: who the source says said what.

Read from the syntax of the content: a reporting verb of the lexicon with a subject of its own and a clause that it
governs. A first person is the speaker again and opens no new attribution.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.attitudes import cue_class, cues, lemma_of
from onrecord.annotate.attribution import Attribution
from onrecord.spans import Located, Span, trimmed
from onrecord.syntax import Syntax

_SPEAKER_AGAIN = frozenset("i we you it one there this that which who what".split())
_EDGES = " \t\n\r,;:“”\"'‘’"
_SHORTEST = 8
_WANTING = frozenset(("plan", "wish"))
_INFINITIVE_CLASSES = frozenset(("request", "plan", "direct", "ask", "wish", "commit"))


def find_nested(syntax: Syntax, outer: Sequence[Attribution]) -> list[Attribution]:
    """The attributions inside the contents of `outer`, with the index of the one they are part of."""
    found: dict[Span, tuple[int, Attribution]] = {}
    known = Located((a.cue, a) for a in outer if a.cue is not None)
    for index, attribution in enumerate(outer):
        for content in attribution.content:
            for word in syntax.words_in(content):
                nested = None if _is_asked(syntax, word) else _read(syntax, word, content)
                if nested is not None and not known.touching(nested[1]):
                    source, cue, inner = nested
                    closest = len(content), Attribution(source, cue, (inner,), within=index)
                    found[cue] = min(found.get(cue, closest), closest, key=lambda held: held[0])
    return [attribution for _, attribution in found.values()]


def _is_asked(syntax: Syntax, word: int) -> bool:
    """Whether the word stands in a question, which tells of nobody what he says."""
    end = syntax.sentence(word).stop
    return syntax.form(end - 1) == "?" or (end > 1 and syntax.form(end - 2) == "?")


def _read(syntax: Syntax, verb: int, content: Span) -> tuple[Span, Span, Span] | None:
    """Source, cue and content that the verb ties together, all inside `content`; None where it ties nothing."""
    if syntax.words.tag[verb] != "VERB" or syntax.words.relation[verb] == "parataxis" or syntax.is_passive(verb):
        return None
    lemma = lemma_of(syntax.form(verb))
    subject = _subject(syntax, verb, content)
    if subject is None or syntax.form(subject).lower() in _SPEAKER_AGAIN:
        return None
    last, clause = _governed(syntax, verb, lemma)
    if clause is None or clause < verb:
        return None
    source = syntax.noun_phrase(subject)
    first = _opening(syntax, verb, clause)
    inner = trimmed(syntax.text, syntax.words.starts[max(first, last + 1)], _end_of(syntax, clause, content), _EDGES)
    if inner is None or len(inner) < _SHORTEST or not (content.contains(source) and content.contains(inner)):
        return None
    return source, syntax.span(verb, last), _without_that(syntax.text, inner)


def _subject(syntax: Syntax, verb: int, content: Span) -> int | None:
    """The nearest subject before the verb; one outside the content belongs to the verb of the outer attribution."""
    before = [c for c in syntax.children[verb] if c < verb and syntax.words.relation[c] == "nsubj"]
    return before[-1] if before and syntax.words.starts[before[-1]] >= content.start else None


def _opening(syntax: Syntax, verb: int, clause: int) -> int:
    """The word a clause opens with: "to" where it is an infinitive, or who is wanted to do it: "wants them to stay"."""
    mark = syntax.child(clause, frozenset(("mark",)))
    if mark is not None and syntax.form(mark).lower() == "to":
        between = [c for c in (*syntax.children[verb], *syntax.children[clause]) if verb < c < mark]
        wanted = next((c for c in between if syntax.words.relation[c] in ("obj", "nsubj")), None)
        if wanted is not None and cue_class(lemma_of(syntax.form(verb))) in _WANTING:
            return min(syntax.subtree(wanted))
        return mark
    return min(syntax.subtree(clause, frozenset(("parataxis",))))


def _governed(syntax: Syntax, verb: int, lemma: str) -> tuple[int, int | None]:
    """The last word of the cue, and the head of the clause it governs: of the verb, or of a noun it takes."""
    if lemma in cues().verbs:
        clause = syntax.child(verb, frozenset(("ccomp",)))
        if clause is None and cue_class(lemma) in _INFINITIVE_CLASSES:
            clause = syntax.child(verb, frozenset(("xcomp",)))
        if clause is not None:
            return verb, clause
    for noun in syntax.children[verb]:
        if syntax.words.relation[noun] == "obj" and lemma_of(syntax.form(noun)) in cues().nouns and noun > verb:
            clause = _clause_of_noun(syntax, verb, noun)
            if clause is not None:
                return noun, clause
    return verb, None


def _clause_of_noun(syntax: Syntax, verb: int, noun: int) -> int | None:
    """The clause that follows a noun with "that"; parsers hang it on the noun or on its verb."""
    if noun + 1 >= len(syntax.words) or syntax.form(noun + 1).lower() != "that":
        return None
    behind = [c for c in (*syntax.children[noun], *syntax.children[verb]) if c > noun + 1]
    return next((c for c in behind if syntax.words.relation[c] in ("acl", "ccomp", "advcl")), None)


def _end_of(syntax: Syntax, clause: int, content: Span) -> int:
    return min(syntax.words.ends[max(syntax.subtree(clause))], content.end)


def _without_that(text: str, span: Span) -> Span:
    opening = text[span.start : span.start + 5].lower()
    return (trimmed(text, span.start + 5, span.end, _EDGES) or span) if opening == "that " else span
