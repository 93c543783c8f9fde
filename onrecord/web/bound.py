"""All pages of a site in one file: the front page as it is, the others as templates that a script puts in its place."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape, unescape

from onrecord.web.site import Site, asset, file_of, relinked, script

_MOST = 16 * 1024 * 1024
"""Characters of pages in one file; what is left out is told there."""
_WITHIN = re.compile(r'href="#([^"]*)"')
_TITLE = re.compile(r"<title>([^<]*)</title>")
_LOADED = re.compile(r"<meta http-equiv[^<>]*>\n|<link [^<>]*>\n|<script[^<>]*></script>\n?")
_FONT = re.compile(r'url\("fonts/([^"]+)"\)')
_FRONT = "/"


def one_file(site: Site) -> str:
    """The site as one page that holds the others, those nearest to the front page first."""
    pages = site.pages()
    held = _held(pages)
    front = _led(pages[_FRONT], held)
    sheet, code = _FONT.sub(_embedded, asset("room.css").decode()), script("bound")
    head = f'<meta http-equiv="Content-Security-Policy" content="{_policy(sheet, code)}">\n<style>{sheet}</style>'
    front = _LOADED.sub("", front).replace("</head>", f"{head}\n</head>", 1)
    others = "".join(_template(address, _led(html, held)) for address, html in held.items() if address != _FRONT)
    return front.replace("</body>", f"{_told(len(held), site.every)}{others}<script>{code}</script>\n</body>")


def _held(pages: Mapping[str, str]) -> dict[str, str]:
    """As many pages as the file may hold."""
    held: dict[str, str] = {}
    size = 0
    for address, html in pages.items():
        size += len(html)
        if held and size > _MOST:
            break
        held[address] = html
    return held


def _led(html: str, held: Mapping[str, str]) -> str:
    """A page whose links lead within the file; the record is not in it."""
    html = relinked(html, lambda link: f"#/{file_of(link.address)}{link.mark}" if link.address in held else "")
    return html.replace(' · <a href="/api/v1/record">the record as JSON</a>', "")


def _template(address: str, html: str) -> str:
    """What stands on a page between its head and its foot, kept until it is asked for."""
    file = file_of(address)
    title = _TITLE.search(html)
    body = html[html.index("<main") : html.index("<footer")]
    body = _WITHIN.sub(lambda found: f'href="#/{file}#{found[1]}"' if found[1][:1] != "/" else found[0], body)
    named = escape(unescape(title[1]) if title else "", quote=True)
    return f'<template data-page="{file}" data-title="{named}">{body}</template>\n'


def _told(held: int, every: int) -> str:
    left_out = (
        "" if held == every else f" It holds {held:,} of {every:,} pages; a folder written by onrecord holds more."
    )
    words = f"This page is one file that holds a whole case; its links need scripts to be allowed.{left_out}"
    return f'<p class="page small bound">{words}</p>\n'


def _embedded(font: re.Match[str]) -> str:
    return f'url("data:font/woff2;base64,{base64.b64encode(asset("fonts", font[1])).decode()}")'


def _policy(sheet: str, code: str) -> str:
    """Nothing may be loaded, and nothing run but what stands here."""
    allowed = f"script-src {_hash(code)}; style-src {_hash(sheet)}; font-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"
