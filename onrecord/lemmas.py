"""Lemmas: the base form of a word, and the verb that an event noun stands for ("withdrawal": withdraw)."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from threading import get_ident
from typing import Any

from onrecord.lexicons import table_of

_OPEN = {"VERB": "VERB", "AUX": "AUX", "NOUN": "NOUN", "ADJ": "ADJ", "ADV": "ADV", "PROPN": "NOUN"}


@lru_cache(maxsize=8192)
def lemma(form: str, tag: str) -> str:
    """The base form in lower case of a word with a universal part of speech; itself where it has none.

    Source of the forms: the tables of LemmInflect (MIT), which are those of the NIH SPECIALIST lexicon.
    """
    low = form.lower().replace("’", "'")
    if tag not in _OPEN or not low.isalpha():
        return low
    known = _known().get(f"{low},{_OPEN[tag].lower()}")
    return known.partition("/")[0] if known else (*_guessed(low, _OPEN[tag]), low)[0]


@cache
def _known() -> Mapping[str, str]:
    """Lemmas by word and part of speech ("left,verb": leave), those a form may have parted by strokes.

    The library's own way splits the whole table when it is opened, and copies all of a word's entry at each question.
    """
    _library()
    from lemminflect.codecs.OverridesCodec import OverridesCodec
    from lemminflect.config import lemma_lu_fn, lemma_overrides_fn

    with gzip.open(lemma_lu_fn, "rt", encoding="utf-8") as file:
        known = dict(line.rsplit(",", 1) for line in file.read().splitlines())
    for word, own in OverridesCodec.load(lemma_overrides_fn).items():
        known.update({f"{word},{tag.lower()}": "/".join(forms) for tag, forms in own.items()})
    return known


def _guessed(low: str, tag: str) -> Sequence[str]:
    """The lemma by rule of a word that is in no table."""
    guessed: Sequence[str] = _library().getAllLemmasOOV(low, tag).get(tag, ())
    return guessed


class _NoSpacy(MetaPathFinder):
    """Hides spaCy from what this thread imports."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "spacy" and get_ident() == self._thread:
            raise ModuleNotFoundError(name=name)


@cache
def _library() -> Any:
    """LemmInflect by itself: it would load spaCy where there is one, which takes seconds and 200 MB, to extend it."""
    hidden = _NoSpacy()
    sys.meta_path.insert(0, hidden)
    try:
        return import_module("lemminflect")
    finally:
        sys.meta_path.remove(hidden)


@cache
def _verbs_of_nouns() -> dict[str, str]:
    table = table_of("derivations")
    return {noun: verb for verb, nouns in table["nouns_of_verbs"].items() for noun in nouns.split()}


def event_lemma(form: str, tag: str) -> str:
    """The lemma under which a verb and the nouns made of it meet: "withdrew", "withdrawal" → withdraw."""
    base = lemma(form, tag)
    return _verbs_of_nouns().get(base, base) if tag in ("NOUN", "PROPN") else base
