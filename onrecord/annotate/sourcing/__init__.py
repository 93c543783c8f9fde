"""How a source is known to the reader: by name, by role, anonymously, as a document, or as the report itself.

Two steps. A source phrase is taken apart on its own (`noun_phrases`, `phrases`: determiner, head noun, what it says of
inside knowledge); then the sources of a report are settled in order: "he" and "the official" are known as whoever they
stand for (`referents`), and words such as "spoke on condition of anonymity because ..." (`withheld`) reach the source
they speak of (`anonymity`). The words are data: `data/sourcing.toml`.

Where a role ends and anonymity begins: one person, or a counted few, with inside knowledge, whose name a reporter
would have ("an aide", "two diplomats", "people familiar with the talks"), is anonymous; a body or a crowd ("police",
"officials", "critics") is a role, unless the report says that names are withheld.
"""

from onrecord.annotate.sourcing.settling import describe_source, describe_sources, settle_bases, withheld_names
from onrecord.annotate.sourcing.withheld import Withholding

__all__ = ["Withholding", "describe_source", "describe_sources", "settle_bases", "withheld_names"]
