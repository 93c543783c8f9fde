"""Coreference: chains of mentions in raw text against OntoGUM, whose guidelines are those of OntoNotes.

The measure is the CoNLL F1, the mean of the F1 of MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and
CEAF-e (Luo 2005), with exact spans and without singletons, as in the reference scorer (Pradhan et al. 2014, "Scoring
Coreference Partitions of Predicted Mentions"). The syntax is the annotator's own; no gold annotation is used.
Documents whose words the corpus withholds, a row of underscores in place of each, are left out.
"""

from __future__ import annotations

import gzip
import re
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.model import Annotations
from onrecord.read.source import read_text
from onrecord.resolve.coreference import resolve_coreference
from onrecord.resolve.coreference.weighing import Weights
from onrecord.spans import Span

FILE = "actors/ontogum_{split}.conllu.gz"
POLNEAR = "attribution/polnear_{split}.jsonl.gz"
SILVER = "attribution/polnear_silver_{split}.jsonl.gz"
FILES = (FILE, POLNEAR, SILVER)
NEWS = "GUM_news_"
NAMES_AND_PRONOUNS = frozenset(("PROPN", "PRON"))
_ENTITY = re.compile(r"\((\d+)(\)?)|(\d+)\)")

_OF_PENN = {"NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "POS": "PART"}
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))

TokenSpan = tuple[int, int]
"""First token of a mention and the token after its last."""
Clusters = list[frozenset[TokenSpan]]


@dataclass(slots=True)
class Text:
    """A document of the corpus: its tokens laid out as they were written, and its chains.

    Attributes:
        starts, ends: code-point offsets of the tokens.
        heads: index of the token each depends on in the document; its own index at a root.
        tags: universal part of speech.
    """

    name: str
    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    clusters: Clusters = field(default_factory=list)

    def tokens(self, span: Span) -> TokenSpan:
        """The tokens that `span` touches, with the mark of the possessive after them, as the guidelines have it."""
        start, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        marked = end < len(self.starts) and self.text[self.starts[end] : self.ends[end]] in _POSSESSIVES
        possessive = marked and start < end and self.ends[end - 1] == self.starts[end] and self.tags[end] == "PART"
        return start, end + possessive

    @property
    def is_withheld(self) -> bool:
        """Whether the corpus has underscores in place of the words."""
        return 2 * self.text.count("_") > len(self.text)

    def head_of(self, mention: TokenSpan) -> int:
        """A mention's head: the first token that depends on none within it."""
        start, end = mention
        return next((t for t in range(start, end) if self.heads[t] == t or not start <= self.heads[t] < end), start)

    def tag_of(self, mention: TokenSpan) -> str:
        """The part of speech of a mention's head."""
        return self.tags[self.head_of(mention)]


def read_texts(lines: Iterable[str]) -> Iterator[Text]:
    """The documents of a CoNLL-U file with `Entity` annotations of groups alone."""
    block: list[str] = []
    for line in lines:
        if line.startswith("# newdoc id") and block:
            yield _read_text(block)
            block = []
        block.append(line)
    if block:
        yield _read_text(block)


def _read_text(lines: Sequence[str]) -> Text:
    made = Text(lines[0].partition("=")[2].strip())
    pieces: list[str] = []
    groups: dict[str, set[TokenSpan]] = {}
    open_since: dict[str, list[int]] = {}
    length, begun, within, glued = 0, 0, 0, False
    for line in lines:
        if line.startswith("# newpar") and pieces and pieces[-1] != "\n\n":
            pieces.append("\n\n")
            length += 2
        if not line or line.startswith("#"):
            begun = len(made.starts)
            continue
        number, form, _, tag, _, _, head, _, _, misc = line.split("\t")
        spaced = "" if "SpaceAfter=No" in misc else " "
        if "-" in number:
            within, glued = int(number.split("-")[1]), spaced == ""
            continue
        if not number.isdigit():
            continue
        place = len(made.starts)
        if int(number) <= within:
            spaced = "" if int(number) < within or glued else " "
            within = within if int(number) < within else 0
        made.starts.append(length)
        made.ends.append(length + len(form))
        made.tags.append(tag)
        made.heads.append(begun + int(head) - 1 if head != "0" else place)
        pieces.append(form + spaced)
        length += len(form) + len(spaced)
        _read_entities(misc, place, groups, open_since)
    made.text = "".join(pieces)
    made.clusters = [frozenset(spans) for spans in groups.values() if len(spans) > 1]
    return made


