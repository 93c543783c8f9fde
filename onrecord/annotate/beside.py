"""Annotating in processes beside this one, for many reports: threads take turns at what is plain Python.

`python -m onrecord.annotate.beside [MODEL]` is such a process.
"""

from __future__ import annotations

import sys
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock

from onrecord.frames import Partner, serve
from onrecord.model import Annotations, Report
from onrecord.notation import decoded, encoded

_MODULE = "onrecord.annotate.beside"


class Beside:
    """Processes that annotate; one is started whenever a report comes and all are busy.

    Args:
        most: how many there may be. Where all of them are busy, whoever asks annotates by itself.
        model: another model file than the one that is shipped.
    """

    def __init__(self, most: int, model: Path | None = None) -> None:
        self._most = most
        self._arguments = (str(model.absolute()),) if model is not None else ()
        self._idle: LifoQueue[Partner] = LifoQueue()
        self._all: list[Partner] = []
        self._lock = Lock()

    def annotate(self, report: Report) -> Annotations | None:
        """All that is read out of `report`; None where all processes are busy, or its own came to grief."""
        try:
            partner = self._idle.get_nowait()
        except Empty:
            with self._lock:
                if len(self._all) >= self._most:
                    return None
                partner = Partner(_MODULE, *self._arguments)
                self._all.append(partner)
        answer = partner.ask(encoded(report))
        self._idle.put(partner)
        return None if not answer else decoded(Annotations, answer)

    def close(self) -> None:
        """Ends the processes."""
        for partner in self._all:
            partner.close()


def main(arguments: list[str]) -> None:
    """Annotates the reports that come on standard input; what cannot be annotated is answered with nothing."""
    from onrecord.annotate.annotator import Annotator

    annotator = Annotator(1, Path(arguments[0]) if arguments else None)

    def answered(question: bytes) -> bytes:
        try:
            return encoded(annotator.annotate(decoded(Report, question)))
        except Exception:  # whoever asks annotates it again, and tells what is wrong
            return b""

    serve(answered)


if __name__ == "__main__":
    main(sys.argv[1:])
