"""Each optimiser equals torch.optim, step for step; schedules and clipping equal torch's."""

from typing import Any

import numpy as np
import pytest
from tests.oracles import peer, torch_optimiser_path

from glideslope import nn
from glideslope.autograd import GraphError, Tensor
from glideslope.errors import GlideslopeError

RULES: list[tuple[str, type, dict[str, Any], str, dict[str, Any]]] = [
    ("sgd", nn.SGD, {"lr": 0.1}, "SGD", {"lr": 0.1}),
    ("sgd_decay", nn.SGD, {"lr": 0.1, "weight_decay": 0.1}, "SGD", {"lr": 0.1, "weight_decay": 0.1}),
    ("momentum", nn.SGD, {"lr": 0.1, "momentum": 0.9}, "SGD", {"lr": 0.1, "momentum": 0.9}),
    (
        "nesterov",
        nn.SGD,
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        "SGD",
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
    ),
    ("adagrad", nn.Adagrad, {"lr": 0.1}, "Adagrad", {"lr": 0.1}),
    ("rmsprop", nn.RMSProp, {"lr": 0.1, "rho": 0.9}, "RMSprop", {"lr": 0.1, "alpha": 0.9}),
    ("adadelta", nn.Adadelta, {"lr": 0.5}, "Adadelta", {"lr": 0.5, "rho": 0.9}),
    ("adam", nn.Adam, {"lr": 0.1, "betas": (0.8, 0.99)}, "Adam", {"lr": 0.1, "betas": (0.8, 0.99)}),
    ("adam_decay", nn.Adam, {"lr": 0.1, "weight_decay": 0.1}, "Adam", {"lr": 0.1, "weight_decay": 0.1}),
    ("adamw", nn.AdamW, {"lr": 0.1, "weight_decay": 0.2}, "AdamW", {"lr": 0.1, "weight_decay": 0.2}),
]
every = pytest.mark.parametrize(
    ("ours", "options", "theirs", "their_options"), [r[1:] for r in RULES], ids=[r[0] for r in RULES]
)


class Point(nn.Module):
    """A vector of parameters and nothing else."""

    def __init__(self, theta: np.ndarray) -> None:
        self.theta = Tensor(theta, needs_grad=True)

    def forward(self) -> Tensor:
        return self.theta * 1.0


START = np.random.default_rng(0).normal(size=7)
GRADIENTS = np.random.default_rng(1).normal(size=(12, 7)) * np.logspace(-3, 2, 7)


def path(optimiser: nn.Optimiser, model: Point) -> np.ndarray:
    steps = []
    for g in GRADIENTS:
        optimiser.zero_grad()
        model().backward(g)
        optimiser.step()
        steps.append(model.theta.value.copy())
    return np.array(steps)


@every
def test_each_step_equals_torch(ours: type, options: dict, theirs: str, their_options: dict) -> None:
    model = Point(START)
    # float64; the same formula in another order of operations, 12 steps
    np.testing.assert_allclose(
        path(ours(model, **options), model), torch_optimiser_path(theirs, START, GRADIENTS, **their_options), rtol=1e-11
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (nn.Adagrad, "Adagrad"),
        (nn.RMSProp, "RMSprop"),
        (nn.Adadelta, "Adadelta"),
        (nn.Adam, "Adam"),
        (nn.AdamW, "AdamW"),
    ],
)
def test_defaults_are_those_of_torch(ours: type, theirs: str) -> None:
    model = Point(START)
    np.testing.assert_allclose(path(ours(model), model), torch_optimiser_path(theirs, START, GRADIENTS), rtol=1e-11)


@every
def test_the_gradient_is_left_alone(ours: type, options: dict, theirs: str, their_options: dict) -> None:
    model = Point(START)
    optimiser = ours(model, **options)
    model().backward(GRADIENTS[0])
    optimiser.step()
    np.testing.assert_array_equal(optimiser.flat.gradients, GRADIENTS[0])


@every
def test_a_rate_of_zero_moves_nothing(ours: type, options: dict, theirs: str, their_options: dict) -> None:
    model = Point(START)
    path(ours(model, **{**options, "lr": 0.0}), model)
    np.testing.assert_array_equal(model.theta.value, START)


