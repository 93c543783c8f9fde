"""Every form of export, read back by the library or the specification it is made for."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli import main
from onrecord.errors import OnRecordError
from onrecord.export.annotations import iri, web_annotations
from onrecord.export.calendar import calendar
from onrecord.export.coding import dna
from onrecord.export.columns import COLUMNS, LINKED
from onrecord.export.docs import to_spacy
from onrecord.export.folders import write_folder
from onrecord.export.forms import FORMS, Files, Text, written_as
from onrecord.export.frames import frames
from onrecord.export.ftm import ftm, ftm_id
from onrecord.export.geojson import geojson
from onrecord.export.json import record_as_dict
from onrecord.export.network import gexf, graphml
from onrecord.export.plover import plover
from onrecord.export.tables import as_written, csv_files, csv_text, harmless, parquet_files
from onrecord.export.timelinejs import timelinejs
from onrecord.export.words import clipped, encodable, one_line, plain
from onrecord.model import Record
from tests.conftest import ROOT
from tests.story import HOSTILE, keep, record_of_story, story

REPLACED = "\N{REPLACEMENT CHARACTER}"
TABLES = [*COLUMNS, *LINKED]


def needs(module: str, extra: str) -> Any:
    return pytest.importorskip(module, reason=f"pip install '{extra}'")


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.fixture
def record() -> dict[str, Any]:
    return record_of_story()


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Words that break careless programs, and a story in which a name, a title and a quotation are made of them."""
    return request.param, record_of_story(name=request.param, title=request.param, words=request.param)


@pytest.fixture
def empty() -> dict[str, Any]:
    return record_as_dict(Record("sha256:0", ()))


class TestForms:
    @pytest.mark.parametrize("form", [name for name, form in FORMS.items() if isinstance(form, Text)])
    def test_each_text_can_be_written_as_utf_8_and_is_the_same_twice(self, form: str) -> None:
        if form in ("graphml", "gexf"):
            needs("networkx", "onrecord[network]")
        if form == "calendar":
            needs("icalendar", "onrecord[calendar]")
        for words in HOSTILE:
            told = {"name": words, "title": words, "words": words}
            first = written_as(form, record_of_story(**told)).encode("utf-8")
            assert first == written_as(form, record_of_story(**told)).encode("utf-8")
            assert b"\0" not in first

    @pytest.mark.parametrize("form", FORMS)
    def test_a_record_without_anything_can_be_written(self, form: str, empty: dict[str, Any]) -> None:
        for module, forms in {
            "networkx": ("graphml", "gexf"),
            "icalendar": ("calendar",),
            "pyarrow": ("parquet",),
        }.items():
            if form in forms:
                needs(module, module)
        chosen = FORMS[form]
        written = list(chosen.write(empty)) if isinstance(chosen, Files) else chosen.write(empty)
        assert isinstance(written, list if isinstance(chosen, Files) else str)

    def test_a_missing_library_is_told_with_the_way_to_get_it(
        self, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "networkx", None)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(
            OnRecordError, match=re.escape("needs networkx, which is not installed. pip install 'onrecord[network]'.")
        ):
            graphml(record)
        with pytest.raises(OnRecordError, match=re.escape("pip install 'onrecord[tables]'")):
            list(parquet_files(record))

    def test_the_documentation_names_every_form(self) -> None:
        told = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
        assert [form for form in FORMS if f"`{form}`" not in told] == []
        assert [table for table in TABLES if f"`{table}`" not in told] == []


