"""Attributions: which words are a source, which its cue, which the content it said or held.

The encoder labels the words and links each source and content to a cue; what stands here makes whole
attributions of them. A source named once may serve several cues ("she said … and added …"), a quotation goes on
behind a full stop or a paragraph, and a content may hold an attribution of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.annotate.analysis import Analysis
from onrecord.annotate.attitudes import cues, directness_of, lemma_of, tells_of_reporting
from onrecord.annotate.contents import behind_stamp, extended, head_word, near_contents
from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.quotations import Quotation
from onrecord.spans import Located, Span, covering, merged, trimmed
from onrecord.syntax import Syntax

_EDGES = " \t\n\r ,;:"
_CLOSING = "”\"»'’"
_CLOSING_SOURCE = ')]”"’'
_GOVERNING = frozenset(("for", "at", "about", "against", "of", "on"))
"""Prepositions with which a cue ends that has its content behind it: "backing for"."""
_RELATIVE = frozenset(("who", "which", "that", "whose", "whom"))
_NOBODY = frozenset("it there which that who what this these those".split())
_PREDICATES = frozenset(("VERB", "AUX"))
_OPENING_CLAUSES = frozenset("that how what why whether who when where".split())
_HELD = frozenset("opposed committed convinced concerned determined prepared ready confident".split())
_PLAIN_SAYING = frozenset(("said", "says"))
_NOMINAL = frozenset("DET ADJ NOUN PROPN ADP NUM PART".split())
_NAMING = 10
"""Words that a source may have whose verb the tree does not know."""
_CLAUSE = 4
_CLOSE = 5
"""Words behind "said" that may still be the day on which it was."""
_DAY = frozenset(("PROPN", "NOUN", "ADP", "NUM"))
_PARAGRAPH = 1500
_SPEECH = 6
"""Words from which on a quotation nobody owns is speech rather than a phrase."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, cue and content. `within` is the index of the attribution that this one is part of."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    within: int | None = None


@dataclass(slots=True)
class _Draft:
    """An attribution in the making: spans of words by role."""

    cue: LabelledSpan
    sources: list[LabelledSpan] = field(default_factory=list)
    contents: list[LabelledSpan] = field(default_factory=list)


def find_attributions(
    syntax: Syntax, analysis: Analysis, quotations: Sequence[Quotation], body: int = 0
) -> tuple[Attribution, ...]:
    """The attributions of a report in the order of their first word.

    Args:
        syntax: the report's words and tree.
        analysis: roles and links.
        quotations: of the same text.
        body: offset behind title and dateline; a content does not reach back over it.
    """
    drafts = _drafted(analysis, syntax)
    for draft in drafts:
        draft.contents = near_contents(draft.contents, draft.cue, syntax)
    drafts += _quotatives(syntax, analysis, drafts)
    _share_sources(drafts, syntax)
    _extend(drafts, syntax)
    _fill(drafts, syntax)
    found = [a for d in drafts if (a := _whole(d, syntax, body)) is not None]
    found = _with_quotations(syntax.text, found, quotations)
    found = [a for a in found if not _is_deed(syntax, a, quotations)]
    found.sort(key=lambda a: (min(s.start for s in a.content), a.cue or a.content[0]))
    return tuple(_within_another(found))


def _drafted(analysis: Analysis, syntax: Syntax) -> list[_Draft]:
    """One draft a cue, with the sources and contents linked to it."""
    drafts = {span[0]: _Draft(span) for span in analysis.roles if span[2] == "cue"}
    for span in analysis.roles:
        draft = drafts.get(analysis.link[span[0]]) if span[2] != "cue" else None
        if draft is not None:
            (draft.sources if span[2] == "source" else draft.contents).append(behind_stamp(span, syntax))
    return list(drafts.values())


def _quotatives(syntax: Syntax, analysis: Analysis, drafts: list[_Draft]) -> list[_Draft]:
    """Drafts for ", said Ada Moreau" and ", the clinic said on Monday." where the encoder saw no cue."""
    cued = {word for d in drafts for word in range(d.cue[0], d.cue[1])}
    sourced = {word for d in drafts for s in d.sources for word in range(s[0], s[1])}
    told = {word for d in drafts for s in d.contents for word in range(s[0], s[1])}
    people = {first: (first, end, "source") for first, end, name in analysis.entities if name == "PER"}
    found = []
    for verb in range(1, len(syntax.words)):
        if syntax.form(verb) not in _PLAIN_SAYING or verb in cued:
            continue
        if verb + 1 in people and verb + 1 not in sourced and syntax.form(verb - 1) == ",":
            found.append(_Draft((verb, verb + 1, "cue"), [people[verb + 1]]))
        elif verb not in told and (first := _closing_noun(syntax, verb)) is not None and first not in sourced:
            found.append(_Draft((verb, verb + 1, "cue"), [(first, verb, "source")]))
    return found


