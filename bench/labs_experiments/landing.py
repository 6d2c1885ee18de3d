"""k-means: find a safe place to land in an aerial-like scene; features matter more than the number of clusters."""

import numpy as np

from glideslope.data import load
from glideslope.learn import metrics

SAFE = (0, 4)


def experiment(seeds=(0, 1, 2)):
    data = load("landing_scenes")
    maps, images = data.targets["surface"], data.X.astype(float) / 255
    result = {
        "a spot at random": {"spot purity": round(float(np.isin(maps, SAFE).mean()), 3)},
        "brightness threshold": summarise(
            [score(threshold(image), surface) for image, surface in zip(images, maps, strict=True)]
        ),
    }
    for name, features in (("RGB", rgb), ("chroma and texture", chroma_texture)):
        rows, agreement = [], []
        for seed in seeds:
            for image, surface in zip(images, maps, strict=True):
                clusters = kmeans(features(image), 8, np.random.default_rng(seed)).reshape(surface.shape)
                rows.append(score(safest(clusters, surface), surface))
                agreement.append(metrics.adjusted_rand(surface.ravel(), clusters.ravel()))
        result[f"k-means on {name}, k 8"] = summarise(rows) | {"ARI with the map": round(float(np.mean(agreement)), 3)}
    return result


def rgb(image):
    return image.reshape(-1, 3)


def chroma_texture(image):
    """Colour divided by brightness does not know shadow; the log of local deviation tells forest from meadow."""
    brightness = image.mean(-1) + 0.02
    chroma = blurred(image, 7) / blurred(brightness[..., None], 7)
    grain = brightness / blurred(brightness[..., None], 7)[..., 0]
    texture = np.log(0.01 + np.sqrt(np.maximum(blurred((grain - 1)[..., None] ** 2, 7)[..., 0], 0)))
    F = np.column_stack([chroma[..., 0].ravel(), chroma[..., 2].ravel(), texture.ravel()])
    return (F - F.mean(0)) / F.std(0)


def blurred(image, width):
    """Mean over a square window, by running sums."""
    half = width // 2
    padded = np.pad(image, ((half + 1, half), (half + 1, half), (0, 0)), mode="edge")
    sums = padded.cumsum(0).cumsum(1)
    return (sums[width:, width:] - sums[:-width, width:] - sums[width:, :-width] + sums[:-width, :-width]) / width**2


def kmeans(F, k, rng, rounds=25):
    centres = F[rng.choice(len(F), k, replace=False)]
    for _ in range(rounds):
        label = ((F**2).sum(1)[:, None] - 2 * F @ centres.T + (centres**2).sum(1)).argmin(1)
        centres = np.array([F[label == c].mean(0) if (label == c).any() else F[rng.integers(len(F))] for c in range(k)])
    return label


def safest(clusters, surface):
    """Name each cluster by the majority of 200 labelled pixels: an expert pointing at the picture."""
    rng = np.random.default_rng(0)
    seen = rng.choice(surface.size, 200, replace=False)
    safe = np.isin(surface.ravel()[seen], SAFE)
    vote = [
        safe[clusters.ravel()[seen] == c].mean() if (clusters.ravel()[seen] == c).any() else 0.0
        for c in range(clusters.max() + 1)
    ]
    return np.array(vote)[clusters] > 0.5


def threshold(image):
    brightness = blurred(image.mean(-1, keepdims=True), 5)[..., 0]
    return brightness > np.median(brightness)


def score(safe, truth):
    good = np.isin(truth, SAFE)
    spot = np.unravel_index(distance_inside(safe).argmax(), safe.shape)
    disc = np.hypot(*(np.indices(safe.shape) - np.array(spot)[:, None, None])) < 6
    return (safe & good).sum() / (safe | good).sum(), good[disc].mean()


def distance_inside(safe, largest=20):
    """How many times the safe area can be eroded before a pixel goes."""
    inside, depth = safe.copy(), safe.astype(int)
    for _ in range(largest):
        p = np.pad(inside, 1)
        inside = inside & p[:-2, 1:-1] & p[2:, 1:-1] & p[1:-1, :-2] & p[1:-1, 2:]
        depth += inside
    return depth


def summarise(rows):
    iou, purity = np.array(rows).T
    return {
        "safe IoU": round(float(iou.mean()), 3),
        "IoU std": round(float(iou.std()), 3),
        "spot purity": round(float(purity.mean()), 3),
        "worst spot": round(float(purity.min()), 3),
    }
