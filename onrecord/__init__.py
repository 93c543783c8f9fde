"""onrecord puts a developing story on the record: who said what, when, on whose authority, and in which words.

    >>> import onrecord
    >>> record = onrecord.build(["dispatches/"])
    >>> for annotations in record.annotations:
    ...     for statement in annotations.statements:
    ...         print(statement.source.basis, [span.of(annotations.report.text) for span in statement.content])

A story that goes on is kept in a case:

    >>> with onrecord.open_case("strike.case", create=True) as case:
    ...     added = case.add(["dispatches/"])
    ...     record = case.record()

The verbs are functions of `onrecord.pipeline` and `onrecord.casebook`; the nouns are in `onrecord.model`.
Nothing inside the package imports this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# Two verbs share their names with the folders that do the work. The folders are loaded first: Python sets a
# package's attribute only once, so the names then stay with the verbs.
import onrecord.annotate as _annotate_folder  # noqa: F401
import onrecord.read as _read_folder  # noqa: F401
from onrecord.errors import OnRecordError
from onrecord.pipeline import annotate, build
from onrecord.pipeline import read_sources as read
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.casebook import open_case

__all__ = ["OnRecordError", "__version__", "annotate", "build", "open_case", "read"]

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """`open_case`, loaded when it is first asked for: whoever only reads reports needs no database."""
    if name != "open_case":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.casebook import open_case

    return open_case
