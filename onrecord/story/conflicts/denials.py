"""What one source tells and another denies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.lemmas import lemma
from onrecord.memory import Kind
from onrecord.model import Conflict, Event, Record, Statement
from onrecord.spans import Passage, Span
from onrecord.story.comparing import days_around
from onrecord.story.conflicts.disputed import disputed
from onrecord.story.conflicts.happenings import Names
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_LABEL = 4
_AT_ONCE = 3
"""Sentences before "I did nothing of the kind" within which that was told."""
_NEAR = 8
"""Sentences of one report between what is told and its denial."""
_DAYS = 7
_NEXT = 12
"""How many of one deed, name and day are kept for comparing."""
_BEHIND = 8
"""Words behind "denied" within which what is denied is told."""
_WIDE = 15
_SHARED = 2
"""Words besides the deed that both clauses must share, if they have as many."""


@dataclass(frozen=True, slots=True)
class Said:
    """An event, by its id, as one source tells or denies it."""

    event: str
    deed: str
    source: str
    sentence: int
    day: str | None
    denied: bool
    outright: bool
    by_pronoun: bool
    own: bool
    """Whether the source speaks of what it does itself."""
    addressed: bool
    """Whether it is told to whom it is said of: "you promised"."""
    points_back: bool
    """Whether its object only takes up what was told: "anything of the kind"."""
    asserted: bool
    names: frozenset[str]
    contents: frozenset[str]
    shown: Passage
    thing: str | None = None
    """The name of what it is done to: "had bought the spyware *Nightjar*"."""
    doer: str | None = None

    @property
    def report(self) -> str:
        return self.shown.report


def denial_conflicts(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Conflict]:
    """Of each denial, the nearest telling by somebody else of what it denies, in its report and in others."""
    told = Told()
    denied: list[Said] = []
    copies = {report for report, lineage in record.lineage.items() if lineage.relation != "original"}
    for notes in record.annotations:
        for said in by_report[notes.report.id].each(_SAID, _said):
            if said.denied:
                denied.append(said)
            elif said.asserted:
                told.add(said)
    for said in denied:
        own = [one for one in told.beside(said) if _is_another(one, said) and _is_near(one, said)]
        found = own or [one for one in told.elsewhere(said) if _is_another(one, said) and _is_of_another(one, said)]
        if found:
            yield _conflict(min(found, key=lambda one: (one.report in copies, *_distance(one, said))), said)


_SAID: Kind[tuple[Said, ...]] = Kind("said", tuple[Said, ...])


class Told:
    """What is told, found again by its deed: in one report, and by a name in the reports of the same days."""

    def __init__(self) -> None:
        self._beside: dict[tuple[str, str], list[Said]] = {}
        self._named: dict[tuple[str, str, str], list[Said]] = {}

    def add(self, said: Said) -> None:
        """Keep it; of those of one day, name and deed, the first few only."""
        self._beside.setdefault((said.deed, said.report), []).append(said)
        for name in said.names:
            same = self._named.setdefault((said.deed, name, said.day or ""), [])
            if len(same) < _NEXT:
                same.append(said)

    def beside(self, denial: Said) -> list[Said]:
        """In the report of the denial."""
        return self._beside.get((denial.deed, denial.report), [])

    def elsewhere(self, denial: Said) -> list[Said]:
        """In other reports of the same days that name somebody or some place the denial names."""
        if denial.day is None:
            return []
        days = days_around(denial.day, _DAYS)
        keys = [(denial.deed, name, day) for name in sorted(denial.names) for day in days]
        found = [one for key in keys for one in self._named.get(key, ())]
        return [one for one in found if one.report != denial.report]


def _said(scene: Scene) -> Iterator[Said]:
    names = Names(scene) if scene.syntax.tagged else None
    for event in scene.annotations.events if scene.syntax.tagged else ():
        statement, word = scene.statements.get(event.statement), _verb(scene, event)
        if statement is None or word is None or statement.attitude in ("question", "intention"):
            continue
        if statement.source.basis == "report" and _is_quoted(scene, word):
            continue  # whose words they are is not known
        labelled = _speaker(scene, word) if statement.source.basis == "report" else None
        source = _source(scene, statement) if labelled is None else labelled
        deed = _deed(scene.syntax, word)
        if source is None or deed in lexicon().plain or not _is_plain(scene.syntax, word):
            continue
        sentence = scene.annotations.words.sentence[word]
        yield Said(
            event=event.id,
            deed=deed,
            source=source,
            sentence=sentence,
            day=scene.day,
            denied=_denial(scene, event, statement, word, labelled is not None),
            outright=statement.attitude == "denial",
            own=_is_own(scene.syntax, word),
            addressed=_is_addressed(scene.syntax, word),
            points_back=_points_back(scene.syntax, word),
            by_pronoun=_is_pronoun(scene, statement.source.span),
            asserted=event.factuality == "asserted",
            names=scene.names(sentence),
            contents=_clause(scene.syntax, word),
            shown=scene.shown(sentence, event.trigger),
            thing=_named(scene.syntax, names, _done_to(scene.syntax, word)),
            doer=_doer(scene, names, word),
        )


def _named(syntax: Syntax, names: Names | None, noun: int | None) -> str | None:
    """The name of a noun, or of the one joined to it as its name: "the spyware Nightjar"."""
    if names is None or noun is None:
        return None
    beside = noun + 1 < len(syntax.words) and syntax.tag(noun) == "NOUN" and syntax.tag(noun + 1) == "PROPN"
    return names.of(noun) or (names.of(noun + 1) if beside else None)


def _done_to(syntax: Syntax, verb: int) -> int | None:
    return syntax.own_subject(verb) if syntax.is_passive(verb) else syntax.child(verb, frozenset(("obj",)))


def _doer(scene: Scene, names: Names | None, verb: int) -> str | None:
    """Who does it, if by a name of its own: "his government" and "the agency" may be one."""
    found = None if scene.syntax.is_passive(verb) else _named(scene.syntax, names, scene.syntax.own_subject(verb))
    described = any(actor.id == found and actor.type in ("role", "group") for actor in scene.record.actors)
    return None if described else found


def _verb(scene: Scene, event: Event) -> int | None:
    inside = scene.syntax.words_in(event.trigger)
    known = event.factuality in ("asserted", "denied") and bool(inside) and scene.syntax.tag(inside[0]) == "VERB"
    return inside[0] if known else None


def _source(scene: Scene, statement: Statement) -> str | None:
    """Who says it: "" for the report; None for a pronoun, which may be anybody met before."""
    if statement.source.basis == "report":
        return ""
    known, span = scene.record.actor_of.get(statement.id), statement.source.span
    if known is not None or span is None:
        return known
    return None if _is_pronoun(scene, span) else span.of(scene.syntax.text).lower()


def _speaker(scene: Scene, word: int) -> str | None:
    """Whom a transcript has before a colon at the head of the sentence."""
    whole = scene.annotations.sentences[scene.annotations.words.sentence[word]]
    inside = scene.syntax.words_in(whole)[: _LABEL + 1]
    colon = next((at for at in inside if scene.syntax.form(at) == ":"), None)
    if colon is None or colon == inside[0] or any(scene.syntax.tag(at) != "PROPN" for at in range(inside[0], colon)):
        return None
    return scene.actor_at(scene.syntax.span(inside[0], colon - 1))


def _is_own(syntax: Syntax, verb: int) -> bool:
    subject = syntax.subject(verb)
    return subject is not None and syntax.folded(subject) in ("we", "i", "they")


def _is_addressed(syntax: Syntax, verb: int) -> bool:
    subject = syntax.subject(verb)
    return subject is not None and syntax.folded(subject) == "you"


def _points_back(syntax: Syntax, verb: int) -> bool:
    """As in "never promised anything of the kind", "did no such thing"."""
    behind = " ".join(syntax.folded(word) for word in range(verb + 1, min(verb + 6, len(syntax.words))))
    return any(behind.startswith(phrase) for phrase in lexicon().nothing_like)


def _is_quoted(scene: Scene, word: int) -> bool:
    """Whether quotation marks are open before the word in its sentence."""
    sentence = scene.annotations.sentences[scene.annotations.words.sentence[word]]
    before = scene.syntax.text[sentence.start : scene.syntax.span(word).start]
    return before.count("“") > before.count("”")


def _is_pronoun(scene: Scene, span: Span | None) -> bool:
    words = scene.syntax.words_in(span) if span is not None else ()
    return len(words) == 1 and scene.syntax.tag(words[0]) == "PRON"


def _is_plain(syntax: Syntax, verb: int) -> bool:
    """Whether the clause tells something: it has a subject, or whom it happens to; no infinitive, no may, no if."""
    below = {syntax.folded(child) for child in syntax.children[verb] if child < verb}
    if below & lexicon().unplain:
        return False
    return syntax.subject(verb) is not None or syntax.words.relation[verb] in ("acl", "xcomp", "advcl")


def _denial(scene: Scene, event: Event, statement: Statement, verb: int, labelled: bool) -> bool:
    """Whether a source denies just this; what the report itself says did not happen is no dispute."""
    if statement.source.basis == "report" and not labelled:
        return False
    if {scene.syntax.folded(child) for child in scene.syntax.children[verb]} & lexicon().negations:
        return statement.attitude != "denial"  # nobody denies what is not
    if statement.attitude != "denial" or statement.cue is None:
        return False
    cue = scene.syntax.words_in(statement.cue)
    return bool(cue) and 0 < verb - cue[-1] <= _BEHIND and _is_what_is_denied(scene.syntax, verb)


def _is_what_is_denied(syntax: Syntax, verb: int) -> bool:
    """Whether it is no second verb, and describes a noun only as what that says: "charges that he profited"."""
    marks = {syntax.folded(child) for child in syntax.children[verb] if syntax.words.relation[child] == "mark"}
    relation = syntax.words.relation[verb]
    return relation != "conj" and (relation != "acl" or "that" in marks)


def _deed(syntax: Syntax, verb: int) -> str:
    """The verb with its particle: to back down is not to back."""
    base, behind = lemma(syntax.form(verb), "VERB"), verb + 1
    particle = behind < len(syntax.words) and syntax.folded(behind) in lexicon().particles
    return f"{base} {syntax.folded(behind)}" if particle else base


def _clause(syntax: Syntax, verb: int) -> frozenset[str]:
    """What the clause names besides the deed: its open words, without those of clauses below it."""
    inside = syntax.subtree(verb, frozenset(("conj", "advcl", "ccomp", "acl", "parataxis", "punct", "cc")))
    near = [
        w for w in inside if w != verb and abs(w - verb) <= _WIDE and syntax.tag(w) in ("NOUN", "PROPN", "ADJ", "NUM")
    ]
    return frozenset(lemma(syntax.form(word), syntax.tag(word)) for word in near)


def _is_another(one: Said, denial: Said) -> bool:
    """Whether two people speak: "he" is seldom told surely enough to be set against somebody named beside."""
    if one.source == denial.source or (one.own and denial.own):
        return False
    takes_up = one.addressed or denial.points_back
    if denial.own and not denial.outright and denial.source not in one.names and not takes_up:
        return False  # "we have not sold one" denies nothing of what others have sold
    return not (denial.by_pronoun and one.source in denial.names) and not (
        one.by_pronoun and denial.source in one.names
    )


def _is_same(one: Said, denial: Said) -> bool:
    """Whether two clauses of one deed are about the same: they share most of what the shorter names."""
    shared, least = len(one.contents & denial.contents), min(len(one.contents), len(denial.contents))
    return least > 0 and shared >= min(_SHARED, least) and 2 * shared >= least


def _is_near(one: Said, denial: Said) -> bool:
    """Whether the report tells it close by, in another sentence."""
    apart = abs(one.sentence - denial.sentence)
    if denial.points_back and 0 < denial.sentence - one.sentence <= _AT_ONCE:
        return True
    if denial.sentence - one.sentence == 1 and denial.outright and one.contents & denial.contents:
        return True  # a denial right behind takes up what was told
    return 0 < apart <= _NEAR and _is_same(one, denial)


def _is_of_another(one: Said, denial: Said) -> bool:
    """Whether what another report tells is the same: it must share more, as nothing else ties the two."""
    if one.thing is not None and one.thing == denial.thing:
        return one.doer is None or denial.doer is None or one.doer == denial.doer
    return _is_same(one, denial) and len(one.contents & denial.contents) >= _SHARED


def _distance(one: Said, denial: Said) -> tuple[int, int, str, int]:
    return -len(one.contents & denial.contents), abs(one.sentence - denial.sentence), one.report, one.sentence


def _conflict(told: Said, denial: Said) -> Conflict:
    explanation = f"One source tells it ({told.deed}), another denies it."
    return disputed("polarity", (told.event, denial.event), (told.shown, denial.shown), explanation)