def _read_entities(misc: str, place: int, groups: dict[str, set[TokenSpan]], open_since: dict[str, list[int]]) -> None:
    """Adds what the `Entity` of one token opens and closes: `(3` and `3)`, or `(3)` for a mention of one token."""
    value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
    for opened, closed, ended in _ENTITY.findall(value):
        if closed:
            groups.setdefault(opened, set()).add((place, place + 1))
        elif opened:
            open_since.setdefault(opened, []).append(place)
        elif open_since.get(ended):
            groups.setdefault(ended, set()).add((open_since[ended].pop(), place + 1))


# -- the measures


@dataclass(slots=True)
class Ratio:
    """Precision and recall as sums over documents."""

    right_found: float = 0.0
    found: float = 0.0
    right_wanted: float = 0.0
    wanted: float = 0.0

    @property
    def precision(self) -> float:
        return percent(self.right_found, self.found)

    @property
    def recall(self) -> float:
        return percent(self.right_wanted, self.wanted)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """The three measures, and mention detection beside them."""

    muc: Ratio = field(default_factory=Ratio)
    b_cubed: Ratio = field(default_factory=Ratio)
    ceaf: Ratio = field(default_factory=Ratio)
    mentions: Ratio = field(default_factory=Ratio)

    @property
    def conll(self) -> float:
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3

    def add(self, ours: Clusters, gold: Clusters) -> None:
        """Counts one document."""
        self._add_links(ours, gold)
        self._add_aligned(ours, gold)
        found, wanted = _owners(ours), _owners(gold)
        both = float(len(found.keys() & wanted.keys()))
        self.mentions.right_found += both
        self.mentions.right_wanted += both
        self.mentions.found += len(found)
        self.mentions.wanted += len(wanted)

    def _add_links(self, ours: Clusters, gold: Clusters) -> None:
        precise, recalled = _links(ours, _owners(gold)), _links(gold, _owners(ours))
        self.muc.right_found += precise[0]
        self.muc.found += precise[1]
        self.muc.right_wanted += recalled[0]
        self.muc.wanted += recalled[1]
        self.b_cubed.right_found += precise[2]
        self.b_cubed.found += precise[3]
        self.b_cubed.right_wanted += recalled[2]
        self.b_cubed.wanted += recalled[3]

    def _add_aligned(self, ours: Clusters, gold: Clusters) -> None:
        likeness = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in gold] for a in ours], dtype=float)
        best = best_alignment(likeness.reshape(len(ours), len(gold)))
        self.ceaf.right_found += best
        self.ceaf.right_wanted += best
        self.ceaf.found += len(ours)
        self.ceaf.wanted += len(gold)


def _owners(clusters: Clusters) -> dict[TokenSpan, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _links(clusters: Clusters, owner: dict[TokenSpan, int]) -> tuple[float, float, float, float]:
    """Of one side against the other: right links and links (MUC), right mentions and mentions (B-cubed)."""
    right = links = shared = mentions = 0.0
    for cluster in clusters:
        parts = Counter(owner[mention] for mention in cluster if mention in owner)
        alone = len(cluster) - parts.total()
        right += len(cluster) - len(parts) - alone
        links += len(cluster) - 1
        shared += sum(n * n for n in parts.values()) / len(cluster)
        mentions += len(cluster)
    return right, links, shared, mentions


def best_alignment(likeness: np.ndarray) -> float:
    """The largest sum of `likeness` (rows × columns) over a one-to-one alignment (Kuhn 1955, Munkres 1957).

    The shortest augmenting path form of the algorithm, cubic in the smaller side's size.
    """
    if not likeness.size:
        return 0.0
    cost = -likeness if likeness.shape[0] <= likeness.shape[1] else -likeness.T
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    matched, way = np.zeros(columns + 1, dtype=int), np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        matched[0], column = row, 0
        least, used = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=bool)
        while matched[column]:
            used[column] = True
            free = np.flatnonzero(~used[1:]) + 1
            slack = cost[matched[column] - 1, free - 1] - of_row[matched[column]] - of_column[free]
            better = slack < least[free]
            least[free[better]], way[free[better]] = slack[better], column
            nearest = int(free[np.argmin(least[free])])
            step = least[nearest]
            of_row[matched[used]] += step
            of_column[used] -= step
            least[free] -= step
            column = nearest
        while column:
            matched[column], column = matched[way[column]], int(way[column])
    return -sum(float(cost[matched[j] - 1, j - 1]) for j in range(1, columns + 1) if matched[j])


