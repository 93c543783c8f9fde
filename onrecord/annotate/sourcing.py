"""How a source is known to the reader: by name, by role, anonymously, as a document, or as the report itself.

Two steps. A source phrase is taken apart on its own (determiner, head noun, what it says of inside knowledge); then
the sources of a report are settled in order: "he" and "the official" are known as whoever they stand for, and words
such as "spoke on condition of anonymity because ..." reach the source they speak of. The words are data:
`data/sourcing.toml`.

Where a role ends and anonymity begins: one person, or a counted few, with inside knowledge, whose name a reporter
would have ("an aide", "two diplomats", "people familiar with the talks"), is anonymous; a body or a crowd ("police",
"officials", "critics") is a role, unless the report says that names are withheld.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from onrecord.model import Basis, Count, Mention, MentionType, Source
from onrecord.spans import Span

Kind = Literal[
    "insider", "spokesperson", "onlooker", "body", "crowd", "document", "utterance", "pronoun", "name", "other"
]

_TOKEN = re.compile(r"\w[\w'’&./-]*\w|\w|[^\w\s]")
_NAMING: frozenset[MentionType] = frozenset(
    {"person", "organization", "place", "facility", "event", "product", "other", "group"}
)
_AUXILIARY = re.compile(
    r"(?:\b(?P<subject>he|she|they|it)\s)?\b(?P<auxiliary>(?:is|are|was|were|has|have|had|do|does|did)\s+)\Z", re.I
)
_KINDS: tuple[Kind, ...] = ("spokesperson", "insider", "utterance", "document", "onlooker", "body", "crowd")
_PERSONS: frozenset[Kind] = frozenset({"insider", "spokesperson", "onlooker"})
_REACH = 5
"""How many sentences back a pronoun or short form may reach."""
_SHORT_FORM = 24
"""Code points below which "the official" is a short form; "the top aide to the president" tells more."""
_CROWDED = 60
"""Sources or names looked at in one sentence: more would make a text without full stops slow, and tell no more."""
_LONGEST_REASON = 400
"""Code points after which a reason for anonymity is taken to have ended."""


# ---------------------------------------------------------------------------------------------- lexicon


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`data/sourcing.toml`, ready for look-up. `kinds` holds singular nouns; patterns match lower or mixed case."""

    kinds: Mapping[str, Kind]
    nouns: Mapping[str, frozenset[str]]
    plurals: Mapping[str, str]
    determiners: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    titles: Mapping[str, str]
    peoples: frozenset[str]
    people_endings: tuple[str, ...]
    familiar: re.Pattern[str]
    anchors: tuple[str, ...]
    withheld_name: re.Pattern[str]
    self_reason: re.Pattern[str]
    reason: re.Pattern[str]
    reason_end: re.Pattern[str]
    introduced: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    table = tomllib.loads(files("onrecord").joinpath("data/sourcing.toml").read_text(encoding="utf-8"))
    nouns = _sets(table["nouns"])
    reasons = table["reasons"]
    return Lexicon(
        kinds={noun: kind for kind in reversed(_KINDS) for noun in nouns[kind]},
        nouns=nouns,
        plurals=table["plurals"],
        determiners=_sets(table["determiners"]),
        words=_sets(table["words"]),
        titles=table["titles"],
        peoples=frozenset(table["peoples"]["words"].split()),
        people_endings=tuple(table["peoples"]["endings"].split()),
        familiar=re.compile(rf"\s*,?\s*{_any_of(table['familiar']['phrases'])}", re.I),
        anchors=tuple(table["anonymity"]["anchors"]),
        withheld_name=re.compile(_any_of(table["anonymity"]["phrases"]), re.I),
        self_reason=re.compile(_any_of(table["anonymity"]["self_reason"]), re.I),
        reason=_reason_pattern(reasons),
        reason_end=re.compile(rf"[;:()\"“”—\n]|''|,\s|\s[-–]+\s|\s(?P<verb>{'|'.join(reasons['ending'].split())})\b"),
        introduced=re.compile(
            rf"\b(?:an?|one|another)\s(?:[\w.’'-]+\s){{0,4}}(?:{'|'.join(sorted(nouns['core']))})\b", re.I
        ),
    )


def _sets(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table.items()}


def _any_of(phrases: Sequence[str]) -> str:
    return rf"(?:{'|'.join(_phrase_pattern(phrase) for phrase in phrases)})"


