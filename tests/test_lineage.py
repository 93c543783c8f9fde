from __future__ import annotations

from time import process_time

import pytest

from onrecord.model import Finding, Lineage, Report
from onrecord.read.source import read_text
from onrecord.resolve.lineage import trace_lineage

STORY = [
    "The harbour of Port Alma was closed on Tuesday after two cranes fell into the basin during the night.",
    "Nobody was hurt, but eleven ships had to wait outside while divers searched for the wreckage below the pier.",
    "The port authority said that repairs would take at least six weeks and cost about four million crowns.",
    "Fishermen complained that they had warned of the rusted bolts for years without getting any answer.",
    "A spokeswoman for the crane maker said that its engineers were on their way to inspect what was left.",
    "The council will meet next week to decide whether the older cranes on the northern quay must go as well.",
]
OTHER = [
    "Bakers in the old town are fighting over who may call a raisin loaf by the name of the city.",
    "A court in the capital heard on Monday from nine families who have sold the loaf for a hundred years.",
    "The youngest of them argued that her grandmother had never put more than a handful of raisins into it.",
    "Judges asked to taste every loaf before they would rule, and the session was adjourned until Thursday.",
]
THIRD = ["Snow fell on the northern passes for the first time since the weather station was built there."]


def report(
    name: str, passages: list[str], day: str | None = None, publisher: str | None = None, top: str = ""
) -> Report:
    return read_text(top + "\n\n".join(passages), name, published=day, publisher=publisher, title=None)


def traced(*reports: Report) -> tuple[dict[str, Lineage], tuple[Finding, ...]]:
    lineages, findings = trace_lineage(reports)
    names = {one.id: one.name for one in reports}
    return {names[key]: one for key, one in lineages.items()}, findings


def test_different_reports_have_different_origins() -> None:
    lineages, findings = traced(report("a", STORY), report("b", OTHER))
    assert lineages["a"].origin != lineages["b"].origin
    assert {one.relation for one in lineages.values()} == {"original"}
    assert findings == ()


def test_the_earlier_of_two_equal_reports_is_the_original() -> None:
    first, second = report("a", STORY, "2024-05-02", "The Gull"), report("b", STORY, "2024-05-01", "The Tern")
    lineages, (finding,) = traced(first, second)
    assert (lineages["b"].relation, lineages["a"].relation) == ("original", "copy")
    assert lineages["a"].of == second.id
    assert lineages["a"].origin == lineages["b"].origin
    assert lineages["a"].reason == "100% of its words are those of 'b'."
    assert (finding.kind, finding.report) == ("duplicate", first.id)
    assert finding.suggestion == "Count it and 'b' as one witness."
    (evidence,) = finding.evidence
    assert evidence.of(first.text).startswith("The harbour")
    assert evidence.of(first.text).endswith("as well")


def test_a_trimmed_and_lightly_edited_copy_is_found() -> None:
    edited = [passage.replace("about four million", "some four million") for passage in STORY[:4]]
    lineages, _ = traced(report("a", STORY, "2024-05-01"), report("b", [*edited, OTHER[0]], "2024-05-02", "The Tern"))
    assert lineages["b"].relation == "copy"
    assert lineages["b"].origin == lineages["a"].origin


def test_a_later_version_in_the_same_outlet_is_a_revision() -> None:
    later = [*STORY, OTHER[0]]
    lineages, _ = traced(report("a", STORY, "2024-05-01", "The Gull"), report("b", later, "2024-05-02", "The Gull"))
    assert (lineages["b"].relation, lineages["b"].of is not None) == ("revision", True)


def test_a_short_piece_of_a_long_report_is_an_excerpt() -> None:
    lineages, _ = traced(report("a", STORY, "2024-05-01", "The Gull"), report("b", STORY[:2], "2024-05-02", "The Tern"))
    assert lineages["b"].relation == "excerpt"


