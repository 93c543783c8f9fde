"""What people decide about a case is put into effect, can be undone, and outlives what machines read."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord import casebook
from onrecord.casebook import Case, open_case
from onrecord.errors import OnRecordError
from onrecord.export.forms import written_as
from onrecord.export.json import as_text
from onrecord.export.tables import csv_files
from onrecord.pipeline import Choices
from tests.case_story import REPORTS, made_case, named, one_annotator, saying, write_story

CLAIMS = ("positions", "commitments", "figures", "events")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    return made_case(tmp_path_factory.mktemp("ferries"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Case]:
    with open_case(shutil.copy(made, tmp_path / "ferries.case")) as opened:
        yield opened


def status(record: dict[str, Any], number: int) -> str:
    return next(one["status"] for one in record["decisions"] if one["number"] == number)


def test_a_rejected_statement_is_gone_with_all_that_was_read_out_of_it(case: Case) -> None:
    for words in ("opposes the plan", "12 new ferries by June", "340 workers"):
        told = saying(case.record(), words)
        case.decide("reject", [told["id"]])
        record = case.record()
        assert told["id"] not in [one["id"] for one in record["statements"]]
        where = [(one["report"], one["start"], one["end"]) for one in told["content"]]
        for name in CLAIMS:
            for claim in record[name]:
                assert claim["statement"] != told["id"]
                inside = [
                    any(s["report"] == r and start <= s["start"] and s["end"] <= end for r, start, end in where)
                    for s in claim["evidence"]
                ]
                assert not all(inside), (name, claim)


def test_what_was_rejected_comes_back_when_that_is_undone(case: Case) -> None:
    before = case.record()
    number = case.decide("reject", [saying(before, "340 workers")["id"]])
    assert len(case.record()["statements"]) < len(before["statements"])
    case.undo(number)
    after = case.record()
    assert status(after, number) == "undone"
    assert {**after, "decisions": []} == {**before, "decisions": []}


def test_undoing_can_be_undone(case: Case) -> None:
    told = saying(case.record(), "340 workers")["id"]
    undoing = case.undo(case.decide("reject", [told]))
    case.undo(undoing)
    assert told not in [one["id"] for one in case.record()["statements"]]
    assert [one["status"] for one in case.decisions()] == ["applied", "undone", "applied"]


def test_merged_actors_bear_the_claims_of_both(case: Case) -> None:
    before = case.record()
    union, company = named(before, "Harbour Union"), named(before, "Coast Line")
    case.decide("merge", [company, union])
    record = case.record()
    assert union not in [actor["id"] for actor in record["actors"]]
    assert {company} <= {actor["id"] for actor in record["actors"]}
    assert union not in {position["actor"] for position in record["positions"]}
    assert union not in as_text({**record, "decisions": []})


def test_merges_follow_one_another(case: Case) -> None:
    record = case.record()
    ids = [named(record, name) for name in ("Harbour Union", "Coast Line", "Omar Haddad", "Ines Marques")]
    case.decide("merge", ids[:2])
    case.decide("merge", ids[1:3])
    case.decide("merge", [ids[3], ids[2]])
    record = case.record()
    assert [one["status"] for one in record["decisions"]] == ["applied"] * 3
    (whole,) = [actor for actor in record["actors"] if actor["id"] in ids]
    assert whole["id"] == ids[3]
    assert {"The Harbour Union", "Coast Line", "Omar Haddad", "Ines Marques"} <= set(whole["aliases"])


def test_a_merge_reaches_reports_added_later(made: Path, tmp_path: Path) -> None:
    with open_case(tmp_path / "late.case", create=True) as case:
        first = write_story(tmp_path / "reports", "monday.txt", "wednesday.txt")
        case.add(first)
        record = case.record()
        company, union = named(record, "Coast Line"), named(record, "Harbour Union")
        case.decide("merge", [company, union])
        case.add(write_story(tmp_path / "reports", "tuesday.txt"))
        after = case.record()
        assert company in {actor["id"] for actor in after["actors"]}
        assert union not in as_text({**after, "decisions": []})


def test_a_name_parted_from_an_actor_is_an_actor_of_its_own(case: Case) -> None:
    ruiz = named(case.record(), "Ana Ruiz")
    case.decide("split", [ruiz], {"aliases": ["Ruiz"]})
    record = case.record()
    assert next(actor["aliases"] for actor in record["actors"] if actor["id"] == ruiz) == ["Ana Ruiz"]
    other = saying(record, "300 workers")["source"]["actor"]
    assert other != ruiz
    (decision,) = record["decisions"]
    assert decision["ids"] == [ruiz, other]
    case.decide("correct", [other], {"name": "Another Ruiz"})
    assert "Another Ruiz" in [actor["name"] for actor in case.record()["actors"]]


def test_an_undone_split_leaves_decisions_about_its_part_without_effect(case: Case) -> None:
    ruiz = named(case.record(), "Ana Ruiz")
    number = case.decide("split", [ruiz], {"aliases": ["Ruiz"]})
    other = saying(case.record(), "300 workers")["source"]["actor"]
    renaming = case.decide("correct", [other], {"name": "Another Ruiz"})
    case.undo(number)
    record = case.record()
    assert status(record, renaming) == "vanished"
    assert "Ana Ruiz" in [actor["name"] for actor in record["actors"]]


def test_a_source_can_be_corrected_to_another_actor(case: Case) -> None:
    record = case.record()
    told, marques = saying(record, "300 workers"), named(record, "Ines Marques")
    case.decide("correct", [told["id"]], {"actor": marques, "basis": "role"})
    source = next(one["source"] for one in case.record()["statements"] if one["id"] == told["id"])
    assert (source["actor"], source["basis"]) == (marques, "role")


def test_a_correction_follows_the_actor_that_it_names(case: Case) -> None:
    record = case.record()
    told, marques = saying(record, "300 workers"), named(record, "Ines Marques")
    case.decide("correct", [told["id"]], {"actor": marques})
    case.undo(case.decide("merge", [marques, named(record, "Harbour Union")]))
    case.decide("merge", [named(record, "Harbour Union"), marques])
    source = next(one["source"] for one in case.record()["statements"] if one["id"] == told["id"])
    assert source["actor"] == named(record, "Harbour Union")


def test_a_date_decided_counts_for_the_report_and_for_what_it_tells(case: Case) -> None:
    report = next(one for one in case.record()["reports"] if one["name"] == "wednesday.txt")
    case.decide("correct", [report["id"]], {"date": "2024-03-06"})
    record = case.record()
    dated = next(one["date"] for one in record["reports"] if one["id"] == report["id"])
    assert (dated["value"], dated["rule"]) == ("2024-03-06", "decided")
    visit = next(one for one in record["events"] if one["trigger"]["text"] == "visited")
    assert visit["date"]["value"] == "2024-03-06"


def test_a_date_decided_is_not_that_of_a_copy(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write_story(folder, "wednesday.txt")
    (folder / "copy.txt").write_text(REPORTS["wednesday.txt"], encoding="utf-8")
    with open_case(tmp_path / "copies.case", create=True) as case:
        case.add([folder])
        ids = {one["name"]: one["id"] for one in case.record()["reports"]}
        case.decide("correct", [ids["copy.txt"]], {"date": "2024-03-06"})
        dates = {one["name"]: one["date"]["rule"] for one in case.record()["reports"]}
    assert dates["copy.txt"] == "decided"
    assert dates["wednesday.txt"] != "decided"


def test_stance_status_place_and_wording_can_be_decided(case: Case) -> None:
    record = case.record()
    position, commitment = record["positions"][0]["id"], record["commitments"][0]
    issue, event = record["issues"][0]["id"], record["events"][0]["id"]
    place = record["places"][0]["id"] if record["places"] else None
    case.decide("correct", [position], {"stance": "mixed"})
    case.decide("status", [commitment["id"]], {"status": "met", "as_of": "2025-06-30"})
    case.decide("word", [issue], {"label": "sale of the ferries"})
    case.decide("correct", [event], {"factuality": "denied", "place": place})
    record = case.record()
    assert next(one["stance"] for one in record["positions"] if one["id"] == position) == "mixed"
    first = commitment["same_as"] or commitment["id"]
    history = next(one["history"] for one in record["commitments"] if one["id"] == first)
    assert ("met", "2025-06-30") in [(step["status"], step["as_of"] and step["as_of"]["value"]) for step in history]
    assert record["issues"][0]["label"] == "sale of the ferries"
    told = next(one for one in record["events"] if one["id"] == event)
    assert (told["factuality"], told["place"]) == ("denied", place)


def test_events_are_made_one_and_parted(case: Case) -> None:
    ids = [one["id"] for one in case.record()["events"] if one["trigger"]["text"] == "lose"]
    assert len(ids) == 2
    number = case.decide("same", ids)
    same = {one["id"]: one["same_as"] for one in case.record()["events"]}
    assert same[ids[1]] == ids[0]
    case.decide("different", ids)
    assert not set(ids) & {one["id"] for one in case.record()["events"] if one["same_as"] in ids}
    case.undo(number)


def test_accepting_and_noting_mark_and_change_nothing(case: Case) -> None:
    before = case.record()
    target = before["positions"][0]["id"]
    case.decide("accept", [target], author="ada")
    case.decide("note", [target], {"text": "asked twice"}, author="bob")
    after = case.record()
    assert {**after, "decisions": []} == before
    assert [(one["kind"], one["list"], one["ids"], one["author"]) for one in after["decisions"]] == [
        ("accept", "positions", [target], "ada"),
        ("note", "positions", [target], "bob"),
    ]


def test_decisions_outlive_a_renamed_report_and_a_new_reading(made: Path, tmp_path: Path) -> None:
    """In another case with the same texts under other names, whose reports are read by another model."""
    with open_case(shutil.copy(made, tmp_path / "old.case")) as old:
        record = old.record()
        told = saying(record, "340 workers")
        numbers = [
            old.decide("reject", [told["id"]]),
            old.decide("merge", [named(record, "Coast Line"), named(record, "Harbour Union")]),
            old.decide("correct", [record["positions"][0]["id"]], {"stance": "mixed"}),
        ]
        log = old._store
        with log.view() as view:
            kept = view.decisions()
    folder = tmp_path / "renamed"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / f"copy of {name}").write_text(text, encoding="utf-8")
    with open_case(tmp_path / "new.case", create=True) as new:
        new.add([folder])
        with new._store.writer() as writer:
            for one in kept:
                writer.decide(one)
            writer.keep("behind", "yes")
        record = new.record()
    assert [status(record, number) for number in numbers] == ["applied"] * 3
    assert not any("340 workers" in p["text"] for s in record["statements"] for p in s["content"])
    assert "mixed" in [position["stance"] for position in record["positions"]]


def test_decisions_are_found_again_in_a_revised_report_and_under_other_ids(made: Path, tmp_path: Path) -> None:
    """What is told further down than before, and actors whose ids another version would make otherwise."""
    with open_case(shutil.copy(made, tmp_path / "old.case")) as old:
        record = old.record()
        old.decide("reject", [saying(record, "340 workers")["id"]])
        old.decide("merge", [named(record, "Coast Line"), named(record, "Harbour Union")])
        with old._store.view() as view:
            rejection, merge = view.decisions()
    moved = tuple(replace(one, id=f"a:{number}") for number, one in enumerate(merge.targets))
    folder = tmp_path / "revised"
    write_story(folder)
    with open_case(tmp_path / "same.case", create=True) as same:
        same.add([folder])
        with same._store.writer() as writer:
            writer.decide(replace(merge, targets=moved))
            writer.keep("behind", "yes")
        assert [one["status"] for one in same.decisions()] == ["applied"]
        assert not any(actor["name"] == "Harbour Union" for actor in same.record()["actors"])
    text = REPORTS["monday.txt"].replace("March 4, 2024\n", "March 4, 2024\n\nUpdated with more voices.\n")
    (folder / "monday.txt").write_text(text, encoding="utf-8")
    with open_case(tmp_path / "new.case", create=True) as new:
        new.add([folder])
        with new._store.writer() as writer:
            writer.decide(rejection)
            writer.keep("behind", "yes")
        assert [one["status"] for one in new.decisions()] == ["applied"]
        assert not any("340 workers" in p["text"] for s in new.record()["statements"] for p in s["content"])


def test_a_decision_whose_words_are_gone_is_told_and_kept(made: Path, tmp_path: Path) -> None:
    with open_case(shutil.copy(made, tmp_path / "old.case")) as old:
        old.decide("reject", [saying(old.record(), "340 workers")["id"]])
        with old._store.view() as view:
            kept = view.decisions()
    with open_case(tmp_path / "new.case", create=True) as new:
        new.add(write_story(tmp_path / "reports", "tuesday.txt"))
        with new._store.writer() as writer:
            writer.decide(kept[0])
            writer.keep("behind", "yes")
        (decision,) = new.decisions()
        assert (decision["status"], decision["ids"]) == ("vanished", [None])
        assert decision["words"]
        new.add(write_story(tmp_path / "reports", "monday.txt"))
        (decision,) = new.decisions()
        assert decision["status"] == "applied"


def test_a_decision_about_a_later_report_is_not_told_of_an_earlier_day(case: Case) -> None:
    case.decide("reject", [saying(case.record(), "300 workers")["id"]])
    told = case.record(Choices(as_of="2024-03-04"))
    assert [one["name"] for one in told["reports"]] == ["monday.txt"]
    assert told["decisions"] == []


@pytest.mark.parametrize(
    ("kind", "about", "value", "complaint"),
    [
        ("correct", "positions", {"stanze": "mixed"}, "stanze: is no value of correct for positions. Values that it"),
        ("correct", "positions", {"stance": "for"}, "stance=for: is not one of supports, opposes, mixed, shifts"),
        ("correct", "positions", {}, "does not say what it is to be"),
        ("correct", "positions", {"actor": "Ruiz"}, "is not the id of an actor"),
        ("correct", "positions", {"actor": "a:nobody"}, "a:nobody: the record has nothing under this id"),
        ("correct", "reports", {"date": "yesterday"}, "date=yesterday: is not a date"),
        ("correct", "figures", {"value": "many"}, "value=many: is not a number"),
        ("merge", "statements", {}, "merge: needs two ids or more"),
        ("reject", "reports", {}, "which cannot be decided by reject. Use: statements"),
        ("split", "actors", {"aliases": "Nobody"}, "is never called Nobody"),
        ("status", "commitments", {"as_of": "2024"}, "Set one of: status"),
        ("note", "events", {}, "Set one of: text"),
        ("undo", "events", {}, "is no kind of decision"),
    ],
)
def test_what_makes_no_sense_is_refused(
    case: Case, kind: Any, about: str, value: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(OnRecordError) as refused:
        case.decide(kind, [case.record()[about][0]["id"]], value)
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)
    assert case.decisions() == []


def test_only_actors_are_merged(case: Case) -> None:
    ids = [one["id"] for one in case.record()["statements"][:2]]
    with pytest.raises(OnRecordError, match="cannot be decided by merge"):
        case.decide("merge", ids)


def test_a_number_that_is_none_cannot_be_undone(case: Case) -> None:
    with pytest.raises(OnRecordError, match="there is none of this number"):
        case.undo(7)
    number = case.decide("accept", [case.record()["events"][0]["id"]])
    case.undo(number)
    with pytest.raises(OnRecordError, match="is undone already"):
        case.undo(number)


def test_what_people_confirmed_is_told_apart_in_tables_and_in_the_brief(case: Case) -> None:
    promised = case.record()["commitments"][0]
    case.decide("accept", [promised["id"]], author="ada")
    record = case.record()
    files = {name: data.decode("utf-8") for name, data in csv_files(record)}
    marked = [row for row in csv.DictReader(io.StringIO(files["commitments.csv"], newline="")) if row["decided"]]
    assert [(row["id"], row["decided"]) for row in marked] == [(promised["id"], "accept by ada")]
    assert "accept by ada" not in files["statements.csv"]
    assert written_as("brief", record).count("decided: accept by ada") == 1
