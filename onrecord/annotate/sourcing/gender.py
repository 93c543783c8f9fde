"""Whether a source is plainly a woman or a man: by its pronoun, its noun, or the title before its name.

First names are not consulted: what the text does not say stays unknown, and whatever is unknown fits either.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from onrecord.annotate.sourcing.lexicon import lexicon
from onrecord.annotate.sourcing.phrases import Phrase
from onrecord.annotate.sourcing.scene import Scene
from onrecord.model import Mention
from onrecord.spans import Span

Gender = Literal["feminine", "masculine"]


class Genders:
    """What a report says of the gender of the people in it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def of_phrase(self, phrase: Phrase) -> Gender | None:
        """What a source phrase tells, or the title that its name bears elsewhere in the report."""
        return self.of_name(phrase.span) if phrase.kind == "name" else gender_of_word(phrase.head)

    def of_name(self, name: Span) -> Gender | None:
        """What a name's own title tells, or the title that the same surname bears elsewhere."""
        words = name.of(self._scene.text).split()
        own = _gender_of_title(words[0]) if len(words) > 1 else None
        return own or self._by_surname.get(words[-1])

    @cached_property
    def _by_surname(self) -> Mapping[str, Gender]:
        """Surnames with a title of one gender, of which the report knows no two bearers by their first names."""
        told: dict[str, set[Gender]] = {}
        first_names: dict[str, set[str]] = {}
        for mention in self._scene.mentions:
            if mention.type == "person":
                first, surname, gender = self._bearer(mention)
                told.setdefault(surname, set()).update([gender] if gender else [])
                first_names.setdefault(surname, set()).update([first] if first else [])
        plain = {surname for surname, genders in told.items() if len(genders) == 1 and len(first_names[surname]) < 2}
        return {surname: told[surname].pop() for surname in plain}

    def _bearer(self, mention: Mention) -> tuple[str, str, Gender | None]:
        """The first name ("" where it is not given), the surname, and what the title tells."""
        words = mention.span.of(self._scene.text).split()
        title = _gender_of_title(words[0]) if len(words) > 1 else None
        first = words[1:-1][:1] if title else words[:-1][:1]
        before = self._scene.words_before(mention.span.start)[-1:]
        return "".join(first), words[-1], title or next(map(_gender_of_title, before), None)


def gender_of_word(word: str) -> Gender | None:
    """What a pronoun, title or noun, in lower case and singular, tells."""
    words = lexicon().words
    if word in words["feminine"]:
        return "feminine"
    return "masculine" if word in words["masculine"] else None


def _gender_of_title(word: str) -> Gender | None:
    """What a word before a surname tells; a pronoun there is somebody else: "told her Quill had left"."""
    low = word.rstrip(".").lower()
    return None if low in lexicon().words["singular_pronoun"] else gender_of_word(low)
