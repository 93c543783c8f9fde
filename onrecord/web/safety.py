"""What keeps a reading room safe: who may come in, what a page may load, and that writes come from its own pages.

Pages are read by people who handle hostile texts and confidential sources. A site they visit in another tab must not
be able to read the case through their browser, nor to write to it.
"""

from __future__ import annotations

import hmac
import secrets
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_READING = ("GET", "HEAD", "OPTIONS")
_COOKIE = "onrecord"
_LONGEST = 32 * 1024 * 1024
"""Bytes of a request's body at most."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    return host.strip("[]") in _LOOPBACK


class Guard:
    """Middleware around all pages.

    Args:
        app: what it guards.
        token: what a visitor must show; None lets in whoever reaches the port, which must then be a loopback one.
    """

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store" if self._token else "no-cache")
            await send(message)

        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead of the page; None lets the request through."""
        headers = Headers(scope=scope)
        if self._token is None and not is_loopback(_hostname(headers.get("host", ""))):
            # A name that an attacker's server resolves to 127.0.0.1 would else make this room part of his site.
            return PlainTextResponse("This reading room answers to localhost only.\n", 421)
        if scope["method"] not in _READING:
            refused = _foreign(headers) or _too_long(headers)
            if refused:
                return PlainTextResponse(refused + "\n", 403)
        return None if self._token is None else self._unless_known(scope, headers)

    def _unless_known(self, scope: Scope, headers: Headers) -> Response | None:
        token = self._token or ""
        kind, _, shown = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and same(shown.strip(), token):
            return None
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
        if cookie is not None and same(cookie.value, token):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if any(name == "token" and same(value, token) for name, value in query):
            return self._welcome(scope, [pair for pair in query if pair[0] != "token"])
        words = "This reading room asks for its token: open the address that `onrecord serve` printed.\n"
        return PlainTextResponse(words, 401, {"www-authenticate": "Bearer"})

    def _welcome(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Keeps the token in a cookie, so that it does not stay in the address."""
        path = "/" + scope["path"].lstrip("/")
        response = RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)
        secure = scope.get("scheme") == "https"
        response.set_cookie(_COOKIE, self._token or "", httponly=True, samesite="strict", secure=secure)
        return response


def new_secret() -> str:
    """A secret for one run of the room."""
    return secrets.token_urlsafe(24)


def same(given: str, expected: str) -> bool:
    """Whether a secret is the one expected; how long that takes tells nothing of it."""
    return hmac.compare_digest(given.encode(), expected.encode())


def _hostname(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _foreign(headers: Headers) -> str:
    """Why a write is refused: a browser says that another site's page sent it."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return "Writes are taken from the room's own pages only."
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return "Writes are taken from the room's own pages only."
    return ""


def _too_long(headers: Headers) -> str:
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdigit() or int(length) > _LONGEST:
        return "That is too much at once; use `onrecord add`."
    return ""
