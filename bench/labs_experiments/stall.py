"""Logistic regression: a stall warning 2 s ahead without the vane, against thresholds on airspeed and on n/V².

Solved to 1e-8: without flaps the flaps column stands still, and a solver that stops early leaves its weight where it happens to be.
"""

import numpy as np

from glideslope.data import load


def experiment(seeds=(0, 1, 2)):
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier

    data = load("c172_stall")
    train, test = data.part("train"), data.part("test")
    Z, Zt = scaled(train.select("no vane").X, test.select("no vane").X)
    result = {
        "positives, test": round(float(test.y.mean()), 4),
        "episodes": {"train": len(train.group_ids), "test": len(test.group_ids)},
    }
    result["airspeed alone"] = score(-test["ias_kt"], test.y)
    result["n / V^2"] = score(test["nz_g"] / test["ias_kt"] ** 2, test.y)
    result["logistic, 10 sensors"] = score(
        LogisticRegression(tol=1e-8, max_iter=1000).fit(Z, train.y).decision_function(Zt), test.y
    )
    result["MLP 32, 10 sensors"] = [
        score(
            MLPClassifier(hidden_layer_sizes=(32,), early_stopping=True, random_state=seed)
            .fit(Z, train.y)
            .predict_proba(Zt)[:, 1],
            test.y,
        )
        for seed in seeds
    ]
    result["shift: flaps down only, logistic trained without flaps"] = shift(train, test, LogisticRegression)
    return result


def shift(train, test, model):
    clean, flapped = train["flaps_deg"] < 5, test["flaps_deg"] > 15
    Z, Zt = scaled(train.select("no vane").X[clean], test.select("no vane").X[flapped])
    return score(model(tol=1e-8, max_iter=1000).fit(Z, train.y[clean]).decision_function(Zt), test.y[flapped])


def scaled(X, X_new):
    centre, spread = X.mean(0), X.std(0) + 1e-9
    return (X - centre) / spread, (X_new - centre) / spread


def score(warning, y):
    """AUC, share of false alarms at 90 % recall, average precision."""
    order = np.argsort(-warning, kind="stable")
    hits = np.cumsum(y[order])
    rank = np.empty(len(y))
    rank[np.argsort(warning, kind="stable")] = np.arange(1, len(y) + 1)
    positives, negatives = y.sum(), (1 - y).sum()
    auc = (rank[y == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives)
    at = np.searchsorted(hits, 0.9 * positives)
    precision = hits / np.arange(1, len(y) + 1)
    return {
        "AUC": round(float(auc), 4),
        "false alarms at 90 % recall": round(float((at + 1 - hits[at]) / negatives), 4),
        "AP": round(float((precision * y[order]).sum() / positives), 3),
    }
