"""The brief: a record as an analyst reads it, in Markdown. Made from the public record alone.

Every line ends in the place of its words: `[r1 243–335]` is the passage of code points 243 up to, not
including, 335 in the text of report r1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]

MARKS = {"named": "●", "role": "○", "anonymous": "◌", "document": "▤", "report": "□"}
"""How the source is known, as a shape."""

_BASES = {
    "named": "named",
    "role": "known by role or as a group",
    "anonymous": "anonymous, the name withheld",
    "document": "a document",
    "report": "the report's own voice",
}
_SAYS = {
    "speech": "says",
    "belief": "believes",
    "intention": "intends",
    "question": "asks",
    "denial": "denies",
    "refusal-to-comment": "does not comment",
}
"""What an outer source does, before what it passes on."""

_STATUS = {
    "contradicted": "contradicted by its own words",
    "estimated": "estimated from its words",
    "consistent": "",
    "unknown": "",
}
_QUOTES = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "``": "''", "”": "”", "''": "''"}
_SPECIAL = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|&(?=#?\w{1,40};)")
"""What Markdown would act on in the midst of a line: marks, links, tables, formulas, tags, entities."""
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_SAME_PLACE = 60
"""Passages at most this many code points apart are given as one place."""


def brief(record: Item) -> str:
    """The brief of a record in the format `onrecord/1`, as Markdown."""
    return "\n".join(_Brief(record).lines()) + "\n"


class _Brief:
    """The record sorted for reading: reports by date, each with what was read out of it."""

    def __init__(self, record: Item) -> None:
        self.record = record
        self.reports = sorted(record["reports"], key=_by_date)
        self.label = {report["id"]: f"r{number}" for number, report in enumerate(self.reports, 1)}
        self.attributed = {one["id"]: one for one in record["statements"] if not _in_own_voice(one)}
        self.inner = grouped(self.attributed.values(), lambda one: one["within"])
        kinds = ("statements", "events", "times", "findings")
        self.read_out = {kind: grouped(record[kind], lambda item: item["report"]) for kind in kinds}

    def lines(self) -> Iterator[str]:
        yield "# On the record"
        yield ""
        yield self._in_figures()
        yield ""
        yield from self._overview()
        yield from _legend()
        for report in self.reports:
            yield from self._report(report)
        yield from self._engine()

    def _in_figures(self) -> str:
        counts = [_counted(len(self.reports), "report"), _counted(len(self.attributed), "statement")]
        if self.record["events"]:
            counts.append(_counted(len(self.record["events"]), "event"))
        if self.record["findings"]:
            counts.append(_counted(len(self.record["findings"]), "doubt") + " about the texts")
        return " · ".join(counts)

    def _overview(self) -> Iterator[str]:
        yield "| | Report | Date | Origin | " + " | ".join(f"{MARKS[basis]}" for basis in _shown_bases()) + " |"
        yield "|---|---|---|---|" + "--:|" * len(_shown_bases())
        for report in self.reports:
            bases = Counter(one["source"]["basis"] for one in self._of(report, "statements"))
            known = self.label[report["id"]], _title(report), _date_of(report), _origin(report)
            yield "| " + " | ".join((*known, *(str(bases[basis]) for basis in _shown_bases()))) + " |"
        yield ""

    def _report(self, report: Item) -> Iterator[str]:
        yield f"## {self.label[report['id']]} · {_title(report)}"
        yield ""
        yield " · ".join(self._known(report))
        yield ""
        yield from _section("Who says what", self._who_says_what(report))
        yield from _section("Events with a date", self._events(report))
        yield from _section("Times", self._times(report))
        yield from _section("Doubts about the text", self._findings(report))
        yield from _section(f"{MARKS['report']} Told by the report itself", self._own_words(report))

    def _known(self, report: Item) -> Iterator[str]:
        """What a report's wrapping says of it, the place of its date included."""
        if report["title"]:
            yield f"`{_code(report['name'])}`"
        yield _date_of(report, at_length=True)
        if report["date"]["because"]:
            yield self._place(report["date"]["because"])
        yield _origin(report)

    def _who_says_what(self, report: Item) -> Iterator[str]:
        attributed = [one for one in self._of(report, "statements") if one["id"] in self.attributed]
        for one in attributed:
            if one["within"] not in self.attributed:
                yield from self._with_inner(one, chain=())
        if not attributed:
            yield "No statement was found."

    def _own_words(self, report: Item) -> Iterator[str]:
        for one in self._of(report, "statements"):
            if one["id"] not in self.attributed:
                yield f"- {_content(one)} · {self._place(one['content'])}"

    def _with_inner(self, statement: Item, chain: tuple[Item, ...]) -> Iterator[str]:
        """A statement's line, and under it those of the statements it passes on."""
        yield "  " * len(chain) + "- " + self._statement(statement, chain)
        for one in self.inner.get(statement["id"], []):
            yield from self._with_inner(one, (*chain, statement))

    def _statement(self, statement: Item, chain: Sequence[Item]) -> str:
        source, cue = statement["source"], statement["cue"]
        parts = [f"*{_source_words(outer)} {_SAYS[outer['attitude']]}* ▸" for outer in chain]
        parts.append(f"{MARKS[source['basis']]} **{_source_words(statement)}**")
        if source["count"] == "several":
            parts.append("(several)")
        parts.append("—" if cue is None or _inside(cue, statement["content"]) else f"{_shown(cue['text'])}:")
        parts.append(_content(statement))
        return " ".join(parts) + "".join(f" · {note}" for note in self._notes(statement))

    def _notes(self, statement: Item) -> Iterator[str]:
        """What else is known of a statement, and where its words are."""
        if statement["source"]["reason"]:
            yield f"not named: “{_shown(statement['source']['reason']['text'])}”"
        if statement["attitude"] != "speech":
            yield f"*{statement['attitude'].replace('-', ' ')}*"
        if statement["said"]:
            yield f"said {_shown(statement['said']['value'])}"
        reason = statement["source"]["reason"]
        yield self._place([*statement["evidence"], *([reason] if reason else [])])

    def _events(self, report: Item) -> Iterator[str]:
        dated = [event for event in self._of(report, "events") if event["date"]]
        for event in sorted(dated, key=lambda event: _sortable(event["date"])):
            words, place = _with_emphasis(event["evidence"], event["trigger"]), self._place(event["evidence"])
            yield f"- {_shown(event['date']['value'])} — {words} · *{event['factuality']}* · {place}"

    def _times(self, report: Item) -> Iterator[str]:
        """The expressions that name days, in their order; then the others, in that of the text."""
        times = self._of(report, "times")
        for time in sorted((time for time in times if time["earliest"]), key=_sortable):
            words, place = _shown(time["text"]), self._place([time])
            yield f"- {_shown(time['value'])} — “{words}” · {_shown(time['rule'])} · {place}"
        others = [self._other_time(time) for time in times if not time["earliest"]]
        if others:
            yield "- without days of their own: " + ", ".join(others)

    def _other_time(self, time: Item) -> str:
        return f"“{_shown(time['text'])}” {_shown(time['value'])} {self._place([time])}"

    def _findings(self, report: Item) -> Iterator[str]:
        for finding in self._of(report, "findings"):
            words = " … ".join(f"“{_shown(span['text'])}”" for span in finding["evidence"])
            place = f" · {self._place(finding['evidence'])}" if finding["evidence"] else ""
            told = " ".join(_sentence(finding[key]) for key in ("explanation", "suggestion") if finding[key])
            yield f"- **{finding['kind'].replace('_', ' ')}** — {told}{' · ' + words if words else ''}{place}"

    def _engine(self) -> Iterator[str]:
        engine, version = self.record["engine"], _shown(self.record["engine"]["version"])
        yield "---"
        yield ""
        yield f"onrecord {version} · model `{_code(engine['model'][:19])}` · format {self.record['format']}"

    def _of(self, report: Item, kind: str) -> list[Item]:
        return self.read_out[kind].get(report["id"], [])

    def _place(self, spans: Sequence[Item]) -> str:
        """Where the words of `spans` are, as `[r1 243–335]`."""
        label = self.label[spans[0]["report"]]
        return f"[{label} " + ", ".join(f"{start}–{end}" for start, end in _joined(spans)) + "]"


