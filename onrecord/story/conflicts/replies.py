"""What sets what one source says against what another has just said, though it denies nothing in the same words.

A short reply dismisses it ("She is mistaken", "A fairy tale"); of what is said of all, one is an exception ("no judge
was asked in twelve cases", "hers has still not come"); somebody "has another story", or disputes the first one's
version; somebody was elsewhere that day; or nothing of the kind has been "since", where the other tells of it later.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.model import Time
from onrecord.spans import Passage, Span
from onrecord.story.conflicts.said import NONE, Said
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene

_NEAR = 2
"""Sentences between what is told and a short reply to it."""
_SHORT, _LEADING = 6, 3
_BE = frozenset("is are was were 's ’s 're ’re am".split())
_WHO = frozenset("he she they you".split())
_ALL = frozenset("all every each everyone everybody everything".split())
_SOME = frozenset("some many several dozen hundred thousand other few lot those".split())
_ELIDED = frozenset("hers his mine theirs ours yours".split())
_STILL = 8
_REMEMBERED = 14
_CLOSING = "”’\"' \n"
_BEFORE = 6
"""Words before "version" within which a verb says what is done with it."""
_IN = frozenset(("in", "at", "to", "near"))
_DAYS = frozenset(("day", "night", "evening", "morning", "afternoon", "time", "week"))


def is_dismissed(one: Said, other: Said) -> bool:
    """Whether a reply begins with a sentence that only says that it is not so: "She is mistaken", "Nonsense"."""
    if other.sentence - one.sentence > _NEAR or one.denies or one.is_coming:
        return False
    letters = _first_sentence(other)
    if not letters or len(letters) > _SHORT or not _stands_alone(other):
        return False
    if letters[-1] in lexicon().mistaken and len(letters) in (_LEADING, _LEADING + 1):
        return letters[0] in _WHO and letters[1] in _BE
    if any(" ".join(letters).startswith(phrase) for phrase in lexicon().nothing_like):
        return True  # "Nothing of the kind ever happened"
    rest = [word for word in letters if word not in lexicon().dismissing_with]
    return " ".join(rest) in lexicon().dismissing


def _stands_alone(said: Said) -> bool:
    """Whether it begins its sentence, at most behind a speaker's name: no "I knew he was lying"."""
    cue, text = said.statement.cue, said.scene.syntax.text
    start = said.statement.content[0].start
    return cue is None or cue.start > start or cue.of(text) == ":"


def _first_sentence(said: Said) -> list[str]:
    syntax = said.scene.syntax
    whole = said.scene.annotations.sentences[said.sentence]
    inside = (word for word in said.words if whole.overlaps(syntax.span(word)))
    return [form for form in map(syntax.folded, inside) if form[:1].isalpha() or form[:1] in "'’"]


def shown_reply(said: Said) -> Passage:
    """The sentence; of a short reply in a transcript the next one too, which says what is so instead."""
    scene, text = said.scene, said.scene.syntax.text
    own = scene.shown(said.sentence, said.statement.content[0])
    cue = said.statement.cue
    following = said.sentence + 1
    if cue is None or cue.of(text) != ":" or following >= len(scene.annotations.sentences):
        return own
    behind = scene.annotations.sentences[following]
    if len(_first_sentence(said)) > _SHORT or "\n" in text[own.end : behind.start]:
        return own
    return scene.annotations.report.passage(Span(said.statement.content[0].start, behind.end))


def is_excepted(one: Said, other: Said) -> bool:
    """Whether what one says of all, the other says not to be so of some, or the other way round."""
    return _excepts(one, other) or _excepts(other, one)


def _excepts(whole: Said, part: Said) -> bool:
    if whole.denies or whole.is_coming or part.is_coming or _ALL & set(part.forms):
        return False
    if _waits(part) and part.sentence - whole.sentence in range(_NEAR + 1) and _ALL & set(whole.forms):
        return bool(_SOME & part.scene.words(part.sentence)) or _counts_some(part)
    nouns = frozenset(_told_of_all(whole))
    if not nouns or not part.denies:
        return False
    if part.letters[0] in _ELIDED and part.sentence - whole.sentence in range(_NEAR + 1):
        return bool(lexicon().negations & set(part.letters[1:_STILL]))
    shared = whole.contents & part.contents
    return bool(nouns & shared) and len(shared) > 1 and _is_denied_of(part, shared)


