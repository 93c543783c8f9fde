"""The manual: nothing that the program has is left out of it, and its examples run."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import click
import pytest

import onrecord
from onrecord import casebook, pipeline
from onrecord.case.deciding import KINDS
from onrecord.cli import main
from onrecord.export.forms import FORMS
from onrecord.export.questions.table import QUESTIONS
from onrecord.read.formats import FORMATS
from onrecord.settings import SETTINGS, Setting
from tests.case_story import one_annotator
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
OPTIONS = sorted(
    {
        (name, one.opts[-1])
        for name, command in main.commands.items()
        for one in command.params
        if isinstance(one, click.Option)
    }
)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_manual_leads_to_every_page(page: str) -> None:
    assert page == "manual.md" or f"]({page})" in PAGES["manual.md"]
    assert "docs/manual.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "text"), sorted(PAGES.items()))
def test_no_link_leads_nowhere(page: str, text: str) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    assert [link for link in links if "://" not in link and not (DOCS / link).exists()] == []


@pytest.mark.parametrize("entry", SETTINGS, ids=lambda entry: entry.name)
def test_every_setting_stands_in_the_manual(entry: Setting) -> None:
    assert f"| `{entry.variable}` | {entry.default} | {entry.help} |" in PAGES["manual.md"]


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_stands_under_its_command(command: str, option: str) -> None:
    _, _, after = PAGES["commands.md"].partition(f"\n## {command}\n")
    assert option in after.partition("\n## ")[0]


def test_every_format_form_question_and_kind_is_told() -> None:
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes if suffix]
    assert [suffix for suffix in suffixes if f"`{suffix}`" not in PAGES["sources.md"]] == []
    assert [form for form in FORMS if f"`{form}`" not in PAGES["exports.md"]] == []
    assert [one.name for one in QUESTIONS if f"onrecord {one.name} CASE" not in PAGES["exports.md"]] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in PAGES["cases.md"]] == []


def test_the_examples_in_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    steps = tuple(
        pipeline.Step(one_annotator, step.requires, step.assigns) if step.assigns == "annotator" else step
        for step in pipeline.STEPS
    )
    monkeypatch.setattr(pipeline, "STEPS", steps)
    monkeypatch.setattr(casebook, "annotator_for", one_annotator)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = PAGES["python.md"].replace("```", "")
    parsed = doctest.DocTestParser().get_doctest(text, {"onrecord": onrecord}, "python.md", str(DOCS / "python.md"), 0)
    assert len(parsed.examples) > 15
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.DocTestRunner(optionflags=flags).run(parsed).failed == 0
