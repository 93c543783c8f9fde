"""The command line: parse, call, write.

Results go to files or to standard output; what is told of the run goes to standard error. Exit status 0:
all was read; 1: something failed, and a line says what (the outputs of the rest are still written); 2: usage.
"""

from __future__ import annotations

import click

from onrecord.cli.batch import batch
from onrecord.cli.case import add, export, search
from onrecord.cli.questions import COMMANDS as QUESTIONS
from onrecord.cli.reports import annotate, build, show
from onrecord.cli.review import decide, decisions, review, undo
from onrecord.cli.serve import serve
from onrecord.cli.stories import stories
from onrecord.cli.watch import watch
from onrecord.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
def main() -> None:
    """Puts a developing story on the record: who said what, when, on whose authority, and in which words.

    SOURCE is a file with one report or many, a folder of files, or, with --fetch, a web address. Files may be text,
    HTML, PDF, Word, RTF, mail, CSV, JSON or JSON lines, RSS or Atom, WARC or WACZ, ninjs or NewsML-G2, or what
    LexisNexis and Factiva export. CASE is the file in which a story is kept.
    """


_COMMANDS = (
    build,
    annotate,
    batch,
    stories,
    show,
    add,
    watch,
    serve,
    search,
    export,
    *QUESTIONS,
    review,
    decide,
    undo,
    decisions,
)
for _command in _COMMANDS:
    main.add_command(_command)
