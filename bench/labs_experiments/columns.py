"""Fit one regressor for each column of a target: the estimators of `glideslope.learn` predict one number."""

import numpy as np


def fit_columns(make, X, Y):
    """Return a function that predicts all columns; `make()` gives a fresh estimator."""
    models = [make().fit(X, column) for column in Y.T]
    return lambda Z: np.column_stack([model.predict(Z) for model in models])