def _closing_noun(syntax: Syntax, verb: int) -> int | None:
    """Where the noun phrase between a comma and a verb begins that, but for a day, ends its sentence."""
    behind = [w for w in range(verb + 1, min(verb + _CLOSE, len(syntax.words))) if syntax.form(w) != "."]
    if any(syntax.words.sentence[w] == syntax.words.sentence[verb] and syntax.tag(w) not in _DAY for w in behind):
        return None
    first = _noun_before(syntax, verb)
    return first if first < verb and first > 0 and syntax.form(first - 1) == "," else None


def _noun_before(syntax: Syntax, verb: int) -> int:
    """Where the run of words that make a noun phrase before a verb begins; the verb itself if there is none."""
    first = verb
    while first > 0 and syntax.tag(first - 1) in _NOMINAL and verb - first < _NAMING:
        first -= 1
    return first


def _share_sources(drafts: list[_Draft], syntax: Syntax) -> None:
    """A cue without a source takes the one that its verb's subject names."""
    sources = [s for d in drafts for s in d.sources]
    for draft in drafts:
        if draft.sources or not draft.contents:
            continue
        subject = _doer(syntax, head_word(draft.cue, syntax))
        if subject is None:
            _take_noun_before(draft, syntax)
            continue
        owner = next((s for s in sources if s[0] <= subject < s[1]), None) or _named_by(syntax, subject, draft)
        if owner is not None:
            draft.sources.append(owner)


def _take_noun_before(draft: _Draft, syntax: Syntax) -> None:
    """The noun phrase right before plain saying is its source, whatever the tree makes of it: ", the clinic said".

    What the encoder took for the end of the content is given back.
    """
    verb = draft.cue[0]
    if syntax.form(verb) not in _PLAIN_SAYING:
        return
    first = _noun_before(syntax, verb)
    opens = (
        first == 0 or syntax.form(first - 1) == "," or syntax.words.sentence[first - 1] != syntax.words.sentence[first]
    )
    if not opens or not any(syntax.tag(w) in ("NOUN", "PROPN") for w in range(first, verb)):
        return
    draft.contents = [
        (a, min(b, first), name) if a < first < b <= verb else (a, b, name) for a, b, name in draft.contents
    ]
    if not any(a < verb and first < b for a, b, _ in draft.contents):
        draft.sources.append((first, verb, "source"))


def _doer(syntax: Syntax, verb: int) -> int | None:
    """The subject of the verb; of a participle behind a noun ("among the voices calling for") what the noun is said
    of, or the noun itself.
    """
    subject = syntax.subject(verb)
    noun = syntax.relative_head(verb)
    if subject is not None or noun is None or not syntax.folded(verb).endswith("ing"):
        return subject
    own = syntax.own_subject(noun)
    return noun if own is None else own


def _named_by(syntax: Syntax, subject: int, draft: _Draft) -> LabelledSpan | None:
    """The noun phrase of a subject as a source, unless it names nobody or is part of what is said."""
    if syntax.folded(subject) in _NOBODY and not _is_somebody(syntax, subject, draft):
        return None
    inside = syntax.noun_phrase_words(subject)
    span = (inside[0], inside[-1] + 1, "source")
    taken = [draft.cue, *draft.contents]
    return None if any(span[0] < end and start < span[1] for start, end, _ in taken) else span


def _is_somebody(syntax: Syntax, subject: int, draft: _Draft) -> bool:
    """Whether an "it" speaks or holds something: that of "it is believed" does not."""
    verb = head_word(draft.cue, syntax)
    if syntax.folded(subject) != "it" or subject > verb:
        return False
    return syntax.folded(verb) in _HELD or (lemma_of(syntax.form(verb)) in cues().verbs and not syntax.is_passive(verb))


def _extend(drafts: list[_Draft], syntax: Syntax) -> None:
    """What is said before its cue reaches up to it."""
    for draft in drafts:
        if draft.sources:
            source = min(draft.sources, key=lambda s: _distance(s, draft.cue))
            draft.contents = [extended(content, source, draft.cue, syntax) for content in draft.contents]


