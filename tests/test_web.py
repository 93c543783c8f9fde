"""The reading room: its pages, what keeps it safe, and what it takes in."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("starlette", reason="the reading room is not installed: pip install 'onrecord[web]'")

from starlette.applications import Starlette
from starlette.testclient import TestClient

from onrecord.case.store import Store
from onrecord.casebook import open_case
from onrecord.web.app import application
from onrecord.web.book import LISTS, Book
from onrecord.web.bound import one_file
from onrecord.web.site import Site, folder

EXAMPLE = Path(__file__).parent.parent / "examples" / "drawdown"
HERE = "http://127.0.0.1:8400"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TURNED = "\u202etxt.exe\u202c"


@pytest.fixture(scope="module")
def original(model: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A case of the example reports, as its file holds it."""
    path = tmp_path_factory.mktemp("room") / "story.case"
    with open_case(path, create=True, threads=1) as case:
        case.add([EXAMPLE])
    return path.read_bytes()


@pytest.fixture
def app(original: bytes, tmp_path: Path) -> Iterator[Starlette]:
    path = tmp_path / "story.case"
    path.write_bytes(original)
    with Store(str(path)) as store:
        yield application(store, threads=1)


@pytest.fixture
def room(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url=HERE) as client:
        yield client


def links(html: str) -> list[str]:
    """The addresses within the room that a page leads to."""
    found = re.findall(r'href="(/[^"]*)"', html)
    return [one.replace("&amp;", "&").partition("#")[0] for one in found if not one.startswith("/static/")]


def secret(room: TestClient, page: str = "/add") -> str:
    found = re.search(r'name="secret" value="([^"]+)"', room.get(page).text)
    assert found is not None
    return found[1]


def added(room: TestClient, **fields: str) -> str:
    """Hands a text in, and returns the page that follows."""
    answer = room.post("/add", data={"secret": secret(room), **fields})
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def test_every_page_that_a_page_leads_to_is_there(room: TestClient) -> None:
    todo, seen, kinds = ["/", "/conflicts"], set(), dict[str, int]()
    while todo:
        address = todo.pop()
        kind = urlsplit(address).path.split("/")[1]
        if address in seen or kinds.get(kind, 0) >= 8:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = room.get(address)
        assert answer.status_code == 200, address
        if "text/html" in answer.headers["content-type"]:
            todo += links(answer.text)
    assert {"", "reports", "statements", "actors", "commitments", "events", "review", "search", "add"} <= set(kinds)


def test_the_story_shows_its_parts_and_every_mark_opens_words(room: TestClient) -> None:
    page = room.get("/").text
    for heading in (
        "What was promised, and by when",
        "Who stands where",
        "Happened, promised, reported",
        "Who says so",
    ):
        assert heading in page
    opened = set(re.findall(r'popovertarget="(e\d+)" aria-label="Evidence', page))
    assert opened
    assert opened == set(re.findall(r'<div popover id="(e\d+)"', page))


def test_a_mark_leads_to_its_words_in_the_report(room: TestClient) -> None:
    place = re.search(r'href="(/reports/[^"]+at=(\d+)-(\d+)[^"]*)#at"', room.get("/").text)
    assert place is not None
    report = parse_qs(urlsplit(place[1]).path)
    assert not report
    text = room.get("/api/v1" + urlsplit(place[1]).path).json()["text"]
    page = room.get(place[1].replace("&amp;", "&")).text
    marked = re.search(r'<mark class="[^"]*here[^"]*" id="at"[^>]*>([^<]+)', page)
    assert marked is not None
    assert text[int(place[2]) : int(place[3])].startswith(marked[1].replace("&#39;", "'"))


def test_the_text_of_a_report_stands_there_in_full(room: TestClient) -> None:
    for report in room.get("/api/v1/reports").json()["items"]:
        page = room.get(f"/reports/{report['id']}").text
        shown = re.search(r'<article class="text".*?</article>', page, re.S)
        assert shown is not None
        paragraphs = re.findall(r'<p dir="auto">(.*?)</p>\n', shown[0], re.S)
        words = re.sub(r"<[^>]+>", "", "\n".join(paragraphs)).replace("&#39;", "'").replace("&#34;", '"')
        assert words.replace("&amp;", "&").split() == report["text"].split()


def test_what_was_not_yet_known_is_left_out(room: TestClient) -> None:
    before, now = room.get("/?as_of=2024-10").text, room.get("/").text
    assert "as known on 31 October 2024" in before
    assert len(room.get("/api/v1/reports?as_of=2024-10").json()["items"]) < len(
        room.get("/api/v1/reports").json()["items"]
    )
    assert "as_of=2024-10" in "".join(links(before))
    assert "as known on" not in now


