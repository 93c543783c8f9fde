"""Groups: noun phrases that act or hold views without being names, as "striking pilots" or "the company's engineers".

A phrase is found by its head: a noun for people in the plural, or for a body or collective in any number. Names are
left to the mentions of names; a name inside a phrase stays a mention of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.acting import is_somebody
from onrecord.annotate.sourcing.lexicon import PERSONS, lexicon
from onrecord.lemmas import lemma
from onrecord.lexicons import table_of
from onrecord.model import Mention, Report, identify
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

_HEADS = frozenset("nsubj obj iobj obl nmod conj appos root parataxis dislocated vocative".split())
"""What the head of a noun phrase may be to the word above it: not a part of another name or noun."""
_BODIES = frozenset(("body", "crowd"))
_BEFORE = frozenset(("ADP", "SCONJ", "CCONJ", "PUNCT", "ADV", "PART", "X"))
"""Words that only attach a phrase to the sentence, where they open it."""
_AFTER = frozenset(("ADP", "PART", "CCONJ", "PUNCT", "DET", "ADV", "PRON"))
_POSSESSIVE = frozenset(("'", "’", "'s", "’s"))
_LONGEST = 12
"""Words before a head, and words after it, beyond which a phrase is held to be a parser's error."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The lists of the file by name, `people` and `bodies` with those of the lexicon of sources."""
    table = table_of("groups")
    parts = (table["nouns"], table["never"])
    lists = {name: frozenset(text.split()) for part in parts for name, text in part.items()}
    kinds = lexicon().kinds
    lists["people"] |= {noun for noun, kind in kinds.items() if kind in PERSONS}
    lists["bodies"] |= {noun for noun, kind in kinds.items() if kind in _BODIES}
    return lists


