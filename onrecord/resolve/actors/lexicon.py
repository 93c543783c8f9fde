"""What `data/actors.toml` knows: states, well-known bodies with their aliases, and the words around names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from onrecord.lexicons import table_of
from onrecord.model import ActorType

_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Known:
    """An actor known before any report is read; `key` is a country's code or the entry's own."""

    key: str
    name: str
    type: ActorType
    country: str | None
    part_of: str | None


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The lists of the file, each as its head in the file says; names keep their capitals, words do not.

    Attributes:
        known: entries by key.
        names: name to key, of states and bodies.
        states: the keys that are country codes.
        openers: the names by their first two letters, longest first, to find them in running text.
        sectors: key of the body meant by an adjective, by country code.
    """

    known: Mapping[str, Known]
    names: Mapping[str, str]
    states: frozenset[str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]
    administrations: Mapping[str, str]
    openers: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, Mapping[str, str]]
    words: Mapping[str, frozenset[str]]

    def state_of(self, name: str) -> str | None:
        """The country whose name or adjective this is."""
        key = self.demonyms.get(name) or self.names.get(name)
        return key if key in self.states else None

    def names_at(self, text: str, start: int) -> str | None:
        """The longest known name of a body that stands at `start` as whole words."""
        for name in self.openers.get(text[start : start + _PREFIX], ()):
            if text.startswith(name, start) and not text[start + len(name) : start + len(name) + 1].isalnum():
                return name
        return None


@lru_cache(maxsize=1)
def actor_words() -> ActorWords:
    """The lists, read once."""
    data = table_of("actors")
    countries, bodies = data["countries"], data["actor"]
    names = _names(countries, bodies)
    return ActorWords(
        known=_known(countries, bodies),
        names=names,
        states=frozenset(countries),
        demonyms=_demonyms(countries),
        capitals={city: code for code, country in countries.items() for city in _list(country.get("capitals"))},
        administrations={who: code for code, people in data["administrations"].items() for who in _list(people)},
        openers=_openers([name for name, key in names.items() if key not in countries]),
        sectors=data["sectors"],
        words={name: frozenset(text.split()) for name, text in data["words"].items()},
    )


def _list(text: str | None) -> list[str]:
    return [item.strip() for item in (text or "").split(",") if item.strip()]


def _known(countries: Mapping[str, Any], bodies: list[dict[str, str]]) -> dict[str, Known]:
    states = {code: Known(code, country["name"], "government", code, None) for code, country in countries.items()}
    return states | {
        body["key"]: Known(
            body["key"], body["name"], cast(ActorType, body["type"]), body.get("country"), body.get("part_of")
        )
        for body in bodies
    }


def _names(countries: Mapping[str, Any], bodies: list[dict[str, str]]) -> dict[str, str]:
    """Names to keys; those of states in capitals too, as headlines and datelines write them."""
    out: dict[str, str] = {}
    for code, country in countries.items():
        for name in (country["name"], *_list(country.get("names"))):
            out.setdefault(name, code)
            out.setdefault(name.upper(), code)
    for body in bodies:
        for name in (body["name"], *_list(body.get("aliases"))):
            out.setdefault(name, body["key"])
    return out


def _demonyms(countries: Mapping[str, Any]) -> dict[str, str]:
    """Adjectives and peoples, with their plurals, to codes."""
    out: dict[str, str] = {}
    for code, country in countries.items():
        for name in _list(country["demonyms"]):
            out.setdefault(name, code)
            if not name.endswith(("s", "sh", "ch", "ese", "man", "men")):
                out.setdefault(name + "s", code)
    return out


def _openers(names: list[str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        out.setdefault(name[:_PREFIX], []).append(name)
    return {prefix: tuple(found) for prefix, found in out.items()}
