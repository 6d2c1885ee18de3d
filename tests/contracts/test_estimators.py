"""What every estimator of `glideslope.learn` promises; the members are found by listing, so a new one is tested at once."""

import copy
import inspect
import json
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
from tests.oracles import peer

from glideslope import learn
from glideslope.errors import NotFittedError
from glideslope.learn._base import Estimator

NAMES = [name for name in learn.__all__ if isinstance(getattr(learn, name), type)]
FITTED = ("predict", "predict_proba", "decision_function", "transform", "score_samples", "kneighbors")

# scikit-learn's own battery, in a process of its own: our estimators are imported first, to show they do not need it,
# and without the shape hook, whose complaints about a constructor's types are not the users' errors.
BATTERY = """
import sys, json, warnings
from glideslope import learn
estimators = {n: getattr(learn, n) for n in learn.__all__ if isinstance(getattr(learn, n), type)}
early = sorted({m.split('.')[0] for m in sys.modules} & {'sklearn', 'scipy', 'torch', 'jax', 'numba', 'sympy', 'matplotlib'})
from sklearn.utils import estimator_checks
warnings.simplefilter('ignore')
report = {'imported early': early}
for name, cls in estimators.items():
    results = estimator_checks.check_estimator(cls(), on_fail=None, on_skip=None)
    report[name] = {r['check_name']: r['status'] + ': ' + repr(r['exception'])[:500] for r in results if r['status'] != 'passed'}
    report[name]['count'] = len(results)
    if cls._kind == 'clusterer':
        for check in (estimator_checks.check_clustering, estimator_checks.check_clusterer_compute_labels_predict):
            try:
                check(name, cls())
            except Exception as error:
                report[name][check.__name__] = repr(error)[:500]
print(json.dumps(report))
"""


@pytest.fixture(scope="module")
def battery():
    peer("sklearn")
    plain = {k: v for k, v in os.environ.items() if k != "GLIDESLOPE_CHECK_SHAPES"} | {"SCIPY_ARRAY_API": "1"}
    run = subprocess.run([sys.executable, "-c", BATTERY], capture_output=True, text=True, timeout=900, env=plain)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture(params=NAMES)
def estimator(request):
    model = getattr(learn, request.param)()
    quick = {"max_iter": 20, "random_state": 0, "tol": 0.1}
    return model.set_params(**{k: v for k, v in quick.items() if k in model.get_params()})


