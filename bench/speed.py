"""How fast each layer is, beside peers on the same texts in the same run, and how far all of it is from the ceiling.

    python bench/speed.py --data ../shared/data [--seconds 8] [--only NAME …] [--story] [--page docs/speed.md]

Each task runs in a process of its own, on the reports of PolNeAR dev in order, until it has used `--seconds` of the
processor or has read them all. Words are what white space parts. Times are of the processor, its own and that of the
programs it starts; where all cores are used, shared among them. Memory is the peak of the process and of the largest
that it starts. A figure of this table depends on the machine; ratios to another row of the same run depend on it less.
With `--story`, `onrecord build` on a year of reports is timed as well. With `--page`, the table is put there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

import numpy as np

from bench.peers import ANNOTATE, TASKS, Task, loaded
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.model import Report

ROOT = Path(__file__).resolve().parent.parent
REPORTS = "attribution/polnear_{split}.jsonl.gz"
STORY = "stories/iraq-2005/articles.jsonl.gz"
PART = 24
"""Reports that a program started once for all of them gets."""
BEGIN, END = "<!-- written by bench/speed.py -->", "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task took for `words` words: seconds, MiB; and what it is measured against the ceiling with.

    Attributes:
        encoder: seconds of them that the encoder alone took; 0 where there is none.
        pieces: sub-tokens that the encoder read.
    """

    words: int
    seconds: float
    memory: int
    encoder: float = 0.0
    pieces: int = 0

    @property
    def rate(self) -> float:
        """Words a second."""
        return self.words / self.seconds


def processor() -> float:
    """Seconds of the processor that this process and those it has ended have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory(cores: int = 1) -> int:
    """MiB at the peak, of this process and of the largest that it started, `cores` times."""
    own, started = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return int(own + cores * started) // 1024


class Timed:
    """A session of onnxruntime that counts the time in it, and the sub-tokens."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.seconds = 0.0
        self.pieces = 0

    def run(self, names: Any, inputs: dict[str, Any]) -> Any:
        begun = time.process_time()
        outputs = self._session.run(names, inputs)
        self.seconds += time.process_time() - begun
        self.pieces += inputs["ids"].size
        return outputs


def taken(task: Task, reports: Sequence[Report], model: Path | None, limit: float) -> Cost:
    """What the task took, on as many reports as it reads within the limit."""
    read = loaded(task, model)
    if task.every is not None:
        return _taken_at_once(task, read, reports)
    session = Timed(None)
    if task.name == ANNOTATE:
        encoder = read.__self__._encoder
        session = encoder._session = Timed(encoder._session)
    read(reports[0])
    session.seconds, session.pieces = 0.0, 0
    words, begun, spent = 0, processor(), 0.0
    for report in reports:
        read(report)
        words += len(report.text.split())
        spent = processor() - begun
        if spent > limit:
            break
    return Cost(words, spent, memory(), session.seconds, session.pieces)


def _taken_at_once(task: Task, read: Callable[[Sequence[Report]], object], reports: Sequence[Report]) -> Cost:
    """A peer that starts a program for all gets a part of the texts, so that the run stays short.

    Of what uses all cores the seconds are those of the processors, shared among the cores: what the clock shows where
    nothing else runs.
    """
    cores = (os.cpu_count() or 1) if task.cores else 1
    reports = reports if task.cores else reports[:PART]
    begun = processor()
    read(reports)
    words = sum(len(report.text.split()) for report in reports)
    return Cost(words, (processor() - begun) / cores, memory(cores))


