"""Attention: where is the lander? Unordered craters (u, v, diameter) of a known map, attitude unknown within 15 degrees, misses and ghosts.

DeepSets look at each crater alone and add up; self-attention lets craters look at each other. Same data, same steps, parameters within a tenth.
Baselines: the middle of the map, and a network that reads the craters in a row, largest first. The shift: three times the ghosts.
"""

import numpy as np

from bench.labs_experiments.columns import fit_columns
from glideslope import learn, nn
from glideslope.autograd import ops
from glideslope.sim import crater_map, crater_views

SEEDS = (0, 1, 2)
SIZE_M, TRAIN, TEST, STEPS, BATCH = 100.0, 30_000, 1000, 4000, 64
CENTRE, SCALE = np.array([128.0, 128.0, 20.0]), np.array([64.0, 64.0, 12.0])


class Sets(nn.Module):
    """A network at each crater, the mean, a network on the mean."""

    def __init__(self, width, rng):
        self.each = nn.mlp(3, width, width, width, rng=rng)
        self.after = nn.mlp(width, width, width, 2, rng=rng)

    def forward(self, views):
        return self.after(pooled(self.each(views[..., :3]), views[..., 3:]))


class Attentive(nn.Module):
    """Embed each crater, two Transformer blocks, the mean, a linear layer."""

    def __init__(self, width, rng):
        self.embed = nn.Linear(3, width, rng=rng)
        self.blocks = [nn.TransformerBlock(width, 4, 2 * width, rng=rng) for _ in range(2)]
        self.after = nn.mlp(width, width, 2, rng=rng)

    def forward(self, views):
        X, mask = self.embed(views[..., :3]), (views[..., 3] > 0)[:, None, None, :]
        for block in self.blocks:
            X = block(X, mask=mask)
        return self.after(pooled(X, views[..., 3:]))


def pooled(X, present):
    return ops.sum(X * present, axis=1) * (1.0 / np.maximum(present.sum(axis=1), 1.0))


def experiment(seeds=SEEDS):
    runs = [one_seed(seed) for seed in seeds]
    return {row: gathered([run[row] for run in runs]) for row in runs[0]}


def one_seed(seed):
    rng = np.random.default_rng([14, seed])
    craters = crater_map(40, SIZE_M, rng)
    data, test, ghosts = (crater_views(craters, n, rng, false=f) for n, f in ((TRAIN, 1.5), (TEST, 1.5), (TEST, 4.5)))
    truth = test.position_W_m[:, :2]
    result = {"centre of the map": errors(np.full_like(truth, SIZE_M / 2), truth)}
    result["network 64-64 on the craters sorted by size"] = errors(sorted_set(data, test, seed), truth)
    for name, model in (("DeepSets", Sets(133, rng)), ("self-attention, 2 layers", Attentive(64, rng))):
        trained(model, data, np.random.default_rng([15, seed]))
        row = errors(located(model, test), truth)
        result[name] = row | {"parameters": sum(p.value.size for _, p in model.named_parameters())}
        result[f"{name}, three times the ghosts"] = errors(located(model, ghosts), ghosts.position_W_m[:, :2])
    return result


def sorted_set(data, test, seed):
    target = (data.position_W_m[:, :2] - SIZE_M / 2) / 25.0
    network = fit_columns(
        lambda: learn.MLPRegressor((64, 64), max_iter=20, random_state=seed), in_a_row(data).astype(float), target
    )
    return network(in_a_row(test).astype(float)) * 25.0 + SIZE_M / 2


def in_a_row(views):
    """The craters largest first, absent ones last: (n, 16 · 4)."""
    rows = [v[np.argsort(-v[:, 2] - 10 * v[:, 3])].ravel() for v in as_input(views)]
    return np.array(rows)


def as_input(views):
    present = views.present[..., None].astype(np.float32)
    return np.concatenate([(views.detections - CENTRE) / SCALE * present, present], axis=2).astype(np.float32)


def trained(model, views, rng):
    X, Y = as_input(views), ((views.position_W_m[:, :2] - SIZE_M / 2) / 25.0).astype(np.float32)
    optimiser = nn.AdamW(model, lr=nn.cosine_decay(1e-3, STEPS))
    for _ in range(STEPS):
        rows = rng.choice(len(X), BATCH, replace=False)
        nn.train_step(model, X[rows], Y[rows], optimiser, nn.mean_squared_error, clip_norm=1.0)
    model.eval()


def located(model, views):
    return model(as_input(views)).value * 25.0 + SIZE_M / 2


def errors(guess, truth):
    miss = np.linalg.norm(guess - truth, axis=1)
    return {"median m": float(np.median(miss)), "within 3 m": float((miss < 3.0).mean())}


def gathered(rows):
    return {key: {"mean": round(float(np.mean([row[key] for row in rows])), 2),
                  "std": round(float(np.std([row[key] for row in rows])), 2)} for key in rows[0]}  # fmt: skip
