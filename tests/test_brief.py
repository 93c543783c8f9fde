"""The brief: what it tells of a record, that every line rests on words, and that no text can act on the page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.brief import brief, brief_html
from onrecord.export.brief.days import human, in_words
from onrecord.export.brief.markdown import shown
from onrecord.export.brief.numbers import lead_of, value_of
from onrecord.export.json import record_as_dict
from onrecord.model import Record
from tests.conftest import HARBOUR, ByHand

MODEL_HASH = "sha256:" + "ab" * 32
LATER = """Crane talks stall

June 20, 2024 PORT ALMA (NWS) — The operator will not remove the last crane before August 2024, Ana Ruiz said.

A port official said that the union wants the cranes kept. About 40 cranes stood there in 2019; now one is left.

“We never agreed to June,” the operator said, if the subsidy is paid.
"""


def record_of(*reports: ByHand) -> dict[str, Any]:
    return record_as_dict(Record(MODEL_HASH, tuple(one.annotations() for one in reports)))


class Story:
    """Two reports of one agency on cranes that are to leave a harbour, with all that can be derived from them."""

    def __init__(self) -> None:
        self.record = record_of(ByHand(), ByHand(LATER_WITH_HARBOUR, "later.txt"))
        self.first, self.later = (
            report["id"] for report in sorted(self.record["reports"], key=lambda one: one["name"])
        )
        self.texts = {report["id"]: report["text"] for report in self.record["reports"]}
        for report in self.record["reports"]:
            report["lineage"]["origin"] = "o:nws"
            if report["id"] == self.later:
                days = dict.fromkeys(("value", "earliest", "latest"), "2024-06-20")
                report["date"] = {**report["date"], **days, "status": "estimated"}
        self.record["actors"] = [
            actor("a:op", "the operator", "organization"),
            actor("a:union", "the union", "group"),
            actor("a:ruiz", "Ana Ruiz", "person", roles=[("Transport Minister", "a:gov")]),
            actor("a:gov", "Government of Alma", "government"),
        ]
        self.record.update(self.claims())
        self.record.update(self.derived())

    def at(self, report: str, words: str) -> dict[str, Any]:
        start = self.texts[report].index(words)
        return {"report": report, "start": start, "end": start + len(words), "text": words}

    def statement(self, report: str, words: str) -> str:
        """The innermost statement that says the words."""
        place = self.at(report, words)
        holding = [
            (span["end"] - span["start"], one["id"])
            for one in self.record["statements"]
            for span in one["content"]
            if one["report"] == report and span["start"] <= place["start"] and place["end"] <= span["end"]
        ]
        return min(holding)[1]

    def claim(self, number: str, report: str, words: str, said_in: str, **more: Any) -> dict[str, Any]:
        told = self.statement(report, said_in)
        return {"id": number, "statement": told, "report": report, "evidence": [self.at(report, words)], **more}

    def claims(self) -> dict[str, Any]:
        june = self.claim(
            "c:1",
            self.first,
            "the last crane leaves in June",
            "the last crane leaves in June",
            parties=["a:op"],
            to=["a:gov"],
            action=self.at(self.first, "the last crane leaves in June"),
            quantity=None,
            places=[],
            due=date("2024-06"),
            not_before=None,
            condition=None,
            strength="agreed",
            history=[
                step("announced", "2024-05-03", self.at(self.first, "leaves in June")),
                step("delayed", "2024-06-20", self.at(self.later, "not remove the last crane before August 2024")),
            ],
            same_as=None,
        )
        august = june | {
            "id": "c:2",
            "report": self.later,
            "evidence": [self.at(self.later, "remove the last crane before August 2024")],
            "action": self.at(self.later, "remove the last crane before August 2024"),
            "condition": self.at(self.later, "if the subsidy is paid"),
            "due": date("2024-08"),
            "history": [],
            "same_as": "c:1",
        }
        asked = self.claim(
            "p:1", self.first, "a delay of two months", "a delay of two months", actor="a:op", issue="i:1",
            stance="opposes", held={"from": None, "to": None}, note=None,
        )  # fmt: skip
        union = asked | {
            "id": "p:2",
            "actor": "a:union",
            "report": self.later,
            "evidence": [self.at(self.later, "the union wants the cranes kept")],
            "held": {"from": "2024-06-20", "to": None},
            "note": "most members",
        }
        ruiz = asked | {"id": "p:3", "actor": "a:ruiz", "stance": "supports"}
        forty = self.claim(
            "n:1", self.later, "About 40 cranes", "the last crane leaves in June", value=40, low=None, high=None,
            bound="about", unit="crane", counted=self.at(self.later, "cranes stood"), of="a:op", place=None,
            date=date("2019"), state="current",
        )  # fmt: skip
        one = forty | {
            "id": "n:2", "value": 1, "bound": "exact", "date": date("2024-06-20"),
            "evidence": [self.at(self.later, "now one is left")], "counted": self.at(self.later, "cranes stood"),
        }  # fmt: skip
        return {
            "commitments": [june, august],
            "issues": [{"id": "i:1", "label": "removal of the cranes", "for": [], "against": []}],
            "positions": [asked, union, ruiz],
            "figures": [forty, one],
        }

    def derived(self) -> dict[str, Any]:
        leaves, agreed = (
            self.at(self.first, "the last crane leaves in June"),
            self.at(self.later, "We never agreed to June"),
        )
        entry = {"events": ["e:1"], "reports": 2, "origins": 1, "evidence": [leaves]}
        return {
            "timeline": [
                entry | {"date": date("2024-06"), "headline": "the last crane leaves in June", "weight": 0.5},
                entry | {
                    "date": date("2024-07") | {"earliest": "2024-07-03", "latest": "2024-08-30"},
                    "headline": "the cranes are gone", "weight": 0.9, "events": [], "evidence": [agreed], "reports": 1,
                },
            ],
            "changes": [
                change("d:1", "deadline", "c:1", "c:2", [leaves, self.at(self.later, "before August 2024")]),
                change("d:2", "position", None, "p:2", [agreed], cause=self.at(self.later, "if the subsidy is paid")),
            ],
            "conflicts": [
                conflict("x:1", "polarity", "conflict", "One says it was agreed, the other not.", [leaves, agreed]),
                conflict("x:2", "number", "update", "The later report tells of fewer.", [leaves, agreed]),
            ],
        }  # fmt: skip


def date(value: str) -> dict[str, Any]:
    last = {4: "-12-31", 7: "-30", 10: ""}[len(value)]
    last = "-31" if value.endswith(("-07", "-08")) and len(value) == 7 else last
    first = {4: "-01-01", 7: "-01", 10: ""}[len(value)]
    return {"value": value, "earliest": value + first, "latest": value + last, "rule": "as-written", "anchor": None}


def actor(number: str, name: str, kind: str, roles: list[tuple[str, str]] = []) -> dict[str, Any]:  # noqa: B006
    told: list[dict[str, Any]] = [
        {"title": title, "of": of, "from": None, "to": None, "evidence": []} for title, of in roles
    ]
    known = {"aliases": [name], "roles": told, "country": None, "part_of": None}
    return {"id": number, "name": name, "type": kind, **known}


def step(status: str, day: str, passage: dict[str, Any]) -> dict[str, Any]:
    return {"as_of": date(day), "status": status, "evidence": [passage]}


def change(
    number: str, kind: str, before: str | None, after: str, evidence: list[Any], cause: Any = None
) -> dict[str, Any]:
    told = {"cause": cause, "evidence": evidence, "explanation": "It is not as it was."}
    return {"id": number, "kind": kind, "before": before, "after": after, **told}


def conflict(number: str, kind: str, label: str, explanation: str, evidence: list[Any]) -> dict[str, Any]:
    told = {"items": [], "evidence": evidence, "explanation": explanation}
    return {"id": number, "kind": kind, "label": label, **told}


LATER_WITH_HARBOUR = LATER + "\n" + HARBOUR
"""The later report repeats the first below its own words, as agency copy does."""


@pytest.fixture(name="told", scope="module")
def told_story() -> list[str]:
    return brief(Story().record).splitlines()


def line(told: list[str], words: str) -> str:
    found = [one for one in told if words in one and one.lstrip().startswith("- ")]
    assert found, words
    return found[0]


class TestWhatItTells:
    def test_sections_stand_in_the_order_of_their_use(self, told: list[str]) -> None:
        assert [one[3:] for one in told if one.startswith("## ")] == [
            "What is agreed and due next",
            "Who stands where, and who moved",
            "What is disputed or does not fit",
            "Figures",
            "Timeline",
            "Who says so",
            "Doubts about the texts and their dates",
            "The reports",
        ]

    def test_the_issue_names_the_story_and_origins_are_counted(self, told: list[str]) -> None:
        assert told[0] == "# Removal of the cranes"
        assert told[2] == "2 reports · 1 origin · dated 3 May to 20 June 2024"

    def test_a_moved_deadline_is_shown_as_moved(self, told: list[str]) -> None:
        assert "remove the last crane before August 2024" in line(told, "**by August 2024**")
        assert "from June 2024 to August 2024" in line(told, "**date moved**")
        assert re.search(r"before August 2024 \[r1 [^;]+; r2 ", line(told, "**date moved**"))

    def test_a_commitment_says_who_is_bound_and_on_whose_word(self, told: list[str]) -> None:
        words = line(told, "**by August 2024**")
        assert "**agreed by the operator, towards Government of Alma**" in words
        assert "● transport Minister Ana Ruiz" not in words
        assert "● Transport Minister Ana Ruiz" in words

    def test_a_commitment_keeps_its_condition_and_its_history(self, told: list[str]) -> None:
        assert "if the subsidy is paid [r2 " in line(told, "**on condition**")
        assert "not remove the last crane before August 2024" in line(told, "**delayed, 20 June 2024**")

    def test_a_chain_of_sources_is_never_lost(self, told: list[str]) -> None:
        words = line(told, "a delay of two months [r1")
        assert words.startswith("- **▲ for** — **Ana Ruiz:**")
        assert words.endswith("○ the operator (intention), according to ◌ a port official")

    def test_both_sides_of_an_issue_are_there_with_date_and_note(self, told: list[str]) -> None:
        words = line(told, "**The union:**")
        assert words.startswith("- **▼ against**")
        assert "from 20 June 2024, most members" in words

    def test_who_moved_is_told_with_the_cause(self, told: list[str]) -> None:
        words = line(told, "**moved**")
        assert "We never agreed to June" in words
        assert "cause: if the subsidy is paid [r2 " in words

    def test_a_conflict_shows_both_passages(self, told: list[str]) -> None:
        start = told.index(line(told, "**conflict: polarity**"))
        assert "“the last crane leaves in June.”" in told[start + 1]
        assert "We never agreed to June" in told[start + 2]

    def test_an_update_is_told_shortly(self, told: list[str]) -> None:
        words = line(told, "**update**")
        assert re.search(r"The later report tells of fewer\. \[r1 [^;]+; r2 [^]]+\]$", words)

    def test_figures_of_a_measure_stand_together_the_latest_first(self, told: list[str]) -> None:
        start = told.index(line(told, "now one is left"))
        assert told[start].startswith("- **1 cranes stood**")
        assert told[start + 1].startswith("  - **about 40 cranes stood**")
        assert "2019" in told[start + 1]

    def test_what_is_planned_or_uncertain_says_so(self, told: list[str]) -> None:
        assert "**planned** · 2 reports, 1 origin" in line(told, "**June 2024**")
        assert "the cranes are gone" in line(told, "**\\~July 2024**")
        assert told.index("### Ahead", told.index("## Timeline")) < told.index(line(told, "**\\~July 2024**"))

    def test_sources_are_counted_by_basis_with_the_reasons_given(self, told: list[str]) -> None:
        assert line(told, "from a named source") == "- **2** — ● from a named source"
        assert "A port official: because \\*talks\\* continue" in line(told, "**reason**")
        assert "The ministry" in line(told, "**no comment**")

    def test_the_reports_are_listed_with_date_and_origin(self, told: list[str]) -> None:
        words = line(told, "- **r2**")
        assert "\\~20 June 2024, estimated from its words" in words
        assert "one origin with r1" in words

    def test_what_is_not_there_has_no_heading(self) -> None:
        told = brief(record_as_dict(Record(MODEL_HASH, ())))
        assert told.startswith("# On the record\n\n0 reports · 0 origins\n")
        assert "## " not in told
        assert "<section" not in brief_html(record_as_dict(Record(MODEL_HASH, ())))

    def test_it_says_as_of_when_it_knows(self) -> None:
        record = Story().record | {"as_of": "2024-06-30"}
        assert "as known on 30 June 2024" in brief(record).splitlines()[2]
        assert "as known on 30 June 2024" in brief_html(record)

    def test_the_date_asked_for_decides_what_lies_ahead(self) -> None:
        told = brief(Story().record | {"as_of": "2024-12-31"})
        assert "### The date has passed" in told
        assert "### Ahead" not in told


class TestEvidence:
    def test_every_line_that_tells_something_rests_on_words(self, told: list[str]) -> None:
        body = told[: told.index("## The reports")]
        counts = re.compile(r"- \*\*[\d,]+\*\* — . from |- \*\*(conflict|disputed): |- \*\*r1: no date")
        lines = [one for one in body if one.lstrip().startswith("- ") and not counts.match(one.lstrip())]
        assert len(lines) > 15
        assert [one for one in lines if not re.search(r"\[r\d+ \d+–\d+", one)] == []

    def test_every_place_lies_in_its_report(self, told: list[str]) -> None:
        texts = [Story().texts[number] for number in (Story().first, Story().later)]
        places = re.findall(r"r(\d) (\d+)–(\d+)", "\n".join(told))
        assert len(places) > 25
        assert all(0 <= int(start) < int(end) <= len(texts[int(report) - 1]) for report, start, end in places)

    def test_a_card_shows_the_very_words_in_their_sentence(self) -> None:
        page = brief_html(Story().record)
        assert (
            "<blockquote>A port official said that <mark>the union wants the cranes kept</mark>.</blockquote>" in page
        )

    def test_a_card_says_who_tells_it_and_why_the_name_is_withheld(self) -> None:
        card = brief_html(Story().record).split("<mark>a delay of two months</mark>")[1].split("</div>")[0]
        assert "the operator" in card
        assert "according to" in card
        assert "not named: “because *talks* continue”" in card
        assert "harbour.txt" not in card
        assert "r1" in card


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


HOSTILE = '<script>alert(1)</script> & "quoted" <img src=//evil.example/x onerror=y> ]]> </style> \u202e \x00'


class TestThePage:
    def test_it_asks_nothing_of_any_other_place(self) -> None:
        page = Tags(brief_html(Story().record))
        assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
        assert all(value.startswith("#") for _, more in page.tags if (value := more.get("href")))
        assert not any(name in more for _, more in page.tags for name in ("src", "srcset", "style", "onclick"))
        assert "url(" not in brief_html(Story().record)

    def test_every_mark_opens_one_card(self) -> None:
        tags = Tags(brief_html(Story().record)).tags
        cards = [more["id"] for _, more in tags if "popover" in more]
        opened = {more["popovertarget"] for _, more in tags if "popovertarget" in more}
        assert len(cards) == len(set(cards)) > 15
        assert opened == set(cards)

    def test_headings_and_names_are_there_for_those_who_do_not_see(self) -> None:
        tags = Tags(brief_html(Story().record)).tags
        assert ("html", {"lang": "en"}) in tags
        assert "Evidence </span>1<span> r" in brief_html(Story().record)
        levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_no_text_can_act_on_it(self) -> None:
        clean, record = Story().record, Story().record
        text = json.dumps(record).replace("the union wants", json.dumps(HOSTILE)[1:-1] + " wants")
        allowed = {tag for tag, _ in Tags(brief_html(clean)).tags}
        page = brief_html(json.loads(text))
        assert {tag for tag, _ in Tags(page).tags} == allowed
        assert "\x00" not in page
        assert page.count("</style>") == 1

    def test_it_is_the_same_each_time(self) -> None:
        assert brief_html(Story().record) == brief_html(Story().record)
        assert brief(Story().record) == brief(Story().record)


def many(reports: int) -> dict[str, Any]:
    """A record of so many reports that all tell the same kind of things."""
    record = record_of(*(ByHand(HARBOUR + f"\nNumber {number}.", f"{number}.txt") for number in range(reports)))
    for number, report in enumerate(record["reports"]):
        where = {"report": report["id"], "start": 0, "end": 12, "text": "Harbour deal"}
        entry = {"date": date("2024-06"), "headline": f"deal {number}", "weight": 1 / (1 + number)}
        record["timeline"].append(entry | {"events": [], "evidence": [where], "reports": 1, "origins": 1})
        record["conflicts"].append(conflict(f"x:{number}", "date", "disputed", f"No {number}.", [where, where]))
    return record


@pytest.mark.parametrize(("reports", "most"), [(2, 75), (40, 110), (300, 130)])
def test_it_stays_short_however_much_there_is(reports: int, most: int) -> None:
    assert len(brief(many(reports)).splitlines()) <= most


def test_what_is_left_out_is_counted() -> None:
    told = brief(many(40))
    assert re.search(r"\*\d+ of 40 entries, chosen by weight\.\*", told)
    assert re.search(r"The record holds \d+ more disputed", told)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-02-06", "6 February 2025"),
        ("2025-02-06TNI", "6 February 2025"),
        ("2025-09", "September 2025"),
        ("2024", "2024"),
        ("2024-SP", "spring 2024"),
        ("2024-Q3", "third quarter of 2024"),
        ("2024-H1", "first half of 2024"),
        ("2024-W39", "the week of 23 September 2024"),
        ("2024-W39-WE", "the weekend of 28 September 2024"),
        ("199", "the 1990s"),
        ("19", "the 20th century"),
        ("PAST_REF", ""),
        ("P2M", ""),
    ],
)
def test_dates_are_told_as_people_write_them(value: str, words: str) -> None:
    from onrecord.dates import Date

    known = Date.of(value, "as-written")
    assert human({"value": value, "earliest": known.earliest, "latest": known.latest}) == words


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "words"),
    [
        ("2024-09", "2024-08-20", "2024-10-06", "~September 2024"),
        ("2025-02-06", "2025-02-05", "2025-02-06", "5 or 6 February 2025"),
        ("XXXX-09", "2024-08-28", "2024-09-03", "between 28 August and 3 September 2024"),
        ("FUTURE_REF", "2024-08-28", None, "not before 28 August 2024"),
        ("PAST_REF", None, "2024-08-28", "not after 28 August 2024"),
    ],
)
def test_uncertain_dates_say_so(value: str, earliest: str | None, latest: str | None, words: str) -> None:
    assert human({"value": value, "earliest": earliest, "latest": latest}) == words


def test_explanations_tell_days_as_people_do() -> None:
    assert in_words("The repair is 2024-02-06 -> 2025-02-06.") == "The repair is 6 February 2024 to 6 February 2025."
    assert in_words("Part 2024-13-45 of file-2024-02-06-a") == "Part 2024-13-45 of file-2024-02-06-a"


def test_what_is_long_past_keeps_a_few_lines() -> None:
    record = many(40)
    where = record["timeline"][0]["evidence"]
    for year in range(1950, 1960):
        past = {"date": date(str(year)), "headline": f"flood {year}", "weight": 1e-6, "events": [], "evidence": where}
        record["timeline"].append(past | {"reports": 2, "origins": 2})
    for report in record["reports"]:
        report["date"] = {**report["date"], "value": "2024-06-02", "earliest": "2024-06-02", "latest": "2024-06-02"}
    told = brief(record)
    assert 2 <= len(re.findall(r"flood 19\d\d", told)) <= 6
    assert "deal 0" in told


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"value": 2500, "bound": "about"}, "about 2,500"),
        ({"value": 27500, "low": 25000, "high": 30000}, "25,000 to 30,000"),
        ({"value": 12, "low": 12, "high": 120, "bound": "more_than"}, "more than 12"),
        ({"value": 7_000_000_000, "unit": "dollar"}, "$7 billion"),
        ({"value": 2_300_000}, "2.3 million"),
        ({"value": 119_361_286, "unit": "dollar"}, "$119,361,286"),
        ({"value": 7.7, "unit": "percentage", "bound": "at_most"}, "at most 7.7 %"),
        ({"value": 0}, "0"),
        ({"value": 0.4, "bound": "about"}, "about 40 %"),
    ],
)
def test_figures_are_written_as_people_do(figure: dict[str, Any], words: str) -> None:
    assert value_of({"low": None, "high": None, "bound": "exact", "unit": None, **figure}) == words


@pytest.mark.parametrize(
    ("unit", "counted", "evidence", "words"),
    [
        ("ferry", "ferries", "170 ferries of the line", "170 ferries"),
        ("cedi", "loans", "drew 170 cedis in loans", "170 cedis"),
        ("dollar", "loans", "drew $170 in loans", "$170"),
        (None, "death toll", "the death toll at 170", "death toll of 170"),
    ],
)
def test_a_figure_is_led_by_what_it_is_of(unit: str | None, counted: str, evidence: str, words: str) -> None:
    figure = {"value": 170, "low": 170, "high": 170, "bound": "exact", "unit": unit, "counted": {"text": counted}}
    assert lead_of(figure, {"text": evidence}) == words


class TestListing:
    """The full listing behind the brief: every statement, report by report."""

    def lines(self, *reports: ByHand) -> list[str]:
        told = brief(record_of(*reports), full=True).splitlines()
        return told[next(number for number, one in enumerate(told) if one.startswith("## r1 · ")) :]

    def line(self, words: str) -> str:
        (found,) = [line for line in self.lines(ByHand()) if words in line and line.lstrip().startswith("- ")]
        return found

    def place(self, words: str, until: str = "") -> str:
        start, last = HARBOUR.index(words), until or words
        return f"[r1 {start}–{HARBOUR.index(last) + len(last)}]"

    def test_a_report_is_named_with_its_date(self) -> None:
        lines = self.lines(ByHand())
        assert "## r1 · Harbour deal signed" in lines
        assert f"`harbour.txt` · 3 May 2024, as declared · {self.place('May 3, 2024')}" in lines

    def test_a_quotation_bears_marks_date_and_place(self) -> None:
        words = "- ● **Transport Minister Ana Ruiz** said: “the last crane leaves in June.” · said 2024-05-03 · "
        assert self.line("Ana Ruiz") == words + self.place("Transport", "June.”")

    def test_anonymity_is_quoted_with_its_reason(self) -> None:
        line = self.line("**A port official**")
        assert line.startswith("- ◌ **A port official** said: the operator had asked for a delay of two months")
        assert "not named: “because \\*talks\\* continue”" in line

    def test_a_nested_statement_stands_under_its_outer_one(self) -> None:
        lines = self.lines(ByHand())
        outer = next(number for number, line in enumerate(lines) if line.startswith("- ◌"))
        nested = "  - *A port official says* ▸ ○ **the operator** asked: a delay of two months · *intention* · "
        assert lines[outer + 1].startswith(nested)

    def test_statements_keep_the_order_of_the_text(self) -> None:
        marks = [line.lstrip()[2] for line in self.lines(ByHand()) if "**" in line and line.lstrip()[2] in "●◌○"]
        assert marks == ["●", "◌", "○"]

    def test_what_is_no_speech_says_so(self) -> None:
        line = self.line("**The ministry**")
        assert line.startswith("- ○ **The ministry** — declined to comment · *refusal to comment* · [r1 ")

    def test_an_event_stands_with_its_date_and_factuality(self) -> None:
        assert self.line("2024-06 ").startswith("- 2024-06 — the last crane **leaves** in June · *planned* · [r1 ")

    def test_times_without_days_come_last(self) -> None:
        assert self.line("“two months”") == f"- without days of their own: “two months” P2M {self.place('two months')}"

    def test_a_doubt_is_explained(self) -> None:
        assert self.line("garbled") == (
            f"- **garbled** — A word in asterisks. Check the source. · “\\*talks\\*” · {self.place('*talks*')}"
        )

    def test_reports_are_told_apart_and_in_order_of_name(self) -> None:
        lines = self.lines(ByHand(name="b.txt"), ByHand(name="a.txt"))
        heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
        assert [lines[number + 2].split(" · ")[0] for number in heads] == ["`a.txt`", "`b.txt`"]
        assert any("[r2 " in line for line in lines)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("*emphasis* and `code`", r"\*emphasis\* and \`code\`"),
        ("[a link](there)", r"\[a link\](there)"),
        ("a | b", r"a \| b"),
        ("<script>", r"\<script>"),
        ("AT&T and &copy;", r"AT&T and \&copy;"),
        ("_so_ said file_name_2", r"\_so\_ said file_name_2"),
        ("two\n\nlines", "two lines"),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
    ],
)
def test_words_are_shown_as_they_are(words: str, expected: str) -> None:
    assert shown(words) == expected


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=60))
def test_any_words_of_a_text_stay_words_on_the_page(words: str) -> None:
    record = record_of(ByHand())
    allowed = {tag for tag, _ in Tags(brief_html(record)).tags}
    record["reports"][0]["title"] = words
    assert {tag for tag, _ in Tags(brief_html(record)).tags} == allowed


def test_a_passage_without_end_does_not_make_a_page_without_end() -> None:
    text = "Harbour deal signed\n\nMay 3, 2024 PORT ALMA (NWS) — " + "crane " * 200_000
    record = record_as_dict(Record(MODEL_HASH, ()))
    report = {**record_of(ByHand())["reports"][0], "text": text}
    where = {"report": report["id"], "start": 0, "end": len(text), "text": text}
    record["reports"] = [report]
    record["conflicts"] = [conflict("x:1", "wording", "conflict", "They differ.", [where, {**where, "start": 21}])]
    assert len(brief(record)) < 5_000
    assert len(brief_html(record)) < 40_000


@given(
    st.from_regex(r"[12]\d{3}(-(\d\d(-\d\d)?|W\d\d(-WE)?|Q\d|H\d|SP|SU|FA|WI))?(T\w{2})?|\d{2,3}|P\dM", fullmatch=True)
)
def test_any_value_of_a_date_has_words_or_none(value: str) -> None:
    from onrecord.dates import Date

    known = Date.of(value, "as-written")
    words = human({"value": value, "earliest": known.earliest, "latest": known.latest})
    assert bool(words) == (known.earliest is not None)
    assert not words.startswith("~")