def _fill(drafts: list[_Draft], syntax: Syntax) -> None:
    """A cue with a source but no content is about its clause, or behind a comma the one before: ", said the mayor"."""
    words = syntax.words
    for draft in drafts:
        if draft.contents or not draft.sources:
            continue
        verb = head_word(draft.cue, syntax)
        if words.tag[verb] != "VERB" or lemma_of(syntax.form(verb)) not in cues().verbs:
            continue
        first = min(draft.cue[0], *(s[0] for s in draft.sources))
        opening = bisect_left(words.sentence, words.sentence[first])
        if first - opening >= _CLAUSE and syntax.form(first - 1) == ",":
            draft.contents.append((opening, first - 1, "content"))
        elif (clause := _clause_after(syntax, verb)) is not None:
            draft.contents.append(clause)


def _clause_after(syntax: Syntax, verb: int) -> LabelledSpan | None:
    """The clause that is the object of a verb: "they heard a shot" in "told reporters they heard a shot"."""
    clause = syntax.child(verb, frozenset(("ccomp",)))
    said = [] if clause is None else [w for w in syntax.subtree(clause) if w > verb and syntax.form(w) not in ".,;"]
    if not said or syntax.tag(said[0]) in ("PUNCT", "CCONJ"):
        return None
    return said[0], _unbroken_end(said[0], set(said)), "content"


