"""The record laid out for reading: who is who, which report is r1, who tells a claim, which words stand around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from onrecord.export.brief.days import human
from onrecord.export.brief.document import Evidence, Item, Run, soft
from onrecord.export.decided import decisions_by_object, in_words

_PRONOUNS = frozenset(
    "he she it they who whom i we you him her them us me his their its my our your himself herself itself themselves"
    " this that one".split()
)
_ARTICLE = re.compile(r"(?:A|An|The)(?=\s)")
_IN_BRACKETS = re.compile(r"(?<!\s)\s*+\([^()]*+\)\Z")
"""What a name is told apart by: "Iraqi officials (Iraq)"."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]?[A-Z0-9])|\n\s*\n")
_ABBREVIATED = re.compile(r"(?:^|[\s(\"“])(?:[A-Z][a-z]{0,3}|(?:\w\.)+\w?)\.\s+\Z")
"""A point after a short capitalised word or between letters rarely ends a sentence: "Gen. ", "U.S. "."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_FUNCTION_WORDS = frozenset(
    "the and that for with from are was were has have had not but this these those they them their there then than his"
    " her hers him she you your our ours its who whom whose which what when where while will would can could may might"
    " must shall should about after before into over under out off all any both each more most other some such only own"
    " same too very just also been being does did doing because until during between through against again once here"
    " how why nor one two said says say told tell".split()
)
_CONTEXT = 320
"""Code points, at most, on either side of a passage shown in its sentence."""
_LONG_SOURCE = 64

ATTITUDES = {
    "speech": "",
    "belief": "belief",
    "intention": "intention",
    "question": "question",
    "denial": "denial",
    "refusal-to-comment": "no comment",
}


def grouped(items: Iterable[Item], key: Callable[[Item], str | None]) -> dict[str | None, list[Item]]:
    """The items by key, each group in their order."""
    groups: dict[str | None, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def in_own_voice(statement: Item) -> bool:
    """Whether the report tells it without a word of saying: not listed among what others say."""
    return statement["source"]["basis"] == "report" and statement["cue"] is None


class Reading:
    """A record with its reports in the order of their dates, and what is needed to read a claim in it."""

    def __init__(self, record: Item) -> None:
        self.record = record
        self.reports = sorted(record["reports"], key=_by_date)
        self.report = {report["id"]: report for report in self.reports}
        self.label = {report["id"]: f"r{number}" for number, report in enumerate(self.reports, 1)}
        self.origin = {report["id"]: report["lineage"]["origin"] for report in self.reports}
        self.statement = {one["id"]: one for one in record["statements"]}
        self.actor = {actor["id"]: actor for actor in record["actors"]}
        self.place = {place["id"]: place for place in record["places"]}
        self.as_of: str | None = record.get("as_of")

    @cached_property
    def attributed(self) -> list[Item]:
        """Statements by somebody, not those of a report in its own voice."""
        return [one for one in self.record["statements"] if not in_own_voice(one)]

    @cached_property
    def last_known(self) -> str | None:
        """The day as of which the record speaks: the one asked for, or that of the last report."""
        days = [report["date"]["latest"] for report in self.reports if report["date"]["latest"]]
        return self.as_of or max(days, default=None)

    @cached_property
    def mentions_of(self) -> Mapping[str | None, list[Item]]:
        """The mentions of each actor."""
        return grouped(self.record["mentions"], lambda one: one["actor"])

    @cached_property
    def prominence(self) -> Mapping[str, float]:
        """Of each actor the share of the origins that name it."""
        every = max(1, len(set(self.origin.values())))
        return {actor: self.origins(told) / every for actor, told in self.mentions_of.items() if actor}

    @cached_property
    def spread(self) -> Counter[str]:
        """How many statements by somebody use each word."""
        return Counter(word for one in self.attributed for word in set(content_words(one["content"])))

    @cached_property
    def pointed_at(self) -> Counter[str]:
        """How many changes and conflicts each claim is part of."""
        claims = [change[end] for change in self.record["changes"] for end in ("before", "after")]
        claims += [item for conflict in self.record["conflicts"] for item in conflict["items"]]
        return Counter(claim for claim in claims if claim)

    def origins(self, claims: Iterable[Item]) -> int:
        """How many independent witnesses tell the claims or passages: reports of one origin are one."""
        return len({self.origin[claim["report"]] for claim in claims})

    def chain(self, statement: str | None) -> list[Item]:
        """The statements that pass a claim on, the innermost first; none if the report itself tells it."""
        found: list[Item] = []
        while statement in self.statement and len(found) < len(self.statement):
            one = self.statement[statement]
            if not in_own_voice(one):
                found.append(one)
            statement = one["within"]
        return found

    def told(self, statement: str | None) -> tuple[Run, ...]:
        """Who tells it: the source, then whoever passes that on, outwards; a bare shape for the report itself."""
        chain = self.chain(statement)
        runs: list[Run] = []
        for number, one in enumerate(chain):
            if number:
                runs.append(soft(", according to"))
            runs.append(Run(self.source_name(one), "source", one["source"]["basis"]))
            if one["source"]["span"] and self._is_in_doubt(one["source"]["span"]):
                runs.append(soft("(name in doubt)"))
            if number == 0 and ATTITUDES[one["attitude"]]:
                runs.append(soft(f"({ATTITUDES[one['attitude']]})"))
        return tuple(runs) or (Run("", "source", "report"),)

    def decided(self, *ids: str | None) -> tuple[Run, ...]:
        """What people decided about these objects; nothing where they are the machine's alone."""
        words = in_words(self._decisions, ids)
        return (soft(f"· decided: {words}"),) if words else ()

    @cached_property
    def _decisions(self) -> dict[str, list[tuple[int, str]]]:
        return decisions_by_object(self.record["decisions"])

    def _is_in_doubt(self, span: Item) -> bool:
        """Whether a finding doubts the name of who speaks."""
        return any(
            one["start"] < span["end"] and span["start"] < one["end"] for one in self._doubted.get(span["report"], ())
        )

    @cached_property
    def _doubted(self) -> Mapping[str | None, list[Item]]:
        named = (one for one in self.record["findings"] if one["kind"] == "suspect_name")
        return grouped((span for one in named for span in one["evidence"]), lambda span: span["report"])

    def source_name(self, statement: Item) -> str:
        """The source in the words of the report, or by its name where those are a pronoun or very long."""
        span, actor = statement["source"]["span"], self.actor.get(statement["source"]["actor"] or "")
        if span is None:
            return "the report itself" if statement["source"]["basis"] == "report" else "source not given"
        words = " ".join(span["text"].split())
        if actor and (words.lower() in _PRONOUNS or _is_part_of_name(words, actor)):
            words = plain_name(actor)
        elif words.lower() in _PRONOUNS:
            words = f"“{words}” (unresolved)"
        return uncapital(shortened(words))

    def evidence(self, passages: Sequence[Item]) -> Evidence:
        """The passages, each once, in the order of reports and words."""
        unique = {(one["report"], one["start"], one["end"]): one for one in passages}
        ordered = sorted(unique.values(), key=lambda one: (self.order[one["report"]], one["start"], one["end"]))
        return Evidence(tuple(ordered))

    def names(self, actors: Iterable[str]) -> list[str]:
        """The names of actors that the record knows, for use within a sentence."""
        return [uncapital(shortened(plain_name(self.actor[one]))) for one in actors if one in self.actor]

    def teller_of(self, passage: Item) -> str | None:
        """The innermost statement whose content holds the passage."""
        holding = [one for one in self._statements_of.get(passage["report"], []) if _holds(one, passage)]
        return min(holding, key=_length, default={"id": None})["id"]

    def around(self, passage: Item) -> tuple[str, str]:
        """What stands before and after a passage in its sentence; cut, with an ellipsis, where that is long."""
        return self.context(passage["report"], passage["start"], passage["end"])

    def context(self, report: str, start: int, end: int) -> tuple[str, str]:
        """As `around`, of the words from `start` to `end`."""
        text: str = self.report[report]["text"]
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        begin = max((match.end() for match in _ends(before + text[start])), default=None)
        stop = _sentence_rest(text[start:end], after)
        head = before if begin is None else before[begin:]
        tail = after if stop is None else after[:stop]
        cut_before = begin is None and start > _CONTEXT
        cut_after = stop is None and end + _CONTEXT < len(text)
        return ("… " if cut_before else "") + head.lstrip(), tail.rstrip() + (" …" if cut_after else "")

    def date_of(self, report: Item) -> str:
        """A report's date in words, and how sure it is."""
        return human(report["date"]) or "no date"

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Of each report its number in the order of dates."""
        return {report["id"]: number for number, report in enumerate(self.reports)}

    @cached_property
    def _statements_of(self) -> Mapping[str | None, list[Item]]:
        return grouped(self.attributed, lambda one: one["report"])


def plain_name(actor: Item) -> str:
    """An actor's name without what tells it apart from others of the same name."""
    return _IN_BRACKETS.sub("", actor["name"]) or actor["name"]


