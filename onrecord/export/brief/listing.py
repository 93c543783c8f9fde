"""All statements, dated events, times and doubts of a record, report by report: what a brief chooses from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.export.brief.document import MARKS, Item
from onrecord.export.brief.doubts import dated
from onrecord.export.brief.markdown import code, place, shown
from onrecord.export.brief.reading import Reading, grouped
from onrecord.export.brief.voices import without_quotes

_SAYS = {
    "speech": "says",
    "belief": "believes",
    "intention": "intends",
    "question": "asks",
    "denial": "denies",
    "refusal-to-comment": "does not comment",
}
"""What an outer source does, before what it passes on."""


class Listing:
    """The record sorted for reading through: reports by date, each with what was read out of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._attributed = {one["id"]: one for one in reading.attributed}
        self._inner = grouped(reading.attributed, lambda one: one["within"])
        kinds = ("statements", "events", "times", "findings")
        self._read_out = {kind: grouped(reading.record[kind], lambda item: item["report"]) for kind in kinds}

    def lines(self) -> Iterator[str]:
        for report in self._reading.reports:
            yield f"## {self._reading.label[report['id']]} · {_title(report)}"
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
            yield f"`{code(report['name'])}`"
        yield shown(dated(report))
        if report["date"]["because"]:
            yield self._place(report["date"]["because"])

    def _who_says_what(self, report: Item) -> Iterator[str]:
        attributed = [one for one in self._of(report, "statements") if one["id"] in self._attributed]
        for one in attributed:
            if one["within"] not in self._attributed:
                yield from self._with_inner(one, chain=())
        if not attributed:
            yield "No statement was found."

    def _own_words(self, report: Item) -> Iterator[str]:
        for one in self._of(report, "statements"):
            if one["id"] not in self._attributed:
                yield f"- {_content(one)} · {self._place(one['content'])}"

    def _with_inner(self, statement: Item, chain: tuple[Item, ...]) -> Iterator[str]:
        """A statement's line, and under it those of the statements it passes on."""
        yield "  " * len(chain) + "- " + self._statement(statement, chain)
        for one in self._inner.get(statement["id"], []):
            yield from self._with_inner(one, (*chain, statement))

    def _statement(self, statement: Item, chain: Sequence[Item]) -> str:
        source, cue = statement["source"], statement["cue"]
        parts = [f"*{_source_words(outer)} {_SAYS[outer['attitude']]}* ▸" for outer in chain]
        parts.append(f"{MARKS[source['basis']]} **{_source_words(statement)}**")
        if source["count"] == "several":
            parts.append("(several)")
        parts.append("—" if cue is None or _inside(cue, statement["content"]) else f"{shown(cue['text'])}:")
        parts.append(_content(statement))
        return " ".join(parts) + "".join(f" · {note}" for note in self._notes(statement))

    def _notes(self, statement: Item) -> Iterator[str]:
        """What else is known of a statement, and where its words are."""
        reason = statement["source"]["reason"]
        if reason:
            yield f"not named: “{shown(reason['text'])}”"
        if statement["attitude"] != "speech":
            yield f"*{statement['attitude'].replace('-', ' ')}*"
        if statement["said"]:
            yield f"said {shown(statement['said']['value'])}"
        yield self._place([*statement["evidence"], *([reason] if reason else [])])

    def _events(self, report: Item) -> Iterator[str]:
        events = [event for event in self._of(report, "events") if event["date"]]
        for event in sorted(events, key=lambda event: _sortable(event["date"])):
            words, where = _with_emphasis(event["evidence"], event["trigger"]), self._place(event["evidence"])
            yield f"- {shown(event['date']['value'])} — {words} · *{event['factuality']}* · {where}"

    def _times(self, report: Item) -> Iterator[str]:
        """The expressions that name days, in their order; then the others, in that of the text."""
        times = self._of(report, "times")
        for time in sorted((time for time in times if time["earliest"]), key=_sortable):
            yield f"- {shown(time['value'])} — “{shown(time['text'])}” · {shown(time['rule'])} · {self._place([time])}"
        others = [self._other_time(time) for time in times if not time["earliest"]]
        if others:
            yield "- without days of their own: " + ", ".join(others)

    def _other_time(self, time: Item) -> str:
        return f"“{shown(time['text'])}” {shown(time['value'])} {self._place([time])}"

    def _findings(self, report: Item) -> Iterator[str]:
        for finding in self._of(report, "findings"):
            words = " … ".join(f"“{shown(span['text'])}”" for span in finding["evidence"])
            where = f" · {self._place(finding['evidence'])}" if finding["evidence"] else ""
            told = " ".join(_sentence(finding[key]) for key in ("explanation", "suggestion") if finding[key])
            yield f"- **{finding['kind'].replace('_', ' ')}** — {told}{' · ' + words if words else ''}{where}"

    def _of(self, report: Item, kind: str) -> list[Item]:
        return self._read_out[kind].get(report["id"], [])

    def _place(self, spans: Sequence[Item]) -> str:
        return place(spans, self._reading.label)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield f"### {title}"
        yield ""
        yield from listed
        yield ""


def _sortable(date: Item) -> tuple[str, str]:
    return date["earliest"] or "9999", date["latest"] or "9999"


def _title(report: Item) -> str:
    return shown(report["title"]) if report["title"] else f"`{code(report['name'])}`"


def _source_words(statement: Item) -> str:
    source = statement["source"]
    if source["span"]:
        return shown(source["span"]["text"])
    return "the report itself" if source["basis"] == "report" else "source not given"


def _content(statement: Item) -> str:
    """What was said; words wholly quoted bear quotation marks, mixed ones those of the text."""
    pieces = [span["text"] for span in statement["content"]]
    if statement["directness"] == "direct":
        return " … ".join(f"“{shown(without_quotes(piece))}”" for piece in pieces)
    return " … ".join(shown(piece) for piece in pieces)


def _inside(span: Item, others: Sequence[Item]) -> bool:
    return any(other["start"] <= span["start"] and span["end"] <= other["end"] for other in others)


def _with_emphasis(evidence: Sequence[Item], trigger: Item) -> str:
    """The words of an event, its trigger set off."""
    return " … ".join(_emphasised(span, trigger) for span in evidence)


def _emphasised(span: Item, trigger: Item) -> str:
    start, end = trigger["start"] - span["start"], trigger["end"] - span["start"]
    if start < 0 or end > len(span["text"]):
        return shown(span["text"])
    before, word, after = span["text"][:start], span["text"][start:end], span["text"][end:]
    return f"{shown(before)}{_blank(before[-1:])}**{shown(word)}**{_blank(after[:1])}{shown(after)}"


def _blank(char: str) -> str:
    return " " if char.isspace() else ""


def _sentence(words: str) -> str:
    line = shown(words)
    return line if line.endswith((".", "?", "!")) else line + "."