# -- the layer


def _only(kinds: frozenset[str], text: Text, clusters: Clusters) -> Clusters:
    """What is left of clusters of the mentions whose head has one of the tags."""
    kept = (frozenset(m for m in cluster if text.tag_of(m) in kinds) for cluster in clusters)
    return [cluster for cluster in kept if len(cluster) > 1]


def clusters_of(text: Text, annotations: Annotations, judge: Mapping[str, Weights] | None = None) -> Clusters:
    """The chains found, as spans of tokens; a mention on tokens already taken is left out."""
    out: Clusters = []
    taken: set[TokenSpan] = set()
    for chain in resolve_coreference(annotations, judge):
        tokens = {text.tokens(span) for span in chain.mentions} - taken
        taken |= tokens
        if len(tokens) > 1:
            out.append(frozenset(tokens))
    return out


def annotated(bench: Workbench) -> Iterator[tuple[Text, Annotations]]:
    """Each document as the annotator reads it."""
    lines = gzip.decompress(bench.path(FILE).read_bytes()).decode().splitlines()
    for text in (text for text in read_texts(lines) if not text.is_withheld):
        yield text, bench.annotator.annotate(read_text(text.text, text.name))


def silver(bench: Workbench) -> Iterator[tuple[Text, Annotations]]:
    """Reports of PolNeAR with the chains that the sieve of CoreNLP finds in them: nobody read these chains."""
    reports = {item["doc_id"]: polnear_report(item) for item in bench.objects(POLNEAR)}
    for item in bench.objects(SILVER):
        report = reports[item["doc_id"]]
        yield silver_text(item, report.text), bench.annotator.annotate(report)


def silver_text(item: Mapping[str, Any], text: str) -> Text:
    """A report with its silver tokens, heads and chains (first token, token after the last, …)."""
    heads = [number if head < 0 else head for number, head in enumerate(item["h"])]
    tags = [_OF_PENN.get(tag, "X") for tag in item["p"]]
    chains = [frozenset((first, end) for first, end, *_ in chain) for chain in item["coref"]]
    return Text(item["doc_id"], text, item["b"], item["e"], tags, heads, [chain for chain in chains if len(chain) > 1])


def scored_on_silver(pairs: Iterable[tuple[Text, Annotations]]) -> Iterator[Figure]:
    """How far the chains agree with the silver ones: all, and names and pronouns alone."""
    whole, named = Tally(), Tally()
    for text, annotations in pairs:
        ours, only = clusters_of(text, annotations), partial(_only, NAMES_AND_PRONOUNS, text)
        whole.add(ours, text.clusters)
        named.add(only(ours), only(text.clusters))
    yield Figure("coreference", "PolNeAR, silver", "CoNLL F1", whole.conll)
    yield Figure("coreference", "PolNeAR, silver", "CoNLL F1 names and pronouns", named.conll)


def scored(pairs: Iterable[tuple[Text, Annotations]]) -> Iterator[Figure]:
    """The figures for documents with what the annotator says of them."""
    tallies = {(data, kind): Tally() for data in ("OntoGUM", "OntoGUM news") for kind in ("", " names and pronouns")}
    words, seconds = 0, 0.0
    for text, annotations in pairs:
        begun = time.process_time()
        ours = clusters_of(text, annotations)
        seconds += time.process_time() - begun
        words += len(text.starts)
        named = partial(_only, NAMES_AND_PRONOUNS, text)
        for data in ("OntoGUM", "OntoGUM news") if text.name.startswith(NEWS) else ("OntoGUM",):
            tallies[data, ""].add(ours, text.clusters)
            tallies[data, " names and pronouns"].add(named(ours), named(text.clusters))
    for (data, kind), tally in tallies.items():
        yield Figure("coreference", data, f"CoNLL F1{kind}", tally.conll)
        if not kind:
            yield Figure("coreference", data, "mention F1", tally.mentions.f1)
            yield Figure("coreference", data, "MUC precision", tally.muc.precision)
            yield Figure("coreference", data, "MUC recall", tally.muc.recall)
    yield Figure("coreference", "OntoGUM", "words/s", words / max(seconds, 1e-9), digits=0)


def score(bench: Workbench) -> Iterator[Figure]:
    """CoNLL F1 of all mentions, and of names and pronouns alone; the pace of resolution without annotation."""
    yield from scored(annotated(bench))
    yield from scored_on_silver(silver(bench))
