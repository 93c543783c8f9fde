"""The command that opens a case in a browser, and the export that writes its pages as files."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import Asked, case_argument, threads_option
from onrecord.cli.telling import one_line_errors, output
from onrecord.errors import OnRecordError

SITE = "site"
"""The form in which `onrecord export` writes the pages of the room."""
_NEEDED = ("jinja2", "markupsafe", "python_multipart", "starlette", "uvicorn")


@click.command()
@case_argument
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen. Elsewhere than here, a token is asked for."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="The port to listen on.")
@click.option(
    "--token", envvar="ONRECORD_TOKEN", help="What visitors must show. Default: none here, a new one elsewhere."
)
@click.option("--fetch", is_flag=True, help="Let visitors add web addresses, which are then fetched.")
@threads_option
def serve(case: str, host: str, port: int, token: str | None, fetch: bool, threads: int | None) -> None:
    """Open a case in a browser: the story, its reports, and every claim on its words."""
    with one_line_errors():
        _require_the_extra()
        from onrecord.casebook import open_case
        from onrecord.web.serving import address_of, run, token_for

        open_case(case).close()  # what is no case is told before an address
        shown = token_for(host, token)
        click.echo(f"{case}: {address_of(host, port, shown)} (Ctrl-C ends it)", err=True)
        run(case, host, port, shown, threads, may_fetch=fetch)


def write_site(case: str, path: str, asked: Asked) -> None:
    """Writes the pages of the room into a folder, or into one file if `path` is named as one."""
    if path == "-":
        raise click.UsageError(f"{SITE} is a folder of files, or one file: say which, with -o FOLDER or -o NAME.html.")
    with one_line_errors():
        _require_the_extra(f"onrecord export {SITE}")
        from onrecord.casebook import open_case
        from onrecord.export.folders import write_folder
        from onrecord.web.bound import one_file
        from onrecord.web.site import Site, folder

        with open_case(case) as opened:
            site = Site(opened.record(asked.choices()), Path(case).name)
        if path.endswith((".html", ".htm")):
            with output(path) as file:
                file.write(one_file(site))
        else:
            write_folder(Path(path), folder(site))
            _tell_of_pages(site.most, site.every)


def _tell_of_pages(most: int, every: int) -> None:
    """Says how many pages of a large case are not in its folder."""
    if every > most:
        left = f"at least {every - most:,} more are left out, those farthest from the front page"
        click.echo(f"{most:,} pages; {left}. record.json holds everything.", err=True)


def _require_the_extra(command: str = "onrecord serve") -> None:
    """Tells how to install what only these commands need.

    Raises:
        OnRecordError: a library is missing.
    """
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        reason = f"needs libraries that are not installed ({', '.join(missing)})"
        raise OnRecordError(command, reason, "Run: pip install 'onrecord[web]'")
