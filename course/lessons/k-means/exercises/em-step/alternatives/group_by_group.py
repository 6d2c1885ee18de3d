import numpy as np


def em_step(x, rho, mu, sigma):
    joint = [p * np.exp(-((x - m) ** 2) / (2 * s**2)) / np.sqrt(2 * np.pi * s**2) for p, m, s in zip(rho, mu, sigma)]
    density = sum(joint)
    story = []
    for part in joint:
        share = part / density
        middle = (share * x).sum() / share.sum()
        story.append((share.mean(), middle, np.sqrt((share * x**2).sum() / share.sum() - middle**2)))
    return tuple(np.array(story).T)
