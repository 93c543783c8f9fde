"""A source phrase taken apart on its own: what kind of source it names, and what its words say of how it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.annotate.sourcing.lexicon import PERSONS, Kind, lexicon
from onrecord.annotate.sourcing.noun_phrases import (
    NounPhrase,
    Token,
    noun_count,
    noun_phrase,
    pronoun_count,
    singular,
    tokens_of,
)
from onrecord.annotate.sourcing.scene import Scene
from onrecord.model import Basis, Count, Mention, MentionType
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase taken apart.

    Attributes:
        span: its words, without marks or a relative pronoun at its ends.
        determiner: "indefinite", "counted", "definite", "possessive", "quantified" or "none".
        head: the head noun, singular and lower case; the name itself for names.
        known_as: the type of the mention at its head, or None.
        basis: what the phrase alone says, or None where that depends on what came before.
    """

    span: Span
    sentence: int
    kind: Kind
    determiner: str
    head: str
    plural: bool
    count: Count
    known_as: MentionType | None
    basis: Basis | None

    @property
    def several(self) -> bool:
        return self.plural or self.count == "several"


def phrase_at(scene: Scene, span: Span) -> Phrase:
    """Take one source phrase apart."""
    tokens = tokens_of(scene.text, span)
    own = Span(tokens[0][1], tokens[-1][1] + len(tokens[-1][0]))
    if _is_pronoun([token.lower() for token, _ in tokens]):
        return _pronoun(scene, own, tokens[0][0].lower())
    words = noun_phrase(tokens)
    phrase = _noun(scene, own, words)
    return replace(phrase, basis=_basis(scene, phrase, words))


def _is_pronoun(low: list[str]) -> bool:
    words = lexicon().words
    alone = len(low) == 1 or (len(low) == 2 and low[1] in words["beside_pronoun"])
    return alone and any(low[0] in words[name] for name in _PRONOUNS)


_PRONOUNS = (
    "singular_pronoun", "thing_pronoun", "own_pronoun", "hearer_pronoun", "plural_pronoun", "relative_pronoun", "bare",
)  # fmt: skip


def _pronoun(scene: Scene, span: Span, word: str) -> Phrase:
    plural = word in lexicon().words["plural_pronoun"]
    sentence = scene.sentence_at(span.start)
    return Phrase(span, sentence, "pronoun", "none", word, plural, pronoun_count(word), None, None)


def _noun(scene: Scene, span: Span, words: NounPhrase) -> Phrase:
    """The phrase without its basis."""
    noun, plural = singular(words.noun)
    name = _name_at_head(scene, words)
    kind: Kind = "name" if name else lexicon().kinds.get(noun, "other")
    if noun == "figure" and plural and set(words.low[: words.head]) & lexicon().words["public_figure"]:
        kind = "onlooker"
    count = words.count if words.count != "unknown" else noun_count(kind, plural, words.determiner)
    if words.low[words.head + 1 : words.head + 2] == ("and",):
        count = "several"
    known_as = name.type if isinstance(name, Mention) else None
    sentence = scene.sentence_at(span.start)
    return Phrase(span, sentence, kind, words.determiner, noun, plural, count, known_as, None)


# -- names at the head


def _name_at_head(scene: Scene, words: NounPhrase) -> Mention | bool:
    """The mention at the head of the phrase; True for a capitalised head that no mention covers."""
    mention = scene.mention_at(words.head_span.start)
    if mention is not None and mention.type == "person":
        return mention
    if words.noun in lexicon().peoples or words.noun in lexicon().words["bare"]:
        return False
    if mention is not None:
        return False if _only_describes(mention, words) else mention
    return _is_capitalised_name(scene, words)


def _only_describes(mention: Mention, words: NounPhrase) -> bool:
    """Whether the head is a noun for all that a name covers it: "the Clean Rivers Act", "Norwegians"."""
    kind = lexicon().kinds.get(singular(words.noun)[0])
    if kind == "document" and mention.type in ("other", "product"):
        return True
    people = words.noun.endswith(lexicon().people_endings) and mention.type in ("group", "other")
    return mention.span.start == words.head_span.start and (kind is not None or people)


def _is_capitalised_name(scene: Scene, words: NounPhrase) -> bool:
    noun, plural = singular(words.noun)
    known = noun in lexicon().kinds
    if known and words.determiner == "none" and not plural and scene.is_surname(words.tokens[words.head][0]):
        return True
    if known and words.head > words.first and not plural and _all_capitalised(words):
        return True
    word, offset = words.tokens[words.head]
    if not word[0].isupper() or known or words.noun.endswith(lexicon().people_endings):
        return False
    opens = offset == scene.sentences[scene.sentence_at(offset)].start
    return not (opens and words.noun in scene.lower_words)


