"""Writes docs/commands.md: every command with its arguments and options, as the program itself tells them.

python bench/commands.py > docs/commands.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from onrecord.cli import main


def page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "Written by `python bench/commands.py`; a test fails when it is not current."
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, info_name=f"onrecord {name}")
        yield ""
        yield f"## {name}"
        yield ""
        yield f"    {command.get_usage(context).removeprefix('Usage: ')}"
        yield ""
        yield " ".join((command.help or "").split())
        options = [record for option in command.params if (record := option.get_help_record(context)) is not None]
        if options:
            yield ""
            yield "| option | |"
            yield "|---|---|"
        for option, told in options:
            yield f"| `{option.replace('|', chr(92) + '|')}` | {' '.join(told.split()).replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    sys.stdout.write(page())
