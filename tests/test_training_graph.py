"""The graph that is laid down for the package computes what the network computes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

HEADS, HIDDEN, WORDS = 4, 64, 6


@pytest.fixture(scope="module")
def network() -> Any:
    """A small network whose heads are far enough from chance that int8 does not turn them."""
    from training.network import Annotator

    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=300, hidden_size=HIDDEN, num_hidden_layers=2, num_attention_heads=HEADS, intermediate_size=128
    )
    made = Annotator(transformers.BertModel(config, add_pooling_layer=False)).eval()
    for parameter in made.parameters():
        if parameter.ndim > 1:
            torch.nn.init.normal_(parameter, std=0.15)
    return made


@pytest.fixture(scope="module")
def named(network: Any) -> dict[str, np.ndarray]:
    """The parameters of the network by name."""
    from training.export import parameters

    return parameters(network, torch.nn.Linear(HIDDEN, 8))


@pytest.fixture(scope="module")
def model(named: dict[str, np.ndarray]) -> Any:
    from training.graph import graph_of

    return graph_of(named, HEADS, {"transitions": "{}"})


@pytest.fixture(scope="module")
def session(model: Any) -> Any:
    import onnxruntime

    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def _window() -> dict[str, np.ndarray]:
    chance = np.random.default_rng(3)
    ids, shapes = chance.integers(0, 300, (1, 11)), chance.integers(0, 8, (1, 11))
    return {
        "ids": ids,
        "shapes": shapes,
        "first": np.array([[1, 2, 4, 5, 7, 9]]),
        "sentence": np.array([[0] * 3 + [1] * 3]),
    }


def _expected(network: Any, window: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    from onrecord.annotate import labels

    ids, shapes, first, sentence = (torch.from_numpy(window[name]) for name in ("ids", "shapes", "first", "sentence"))
    with torch.no_grad():
        words = network.words(ids, torch.ones_like(ids), shapes, first)
        arcs = network.arc.all_pairs(words).masked_fill(sentence.unsqueeze(1) != sentence.unsqueeze(2), -1e4)
        scores = torch.cat([network.taggers[name](words) for name in labels.TAGGERS], -1)
        relation = network.relation.given(words, arcs.argmax(-1))
        link = network.link.all_pairs(words)
    return {"scores": scores.numpy(), "arcs": arcs.numpy(), "relation": relation.numpy(), "link": link.numpy()}


def test_the_graph_gives_the_scores_of_the_network(network: Any, session: Any) -> None:
    window = _window()
    scores, _, _, _, link, meaning = session.run(None, window)
    expected = _expected(network, window)
    for found, wanted in ((scores, expected["scores"]), (link, expected["link"])):
        assert found.shape == wanted.shape
        assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.99
    assert meaning.shape == (1, WORDS, 8)


def test_heads_stay_in_their_sentence_and_relations_follow_them(network: Any, session: Any) -> None:
    window = _window()
    _, _, head, relation, _, _ = session.run(None, window)
    expected = _expected(network, window)
    assert (window["sentence"][0][head[0]] == window["sentence"][0]).all()
    best = expected["arcs"].max(-1)
    assert (np.take_along_axis(expected["arcs"], head[..., None], -1)[..., 0] > best - 0.15 * np.abs(best)).all()
    same = head == expected["arcs"].argmax(-1)
    assert same.mean() > 0.5
    assert (relation == expected["relation"].argmax(-1))[same].mean() > 0.6


def test_a_window_beside_others_of_its_length_is_read_alike(session: Any) -> None:
    alone = session.run(None, _window())
    twice = {name: np.concatenate([values, values]) for name, values in _window().items()}
    twice["first"][1] += twice["ids"].shape[1]
    for one, two in zip(alone, session.run(None, twice), strict=True):
        assert np.allclose(one[0], two[0])
        assert np.allclose(one[0], two[1])


def test_the_parameters_come_back_out_of_the_model(named: dict[str, np.ndarray], model: Any) -> None:
    from training.graph import graph_of
    from training.shipped import parameters_of

    found = parameters_of(model)
    left_out = {name for name in named if name.startswith(("field.", "taggers.silver"))}
    assert set(named) - set(found) == left_out
    for name, array in found.items():
        assert array.shape == named[name].shape
        assert np.abs(array - named[name]).max() <= 0.02 * np.abs(named[name]).max() + 1e-6
    again = {tensor.name: tensor for tensor in graph_of(found, HEADS, {}).graph.initializer}
    for tensor in model.graph.initializer:
        if tensor.name.endswith(".int8"):
            assert again[tensor.name].raw_data == tensor.raw_data
