"""How well sources are told apart: named, role, anonymous or document, and the reasons given for anonymity.

    python bench/sourcing.py --data ../shared/data [--errors 20]

Figures on development data, whose errors were read while the rules were written: they are no held-out scores.

- *statements*: the sourced statements of `attribution/sourcing_dev.jsonl`. Its types map to ours so: named person and
  named organisation -> named; document -> document; unnamed person or group -> role or anonymous (the data uses them
  for sources met in public as well as for withheld names, and labels none of these 22 articles' sources anonymous).
  The data gives no source spans: they are found here by the statement's name field or, failing that, by the nearest
  cue with its subject. Names of organisations that are the authors of a poll or report count as named there; both
  `named` and `document` are right for them if the phrase is a document.
- *withheld*: sources of PolNeAR's training articles in sentences that say a name is withheld, judged without those
  words: how many does the noun phrase alone find?
- *reasons*: sentences of the same articles that withhold a name and hold a reason word after it: share for which a
  reason is returned.

Names are the silver entities (PolNeAR) or runs of capitalised words (sourcing_dev).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from onrecord.annotate.attitudes import attitude_of, is_reporting_cue, lemma_of
from onrecord.annotate.sourcing import describe_sources, withheld_names
from onrecord.model import Mention, MentionType, Source
from onrecord.spans import Span

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?![\s\"”’)]*\s[A-Z“\"])[^.!?\n]*)*[.!?]*[\"”’)]*")
_NAME = re.compile(r"\b[A-Z][\w.’'&/-]*(?:\s(?:(?:of|for|and|the|on)\s)?[A-Z][\w.’'&/-]*){0,8}")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SILVER: dict[str, MentionType] = {
    "PERSON": "person",
    "ORGANIZATION": "organization",
    "LOCATION": "place",
    "MISC": "other",
}
_GOLD = {"named person": "named", "named individual": "named", "named organization": "named", "document": "document"}


def sentences_of(text: str) -> list[Span]:
    """Sentences by a plain rule: good enough to tell which words are near which."""
    return [Span(m.start(), m.end()) for m in _SENTENCE.finditer(text) if m.group().strip()] or [Span(0, len(text))]


def names_of(text: str) -> list[Mention]:
    """Runs of capitalised words; a single word that opens a sentence counts if it is never written in lower case."""
    lower = set(re.findall(r"\b[a-z][\w’'-]+", text))
    found: list[Mention] = []
    for match in _NAME.finditer(text):
        word = re.sub(r"[’']s?$", "", match.group())
        opens = match.start() == 0 or text[max(0, match.start() - 4) : match.start()].rstrip(' “"')[-1:] in ".!?\n:"
        if (
            word.lower() in lower
            or len(word) < 2
            or (opens and " " not in word and word.endswith("s") and word[0].isupper() and text.count(word) == 1)
        ):
            continue
        person = bool(re.fullmatch(r"[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+", word))
        found.append(
            Mention(f"m{len(found)}", Span(match.start(), match.start() + len(word)), "person" if person else "other")
        )
    people = {found_name.span.of(text).split()[-1] for found_name in found if found_name.type == "person"}
    return [
        Mention(
            m.id, m.span, "person" if m.span.of(text) in people else ("organization" if m.type == "other" else m.type)
        )
        for m in found
    ]


# ------------------------------------------------------------------------------------------- statements


def gold_basis(kind: str) -> str:
    """The basis, or bases, that a type of the data stands for."""
    kind = kind.strip().lower()
    return _GOLD.get(kind, "role|anonymous" if kind.startswith(("un",)) else "anonymous")


def source_of(text: str, item: dict[str, Any]) -> Span | None:
    """The source phrase of a gold statement: the subject of its cue if that is a pronoun or holds the gold name;
    else the name where it stands in or beside the statement; else the subject of any cue.
    """
    if not item["span"]:
        return None
    start, end = item["span"]
    name = item["name"] or item["title"] or ""
    windows = ((start, end), (end, min(len(text), end + 160)), (max(0, start - 160), start))
    for low, high in windows:
        subject = _by_cue(text, low, high)
        if subject is not None and _fits(subject.of(text), name):
            return subject
        named = _by_name(text, low, high, name)
        if named is not None or (subject is not None and not name):
            return named or subject
    return next((subject for low, high in windows if (subject := _by_cue(text, low, high)) is not None), None)


def _fits(subject: str, name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(subject)}
    return words <= {"he", "she", "they", "it", "who"} or bool(
        words & {w.lower() for w in _WORD.findall(name) if len(w) > 2}
    )


def _by_name(text: str, low: int, high: int, name: str) -> Span | None:
    for word in reversed([w for w in _WORD.findall(name) if len(w) > 2]):
        match = re.compile(rf"(?<!\w){re.escape(word)}\b", re.I).search(text, low, high)
        if match is not None:
            return _grown(text, low, match.start(), match.end())
    return None


def _grown(text: str, low: int, start: int, end: int) -> Span:
    """To the left while the words before belong to the same name or noun phrase."""
    while match := re.compile(r"(?:[A-Z][\w.’'-]*|[a-z-]+|\d+)\s\Z").search(text[max(low, start - 40) : start]):
        word = match.group().strip()
        if word.lower() in ("the", "a", "an", "some", "many", "several", "one", "two", "three", "this", "that"):
            return Span(start - len(match.group()), end)
        if not (word[0].isupper() or re.search(r"[a-z](al|an|er|ic|ed|or|nt|ive|ous|new|city|state|police)$", word)):
            break
        start -= len(match.group())
    return Span(start, end)


_SAID = "|".join(
    """said says say told added adds wrote writes noted explained announced reported reports asked argued warned claimed
    alleged disclosed questioned called states stated reads read write found shows showed showing show believe believes
    concludes estimated counted feared recalled know expressed tell telling urging asking blaming""".split()
)
_NAMES = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}"
_BEFORE = re.compile(
    r"(?P<np>\b(?:(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]ho)|(?:(?:[Tt]he|[Aa]n?|[Tt]hat|[Oo]ther|[Ss]ome|[Ss]everal)\s)?"
    r"(?:[a-z-]+\s){0,2}(?:[A-Z][\w.’'/&-]*\s){0,4}[\w.’'/&-]+))"
    rf"\s(?:(?:also|have|has|had|are|were|only|long|kept|been)\s){{0,3}}(?:{_SAID})\b"
)
_AFTER = re.compile(
    rf"[,”\"]\s?(?:{_SAID})\s(?P<np>(?:(?:the|a|an)\s)?(?:[a-z-]+\s){{0,3}}{_NAMES}|(?:the|a|an)\s[a-z]+)"
)
_ACCORDING = re.compile(r"[Aa]ccording to (?P<np>[^,.]{2,80})")


def _by_cue(text: str, low: int, high: int) -> Span | None:
    segment = re.sub(
        r"[“\"][^”\"]*[”\"]?",
        lambda m: m.group()[0] + " " * (len(m.group()) - 2) + m.group()[-1] if len(m.group()) > 1 else m.group(),
        text[low:high],
    )
    for pattern in (_ACCORDING, _AFTER, _BEFORE):
        match = pattern.search(segment)
        if match is not None:
            start, end = match.span("np")
            while segment[start].isspace():
                start += 1
            return Span(low + start, low + end)
    return None


def statements(folder: Path, show: int) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    misses = []
    strict = 0
    for document in _lines(folder / "sourcing_dev.jsonl"):
        text = document["text"]
        spans = [source_of(text, item) for item in document["sourced"]]
        described = describe_sources(text, sentences_of(text), spans, names_of(text))
        for item, span, source in zip(document["sourced"], spans, described, strict=True):
            gold = gold_basis(item["type_raw"])
            total[gold] += 1
            ok = source.basis in gold.split("|") or (
                source.basis == "document" and item["type"] == "named_org" and bool(item["name"])
            )
            right[gold] += ok
            strict += source.basis in gold.split("|")
            if not ok:
                misses.append((gold, source.basis, span and span.of(text), item["name"], item["statement"][:150]))
    for gold in total:
        print(f"  {gold:15s} {right[gold]:4d} of {total[gold]:4d}")
    n = total.total()
    print(
        f"statements: basis accuracy {100 * right.total() / n:.1f} % of {n}; {100 * strict / n:.1f} % strictly mapped"
    )
    for miss in misses[:show]:
        print("   ", *miss, sep=" | ")


# ------------------------------------------------------------------------------------------- PolNeAR


def polnear(folder: Path, limit: int) -> Iterator[tuple[dict[str, Any], list[Mention]]]:
    silver = {}
    for document in _lines(folder / "polnear_silver_train.jsonl.gz", limit):
        silver[document["doc_id"]] = document
    for document in _lines(folder / "polnear_train.jsonl.gz", limit):
        tagged = silver.get(document["doc_id"])
        mentions = [] if tagged is None else [
            Mention(f"m{k}", Span(tagged["b"][s], tagged["e"][e - 1]), _SILVER[label])
            for k, (s, e, label, *_) in enumerate(tagged["ner"]) if label in _SILVER
        ]  # fmt: skip
        yield document, mentions


def withheld(folder: Path, limit: int, show: int) -> None:
    bases: Counter[str] = Counter()
    found: Counter[str] = Counter()
    words, seconds, missed, examples = 0, 0.0, [], []
    for document, mentions in polnear(folder, limit):
        text = document["text"]
        sentences = sentences_of(text)
        spans = [
            Span(min(s for s, _ in a["source"]), max(e for _, e in a["source"])) if a["source"] else None
            for a in document["attributions"]
        ]
        begun = time.perf_counter()
        described = describe_sources(text, sentences, spans, mentions)
        seconds += time.perf_counter() - begun
        words += len(text.split())
        bases.update(source.basis for source in described)
        for withholding in withheld_names(text, sentences):
            bases["(names withheld)"] += 1
            found["reason"] += withholding.reason is not None
            examples.append(
                (
                    text[max(0, withholding.span.start - 90) : withholding.span.end + 110].replace("\n", " "),
                    withholding.reason and withholding.reason.of(text),
                )
            )
            sentence = sentences[withholding.sentence]
            near = [
                (s, d)
                for s, d in zip(spans, described, strict=True)
                if s is not None and sentence.start <= s.start < sentence.end
            ]
            if near:
                found["near"] += 1
                found["anonymous"] += any(d.basis == "anonymous" for _, d in near)
                alone = _alone(text, sentence, withholding.span, near, mentions)
                found["alone"] += alone
                if not alone:
                    missed.append([s.of(text) for s, _ in near])
    print(f"PolNeAR train: {words} words, {words / max(seconds, 1e-9):,.0f} words/s; bases {dict(bases)}")
    print(
        f"withheld: {found['anonymous']} of {found['near']} with a source in the sentence are anonymous; "
        f"{found['alone']} by the noun phrase alone"
    )
    print(f"reasons: {found['reason']} of {bases['(names withheld)']}")
    for miss in missed[:show]:
        print("    missed alone:", miss)
    for example in examples[:show]:
        print("   ", *example, sep=" | ")


def _alone(
    text: str, sentence: Span, words: Span, near: Sequence[tuple[Span, Source]], mentions: Sequence[Mention]
) -> bool:
    """Whether the noun phrases alone, with the words that withhold the name blanked out, make a source anonymous."""
    blanked = text[: words.start] + "x" * len(words) + text[words.end :]
    return any(
        s.basis == "anonymous" for s in describe_sources(blanked, [sentence], [span for span, _ in near], mentions)
    )


def cues(folder: Path, limit: int, show: int) -> None:
    attitudes: Counter[str] = Counter()
    known = total = 0
    unknown: Counter[str] = Counter()
    for document in _lines(folder / "polnear_train.jsonl.gz", limit):
        text = document["text"]
        for a in document["attributions"]:
            cue, content = (" ".join(text[s:e] for s, e in a[role]) for role in ("cue", "content"))
            total += 1
            hit = cue.lower() in ("according to", ":", "in") or any(
                is_reporting_cue(lemma_of(word)) for word in _WORD.findall(cue)
            )
            known += hit
            if not hit:
                unknown[cue.lower()] += 1
            attitudes[attitude_of(cue, content)] += 1
    print(f"cues: {100 * known / total:.1f} % of {total} known; attitudes {dict(attitudes.most_common())}")
    if show:
        print("   ", unknown.most_common(3 * show))


def _lines(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for k, line in enumerate(lines):
            if limit is not None and k >= limit:
                return
            yield json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, default=2000, help="PolNeAR articles to read")
    parser.add_argument("--errors", type=int, default=0, help="cases to show")
    arguments = parser.parse_args()
    folder = arguments.data / "attribution"
    statements(folder, arguments.errors)
    withheld(folder, arguments.limit, arguments.errors)
    cues(folder, arguments.limit, arguments.errors)


if __name__ == "__main__":
    main()
