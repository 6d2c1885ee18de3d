"""Gymnasium environments on our simulators: planar quadrotor, point-mass lander, drone on a grid (extra `rl`).

`make_env("planar-quadrotor")` returns an environment that passes Gymnasium's own checker; the physics is the simulator's, stepped by RK4.
Rewards, limits and units stand in each class; start states are drawn from the seed given to `reset`.
"""

from typing import Any

import numpy as np

from glideslope._typing import Float, ndarray
from glideslope.errors import MissingExtraError
from glideslope.sim.grid_world import ACTIONS, GridWorld, grid_world
from glideslope.sim.integrators import rk4_step
from glideslope.sim.lander import LANDER
from glideslope.sim.planar_quadrotor import PLANAR_QUADROTOR

__all__ = ["ENVIRONMENTS", "make_env"]

try:
    import gymnasium
    from gymnasium import spaces
except ImportError:
    raise MissingExtraError(
        'The environments need Gymnasium: run `pip install "glideslope[rl]"`, then import again.'
    ) from None


class PlanarQuadrotorEnv(gymnasium.Env):
    """Recover a planar quadrotor from any attitude and hover at the origin.

    Observation (7): x, z in m, sin θ, cos θ, x', z' in m/s, θ' in rad/s. Action (2): thrusts left, right, -1 … 1 for 0 … maximum.
    Reward of a step of 0.02 s: minus 0.02 · (x² + z² + 0.1 (1 - cos θ) + 0.05 v² + 0.005 θ'²). Ends past 5 m; 300 steps.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012  Gymnasium asks for this attribute

    def __init__(self) -> None:
        high = np.array([10, 10, 1, 1, 40, 40, 100], dtype=np.float32)
        self.observation_space = spaces.Box(-high, high, dtype=np.float32)
        self.action_space = spaces.Box(-1.0, 1.0, (2,), dtype=np.float32)
        self.dt_s, self.most_steps = 0.02, 300

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[ndarray, dict[str, Any]]:
        """Start within 1 m at a random attitude."""
        super().reset(seed=seed)
        rng = self.np_random
        self.x = np.concatenate(
            [rng.uniform(-1, 1, 2), rng.uniform(-np.pi, np.pi, 1), rng.uniform(-1, 1, 2), rng.uniform(-2, 2, 1)]
        )
        self.steps = 0
        return self._observe(), {}

    def step(self, action: Float[ndarray, " 2"]) -> tuple[ndarray, float, bool, bool, dict[str, Any]]:
        """Hold the thrusts for 0.02 s."""
        p = PLANAR_QUADROTOR.parameters
        thrust = (np.clip(np.asarray(action, dtype=float), -1, 1) + 1) * 0.5 * p.thrust_max_N
        self.x = rk4_step(PLANAR_QUADROTOR.f, 0.0, self.x, thrust, p, self.dt_s)
        self.steps += 1
        x, z, theta, vx, vz, rate = self.x
        cost = x * x + z * z + 0.1 * (1 - np.cos(theta)) + 0.05 * (vx * vx + vz * vz) + 0.005 * rate * rate
        lost = bool(np.abs(self.x[:2]).max() > 5.0 or abs(rate) > 60.0)
        return self._observe(), float(-self.dt_s * cost - 10.0 * lost), lost, self.steps >= self.most_steps, {}

    def _observe(self) -> ndarray:
        x, z, theta, vx, vz, rate = self.x
        return np.array([x, z, np.sin(theta), np.cos(theta), vx, vz, rate], dtype=np.float32)


class LanderEnv(gymnasium.Env):
    """Bring a point-mass lander down softly on a pad at the origin.

    Observation (5): x/100, z/100, x'/10, z'/10, fuel share. Action (2): thrust to the right (-1 … 1 of a third of the maximum) and
    up (-1 … 1 for 0 … maximum). Reward: minus 0.01 a step and 0.05 a kg of fuel; at touch-down 100 when slower than 2 m/s and within 5 m,
    else minus speed and distance. Steps of 0.5 s, 300 of them.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012

    def __init__(self) -> None:
        self.observation_space = spaces.Box(-np.float32(50), np.float32(50), (5,), dtype=np.float32)
        self.action_space = spaces.Box(-1.0, 1.0, (2,), dtype=np.float32)
        self.dt_s, self.most_steps = 0.5, 300

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[ndarray, dict[str, Any]]:
        """Start 300 to 500 m up with sideways speed and 400 kg of fuel."""
        super().reset(seed=seed)
        rng = self.np_random
        self.x = np.array(
            [rng.uniform(-100, 100), rng.uniform(300, 500), rng.uniform(-10, 10), rng.uniform(-10, 0), 1000.0]
        )
        self.steps = 0
        return self._observe(), {}

    def step(self, action: Float[ndarray, " 2"]) -> tuple[ndarray, float, bool, bool, dict[str, Any]]:
        """Hold the thrust for 0.5 s."""
        p, a = LANDER.parameters, np.clip(np.asarray(action, dtype=float), -1, 1)
        thrust, before = np.array([a[0] / 3, (a[1] + 1) / 2]) * p.thrust_max_N, self.x[4]
        self.x = rk4_step(LANDER.f, 0.0, self.x, thrust, p, self.dt_s)
        self.steps += 1
        reward = -0.01 - 0.05 * (before - self.x[4])
        down, away = bool(self.x[1] <= 0.0), bool(np.abs(self.x[:2]).max() > 1000.0)
        if down:
            speed, distance = np.hypot(self.x[2], self.x[3]), abs(self.x[0])
            reward += 100.0 if speed < 2.0 and distance < 5.0 else -min(speed + distance, 200.0)
        return self._observe(), float(reward - 200.0 * away), down or away, self.steps >= self.most_steps, {}

    def _observe(self) -> ndarray:
        x, z, vx, vz, mass = self.x
        fuel = (mass - LANDER.parameters.dry_kg) / 400.0
        return np.clip(np.array([x / 100, z / 100, vx / 10, vz / 10, fuel]), -50, 50).astype(np.float32)


