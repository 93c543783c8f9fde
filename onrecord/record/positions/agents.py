"""Whose an attitude is, as far as its clause says: the noun that stands for the holder."""

from __future__ import annotations

from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import words_of

_REACH = 25
_APART = 4
_MODIFIER = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
_BEFORE_VERB = frozenset(("AUX", "ADV"))
_QUOTES = frozenset(("”", '"'))


def agent_of_predicate(clauses: Clauses, word: int) -> int | None:
    """The noun that is said to hold what a verb, adjective or phrase expresses; None where none is told."""
    syntax = clauses.syntax
    if _is_only_wished(clauses, word):
        return None
    found = _controller(clauses, word)
    if found is None:
        found = _nearest_subject(clauses, word)
    if found is not None and _is_urged(clauses, word, found):
        found = None
    if found is None and clauses.relation(word) == "acl":
        found = _of_modified(clauses, word)
    if found is None:
        subject = syntax.subject(word)
        urged = subject is not None and _is_urged(clauses, word, subject)
        found = _one_of(None if urged else subject, _of_joined(clauses, word), _before(clauses, word))
    if found is None:
        found = _one_of(_unlabelled(clauses, word), _first(clauses, word), _by_words(clauses, word))
    return _of_relative(clauses, _owned(clauses, found, word))


def _owned(clauses: Clauses, noun: int | None, word: int) -> int | None:
    """What is the noun's, where a wrong tree has the owner as the subject: "Indonesia's press *council* has"."""
    if noun is None or noun + 2 >= word or clauses.syntax.folded(noun + 1) not in ("'s", "’s"):
        return noun
    at = noun + 2
    while at + 1 < word and clauses.syntax.tag(at + 1) in ("NOUN", "PROPN") and clauses.syntax.tag(at) in _MODIFIER:
        at += 1
    return at if clauses.is_nominal(at) else noun


def _one_of(*words: int | None) -> int | None:
    """The first of the words that there is; the first word of a report is one too."""
    return next((word for word in words if word is not None), None)


def _is_urged(clauses: Clauses, word: int, subject: int) -> bool:
    """As in "the bishop urged the president to": whoever is urged is no subject, though the tree may have it so."""
    following = clauses.infinitive(word) if subject > word else None
    return following is not None and subject < following[0]


def _nearest_subject(clauses: Clauses, word: int) -> int | None:
    """The subject of a word; of two, as a tree has that leaves a dateline or another clause in, the nearer one."""
    subjects = [child for child in clauses.children(word, "nsubj") if child < word]
    if len(subjects) < 2 or any(clauses.children(child, "cc") for child in subjects[1:]):
        return clauses.syntax.own_subject(word)
    titled = clauses.syntax.tag(subjects[0]) in ("NOUN", "PROPN") and subjects[-1] == subjects[0] + 1
    if titled and clauses.syntax.tag(subjects[-1]) == "PROPN":
        return subjects[-1]  # "Prime Minister Ruiz", of which the tree makes two
    between = {clauses.syntax.tag(at) for at in range(subjects[0], subjects[-1])}
    return subjects[-1] if "VERB" in between else clauses.syntax.own_subject(word)


def _is_only_wished(clauses: Clauses, word: int) -> bool:
    """Whether the word stands in an infinitive that is not told to be done: "asked members to support"."""
    if not any(clauses.syntax.folded(child) == "to" for child in clauses.children(word, "mark")):
        return clauses.case(word) == "for" and clauses.syntax.tag(word) == "VERB"
    governor = clauses.head(word)
    if clauses.syntax.folded(governor) == "going" and clauses.children(governor, "aux"):
        return False  # "is going to vote for"
    return clauses.relation(word) == "root" or clauses.base(governor) not in words_of("agents realised")


def _controller(clauses: Clauses, word: int) -> int | None:
    """Who is led to it: the noun between the governing verb and its infinitive."""
    governor = clauses.head(word)
    is_led = clauses.base(governor) in words_of("agents realised")  # whatever the tree calls what somebody is led to
    if (clauses.relation(word) != "xcomp" and not is_led) or governor >= word:
        return None
    found = clauses.infinitive(governor)
    return found[1] if found is not None and found[0] == word else None


def _of_modified(clauses: Clauses, word: int) -> int | None:
    """The noun that a participle or relative clause is said of; of "among the voices calling for", its subject."""
    noun = clauses.head(word)
    if not clauses.is_nominal(noun) or noun > word:
        return None
    subject = clauses.syntax.own_subject(noun)
    return noun if subject is None or not clauses.children(noun, "cop") else subject


