"""What "it", "one" or "the plan" is, where somebody is for or against it: what was told before as wanted or planned.

"The Front wants the state to run the railways. The cabinet is against it": against the state's running them. "The city
plans to tear down the hall. An architect welcomed the plan": the tearing down. "The airline offered a raise. The pilots
rejected the offer": the raise. "They will strike unless it goes. He rejected the ultimatum": what they threaten.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.lemmas import event_lemma
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of
from onrecord.record.positions.propositions import Proposition, Propositions
from onrecord.spans import Span

_PRONOUNS = frozenset(("it", "its", "this", "that"))
_BACK = 70
_LONG_BACK, _FAR = 400, 12
"""Words and sentences back within which "the offer" was told as offered."""
_COMING = frozenset(("will", "would", "'ll", "’ll", "shall"))
_ANAPHORIC = frozenset(("the", "this", "that"))
_QUOTES = frozenset("“”\"'‘’")
_CONDITION, _OFFER, _BEYOND = 20, 14, 2
_RELATIVE = frozenset(("who", "which", "whose", "that", "if"))


class TakingUp:
    """Finds what is taken up in one report: among the propositions of its attitudes, and what it tells to come."""

    def __init__(self, clauses: Clauses, propositions: Propositions) -> None:
        self._clauses, self._propositions = clauses, propositions
        self._told: list[tuple[int, Proposition]] = []

    def note(self, word: int, found: Proposition) -> None:
        """An attitude at `word` was towards this."""
        self._told.append((word, found))

    def is_taking_up(self, complement: int, found: Proposition | None) -> bool:
        """Whether the words only point back: "it", "one", "the plan"."""
        syntax = self._clauses.syntax
        folded = syntax.folded(complement)
        if syntax.tag(complement) in ("PRON", "DET") and folded in _PRONOUNS:
            return True
        if folded == "them":
            return self._are_things(complement)
        if folded == "one" and not self._clauses.children(complement, "nmod", "amod", "acl", "flat", "det"):
            return True
        is_the = complement > 0 and syntax.folded(complement - 1) in _ANAPHORIC
        return is_the and ((found is not None and found.pointing) or self._is_offered(complement))

    def _are_things(self, pronoun: int) -> bool:
        """Whether "them" may be the things that were told last: "the tank deliveries"."""
        last = next((found for word, found in reversed(self._told) if word < pronoun), None)
        text = self._clauses.syntax.text
        return last is not None and not last.somebody and last.phrase.of(text).endswith("s")

    def _is_offered(self, noun: int) -> bool:
        """Whether it is a plain "the offer", "the ultimatum", with nothing behind that says of what."""
        listed = words_of("propositions offered") | words_of("propositions threatened")
        is_plain = not [c for c in self._clauses.syntax.children[noun] if c > noun and self._says_what(c)]
        return self._clauses.base(noun) in listed and self._clauses.syntax.tag(noun) == "NOUN" and is_plain

    def _says_what(self, child: int) -> bool:
        return self._clauses.relation(child) in ("nmod", "acl", "ccomp", "xcomp", "flat", "compound")

    def meant(self, complement: int) -> Proposition | None:
        """What was told last, in the sentence before or the same, as what the words at `complement` mean."""
        shown = self._clauses.syntax.noun_phrase(complement)
        found = self._of_threat(complement) or self._of_offer(complement)
        found = found or self._of_attitude(complement) or self._of_plan(complement)
        return None if found is None else replace(found, shown=shown, pointing=False)

    def _of_attitude(self, complement: int) -> Proposition | None:
        near = ((word, found) for word, found in reversed(self._told) if word < complement)
        word, found = next(near, (0, None))
        if found is None or self._sentences_between(word, complement) > 1:
            return None
        inside = found.shown is None and found.phrase.contains(self._clauses.syntax.span(complement))
        return None if inside else found

    def _sentences_between(self, word: int, later: int) -> int:
        """How many sentences later it is, one that quotes somebody left out."""
        sentence = self._clauses.syntax.words.sentence
        apart = sentence[later] - sentence[word]
        if apart != _BEYOND:
            return apart
        first = self._clauses.ends[word]
        return 1 if self._clauses.syntax.form(first) in _QUOTES else apart

    def _of_offer(self, complement: int) -> Proposition | None:
        """What the report told before under the verb of "the offer": "offered its pilots a raise"."""
        syntax, base = self._clauses.syntax, self._clauses.base(complement)
        if base not in words_of("propositions offered") or syntax.tag(complement) != "NOUN":
            return None
        for word in range(complement - 1, max(-1, complement - _LONG_BACK), -1):
            if syntax.words.sentence[complement] - syntax.words.sentence[word] > _FAR:
                return None
            if syntax.tag(word) == "VERB" and event_lemma(syntax.form(word), "VERB") == event_lemma(base, "NOUN"):
                return self._offered(word, self._clauses.event(complement))
        return None

    def _offered(self, verb: int, concept: str) -> Proposition | None:
        """What is offered, as something done: with the names and nouns of the words behind the verb."""
        syntax, last = self._clauses.syntax, verb
        for word in range(verb + 1, min(verb + _OFFER, self._clauses.ends[verb])):
            if syntax.tag(word) in ("PUNCT", "VERB", "SCONJ") or syntax.folded(word) in _RELATIVE:
                break
            last = word
        while syntax.tag(last) in ("ADP", "DET", "CCONJ", "PRON") and last > verb:
            last -= 1
        nouns = {self._clauses.event(w) for w in range(verb + 1, last + 1) if syntax.tag(w) == "NOUN"}
        if not nouns:
            return None
        phrase = syntax.span(verb, last)
        return Proposition(1, concept, frozenset(), frozenset(nouns), phrase, nominal=False, known=True, done=True)

    def _of_threat(self, complement: int) -> Proposition | None:
        """What the sentence before tells that will be "unless": what an ultimatum threatens with."""
        syntax = self._clauses.syntax
        if self._clauses.base(complement) not in words_of("propositions threatened"):
            return None
        for word in range(complement - 1, max(-1, complement - _BACK), -1):
            if syntax.words.sentence[complement] - syntax.words.sentence[word] > 1:
                return None
            coming = syntax.tag(word) == "VERB" and set(syntax.auxiliaries(word)) & _COMING
            if coming and self._has_condition(word):
                found = self._propositions.read(word, syntax.own_subject(word))
                return None if found is None else replace(found, phrase=self._deed(word), known=True)
        return None

    def _has_condition(self, verb: int) -> bool:
        ahead = range(verb + 1, min(verb + _CONDITION, self._clauses.ends[verb]))
        return any(self._clauses.syntax.folded(word) in ("unless", "if") for word in ahead)

    def _of_plan(self, complement: int) -> Proposition | None:
        """What the sentence before tells to come, or as planned: "would build a dam", "plans to close the hall"."""
        syntax, sentence = self._clauses.syntax, self._clauses.syntax.words.sentence
        for word in range(complement - 1, max(-1, complement - _BACK), -1):
            if sentence[complement] - sentence[word] > 1:
                return None
            if syntax.tag(word) != "VERB" or sentence[word] == sentence[complement]:
                continue
            coming = bool(set(syntax.auxiliaries(word)) & _COMING)
            planned = self._clauses.case(word) == "to" and self._is_planned(word)
            if coming or planned:
                found = self._propositions.read(word, syntax.own_subject(word))
                return None if found is None else replace(found, phrase=self._deed(word))
        return None

    def _deed(self, verb: int) -> Span:
        """The verb with its object: "build a new dam"."""
        objects = [c for c in self._clauses.children(verb, "obj") if c > verb]
        last = self._clauses.syntax.noun_phrase_words(objects[0])[-1] if objects else verb
        return self._clauses.syntax.span(verb, last)

    def _is_planned(self, verb: int) -> bool:
        head = self._clauses.head(verb)
        return head < verb and self._clauses.base(head) in words_of("propositions planning")
