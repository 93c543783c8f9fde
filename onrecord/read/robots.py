"""What sites allow to be fetched by programs (robots.txt, RFC 9309), and how slowly they want it done."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from onrecord.errors import OnRecordError
from onrecord.read.fetch import AGENT, NotFetched, Page
from onrecord.read.text import decode

_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_LARGEST = 512_000


class Robots:
    """The rules of the sites met so far.

    Args:
        fetch: fetches a page, raising NotFetched.
    """

    def __init__(self, fetch: Callable[[str], Page]) -> None:
        self._fetch = fetch
        self._rules: dict[str, RobotFileParser] = {}
        self._silent: dict[str, OnRecordError] = {}

    def allow(self, address: str) -> bool:
        """Whether the page may be fetched."""
        return self._of(address).can_fetch(AGENT, address)

    def silence(self, address: str) -> OnRecordError | None:
        """Why the rules of the page's site are not known, if they could not be fetched."""
        self._of(address)
        return self._silent.get(site_of(address))

    def pause(self, address: str) -> float:
        """Seconds to leave between two pages of its site."""
        asked = self._of(address).crawl_delay(AGENT)
        return min(max(_PAUSE, float(asked or 0)), _LONGEST_PAUSE)

    def _of(self, address: str) -> RobotFileParser:
        site = site_of(address)
        if site not in self._rules:
            self._rules[site] = self._read(site)
        return self._rules[site]

    def _read(self, site: str) -> RobotFileParser:
        """A site without rules allows everything; one that cannot say what its rules are, nothing."""
        rules = RobotFileParser()
        try:
            rules.parse(decode(self._fetch(f"{site}/robots.txt").data[:_LARGEST]).text.splitlines())
        except NotFetched as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                rules.parse([])
            else:
                self._silent[site] = error
                rules.disallow_all = True  # type: ignore[attr-defined]
        except OnRecordError as error:
            self._silent[site] = error
            rules.disallow_all = True  # type: ignore[attr-defined]
        return rules


def site_of(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
