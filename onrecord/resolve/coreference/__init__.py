"""Coreference within one report: which names, descriptions and pronouns mean one and the same."""

from onrecord.resolve.coreference.chains import Antecedents, Chain
from onrecord.resolve.coreference.sieve import resolve_coreference

__all__ = ["Antecedents", "Chain", "resolve_coreference"]
