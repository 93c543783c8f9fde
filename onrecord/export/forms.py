"""The forms in which a record can be handed on, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.export.brief import brief, brief_html
from onrecord.export.items import Item
from onrecord.export.json import as_text

FORMS: Mapping[str, Callable[[Item], str]] = {"record": as_text, "brief": brief, "html": brief_html}


def written_as(form: str, record: Item) -> str:
    """The record in one of `FORMS`."""
    return FORMS[form](record)
