"""One page from the web, within bounds of time and size, and never from a private network.

A name is resolved once; every address it has must be public, and the connection goes to one of these and nowhere
else. Each redirect is checked in the same way, so a public page cannot lead into the user's own network.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from onrecord.errors import UnreadableSource
from onrecord.read.limits import FETCH_LIMITS, MEGABYTE, FetchLimits
from onrecord.version import VERSION

AGENT = "onrecord"
_HEADERS = {
    "User-Agent": f"{AGENT}/{VERSION}",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en,*;q=0.5",
    "Connection": "close",
}
_PORTS = {"http": 80, "https": 443}
_MOVED = (301, 302, 303, 307, 308)
_UNCHANGED = 304
_TRANSLATED = (
    ip_network("64:ff9b::/96"),
    ip_network("64:ff9b:1::/48"),
    ip_network("2002::/16"),
    ip_network("2001::/32"),
)
"""IPv6 networks whose addresses stand for IPv4 ones, private ones among them."""
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
}
_LONGEST_SUBJECT = 300
_REMEDY = "Save the page yourself and give the file"


class NotFetched(UnreadableSource):
    """A page that did not come.

    Attributes:
        status: the server's answer, or None if there was none.
        retry_after: seconds that the server asked to wait, or None.
    """

    def __init__(
        self,
        subject: str,
        reason: str,
        remedy: str = _REMEDY,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(" ".join(subject.split())[:_LONGEST_SUBJECT], reason, remedy)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered.

    Attributes:
        address: where it finally stood.
        data: the content, unpacked; empty where it has not changed.
        headers: the server's, keys in small letters.
        unchanged: whether the server said that it is still what it was.
    """

    address: str
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def file_name(self) -> str:
        """A file name for this kind of content."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().casefold()
        return "page" + _SUFFIXES.get(kind, ".html")


def fetch(
    address: str,
    known: Mapping[str, str] | None = None,
    limits: FetchLimits = FETCH_LIMITS,
    *,
    loopback: bool = False,
) -> Page:
    """The page at an address, redirects followed.

    Args:
        address: begins with `http://` or `https://`.
        known: further headers, such as `If-None-Match`.
        limits: what it may cost.
        loopback: whether this machine's own servers may be asked, as only tests need.

    Raises:
        NotFetched: it is not public, too large, too slow, or not there.
    """
    until = time.monotonic() + limits.seconds
    at = str(address)
    for _ in range(limits.redirects + 1):
        answer = _asked(at, known or {}, limits, until, loopback)
        if isinstance(answer, Page):
            return answer
        at = answer
    raise NotFetched(address, f"leads on from page to page, more than {limits.redirects} times")


def _asked(at: str, known: Mapping[str, str], limits: FetchLimits, until: float, loopback: bool) -> Page | str:
    """The page, or the address to which it leads."""
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    parts = _parts(at)
    try:
        with _connection(parts, at, limits, until, loopback) as connection:
            connection.request(
                "GET", _target(parts), headers={**_HEADERS, "Host": _named(parts), **known}, preload_content=False
            )
            return _answered(at, connection.getresponse(), limits, until)
    except (TimeoutError, ssl.SSLError, HTTPError, HTTPException, OSError, ValueError, AttributeError) as error:
        raise NotFetched(at, _why(error, until)) from None


def _why(error: Exception, until: float) -> str:
    if time.monotonic() >= until or isinstance(error, TimeoutError):
        return "does not answer in time"
    told = " ".join(str(error).split())
    return f"cannot be fetched ({type(error).__name__}: {told[-120:]})"


def _parts(at: str) -> SplitResult:
    """An address taken apart.

    Raises:
        NotFetched: it is none that may be fetched.
    """
    try:
        parts = urlsplit(at.strip())
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or any(char.isspace() or ord(char) < 32 for char in at.strip()):
        raise NotFetched(at, "is not a web address", "Give one that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(at, "holds a user name or password", "Take it out; pages behind a log-in are not fetched")
    return parts


def _target(parts: SplitResult) -> str:
    """What is asked of the host, in the characters that may be sent."""
    from urllib3.util import parse_url

    return parse_url(urlunsplit(("http", "host", parts.path, parts.query, ""))).request_uri


def _named(parts: SplitResult) -> str:
    """The host and its port, as the header that names it has them."""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else _host(parts)
    return f"{host}:{parts.port}" if parts.port else host


def _host(parts: SplitResult) -> str:
    """The host as it is written on the wire: international names in ASCII."""
    host = parts.hostname or ""
    return host if _is_number(host) else host.encode("idna").decode("ascii")


@contextmanager
def _connection(parts: SplitResult, at: str, limits: FetchLimits, until: float, loopback: bool) -> Iterator[Any]:
    """A connection to a checked address of the host, cut off when the time is up."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    host = _host(parts)
    port = parts.port or _PORTS[parts.scheme]
    number = _public(host, port, at, loopback)
    wait = max(0.1, min(limits.idle, until - time.monotonic()))
    if parts.scheme == "https":
        connection: Any = HTTPSConnection(
            number, port, timeout=wait, ssl_context=_trust(), server_hostname=host, assert_hostname=host
        )
    else:
        connection = HTTPConnection(number, port, timeout=wait)
    sockets: list[Any] = []
    timer = Timer(max(0.1, until - time.monotonic()), _cut, (connection, sockets))
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        sockets.append(connection.sock)  # the connection lets go of it once the answer has begun
        yield connection
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: Any, sockets: Sequence[Any]) -> None:
    """Ends a connection from another thread, so that a server that sends a byte now and then cannot hold us."""
    for one in (*sockets, connection.sock):
        with suppress(OSError, AttributeError):
            one.shutdown(socket.SHUT_RDWR)