@pytest.fixture
def data(rng):
    X = np.vstack([rng.normal(size=(20, 3)) + 4 * i for i in range(3)])
    return X, np.repeat([0, 1, 2], 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_scikit_learns_own_battery_passes(name, battery):
    result = dict(battery[name])
    assert result.pop("count") > 30
    assert result == {}


@pytest.mark.slow
def test_importing_all_estimators_loads_no_heavy_package(battery):
    assert battery["imported early"] == []


def test_the_constructor_only_stores(estimator):
    cls = type(estimator)
    values = {name: object() for name in inspect.signature(cls).parameters}
    made = object.__new__(cls)
    inspect.unwrap(cls.__init__)(made, **values)
    assert vars(made) == values


def test_fit_returns_the_estimator_and_leaves_its_data_untouched(estimator, data):
    X, y = data
    X0, y0 = X.copy(), y.copy()
    params = estimator.get_params()
    assert estimator.fit(X, y) is estimator
    np.testing.assert_array_equal(X, X0)
    np.testing.assert_array_equal(y, y0)
    assert estimator.get_params() == params


def test_equal_seeds_give_bit_equal_models(estimator, data):
    X, y = data
    other = type(estimator)(**estimator.get_params())
    first = _learned(estimator.fit(X, y), X)
    assert set(first) > {"n_features_in_"}  # something was learned, or nothing would be compared
    _same(first, _learned(other.fit(X.copy(), y.copy()), X))
    _same(first, _learned(estimator.fit(X, y), X))  # a second fit forgets the first


def test_a_pickled_model_answers_as_before(estimator, data):
    X, y = data
    estimator.fit(X, y)
    twin = pickle.loads(pickle.dumps(estimator))
    for method in FITTED:
        if hasattr(estimator, method):
            np.testing.assert_array_equal(getattr(estimator, method)(X), getattr(twin, method)(X))


def test_an_unfitted_estimator_names_the_method_to_call(estimator, data):
    for method in FITTED:
        if hasattr(estimator, method):
            with pytest.raises(NotFittedError) as caught:
                getattr(estimator, method)(data[0])
            name = type(estimator).__name__
            assert f"needs a fitted {name} and this one is not fitted yet; call fit first." in str(caught.value)


def test_a_wrong_width_names_both_widths(estimator, data):
    X, y = data
    estimator.fit(X, y)
    for method in FITTED:
        if hasattr(estimator, method):
            with pytest.raises(ValueError, match="X has 2 features, but ") as caught:
                getattr(estimator, method)(X[:, :2])
            assert str(caught.value) == (
                f"X has 2 features, but {type(estimator).__name__} is expecting 3 features as input; "
                f"pass the columns that fit saw, in the same order."
            )


BAD_X = {
    "nan": (
        lambda X: np.where(np.arange(X.size).reshape(X.shape) == 4, np.nan, X),
        (
            "{}.fit expected finite numbers in X and got 1 NaN or infinity (inf), the first at X[1, 1]; "
            "drop those samples or fill the gaps before fitting."
        ),
    ),
    "infinity": (
        lambda X: np.where(np.arange(X.size).reshape(X.shape) == 0, np.inf, X),
        (
            "{}.fit expected finite numbers in X and got 1 NaN or infinity (inf), the first at X[0, 0]; "
            "drop those samples or fill the gaps before fitting."
        ),
    ),
    "strings": (
        lambda X: X.astype(str),
        (
            "{}.fit expected numbers in X and got <U32; "
            "convert text and dates to numbers first, e.g. np.asarray(X, dtype=float)."
        ),
    ),
    "one axis": (
        lambda X: X[:, 0],
        (
            "{}.fit expected X with two axes (n samples, d features) and got shape (60,). Reshape your data "
            "with X.reshape(-1, 1) if it holds one feature, or X.reshape(1, -1) if it holds one sample."
        ),
    ),
    "no columns": (
        lambda X: X[:, :0],
        (
            "{}.fit got X with 0 feature(s) (shape=(60, 0)) while a minimum of 1 is required; "
            "check the columns you selected."
        ),
    ),
    "sparse": (
        lambda X: peer("scipy.sparse").csr_matrix(X),
        "{}.fit expected a dense array for X and got a sparse csr_matrix; call X.toarray() first if it fits in memory.",
    ),
    "ragged": (
        lambda X: [[1.0], [1.0, 2.0]],
        "{}.fit expected X to be rectangular and got rows of different lengths; pad them or drop the short ones.",
    ),
}


@pytest.mark.parametrize("bad", BAD_X)
def test_bad_data_gets_its_sentence(estimator, data, bad):
    X, y = data
    spoil, message = BAD_X[bad]
    with pytest.raises((ValueError, TypeError)) as caught:
        estimator.fit(spoil(X), y)
    assert str(caught.value) == message.format(type(estimator).__name__)


def test_no_samples_are_refused_with_both_numbers(estimator, data):
    X, y = data
    with pytest.raises(ValueError, match=r"fit expected at least \d samples and got n_samples = 0 \(shape \(0, 3\)\)"):
        estimator.fit(X[:0], y[:0])


def test_targets_that_do_not_fit_get_a_sentence(estimator, data):
    if estimator._kind not in ("classifier", "regressor"):
        pytest.skip("learns without targets")
    X, y = data
    name = type(estimator).__name__
    for wrong, message in (
        (y[:-1], (f"{name}.fit expected y of shape (60,), one target per row of X, and got (59,); "
                 "check that X and y were filtered alike.")),
        (None, f"{name}.fit requires y to be passed, but the target y is None; call fit(X, y)."),
    ):  # fmt: skip
        with pytest.raises(ValueError) as caught:
            estimator.fit(X, wrong)
        assert str(caught.value) == message


def test_one_class_is_refused_or_always_answered(estimator, data):
    if estimator._kind != "classifier":
        pytest.skip("no classes")
    X, y = data
    alone = 0 * y + 5
    if type(estimator).__name__ in ("GaussianNB", "KNeighborsClassifier"):
        assert (estimator.fit(X, alone).predict(X) == 5).all()  # a count and a vote know what to say
        return
    with pytest.raises(ValueError) as caught:
        estimator.fit(X, alone)
    assert str(caught.value) == (
        f"{type(estimator).__name__}.fit expected at least 2 classes in y and got one class, 5; "
        f"there is nothing to tell apart, so check how y was made or filtered."
    )


def test_it_works_in_a_pipeline_a_search_and_a_cross_validation(estimator, data):
    peer("sklearn")
    from sklearn.base import clone
    from sklearn.pipeline import make_pipeline

    X, y = data
    if hasattr(estimator, "predict") and hasattr(estimator, "score"):
        model_selection = peer("sklearn.model_selection")
        pipe = make_pipeline(learn.StandardScaler(), estimator)
        step = type(estimator).__name__.lower()
        param, value = next(iter(estimator.get_params().items()))
        search = model_selection.GridSearchCV(pipe, {f"{step}__{param}": [value]}, cv=2)
        assert np.isfinite(search.fit(X, y).best_score_)
        cv = list(learn.splits.group_k_fold(np.arange(60) // 4, 3))
        assert len(model_selection.cross_val_score(clone(estimator), X, y, cv=cv)) == 3
    else:
        make_pipeline(learn.StandardScaler(), clone(estimator)).fit(X, y)


def test_parameters_are_listed_set_and_shown(estimator):
    params = estimator.get_params()
    assert list(params) == list(inspect.signature(type(estimator)).parameters)
    with pytest.raises(ValueError, match=f"{type(estimator).__name__}.set_params expected one of .* and got 'colour'"):
        estimator.set_params(colour=1)
    assert repr(type(estimator)()) == f"{type(estimator).__name__}()"


def test_classes_are_final(estimator):
    subclasses = [c for c in type(estimator).__subclasses__() if c.__module__.startswith("glideslope")]
    assert subclasses == []
    assert isinstance(estimator, Estimator)


def _learned(model, X):
    """Copies of what ends in an underscore, and the answers for X: a second fit may reuse the arrays of the first."""
    learned = {k: copy.deepcopy(v) for k, v in vars(model).items() if k.endswith("_") and not k.startswith("__")}
    return learned | {method: getattr(model, method)(X) for method in FITTED if hasattr(model, method)}


def _same(a, b):
    assert a.keys() == b.keys()
    for name in a:
        if isinstance(a[name], Estimator):
            _same(vars(a[name]), vars(b[name]))
        else:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)


BAD_OPTIONS = [
    ("KMeans", {"n_clusters": 0}, "n_clusters to be a whole number of at least 1 and got 0; raise or round it."),
    ("KMeans", {"n_clusters": 2.5}, "n_clusters to be a whole number of at least 1 and got 2.5; raise or round it."),
    ("KMeans", {"n_init": 0}, "n_init to be a whole number of at least 1 and got 0; raise or round it."),
    ("KMeans", {"max_iter": 0}, "max_iter to be a whole number of at least 1 and got 0; raise or round it."),
    ("KMeans", {"batch_size": 0}, "batch_size to be a whole number of at least 1 and got 0; raise or round it."),
    ("GaussianMixture", {"n_components": 0}, "n_components to be a whole number of at least 1 and got 0; raise or round it."),
    ("GaussianMixture", {"max_iter": 0}, "max_iter to be a whole number of at least 1 and got 0; raise or round it."),
    ("GaussianMixture", {"reg_covar": -1.0}, "reg_covar to be a finite number of at least 0 and got -1.0; 0 switches it off."),
    ("DBSCAN", {"min_samples": 0}, "min_samples to be a whole number of at least 1 and got 0; raise or round it."),
    ("KNeighborsClassifier", {"n_neighbors": 2.5}, "n_neighbors to be a whole number of at least 1 and got 2.5; raise or round it."),
    ("KNeighborsRegressor", {"n_neighbors": 0}, "n_neighbors to be a whole number of at least 1 and got 0; raise or round it."),
    ("SoftmaxRegression", {"batch_size": 0}, "batch_size to be a whole number of at least 1 and got 0; raise or round it."),
    ("SoftmaxRegression", {"max_iter": -1}, "max_iter to be a whole number of at least 0 and got -1; raise or round it."),
    ("SoftmaxRegression", {"alpha": -1.0}, "alpha to be a finite number of at least 0 and got -1.0; 0 switches it off."),
    ("SoftmaxRegression", {"learning_rate": 0.0}, "learning_rate to be a finite number above 0 and got 0.0; raise learning_rate."),
    ("MLPClassifier", {"batch_size": 0}, "batch_size to be a whole number of at least 1 and got 0; raise or round it."),
    ("MLPClassifier", {"max_iter": -1}, "max_iter to be a whole number of at least 0 and got -1; raise or round it."),
    ("MLPClassifier", {"n_iter_no_change": 0}, "n_iter_no_change to be a whole number of at least 1 and got 0; raise or round it."),
    ("MLPClassifier", {"learning_rate": -1.0}, "learning_rate to be a finite number above 0 and got -1.0; raise learning_rate."),
    ("MLPRegressor", {"alpha": np.inf}, "alpha to be a finite number of at least 0 and got inf; 0 switches it off."),
    (
        "MLPRegressor",
        {"hidden_layer_sizes": (4, 0)},
        "each width in hidden_layer_sizes to be a whole number of at least 1 and got 0; raise or round it.",
    ),
    (
        "MLPRegressor",
        {"hidden_layer_sizes": 5},
        "hidden_layer_sizes to list a width for each hidden layer and got 5; for one layer of 100 pass (100,).",
    ),
    ("MLPRegressor", {"validation_fraction": 2.0}, "validation_fraction between 0 and 1 and got 2.0; 0.1 is usual."),
    ("Perceptron", {"eta": -1.0}, "eta to be a finite number above 0 and got -1.0; raise eta."),
    ("Perceptron", {"max_iter": 0}, "max_iter to be a whole number of at least 1 and got 0; raise or round it."),
    ("LogisticRegression", {"C": 0.0}, "C to be a finite number above 0 and got 0.0; raise C."),
    ("LogisticRegression", {"max_iter": 1.5}, "max_iter to be a whole number of at least 0 and got 1.5; raise or round it."),
    ("PolynomialFeatures", {"degree": -1}, "degree to be a whole number of at least 0 and got -1; raise or round it."),
    ("GaussianNB", {"var_smoothing": -1.0}, "var_smoothing to be a finite number of at least 0 and got -1.0; 0 switches it off."),
    (
        "MahalanobisDetector",
        {"regularisation": -1.0},
        "regularisation to be a finite number of at least 0 and got -1.0; 0 switches it off.",
    ),
    ("AgglomerativeClustering", {"n_clusters": 0}, "n_clusters to be a whole number of at least 1 and got 0; raise or round it."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "message"), BAD_OPTIONS)
def test_an_impossible_option_gets_a_sentence(name, options, message, data):
    X, y = data
    with pytest.raises(ValueError) as caught:
        getattr(learn, name)().set_params(**options).fit(X, y)
    assert str(caught.value) == f"{name}.fit expected {message}"


def test_targets_that_are_no_numbers_or_no_classes_get_a_sentence(estimator, data):
    if estimator._kind not in ("classifier", "regressor"):
        pytest.skip("learns without targets")
    X, y = data
    name = type(estimator).__name__
    numbers = (
        "{}.fit expected finite numbers in y and got 1 NaN or infinity (inf), the first at y[3]; "
        "drop those samples or fill the gaps before fitting."
    )
    bad = {
        "nan": (np.where(np.arange(60) == 3, np.nan, y), numbers.format(name)),
        "infinity": (np.where(np.arange(60) == 3, np.inf, y), numbers.format(name)),
        "sparse": (
            peer("scipy.sparse").csr_matrix(y[:, None]),
            (
                f"{name}.fit expected a dense array for y and got a sparse csr_matrix; "
                "call y.toarray() first if it fits in memory."
            ),
        ),
        "two columns": (
            np.column_stack([y, y]),
            (
                f"{name}.fit expected y of shape (60,), one target per row of X, and got (60, 2); "
                "check that X and y were filtered alike."
            ),
        ),
    }
    if estimator._kind == "regressor":
        bad["strings"] = (
            y.astype(str),
            (
                f"{name}.fit expected numbers in y and got <U21; "
                "convert text and dates to numbers first, e.g. np.asarray(y, dtype=float)."
            ),
        )
    else:
        bad["measurements"] = (
            y + 0.5,
            (
                f"Unknown label type: {name}.fit expected class labels and got continuous numbers such as 0.5; "
                "use a regressor, or turn y into classes."
            ),
        )
        bad["a mixture"] = (
            np.array([1, "a", 2] * 20, dtype=object),
            (
                f"Unknown label type: {name}.fit expected labels that can be sorted and got a mixture of types; "
                "use all strings or all integers."
            ),
        )
    for wrong, message in bad.values():
        with pytest.raises((ValueError, TypeError)) as caught:
            estimator.fit(X, wrong)
        assert str(caught.value) == message