class GridWorldEnv(gymnasium.Env):
    """Fly a drone over a grid to its goal: observation is the cell's number, actions are north, east, south, west.

    Rewards and wind are those of `grid_world`; an episode ends in the goal or after 200 moves.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012

    def __init__(self, world: GridWorld | None = None) -> None:
        self.world = grid_world() if world is None else world
        self.observation_space = spaces.Discrete(len(self.world.cells))
        self.action_space = spaces.Discrete(len(ACTIONS))
        self.most_steps = 200

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Start at S."""
        super().reset(seed=seed)
        self.s, self.steps = self.world.start, 0
        return self.s, {}

    def step(self, action: Any) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Move, as far as the wind lets."""
        reward_if_goal = self.world.r[self.s, action]
        chances = self.world.P[self.s, action]
        s = int(self.np_random.choice(len(chances), p=chances))
        # the table holds the mean reward; the episode pays what happened
        goal_reward = (reward_if_goal + 1.0) / chances[self.world.goal] if chances[self.world.goal] > 0 else 0.0
        self.s, self.steps = s, self.steps + 1
        arrived = s == self.world.goal
        return s, float(-1.0 + goal_reward * arrived), arrived, self.steps >= self.most_steps, {}


ENVIRONMENTS = {"planar-quadrotor": PlanarQuadrotorEnv, "lander": LanderEnv, "grid-world": GridWorldEnv}


def make_env(name: str) -> gymnasium.Env:
    """Return a fresh environment: "planar-quadrotor", "lander" or "grid-world".

    Example:
        >>> env = make_env("grid-world")
        >>> env.reset(seed=0)[0] == env.world.start
        True
    """
    if name not in ENVIRONMENTS:
        raise ValueError(f"make_env knows {', '.join(ENVIRONMENTS)} and got {name!r}; choose one of these.")
    return ENVIRONMENTS[name]()
