"""Writes the digests of the large files of the package, against which they are checked when they are loaded.

    python -m training.sums

Whatever makes one of those files anew calls this too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from onrecord.shipped import DATA, SUMS
from onrecord.version import VERSION

FILES = ("gazetteer.sqlite", "model.onnx", "plover.npz", "tokenizer.json")


def write_sums(made: Path) -> None:
    """The digests, if the file just made lies where the package reads it."""
    if made.resolve().parent != DATA.resolve():
        return
    present = [DATA / name for name in FILES if (DATA / name).is_file()]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in present]
    (DATA / SUMS).write_text("".join(lines), encoding="utf-8")


def add_to_bill(bill: Path) -> None:
    """Adds those files to a bill of materials in CycloneDX: they are not libraries, but they decide what is found."""
    content = json.loads(bill.read_text(encoding="utf-8"))
    for line in (DATA / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        kind = "machine-learning-model" if name == "model.onnx" else "data"
        hashes = [{"alg": "SHA-256", "content": digest}]
        part = {"type": kind, "bom-ref": f"onrecord/data/{name}", "name": name, "version": VERSION, "hashes": hashes}
        content.setdefault("components", []).append(part)
    bill.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Writes the digests, or adds them to a bill of materials."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sbom", type=Path, help="add the files to this bill of materials instead")
    bill = parser.parse_args().sbom
    if bill is None:
        write_sums(DATA / FILES[0])
    else:
        add_to_bill(bill)


if __name__ == "__main__":
    main()
