"""The command line: parse, call, write.

Results go to files or to standard output; what is told of the run goes to standard error. Exit status 0:
all was read; 1: something failed, and a line says what (the outputs of the rest are still written); 2: usage.
"""

from __future__ import annotations

import click

from onrecord.cli.case import add, export, search
from onrecord.cli.questions import COMMANDS as QUESTIONS
from onrecord.cli.reports import annotate, build, show
from onrecord.cli.review import decide, decisions, review, undo
from onrecord.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
def main() -> None:
    """Puts a developing story on the record: who said what, when, on whose authority, and in which words.

    SOURCE is a text or HTML file, a folder of them, or a .jsonl file with one report a line. CASE is the file in
    which a story is kept.
    """


for _command in (build, annotate, show, add, search, export, *QUESTIONS, review, decide, undo, decisions):
    main.add_command(_command)
