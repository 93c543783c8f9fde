"""Where spans that the encoder labelled begin and end, set right by the tree and the sentences."""

from __future__ import annotations

from onrecord.annotate.decoding import LabelledSpan
from onrecord.syntax import Syntax

_MARKS = frozenset(("“", "”", '"', "``", "''"))
_ADVERBIAL = frozenset(("ADV", "AUX"))
_PREDICATES = frozenset(("VERB", "AUX"))


def near_contents(contents: list[LabelledSpan], cue: LabelledSpan, syntax: Syntax) -> list[LabelledSpan]:
    """The contents in the sentence of the cue, and elsewhere those with quotation marks; all, if none is near."""
    sentence = syntax.words.sentence
    own = sentence[cue[0]]
    near = [c for c in contents if sentence[c[0]] <= own <= sentence[c[1] - 1]]
    quoted = [c for c in contents if any(syntax.form(w) in _MARKS for w in range(c[0], c[1]))]
    kept = [c for c in contents if c in near or c in quoted] if near else contents
    return [c if c in quoted else _within_clause(_within_sentence(c, cue, syntax), cue, syntax) for c in kept]


def _within_sentence(content: LabelledSpan, cue: LabelledSpan, syntax: Syntax) -> LabelledSpan:
    """What is told in other words than the speaker's ends with the sentence of its cue; a script's line does not."""
    first, end, name = content
    own = syntax.words.sentence[cue[0]]
    if syntax.words.sentence[first] != own or syntax.form(cue[1] - 1) == ":":
        return content
    while syntax.words.sentence[end - 1] != own:
        end -= 1
    return first, end, name


def _within_clause(content: LabelledSpan, cue: LabelledSpan, syntax: Syntax) -> LabelledSpan:
    """What somebody "who told the radio that ..." said ends with the clause that tells who it is.

    So it does where the verb of which that somebody is the subject stands in the content, behind a comma.
    """
    first, end, name = content
    noun = syntax.relative_head(head_word(cue, syntax))
    if noun is None or noun >= cue[0] or first < cue[1] or syntax.words.relation[noun] != "nsubj":
        return content
    verb = syntax.words.head[noun]
    if not first < verb < end:
        return content
    comma = verb - 1
    while comma > first and syntax.tag(comma) in _ADVERBIAL:
        comma -= 1
    return (first, comma, name) if comma > first and syntax.form(comma) == "," else content


def extended(content: LabelledSpan, source: LabelledSpan, cue: LabelledSpan, syntax: Syntax) -> LabelledSpan:
    """The content up to the comma before "it said" at the end of the sentence, where its own verb is left out.

    Content that opens the sentence and ends before its own verb is no whole clause: "The last of the letters | was
    posted on Friday, two months late, it said."
    """
    first, end, name = content
    sentence = syntax.words.sentence
    opens = first == syntax.sentence(first).start
    closes = min(source[0], cue[0])
    if not opens or not end < closes or sentence[closes] != sentence[first] or syntax.form(closes - 1) != ",":
        return content
    told = [w for w in range(end, closes) if syntax.tag(w) in _PREDICATES]
    mine = any(first <= c < end and syntax.words.relation[c] == "nsubj" for w in told for c in syntax.children[w])
    return (first, closes - 1, name) if mine else content


def behind_stamp(span: LabelledSpan, syntax: Syntax) -> LabelledSpan:
    """A span without the time of day that opens the entry of a report told minute by minute."""
    first, end, name = span
    behind = syntax.sentence(first).stop
    stamped = behind < end and not any(
        syntax.form(w).isalpha() and len(syntax.form(w)) > 4 for w in range(first, behind)
    )
    return (behind, end, name) if stamped and syntax.form(first)[0].isdigit() else span


def head_word(span: LabelledSpan, syntax: Syntax) -> int:
    """The word of the span that hangs on none other of it."""
    heads = syntax.words.head
    outside = [w for w in range(span[0], span[1]) if not span[0] <= heads[w] < span[1] or heads[w] == w]
    return outside[0] if outside else span[0]
