"""Control baselines: optimal where they claim to be, and honest about uncertainty."""

import numpy as np
import pytest
from tests.oracles import peer

from glideslope import sim
from glideslope.errors import ShapeError
from glideslope.sim import control, simulate


def test_lqr_cost_to_go_is_the_cost_of_flying():
    """x'Px equals the integral of the running cost along the closed loop."""
    peer("scipy.linalg")
    A, B = sim.hover_jacobians()
    Q, R = np.diag([1.0, 1, 1, 0.1, 0.1, 0.1]), 0.1 * np.eye(2)
    K, P = control.lqr_gain(A, B, Q, R)
    x, cost, h = np.array([0.3, -0.2, 0.1, 0.0, 0.1, 0.0]), 0.0, 0.001
    start = x @ P @ x
    transition = peer("scipy.linalg").expm((A - B @ K) * h)
    for _ in range(20_000):
        cost += h * (x @ Q @ x + (K @ x) @ R @ (K @ x))
        x = transition @ x
    assert cost == pytest.approx(start, rel=5e-3)  # a left Riemann sum of 1 ms


def test_hand_written_hover_jacobians_equal_the_complex_step():
    p = sim.PLANAR_QUADROTOR.parameters
    A, B = sim.jacobians(sim.PLANAR_QUADROTOR, np.zeros(6), np.full(2, p.hover_N))
    by_hand = sim.hover_jacobians()
    assert np.allclose(by_hand[0], A, atol=1e-13)
    assert np.allclose(by_hand[1], B, atol=1e-13)


def test_hand_written_rover_jacobians_equal_the_complex_step():
    x, u = np.array([1.0, 2.0, 0.7]), np.array([0.4, 0.9])
    for by_hand, exact in zip(sim.rover_jacobians(x, u), sim.jacobians(sim.ROVER, x, u), strict=True):
        assert np.allclose(by_hand, exact, atol=1e-14)


def test_hand_written_beacon_jacobian_equals_differences():
    pose, beacons = np.array([1.0, 2.0, 0.3]), np.array([[0.0, 0.0], [4.0, -1.0]])
    _, H = control.beacon_ranges(pose, beacons)
    h = 1e-7
    numerical = [
        (control.beacon_ranges(pose + h * e, beacons)[0] - control.beacon_ranges(pose - h * e, beacons)[0]) / (2 * h)
        for e in np.eye(3)
    ]
    assert np.allclose(H, np.array(numerical).T, atol=1e-7)


def test_shapes_that_do_not_meet_are_named():
    with pytest.raises(ShapeError) as caught:
        control.lqr_gain(np.eye(2), np.ones((3, 1)), np.eye(2), np.eye(1))
    assert (
        str(caught.value)
        == "lqr_gain got A (2, 2), B (3, 1), Q (2, 2), R (1, 1); expected (n, n), (n, m), (n, n), (m, m)."
    )


def test_an_uncontrollable_plant_has_no_regulator():
    peer("scipy.linalg")
    with pytest.raises(ValueError, match="lqr_gain found no stabilising solution"):
        control.lqr_gain(np.eye(2), np.array([[1.0], [0.0]]), np.eye(2), np.eye(1))


@pytest.mark.slow
def test_the_cascaded_pd_recovers_from_any_attitude():
    rng = np.random.default_rng(0)
    x0 = np.column_stack(
        [
            rng.uniform(-1, 1, (100, 2)),
            rng.uniform(-np.pi, np.pi, 100),
            rng.uniform(-2, 2, (100, 2)),
            rng.uniform(-4, 4, 100),
        ]
    )
    x = simulate(sim.PLANAR_QUADROTOR, x0, lambda t, x: control.planar_quadrotor_pd(x, np.zeros(2)), 0.02, 300)[-1]
    assert (np.linalg.norm(x[:, :2], axis=1) < 0.15).all()
    assert (np.linalg.norm(x[:, 3:5], axis=1) < 0.3).all()


