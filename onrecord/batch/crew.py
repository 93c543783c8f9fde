"""Workers on this machine, and handing shards out to workers of any kind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Protocol

import msgspec

from onrecord.batch.worker import MAKER, Answer, Task
from onrecord.errors import OnRecordError
from onrecord.frames import Partner
from onrecord.notation import decoded, encoded

_TRIES = 2


class WorkerDied(Exception):
    """A worker ended while it worked: it was killed, or what it read broke it."""


class Worker(Protocol):
    """Whoever makes answers of tasks, one at a time; after a death the next task finds a new one."""

    def ask(self, task: Task) -> Answer:
        """What becomes of a shard.

        Raises:
            WorkerDied: while it worked on it.
        """

    def close(self) -> None:
        """Ends it, whatever it does."""


class Process:
    """A worker in a process of its own.

    Args:
        made_by: what makes its annotator, as `module:function`.
    """

    def __init__(self, made_by: str = MAKER) -> None:
        self._partner = Partner("onrecord.batch.worker", made_by)

    def ask(self, task: Task) -> Answer:
        data = self._partner.ask(encoded(task))
        if data is None:
            raise WorkerDied
        return decoded(Answer, data)

    def close(self) -> None:
        self._partner.close()


Outcome = Answer | OnRecordError
"""What became of a task; an error where no worker survives it."""


def answers(workers: Sequence[Worker], tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
    """What becomes of the tasks, in the order in which they are done. At most one task a worker is read ahead.

    A task whose worker dies is tried again; where that dies too, its reports are tried one by one, and those that
    kill are left out of it.

    Raises:
        OnRecordError: the workers cannot work at all: the installation is broken.
    """
    coming, ready = iter(tasks), deque[Task]()
    idle, busy = deque(workers), dict[Future[Outcome], tuple[Worker, Task]]()
    with ThreadPoolExecutor(len(workers)) as pool:
        try:
            while True:
                while idle and (ready or _stock(ready, coming, 1)):
                    worker, task = idle.popleft(), ready.popleft()
                    busy[pool.submit(_outcome, worker, task)] = worker, task
                if not busy:
                    return
                _stock(ready, coming, len(workers))
                for done in wait(busy, return_when=FIRST_COMPLETED).done:
                    worker, task = busy.pop(done)
                    idle.append(worker)
                    yield task, _sound(done.result())
        finally:
            for worker in workers:
                worker.close()


def _stock(ready: deque[Task], coming: Iterator[Task], count: int) -> bool:
    """Lays in tasks, up to so many; whether there are any."""
    while len(ready) < count:
        task = next(coming, None)
        if task is None:
            break
        ready.append(task)
    return bool(ready)


def _sound(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Answer) and outcome.error is not None:
        raise OnRecordError(*outcome.error)
    return outcome


def _outcome(worker: Worker, task: Task) -> Outcome:
    answer = tried(worker, task)
    if answer is None:
        single = (msgspec.structs.replace(task, readings=(one,)) for one in task.readings)
        broken = frozenset(number for number, one in enumerate(single) if tried(worker, one) is None)
        answer = tried(worker, msgspec.structs.replace(task, broken=broken))
    if answer is None:
        first, last = task.readings[0].report.name, task.readings[-1].report.name
        reason = f"the reports up to {last} broke the programs that read them"
        return OnRecordError(first, reason, "See that there is memory enough, and run it again")
    return answer


def tried(worker: Worker, task: Task) -> Answer | None:
    """The answer, or None if workers die of the task."""
    for _ in range(_TRIES):
        with suppress(WorkerDied):
            return worker.ask(task)
    return None
