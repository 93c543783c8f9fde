"""Whether two ways of writing a name may be one name.

Names that were carried over from another script are spelled by ear: "Yusuf Karim al-Harbi" is "Youssef al-Harbi",
"Abdel Aziz" is "Abdulaziz". Each word of a name is reduced to its sounds: articles and words of descent are dropped,
letters that transliterations confuse are made alike, and what remains are a skeleton of consonants and a spelling in
three vowels. Two names are compared word by word, in order, by an alignment (Needleman and Wunsch 1970, without costs
for gaps), so that a middle name may be missing on either side.

A score says how alike two spellings are, never that two people are one: that takes a report or a story.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SAME = 0.866
"""The score from which two spellings are held to be of one name; set on half of the pairs that `bench` measures."""

_FEW = 12
_SHORT, _SHORT_RATIO = 3, 0.7
"""A word of so few sounds has to be this much alike: "Dan" is not "Don"."""
_MISSED_END, _MISSED_START = 0.1, 0.1
_PARTED = re.compile(r"[^a-z]+")
_SERVANT = re.compile(r"^(?:abd(?:el|al|ul|ol|ou|u|il|er|ar|us|as|es|ur|ir|an|en)?)(?=[a-z]{3})")
_GLUED = re.compile(r"^(?:al|el)(?=[bcdfghjklmnpqrstvwxz][a-z]{3})")
_DROPPED = frozenset(
    "al el ul an as ash ad ar at az ed es er il ol l bin ibn ben bint bu ould wuld abd abdel abdul abdal abdol abdou "
    "de da do dos del della di du la le van von der den the of and e y".split()
)
_ARTICLES = frozenset("al el ul an as ash ad ar at az er il".split())
_COURTESY = frozenset("mr mrs ms miss dr sir sheikh shaykh shaikh sheik sayyid sayed hajj haji prof gen col lt".split())
_SOUNDS = tuple(
    pair.split(":")
    for pair in (
        "tch:c sch:s sh:s ch:s kh:h gh:g dh:d th:t ph:f ck:k q:k c:k x:ks z:s v:w p:b j:g "
        "oo:u ou:u ow:u aw:au ee:i ie:i ei:i ey:i ay:i ai:i ae:i aa:a uw:u iy:i ya:ia"
    ).split()
)
_VOWELS = str.maketrans({"e": "a", "o": "u", "y": "i", "w": "u"})
_MUTE = str.maketrans("", "", "aeiouywh")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Sound:
    """One word of a name: as written (folded), by its sound, and the consonants of that."""

    written: str
    sound: str
    skeleton: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, from 0 to 1, and why, as a clause."""

    score: float
    why: str


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """A name without case, accents, apostrophes and dots; hyphens are spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’‘ʼʿʾ`.ʻ")
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


@lru_cache(maxsize=8192)
def sounds(name: str) -> tuple[Sound, ...]:
    """The words of a name that tell it from others, in order; at most twelve, all of them if nothing else is left."""
    words = [word for word in _PARTED.split(folded(name)) if word]
    telling = [word for word in words if word not in _DROPPED and word not in _COURTESY]
    return tuple(_sound(word) for word in (telling or words)[:_FEW])


def same_name(one: str, other: str) -> Likeness:
    """How alike two names are: 1 for the same words, 0 where nothing says that they may be one."""
    if folded(one) == folded(other):
        return Likeness(1.0, "written alike")
    short, long = sorted((sounds(one), sounds(other)), key=len)
    if not short:
        return Likeness(0.0, "nothing to compare")
    whole = _likeness_of_wholes(one, other)
    pairs = _aligned(short, long)
    if len(pairs) < min(2, len(short)):
        why = "they sound alike as a whole, their words parted differently" if whole else "too few words agree"
        return Likeness(round(whole, 4), why)
    gained = sum(pairs.values())
    missed = _MISSED_END * ((len(short) - 1, len(long) - 1) not in pairs) + _MISSED_START * ((0, 0) not in pairs)
    score = 0.8 * gained / len(short) + 0.2 * gained / len(long) - missed
    return Likeness(round(max(score, whole), 4), _reason(short, long, pairs))


@lru_cache(maxsize=8192)
def _sound(word: str) -> Sound:
    bare = _GLUED.sub("", _SERVANT.sub("", word))
    for written, same in _SOUNDS:
        bare = bare.replace(written, same)
    sound = _TWICE.sub(r"\1", bare.translate(_VOWELS))
    skeleton = sound.translate(_MUTE)  # doubled letters are one, but those of "Muhammad" around an "h" are two
    return Sound(word, sound, skeleton)


def _aligned(short: tuple[Sound, ...], long: tuple[Sound, ...]) -> dict[tuple[int, int], float]:
    """The pairs of words of the best alignment in order, by their places, with their likeness."""
    best: list[list[tuple[float, dict[tuple[int, int], float]]]] = [
        [(0.0, {}) for _ in range(len(long) + 1)] for _ in range(len(short) + 1)
    ]
    for i, one in enumerate(short):
        for j, other in enumerate(long):
            options = [best[i][j + 1], best[i + 1][j]]
            if likeness := _alike(one, other):
                gained, pairs = best[i][j]
                options.append((gained + likeness, {**pairs, (i, j): likeness}))
            best[i + 1][j + 1] = max(options, key=lambda option: option[0])
    return best[-1][-1][1]


def _likeness_of_wholes(one: str, other: str) -> float:
    """The likeness of two names whose words are parted differently, without gaps: "Ben Moussa" and "Benmoussa"."""
    words = [[word for word in _PARTED.split(folded(name))[:_FEW] if word not in _ARTICLES] for name in (one, other)]
    if abs(len(words[0]) - len(words[1])) != 1:
        return 0.0
    whole, against = (_sound("".join(parts)) for parts in words)
    return _likeness(whole.sound, against.sound) if whole.skeleton == against.skeleton else 0.0


@lru_cache(maxsize=8192)
def _alike(one: Sound, other: Sound) -> float:
    """How alike two words sound, 0 if they do not."""
    if one.written == other.written:
        return 1.0
    if len(one.written) == 1 or len(other.written) == 1:
        return 0.6 if one.written[0] == other.written[0] else 0.0
    if _feminine_of(one.written, other.written) or _feminine_of(other.written, one.written):
        return 0.0
    ratio = _likeness(one.sound, other.sound)
    if min(len(one.sound), len(other.sound)) <= _SHORT and ratio < _SHORT_RATIO:
        return 0.0
    if one.skeleton == other.skeleton and one.skeleton:
        return 0.5 + 0.5 * ratio if ratio >= 0.5 else 0.0
    return ratio if ratio >= 0.8 else 0.0


def _feminine_of(one: str, other: str) -> bool:
    """Whether a word is another with the ending of a woman's name: "Samira", "Samir"."""
    return one in (other + "a", other + "ah")


def _likeness(one: str, other: str) -> float:
    """1 less the edits between two words over the length of the longer (Levenshtein 1966)."""
    previous = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (char != against)))
        previous = row
    return 1 - previous[-1] / max(len(one), len(other), 1)


def _reason(short: tuple[Sound, ...], long: tuple[Sound, ...], pairs: dict[tuple[int, int], float]) -> str:
    told = f"{len(pairs)} of {len(long)} words sound alike" if len(short) > 1 else "the one word sounds alike"
    return told + ("" if (len(short) - 1, len(long) - 1) in pairs else ", but not the last")
