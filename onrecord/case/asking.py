"""What questions need of a case: its lists one by one, cut down by the database where that is easy."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sql

from onrecord.case import schema
from onrecord.case.view import View

Item = dict[str, Any]

_FEW = 12
"""Ids to look for in the words of objects; with more, the whole list is as fast."""
_MANY = 500
"""Ids to look up at a time; with more, the whole list is as fast."""


class CaseLists:
    """The lists of a case's record; the same interface as that of a record in memory."""

    def __init__(self, view: View) -> None:
        self._view = view

    def items(self, name: str, naming: Collection[str] = ()) -> Iterator[Item]:
        """The objects of a list, in order; with `naming`, at least those that name one of these ids."""
        if name == "reports":
            return self._view.reports()
        if name == "decisions":
            return iter(json.loads(self._view.value("record") or "{}").get("decisions", []))
        if not naming or len(naming) > _FEW:
            return self._view.items(name)
        held = schema.LISTED[name].c.item
        return self._view.items(name, sql.or_(*(held.contains(json.dumps(one)) for one in sorted(naming))))

    def by_id(self, name: str, ids: Collection[str]) -> Iterator[Item]:
        """The objects of a list with these ids, in order."""
        if len(ids) > _MANY:
            yield from (item for item in self._view.items(name) if item.get("id") in ids)
        elif ids:
            yield from self._view.items(name, schema.LISTED[name].c.id.in_(sorted(ids)))

    def added(self) -> dict[str, str]:
        """When each report was added (ISO 8601, UTC), by its id."""
        return self._view.added()


def waiting(view: View) -> int:
    """How many reports were added since the record was last compared."""
    return len(view.report_ids()) - view.counts(["reports"])["reports"]


def is_behind(view: View) -> bool:
    """Whether the record does not yet tell of all reports and decisions: a run was killed."""
    return view.value("behind") != ""
