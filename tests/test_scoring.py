"""The quality gate counts what it says it counts: known figures of small, hand-made cases."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.quality import LAYERS, Layer, described, digests, main, read_floors, row_of, run, unanswered
from bench.scoring import attribution, basis, events, factuality, syntax
from bench.scoring.coreference import silver_text
from bench.scoring.figures import Figure, Hits
from bench.scoring.speech import is_quoted, is_speech
from bench.scoring.tokens import labelled_runs, laid_out
from bench.scoring.units import Units, dice
from bench.scoring.workbench import Workbench
from onrecord.model import Source, Statement, Words
from onrecord.spans import Span

TEXT = "The harbour will close, the mayor said on Monday. Fishermen fear the loss of their boats."


def spans(*pieces: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)


def roles(source: str, cue: str, content: str) -> attribution.Fragments:
    named = {"source": source, "cue": cue, "content": content}
    return {role: spans(piece) if piece else () for role, piece in named.items()}


MAYOR = roles("the mayor", "said", "The harbour will close")
FEAR = roles("Fishermen", "fear", "the loss of their boats")


def values(figures: list[Figure]) -> dict[str, float]:
    return {figure.measure: round(figure.value, 4) for figure in figures}


def scored(ours: list[attribution.Fragments], gold: list[attribution.Fragments]) -> dict[str, float]:
    everything, speech = attribution.Counts(), attribution.Counts()
    attribution.add_document(everything, speech, TEXT, ours, gold)
    return values(list(attribution.figures(everything, speech)))


# ------------------------------------------------------------------------------------------- counting


def test_f1_counts_each_item_as_often_as_both_sides_have_it() -> None:
    hits = Hits()
    hits.add(["a", "a", "b"], ["a", "c"])
    hits.add(["d"], ["d", "e"])
    assert (hits.right, hits.found, hits.wanted) == (2, 4, 4)
    assert (hits.precision, hits.recall, hits.f1) == (50.0, 50.0, 50.0)
    assert Hits().f1 == 0.0


def test_spans_of_labels() -> None:
    labels = "O B-PER I-PER B-PER O I-LOC I-ORG I-ORG".split()
    assert labelled_runs(labels) == {(1, 3, "PER"), (3, 4, "PER"), (5, 6, "LOC"), (6, 8, "ORG")}


def test_words_find_the_way_back_to_tokens() -> None:
    document = laid_out(["They", "didn't", "re-open", "it", ".", "Why", "?"], [0, 5])
    words = [document.text[a:b] for a, b in zip(document.words.starts, document.words.ends, strict=True)]
    assert words == ["They", "did", "n't", "re", "-", "open", "it", ".", "Why", "?"]
    assert document.owner == [0, 1, 1, 2, 2, 2, 3, 4, 5, 6]
    assert document.first == [0, 1, 3, 6, 7, 8, 9]
    assert document.words.sentence == [0] * 8 + [1] * 2
    assert document.token_spans([(2, 5, "X")]) == {(1, 3, "X")}
    assert document.of_tokens(list(range(10)), -1) == [0, 1, 3, 6, 7, 8, 9]


def test_a_token_without_a_word_has_the_default_label() -> None:
    document = laid_out(["so", "\u3000", "what"], [0])
    assert document.of_tokens(["A", "B"], "none") == ["A", "none", "B"]


# ------------------------------------------------------------------------------------------- syntax


def test_attachment() -> None:
    gold = syntax.given(
        ["PRON", "VERB", "PUNCT", "NOUN"], [2, 0, 2, 0], ["nsubj:pass", "root", "punct", "root"], [0, 3]
    )
    assert [leaf.head for leaf in gold] == [1, syntax.ROOT, 1, syntax.ROOT]
    ours = [gold[0], gold[1], syntax.Leaf(0, "punct", "PUNCT"), syntax.Leaf(syntax.ROOT, "dep", "VERB")]
    counts = syntax.Counts()
    counts.add(ours, gold)
    assert (counts.tokens, counts.tags, counts.heads, counts.labelled) == (4, 3, 3, 2)


def test_a_head_within_a_token_is_passed_over() -> None:
    document = laid_out(["They", "re-open", "it"], [0])
    tags, relations = ["PRON", "X", "PUNCT", "VERB", "PRON"], ["nsubj", "compound", "punct", "root", "obj"]
    words = Words(document.words.starts, document.words.ends, [0] * 5, tags, [3, 3, 3, 3, 3], relations)
    found = syntax.found(document, words)
    assert [leaf.head for leaf in found] == [1, syntax.ROOT, 1]
    assert [leaf.relation for leaf in found] == ["nsubj", "root", "obj"]
    assert [leaf.tag for leaf in found] == ["PRON", "X", "PRON"]


# ------------------------------------------------------------------------------------------- events


def test_modality_is_judged_only_on_events_that_a_person_judged() -> None:
    hits = {name: Hits() for name in events.MODALITIES}
    events.add_modality(
        hits,
        ["OCCURRENCE", "STATE", "O", "OCCURRENCE", "REPORTING"],
        ["NEG", "POS", "O", "X", "MODAL"],
        ["NEG", "FUT", "NEG", "NEG", "POS"],
    )
    assert [(one.right, one.found, one.wanted) for one in hits.values()] == [(1, 1, 1), (0, 0, 1), (0, 1, 0)]


def test_factuality() -> None:
    figures = values(list(factuality.figures([3.0, 1.0, -2.0, 0.0], [2.0, 2.0, -3.0, 1.0])))
    assert figures == {
        "mean absolute error": 1.0,
        "Pearson's r": 0.8745,
        "three-way accuracy": 75.0,
        "three-way accuracy at 1": 75.0,
    }


def test_an_encoder_that_says_the_same_of_all_events_correlates_with_nothing() -> None:
    assert values(list(factuality.figures([1.0, 1.0], [2.0, 3.0])))["Pearson's r"] == 0.0


# ------------------------------------------------------------------------------------------- attribution


def test_units_are_words_that_share_a_character_with_the_span() -> None:
    units = Units("Mr. O’Neil said: “No.”")
    assert units.of([Span(5, 12)]) == {1, 2}
    assert units.of([Span(15, 18)]) == frozenset()
    assert units.of([Span(0, 2), Span(18, 20)]) == {0, 3}


def test_agreement_of_sets() -> None:
    assert dice(frozenset({1, 2, 3}), frozenset({3})) == 0.5
    assert dice(frozenset(), frozenset()) == 1.0
    assert dice(frozenset(), frozenset({1})) == 0.0


def test_the_same_attributions_score_full_marks() -> None:
    assert set(scored([MAYOR, FEAR], [MAYOR, FEAR]).values()) == {100.0}


def test_half_of_the_words_and_a_touched_cue_are_enough() -> None:
    ours = roles("mayor", "said on Monday", "harbour will close")
    assert scored([ours], [MAYOR])["full_50 F1"] == 100.0
    assert scored([ours], [MAYOR])["exact content F1"] == 0.0
    assert scored([roles("mayor", "Monday", "harbour will close")], [MAYOR])["full_50 F1"] == 0.0
    assert scored([roles("mayor", "said", "close")], [MAYOR])["full_50 F1"] == 0.0
    assert scored([roles("", "said", "The harbour will close")], [MAYOR])["full_50 F1"] == 0.0


def test_marks_at_the_edges_do_not_matter() -> None:
    assert scored([roles("the mayor", "said", "The harbour will close,")], [MAYOR])["exact content F1"] == 100.0


def test_what_is_found_twice_is_right_once() -> None:
    figures = scored([MAYOR, MAYOR], [MAYOR])
    assert figures["full_50 F1"] == round(100 * 2 / 3, 4)
    assert figures["exact source F1"] == 100.0


def test_pairs_make_the_best_sum_and_not_the_best_first_pair() -> None:
    units = Units(TEXT)
    wanted = [attribution.compared(TEXT, units, one) for one in (MAYOR, FEAR)]
    wide = roles("", "said", "close, the mayor said on Monday. Fishermen fear the loss of their")
    narrow = roles("Fishermen", "", "the loss of their boats")
    found = [attribution.compared(TEXT, units, one) for one in (narrow, wide)]
    assert sorted(attribution.paired(found, wanted)) == [(0, 1), (1, 0)]


def test_speech_leaves_out_both_what_is_no_speech_and_what_was_found_for_it() -> None:
    figures = scored([MAYOR, FEAR], [MAYOR, FEAR])
    assert figures["full_50 F1, speech"] == 100.0
    assert scored([MAYOR, roles("", "said", "their boats")], [MAYOR, FEAR])["full_50 F1, speech"] == 100.0
    spurious = roles("the mayor", "said", "Monday")
    assert scored([MAYOR, spurious], [MAYOR])["full_50 F1, speech"] == round(100 * 2 / 3, 4)


@pytest.mark.parametrize(
    ("text", "speech"),
    [("said", True), ("has never denied", True), ("according to", True), ("hopes", False), ("wants", False)],
)
def test_speech_is_known_by_its_cue(text: str, speech: bool) -> None:
    assert is_speech(text, [Span(0, len(text))], []) is speech


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("“We will go.”", True), ('"We will go",', True), ("“We” will go", False), ("we will go", False)],
)
def test_speech_is_known_by_its_marks(text: str, quoted: bool) -> None:
    assert is_quoted(text, [Span(0, len(text))]) is quoted
    assert is_speech(text, [], [Span(0, len(text))]) is quoted


def test_the_report_itself_attributes_nothing() -> None:
    def statement(source: Span | None, cue: Span | None, directness: str) -> Statement:
        known = Source(source, "named" if source else "report")
        return Statement("s:1", "r:1", known, cue, (Span(0, 5),), directness, "speech")  # type: ignore[arg-type]

    own = statement(None, None, "indirect")
    others = [statement(Span(6, 8), Span(9, 10), "indirect"), statement(None, Span(9, 10), "indirect")]
    orphan = statement(None, None, "direct")
    assert attribution.attributed([own, *others, orphan]) == [*others, orphan]


def test_predictions_are_written_in_the_form_of_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    attribution.write_predictions(path, [attribution.prediction("one", [MAYOR])])
    read = json.loads(path.read_text("utf-8"))
    assert attribution.given(read) == [MAYOR]
    assert read["doc_id"] == "one"


# ------------------------------------------------------------------------------------------- basis


def test_basis_is_judged_on_the_statement_that_shares_most_words() -> None:
    item = {
        "text": TEXT,
        "sourced": [
            {"span": [0, 22], "type_raw": "Named Person", "just_spans": [[24, 33]]},
            {"span": [61, 88], "type_raw": "Unnamed group of people", "just_spans": []},
            {"span": None, "type_raw": "Document", "just_spans": []},
            {"span": [39, 48], "type_raw": "Document", "just_spans": []},
        ],
    }
    said = Statement(
        "s:1", "r:1", Source(spans("the mayor")[0], "role"), None, spans("The harbour will close"), "indirect", "speech"
    )
    fear = Statement(
        "s:2", "r:1", Source(spans("Fishermen")[0], "role"), None, spans("loss of their boats"), "indirect", "belief"
    )
    figures = values(list(basis.figures(list(basis.judged(item, [said, fear], {})))))
    assert figures == {
        "statements found": round(100 * 2 / 3, 4),
        "accuracy on found": 50.0,
        "nameless sources F1": round(100 * 2 / 3, 4),
        "justification found": 100.0,
        "touched by own words": 100.0,
    }


def test_a_justification_is_found_where_the_source_is_introduced() -> None:
    elsewhere = [TEXT.index("loss"), TEXT.index("loss") + 4]
    item = {"text": TEXT, "sourced": [{"span": [0, 22], "type_raw": "Named Person", "just_spans": [elsewhere]}]}
    source = Source(spans("the mayor")[0], "role")
    said = Statement("s:1", "r:1", source, None, spans("The harbour will close"), "indirect", "speech")
    judged = list(basis.judged(item, [said], {"s:1": spans("loss of their boats")}))
    found = values(list(basis.figures(judged)))
    assert (found["justification found"], found["touched by own words"]) == (100.0, 0.0)


# ------------------------------------------------------------------------------------------- the gate


def test_a_figure_is_held_against_its_floor_as_it_is_shown() -> None:
    floors = {("times", "D", "F1"): 84.0, ("factuality", "D", "error"): 0.46}
    assert row_of(Figure("times", "D", "F1", 83.96), floors).verdict == "pass"
    assert row_of(Figure("times", "D", "F1", 83.94), floors).verdict == "FAIL"
    assert row_of(Figure("times", "D", "F1", float("nan")), floors).verdict == "FAIL"
    assert row_of(Figure("factuality", "D", "error", 0.47, lower_is_better=True, digits=3), floors).verdict == "FAIL"
    assert row_of(Figure("factuality", "D", "error", 0.4, lower_is_better=True, digits=3), floors).verdict == "pass"
    assert row_of(Figure("times", "D", "no floor", 1.0), floors).verdict == ""


def test_a_floor_that_no_figure_answers_to_fails() -> None:
    floors = {("times", "D", "F1"): 84.0, ("speed", "D", "words/s"): 1.0}
    assert [row.measure for row in unanswered("times", [], floors)] == ["F1"]
    assert all(row.failed for row in unanswered("times", [], floors))
    assert not list(unanswered("times", [Figure("times", "D", "F1", 1.0)], floors))


def test_floors_are_read_by_layer_data_and_measure(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[entities."CoNLL++"]\n"F1" = 93\n', encoding="utf-8")
    assert read_floors(path) == {("entities", "CoNLL++", "F1"): 93.0}


def test_pinned_floors_are_of_layers_that_exist() -> None:
    floors = read_floors(Path(__file__).parent.parent / "bench" / "floors.toml")
    assert {layer for layer, *_ in floors} <= {layer.name for layer in LAYERS}


@pytest.mark.parametrize("allowed", [True, False])
def test_missing_data_is_said(tmp_path: Path, allowed: bool, capsys: pytest.CaptureFixture[str]) -> None:
    layer = Layer("entities", ("annotator/none_{split}.jsonl.gz",), lambda bench: iter(()))
    rows, figures = run(Workbench(tmp_path), [layer], {}, allowed)
    assert [row.failed for row in rows] == [not allowed]
    assert not figures
    assert "none_dev.jsonl.gz" in capsys.readouterr().out


def test_the_exit_status_tells_of_missing_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["quality.py", "--data", str(tmp_path), "--layer", "entities"])
    assert main() == 1
    monkeypatch.setattr("sys.argv", ["quality.py", "--data", str(tmp_path), "--layer", "entities", "--allow-missing"])
    assert main() == 0


def test_the_split_stands_in_the_names_of_files(tmp_path: Path) -> None:
    for name, token in (("x_dev.jsonl.gz", "a"), ("x_held.jsonl.gz", "b")):
        (tmp_path / name).write_bytes(gzip.compress(json.dumps({"tokens": [token]}).encode() + b"\n"))
    assert [item["tokens"] for item in Workbench(tmp_path, "held").objects("x_{split}.jsonl.gz")] == [["b"]]


def test_digests_differ_with_the_data_and_cover_folders(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.tml").write_text("one", encoding="utf-8")
    (tmp_path / "file").write_text("abc", encoding="utf-8")
    layer = Layer("times", ("folder", "file"), lambda bench: iter(()))
    before = digests(Workbench(tmp_path), [layer])
    assert before["file"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "folder" / "a.tml").write_text("two", encoding="utf-8")
    after = digests(Workbench(tmp_path), [layer])
    assert before["file"] == after["file"]
    assert before["folder"] != after["folder"]


def test_json_keeps_figures_unrounded() -> None:
    figure = Figure("times", "D", "F1", 83.96)
    told = described([row_of(figure, {})], [figure], {"file": "00"})
    assert told["figures"] == [{"layer": "times", "data": "D", "measure": "F1", "value": 83.96, "verdict": None}]
    assert told["sha256"] == {"file": "00"}


def test_silver_chains_are_read_as_spans_of_tokens() -> None:
    item = {
        "doc_id": "a",
        "b": [0, 4, 9],
        "e": [3, 8, 10],
        "p": ["NNP", "VBD", "."],
        "h": [1, -1, 1],
        "coref": [[[0, 1, 0, 1], [1, 2, 1, 0]], [[2, 3, 2, 1]]],
    }
    text = silver_text(item, "Ann left .")
    assert text.heads == [1, 1, 1]
    assert text.tag_of((0, 1)) == "PROPN"
    assert text.clusters == [frozenset({(0, 1), (1, 2)})]
