"""The classical algorithms, short enough to read: estimators with hand-derived gradients and scikit-learn's conventions.

Each file is one algorithm and opens with its idea and equation. They are loaded on first use.
"""

import importlib
from typing import Any

_HOME = {
    "AgglomerativeClustering": "agglomerative",
    "DBSCAN": "dbscan",
    "GaussianMixture": "gaussian_mixture",
    "GaussianNB": "gaussian_nb",
    "KMeans": "kmeans",
    "KNeighborsClassifier": "knn",
    "KNeighborsRegressor": "knn",
    "LinearRegression": "linear_regression",
    "LogisticRegression": "logistic_regression",
    "MLPClassifier": "mlp",
    "MLPRegressor": "mlp",
    "MahalanobisDetector": "outliers",
    "PCA": "pca",
    "Perceptron": "perceptron",
    "PolynomialFeatures": "polynomial_features",
    "ResidualDetector": "outliers",
    "Ridge": "linear_regression",
    "SoftmaxRegression": "softmax_regression",
    "StandardScaler": "standard_scaler",
}
_ROOMS = ("metrics", "plot", "splits")

__all__ = [*_HOME, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    elif name in _ROOMS:
        value = importlib.import_module(f"{__name__}.{name}")
    else:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'; it has {', '.join(__all__)}")
    globals()[name] = value  # found once, then as fast as any name
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