class TestTables:
    def test_there_is_a_file_for_each_list_even_when_it_is_empty(self, empty: dict[str, Any]) -> None:
        files = dict(csv_files(empty))
        assert list(files) == [f"{table}.csv" for table in TABLES]
        assert all(data.count(b"\r\n") == 1 for data in files.values())

    def test_csv_comes_back_to_the_word(self, hostile: tuple[str, dict[str, Any]]) -> None:
        words, record = hostile
        files = {name: rows(data.decode("utf-8")) for name, data in csv_files(record)}
        assert as_written(files["actors.csv"][0]["name"]) == plain(words)
        assert as_written(files["reports.csv"][0]["text"]) == plain(record["reports"][0]["text"])
        assert [len(files[f"{table}.csv"]) for table in COLUMNS] == [len(record[table]) for table in COLUMNS]

    def test_no_cell_is_a_formula(self, hostile: tuple[str, dict[str, Any]]) -> None:
        for _, data in csv_files(hostile[1]):
            for row in rows(data.decode("utf-8")):
                assert not [
                    cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r\n") and not cell[1:2].isdigit()
                ]

    def test_numbers_stay_numbers(self, record: dict[str, Any]) -> None:
        places = rows(dict(csv_files(record))["places.csv"].decode())
        assert (float(places[0]["lat"]), places[1]["lat"]) == (-23.58, "")

    def test_every_passage_stands_in_the_table_of_evidence(self, record: dict[str, Any]) -> None:
        texts = {report["id"]: report["text"] for report in record["reports"]}
        evidence = rows(dict(csv_files(record))["evidence.csv"].decode())
        assert all(
            texts[row["report"]][int(row["start"]) : int(row["end"])] == as_written(row["text"]) for row in evidence
        )
        assert {row["list"] for row in evidence} >= {
            "reports",
            "actors",
            "statements",
            "commitments",
            "timeline",
            "conflicts",
        }

    @given(st.text(st.characters(codec=None)))
    def test_the_mark_of_a_formula_comes_off_again(self, text: str) -> None:
        cell = harmless(text)
        assert isinstance(cell, str)
        assert as_written(cell) == plain(text)
        assert next(csv.reader(io.StringIO(csv_text([], [[text]]).removeprefix("\r\n"), newline="")), [""]) == [cell]

    def test_pandas_reads_the_csv(self, hostile: tuple[str, dict[str, Any]]) -> None:
        pandas = needs("pandas", "pandas")
        words, record = hostile
        frame = pandas.read_csv(io.BytesIO(dict(csv_files(record))["actors.csv"]), keep_default_na=False)
        assert as_written(frame["name"][0]) == plain(words)

    def test_duckdb_reads_the_parquet(self, hostile: tuple[str, dict[str, Any]], tmp_path: Path) -> None:
        needs("pyarrow", "onrecord[tables]")
        duckdb = needs("duckdb", "duckdb")
        words, record = hostile
        write_folder(tmp_path / "tables", parquet_files(record))
        with duckdb.connect() as database:
            query = (
                f"SELECT a.name, s.content FROM '{tmp_path}/tables/statements.parquet' s"
                f" JOIN '{tmp_path}/tables/actors.parquet' a ON s.actor = a.id WHERE s.basis = 'named' ORDER BY s.id"
            )
            found = database.sql(query).fetchall()
            types = dict(
                database.sql(
                    f"SELECT column_name, column_type FROM (DESCRIBE '{tmp_path}/tables/figures.parquet')"
                ).fetchall()
            )
        # Parquet holds the words as they are, a replacement character for lone surrogates apart.
        assert found[0] == (encodable(words), encodable(record["statements"][0]["content"][0]["text"]))
        assert (types["value"], types["start"], types["unit"]) == ("DOUBLE", "BIGINT", "VARCHAR")

    @pytest.mark.parametrize("kind", ["pandas", "polars"])
    def test_frames_hold_what_the_record_holds(self, kind: Any, record: dict[str, Any]) -> None:
        needs(kind, kind)
        made = frames(record, kind)
        assert list(made) == TABLES
        assert [len(made[table]) for table in COLUMNS] == [len(record[table]) for table in COLUMNS]
        assert made["figures"]["value"].to_list() == [12.0]
        assert made["places"]["country"].to_list()[0] == "AU"
        assert made["places"]["country"].is_null().to_list() == [False, True] if kind == "polars" else True


class TestWebAnnotations:
    def test_every_selector_finds_its_words_again(self, hostile: tuple[str, dict[str, Any]]) -> None:
        record = hostile[1]
        texts = {iri(report["id"]): report["text"] for report in record["reports"]}
        collection = json.loads(web_annotations(record))
        targets = [target for one in collection["first"]["items"] for target in one["target"]]
        assert len(targets) > 20
        for target in targets:
            quote, position = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            # As a reader without offsets finds it: by the words and what stands around them.
            assert (
                text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"])
                == position["start"]
            )

    def test_it_follows_the_model(self, record: dict[str, Any]) -> None:
        collection = json.loads(web_annotations(record))
        items = collection["first"]["items"]
        assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (collection["type"], collection["first"]["type"], collection["total"]) == (
            "AnnotationCollection",
            "AnnotationPage",
            len(items),
        )
        assert len({one["id"] for one in items}) == len(items)
        for one in items:
            assert one["type"] == "Annotation"
            assert one["body"]
            assert one["target"]
            assert {body["type"] for body in one["body"]} <= {"TextualBody", "SpecificResource"}

    def test_a_statement_says_its_basis_and_links_its_source(self, record: dict[str, Any]) -> None:
        items = {one["id"]: one for one in json.loads(web_annotations(record))["first"]["items"]}
        bodies = items["urn:onrecord:s:1"]["body"]
        assert "basis: named" in [body.get("value") for body in bodies]
        assert {"type": "SpecificResource", "purpose": "linking", "source": "urn:onrecord:a:1"} in bodies