def _trust() -> ssl.SSLContext:
    """The certificates of the system, and Mozilla's where that has none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _public(host: str, port: int, at: str, loopback: bool) -> str:
    """A public address of the host.

    Raises:
        NotFetched: it has none, or one that is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(at, "has a host that cannot be found", "Check the address, and the connection") from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = next((number for number in numbers if not is_public(number, loopback=loopback)), None)
    if private is not None or not numbers:
        reason = f"stands in a private network ({private})"
        raise NotFetched(at, reason, "Save the page and give the file; only public pages are fetched")
    return numbers[0]


def is_public(number: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is reachable by all the world, and stands for no other that is not."""
    address: IPv4Address | IPv6Address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if loopback and address.is_loopback:
        return True
    if isinstance(address, IPv6Address) and any(address in network for network in _TRANSLATED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _answered(at: str, response: Any, limits: FetchLimits, until: float) -> Page | str:
    headers = {str(key).casefold(): str(value) for key, value in response.headers.items()}
    status = int(response.status)
    if status == _UNCHANGED:
        return Page(at, b"", headers, unchanged=True)
    if status in _MOVED and headers.get("location"):
        return urljoin(at, headers["location"])
    if status != 200:
        raise NotFetched(
            at, f"was answered with {status} ({response.reason or 'no reason'})", _REMEDY, status, _retry(headers)
        )
    return Page(at, _content(at, response, limits, until), headers)


def _retry(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by the server's wish: as a number; dates are left to the usual back-off."""
    given = headers.get("retry-after", "").strip()
    return float(given) if given.isdigit() and len(given) < 8 else None


def _content(at: str, response: Any, limits: FetchLimits, until: float) -> bytes:
    """The unpacked content, given up as soon as it grows too large."""
    parts: list[bytes] = []
    left = limits.size * MEGABYTE
    for chunk in response.stream(1 << 14, decode_content=True):
        parts.append(chunk)
        left -= len(chunk)
        if left < 0:
            raise NotFetched(at, f"is larger than is allowed ({limits.size} MB)")
        if time.monotonic() >= until:
            raise NotFetched(at, "does not answer in time")
    data = b"".join(parts)
    if not data:
        raise NotFetched(at, "is an empty page")
    return data
