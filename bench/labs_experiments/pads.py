"""Landing pads in 32 x 32 pixels without convolution: what the pixels alone give, for a network that shares weights to beat."""

import numpy as np

from glideslope.data import load
from glideslope.sim.make.landing_pads import render


def experiment(seeds=(0, 1, 2)):
    from sklearn.decomposition import PCA
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier

    data = load("landing_pads")
    test = data.part("test")
    more = render(5000, seed=1)  # the shipped 1200 are few: 5000 more, drawn anew
    X, y, Xt = flat(more["X"]), more["y"], flat(test.X)
    result = {"majority": round(float(np.bincount(test.y).max() / len(test)), 3)}
    linear = LogisticRegression(max_iter=300, C=0.01).fit(X, y)
    result["softmax on pixels"] = {"train": round(linear.score(X, y), 3), "test": round(linear.score(Xt, test.y), 3)}
    axes = PCA(40, random_state=0).fit(X)
    near = KNeighborsClassifier(5).fit(axes.transform(X), y)
    result["PCA 40, 5-NN"] = {"test": round(near.score(axes.transform(Xt), test.y), 3)}
    nets = [MLPClassifier(hidden_layer_sizes=(128,), max_iter=30, random_state=seed).fit(X, y) for seed in seeds]
    result["MLP 128"] = {
        "train": [round(n.score(X, y), 3) for n in nets],
        "test": [round(n.score(Xt, test.y), 3) for n in nets],
    }
    return result


def flat(images):
    return images.reshape(len(images), -1) / 128.0 - 1.0
