"""Figures: the quantities of a report that are worth a line in the record."""

from onrecord.record.figures.finder import find_all_figures, find_figures

__all__ = ["find_all_figures", "find_figures"]
