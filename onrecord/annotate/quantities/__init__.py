"""Quantities: all that a report counts or measures."""

from onrecord.annotate.quantities.finder import find_quantities

__all__ = ["find_quantities"]
