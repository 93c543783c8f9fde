"""Questions that the reading of positions asks of a sentence: of its tree, which may be wrong, and its words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from onrecord.lemmas import event_lemma, lemma
from onrecord.record.positions.lexicon import lexicon, words_of
from onrecord.syntax import Syntax

NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_PARTICLES = frozenset(("ADP", "ADV"))
_INTO_PHRASE = frozenset(("ADV", "PUNCT", "DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "SYM", "CCONJ"))
_IDLE_TAGS = frozenset(("PUNCT", "CCONJ", "ADP", "DET", "SCONJ"))
_HYPHENS = frozenset("-‐‑")
_LONGEST = 14
_LONG_REACH = 12
_FILLED = frozenset(("obj", "iobj", "xcomp", "ccomp"))
_BORDERS = frozenset(";:.—")
_FAR = 60
_ASTRAY = 5
"""Words behind the noun right behind a preposition at which another one is a wrong tree's."""
_QUOTES = frozenset("“”\"'‘’")


@dataclass(frozen=True)
class Clauses:
    """The words of a report, as attitudes and their complements are looked for in them."""

    syntax: Syntax

    @cached_property
    def ends(self) -> list[int]:
        """For each word the first word beyond its sentence."""
        sentence = self.syntax.words.sentence
        ends = [len(sentence)] * len(sentence)
        for word in range(len(sentence) - 2, -1, -1):
            ends[word] = ends[word + 1] if sentence[word] == sentence[word + 1] else word + 1
        return ends

    def base(self, word: int) -> str:
        """The base form; with its particle where it has one ("pull_out")."""
        form = lemma(self.syntax.form(word), self.syntax.tag(word))
        if self.syntax.tag(word) != "VERB":
            return form
        particle = self.particle(word)
        return form if particle is None else f"{form}_{self.syntax.folded(particle)}"

    def event(self, word: int) -> str:
        """The verb that a word stands for: "withdrawal": withdraw."""
        tag = self.syntax.tag(word)
        if self.is_participle(word):
            return lemma(self.syntax.form(word), "VERB")
        return self.base(word) if tag == "VERB" else event_lemma(self.syntax.form(word), tag)

    def particle(self, verb: int) -> int | None:
        """The particle of a verb."""
        for child in self.syntax.children[verb]:
            relation, near = self.relation(child), 0 < child - verb <= 4
            if relation == "compound" and near and self.syntax.tag(child) in _PARTICLES:
                return child
            if relation == "advmod" and child == verb + 1 and self._is_with_particle(verb, child):
                return child
        return None

    def _is_with_particle(self, verb: int, word: int) -> bool:
        """Whether the tables know the verb together with the word behind it, which the tree takes for an adverb."""
        base = f"{lemma(self.syntax.form(verb), 'VERB')}_{self.syntax.folded(word)}"
        return base in lexicon().effects or ("verb", base) in lexicon().expressions

    def relation(self, word: int) -> str:
        """The relation to its head."""
        return self.syntax.words.relation[word]

    def head(self, word: int) -> int:
        """The word it depends on."""
        return self.syntax.words.head[word]

    def children(self, word: int, *relations: str) -> list[int]:
        """The dependents by one of the relations, in order; of a word with very many, those near it."""
        found = self.syntax.children[word]
        if len(found) > _FAR:
            found = found[bisect_left(found, word - _FAR) : bisect_left(found, word + _FAR)]
        return [child for child in found if self.relation(child) in relations]

    def case(self, word: int) -> str:
        """The preposition before a noun phrase, in lower case; "" where none stands there."""
        marks = [c for name in ("case", "mark") for c in reversed(self.children(word, name)) if c < word]
        return self.syntax.folded(marks[0]) if marks else ""

    def is_gerund(self, word: int) -> bool:
        """Whether a word tagged otherwise is a verb's "-ing" form with an object: "legalising betting"."""
        if self.syntax.tag(word) not in ("ADJ", "NOUN") or not self.syntax.folded(word).endswith("ing"):
            return False
        return any(child > word for child in self.children(word, "obj"))

    def is_participle(self, word: int) -> bool:
        """Whether a word tagged an adjective is a participle that the tables know as a verb: "wants it *outlawed*"."""
        if self.syntax.tag(word) != "ADJ" or not self.syntax.folded(word).endswith("ed"):
            return False
        return lemma(self.syntax.form(word), "VERB") in lexicon().effects

    def begin_of_tied(self, word: int) -> int:
        """The first of the words that hyphens tie to it from the left: "state-owned", not "OSLO (AP) - Unions"."""
        starts, ends = self.syntax.words.starts, self.syntax.words.ends
        for _ in range(4):
            if word < 2 or self.syntax.form(word - 1) not in _HYPHENS or ends[word - 2] < starts[word] - 1:
                return word
            word -= 2
        return word

    def preposition(self, noun: int) -> str:
        """The preposition of a noun phrase, or what stands before it where the tree hangs that elsewhere."""
        found = self.case(noun)
        first = self.syntax.noun_phrase_words(noun)[0]
        if found or first == 0:
            return found
        return self.syntax.folded(first - 1) if self.syntax.tag(first - 1) == "ADP" else ""

    def is_nominal(self, word: int) -> bool:
        """Whether it is a noun, a name or a pronoun."""
        return self.syntax.tag(word) in NOMINAL

    def is_object(self, word: int) -> bool:
        """Whether it is a noun phrase without preposition behind its verb, whatever the tree calls it."""
        if self.relation(word) == "obj":
            return self.is_nominal(word)
        if self.relation(word) == "nsubj" and self.syntax.tag(word) == "NOUN":
            return self._is_second_subject(word)
        listed = self.relation(word) in ("obl", "xcomp", "ccomp") and self.syntax.tag(word) in _NOUNS
        free = not self.preposition(word) or self._is_behind_particle(word)
        return listed and self.head(word) < word and free and not self.children(word, "cop", "nsubj")

    def _is_second_subject(self, noun: int) -> bool:
        """Whether a wrong tree has what stands right behind a verb as one more subject of it."""
        verb = self.head(noun)
        first = self.syntax.noun_phrase_words(noun)[0]
        before = any(child < verb for child in self.children(verb, "nsubj"))
        return before and self.syntax.tag(verb) == "VERB" and verb + 1 == first

    def _is_behind_particle(self, noun: int) -> bool:
        """Whether what stands before it is but a particle of its verb: "turned *down* calls"."""
        between = range(self.head(noun) + 1, noun)
        particles = (c for c in between if self.relation(c) == "compound" and self.syntax.tag(c) == "ADP")
        return any(self.syntax.folded(c) == self.preposition(noun) for c in particles)

    def object_beside(self, verb: int) -> int | None:
        """The head of the noun phrase right behind a verb without object, where the tree hangs it on a later verb."""
        if any(child > verb and self.relation(child) in _FILLED for child in self.syntax.children[verb]):
            return None
        found = None
        for at in range(verb + 1, min(verb + _LONG_REACH, self.ends[verb])):
            if self.syntax.tag(at) in ("NOUN", "PROPN"):
                found = at
            elif found is not None or self.syntax.tag(at) not in ("DET", "ADJ", "NUM"):
                break
        return found if found is not None and self.head(found) != verb else None

    def is_relative(self, verb: int) -> bool:
        """Whether the subject of the verb is "which" or "who"."""
        subject = self.syntax.own_subject(verb)
        return subject is not None and subject < verb and self.syntax.folded(subject) in ("which", "who")

    def related_object(self, verb: int) -> int | None:
        """What "which" stands for where it is the object: "an amnesty, which they have demanded"."""
        for child in self.children(verb, "obj"):
            if child < verb and self.syntax.folded(child) in ("which", "that", "whom"):
                noun = self.head(verb) if self.relation(verb) == "acl" else verb
                known = noun < child and self.syntax.tag(noun) in _NOUNS
                return noun if known else self._right_before_which(child)
        return None

    def _right_before_which(self, relative: int) -> int | None:
        noun = relative - 1 - (self.syntax.form(relative - 1) == ",")
        return noun if noun >= 0 and self.syntax.tag(noun) in _NOUNS else None

    def noun_before_which(self, verb: int, reach: int) -> int | None:
        """The noun that "which" or "that" at most `reach` words before the verb stands for."""
        for word in range(verb - 1, max(0, verb - reach), -1):
            if self.ends[word] != self.ends[verb]:
                return None
            if self.syntax.folded(word) in ("which", "that"):
                noun = word - 1 - (self.syntax.form(word - 1) == ",")
                while self._is_part(noun):
                    noun = self.head(noun)
                return noun if self.is_nominal(noun) else None
        return None

    def _is_part(self, noun: int) -> bool:
        """Whether it only says more of the noun before it: "a cut in *subsidies*", but not "opposition to a *cut*"."""
        inner = self.relation(noun) in ("nmod", "flat", "compound") and self.head(noun) < noun
        return inner and self.case(noun) not in ("to", "for", "against", "on", "about")

    def is_negated(self, word: int) -> bool:
        """Whether "not", "never" or the like hangs on the word, or "no" on its verb."""
        return any(
            self.syntax.folded(child).replace("’", "'") in words_of("negation words")
            for child in self.children(word, "advmod", "det", "cc", "amod", "aux")
        )

    def is_joined_to_negated(self, word: int) -> bool:
        """Whether the clause shares the subject and the "not" of the one before: "did not arm them or call for war"."""
        head = self.head(word)
        shares = self.relation(word) == "conj" and not self.children(word, "nsubj", "aux")
        joined = {self.syntax.folded(child) for child in self.children(word, "cc")}
        return shares and bool(joined & {"or", "nor"}) and self.is_negated(head)

    def is_no_longer(self, word: int) -> bool:
        """Whether it is said to be no longer so."""
        for near in range(word - 1, max(0, word - 5), -1):
            if self.syntax.tag(near) in ("VERB", "CCONJ"):
                return False  # "no longer opposed it but wanted a vote"
            if self.syntax.folded(near) == "longer" and self.syntax.folded(near - 1) in ("no", "any"):
                return True
        return False

    def infinitive(self, word: int) -> tuple[int, int | None] | None:
        """The verb of the "to" that follows, and the noun between that is to do it: "urged ministers to resign"."""
        mover = None
        for at in range(word + 1, min(word + _LONGEST, self.ends[word])):
            folded, tag = self.syntax.folded(at), self.syntax.tag(at)
            verb = self.head(at)
            if folded == "to" and verb > at and self.syntax.tag(verb) in ("VERB", "AUX") and verb - at <= 3:
                return verb, mover
            if not self._may_stand_between(at, word) or folded in (",", ";", ":", ".", "that"):
                return None
            if mover is None and (tag in NOMINAL or self._is_some(at)) and self._stands_alone(at):
                mover = at
        return None

    def _is_some(self, word: int) -> bool:
        """Whether a determiner stands for people: "led some to resign"."""
        return self.syntax.tag(word) == "DET" and self.syntax.folded(word) in words_of("members some")

    def _stands_alone(self, noun: int) -> bool:
        """Whether a noun heads a phrase without preposition, whatever the tree hangs it on."""
        if self.relation(noun) in ("obj", "nsubj", "iobj"):
            return True
        return (
            self.relation(noun) in ("nmod", "appos", "obl") and not self.preposition(noun) and not self._is_owner(noun)
        )

    def _is_owner(self, noun: int) -> bool:
        if self.syntax.tag(noun) == "PRON" and self.syntax.folded(noun) not in words_of("members some"):
            return True
        return any(self.syntax.tag(c) == "PART" for c in self.children(noun, "case"))

    def _may_stand_between(self, at: int, word: int) -> bool:
        """Whether a word can be part of the noun phrase between an attitude and its infinitive."""
        tag = self.syntax.tag(at)
        return tag in _INTO_PHRASE or (
            tag in ("VERB", "AUX") and self.relation(at) in ("amod", "acl", "compound", "case")
        )

    def behind(self, word: int, preposition: str, reach: int = 5) -> int | None:
        """What a preposition that follows shortly stands before: a noun or a participle."""
        for at in range(word + 1, min(word + 1 + reach, self.ends[word])):
            if self.syntax.folded(at) == preposition and self.relation(at) in ("case", "mark"):
                head = self.head(at)
                if self.syntax.tag(head) == "VERB" and not self.syntax.folded(head).endswith("ing"):
                    return self.noun_right_behind(at) or head  # "of the plan to close", which the tree hangs on "close"
                near = self.noun_right_behind(at)
                far = near is not None and head - near > _ASTRAY and self.head(near) < at
                return head if head > at and not far else near
            beside = at == word + 1 or (at == word + 2 and self.particle(word) == word + 1)  # "has come out against"
            if self.syntax.folded(at) == preposition and beside and self.syntax.tag(at) == "ADP":
                return at + 1 if self._is_doing(at + 1, word) else self.noun_right_behind(at)
            is_border = self.syntax.folded(at) in _BORDERS or (reach < _LONG_REACH and self.syntax.folded(at) == ",")
            if is_border or self.syntax.tag(at) in ("VERB", "SCONJ", "CCONJ"):
                return None
        return None

    def _is_doing(self, at: int, word: int) -> bool:
        return at < self.ends[word] and self.syntax.tag(at) == "VERB" and self.syntax.folded(at).endswith("ing")

    def noun_right_behind(self, word: int) -> int | None:
        """The last noun of the run right behind a preposition that the tree has for an adverb: "stood behind them"."""
        found = None
        for at in range(word + 1, min(word + _LONG_REACH, self.ends[word])):
            if self.syntax.tag(at) in NOMINAL:
                found = at
            elif found is not None and self.syntax.tag(at) == "PART":
                continue  # "for *Morocco's* bid"
            elif found is not None or self.syntax.tag(at) not in ("DET", "ADJ", "NUM"):
                break
        return found

    def complement_words(self, word: int) -> list[int]:
        """The unbroken run of words of a phrase or clause, at most 30, without what only adds to it."""
        left_out = frozenset(("parataxis", "advcl", "appos")) if self.is_nominal(word) else frozenset(("parataxis",))
        inside = {w for w in self.syntax.subtree(word, left_out) if abs(w - word) <= 30}
        inside -= {c for c in self.children(word, "case", "mark", "cc", "punct") if c < word}
        inside -= {
            w
            for c in self.children(word, "conj")
            if self._is_clause(c)
            for w in range(self._begin(c), min(self.ends[c], word + _FAR))
        }
        inside |= {word}
        first = last = word
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside and not self._closes(last + 1, word):
            last += 1
        while last > word and self.syntax.tag(last) in _IDLE_TAGS and self.relation(last) != "compound":
            last -= 1
        while first < word and self.syntax.tag(first) in _IDLE_TAGS:
            first += 1
        return list(range(first, last + 1))

    def _is_clause(self, word: int) -> bool:
        """Whether a joined verb has a subject or auxiliary of its own, and so begins a clause."""
        return self.syntax.tag(word) == "VERB" and bool(self.children(word, "nsubj", "aux"))

    def _begin(self, word: int) -> int:
        """The first of the words that hang on a joined verb from the left."""
        return min((c for c in self.children(word, "cc", "nsubj", "aux", "mark") if word - c < 8), default=word)

    def _closes(self, at: int, word: int) -> bool:
        """Whether the phrase of a word is over at another: at a border of clauses or marks."""
        if self.syntax.tag(at) == "PUNCT":
            return self.syntax.form(at) not in "-–‐‑'’." or at + 1 >= self.ends[word]
        return self.relation(at) == "mark" and self.syntax.folded(at) not in ("to", "of", "from", "for")