class TestTimelineJS:
    def test_dates_are_as_certain_as_they_are(self, record: dict[str, Any]) -> None:
        day, month, season = json.loads(timelinejs(record))["events"]
        assert day["start_date"] == {"year": 2024, "month": 5, "day": 3}
        assert month["start_date"] == {"year": 2024, "month": 6}
        assert "end_date" not in month
        assert (season["start_date"]["month"], season["end_date"]) == (9, {"year": 2024, "month": 11, "day": 30})
        assert season["display_date"] == "autumn 2024"

    def test_words_are_no_markup(self, hostile: tuple[str, dict[str, Any]]) -> None:
        words, record = hostile
        slide = json.loads(timelinejs(record))["events"][1]
        assert unescape(slide["text"]["headline"]) == " ".join(plain(words).split())
        assert not re.search(r"<(?!/?(?:p|small)>)", slide["text"]["text"])


class TestCalendar:
    @pytest.fixture
    def events(self, record: dict[str, Any]) -> dict[str, Any]:
        icalendar = needs("icalendar", "onrecord[calendar]")
        return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(calendar(record)).walk("VEVENT")}

    def test_each_date_is_an_all_day_entry_under_a_stable_name(self, events: dict[str, Any]) -> None:
        assert list(events) == ["c:1-due@onrecord", "c:1-not_before@onrecord", "c:2-due@onrecord"]
        due = events["c:1-due@onrecord"]
        assert (due.decoded("dtstart").isoformat(), due.decoded("dtend").isoformat()) == ("2024-06-30", "2024-07-01")
        assert due.decoded("dtstamp").isoformat() == "2024-05-03T00:00:00+00:00"

    def test_what_is_certain_is_told_from_what_is_not(self, events: dict[str, Any]) -> None:
        assert str(events["c:1-due@onrecord"]["summary"]) == "Due: Harbour Union: signed the deal"
        assert str(events["c:1-due@onrecord"]["status"]) == "CONFIRMED"
        planned = events["c:2-due@onrecord"]
        assert str(planned["summary"]) == "Due, planned (day uncertain: autumn 2024): the ferry is to sail"
        assert (str(planned["status"]), planned.decoded("dtstart").isoformat()) == ("TENTATIVE", "2024-11-30")
        begin = events["c:1-not_before@onrecord"]
        assert str(begin["summary"]).startswith("Not before (day uncertain: June 2024)")
        assert begin.decoded("dtstart").isoformat() == "2024-06-01"

    def test_the_words_and_their_place_stand_in_it(self, events: dict[str, Any]) -> None:
        told = str(events["c:1-due@onrecord"]["description"])
        assert "“signed the deal”" in told
        assert "monday.txt 1" in told
        assert "If: Nobody expects delays" in told

    def test_no_word_ends_an_entry(self) -> None:
        icalendar = needs("icalendar", "onrecord[calendar]")
        words = "BEGIN:VEVENT\r\nSUMMARY:x;,\\ \x00"
        made = story()
        record = record_as_dict(made)
        record["commitments"][0]["action"]["text"] = words
        record["reports"][0]["name"] = words
        events = icalendar.Calendar.from_ical(calendar(record)).walk("VEVENT")
        assert len(events) == 3
        assert str(events[0]["summary"]) == f"Due: Harbour Union: BEGIN:VEVENT SUMMARY:x;,\\ {REPLACED}"


