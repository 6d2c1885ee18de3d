"""Batches: every example once, pairs stay together, augmentation does what it says; summary counts right."""

import numpy as np
import pytest

from glideslope import nn
from glideslope.errors import GlideslopeError, ShapeError

X = np.arange(20.0).reshape(10, 2)
Y = np.arange(10)


def test_every_example_comes_once_and_keeps_its_label() -> None:
    batches = list(nn.DataLoader(X, Y, batch_size=3, rng=np.random.default_rng(0)))
    assert [len(y) for _, y in batches] == [3, 3, 3, 1]
    labels = np.concatenate([y for _, y in batches])
    assert sorted(labels) == list(Y)
    np.testing.assert_array_equal(np.concatenate([x for x, _ in batches]), X[labels].astype(np.float32))


def test_each_epoch_has_another_order_and_a_seed_fixes_all() -> None:
    def orders(seed: int) -> list[list[int]]:
        loader = nn.DataLoader(X, Y, rng=np.random.default_rng(seed))
        return [np.concatenate([y for _, y in loader]).tolist() for _ in range(2)]

    first, second = orders(0)
    assert first != second
    assert orders(0) == [first, second]


def test_without_a_generator_the_order_stays() -> None:
    assert np.concatenate([y for _, y in nn.DataLoader(X, Y, batch_size=4)]).tolist() == list(Y)
    assert len(nn.DataLoader(X, Y, batch_size=4)) == 3


def test_floats_become_single_and_integers_stay() -> None:
    x, y = next(iter(nn.DataLoader(X, Y)))
    assert (x.dtype, y.dtype) == (np.float32, Y.dtype)


def test_lengths_that_differ_are_named() -> None:
    with pytest.raises(
        ShapeError,
        match=r"^DataLoader expected arrays of one length, got lengths \[10, 9\]: pair inputs with their labels\.$",
    ):
        list(nn.DataLoader(X, Y[:9]))


def test_augmentation_needs_a_generator() -> None:
    with pytest.raises(GlideslopeError, match=r"^DataLoader expected rng= for augmentation, got None"):
        list(nn.DataLoader(X, Y, augment=nn.gaussian_noise(0.1)))


def test_a_flip_is_its_own_inverse_and_happens_as_often_as_asked() -> None:
    pictures = np.random.default_rng(0).normal(size=(2000, 1, 2, 3))
    flipped = nn.random_flip(0.25)(pictures, np.random.default_rng(1))
    same = (flipped == pictures).all((1, 2, 3))
    np.testing.assert_array_equal(flipped[~same], pictures[~same][..., ::-1])
    assert abs((~same).mean() - 0.25) < 0.05  # 5 standard errors of 2000 draws


def test_a_shift_moves_each_picture_as_a_whole() -> None:
    """A single bright pixel in the middle lands within the range, and takes all places in it."""
    pictures = np.zeros((500, 1, 5, 5))
    pictures[:, 0, 2, 2] = 1
    moved = nn.random_shift(1)(pictures, np.random.default_rng(0))
    np.testing.assert_array_equal(moved.sum((1, 2, 3)), 1)
    assert (moved.sum((0, 1)) > 0).sum() == 9
    assert (moved.sum((0, 1))[1:-1, 1:-1] > 0).all()


def test_augmentation_leaves_the_data_alone() -> None:
    pictures = np.random.default_rng(0).normal(size=(10, 1, 4, 4)).astype(np.float32)
    before = pictures.copy()
    list(nn.DataLoader(pictures, Y, rng=np.random.default_rng(0), augment=[nn.random_flip(), nn.random_shift(1)]))
    np.testing.assert_array_equal(pictures, before)


def test_the_summary_of_lenet_is_the_hand_count() -> None:
    table = nn.summary(nn.lenet(rng=np.random.default_rng(0)), (1, 1, 28, 28))
    weights = [156, 0, 0, 2416, 0, 0, 0, 48120, 0, 10164, 0, 850]
    assert [row.parameters for row in table.rows] == weights
    assert table.parameters == 61_706
    flops = {row.name: row.flops for row in table.rows}
    assert flops["layers.0"] == 2 * 6 * 25 * 28 * 28
    assert flops["layers.3"] == 2 * 16 * 6 * 25 * 10 * 10
    assert flops["layers.7"] == 2 * 400 * 120
    assert table.rows[5].shape == (1, 16, 5, 5)


def test_the_summary_counts_attention_once() -> None:
    table = nn.summary(nn.TransformerBlock(8, 2, rng=np.random.default_rng(0)), (1, 5, 8))
    assert table.parameters == sum(
        p.size for _, p in nn.TransformerBlock(8, 2, rng=np.random.default_rng(0)).named_parameters()
    )
    assert {row.kind: row.flops for row in table.rows}["MultiHeadAttention"] == 4 * 5 * 5 * 8


def test_the_summary_leaves_the_model_as_it_was() -> None:
    model = nn.Sequential(nn.BatchNorm(4), nn.Linear(4, 2, rng=np.random.default_rng(0)))
    before = {name: array.copy() for name, array in nn.weights(model).items()}
    nn.summary(model, (3, 4))
    assert model.training
    for name, array in nn.weights(model).items():
        np.testing.assert_array_equal(array, before[name])
    from glideslope.nn.module import _watchers

    assert not _watchers


def test_a_shared_layer_is_counted_and_trained_once() -> None:
    shared = nn.Linear(3, 3, rng=np.random.default_rng(0))
    model = nn.Sequential(shared, nn.Tanh(), shared)
    assert nn.summary(model, (1, 3)).parameters == 12
    optimiser = nn.SGD(model, lr=1.0)
    assert optimiser.flat.values.size == 12
    model(np.ones((1, 3), np.float32)).sum().backward()
    assert np.abs(shared.W.grad).min() > 0