def _phrase_pattern(phrase: str) -> str:
    """A bounded pattern for a phrase of the lexicon: `a|b` alternatives, `(a|b)?` optional, `*` up to three words."""
    parts: list[str] = []
    for word in phrase.split():
        if word == "*":
            parts.append(r"(?:[\w’'.-]{1,30}\s{1,2}){0,3}")
        elif word.endswith(")?"):
            parts.append(rf"(?:(?:{word[1:-2]})\s{{1,2}})?")
        else:
            parts.append(rf"(?:{word.replace(chr(39), '[’' + chr(39) + ']')})\s{{1,2}}")
    pattern = "".join(parts).removesuffix(r"\s{1,2}")
    return (pattern if pattern.startswith("(?:not|n") else rf"\b{pattern}") + r"\b"


def _reason_pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Group `opening` is not part of the reason, group `kept` is."""
    opening = [word for word in table["opening"] if word != "as"]
    kept = [word for word in table["kept"] if word != "to"]
    as_ = rf"as(?=\s(?:{'|'.join(table['as_before'].split())})\b)"
    to = rf"to(?=\s(?!(?:{'|'.join(table['not_after_to'].split())})\b)[a-z])"
    return re.compile(rf"\b(?:(?P<opening>{'|'.join([*opening, as_])})|(?P<kept>{'|'.join([*kept, to])}))\s+", re.I)


# ---------------------------------------------------------------------------------------------- phrases


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase taken apart.

    Attributes:
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


@dataclass(frozen=True, slots=True)
class Withholding:
    """Words that say a name is withheld (`span`), and the words that say why."""

    span: Span
    sentence: int
    reason: Span | None


class _Report:
    """One report's text with its sentences and mentions in order, and look-ups by offset."""

    def __init__(
        self, text: str, sentences: Sequence[Span], mentions: Sequence[Mention], published_by: str | None
    ) -> None:
        self.text = text
        self.sentences = sorted(sentences) or [Span(0, max(1, len(text)))]
        self.mentions = sorted((m for m in mentions if m.type in _NAMING), key=lambda m: m.span)
        self.published_by = published_by
        self._sentence_starts = [span.start for span in self.sentences]
        self._mention_starts = [mention.span.start for mention in self.mentions]

    def sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentences_with(self, stems: Sequence[str]) -> Sequence[int]:
        """Sentences that hold one of the stems, in order. Most hold none, and finding that out is cheap."""
        low = self.text.lower()
        low = low if len(low) == len(self.text) else self.text  # a few letters change length in lower case
        found = set()
        for stem in stems:
            at = low.find(stem)
            while at >= 0:
                sentence = self.sentence_at(at)
                found.add(sentence)
                at = low.find(stem, max(at + 1, self.sentences[sentence].end))
        return sorted(found)

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that covers `offset`, if any."""
        for k in range(bisect_right(self._mention_starts, offset) - 1, -1, -1)[:3]:
            if self.mentions[k].span.end > offset:
                return self.mentions[k]
        return None

    def mentions_within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin between two offsets; of very many, the last."""
        last = bisect_left(self._mention_starts, end)
        return self.mentions[max(bisect_left(self._mention_starts, start), last - _CROWDED) : last]

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words that the report writes in lower case somewhere: no names."""
        return frozenset(re.findall(r"\b[a-z][a-z'’-]+", self.text))

    @cached_property
    def titled(self) -> Mapping[str, int]:
        """Role words that stand beside a person's name -> where first: "Gov. Ann Lee", "Ann Lee, a researcher at"."""
        found: dict[str, int] = {}
        for mention in self.mentions:
            if mention.type == "person":
                for word in self._beside(mention.span):
                    found.setdefault(word, mention.span.start)
        return found

    def _beside(self, span: Span) -> Iterator[str]:
        before = re.findall(r"[\w’'-]+", self.text[max(0, span.start - 40) : span.start].rpartition("\n")[2])[-3:]
        inside = re.findall(r"[\w’'-]+", span.of(self.text))[:-1]
        after = self.text[span.end : span.end + 90]
        apposition = re.match(r",\s((?:an?\s|the\s|who\s(?:is|was)\s)?[^,.;:\n“\"]{3,80})", after)
        later = re.findall(r"[\w’'-]+", apposition.group(1)) if apposition else []
        for word in (*before, *inside, *later):
            low = word.lower()
            yield lexicon().titles.get(low, low)

    # -- one phrase

    def phrase(self, span: Span) -> Phrase:
        """Take one source phrase apart."""
        tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(self.text, span.start, span.end)]
        tokens = _without_possessive(tokens) or [(span.of(self.text), span.start)]
        low = [token.lower() for token, _ in tokens]
        pronoun = self._pronoun(span, low)
        if pronoun is not None:
            return pronoun
        first, determiner, counted = _opening(low)
        head = _head(low, first)
        return self._judged(span, tokens, low, first, head, determiner, counted)

    def _pronoun(self, span: Span, low: list[str]) -> Phrase | None:
        words = lexicon().words
        if len(low) > 2 or not low:
            return None
        single = words["singular_pronoun"] | words["thing_pronoun"] | words["own_pronoun"]
        for group in (single, words["plural_pronoun"], words["relative_pronoun"], words["bare"], {"you"}):
            if low[0] in group and (len(low) == 1 or low[1] in ("himself", "herself", "both", "all", "alone")):
                return self._made(
                    span, "pronoun", "none", low[0], low[0] in words["plural_pronoun"], _pronoun_count(low[0]), None
                )
        return None

    def _judged(
        self,
        span: Span,
        tokens: list[tuple[str, int]],
        low: list[str],
        first: int,
        head: int,
        determiner: str,
        counted: Count,
    ) -> Phrase:
        singular, plural = _singular(low[head])
        name = self._name_at(tokens, low, head, first)
        kind: Kind = "name" if name else lexicon().kinds.get(singular, "other")
        if singular == "figure" and plural and set(low[:head]) & lexicon().words["public_figure"]:
            kind = "onlooker"
        known_as = name.type if isinstance(name, Mention) else None
        count = counted if counted != "unknown" else _count(kind, plural, determiner)
        if low[head + 1 : head + 2] == ["and"]:
            count = "several"
        phrase = self._made(span, kind, determiner, singular, plural, count, known_as)
        return replace(phrase, basis=self._basis(phrase, tokens, low, first, head))

    def _made(
        self,
        span: Span,
        kind: Kind,
        determiner: str,
        head: str,
        plural: bool,
        count: Count,
        known_as: MentionType | None,
    ) -> Phrase:
        return Phrase(span, self.sentence_at(span.start), kind, determiner, head, plural, count, known_as, None)

    def _name_at(self, tokens: list[tuple[str, int]], low: list[str], head: int, first: int) -> Mention | bool:
        """The mention at the head of the phrase; True for a capitalised head that no mention covers."""
        word, offset = tokens[head]
        mention = self.mention_at(offset)
        if mention is not None and mention.type == "person":
            return mention
        if low[head] in lexicon().peoples or low[head] in lexicon().words["bare"]:
            return False
        kind = lexicon().kinds.get(_singular(low[head])[0])
        known = kind is not None
        people = low[head].endswith(lexicon().people_endings)
        if mention is not None and kind == "document" and mention.type in ("other", "product"):
            return False  # "the Clean Rivers Act"
        if mention is not None:
            alone = mention.span.start == offset and (known or (people and mention.type in ("group", "other")))
            return False if alone else mention
        if (
            known
            and head > first
            and all(token[0].isupper() for token, _ in tokens[first : head + 1])
            and not _singular(low[head])[1]
        ):
            return True
        if not word[0].isupper() or known or people:
            return False
        opens = offset == self.sentences[self.sentence_at(offset)].start
        return not (opens and low[head] in self.lower_words)

    # -- what the phrase alone says

    def _basis(
        self, phrase: Phrase, tokens: list[tuple[str, int]], low: list[str], first: int, head: int
    ) -> Basis | None:
        if self._is_publisher(phrase, low):
            return "report"
        if phrase.head in lexicon().words["bare"]:
            return "role"
        if phrase.kind == "name" or self._names_apposition(phrase, tokens, head):
            return "named"
        if phrase.kind == "document":
            return "document"
        if phrase.kind == "utterance":
            return "named" if self._modified_by_name(phrase, tokens, first, len(tokens)) else "document"
        if self._is_withheld(phrase, tokens, low, first, head):
            return "anonymous"
        if phrase.kind in ("body", "crowd") and self._modified_by_name(phrase, tokens, first, head):
            return "named"
        if phrase.determiner in ("definite", "possessive") and self._may_stand_for_another(phrase):
            return None
        return "role"

    def _is_publisher(self, phrase: Phrase, low: list[str]) -> bool:
        """Whether it is the report itself: "this newspaper", or the publisher's name; not "the newspaper"."""
        if low[:1] == ["this"] and low[-1] in lexicon().words["publisher_self"]:
            return True
        return self.published_by is not None and _same_name(phrase.span.of(self.text), self.published_by)

    def _names_apposition(self, phrase: Phrase, tokens: list[tuple[str, int]], head: int) -> bool:
        """Whether a person's name follows after a comma: "the campaign's manager, Ann Lee"."""
        if phrase.kind == "document":
            return False
        comma = next((k for k, (token, _) in enumerate(tokens) if k > head and token in (",", "—", "–")), None)
        if [token for token, _ in tokens[head + 1 : head + 2]] == ["and"] and phrase.determiner in (
            "definite",
            "possessive",
        ):
            comma = head + 1  # "the banker and former minister Ann Lee"
        included = next((k for k, (token, _) in enumerate(tokens) if k > head and token == "including"), None)
        if included is not None:
            comma = included  # "several senators, including Ann Lee"
        elif comma is None or (phrase.plural and phrase.determiner != "counted" and comma > head + 1):
            return False
        for token, offset in tokens[comma + 1 :]:
            mention = self.mention_at(offset)
            if mention is not None and mention.type == "person":
                return True
            if token.lower() in lexicon().words["after"] or token == ",":
                return False
        return False

    def _modified_by_name(self, phrase: Phrase, tokens: list[tuple[str, int]], first: int, stop: int) -> bool:
        """Whether a name stands among the tokens: "the Lee campaign", "a statement from the Lee ministry"."""
        modifiers = tokens[first:stop]
        return any(
            self.mention_at(offset) is not None or (k and token[0].isupper())
            for k, (token, offset) in enumerate(modifiers)
        )

    def _is_withheld(
        self, phrase: Phrase, tokens: list[tuple[str, int]], low: list[str], first: int, head: int
    ) -> bool:
        words, nouns = lexicon().words, lexicon().nouns
        modifiers = set(low[:head])
        if modifiers & words["withheld"] or phrase.head in nouns["withheld"]:
            return True
        if phrase.kind not in ("insider", "onlooker"):
            return False
        if phrase.determiner != "none" or phrase.plural:
            if self._is_familiar(tokens, head):
                return True
        if phrase.kind == "onlooker":
            return False
        return phrase.determiner in ("indefinite", "counted") or bool(
            phrase.determiner == "none" and modifiers & words["rank"]
        )

    def _is_familiar(self, tokens: list[tuple[str, int]], head: int) -> bool:
        """Whether inside knowledge is claimed right after the head, in the phrase or beyond it."""
        word, offset = tokens[head]
        return lexicon().familiar.match(self.text, offset + len(word)) is not None

    def _may_stand_for_another(self, phrase: Phrase) -> bool:
        return phrase.kind in ("insider", "spokesperson", "onlooker", "body", "other")


