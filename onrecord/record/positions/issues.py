"""Issues in words: what the reports call a group of propositions, and the user's own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.lemmas import event_lemma
from onrecord.model import Issue, identify
from onrecord.record.positions.grouping import Cluster
from onrecord.record.positions.labels import LONGEST, cleaned, is_strong, stands_alone
from onrecord.record.positions.lexicon import lexicon
from onrecord.record.positions.propositions import Proposition

_MOST_PHRASES = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_IDLE = frozenset(
    "the a an of in on to for from with by at and or be is are its their his her should all any new this that".split()
)


def issue_of(cluster: Cluster, texts: Mapping[str, str]) -> tuple[Issue, int] | None:
    """The issue that a cluster is, and the sign of the propositions that speak for it.

    None where no words of it tell by themselves what it is about, or where a single position is on nothing much.

    Args:
        texts: the text of each report by its id.
    """
    phrases = [(proposition.phrase.of(texts[report]), proposition) for report, proposition in cluster.members]
    signs = Counter(proposition.sign for _, proposition in phrases)
    often = Counter(words for words, _ in phrases)

    def weight(phrase: tuple[str, Proposition]) -> tuple[object, ...]:
        """A noun phrase of fair length that says it the way most do."""
        words, proposition = phrase
        named = bool(proposition.names) and len(words.split()) > 1
        usual = (signs[proposition.sign], named, often[words], len(proposition.names))
        alone = stands_alone(words, proposition)
        plain = proposition.nominal and " to be " not in words
        return (
            alone,
            len(words) <= LONGEST,
            plain,
            proposition.nominal,
            not proposition.bare,
            *usual,
            -len(words),
            words,
        )

    label, chosen = max(phrases, key=weight)
    if not stands_alone(label, chosen) or (len(phrases) == 1 and not is_strong(label, chosen)):
        return None
    pro = _most(words for words, proposition in phrases if proposition.sign == chosen.sign)
    con = _most(words for words, proposition in phrases if proposition.sign != chosen.sign)
    return Issue(cluster.id, cleaned(label), pro, con), chosen.sign


def _most(phrases: Any) -> tuple[str, ...]:
    counted = Counter(phrases)
    return tuple(sorted(counted, key=lambda phrase: (-counted[phrase], len(phrase), phrase))[:_MOST_PHRASES])


def load_issues(path: Path | str) -> tuple[Issue, ...]:
    """The user's own issues, from a TOML file of `[[issue]]` tables with `label`, `for` and `against`.

    Raises:
        OnRecordError: the file cannot be read, is no TOML, or holds an issue without a label or phrases.
    """
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OnRecordError(str(path), "cannot be read as a file of issues", "Give a TOML file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise OnRecordError(str(path), f"is not TOML ({error})", "See the documentation of issues") from error
    entries = table.get("issue")
    if not isinstance(entries, list) or not entries:
        raise OnRecordError(str(path), "holds no [[issue]]", "Add one with a label and phrases for or against")
    return tuple(_issue(str(path), number, entry) for number, entry in enumerate(entries, 1))


def _issue(path: str, number: int, entry: Any) -> Issue:
    table = entry if isinstance(entry, dict) else {}
    label = table.get("label")
    if not isinstance(label, str) or not label.strip():
        raise OnRecordError(path, f"issue {number} has no label", 'Add a line such as label = "a new runway"')
    pro, con = (_phrases(path, number, name, table.get(name, [])) for name in ("for", "against"))
    if not pro and not con:
        raise OnRecordError(path, f"issue {number} has no phrases", 'Add a line such as for = ["build the runway"]')
    return Issue(identify("i", "user", label), label, pro, con)


def _phrases(path: str, number: int, name: str, given: Any) -> tuple[str, ...]:
    if isinstance(given, list) and all(isinstance(phrase, str) and _WORD.search(phrase) for phrase in given):
        return tuple(given)
    raise OnRecordError(path, f"issue {number}: {name} is not a list of phrases", f'Write {name} = ["…", "…"]')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the user's, read without a tree: the concept its words come down to, its sign, and all its words."""

    sign: int
    concepts: frozenset[str]
    words: frozenset[str]


class Wanted:
    """The user's issues, as propositions are held against them."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        sides = [
            (issue, side, phrase)
            for issue in issues
            for side, all_ in ((1, issue.pro), (-1, issue.con))
            for phrase in all_
        ]
        self._phrases = [(issue, _read(phrase, side)) for issue, side, phrase in sides]

    def match(self, proposition: Proposition, text: str) -> tuple[Issue, int] | None:
        """The issue a proposition is on, and the sign of what speaks for it; None where it is on none."""
        lemmas = _lemmas(proposition.phrase.of(text)) | {word for name in proposition.names for word in _lemmas(name)}
        ranked = [
            (len(phrase.words & lemmas) / len(phrase.words), -place, phrase.sign, issue)
            for place, (issue, phrase) in enumerate(self._phrases)
            if _is_on(phrase, proposition, lemmas)
        ]
        if not ranked:
            return None
        _, _, sign, issue = max(ranked, key=lambda one: one[:2])
        return issue, sign


def _is_on(phrase: Phrase, proposition: Proposition, lemmas: frozenset[str]) -> bool:
    """Whether concept and at least half of the other words are the same."""
    about = phrase.words - _acting(phrase.words)
    if proposition.concept not in phrase.concepts:
        return False
    about -= {proposition.concept}
    return not about or 2 * len(about & lemmas) >= len(about)


def _acting(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word in lexicon().effects)


def _read(phrase: str, side: int) -> Phrase:
    """The signs of its words multiplied, up to the first that is itself a concept."""
    sign, concept = side, None
    words = [_event(word) for word in _WORD.findall(phrase) if word.lower() not in _IDLE]
    for word in words:
        effect = lexicon().effects.get(word)
        if word in ("not", "no", "never", "against"):
            sign = -sign
        if effect is not None:
            sign *= effect.sign
            concept = concept or effect.concept
        if concept is not None:
            break
    things = frozenset(word for word in words if word not in lexicon().effects)
    return Phrase(sign, frozenset((concept,)) if concept else things, frozenset(words))


def _lemmas(text: str) -> frozenset[str]:
    return frozenset(_event(word) for word in _WORD.findall(text) if word.lower() not in _IDLE)


def _event(word: str) -> str:
    """The base form of a word of unknown part of speech, under which verbs and their nouns meet."""
    noun = event_lemma(word, "NOUN")
    verb = event_lemma(word, "VERB")
    if noun in lexicon().effects:
        return noun
    return verb if verb in lexicon().effects else noun
