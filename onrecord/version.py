"""The version of this package, named in every record it writes."""

VERSION = "0.1.0"
