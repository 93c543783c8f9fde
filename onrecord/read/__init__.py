"""Reading: sources to reports."""

from onrecord.read.source import Reading, read, read_text, read_with_findings
from onrecord.read.text import Decoded, decode

__all__ = ["Decoded", "Reading", "decode", "read", "read_text", "read_with_findings"]
