"""The explorables' mathematics equals Python's: tables made here with NumPy are what each `model.test.ts` compares with.

Run this file (`python tests/contracts/test_parity.py`) to write the tables anew after a change of a reference function.
The tests below fail when a committed table is not what the references give today.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.spatial import ConvexHull, HalfspaceIntersection

from glideslope.autograd import Tensor
from glideslope.kernels import cross_entropy_with_gradient, sigmoid, softmax
from glideslope.learn import KMeans, LogisticRegression, metrics

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "cases" / "parity"
EXPLORABLES = ROOT / "web" / "explorables"

# Two libraries of elementary functions may differ by a unit in the last place at each call; hundreds of training steps
# pass that on without amplifying it much. Measured: below 1e-12 everywhere.
TOLERANCE = 1e-9


class Mulberry32:
    """The generator of `web/kit/random.ts`, in Python: 32-bit state, same stream."""

    def __init__(self, seed: int) -> None:
        self.state = seed & 0xFFFFFFFF

    def uniform(self) -> float:
        self.state = (self.state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((self.state ^ (self.state >> 15)) * (1 | self.state)) & 0xFFFFFFFF
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        return ((t ^ (t >> 14)) & 0xFFFFFFFF) / 2**32

    def normal(self) -> float:
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())


def random_cases() -> list[dict[str, Any]]:
    cases = []
    for seed in (0, 1, 2015, 2**32 - 1):
        stream, other = Mulberry32(seed), Mulberry32(seed)
        cases.append(
            {
                "seed": seed,
                "uniform": [stream.uniform() for _ in range(5)],
                "normal": [other.normal() for _ in range(5)],
            }
        )
    return cases


def softmax_bars_cases() -> list[dict[str, Any]]:
    """The library's own kernels; the Jacobian by its matrix form."""
    asked = [
        ([3, 1, -3], 0, 1),
        ([3, 1, -3], 1, 0.5),
        ([0, 0, 0, 0], 3, 1),
        ([1000, 0], 1, 1),
        ([-1e4, -1e4 + 1], 0, 10),
        ([2.5, -0.1, 6, -6, 0.3, 1], 5, 2),
        ([6, -6], 1, 0.1),
    ]
    cases = []
    for z, y, temperature in asked:
        a = softmax(np.array(z, float), temperature=float(temperature))
        loss, gradient = cross_entropy_with_gradient(
            np.array([z], float), np.array([y]), temperature=float(temperature)
        )
        jacobian = (np.diag(a) - np.outer(a, a)) / temperature
        cases.append(
            {
                "z": z,
                "y": y,
                "T": temperature,
                "a": a.tolist(),
                "loss": float(loss),
                "gradient": gradient[0].tolist(),
                "jacobian": jacobian.tolist(),
            }
        )
    return cases


def learning_slowdown_cases() -> list[dict[str, Any]]:
    """Nielsen's experiment: one weight, one bias, input 1, target 0."""
    starts = [(0.6, 0.9), (2.0, 2.0), (-0.5, 0.2)]
    cases = []
    for cost in ("quadratic", "cross-entropy"):
        for w, b in starts:
            for eta in (0.15, 0.0224):
                cases.append(slowdown(cost, w, b, eta, 300))
    return cases


def slowdown(cost: str, w: float, b: float, eta: float, steps: int) -> dict[str, Any]:
    output, costs, ws = [], [], []
    start = {"w": w, "b": b}
    for _ in range(steps + 1):
        z = np.float64(w * 1 + b)
        a = sigmoid(z)
        ws.append(float(w))
        output.append(float(a))
        costs.append(float(a**2 / 2 if cost == "quadratic" else np.logaddexp(0, z)))
        slope = a * a * (1 - a) if cost == "quadratic" else a
        w, b = w - eta * slope, b - eta * slope
    below = np.flatnonzero(np.array(output) < 0.5)
    keep = slice(0, None, 25)
    first = float(f"{eta * output[0] * (1 - output[0]):.3g}")
    return {"cost": cost, **start, "eta": eta, "steps": steps, "every": 25, "output": output[keep], "costs": costs[keep], "weights": ws[keep],
            "passes": int(below[0]) if below.size else None, "equalFirstStepRate": first}  # fmt: skip


