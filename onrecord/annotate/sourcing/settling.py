"""The verbs: every source of a report described, each in the light of the others."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.sourcing.anonymity import withhold
from onrecord.annotate.sourcing.referents import look_back
from onrecord.annotate.sourcing.register import Register
from onrecord.annotate.sourcing.scene import Scene
from onrecord.annotate.sourcing.withheld import Withholding, withholdings
from onrecord.model import Mention, Source
from onrecord.spans import Span


def describe_sources(
    text: str,
    sentences: Sequence[Span],
    sources: Sequence[Span | None],
    mentions: Sequence[Mention],
    *,
    published_by: str | None = None,
) -> tuple[Source, ...]:
    """How each source of a report is known, in the order given.

    Args:
        text: the report's text.
        sentences: its sentences, in order.
        sources: the source span of each statement; None is the report's own voice.
        mentions: the names in the report.
        published_by: who publishes it; its own name as a source is the report's own voice.
    """
    scene = Scene(text, sentences, mentions, published_by)
    settled = _settled(scene, [span for span in sources if span is not None])
    return tuple(Source(None, "report") if span is None else settled[span] for span in sources)


def _settled(scene: Scene, spans: Sequence[Span]) -> dict[Span, Source]:
    register = Register(scene, spans)
    for k, basis in enumerate(register.basis):
        if basis is None:
            look_back(register, k)
    for withholding in withholdings(scene):
        withhold(register, withholding)
    register.trace_roots()
    return register.sources()


def describe_source(
    text: str,
    sentences: Sequence[Span],
    source: Span | None,
    mentions: Sequence[Mention],
    *,
    published_by: str | None = None,
) -> Source:
    """How one source is known, as far as its own words and the names around it tell."""
    return describe_sources(text, sentences, [source], mentions, published_by=published_by)[0]


def settle_bases(
    text: str, sentences: Sequence[Span], described: Sequence[Source], mentions: Sequence[Mention]
) -> tuple[Source, ...]:
    """Sources described one by one, settled together: pronouns and short forms inherit basis and reason.

    A basis of "report" that was found before is kept.
    """
    together = describe_sources(text, sentences, [source.span for source in described], mentions)
    return tuple(old if old.basis == "report" else new for old, new in zip(described, together, strict=True))


def withheld_names(text: str, sentences: Sequence[Span]) -> tuple[Withholding, ...]:
    """Every place where a report says that it withholds a name, with the reason it gives, in order."""
    return tuple(withholdings(Scene(text, sentences)))