def _same_name(one: str, other: str) -> bool:
    """Whether two names are equal but for the article, or one is the other's initials: "AP", "The Associated Press"."""
    first, second = (re.sub(r"^[Tt]he\s", "", name.strip()) for name in (one, other))
    initials = {
        "".join(word[0] for word in name.split() if word[0].isupper()) for name in (first, second) if " " in name
    }
    return first == second or first in initials or second in initials


def _without_possessive(tokens: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The tokens, a final `'s` cut off."""
    if not tokens:
        return []
    word, offset = tokens[-1]
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending) and len(word) > len(ending):
            return [*tokens[:-1], (word[: -len(ending)], offset)]
    return tokens


def _opening(low: list[str]) -> tuple[int, str, Count]:
    """Where the noun phrase proper begins, its determiner, and the count the determiner tells."""
    words = lexicon().words
    start = 1 if low[0] in ("among", "at", "about", "only", "even", "just", "both") and len(low) > 1 else 0
    start += 1 if low[start : start + 1] in (["least"], ["all"]) and start + 1 < len(low) else 0
    for k in range(start, min(start + 4, len(low) - 1)):
        if low[k] in words["after"]:
            break
        if low[k + 1] == "of" and low[k] in words["partitive"] and k + 2 < len(low):
            return _partitive(low, k)
    determiner, count = _determiner(low[start:])
    return start, determiner, count


def _partitive(low: list[str], k: int) -> tuple[int, str, Count]:
    """What stands after "of": "one of his advisers" counts advisers; "some of them" does not count."""
    table = lexicon().determiners
    inner = k + 2
    while inner < len(low) - 1 and low[inner] in table["definite"] | table["possessive"]:
        inner += 1
    if low[k] in table["counted"] | {"number", "pair", "handful", "couple", "trio", "group"}:
        return inner, "counted", "one" if low[k] == "one" else "several"
    return inner, "quantified", "several" if low[k] != "none" else "unknown"


def _determiner(low: list[str]) -> tuple[str, Count]:
    table = lexicon().determiners
    count: Count = "unknown"
    leading = low[: next((k for k, word in enumerate(low[:3]) if word in lexicon().words["after"]), 3)]
    if any(word in table["counted"] or _is_few(word) for word in leading) and low[0] not in table["quantified"]:
        count = "one" if "one" in leading else "several"
    if low[0] in table["indefinite"]:
        return "indefinite", "one" if count == "unknown" else count
    if low[0] in table["definite"]:
        return "definite", count
    if low[0] in table["possessive"] or any(
        word.endswith(("'s", "’s", "s'", "s’")) for word in low[: len(leading) + 1]
    ):
        return "possessive", count
    if low[0] in table["quantified"] or "%" in low[:2] or "percent" in low[:3]:
        return "quantified", "unknown"
    return ("counted", count) if count != "unknown" else ("none", count)


def _is_few(word: str) -> bool:
    """Whether a numeral counts people one could name; larger numbers count crowds, or are years."""
    return word.isdigit() and len(word) <= 2 and 1 < int(word) <= 12


def _head(low: list[str], first: int) -> int:
    """The last word of the noun phrase that begins at `first`, before any comma, preposition or clause."""
    after = lexicon().words["after"]
    end = first + 1
    while end < len(low) and low[end] not in after and (low[end][0].isalnum() or low[end] in (".", "'", "’", "&", "%")):
        end += 1
    while end - 1 > first and not low[end - 1][0].isalnum():
        end -= 1
    return end - 1


@cache
def _plain_plural(word: str) -> str | None:
    kinds = lexicon().kinds
    if word.endswith("ies") and word[:-3] + "y" in kinds:
        return word[:-3] + "y"
    return next((word[:-n] for n in (1, 2) if word.endswith("s") and word[:-n] in kinds), None)


def _singular(word: str) -> tuple[str, bool]:
    """The singular of a noun and whether the word was a plural."""
    known = lexicon()
    if word in known.plurals:
        return known.plurals[word], known.plurals[word] != word
    if word in known.kinds:
        return word, False
    singular = _plain_plural(word)
    if singular is not None:
        return singular, True
    plural = word in known.peoples or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
    return (word[:-1] if plural and word.endswith("s") else word), plural


def _pronoun_count(word: str) -> Count:
    words = lexicon().words
    if word in words["singular_pronoun"] or word in ("i", "me", "my", "one", "another", "someone", "somebody"):
        return "one"
    return (
        "several"
        if word in ("both", "several", "two", "three", "we", "us", "our", "others", "many", "some", "few")
        else "unknown"
    )


def _count(kind: Kind, plural: bool, determiner: str) -> Count:
    if kind == "name":
        return "one"
    if kind == "crowd" or determiner == "quantified":
        return "several" if plural else "unknown"
    return "several" if plural else "one"


# ---------------------------------------------------------------------------------------------- withheld names


def withheld_names(text: str, sentences: Sequence[Span]) -> tuple[Withholding, ...]:
    """Every place where a report says that it withholds a name, with the reason it gives, in order."""
    report = _Report(text, sentences, (), None)
    return tuple(_withholdings(report))


def _withholdings(report: _Report) -> Iterator[Withholding]:
    told = 0
    for sentence in report.sentences_with(lexicon().anchors):
        span = report.sentences[sentence]
        for match in lexicon().withheld_name.finditer(report.text, span.start, span.end):
            if match.start() < told:
                continue  # "because they were not authorized to speak" is a reason already
            reason = _reason(report.text, span, match)
            told = reason.end if reason is not None else match.end()
            yield Withholding(Span(*match.span()), sentence, reason)


def _reason(text: str, sentence: Span, match: re.Match[str]) -> Span | None:
    """The reason after the words that withhold a name; else before them; else those words, if they are one."""
    known = lexicon()
    end = max(sentence.end, match.end())
    after = known.reason.search(text, match.end(), min(end, match.end() + 120))
    if known.self_reason.match(match.group()):
        return _self_reason(text, sentence, match, end)
    if after is not None and not re.search(r"[;:\"“”]", text[match.end() : after.start()]):
        return _clause(text, after.end() if after["opening"] else after.start(), end)
    before = known.reason.match(text, sentence.start, match.start())
    if before is not None:
        return _clause(text, before.end() if before["opening"] else before.start(), match.start())
    return None


def _self_reason(text: str, sentence: Span, match: re.Match[str], end: int) -> Span | None:
    """The clause "(they) were not authorized to speak publicly", from its pronoun or auxiliary on."""
    begin = match.start()
    while begin > sentence.start and not text[begin - 1].isspace():
        begin -= 1
    found = _AUXILIARY.search(text, max(sentence.start, begin - 60), begin)
    if found is not None:
        begin = found.start("subject") if found["subject"] else found.start("auxiliary")
    return _clause(text, begin, end, match.end())


def _clause(text: str, start: int, end: int, at_least: int | None = None) -> Span | None:
    """From `start` to where the clause ends: its sentence's end, a comma, a quotation mark, or the main verb."""
    end = min(end, start + _LONGEST_REASON)
    for stop in lexicon().reason_end.finditer(text, max(at_least or 0, min(start + 8, end)), end):
        if stop["verb"] is None or _ends_before_verb(text, start, stop.start()):
            end = stop.start()
            break
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;!?’'\"”"):
        end -= 1
    return Span(start, end) if start < end else None


def _ends_before_verb(text: str, start: int, verb: int) -> bool:
    """Whether the verb belongs to the main clause: "because talks are private said", not "because lawyers warned"."""
    words = [word.lower() for word in re.findall(r"[\w’'-]+", text[start:verb])]
    finite = lexicon().words["finite"]
    return bool(words) and words[-1] not in finite and (words[0] in ("to", "for", "of") or bool(finite & set(words)))


# ---------------------------------------------------------------------------------------------- settling


class _Settling:
    """The sources of one report, in order of the text, and what each stands for."""

    def __init__(self, report: _Report, spans: Sequence[Span]) -> None:
        self.report = report
        self.phrases = [report.phrase(span) for span in sorted(set(spans))]
        self.basis: list[Basis | None] = [phrase.basis for phrase in self.phrases]
        self.reason: list[Span | None] = [None] * len(self.phrases)
        self.stands_for: list[int | None] = [None] * len(self.phrases)
        self.roots = list(range(len(self.phrases)))
        self.by_sentence: dict[int, list[int]] = {}
        for k, phrase in enumerate(self.phrases):
            self.by_sentence.setdefault(phrase.sentence, []).append(k)

    def _sources_in(self, sentence: int, offset: int) -> list[int]:
        """The sources of a sentence, in order; of a sentence that holds very many, those near `offset`."""
        found = self.by_sentence.get(sentence, [])
        if len(found) <= _CROWDED:
            return found
        at = bisect_left(found, offset, key=lambda k: self.phrases[k].span.start)
        return found[max(0, at - _CROWDED // 2) : at + _CROWDED // 2]

    def settled(self) -> dict[Span, Source]:
        for k in range(len(self.phrases)):
            if self.basis[k] is None:
                self._look_back(k)
        for withholding in _withholdings(self.report):
            self._withhold(withholding)
        self._settle_roots()
        return {phrase.span: self._source(k) for k, phrase in enumerate(self.phrases)}

    def _settle_roots(self) -> None:
        """What each source stands for in the end: a withholding may have cut a chain of pronouns."""
        for k, parent in enumerate(self.stands_for):
            self.roots[k] = k if parent is None else self.roots[parent]

    def _source(self, k: int) -> Source:
        root = self._root(k)
        basis = self.basis[root] or "role"
        count = self.phrases[k].count
        if count == "unknown":
            count = self.phrases[root].count
        return Source(self.phrases[k].span, basis, self.reason[root] if basis == "anonymous" else None, count)

    def _root(self, k: int) -> int:
        return self.roots[k]

    # -- what a pronoun or a short form stands for

    def _look_back(self, k: int) -> None:
        phrase = self.phrases[k]
        found: int | Basis | None
        if phrase.kind == "pronoun":
            found = self._pronoun(k, phrase)
        elif phrase.kind in _PERSONS or phrase.kind == "other":
            found = self._same_person(k, phrase)
        else:
            found = self._same_body(k, phrase)
        if isinstance(found, int):
            self.stands_for[k] = found
            self.roots[k] = self.roots[found]
        else:
            self.basis[k] = found or "role"

    def _pronoun(self, k: int, phrase: Phrase) -> int | Basis | None:
        words = lexicon().words
        if phrase.head in words["relative_pronoun"]:
            return self._before_relative(phrase)
        if phrase.head in words["own_pronoun"]:
            return self._speaker_around(k)
        if phrase.head in words["singular_pronoun"]:
            return self._nearest(k, self._is_one_person, ("person",))
        if phrase.head in words["thing_pronoun"]:
            return self._nearest(k, self._is_thing, ("organization", "place"))
        if phrase.head in words["plural_pronoun"] or phrase.head in ("both", "all", "two", "three", "those", "these"):
            return self._nearest(k, self._is_many, ("organization",)) if phrase.head != "these" else "role"
        if phrase.head in ("one", "another", "several"):
            return self._one_of(k)
        return "role"

    def _before_relative(self, phrase: Phrase) -> int | Basis | None:
        """What "who" stands for in "Ann Lee, who" and "officials who": the noun phrase that ends before it."""
        report, start = self.report, phrase.span.start
        sentence = report.sentences[phrase.sentence]
        begin = max(sentence.start, start - 120)
        tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(report.text, begin, start)]
        while tokens and not tokens[-1][0][0].isalnum():
            tokens.pop()
        if not tokens:
            return None
        if report.mention_at(tokens[-1][1]) is not None:
            return "named"
        span = _noun_phrase_back(tokens, start)
        before = report.text[max(0, span.start - 2) : span.start].strip()
        if before == "," and report.mention_at(span.start - 3) is not None:
            return "named"
        return report.phrase(span).basis or "role"

    def _speaker_around(self, k: int) -> int | Basis | None:
        """Who "I" and "we" are: whoever is quoted, so the nearest other source, first in the same sentence."""
        here = self.phrases[k].sentence
        own = lexicon().words["own_pronoun"]
        for sentence in (here, here - 1, here + 1, here - 2):
            near = self._sources_in(sentence, self.phrases[k].span.start)
            others = [j for j in near if self.phrases[j].head not in own and j != k]
            others = [j for j in others if self._root(j) != k]
            if others:
                nearest = min(others, key=lambda j: abs(self.phrases[j].span.start - self.phrases[k].span.start))
                return nearest if nearest < k or self.basis[nearest] is not None else None
        return None

    def _nearest(self, k: int, fits: Any, types: tuple[MentionType, ...]) -> int | Basis | None:
        """The nearest earlier source that fits, or, in a nearer sentence, a name of a fitting type."""
        report, phrase = self.report, self.phrases[k]
        for sentence in range(phrase.sentence, max(-1, phrase.sentence - _REACH - 1), -1):
            for j in reversed(self._sources_in(sentence, phrase.span.start)):
                if j < k and fits(self._root(j), j):
                    return j
            span = report.sentences[sentence]
            end = min(span.end, phrase.span.start)
            if any(m.type in types for m in report.mentions_within(span.start, end)):
                return "named"
            if types == ("person",) and lexicon().introduced.match(report.text, span.start, end):
                return "anonymous"
        return None

    def _is_one_person(self, root: int, j: int) -> bool:
        phrase = self.phrases[root]
        if phrase.kind == "name":
            return phrase.known_as in (None, "person") and phrase.count != "several"
        one = phrase.head in lexicon().words["singular_pronoun"]
        return one or (phrase.kind in _PERSONS | {"other"} and not phrase.plural and phrase.count != "several")

    def _is_thing(self, root: int, j: int) -> bool:
        phrase = self.phrases[root]
        return phrase.kind in ("body", "document", "crowd") or (phrase.kind == "name" and phrase.known_as != "person")

    def _is_many(self, root: int, j: int) -> bool:
        phrase = self.phrases[root]
        many = phrase.plural or phrase.count == "several" or phrase.kind in ("body", "crowd")
        return phrase.kind != "document" and (many or self.basis[root] == "anonymous")

    def _one_of(self, k: int) -> int | Basis | None:
        """A person out of the nearest group: "one said" after "two aides"."""
        for j in range(k - 1, max(-1, k - 4), -1):
            phrase = self.phrases[self._root(j)]
            if phrase.plural or phrase.count == "several":
                return "anonymous" if phrase.kind == "insider" else self._root(j)
        return "role"

    def _same_person(self, k: int, phrase: Phrase) -> int | Basis | None:
        """Who "the official" is: an earlier source of that noun, else a person with that title."""
        nouns = lexicon().nouns
        for j in range(k - 1, max(-1, k - 13), -1):
            other = self.phrases[j]
            if other.head == phrase.head and other.plural == phrase.plural and other.kind != "name":
                return j
        if phrase.determiner == "possessive":
            return "role"
        if not phrase.plural and self.report.titled.get(phrase.head, phrase.span.start) < phrase.span.start:
            return "named"
        if phrase.head in nouns["core"]:
            return self._insider_again(k, phrase)
        if phrase.plural or phrase.kind in ("onlooker", "spokesperson"):
            return "role"
        return "named" if self._nearest(k, self._is_one_person, ("person",)) is not None else "role"

    def _insider_again(self, k: int, phrase: Phrase) -> int | Basis | None:
        """Who "the official" is if no source was one: an anonymous source near, or an official just introduced."""
        report = self.report
        for j in range(k - 1, max(-1, k - 4), -1):
            root = self._root(j)
            if self.basis[root] == "anonymous" and phrase.sentence - self.phrases[j].sentence <= _REACH:
                return j
        first = report.sentences[max(0, phrase.sentence - _REACH)].start
        if lexicon().introduced.search(report.text, first, phrase.span.start):
            return "anonymous"
        if not phrase.plural and len(phrase.span) < _SHORT_FORM:
            return "anonymous"
        return (
            "named" if not phrase.plural and self._nearest(k, self._is_one_person, ("person",)) is not None else "role"
        )

    def _same_body(self, k: int, phrase: Phrase) -> int | Basis | None:
        """What "the group" is: an earlier source of that noun, else an organisation named shortly before."""
        for j in range(k - 1, max(-1, k - 9), -1):
            if self.phrases[j].head == phrase.head and self.phrases[j].kind == phrase.kind:
                return j
        if phrase.determiner == "possessive":
            return "named" if self._nearest(k, self._is_one_person, ("person",)) is not None else "role"
        found = self._nearest(k, self._is_thing, ("organization",))
        return (
            "named"
            if found == "named" or (isinstance(found, int) and self.basis[self._root(found)] == "named")
            else "role"
        )

    # -- words that withhold a name

    def _withhold(self, withholding: Withholding) -> None:
        """Make the source that a withholding speaks of anonymous, with its reason; no source, no effect."""
        k = self._speaks_of(withholding)
        if k is None:
            return
        root = self._root(k)
        if self.basis[root] in ("named", "document", "report"):
            self.stands_for[k] = None
            self.roots[k] = root = k  # whoever it was taken for, it is somebody else
        self.basis[root] = "anonymous"
        self.reason[root] = self.reason[root] or withholding.reason

    def _speaks_of(self, withholding: Withholding) -> int | None:
        here = self._sources_in(withholding.sentence, withholding.span.start)
        here = [k for k in here if self._can_be_anonymous(k)]
        if here:
            return min(here, key=lambda k: self._distance(k, withholding.span))
        if not self._goes_on(withholding):
            return None
        for away in (-1, -2, 1, -3):
            found = self._sources_in(withholding.sentence + away, withholding.span.start)
            near = [k for k in found if self._can_be_anonymous(k)]
            if near:
                return max(near, key=lambda k: (self.basis[self._root(k)] == "anonymous", k))
        return None

    def _goes_on(self, withholding: Withholding) -> bool:
        """Whether the sentence goes on about somebody told of before: "They spoke ...", "The official was not ..."."""
        first = _TOKEN.search(self.report.text, self.report.sentences[withholding.sentence].start)
        return first is not None and first.group().lower() in lexicon().words["resuming"]

    def _can_be_anonymous(self, k: int) -> bool:
        phrase, words = self.phrases[k], lexicon().words
        if phrase.kind == "pronoun":
            return phrase.head not in words["thing_pronoun"] | words["own_pronoun"]
        if phrase.kind in ("name", "body", "document", "utterance") or phrase.basis == "named":
            return False
        return not (phrase.kind == "onlooker" and phrase.determiner == "possessive")

    def _distance(self, k: int, span: Span) -> tuple[int, int]:
        """Sources that hold the words come first, then those before them, then those after; nearer ones first."""
        own = self.phrases[k].span
        if own.contains(span):
            return 0, len(own)
        return (1, span.start - own.end) if own.start < span.start else (1, own.start - span.end + 20)


def _noun_phrase_back(tokens: list[tuple[str, int]], end: int) -> Span:
    """From the last determiner before the end, or the run of words that no preposition or punctuation breaks."""
    table, after = lexicon().determiners, lexicon().words["after"]
    begin = len(tokens) - 1
    while begin > 0 and len(tokens) - begin < 7:
        low = tokens[begin][0].lower()
        if (
            low
            in table["indefinite"] | table["definite"] | table["counted"] | table["quantified"] | table["possessive"]
        ):
            break
        before = tokens[begin - 1][0].lower()
        if before in after or not before[0].isalnum():
            break
        begin -= 1
    return Span(tokens[begin][1], end)


# ---------------------------------------------------------------------------------------------- the verbs


def describe_sources(
    text: str,
    sentences: Sequence[Span],
    sources: Sequence[Span | None],
    mentions: Sequence[Mention],
    *,
    published_by: str | None = None,
) -> tuple[Source, ...]:
    """How each source of a report is known, in the order given.

    Args:
        text: the report's text.
        sentences: its sentences, in order.
        sources: the source span of each statement; None is the report's own voice.
        mentions: the names in the report.
        published_by: who publishes it; its own name as a source is the report's own voice.
    """
    report = _Report(text, sentences, mentions, published_by)
    settled = _Settling(report, [span for span in sources if span is not None]).settled()
    return tuple(Source(None, "report") if span is None else settled[span] for span in sources)


def describe_source(
    text: str,
    sentences: Sequence[Span],
    source: Span | None,
    mentions: Sequence[Mention],
    *,
    published_by: str | None = None,
) -> Source:
    """How one source is known, as far as its own words and the names around it tell."""
    return describe_sources(text, sentences, [source], mentions, published_by=published_by)[0]


def settle_bases(
    text: str, sentences: Sequence[Span], described: Sequence[Source], mentions: Sequence[Mention]
) -> tuple[Source, ...]:
    """Sources described one by one, settled together: pronouns and short forms inherit basis and reason.

    A basis of "report" that was found before is kept.
    """
    together = describe_sources(text, sentences, [source.span for source in described], mentions)
    return tuple(old if old.basis == "report" else new for old, new in zip(described, together, strict=True))
