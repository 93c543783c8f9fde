"""The command that opens a case in a browser."""

from __future__ import annotations

import click

from onrecord.cli.options import case_argument, threads_option
from onrecord.cli.telling import one_line_errors
from onrecord.errors import OnRecordError

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
@threads_option
def serve(case: str, host: str, port: int, token: str | None, threads: int | None) -> None:
    """Open a case in a browser: the story, its reports, and every claim on its words."""
    with one_line_errors():
        _require_the_extra()
        from onrecord.web.serving import address_of, run, token_for

        shown = token_for(host, token)
        click.echo(f"{case}: {address_of(host, port, shown)} (Ctrl-C ends it)", err=True)
        run(case, host, port, shown, threads)


def _require_the_extra() -> None:
    """Tells how to install what only this command needs.

    Raises:
        OnRecordError: a library is missing.
    """
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        reason = f"needs libraries that are not installed ({', '.join(missing)})"
        raise OnRecordError("onrecord serve", reason, "Run: pip install 'onrecord[web]'")
