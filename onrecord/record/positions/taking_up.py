"""What "it" or "the plan" is, where somebody is for or against it: what was told right before as wanted or planned.

"The Front wants the state to run the railways. The cabinet is against it": against the state's running them. "The city
plans to tear down the hall. An architect welcomed the plan": the tearing down.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of
from onrecord.record.positions.propositions import Proposition, Propositions
from onrecord.spans import Span

_PRONOUNS = frozenset(("it", "this", "that"))
_BACK = 70
_COMING = frozenset(("will", "would", "'ll", "’ll", "shall"))
_ANAPHORIC = frozenset(("the", "this", "that"))


class TakingUp:
    """Finds what is taken up in one report: among the propositions of its attitudes, and what it tells to come."""

    def __init__(self, clauses: Clauses, propositions: Propositions) -> None:
        self._clauses, self._propositions = clauses, propositions
        self._told: list[tuple[int, Proposition]] = []

    def note(self, word: int, found: Proposition) -> None:
        """An attitude at `word` was towards this."""
        self._told.append((word, found))

    def is_taking_up(self, complement: int, found: Proposition | None) -> bool:
        """Whether the words only point back: "it", "the plan"."""
        syntax = self._clauses.syntax
        if syntax.tag(complement) in ("PRON", "DET") and syntax.folded(complement) in _PRONOUNS:
            return True
        return found is not None and found.pointing and syntax.folded(complement - 1) in _ANAPHORIC

    def meant(self, complement: int) -> Proposition | None:
        """What was told last, in the sentence before or the same, as what the words at `complement` mean."""
        shown = self._clauses.syntax.noun_phrase(complement)
        found = self._of_attitude(complement) or self._of_plan(complement)
        return None if found is None else replace(found, shown=shown, pointing=False)

    def _of_attitude(self, complement: int) -> Proposition | None:
        sentence = self._clauses.syntax.words.sentence
        near = ((word, found) for word, found in reversed(self._told) if word < complement)
        word, found = next(near, (0, None))
        if found is None or sentence[complement] - sentence[word] > 1:
            return None
        inside = found.shown is None and found.phrase.contains(self._clauses.syntax.span(complement))
        return None if inside else found

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
