"""Which statements stand at the centre of a record: those whose words most of the other statements share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from onrecord.export.brief.document import Item
from onrecord.export.brief.reading import Reading, content_words

_SHORT, _LONG = 10, 40
"""Words of a statement that can stand for a story: fewer say too little, more do not fit on a line."""
_BASIS = {"named": 1.0, "document": 1.0, "role": 0.9, "report": 0.8, "anonymous": 0.85}


class Centre:
    """The words of a record's statements, each weighed by how often and by how many origins each is used."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        origins: dict[str, set[str]] = {}
        count: Counter[str] = Counter()
        for one in reading.attributed:
            for word in _words(one):
                count[word] += 1
                origins.setdefault(word, set()).add(reading.origin[one["report"]])
        self._weight = {word: log(1 + len(origins[word])) * log(1 + number) for word, number in count.items()}

    def most_central(self, statements: Iterable[Item]) -> Item | None:
        """The one that tells most of what the others tell; None if none can stand alone."""
        fitting = [one for one in statements if one["attitude"] not in ("question", "refusal-to-comment")]
        ranked = [(self._of(one), one["report"], one["evidence"][0]["start"], one) for one in fitting]
        return max(ranked, key=lambda entry: (entry[0], entry[1], -entry[2]), default=(0, "", 0, None))[3]

    def _of(self, statement: Item) -> float:
        words = _words(statement)
        length = len(text_of(statement["content"]).split())
        fit = 1.0 if _SHORT <= length <= _LONG else 0.4
        known = _BASIS[statement["source"]["basis"]] * (1.1 if statement["directness"] == "direct" else 1.0)
        return fit * known * sum(self._weight[word] for word in words) / (8 + len(words))


def text_of(spans: Sequence[Item]) -> str:
    """The words of spans, in order."""
    return " ".join(span["text"] for span in spans)


def _words(statement: Item) -> set[str]:
    return set(content_words(statement["content"]))
