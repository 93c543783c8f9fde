"""Lemmas: the base form of a word, and the verb that an event noun stands for ("withdrawal": withdraw)."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_OPEN = {"VERB": "VERB", "AUX": "AUX", "NOUN": "NOUN", "ADJ": "ADJ", "ADV": "ADV", "PROPN": "NOUN"}


@lru_cache(maxsize=100_000)
def lemma(form: str, tag: str) -> str:
    """The base form in lower case of a word with a universal part of speech; itself where it has none.

    Source of the forms: the tables of LemmInflect (MIT), which are those of the NIH SPECIALIST lexicon.
    """
    from lemminflect import getLemma

    low = form.lower().replace("’", "'")
    if tag not in _OPEN or not low.isalpha():
        return low
    found = getLemma(low, _OPEN[tag])
    return found[0] if found else low


@cache
def _verbs_of_nouns() -> dict[str, str]:
    table = tomllib.loads(files("onrecord").joinpath("data/derivations.toml").read_text(encoding="utf-8"))
    return {noun: verb for verb, nouns in table["nouns_of_verbs"].items() for noun in nouns.split()}


def event_lemma(form: str, tag: str) -> str:
    """The lemma under which a verb and the nouns made of it meet: "withdrew", "withdrawal" → withdraw."""
    base = lemma(form, tag)
    return _verbs_of_nouns().get(base, base) if tag in ("NOUN", "PROPN") else base