def jacobian_paths_cases() -> list[dict[str, Any]]:
    """The chain rule as a product of the row ∂C/∂a with the Jacobian, for labels that need not sum to one."""
    asked = [
        ([3, 1, -3], [1, 0, 0]),
        ([3, 1, -3], [0.6, 0.6, 0.2]),
        ([0.5, -2, 1, 0], [0, 0.25, 0.75, 0]),
        ([6, -6], [0, 1]),
        ([1, 1, 1], [0, 0, 0]),
    ]
    cases = []
    for z, y in asked:
        a = softmax(np.array(z, float))
        cost_by_a = -np.array(y) / a
        jacobian = np.diag(a) - np.outer(a, a)
        cost = float(-np.sum(np.array(y) * np.log(a)))
        for i in range(len(z)):
            terms = cost_by_a * jacobian[:, i]
            cases.append({"z": z, "y": y, "i": i, "a": a.tolist(), "dCda": cost_by_a.tolist(), "dadz": jacobian[:, i].tolist(), "terms": terms.tolist(),
                          "result": float(cost_by_a @ jacobian[:, i]), "shortcut": float(a[i] - y[i]), "cost": cost})  # fmt: skip
    return cases


def boundary_cases() -> list[dict[str, Any]]:
    """A network with one hidden layer in matrix form, trained for some steps by full-batch gradient descent."""
    cases = []
    for activation, hidden, classes, seed, eta, steps in [
        ("tanh", 3, 3, 5, 0.5, 40),
        ("relu", 4, 3, 7, 0.3, 40),
        ("tanh", 1, 2, 1, 1.0, 10),
        ("relu", 8, 4, 11, 0.1, 5),
    ]:
        chance = Mulberry32(seed + 100)
        X = np.array([[chance.normal(), chance.normal()] for _ in range(12)])
        y = np.arange(12) % classes
        net = make_network(hidden, classes, activation, seed)
        losses, first = [], None
        start = {name: W.ravel().tolist() for name, W in net.items()}
        for _ in range(steps):
            loss, gradient = network_gradient(net, X, y, activation)
            first = first or {name: G.ravel().tolist() for name, G in gradient.items()}
            losses.append(loss)
            net = {name: W - eta * gradient[name] for name, W in net.items()}
        probabilities = softmax(forward(net, X, activation)[1])
        cases.append({"activation": activation, "hidden": hidden, "classes": classes, "seed": seed, "eta": eta, "steps": steps, "X": X.ravel().tolist(), "y": y.tolist(),
                      "start": start, "gradient": first, "losses": losses, "p": probabilities.ravel().tolist(), "accuracy": float(np.mean(probabilities.argmax(1) == y))})  # fmt: skip
    return cases


def make_network(hidden: int, classes: int, activation: str, seed: int) -> dict[str, np.ndarray]:
    chance = Mulberry32(seed)
    gain = 2 if activation == "relu" else 1
    draw = lambda count, scale: np.array([scale * chance.normal() for _ in range(count)])  # noqa: E731
    W1 = draw(hidden * 2, math.sqrt(gain / 2)).reshape(hidden, 2)
    b1 = draw(hidden, 1)
    W2 = draw(classes * hidden, math.sqrt(gain / hidden)).reshape(classes, hidden)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": np.zeros(classes)}


def forward(net: dict[str, np.ndarray], X: np.ndarray, activation: str) -> tuple[np.ndarray, np.ndarray]:
    Z = X @ net["W1"].T + net["b1"]
    H = np.tanh(Z) if activation == "tanh" else np.maximum(Z, 0)
    return H, H @ net["W2"].T + net["b2"]


def network_gradient(
    net: dict[str, np.ndarray], X: np.ndarray, y: np.ndarray, activation: str
) -> tuple[float, dict[str, np.ndarray]]:
    H, Z2 = forward(net, X, activation)
    loss, delta2 = cross_entropy_with_gradient(Z2, y)
    slope = 1 - H**2 if activation == "tanh" else (H > 0).astype(float)
    delta1 = (delta2 @ net["W2"]) * slope
    return float(loss), {"W1": delta1.T @ X, "b1": delta1.sum(0), "W2": delta2.T @ H, "b2": delta2.sum(0)}


def threshold_slider_cases() -> list[dict[str, Any]]:
    """Counts by hand, curves and areas by the library's own metrics."""
    asked = [
        (10, 5.0, 5.0, 20),
        (10, 5.0, 2.8, 20),
        (100, 3.3, 1.7, 1),
        (500, 1.0, -7.5, 5),
        (10, 7.0, 12.0, 100),
        (3, 2.0, 0.1, 300),
    ]
    cases = []
    for number, d, t, miss in asked:
        strikes, quiet = hill_scores(number, d), hill_scores(1000 - number, 0.0)
        y, scores = np.repeat([1, 0], [number, 1000 - number]), np.concatenate([strikes, quiet])
        (TN, FP), (FN, TP) = metrics.confusion_matrix(y, (scores >= t).astype(int), classes=[0, 1])
        precision, recall, f1 = (
            values[1] for values in metrics.precision_recall_f1(y, (scores >= t).astype(int), classes=[0, 1])
        )
        every = np.unique(scores)[::-1]
        rings = [(int((strikes >= s).sum()), int((quiet >= s).sum())) for s in [np.inf, *every]]
        prices = [false + miss * (number - true) for true, false in rings]
        roc = [[false / (1000 - number), true / number] for true, false in rings[::97]]
        cases.append({"strikes": number, "quiet": 1000 - number, "d": d, "miss": miss, "t": t, "scores": [*strikes[:3], *quiet[-3:]],
                      "counts": [int(TP), int(FP), int(FN), int(TN)], "rates": [float(precision), float(recall), FP / (1000 - number), float(f1)],
                      "roc": [value for pair in roc for value in pair], "auc": metrics.roc_auc(y, scores), "ap": metrics.average_precision(y, scores),
                      "cost": int(FP + miss * FN), "cheapest": min(prices)})  # fmt: skip
    return cases


