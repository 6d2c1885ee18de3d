"""What every estimator shares: parameters that can be listed and set, checks at the door, and progress on long fits.

The conventions are scikit-learn's, so its pipelines and searches accept our estimators, but none of its code is used.
A constructor only stores; `fit` returns the estimator; what was learned ends in an underscore.
"""

import inspect
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, Int, ndarray
from glideslope.learn import _sklearn
from glideslope.learn._inputs import demand_classes, read_classes, read_X


class Estimator:
    """Base of all estimators: parameters, tags, checks."""

    _kind: ClassVar[str] = ""  # scikit-learn's word: classifier, regressor, clusterer, transformer, outlier_detector
    _float32: ClassVar[bool] = False  # a transformer that returns float32 for float32
    n_features_in_: int

    def __init_subclass__(cls) -> None:
        cls.__module__ = "glideslope.learn"  # the path people import from

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the constructor's arguments by name."""
        return {name: getattr(self, name) for name in _parameters(type(self))}

    def set_params(self, **params: Any) -> "Estimator":
        """Set constructor arguments by name and return the estimator."""
        known = _parameters(type(self))
        for name, value in params.items():
            if name not in known:
                raise ValueError(
                    f"{type(self).__name__}.set_params expected one of {', '.join(known) or 'no parameters'} "
                    f"and got {name!r}; check the spelling."
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        signature = inspect.signature(type(self)).parameters
        changed = [
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if not _equal(value, signature[name].default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_tags__(self) -> Any:
        return _sklearn.tags(self._kind, float32=self._float32)

    def _where(self, method: str) -> str:
        return f"{type(self).__name__}.{method}"

    def _read_fit(self, X: ArrayLike, method: str = "fit", **options: Any) -> Float[ndarray, "n d"]:
        X = read_X(X, self._where(method), **options)
        self.n_features_in_ = X.shape[1]
        return X

    def _read(self, X: ArrayLike, method: str) -> Float[ndarray, "n d"]:
        """Check X for a method that needs a fitted estimator."""
        self._demand_fit(method)
        X = read_X(X, self._where(method))
        if X.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X has {X.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} features "
                f"as input; pass the columns that fit saw, in the same order."
            )
        return X

    def _demand_fit(self, method: str) -> None:
        if not hasattr(self, "n_features_in_"):
            raise _sklearn.not_fitted_error()(
                f"{self._where(method)} needs a fitted {type(self).__name__} and this one is not fitted yet; "
                f"call fit first."
            )


class Classifier(Estimator):
    """Base of classifiers: score is accuracy."""

    _kind = "classifier"
    classes_: ndarray

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the share of samples whose class is predicted right."""
        return float(np.mean(self.predict(X) == np.asarray(y)))

    def predict(self, X: ArrayLike) -> ndarray:
        """Return one class per row of X."""
        raise NotImplementedError

    def _read_piece(
        self, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None, first: bool
    ) -> tuple[Float[ndarray, "n d"], Int[ndarray, " n"]]:
        """Check a piece of a stream; the first one settles the width and lists the `classes` (default: those in y)."""
        where = self._where("partial_fit")
        if first:
            X = self._read_fit(X, "partial_fit")
            self.classes_ = read_classes(y, len(X), where)[0] if classes is None else np.unique(np.asarray(classes))
            demand_classes(self.classes_, where)
        X = self._read(X, "partial_fit")
        return X, read_classes(y, len(X), where, classes=self.classes_)[1]


class Regressor(Estimator):
    """Base of regressors: score is R²."""

    _kind = "regressor"

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 is as good as the mean."""
        y = np.asarray(y, dtype=np.float64)
        residual = float(np.sum((y - self.predict(X)) ** 2))
        spread = float(np.sum((y - y.mean()) ** 2))
        return 1 - residual / spread if spread else float(residual == 0)

    def predict(self, X: ArrayLike) -> ndarray:
        """Return one number per row of X."""
        raise NotImplementedError


class Transformer(Estimator):
    """Base of transformers: fit_transform is fit, then transform."""

    _kind = "transformer"

    def fit_transform(self, X: ArrayLike, y: Any = None) -> ndarray:
        """Fit to X and return X transformed."""
        return self.fit(X, y).transform(X)

    def fit(self, X: ArrayLike, y: Any = None) -> "Transformer":
        """Learn from X; y is accepted so that pipelines may pass it."""
        raise NotImplementedError

    def transform(self, X: ArrayLike) -> ndarray:
        """Return X transformed."""
        raise NotImplementedError


@contextmanager
def interruptible(name: str) -> Iterator[None]:
    """Let Ctrl-C end a fit early and keep what it has."""
    try:
        yield
    except (KeyboardInterrupt, SystemError) as stop:
        if not _was_interrupt(stop):
            raise
        warnings.warn(f"{name}.fit was interrupted and keeps what it had learned by then.", stacklevel=3)


def _was_interrupt(error: BaseException | None) -> bool:
    """Ctrl-C inside a compiled kernel, or inside its compiler, comes out as SystemErrors that the KeyboardInterrupt caused."""
    while isinstance(error, SystemError):
        error = error.__cause__ or error.__context__
    return isinstance(error, KeyboardInterrupt)


def progress(steps: Iterable[int], verbose: bool, name: str) -> Iterable[int]:
    """Show a progress bar over `steps` when asked to: tqdm's when installed, else one line per step."""
    if not verbose:
        return steps
    try:
        from tqdm import tqdm
    except ImportError:
        return _plain_progress(steps, name)
    return tqdm(steps, desc=name)


def _plain_progress(steps: Iterable[int], name: str) -> Iterator[int]:
    for step in steps:
        print(f"{name}: step {step + 1}", file=sys.stderr)
        yield step


def _parameters(cls: type) -> list[str]:
    if cls.__init__ is object.__init__:  # type: ignore[misc]
        return []
    return [name for name in inspect.signature(cls).parameters if name != "self"]


def _equal(a: Any, b: Any) -> bool:
    return a is b or (type(a) is type(b) and np.array_equal(a, b))