def _waits(said: Said) -> bool:
    """As in "some are still waiting", "300 have yet to see a cent", "forty families are still living in tents"."""
    told = f" {' '.join(said.letters)} "
    living = any(a == "still" and b.endswith("ing") for a, b in pairwise(said.letters))
    return living or any(f" {phrase} " in told for phrase in lexicon().still_waiting)


def _counts_some(said: Said) -> bool:
    syntax = said.scene.syntax
    inside = syntax.words_in(said.scene.annotations.sentences[said.sentence])
    return any(syntax.tag(word) == "NUM" and syntax.words.relation[word] != "compound" for word in inside)


def _told_of_all(said: Said) -> Iterator[str]:
    """The nouns behind "all" and "every"."""
    syntax = said.scene.syntax
    for word in said.words:
        if syntax.folded(word) in _ALL:
            noun = syntax.words.head[word]
            if syntax.tag(noun) == "NOUN" and 0 < noun - word <= _LEADING:
                yield from said.scene.contents_of([noun])


def _is_denied_of(said: Said, shared: frozenset[str]) -> bool:
    """Whether the "no" stands before one of the words, or the "not" beside one."""
    syntax = said.scene.syntax
    for word in said.words:
        if syntax.folded(word) in NONE | lexicon().negations:
            head = syntax.words.head[word]
            beside = {head, *(child for child in syntax.children[head] if syntax.words.relation[child] == "nsubj")}
            if said.scene.contents_of(sorted(beside)) & shared:
                return True
    return False


def is_another_version(one: Said, other: Said) -> bool:
    """Whether the other is told to have "another story", or to dispute the first one's "version", and then tells it."""
    scene = other.scene
    asked = scene.annotations.sentences[one.sentence].of(scene.syntax.text).rstrip(_CLOSING)
    if asked.endswith("?"):
        return False  # a question tells no version
    for sentence in (other.sentence, other.sentence - 1):
        if sentence < max(0, one.sentence) or (sentence == one.sentence and sentence != other.sentence):
            continue
        told = _version_in(scene, sentence)
        if told is None or (sentence != other.sentence and not _is_by(scene, sentence, other)):
            continue
        if told == "another":
            return one.sentence < sentence and sentence - one.sentence <= _NEAR
        if one.contents & other.contents and sentence > one.sentence:
            return True
    return False


def _version_in(scene: Scene, sentence: int) -> str | None:
    """How a sentence sets one version against another: that it is another, or that one is disputed."""
    syntax = scene.syntax
    inside = syntax.words_in(scene.annotations.sentences[sentence])
    if _is_remembered_otherwise([syntax.folded(word) for word in inside]):
        return "another"
    for word in inside:
        if syntax.tag(word) != "NOUN" or lemma(syntax.form(word), "NOUN") not in lexicon().versions:
            continue
        before = range(max(inside[0], word - _BEFORE), word)  # whatever the tree hangs the noun on
        verbs = {lemma(syntax.form(at), "VERB") for at in before if syntax.tag(at) in ("VERB", "AUX")}
        if _is_called_another(scene, word, inside[0]):
            return "another"
        owned = any(syntax.tag(at) == "PART" or syntax.words.relation[at] == "nmod" for at in before)
        if owned and verbs & lexicon().disputing:
            return "disputed"
    return None


def _is_remembered_otherwise(forms: list[str]) -> bool:
    """As in "That is not how the minister remembers it"."""
    told = [form for form in forms if form[:1].isalpha()]
    if told[:1] not in (["that"], ["this"], ["it"]) or len(told) > _REMEMBERED:
        return False
    negated = told[2:4] in (["not", "how"], ["not", "what"]) or told[1:3] == ["was", "n't"]
    return negated and any(lemma(form, "VERB") in lexicon().remembering for form in told)


