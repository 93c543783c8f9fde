"""Full-text search over a case: texts, contents of statements, names. FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Connection

Item = dict[str, Any]
_WORD = re.compile(r'"[^"]+"|[^\s"]+')
_PREFIX = 3
"""Letters of a last word from which it counts as begun, so that words are found while they are typed."""
_PLACES = ("kind", "id", "report", "words")


class SearchIndex:
    """The words of a case by where they stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def refresh(self, record: Item, reports: Container[str]) -> None:
        """Makes the index that of the record; what stands in it already is left as it is.

        Args:
            reports: those whose words may be new; those of the others are in the index.
        """
        new = {
            (kind, identifier): (report, words)
            for kind, identifier, report, words in _entries(record)
            if report is None or report in reports
        }
        rows = self._connection.execute(sql.text("SELECT rowid, kind, id, report, words FROM search"))
        old = {
            (row.kind, row.id): (row.rowid, row.words) for row in rows if row.report is None or row.report in reports
        }
        gone = [row for key, (row, words) in old.items() if key not in new or new[key][1] != words]
        fresh = [key for key, (_, words) in new.items() if key not in old or old[key][1] != words]
        if gone:
            delete = sql.text("DELETE FROM search WHERE rowid = :row")
            self._connection.execute(delete, [{"row": row} for row in gone])
        if fresh:
            insert = sql.text("INSERT INTO search (kind, id, report, words) VALUES (:kind, :id, :report, :words)")
            self._connection.execute(insert, [dict(zip(_PLACES, (*key, *new[key]), strict=True)) for key in fresh])

    def find(self, words: str, limit: int) -> list[Item]:
        """Rows of `kind`, `id`, `report` and `snippet` (hits between « and »), best first; quoted words as a phrase."""
        terms = _WORD.findall(words)
        if not terms:
            return []
        if self._is_sqlite:
            asked = " ".join('"' + term.strip('"').replace('"', "") + '"' for term in terms)
            if len(terms[-1]) >= _PREFIX and not words.endswith(('"', " ")):
                asked += "*"
            query = (
                "SELECT kind, id, report, snippet(search, 3, '«', '»', '…', 16) AS snippet FROM search"
                " WHERE search MATCH :asked ORDER BY bm25(search), kind, id LIMIT :limit"
            )
        else:
            asked = " ".join(terms)
            query = (
                "SELECT kind, id, report, ts_headline('simple', words, q, 'StartSel=«, StopSel=», MaxWords=16,"
                " MinWords=6') AS snippet FROM search, websearch_to_tsquery('simple', :asked) q"
                " WHERE to_tsvector('simple', words) @@ q"
                " ORDER BY ts_rank(to_tsvector('simple', words), q) DESC, kind, id LIMIT :limit"
            )
        found = self._connection.execute(sql.text(query), {"asked": asked, "limit": limit})
        return [dict(row._mapping) for row in found]


def _entries(record: Item) -> Iterator[tuple[str, str, str | None, str]]:
    """Kind, id, report and words of all that can be searched."""
    for report in record["reports"]:
        yield "report", report["id"], report["id"], _clean(report["text"])
    for statement in record["statements"]:
        if statement["source"]["basis"] != "report":
            pieces = [statement["source"]["span"], *statement["content"]]
            yield "statement", statement["id"], statement["report"], _clean(" ".join(p["text"] for p in pieces if p))
    for kind in ("actor", "place"):
        for item in record[f"{kind}s"]:
            yield kind, item["id"], None, _clean(" · ".join(dict.fromkeys((item["name"], *item["aliases"]))))


def _clean(text: str) -> str:
    return text.replace("\x00", " ")
