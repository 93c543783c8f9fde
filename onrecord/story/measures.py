"""What a figure measures: what happens to the counted, what they are, in which unit, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.lemmas import event_lemma, lemma
from onrecord.model import Event, Figure
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: `deed` is what happens to it ("" for what is so), `kind` what it is, `unit` of measures only."""

    deed: str
    kind: str
    unit: str | None
    owner: str | None
    planned: bool = False


def measure_of(scene: Scene, figure: Figure, number: int, head: int, verb: int | None, event: Event | None) -> Measure:
    """What a figure measures.

    Args:
        number: the word from which the clause is looked for; `head`: that of what is counted.
        verb: that of the clause; None where there is none.
        event: that of the verb.
    """
    return _with_owner(scene, _plain_measure(scene.syntax, figure, number, head, verb, event), verb)


def _plain_measure(
    syntax: Syntax, figure: Figure, number: int, head: int, verb: int | None, event: Event | None
) -> Measure:
    noun = lemma(syntax.form(head), syntax.tag(head))
    deed = _deed(syntax, head, number, verb)
    if not deed and verb is not None and figure.unit in lexicon().money:
        deed = "price" if lexicon().deeds.get(lemma(syntax.form(verb), "VERB")) == "price" else ""
    known = bool(deed)
    if not deed and verb is not None:
        base = lemma(syntax.form(verb), "VERB")
        deed = "" if base in lexicon().being else base
    unit = figure.unit if figure.unit is not None and not _is_noun_of(syntax, figure) else None
    kind = "" if unit is not None and known else _kind(noun, known)
    planned = figure.state == "planned" or (event is not None and event.factuality != "asserted")
    return Measure(deed, kind, unit, figure.of, planned)


def _with_owner(scene: Scene, measure: Measure, verb: int | None) -> Measure:
    """The measure with whoever is said to have the counted: "the maker has orders for 214 jets"."""
    if measure.owner is not None or measure.deed or verb is None:
        return measure
    if lemma(scene.syntax.form(verb), "VERB") not in lexicon().having:
        return measure
    subject = scene.syntax.own_subject(verb)
    return measure if subject is None else replace(measure, owner=scene.actor_at(scene.syntax.span(subject)))


def _kind(noun: str, known: bool) -> str:
    """What a noun counts: with a deed, words for the dead are people; without, only synonyms are one."""
    kind = lexicon().kinds.get(noun, noun)
    if known and kind == noun and noun in lexicon().deeds:
        return "people"
    return noun if kind == "people" and not known else kind


def _is_noun_of(syntax: Syntax, figure: Figure) -> bool:
    """Whether the unit is but the counted noun itself."""
    last = syntax.last_of(figure.counted)
    return (figure.unit or "").rpartition(" ")[2].lower() in (last, lemma(last, "NOUN"))


def _deed(syntax: Syntax, head: int, number: int, verb: int | None) -> str:
    """What happens to the counted, as far as the words tell; "" where it is nothing the lexicon knows."""
    deeds = lexicon().deeds
    own = deeds.get(event_lemma(syntax.form(head), syntax.tag(head)), "")
    below = [
        deeds.get(lemma(syntax.form(c), "VERB"), "")
        for c in syntax.children[head]
        if _is_past_participle(syntax, c) and not _parted(syntax, head, c)
    ]
    found = next((deed for deed in (own, *below) if deed), "")
    if found or verb is None:
        return found
    base = lemma(syntax.form(verb), "VERB")
    if base in lexicon().leaving:
        return _left_as(syntax, verb)
    tied = deeds.get(f"{base}-{syntax.folded(verb + 1)}") if verb + 1 < len(syntax.words) else None
    known = (tied or deeds.get(base, "")) if _undergoes(syntax, verb, (head, number), base) else ""
    return known or _said_next(syntax, max(head, number))


def _said_next(syntax: Syntax, head: int) -> str:
    """What is said to be done to the counted in the words right behind, whatever the tree: "12 people were killed"."""
    behind = range(head + 1, min(head + 5, len(syntax.words)))
    verb = next((word for word in behind if syntax.tag(word) != "AUX" and syntax.tag(word) != "ADV"), None)
    if verb is None or verb == head + 1 or syntax.tag(verb) != "VERB":
        return ""
    return lexicon().deeds.get(lemma(syntax.form(verb), "VERB"), "")


def _is_past_participle(syntax: Syntax, word: int) -> bool:
    return syntax.words.relation[word] in ("acl", "amod") and not syntax.folded(word).endswith("ing")


def _parted(syntax: Syntax, head: int, word: int) -> bool:
    """Whether another number, or a conjunction, lies between: "12 people had been killed and 9 wounded"."""
    return any(syntax.tag(between) in ("NUM", "CCONJ") for between in range(head + 1, word))


def _left_as(syntax: Syntax, verb: int) -> str:
    """What the object is left as: "left 12 dead"."""
    deeds = lexicon().deeds
    words = [word for word in syntax.subtree(verb) if abs(word - verb) < 10 and syntax.tag(word) == "ADJ"]
    return next((deeds[syntax.folded(word)] for word in words if syntax.folded(word) in deeds), "")


def _undergoes(syntax: Syntax, verb: int, counted: tuple[int, int], base: str) -> bool:
    """Whether the counted are whom the verb happens to, not who does it."""
    if any(_is_circumstance(syntax, word) for word in (counted[1], *syntax.up_to_verb(counted[1])) if word != verb):
        return False
    subject = syntax.own_subject(verb)
    if subject is None or not set(counted) & {subject, *syntax.subtree(subject)}:
        return True
    return base in lexicon().intransitive or syntax.is_passive(verb)


def _is_circumstance(syntax: Syntax, word: int) -> bool:
    """Whether the word stands behind a preposition: "killed in three attacks"."""
    case = syntax.child(word, frozenset(("case",)))
    return case is not None and syntax.words.relation[word] == "obl" and syntax.folded(case) != "of"