def test_parameters_of_many_layers_move_as_one_vector() -> None:
    model = nn.mlp(3, 4, 2, rng=np.random.default_rng(0))
    optimiser = nn.Adam(model, lr=0.1)
    assert all(p._value.base is optimiser.flat.values for _, p in model.named_parameters())


def test_a_model_that_moved_its_parameters_is_noticed() -> None:
    model = nn.mlp(3, 4, 2, rng=np.random.default_rng(0))
    optimiser = nn.SGD(model, lr=0.1)
    model.astype(np.float64)
    words = (
        r"^The optimiser expected the parameters it was made for, but the model has moved them to another vector "
        r"\(astype, or part of a larger model since\): make the optimiser last\.$"
    )
    with pytest.raises(GraphError, match=words):
        optimiser.step()


def test_a_step_between_forward_and_backward_is_noticed() -> None:
    model = nn.mlp(3, 4, 2, rng=np.random.default_rng(0))
    optimiser = nn.SGD(model, lr=0.1)
    y = model(np.ones((1, 3), np.float32)).sum()
    optimiser.step()
    with pytest.raises(GraphError, match="changed in place since"):
        y.backward()


def test_a_negative_rate_is_refused() -> None:
    optimiser = nn.SGD(Point(START), lr=lambda t: -1.0)
    with pytest.raises(
        GlideslopeError, match=r"^step expected a learning rate of at least 0, got -1\.0: check the schedule\.$"
    ):
        optimiser.step()


def test_mixed_precision_is_refused() -> None:
    model = nn.Sequential(
        nn.Linear(2, 2, rng=np.random.default_rng(0)), nn.Linear(2, 2, rng=np.random.default_rng(0)).astype(np.float64)
    )
    words = r"^flatten expected parameters of one dtype, got \['float32', 'float64'\]: use model\.astype\(\)\.$"
    with pytest.raises(GlideslopeError, match=words):
        nn.SGD(model, lr=0.1)


def test_schedules_equal_torch() -> None:
    torch = peer("torch")
    steps = 20
    for ours, theirs in [
        (nn.step_decay(0.1, every=3, factor=0.5), lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5)),
        (
            nn.cosine_decay(0.1, steps=steps, lr_min=0.01),
            lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, steps, 0.01),
        ),
        (nn.warm_up(0.1, steps=5), lambda o: torch.optim.lr_scheduler.LinearLR(o, 0.2, 1.0, 4)),
    ]:
        optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
        scheduler = theirs(optimiser)
        for t in range(steps):
            assert abs(ours(t) - optimiser.param_groups[0]["lr"]) < 1e-15
            optimiser.step()
            scheduler.step()


def test_a_schedule_drives_the_steps() -> None:
    model = Point(np.zeros(1))
    optimiser = nn.SGD(model, lr=nn.step_decay(1.0, every=1, factor=0.5))
    places = []
    for _ in range(3):
        optimiser.zero_grad()
        model().backward(np.array([-1.0]))
        optimiser.step()
        places.append(model.theta.item())
    assert places == [1.0, 1.5, 1.75]


@pytest.mark.parametrize("scale", [0.01, 100.0])
def test_clipping_by_norm_equals_torch(scale: float) -> None:
    torch = peer("torch")
    model = Point(START)
    model().backward(scale * GRADIENTS[0])
    parameter = torch.nn.Parameter(torch.tensor(START))
    parameter.grad = torch.tensor(scale * GRADIENTS[0])
    expected = torch.nn.utils.clip_grad_norm_([parameter], 1.0).item()
    assert abs(nn.clip_by_norm(model, 1.0) - expected) < 1e-12 * expected
    np.testing.assert_allclose(model.theta.grad, parameter.grad.numpy(), rtol=1e-12)


def test_clipping_by_value_cuts_each_entry() -> None:
    model = Point(START)
    model().backward(GRADIENTS[0])
    nn.clip_by_value(model, 0.5)
    np.testing.assert_array_equal(model.theta.grad, np.clip(GRADIENTS[0], -0.5, 0.5))