@pytest.mark.parametrize("day", ["yesterday", "2024-13", "9" * 40, "<b>"])
def test_a_day_that_is_none_is_refused_in_one_line(room: TestClient, day: str) -> None:
    answer = room.get("/", params={"as_of": day})
    assert answer.status_code == 400
    assert "is not a date" in answer.text
    assert "<b>" not in answer.text.partition("<main")[2]


def test_statements_are_chosen_by_what_the_address_says(room: TestClient) -> None:
    def shown(query: str) -> int:
        found = re.search(r"([\d,]+) of [\d,]+ statement", room.get(f"/statements?{query}").text)
        assert found is not None
        return int(found[1])

    everything = shown("")
    assert 0 < shown("basis=anonymous") < everything
    assert 0 < shown("attitude=denial") + shown("attitude=speech") < everything + 1
    assert shown("words=nobody+said+this") == 0
    assert shown("since=2025-01-01") + shown("until=2024-12-31") <= everything


def test_search_answers_with_words_as_they_stand(room: TestClient) -> None:
    found = room.get("/search.json", params={"q": "Baghdad"}).json()
    assert found["results"]
    assert any(hit for one in found["results"] for _, hit in one["parts"])
    assert room.get(found["results"][0]["href"]).status_code == 200
    assert room.get("/search.json", params={"q": '"<(* OR NEAR'}).status_code == 200


def test_there_is_nothing_under_a_made_up_address(room: TestClient) -> None:
    for address in ("/reports/r:none", "/actors/%2e%2e%2fx", "/commitments/c:1", "/nowhere", "/static/../app.py"):
        assert room.get(address).status_code == 404


# ---------- safety ----------


def test_pages_load_nothing_from_elsewhere_and_run_no_words_as_script(room: TestClient) -> None:
    for address in ("/", "/statements", "/review", "/nowhere", "/static/room.css", "/api/v1/actors"):
        answer = room.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?! type="module" src="/static/)', answer.text)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text)


def test_a_name_of_another_host_is_refused(room: TestClient) -> None:
    assert room.get("/", headers={"host": "evil.example:8400"}).status_code == 421
    for host in ("localhost:8400", "127.0.0.1", "[::1]:8400"):
        assert room.get("/add", headers={"host": host}).status_code == 200


def test_with_a_token_nobody_else_comes_in(original: bytes, tmp_path: Path) -> None:
    path = tmp_path / "story.case"
    path.write_bytes(original)
    with Store(str(path)) as store:
        app = application(store, token="open-sesame", threads=1)
        with TestClient(app, base_url="https://desk.example") as client:
            assert client.get("/").status_code == 401
            assert client.get("/api/v1/record").status_code == 401
            assert client.get("/static/room.css").status_code == 401
            assert client.get("/?token=wrong").status_code == 401
            assert client.get("/", headers={"authorization": "Bearer open-sesame"}).status_code == 200
            first = client.get("/actors?token=open-sesame&page=1", follow_redirects=False)
            assert first.status_code == 303
            assert first.headers["location"] == "/actors?page=1"
            cookie = first.headers["set-cookie"].lower()
            assert all(word in cookie for word in ("httponly", "samesite=strict", "secure"))
            assert client.get("/actors").status_code == 200


def test_a_token_in_an_address_leads_to_no_other_host(original: bytes, tmp_path: Path) -> None:
    path = tmp_path / "story.case"
    path.write_bytes(original)
    with Store(str(path)) as store, TestClient(application(store, "t", 1), base_url=HERE) as client:
        answer = client.get("//evil.example/?token=t", follow_redirects=False)
        assert not answer.headers.get("location", "/").startswith("//")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_writes_from_other_sites_are_refused(room: TestClient, headers: dict[str, str]) -> None:
    item = room.get("/api/v1/commitments").json()["items"][0]["id"]
    form = {"secret": secret(room), "action": "accept", "item": item}
    assert room.post("/review", data=form, headers=headers).status_code == 403
    body = {"kind": "accept", "ids": [item]}
    assert room.post("/api/v1/decisions", json=body, headers=headers).status_code == 403
    assert room.get("/api/v1/decisions").json()["count"] == 0


def test_a_form_without_its_secret_is_refused(room: TestClient) -> None:
    item = room.get("/api/v1/commitments").json()["items"][0]["id"]
    for given in ({}, {"secret": "guessed"}):
        answer = room.post("/review", data={**given, "action": "reject", "item": item})
        assert answer.status_code == 403
    plain = room.post("/api/v1/decisions", content="{}", headers={"content-type": "text/plain"})
    assert plain.status_code == 415


