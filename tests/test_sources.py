"""Sources of every format: what is read off them, and what is said where they are not whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import Report
from onrecord.read.source import Reading, read, read_with_findings
from tests.fixtures import make


def readings(data: bytes, name: str, folder: Path) -> list[Reading]:
    found = everything(data, name, folder)
    assert all(isinstance(item, Reading) for item in found), found
    return [item for item in found if isinstance(item, Reading)]


def everything(data: bytes, name: str, folder: Path) -> list[Reading | OnRecordError]:
    (folder / name).write_bytes(data)
    return list(read_with_findings(folder / name))


def error(data: bytes, name: str, folder: Path) -> str:
    (found,) = everything(data, name, folder)
    assert isinstance(found, UnreadableSource), found
    return str(found)


def declared(report: Report) -> tuple[str, str] | None:
    return (report.declared.value, report.declared.how) if report.declared else None


def byline(report: Report) -> str | None:
    return report.byline.of(report.text) if report.byline else None


@pytest.mark.parametrize(
    ("name", "made", "title", "publisher", "date"),
    [
        ("a.docx", make.docx, make.HEADLINE, "AP", None),
        ("a.rtf", make.rtf, make.HEADLINE, "AP", None),
        ("2031-03-05 a.docx", make.docx, make.HEADLINE, "AP", ("2031-03-05", "file name")),
        ("a.warc.gz", make.warc, make.HEADLINE, "The Alton Post", ("2031-03-05", "meta")),
        ("a.warc", lambda: make.warc(packed=False), make.HEADLINE, "The Alton Post", ("2031-03-05", "meta")),
        ("a.wacz", make.wacz, make.HEADLINE, "The Alton Post", ("2031-03-05", "meta")),
        ("a.eml", make.mail, "Tram line – a year late", "AP", ("2031-03-05", "field")),
        ("a.atom", make.atom, make.HEADLINE, "Alton Wire", ("2031-03-05", "url")),
        ("a.xml", make.newsml, make.HEADLINE, "Alton Wire", ("2031-03-05", "field")),
        ("a.json", lambda: json.dumps(make.ninjs()).encode(), make.HEADLINE, "Alton Wire", ("2031-03-05", "field")),
        ("b.json", make.objects, make.HEADLINE, "Post", ("2031-03-05", "field")),
        ("a.csv", make.table, make.HEADLINE, "Post", ("2031-03-05", "field")),
        ("semicolons.csv", lambda: make.table(";"), make.HEADLINE, "Post", ("2031-03-05", "field")),
        ("a.tsv", lambda: make.table("\t"), make.HEADLINE, "Post", ("2031-03-05", "field")),
    ],
)
def test_each_format_gives_its_report(
    name: str, made: Any, title: str, publisher: str, date: tuple[str, str] | None, tmp_path: Path
) -> None:
    (reading,) = readings(made(), name, tmp_path)
    report = reading.report
    assert (report.title, report.publisher, declared(report)) == (title, publisher, date)
    assert report.text[report.body :].startswith("The new tram line will open a year late")
    assert all(words.partition(" — ")[2] or words in report.text for words in make.PARAGRAPHS)
    assert reading.data


def test_a_format_is_known_by_its_content_whatever_the_name(tmp_path: Path) -> None:
    files = (make.pdf(), make.docx(), make.rtf(), make.warc(), make.newsml(), make.atom())
    for number, data in enumerate(files):
        (reading,) = readings(data, f"{number}.txt", tmp_path)
        assert "underestimated the bridges" in reading.report.text


def test_pages_of_print_become_paragraphs(tmp_path: Path) -> None:
    head = "THE ALTON POST   5 March 2031   Page"
    first = (
        f"{head} 1",
        "",
        "The council asked the trans-",
        "port authority for a report by the end of May",
        "and",
        "for figures.",
        "",
        "Nobody objected to the long-",
        "1",
    )
    second = (f"{head} 2", "", "term plan, which the council", "adopted by a wide margin.", "", "2")
    third = (f"{head} 3", "", "A long-term lease was signed in March by both of the sides.", "", "3")
    (reading,) = readings(make.pdf((first, second, third)), "a.pdf", tmp_path)
    assert reading.report.text.split("\n\n") == [
        "The council asked the transport authority for a report by the end of May and for figures.",
        "Nobody objected to the long-term plan, which the council adopted by a wide margin.",
        "A long-term lease was signed in March by both of the sides.",
    ]


def test_a_table_in_a_word_document_is_read_in_its_place(tmp_path: Path) -> None:
    (reading,) = readings(make.docx(cells=("Length", "Nine kilometres")), "a.docx", tmp_path)
    assert reading.report.text.endswith("by the end of the month.\n\nLength\n\nNine kilometres")


def test_a_mail_of_html(tmp_path: Path) -> None:
    (reading,) = readings(
        make.mail("<style>p {}</style><p>The line opens <b>late</b>.</p><p>Nobody knew.", "html"), "a.eml", tmp_path
    )
    assert reading.report.text == "The line opens late.\n\nNobody knew."


def test_entries_of_a_feed_are_named_by_their_address(tmp_path: Path) -> None:
    whole = "<p>The authority apologised on Wednesday.</p><p>It named no new date.</p>"
    one, two = readings(make.rss(whole), "feed.xml", tmp_path)
    assert (one.report.name, two.report.name) == (f"{make.ADDRESS}-1", f"{make.ADDRESS}-2")
    assert one.report.text == "The authority apologised on Wednesday.\n\nIt named no new date."
    assert declared(one.report) == ("2031-03-05", "feed")
    assert (one.report.publisher, one.findings) == ("The Alton Post", ())


def test_a_summary_is_not_taken_for_the_story(tmp_path: Path) -> None:
    for reading in readings(make.rss(), "feed.xml", tmp_path):
        (finding,) = reading.findings
        assert finding.kind == "truncated"
        assert reading.report.name in finding.suggestion


def test_a_feed_that_is_cut_off_says_so(tmp_path: Path) -> None:
    *read_, said = everything(make.rss("<p>Some words that stand here.</p>", 3)[:-120], "feed.xml", tmp_path)
    assert len(read_) == 3
    assert isinstance(said, OnRecordError)
    assert said.reason == "is a feed that is cut off, so its last entry may be incomplete"


def test_a_page_dated_after_it_was_crawled_is_in_doubt(tmp_path: Path) -> None:
    (reading,) = readings(
        make.warc((("https://x.example/a", make.page(published="2031-04-05")),)), "a.warc.gz", tmp_path
    )
    (finding,) = reading.findings
    assert finding.kind == "misdated"
    assert finding.explanation == "The report declares 2031-04-05, but it was crawled on 2031-03-09."


def test_the_day_of_the_crawl_is_no_date_of_the_report(tmp_path: Path) -> None:
    (reading,) = readings(make.warc((("https://x.example/a", make.page(published=None)),)), "a.warc.gz", tmp_path)
    assert reading.report.declared is None


def test_pages_without_a_story_are_counted_in_one_line(tmp_path: Path) -> None:
    menu = b"<html><body><nav></nav></body></html>"
    pages = (("https://x.example/1", menu), ("https://x.example/2", make.page()), ("https://x.example/3", menu))
    found = everything(make.warc(pages), "a.warc.gz", tmp_path)
    (said,) = [item for item in found if isinstance(item, OnRecordError)]
    assert said.reason == "holds 2 pages without a main text, the first being https://x.example/1"
    assert len(found) == 2


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_what_its_publisher_took_back_is_not_read(status: str, tmp_path: Path) -> None:
    told = {"canceled": "was cancelled by its publisher", "withheld": "is withheld by its publisher"}[status]
    assert error(make.newsml(status), "a.xml", tmp_path).startswith(f"a.xml: {told}. Leave it out")
    ninjs = json.dumps([make.ninjs(), make.ninjs(pubstatus=status)]).encode()
    good, bad = everything(ninjs, "a.json", tmp_path)
    assert isinstance(good, Reading)
    assert str(bad).startswith(f"a.json, item 2: {told}.")


def test_an_embargo_and_a_correction_are_told(tmp_path: Path) -> None:
    more = (
        "<embargoed>2031-03-06T06:00:00Z</embargoed><edNote>Corrects the year in paragraph 2</edNote>"
        '<signal qcode="sig:correction"/>'
    )
    (newsml,) = readings(make.newsml(more=more, version=3), "a.xml", tmp_path)
    item = make.ninjs(embargoed="2031-03-06T06:00:00Z", version="3", ednote="Corrects the year in paragraph 2")
    (ninjs,) = readings(json.dumps(item).encode(), "a.json", tmp_path)
    told = [
        "Its publisher holds it under embargo until 2031-03-06T06:00:00Z.",
        "Its publisher marks it as a correction or update (version 3): Corrects the year in paragraph 2.",
    ]
    assert [finding.explanation for finding in newsml.findings] == told
    assert [finding.explanation for finding in ninjs.findings] == told


def test_a_message_of_several_items(tmp_path: Path) -> None:
    item = make.newsml().partition(b"?>")[2]
    other = item.replace(b"alton:2", b"alton:3").replace(b"stat:usable", b"stat:canceled")
    space = b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    good, bad = everything(space + item + other + b"</itemSet></newsMessage>", "a.xml", tmp_path)
    assert isinstance(good, Reading)
    assert good.report.name == "urn:newsml:alton:2"
    assert str(bad).startswith("a.xml, item 2: was cancelled")


def test_ninjs_of_its_third_version(tmp_path: Path) -> None:
    item = make.ninjs(
        headlines=[{"value": "Other headline"}], bodies=[{"contenttype": "text/plain", "value": "The line opens late."}]
    )
    for key in ("headline", "body_xhtml", "source"):
        del item[key]
    item["infosources"] = [{"name": "Third Wire"}]
    (reading,) = readings(json.dumps(item).encode(), "a.json", tmp_path)
    assert (reading.report.title, reading.report.publisher) == ("Other headline", "Third Wire")
    assert reading.report.text == "The line opens late."


EXPORTS = {
    "lexis_classic.txt": [
        (
            "Ferry Workers Vote to Strike Over Night Shifts",
            "The Eastport Courier",
            "2019-05-14",
            "By NORA FELDT and TOM ABARA",
        ),
        ("Operator offers talks on ferry shifts", "Lakeside Morning Post", "2019-05-15", None),
    ],
    "lexis_new.txt": [
        (
            "Regulator clears airport merger with conditions",
            "The Northern Ledger (Alton)",
            "2023-05-30",
            "By Ines Marchetti",
        ),
        ("Airlines object to airport deal", "Air Trade Weekly", "2023-06-01", None),
    ],
    "factiva_coded.txt": [
        ("Central bank holds rates as prices slow", "Mercator Newswire", "2022-11-07", "By Olga Renner"),
        ("Brokers see a cut by spring", "The Ledger", "2022-11-08", None),
    ],
    "factiva_plain.txt": [
        ("Ministry orders second look at dam", "Riverland Observer", "2021-03-19", "By Bela Tanko"),
        ("Farmers near dam want answers", "Valley Times", "2021-03-20", None),
    ],
}


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("wrapped", ["txt", "docx", "rtf", "crlf"])
def test_exports_of_databases_are_taken_apart(name: str, wrapped: str, tmp_path: Path) -> None:
    text = (make.EXPORTS / name).read_text("utf-8")
    lines = tuple(text.split("\n"))
    made = {
        "txt": text.encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
        "docx": make.docx(lines),
        "rtf": make.rtf(lines).replace(b"\\par\\par", b"\\par"),
    }[wrapped]
    found = [item.report for item in everything(made, f"export.{wrapped}", tmp_path) if isinstance(item, Reading)]
    seen = [(one.title, one.publisher, *(declared(one) or ())[:1], byline(one)) for one in found]
    assert seen == EXPORTS[name]


def test_the_texts_of_an_export_hold_nothing_else(tmp_path: Path) -> None:
    (one, two) = readings((make.EXPORTS / "lexis_classic.txt").read_bytes(), "a.txt", tmp_path)
    assert one.report.text[one.report.body :].startswith("Ferry workers voted on Monday")
    assert one.report.text.endswith("which it handed out at the pier.")
    assert two.report.text.endswith("It did not say what it would give up.")
    coded, _ = readings((make.EXPORTS / "factiva_coded.txt").read_bytes(), "b.txt", tmp_path)
    assert coded.report.text.endswith("IN A NOTE to clients, two brokers said they expect a cut in spring.")
    assert coded.report.name == "MERCNW0020221107eib700012"


def test_an_export_that_lacks_documents_says_so(tmp_path: Path) -> None:
    said = everything((make.EXPORTS / "factiva_plain.txt").read_bytes(), "a.txt", tmp_path)[-1]
    assert isinstance(said, OnRecordError)
    assert said.reason == "is a Factiva export that announces 3 documents, of which 2 were found"
    text = (make.EXPORTS / "lexis_classic.txt").read_text("utf-8")
    cut = text[: text.index("2 of 2 DOCUMENTS")]
    said = everything(cut.encode(), "b.txt", tmp_path)[-1]
    assert isinstance(said, OnRecordError)
    assert said.reason == "is a LexisNexis export that announces 2 documents, of which 1 were found"


def test_a_report_about_documents_is_no_export(tmp_path: Path) -> None:
    text = (
        "Leaked files\n\nOnly 3 of 25 documents were shown to the court.\n\n3 of 25 documents\n\nThe judge asked why.\n"
    )
    (reading,) = readings(text.encode(), "a.txt", tmp_path)
    assert reading.report.text == text


def test_a_bad_row_is_an_error_that_names_its_number(tmp_path: Path) -> None:
    rows = b"id,text,url\n1,The line opens late.,https://x.example/2031/03/05/line\n2,,\n3,...,\n4,It opened.,\n"
    one, two, three, four = everything(rows, "a.csv", tmp_path)
    assert isinstance(one, Reading)
    assert (one.report.name, declared(one.report)) == ("1", ("2031-03-05", "url"))
    assert str(two).startswith("a.csv, row 3: has no text.")
    assert str(three).startswith("a.csv, row 4: has a text without words.")
    assert isinstance(four, Reading)


def test_json_under_usual_names(tmp_path: Path) -> None:
    nested = {"response": {"results": [{"webUrl": "https://x.example/1", "body": "<p>The line opens late.</p>"}]}}
    (reading,) = readings(json.dumps(nested).encode(), "a.json", tmp_path)
    assert reading.report.text == "The line opens late."
    good, bad = everything(b'[{"body": "It opened."}, 7]', "b.json", tmp_path)
    assert isinstance(good, Reading)
    assert str(bad).startswith("b.json, item 2: is not a JSON object.")


def test_an_address_is_not_fetched_unasked() -> None:
    for source in ("https://news.example.org/a", Path("https://news.example.org/a")):
        (said,) = read(source)
        assert isinstance(said, UnreadableSource)
        assert said.reason == "is a web address, and nothing is fetched unasked"
        assert "--fetch" in said.remedy
