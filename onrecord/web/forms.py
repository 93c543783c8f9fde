"""What forms and programs send: read with limits, and refused where it does not come from a page of this room."""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.web.safety import same

_LONGEST = 32 * 1024 * 1024


async def form_of(request: Request) -> FormData:
    """The fields of a form of this room.

    Raises:
        HTTPException: it does not carry the secret that forms of this room carry.
    """
    form = await request.form(max_files=100, max_fields=40, max_part_size=_LONGEST)
    if not same(str(form.get("secret", "")), request.app.state.form_secret):
        raise HTTPException(
            403, "This form is from an earlier run of the room. Go back, load the page again, and send it anew."
        )
    return form


async def json_of(request: Request) -> Mapping[str, Any]:
    """The JSON object that a program sends.

    Raises:
        HTTPException: it is something else. A page of another site cannot send JSON without being asked first.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Send JSON, as application/json.")
    try:
        given = await request.json()
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(400, "That is not JSON.") from error
    if not isinstance(given, dict):
        raise HTTPException(400, "Send an object.")
    return given
