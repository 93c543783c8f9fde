"""Records of real reports, each form opened by the library of the world it is made for."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.export.annotations import iri, web_annotations
from onrecord.export.calendar import calendar
from onrecord.export.coding import COLUMNS as DNA
from onrecord.export.coding import dna
from onrecord.export.docs import to_spacy
from onrecord.export.folders import write_folder
from onrecord.export.frames import frames
from onrecord.export.ftm import ftm
from onrecord.export.geojson import geojson
from onrecord.export.json import record_as_dict
from onrecord.export.network import gexf, graphml
from onrecord.export.plover import plover
from onrecord.export.tables import as_written, csv_files, parquet_files
from onrecord.export.timelinejs import timelinejs
from tests.case_story import one_annotator
from tests.conftest import ROOT, SHARED

STORIES = [
    pytest.param(ROOT / "examples" / "drawdown", id="examples"),
    pytest.param(SHARED / "reports" / "iraq-drawdown", id="two-reports", marks=pytest.mark.shared),
]


@pytest.fixture(scope="module", params=STORIES)
def record(request: pytest.FixtureRequest, model: Path) -> dict[str, Any]:
    """The record of a folder of reports."""
    steps = tuple(
        pipeline.Step(one_annotator, step.requires, step.assigns) if step.assigns == "annotator" else step
        for step in pipeline.STEPS
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "STEPS", steps)
        return record_as_dict(pipeline.build([request.param]))


def test_parquet_opens_in_duckdb(record: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    write_folder(tmp_path / "tables", parquet_files(record))
    with duckdb.connect() as database:
        for path in (tmp_path / "tables").iterdir():
            ((count,),) = database.sql(f"SELECT count(*) FROM '{path}'").fetchall()
            assert count == len(record[path.stem]) if path.stem in record else count >= 0
        query = (
            f"SELECT count(*) FROM '{tmp_path}/tables/evidence.parquet' e JOIN '{tmp_path}/tables/reports.parquet' r"
            " ON e.report = r.id WHERE r.text[e.start + 1 : e.end] = e.text"
        )
        ((kept,),) = database.sql(query).fetchall()
        ((all_of_them,),) = database.sql(f"SELECT count(*) FROM '{tmp_path}/tables/evidence.parquet'").fetchall()
    assert kept == all_of_them > 50


def test_csv_opens_in_pandas(record: dict[str, Any]) -> None:
    pandas = pytest.importorskip("pandas")
    csv.field_size_limit(sys.maxsize)
    made = {name: pandas.read_csv(io.BytesIO(data), keep_default_na=False) for name, data in csv_files(record)}
    assert [as_written(one) for one in made["actors.csv"]["name"]] == [one["name"] for one in record["actors"]]
    assert [as_written(one) for one in made["reports.csv"]["text"]] == [one["text"] for one in record["reports"]]
    assert list(made["statements.csv"]["basis"]) == [one["source"]["basis"] for one in record["statements"]]


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_frames_have_a_row_for_each_object(kind: Any, record: dict[str, Any]) -> None:
    pytest.importorskip(kind)
    made = frames(record, kind)
    for name in ("statements", "events", "commitments", "figures", "positions"):
        assert len(made[name]) == len(record[name])
        assert list(made[name]["id"]) == [one["id"] for one in record[name]]


@pytest.mark.parametrize(("write", "read"), [(graphml, "read_graphml"), (gexf, "read_gexf")])
def test_networks_open_in_networkx(write: Any, read: str, record: dict[str, Any]) -> None:
    networkx = pytest.importorskip("networkx")
    more = {"force_multigraph": True} if read == "read_graphml" else {}
    graph = getattr(networkx, read)(io.BytesIO(write(record).encode("utf-8")), **more)
    known = {one["id"] for one in (*record["actors"], *record["issues"])}
    edges = list(graph.edges(data=True))
    assert set(graph.nodes) <= known
    assert {told["relation"] for _, _, told in edges} <= {"said_about", "stance", "part_of"}
    assert any(told["relation"] == "stance" for _, _, told in edges)


def test_deadlines_open_in_icalendar(record: dict[str, Any]) -> None:
    icalendar = pytest.importorskip("icalendar")
    events = icalendar.Calendar.from_ical(calendar(record)).walk("VEVENT")
    names = [str(event["uid"]) for event in events]
    dated = [one for one in record["commitments"] if one["due"] or one["not_before"]]
    assert len(names) == len(set(names)) > 0
    assert {name.rpartition("-")[0] for name in names} <= {one["id"] for one in dated}
    assert all(isinstance(event.decoded("dtstart"), date) for event in events)
    assert calendar(record) == calendar(record)


def test_entities_are_valid_in_followthemoney(record: dict[str, Any]) -> None:
    schemata = pytest.importorskip("followthemoney").model
    entities = {one["id"]: one for one in map(json.loads, ftm(record).splitlines())}
    assert {"Article", "Mention"} <= {one["schema"] for one in entities.values()}
    for entity in entities.values():
        proxy = schemata.get_proxy(entity)
        proxy.schema.validate(entity)
        for name, value in proxy.itervalues():
            if name.type.name == "entity":
                assert schemata.get(entities[value]["schema"]).is_a(name.range)


def test_places_are_valid_geojson(record: dict[str, Any]) -> None:
    """By RFC 7946: the members each object must have, positions in longitude and latitude, no foreign reference."""
    collection = json.loads(geojson(record))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    identifiers = [feature["id"] for feature in collection["features"]]
    assert len(identifiers) == len(set(identifiers))
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= set(feature)
        assert isinstance(feature["properties"], dict)
        geometry = feature["geometry"]
        if geometry is not None:
            assert geometry["type"] == "Point"
            longitude, latitude = geometry["coordinates"]
            assert abs(longitude) <= 180
            assert abs(latitude) <= 90
        else:
            assert feature["properties"]["precision"] == "unresolved"


def test_annotations_lead_back_to_the_same_words(record: dict[str, Any]) -> None:
    texts = {iri(report["id"]): report["text"] for report in record["reports"]}
    collection = json.loads(web_annotations(record))
    targets = [target for one in collection["first"]["items"] for target in one["target"]]
    assert len(targets) > 100
    for target in targets:
        quote, position = target["selector"]
        text = texts[target["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = re.escape(quote["prefix"]), re.escape(quote["exact"]), re.escape(quote["suffix"])
        places = [one.start() for one in re.finditer("(?<={})(?={}{})".format(*around), text)]
        assert position["start"] in places


def test_slides_are_what_timelinejs_takes(record: dict[str, Any]) -> None:
    told = json.loads(timelinejs(record))["events"]
    assert told
    for slide in told:
        start, end = slide["start_date"], slide.get("end_date", slide["start_date"])
        assert set(start) <= {"year", "month", "day"}
        assert (start["year"], start.get("month", 0)) <= (end["year"], end.get("month", 12))
        assert slide["text"]["headline"]


def test_positions_have_the_columns_of_discourse_network_analyzer(record: dict[str, Any]) -> None:
    lines = list(csv.DictReader(io.StringIO(dna(record), newline=""), delimiter=";"))
    assert list(lines[0]) == list(DNA)
    assert len(lines) == sum(one["stance"] in ("supports", "opposes") for one in record["positions"])
    assert {line["agreement"] for line in lines} <= {"0", "1"}
    assert all(line["concept"] and (line["person"] or line["organization"]) for line in lines)


def test_events_have_the_columns_of_polecat(record: dict[str, Any]) -> None:
    lines = list(csv.DictReader(io.StringIO(plover(record), newline=""), delimiter="\t"))
    told = {one["id"]: one for one in record["events"]}
    assert lines
    assert all(told[line["Event ID"]]["factuality"] == "asserted" for line in lines)
    assert all(line["Event Type"] == told[line["Event ID"]]["type"] for line in lines)


def test_reports_open_in_spacy(record: dict[str, Any]) -> None:
    pytest.importorskip("spacy")
    for report in record["reports"]:
        doc = to_spacy(record, report["name"])
        assert doc.text == report["text"]
        for start, end, identifier in doc.user_data["onrecord"]["statements"]:
            (said,) = [one for one in record["statements"] if one["id"] == identifier]
            assert doc.text[start:end] in [span["text"] for span in (*said["content"], *said["evidence"])]
