"""The label sets of the encoder's heads: one place for training and use."""

from __future__ import annotations

ENTITY_TYPES = ("PER", "ORG", "LOC", "MISC")
ROLES = ("source", "cue", "content")
TIME_TYPES = ("DATE", "TIME", "DURATION", "SET")


def _begin_inside_outside(types: tuple[str, ...]) -> tuple[str, ...]:
    return ("O", *(prefix + name for name in types for prefix in ("B-", "I-")))


ENTITIES = _begin_inside_outside(ENTITY_TYPES)
ATTRIBUTION = _begin_inside_outside(ROLES)
TIMES = _begin_inside_outside(TIME_TYPES)
EVENTS = ("O", "OCCURRENCE", "REPORTING", "I_ACTION", "STATE", "I_STATE", "ASPECTUAL", "PERCEPTION")
"""Event classes of TimeML 1.2.1."""
MODALITY = ("POS", "NEG", "MODAL", "FUT")
TENSES = ("NONE", "PAST", "PRESENT", "FUTURE", "INFINITIVE", "PRESPART", "PASTPART")
TAGS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = tuple(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)

TAGGERS: dict[str, tuple[str, ...]] = {
    "entity": ENTITIES,
    "attribution": ATTRIBUTION,
    "time": TIMES,
    "event": EVENTS,
    "modality": MODALITY,
    "tense": TENSES,
    "tag": TAGS,
}
"""The heads that label each word, in the order in which their scores are joined."""


def sequence_allowed(labels: tuple[str, ...]) -> list[list[bool]]:
    """Whether label j may follow label i in a begin-inside-outside sequence."""
    return [[not after.startswith("I-") or before[2:] == after[2:] for after in labels] for before in labels]


SHAPES = 8


def shape(word: str) -> int:
    """One of eight word shapes, the only trace of case that an uncased encoder gets."""
    if word.isalpha():
        if word.islower():
            return 0
        if len(word) == 1:
            return 1
        if word.isupper():
            return 2
        return 3 if word[0].isupper() and word[1:].islower() else 4
    if any(char.isdigit() for char in word):
        return 5
    if not any(char.isalnum() for char in word):
        return 6
    return 7 if word[0].isupper() else 4