def int8_rate(seconds: float = 1.0) -> float:
    """Multiply-adds a second of a plain int8 product on one thread, the best of many."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    rows, inner, columns = 128, 1024, 1024
    weights = np.random.default_rng(0).integers(-127, 128, (inner, columns)).astype(np.int8)
    given = helper.make_tensor_value_info("x", TensorProto.UINT8, [rows, inner])
    found = helper.make_tensor_value_info("y", TensorProto.INT32, [rows, columns])
    node = helper.make_node("MatMulInteger", ["x", "w"], ["y"])
    body = helper.make_graph([node], "product", [given], [found], [numpy_helper.from_array(weights, "w")])
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    states = np.random.default_rng(1).integers(0, 256, (rows, inner)).astype(np.uint8)
    best, end = 1e9, time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        session.run(None, {"x": states})
        best = min(best, time.perf_counter() - begun)
    return rows * inner * columns / best


def multiply_adds(model: Path) -> tuple[int, int]:
    """Int8 multiply-adds of the encoder for a sub-token, and of its heads for a word; attention is not among them."""
    import onnx

    from training.shipped import parameters_of

    sizes = {name: array.size for name, array in parameters_of(onnx.load(model)).items() if array.ndim > 1}
    inner = sum(size for name, size in sizes.items() if name.startswith("encoder.encoder"))
    return inner, sum(size for name, size in sizes.items() if not name.startswith("encoder"))


def build(data: Path) -> Cost:
    """`onrecord build` on a year of reports on one story: seconds of the clock, all cores."""
    import gzip

    packed = gzip.decompress((data / STORY).read_bytes()).decode()
    words = sum(len(str(json.loads(line).get("text", "")).split()) for line in packed.splitlines())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text(packed, "utf-8")
        command = [sys.executable, "-m", "onrecord", "build", str(source), "--json", str(Path(folder) / "record.json")]
        begun = time.perf_counter()
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(running.pid, 0)  # the memory of this one, not of the largest that was ever started
        seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"onrecord build on {STORY}: it ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(words, seconds, used.ru_maxrss // 1024)


def in_own_process(name: str, asked: argparse.Namespace) -> Cost | str:
    """The cost of a task, or why there is none."""
    command = [sys.executable, __file__, "--data", str(asked.data), "--seconds", str(asked.seconds), "--task", name]
    command += ["--model", str(asked.model)] if asked.model else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1]
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def lines(costs: dict[str, Cost | str], model: Path) -> Iterator[str]:
    """The table as Markdown, and the ceiling below it."""
    whole = costs.get(ANNOTATE)
    base = whole.rate if isinstance(whole, Cost) else 0.0
    yield "| | finds | words a second | of `annotate` | peak MiB |"
    yield "|---|---|---:|---:|---:|"
    for task in TASKS:
        cost = costs.get(task.name)
        if isinstance(cost, str):
            yield f"| {task.name} | {task.does} | not measured: needs {task.needs or cost} | | |"
        elif cost is not None:
            share = f"{cost.rate / base:.2f}" if base else ""
            yield f"| {task.name} | {task.does} | {cost.rate:,.0f} | {share} | {cost.memory:,} |"
    if isinstance(whole, Cost):
        yield ""
        yield from _ceiling(whole, model)
    story = costs.get("build")
    if isinstance(story, Cost):
        yield ""
        yield (
            f"`onrecord build` on the 344 reports of `{STORY.split('/a')[0]}`, {story.words:,} words, all cores: "
            f"{story.seconds:.0f} seconds of the clock, {story.memory:,} MiB in its largest process."
        )


def _ceiling(whole: Cost, model: Path) -> Iterator[str]:
    rate, (inner, outer) = int8_rate(), multiply_adds(model)
    a_word = inner * whole.pieces / whole.words + outer
    alone = whole.words / whole.encoder
    yield "| the ceiling, one thread | |"
    yield "|---|---:|"
    yield f"| the encoder alone, in the same run, words a second | {alone:,.0f} |"
    yield f"| `annotate` as a share of it | {whole.encoder / whole.seconds:.0%} |"
    yield f"| sub-tokens a word | {whole.pieces / whole.words:.2f} |"
    yield f"| int8 multiply-adds a word, in millions | {a_word / 1e6:.1f} |"
    yield f"| int8 multiply-adds a second of this machine, in thousand millions | {rate / 1e9:.0f} |"
    yield f"| words a second, were there nothing but these | {rate / a_word:,.0f} |"
    yield f"| the encoder alone as a share of that | {alone * a_word / rate:.0%} |"


def put(page: Path, table: str) -> None:
    """Puts the table between the marks of the page."""
    text = page.read_text("utf-8")
    before, behind = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{behind}", "utf-8")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--seconds", type=float, default=8.0, help="of the processor, for each task")
    parser.add_argument("--only", nargs="+", choices=[task.name for task in TASKS], help="these tasks alone")
    parser.add_argument("--model", type=Path, help="an encoder instead of the one in the package")
    parser.add_argument("--story", action="store_true", help="time `onrecord build` on a year of reports as well")
    parser.add_argument("--page", type=Path, help="a page with marks to put the table between")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    asked = options()
    if asked.task:
        reports = [polnear_report(item) for item in Workbench(asked.data).objects(REPORTS)]
        (task,) = (task for task in TASKS if task.name == asked.task)
        print(json.dumps(asdict(taken(task, reports, asked.model, asked.seconds))))
        return 0
    costs: dict[str, Cost | str] = {}
    for task in TASKS:
        if not asked.only or task.name in asked.only:
            costs[task.name] = found = in_own_process(task.name, asked)
            print(f"{task.name}: {found}", file=sys.stderr, flush=True)
    if asked.story:
        costs["build"] = build(asked.data)
    table = "\n".join(lines(costs, asked.model or ROOT / "onrecord" / "data" / "model.onnx"))
    print(table)
    if asked.page:
        put(asked.page, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
