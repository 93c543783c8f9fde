"""Where a report tells who its sources are and what they have to do with the matter.

"Mira Holt, who has run the clinic since 2011" is said once, often paragraphs away from what "Holt" or "she" says
later. A name is introduced by its title, apposition or relative clause wherever it stands; a person who is given none
by the clause in which the report first tells of her something else than what she said: "Holt lost her flat in May".
Nothing here is read while annotating: it is worked out of annotations when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from onrecord.model import Annotations, Mention, Statement
from onrecord.spans import Located, Span, merged
from onrecord.syntax import Syntax, unbroken

_BEARERS = ("person", "organization")
_REACH = 3_000
"""Code points back within which "he" or "the officer" finds the name that it stands for."""
_LONGEST = 40
"""Words of an introduction."""
_MOST = 3
"""Introductions of one name."""
_AROUND = frozenset(("appos", "flat", "compound"))
_LEFT_OUT = frozenset(("parataxis", "conj", "cc", "case", "mark"))
_ASIDE = frozenset(("parataxis",))
_JOINING = frozenset(("PUNCT", "CCONJ", "ADV", "SCONJ", "ADP"))
_TELLING = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))
_COURTESY = frozenset(("mr", "mrs", "ms", "miss"))
_ENDING = frozenset((",", ".", "“", '"', ";", ":", "?", "!", "—", "–"))
_PERSONAL = frozenset("he she him her his who they their them".split())
_PERSONS = frozenset("he she him her his who".split())


def introductions(annotations: Annotations) -> dict[str, tuple[Span, ...]]:
    """For the id of each statement, the words that introduce its source, in order; none for who is not introduced."""
    return _Introducing(annotations).all()


class _Introducing:
    def __init__(self, annotations: Annotations) -> None:
        self._statements = annotations.statements
        self._syntax = Syntax(annotations.report.text, annotations.words)
        self._cues = Located((one.cue, one) for one in annotations.statements if one.cue is not None)
        self._names = [
            m for m in annotations.mentions if m.type in _BEARERS and m.span.start >= annotations.report.body
        ]
        self._starts = [m.span.start for m in self._names]
        self._bearers: defaultdict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in self._names:
            self._bearers[self._key(mention)].append(mention)
        self._known: dict[tuple[str, str], tuple[Span, ...]] = {}

    def all(self) -> dict[str, tuple[Span, ...]]:
        if not self._syntax.tagged:
            return {}
        found: dict[str, tuple[Span, ...]] = {}
        last: Mention | None = None
        for statement in sorted(self._statements, key=lambda one: one.source.span or one.content[0]):
            name = self._name_of(statement, last)
            if name is not None:
                last = name if name.type == "person" else last
                found[statement.id] = self._of(self._key(name))
        return {own: spans for own, spans in found.items() if spans}

    def _key(self, mention: Mention) -> tuple[str, str]:
        """Persons by their last name, bodies by their whole one."""
        words = mention.span.of(self._syntax.text).split()
        return mention.type, words[-1] if mention.type == "person" else " ".join(words)

    # -- who the source is

    def _name_of(self, statement: Statement, last: Mention | None) -> Mention | None:
        span = statement.source.span
        if span is None or statement.source.basis not in ("named", "role", "anonymous"):
            return None
        inside = [m for m in self._named_between(span.start, span.end) if span.contains(m.span)]
        persons = [m for m in inside if m.type == "person"]
        if inside:
            return persons[0] if persons else inside[-1]
        return self._meant(statement, span, last)

    def _meant(self, statement: Statement, span: Span, last: Mention | None) -> Mention | None:
        """The person whom a pronoun or a short form stands for: who spoke last, or was named since."""
        word = span.of(self._syntax.text).lower()
        if statement.source.basis != "named" and word not in _PERSONAL:
            return None
        near = self._named_between(max(0, span.start - _REACH), span.start)
        newest = next((m for m in reversed(near) if m.type == "person"), None)
        spoke = last if last is not None and last.span.start < span.start else None
        best = spoke if spoke is not None and word in _PERSONS and self._spoke_near(spoke, span) else newest
        return best if best is not None and span.start - best.span.start < _REACH else None

    def _spoke_near(self, spoke: Mention, span: Span) -> bool:
        """Whether no subject has been named between who spoke last and the pronoun."""
        between = self._named_between(max(spoke.span.end, span.start - _REACH), span.start)
        return not any(m.type == "person" and self._is_subject(m) for m in between)

    def _named_between(self, start: int, end: int) -> Sequence[Mention]:
        """The names that begin between two offsets, in order."""
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _is_subject(self, mention: Mention) -> bool:
        head = self._syntax.head_of(mention.span)
        return head is not None and self._syntax.words.relation[head] == "nsubj"

    # -- what is told of a name

    def _of(self, key: tuple[str, str]) -> tuple[Span, ...]:
        if key not in self._known:
            mentions = self._bearers[key]
            described = [span for mention in mentions if (span := self._described(mention)) is not None]
            self._known[key] = merged((*described[:_MOST], *islice(self._deeds(mentions), 1)))
        return self._known[key]

    def _described(self, mention: Mention) -> Span | None:
        """The noun phrase around a name, if it says more than the name."""
        syntax = self._syntax
        top = syntax.head_of(mention.span)
        if top is None:
            return None
        for above in syntax.ancestors(top):
            if syntax.words.relation[top] not in _AROUND or syntax.tag(above) not in ("NOUN", "PROPN"):
                break
            top = above
        words = self._own_words(top)
        words += range(words[-1] + 1, max(self._aside_end(mention, top), words[-1] + 1))
        own = set(syntax.words_in(mention.span))
        if not any(self._tells(word) and word not in own for word in words):
            return None
        return self._stripped(words)

    def _own_words(self, top: int) -> list[int]:
        """The unbroken run of words around `top` that hang on it, without what is only joined or put before it."""
        syntax = self._syntax
        parts = [c for c in syntax.children[top] if syntax.words.relation[c] not in _LEFT_OUT]
        inside = {top, *(word for part in parts for word in syntax.subtree(part, _ASIDE))}
        return unbroken(top, inside)[:_LONGEST]

    def _aside_end(self, mention: Mention, top: int) -> int:
        """The word behind the aside between a name and its verb, or between it and the end: ", a nurse in Leeds,".

        Trees often hang such words elsewhere; the commas tell. 0 without an aside.
        """
        syntax = self._syntax
        name = syntax.words_in(mention.span)[-1]
        verb = syntax.words.head[top]
        if name + 1 >= len(syntax.words) or syntax.form(name + 1) != "," or syntax.words.relation[top] != "nsubj":
            return 0
        end = verb if verb > name else self._sentence_end(name)
        marks = [w for w in range(name + 2, min(end, name + _LONGEST)) if syntax.form(w) in _ENDING]
        first = next((w for w in marks if syntax.form(w) != ","), None)
        if verb < name:
            return first or 0
        commas = [w for w in marks if first is None or w < first]
        return commas[-1] if commas else 0

    def _sentence_end(self, word: int) -> int:
        sentence = self._syntax.words.sentence
        return bisect_right(sentence, sentence[word])

    def _tells(self, word: int) -> bool:
        return self._syntax.tag(word) in _TELLING and self._syntax.folded(word).rstrip(".") not in _COURTESY

    def _deeds(self, mentions: Sequence[Mention]) -> Iterator[Span]:
        """The clauses that tell what the bearer of the name is or does, saying apart."""
        syntax = self._syntax
        for mention in mentions:
            head = syntax.head_of(mention.span)
            if head is None or syntax.words.relation[head] != "nsubj":
                continue
            predicate = syntax.words.head[head]
            if self._cues.touching(syntax.span(predicate)):
                continue
            span = self._stripped(self._own_words(predicate))
            if span is not None:
                yield span

    def _stripped(self, words: Sequence[int]) -> Span | None:
        """The words without marks at their ends, or what joins them to what stands before."""
        kept = list(words)
        while kept and self._syntax.tag(kept[0]) in _JOINING:
            kept.pop(0)
        while kept and self._syntax.tag(kept[-1]) == "PUNCT":
            kept.pop()
        return self._syntax.span(kept[0], kept[-1]) if kept else None