def _of_joined(clauses: Clauses, word: int) -> int | None:
    """The subject of a clause that this one is joined to, however the tree joins them."""
    for head in clauses.syntax.ancestors(word):
        if word - head > _REACH or head > word or clauses.relation(word) not in ("conj", "xcomp", "advcl", "parataxis"):
            return None
        subject = clauses.syntax.own_subject(head)
        if subject is not None:
            return subject if subject < word else None
        word = head
    return None


def _before(clauses: Clauses, word: int) -> int | None:
    """The nearest subject on the left that the tree hangs too high, if no verb stands between."""
    first = max(0, word - _REACH)
    for at in range(word - 1, first, -1):
        if clauses.ends[at] != clauses.ends[word] or clauses.syntax.tag(at) in ("VERB", "SCONJ"):
            return None
        if clauses.relation(at) == "nsubj" and clauses.head(at) >= word:
            return at
    return None


def _unlabelled(clauses: Clauses, word: int) -> int | None:
    """A noun phrase on the left that hangs on the predicate under another label than that of a subject."""
    for child in clauses.children(word, "appos", "nmod", "obl"):
        if child < word and clauses.is_nominal(child) and not clauses.preposition(child):
            return child
    return None


def _first(clauses: Clauses, word: int) -> int | None:
    """The noun a sentence begins with, where its verb has no subject in the tree."""
    begin = word
    while begin > 0 and word - begin < _REACH and clauses.ends[begin - 1] == clauses.ends[word]:
        begin -= 1
    found = None
    for at in range(begin, word):
        tag = clauses.syntax.tag(at)
        if tag in ("VERB", "SCONJ", "PUNCT", "CCONJ"):
            return None
        if found is None and tag == "ADP":
            return None
        if found is None and clauses.is_nominal(at) and clauses.relation(at) not in ("compound", "flat", "obl"):
            found = _titled(clauses, at)
    return found


def _by_words(clauses: Clauses, word: int) -> int | None:
    """The noun right before "is against", or before the aside between commas in front of it, whatever the tree.

    As in "Ivo Reed, the head of the players' union, is against a boycott"; of "the minister, Ana Reed," the name.
    """
    syntax, at = clauses.syntax, word - 1
    while at > 0 and syntax.tag(at) in ("AUX", "ADV", "PART", "ADP") and word - at < _APART + 1:
        at -= 1
    apart = at >= 0 and syntax.form(at) == ","
    named = at == word - 1 and syntax.tag(at) == "PROPN"
    if at < 0 or clauses.ends[at] != clauses.ends[word] or not (apart or named or syntax.tag(at + 1) in _BEFORE_VERB):
        return None
    if apart:
        opening = next((w for w in range(at - 1, max(0, at - _REACH), -1) if syntax.form(w) == ","), None)
        if opening is None or clauses.ends[opening] != clauses.ends[word]:
            return None
        is_name = all(syntax.tag(w) == "PROPN" for w in range(opening + 1, at))
        at = at - 1 if is_name else opening - 1
    if at < 0 or clauses.ends[at] != clauses.ends[word] or not clauses.is_nominal(at):
        return None
    while at > 0 and syntax.tag(at) == "PROPN" and syntax.tag(at - 1) == "PROPN":
        at -= 1
    return None if at > 0 and syntax.tag(at - 1) == "ADP" else at


def _titled(clauses: Clauses, word: int) -> int:
    """The name that a title stands before: "*Bishop* Moreau"."""
    head = clauses.head(word)
    return (
        head if clauses.relation(word) == "nmod" and head == word + 1 and clauses.syntax.tag(head) == "PROPN" else word
    )


def _of_relative(clauses: Clauses, noun: int | None) -> int | None:
    """The noun that a relative pronoun stands for."""
    if noun is None or clauses.syntax.folded(noun) not in words_of("agents relative"):
        return noun
    clause = clauses.head(noun)
    found = clauses.syntax.relative_head(clause) if clauses.relation(clause) == "acl" else None
    if found is not None and (_opens_dateline(clauses, found) or _is_apart(clauses, found, noun)):
        found = None
    return found if found is not None and found < noun else _right_before(clauses, noun)


