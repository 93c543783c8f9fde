"""Which reports of an archive tell one story, over time: what a case is then opened on."""

from onrecord.stories.finding import find_stories, wider
from onrecord.stories.grouping import Grain, Story

__all__ = ["Grain", "Story", "find_stories", "wider"]
