"""Of which kind a thing is that goes by a name of its own: "the C400 jetliner" tells that a C400 is a plane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.lemmas import lemma
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations
from onrecord.record.commitments.lexicon import lexicon


def kinds_named(reports: Iterable[Annotations], memory: Memory = FORGETFUL) -> dict[str, str]:
    """Name in lower case → noun of the kind, for names with a digit that stand before such a noun anywhere.

    A name that stands before nouns of two kinds ("the F1 driver", "the F1 car") has none.
    """
    found: dict[str, set[str]] = {}
    for annotations in reports:
        for name, kind in memory.recall(_NAMED, _named_in, annotations):
            found.setdefault(name, set()).add(kind)
    return {name: next(iter(kinds)) for name, kinds in found.items() if len(kinds) == 1}


_NAMED: Kind[tuple[tuple[str, str], ...]] = Kind("kinds named", tuple[tuple[str, str], ...])


def _named_in(annotations: Annotations) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(_named(annotations)))


def met_in(text: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """Those of the names that stand in a text, with their kinds."""
    if not kinds:
        return {}
    folded = text.replace("’", "'").casefold()
    return {name: kind for name, kind in kinds.items() if name.casefold() in folded}


def _named(annotations: Annotations) -> Iterable[tuple[str, str]]:
    text, words = annotations.report.text, annotations.words
    for word in range(len(words.tag) - 1 if words.tag else 0):
        form = text[words.starts[word] : words.ends[word]]
        if words.tag[word] not in ("PROPN", "NOUN") or not form[0].isalpha() or form.isalpha():
            continue
        if any(char.isdigit() for char in form) and words.tag[word + 1] == "NOUN":
            kind = lexicon().kinds.get(lemma(text[words.starts[word + 1] : words.ends[word + 1]], "NOUN"))
            if kind is not None:
                yield form.lower(), kind