def test_rotors_stay_within_their_limits():
    x = np.random.default_rng(1).normal(size=(500, 6)) * 5
    thrust = control.planar_quadrotor_pd(x, np.zeros(2))
    assert thrust.min() >= 0.0
    assert thrust.max() <= sim.PLANAR_QUADROTOR.parameters.thrust_max_N + 1e-12


def test_the_complementary_filter_keeps_slow_angles_and_removes_fast_noise():
    rng = np.random.default_rng(2)
    t = np.arange(4000) * 0.01
    angle, rate = 0.3 * np.sin(t), 0.3 * np.cos(t)
    noisy = angle + 0.1 * rng.standard_normal(4000)
    fused = control.complementary_filter(rate + 0.02 + 0.01 * rng.standard_normal(4000), noisy, 0.01, 0.5)
    assert np.std(fused[500:] - angle[500:]) < 0.15 * np.std(noisy - angle)
    assert (
        abs(np.mean(fused[500:] - angle[500:]) - 0.5 * 0.02) < 0.003
    )  # a bias of the gyroscope leaves tau times itself


def test_the_kalman_filter_equals_least_squares_on_a_constant():
    rng = np.random.default_rng(3)
    y = 4.0 + rng.standard_normal(50)
    belief = control.Belief(np.zeros(1), 1e12 * np.eye(1))
    for value in y:
        belief = control.kalman_correct(belief, np.array([value]), np.eye(1), np.eye(1))
    assert belief.mean[0] == pytest.approx(y.mean(), rel=1e-9)
    assert belief.covariance[0, 0] == pytest.approx(1 / 50, rel=1e-9)


def test_the_kalman_filter_knows_how_wrong_it_is():
    """Normalised squared errors average to the dimension of the state when the model is right."""
    rng = np.random.default_rng(4)
    F, Q = control.constant_velocity(1.0, 0.5)
    H, R, root = np.eye(2, 4), 9.0 * np.eye(2), np.linalg.cholesky(Q)
    squares = []
    for _ in range(60):
        x, belief = np.zeros(4), control.Belief(np.zeros(4), np.diag([1e-6] * 4))
        for _ in range(25):
            x = F @ x + root @ rng.standard_normal(4)
            belief = control.kalman_predict(belief, F, Q)
            belief = control.kalman_correct(belief, H @ x + 3.0 * rng.standard_normal(2), H, R)
        error = x - belief.mean
        squares.append(error @ np.linalg.solve(belief.covariance, error))
    # chi-square of 4 degrees, mean of 60: 4 ± 0.37
    assert abs(np.mean(squares) - 4.0) < 3 * np.sqrt(8 / 60)


def test_a_lost_measurement_changes_nothing():
    belief = control.Belief(np.zeros(2), np.eye(2))
    assert control.kalman_correct(belief, np.array([np.nan]), np.eye(1, 2), np.eye(1)) is belief


def test_white_acceleration_adds_up_over_half_steps():
    """Two steps of h/2 are one step of h: the covariance is that of a continuous process."""
    F1, Q1 = control.constant_velocity(0.5, 2.0)
    F, Q = control.constant_velocity(1.0, 2.0)
    assert np.allclose(F1 @ F1, F)
    assert np.allclose(F1 @ Q1 @ F1.T + Q1, Q)


@pytest.mark.slow
def test_the_extended_filter_finds_the_rover_between_beacons():
    rng = np.random.default_rng(5)
    beacons, x = np.array([[0.0, 0.0], [10.0, 0.0], [5.0, 8.0]]), np.array([2.0, 2.0, 0.4])
    belief, errors, drift = (
        control.Belief(np.array([2.5, 1.5, 0.2]), np.diag([0.5, 0.5, 0.1])),
        [],
        np.array([2.5, 1.5, 0.2]),
    )
    for k in range(300):
        u = np.array([1.0, 1.0 + 0.3 * np.sin(0.05 * k)])
        x = sim.rk4_step(sim.ROVER.f, 0.0, x, u + 0.05 * rng.standard_normal(2), sim.ROVER.parameters, 0.1)
        drift = sim.rk4_step(sim.ROVER.f, 0.0, drift, u, sim.ROVER.parameters, 0.1)
        belief = control.ekf_predict_rover(belief, u, 0.1, 0.05)
        y = control.beacon_ranges(x, beacons)[0] + 0.1 * rng.standard_normal(3)
        belief = control.ekf_correct(belief, y, lambda m: control.beacon_ranges(m, beacons), 0.01 * np.eye(3))
        errors.append(np.linalg.norm(belief.mean[:2] - x[:2]))
    assert np.median(errors[50:]) < 0.08  # three ranges of 0.1 m each second tenth
    assert np.linalg.norm(drift[:2] - x[:2]) > 1.0  # wheels alone are lost


