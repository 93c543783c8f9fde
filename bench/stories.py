"""Stories of an archive against people's topics, beside single-pass clustering of TF-IDF vectors.

    python bench/stories.py --data ../shared/data [--work build/stories]

Development data: ECB+, where each topic is two events of one kind told by a dozen reports each (stories are the events,
wide stories the topics; settings were chosen on the odd topics, the even ones check them); and a year of The Guardian
on Iraq (Timeline17) among reports of a presidential campaign (PolNeAR dev), as two wide stories. Annotations are kept
under `--work` in parts. The clustering beside is single-pass over TF-IDF vectors of all words, as in topic detection
and tracking (Allan et al. 1998), in the same order of reports, with the threshold that is best for it on what is
scored, which is more than ours is given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from onrecord.batch.running import Plan, parts_in, run
from onrecord.model import Annotations
from onrecord.parts import read_part
from onrecord.stories import find_stories, wider
from onrecord.stories.weighing import unit

ROOT = Path(__file__).resolve().parent.parent
ECB, POLNEAR = "events/ecbplus_dev.jsonl.gz", "attribution/polnear_dev.jsonl.gz"
IRAQ = "stories/iraq-2005/articles.jsonl.gz"
_WORD = re.compile(r"[^\W\d_]{3,}")
Grouping = dict[str, int]
"""By report, the number of its group."""


def sources(data: Path, work: Path) -> list[Path]:
    """The reports as JSON lines, named by where they come from."""
    work.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, list[dict[str, object]]]] = [
        ("ecb", [{"id": f"ecb {d['doc']}", "text": "\n".join(d["sentences"])} for d in _objects(data / ECB)]),
        ("polnear", [_named("polnear", d["doc_id"], d["text"], d["date"]) for d in _objects(data / POLNEAR)]),
        ("iraq", [{**d, "id": f"iraq {n}"} for n, d in enumerate(_objects(data / IRAQ))]),
    ]
    for name, objects in rows:
        (work / f"{name}.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in objects), encoding="utf-8")
    return [work / f"{name}.jsonl" for name, _ in rows]


def _objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _named(where: str, name: object, text: object, published: object) -> dict[str, object]:
    return {"id": f"{where} {name}", "text": text, "published": published}


def annotated(data: Path, work: Path) -> list[Annotations]:
    """All reports, annotated once and kept."""
    run(sources(data, work), work / "parts", Plan(processes=1))
    found = []
    for path in parts_in(work / "parts"):
        with path.open("rb") as stream:
            found += [kept.annotations for _, kept in read_part(stream, path.name)]
    return found


def ours(read: Iterable[Annotations], wide: bool) -> Grouping:
    """The stories that onrecord finds, or the wider ones that these are parts of."""
    found = find_stories(read)
    return {report: story.number for story in (wider(found) if wide else found) for report in story.reports}


def single_pass(read: Sequence[Annotations], threshold: float) -> Grouping:
    """Each report to the cluster whose centroid is nearest in TF-IDF, if it is near enough; in order of days."""
    in_order = sorted(read, key=lambda one: (one.report.declared.value if one.report.declared else "9", one.report.id))
    counts = [Counter(word.lower() for word in _WORD.findall(one.report.text)) for one in in_order]
    use = Counter(word for count in counts for word in count)
    sums: list[dict[str, float]] = []
    lengths: list[float] = []
    out: Grouping = {}
    for one, count in zip(in_order, counts, strict=True):
        vector = unit({w: (1 + math.log(n)) * math.log(len(counts) / use[w]) for w, n in count.items()})
        nearness = [
            (sum(weight * total.get(word, 0.0) for word, weight in vector.items()) / length, -number)
            for number, (total, length) in enumerate(zip(sums, lengths, strict=True))
        ]
        near, number = max(nearness, default=(0.0, 0))
        if near < threshold:
            sums.append({})
            lengths.append(1.0)
            number = 1 - len(sums)
        total = sums[-number]
        for word, weight in vector.items():
            total[word] = total.get(word, 0.0) + weight
        lengths[-number] = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
        out[one.report.id] = -number
    return out


def b_cubed(gold: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of B-cubed (Bagga & Baldwin 1998), in per cent."""
    both, wanted, given = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / given[b] for (_, b), n in both.items()) / len(gold)
    recall = sum(n * n / wanted[a] for (a, _), n in both.items()) / len(gold)
    return 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall)


def mutual(gold: Sequence[object], found: Sequence[object]) -> float:
    """Normalised mutual information, by the mean of both entropies; in per cent."""
    both, wanted, given, count = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found), len(gold)
    shared = sum(n / count * math.log(n * count / (wanted[a] * given[b])) for (a, b), n in both.items())
    entropies = [-sum(n / count * math.log(n / count) for n in each.values()) for each in (wanted, given)]
    return 100 * 2 * shared / sum(entropies) if sum(entropies) else 100.0


def story_of_ecb(name: str) -> str:
    """The event that a document of ECB+ tells: topic, and which of its two."""
    document = name.removeprefix("ecb ")
    return f"{document.partition('_')[0]} {'plus' if 'plus' in document else 'ecb'}"


def topic_of_ecb(name: str) -> str:
    """The topic of a document of ECB+: two events of one kind."""
    return story_of_ecb(name).partition(" ")[0]


def scored(read: Sequence[Annotations], gold: Callable[[str], str], found: Grouping) -> str:
    wanted = [gold(one.report.name) for one in read]
    given = [found[one.report.id] for one in read]
    precision, recall, f1 = b_cubed(wanted, given)
    return (
        f"B-cubed P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}   NMI {mutual(wanted, given):5.1f}"
        f"   {len(set(given))} groups of {len(set(wanted))}"
    )


def best_single_pass(read: Sequence[Annotations], gold: Callable[[str], str]) -> tuple[float, Grouping]:
    """The threshold that is best on what is scored, and what it gives."""
    wanted = [gold(one.report.name) for one in read]

    def f1(threshold: float) -> float:
        found = single_pass(read, threshold)
        return b_cubed(wanted, [found[one.report.id] for one in read])[2]

    threshold = max((number / 20 for number in range(1, 9)), key=lambda one: (f1(one), -one))
    return threshold, single_pass(read, threshold)


def show(title: str, read: Sequence[Annotations], gold: Callable[[str], str], wide: bool = False) -> None:
    threshold, other = best_single_pass(read, gold)
    print(f"{title}: {len(read)} reports")
    print(f"  onrecord stories{' --wide' if wide else '       '}         {scored(read, gold, ours(read, wide))}")
    print(f"  single-pass TF-IDF, best at {threshold:.3f} {scored(read, gold, other)}", flush=True)


def main() -> int:
    """Scores and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "stories", help="what is kept between runs")
    asked = parser.parse_args()
    read = annotated(asked.data, asked.work)
    ecb = [one for one in read if one.report.name.startswith("ecb ")]
    parted = {
        half: [one for one in ecb if int(story_of_ecb(one.report.name).split()[0]) % 2 == half] for half in (0, 1)
    }
    mixed = [one for one in read if not one.report.name.startswith("ecb ")]
    show("ECB+ odd topics, events (settings chosen on these)", parted[1], story_of_ecb)
    show("ECB+ even topics, events", parted[0], story_of_ecb)
    show("ECB+ odd topics, topics (settings chosen on these)", parted[1], topic_of_ecb, wide=True)
    show("ECB+ even topics, topics", parted[0], topic_of_ecb, wide=True)
    show("Iraq 2005 and a campaign (settings chosen on these)", mixed, lambda name: name.partition(" ")[0], wide=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
