"""What a report tells to be so, as it may tell what became of a promise that was told in other words.

A promise to "hand over 50 flats" is met where families "moved into" them, one of light where lamps "have been on". No
verb shows that: what shows it is that the same number of the same things is told, the same party, the day by which, or
words that point back ("a day sooner than the mayor had said"). Here every clause that tells something as done, or as
not done, is read for these; `fulfilment` holds it against what was promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.dates import Date
from onrecord.lemmas import event_lemma
from onrecord.record.commitments.aspect import Told, may_be_owed, told_at
from onrecord.record.commitments.facts import BREAKS, DEFINITE, group_of
from onrecord.record.commitments.kin import with_kin
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.numbers import numbers_in, parts_in
from onrecord.record.commitments.objects import nouns_in
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.result import Result, Vocabulary
from onrecord.record.commitments.taking import taken_up, takes_up, takes_up_things, told_before
from onrecord.record.commitments.timeliness import Timeliness, timeliness_in
from onrecord.record.commitments.turns import unknown_doer
from onrecord.spans import Span

_CLAUSE, _BACK = 24, 6
_OPENS = 3
"""Words of a sentence at most before those that open it by telling how it is in time."""
_BESIDE = 3
"""Code points between a clause and what belongs to it."""
_FEW_WORDS = 3
_STRONGEST: tuple[Told, ...] = ("later", "was to be", "undone", "going on", "done")
_OWED = frozenset(("was to be", "later"))
_PAST = frozenset(("was", "were", "did", "had"))
_COMING = frozenset("will would 'll ’ll wo".split())
_GUESSED = ("day-nearest-by-tense", "month-nearest-by-tense")
_SUPPOSING = frozenset(("if", "unless", "whether", "lest"))


def results_in(reading: Reading, kin: Mapping[str, frozenset[str]], vocabulary: Vocabulary) -> Iterator[Result]:
    """What a report tells as done or as not done of what the vocabulary names, clause by clause, in order."""
    if not reading.syntax.tagged:
        return
    known = _Known(reading, kin, vocabulary)
    sentences = [sentence for sentence in reading.sentences() if sentence]
    of = [_is_of(reading, sentence, vocabulary) for sentence in sentences]
    for at, sentence in enumerate(sentences):
        earlier = told_before(reading, sentences, at)
        taking = any(of[before] for before in earlier) and takes_up(reading, sentence)
        if reading.form(sentence[-1]) == "?" or _is_supposed(reading, sentence):
            continue
        timely = timeliness_in(reading, sentence)
        if of[at] or taking or timely is not None or _is_owed(reading, sentence):
            around = _Around(tuple(sentences[before] for before in earlier), timely)
            yield from _in_sentence(reading, sentence, around, known)


@dataclass(frozen=True, slots=True)
class _Around:
    """The sentences that a pronoun may take something up from, the nearest first, and how its sentence is in time."""

    before: tuple[range, ...]
    timely: Timeliness | None


def _is_supposed(reading: Reading, sentence: range) -> bool:
    return any(reading.form(w) in _SUPPOSING for w in sentence)


def _is_owed(reading: Reading, sentence: range) -> bool:
    """Whether something is told that was to have been done by then, or that is or was not done until a later day."""
    if not may_be_owed({reading.form(w) for w in sentence}):
        return False
    told = (told_at(reading, sentence, w) for w in sentence if reading.is_verb(w))
    return any(one in _OWED for one in told)


class _Known:
    """Who is named in each sentence, found once, and what the promises name."""

    def __init__(self, reading: Reading, kin: Mapping[str, frozenset[str]], vocabulary: Vocabulary) -> None:
        self._reading, self.kin, self.vocabulary = reading, kin, vocabulary
        self._named: dict[int, frozenset[str]] = {}

    def named_in(self, sentence: range) -> frozenset[str]:
        """By whom those are known who are named in the sentence."""
        found = self._named.get(sentence.start)
        if found is None:
            reading = self._reading
            heads = (w for w in sentence if reading.tag(w) in ("PROPN", "NOUN", "PRON"))
            found = with_kin({actor for head in heads for actor in reading.actors_of(head)}, self.kin)
            self._named[sentence.start] = found
        return found


def _is_of(reading: Reading, sentence: range, vocabulary: Vocabulary) -> bool:
    span = reading.syntax.span(sentence[0], sentence[-1])
    if any(one.value in vocabulary.values for _, one in reading.quantities.touching(span)):
        return True
    met = 0 + any(
        time.date is not None and time.date.latest in vocabulary.days for _, time in reading.times.touching(span)
    )
    for word in sentence:
        if reading.tag(word) in ("NOUN", "PROPN"):
            kind = reading.kind(word)
            # A name tells more than a noun.
            met += 2 if kind in vocabulary.heads else (1 + (reading.tag(word) == "PROPN")) * (kind in vocabulary.nouns)
            if met > 1:
                return True
    return False


def _in_sentence(reading: Reading, sentence: range, around: _Around, known: _Known) -> Iterator[Result]:
    clauses: dict[tuple[int, int], list[tuple[Told, int]]] = {}
    for word in sentence:
        told = None if _only_says(reading, word) else told_at(reading, sentence, word)
        if told is not None:
            clauses.setdefault(_clause(reading, sentence, word), []).append((told, word))
    timed = _timed_clause(reading, sentence, list(clauses), around.timely)
    for clause, found in clauses.items():
        words = range(clause[0], clause[1] + 1)
        is_timed, verbs = clause == timed, [word for _, word in found]
        owed = any(told in _OWED for told, _ in found)
        if _is_of(reading, words, known.vocabulary) or takes_up_things(reading, clause, verbs) or is_timed or owed:
            here = around if is_timed else replace(around, timely=None)
            yield _result(reading, sentence, here, clause, found, known)


def _timed_clause(
    reading: Reading, sentence: range, clauses: list[tuple[int, int]], timely: Timeliness | None
) -> tuple[int, int] | None:
    """The clause of which words tell how it is in time: that of the verb before them, or the first behind them."""
    if timely is None or not clauses:
        return None
    verb = next((w for w in range(timely.word - 1, sentence.start - 1, -1) if reading.is_verb(w)), None)
    if verb is None:
        return min(clauses) if timely.word - sentence.start < _OPENS else None
    return next((clause for clause in clauses if clause[0] <= verb <= clause[1]), None)


def _only_says(reading: Reading, word: int) -> bool:
    """Whether the verb only says, promises or asks for what stands behind it."""
    if not reading.is_verb(word):
        return False
    known, base = lexicon(), reading.lemma(word, "VERB")
    if reading.deed(word) != known.deed(base, "VERB"):
        return False  # with its particle it is a deed: "set up"
    if base == "set" and not _is_day_set(reading, word):
        return False
    return base in known.saying | known.back | known.guessing | {
        *known.undertaking,
        *known.asking,
    }


def _is_day_set(reading: Reading, verb: int) -> bool:
    """Whether nothing but a day is set, or the deadline: not "have set foot on seven of them"."""
    thing = reading.syntax.child(verb, frozenset(("obj",)))
    return thing is None or reading.lemma(thing) in lexicon().targets | lexicon().deadlines


def _result(
    reading: Reading,
    sentence: range,
    around: _Around,
    clause: tuple[int, int],
    found: list[tuple[Told, int]],
    known: _Known,
) -> Result:
    told, word = min(found, key=lambda one: _STRONGEST.index(one[0]))
    verbs = [w for how, w in found if how == told]
    pointer = points_back(reading, sentence, word)
    span, whole = reading.syntax.span(*clause), reading.syntax.span(sentence[0], sentence[-1])
    forms = [reading.form(w) for w in range(clause[0], clause[1] + 1)]
    taken, loosely = taken_up(reading, around.before, clause, [w for _, w in found])
    pointing = around.timely is not None or told == "was to be"
    nouns = _nouns(reading, [span, *taken, *loosely, *([whole] if pointing else [])])
    subject = _subject(reading, sentence, word)
    return Result(
        told=told,
        span=_with_timeliness(span, around.timely),
        word=word,
        deeds=frozenset(deed for w in verbs for deed in _deeds(reading, w)),
        loosely=frozenset(deed for w in verbs for deed in _loosely(reading, w)),
        nouns=nouns,
        numbers=frozenset(number for one in (span, *taken) for number in numbers_in(reading, one)),
        parts=tuple(parts_in(reading, whole if around.timely is not None else span)),
        named=known.named_in(sentence),
        near=frozenset(n for one in _near(reading, sentence, around.before) for n in known.named_in(one)),
        doer=frozenset() if reading.syntax.is_passive(word) else _doer(reading, subject, known.kin),
        places=frozenset(reading.places_in(whole)),
        times=_days(reading, [whole, *taken]),
        short=_says(forms, lexicon().short),
        part=_is_part(reading, sentence, clause),
        whole=_says_all(reading, *clause),
        back=told == "was to be" or pointer is not None,
        backed=_promised_by(reading, word, told, pointer, known.kin),
        definite=_is_definite(reading, subject),
        awaited=told == "undone" and _is_awaited(forms),
        timely=around.timely,
        own=_days_told(reading, told, forms, span),
        forms=frozenset(forms),
        acts=frozenset(lexicon().nouns.get(noun, event_lemma(noun, "NOUN")) for noun in nouns),
    )


def _nouns(reading: Reading, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(noun for one in spans for noun in nouns_in(reading, one))


def _promised_by(
    reading: Reading, word: int, told: Told, pointer: int | None, kin: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """By whom those are known who had promised what the clause points back to."""
    if not pointer and told != "was to be":
        return frozenset()
    return _doer(reading, reading.syntax.own_subject(word if pointer is None else pointer), kin)


def _subject(reading: Reading, sentence: range, word: int) -> int | None:
    """The subject of what is told, where it stands in the sentence."""
    subject = reading.syntax.subject(word) if reading.is_verb(word) else reading.syntax.own_subject(word)
    return subject if subject is not None and subject in sentence else None


def _days(reading: Reading, spans: Sequence[Span]) -> tuple[Date, ...]:
    return tuple(t.date for at in spans for _, t in reading.times.touching(at) if t.date is not None)


def _days_told(reading: Reading, told: Told, forms: Sequence[str], span: Span) -> tuple[Date, ...]:
    """The days told in a clause; those until which something was not done are over, whatever year they were given."""
    days = _days(reading, [span])
    today = reading.date.latest if reading.date is not None else None
    if told != "later" or today is None or not _PAST & set(forms) or _COMING & set(forms):
        return days
    return tuple(
        _year_before(day) if day.rule.startswith(_GUESSED) and (day.earliest or "") > today else day for day in days
    )


def _year_before(day: Date) -> Date:
    year = f"{int(day.value[:4]) - 1}{day.value[4:]}"
    return Date.of(year, "day-gone-by", day.anchor)


def _with_timeliness(span: Span, timely: Timeliness | None) -> Span:
    """The clause with the words that say how it is in time, where those stand beside it."""
    if timely is None or not -_BESIDE <= timely.span.start - span.end <= _BESIDE:
        return span
    return Span(span.start, max(span.end, timely.span.end))


def _is_awaited(forms: Sequence[str]) -> bool:
    """As in "has still not come", "has yet to arrive"."""
    return "still" in forms or "yet" in forms


def _near(reading: Reading, sentence: range, before: Sequence[range]) -> list[range]:
    """The sentence with those before and behind it."""
    found = [sentence, *before[:1]]
    numbers = reading.syntax.words.sentence
    if sentence.stop < len(numbers):
        last = sentence.stop
        while last < len(numbers) and numbers[last] == numbers[sentence.stop]:
            last += 1
        found.append(range(sentence.stop, last))
    return found


def points_back(reading: Reading, sentence: range, word: int) -> int | None:
    """The verb by which the sentence points back to what was promised: "than the mayor *had said*", "as *promised*"."""
    for verb in sentence:
        if not reading.is_verb(verb) or reading.lemma(verb) not in lexicon().back or verb == word:
            continue
        opening = [reading.form(w) for w in range(max(sentence.start, verb - _BACK), verb)]
        had = "had" in opening[-2:] and bool({"than", "as", "which", "that"} & set(opening))
        promised = reading.lemma(verb) in lexicon().undertaking and _is_participle(reading, verb)
        if had or promised or opening[-1:] in (["than"], ["as"]):
            return verb
    return None


def _is_participle(reading: Reading, verb: int) -> bool:
    return reading.syntax.words.relation[verb] in ("acl", "amod") and reading.form(verb).endswith(("ed", "en"))


def _deeds(reading: Reading, word: int) -> frozenset[str]:
    """The groups of deeds that the word says, or is the sure result of."""
    if not reading.is_verb(word):
        return _state(reading, word)
    base, own = reading.lemma(word, "VERB"), group_of(reading, word)
    sure = lexicon().sure_results
    told = (*sure.get(base, ()), *sure.get(f"{base}_{reading.form(word + 1)}", ()))
    return frozenset((*told, base, *([own] if own else ())))


def _loosely(reading: Reading, word: int) -> frozenset[str]:
    """The groups of deeds of which the verb may tell a result."""
    return frozenset(lexicon().results.get(reading.lemma(word, "VERB"), ())) if reading.is_verb(word) else frozenset()


def _state(reading: Reading, word: int) -> frozenset[str]:
    found = lexicon().done_states.get(reading.form(word))
    return frozenset((found,)) if found is not None else frozenset()


def _doer(reading: Reading, subject: int | None, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if subject is None:
        return frozenset()
    return with_kin(reading.actors_of(subject), kin) or unknown_doer(reading, subject)


def _is_definite(reading: Reading, subject: int | None) -> bool:
    if subject is None or reading.tag(subject) != "NOUN":
        return False
    words = reading.syntax.noun_phrase_words(subject)
    return reading.form(words[0]) in DEFINITE and len(words) <= _FEW_WORDS


def _says(forms: list[str], words: frozenset[str]) -> bool:
    joined = {f"{a}_{b}" for a, b in pairwise(forms)}
    return bool(words & ({*forms} | joined))


def _is_part(reading: Reading, sentence: range, clause: tuple[int, int]) -> bool:
    """As in "*six* of them got their money", "of the 40 bridges, *11* have been inspected"."""
    numbers = [w for w in range(clause[0], clause[1] + 1) if reading.tag(w) == "NUM"]
    of_them = any(reading.form(w + 1) == "of" and reading.form(w + 2) in ("them", "these", "those") for w in numbers)
    return of_them or (reading.form(sentence[0]) == "of" and clause[0] in numbers and clause[0] > sentence[0])


def _says_all(reading: Reading, first: int, last: int) -> bool:
    """As in "the last of", "all 14 suburbs"."""
    for word in range(first, last):
        form, following = reading.form(word), reading.form(word + 1)
        if form in ("last", "final") and following == "of":
            return True
        if form in ("all", "every") and (reading.tag(word + 1) in ("NUM", "NOUN") or following == "the"):
            return True
    return False


def _clause(reading: Reading, sentence: range, word: int) -> tuple[int, int]:
    """The words around, between punctuation; a comma before "the last", an aside, ends it too."""
    first = last = word
    while first > max(sentence.start, word - _CLAUSE) and reading.form(first - 1) not in BREAKS:
        first -= 1
    while last + 1 < min(sentence.stop, word + _CLAUSE) and reading.form(last + 1) not in BREAKS:
        last += 1
    return first, last