def _is_called_another(scene: Scene, noun: int, first: int) -> bool:
    """As in "tells another story", "gave a very different account": right behind its verb."""
    syntax = scene.syntax
    words = [syntax.folded(at) for at in range(max(first, noun - _LEADING), noun)]
    if not set(words[-2:]) & lexicon().another:
        return False
    verbs = (at for at in range(noun - 1, max(first - 1, noun - _BEFORE), -1) if syntax.tag(at) in ("VERB", "AUX"))
    return lemma(syntax.form(next(verbs, noun)), "VERB") in lexicon().giving


def _is_by(scene: Scene, sentence: int, other: Said) -> bool:
    """Whether the sentence is of whoever says the other, by name or as the "he" of the next one."""
    span = other.statement.source.span
    if span is None:
        return False
    pronoun = scene.syntax.folded(scene.syntax.words_in(span)[0]) in ("he", "she", "they", "it")
    return pronoun or other.source in scene.actors_in(scene.annotations.sentences[sentence])


def is_elsewhere(one: Said, other: Said) -> bool:
    """Whether one has somebody at a place on a day, and the other has the same person elsewhere "that day"."""
    if one.denies or other.sentence - one.sentence > _NEAR or not one.times:
        return False
    letters = other.letters
    that_day = next((at for at, (a, b) in enumerate(pairwise(letters)) if a == "that" and b in _DAYS), None)
    if that_day is None or set(letters[:that_day]) & (lexicon().negations | NONE):
        return False
    theirs = _places(other)
    return bool(theirs) and bool(_places(one) - theirs) and _has_same_person(one, other)


def _places(said: Said) -> frozenset[str]:
    """The names behind "in" and "at" that are no times."""
    syntax, found = said.scene.syntax, set()
    times = [time.span for time in said.times]
    for word in said.words:
        head = syntax.words.head[word]
        if syntax.folded(word) not in _IN or head <= word:
            continue
        names = (name for name in range(word + 1, head + 1) if syntax.tag(name) == "PROPN")
        found |= {syntax.folded(name) for name in names if not any(t.overlaps(syntax.span(name)) for t in times)}
    return frozenset(found)


def _has_same_person(one: Said, other: Said) -> bool:
    """Whether the subject of the other is somebody whom the first names."""
    syntax = other.scene.syntax
    subject = next((word for word in other.words if syntax.words.relation[word] == "nsubj"), None)
    actor = None if subject is None else other.scene.actor_at(syntax.span(subject))
    return actor is not None and any(actor in one.scene.actors_in(span) for span in one.statement.content)


def is_not_since(one: Said, other: Said) -> bool:
    """Whether one tells of something later than since when, by the other, it has not been."""
    if one.denies or not other.denies or other.sentence - one.sentence > 1 or one.is_coming or other.is_coming:
        return False
    since = next((time for time in other.times if _is_behind_since(other, time)), None)
    if since is None or since.date is None or since.date.latest is None:
        return False
    later = [t for t in one.times if t.date is not None and t.date.earliest and t.date.earliest > since.date.latest]
    return bool(later) and (bool(one.contents & other.contents) or _takes_up(other))


def _is_behind_since(said: Said, time: Time) -> bool:
    inside = said.scene.syntax.words_in(time.span)
    return (
        bool(inside) and inside[0] > 0 and "since" in (said.scene.syntax.folded(w) for w in (inside[0] - 1, inside[0]))
    )


def _takes_up(said: Said) -> bool:
    """Whether its object is a plain "the program", which stands for what was named before."""
    syntax = said.scene.syntax
    objects = (word for word in said.words if syntax.words.relation[word] == "obj" and syntax.tag(word) == "NOUN")
    return any([syntax.folded(child) for child in syntax.children[word]] == ["the"] for word in objects)


def insists_on_none(one: Said, other: Said) -> bool:
    """As in "Half of it is missing", "the court maintains that not a page was removed"."""
    cue, syntax = other.statement.cue, other.scene.syntax
    if cue is None or other.sentence - one.sentence != 1 or one.denies or one.is_coming or other.is_coming:
        return False
    insists = any(lemma(syntax.form(word), "VERB") in lexicon().insisting for word in syntax.words_in(cue))
    letters = other.letters[other.letters[:1] == ["that"] :]
    return insists and letters[:1] == ["not"] and letters[1:2] in (["a"], ["one"], ["single"])