def hill_scores(count: int, centre: float) -> np.ndarray:
    """Quantiles of a logistic distribution."""
    k = np.arange(count)
    return centre + np.log((k + 0.5) / (count - k - 0.5))


def k_means_steps_cases() -> list[dict[str, Any]]:
    """Lloyd from a drawn start, by the library; the spread-out start from the shared stream; areas of cells as polytopes."""
    cases = []
    for seed, count, centres in [(1, 45, 3), (2, 30, 5), (3, 12, 1), (4, 45, 6)]:
        chance = Mulberry32(seed + 100)
        points = [[round(10 * chance.uniform(), 2), round(7 * chance.uniform(), 2)] for _ in range(count)]
        start = points[:centres]
        labels, ends, costs = half_steps(np.array(points), np.array(start))
        cases.append({"seed": seed, "points": points, "start": start, "labels": labels.tolist(), "centres": ends.tolist(), "costs": costs,
                      "spread": spread_out_start(np.array(points), centres, Mulberry32(seed)).tolist(), "areas": cell_areas(np.array(start))})  # fmt: skip
    return cases


def backprop_graph_cases() -> list[dict[str, Any]]:
    """The gear's values and slopes by our own reverse mode; the speed is used twice."""
    cases = []
    for inputs in [(1, 2, 1, 5), (0.5, -3, 2, 1), (-2, 1.5, 0, -4), (0, 3, -1, 2)]:
        g, x, b, y = leaves = [Tensor(float(value), needs_grad=True) for value in inputs]
        s = g * x
        m = s + b
        p = s * m
        C = 0.5 * (p - y) * (p - y)
        C.backward(keep=True)
        nodes = [*leaves, s, m, p, C]
        cases.append({"inputs": list(inputs), "values": [float(node) for node in nodes], "slopes": [float(node.grad) for node in nodes]})  # fmt: skip
    return cases


