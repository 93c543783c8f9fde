"""Workers on many machines: actors of Ray. The driver writes the parts, so the machines need no folder in common."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from onrecord.batch.crew import WorkerDied
from onrecord.batch.worker import Answer, Task, answer, maker
from onrecord.errors import OnRecordError
from onrecord.notation import decoded, encoded


class _Reader:
    """What runs on the machines: an annotator loaded once, asked again and again. Bytes in, bytes out."""

    def __init__(self, made_by: str) -> None:
        self._made_by = made_by
        self._annotator: Any = None

    def made(self, task: bytes) -> bytes:
        try:
            self._annotator = self._annotator or maker(self._made_by)(1)
            return encoded(answer(self._annotator, decoded(Task, task)))
        except OnRecordError as error:
            return encoded(Answer(error=(error.subject, error.reason, error.remedy)))


class Actor:
    """A worker that is an actor of Ray; Ray finds it a machine.

    Args:
        ray: the library.
        made_by: what makes its annotator, as `module:function`.
    """

    def __init__(self, ray: Any, made_by: str) -> None:
        self._ray = ray
        self._kind = ray.remote(num_cpus=1, max_restarts=0)(_Reader)
        self._made_by = made_by
        self._actor: Any = None

    def ask(self, task: Task) -> Answer:
        if self._actor is None:
            self._actor = self._kind.remote(self._made_by)
        try:
            data: bytes = self._ray.get(self._actor.made.remote(encoded(task)))
        except self._ray.exceptions.RayError as error:
            self.close()
            raise WorkerDied from error
        return decoded(Answer, data)

    def close(self) -> None:
        actor, self._actor = self._actor, None
        if actor is not None:
            self._ray.kill(actor)


def actors(count: int | None, address: str | None, made_by: str) -> Sequence[Actor]:
    """Workers of a Ray cluster.

    Args:
        count: how many; None for one a core of the cluster.
        address: of the cluster, such as `ray://head:10001` or `auto`; None for one on this machine.
        made_by: what makes the annotator of a worker, as `module:function`.

    Raises:
        OnRecordError: Ray is not installed, or there is no such cluster.
    """
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        reason = "needs ray, which is not installed"
        raise OnRecordError("--engine ray", reason, "pip install 'onrecord[ray]'") from error
    here = {} if address else {"num_cpus": count, "include_dashboard": False}
    try:
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", **here)
    except Exception as error:  # Ray raises many kinds, and that bare one when it waits for itself too long
        reason = f"is no Ray cluster that answers ({' '.join(str(error).split())[:120]})"
        raise OnRecordError(address or "ray", reason, "See `ray status` on its head, or leave out --address") from error
    cores = int(ray.cluster_resources().get("CPU", 1))
    return [Actor(ray, made_by) for _ in range(count or cores)]