def title_of(report: Item) -> str:
    """A report's title, or its name where it has none."""
    return (report["title"] or "").strip() or str(report["name"])


def office(actor: Item, reading: Reading) -> str:
    """What the reports call a person: the title most often given, and of whom; empty if they give none."""
    told = [role for role in actor["roles"] if role["title"][:1].isalpha() and len(role["title"].split()) <= 6]
    role = max(told, key=lambda role: (len(role["evidence"]), role["to"] or "", role["title"]), default=None)
    if role is None:
        return ""
    of = reading.actor.get(role["of"] or "")
    return f"{role['title']}, {plain_name(of)}" if of else str(role["title"])


def uncapital(words: str) -> str:
    """The words without the capital of an article at their start, for use within a sentence."""
    return _ARTICLE.sub(lambda match: match[0].lower(), words, count=1)


def clipped(words: str, limit: int) -> str:
    """The words on one line, cut between two words if they are longer than `limit` code points."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + " …"


def _by_date(report: Item) -> tuple[bool, str, str, str]:
    day = report["date"]["earliest"]
    return day is None, day or "", report["name"], report["id"]


def _is_part_of_name(words: str, actor: Item) -> bool:
    return actor["type"] == "person" and len(words) < len(actor["name"]) and words in actor["name"]


def shortened(words: str) -> str:
    """A long description up to its first comma: what follows there is an aside."""
    if len(words) <= _LONG_SOURCE:
        return words
    head = words.split(",")[0].split(" - ")[0]
    return head if len(head) <= _LONG_SOURCE else clipped(words, _LONG_SOURCE)


def content_words(spans: Sequence[Item]) -> Iterator[str]:
    """The words of spans in small letters, without those that stand in every text."""
    for span in spans:
        yield from (word for word in _WORD.findall(span["text"].lower()) if word not in _FUNCTION_WORDS)


def _holds(statement: Item, passage: Item) -> bool:
    return any(span["start"] <= passage["start"] and passage["end"] <= span["end"] for span in statement["content"])


def _length(statement: Item) -> tuple[int, str]:
    return sum(span["end"] - span["start"] for span in statement["content"]), statement["id"]


def _ends(text: str) -> Iterator[re.Match[str]]:
    """Where sentences end in a text; not after an abbreviation."""
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, match.start() - 8) : match.end()]):
            yield match


def _sentence_rest(words: str, after: str) -> int | None:
    """How much of what follows belongs to the sentence that `words` end in; None if its end is not in sight."""
    tail = words[-4:]
    for match in _ends(tail + after):
        if match.end() >= len(tail):
            return max(0, match.end() - len(tail))
    return None
