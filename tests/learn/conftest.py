"""Seeded data for the estimators."""

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(20261122)


@pytest.fixture
def blobs(rng):
    """Three overlapping groups of 60 samples in 4 dimensions."""
    X = np.vstack([rng.normal(size=(60, 4)) @ rng.normal(size=(4, 4)) + 3 * rng.normal(size=4) for _ in range(3)])
    return X, np.repeat([0, 1, 2], 60)