def test_an_excerpt_may_come_first_in_the_order() -> None:
    long = [*OTHER, *STORY[:2], *STORY[2:]]
    lineages, _ = traced(report("a", long, None, "The Gull"), report("b", STORY[:3], "2024-05-02", "The Tern"))
    assert (lineages["a"].relation, lineages["b"].relation) == ("original", "excerpt")
    assert lineages["a"].origin == lineages["b"].origin


def test_a_copy_of_a_copy_has_the_first_origin() -> None:
    reports = [report(name, STORY[:n], f"2024-05-0{7 - n}") for name, n in (("a", 6), ("b", 5), ("c", 4))]
    lineages, findings = traced(*reports)
    assert len({one.origin for one in lineages.values()}) == 1
    assert len(findings) == 2


def test_one_quotation_in_common_makes_no_copy() -> None:
    lineages, findings = traced(report("a", STORY), report("b", [OTHER[0], STORY[2], *OTHER[1:]]))
    assert lineages["a"].origin != lineages["b"].origin
    assert findings == ()


def test_two_reports_of_one_agency_are_one_witness_and_no_copies() -> None:
    first = report("a", STORY, top="PORT ALMA (AP) — ")
    second = report("b", OTHER, top="ALMA CITY (Associated Press) — ")
    third = report("c", THIRD, top="ALMA CITY (Reuters) — ")
    lineages, findings = traced(first, second, third)
    assert lineages["a"].origin == lineages["b"].origin != lineages["c"].origin
    assert {lineages["a"].relation, lineages["b"].relation} == {"original"}
    assert (lineages["a"].agency, lineages["c"].agency) == ("AP", "Reuters")
    assert "AP" in lineages["a"].reason
    assert "a" not in {finding.report for finding in findings}


def test_a_copy_without_credit_takes_the_agency_of_what_it_copies() -> None:
    agency = report("a", STORY, "2024-05-01", top="PORT ALMA (AP) — ")
    lineages, _ = traced(agency, report("b", STORY, "2024-05-02", "The Tern"))
    assert lineages["b"].agency == "AP"
    assert lineages["b"].origin == lineages["a"].origin


def test_an_agency_may_be_named_as_publisher_or_in_the_byline() -> None:
    by_publisher = report("a", STORY, publisher="Reuters")
    by_line = report("b", OTHER, top="Raisins before the court\n\nBy ANA RUIZ\nAssociated Press Writer\n\n")
    lineages, _ = traced(by_publisher, by_line)
    assert (lineages["a"].agency, lineages["b"].agency) == ("Reuters", "AP")


def test_the_order_of_reports_does_not_matter() -> None:
    reports = [report("a", STORY), report("b", STORY[1:]), report("c", OTHER), report("d", [*OTHER, *STORY])]
    assert trace_lineage(reports) == trace_lineage(reports[::-1])


@pytest.mark.parametrize("text", ["", "Closed.", "—", "…" * 50, "word " * 9])
def test_hardly_any_text_is_no_trouble(text: str) -> None:
    one, other = read_text(text, "a"), read_text(text + " ", "b")
    lineages, _ = trace_lineage([one, other])
    assert set(lineages) == {one.id, other.id}


@pytest.mark.parametrize("unit", ["a ", "word. ", "!", "\n \n", " ", "’”"])
def test_a_megabyte_takes_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = process_time()
    trace_lineage([read_text(text, "a"), read_text(text + "end", "b")])
    assert process_time() - begun < 10


def test_time_grows_with_the_number_of_reports_not_its_square() -> None:
    def seconds(count: int) -> float:
        reports = [read_text(" ".join(p.replace("the", f"the {i}") for p in STORY), str(i)) for i in range(count)]
        begun = process_time()
        trace_lineage(reports)
        return process_time() - begun

    few = min(seconds(200) for _ in range(3))
    many = min(seconds(1600) for _ in range(3))
    assert many < 32 * max(0.02, few), "eight times as many; by its square it would be 64 times"
