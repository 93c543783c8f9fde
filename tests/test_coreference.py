"""Who is who within one report: short texts, and trees made by hand for what must not depend on the encoder."""

from __future__ import annotations

import json
import time
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bench.scoring.coreference import Tally, best_alignment, read_texts
from onrecord.annotate.annotator import Annotator
from onrecord.annotate.words import tokenise
from onrecord.model import Annotations, Mention, MentionType, Source, Statement, Words, identify
from onrecord.read.source import read_text
from onrecord.resolve.coreference import Antecedents, Chain, resolve_coreference
from onrecord.resolve.coreference.weighing import ALONE, KIND_OF, TRAITS, weights
from onrecord.spans import Span
from training import antecedents

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "coreference.jsonl").read_text(encoding="utf-8").splitlines()
]
RIGHT = 0.8
"""Share of the cases that must come out right: the encoder is trained, so a tree may be wrong."""


def antecedent(notes: Annotations, at: str, head: str) -> str | None:
    """The name for `head`, which stands at the start of the words `at`."""
    text = notes.report.text
    start = text.index(at)
    found = Antecedents(notes, resolve_coreference(notes)).of(Span(start, start + len(head)))
    return found.of(text) if found is not None else None


def test_cases(model: Path) -> None:
    annotator = Annotator(threads=1, model=model)
    wrong = []
    for case in CASES:
        notes = annotator.annotate(read_text(case["text"], "a.txt"))
        told = antecedent(notes, case["mention"], case["head"])
        if told != case["name"]:
            wrong.append(f"{case['says']}: {told!r} for {case['name']!r}")
    assert len(wrong) <= (1 - RIGHT) * len(CASES), "\n".join(wrong)


# -- by hand


def by_hand(text: str, tree: str, names: dict[str, MentionType], *statements: Statement) -> Annotations:
    """A report of one sentence a line; `tree` has `TAG:head:relation` for each word, heads counted from 1."""
    report = read_text(text, "a.txt")
    lines, at = [], 0
    for line in text.splitlines():
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    bare = tokenise(report.text, lines)
    columns = [leaf.split(":") for leaf in tree.split()]
    heads = [int(head) - 1 if head != "0" else k for k, (_, head, _) in enumerate(columns)]
    words = Words(bare.starts, bare.ends, bare.sentence, [c[0] for c in columns], heads, [c[2] for c in columns])
    mentions = []
    for name, kind in names.items():
        span = Span(text.index(name), text.index(name) + len(name))
        mentions.append(Mention(identify("m", report.id, span.start, span.end), span, kind))
    return Annotations(report, tuple(lines), words, mentions=tuple(mentions), statements=statements)


def shown(notes: Annotations) -> list[tuple[str, list[str], list[str]]]:
    text = notes.report.text
    return [
        (chain.head.of(text), [s.of(text) for s in chain.mentions], [s.of(text) for s in chain.descriptions])
        for chain in resolve_coreference(notes)
    ]


def test_name_description_and_pronoun_make_one_chain() -> None:
    notes = by_hand(
        "Ana Ruiz is a doctor .\nThe doctor sold her car .",
        "PROPN:5:nsubj PROPN:1:flat AUX:5:cop DET:5:det NOUN:0:root PUNCT:5:punct "
        "DET:8:det NOUN:9:nsubj VERB:0:root PRON:11:nmod NOUN:9:obj PUNCT:9:punct",
        {"Ana Ruiz": "person"},
    )
    assert shown(notes) == [("Ana Ruiz", ["Ana Ruiz", "The doctor", "her"], ["a doctor"])]


def test_denied_description_joins_nothing() -> None:
    notes = by_hand(
        "Ana Ruiz is not a doctor .\nThe doctor left .",
        "PROPN:6:nsubj PROPN:1:flat AUX:6:cop PART:6:advmod DET:6:det NOUN:0:root PUNCT:6:punct "
        "DET:9:det NOUN:10:nsubj VERB:0:root PUNCT:10:punct",
        {"Ana Ruiz": "person"},
    )
    assert all("Ana Ruiz" not in mentions for _, mentions, _ in shown(notes))


@pytest.mark.parametrize(("directness", "name"), [("direct", "Ana Ruiz"), ("indirect", None)])
def test_i_is_the_speaker_only_inside_a_quotation(directness: Any, name: str | None) -> None:
    text = "“ I left ” , Ana Ruiz said ."
    source = Span(text.index("Ana"), text.index("Ana") + 8)
    content = (Span(0, text.index(",") - 1),)
    said = Statement("s:1", "r", Source(source, "named"), None, content, directness, "speech")
    notes = by_hand(
        text,
        "PUNCT:3:punct PRON:3:nsubj VERB:8:ccomp PUNCT:3:punct PUNCT:8:punct "
        "PROPN:8:nsubj PROPN:6:flat VERB:0:root PUNCT:8:punct",
        {"Ana Ruiz": "person"},
        said,
    )
    assert antecedent(notes, "I left", "I") == name


def test_two_arguments_of_one_verb_are_two() -> None:
    notes = by_hand(
        "Jon Berg saw him .",
        "PROPN:3:nsubj PROPN:1:flat VERB:0:root PRON:3:obj PUNCT:3:punct",
        {"Jon Berg": "person"},
    )
    assert resolve_coreference(notes) == ()