def _is_deed(syntax: Syntax, attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    """Whether something was done to a thing rather than said of it: "the ministry negotiated the sale".

    Such a cue is no word of reporting, and what it governs holds no clause and no words in quotation marks.
    """
    if attribution.cue is None or tells_of_reporting(attribution.cue.of(syntax.text)):
        return False
    if directness_of(syntax.text, attribution.content, [q.span for q in quotations]) != "indirect":
        return False
    words = [word for span in attribution.content for word in syntax.words_in(span)]
    return not any(syntax.words.tag[w] in _PREDICATES or syntax.folded(w) in _OPENING_CLAUSES for w in words)


def _within_another(found: list[Attribution]) -> list[Attribution]:
    """Each attribution that stands wholly inside a content of another is part of that one, the innermost."""
    contents = Located((content, i) for i, a in enumerate(found) for content in a.content)
    out = []
    for i, attribution in enumerate(found):
        whole = covering(_parts(attribution))
        around = [(len(c), k) for c, k in contents.touching(whole) if k != i and c.contains(whole) and c != whole]
        out.append(replace(attribution, within=min(around)[1]) if around else attribution)
    return out


def _whole(draft: _Draft, syntax: Syntax, body: int) -> Attribution | None:
    """The attribution, or None if nothing was attributed."""
    contents = [s for span in draft.contents if (s := _trimmed_content(syntax, span, body)) is not None]
    if syntax.words.starts[draft.cue[0]] >= body:
        contents = [s for s in contents if s.start >= body]  # a headline is no part of what the body attributes
    if syntax.folded(draft.cue[1] - 1) in _GOVERNING:
        contents = [s for s in contents if s.end > syntax.words.starts[draft.cue[0]]]
    if not contents:
        return None
    source = _doer_of_predicate(draft, _best_source(draft, syntax), syntax)
    cue = syntax.span(draft.cue[0], draft.cue[1] - 1)
    named = _trimmed_source(syntax, _with_clause(syntax, source, draft)) if source else None
    return Attribution(named, cue, tuple(sorted(contents)))


def _best_source(draft: _Draft, syntax: Syntax) -> LabelledSpan | None:
    """The nearest source; of several of a participle the one that does what the verb above it says."""
    verb = head_word(draft.cue, syntax)
    if len(draft.sources) > 1 and syntax.folded(verb).endswith("ing"):
        subject = syntax.subject(verb)
        holding = [s for s in draft.sources if subject is not None and s[0] <= subject < s[1]]
        if holding:
            return holding[0]
    return min(draft.sources, key=lambda s: _distance(s, draft.cue), default=None)


def _doer_of_predicate(draft: _Draft, source: LabelledSpan | None, syntax: Syntax) -> LabelledSpan | None:
    """Of "the growers are among those demanding a tariff" the growers, where "those" was taken."""
    verb = head_word(draft.cue, syntax)
    noun = syntax.relative_head(verb)
    if source is None or noun is None or not source[0] <= noun < source[1] or not syntax.folded(verb).endswith("ing"):
        return source
    subject = syntax.own_subject(noun)
    found = None if subject is None or source[0] <= subject else _named_by(syntax, subject, draft)
    if found is None:
        return source
    first, end, name = found
    while first > 0 and syntax.tag(first - 1) in ("ADJ", "CCONJ", "DET"):
        first -= 1
    return first, end, name


def _trimmed_content(syntax: Syntax, span: LabelledSpan, body: int) -> Span | None:
    start, end = syntax.words.starts[span[0]], syntax.words.ends[span[1] - 1]
    return trimmed(syntax.text, body if start < body < end else start, end, _EDGES)


def _with_clause(syntax: Syntax, source: LabelledSpan, draft: _Draft) -> LabelledSpan:
    """The source with the clause that follows at once and says who is meant: "officials who took part"."""
    first, end, name = source
    if end >= len(syntax.words) or syntax.folded(end) != "who":
        return source
    inside = [word for word in syntax.subtree(syntax.words.head[end]) if word >= end]
    last = _unbroken_end(end, set(inside))
    taken = [draft.cue, *draft.contents]
    return source if any(end < b and a < last for a, b, _ in taken) else (first, last, name)


def _unbroken_end(word: int, inside: set[int]) -> int:
    while word in inside:
        word += 1
    return word


def _trimmed_source(syntax: Syntax, span: LabelledSpan) -> Span:
    """The source without a comma or an opened relative clause at its end."""
    last = span[1] - 1
    while last > span[0] and (syntax.words.tag[last] == "PUNCT" or syntax.form(last).lower() in _RELATIVE):
        if syntax.form(last) in _CLOSING_SOURCE:
            break
        last -= 1
    return syntax.span(span[0], last)


def _distance(span: LabelledSpan, cue: LabelledSpan) -> int:
    return max(span[0] - cue[1], cue[0] - span[1], 0)


def _with_quotations(text: str, found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Contents that reach over most of a quotation reach over all of it; quotations nobody has find their speaker."""
    taken = Located((part, i) for i, a in enumerate(found) for part in _parts(a))
    contents = Located((content, i) for i, a in enumerate(found) for content in a.content)
    more: dict[int, list[Span]] = {}
    orphans: list[Attribution] = []
    before: tuple[Quotation, int | None] | None = None
    for quotation in quotations:
        if quotation.nested or quotation.scare:
            continue
        owner = _owner(quotation.span, contents)
        speech = len(quotation.inner.of(text).split()) >= _SPEECH
        if owner is None and before is not None and before[0].continues:
            owner = before[1]
        if owner is None and speech:
            owner = _neighbour(text, quotation.span, contents)
        if owner is not None and all(i == owner for _, i in taken.touching(quotation.span)):
            more.setdefault(owner, []).append(quotation.span)
        elif owner is None and speech and not taken.touching(quotation.span):
            orphans.append(Attribution(None, None, (quotation.span,)))
        before = quotation, owner
    whole = [_unbroken(text, merged([*a.content, *more.get(i, [])])) for i, a in enumerate(found)]
    return [replace(a, content=content) for a, content in zip(found, whole, strict=True)] + orphans


def _unbroken(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The content, its pieces joined where only a space on one line parts them."""
    out = [content[0]]
    for span in content[1:]:
        gap = text[out[-1].end : span.start]
        if len(gap) <= 1 and gap.strip(" ") == "":
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _parts(attribution: Attribution) -> list[Span]:
    return [p for p in (*attribution.content, attribution.source, attribution.cue) if p is not None]


def _owner(quotation: Span, contents: Located[int]) -> int | None:
    """The attribution whose content holds most of the quotation."""
    shares: dict[int, int] = {}
    for span, i in contents.touching(quotation):
        shares[i] = shares.get(i, 0) + min(quotation.end, span.end) - max(quotation.start, span.start)
    best = max(shares, key=lambda i: (shares[i], -i), default=None)
    return best if best is not None and 2 * shares[best] > len(quotation) else None


def _neighbour(text: str, quotation: Span, contents: Located[int]) -> int | None:
    """The attribution whose quoted content stands nearest before the quotation in its paragraph."""
    if quotation.start == 0:
        return None
    ahead = contents.touching(Span(max(0, quotation.start - _PARAGRAPH), quotation.start))
    near = [(s.end, i) for s, i in ahead if s.end <= quotation.start and text[s.end - 1] in _CLOSING]
    if not near or "\n" in text[max(near)[0] : quotation.start]:
        return None
    return max(near)[1]
