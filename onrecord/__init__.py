"""onrecord puts a developing story on the record: who said what, when, on whose authority, and in which words.

    >>> import onrecord
    >>> record = onrecord.build(["dispatches/"])
    >>> for annotations in record.annotations:
    ...     for statement in annotations.statements:
    ...         print(statement.source.basis, [span.of(annotations.report.text) for span in statement.content])

The verbs are functions of `onrecord.pipeline`; the nouns are in `onrecord.model`. Nothing inside the
package imports this module.
"""

# Two verbs share their names with the folders that do the work. The folders are loaded first: Python sets a
# package's attribute only once, so the names then stay with the verbs.
import onrecord.annotate as _annotate_folder  # noqa: F401
import onrecord.read as _read_folder  # noqa: F401
from onrecord.errors import OnRecordError
from onrecord.pipeline import annotate, build
from onrecord.pipeline import read_sources as read
from onrecord.version import VERSION

__all__ = ["OnRecordError", "__version__", "annotate", "build", "read"]

__version__ = VERSION
