"""What a news agency says of an item's standing: usable, withheld, cancelled; embargoed; corrected.

The states are those of the IPTC's NewsCodes (`stat`, `sig`), which ninjs and NewsML-G2 share.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import UnreadableSource
from onrecord.model import FindingKind
from onrecord.read.received import Notice
from onrecord.read.text import storable

_WITHDRAWN = {
    "canceled": ("was cancelled by its publisher", "Leave it out, or give the version that replaces it"),
    "cancelled": ("was cancelled by its publisher", "Leave it out, or give the version that replaces it"),
    "withheld": ("is withheld by its publisher", "Leave it out until it is released"),
}
_CORRECTIONS = frozenset({"correction", "corrected", "update", "rectification"})
_NOTICE: FindingKind = "notice"
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of an item beside its text.

    Attributes:
        status: its NewsCode, with or without `stat:`; None means usable.
        version: how often it was issued.
        embargoed: until when it may not be published, as given.
        signals: NewsCodes such as `sig:correction`.
        note: what the editors tell other editors.
    """

    status: str | None = None
    version: str | None = None
    embargoed: str | None = None
    signals: tuple[str, ...] = ()
    note: str | None = None

    def refusal(self, subject: str) -> UnreadableSource | None:
        """Why the item may not be used at all, or None."""
        told = _WITHDRAWN.get(_code(self.status or "usable"))
        return UnreadableSource(subject, *told) if told else None

    def notices(self) -> tuple[Notice, ...]:
        """What its reader should know: an embargo, a correction."""
        return tuple(notice for notice in (self._embargo(), self._correction()) if notice)

    def _embargo(self) -> Notice | None:
        if not self.embargoed:
            return None
        told = f"Its publisher holds it under embargo until {storable(self.embargoed)[:40]}."
        return Notice(_NOTICE, told, "Do not publish what it says before then.")

    def _correction(self) -> Notice | None:
        if not any(_code(signal) in _CORRECTIONS for signal in self.signals) and not self._says_so():
            return None
        note = f": {storable(' '.join(self.note.split()))[:_LONGEST_NOTE]}" if self.note else ""
        version = f" (version {self.version})" if self.version else ""
        told = f"Its publisher marks it as a correction or update{version}{note}".rstrip(".")
        return Notice(_NOTICE, f"{told}.", "Read what it replaces as superseded.")

    def _says_so(self) -> bool:
        return bool(self.note) and any(word in (self.note or "").casefold() for word in ("correct", "kill", "advisory"))


def _code(qcode: str) -> str:
    return qcode.rpartition(":")[2].rpartition("/")[2].strip().casefold()