class TestGeoJSON:
    def test_it_is_a_collection_of_points_with_their_precision(self, record: dict[str, Any]) -> None:
        collection = json.loads(geojson(record))
        features = {feature["id"]: feature for feature in collection["features"]}
        assert collection["type"] == "FeatureCollection"
        assert list(features) == ["p:1", "p:2", "e:1", "c:1", "n:1"]
        assert features["p:1"]["geometry"] == {"type": "Point", "coordinates": [150.86, -23.58]}
        assert features["p:1"]["properties"]["precision"] == "town"
        for feature in features.values():
            assert feature["type"] == "Feature"
            if feature["geometry"]:
                longitude, latitude = feature["geometry"]["coordinates"]
                assert -180 <= longitude <= 180
                assert -90 <= latitude <= 90

    def test_a_place_that_stays_open_has_no_geometry(self, record: dict[str, Any]) -> None:
        features = {feature["id"]: feature for feature in json.loads(geojson(record))["features"]}
        assert features["p:2"]["geometry"] is None
        assert features["p:2"]["properties"]["candidates"] == ["geonames:1", "geonames:2"]

    def test_an_event_says_when_and_in_which_words(self, record: dict[str, Any]) -> None:
        features = {feature["id"]: feature["properties"] for feature in json.loads(geojson(record))["features"]}
        assert (features["e:1"]["kind"], features["e:1"]["earliest"]) == ("event", "2024-05-03")
        assert features["e:1"]["words"] == "The union signed the deal"


class TestNetwork:
    @pytest.mark.parametrize(("write", "read"), [(graphml, "read_graphml"), (gexf, "read_gexf")])
    def test_networkx_reads_back_who_said_what(
        self, write: Any, read: str, hostile: tuple[str, dict[str, Any]]
    ) -> None:
        networkx = needs("networkx", "onrecord[network]")
        words, record = hostile
        more = {"force_multigraph": True} if read == "read_graphml" else {}
        graph = getattr(networkx, read)(io.BytesIO(write(record).encode("utf-8")), **more)
        edges = {(start, end, told["relation"]): told for start, end, told in graph.edges(data=True)}
        assert set(edges) == {
            ("a:1", "a:2", "said_about"),
            ("a:1", "a:3", "part_of"),
            ("a:1", "i:1", "stance"),
            ("a:2", "i:1", "stance"),
        }
        assert edges["a:1", "i:1", "stance"]["sign"] == 1
        assert edges["a:1", "a:2", "said_about"]["basis"] == "named"
        assert plain(words).split() == graph.nodes["a:1"]["label"].split()

    def test_declining_to_comment_says_nothing_of_anybody(self, record: dict[str, Any]) -> None:
        needs("networkx", "onrecord[network]")
        record["statements"][-1]["content"] = record["statements"][0]["content"]
        assert "s:5&gt;" not in graphml(record)


def test_dna_takes_sides_that_are_clear() -> None:
    lines = rows(dna(record_of_story()), ";")
    assert [(line["person"], line["organization"], line["concept"], line["agreement"]) for line in lines] == [
        ("Ana Ruiz", "Ministry of Transport", "the ferry deal", "1"),
        ("", "Harbour Union", "the ferry deal", "0"),
    ]
    assert lines[0]["time"] == "2024-05-03 00:00:00"
    assert lines[0]["text"] == "I back the deal"


class TestPlover:
    def test_a_line_has_the_columns_of_polecat(self) -> None:
        (line,) = rows(plover(record_of_story()), "\t")
        assert list(line)[:6] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code"]
        assert (line["Event Type"], line["Quad Code"], line["Event Date"]) == (
            "AGREE",
            "VERBAL COOPERATION",
            "2024-05-03",
        )
        assert (line["Actor Name"], line["Recipient Name"], line["GeoNames ID"]) == ("Ana Ruiz", "Harbour Union", "99")
        assert line["Basis"] == "report"

    @pytest.mark.parametrize("factuality", ["planned", "possible", "requested", "conditional", "denied"])
    def test_what_has_not_happened_is_left_out(self, factuality: str, record: dict[str, Any]) -> None:
        record["events"][0]["factuality"] = factuality
        assert rows(plover(record), "\t") == []


