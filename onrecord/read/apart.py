"""Reading in a process of its own, which is killed when it takes too long and replaced when it breaks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import BinaryIO, cast

import msgspec

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.frames import read_frame, write_frame
from onrecord.read.isolated import MEMORY, Answer, Job
from onrecord.read.limits import Limits, limits
from onrecord.read.received import Received

_MODULE = "onrecord.read.isolated"
_ROOT = str(Path(__file__).resolve().parents[2])


class Reader:
    """Reads files in another process, started when the first one comes.

    Args:
        bounds: what one source may cost; by the settings if None.
    """

    def __init__(self, bounds: Limits | None = None) -> None:
        self._limits = bounds or limits()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, name: str, form: str, path: Path | None = None, data: bytes = b""
    ) -> Iterator[Received | OnRecordError]:
        """The reports of one source.

        Args:
            name: what the source is called.
            form: the name of its format.
            path: where it lies, or None if it is `data`.
        """
        job = Job(name, form, str(path.absolute()) if path is not None else None, data)
        process = self._started()
        is_done = False
        try:
            write_frame(_pipe(process.stdin), msgspec.msgpack.encode(job))
            yield from self._answers(process, name)
            is_done = True
        except OSError:
            yield self._broken(name, late=False)
        finally:
            if not is_done:  # answers that nobody waited for must not be taken for those to the next job
                self.close()

    def _answers(self, process: subprocess.Popen[bytes], name: str) -> Iterator[Received | OnRecordError]:
        while True:
            answer, late = self._answer(process)
            if answer is None:
                yield self._broken(name, late=late)
                return
            if answer.leaving:
                self.close()
                return
            if answer.report is None and answer.error is None:
                return
            yield answer.report or self._error(answer.error or (name, MEMORY, MEMORY))

    def close(self) -> None:
        """Ends the process, and waits for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                # -P: the folder the user is in is no place to import from.
                [sys.executable, "-B", "-P", "-m", _MODULE, str(self._limits.memory)],
                env={**os.environ, "PYTHONPATH": _search_path()},
                start_new_session=True,  # an interruption from the keyboard is for the parent to handle
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[Answer | None, bool]:
        """The next answer, or None if the process died; and whether it had to be killed."""
        late: list[bool] = []

        def kill() -> None:
            late.append(True)
            process.kill()

        timer = Timer(self._limits.seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            data = read_frame(_pipe(process.stdout))
        finally:
            timer.cancel()
        return (msgspec.msgpack.decode(data, type=Answer) if data is not None else None), bool(late)

    def _error(self, told: tuple[str, str, str]) -> UnreadableSource:
        subject, reason, remedy = told
        return self._too_much(subject) if reason == MEMORY else UnreadableSource(subject, reason, remedy)

    def _broken(self, name: str, *, late: bool) -> UnreadableSource:
        self.close()
        if not late:
            return self._too_much(name)
        reason = f"takes longer to read than is allowed ({self._limits.seconds:g} seconds)"
        return UnreadableSource(name, reason, "Split it, or give its text")

    def _too_much(self, name: str) -> UnreadableSource:
        reason = f"breaks its reader, or needs more memory than is allowed ({self._limits.memory} MB)"
        return UnreadableSource(name, reason, "Split it, save it again, or give its text")


def _search_path() -> str:
    """Where the process finds this package, and what it needs."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join([_ROOT, *(path for path in given if path)])


def _pipe(stream: object) -> BinaryIO:
    return cast(BinaryIO, stream)