def half_steps(X: np.ndarray, M: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """The cost after each half step, until no label changes."""
    costs, labels = [], np.full(len(X), -1)
    while True:
        D = ((X[:, None] - M) ** 2).sum(2)
        now = D.argmin(1)
        if (now == labels).all():
            best = KMeans(len(M), init=M, tol=0.0).fit(X)  # the library has nothing to add
            assert np.allclose(best.cluster_centers_, M)
            assert np.isclose(best.inertia_, costs[-1])
            return labels, M, costs
        labels = now
        costs.append(float(D.min(1).sum()))
        M = np.array([X[labels == k].mean(0) if (labels == k).any() else M[k] for k in range(len(M))])
        costs.append(float(((X - M[labels]) ** 2).sum()))


def spread_out_start(X: np.ndarray, count: int, chance: Mulberry32) -> np.ndarray:
    M = [X[int(chance.uniform() * len(X))]]
    while len(M) < count:
        price = ((X[:, None] - np.array(M)) ** 2).sum(2).min(1)
        M.append(X[min(int(np.searchsorted(price.cumsum(), chance.uniform() * price.sum(), side="right")), len(X) - 1)])
    return np.array(M)


def cell_areas(M: np.ndarray) -> list[float]:
    """The area of each Voronoi cell inside the plane of 10 by 7, as an intersection of half-planes."""
    walls = np.array([[-1, 0, 0], [1, 0, -10], [0, -1, 0], [0, 1, -7]], float)
    areas = []
    for k, own in enumerate(M):
        others = np.delete(M, k, axis=0)
        nearer = np.column_stack([2 * (others - own), (own**2).sum() - (others**2).sum(1)])
        corners = HalfspaceIntersection(np.concatenate([walls, nearer]), own).intersections
        areas.append(float(ConvexHull(corners).volume))
    return areas


def logistic_border_cases() -> list[dict[str, Any]]:
    """The minimum by Newton's method, near the library's; least squares by NumPy."""
    cases = []
    for seed, count, tau in [(1, 38, 3.0), (2, 12, 0.3), (3, 60, 100.0)]:
        chance = Mulberry32(seed + 500)
        readings = [[round(20 + 100 * chance.uniform(), 1), round(3 * chance.uniform(), 2)] for _ in range(count)]
        y = np.array([float(chance.uniform() < sigmoid(np.array((62 - V) / 12 + n - 1))) for V, n in readings])
        X = np.column_stack([np.ones(count), (np.array(readings) - [70, 1.1]) / [15, 0.25]])
        price, w = np.diag([0, 1 / tau**2, 1 / tau**2]), np.zeros(3)
        for _ in range(50):
            a = sigmoid(X @ w)
            w = w - np.linalg.solve((X * (a * (1 - a))[:, None]).T @ X + price, X.T @ (a - y) + price @ w)
        model = LogisticRegression(C=tau**2, tol=1e-12).fit(X[:, 1:], y)
        assert np.allclose([*model.intercept_, *model.coef_[0]], w, atol=1e-4)
        rival = np.linalg.lstsq(X, y - 0.5, rcond=None)[0]
        crossing = 70 - 15 * (w[0] + w[2] * (1 - 1.1) / 0.25) / w[1]
        rows = [[*reading, int(label)] for reading, label in zip(readings, y, strict=True)]
        cases.append({"readings": rows, "tau": tau, "border": w.tolist(), "rival": rival.tolist(),
                      "answers": sigmoid(X @ w).tolist(), "crossing": float(crossing)})  # fmt: skip
    return cases


REFERENCES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "random": random_cases,
    "softmax-bars": softmax_bars_cases,
    "learning-slowdown": learning_slowdown_cases,
    "jacobian-paths": jacobian_paths_cases,
    "boundary": boundary_cases,
    "threshold-slider": threshold_slider_cases,
    "k-means-steps": k_means_steps_cases,
    "backprop-graph": backprop_graph_cases,
    "logistic-border": logistic_border_cases,
}


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:
    """List the places where two trees of numbers differ by more than the tolerance."""
    if isinstance(expected, dict) and isinstance(actual, dict) and expected.keys() == actual.keys():
        return [line for key in expected for line in differences(expected[key], actual[key], f"{where}.{key}")]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [
            line
            for k, pair in enumerate(zip(expected, actual, strict=True))
            for line in differences(*pair, f"{where}[{k}]")
        ]
    number = isinstance(expected, int | float) and isinstance(actual, int | float)
    if number and math.isclose(expected, actual, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return []
    return [] if not number and expected == actual else [f"{where}: {expected!r} in the table, {actual!r} from Python"]


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_the_table_is_what_python_gives(name: str) -> None:
    table = json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))
    assert differences(table, REFERENCES[name]()) == []


def explorables() -> list[str]:
    return sorted(path.parent.name for path in EXPLORABLES.glob("*/index.ts"))


@pytest.mark.parametrize("slug", explorables())
def test_every_explorable_has_its_table_and_its_test(slug: str) -> None:
    test = EXPLORABLES / slug / "model.test.ts"
    assert (TABLES / f"{slug}.json").is_file()
    assert f'"{slug}"' in test.read_text(encoding="utf-8"), f"{test} does not read the table of {slug}"


def test_nielsens_two_neurons_pass_one_half_when_the_lesson_says() -> None:
    """Nielsen 2015, chapter 3, computed again; the counts are quoted by the lesson."""
    epochs = {
        (cost, w, eta): slowdown(cost, w, b, eta, 300)["passes"]
        for cost, eta in [("quadratic", 0.15), ("cross-entropy", 0.15), ("cross-entropy", 0.0224)]
        for w, b in [(0.6, 0.9), (2.0, 2.0)]
    }
    assert list(epochs.values()) == [36, 232, 8, 17, 51, 111]


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_network_reference_has_the_gradient_of_its_loss(activation: str) -> None:
    chance = Mulberry32(3)
    X = np.array([[chance.normal(), chance.normal()] for _ in range(9)])
    y = np.arange(9) % 3
    net = make_network(4, 3, activation, 3)
    _, gradient = network_gradient(net, X, y, activation)
    h = 1e-6  # truncation h², rounding 1e-16/h: together about 1e-10
    for name, W in net.items():
        for at in np.ndindex(W.shape):
            up, down = (
                {**net, name: W + h * sign * (np.arange(W.size).reshape(W.shape) == np.ravel_multi_index(at, W.shape))}
                for sign in (1, -1)
            )
            slope = (network_gradient(up, X, y, activation)[0] - network_gradient(down, X, y, activation)[0]) / (2 * h)
            assert slope == pytest.approx(gradient[name][at], abs=1e-7)


def write() -> None:
    TABLES.mkdir(parents=True, exist_ok=True)
    for name, make in REFERENCES.items():
        rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in make())
        (TABLES / f"{name}.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write()