def test_a_write_without_end_is_refused(room: TestClient) -> None:
    too_much = {"content-type": "application/json", "content-length": str(10**9)}
    assert room.post("/api/v1/reports", content=b"{}", headers=too_much).status_code == 403
    pieces = (piece for piece in (b"{", b"}"))
    assert room.post("/api/v1/reports", content=pieces, headers={"content-type": "application/json"}).status_code == 403


# ---------- hostile reports ----------


def test_hostile_words_are_shown_as_words(room: TestClient) -> None:
    text = f"Minister Ana {SCRIPT} said the port would close by June 2026.\n\nA {TURNED} official said: “{SCRIPT}”"
    told = added(room, text=text, title=f"{SCRIPT}{TURNED}", publisher=SCRIPT, published="2026-01-02")
    assert "1 report added" in told
    report = next(r for r in room.get("/api/v1/reports").json()["items"] if r["publisher"] == SCRIPT)
    pages = ["/", "/reports", f"/reports/{report['id']}", "/statements", "/actors", "/search?q=alert", "/review"]
    for page in (*pages, *set(links(room.get(f"/reports/{report['id']}").text))):
        shown = room.get(page).text
        if not page.startswith("/api/"):
            assert "<script>alert" not in shown, page
            assert "<img src=x" not in shown, page
            assert "\u202e" not in shown, page


