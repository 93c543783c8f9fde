"""What the phrases of one report refer to, by its chains: names pass their actor on to descriptions and pronouns.

A chain of coreference is believed only as far as its names agree on one actor, or, where it holds no name, as far as
one of its phrases is a source or a group that was made an actor. What contradicts that actor's kind (a "she" that would
be a company) stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.actors.naming import Named, Naming
from onrecord.resolve.coreference import Antecedents, Chain
from onrecord.resolve.coreference.lexicon import is_plural, singular, words
from onrecord.spans import Located, Span

_OWN = frozenset(("first_singular", "first_plural", "second"))
"""Pronouns of those who speak or are spoken to: whoever is quoted tells who they are, not a chain."""
_ALONE = frozenset(("masculine", "feminine"))
_BODIES = frozenset(("organization", "government", "group"))
_HAVE_TITLES = frozenset(("flat", "appos", "compound"))
_LONGEST = 80
"""Characters beyond which a phrase is no description but a parser's error."""
_SURE = 2
"""How many times as often as all other actors together one must be named in a chain that names several."""


class Referring:
    """The chains of one report, and the actors they are held to mean.

    Args:
        named: the names of the report.
        chains: those of the report.
        genders: what pronouns and titles tell of persons, by actor; it may be filled after this was made.
    """

    def __init__(self, named: Named, chains: Iterable[Chain], genders: Mapping[str, str]) -> None:
        self._genders, annotations = genders, named.annotations
        self._text, self._words = annotations.report.text, annotations.words
        self._chains = tuple(chains)
        self._antecedents = Antecedents(annotations, self._chains)
        self._actor_of, self._type_of = named.actor_of, named.type_of
        self._located = Located((naming.span, naming) for naming in named.namings)
        self._name_with: dict[int, str] = {}
        self._words_of: defaultdict[str, set[str]] = defaultdict(set)
        self._read_names(named.namings)
        self._named = {id(chain): self._named_in(chain) for chain in self._chains}
        self._told: dict[int, tuple[str, str]] = {}
        self._by_head: dict[int, str] = {}

    def _read_names(self, namings: Iterable[Naming]) -> None:
        starts = self._words.starts
        for naming in namings:
            if (actor := self._actor_of(naming)) is not None:
                self._words_of[actor] |= set(naming.name.casefold().split())
                if not _is_adjective(naming):
                    inside = range(bisect_left(starts, naming.span.start), bisect_left(starts, naming.span.end))
                    self._name_with.update(dict.fromkeys(inside, actor))

    def head(self, span: Span) -> int:
        """The word that the others in `span` depend on; -1 without trees."""
        return self._antecedents.head(span)

    def hangs_on(self, span: Span, word: Span) -> bool:
        """Whether the words at `span` depend on that word in the tree, and not, wrongly, on another."""
        return self.head(span) == self.head(word)

    def named_by(self, head: int) -> str | None:
        """The actor whose name has this word in it."""
        return self._name_with.get(head)

    def told_of(self, head: int) -> str | None:
        """The actor that was learnt of a phrase with this head."""
        return self._by_head.get(head)

    def relative(self, span: Span) -> str | None:
        """The actor of the noun that a clause with "who", "which" or "that" at `span` is about."""
        verb = self._words.head[head] if (head := self.head(span)) >= 0 else -1
        for word in (verb, self._words.head[verb]) if verb >= 0 else ():
            if self._words.relation[word] == "acl":
                noun = self._words.head[word]
                return (
                    self.named_by(noun) or self.told_of(noun) or self.told(self._at(noun)) or self.named(self._at(noun))
                )
        return None

    def _at(self, word: int) -> Span:
        return Span(self._words.starts[word], self._words.ends[word])

    def named(self, span: Span) -> str | None:
        """The actor whose name stands in the chain of the phrase at `span`, if it fits the phrase."""
        chain = self._antecedents.chain(span)
        return self._name_at(span) or (self._fitting(span, self._named[id(chain)]) if chain else None)

    def told(self, span: Span) -> str | None:
        """The actor that was learnt of a phrase with the same head, or in the same chain, if it fits the phrase."""
        head = self.head(span)
        if head >= 0 and head in self._by_head:
            return self._by_head[head]
        chain = self._antecedents.chain(span)
        return self._told_in(chain, span) if chain is not None else None

    def learn(self, span: Span, actor: str) -> None:
        """The phrase at `span` means this actor; so does what refers back to it. What was learnt first counts."""
        head, chain = self.head(span), self._antecedents.chain(span)
        if head >= 0:
            self._by_head.setdefault(head, actor)
        if chain is not None and self._is_reliable(span):
            self._told.setdefault(id(chain), (actor, self._noun(head)))

    def _told_in(self, chain: Chain, span: Span) -> str | None:
        """The actor learnt of a chain, if `span` is a pronoun that fits it or has the noun it was learnt of."""
        actor, noun = self._told.get(id(chain), (None, ""))
        if actor is None or (self._is_reliable(span) and self._noun(self.head(span)) != noun):
            return None
        return self._fitting(span, actor)

    def _form(self, word: int) -> str:
        return self._text[self._words.starts[word] : self._words.ends[word]].lower()

    def _noun(self, head: int) -> str:
        return singular(self._form(head)) if head >= 0 else ""

    def referents(self) -> Iterator[tuple[Span, str]]:
        """Descriptions and pronouns with the actors they mean, unordered."""
        for chain in self._chains:
            named = self._named[id(chain)]
            for span in chain.mentions if named is not None or id(chain) in self._told else ():
                actor = self._fitting(span, named) if named is not None else self._told_in(chain, span)
                if actor is not None and self._adds(span, actor):
                    yield span, actor

    # --- what a chain names ---

    def _named_in(self, chain: Chain) -> str | None:
        """The one actor that the names of a chain mean, or the one that most of them do by far."""
        actors = Counter(actor for span in chain.mentions if (actor := self._name_at(span)) is not None)
        if not actors:
            return None
        (best, count), *_ = sorted(actors.items(), key=lambda item: (-item[1], item[0]))
        return best if count >= _SURE * (actors.total() - count) else None

    def _name_at(self, span: Span) -> str | None:
        """The actor of the name that is the head of the phrase at `span`, or that its head is the title of."""
        head = self.head(span)
        if head < 0:
            return None
        if named := self.named_by(head):
            return named
        if self._words.tag[head] == "NOUN" and is_plural(self._form(head)):
            return None
        inside = (naming for own, naming in self._located.touching(span) if span.contains(own))
        return next((self._actor_of(naming) for naming in inside if self._is_titled(head, naming)), None)

    def _is_titled(self, head: int, naming: Naming) -> bool:
        """Whether the name goes on from, or stands beside, the word: "Minister" in "Minister Ana Ruiz"."""
        word = self.head(naming.span)
        return word > head >= 0 == (self._words.head[word] != head) and self._words.relation[word] in _HAVE_TITLES

    def _adds(self, span: Span, actor: str) -> bool:
        """Whether a phrase tells more than the names do: it is a short one, and no name, least of all another's."""
        head = self.head(span)
        if head < 0 or len(span) > _LONGEST or self.named_by(head) is not None:
            return False
        named = self._name_at(span)
        return named == actor if named is not None else self._words.tag[head] != "PROPN"

    # --- what fits ---

    def _fitting(self, span: Span, actor: str | None) -> str | None:
        """The actor, unless the words at `span` cannot be said of one of its kind."""
        if actor is None:
            return None
        form = span.of(self._text).casefold().replace("’", "'")
        kind, type_ = words().kind_of.get(form), self._type_of(actor)
        if kind is not None:
            return actor if self._pronoun_fits(kind, type_, actor) else None
        return actor if self._noun_fits(span, type_, actor) else None

    def _pronoun_fits(self, kind: str, type_: str, actor: str) -> bool:
        if kind in _ALONE:
            return type_ in ("person", "role") and self._genders.get(actor, kind) == kind
        if kind in _OWN:
            return False
        if kind == "neuter":
            return type_ in _BODIES
        return kind != "plural" or type_ not in ("government", "person")

    def _noun_fits(self, span: Span, type_: str, actor: str) -> bool:
        """Whether a description is of a person or a body, as the actor is. "The government" may be another one."""
        head = self.head(span)
        if head < 0 or self._words.tag[head] == "PROPN":
            return True
        low, lists = self._form(head), words()
        one = singular(low)
        if type_ == "person":
            return one in lists.person_nouns and not is_plural(low)
        if type_ == "government":
            return False
        if one in actor_words().words["titled_bodies"]:
            return one in self._words_of[actor]
        if type_ in ("organization", "group"):
            return one in lists.bodies["organization"] or low in lists.many or is_plural(low)
        return True

    def _is_reliable(self, span: Span) -> bool:
        """Whether a phrase tells what its chain means: not a pronoun."""
        return span.of(self._text).casefold() not in words().kind_of


def kind_of(word: str) -> str | None:
    """The gender of a pronoun, "masculine" or "feminine", if it tells one."""
    kind = words().kind_of.get(word.casefold())
    return kind if kind in _ALONE else None


def _is_adjective(naming: Naming) -> bool:
    return naming.how == "demonym" and not naming.name.endswith("s")


def placed(*tables: Mapping[Span, str]) -> tuple[tuple[Span, str], ...]:
    """Spans with their actors in the order of the text; where tables differ, the first counts."""
    merged = {span: actor for table in reversed(tables) for span, actor in table.items()}
    return tuple(sorted(merged.items()))