def _in_own_voice(statement: Item) -> bool:
    """Whether the report tells it without a word of saying: not listed among what others say."""
    return statement["source"]["basis"] == "report" and statement["cue"] is None


def grouped(items: Iterable[Item], key: Callable[[Item], str | None]) -> dict[str | None, list[Item]]:
    """The items by key, each group in their order."""
    groups: dict[str | None, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _legend() -> Iterator[str]:
    yield " ".join(f"{MARKS[basis]} {_BASES[basis]} ·" for basis in MARKS).rstrip(" ·")
    yield ""
    yield (
        "Words in quotation marks were quoted by the report; the others are the report's own wording of what its source"
        " said. An indented line is what the source above it says that another said. Numbers in brackets are the report"
        " and the code points of the words."
    )
    yield ""


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield f"### {title}"
        yield ""
        yield from listed
        yield ""


def _shown_bases() -> tuple[str, ...]:
    """Columns of the overview; the report's own voice is not counted there."""
    return tuple(basis for basis in MARKS if basis != "report")


def _by_date(report: Item) -> tuple[bool, str, str, str]:
    day = report["date"]["earliest"]
    return day is None, day or "", report["name"], report["id"]


def _sortable(date: Item) -> tuple[str, str]:
    return date["earliest"] or "9999", date["latest"] or "9999"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _title(report: Item) -> str:
    return _shown(report["title"]) if report["title"] else f"`{_code(report['name'])}`"


def _date_of(report: Item, at_length: bool = False) -> str:
    date = report["date"]
    if date["value"] is None:
        return "no date given" if at_length else "—"
    how = _STATUS[date["status"]] or ("as the report declares" if at_length else "")
    return f"{_shown(date['value'])}{', ' if at_length and how else ' ' if how else ''}{how}"


def _origin(report: Item) -> str:
    """Who wrote it and where, as far as the dateline or the wrapping tells."""
    dateline = report["dateline"]["text"] if report["dateline"] else None
    known = [dateline, report["publisher"] or report["lineage"]["agency"]]
    if dateline and known[1] and known[1] in dateline:
        known.pop()
    return _shown(", ".join(word for word in known if word)) or "origin not given"


def _source_words(statement: Item) -> str:
    source = statement["source"]
    if source["span"]:
        return _shown(source["span"]["text"])
    return "the report itself" if source["basis"] == "report" else "source not given"


def _content(statement: Item) -> str:
    """What was said; words wholly quoted bear quotation marks, mixed ones those of the text."""
    pieces = [span["text"] for span in statement["content"]]
    if statement["directness"] == "direct":
        return " … ".join(f"“{_shown(_without_quotes(piece))}”" for piece in pieces)
    return " … ".join(_shown(piece) for piece in pieces)


def _inside(span: Item, others: Sequence[Item]) -> bool:
    return any(other["start"] <= span["start"] and span["end"] <= other["end"] for other in others)


def _without_quotes(piece: str) -> str:
    """A direct quotation without the marks around it, if it has them."""
    piece = piece.strip()
    for opening, closing in _QUOTES.items():
        if piece.startswith(opening) and len(piece) > len(opening):
            inside = piece[len(opening) :]
            return inside.removesuffix(closing)
    return piece.removesuffix("”").removesuffix('"')


def _with_emphasis(evidence: Sequence[Item], trigger: Item) -> str:
    """The words of an event, its trigger set off."""
    return " … ".join(_emphasised(span, trigger) for span in evidence)


def _emphasised(span: Item, trigger: Item) -> str:
    start, end = trigger["start"] - span["start"], trigger["end"] - span["start"]
    if start < 0 or end > len(span["text"]):
        return _shown(span["text"])
    before, word, after = span["text"][:start], span["text"][start:end], span["text"][end:]
    return f"{_shown(before)}{_blank(before[-1:])}**{_shown(word)}**{_blank(after[:1])}{_shown(after)}"


def _blank(char: str) -> str:
    return " " if char.isspace() else ""


def _joined(spans: Sequence[Item]) -> list[tuple[int, int]]:
    """The places of spans, those near one another as one."""
    places: list[tuple[int, int]] = []
    for start, end in sorted((span["start"], span["end"]) for span in spans):
        if places and start - places[-1][1] <= _SAME_PLACE:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    return places


def _sentence(words: str) -> str:
    shown = _shown(words)
    return shown if shown.endswith((".", "?", "!")) else shown + "."


def _shown(words: str) -> str:
    """Words of a text on one line, with nothing in them that Markdown would act on."""
    line = _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split()))
    return _SPECIAL.sub(r"\\\g<0>", line)


def _code(words: str) -> str:
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split())).replace("`", "'")
