"""Commands by which people decide about a case: one by one, or through all that is uncertain."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from getpass import getuser
from typing import TYPE_CHECKING, Any, cast

import click

from onrecord.case.deciding import KINDS, fields_of
from onrecord.cli.options import case_argument
from onrecord.cli.telling import counted, one_line, one_line_errors
from onrecord.errors import OnRecordError
from onrecord.model import DecisionKind

if TYPE_CHECKING:
    from onrecord.case.doubts import Doubt
    from onrecord.casebook import Case

_WIDTH = 300
"""Code points of a passage shown."""
author_option = click.option("--author", metavar="NAME", help="Who decides. Default: your name on this machine.")


@click.command()
@case_argument
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--set", "settings", metavar="FIELD=VALUE", multiple=True, help="What it is to be. May be repeated.")
@author_option
def decide(case: str, kind: str, ids: tuple[str, ...], settings: tuple[str, ...], author: str | None) -> None:
    """Decide about objects of a case: accept, reject or correct them, join or part actors and events, note something.

    Decisions are kept for ever and put into effect whenever the record is made.
    """
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case) as opened:
        number = opened.decide(cast(DecisionKind, kind), ids, as_value(settings), author_of(author))
    click.echo(f"decision {number} kept")


@click.command()
@case_argument
@click.argument("number", type=int)
@author_option
def undo(case: str, number: int, author: str | None) -> None:
    """Take a decision back. That is a decision too, and can be undone by its own number."""
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case) as opened:
        undoing = opened.undo(number, author_of(author))
    click.echo(f"decision {number} undone by decision {undoing}")


@click.command()
@case_argument
def decisions(case: str) -> None:
    """List the decisions of a case, and what became of each: applied, undone, or vanished.

    A decision is vanished while the words that it is about are not in the record, or fit several objects equally.
    """
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case) as opened:
        made = opened.decisions()
    for one in made:
        click.echo("\t".join(decision_line(one)))
    if not made:
        click.echo("nothing decided yet", err=True)


@click.command()
@case_argument
@click.option("--list", "listed", is_flag=True, help="Print what is uncertain, and decide nothing.")
@click.option("--limit", type=click.IntRange(min=1), help="How many to go through. Default: all.")
@author_option
def review(case: str, listed: bool, limit: int | None, author: str | None) -> None:
    """Work through what is uncertain in a case, the most consequential first.

    Keys: a accept, r reject, e edit, n note, s skip, u undo the last decision, q quit.
    """
    from onrecord.case.doubts import doubts
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case) as opened:
        found = doubts(opened.record())[:limit]
        if listed:
            for one in found:
                words = " … ".join(_shortened(passage["text"], 80) for passage in one.passages[:3])
                click.echo("\t".join((f"{one.weight:g}", one.feature, one.id, _shortened(one.question, 200), words)))
            return
        Review(opened, author_of(author)).go_through(found)


class Review:
    """One sitting over a case. Each decision is safe on the disk before the next question is asked."""

    def __init__(self, case: Case, author: str) -> None:
        self._case, self._author = case, author
        self._made: list[tuple[int, int]] = []
        self._place = 0

    def go_through(self, found: list[Doubt]) -> None:
        """Asks about one doubt after the other, until all are answered or the person has had enough."""
        while self._place < len(found):
            _show(found[self._place], f"{self._place + 1} of {len(found)}")
            key = _asked_key()
            if key == "q":
                break
            try:
                _KEYS[key][1](self, found[self._place])
            except OnRecordError as error:
                click.echo(one_line(error))
        click.echo(f"{counted(len(self._made), 'decision')}, {counted(len(found) - self._place, 'doubt')} left.")

    def accept(self, doubt: Doubt) -> None:
        self._decided("accept", doubt, {})
        self._place += 1

    def reject(self, doubt: Doubt) -> None:
        self._decided("reject", doubt, {})
        self._place += 1

    def edit(self, doubt: Doubt) -> None:
        """Asks for fields and values; a status is a decision of its own kind."""
        kinds = [kind for kind in ("correct", "status", "word") if fields_of(kind, doubt.list) is not None]
        fields = {field: kind for kind in reversed(kinds) for field in fields_of(kind, doubt.list) or ()}
        if not fields:
            click.echo("Nothing of it can be edited.")
            return
        given = click.prompt(f"FIELD=VALUE of {', '.join(sorted(fields))}", default="", show_default=False)
        value = as_value(_parted(given))
        for kind in kinds:
            part = {key: one for key, one in value.items() if fields.get(key, kinds[0]) == kind}
            if part:
                self._decided(cast(DecisionKind, kind), doubt, part)
        self._place += bool(value)

    def note(self, doubt: Doubt) -> None:
        """Keeps some words about it, and asks again: a note decides nothing."""
        words = click.prompt("Note", default="", show_default=False)
        if words.strip():
            self._decided("note", doubt, {"text": words})

    def skip(self, _: Doubt) -> None:
        self._place += 1

    def undo(self, _: Doubt) -> None:
        """Takes the last decision of this sitting back, and asks again what it answered."""
        if not self._made:
            click.echo("Nothing was decided yet in this sitting.")
            return
        number, place = self._made.pop()
        self._case.undo(number, self._author)
        self._place = place
        click.echo(f"decision {number} undone")

    def _decided(self, kind: DecisionKind, doubt: Doubt, value: Mapping[str, Any]) -> None:
        number = self._case.decide(kind, [doubt.id], value, self._author)
        self._made.append((number, self._place))
        click.echo(f"decision {number} kept")


_KEYS: Mapping[str, tuple[str, Callable[[Review, Doubt], None]]] = {
    "a": ("accept", Review.accept),
    "r": ("reject", Review.reject),
    "e": ("edit", Review.edit),
    "n": ("note", Review.note),
    "s": ("skip", Review.skip),
    "u": ("undo", Review.undo),
}
"""What each key does; `q` and the end of the input quit."""


def author_of(given: str | None) -> str:
    """Who decides: as given, else the user's name on this machine, as far as it has one."""
    if given is not None:
        return given
    try:
        return getuser()
    except (KeyError, OSError):
        return os.environ.get("USER", "")


