"""The word lists of `data/coreference.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicons import table_of


@dataclass(frozen=True, slots=True)
class CoreferenceWords:
    """What each list holds stands at its head in the file.

    Attributes:
        pronouns: the forms of each kind of personal pronoun, by kind.
        kind_of: the kind of each form, the reverse of `pronouns` without the reflexive and possessive lists.
        person_nouns: nouns for persons of any gender, in the singular.
        bodies: nouns that stand for organisations and places, by type of mention.
        owning: pronouns that can only own something: not "her", which is an object too.
        irregular: plurals that "s" does not make, with their singular.
    """

    pronouns: dict[str, frozenset[str]]
    kind_of: dict[str, str]
    owning: frozenset[str]
    definite: frozenset[str]
    demonstrative: frozenset[str]
    indefinite: frozenset[str]
    titles: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    person_nouns: frozenset[str]
    irregular: dict[str, str]
    bodies: dict[str, frozenset[str]]
    many: frozenset[str]
    measures: frozenset[str]
    unspoken: frozenset[str]
    expletive: frozenset[str]


_KINDS = ("first_singular", "first_plural", "second", "masculine", "feminine", "neuter", "plural")


@lru_cache(maxsize=1)
def words() -> CoreferenceWords:
    """The lists, read once."""
    data = table_of("coreference")
    pronouns = {kind: frozenset(forms) for kind, forms in data["pronouns"].items()}
    persons, bodies = data["persons"], data["bodies"]
    masculine, feminine = frozenset(persons["masculine"]), frozenset(persons["feminine"])
    return CoreferenceWords(
        pronouns=pronouns,
        kind_of={form: kind for kind in _KINDS for form in pronouns[kind]},
        owning=pronouns["possessive"] - {"her"},
        definite=frozenset(data["determiners"]["definite"]),
        demonstrative=frozenset(data["determiners"]["demonstrative"]),
        indefinite=frozenset(data["determiners"]["indefinite"]),
        titles=frozenset(persons["titles"]),
        masculine=masculine,
        feminine=feminine,
        person_nouns=frozenset(persons["nouns"]) | masculine | feminine,
        irregular=dict(persons["irregular"]),
        bodies={kind: frozenset(bodies[kind]) for kind in ("organization", "place")},
        many=frozenset(bodies["plural"]),
        measures=frozenset(data["things"]["measures"]),
        unspoken=frozenset(data["things"]["unspoken"]),
        expletive=frozenset(data["expletive"]["predicates"]),
    )


@lru_cache(maxsize=8192)
def singular(noun: str) -> str:
    """A noun in lower case without the ending of the plural, as far as spelling tells."""
    known = words().irregular.get(noun)
    if known is not None:
        return known
    if len(noun) > 4 and noun.endswith("ies"):
        return noun[:-3] + "y"
    if len(noun) > 4 and noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def is_plural(noun: str) -> bool:
    """Whether spelling shows a plural."""
    return noun in words().irregular or singular(noun) != noun
