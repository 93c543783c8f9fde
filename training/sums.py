"""Writes the digests of the large files of the package, against which they are checked when they are loaded.

    python -m training.sums

Whatever makes one of those files anew calls this too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.shipped import DATA, SUMS

FILES = ("gazetteer.sqlite", "model.onnx", "plover.npz", "tokenizer.json")


def write_sums(made: Path) -> None:
    """The digests, if the file just made lies where the package reads it."""
    if made.resolve().parent != DATA.resolve():
        return
    present = [DATA / name for name in FILES if (DATA / name).is_file()]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in present]
    (DATA / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write_sums(DATA / FILES[0])
