"""A name is of one type throughout a report: what each place says of it is weighed against all its other places.

The context of a name tells its type at one place and leaves it open at the next. So every mention listens to the
others with the same words, a single word to the longer names of persons that end in it ("Kovacs" to "Ilona Kovacs"),
and a longer name to the same without its first word ("Swiss Workers Union" to "Workers Union"). The idea is that of
Krishnan and Manning 2006, "An effective two-stage model for exploiting non-local dependencies in named entity
recognition", without a second model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.encoder import Floats
from onrecord.annotate.labels import ENTITIES, ENTITY_TYPES

Key = tuple[str, ...]

_SAME, _KIN, _HEARD = 0.3, 1.0, 5
"""How much another mention counts with the same words, and one of a longer or shorter name; of how many at most.

Chosen on CoNLL++ dev, where both halves of it agree."""
_BEGIN = [ENTITIES.index(f"B-{kind}") for kind in ENTITY_TYPES]
_INSIDE = [ENTITIES.index(f"I-{kind}") for kind in ENTITY_TYPES]


def type_scores(scores: Floats) -> Floats:
    """[..., K] scores of labels as [..., 4] log-probabilities of types: of each, the better of begin and inside."""
    peak = scores.max(-1, keepdims=True)
    total = peak + np.log(np.exp(scores - peak).sum(-1, keepdims=True))
    best: Floats = np.maximum(scores[..., _BEGIN], scores[..., _INSIDE]) - total
    return best


def agreed(found: Sequence[tuple[LabelledSpan, Floats]], keys: Sequence[Key]) -> list[LabelledSpan]:
    """The mentions with the types that the whole report gives them.

    Args:
        found: mentions, each with the mean of `type_scores` over its words, [4].
        keys: the words of each mention, their case folded.
    """
    alike: defaultdict[Key, _Choir] = defaultdict(_Choir)
    longer: defaultdict[Key, _Choir] = defaultdict(_Choir)
    for (span, own), key in zip(found, keys, strict=True):
        alike[key].join(own)
        if len(key) > 1 and span[2] == "PER":
            longer[key[-1:]].join(own)
    out = []
    for (span, own), key in zip(found, keys, strict=True):
        weighed = own + _SAME * alike[key].without(own)
        if len(key) == 1 and key in longer:
            weighed = weighed + _KIN * longer[key].all
        elif len(key) > 2 and key[1:] in alike:
            weighed = weighed + _KIN * alike[key[1:]].all
        out.append((span[0], span[1], ENTITY_TYPES[int(weighed.argmax())]))
    return out


class _Choir:
    """What several mentions say of their type together; many voices count no more than `_HEARD`."""

    def __init__(self) -> None:
        self._total = np.zeros(len(ENTITY_TYPES), np.float32)
        self._count = 0

    def join(self, voice: Floats) -> None:
        self._total += voice
        self._count += 1

    @property
    def all(self) -> Floats:
        return self._total * np.float32(min(1.0, _HEARD / self._count))

    def without(self, own: Floats) -> Floats:
        """What the others say."""
        others = self._count - 1
        return (self._total - own) * np.float32(min(1.0, _HEARD / others) if others else 0)
