"""Processes of this program that answer one another: questions and answers in frames, four bytes of length each.

Nothing is pickled, nothing imports the user's script again, and a process ends when nobody speaks to it any more.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO

_LENGTH = struct.Struct(">I")
_LARGEST = 1 << 31
_ROOT = str(Path(__file__).resolve().parents[1])
_ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Libraries that would each start a thread a core, in every process."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Writes one message."""
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message, or None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length) if length < _LARGEST else b""
    return data if len(data) == length else None


def serve(answered: Callable[[bytes], bytes]) -> None:
    """Answers the questions on standard input, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between the frames
    while (data := read_frame(sys.stdin.buffer)) is not None:
        write_frame(answers, answered(data))


class Partner:
    """A process that answers questions, one at a time; started when the first one comes, and again after it died.

    Args:
        module: what it runs, which calls `serve`.
        arguments: for the module.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._lock = Lock()

    def ask(self, question: bytes) -> bytes | None:
        """The answer, or None if the process died of it, or `close` was called meanwhile."""
        process = self._started()
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            write_frame(process.stdin, question)
            answer = read_frame(process.stdout)
        except (OSError, ValueError):
            answer = None
        if answer is None:
            self._end()
        return answer

    def close(self) -> None:
        """Ends the process, whatever it does; another thread that waits for its answer gets None."""
        self._is_closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._process is None and not self._is_closed:
                self._process = subprocess.Popen(
                    self._command,
                    env={**_ALONE, **os.environ, "PYTHONPATH": _search_path()},
                    start_new_session=True,  # an interruption from the keyboard is for the parent to handle
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):
                pipe.close()  # type: ignore[union-attr]


def _search_path() -> str:
    """Where a process finds this package, and what else was given."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join([_ROOT, *(path for path in given if path)])
