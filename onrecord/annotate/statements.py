"""Statements out of attributions: how the source is known, what the cue says of the content, when it was said."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.attitudes import attitude_of, directness_of, lemma_of
from onrecord.annotate.attribution import Attribution
from onrecord.annotate.quotations import Quotation
from onrecord.annotate.sourcing import Withholding, describe_sources, withheld_names
from onrecord.dates import Date
from onrecord.model import Attitude, Mention, Report, Statement, Time, identify
from onrecord.spans import Located, Span, covering
from onrecord.syntax import Syntax

_ADDRESSED = frozenset("tell inform assure remind advise notify brief warn write ask urge promise".split())
_NEAR = 400


def make_statements(
    report: Report,
    sentences: Sequence[Span],
    syntax: Syntax,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
) -> tuple[Statement, ...]:
    """One statement an attribution, in the same order; those that only explain a source's anonymity are left out."""
    kept = _kept(report, sentences, attributions)
    sources = describe_sources(
        report.text, sentences, [a.source for a in kept], mentions, published_by=report.publisher
    )
    ids = {id(a): _id(report, a) for a in kept}
    quoted = Located((q.span, q.span) for q in quotations if not q.scare)
    dated = Located((time.span, time) for time in times)
    out = []
    for attribution, source in zip(kept, sources, strict=True):
        outer = attributions[attribution.within] if attribution.within is not None else None
        out.append(
            Statement(
                id=ids[id(attribution)],
                report=report.id,
                source=source,
                cue=attribution.cue,
                content=attribution.content,
                directness=directness_of(report.text, attribution.content, _touching(quoted, attribution.content)),
                attitude=_attitude(syntax, attribution),
                within=ids.get(id(outer)),
                said=_said(syntax, attribution, dated),
                addressee=_addressee(syntax, attribution),
            )
        )
    return tuple(out)


def _kept(report: Report, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those that only explain a source's anonymity."""
    withheld = Located((part, part) for w in withheld_names(report.text, sentences) for part in _explaining(w))
    return [a for a in attributions if not _explains_anonymity(a, withheld)]


def _id(report: Report, attribution: Attribution) -> str:
    spans = [attribution.source, attribution.cue, *attribution.content]
    return identify("s", report.id, *([s.start, s.end] if s else None for s in spans))


def _touching(quoted: Located[Span], content: Sequence[Span]) -> list[Span]:
    """The quotations that share words with the content, so that the whole report is not searched for each."""
    return [quotation for span in content for quotation, _ in quoted.touching(span)]


def _explaining(withholding: Withholding) -> list[Span]:
    """The words that withhold a name, those that say why, and both with what lies between."""
    span, reason = withholding.span, withholding.reason
    return [span] if reason is None else [span, reason, covering((span, reason))]


def _explains_anonymity(attribution: Attribution, withheld: Located[Span]) -> bool:
    """Whether all the attribution says is that somebody would not be named, or why not."""
    if attribution.cue is not None and any(
        span.contains(attribution.cue) for span, _ in withheld.touching(attribution.cue)
    ):
        return True
    whole = sum(map(len, attribution.content))
    return any(
        2 * _shared(span, attribution.content) > whole for c in attribution.content for span, _ in withheld.touching(c)
    )


def _shared(span: Span, content: Sequence[Span]) -> int:
    """Code points of the content inside the span."""
    return sum(max(0, min(span.end, one.end) - max(span.start, one.start)) for one in content)


def _attitude(syntax: Syntax, attribution: Attribution) -> Attitude:
    if attribution.cue is None:
        return "speech"
    text = syntax.text
    return attitude_of(
        attribution.cue.of(text),
        " ".join(s.of(text) for s in attribution.content),
        attribution.source.of(text) if attribution.source else "",
        around=_auxiliaries(syntax, attribution.cue),
    )


def _auxiliaries(syntax: Syntax, cue: Span) -> str:
    """Auxiliaries and adverbs of the cue's verb that stand before the cue: "did not" in "did not say"."""
    inside = syntax.words_in(cue)
    before = [c for w in inside for c in syntax.children[w] if c < inside[0]]
    return " ".join(syntax.form(c) for c in sorted(before) if syntax.words.relation[c] in ("aux", "advmod"))


def _said(syntax: Syntax, attribution: Attribution, times: Located[Time]) -> Date | None:
    """The date of a time expression that hangs on the cue's verb and is no part of source or content."""
    if attribution.cue is None:
        return None
    cue = set(syntax.words_in(attribution.cue))
    taken = [*attribution.content, *([attribution.source] if attribution.source else [])]
    near = Span(max(0, attribution.cue.start - _NEAR), attribution.cue.end + _NEAR)
    for span, time in times.touching(near):
        if time.date is None or any(span.overlaps(other) for other in taken):
            continue
        words = set(syntax.words_in(span))
        if words & cue or any(syntax.words.head[w] in cue for w in words):
            return time.date
    return None


def _addressee(syntax: Syntax, attribution: Attribution) -> Span | None:
    """Whom the source told: the object behind a verb that takes a hearer."""
    if attribution.cue is None:
        return None
    for verb in syntax.words_in(attribution.cue):
        if lemma_of(syntax.form(verb)) not in _ADDRESSED:
            continue
        for child in syntax.children[verb]:
            if syntax.words.relation[child] in ("obj", "iobj") and child > verb:
                words = syntax.subtree(child, frozenset(("acl", "parataxis", "punct", "conj", "appos")))
                span = syntax.span(words[0], words[-1])
                if not any(span.overlaps(c) for c in attribution.content):
                    return span
    return None
