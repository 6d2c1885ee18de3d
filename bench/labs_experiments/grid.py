"""When the model is known: value iteration is exact in a moment, Q-learning gets near it by trying. The default map of `grid_world`.

Values are undiscounted returns from the start, 5000 greedy episodes each; the shift is twice the wind the policy was made for.
"""

import numpy as np

from glideslope.sim import control, grid_world

GAMMA, LONGEST = 0.99, 200


def experiment(seeds=(0, 1, 2, 3, 4)):
    world, windy = grid_world(), grid_world(slip=0.2)
    _, best = control.value_iteration(world.P, world.r, GAMMA)
    result = {"random moves": row(lambda rng: None, world, windy, seeds)}
    result["value iteration"] = row(lambda rng: best, world, windy, seeds)
    for episodes in (500, 3000):
        result[f"Q-learning, {episodes} episodes"] = row(
            lambda rng, n=episodes: q_learning(world, n, rng), world, windy, seeds
        )
    return result


def row(policy, world, windy, seeds):
    runs = []
    for seed in seeds:
        actions = policy(np.random.default_rng([16, seed]))
        runs.append([returns(place, actions, np.random.default_rng([17, seed])) for place in (world, windy)])
    return {
        "return": {"mean": round(float(np.mean([r[0] for r in runs])), 2), "std": round(float(np.std([r[0] for r in runs])), 2)},
        "twice the wind": {"mean": round(float(np.mean([r[1] for r in runs])), 2), "std": round(float(np.std([r[1] for r in runs])), 2)},
    }  # fmt: skip


def q_learning(world, episodes, rng):
    """Q(s, a) += η (r + γ max Q(s', ·) − Q(s, a)); exploration falls from 1 to 0.05, η from 0.5 to 0.05."""
    Q, cumulative = np.zeros(world.r.shape), world.P.cumsum(axis=2)
    for episode in range(episodes):
        left = 1 - episode / episodes
        explore, eta, s = max(0.05, left), max(0.05, 0.5 * left), world.start
        for _ in range(LONGEST):
            a = int(rng.integers(4)) if rng.random() < explore else int(Q[s].argmax())
            after = int(np.searchsorted(cumulative[s, a], rng.random(), side="right"))
            reward = -1.0 + 40.0 * (after == world.goal)
            Q[s, a] += eta * (reward + GAMMA * (after != world.goal) * Q[after].max() - Q[s, a])
            s = after
            if s == world.goal:
                break
    return Q.argmax(axis=1)


def returns(world, actions, rng, count=5000):
    """Mean return of many episodes at once; random moves when there is no policy."""
    s, total, cumulative = np.full(count, world.start), np.zeros(count), world.P.cumsum(axis=2)
    for _ in range(LONGEST):
        a = rng.integers(0, 4, count) if actions is None else actions[s]
        flying = s != world.goal
        s = np.where(flying, (rng.random(count)[:, None] >= cumulative[s, a]).sum(axis=1), s)
        total += flying * (-1.0 + 40.0 * (s == world.goal))
    return float(total.mean())