def test_words_without_trees_have_no_chains() -> None:
    report = read_text("Ana Ruiz left. She returned.", "a.txt")
    assert resolve_coreference(Annotations(report, (), tokenise(report.text, [Span(0, 28)]))) == ()


def test_a_chain_of_one_has_no_constructor() -> None:
    with pytest.raises(ValueError, match="one mention"):
        Chain((Span(0, 3),), Span(0, 3), named=True)


@pytest.mark.parametrize("shape", ["chain", "flat"])
def test_time_grows_with_the_text_alone(shape: str) -> None:
    """One sentence of 20,000 words, as a chain from end to end or as one head with all others below it."""
    count = 20_000
    text = " ".join(("Berg", "it", "himself", "crews")[k % 4] for k in range(count))
    report = read_text(text, "a.txt")
    bare = tokenise(report.text, [Span(0, len(text))])
    heads = [max(0, k - 1) for k in range(count)] if shape == "chain" else [0] * count
    tags = [("PROPN", "PRON", "PRON", "NOUN")[k % 4] for k in range(count)]
    relations = [("nsubj", "obj", "obj", "conj")[k % 4] for k in range(count)]
    words = Words(bare.starts, bare.ends, bare.sentence, tags, heads, relations)
    begun = time.process_time()
    resolve_coreference(Annotations(report, (Span(0, len(text)),), words))
    assert time.process_time() - begun < 20


# -- the measure


def test_measures_of_the_published_example() -> None:
    """Key {a b c} {d e f g}, response {a b} {c d} {f g h i}: figures of Pradhan et al. 2014, section 4."""
    a, b, c, d, e, f, g, h, i = ((k, k + 1) for k in range(9))
    tally = Tally()
    tally.add(
        [frozenset((a, b)), frozenset((c, d)), frozenset((f, g, h, i))], [frozenset((a, b, c)), frozenset((d, e, f, g))]
    )
    assert (round(tally.muc.recall), round(tally.muc.precision)) == (40, 40)
    assert (round(tally.b_cubed.recall), round(tally.b_cubed.precision)) == (42, 50)
    assert (round(tally.ceaf.recall), round(tally.ceaf.precision)) == (65, 43)


def test_alignment_is_one_to_one() -> None:
    numpy = pytest.importorskip("numpy")
    assert best_alignment(numpy.array([[5.0, 4.0], [4.0, 0.0], [1.0, 1.0]])) == 8.0
    assert best_alignment(numpy.zeros((0, 3))) == 0.0


def test_corpus_is_laid_out_as_it_was_written() -> None:
    lines = [
        "# newdoc id = made_up",
        "# newpar",
        "1\tAna\t_\tPROPN\t_\t_\t4\tnsubj\t_\tEntity=(1)",
        "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_",
        "2\tdid\t_\tAUX\t_\t_\t4\taux\t_\t_",
        "3\tn't\t_\tPART\t_\t_\t4\tadvmod\t_\t_",
        "4\tsell\t_\tVERB\t_\t_\t0\troot\t_\t_",
        "5\ther\t_\tPRON\t_\t_\t6\tnmod:poss\t_\tEntity=(2(1)",
        "6\tcar\t_\tNOUN\t_\t_\t4\tobj\t_\tEntity=2)|SpaceAfter=No",
        "7\t.\t_\tPUNCT\t_\t_\t4\tpunct\t_\t_",
        "",
    ]
    (text,) = read_texts(lines)
    assert text.text.strip() == "Ana didn't sell her car."
    assert text.clusters == [frozenset({(0, 1), (4, 5)})]


def test_what_somebody_owns_now_was_told_before() -> None:
    tree = "DET:2:det NOUN:3:nsubj VERB:0:root PUNCT:3:punct PRON:6:nmod NOUN:7:nsubj VERB:0:root PUNCT:7:punct"
    chains = shown(by_hand("The appeal failed .\nTheir appeal failed .", tree, {}))
    assert [mentions[:2] for _, mentions, _ in chains] == [["The appeal", "Their appeal"]]


def test_what_another_owns_is_another() -> None:
    tree = "PRON:2:nmod NOUN:3:nsubj VERB:0:root PUNCT:3:punct PRON:6:nmod NOUN:7:nsubj VERB:0:root PUNCT:7:punct"
    chains = shown(by_hand("My appeal failed .\nTheir appeal failed .", tree, {}))
    assert not any({"My appeal", "Their appeal"} <= set(mentions) for _, mentions, _ in chains)


def test_weights_that_ship_name_traits_that_there_are() -> None:
    table = tomllib.loads((resources.files("onrecord") / "data" / "antecedents.toml").read_text(encoding="utf-8"))
    assert table.keys() == set(KIND_OF.values()) == weights().keys()
    for own in table.values():
        assert own["candidate"].keys() <= TRAITS.keys()
        assert own["none"].keys() <= ALONE.keys()


def test_weights_written_are_the_weights_read() -> None:
    shipped = (resources.files("onrecord") / "data" / "antecedents.toml").read_text(encoding="utf-8")
    assert antecedents.written(weights()) == shipped