class TestFollowTheMoney:
    @pytest.fixture
    def model(self) -> Any:
        return needs("followthemoney", "followthemoney").model

    def test_every_entity_is_valid_and_nothing_is_cleaned_away(
        self, model: Any, hostile: tuple[str, dict[str, Any]]
    ) -> None:
        entities = [json.loads(line) for line in ftm(hostile[1]).splitlines()]
        for entity in entities:
            proxy = model.get_proxy(entity)
            proxy.schema.validate(entity)
            kept = proxy.to_dict()["properties"]
            assert {
                name for name in entity["properties"] if len(kept.get(name, ())) != len(entity["properties"][name])
            } == set()

    def test_entities_refer_to_entities_that_are_there(self, model: Any, record: dict[str, Any]) -> None:
        entities = {one["id"]: one for one in map(json.loads, ftm(record).splitlines())}
        assert len(entities) == len(ftm(record).splitlines())
        for entity in entities.values():
            for name, value in model.get_proxy(entity).itervalues():
                if name.type.name == "entity":
                    assert model.get(entities[value]["schema"]).is_a(name.range)

    def test_kinds_of_actors_keep_their_meaning(self, record: dict[str, Any]) -> None:
        entities = {one["id"]: one for one in map(json.loads, ftm(record).splitlines())}
        schemas = [entities[ftm_id(f"a:{number}")]["schema"] for number in (1, 2, 3, 4)]
        assert schemas == ["Person", "Organization", "PublicBody", "LegalEntity"]
        assert entities[ftm_id("e:1")]["properties"]["date"] == ["2024-05-03"]
        assert entities["onrecord-a-1-role-1"]["properties"]["role"] == ["Transport Minister"]


class TestSpacy:
    @pytest.fixture
    def doc(self, record: dict[str, Any]) -> Any:
        needs("spacy", "spacy")
        return to_spacy(record, "monday.txt")

    def test_the_text_and_the_offsets_are_those_of_the_report(self, doc: Any, record: dict[str, Any]) -> None:
        assert doc.text == record["reports"][0]["text"]
        start, end, identifier = doc.user_data["onrecord"]["statements"][0]
        assert (doc.text[start:end], identifier) == (record["statements"][0]["content"][0]["text"], "s:1")
        assert doc.spans["statements"][0].id_ == "s:1"

    def test_names_are_entities_tied_to_actors(self, doc: Any) -> None:
        assert [(one.text, one.label_, one.kb_id_) for one in doc.ents][:1] == [("Ana Ruiz", "person", "a:1")]

    def test_a_report_that_is_not_there_is_told(self, record: dict[str, Any]) -> None:
        needs("spacy", "spacy")
        with pytest.raises(OnRecordError, match="no such report"):
            to_spacy(record, "sunday.txt")


def test_a_line_of_a_megabyte_goes_through_every_form() -> None:
    for module in ("networkx", "icalendar", "pyarrow"):
        needs(module, module)
    record = record_of_story(words="the ferry " * 100_000 + "sails")
    for form in FORMS.values():
        made = list(form.write(record)) if isinstance(form, Files) else form.write(record)
        assert made
    assert len(rows(dict(csv_files(record))["reports.csv"].decode())[0]["text"]) > 1_000_000


@given(st.text(st.characters(codec=None)))
def test_words_made_fit_keep_their_length_or_their_line(text: str) -> None:
    assert len(plain(text)) == len(encodable(text)) == len(text)
    plain(text).encode("utf-8")
    assert one_line(text).isprintable()
    assert len(clipped(text, 20)) <= 20


class TestWriting:
    @pytest.fixture
    def case(self, tmp_path: Path) -> Path:
        path = tmp_path / "ferry.case"
        keep(path, story())
        return path

    def test_a_case_is_written_in_each_form(self, case: Path, tmp_path: Path) -> None:
        for module in ("networkx", "icalendar", "pyarrow"):
            needs(module, module)
        for name, form in FORMS.items():
            result = run("export", case, name, "-o", tmp_path / name)
            assert (result.exit_code, result.output) == (0, "")
            assert (tmp_path / name).is_dir() == isinstance(form, Files)

    def test_a_folder_of_tables_needs_a_name(self, case: Path) -> None:
        result = run("export", case, "csv")
        assert result.exit_code == 2
        assert "-o FOLDER" in result.stderr

    def test_a_folder_keeps_what_else_is_in_it(self, case: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("kept")
        assert run("export", case, "csv", "-o", tmp_path / "out").exit_code == 0
        assert (tmp_path / "out" / "mine.txt").read_text() == "kept"
        assert {path.name for path in (tmp_path / "out").iterdir()} == {
            "mine.txt",
            *(f"{table}.csv" for table in TABLES),
        }
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []

    def test_a_folder_that_cannot_be_written_is_told_in_one_line(self, case: Path, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        result = run("export", case, "csv", "-o", tmp_path / "file")
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1

    def test_nothing_is_left_where_a_file_fails(self, tmp_path: Path) -> None:
        def files() -> Any:
            yield "a.csv", b"a"
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            write_folder(tmp_path / "out", files())
        assert list(tmp_path.iterdir()) == []


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])
