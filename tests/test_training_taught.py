"""What a larger network says of words reaches the small one in the order in which the words stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

WORDS = (("Ana", "said", "so", "."), ("Rain", "fell", ".", "It", "stopped", "."))


@pytest.fixture
def documents() -> list[Any]:
    from training.corpora import Document

    starts = ([0], [0, 3])
    return [Document(list(words), first, {}) for words, first in zip(WORDS, starts, strict=True)]


def _labels() -> int:
    from training.corpora import HEADS, TAUGHT

    return sum(len(HEADS[name]) for name in TAUGHT)


def test_each_document_gets_its_own_words(documents: list[Any], tmp_path: Path) -> None:
    from training.corpora import add_taught

    scores = np.arange(10 * _labels(), dtype=np.float16).reshape(10, -1)
    np.save(tmp_path / "news.npy", scores)
    add_taught(documents, tmp_path, "news")
    assert [len(one.taught) for one in documents] == [4, 6]
    assert np.array_equal(np.concatenate([one.taught for one in documents]), scores)


def test_scores_of_another_corpus_are_refused(documents: list[Any], tmp_path: Path) -> None:
    from training.corpora import add_taught

    np.save(tmp_path / "news.npy", np.zeros((9, _labels()), np.float16))
    with pytest.raises(ValueError, match="9 words where the corpus has 10"):
        add_taught(documents, tmp_path, "news")


def test_a_batch_is_taught_only_where_all_of_it_is(documents: list[Any]) -> None:
    from training.examples import Example, collate

    for one in documents:
        one.taught = np.ones((len(one.words), _labels()), np.float16)
    examples = [Example(one, 0, len(one.words), [[5]] * len(one.words)) for one in documents]
    taught = collate(examples)["taught"]
    assert taught.shape == (2, 6, _labels())
    assert taught[0, 4:].abs().sum() == 0
    documents[1].taught = None
    assert "taught" not in collate(examples)


def test_who_says_the_same_has_nothing_to_learn() -> None:
    from training.network import Annotator

    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=100, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    network = Annotator(transformers.BertModel(config, add_pooling_layer=False)).eval()
    words = torch.randn(1, 3, 32)
    batch = {"sentence": torch.zeros(1, 3), "taught": network.told(words).detach()}
    same = network._taught_loss(words, batch)
    other = network._taught_loss(words, {**batch, "taught": batch["taught"] + torch.randn(1, 3, _labels())})
    assert float(same.detach()) == pytest.approx(0, abs=1e-5)
    assert float(other.detach()) > 0.01