def _opens_dateline(clauses: Clauses, word: int) -> bool:
    """Whether the word is a town in capitals at the head of a sentence, with a comma behind: "ACCRA, 2 December"."""
    is_first = word == 0 or clauses.ends[word - 1] != clauses.ends[word]
    behind = clauses.syntax.form(word + 1) if word + 1 < clauses.ends[word] else ""
    return is_first and clauses.syntax.form(word).isupper() and len(clauses.syntax.form(word)) > 2 and behind in ",("


def _right_before(clauses: Clauses, pronoun: int) -> int | None:
    """The noun that a relative pronoun follows, where the tree hangs its clause on a noun that comes later."""
    for word in range(pronoun - 1, max(-1, pronoun - 4), -1):
        if clauses.syntax.tag(word) in ("NOUN", "PROPN"):
            return _head_of_name(clauses, word)
    return None


def _head_of_name(clauses: Clauses, word: int) -> int:
    """The word that stands for the name that a word ends: of "the Union for Peace in the North" the first."""
    head = clauses.head(word)
    while (
        clauses.relation(word) in ("flat", "nmod", "compound") and head < word and clauses.syntax.tag(head) == "PROPN"
    ):
        word, head = head, clauses.head(head)
    return word


def _is_apart(clauses: Clauses, noun: int, pronoun: int) -> bool:
    """Whether a clause or what is said lies between a noun and "which", so that it stands for a nearer one."""
    between = range(noun + 1, pronoun)
    return pronoun - noun > _APART and any(clauses.syntax.form(w) in _QUOTES for w in between)


def by_agent(clauses: Clauses, verb: int) -> int | None:
    """Who does what a passive says: "by farmers"."""
    agents = [c for c in clauses.children(verb, "obl", "nmod", "nsubj") if c > verb and clauses.case(c) == "by"]
    return agents[0] if agents and clauses.is_nominal(agents[0]) else None


def agent_of_noun(clauses: Clauses, noun: int) -> int | None:
    """Whose attitude a noun names: "their push for", "calls from the union for", "voiced support for"."""
    owner = _owner(clauses, noun)
    if owner is not None and clauses.syntax.tag(owner) == "PRON":
        return _voice(clauses, noun) or owner
    return _one_of(owner, _origin(clauses, noun), _voice(clauses, noun))


def has_owner(clauses: Clauses, noun: int) -> bool:
    """Whether somebody is said to have it, so that it is a noun even where it is tagged a verb."""
    owner = _owner(clauses, noun)
    if owner is None or clauses.children(noun, "aux", "cop", "nsubj"):
        return False
    return clauses.syntax.tag(owner) == "PRON" or _is_possessive(clauses, owner)


def _owner(clauses: Clauses, noun: int) -> int | None:
    """The possessor, or the name before it: "the union's demand", "Norwegian opposition"."""
    owners = [c for c in clauses.children(noun, "nmod", "compound", "amod") if c < noun]
    for owner in owners:
        is_possessive = clauses.syntax.tag(owner) == "PRON" or _is_possessive(clauses, owner)
        if is_possessive or (clauses.syntax.form(owner)[0].isupper() and _is_next(clauses, owner, noun)):
            return owner
    return None


def _is_next(clauses: Clauses, owner: int, noun: int) -> bool:
    """Whether no verb stands between a name and the noun it is to modify."""
    return not any(clauses.syntax.tag(word) in ("VERB", "AUX", "ADP") for word in range(owner + 1, noun))


def _is_possessive(clauses: Clauses, noun: int) -> bool:
    return any(clauses.syntax.tag(child) == "PART" for child in clauses.children(noun, "case"))


def _origin(clauses: Clauses, noun: int) -> int | None:
    found = [
        c for c in clauses.children(noun, "nmod") if c > noun and clauses.case(c) in words_of("agents from") - {"of"}
    ]
    if found and clauses.is_nominal(found[0]):
        return found[0]
    verb = clauses.head(noun)
    came = verb > noun and clauses.base(verb) in ("come", "emerge") and clauses.syntax.tag(verb) == "VERB"
    return clauses.behind(verb, "from", 3) if came else None  # "backing for the line also came from the university"


def _voice(clauses: Clauses, noun: int) -> int | None:
    """The subject of the verb whose object the noun is, if that verb does no more than voice it."""
    verb = clauses.head(noun)
    if not clauses.is_object(noun) or clauses.base(verb) not in words_of("agents light"):
        return None
    return None if clauses.is_negated(verb) else agent_of_predicate(clauses, verb)
