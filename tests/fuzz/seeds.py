"""The corpus from which fuzzing starts: files and sentences of our own, small, of every format and kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.read.formats import format_of
from tests.fixtures import make
from tests.fixtures.spoil import deep
from tests.fuzz.targets import READERS
from tests.test_properties import MARKS, ODD, PIECES

LARGEST = 20_000
FOUND = Path(__file__).parent / "found"
"""What broke something once: `TARGET-name` each."""


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents for one target; the same every time."""
    yield from _files() if target == "reading" else _texts()
    for path in sorted(FOUND.glob(f"{target}-*")):
        yield path.name, path.read_bytes()


def _files() -> Iterator[tuple[str, bytes]]:
    made = {name: one() for name, one in make.SAMPLES.items()} | dict(deep())
    for name, data in made.items():
        if len(data) <= LARGEST:
            number = READERS.index(format_of(data[:4096], name))
            yield name, bytes([number]) + data
    for number, sample in enumerate((make.rss(), make.atom(), b"<feed/>", b"")):
        yield f"entries{number}", bytes([len(READERS) - 1]) + sample


def _texts() -> Iterator[tuple[str, bytes]]:
    for number, piece in enumerate(PIECES):
        yield f"piece{number}", piece.encode()
    yield "all", " ".join(PIECES).encode()
    yield "lines", "\n\n".join(PIECES).encode()
    for number, mark in enumerate((*MARKS, *ODD)):
        yield f"mark{number}", mark.join(PIECES[number % 7 :: 5]).encode("utf-8", "surrogatepass")


def write_seeds(target: str, folder: Path) -> None:
    """The corpus of one target as files."""
    for name, data in seeds(target):
        (folder / name).write_bytes(data)
