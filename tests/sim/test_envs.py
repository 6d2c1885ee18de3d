"""The environments satisfy Gymnasium's checker and the physics of their simulators."""

import warnings

import numpy as np
import pytest

gymnasium = pytest.importorskip("gymnasium", reason='install the extra: pip install "glideslope[rl]"')

from gymnasium.utils.env_checker import check_env  # noqa: E402

from glideslope.sim import control  # noqa: E402
from glideslope.sim.envs import ENVIRONMENTS, make_env  # noqa: E402


@pytest.mark.slow
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_gymnasiums_checker_passes(name):
    with warnings.catch_warnings():
        # the checker warns of what it cannot test without a registered spec; every finding of its own is an exception
        warnings.simplefilter("ignore")
        check_env(make_env(name), skip_render_check=True)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_seed_fixes_the_episode(name):
    paths = []
    for _ in range(2):
        env = make_env(name)
        env.reset(seed=4)
        env.action_space.seed(4)
        paths.append([np.atleast_1d(env.step(env.action_space.sample())[0]).tolist() for _ in range(10)])
    assert paths[0] == paths[1]


@pytest.mark.slow
def test_the_pd_controller_beats_falling():
    env = make_env("planar-quadrotor")
    limit = 4.905
    returns = {}
    for policy in ("pd", "off"):
        total = []
        for seed in range(5):
            env.reset(seed=seed)
            done = truncated = False
            reward_sum = 0.0
            while not (done or truncated):
                thrust = control.planar_quadrotor_pd(env.x, np.zeros(2)) if policy == "pd" else np.zeros(2)
                _, reward, done, truncated, _ = env.step((thrust / limit * 2 - 1).astype(np.float32))
                reward_sum += reward
            total.append(reward_sum)
        returns[policy] = np.mean(total)
    assert returns["pd"] > -3.0
    assert returns["off"] < -10.0


@pytest.mark.slow
def test_the_mean_reward_of_the_grid_is_the_one_in_its_table():
    env = make_env("grid-world")
    world = env.world
    env.reset(seed=0)
    beside = int(np.argmax(world.P[:, :, world.goal].max(axis=1) * (np.arange(len(world.cells)) != world.goal)))
    action = int(world.P[beside, :, world.goal].argmax())
    rewards = []
    for _ in range(2000):
        env.s = beside
        rewards.append(env.step(action)[1])
    # a Bernoulli of 40 with chance 0.9 or so: standard error 0.27
    assert abs(np.mean(rewards) - world.r[beside, action]) < 1.0


def test_an_unknown_environment_is_refused():
    with pytest.raises(ValueError, match="make_env knows") as caught:
        make_env("cart-pole")
    assert (
        str(caught.value)
        == "make_env knows planar-quadrotor, lander, grid-world and got 'cart-pole'; choose one of these."
    )