def _all_capitalised(words: NounPhrase) -> bool:
    return all(token[0].isupper() for token, _ in words.tokens[words.first : words.head + 1])


# -- what the phrase alone says


def _basis(scene: Scene, phrase: Phrase, words: NounPhrase) -> Basis | None:
    if _is_publisher(scene, phrase, words):
        return "report"
    if phrase.head in lexicon().words["bare"]:
        return "role"
    if phrase.kind == "name" or _names_apposition(scene, phrase, words):
        return "named"
    if phrase.kind == "document":
        return "document"
    if phrase.kind == "utterance":
        return "named" if _has_name(scene, words.tokens[words.first :]) else "document"
    if _is_withheld(scene, phrase, words):
        return "anonymous"
    if phrase.kind in ("body", "crowd") and _has_name(scene, words.tokens[words.first : words.head]):
        return "named"
    return None if _may_stand_for_another(phrase) else "role"


def _is_publisher(scene: Scene, phrase: Phrase, words: NounPhrase) -> bool:
    """Whether it is the report itself: "this newspaper", or the publisher's name; not "the newspaper"."""
    if words.low[0] == "this" and words.low[-1] in lexicon().words["publisher_self"]:
        return not _has_name(scene, words.tokens[1:])
    if scene.published_by is None or not _same_name(phrase.span.of(scene.text), scene.published_by):
        return False
    return not any(_is_person(scene, offset) for _, offset in words.tokens)  # "Ada Petrov" is not AP


def _is_person(scene: Scene, offset: int) -> bool:
    mention = scene.mention_at(offset)
    return mention is not None and mention.type == "person"


def _same_name(one: str, other: str) -> bool:
    """Whether two names are equal but for the article, or one is the other's initials: "AP", "The Associated Press"."""
    first, second = (re.sub(r"^[Tt]he\s", "", name.strip()) for name in (one, other))
    initials = {
        "".join(word[0] for word in name.split() if word[0].isupper()) for name in (first, second) if " " in name
    }
    return first.casefold() == second.casefold() or first in initials or second in initials


def _names_apposition(scene: Scene, phrase: Phrase, words: NounPhrase) -> bool:
    """Whether a person's name follows after a comma: "the campaign's manager, Ann Lee"."""
    opener = None if phrase.kind == "document" else _apposition_opener(phrase, words)
    if opener is None:
        return False
    for token, offset in words.tokens[opener + 1 :]:
        mention = scene.mention_at(offset)
        if mention is not None and mention.type == "person":
            return True
        if token.lower() in lexicon().words["after"] or token == ",":
            return False
    return False


def _apposition_opener(phrase: Phrase, words: NounPhrase) -> int | None:
    """The token after which a name may stand, or None."""
    later = range(words.head + 1, len(words.tokens))
    included = next((k for k in later if words.low[k] == "including"), None)
    if included is not None:
        return included  # "several senators, including Ann Lee"
    if words.low[words.head + 1 : words.head + 2] == ("and",) and phrase.determiner in ("definite", "possessive"):
        return words.head + 1  # "the banker and former minister Ann Lee"
    comma = next((k for k in later if words.low[k] in (",", "—", "–")), None)
    if comma is None or (phrase.plural and phrase.determiner != "counted" and comma > words.head + 1):
        return None
    return comma


def _has_name(scene: Scene, tokens: tuple[Token, ...]) -> bool:
    """Whether a name stands among the tokens: "the Lee campaign", "a statement from the Lee ministry"."""
    return any(
        scene.mention_at(offset) is not None or (k and token[0].isupper()) for k, (token, offset) in enumerate(tokens)
    )


def _is_withheld(scene: Scene, phrase: Phrase, words: NounPhrase) -> bool:
    """Whether the phrase alone tells of somebody whose name the reporter keeps back."""
    known, modifiers = lexicon(), set(words.low[: words.head])
    if modifiers & known.words["withheld"] or phrase.head in known.nouns["withheld"]:
        return True
    if phrase.kind not in ("insider", "onlooker"):
        return False
    if (phrase.determiner != "none" or phrase.plural) and _is_familiar(scene, words):
        return True
    if phrase.kind == "onlooker":
        return False
    ranked = phrase.determiner == "none" and bool(modifiers & known.words["rank"])
    return ranked or phrase.determiner in ("indefinite", "counted")


def _is_familiar(scene: Scene, words: NounPhrase) -> bool:
    """Whether inside knowledge is claimed right after the head, in the phrase or beyond it."""
    return lexicon().familiar.match(scene.text, words.head_span.end) is not None


def _may_stand_for_another(phrase: Phrase) -> bool:
    definite = phrase.determiner in ("definite", "possessive")
    return definite and (phrase.kind in PERSONS or phrase.kind in ("body", "other"))
