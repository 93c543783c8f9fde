"""The reading room as an ASGI application: pages, their assets, and the record as JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.case.store import Store
from onrecord.errors import OnRecordError
from onrecord.web import adding, api, claims, listing, reading, review, searching, telling
from onrecord.web.pages import Asked, View, environment, page, rendered
from onrecord.web.room import Room
from onrecord.web.safety import Guard, new_secret


def application(
    store: Store, token: str | None = None, threads: int | None = None, *, may_fetch: bool = False
) -> Starlette:
    """The room of a case.

    Args:
        store: the case; it must stay open as long as the application runs.
        token: what visitors must show; None for a room that only this machine can reach.
        threads: as for `onrecord.build`.
        may_fetch: whether web addresses that a visitor gives are fetched; private networks never are.
    """
    static = str(files("onrecord.web").joinpath("static"))
    app = Starlette(
        routes=[*_routes(), Mount("/api/v1", routes=api.ROUTES), Mount("/static", StaticFiles(directory=static))],
        middleware=[Middleware(Guard, token=token)],
        exception_handlers={HTTPException: _refused, OnRecordError: _failed},
        lifespan=_warm,
    )
    app.state.room = Room(store, threads)
    app.state.templates = environment()
    app.state.may_fetch = may_fetch
    app.state.form_secret = new_secret()
    return app


PAGES: tuple[tuple[str, View], ...] = (
    ("/", telling.story),
    ("/reports", reading.reports),
    ("/reports/{id}", reading.report),
    ("/statements", listing.statements),
    ("/statements/{id}", claims.statement),
    ("/actors", listing.actors),
    ("/actors/{id}", claims.actor),
    ("/commitments/{id}", claims.claim),
    ("/events/{id}", claims.claim),
    ("/figures/{id}", claims.claim),
    ("/positions/{id}", claims.claim),
    ("/changes/{id}", claims.change),
    ("/conflicts", listing.conflicts),
    ("/conflicts/{id}", claims.conflict),
)
"""Pages that are only read, by their address."""


def _routes() -> list[Route]:
    return [
        *(Route(path, page(view)) for path, view in PAGES),
        Route("/search", page(searching.results)),
        Route("/search.json", page(searching.as_json)),
        Route("/review", page(review.item)),
        Route("/review", review.decide, methods=["POST"]),
        Route("/add", page(adding.form)),
        Route("/add", adding.take, methods=["POST"]),
    ]


@asynccontextmanager
async def _warm(app: Starlette) -> AsyncIterator[None]:
    """The front page is laid out before the first visitor comes."""
    await run_in_threadpool(telling.prepare, app.state.room)
    yield


_PLAINER = {
    "Not Found": "There is no page under this address.",
    "Method Not Allowed": "This address does not take that.",
}
"""The server's own words, as the room says them."""


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = error.detail if isinstance(error, HTTPException) else "Something failed."
    words = _PLAINER.get(words, words)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status, getattr(error, "headers", None))
    asked = Asked(request)
    return await run_in_threadpool(
        lambda: rendered(asked, "refused.html", asked.room.book(), status, status=status, words=words)
    )


async def _failed(request: Request, error: Exception) -> Response:
    return await _refused(request, HTTPException(400, str(error)))