def test_a_line_of_a_million_letters_is_paged(
    app: Starlette, room: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = copy.deepcopy(dict(app.state.room.book().record))
    report = record["reports"][0]
    report["text"] += "\n" + "word " * 200_000 + "x" * 200_000
    book = Book(record, "long.case")
    monkeypatch.setattr(app.state.room, "book", lambda as_of=None: book)
    page = room.get(f"/reports/{report['id']}")
    assert page.status_code == 200
    assert len(page.content) < 400_000
    assert "Page 1 of" in page.text
    assert 'id="at"' in room.get(f"/reports/{report['id']}?at=900000-900004").text
    assert len(room.get("/").content) < 300_000


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\boot.txt", "a\x00b.txt", "x" * 1000 + ".txt"])
def test_a_hostile_file_name_stays_in_its_folder(room: TestClient, name: str) -> None:
    files = {"files": (name, b"May 3, 2024\n\nThe harbour master said the crane leaves in June 2024.")}
    answer = room.post("/add", data={"secret": secret(room)}, files=files)
    assert answer.status_code == 200, answer.text[-800:]
    names = [report["name"] for report in room.get("/api/v1/reports").json()["items"]]
    assert all("/" not in one and "\\" not in one and len(one) < 200 for one in names)


@pytest.mark.parametrize("file", [("x.exe", b"MZ"), ("empty.txt", b""), ("broken.jsonl", b"{")])
def test_what_cannot_be_read_is_told_in_one_line(room: TestClient, file: tuple[str, bytes]) -> None:
    before = room.get("/api/v1/reports").json()["count"]
    answer = room.post("/add", data={"secret": secret(room), "title": "kept"}, files={"files": file})
    assert answer.status_code == 400
    alert = re.search(r'role="alert">([^<]+)<', answer.text)
    assert alert is not None
    assert "/tmp" not in alert[1]
    assert "Traceback" not in answer.text
    assert room.get("/api/v1/reports").json()["count"] == before


# ---------- review ----------


def test_a_decision_is_taken_told_of_and_undone(app: Starlette, room: TestClient) -> None:
    every = room.get("/api/v1/commitments").json()["items"]
    item = every[0]["id"]
    page = room.get(f"/review?kind=commitments&item={item}").text
    assert "Rejecting takes this commitment out of the record" in page
    form = {"secret": secret(room, "/review"), "list": "commitments", "item": item, "author": "A. Desk"}
    assert room.post("/review", data={**form, "action": "reject"}).status_code == 200
    app.state.room.settle()
    assert item not in {one["id"] for one in room.get("/api/v1/commitments").json()["items"]}
    log = room.get("/api/v1/decisions").json()["items"]
    assert (log[0]["kind"], log[0]["author"]) == ("reject", "A. Desk")
    room.post("/review", data={**form, "action": "undo", "number": str(log[0]["number"])})
    app.state.room.settle()
    assert item in {one["id"] for one in room.get("/api/v1/commitments").json()["items"]}


def test_a_correction_takes_only_values_that_the_field_may_have(app: Starlette, room: TestClient) -> None:
    item = room.get("/api/v1/positions").json()["items"][0]["id"]
    form = {"secret": secret(room, "/review"), "list": "positions", "item": item, "action": "edit"}
    assert room.post("/review", data={**form, "set-stance": "dances"}).status_code == 400
    assert room.post("/review", data={**form, "set-stance": "mixed"}).status_code == 200
    app.state.room.settle()
    assert room.get(f"/api/v1/positions/{item}").json()["stance"] == "mixed"


def test_the_date_of_a_report_is_put_right(app: Starlette, room: TestClient) -> None:
    undated = next(one for one in room.get("/api/v1/reports").json()["items"] if one["declared_date"] is None)
    page = room.get("/review", params={"kind": "in doubt", "item": undated["id"]}).text
    assert "Is the date of" in page
    form = {"secret": secret(room, "/review"), "item": undated["id"], "action": "edit"}
    assert room.post("/review", data={**form, "set-date": "last week"}).status_code == 400
    assert room.post("/review", data={**form, "set-date": "2024-09-27"}).status_code == 200
    app.state.room.settle()
    assert room.get(f"/api/v1/reports/{undated['id']}").json()["date"]["value"] == "2024-09-27"


def test_a_revised_report_is_shown_against_the_one_it_was_made_of(
    app: Starlette, room: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = copy.deepcopy(dict(app.state.room.book().record))
    first, second = record["reports"][:2]
    second["text"] += "\n\nThe vote was put off."
    first["text"] = second["text"].replace("put off", "held on time")
    second["lineage"] |= {"relation": "revision", "of": first["id"]}
    book = Book({**record, **{name: [] for name in LISTS if name != "reports"}}, "two.case")
    monkeypatch.setattr(app.state.room, "book", lambda as_of=None: book)
    page = room.get(f"/reports/{second['id']}").text.partition("Against the other version")[2]
    assert "The vote was held on time.</del>" in page
    assert "The vote was put off.</ins>" in page


def test_actors_are_merged(app: Starlette, room: TestClient) -> None:
    kept, gone = (one["id"] for one in room.get("/api/v1/actors").json()["items"][:2])
    form = {"secret": secret(room, "/review"), "list": "actors", "item": gone, "action": "merge", "with": kept}
    assert room.post("/review", data=form).status_code == 200
    app.state.room.settle()
    assert room.get(f"/actors/{gone}").status_code == 404
    assert room.get(f"/actors/{kept}").status_code == 200


# ---------- the API ----------


def test_the_api_gives_the_record_as_it_is(app: Starlette, room: TestClient) -> None:
    record = room.get("/api/v1/record").json()
    assert record == json.loads(json.dumps(app.state.room.book().record))
    assert record["format"] == "onrecord/1"
    for name in ("statements", "commitments", "timeline"):
        listed = room.get(f"/api/v1/{name}?limit=1000").json()
        assert listed["items"] == record[name]
    actor = next(one["source"]["actor"] for one in record["statements"] if one["source"]["actor"])
    chosen = room.get(f"/api/v1/statements?actor={actor}&limit=1000").json()["items"]
    assert chosen == [one for one in record["statements"] if one["source"]["actor"] == actor]


def test_the_api_describes_what_it_does(room: TestClient) -> None:
    described = room.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert {"/record", "/{list}", "/{list}/{id}", "/search", "/decisions", "/reports"} <= set(described["paths"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"kind": "undo", "ids": ["x"]}, "kind must be"),
        ({"kind": "accept", "ids": []}, "ids must be"),
        ({"kind": "accept", "ids": ["nothing:0"]}, "nothing under this id"),
        ([], "Send an object"),
    ],
)
def test_a_wrong_decision_is_told_why(room: TestClient, body: object, words: str) -> None:
    answer = room.post("/api/v1/decisions", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_the_api_takes_in_a_report_once(room: TestClient) -> None:
    report = {"text": "The mayor said on Monday that the bridge opens in May 2027.", "published": "2026-02-03"}
    first, again = (room.post("/api/v1/reports", json=report).json() for _ in range(2))
    assert (first["new"], first["known"], len(first["reports"])) == (1, 0, 1)
    assert again == {"new": 0, "known": 1, "reports": []}
    assert room.post("/api/v1/reports", json={"text": " "}).status_code == 400


# ---------- as files ----------


def test_a_site_keeps_to_its_number_of_pages_and_says_what_it_leaves_out(app: Starlette) -> None:
    record = app.state.room.book().record
    whole, part = Site(record, "story.case"), Site(record, "story.case", most=6)
    assert whole.every == 0
    assert len(whole.pages()) == whole.every
    files = dict(folder(part))
    assert sum(name.endswith(".html") for name in files) == 6
    assert part.every > 6
    assert b"data-left-out" in files["index.html"]
    assert json.loads(files["record.json"]) == json.loads(json.dumps(record))
    assert f"holds 6 of {part.every:,} pages" in one_file(part)


def test_the_same_case_gives_the_same_site(app: Starlette) -> None:
    record = app.state.room.book().record
    assert dict(folder(Site(record, "story.case"))) == dict(folder(Site(record, "story.case")))
    assert one_file(Site(record, "story.case")) == one_file(Site(record, "story.case"))
