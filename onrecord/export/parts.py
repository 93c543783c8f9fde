"""Libraries that only some exports need, loaded where they are used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from onrecord.errors import OnRecordError


def library(module: str, form: str, extra: str) -> Any:
    """A library that is not always installed.

    Args:
        module: what to import.
        form: what it is needed for, as the error says it.
        extra: what to give to pip.

    Raises:
        OnRecordError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise OnRecordError(form, f"needs {name}, which is not installed", f"pip install '{extra}'") from error
