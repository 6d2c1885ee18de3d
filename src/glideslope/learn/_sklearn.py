"""The only place that touches scikit-learn's own classes, and only when scikit-learn is already loaded.

Its tools ask an estimator for tags, and expect its error and warning classes. A program that uses those tools has
loaded scikit-learn itself; every other program never pays for it.
"""

import sys
from functools import lru_cache
from typing import Any

from glideslope.errors import NotFittedError


def tags(kind: str, *, float32: bool = False) -> Any:
    """Return scikit-learn's description of an estimator of the given kind."""
    import sklearn.utils as u  # its caller is scikit-learn: already loaded

    supervised = kind in ("classifier", "regressor")
    dtypes = ["float64", "float32"] if float32 else ["float64"]
    return u.Tags(
        estimator_type=None if kind == "transformer" else kind,
        target_tags=u.TargetTags(required=supervised),
        transformer_tags=u.TransformerTags(preserves_dtype=dtypes) if kind == "transformer" else None,
        classifier_tags=u.ClassifierTags() if kind == "classifier" else None,
        regressor_tags=u.RegressorTags() if kind == "regressor" else None,
        input_tags=u.InputTags(),
    )


def not_fitted_error() -> type[NotFittedError]:
    """Return our NotFittedError, which is scikit-learn's as well once that is loaded."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), "NotFittedError", None)
    return NotFittedError if theirs is None else _joined(theirs)


def column_warning() -> type[Warning]:
    """Return the warning class for a column vector given as y."""
    return getattr(sys.modules.get("sklearn.exceptions"), "DataConversionWarning", UserWarning)


@lru_cache(1)
def _joined(theirs: type[Exception]) -> type[NotFittedError]:
    return type("NotFittedError", (NotFittedError, theirs), {"__module__": NotFittedError.__module__})