def find_groups(report: Report, syntax: Syntax, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The groups that a report tells of without naming them, in order, as mentions of type "group".

    Args:
        syntax: of the report's text, with its trees; without them nothing is found.
        mentions: the names in the report.
    """
    if not syntax.tagged:
        return ()
    mentions, text = tuple(mentions), report.text
    names = Located((one.span, one) for one in mentions if not one.span.of(text).islower())  # "the chamber of commerce"
    opening = bisect_left(syntax.words.starts, report.body)
    found = (span for head in range(len(syntax.words)) if (span := _group_at(syntax, names, head, opening)) is not None)
    new = sorted(set(found) - {one.span for one in mentions})
    return tuple(Mention(identify("m", report.id, span.start, span.end, "mention"), span, "group") for span in new)


def _group_at(syntax: Syntax, names: Located[Mention], head: int, opening: int) -> Span | None:
    """The phrase with this head, if it means a group; `opening` is the first word behind title and dateline."""
    if syntax.words.relation[head] not in _HEADS or not (
        syntax.tag(head) == "NOUN" or _is_opening(syntax, head, opening)
    ):
        return None
    if (
        not _means_group(syntax, names, head, opening)
        or not _is_tellable(syntax, head)
        or names.touching(syntax.span(head))
    ):
        return None
    return _phrase(syntax, names, head)


def _is_opening(syntax: Syntax, head: int, opening: int) -> bool:
    """Whether a noun for people that the tagger takes for a name opens the text: "OSLO - *Students* marched"."""
    form = syntax.folded(head)
    noun = lemma(form, "NOUN")
    return head == opening and syntax.tag(head) == "PROPN" and noun != form and noun in _lists()["people"]


def _means_group(syntax: Syntax, names: Located[Mention], head: int, opening: int) -> bool:
    """Whether the noun is one for people, in the plural, or for a body; a capital within a sentence makes it a name."""
    form, lists = syntax.folded(head), _lists()
    opens = head in (0, opening) or syntax.words.sentence[head - 1] != syntax.words.sentence[head]
    if not form[0].isalpha() or (syntax.form(head)[0].isupper() and not opens):
        return False
    if form in lists["plural_only"]:
        return True
    noun = lemma(form, "NOUN")
    if is_somebody(syntax, head):
        return True
    if noun in lists["nouns"]:
        return _is_made_a_group(syntax, names, head, noun)
    if noun in lists["bodies"]:
        return noun != form or _is_one_body(syntax, names, head, noun)
    return noun in lists["people"] and noun != form


def _is_made_a_group(syntax: Syntax, names: Located[Mention], head: int, noun: str) -> bool:
    """Whether a noun that is too wide alone is narrowed by whose it is, or by the word before it."""
    lists = _lists()
    if noun in lists["service"]:
        return head > 0 and syntax.folded(head - 1) in lists["with_word"]
    return noun in lists["with_owner"] and _has_owner(syntax, names, head)


def _is_one_body(syntax: Syntax, names: Located[Mention], head: int, noun: str) -> bool:
    """Whether a body in the singular is a certain one: told with an article, an owner or a name, or acting itself."""
    lists = _lists()
    before = [syntax.folded(c) for c in syntax.children[head] if c < head]
    goes_on = syntax.folded(head + 1) if head + 1 < len(syntax.words) else ""
    if goes_on == "with" or (goes_on in ("of", "to") and noun in lists["deeds"]):
        return False
    if any(word in lists["occasion"] for word in before):
        return False
    if any(word in lists["indefinite"] for word in before):
        return syntax.words.relation[head] == "nsubj" or _is_led(syntax, head)
    determined = any(syntax.words.relation[c] == "det" for c in syntax.children[head] if c < head)
    bare = noun in lists["bare"] and (len(before) < 2 or syntax.words.relation[head] == "nsubj")
    return determined or _has_owner(syntax, names, head) or bare


def _is_led(syntax: Syntax, head: int) -> bool:
    """Whether a compound with a name stands before the noun: "a Kenyan-led coalition"."""
    near = range(max(0, head - 4), head)
    return any(syntax.form(word)[-1] == "-" and syntax.form(word - 1)[0].isupper() for word in near if word)


def _has_owner(syntax: Syntax, names: Located[Mention], head: int) -> bool:
    """Whether the phrase says whose the group is: a name or a possessive stands in it, before the noun."""
    owners = (c for c in syntax.children[head] if c < head and syntax.words.relation[c] in ("nmod", "amod", "compound"))
    return any(syntax.tag(c) in ("PRON", "PROPN") or names.touching(syntax.span(c)) for c in owners)


def _is_tellable(syntax: Syntax, head: int) -> bool:
    """Whether the phrase is of certain ones: not "no officials", nor a bare count as in "19 pilgrims died"."""
    before = [c for c in syntax.children[head] if c < head]
    if any(syntax.folded(c) in _lists()["determiners"] for c in before):
        return False
    counted = any(syntax.words.relation[c] == "nummod" for c in before)
    return not counted or any(syntax.folded(c) in _lists()["definite"] or syntax.tag(c) == "PRON" for c in before)


def _phrase(syntax: Syntax, names: Located[Mention], head: int) -> Span:
    """The noun phrase without what attaches it to the sentence, and without what is joined to it by "and"."""
    inside = list(_of_one(syntax, head))
    first, last = inside[0], inside[-1]
    first = _with_owner(syntax, _before_hyphens(syntax, _with_name(syntax, names, first), head))
    while first < head and syntax.tag(first) in _BEFORE:
        first += 1
    while last > head and syntax.tag(last) in _AFTER:
        last -= 1
    return syntax.span(max(first, head - _LONGEST), last if last - head <= _LONGEST else head)


def _with_name(syntax: Syntax, names: Located[Mention], first: int) -> int:
    """The first word of a phrase with the name right before it: "U.S." of "U.S. troops", even in a wrong tree."""
    before = first - 1
    if first == 0 or syntax.tag(first) not in ("NOUN", "ADJ") or syntax.tag(before) not in ("PROPN", "ADJ"):
        return first
    if syntax.text[syntax.words.ends[before] : syntax.words.starts[first]] != " ":
        return first
    found = [span for span, _ in names.touching(syntax.span(before))]
    return min((syntax.words_in(span)[0] for span in found if syntax.words_in(span)), default=first)


def _with_owner(syntax: Syntax, first: int) -> int:
    """The first word of a phrase with the owner before it that a wrong tree cuts off: "*Tenants'* associations"."""
    if first < 2 or syntax.folded(first - 1) not in _POSSESSIVE or syntax.tag(first - 2) != "NOUN":
        return first
    return first if syntax.words.sentence[first - 2] != syntax.words.sentence[first] else first - 2


def _before_hyphens(syntax: Syntax, first: int, head: int) -> int:
    """The first word of a phrase that goes on to the left: of "Iran-allied factions" the tree keeps "allied" alone."""
    text, ends, starts = syntax.text, syntax.words.ends, syntax.words.starts
    floor = max(1, head - _LONGEST)
    while first > floor and text[ends[first - 1] - 1] == "-" and ends[first - 1] == starts[first]:
        first -= 1 if ends[first - 1] - starts[first - 1] > 1 else 2
        while first > floor and _is_modifier(syntax, first - 1, head):
            first -= 1
    return first


def _is_modifier(syntax: Syntax, word: int, head: int) -> bool:
    """Whether a word before a phrase belongs to it, directly or over another of its words."""
    above = syntax.words.head[word]
    return syntax.tag(word) in ("DET", "ADJ", "PROPN", "NUM", "NOUN") and word < above <= head


def _of_one(syntax: Syntax, head: int) -> Iterator[int]:
    """The words of the noun phrase up to the first after its head that joins another."""
    for word in syntax.noun_phrase_words(head):
        if word > head and syntax.words.relation[word] in ("cc", "conj"):
            return
        yield word