def test_values_obey_bellmans_equation():
    world = sim.grid_world()
    V, policy = control.value_iteration(world.P, world.r, gamma=0.95)
    Q = world.r + 0.95 * world.P @ V
    assert np.allclose(V, Q.max(axis=1), atol=1e-8)
    assert np.allclose(V, Q[np.arange(len(V)), policy], atol=1e-8)


def test_without_wind_and_discount_the_value_counts_the_shortest_path():
    world = sim.grid_world(("S.#", "..#", "#.G"), slip=0.0, step_reward=-1.0, goal_reward=0.0)
    V, _ = control.value_iteration(world.P, world.r, gamma=1 - 1e-9, tolerance=1e-3)
    assert V[world.start] == pytest.approx(-4.0, abs=1e-3)


def test_probabilities_that_do_not_sum_to_one_are_located():
    P = np.ones((1, 2, 1))
    P[0, 1] = 0.5
    with pytest.raises(ValueError, match="value_iteration expects probabilities") as caught:
        control.value_iteration(P, np.zeros((1, 2)))
    assert (
        str(caught.value)
        == "value_iteration expects probabilities that sum to 1 and got 0.5 in state 0, action 1; complete them."
    )


def test_a_discount_of_one_is_refused():
    with pytest.raises(ValueError, match=r"gamma in \[0, 1\) and got 1"):
        control.value_iteration(np.ones((1, 1, 1)), np.zeros((1, 1)), gamma=1.0)


def test_every_move_on_the_grid_is_a_distribution():
    world = sim.grid_world(slip=0.3)
    assert np.allclose(world.P.sum(axis=-1), 1.0)
    assert world.P.min() >= 0.0


def test_a_map_without_a_goal_is_refused():
    with pytest.raises(ValueError, match="one S and one G") as caught:
        sim.grid_world(("S..",))
    assert (
        str(caught.value)
        == "grid_world expects rows of one length with one S and one G and got ['S..']; correct the map."
    )


def test_rotors_stay_within_their_limits_whatever_is_asked():
    p, rng = sim.PLANAR_QUADROTOR.parameters, np.random.default_rng(11)
    x = rng.normal(size=(500, 6)) * [3.0, 3.0, 2.0, 4.0, 4.0, 6.0]
    for thrust in (
        control.planar_quadrotor_tilt(x, rng.normal(size=500), rng.uniform(0, 20, 500), p),
        control.planar_quadrotor_pd(x, np.zeros(2), p),
    ):
        assert thrust.min() >= 0.0
        assert thrust.max() <= p.thrust_max_N * (1 + 1e-15)  # (max - turn) + turn rounds once
        assert thrust.max() > 0.999 * p.thrust_max_N  # the limit was reached, so it was tested


def test_a_descent_keeps_a_fifth_of_the_weight_on_the_rotors():
    """Climbing at 2 m/s toward a target far below, level: the wanted acceleration is past the limit, and a fifth of g remains."""
    p = sim.PLANAR_QUADROTOR.parameters
    thrust = control.planar_quadrotor_pd(np.array([0.0, 10.0, 0.0, 0.0, 2.0, 0.0]), np.zeros(2), p)
    assert thrust.sum() == pytest.approx(0.2 * p.mass_kg * p.g_m_s2)
