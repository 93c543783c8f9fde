"""What every layer is given: the data, the model under test, and where predictions go."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from onrecord.annotate.annotator import Annotator
from onrecord.annotate.encoder import Encoder
from onrecord.model import Report
from onrecord.read.source import read_text


class Workbench:
    """Development data and one model.

    Args:
        data: folder of the data.
        split: put into the place of `{split}` in the names of files.
        model: an ONNX file instead of the one in the package.
        predictions: where the attributions found are written, or None.
    """

    def __init__(
        self, data: Path, split: str = "dev", model: Path | None = None, predictions: Path | None = None
    ) -> None:
        self.data = data
        self.split = split
        self.predictions = predictions
        self._model = model

    @cached_property
    def encoder(self) -> Encoder:
        return self.fresh_encoder()

    @cached_property
    def annotator(self) -> Annotator:
        return self.fresh_annotator()

    def fresh_encoder(self) -> Encoder:
        """An encoder that has seen no word yet."""
        return Encoder(threads=1, model=self._model)

    def fresh_annotator(self) -> Annotator:
        """An annotator that has seen no word yet."""
        return Annotator(threads=1, model=self._model)

    def path(self, name: str) -> Path:
        """A file or folder of the data, with the split in its name."""
        return self.data / name.format(split=self.split)

    def objects(self, name: str) -> Iterator[dict[str, Any]]:
        """The objects of a JSON lines file, packed or not."""
        path = self.path(name)
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        yield from map(json.loads, data.splitlines())

    def digest(self, name: str) -> str:
        """SHA-256 of a file; of a folder, that of the names and digests of its files."""
        path = self.path(name)
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
        listed = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(path.iterdir())]
        return hashlib.sha256("".join(listed).encode()).hexdigest()


def polnear_report(item: dict[str, Any]) -> Report:
    """A report of PolNeAR with the date, publisher and title that the corpus gives."""
    return read_text(
        item["text"], item["doc_id"], published=item["date"], publisher=item["publisher"], title=item["title"]
    )
