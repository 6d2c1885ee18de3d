"""Landing pads in 32 x 32 pixels: what the pixels alone give, and what a network gives that looks everywhere with the same eyes.

The baseline without learning is a threshold: the brightest patch is taken for a mark. The shift: seen through twice the noise.
"""

import numpy as np

from glideslope import nn
from glideslope.autograd import ops
from glideslope.data import load
from glideslope.sim.make.landing_pads import render

SEEDS = (0, 1, 2)
MERGED = np.array([0, 1, 1, 2])  # none, pad (H or X), decoy


def experiment(seeds=SEEDS):
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
    result["brightest patch, pads and decoys"] = {"centre median px": round(float(np.median(brightest(test))), 2)}
    result["CNN"] = [looked_at(convolutional(more, seed), test) for seed in seeds]
    return result


def brightest(test):
    """Distance from the brightest 5 x 5 patch to the mark, where there is one."""
    blocks = np.lib.stride_tricks.sliding_window_view(test.X.astype(float), (5, 5), axis=(1, 2)).mean((3, 4))
    v, u = np.unravel_index(blocks.reshape(len(blocks), -1).argmax(1), blocks.shape[1:])
    marked = test.y > 0
    return np.linalg.norm(np.column_stack([u + 2, v + 2]) - test.targets["centre_px"], axis=1)[marked]


def convolutional(images, seed, epochs=15):
    """Three convolutions with pooling, two dense layers; four scores and a centre, learned together."""
    rng = np.random.default_rng([11, seed])
    layers = []
    for d, k in ((1, 16), (16, 32), (32, 32)):
        layers += [nn.Conv2d(d, k, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2)]
    model = nn.Sequential(*layers, nn.Flatten(), *nn.mlp(512, 64, 6, rng=rng).layers)
    centre = (images["target_centre_px"] - 15.5) / 16.0
    answers = np.column_stack([images["y"], centre])
    data = nn.DataLoader(flat(images["X"]).reshape(-1, 1, 32, 32), answers, batch_size=64, rng=rng)
    optimiser = nn.Adam(model, lr=nn.cosine_decay(2e-3, epochs * len(data)))
    nn.fit(model, data, optimiser, both_losses, epochs=epochs, progress=False)
    return model


def both_losses(output, answers):
    y, marked = answers[:, 0].astype(int), (answers[:, :1] > 0).astype(np.float32)
    miss = (output[:, 4:] - answers[:, 1:]) * marked
    return nn.softmax_cross_entropy(output[:, :4], y) + ops.mean(miss * miss) * 4.0


def looked_at(model, test):
    result = {}
    for name, noise in (("", 0.0), (", noisy", 0.05)):
        X = flat(test.X) + 2 * noise * np.random.default_rng(5).standard_normal((len(test), 1024))
        output = model(X.reshape(-1, 1, 32, 32).astype(np.float32)).value
        guess, marked = output[:, :4].argmax(1), test.y > 0
        centre = np.linalg.norm(output[:, 4:] * 16.0 + 15.5 - test.targets["centre_px"], axis=1)[marked]
        letters = np.isin(test.y, (1, 2)) & np.isin(guess, (1, 2))
        result |= {
            f"four classes{name}": round(float((guess == test.y).mean()), 3),
            f"none, pad, decoy{name}": round(float((MERGED[guess] == MERGED[test.y]).mean()), 3),
            f"H against X{name}": round(float((guess == test.y)[letters].mean()), 3),
            f"centre median px{name}": round(float(np.median(centre)), 2),
        }
    return result


def flat(images):
    return images.reshape(len(images), -1) / 128.0 - 1.0
