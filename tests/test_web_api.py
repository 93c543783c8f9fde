"""The HTTP API against its own description: whatever is asked, the answer is one of those that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the reading room is not installed: pip install 'onrecord[web]'")
pytest.importorskip("schemathesis", reason="not installed: pip install schemathesis")

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from onrecord.case.store import Store
from onrecord.casebook import open_case
from onrecord.web.app import application
from onrecord.web.describing import description

EXAMPLE = Path(__file__).parent.parent / "examples" / "drawdown"
_TOKEN = {"Authorization": "Bearer t"}
_LEFT_OUT = [positive_data_acceptance]
"""Left out: whether an id is one of the record, or a day one of the calendar, no description of the form can say."""
_EXAMPLES = {"/reports": 5, "/record": 4}
"""How often is asked what takes long; all else a dozen times."""


@pytest.fixture(scope="module")
def app(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("api") / "story.case"
    with open_case(path, create=True, threads=1) as case:
        case.add([EXAMPLE / "1-announcement.txt"])
    with Store(str(path)) as store:
        yield application(store, token="t", threads=1)


OPERATIONS = sorted(
    (method, path) for path, item in description()["paths"].items() for method in item if method != "parameters"
)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_one_that_the_description_names(app: Any, method: str, path: str) -> None:
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=_TOKEN)
    operation = described[path][method]

    @settings(max_examples=_EXAMPLES.get(path, 12), suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def asked(case: Any) -> None:
        case.call_and_validate(headers=_TOKEN, excluded_checks=_LEFT_OUT)

    asked()