def as_value(settings: tuple[str, ...] | list[str]) -> dict[str, str]:
    """What a decision sets, from `field=value`.

    Raises:
        OnRecordError: there is no equals sign in one.
    """
    value = {}
    for setting in settings:
        field, sign, given = setting.partition("=")
        if not sign or not field.strip():
            raise OnRecordError(setting, "does not say which field is to be what", "Write it as FIELD=VALUE")
        value[field.strip()] = given.strip()
    return value


def _parted(typed: str) -> list[str]:
    """What was typed, parted at spaces that stand in no quotation marks."""
    try:
        return shlex.split(typed)
    except ValueError as error:
        raise OnRecordError(typed, "has a quotation mark without its other half", "Close it") from error


def decision_line(one: Mapping[str, Any]) -> list[str]:
    """The fields of a decision for a line: number, status, kind, ids, value, author, time, words."""
    value = " ".join(f"{key}={_plain(given)}" for key, given in sorted(one["value"].items()))
    ids = " ".join(identifier or "?" for identifier in one["ids"])
    words = _shortened(" … ".join(one["words"][:2]), 80)
    return [str(one["number"]), one["status"], one["kind"], ids, value, one["author"], one["made"], words]


def _plain(given: object) -> str:
    return ",".join(map(str, given)) if isinstance(given, list) else str(given)


def _show(doubt: Doubt, place: str) -> None:
    click.echo(f"\n[{place}] {doubt.feature}  {doubt.id}")
    click.echo(_shortened(doubt.question, 500))
    for passage in doubt.passages[:4]:
        click.echo(f"    {_shortened(passage['text'], _WIDTH)}")


def _asked_key() -> str:
    """The key pressed; `q` at the end of the input."""
    shown = " ".join(f"{key} {name}" for key, (name, _) in _KEYS.items())
    while True:
        try:
            key: str = click.prompt(f"{shown} q quit", prompt_suffix=": ", default="s", show_default=False)
        except click.Abort:
            click.echo("", file=sys.stdout)
            return "q"
        key = key.strip()[:1].lower()
        if key == "q" or key in _KEYS:
            return key


def _shortened(text: str, width: int) -> str:
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return plain if len(plain) <= width else plain[: width - 1] + "…"
