"""Runs a reading room until it is stopped."""

from __future__ import annotations

import uvicorn

from onrecord.case.store import Store
from onrecord.web.app import application
from onrecord.web.safety import is_loopback, new_secret


def address_of(host: str, port: int, token: str | None) -> str:
    """The address to open in a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + (f"?token={token}" if token else "")


def token_for(host: str, given: str | None) -> str | None:
    """What visitors must show: the token given; one made up where others can reach the port; else nothing."""
    return given or (None if is_loopback(host) else new_secret())


def run(
    case: str, host: str, port: int, token: str | None, threads: int | None = None, *, may_fetch: bool = False
) -> None:
    """Serves a case.

    Raises:
        OnRecordError: there is no such case, or it cannot be used.
    """
    with Store(case) as store:
        app = application(store, token, threads, may_fetch=may_fetch)
        # A case behind a proxy that ends TLS: its X-Forwarded-Proto is believed from this machine only.
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
