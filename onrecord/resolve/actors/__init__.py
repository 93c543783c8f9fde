"""Actors: which names, titles and roles mean one actor, within a report and across the story."""

from __future__ import annotations

from onrecord.resolve.actors.beliefs import ActorBeliefs, resolve_actors
from onrecord.resolve.actors.features import Reason

__all__ = ["ActorBeliefs", "Reason", "resolve_actors"]
